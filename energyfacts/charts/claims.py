"""The claims of stories: what each version says and leaves out, and how far the versions agree."""

from __future__ import annotations

from collections import Counter
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from energyfacts import labels
from energyfacts.charts.parts import (
    LOOKS,
    WIDTH,
    Look,
    Style,
    canvas,
    caption,
    fit,
    heading,
    legend,
    row_labels,
    size_of,
    wrap_two,
)
from energyfacts.palette import COLOURS, SKY, YELLOW
from energyfacts.wording import claim_about, languages_of, status_words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

ROW_INCHES = 0.4
# Shares of the width of the chart of versions: what a claim is about, and its status; the versions share the rest.
ABOUT_WIDTH, STATUS_WIDTH = 0.36, 0.2
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "ooo", "+++", "**")


def versions(
    table: pd.DataFrame, facts: pd.DataFrame, ax: Axes | None = None, lang: str = "en", source: labels.Source = ""
) -> Axes:
    """Draw what each version of a story says and leaves out: a row a claim, a column a version.

    Parameters
    ----------
    table : DataFrame
        The cross-check of one or more stories.
    facts : DataFrame
        The facts it was made from, with the same index.
    ax : Axes, optional
        Where to draw; a new figure by default, as high as its rows need.
    lang : str
        BCP 47 tag of the language of the labels.
    source : str, Article or iterable of Article
        What the caption names as source and date.

    Returns
    -------
    Axes
        Its y tick labels name the claims.

    Raises
    ------
    EnergyFactsError
        There are no labels in this language.

    Examples
    --------
    >>> from energyfacts import crosscheck, demo, extract, read
    >>> facts = extract(read(demo.stories()))
    >>> ax = versions(crosscheck(facts), facts, lang="id")
    """
    labels.texts(lang)
    rows = rows_of(table, lang)
    columns = languages_of(table)
    width = WIDTH + 1.6 * max(0, len(columns) - 2)
    with canvas(ax, 1.2 + ROW_INCHES * len(rows), width) as drawn:
        size = row_font(drawn, len(rows))
        widths = (1 - ABOUT_WIDTH - STATUS_WIDTH) / max(len(columns), 1)
        drawn.set(xlim=(0, 1), ylim=(len(rows) - 0.45, -1.1), xticks=[])
        drawn.spines[:].set_visible(False)
        for place, column in enumerate(columns):
            x = ABOUT_WIDTH + place * widths
            drawn.text(x, -0.62, labels.language_name(column, lang), va="bottom", fontweight="bold", fontsize=size)
        drawn.text(
            1 - STATUS_WIDTH + 0.02, -0.62, labels.text("status", lang), va="bottom", fontweight="bold", fontsize=size
        )
        for y, row in enumerate(rows):
            if isinstance(row, str):
                drawn.text(0, y + 0.1, fit(row, size_of(drawn)[0], size), va="center", style="italic", fontsize=size)
                continue
            for place, column in enumerate(columns):
                draw_cell(drawn, row, column, ABOUT_WIDTH + place * widths, y, widths, size, lang)
            draw_status(drawn, row, y, size, lang)
        name_claims(drawn, rows, facts, size, lang)
        if not rows:
            nothing(drawn, lang)
        heading(drawn, labels.text("versions_title", lang))
        caption(drawn, source, lang)
        return drawn


def nothing(ax: Axes, lang: str) -> None:
    """Say in the middle of an empty chart that there is no claim."""
    ax.text(0.5, 0.5, labels.text("no_claims", lang), transform=ax.transAxes, ha="center", va="center")


def row_text(ax: Axes, text: str, room: float, size: float) -> str:
    """Return a text that fits into a row: in two lines where the rows are high enough, else cut."""
    top, bottom = ax.get_ylim()[::-1]
    height = size_of(ax)[1] / max(bottom - top, 1)
    return wrap_two(text, room, size) if height > 2.5 * size else fit(text, room, size)


def row_font(ax: Axes, rows: int) -> float:
    """Return the font size in points that fits the rows of an Axes."""
    return max(4.0, min(9.0, 0.5 * size_of(ax)[1] / (rows + 1)))


