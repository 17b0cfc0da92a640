"""Archives: the same rows whoever works and whatever is killed; what cannot be used is in the errors table."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pandas as pd
import psutil
import pyarrow as pa
import pytest
from archives import LANGUAGES, ROOT, contents, folder_of_all_formats, json_lines, process, rows
from test_cli import command

from energyfacts import EnergyFactsError, extract, read
from energyfacts.archive import workers, write_facts
from energyfacts.archive.chunks import Chunk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of_all_formats(tmp_path_factory.mktemp("archive") / "stories", 60)


@pytest.fixture(scope="module")
def undisturbed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("undisturbed") / "facts"
    write_facts(archive, folder, workers=1, chunk_articles=10)
    return contents(folder)


def test_an_archive_has_the_facts_that_extract_has(archive: Path, tmp_path: Path) -> None:
    outcome = write_facts(archive, tmp_path / "facts", workers=1, chunk_articles=10)
    expected = extract(read(archive, on_error=lambda error: None))
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "facts"), expected)
    assert (outcome.articles, outcome.facts, outcome.errors) == (362, len(expected), 1)
    assert len(expected) > 700
    assert len(list((tmp_path / "facts").glob("part-*.parquet"))) == 37


def test_workers_change_no_byte(archive: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    outcome = write_facts(archive, tmp_path / "facts", workers=3, chunk_articles=10)
    assert contents(outcome.folder) == undisturbed


COMPRESSED: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("", bytes),
    (".gz", gzip.compress),
    (".bz2", bz2.compress),
    (".xz", lzma.compress),
    (".zst", lambda data: pa.Codec("zstd").compress(data, asbytes=True)),
]


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize(("suffix", "compress"), COMPRESSED, ids=[suffix or "plain" for suffix, _ in COMPRESSED])
def test_tables_are_read_plain_and_compressed(
    kind: str, suffix: str, compress: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    plain = tmp_path / "plain"
    table = pd.DataFrame(rows(8))
    if kind == "jsonl":
        json_lines(plain, 8)
    else:
        table.to_csv(plain, index=False) if kind == "csv" else table.to_parquet(plain)
    path = tmp_path / f"stories.{kind}{suffix}"
    path.write_bytes(compress(plain.read_bytes()))
    outcome = write_facts(path, tmp_path / "facts", workers=1)
    assert (outcome.articles, outcome.errors) == (16, 0)
    assert pd.read_parquet(tmp_path / "facts")["value"].isin([2e6, 9e6]).sum() == 4


def test_addresses_are_read_as_paths_are(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    path = json_lines(tmp_path / "a.jsonl", 8)
    memory = fsspec.filesystem("memory")
    memory.pipe(
        {"/energy/a.jsonl": path.read_bytes(), "/energy/deep/b.en.txt": LANGUAGES["en"].format(n=5, m=6).encode()}
    )
    memory.pipe("/energy/deep/b.toml", b"published = 2020-05-01")
    facts = {}
    for name, source in {"path": path, "file": f"file://{path}", "memory": "memory://energy/a.jsonl"}.items():
        write_facts(str(source), tmp_path / name, workers=1)
        facts[name] = pd.read_parquet(tmp_path / name)
    pd.testing.assert_frame_equal(facts["file"], facts["path"])
    pd.testing.assert_frame_equal(facts["memory"], facts["path"])
    outcome = write_facts("memory://energy", tmp_path / "folder", workers=1)
    assert outcome.articles == 17
    assert pd.read_parquet(tmp_path / "folder")["story"].iloc[-1] == "deep/b"


@pytest.mark.parametrize(
    ("address", "says"),
    [("memory://nothing/a.jsonl", "no file"), ("nonsense://a/b", "cannot be read"), ("memory://empty", "no file")],
)
def test_an_address_without_archive_is_an_error_of_the_run(address: str, says: str, tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    assert write_facts(address, tmp_path / "facts", workers=1).errors == 1
    (reason,) = pd.read_parquet(tmp_path / "facts" / "_errors")["reason"]
    assert says in reason
    assert address in reason


# What a line of a JSON Lines archive holds, what the reason says, why
BROKEN = [
    ("nonsense", "no JSON", "no JSON"),
    ('{"body": "x"}', "'text'", "no text"),
    ('{"text": "x", "lang": "xx"}', "'xx'", "a language without a pack"),
    ('{"text": "12 12"}', "does not show its language", "no language"),
    ('{"text": " "}', "is empty", "an empty text"),
    ('{"text": "Oil.", "lang": "en", "published": "last week"}', "no date", "no date"),
    ('{"text": "\\u0000"', "no JSON", "half a line"),
]


@pytest.mark.parametrize(("line", "says", "why"), BROKEN, ids=[case[2] for case in BROKEN])
def test_one_broken_line_among_many_costs_itself(line: str, says: str, why: str, tmp_path: Path) -> None:
    path = json_lines(tmp_path / "a.jsonl", 20)
    lines = path.read_text().splitlines()
    whole = extract(read(path))
    path.write_text("\n".join([*lines[:11], line, *lines[11:]]))
    outcome = write_facts(path, tmp_path / "facts", workers=1, chunk_articles=10)
    errors = pd.read_parquet(tmp_path / "facts" / "_errors")
    assert outcome.errors == 1
    assert says in errors["reason"][0]
    assert "a.jsonl line 12" in errors["reason"][0]
    assert errors["source"][0] == str(path)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "facts"), whole)


def test_a_damaged_row_of_a_large_table_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    table = pd.DataFrame(rows(20)).assign(title="café")
    table.to_csv(path, index=False)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[5] = lines[5].replace("é".encode(), b"\xff")
    lines[9] = b'a,en,2020-05-01,"a quote "in" it",x\n'
    lines[12] = b"a,en,2020-05-01,x,y,z,too,many\n"
    path.write_bytes(b"".join(lines))
    outcome = write_facts(path, tmp_path / "facts", workers=1)
    reasons = pd.read_parquet(tmp_path / "facts" / "_errors")["reason"].tolist()
    assert (outcome.articles, outcome.errors) == (37, 3)
    expected = ["row 5 is UTF-8 with damaged bytes", "row 9 is no table row", "row 12 has 8 cells, not 5"]
    assert [part for part, reason in zip(expected, reasons, strict=True) if part not in reason] == []


def test_an_article_that_the_engine_fails_on_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from energyfacts import facts

    real = facts.fact_rows

    def fails(article, lang=None):  # type: ignore[no-untyped-def]
        yield from real(article, lang)
        if article.story == "coal-3":
            raise RecursionError("too deep")

    monkeypatch.setattr(facts, "fact_rows", fails)
    outcome = write_facts(json_lines(tmp_path / "a.jsonl", 8), tmp_path / "facts", workers=1)
    stories = pd.read_parquet(tmp_path / "facts")["story"].unique().tolist()
    assert stories == [f"coal-{n}" for n in range(8) if n != 3]
    assert outcome.errors == 2
    assert "RecursionError: too deep" in pd.read_parquet(tmp_path / "facts" / "_errors")["reason"][0]


def finished(run: subprocess.Popen[bytes]) -> None:
    assert run.wait(60) == 0


def kill(run: subprocess.Popen[bytes]) -> None:
    """Kill a run; its workers must end by themselves."""
    below = psutil.Process(run.pid).children(recursive=True) if run.poll() is None else []
    run.kill()
    run.wait()
    _, alive = psutil.wait_procs(below, timeout=10)
    assert alive == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_run_killed_at_random_points_gives_the_same_files(
    seed: int, archive: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "facts"
    for _ in range(2):
        run = process(archive, folder)
        # Up to some part, and then some milliseconds: most of a short run is its start.
        parts = len(list(folder.glob("part-*"))) + chance.randrange(12)
        while run.poll() is None and len(list(folder.glob("part-*"))) < parts:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.05)
        kill(run)
        done = {name: data for name, data in contents(folder).items() if name.startswith("part-")}
        assert done.items() <= undisturbed.items()
    finished(process(archive, folder))
    assert contents(folder) == undisturbed


# The run kills itself at the n-th file that gets its name: before it does, or after.
KILL = """
import os, pathlib, signal
real, count = pathlib.Path.replace, 0
def replace(self, target):
    global count
    count += 1
    {after} and real(self, target)
    if count == {number}:
        os.kill(os.getpid(), signal.SIGKILL)
    return {after} or real(self, target)
