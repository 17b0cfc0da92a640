"""The command: what it prints and writes, where, and with which exit status."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import frames
import pandas as pd
import pytest

from energyfacts import __version__, tables
from energyfacts.cli import main

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = "Kazakhstan exported 20 million tonnes of oil in 2025. In 2024 the exports were 18 million tonnes.\n"
INDONESIAN = "Kazakhstan mengekspor 20 juta ton minyak pada 2025. Pada 2024 ekspornya 18 juta ton.\n"
SLIP = INDONESIAN.replace("20 juta", "21 juta")


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "oil.en.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "oil.id.txt").write_text(INDONESIAN, encoding="utf-8")
    return folder


def command(*arguments: str, text: str | None = None, **options: str) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own."""
    given = {"stdin": subprocess.DEVNULL} if text is None else {"input": text}
    return subprocess.run(
        [sys.executable, "-m", "energyfacts", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | options,
        **given,  # type: ignore[call-overload]
    )


def test_facts_are_printed_as_csv_in_a_pipe(story: Path) -> None:
    done = command("facts", str(story))
    table = pd.read_csv(io.StringIO(done.stdout), keep_default_na=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(table.columns) == frames.COLUMNS
    assert table["text"].tolist() == ["20 million tonnes", "18 million tonnes", "20 juta ton", "18 juta ton"]
    assert table["value"].tolist() == [20e6, 18e6, 20e6, 18e6]
    assert table["article"].tolist() == ["oil.en", "oil.en", "oil.id", "oil.id"]


def test_facts_are_printed_as_a_table_in_a_terminal(story: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    arguments = [sys.executable, "-m", "energyfacts", "facts", str(story)]
    process = subprocess.Popen(arguments, stdout=theirs, stdin=subprocess.DEVNULL, env=os.environ | {"COLUMNS": "140"})
    os.close(theirs)
    printed = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # how Linux says that the other side has gone
            break
        if not part:
            break
        printed += part
    os.close(ours)
    lines = printed.decode().replace("\r\n", "\n").splitlines()
    assert process.wait() == 0
    assert lines[0] == "oil"
    assert lines[1].split()[:4] == ["lang", "text", "value", "unit"]
    assert re.match(r"en +20 million tonnes +20,000,000 +t ", lines[2])


def test_standard_input_is_read_where_no_path_or_a_dash_is_given() -> None:
    for arguments in (["facts"], ["facts", "-"]):
        done = command(*arguments, text=ENGLISH)
        assert done.returncode == 0
        assert done.stdout.count("million tonnes,") == 2


def test_versions_can_come_through_a_pipe_as_json_lines() -> None:
    texts = {"en": ENGLISH, "id": SLIP}
    lines = "".join(json.dumps({"story": "s", "lang": lang, "text": text}) + "\n" for lang, text in texts.items())
    done = command("crosscheck", "--format", "jsonl", text=lines)
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [claim["status"] for claim in claims] == ["differs", "agrees"]
    assert claims[0]["text_id"] == "21 juta ton"


def test_crosscheck_ends_with_0_where_versions_agree_and_1_where_they_differ(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["crosscheck", str(story), "--format", "table"]) == 0
    agreeing = capsys.readouterr().out
    assert agreeing.count("= agrees") == 2
    (story / "oil.id.txt").write_text(SLIP, encoding="utf-8")
    assert main(["crosscheck", str(story), "--format", "table"]) == 1
    differing = capsys.readouterr().out
    assert (differing.count("= agrees"), differing.count("≠ differs: digits")) == (1, 1)


READERS = {
    ".csv": lambda path: pd.read_csv(path, keep_default_na=False),
    ".jsonl": lambda path: pd.read_json(path, lines=True, dtype=False),
    ".parquet": pd.read_parquet,
}


@pytest.mark.parametrize("suffix", READERS)
def test_out_writes_the_whole_table(
    story: Path, tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"facts{suffix}"
    target.write_text("an older file")
    assert main(["facts", str(story), "--out", str(target)]) == 0
    table = READERS[suffix](target)
    assert list(table.columns) == frames.COLUMNS
    assert table["value"].tolist() == [20e6, 18e6, 20e6, 18e6]
    assert sorted(path.name for path in tmp_path.iterdir()) == [target.name, "stories"]
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"energyfacts: 4 facts written to {target}\n")


def test_tables_keep_areas_figures_and_missing_facts(tmp_path: Path) -> None:
    facts, claims = frames.facts(), frames.crosscheck()
    facts.loc[0, ["ref_area", "counterpart_area", "value"]] = ["NA", "NO", 0.1234567890123]
    for suffix, reader in READERS.items():
        tables.write(facts, tmp_path / f"facts{suffix}")
        tables.write(claims, tmp_path / f"claims{suffix}")
        again = reader(tmp_path / f"facts{suffix}")
        assert again.loc[0, ["ref_area", "counterpart_area", "value"]].tolist() == ["NA", "NO", 0.1234567890123]
    # An Int64 column stays whole numbers in text forms: fact 4, not 4.0.
    assert ",missing,,id,4,," in (tmp_path / "claims.csv").read_text()
    assert '"fact_id":null' in (tmp_path / "claims.jsonl").read_text()


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "facts.csv"
    target.write_text("the older one")

    def fail_half_way() -> None:
        with tables.whole_file(target) as draft:
            draft.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert target.read_text() == "the older one"
    assert [path.name for path in tmp_path.iterdir()] == ["facts.csv"]


def test_a_reader_that_leaves_the_pipe_is_no_error(story: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "energyfacts", "facts", str(story)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    # Long before the command has anything to write; how much a pipe holds differs from machine to machine.
    process.stdout.close()
    _, complaints = process.communicate()
    assert (process.returncode, complaints) == (0, b"")


def test_a_terminal_that_lacks_characters_is_served(tmp_path: Path) -> None:
    (tmp_path / "é.en.txt").write_text(ENGLISH, encoding="utf-8")
    done = command("facts", str(tmp_path), "--format", "table", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stdout.startswith("\\xe9\n")


def test_version_and_help_are_immediate_and_complete(capsys: pytest.CaptureFixture[str]) -> None:
    code = "import sys; from energyfacts.cli import main; status = main(['--version']); print(status, *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    version, rest = done.stdout.splitlines()
    status, *loaded = rest.split()
    assert (version, status) == (f"energyfacts {__version__}", "0")
    assert not {"pandas", "numpy", "matplotlib", "babel", "pyarrow", "energyfacts.facts"} & set(loaded)
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert [word for word in ("facts", "crosscheck", "demo", "examples:", "exit status") if word not in shown] == []


def test_demo_shows_every_story_and_writes_tables_and_charts(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (story / "oil.id.txt").write_text(SLIP, encoding="utf-8")
    (story / "oil.toml").write_text('title_en = "Oil goes out"\npublished = 2025-12-01\n', encoding="utf-8")
    out = tmp_path / "out" / "deep"
    # Differences are what the demonstration is to show, so they are no failure of `make demo`.
    assert main(["demo", str(story), "--out", str(out)]) == 0
    shown = capsys.readouterr().out
    expected = ("── oil ──", "Oil goes out, 2025-12-01", "20 million tonnes", "≠ differs: digits", "all stories")
    assert [part for part in expected if part not in shown] == []
    written = ["agreement.png", "crosscheck.csv", "facts.csv", "oil.png"]
    assert sorted(path.name for path in out.iterdir()) == written
    assert [name for name in written if str(out / name) not in shown] == []
    for name in ("agreement.png", "oil.png"):
        assert (out / name).read_bytes().startswith(b"\x89PNG")
    assert max(map(len, shown.splitlines())) <= 160


def test_wide_tables_fit_the_terminal() -> None:
    for width in (120, 150):
        lines = tables.facts_text(frames.facts(), width) + "\n" + tables.crosscheck_text(frames.crosscheck(), width)
        assert max(map(len, lines.splitlines())) <= width


def test_the_cross_check_is_laid_out_with_its_statuses() -> None:
    shown = tables.crosscheck_text(frames.crosscheck(), 150).splitlines()
    assert shown[0] == frames.STORY
    assert [line[:10].rstrip() for line in shown[2:]] == [*["= agrees"] * 3, "≠ differs:", "– missing", "– missing"]
    # What a version leaves out is a dot, so that the eye finds the gap.
    assert re.search(r"– missing +· +70 dan 76 dolar AS per barel", shown[6])


# value, its digits, why
FIGURES = [
    (2080000.0, "2,080,000", "whole numbers have no point"),
    (0.3, "0.3", "no digit more than was given"),
    (1.255e10, "12,550,000,000", "no exponent"),
    (1e22, "10,000,000,000,000,000,000,000", "not even here"),
    (-5.5, "-5.5", "the sign"),
]


@pytest.mark.parametrize(("value", "digits", "why"), FIGURES)
def test_figures_are_shown_with_all_their_digits(value: float, digits: str, why: str) -> None:
    assert tables.plain_number(value) == digits, why