def rows_of(table: pd.DataFrame, lang: str) -> list[Any]:
    """Return the claims in story order, with a line of text before each story (of several) and before its teasers."""
    rows: list[Any] = []
    for story, claims in table.groupby("story", sort=False):
        if table["story"].nunique() > 1:
            rows.append(str(story))
        related = claims["section"] == "related"
        rows += labels.records(claims[~related])
        if related.any():
            rows += [labels.text("section_related", lang), *labels.records(claims[related])]
    return rows


def name_claims(ax: Axes, rows: list[Any], facts: pd.DataFrame, size: float, lang: str) -> None:
    """Name the claims inside the left of the chart, with their numbers, as its tick labels."""
    room = size_of(ax)[0] * ABOUT_WIDTH - 16
    claims = [(y, row) for y, row in enumerate(rows) if not isinstance(row, str)]
    names = [row_text(ax, f"{row['claim']}. {claim_about(row, facts, lang)}", room, size) for _, row in claims]
    ax.set_yticks([y for y, _ in claims], names, fontsize=size, ha="left", linespacing=1.15)
    ax.tick_params(axis="y", length=0, pad=0)


def draw_cell(
    ax: Axes, row: dict[str, Any], column: str, x: float, y: int, width: float, size: float, lang: str
) -> None:
    """Draw what one version says of a claim: its own words, or that it says nothing."""
    said = str(row[f"text_{column}"] or "")
    look = LOOKS["missing"] if not said else LOOKS["agrees" if row["status"] == "missing" else row["status"]]
    line: Style = {"linestyle": "-" if said else (0, (3, 2)), "edgecolor": look.colour, "linewidth": 1.0}
    ax.add_patch(Rectangle((x, y - 0.4), width - 0.012, 0.8, facecolor=look.fill, gid=f"cell {column}", **line))
    marker: Style = {"marker": look.marker, "markersize": size * 0.6, "markeredgecolor": look.colour}
    ax.plot([x + 0.018], [y], color=look.colour if said else "white", **marker)
    room = size_of(ax)[0] * (width - 0.052)
    words = said or labels.text("not_here", lang)
    weight = "bold" if row["status"] == "differs" and said else "normal"
    # Bold letters are wider than the measured ones.
    words = row_text(ax, words, room * (0.9 if weight == "bold" else 1), size)
    ax.text(
        x + 0.036,
        y,
        words,
        va="center",
        fontsize=size,
        linespacing=1.15,
        weight=weight,
        color="black" if said else "#666666",
    )


def draw_status(ax: Axes, row: dict[str, Any], y: int, size: float, lang: str) -> None:
    """Draw the sign and word of a claim's status, with the kind of slip."""
    look = LOOKS[row["status"]]
    words = status_words(str(row["status"]), str(row["slip"] or ""), lang)
    words = row_text(ax, words, size_of(ax)[0] * (STATUS_WIDTH - 0.055), size)
    ax.text(1 - STATUS_WIDTH + 0.02, y, look.symbol, va="center", fontsize=size + 2, weight="bold", color=look.colour)
    ax.text(1 - STATUS_WIDTH + 0.05, y, words, va="center", fontsize=size)


