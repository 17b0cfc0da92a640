"""The same work on a Dask cluster of two real worker processes: the same rows, also when one of them is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from archives import LANGUAGES, ROOT, contents, folder_of_all_formats, rows
from test_cli import command

from energyfacts import Article, EnergyFactsError, archive, extract, read
from energyfacts.archive import dask_facts, workers, write_facts
from energyfacts.archive.manifest import engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

dask = pytest.importorskip("dask")
pytest.importorskip("dask.bag")
pytest.importorskip("dask.dataframe")
distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    # Workers are processes of their own that find the package as this one does.
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), before]))
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as started:
        yield started
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of_all_formats(tmp_path_factory.mktemp("archive") / "stories", 80)


@pytest.mark.slow
def test_a_cluster_gives_the_same_files_also_when_a_worker_is_killed(
    cluster: Any, stories: Path, tmp_path: Path
) -> None:
    write_facts(stories, tmp_path / "here", workers=1, chunk_articles=5)
    folder = tmp_path / "there"
    with distributed.Client(cluster) as client:
        pids = list(client.run(os.getpid).values())
    killed = []

    def kill_one() -> None:
        while running.is_set():
            parts = len(list(folder.glob("part-*")))
            if parts >= 5:
                os.kill(pids[0], signal.SIGKILL)
                killed.append(parts)
                return
            time.sleep(0.002)

    running = threading.Event()
    running.set()
    thread = threading.Thread(target=kill_one)
    thread.start()
    try:
        write_facts(stories, folder, scheduler=cluster.scheduler_address, chunk_articles=5)
    finally:
        running.clear()
        thread.join()
    everything = len(list(folder.glob("part-*")))
    assert 5 <= killed[0] < everything
    assert contents(folder) == contents(tmp_path / "here")


@pytest.mark.slow
def test_the_command_takes_a_scheduler(cluster: Any, stories: Path, tmp_path: Path) -> None:
    done = command("facts", str(stories), "--out", str(tmp_path / "facts"), "--scheduler", cluster.scheduler_address)
    assert done.returncode == 2
    assert "of 482 articles are in" in done.stderr
    assert "Traceback" not in done.stderr
    pd.testing.assert_frame_equal(
        pd.read_parquet(tmp_path / "facts"), extract(read(stories, on_error=lambda error: None))
    )


@pytest.mark.slow
def test_workers_with_another_energyfacts_are_refused(cluster: Any) -> None:
    with distributed.Client(cluster) as client:
        workers.check_engines(client, engine())
        with pytest.raises(EnergyFactsError, match="have another energyfacts"):
            workers.check_engines(client, "another")


def test_a_scheduler_that_does_not_answer_is_said(
    stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "TIMEOUT", 1)
    with pytest.raises(EnergyFactsError, match=r"scheduler tcp://127\.0\.0\.1:1 does not answer"):
        write_facts(stories, tmp_path / "facts", scheduler="tcp://127.0.0.1:1")


def computed(collection: Any, lang: str | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    facts, errors = dask.compute(*dask_facts(collection, lang), scheduler="synchronous")
    return facts.reset_index(drop=True), errors.reset_index(drop=True)


@pytest.mark.parametrize("kind", ["mappings", "articles", "DataFrame"])
def test_collections_have_the_facts_that_extract_has(kind: str) -> None:
    given = rows(10)
    expected = extract([Article(**row) for row in given])
    if kind == "DataFrame":
        frame = pd.DataFrame(given).assign(published=lambda table: pd.to_datetime(table["published"]))
        collection = dask.dataframe.from_pandas(frame, npartitions=3)
    else:
        items = given if kind == "mappings" else [Article(**row) for row in given]
        collection = dask.bag.from_sequence(items, npartitions=3)
    facts, errors = computed(collection)
    pd.testing.assert_frame_equal(facts, expected)
    assert errors.empty


def test_a_bag_may_hold_texts_and_what_is_broken_goes_to_the_errors() -> None:
    text = LANGUAGES["en"].format(n=5, m=6)
    bag = dask.bag.from_sequence([text, 5, {"text": text, "lang": "xx"}, "", text], npartitions=2)
    facts, errors = computed(bag)
    assert facts["value"].tolist() == [5e6, 6.0] * 2
    assert facts["article"].unique().tolist() == ["partition-0-row-1.en", "partition-1-row-2.en"]
    assert errors["article"].tolist() == ["partition 0 row 2", "partition 0 row 3", "partition 1 row 1"]
    assert [
        part for part, reason in zip(["text", "'xx'", "empty"], errors["reason"], strict=True) if part not in reason
    ] == []


def test_nothing_to_read_gives_empty_tables_with_their_columns() -> None:
    facts, errors = computed(dask.bag.from_sequence(["No figure stands here, and that is all."], npartitions=1), "en")
    pd.testing.assert_frame_equal(facts, extract([]))
    assert list(errors.columns) == ["source", "article", "reason"]


def test_what_is_no_collection_is_refused() -> None:
    with pytest.raises(EnergyFactsError, match="Dask bag or DataFrame of articles is needed, not list"):
        dask_facts(["a text"])


def test_dask_is_loaded_only_when_asked_for(stories: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from energyfacts.archive import write_facts;"
        f"write_facts({str(stories)!r}, {str(tmp_path / 'facts')!r}, workers=1);"
        "print([name for name in ('dask', 'distributed', 'fsspec', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_a_machine_without_dask_is_told_what_to_install(
    stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("dask", "dask.dataframe", "distributed"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(EnergyFactsError, match=r"pip install 'energyfacts\[dask\]'"):
        archive.write_facts(stories, tmp_path / "facts", scheduler="tcp://127.0.0.1:1")
    with pytest.raises(EnergyFactsError, match=r"pip install 'energyfacts\[dask\]'"):
        dask_facts(None)
