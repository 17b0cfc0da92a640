"""A run over an archive: which chunks are there, which are still to do; each is written whole, in any order."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from energyfacts.archive import manifest as manifests
from energyfacts.archive import workers as teams
from energyfacts.archive.chunks import ARTICLES, Chunk, Chunks
from energyfacts.archive.work import ARTICLES_KEY, Done, errors_schema, parquet
from energyfacts.errors import EnergyFactsError
from energyfacts.stories import known_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from energyfacts.files import Source

ERRORS = "_errors"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave, all of it: also what was done before it was taken up again.

    Attributes
    ----------
    articles, facts, errors : int
        Articles that were found, facts in the table, rows of the errors table.
    folder : Path
        Holds the facts; the errors are in its folder ``_errors``.
    """

    articles: int
    facts: int
    errors: int
    folder: Path


def write_facts(
    source: Source | Iterable[Source],
    folder: str | os.PathLike[str],
    lang: str | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: bool | None = None,
    chunk_articles: int = ARTICLES,
) -> Outcome:
    r"""Write every figure of an archive into a folder of Parquet files; go on where an earlier run was stopped.

    Parameters
    ----------
    source : path, address, or iterable of them
        Files and folders as for `energyfacts.read`, and fsspec addresses such as ``s3://bucket/folder``.
    folder : path
        Gets ``part-000000.parquet`` and so on, each the facts of the next articles of the archive;
        ``_errors/part-….parquet`` with the columns ``source, article, reason``; and ``_run.json``, which says
        what the run is. pandas reads the facts with ``pd.read_parquet(folder)``.
    lang : str, optional
        BCP 47 tag of the articles that do not say theirs; without it, it is told from the text.
    workers : int, optional
        Processes; by default one for each core.
    scheduler : str, optional
        Address of a Dask scheduler, whose workers then do the work.
    progress : bool, optional
        Show a progress bar; by default in a terminal only.
    chunk_articles : int
        The most articles of one part.

    Returns
    -------
    Outcome

    Raises
    ------
    EnergyFactsError
        The folder holds another run or other things, the language has no pack, or the cluster does not answer.

    Notes
    -----
    The same archive gives the same files, however many workers there are and however often the run was stopped.
    An article's id is what its row says, else ``<story>.<lang>``; two rows that say the same are not told apart.
    A script needs ``if __name__ == "__main__":`` around the call, as for all processes of Python.

    Examples
    --------
    >>> import pandas as pd, pathlib, tempfile
    >>> place = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (place / "archive.jsonl").write_text('{"text": "Exports rose to 20 million tons.", "lang": "en"}\n')
    >>> outcome = write_facts(place / "archive.jsonl", place / "facts", workers=1)
    >>> outcome.articles, outcome.facts, outcome.errors
    (1, 1, 0)
    >>> pd.read_parquet(place / "facts")["value"].to_list()
    [20000000.0]
    """
    sources = manifests.sources_list(source)
    lang = None if lang is None else known_language(lang)
    results = Results(os.fspath(folder))
    results.check_outside(sources)
    manifest = manifests.manifest_of(sources, lang, chunk_articles)
    if results.take_up(manifest):
        return results.outcome()
    with _bar(manifest.bytes, progress) as bar:
        chunks = results.still_to_do(Chunks(sources, chunk_articles), bar)
        team = teams.on_cluster(chunks, lang, scheduler) if scheduler else teams.on_processes(chunks, lang, workers)
        for done in team:
            results.add(done)
            bar.update(done.size)
    return results.finish(manifest)


def _bar(size: int, progress: bool | None) -> Any:
    import warnings

    with warnings.catch_warnings():
        # In a notebook without ipywidgets it says that its bar will be plain text, which is no fault.
        warnings.simplefilter("ignore")
        from tqdm.auto import tqdm

    shown = sys.stderr.isatty() if progress is None else progress
    return tqdm(total=size, unit="B", unit_scale=True, desc="archive", disable=not shown, dynamic_ncols=True)


