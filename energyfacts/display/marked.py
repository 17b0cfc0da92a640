"""A story's versions with every figure marked: which claim it belongs to, and where a claim is missing.

What `energyfacts.display` shows is made here once, for HTML and for a terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from energyfacts import labels
from energyfacts.errors import EnergyFactsError
from energyfacts.wording import note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from energyfacts.articles import Article

# Signs of the statuses; where there is no cross-check, there is none.
SYMBOLS = {"agrees": "=", "differs": "≠", "missing": "∅", "": ""}
# Signs of the figures themselves: one that another version lacks is here, so ∅ would mislead.
SIGNS = {"agrees": "", "differs": SYMBOLS["differs"], "missing": "+", "": ""}
RELATED = "related"


class Mark(NamedTuple):
    """A figure in a text.

    Attributes
    ----------
    start, end : int
        Its characters.
    claim : int
        Number of its claim, or of the figure where there is one version; 0 for a figure in no claim.
    status : str
        ``agrees``, ``differs``, ``missing`` (from another version), or "" without a cross-check.
    reading : str
        Value with unit and qualifier, and what it is about.
    """

    start: int
    end: int
    claim: int
    status: str
    reading: str

    @property
    def tag(self) -> str:
        """Its number and sign: "4≠"; "5+" where another version lacks it; the number alone where all agree."""
        return f"{self.claim}{SIGNS[self.status]}" if self.claim else ""


class Gap(NamedTuple):
    """Where a claim of another version would stand in a text.

    Attributes
    ----------
    at : int
        Before which character.
    claim : int
        Number of the claim.
    surface : str
        What the other version says, with its language.
    reading : str
        Its value with unit and qualifier, and what it is about.
    """

    at: int
    claim: int
    surface: str
    reading: str

    @property
    def tag(self) -> str:
        """Its number and sign."""
        return f"{self.claim}{SYMBOLS['missing']}"


class Version(NamedTuple):
    """One version of a story with its figures in the order of the text, and the claims that it lacks."""

    article: Article
    title: str
    marks: list[Mark]
    gaps: list[Gap]

    @property
    def heading(self) -> str:
        """The article's title, unless its text begins with that, and language, publisher and date."""
        headline = self.article.title or ""
        parts = ("" if self.article.text.lstrip().startswith(headline) else headline, self.title)
        return " · ".join(part for part in parts if part)


def reading(fact: Mapping[str, Any], lang: str) -> str:
    """Return what a figure was read as: value with unit and qualifier, what it is about, and who says so.

    Examples
    --------
    >>> fact = dict(value=8e7, value_low=8e7, value_high=8e7, unit="t", qualifier=">", product="oil", flow="exports",
    ...             measure="level", direction="_Z", ref_area="KZ", counterpart_area="_Z", time_period="2025",
    ...             counted="_Z", obs_status="F", attributed_to="_U")
    >>> reading(fact, "en")
    'more than 80 million tonnes · oil exports, Kazakhstan, 2025 · forecast'
    """
    status = str(fact["obs_status"])
    parts = [labels.amount(fact, lang), labels.about(fact, lang)]
    parts += [labels.text(f"obs_status_{status}", lang)] if status in {"E", "F"} else []
    parts += [str(fact["attributed_to"])] if fact["attributed_to"] not in labels.NOTHING else []
    return " · ".join(parts)


def facts_of(article: Article, facts: pd.DataFrame, alone: bool) -> pd.DataFrame:
    """Return the facts of an article in the order of its text.

    Raises
    ------
    EnergyFactsError
        They do not stand in the article's text.
    """
    own = facts[facts["article"] == article.id]
    if not len(own) and alone and facts["article"].nunique() == 1:
        own = facts
    for row in labels.records(own):
        if article.text[row["start"] : row["end"]] != row["text"]:
            raise EnergyFactsError(
                f"The facts do not belong to the article {article.id!r}: its characters {row['start']} to {row['end']} "
                f"are not {row['text']!r}; extract the facts from this text again."
            )
    return own.sort_values("start")


def title_of(article: Article, lang: str) -> str:
    """Return language, publisher and date of a version."""
    name = labels.language_name(article.lang, lang) if article.lang else ""
    return " · ".join(part for part in (name, labels.byline(article, lang)) if part)


def mark(article: Article, facts: pd.DataFrame, lang: str) -> Version:
    """Return an article alone, its figures numbered in the order of the text."""
    own = labels.records(facts_of(article, facts, alone=True))
    marks = [Mark(row["start"], row["end"], n, "", reading(row, lang)) for n, row in enumerate(own, start=1)]
    return Version(article, title_of(article, lang), marks, [])


def mark_story(articles: list[Article], facts: pd.DataFrame, table: pd.DataFrame, lang: str) -> list[Version]:
    """Return the versions of a story, their figures numbered by claim.

    Parameters
    ----------
    articles : list of Article
        The versions.
    facts : DataFrame
        Their facts.
    table : DataFrame
        The story's rows of the cross-check, made from the facts.
    lang : str
        BCP 47 tag of the language of the readings.
    """
    claims = labels.records(table)
    columns = [str(column) for column in table.columns if str(column).startswith("fact_")]
    claim_of = {row[column]: row for row in claims for column in columns if pd.notna(row[column])}
    versions = []
    for article in articles:
        own = facts_of(article, facts, alone=False)
        rows = list(zip(own.index, labels.records(own), strict=True))
        marks = [mark_claim(row, claim_of.get(index), lang) for index, row in rows]
        related = {row["start"] for _, row in rows if row["section"] == RELATED}
        gaps = gaps_of(article, claims, marks, related, facts, lang)
        versions.append(Version(article, title_of(article, lang), marks, gaps))
    return versions


def mark_claim(row: dict[str, Any], claim: dict[str, Any] | None, lang: str) -> Mark:
    """Return the mark of a figure that belongs to a claim."""
    said = reading(row, lang)
    if claim is None:
        return Mark(row["start"], row["end"], 0, "", said)
    said = " · ".join(part for part in (said, note(claim)) if part)
    return Mark(row["start"], row["end"], int(claim["claim"]), str(claim["status"]), said)


def gaps_of(
    article: Article,
    claims: list[dict[str, Any]],
    marks: list[Mark],
    related: set[int],
    facts: pd.DataFrame,
    lang: str,
) -> list[Gap]:
    """Return where the claims that an article lacks would stand: after the claim that comes before them."""
    place = {found.claim: found for found in marks if found.claim}
    gaps: list[Gap] = []
    before = {"body": 0, RELATED: len(article.text.rstrip())}
    for row in claims:
        claim, section = int(row["claim"]), RELATED if row["section"] == RELATED else "body"
        if claim in place:
            before[section] = end_of(article.text, place[claim], marks)
        elif article.lang in {tag.strip() for tag in str(row["missing"]).split(",")}:
            tag = next(name.removeprefix("fact_") for name in row if name.startswith("fact_") and pd.notna(row[name]))
            said = reading(labels.records(facts.loc[[row[f"fact_{tag}"]]])[0], lang)
            surface = f"{row[f'text_{tag}']} ({labels.language_name(tag, lang)})"
            at = before[section] if section == RELATED or not related else min(before[section], min(related))
            gaps.append(Gap(at, claim, surface, said))
    return sorted(gaps, key=lambda gap: gap.at)


def end_of(text: str, found: Mark, marks: list[Mark]) -> int:
    """Return where something that follows a figure would stand: at its line's end, or at once if others follow."""
    line = text.find("\n", found.end)
    line = len(text) if line < 0 else line
    return found.end if any(found.end <= other.start < line for other in marks) else line