pathlib.Path.replace = replace
"""


@pytest.mark.slow
@pytest.mark.parametrize(("number", "after"), [(1, False), (1, True), (2, False), (14, True), (15, False), (40, False)])
def test_a_run_killed_around_a_file_gives_the_same_files(
    number: int, after: bool, archive: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "facts"
    run = process(archive, folder, KILL.format(number=number, after=after), workers=1)
    assert run.wait(60) == -signal.SIGKILL
    assert contents(folder) != undisturbed
    write_facts(archive, folder, workers=1, chunk_articles=10)
    assert contents(folder) == undisturbed


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing(archive: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    run = process(archive, folder)
    while not list(folder.glob("part-*")):
        time.sleep(0.01)
    pool = [below for below in psutil.Process(run.pid).children() if "spawn_main" in " ".join(below.cmdline())]
    pool[0].kill()
    finished(run)
    assert contents(folder) == undisturbed


class Bomb:
    """Ends the process that it is sent to."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (9,)


def test_articles_that_end_every_worker_end_the_run_with_a_sentence() -> None:
    chunks = [Chunk(0), Chunk(1, [Bomb()])]  # type: ignore[list-item]
    with pytest.raises(EnergyFactsError, match="ended by the system 3 times on the same articles"):
        list(workers.on_processes(chunks, "en", 2))


