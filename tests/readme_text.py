"""The README's examples: what its commands print, checked and renewed (``make notebooks``)."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
# A line that stands for any number of lines.
SKIPPED = "…"
# What is printed where the package itself fails: that is not to be kept.
FAULTS = ("This is a mistake of energyfacts", "Traceback")
# What the command would be without an installation: a checkout is tested as it is.
COMMANDS = {"energyfacts": f"{sys.executable} -m energyfacts", "make demo": f"{sys.executable} -m energyfacts demo"}


def blocks(text: str, kind: str) -> list[str]:
    """Return the code blocks of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def sessions(text: str) -> list[tuple[str, str]]:
    """Return the commands of a text, each with the lines it is said to print."""
    parts = [part for block in blocks(text, "console") for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part]
    return [(command, said.strip("\n")) for command, _, said in (part.partition("\n") for part in parts)]


def printed(command: str) -> str:
    """Return what a command prints, in a folder of its own beside the stories."""
    for name, real in COMMANDS.items():
        command = re.sub(rf"(^|\| ){name}\b", rf"\g<1>{real}", command)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "PYTHONUTF8": "1"}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").symlink_to(ROOT / "data")
        done = subprocess.run(
            command, shell=True, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120
        )
    return done.stdout + done.stderr


def in_order(said: str, output: str) -> bool:
    """Return whether the lines said stand in the output, in order, and side by side where no "…" parts them."""
    lines = [line.rstrip() for line in output.splitlines()]
    at = 0
    for number, group in enumerate(re.split(rf"^{SKIPPED}$", said, flags=re.MULTILINE)):
        wanted = group.strip("\n").splitlines()
        if not wanted:
            continue
        places = [start for start in range(at, len(lines)) if lines[start : start + len(wanted)] == wanted]
        if not places or (number == 0 and places[0] != 0):
            return False
        at = places[0] + len(wanted)
    return said.endswith(SKIPPED) or not any(lines[at:])


def renewed(text: str) -> str:
    """Return a text with what its commands print now; a part shown between "…" has to be chosen by hand."""
    for command, said in sessions(text):
        output = printed(command).strip("\n")
        if in_order(said, output):
            continue
        if SKIPPED in said.splitlines() or any(fault in output for fault in FAULTS):
            print(f"README.md: look at what is shown of '{command}'")
            continue
        before = f"$ {command}\n" + (f"{said}\n" if said else "")
        text = text.replace(before, f"$ {command}\n{output}\n")
    return text


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
