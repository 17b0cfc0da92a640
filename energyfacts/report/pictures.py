"""The charts of a report, as pictures inside the page."""

from __future__ import annotations

import base64
import io
from html import escape
from typing import TYPE_CHECKING

from energyfacts import charts, labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from energyfacts.articles import Article

DOTS_PER_INCH = 144
# A chart has few colours; with a palette it is a third of the size.
COLOURS = 64
# A chart with fewer rows says less than its table; with more it is longer than a screen.
FEWEST_ROWS, MOST_ROWS = 3, 24
# With more stories a page of pictures would be megabytes.
MOST_STORIES = 24


def overview(articles: Sequence[Article], facts: pd.DataFrame, table: pd.DataFrame, lang: str) -> str:
    """Return the charts of all stories together: how far the versions agree, and what is a share of what."""
    parts = []
    if 0 < table["story"].nunique() <= MOST_STORIES:
        parts.append(picture(charts.agreement(table, lang=lang, source=articles), lang))
    body = facts[facts["section"] == "body"]
    shares = body[(body["measure"] == "share") & (body["unit"] == "percent")]
    if shares["value"].nunique() >= FEWEST_ROWS and len(shares) <= 2 * MOST_ROWS:
        parts.append(picture(charts.shares(shares, lang=lang, source=articles), lang))
    return "\n".join(parts)


def story(articles: Sequence[Article], facts: pd.DataFrame, lang: str) -> str:
    """Return the chart of a story's figures in its commonest unit that is more than a change or a count."""
    kept = facts[(facts["measure"] == "level") & (facts["unit"] != "count") & (facts["section"] == "body")]
    if not len(kept):
        return ""
    unit = str(kept["unit"].value_counts(sort=True).index[0])
    kept = kept[kept["unit"] == unit]
    if not FEWEST_ROWS <= kept["value"].nunique() <= MOST_ROWS:
        return ""
    return picture(charts.figures(kept, unit=unit, lang=lang, source=articles), lang)


def picture(ax: Axes, lang: str) -> str:
    """Return a chart as an element; what it shows is in the page's tables too, which its description says."""
    from matplotlib import pyplot as plt
    from PIL import Image  # matplotlib's own requirement

    figure = ax.get_figure(root=True)
    if figure is None:
        return ""
    drawn, small = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=DOTS_PER_INCH)
    plt.close(figure)
    picture = Image.open(drawn).convert("RGB")
    picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        small, format="PNG", optimize=True
    )
    width, height = (round(side * 96 / DOTS_PER_INCH) for side in picture.size)
    title = " ".join(ax.get_title(loc="left").split())
    described = escape(labels.text("report_picture", lang, title=title), quote=True)
    data = base64.b64encode(small.getvalue()).decode()
    source = f"data:image/png;base64,{data}"
    return f'<figure><img alt="{described}" width="{width}" height="{height}" src="{source}"></figure>'
