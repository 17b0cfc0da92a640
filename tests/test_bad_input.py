"""Bad input: one clear sentence each, exit status 2 or an empty table, never a traceback, never half a file."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import frames
import pandas as pd
import pytest
from test_cli import command

from energyfacts import EnergyFactsError, read
from energyfacts.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENGLISH = "The country exported 20 million tonnes of oil in 2025, and that was more than in the year before."
INDONESIAN = "Negara itu mengekspor 20 juta ton minyak pada 2025, dan angka itu lebih tinggi dari tahun lalu."
PARQUET_BEGINNING = b"PAR1\x15\x04\x15\x10"

Files = dict[str, str | bytes]

# files, arguments ("" is the folder of the files), what the one sentence says, why
UNUSABLE: list[tuple[Files, list[str], list[str], str]] = [
    ({}, ["facts", "no-such.en.txt"], ["no-such.en.txt", "no file"], "missing file"),
    ({}, ["crosscheck", "no-such.en.txt"], ["no-such.en.txt", "no file"], "missing file, the other command"),
    ({"a.en.txt": ""}, ["facts", "a.en.txt"], ["a.en.txt", "empty"], "empty file"),
    ({"a.en.txt": " \n\t\n"}, ["facts", "a.en.txt"], ["a.en.txt", "empty"], "blank file"),
    ({"a.jsonl": ""}, ["facts", "a.jsonl"], ["a.jsonl", "no article"], "table without rows"),
    ({"a.csv": "text\n"}, ["facts", "a.csv"], ["a.csv", "no article"], "table with a head only"),
    ({"b.csv": ""}, ["facts", "b.csv"], ["b.csv", "no article"], "empty table"),
    ({}, ["facts", ""], ["holds no articles", "<story>.<language>.txt"], "empty folder"),
    ({"README.md": "x", "a.toml": "", "a.pdf": ""}, ["facts", ""], ["holds no articles"], "folder without articles"),
    ({"a.en.txt": b"\x89PNG\r\n\0\0"}, ["facts", "a.en.txt"], ["a.en.txt", "no text"], "bytes that are no text"),
    ({"a.en.txt": b"\xff\xfe1\x00\x00\xd8"}, ["facts", "a.en.txt"], ["a.en.txt", "no text"], "broken UTF-16"),
    ({"a.xx.txt": ENGLISH}, ["facts", "a.xx.txt"], ["a.xx.txt", "'xx'", "en, id"], "unknown language in the name"),
    ({"a.fr.txt": ENGLISH}, ["facts", "a.fr.txt"], ["a.fr.txt", "'fr'", "en, id"], "a language without a pack"),
    ({"a.txt": ENGLISH}, ["facts", "a.txt", "--lang", "tlh"], ["'tlh'", "en, id"], "unknown language asked for"),
    ({"a.txt": "12 12 12"}, ["facts", "a.txt"], ["a.txt", "language", "en, id"], "a text that shows no language"),
    ({"a.csv": "body\nx\n"}, ["facts", "a.csv"], ["a.csv", "column 'text'", "body"], "table without texts"),
    ({"a.csv": 'text\n"x\n'}, ["facts", "a.csv"], ["a.csv", "no table"], "a quote that is not closed"),
    ({"a.parquet": PARQUET_BEGINNING}, ["facts", "a.parquet"], ["a.parquet", "Parquet"], "half a Parquet file"),
    ({"a.parquet": ""}, ["facts", "a.parquet"], ["a.parquet", "Parquet"], "an empty Parquet file"),
    ({"a.en.txt.gz": b"20 tonnes"}, ["facts", "a.en.txt.gz"], ["a.en.txt.gz", "cannot be read"], "not compressed"),
    ({"a.en.txt.gz": b"\x1f\x8b\x08\0"}, ["facts", "a.en.txt.gz"], ["cannot be read"], "half a compressed file"),
    ({"a.en.txt.zst": b"20 tonnes"}, ["facts", "a.en.txt.zst"], ["cannot be read"], "not Zstandard"),
    ({"a.en.txt.xz": b"20 tonnes"}, ["facts", "a.en.txt.xz"], ["cannot be read"], "not xz"),
    ({"a.jsonl": "20 tonnes"}, ["facts", "a.jsonl"], ["a.jsonl line 1", "JSON"], "no JSON"),
    ({"a.jsonl": "[1]"}, ["facts", "a.jsonl"], ["a.jsonl line 1", "object"], "JSON, but no object"),
    ({"a.jsonl": "[" * 100_000}, ["facts", "a.jsonl"], ["a.jsonl line 1", "JSON"], "JSON made to be deep"),
    ({"a.jsonl": '{"text": 5}'}, ["facts", "a.jsonl"], ["a.jsonl line 1", "'text'"], "a text that is none"),
    ({"a.toml": ""}, ["facts", "a.toml"], ["a.toml", "no article"], "what belongs to a story"),
    ({"a.expected.tsv": ""}, ["facts", "a.expected.tsv"], ["a.expected.tsv", "no article"], "expected facts"),
    ({"f.csv": "start,end,text,value\n0,1,x,1\n"}, ["facts", "f.csv"], ["f.csv", "table of facts"], "our own output"),
    ({}, ["facts", "x" * 5000], ["no path"], "a text in the place of a path"),
    ({}, ["facts", "a\0b"], ["no path"], "a NUL in a path"),
    ({"a.en.txt": ENGLISH}, ["facts", "a.en.txt", "--out", "a.foo"], ["a.foo", "'.foo'", ".csv"], "unknown suffix"),
    ({"a.en.txt": ENGLISH}, ["crosscheck", "a.en.txt", "--out", "b"], ["b", "''", ".csv"], "no suffix"),
    ({"a.en.txt": ENGLISH}, ["facts", "a.en.txt", "--out", "no/a.csv"], ["no folder", "no"], "no folder to write to"),
    ({"a.en.txt": ENGLISH}, ["facts", "a.en.txt", "--out", "a.en.txt/a.csv"], ["no folder"], "a file is no folder"),
    ({"a.en.txt": ENGLISH, "d.csv/x": ""}, ["facts", "a.en.txt", "--out", "d.csv"], ["is a folder"], "out is a folder"),
    ({"a.en.txt": ENGLISH}, ["crosscheck", "a.en.txt", "--out", "a.foo"], ["'.foo'"], "the other command's out"),
    ({"a.en.txt": ENGLISH}, ["demo", "a.en.txt", "--out", "a.en.txt"], ["cannot be made"], "the folder is a file"),
]


def lay_out(files: Files, folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(("files", "arguments", "says", "why"), UNUSABLE, ids=[case[3] for case in UNUSABLE])
def test_what_cannot_be_used_is_said_in_one_sentence(
    files: Files,
    arguments: list[str],
    says: list[str],
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lay_out(files, tmp_path)
    before = snapshot(tmp_path)
    monkeypatch.chdir(tmp_path)
    status = main([argument or "." for argument in arguments])
    printed = capsys.readouterr()
    assert status == 2
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    assert line.startswith("energyfacts: ")
    assert line.endswith((".", '…"}.'))
    assert "mistake of energyfacts" not in line
    assert [part for part in says if part not in line] == []
    assert snapshot(tmp_path) == before


# Readable, although another program might not read it: bytes of a file, why
READABLE = [
    (ENGLISH.encode("utf-16"), "UTF-16"),
    (("½ " + ENGLISH).encode("latin-1"), "Latin-1"),
    (ENGLISH.encode("utf-8-sig"), "a byte order mark"),
    (f"{ENGLISH}\r\n{ENGLISH}\r\n".encode(), "lines of Windows"),
]


@pytest.mark.parametrize(("data", "why"), READABLE)
def test_usual_encodings_give_their_facts(
    data: bytes, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.en.txt").write_bytes(data)
    assert main(["facts", str(tmp_path), "--format", "csv"]) == 0
    table = pd.read_csv(io.StringIO(capsys.readouterr().out))
    assert 20e6 in table["value"].tolist(), why


def test_an_article_without_a_figure_gives_an_empty_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.en.txt").write_text("The minister said nothing of the matter.")
    assert main(["facts", str(tmp_path), "--format", "csv"]) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == (",".join(frames.COLUMNS) + "\n", "")
    for name in ("facts.csv", "facts.parquet", "facts.jsonl"):
        assert main(["facts", str(tmp_path / "a.en.txt"), "--out", str(tmp_path / name)]) == 0
    assert list(pd.read_csv(tmp_path / "facts.csv").columns) == frames.COLUMNS
    assert list(pd.read_parquet(tmp_path / "facts.parquet").columns) == frames.COLUMNS
    assert (tmp_path / "facts.jsonl").read_text() == ""


def test_a_story_with_a_single_version_is_said_and_gives_an_empty_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.en.txt").write_text(ENGLISH)
    assert main(["crosscheck", str(tmp_path), "--format", "csv"]) == 2
    printed = capsys.readouterr()
    assert printed.out == "story,claim,section,status,slip,missing,fact_en,text_en,explanation\n"
    (line,) = printed.err.splitlines()
    assert [part for part in ("'a'", "one version only (en)", "other languages") if part not in line] == []


def test_a_single_version_beside_whole_stories_costs_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out({"a.en.txt": ENGLISH, "a.id.txt": INDONESIAN, "b.en.txt": ENGLISH}, tmp_path)
    assert main(["crosscheck", str(tmp_path), "--format", "csv"]) == 0
    printed = capsys.readouterr()
    assert pd.read_csv(io.StringIO(printed.out))["story"].tolist() == ["a"]
    assert "'b' has one version only" in printed.err


def test_a_version_without_any_figure_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out({"a.en.txt": ENGLISH, "a.id.txt": "Menteri itu tidak berkata apa-apa tentang hal itu."}, tmp_path)
    main(["crosscheck", str(tmp_path), "--format", "csv"])
    assert "version id of the story 'a' holds no figure" in capsys.readouterr().err


BROKEN: Files = {"b.en.txt": b"\0\1\2", "c.xx.txt": "x", "d.en.txt": ""}


@pytest.mark.parametrize("out", ["", "facts.csv"])
def test_broken_articles_among_good_ones_are_reported_and_the_others_done(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out({"s/a.en.txt": ENGLISH, **{f"s/{name}": content for name, content in BROKEN.items()}}, tmp_path)
    (tmp_path / "s/e.en.txt").write_text(ENGLISH)
    target = tmp_path / "facts.csv"
    assert main(["facts", str(tmp_path / "s"), *(["--out", str(target)] if out else ["--format", "csv"])]) == 2
    printed = capsys.readouterr()
    table = pd.read_csv(target if out else io.StringIO(printed.out))
    assert table["article"].unique().tolist() == ["a.en", "e.en"]
    assert [name for name in BROKEN if sum(name in line for line in printed.err.splitlines()) != 1] == []


def test_broken_rows_among_good_ones_are_reported_and_the_others_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = '{"id": "one", "text": "Exports of the country: 20 million tonnes.", "lang": "en"}\nnonsense\n'
    (tmp_path / "a.jsonl").write_bytes(rows.encode() + b'{"text": "\xff\x00"}\n' + rows.replace("one", "two").encode())
    (tmp_path / "b.csv").write_text(
        "id,lang,text\nthree,en,20 million tonnes of the oil\nfour,en,5,6,7\nfive,en,30 million tonnes of it\n"
    )
    assert main(["facts", str(tmp_path), "--format", "csv"]) == 2
    printed = capsys.readouterr()
    assert pd.read_csv(io.StringIO(printed.out))["article"].tolist() == ["one", "two", "three", "five"]
    places = ("a.jsonl line 2", "a.jsonl line 3", "a.jsonl line 5", "b.csv")
    assert [place for place in places if sum(place in line for line in printed.err.splitlines()) != 1] == []


def test_a_broken_description_costs_no_article_and_is_said_once(tmp_path: Path) -> None:
    lay_out({"a.en.txt": ENGLISH, "a.id.txt": INDONESIAN, "a.toml": "publisher = "}, tmp_path)
    lay_out({"b.en.txt": ENGLISH, "b.toml": 'published = "last week"\npublisher = "P"'}, tmp_path)
    faults: list[EnergyFactsError] = []
    articles = read(tmp_path, on_error=faults.append)
    assert [article.id for article in articles] == ["a.en", "a.id", "b.en"]
    assert articles[2].publisher == "P"
    assert [any(name in str(fault) for fault in faults) for name in ("a.toml", "b.toml")] == [True, True]
    assert len(faults) == 2


def test_read_without_on_error_shows_all_faults_together(tmp_path: Path) -> None:
    lay_out({"a.en.txt": ENGLISH, **BROKEN}, tmp_path)
    with pytest.raises(EnergyFactsError) as caught:
        read(tmp_path)
    lines = str(caught.value).splitlines()
    assert len(lines) == len(BROKEN)
    assert [name for name, line in zip(sorted(BROKEN), lines, strict=True) if name not in line] == []


def folder_without_rights(folder: Path) -> Path:
    locked = folder / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    return locked / "facts.csv"


def named_pipe(folder: Path) -> Path:
    # Stands for every device too: a test that fails must not replace one of the machine's.
    os.mkfifo(folder / "facts.csv")
    return folder / "facts.csv"


@pytest.mark.skipif(sys.platform == "win32", reason="rights and pipes of POSIX")
@pytest.mark.parametrize("make", [folder_without_rights, named_pipe])
def test_out_that_cannot_be_written(
    make: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if make is folder_without_rights and os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (tmp_path / "a.en.txt").write_text(ENGLISH)
    target = make(tmp_path)
    assert main(["facts", str(tmp_path / "a.en.txt"), "--out", str(target)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert str(target) in line
    assert not target.is_file()


# arguments, text on standard input, what is said: in a process of its own, as a user meets it
PROCESSES = [
    (["facts", "no-such.en.txt"], None, "no file"),
    (["facts"], "", "standard input is empty"),
    (["facts", "--lang", "xx"], "12 ships", "'xx'"),
    (["facts", "--format", "xml"], "12 ships", "invalid choice"),
    (["nonsense"], None, "invalid choice"),
    ([], None, "required"),
]


@pytest.mark.parametrize(("arguments", "text", "says"), PROCESSES)
def test_the_real_command_ends_with_2_and_no_traceback(arguments: list[str], text: str | None, says: str) -> None:
    done = command(*arguments, text=text)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
