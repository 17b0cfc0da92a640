"""A report for people without notebooks: one page of HTML that needs no network, no server and no script to be read.

``sections`` says what stands in the page, ``figures_table`` lays out the table that can be sorted and filtered,
``pictures`` draws the charts; ``report.css`` and ``report.js`` are written into the page.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from energyfacts import labels, tables
from energyfacts.errors import EnergyFactsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from energyfacts.articles import Article

__all__ = ["check_target", "page", "write"]

FOLDER = Path(__file__).parent
SUFFIXES = (".html", ".htm")
# A page with more is slow to open and read by nobody; tables hold any number.
MOST_ARTICLES = 200


def check_target(path: Path) -> None:
    """Raise an `EnergyFactsError` when no page can be written to `path`, before any work is done for it."""
    if path.suffix.lower() not in SUFFIXES:
        raise EnergyFactsError(f"{path} has the suffix '{path.suffix}', which names no page; use {SUFFIXES[0]}.")
    tables.check_place(path, "report.html")


def page(articles: Sequence[Article], facts: pd.DataFrame, table: pd.DataFrame, lang: str = "en") -> str:
    """Return a report as one page of HTML, which loads nothing.

    Parameters
    ----------
    articles : sequence of Article
        The versions of one or more stories.
    facts : DataFrame
        Their facts.
    table : DataFrame
        The cross-check of the facts.
    lang : str
        BCP 47 tag of the language of the words around the texts.

    Returns
    -------
    str
        Summary, what differs, what is missing, charts, the versions of each story side by side, every figure.

    Raises
    ------
    EnergyFactsError
        There are no labels in this language, or more articles than a page holds.

    Examples
    --------
    >>> import energyfacts
    >>> articles = [energyfacts.Article("Exports rose to 20 million tonnes.", lang="en", story="s")]
    >>> facts = energyfacts.extract(articles)
    >>> page(articles, facts, energyfacts.crosscheck(facts)).splitlines()[:2]
    ['<!doctype html>', '<html lang="en">']
    """
    labels.texts(lang)
    if len(articles) > MOST_ARTICLES:
        raise EnergyFactsError(
            f"A report of {len(articles):,} articles could not be read by anyone; name {MOST_ARTICLES} at most, "
            "or write tables: energyfacts crosscheck PATH --out claims.csv."
        )
    from energyfacts.report import sections

    title = escape(labels.text("report_title", lang))
    style = (FOLDER / "report.css").read_text(encoding="utf-8").strip()
    script = "\n" + (FOLDER / "report.js").read_text(encoding="utf-8")
    # What an article smuggles in could not run: the page allows this one script, and loads nothing from anywhere.
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(lang, quote=True)}">',
        '<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{title}</title>\n<style>\n{style}\n</style>\n</head>",
        f"<body>\n{sections.body(articles, facts, table, lang)}\n<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(lines)


def write(articles: Sequence[Article], facts: pd.DataFrame, table: pd.DataFrame, path: Path, lang: str = "en") -> None:
    """Write a report whole or not at all; parameters as of `page`.

    Raises
    ------
    EnergyFactsError
        As of `page`; or the place cannot be written to.
    """
    check_target(path)
    made = page(articles, facts, table, lang)
    with tables.whole_file(path) as draft:
        draft.write_text(made, encoding="utf-8", newline="\n")
