"""Charts of figures of one kind: dot plots with their ranges and qualifiers, and shares of a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from energyfacts import labels
from energyfacts.charts.parts import MARKERS, Style, canvas, caption, fit, heading, legend, row_labels
from energyfacts.errors import EnergyFactsError
from energyfacts.palette import COLOURS, GREY, INK

if TYPE_CHECKING:
    from collections.abc import Hashable

    from matplotlib.axes import Axes

# Two figures of a row that differ in one of these stand in rows of their own.
SAME_ROW = ["product", "flow", "measure", "direction", "ref_area", "counterpart_area", "time_period", "obs_status"]
# From this ratio of the largest to the smallest value on, a linear axis would press the small ones together.
LOGARITHMIC_FROM = 100
# Width of what a row says at its right end.
READING_POINTS = 130
ABOVE, BELOW = frozenset({">", ">="}), frozenset({"<", "<=", "<~"})


def figures(
    facts: pd.DataFrame,
    ax: Axes | None = None,
    *,
    unit: str | None = None,
    flow: str | None = None,
    measure: str | None = None,
    lang: str = "en",
    source: labels.Source = "",
) -> Axes:
    """Draw the figures of one kind as dots: ranges as bars, "more than" and "less than" as arrows.

    Parameters
    ----------
    facts : DataFrame
        The tidy table.
    ax : Axes, optional
        Where to draw; a new figure by default.
    unit, flow, measure : str, optional
        Codes to keep; the commonest unit and every flow and measure by default.
    lang : str
        BCP 47 tag of the language of the labels.
    source : str, Article or iterable of Article
        What the caption names as source and date.

    Returns
    -------
    Axes
        A row for what a figure is about; a marker for each language that says it.

    Raises
    ------
    EnergyFactsError
        There is no such figure.

    Examples
    --------
    >>> from energyfacts import demo, extract, read
    >>> facts = extract(read(demo.stories()))
    >>> ax = figures(facts, unit="bbl/d", flow="production")
    """
    labels.texts(lang)
    kept = choose(facts, unit=unit, flow=flow, measure=measure)
    chosen = str(kept["unit"].iloc[0])
    groups = rows_of(kept)
    with canvas(ax, 1.7 + 0.42 * len(groups)) as drawn:
        power = labels.exponent([*kept["value_low"], *kept["value_high"]], chosen)
        draw_rows(drawn, groups, power, lang)
        indent = row_labels(drawn, [row_name(group, lang) for group in groups], gap=label_gap(kept))
        scale_axis(drawn, kept, power, lang)
        name = labels.unit_name(chosen, lang, power) or str(kept["counted"].iloc[0])
        drawn.set_xlabel(name, loc="left")
        above = key(drawn, kept, indent, lang)
        heading(drawn, labels.text("figures_title", lang, unit=labels.unit_name(chosen, lang) or name), indent, above)
        caption(drawn, source, lang, indent, below=42)
        return drawn


def shares(facts: pd.DataFrame, ax: Axes | None = None, *, lang: str = "en", source: labels.Source = "") -> Axes:
    """Draw shares of a whole in percent: a bar from 0 for each, on a track that ends at 100.

    Parameters
    ----------
    facts : DataFrame
        The tidy table; rows of measure ``share`` in percent are drawn.
    ax : Axes, optional
        Where to draw; a new figure by default.
    lang : str
        BCP 47 tag of the language of the labels.
    source : str, Article or iterable of Article
        What the caption names as source and date.

    Returns
    -------
    Axes
        A bar for what a share is about.

    Raises
    ------
    EnergyFactsError
        There is no share in percent.

    Examples
    --------
    >>> from energyfacts import demo, extract, read
    >>> facts = extract(read(demo.stories()))
    >>> ax = shares(facts, lang="id")
    """
    labels.texts(lang)
    kept = choose(facts, unit="percent", measure="share")
    groups = rows_of(kept)
    with canvas(ax, 1.7 + 0.42 * len(groups)) as drawn:
        largest = max(100.0, float(kept["value_high"].max()))
        rows = range(len(groups))
        drawn.barh(rows, [100] * len(groups), height=0.5, color="#EFEFEF", edgecolor="#CFCFCF", linewidth=0.8)
        values = [float(group["value"].max()) for group in groups]
        drawn.barh(rows, values, height=0.5, color="#9DC6E0", edgecolor=COLOURS[0], hatch="///", linewidth=1.0)
        draw_rows(drawn, groups, 0, lang, unit=True)
        indent = row_labels(drawn, [row_name(group, lang) for group in groups], gap=label_gap(kept))
        drawn.set_xlim(0, largest * 1.02)
        drawn.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{labels.number(value, lang)}%"))
        above = key(drawn, kept, indent, lang)
        heading(drawn, labels.text("shares_title", lang), indent, above)
        caption(drawn, source, lang, indent, below=26)
        return drawn


def choose(facts: pd.DataFrame, unit: str | None = None, **codes: str | None) -> pd.DataFrame:
    """Return the facts with the codes asked for, in one unit: the commonest where none is asked for."""
    kept = facts
    for column, code in codes.items():
        kept = kept if code is None else kept[kept[column] == code]
    if unit is None and len(kept):
        unit = str(kept["unit"].value_counts(sort=True).index[0])
    kept = kept[kept["unit"] == unit]
    if len(kept):
        return kept
    asked = ", ".join(f"{name} {code!r}" for name, code in {"unit": unit, **codes}.items() if code is not None)
    there = sorted({f"{row.flow} in {row.unit}" for row in facts[["flow", "unit"]].itertuples()})
    held = ", ".join(there) or "nothing"
    raise EnergyFactsError(f"The facts hold no figure with {asked or 'a unit'}; choose among what they hold: {held}.")


def rows_of(facts: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the facts of each row of a chart, the largest value first."""
    # A count is about what it counts, and only the figure itself is in words of its own language.
    keys = [*SAME_ROW, "story"] if facts["unit"].iloc[0] == "count" else SAME_ROW
    groups = [group for _, group in facts.groupby(keys, sort=False)]
    return sorted(groups, key=lambda group: -float(group["value"].max()))


