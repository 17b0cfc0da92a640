"""HTML fragments for a notebook: no script, no style sheet, every text escaped.

Backgrounds are translucent and colours inherited, so that a fragment is readable on light and dark pages. What colour
says, a number, a sign and the kind of border say as well.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from energyfacts import labels
from energyfacts.display.marked import SYMBOLS, Gap, Mark, Version
from energyfacts.palette import COLOURS, GREY, VERMILION
from energyfacts.wording import claim_about, languages_of, note, status_words, summary

if TYPE_CHECKING:
    import pandas as pd

# Okabe and Ito's colours as translucent fills; vermilion is kept for what differs.
HUES = [colour for colour in COLOURS[:-1] if colour != VERMILION]
DIFFERS, MISSING = VERMILION, GREY
# Two signs of money in a text are no formula between them, which MathJax in a notebook would make of them.
PLAIN = 'class="mathjax_ignore tex2jax_ignore"'
BOX = "color:inherit;font-size:0.95em;line-height:1.65;text-align:left;max-width:100%;overflow-x:auto"
CELL = "text-align:left;vertical-align:top;white-space:normal;padding:0.35em 0.7em;color:inherit;line-height:1.75"
# A figure that runs over the end of a line keeps its border on both lines.
BROKEN = "-webkit-box-decoration-break:clone;box-decoration-break:clone"
HEAD = f"{CELL};font-weight:bold;border-bottom:1px solid {MISSING}"
# What one version says stays on a line or two beside a long explanation.
NARROWEST = "min-width:9em"
TABLE = "border-collapse:collapse;color:inherit;margin:0.4em 0"


def rgba(colour: str, alpha: float) -> str:
    """Return a colour as CSS, translucent."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def mark_style(found: Mark) -> str:
    """Return the look of a figure: a solid line for one that agrees, a double for differs, a dashed for missing."""
    colour = HUES[(found.claim - 1) % len(HUES)] if found.claim else MISSING
    line = f"border-bottom:2px solid {colour}"
    if found.status == "differs":
        colour, line = DIFFERS, f"border:3px double {DIFFERS};font-weight:bold"
    elif found.status == "missing":
        line = f"border:1px dashed {colour}"
    return f"background:{rgba(colour, 0.22)};color:inherit;{line};border-radius:3px;padding:0 0.15em;{BROKEN}"


def number(tag: str) -> str:
    """Return the number of a claim, raised."""
    return (
        f'<sup style="font-weight:bold;line-height:0;margin-left:0.15em;font-size:0.75em">{escape(tag)}</sup>'
        if tag
        else ""
    )


def figure(found: Mark, text: str) -> str:
    """Return one figure: its surface marked, its reading as its title, its number after it."""
    title = escape(found.reading, quote=True)
    surface = escape(text[found.start : found.end])
    return f'<mark title="{title}" tabindex="0" style="{mark_style(found)}">{surface}</mark>{number(found.tag)}'


def gap(found: Gap, lang: str) -> str:
    """Return the place where a claim of another version would stand."""
    title = escape(f"{labels.text('not_here', lang)}: {found.surface} · {found.reading}", quote=True)
    style = f"border:1px dashed {MISSING};border-radius:3px;padding:0 0.3em;font-weight:bold;font-size:0.8em"
    return f' <span title="{title}" tabindex="0" style="{style}">{escape(found.tag)}</span>'


def body(version: Version, lang: str) -> str:
    """Return the text of a version, its figures and gaps marked."""
    text = version.article.text
    # At one place a gap stands after the figure that ends there.
    pieces: list[tuple[int, int, Mark | Gap]] = [(found.start, 1, found) for found in version.marks]
    pieces += [(found.at, 0, found) for found in version.gaps]
    parts, at = [], 0
    for start, _, found in sorted(pieces, key=lambda piece: piece[:2]):
        parts.append(escape(text[at:start]))
        parts.append(figure(found, text) if isinstance(found, Mark) else gap(found, lang))
        at = found.end if isinstance(found, Mark) else start
    parts.append(escape(text[at:].rstrip()))
    tag = escape(version.article.lang or "", quote=True)
    return f'<div lang="{tag}" dir="auto" style="white-space:pre-line;max-width:46em">{"".join(parts)}</div>'


def article(version: Version, facts: list[dict[str, Any]], lang: str) -> str:
    """Return one article and the list of its figures."""
    head = f'<div style="font-weight:bold">{escape(version.heading)}</div>' if version.heading else ""
    if not facts:
        nothing = f"<p>{escape(labels.text('no_figures', lang))}</p>"
        return f'<div {PLAIN} style="{BOX}">{head}{body(version, lang)}{nothing}</div>'
    names = ["", *(labels.text(key, lang) for key in ("figure", "reading", "says"))]
    rows = [
        [str(place), str(fact["text"]), labels.amount(fact, lang), labels.about(fact, lang)]
        for place, fact in enumerate(facts, start=1)
    ]
    listed = grid(names, [(row, "") for row in rows], labels.text("figures_list", lang))
    return f'<div {PLAIN} style="{BOX}">{head}{body(version, lang)}{listed}</div>'


