"""What a run is: which archive, which options, which engine. Two runs with the same manifest have the same rows."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import energyfacts
from energyfacts import files, formats
from energyfacts.errors import EnergyFactsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAME = "_run.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A run's identity. What changes nothing in the rows, such as the number of workers, is no part of it.

    Attributes
    ----------
    version : str
        Of energyfacts.
    engine : str
        Digest of the code and the language packs, which change between two versions too.
    sources : list of str
        As they were given.
    files, bytes : int
        How many files the sources hold, and how large they are.
    fingerprint : str
        Digest of the name, size and time of change of each file.
    lang : str or None
        The language of articles that do not say theirs.
    chunk_articles : int
        The most articles of a chunk.
    """

    version: str
    engine: str
    sources: list[str]
    files: int
    bytes: int
    fingerprint: str
    lang: str | None
    chunk_articles: int

    def difference(self, other: Manifest) -> str:
        """Say in what another run differs, "" where it is the same."""
        if (self.version, self.engine) != (other.version, other.engine):
            return f"energyfacts itself changed since (then {other.version}, now {self.version})"
        if self.lang != other.lang:
            return f"its --lang was {other.lang or 'not given'} and is {self.lang or 'not given'} now"
        if self.chunk_articles != other.chunk_articles:
            return f"its parts held {other.chunk_articles} articles and would hold {self.chunk_articles} now"
        if self.sources != other.sources:
            return f"it read {', '.join(other.sources)}"
        if self.fingerprint != other.fingerprint:
            return "files of the archive changed since"
        return ""


def manifest_of(sources: Sequence[files.Source], lang: str | None, chunk_articles: int) -> Manifest:
    """Return the manifest of a run; every file is looked at, none is opened."""
    digest = hashlib.blake2b(digest_size=16)
    count = total = 0
    for file in files.find(sources, lambda error: None):
        count += 1
        total += file.size()
        digest.update(f"{file.where}\0{file.stamp()}\n".encode())
        # A description changes what is read from the articles beside it.
        stem = formats.split_name(file.name)[0]
        for story in (stem, stem.rpartition(".")[0]):
            beside = file.beside(f"{story}.toml") if story else None
            if beside:
                digest.update(f"{beside.where}\0{beside.stamp()}\n".encode())
    names = [str(source) for source in sources]
    version = energyfacts.__version__
    return Manifest(version, engine(), names, count, total, digest.hexdigest(), lang, chunk_articles)


@cache
def engine() -> str:
    """Return a digest of everything in the package that decides what is read."""
    root = Path(energyfacts.__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".tsv", ".toml"}:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def as_json(manifest: Manifest, counts: dict[str, int] | None) -> bytes:
    """Return the text of the manifest's file; `counts` says that the run is finished, and what it gave."""
    content = asdict(manifest) | {"finished": counts is not None, "counts": counts}
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "surrogateescape")


def from_json(path: Path) -> tuple[Manifest, dict[str, int] | None]:
    """Return the manifest that a file holds, and the counts of a finished run."""
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
        counts = content.pop("counts")
        content.pop("finished")
        return Manifest(**content), counts
    except (ValueError, KeyError, TypeError, OSError) as error:
        message = f"{path} is no record of a run of this energyfacts; name another folder with --out."
        raise EnergyFactsError(message) from error


def sources_list(sources: files.Source | Iterable[files.Source]) -> list[files.Source]:
    """Return one source or many as a list."""
    return [sources] if isinstance(sources, str | os.PathLike) else list(sources)
