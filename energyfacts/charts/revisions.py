"""A chart of one figure through time, with its revisions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from matplotlib.ticker import FuncFormatter

from energyfacts import labels
from energyfacts.charts.dots import ABOVE, BELOW, choose
from energyfacts.charts.parts import MARKERS, Style, canvas, caption, heading, legend, width_of
from energyfacts.errors import EnergyFactsError
from energyfacts.palette import COLOURS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd
    from matplotlib.axes import Axes

# More lines than this cannot be told apart: the latest is drawn in full and the earlier ones pale.
MANY = 7
# More marks than this on an axis run into each other.
TICKS = 9
# Degrees by which long labels of ticks are turned.
TURNED = 30


def through_time(
    facts: pd.DataFrame,
    ax: Axes | None = None,
    *,
    unit: str | None = None,
    flow: str | None = None,
    product: str | None = None,
    ref_area: str | None = None,
    measure: str | None = "level",
    published: Mapping[str, object] | None = None,
    lang: str = "en",
    source: labels.Source = "",
) -> Axes:
    """Draw one figure through the periods it is for, a line for each story that gives it.

    Where every fact is for one and the same period, the chart shows its revisions: the figure of each story in turn.

    Parameters
    ----------
    facts : DataFrame
        The tidy table.
    ax : Axes, optional
        Where to draw; a new figure by default.
    unit, flow, product, ref_area, measure : str, optional
        Codes to keep; the commonest unit, and every flow, product and area by default.
    published : Mapping of str to date or str, optional
        When each story or article (by its id) was published; stories stand in the order of the facts without it.
    lang : str
        BCP 47 tag of the language of the labels.
    source : str, Article or iterable of Article
        What the caption names as source and date.

    Returns
    -------
    Axes
        The values are scaled; their unit labels the y axis.

    Raises
    ------
    EnergyFactsError
        There is no such figure with a known period.

    Examples
    --------
    >>> from energyfacts import demo, extract, read
    >>> facts = extract(read(demo.stories()))
    >>> ax = through_time(facts, unit="t", flow="imports", ref_area="JP")
    """
    labels.texts(lang)
    kept = choose(facts, unit, flow=flow, product=product, ref_area=ref_area, measure=measure)
    kept = kept[kept["time_period"].map(labels.span).notna()]
    if not len(kept):
        raise EnergyFactsError("No figure of this kind has a known period; choose another unit, flow, product or area.")
    chosen = str(kept["unit"].iloc[0])
    power = labels.exponent([*kept["value_low"], *kept["value_high"]], chosen)
    vintages = vintages_of(kept, published or {}, lang)
    with canvas(ax, 4.4) as drawn:
        revisions = kept["time_period"].nunique() == 1 and len(vintages) > 1
        turned = (
            draw_revisions(drawn, vintages, power, lang) if revisions else draw_periods(drawn, vintages, power, lang)
        )
        drawn.set_ylabel(labels.unit_name(chosen, lang, power))
        drawn.yaxis.set_major_formatter(FuncFormatter(lambda value, _: labels.number(value, lang)))
        drawn.grid(axis="y", color="#E3E3E3")
        named = "axis_published" if published else "axis_revision"
        drawn.set_xlabel(labels.text(named if revisions else "axis_period", lang), loc="left")
        first = labels.records(kept)[0] | ({} if revisions else {"time_period": "_U"})
        title = labels.text(
            "revisions_title" if revisions else "through_time_title", lang, about=labels.about(first, lang)
        )
        above = legend(drawn, drawn.get_legend_handles_labels()[0], 40) if len(vintages) > 1 else 0.0
        heading(drawn, title[:1].upper() + title[1:], 40, above)
        caption(drawn, source, lang, 40, below=44 + turned)
        return drawn


def vintages_of(facts: pd.DataFrame, published: Mapping[str, object], lang: str) -> list[tuple[str, pd.DataFrame]]:
    """Return each story's name and facts in the order of publication, without repetitions of a figure."""
    found = []
    for place, (story, group) in enumerate(facts.groupby("story", sort=False)):
        article = str(group["article"].iloc[0])
        when = str(published.get(str(story), published.get(article, "")))[:10]
        kept = group.drop_duplicates(["time_period", "value_low", "value_high", "qualifier"])
        name = labels.period(when, lang) if when else str(story)
        found.append(((when, place), name, kept.sort_values("time_period", key=lambda codes: codes.map(middle))))
    return [(name, group) for _, name, group in sorted(found, key=lambda vintage: vintage[0])]