def test_a_run_is_only_taken_up_by_the_same_run(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "a.jsonl", 8)
    folder = tmp_path / "facts"
    first = write_facts(path, folder, lang="en", workers=1)
    before = contents(folder)
    assert write_facts(path, folder, lang="en", workers=2) == first
    with pytest.raises(EnergyFactsError, match=r"another run: its --lang was en and is id now; name a new folder"):
        write_facts(path, folder, lang="id", workers=1)
    with pytest.raises(EnergyFactsError, match="parts held 2000 articles and would hold 3 now"):
        write_facts(path, folder, lang="en", workers=1, chunk_articles=3)
    other = json_lines(tmp_path / "b.jsonl", 8)
    with pytest.raises(EnergyFactsError, match=r"it read .*a\.jsonl"):
        write_facts(other, folder, lang="en", workers=1)
    json_lines(path, 9)
    with pytest.raises(EnergyFactsError, match="files of the archive changed"):
        write_facts(path, folder, lang="en", workers=1)
    assert contents(folder) == before


def test_a_run_of_another_engine_is_not_taken_up(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "a.jsonl", 8)
    write_facts(path, tmp_path / "facts", workers=1)
    record = tmp_path / "facts" / "_run.json"
    record.write_text(json.dumps(json.loads(record.read_text()) | {"engine": "another"}))
    with pytest.raises(EnergyFactsError, match="energyfacts itself changed"):
        write_facts(path, tmp_path / "facts", workers=1)
    record.write_text("{}")
    with pytest.raises(EnergyFactsError, match="no record of a run"):
        write_facts(path, tmp_path / "facts", workers=1)


def test_a_story_described_anew_is_another_archive(tmp_path: Path) -> None:
    folder = folder_of_all_formats(tmp_path / "stories", 2)
    write_facts(folder, tmp_path / "facts", workers=1)
    (folder / "d.toml").write_text("published = 2021-05-01\n")
    with pytest.raises(EnergyFactsError, match="files of the archive changed"):
        write_facts(folder, tmp_path / "facts", workers=1)


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    stories = folder_of_all_formats(tmp_path / "stories", 2)
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "thesis.doc").write_text("x")
    for folder, says in (
        (tmp_path / "used", "holds other files"),
        (stories / "facts", "lies within the archive"),
        ("s3://bucket/facts", "is an address"),
        (stories / "a.jsonl" / "facts", "cannot be made|within the archive"),
    ):
        before = contents(tmp_path)
        with pytest.raises(EnergyFactsError, match=says):
            write_facts(stories, folder, workers=1)
        assert contents(tmp_path) == before


def test_the_command_ends_with_a_count(archive: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    for _ in range(2):
        done = command("facts", str(archive), "--out", str(folder), "--workers", "1")
        assert (done.returncode, done.stdout) == (2, "")
        facts = len(pd.read_parquet(folder))
        assert done.stderr == (
            f"energyfacts: {facts} facts of 362 articles are in {folder}; 1 errors are in {folder}/_errors\n"
        )
    good = json_lines(tmp_path / "good.jsonl", 2)
    assert command("facts", str(good), "--out", str(tmp_path / "good"), "--workers", "1").returncode == 0
    assert "named" not in command("facts", "-", "--out", str(tmp_path / "pipe"), text="x").stdout
    assert not (tmp_path / "pipe").exists()


def test_progress_shows_rate_and_time_left(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_facts(archive, tmp_path / "facts", workers=1, progress=True, chunk_articles=10)
    shown = capsys.readouterr().err
    size = sum(path.stat().st_size for path in archive.iterdir() if path.suffix != ".toml")
    assert f"100%|██████████| {size / 1000:.1f}k/{size / 1000:.1f}k" in shown
    assert "B/s]" in shown
    assert "<00:00" in shown


MEMORY = """
import re, sys
from energyfacts.archive.chunks import Chunks
articles = sum(len(chunk.found) for chunk in Chunks([sys.argv[1]], 100))
print(articles, 1024 * int(re.search("VmHWM: *([0-9]+)", open("/proc/self/status").read().replace("\t", " "))[1]))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the highest memory of a process is told by Linux")
@pytest.mark.parametrize("kind", ["jsonl", "csv", "csv.gz", "parquet", "folder"])
def test_reading_an_archive_of_any_size_takes_the_same_memory(kind: str, tmp_path: Path) -> None:
    highest = {}
    for count in (500, 8000):
        text = "A sentence that repeats itself, word for word. " * 250
        table = pd.DataFrame({"text": [f"{number}. {text}" for number in range(count)], "lang": "en"})
        path = tmp_path / f"{count}.{kind}"
        if kind == "folder":
            path.mkdir()
            for number in range(count):
                (path / f"{number}.en.txt").write_text(table["text"][number])
        elif kind == "parquet":
            table.to_parquet(path, row_group_size=500)
        elif kind == "jsonl":
            table.to_json(path, orient="records", lines=True)
        else:
            table.to_csv(path, index=False)
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
        )
        articles, highest[count] = map(int, done.stdout.split())
        assert articles == count
    # The larger archive holds 88 MB more, and whoever keeps it keeps it twice: as bytes and as texts.
    assert highest[8000] - highest[500] < 60e6
