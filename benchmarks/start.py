"""How soon it is there: importing, ``--version`` and one article, in ratios to ``import pandas``, interleaved."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = str(ROOT / "data" / "articles" / "opec-output-cuts.en.txt")
RUNS = 9
COMMANDS = {
    "python alone": ["-c", "pass"],
    "import energyfacts": ["-c", "import energyfacts"],
    "import pandas": ["-c", "import pandas"],
    "parse() of a sentence": ["-c", "import energyfacts; energyfacts.parse('Exports rose to 20 million tonnes.')"],
    "energyfacts --version": ["-m", "energyfacts", "--version"],
    "energyfacts facts ARTICLE": ["-m", "energyfacts", "facts", ARTICLE],
}


def main() -> None:
    """Print a table."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    for _ in range(RUNS + 1):
        for name, arguments in COMMANDS.items():
            begin = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
            times[name].append(time.perf_counter() - begin)
    print(f"\n### Start: {RUNS} runs, less the time of python alone\n")
    print("| command | seconds | part of `import pandas` (minimum–maximum over runs) |\n|---|---|---|")
    # The first run finds nothing in the system's cache.
    bare, pandas = times["python alone"][1:], times["import pandas"][1:]
    for name in COMMANDS:
        own = [with_it - without for with_it, without in zip(times[name][1:], bare, strict=True)]
        parts = [one / (other - base) for one, other, base in zip(own, pandas, bare, strict=True)]
        middle = f"{statistics.median(parts):.2f} ({min(parts):.2f}–{max(parts):.2f})"
        print(f"| {name} | {statistics.median(own):.3f} | {middle} |")


if __name__ == "__main__":
    main()
