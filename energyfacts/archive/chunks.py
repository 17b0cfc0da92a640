"""An archive cut into chunks: which articles a chunk holds depends on the archive alone, never on who works on it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import partial
from typing import IO, TYPE_CHECKING, cast

from energyfacts import files
from energyfacts.stories import Finder, Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from energyfacts.errors import EnergyFactsError

# A chunk is full when it holds so many articles or so many characters, whatever comes first. Small enough that
# little is done twice after a kill and that a few in flight need little memory; large enough for Parquet.
ARTICLES = 2_000
CHARACTERS = 2_000_000


@dataclass
class Chunk:
    """Some articles that follow each other in an archive.

    Attributes
    ----------
    number : int
        Its place among the chunks, from 0.
    found : list of Found
    faults : list of (str, str)
        The file and the sentence for each place there that could not be read.
    size : int
        Bytes of the files that were read for it, as they lie there (compressed or not).
    """

    number: int
    found: list[Found] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    characters: int = 0
    size: int = 0

    def is_full(self, articles: int) -> bool:
        """Tell whether the next article belongs to the next chunk. Faults count too: they take memory as well."""
        return len(self.found) + len(self.faults) >= articles or self.characters >= CHARACTERS


class Chunks:
    """The chunks of an archive, read while they are asked for."""

    def __init__(self, sources: Iterable[files.Source], articles: int = ARTICLES) -> None:
        self._sources = list(sources)
        self._articles = articles
        self._source = ""
        self._bytes = 0
        # Of the file that is read: what of it was not counted yet.
        self._uncounted = 0
        self._chunk = Chunk(0)

    def __iter__(self) -> Iterator[Chunk]:
        """Yield every chunk in order, at least one. The faults of files without any article are in it too."""
        self._chunk = Chunk(0)
        finder = Finder(self._report)
        for file in files.find(self._sources, self._report):
            self._source = file.where
            self._uncounted = file.size()
            # A name such as "a.xx.txt" yields nothing and only reports, so that fullness is looked at here too.
            for found in finder.in_file(file, partial(self._opened, file)):
                self._chunk.found.append(found)
                self._chunk.characters += len(found.fields["text"])
                if self._chunk.is_full(self._articles):
                    yield self._next()
            self._source = ""
            self.count(self._uncounted)
            if self._chunk.is_full(self._articles):
                yield self._next()
        if self._chunk.found or self._chunk.faults or not self._chunk.number:
            yield self._next()

    def _next(self) -> Chunk:
        done = self._chunk
        done.size, self._bytes = self._bytes, 0
        self._chunk = Chunk(done.number + 1)
        return done

    def _report(self, error: EnergyFactsError) -> None:
        self._chunk.faults.append((self._source, str(error)))

    def _opened(self, file: files.File) -> IO[bytes]:
        return cast("IO[bytes]", io.BufferedReader(_Counted(file.open(), self), 1 << 20))

    def count(self, size: int) -> None:
        """Note that so many bytes were read; of no file more than it has, although Parquet reads some twice."""
        size = min(size, self._uncounted)
        self._uncounted -= size
        self._bytes += size


class _Counted(io.RawIOBase):
    """A stream that says how much is read from it, for the progress bar."""

    def __init__(self, stream: IO[bytes], chunks: Chunks) -> None:
        self._stream = stream
        self._chunks = chunks

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._chunks.count(len(data))
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()