def story(name: str, versions: list[Version], table: pd.DataFrame, facts: pd.DataFrame, lang: str) -> str:
    """Return the versions of a story under its name (if it has one), what each lacks, and the cross-check below."""
    width = f"width:{100 // len(versions)}%"
    heads = "".join(
        f'<th scope="col" style="{HEAD};{width}">{escape(version.title or version.article.id)}</th>'
        for version in versions
    )
    texts = "".join(f'<td style="{CELL};{width}">{body(version, lang)}</td>' for version in versions)
    side = f'<table class="versions" style="{TABLE};width:100%;table-layout:fixed"><thead><tr>{heads}</tr></thead>'
    side += f"<tbody><tr>{texts}</tr>"
    if any(version.gaps for version in versions):
        lacking = "".join(f'<td style="{CELL};{width}">{lacks(version, lang)}</td>' for version in versions)
        side += f"<tr>{lacking}</tr>"
    title = f'<div style="font-weight:bold;font-size:1.1em">{escape(name)}</div>' if name else ""
    counts = f"<div>{escape(summary(table, lang))}</div>"
    return f'<div {PLAIN} style="{BOX}">{title}{counts}{side}</tbody></table>{claims(table, facts, lang)}</div>'


def lacks(version: Version, lang: str) -> str:
    """Return the list of claims that a version lacks."""
    if not version.gaps:
        return ""
    items = "".join(
        f'<li style="list-style:none"><b>{escape(found.tag)}</b> {escape(found.surface)} '
        f'<span style="opacity:0.75">{escape(found.reading)}</span></li>'
        for found in sorted(version.gaps, key=lambda found: found.claim)
    )
    return f'<b>{escape(labels.text("missing_list", lang))}</b><ul style="margin:0;padding:0">{items}</ul>'


def table(checked: pd.DataFrame, facts: pd.DataFrame | None, lang: str) -> str:
    """Return a cross-check: a table for each story."""
    if not len(checked):
        return f'<div {PLAIN} style="{BOX}">{escape(labels.text("no_claims", lang))}</div>'
    parts = [
        f'<div style="font-weight:bold;font-size:1.1em">{escape(str(name))}</div>'
        f"<div>{escape(summary(rows, lang))}</div>{claims(rows, facts, lang)}"
        for name, rows in checked.groupby("story", sort=False)
    ]
    return f'<div {PLAIN} style="{BOX}">{"".join(parts)}</div>'


def claims(checked: pd.DataFrame, facts: pd.DataFrame | None, lang: str, caption: str = "") -> str:
    """Return the claims of a story: number, status, what each is about, what each version says, explanation."""
    tags = languages_of(checked)
    names = ["", labels.text("status", lang), *([labels.text("says", lang)] if facts is not None else [])]
    names += [*(labels.language_name(tag, lang) for tag in tags), labels.text("explanation", lang)]
    rows = []
    for row in labels.records(checked):
        status = str(row["status"])
        cells = [str(row["claim"]), f"{SYMBOLS[status]} {status_words(status, str(row['slip'] or ''), lang)}"]
        cells += [claim_about(row, facts, lang)] if facts is not None else []
        cells += [str(row[f"text_{tag}"] or "") or SYMBOLS["missing"] for tag in tags]
        rows.append(([*cells, note(row)], status))
    if not any(cells[-1] for cells, _ in rows):
        names, rows = names[:-1], [(cells[:-1], status) for cells, status in rows]
    return grid(names, rows, caption)


def grid(names: list[str], rows: list[tuple[list[str], str]], caption: str = "") -> str:
    """Return a table; a row's status gives its left edge and background."""
    heads = "".join(f'<th scope="col" style="{HEAD}">{escape(name)}</th>' for name in names)
    looks = {
        "agrees": f"border-left:4px solid {HUES[0]}",
        "differs": f"border-left:6px double {DIFFERS};background:{rgba(DIFFERS, 0.16)}",
        "missing": f"border-left:4px dashed {MISSING};background:{rgba(MISSING, 0.12)}",
        "": "",
    }
    lines = []
    for cells, status in rows:
        weight = ";font-weight:bold" if status == "differs" else ""
        columns = "".join(f'<td style="{CELL};{NARROWEST}{weight}">{escape(cell)}</td>' for cell in cells[1:])
        number_cell = f'<th scope="row" style="{CELL};font-weight:bold">{escape(cells[0])}</th>'
        lines.append(f'<tr style="{looks[status]}">{number_cell}{columns}</tr>')
    title = f'<caption style="text-align:left;font-weight:bold;color:inherit">{escape(caption)}</caption>' * bool(
        caption
    )
    return f'<table style="{TABLE}">{title}<thead><tr>{heads}</tr></thead><tbody>{"".join(lines)}</tbody></table>'
