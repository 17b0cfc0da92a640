"""One reader for each file format: from bytes to texts and the fields that came with them.

A reader yields a `Record` for every article it finds and reports what it cannot use, so that one broken row among
many costs that row only. Decoding refuses rather than guesses: bytes that are no text are a fault, never mojibake.
"""

from __future__ import annotations

import codecs
import io
import itertools
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from energyfacts.decoding import decode, decode_page, open_text
from energyfacts.errors import EnergyFactsError

FIELDS = ("text", "lang", "story", "title", "published", "publisher", "url", "id")
"""The fields an article can bring along; only ``text`` is required."""

LONGEST_CELL = 1 << 28

COMPRESSIONS = (".gz", ".bz2", ".xz", ".zst")


@dataclass(frozen=True, slots=True)
class Record:
    """A text as a file gave it: `where` it stood, for error messages, and its `fields`, all strings."""

    where: str
    fields: dict[str, str]


Report = Callable[[EnergyFactsError], None]
Reader = Callable[[IO[bytes], str, Report], Iterator[Record]]


def read_text(stream: IO[bytes], where: str, report: Report) -> Iterator[Record]:
    """Read plain text: the whole file is one article."""
    yield Record(where, {"text": decode(stream.read(), where)})


def read_markdown(stream: IO[bytes], where: str, report: Report) -> Iterator[Record]:
    """Read Markdown as text; ``key: value`` lines between two ``---`` at its head are fields."""
    text = decode(stream.read(), where)
    fields: dict[str, str] = {}
    front_matter = re.match(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if front_matter:
        for line in front_matter[1].split("\n"):
            key, colon, value = line.partition(":")
            if colon and key.strip() in FIELDS:
                fields[key.strip()] = value.strip().strip("\"'")
        text = text[front_matter.end() :].lstrip("\n")
    yield Record(where, {**fields, "text": text})


def read_json_lines(stream: IO[bytes], where: str, report: Report) -> Iterator[Record]:
    """Read one JSON object a line, with the names of `FIELDS`; others are passed over."""
    for number, line in enumerate(_lines(stream, where), start=1):
        place = f"{where} line {number}"
        try:
            content = decode(line, place).strip()
            if not content:
                continue
            row = json.loads(content)
        except EnergyFactsError as error:
            report(error)
        except (ValueError, RecursionError):
            report(EnergyFactsError(f'{place} is no JSON; write one object a line, such as {{"text": "…"}}.'))
        else:
            yield from _row(row, place, report)


def _lines(stream: IO[bytes], where: str) -> Iterator[bytes]:
    first = stream.readline()
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # A line end is two bytes there, so lines can only be told after decoding.
        yield from (line.encode() for line in decode(first + stream.read(), where).split("\n"))
        return
    yield first
    yield from stream


def _row(row: object, where: str, report: Report) -> Iterator[Record]:
    try:
        yield Record(where, row_fields(row, where))
    except EnergyFactsError as error:
        report(error)


def row_fields(row: object, where: str) -> dict[str, str]:
    """Return the `FIELDS` of one row as strings, "" where a value is missing, or raise an `EnergyFactsError`."""
    if not isinstance(row, Mapping):
        raise EnergyFactsError(f'{where} is no JSON object; write one object a line, such as {{"text": "…"}}.')
    if not isinstance(row.get("text"), str):
        raise EnergyFactsError(f"{where} has no field 'text' that holds a text; the article's text belongs there.")
    return {name: _cell(row[name]) for name in FIELDS if name in row}


def _cell(value: object) -> str:
    # Missing values reach here as None or NaN, according to the format; NaN does not equal itself.
    if value is None or value != value:
        return ""
    # A lone surrogate, possible in JSON, could not be written out again.
    return str(value).encode("utf-8", "replace").decode()


def read_csv(stream: IO[bytes], where: str, report: Report) -> Iterator[Record]:
    """Read a table with a head line that names the `FIELDS`, separated by comma, semicolon or tab, row by row."""
    import csv

    # The standard limit is below the length of a long article; without any, an open quote would take the whole file.
    csv.field_size_limit(LONGEST_CELL)
    text = open_text(stream, where)
    with text.lines as lines:
        head = next((line for line in lines if line.strip()), "")
        if not head:
            return
        separator = max(",;\t", key=head.count)
        (names,) = csv.reader([text.cell(head, where)], delimiter=separator)
        _check_columns(names, where)
        rows = csv.reader(lines, delimiter=separator, strict=True)
        for number in itertools.count(1):
            place = f"{where} row {number}"
            try:
                # Blank lines are no rows.
                row = next(filter(None, rows), None)
                if row is None:
                    return
                cells = [text.cell(cell, place) for cell in row]
            except csv.Error as error:
                reason = _one_line(error)
                report(EnergyFactsError(f"{place} is no table row ({reason}); check its quotes and separators."))
            except EnergyFactsError as error:
                report(error)
            else:
                if any(cells[len(names) :]):
                    found = f"{place} has {len(row)} cells, not {len(names)}"
                    report(EnergyFactsError(f"{found}; quote the cells that hold a separator."))
                    continue
                yield from _row(dict.fromkeys(names, "") | dict(zip(names, cells, strict=False)), place, report)


def read_parquet(stream: IO[bytes], where: str, report: Report) -> Iterator[Record]:
    """Read a Parquet table with columns named as the `FIELDS`, a batch at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(stream, buffer_size=1 << 20)
        _check_columns(file.schema_arrow.names, where)
        columns = [name for name in file.schema_arrow.names if name in FIELDS]
        number = 0
        for batch in file.iter_batches(batch_size=100, columns=columns, use_threads=False):
            # Not by way of pandas, whose own notes in the file may be damaged while the table is whole.
            for row in batch.to_pylist():
                number += 1
                yield from _row(row, f"{where} row {number}", report)
    except EnergyFactsError:
        raise
    except (pa.ArrowException, ValueError, KeyError) as error:
        raise EnergyFactsError(f"{where} is no whole Parquet file ({_one_line(error)}); write it again.") from error


def _check_columns(names: list[str], where: str) -> None:
    if {"start", "end", "value", "text"} <= set(names):
        raise EnergyFactsError(f"{where} is a table of facts, not of articles; give the articles it was made from.")
    if "text" not in names:
        found = ", ".join(names[:8]) or "none"
        raise EnergyFactsError(
            f"{where} has no column 'text' (it has: {found}); name the column of the articles 'text'."
        )


def _one_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def read_html(stream: IO[bytes], where: str, report: Report) -> Iterator[Record]:
    """Read a web page: its main text, and what its head says of it."""
    from energyfacts.webpages import read_page

    data = stream.read()
    yield Record(where, read_page(decode_page(data, where)))


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv,
    ".parquet": read_parquet,
}
"""The reader of each known suffix; a file named otherwise is read as text."""


def split_name(name: str) -> tuple[str, str, str]:
    """Split a file's name into stem, format's suffix and compression's suffix, each "" where there is none.

    Examples
    --------
    >>> split_name("visit.en.txt.gz")
    ('visit.en', '.txt', '.gz')
    """
    compression = Path(name).suffix.lower()
    if compression in COMPRESSIONS:
        name = name[: -len(compression)]
    else:
        compression = ""
    suffix = Path(name).suffix.lower()
    if suffix in READERS:
        return name[: -len(suffix)], suffix, compression
    return name, "", compression


def decompressed(stream: IO[bytes], compression: str) -> IO[bytes]:
    """Return a stream of what another one holds compressed; the suffix says how."""
    # bz2, lzma and pyarrow are loaded for those who need them only.
    if compression == ".gz":
        import gzip

        return cast("IO[bytes]", gzip.open(stream))
    if compression == ".bz2":
        import bz2

        return bz2.open(stream)
    if compression == ".xz":
        import lzma

        return lzma.open(stream)
    if compression == ".zst":
        import pyarrow as pa

        compressed: Any = pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")
        return cast("IO[bytes]", io.BufferedReader(compressed))
    return stream


def records(open_file: Callable[[], IO[bytes]], name: str, where: str, report: Report) -> Iterator[Record]:
    """Yield the articles of a file, in its order.

    Parameters
    ----------
    open_file : callable
        Opens the file's bytes as they lie there.
    name : str
        Its suffixes say which reader and which decompression; an unknown suffix is read as text.
    where : str
        Names the file in an error.
    report : callable
        Is called with an `EnergyFactsError` for each row, or for the whole file, that cannot be used.

    Yields
    ------
    Record
    """
    _, suffix, compression = split_name(name)
    try:
        with open_file() as raw, decompressed(raw, compression) as stream:
            if compression and suffix == ".parquet":
                # Parquet is read from its end and in jumps, which a compressed stream cannot do.
                with tempfile.TemporaryFile() as plain:
                    shutil.copyfileobj(stream, plain)
                    yield from read_parquet(plain, where, report)
            else:
                yield from READERS.get(suffix, read_text)(stream, where, report)
    except EnergyFactsError as error:
        report(error)
    except FileNotFoundError:
        report(EnergyFactsError(f"There is no file {where}; check its name."))
    # The decompressors raise OSError, EOFError and errors of their own for a damaged file.
    except Exception as error:
        if not isinstance(error, OSError | EOFError | UnicodeDecodeError) and not compression:
            raise
        reason = getattr(error, "strerror", None) or _one_line(error)
        report(EnergyFactsError(f"{where} cannot be read ({reason}); check the file and your right to read it."))


def records_of_bytes(data: bytes, where: str, report: Report) -> Iterator[Record]:
    """Yield the articles of bytes without a name, such as standard input: a page, JSON Lines or else text."""
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        reader: Reader = read_html
    elif re.match(rb"\{\s*\"", head):
        reader = read_json_lines
    else:
        reader = read_text
    try:
        yield from reader(io.BytesIO(data), where, report)
    except EnergyFactsError as error:
        report(error)
