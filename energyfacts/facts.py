"""The tidy table: every figure of one or more articles, one a row, with what it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from energyfacts.articles import Article
from energyfacts.codebook import CODEBOOK
from energyfacts.codelists import NOT_APPLICABLE
from energyfacts.dimensions.reader import DimensionReader
from energyfacts.errors import EnergyFactsError
from energyfacts.languages import Pack, guess, load
from energyfacts.periods import find_periods
from energyfacts.quantities import Quantity, QuantityReader
from energyfacts.sections import BODY, RELATED, related_spans
from energyfacts.text import LONGEST_SENTENCE, Text, split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from energyfacts.dimensions.figures import Dimensions

# The columns of the table with their types, in order.
COLUMNS: dict[str, str] = {column.name: column.dtype for column in CODEBOOK}
TEXT = pd.StringDtype("pyarrow", na_value=float("nan"))
# What `parse` takes too where nothing tells the language ("2.08 mb/d").
DEFAULT_LANGUAGE = "en"


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
    >>> facts[["flow", "product", "ref_area", "counterpart_area", "time_period"]].iloc[0].to_list()
    ['exports', 'oil', 'KZ', 'CN', '2023']
    >>> facts.loc[0, "unit"], float(facts.loc[0, "value"])
    ('t', 1200000.0)
    """
    articles = list(as_articles(source))
    faults = [fault for fault in (language_fault(article, lang) for article in articles) if fault]
    if faults:
        raise EnergyFactsError("\n".join(faults))
    rows = [row for article in articles for row in fact_rows(article, lang)]
    return frame(rows)


def frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return rows as the table."""
    return pd.DataFrame(
        {name: column([row[name] for row in rows], dtype) for name, dtype in COLUMNS.items()}, copy=False
    )


def column(values: list[Any], dtype: str) -> Any:
    """Return values as a column; of the type at once, which takes a fifth of pandas' time to find out, and less.

    Examples
    --------
    >>> column(["t", "bbl/d"], "str").dtype == pd.Series(["t"], dtype="str").dtype
    True
    """
    if dtype == "str":
        # The stubs do not know the argument yet.
        return pd.arrays.ArrowStringArray(pa.array(values, type=pa.large_string()), dtype=TEXT)  # type: ignore[call-arg]
    return np.array(values, dtype=dtype)


def as_articles(source: str | Article | Iterable[str | Article]) -> Iterator[Article]:
    """Yield what was given as articles."""
    if isinstance(source, (str, Article)):
        source = [source]
    elif not isinstance(source, Iterable):
        raise EnergyFactsError(
            f"extract() was given {type(source).__name__}; give it a text, an Article or several of them."
        )
    for item in source:
        if not isinstance(item, (str, Article)):
            raise EnergyFactsError(
                f"extract() was given {type(item).__name__} among the articles; give texts or Articles."
            )
        yield Article(text=item) if isinstance(item, str) else item


def language_of(article: Article, lang: str | None) -> str:
    """Return the language of an article: its own, the one given, or the one its words tell."""
    return article.lang or lang or guess(article.text) or DEFAULT_LANGUAGE


def language_fault(article: Article, lang: str | None) -> str:
    """Return what is wrong with an article's language, or ""."""
    try:
        load(language_of(article, lang))
    except EnergyFactsError as error:
        return f"{article.id}: {error}"
    return ""


def fact_rows(article: Article, lang: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield the facts of one article as rows of the table."""
    pack = load(language_of(article, lang))
    text = Text(article.text)
    quantities = pack.compiled(QuantityReader, pack).read(text)
    if not quantities:
        return
    sentences = text.kept(split_sentences, pack.words("abbreviation"))
    periods = find_periods(text, pack, article.published)
    year = article.published.year if article.published else None
    reader = pack.compiled(DimensionReader, pack)
    dimensions = reader.read(text, quantities, sentences, periods, year)
    related = related_spans(text.original, pack)
    starts = [start for start, _ in sentences]
    for quantity, about in zip(quantities, dimensions, strict=True):
        number = bisect_right(starts, quantity.start) - 1
        yield fact_row(article, pack, quantity, about) | {
            "section": RELATED if any(start <= quantity.start < end for start, end in related) else BODY,
            "sentence": number,
            "context": context(text.original, sentences[number], quantity),
        }


def context(original: str, sentence: tuple[int, int], quantity: Quantity) -> str:
    """Return the sentence of a figure, or the part around it of what is too long to be one.

    Each figure holds its own, so that of a line of ten thousand figures the whole would be held ten thousand times.

    Examples
    --------
    >>> context("Yes. Exports rose 5 percent.", (5, 28), Quantity(18, 27, "5 percent", 5.0, 5.0, 5.0, "percent"))
    'Exports rose 5 percent.'
    """
    start, end = sentence
    if end - start > LONGEST_SENTENCE:
        start, end = max(start, quantity.end - LONGEST_SENTENCE // 2), min(end, quantity.start + LONGEST_SENTENCE // 2)
    return original[start:end]


def fact_row(article: Article, pack: Pack, quantity: Quantity, about: Dimensions) -> dict[str, Any]:
    """Return a quantity and what it is about as a row."""
    return {
        "story": article.story or "",
        "article": article.id,
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