def row_name(group: pd.DataFrame, lang: str) -> str:
    """Return what the figures of a row are about, from the version in the reader's language if there is one."""
    own = group[group["lang"] == lang]
    fact = labels.records(own if len(own) else group)[0]
    status = str(fact["obs_status"])
    said = labels.about(fact, lang)
    return f"{said} ({labels.text(f'obs_status_{status}', lang)})" if status in {"E", "F"} else said


def looks_of(facts: pd.DataFrame) -> dict[Hashable, tuple[str, str]]:
    """Return colour and marker of each language, the same in every chart."""
    return {
        tag: (COLOURS[place % len(COLOURS)], MARKERS[place % len(MARKERS)])
        for place, tag in enumerate(sorted(facts["lang"].unique()))
    }


def draw_rows(ax: Axes, groups: list[pd.DataFrame], power: int, lang: str, unit: bool = False) -> None:
    """Draw the figures of each row, and what they say at its right end: apart where the languages differ."""
    looks = looks_of(pd.concat(groups))
    place: Style = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "annotation_clip": False}
    for y, group in enumerate(groups):
        ax.axhline(y, color="#E3E3E3", linewidth=0.8, zorder=0)
        tags = list(dict.fromkeys(group["lang"]))
        readings: dict[str, list[str]] = {tag: [] for tag in tags}
        for fact in labels.records(group.sort_values("value")):
            shift = 0.28 * (tags.index(fact["lang"]) - (len(tags) - 1) / 2)
            draw_figure(ax, fact, y + shift, power, *looks[fact["lang"]])
            readings[fact["lang"]].append(labels.amount(fact, lang, power, unit))
        for tag, said in readings.items():
            alone = all(other == said for other in readings.values())
            shift = 0.0 if alone else 0.32 * (tags.index(tag) - (len(tags) - 1) / 2)
            style: Style = {"color": INK if alone else looks[tag][0], "fontsize": 9, "va": "center", "gid": "reading"}
            words = fit("; ".join(dict.fromkeys(said)), READING_POINTS, 9)
            ax.annotate(words, (1, y + shift), (10, 0), **style, **place)
            if alone:
                break


def label_gap(facts: pd.DataFrame) -> float:
    """Return the points between row labels and axis: more where an arrow points to the left of zero."""
    near = facts["qualifier"].isin(BELOW) & (facts["value_low"] < 0.08 * facts["value_high"].max())
    return 28 if near.any() else 8


def draw_figure(ax: Axes, fact: dict[str, Any], y: float, power: int, colour: str, marker: str) -> None:
    """Draw one figure: a marker, open where it is no actual value, with its range or an arrow."""
    low, value, high = (float(fact[name]) / 10**power for name in ("value_low", "value", "value_high"))
    if low < high:
        ax.errorbar([value], [y], xerr=[[value - low], [high - value]], color=colour, capsize=4, linewidth=1.6)
    direction = 1 if fact["qualifier"] in ABOVE else -1 if fact["qualifier"] in BELOW else 0
    if direction:
        arrow: Style = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
        end = (high if direction > 0 else low, y)
        place: Style = {"textcoords": "offset points", "annotation_clip": False, "gid": "qualifier"}
        ax.annotate("", end, (direction * 24, 0), arrowprops=arrow | {"arrowstyle": "<|-"}, **place)
    face = "white" if fact["obs_status"] in {"E", "F"} else colour
    ax.plot([value], [y], marker, color=colour, markerfacecolor=face, markeredgewidth=1.5, zorder=3)


def scale_axis(ax: Axes, facts: pd.DataFrame, power: int, lang: str) -> None:
    """Scale the axis of values to its power of ten, with a language's own number format."""
    low, high = float(facts["value_low"].min()), float(facts["value_high"].max())
    if low > 0 and high / low > LOGARITHMIC_FROM:
        ax.set_xscale("log")
    elif low >= 0 and low < high / 2:
        ax.set_xlim(0, high / 10**power * 1.1)
    else:
        ax.margins(x=0.12)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: labels.number(value, lang)))


def key(ax: Axes, facts: pd.DataFrame, indent: float, lang: str) -> float:
    """Say above the chart what its markers mean, as far as they occur; return the height of that in points."""
    many = facts["lang"].nunique() > 1
    handles = [
        Line2D([], [], color=colour, marker=marker, linestyle="", label=labels.language_name(str(tag), lang))
        for tag, (colour, marker) in looks_of(facts).items()
        if many
    ]
    if facts["obs_status"].isin(["E", "F"]).any():
        open_marker: Style = {
            "markerfacecolor": "white",
            "markeredgewidth": 1.5,
            "label": labels.text("open_marker", lang),
        }
        handles.append(Line2D([], [], color=GREY, marker="o", linestyle="", **open_marker))
    if (facts["value_low"] < facts["value_high"]).any():
        handles.append(Line2D([], [], color=GREY, marker="|", label=labels.text("bar", lang)))
    if facts["qualifier"].isin(ABOVE | BELOW).any():
        handles.append(Line2D([], [], color=GREY, marker=">", linewidth=1.4, label=labels.text("arrow", lang)))
    return legend(ax, handles, indent)
