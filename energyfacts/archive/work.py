"""The work on one chunk: articles in, Parquet bytes out. A pure function, so that it may run anywhere and twice."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from energyfacts.articles import from_found
from energyfacts.errors import EnergyFactsError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    from energyfacts.archive.chunks import Chunk
    from energyfacts.stories import Found

ERROR_COLUMNS = ("source", "article", "reason")
"""The file, the place in it where an article stands (or "" for all of the file), and a sentence."""

# Held in the Parquet file of a chunk, so that a run that is taken up again can count what was done before.
ARTICLES_KEY = b"energyfacts.articles"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a chunk: its facts and its errors as Parquet files, and how many there are of each."""

    number: int
    articles: int
    facts: int
    errors: int
    facts_file: bytes
    errors_file: bytes
    size: int


def work(chunk: Chunk, lang: str | None) -> Done:
    """Read the figures of a chunk's articles.

    An article that cannot be used, or that the engine fails on, becomes a row of the errors; the others are not
    touched by it.
    """
    rows, errors = read_found(chunk.found, lang)
    errors = [{"source": source, "article": "", "reason": reason} for source, reason in chunk.faults] + errors
    return Done(
        number=chunk.number,
        articles=len(chunk.found),
        facts=len(rows),
        errors=len(errors),
        facts_file=parquet(rows, facts_schema(), len(chunk.found)),
        errors_file=parquet(errors, errors_schema()),
        size=chunk.size,
    )


def read_found(found: Iterable[Found], lang: str | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the facts of some articles and the errors of the others, as rows."""
    from energyfacts.facts import fact_rows

    rows: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for item in found:
        try:
            # All rows of an article or none.
            rows += list(fact_rows(from_found(item, lang)))
        except EnergyFactsError as error:
            errors.append({"source": item.source, "article": item.where, "reason": str(error)})
        # One article that the engine fails on must not cost the archive.
        except Exception as error:
            reason = f"This is a mistake of energyfacts ({type(error).__name__}: {error}); please report it."
            errors.append({"source": item.source, "article": item.where, "reason": reason})
    return rows, errors


@cache
def facts_schema() -> pa.Schema:
    """Return the columns of the tidy table with their Arrow types."""
    import pyarrow as pa

    from energyfacts.facts import COLUMNS

    types = {"str": pa.string(), "int64": pa.int64(), "float64": pa.float64()}
    return pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])


@cache
def errors_schema() -> pa.Schema:
    """Return the columns of the errors table with their Arrow types."""
    import pyarrow as pa

    return pa.schema([(name, pa.string()) for name in ERROR_COLUMNS])


def parquet(rows: list[dict[str, Any]], schema: pa.Schema, articles: int = 0) -> bytes:
    """Return rows as the bytes of a Parquet file, the same bytes for the same rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pylist(rows, schema.with_metadata({ARTICLES_KEY: str(articles).encode()}))
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()
