"""The cases of a pack: texts with the figures that must be read in them, and texts in which none must be.

A figure is written as value, unit, qualifier where it is not plain, and what is counted: ``2080000 bbl/d ~``,
``762 count importers``; a range as ``1500000..2000000 USD``; several figures are separated by `` ; ``.
"""

from __future__ import annotations

from fractions import Fraction
from math import isclose
from typing import TYPE_CHECKING

from energyfacts.languages.pack import Pack, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from energyfacts.quantities import Quantity

READ, LEAVE = "must_read", "must_leave"
BETWEEN = " ; "
ENDS = ".."
PLAIN = "="
QUALIFIERS = frozenset({"~", "<~", ">", ">=", "<", "<="})


def failing_cases(folder: Path) -> Iterator[str]:
    """Yield a sentence for each case of a pack that fails."""
    from energyfacts.quantities import QuantityReader
    from energyfacts.text import Text

    reader = QuantityReader(Pack(folder))
    for name in (READ, LEAVE):
        rows = read_table(folder / f"{name}.tsv")
        if not rows:
            yield f"{folder.name}/{name}.tsv: there are no cases; write some, for the pack is held to them."
        for row in rows:
            found = reader.read(Text(row["text"]))
            expected = row.get("expected", "")
            if not same(found, expected):
                read = BETWEEN.join(map(written, found)) or "nothing"
                wanted = expected or "nothing"
                yield f"{folder.name}/{name}.tsv: {row['text']!r} is read as {read}, not as {wanted} ({row['why']})."


def same(found: list[Quantity], expected: str) -> bool:
    """Return whether figures are those that a case expects."""
    cells = expected.split(BETWEEN) if expected else []
    return len(found) == len(cells) and all(map(fits, found, cells))


def fits(figure: Quantity, cell: str) -> bool:
    """Return whether a figure is the one a case writes: value, unit, qualifier, what is counted."""
    value, unit, *rest = cell.split(" ")
    qualifier = rest.pop(0) if rest and rest[0] in QUALIFIERS else PLAIN
    low, _, high = value.partition(ENDS)
    return (
        isclose(figure.low, float(Fraction(low)), rel_tol=1e-9)
        and isclose(figure.high, float(Fraction(high or low)), rel_tol=1e-9)
        and (figure.unit, figure.qualifier, figure.counted) == (unit, qualifier, " ".join(rest))
    )


def written(figure: Quantity) -> str:
    """Return a figure as a case writes it.

    Examples
    --------
    >>> from energyfacts import parse
    >>> [written(figure) for figure in parse("about 1.5 to 2 million tonnes for 762 importers")]
    ['1500000..2000000 t ~', '762 count importers']
    """
    value = f"{figure.low:.12g}" + (f"{ENDS}{figure.high:.12g}" if figure.high != figure.low else "")
    qualifier = "" if figure.qualifier == PLAIN else figure.qualifier
    return " ".join(filter(None, (value, figure.unit, qualifier, figure.counted)))
