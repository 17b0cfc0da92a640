"""Articles, stories and cross-checks to look at: HTML for a notebook, plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from energyfacts import labels
from energyfacts.articles import Article
from energyfacts.display import html_view, marked, text_view
from energyfacts.errors import EnergyFactsError

if TYPE_CHECKING:
    from energyfacts.display.marked import Version

__all__ = ["Shown", "show"]


class Shown:
    """Something to look at: ``repr`` gives it as text, a notebook shows it as HTML.

    Parameters
    ----------
    html : str
        A fragment: no script, no style sheet, everything escaped.
    text : str
        The same for a terminal.
    """

    def __init__(self, html: str, text: str) -> None:
        self._html = html
        self._text = text

    def __repr__(self) -> str:
        """Return the text for a terminal."""
        return self._text

    def _repr_html_(self) -> str:
        return self._html


def show(
    source: str | Article | Iterable[Article] | pd.DataFrame,
    facts: pd.DataFrame | None = None,
    table: pd.DataFrame | None = None,
    *,
    lang: str = "en",
) -> Shown:
    """Show a text with its figures marked, the versions of a story side by side, or a cross-check.

    Parameters
    ----------
    source : str, Article, iterable of Article, or DataFrame
        A text, an article, the versions of one or more stories, or a table made by `crosscheck`.
    facts : DataFrame, optional
        The facts of the source; extracted from it by default. Of a cross-check they say what each claim is about.
    table : DataFrame, optional
        The cross-check of the facts; made from them by default.
    lang : str
        BCP 47 tag of the language of the words around the texts.

    Returns
    -------
    Shown
        Each figure carries the number of its claim: ``4≠`` where the versions differ, ``5+`` where another version
        lacks it, and ``5∅`` there, where it would stand. In HTML its reading is its title.

    Raises
    ------
    EnergyFactsError
        The source is none of these, the facts are another text's, or there are no labels in this language.

    Examples
    --------
    >>> import energyfacts
    >>> energyfacts.show("Kazakhstan exported 68.6 million tonnes of oil in 2024.")
    Kazakhstan exported [1: 68.6 million tonnes] of oil in 2024.
    <BLANKLINE>
      1  68.6 million tonnes · oil exports, Kazakhstan, 2024
    """
    labels.texts(lang)
    if isinstance(source, pd.DataFrame):
        return show_table(source, facts, lang)
    articles = articles_of(source)
    if facts is None:
        from energyfacts.facts import extract

        facts = extract(articles)
    stories: dict[str, list[Article]] = {}
    for article in articles:
        stories.setdefault(article.story or article.id, []).append(article)
    shown = [show_story(story, versions, facts, table, lang) for story, versions in stories.items()]
    return Shown("\n".join(each._html for each in shown), "\n\n".join(each._text for each in shown))


def articles_of(source: str | Article | Iterable[Article]) -> list[Article]:
    """Return the articles of a source."""
    if isinstance(source, (str, Article)):
        return [Article(source) if isinstance(source, str) else source]
    articles = list(source) if isinstance(source, Iterable) else [source]
    for article in articles:
        if not isinstance(article, Article):
            raise EnergyFactsError(
                f"show() got {type(article).__name__}; give it a text, an Article, a list of them, or a cross-check."
            )
    return articles


def show_story(
    story: str, articles: list[Article], facts: pd.DataFrame, table: pd.DataFrame | None, lang: str
) -> Shown:
    """Show one article, or the versions of one story beside each other and their cross-check."""
    if len(articles) == 1:
        version: Version = marked.mark(articles[0], facts, lang)
        rows = labels.records(marked.facts_of(articles[0], facts, alone=True))
        return Shown(html_view.article(version, rows, lang), text_view.article(version, lang))
    if table is None:
        from energyfacts.comparison import crosscheck

        table = crosscheck(facts)
    own = table[table["story"] == story]
    versions = marked.mark_story(articles, facts, own, lang)
    html = html_view.story(story, versions, own, facts, lang)
    return Shown(html, text_view.story(story, versions, own, facts, lang))


def show_table(table: pd.DataFrame, facts: pd.DataFrame | None, lang: str) -> Shown:
    """Show a cross-check with its statuses."""
    lacking = [name for name in ("story", "claim", "status", "slip", "explanation") if name not in table.columns]
    if lacking:
        raise EnergyFactsError(
            f"The table has no column {', '.join(lacking)}; show() takes the table that crosscheck() makes."
        )
    return Shown(html_view.table(table, facts, lang), text_view.table(table, facts, lang))