def middle(code: str) -> float:
    """Return the middle of a period in years."""
    days = labels.span(code)
    ends = [in_years(day) for day in days] if days else [0.0]
    return sum(ends) / len(ends)


def in_years(day: date) -> float:
    """Return a date as a number of years."""
    return day.year + (day.timetuple().tm_yday - 0.5) / 366


def draw_periods(ax: Axes, vintages: list[tuple[str, pd.DataFrame]], power: int, lang: str) -> float:
    """Draw a line for each story over the periods that its figures are for; return 0, as no tick label is turned."""
    periods = sorted({code for _, group in vintages for code in group["time_period"]}, key=middle)
    extent = middle(periods[-1]) - middle(periods[0]) or 1.0
    for place, (name, group) in enumerate(vintages):
        latest = place == len(vintages) - 1
        pale = len(vintages) > MANY and not latest
        colour = "#B5B5B5" if pale else COLOURS[0 if len(vintages) > MANY else place % len(COLOURS)]
        # Stories stand a little beside each other, so that equal figures can be seen.
        shift = extent * 0.012 * (place - (len(vintages) - 1) / 2) if len(vintages) <= MANY else 0.0
        at = [middle(code) + shift for code in group["time_period"]]
        ax.plot(at, group["value"] / 10**power, color=colour, linewidth=1.3, zorder=1 if pale else 2)
        shown = name if not pale or place == 0 else ""
        draw_points(ax, at, group, power, colour, MARKERS[place % len(MARKERS)], shown)
    marks = periods if len(periods) <= TICKS else periods[:: -(-len(periods) // TICKS)]
    ax.set_xticks([middle(code) for code in marks], [labels.period(code, lang) for code in marks])
    ax.margins(x=0.06, y=0.15)
    return 0.0


def draw_revisions(ax: Axes, vintages: list[tuple[str, pd.DataFrame]], power: int, lang: str) -> float:
    """Draw the figure that each story gives for one and the same period; return what turned labels add in points."""
    names = [name for name, _ in vintages]
    values = [float(group["value"].iloc[0]) / 10**power for _, group in vintages]
    ax.plot(range(len(vintages)), values, color=COLOURS[0], linewidth=1.3)
    for place, (_, group) in enumerate(vintages):
        draw_points(ax, [place] * len(group), group, power, COLOURS[0], MARKERS[0], "")
        words = labels.amount(labels.records(group)[0], lang, power, unit=False)
        offset: Style = {"textcoords": "offset points", "ha": "center", "fontsize": 9}
        if len(vintages) <= TICKS:
            ax.annotate(words, (place, float(group["value_high"].max()) / 10**power), (0, 10), **offset)
    step = -(-len(names) // TICKS)
    turned: Style = {"rotation": TURNED, "ha": "right"} if sum(map(len, names[::step])) > 60 else {}
    ax.set_xticks(range(0, len(names), step), names[::step], **turned)
    ax.margins(x=0.14, y=0.22)
    return math.sin(math.radians(TURNED)) * max(width_of(name, 9.5) for name in names[::step]) if turned else 0.0


def draw_points(ax: Axes, at: list[Any], group: pd.DataFrame, power: int, colour: str, marker: str, name: str) -> None:
    """Draw the figures of one story: open where they are forecasts, with ranges as bars and qualifiers as arrows."""
    scaled = group[["value_low", "value", "value_high"]].astype(float) / 10**power
    for x, (_, ends), qualifier, status in zip(
        at, scaled.iterrows(), group["qualifier"], group["obs_status"], strict=True
    ):
        low, value, high = ends
        if low < high:
            ax.errorbar([x], [value], yerr=[[value - low], [high - value]], color=colour, capsize=4, linewidth=1.5)
        direction = 1 if qualifier in ABOVE else -1 if qualifier in BELOW else 0
        if direction:
            arrow: Style = {"arrowstyle": "<|-", "color": colour, "shrinkA": 0, "shrinkB": 0}
            place: Style = {"textcoords": "offset points", "gid": "qualifier"}
            ax.annotate("", (x, high if direction > 0 else low), (0, direction * 22), arrowprops=arrow, **place)
        face = "white" if status in {"E", "F"} else colour
        ax.plot([x], [value], marker, color=colour, markerfacecolor=face, markeredgewidth=1.5, zorder=3)
    if name:
        ax.plot([], [], marker, color=colour, linestyle="-", label=name)
