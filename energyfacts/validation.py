"""Every breach of the tidy table's rules, reported at once with its rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from energyfacts import catalogue, codelists
from energyfacts.codebook import CODEBOOK, codes_of
from energyfacts.codelists import NOT_APPLICABLE, UNKNOWN
from energyfacts.languages import cldr

if TYPE_CHECKING:
    from collections.abc import Iterator

# A time period: ISO 8601, a point or a stretch, of years, quarters, halves, months, weeks or days.
POINT = r"\d{4}(-(\d\d(-\d\d)?|Q[1-4]|S[12]|W\d\d))?"
TIME_PERIOD = re.compile(rf"{UNKNOWN}|{NOT_APPLICABLE}|{POINT}(/{POINT})?")
# So many codes are named in a message; of more, the list.
FEW = 8


class Breach(NamedTuple):
    """A breach of a rule; ``row`` is the index label, or <NA> for the table as a whole."""

    row: Any
    column: str
    value: str
    problem: str


def validate(facts: pd.DataFrame) -> pd.DataFrame:
    """Return every breach of the table's rules, one a row.

    Parameters
    ----------
    facts : DataFrame
        A table as `extract` gives it, perhaps edited.

    Returns
    -------
    DataFrame
        Columns ``row`` (index label; <NA> for the table as a whole), ``column``, ``value`` and ``problem``;
        empty where all is well.

    Examples
    --------
    >>> from energyfacts.facts import extract
    >>> facts = extract("Output rose to 2.08 mb/d in 2025.")
    >>> validate(facts).empty
    True
    >>> validate(facts.assign(flow="outputs"))[["column", "value", "problem"]].iloc[0].to_list()
    ['flow', 'outputs', 'no code of the list flows']
    """
    rules = (shape_breaches, missing_breaches, code_breaches, period_breaches, unit_breaches, order_breaches)
    found = [breach for rule in rules for breach in rule(facts)]
    return pd.DataFrame(found, columns=list(Breach._fields)).astype({"row": "object"})


def shape_breaches(facts: pd.DataFrame) -> Iterator[Breach]:
    """Yield the columns that are missing or of another type."""
    for column in CODEBOOK:
        if column.name not in facts:
            yield Breach(pd.NA, column.name, "", "the column is missing")
        elif str(facts[column.name].dtype) != column.dtype:
            yield Breach(pd.NA, column.name, str(facts[column.name].dtype), f"the type is not {column.dtype}")


def missing_breaches(facts: pd.DataFrame) -> Iterator[Breach]:
    """Yield the cells that hold nothing."""
    for name in present(facts):
        for row in facts.index[facts[name].isna()]:
            yield Breach(row, name, "", "missing")


def code_breaches(facts: pd.DataFrame) -> Iterator[Breach]:
    """Yield the cells that hold none of their column's codes."""
    for column in CODEBOOK:
        codes = codes_of(column)
        if not codes or column.name not in facts:
            continue
        few = len(codes) <= FEW
        problem = f"not one of {', '.join(sorted(codes))}" if few else f"no code of the list {column.codelist}"
        for row, value in facts[column.name].dropna().items():
            if value not in codes:
                yield Breach(row, column.name, str(value), problem)


def period_breaches(facts: pd.DataFrame) -> Iterator[Breach]:
    """Yield the time periods that are not ISO 8601."""
    for row, value in facts.get("time_period", pd.Series(dtype="str")).dropna().items():
        if not TIME_PERIOD.fullmatch(str(value)):
            yield Breach(row, "time_period", str(value), "not a time period of ISO 8601")


def unit_breaches(facts: pd.DataFrame) -> Iterator[Breach]:
    """Yield the units that are no code."""
    known = codelists.codes("units") | catalogue.unit_codes() | cldr.currency_codes()
    for row, value in facts.get("unit", pd.Series(dtype="str")).dropna().items():
        if not set(str(value).split("/")) <= known:
            yield Breach(row, "unit", str(value), "no unit code")


def order_breaches(facts: pd.DataFrame) -> Iterator[Breach]:
    """Yield values outside their own ends, places that end before they begin, and directions of what is no change."""
    if {"value", "value_low", "value_high"} <= set(facts):
        wrong = (facts["value_low"] > facts["value"]) | (facts["value"] > facts["value_high"])
        for row in facts.index[wrong]:
            yield Breach(row, "value", str(facts.at[row, "value"]), "not between value_low and value_high")
    if {"start", "end"} <= set(facts):
        for row in facts.index[facts["start"] >= facts["end"]]:
            yield Breach(row, "end", str(facts.at[row, "end"]), "not after start")
    if {"measure", "direction"} <= set(facts):
        for row in facts.index[(facts["measure"] != "change") & (facts["direction"] != NOT_APPLICABLE)]:
            yield Breach(row, "direction", str(facts.at[row, "direction"]), "a direction of what is no change")


def present(facts: pd.DataFrame) -> list[str]:
    """Return the columns of the codebook that a table has."""
    return [column.name for column in CODEBOOK if column.name in facts]
