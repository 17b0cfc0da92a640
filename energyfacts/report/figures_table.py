"""Every figure of a report in one table, with what the page's script sorts and filters by."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from energyfacts import codelists, labels
from energyfacts.display.marked import SYMBOLS
from energyfacts.wording import status_words

if TYPE_CHECKING:
    from collections.abc import Hashable

# Column, the key of its head, and whether it is sorted as a number.
COLUMNS = (
    ("story", "story", False),
    ("lang", "head_language", False),
    ("figure", "figure", False),
    ("value", "head_value", True),
    ("unit", "head_unit", False),
    ("says", "says", False),
    ("area", "head_area", False),
    ("period", "head_period", False),
    ("obs_status", "head_obs_status", False),
    ("claim", "claim", False),
)
FILTERS = (("story", "story"), ("lang", "head_language"), ("flow", "head_flow"), ("status", "status"))
# A table is where a figure is looked up: unlike in a chart, nothing is rounded.
ALL_DIGITS = 12


def table(stories: list[str], facts: pd.DataFrame, checked: pd.DataFrame, lang: str) -> str:
    """Return the filters, hidden until the script shows them, and the table of the figures."""
    if not len(facts):
        return f"<p>{escape(labels.text('no_figures', lang))}</p>"
    claims = claims_of(checked)
    rows = [
        row(fact, claims.get(index), stories, lang)
        for index, fact in zip(facts.index, labels.records(facts), strict=True)
    ]
    heads = "".join(
        f'<th scope="col" data-sort="{"number" if numeric else "text"}"{" class=number" * numeric}>'
        f"{escape(labels.text(key, lang))}</th>"
        for _, key, numeric in COLUMNS
    )
    caption = escape(labels.text("report_figures_caption", lang))
    return (
        f"{filters(rows, lang)}\n"
        f'<div class="scroll"><table class="plain" id="figures-table"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{''.join(line for line, _ in rows)}</tbody></table></div>"
    )


def claims_of(checked: pd.DataFrame) -> dict[Hashable, dict[str, Any]]:
    """Return the claim of each fact, by the fact's index label."""
    columns = [str(name) for name in checked.columns if str(name).startswith("fact_")]
    return {row[name]: row for row in labels.records(checked) for name in columns if pd.notna(row[name])}


def row(
    fact: dict[str, Any], claim: dict[str, Any] | None, stories: list[str], lang: str
) -> tuple[str, dict[str, str]]:
    """Return one figure as a row, and the words that the filters offer for it."""
    status = str(claim["status"]) if claim else ""
    name = str(fact["story"] or fact["article"])
    choices = {
        "story": name,
        "lang": labels.language_name(str(fact["lang"]), lang),
        "flow": codelists.label("flows", str(fact["flow"]), lang) if fact["flow"] not in labels.NOTHING else "–",
        "status": labels.text(f"status_{status}", lang) if status else "–",
    }
    low, high = float(fact["value_low"]), float(fact["value_high"])
    counted = str(fact["counted"]) if fact["counted"] not in labels.NOTHING else ""
    areas = [str(fact[side]) for side in ("ref_area", "counterpart_area") if fact[side] not in labels.NOTHING]
    period = str(fact["time_period"]) if fact["time_period"] not in labels.NOTHING else ""
    place = stories.index(name) + 1 if name in stories else 0
    story = f'<a href="#story-{place}">{escape(name)}</a>' if place else escape(name)
    said = f'<span lang="{escape(str(fact["lang"]), quote=True)}">{escape(str(fact["text"]))}</span>'
    tag = claim_words(claim, lang) if claim else ""
    cells: list[str | tuple[str, str]] = [
        story,
        escape(choices["lang"]),
        said,
        (escape(value_of(fact, lang)), repr((low + high) / 2)),
        escape(labels.unit_name(str(fact["unit"]), lang) or counted),
        escape(labels.topic(fact, lang)),
        escape(" – ".join(labels.area(code, lang) for code in areas)),
        (escape(labels.period(period, lang)), period),
        escape(labels.text(f"obs_status_{fact['obs_status']}", lang)),
        (escape(tag), f"{place:05}-{int(claim['claim']):05}" if claim else ""),
    ]
    keys = "".join(f' data-{key}="{escape(said, quote=True)}"' for key, said in choices.items())
    return f"<tr{keys}>{''.join(map(cell, cells, COLUMNS))}</tr>\n", choices


def claim_words(claim: dict[str, Any], lang: str) -> str:
    """Return the number of a claim, and whether the other versions say the same, another thing or nothing."""
    status = str(claim["status"])
    if status == "missing":
        lacking = ", ".join(labels.language_name(tag.strip(), lang) for tag in str(claim["missing"]).split(","))
        said = labels.text("missing_in", lang, languages=lacking)
    else:
        said = status_words(status, str(claim["slip"] or ""), lang)
    return f"{claim['claim']} {SYMBOLS[status]} {said}"


def value_of(fact: dict[str, Any], lang: str) -> str:
    """Return value or range with its qualifier and scale word, not rounded; the unit has a column of its own."""
    ends = [float(fact["value_low"]), float(fact["value_high"])]
    power = labels.exponent(ends, str(fact["unit"]))
    low, high = (labels.number(end / 10**power, lang, ALL_DIGITS) for end in ends)
    said = low if low == high else labels.text("range", lang, low=low, high=high)
    said = f"{said} {labels.scale_word(power, lang)}".strip()
    return said if fact["qualifier"] == "=" else labels.text(f"qualifier_{fact['qualifier']}", lang, value=said)


def cell(content: str | tuple[str, str], column: tuple[str, str, bool]) -> str:
    """Return a cell, with what it is sorted by where that is not what it shows."""
    shown, key = content if isinstance(content, tuple) else (content, None)
    number = ' class="number"' if column[2] else ""
    sort = f' data-key="{escape(key, quote=True)}"' if key is not None else ""
    return f"<td{number}{sort}>{shown}</td>"


def filters(rows: list[tuple[str, dict[str, str]]], lang: str) -> str:
    """Return the form of the filters: words, and a choice for each column that has several values."""
    parts = [
        f"<label>{escape(labels.text('filter_search', lang))} "
        '<input type="search" name="search" autocomplete="off"></label>'
    ]
    for key, head in FILTERS:
        values = sorted({choices[key] for _, choices in rows})
        if len(values) > 1:
            options = "".join(f"<option>{escape(value)}</option>" for value in values)
            everything = f'<option value="">{escape(labels.text("filter_all", lang))}</option>'
            name = escape(labels.text(head, lang))
            parts.append(f'<label>{name} <select name="{key}">{everything}{options}</select></label>')
    parts.append(f'<button type="reset">{escape(labels.text("filter_reset", lang))}</button>')
    shown = escape(labels.text("filter_count", lang, shown="{shown}", all="{all}"), quote=True)
    hint = escape(labels.text("sort_hint", lang))
    title = escape(labels.text("filter_title", lang), quote=True)
    return (
        f'<form id="filters" aria-label="{title}" aria-controls="figures-table" hidden>{"".join(parts)}'
        f'<p><span role="status" data-text="{shown}"></span> <span>{hint}</span></p></form>'
    )
