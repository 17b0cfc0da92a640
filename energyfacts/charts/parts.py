"""What every chart shares: colours and shapes, an Axes to draw on, titles, captions and text that fits."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib.pyplot as plt
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.transforms import ScaledTranslation

from energyfacts import labels
from energyfacts.palette import BLUE, GREY, VERMILION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

# Keyword arguments of matplotlib.
Style = dict[str, Any]

STYLE = "energyfacts.energyfacts"
WIDTH = 8.0
POINTS = 72.0

MARKERS = ("o", "s", "^", "D", "v", "P", "X")


class Look(NamedTuple):
    """How a status is drawn: each of colour, marker and symbol tells it alone."""

    colour: str
    fill: str
    marker: str
    symbol: str


LOOKS = {
    "agrees": Look(BLUE, "#DCEBF5", "o", "="),
    "differs": Look(VERMILION, "#FBE3D3", "D", "≠"),
    "missing": Look(GREY, "#FFFFFF", "s", "∅"),
}


@contextmanager
def canvas(ax: Axes | None, height: float, width: float = WIDTH) -> Iterator[Axes]:
    """Give the caller's Axes, or a new one of a size in inches in the package's style."""
    if ax is not None:
        # Two signs of money in a text are no formula between them.
        with plt.rc_context({"text.parse_math": False}):
            yield ax
        for label in ax.get_yticklabels():
            label.set_parse_math(False)
        return
    # A backend that is first loaded inside the context would lose there what it sets for good: a notebook's would
    # show no figure after the first.
    plt.draw_if_interactive()  # type: ignore[no-untyped-call]
    with plt.style.context([STYLE, {"text.parse_math": False}]):
        figure, drawn = plt.subplots(figsize=(width, height))
        # Lay the figure out once, so that the Axes has the size that texts are fitted to.
        figure.draw_without_rendering()
        yield drawn


def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of a line of text in points."""
    font = FontProperties(size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0])


def fit(text: str, points: float, size: float) -> str:
    """Return a text, its end cut and marked with "…" where it is wider than some points.

    Examples
    --------
    >>> fit("oil production, Kazakhstan", 60, 10)
    'oil produc…'
    """
    if width_of(text, size) <= points:
        return text
    kept = len(text)
    while kept > 1 and width_of(text[:kept].rstrip(" ,–") + "…", size) > points:
        kept -= 1
    return text[:kept].rstrip(" ,–") + "…"


def wrap(text: str, points: float, size: float) -> str:
    """Return a text broken into lines that are not wider than some points."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= points:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)


def size_of(ax: Axes) -> tuple[float, float]:
    """Return width and height of an Axes in points."""
    box = ax.get_position()
    inches = ax.figure.dpi_scale_trans.inverted().transform(ax.figure.bbox.size)
    return float(box.width * inches[0] * POINTS), float(box.height * inches[1] * POINTS)


def row_labels(ax: Axes, names: list[str], points: float = 190, size: float = 9.5, gap: float = 8) -> float:
    """Name the rows of a chart at its left, first row on top; return the labels' width in points."""
    shown = [wrap_two(name, points, size) for name in names]
    ax.set_yticks(range(len(names)), shown, fontsize=size)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0, pad=gap)
    return gap + max((width_of(line, size) for name in shown for line in name.splitlines()), default=0)


def wrap_two(text: str, points: float, size: float) -> str:
    """Return a text in at most two lines."""
    first, *rest = wrap(text, points, size).splitlines() or [""]
    return "\n".join([first, fit(" ".join(rest), points, size)]) if rest else first


def left_of(ax: Axes, points: float) -> ScaledTranslation:
    """Return the shift that puts something some points further left."""
    return ScaledTranslation(-points / POINTS, 0, ax.figure.dpi_scale_trans)


def legend(ax: Axes, handles: Sequence[Artist], indent: float = 0) -> float:
    """Put a legend above a chart, in as many columns as fit; return its height in points."""
    if not handles:
        return 0
    size = 9.0
    widest = max(width_of(str(handle.get_label()), size) for handle in handles) + 4.5 * size
    columns = max(1, min(len(handles), int(size_of(ax)[0] // widest)))
    place: Style = {"loc": "lower left", "bbox_to_anchor": (0, 1), "bbox_transform": ax.transAxes + left_of(ax, indent)}
    spaces: Style = {
        "borderaxespad": 0.4,
        "borderpad": 0,
        "handlelength": 1.8,
        "handletextpad": 0.6,
        "columnspacing": 1.4,
    }
    ax.legend(handles=handles, ncols=columns, fontsize=size, frameon=False, **place, **spaces)
    return 4 + 1.65 * size * -(-len(handles) // columns)


def heading(ax: Axes, title: str, indent: float = 0, above: float = 0) -> None:
    """Put a title above a chart and its legend, as many points left of the Axes as its row labels are wide."""
    points = FontProperties(size=plt.rcParams["axes.titlesize"]).get_size_in_points()
    artist = ax.set_title(wrap_two(title, size_of(ax)[0] * 0.95, points), loc="left", pad=8 + above)
    artist.set_parse_math(False)
    artist.set_transform(artist.get_transform() + left_of(ax, indent))


def caption(ax: Axes, source: labels.Source, lang: str, indent: float = 0, below: float = 8) -> None:
    """Put source and date under a chart, some points below the Axes."""
    said = labels.source_text(source, lang)
    if not said:
        return
    said = wrap(labels.text("source", lang, source=said), size_of(ax)[0] * 0.97, 8.5)
    place: Style = {"xycoords": "axes fraction", "textcoords": "offset points", "annotation_clip": False}
    ax.annotate(said, (0, 0), (-indent, -below), va="top", color="#595959", fontsize=8.5, gid="caption", **place)