def agreement(table: pd.DataFrame, ax: Axes | None = None, lang: str = "en", source: labels.Source = "") -> Axes:
    """Draw how many claims of each story agree, differ (by kind of slip) or are missing (by version).

    Parameters
    ----------
    table : DataFrame
        The cross-check of one or more stories.
    ax : Axes, optional
        Where to draw; a new figure by default.
    lang : str
        BCP 47 tag of the language of the labels.
    source : str, Article or iterable of Article
        What the caption names as source and date.

    Returns
    -------
    Axes
        One stacked bar a story; one container of bars a kind, with a letter.

    Examples
    --------
    >>> from energyfacts import crosscheck, demo, extract, read
    >>> facts = extract(read(demo.stories()))
    >>> ax = agreement(crosscheck(facts))
    """
    labels.texts(lang)
    stories = list(dict.fromkeys(table["story"]))
    counts = counts_of(table, stories, lang)
    with canvas(ax, 1.9 + 0.42 * len(stories) + 0.2 * -(-len(counts) // 3)) as drawn:
        draw_stacks(drawn, counts)
        indent = row_labels(drawn, [str(story) for story in stories])
        if not len(table):
            nothing(drawn, lang)
        drawn.set_xlabel(labels.text("agreement_axis", lang), loc="left")
        drawn.xaxis.set_major_locator(MaxNLocator(integer=True))
        above = legend(drawn, keys_of(drawn), indent)
        heading(drawn, labels.text("agreement_title", lang), indent, above)
        caption(drawn, source, lang, indent, below=42)
        return drawn


def counts_of(table: pd.DataFrame, stories: list[str], lang: str) -> dict[tuple[str, str], list[int]]:
    """Return the number of claims of each story by kind, the kinds in the order they are drawn."""
    kinds = [kind_of(row, lang) for row in labels.records(table)]
    number = Counter(zip(table["story"], kinds, strict=True))
    ordered = sorted(set(kinds), key=lambda kind: (list(LOOKS).index(kind[0]), -kinds.count(kind), kind[1]))
    return {kind: [number[story, kind] for story in stories] for kind in ordered}


def draw_stacks(ax: Axes, counts: dict[tuple[str, str], list[int]]) -> None:
    """Draw the kinds of claims behind each other, each with a letter and its number where there is room."""
    totals = [sum(numbers) for numbers in zip(*counts.values(), strict=True)]
    if totals:
        # Room for the edge of the longest bar.
        ax.set_xlim(0, 1.01 * max(totals))
    left = [0] * len(totals)
    for letter, kind, look, hatch in zip(ascii_lowercase, counts, *kind_looks(list(counts)), strict=False):
        style: Style = {"color": look.fill, "edgecolor": look.colour, "hatch": hatch, "height": 0.66}
        # Of a kind that a story lacks there would be an edge without a bar.
        style["linewidth"] = [float(number > 0) for number in counts[kind]]
        bars = ax.barh(range(len(totals)), counts[kind], left=left, label=f"{letter}  {kind[1]}", **style)
        inside = [f"{letter} {number}" if number >= 0.045 * max(totals) else "" for number in counts[kind]]
        box: Style = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.9}
        ax.bar_label(bars, inside, label_type="center", fontsize=8.5, bbox=box if hatch else None)
        left = [start + number for start, number in zip(left, counts[kind], strict=True)]


def keys_of(ax: Axes) -> list[Patch]:
    """Return a key for each kind of bars, with an edge also where the first story has no such bar."""
    bars = [(str(container.get_label()), container[0]) for container in ax.containers]
    return [
        Patch(facecolor=bar.get_facecolor(), edgecolor=bar.get_edgecolor(), hatch=bar.get_hatch(), label=label)
        for label, bar in bars
    ]


def kind_of(row: dict[str, Any], lang: str) -> tuple[str, str]:
    """Return a claim's status, and its kind in words: the slip, or the versions that lack it."""
    status = str(row["status"])
    if status == "missing" and row["missing"]:
        names = [labels.language_name(tag.strip(), lang) for tag in str(row["missing"]).split(",")]
        return status, labels.text("missing_in", lang, languages=", ".join(names))
    return status, status_words(status, str(row["slip"] or ""), lang)


def kind_looks(kinds: list[tuple[str, str]]) -> tuple[list[Look], list[str]]:
    """Return a look and a hatch for each kind: colours by status, hatches within it."""
    shades = {
        "agrees": ("#9DC6E0", "#DCEBF5", SKY),
        "differs": (COLOURS[1], "#F0A878", YELLOW, COLOURS[4]),
        "missing": ("white", "#D9D9D9"),
    }
    looks, hatches = [], []
    seen = dict.fromkeys(LOOKS, 0)
    for status, _ in kinds:
        place = seen[status]
        seen[status] += 1
        fills = shades[status]
        looks.append(LOOKS[status]._replace(fill=fills[place % len(fills)]))
        hatches.append(HATCHES[place % len(HATCHES)] if status != "missing" else ("", "...", "///")[place % 3])
    return looks, hatches
