"""The tidy table: every figure of one or more articles, one a row, with what it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from energyfacts import codelists, units
from energyfacts.articles import Article
from energyfacts.dimensions.reader import DimensionReader, Dimensions
from energyfacts.errors import EnergyFactsError
from energyfacts.languages import Pack, guess, load
from energyfacts.periods import find_periods
from energyfacts.quantities import Quantity, QuantityReader
from energyfacts.sections import BODY, RELATED, related_spans
from energyfacts.text import Text, split_sentences

# The columns of the table with their types, in order; docs/codebook.md is made from `CODEBOOK`.
COLUMNS: dict[str, str] = {
    "story": "str",
    "article": "str",
    "lang": "str",
    "section": "str",
    "sentence": "int64",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "ref_area": "str",
    "counterpart_area": "str",
    "product": "str",
    "flow": "str",
    "measure": "str",
    "direction": "str",
    "time_period": "str",
    "obs_status": "str",
    "attributed_to": "str",
    "value": "float64",
    "value_low": "float64",
    "value_high": "float64",
    "unit": "str",
    "qualifier": "str",
    "counted": "str",
    "dimension_source": "str",
}
NOT_APPLICABLE = "_Z"
# The closed codes of the columns that have few.
CODES: dict[str, frozenset[str]] = {
    "section": frozenset({BODY, RELATED}),
    "measure": frozenset({"level", "change", "share"}),
    "direction": frozenset({"increase", "decrease", NOT_APPLICABLE}),
    "obs_status": frozenset("AEF"),
    "qualifier": frozenset({"=", "~", "<~", ">", ">=", "<", "<="}),
}
LISTED = {"ref_area": "areas", "counterpart_area": "areas", "product": "products", "flow": "flows"}


def extract(source: str | Article | Iterable[str | Article], lang: str | None = None) -> pd.DataFrame:
    """Return every figure of one or more articles with what it is about, one fact a row.

    Parameters
    ----------
    source : str, Article or iterable of them
        A text, an article, or many.
    lang : str, optional
        BCP 47 tag of the language of what does not say its own; without it the language is told by the
        function words of the text.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, in the order of the texts; empty where there is no figure. Dimensions
        hold no missing values: ``_U`` unknown, ``_Z`` not applicable.

    Raises
    ------
    EnergyFactsError
        A language has no pack, or cannot be told; all such articles are named at once.

    Examples
    --------
    >>> facts = extract("Kazakhstan exported 1.2 million tonnes of oil to China in 2023.")
    >>> facts[["flow", "product", "ref_area", "counterpart_area", "time_period", "value", "unit"]].iloc[0].to_list()
    ['exports', 'oil', 'KZ', 'CN', '2023', 1200000.0, 't']
    """
    articles = list(as_articles(source))
    faults = [fault for fault in (language_fault(article, lang) for article in articles) if fault]
    if faults:
        raise EnergyFactsError("\n".join(faults))
    rows = [row for article in articles for row in fact_rows(article, lang)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    return frame


def as_articles(source: str | Article | Iterable[str | Article]) -> Iterator[Article]:
    """Yield what was given as articles."""
    if isinstance(source, (str, Article)):
        source = [source]
    for item in source:
        yield Article(text=item) if isinstance(item, str) else item


def language_of(article: Article, lang: str | None) -> str:
    """Return the language of an article: its own, the one given, or the one its words tell."""
    return article.lang or lang or guess(article.text) or DEFAULT_LANGUAGE


# What `parse` takes too where nothing tells the language ("2.08 mb/d").
DEFAULT_LANGUAGE = "en"


def language_fault(article: Article, lang: str | None) -> str:
    """Return what is wrong with an article's language, or ""."""
    try:
        load(language_of(article, lang))
    except EnergyFactsError as error:
        return f"{article.id or 'The text'}: {error}"
    return ""


def fact_rows(article: Article, lang: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield the facts of one article as rows of the table."""
    pack = load(language_of(article, lang))
    text = Text(article.text)
    quantities = pack.compiled(QuantityReader, pack).read(text)
    if not quantities:
        return
    sentences = split_sentences(text, pack.words("abbreviation"))
    periods = find_periods(text, pack, article.published)
    year = article.published.year if article.published else None
    reader = pack.compiled(DimensionReader, pack)
    dimensions = reader.read(text, quantities, sentences, periods, year)
    related = related_spans(text.original, pack)
    starts = [start for start, _ in sentences]
    for quantity, about in zip(quantities, dimensions, strict=True):
        yield fact_row(article, pack, quantity, about) | {
            "section": RELATED if any(start <= quantity.start < end for start, end in related) else BODY,
            "sentence": bisect_right(starts, quantity.start) - 1,
        }


def fact_row(article: Article, pack: Pack, quantity: Quantity, about: Dimensions) -> dict[str, Any]:
    """Return a quantity and what it is about as a row."""
    return {
        "story": article.story or "",
        "article": article.id or "",
        "lang": pack.tag,
        "start": quantity.start,
        "end": quantity.end,
        "text": quantity.text,
        "ref_area": about.ref_area,
        "counterpart_area": about.counterpart_area,
        "product": about.product,
        "flow": about.flow,
        "measure": about.measure,
        "direction": about.direction,
        "time_period": about.time_period,
        "obs_status": about.obs_status,
        "attributed_to": about.attributed_to,
        "value": quantity.value,
        "value_low": quantity.low,
        "value_high": quantity.high,
        "unit": quantity.unit,
        "qualifier": quantity.qualifier,
        "counted": quantity.counted or NOT_APPLICABLE,
        "dimension_source": " ".join(f"{name}={where}" for name, where in about.source.items() if where),
    }


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
    >>> facts = extract("Output rose to 2.08 mb/d in 2025.")
    >>> validate(facts).empty
    True
    >>> validate(facts.assign(flow="outputs"))[["column", "value", "problem"]].iloc[0].to_list()
    ['flow', 'outputs', 'no code of the list flows']
    """
    problems = [(None, column, "", "the column is missing") for column in COLUMNS if column not in facts]
    for column, name in LISTED.items():
        problems += breaches(facts, column, codelists.codes(name), f"no code of the list {name}")
    for column, codes in CODES.items():
        problems += breaches(facts, column, codes, f"not one of {', '.join(sorted(codes))}")
    for column in COLUMNS:
        if column in facts and facts[column].isna().any():
            problems += [(label, column, "", "missing") for label in facts.index[facts[column].isna()]]
    if "unit" in facts:
        problems += [
            (label, "unit", unit, "no unit code")
            for label, unit in facts["unit"].dropna().items()
            if any(kind.startswith("unit:") for kind in units.kind(unit))
        ]
    problems += order_breaches(facts)
    return pd.DataFrame(problems, columns=["row", "column", "value", "problem"])


def breaches(facts: pd.DataFrame, column: str, codes: frozenset[str], problem: str) -> list[tuple[Any, str, str, str]]:
    """Return the rows of a column that hold none of its codes."""
    if column not in facts:
        return []
    wrong = facts[column].dropna()
    wrong = wrong[~wrong.isin(codes)]
    return [(label, column, str(value), problem) for label, value in wrong.items()]


def order_breaches(facts: pd.DataFrame) -> list[tuple[Any, str, str, str]]:
    """Return the rows whose value lies outside its own ends."""
    if not {"value", "value_low", "value_high"} <= set(facts):
        return []
    wrong = (facts["value_low"] > facts["value"]) | (facts["value"] > facts["value_high"])
    return [(label, "value", str(facts.at[label, "value"]), "not between value_low and value_high") for label in facts.index[wrong]]