class Results:
    """The folder of a run. A part that is there is complete, since it got its name only when it was."""

    def __init__(self, folder: str) -> None:
        # pathlib makes one slash of two.
        if re.match(r"\w+:/", folder) and len(folder.split(":")[0]) > 1:
            raise EnergyFactsError(f"{folder} is an address; give a folder of this machine and copy it from there.")
        self.folder = Path(folder)

    def check_outside(self, sources: Iterable[Source]) -> None:
        """Refuse a folder within the archive, whose parts would be taken for articles."""
        target = Path(os.path.realpath(self.folder))
        for source in sources:
            if "://" not in str(source) and target.is_relative_to(os.path.realpath(source)):
                raise EnergyFactsError(f"{self.folder} lies within the archive {source}; name a folder outside of it.")

    def take_up(self, manifest: manifests.Manifest) -> bool:
        """Begin the run, or go on with it; return whether it is finished already."""
        record = self.folder / manifests.NAME
        if record.is_file():
            earlier, counts = manifests.from_json(record)
            difference = manifest.difference(earlier)
            if difference:
                raise EnergyFactsError(
                    f"{self.folder} holds another run: {difference}; name a new folder with --out, or delete this one."
                )
            for draft in [*self.folder.glob(".*.draft"), *self.folder.glob(f"{ERRORS}/.*.draft")]:
                draft.unlink(missing_ok=True)
            return counts is not None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # Hidden: the draft of a record, from a run that was killed at once.
            if any(not path.name.startswith(".") for path in self.folder.iterdir()):
                raise EnergyFactsError(f"{self.folder} holds other files; name a new or empty folder with --out.")
        except OSError as error:
            reason = error.strerror or str(error)
            raise EnergyFactsError(f"The folder {self.folder} cannot be made ({reason}); name another.") from error
        self._write(record, manifests.as_json(manifest, None))
        return False

    def still_to_do(self, chunks: Iterable[Chunk], bar: Any) -> Iterator[Chunk]:
        """Yield the chunks that have no part yet."""
        for chunk in chunks:
            if self._part(chunk.number).exists():
                bar.update(chunk.size)
            else:
                yield chunk

    def add(self, done: Done) -> None:
        """Write a chunk's errors and then its facts, whose file says that both are there."""
        (self.folder / ERRORS).mkdir(exist_ok=True)
        if done.errors:
            self._write(self._part(done.number, ERRORS), done.errors_file)
        self._write(self._part(done.number), done.facts_file)

    def finish(self, manifest: manifests.Manifest) -> Outcome:
        """Count what is there, and note in the record that the run is finished."""
        import pyarrow.parquet as pq

        # So that there is a table to read where there is no error.
        first = self._part(0, ERRORS)
        if not first.exists():
            self._write(first, parquet([], errors_schema()))
        counts = {"articles": 0, "facts": 0, "errors": 0}
        for path in self.folder.glob("part-*.parquet"):
            footer = pq.read_metadata(path)
            counts["facts"] += footer.num_rows
            counts["articles"] += int(footer.metadata[ARTICLES_KEY])
        for path in (self.folder / ERRORS).glob("part-*.parquet"):
            counts["errors"] += pq.read_metadata(path).num_rows
        self._write(self.folder / manifests.NAME, manifests.as_json(manifest, counts))
        return self.outcome()

    def outcome(self) -> Outcome:
        """Return the counts of the finished run."""
        _, counts = manifests.from_json(self.folder / manifests.NAME)
        return Outcome(**(counts or {}), folder=self.folder)

    def _part(self, number: int, below: str = "") -> Path:
        return self.folder / below / f"part-{number:06}.parquet"

    def _write(self, path: Path, data: bytes) -> None:
        """Write a file whole or not at all, also when the machine loses its power."""
        draft = path.with_name(f".{path.name}.draft")
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            reason = error.strerror or str(error)
            raise EnergyFactsError(
                f"{path} cannot be written ({reason}); make room or choose another folder, and run the command again."
            ) from error
