"""What stands in a report, from top to bottom; every text is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from energyfacts import __version__, labels
from energyfacts.display import html_view, marked
from energyfacts.report import figures_table, pictures
from energyfacts.wording import languages_of, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from energyfacts.articles import Article

STATUSES = ("agrees", "differs", "missing")


def body(articles: Sequence[Article], facts: pd.DataFrame, table: pd.DataFrame, lang: str) -> str:
    """Return the whole body of the page, without its script."""
    stories = by_story(articles)
    parts = {
        "summary": overview(stories, facts, table, lang),
        "differs": listed(table, facts, "differs", stories, lang),
        "missing": listed(table, facts, "missing", stories, lang),
        "charts": pictures.overview(articles, facts, table, lang),
        "stories": "\n".join(story(number, stories, facts, table, lang) for number in range(1, len(stories) + 1)),
        "figures": figures_table.table(list(stories), facts, table, lang),
    }
    if not languages_of(table):
        # With one version of each story nothing is compared.
        del parts["differs"], parts["missing"]
    parts = {name: inner for name, inner in parts.items() if inner}
    contents = "".join(f'<li><a href="#{name}">{word(f"report_{name}", lang)}</a></li>' for name in parts)
    sections = "\n".join(
        f'<section id="{name}" aria-labelledby="{name}-title">\n'
        f'<h2 id="{name}-title">{word(f"report_{name}", lang)}</h2>\n{inner}\n</section>'
        for name, inner in parts.items()
    )
    return (
        f'<a class="skip" href="#main">{word("report_skip", lang)}</a>\n'
        f"<header>\n<h1>{word('report_title', lang)}</h1>\n<p>{totals(stories, facts, table, lang)}</p>\n"
        f'<nav aria-label="{word("report_contents", lang)}"><ul>{contents}</ul></nav>\n</header>\n'
        f'<main id="main">\n{sections}\n</main>\n'
        f"<footer><p>{escape(labels.text('report_footer', lang, version=__version__))}</p></footer>"
    )


def word(key: str, lang: str) -> str:
    """Return one label, escaped."""
    return escape(labels.text(key, lang))


def by_story(articles: Sequence[Article]) -> dict[str, list[Article]]:
    """Return the versions of each story, in the order they were given."""
    stories: dict[str, list[Article]] = {}
    for article in articles:
        stories.setdefault(article.story or article.id, []).append(article)
    return stories


def facts_of(articles: Sequence[Article], facts: pd.DataFrame) -> pd.DataFrame:
    """Return the facts of some articles."""
    return facts[facts["article"].isin([article.id for article in articles])]


def totals(stories: dict[str, list[Article]], facts: pd.DataFrame, table: pd.DataFrame, lang: str) -> str:
    """Return in a line how much there is, and how far the versions agree."""
    counts = {
        "stories": len(stories),
        "versions": sum(map(len, stories.values())),
        "figures": len(facts),
    }
    said = [f"{labels.text(f'count_{name}', lang)}: {labels.number(count, lang)}" for name, count in counts.items()]
    said += [summary(table, lang)] if len(table) else []
    return escape(" · ".join(said))


def overview(stories: dict[str, list[Article]], facts: pd.DataFrame, table: pd.DataFrame, lang: str) -> str:
    """Return a line for each story: its versions, figures and claims."""
    heads = [word("story", lang), word("count_versions", lang), word("count_figures", lang)]
    heads += [word(f"status_{status}", lang) for status in STATUSES] if len(table) else []
    first = f'<th scope="col">{heads[0]}</th><th scope="col">{heads[1]}</th>'
    first += "".join(f'<th scope="col" class="number">{head}</th>' for head in heads[2:])
    rows = []
    for number, (name, versions) in enumerate(stories.items(), start=1):
        tags = ", ".join(labels.language_name(article.lang or "", lang) for article in versions)
        counts = [("", len(facts_of(versions, facts)))]
        own = table[table["story"] == name]
        counts += [(status, int((own["status"] == status).sum())) for status in STATUSES] if len(table) else []
        cells = "".join(count_cell(status, count, lang) for status, count in counts)
        link = f'<a href="#story-{number}">{escape(name)}</a>'
        rows.append(f'<tr><th scope="row">{link}</th><td>{escape(tags)}</td>{cells}</tr>')
    caption = f"<caption>{word('report_summary_caption', lang)}</caption>"
    return (
        f'<div class="scroll"><table class="plain">{caption}<thead><tr>{first}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def count_cell(status: str, count: int, lang: str) -> str:
    """Return a cell with a number, and the sign of its status where it needs an eye."""
    sign = f"{marked.SYMBOLS[status]} " if count and status in {"differs", "missing"} else ""
    look = f" {status}" if sign else ""
    return f'<td class="number{look}">{sign}{escape(labels.number(count, lang))}</td>'


def listed(table: pd.DataFrame, facts: pd.DataFrame, status: str, stories: dict[str, list[Article]], lang: str) -> str:
    """Return the claims of one status, a table for each story."""
    kept = table[table["status"] == status]
    if not len(kept):
        return f"<p>{word(f'report_no_{status}', lang)}</p>"
    parts = []
    for number, name in enumerate(stories, start=1):
        own = kept[kept["story"] == name]
        if len(own):
            head = f'<h3><a href="#story-{number}">{escape(name)}</a></h3>'
            parts.append(f'{head}<div class="scroll listed">{html_view.claims(own, facts, lang, name)}</div>')
    return "\n".join(parts)


def story(number: int, stories: dict[str, list[Article]], facts: pd.DataFrame, table: pd.DataFrame, lang: str) -> str:
    """Return one story: its versions with every figure marked, what each lacks, the claims, a chart."""
    name, articles = list(stories.items())[number - 1]
    own = table[table["story"] == name]
    if len(articles) > 1:
        versions = marked.mark_story(articles, facts, own, lang)
        inner = html_view.story("", versions, own, facts, lang)
    else:
        rows = labels.records(marked.facts_of(articles[0], facts, alone=True))
        inner = html_view.article(marked.mark(articles[0], facts, lang), rows, lang)
    chart = pictures.story(articles, facts_of(articles, facts), lang)
    title = " · ".join(dict.fromkeys([name, *(article.title for article in articles if article.title)]))
    return (
        f'<article id="story-{number}" aria-labelledby="story-{number}-title">\n'
        f'<h3 id="story-{number}-title">{escape(title)}</h3>\n{inner}\n{chart}\n{links(articles)}</article>'
    )


def links(articles: Sequence[Article]) -> str:
    """Return the addresses of the versions, where they are on the web."""
    found = [article.url for article in articles if article.url and article.url.startswith(("https://", "http://"))]
    items = "".join(
        f'<li><a href="{escape(url, quote=True)}" rel="noreferrer">{escape(url)}</a></li>'
        for url in dict.fromkeys(found)
    )
    return f'<ul class="links">{items}</ul>\n' if items else ""
