"""Charts of facts and cross-checks: each function takes ``ax=None`` and returns the Axes.

Nothing is shown or saved here: a notebook shows a figure by itself, a script calls ``ax.figure.savefig``.
The look is the style sheet ``energyfacts.energyfacts``; what colour says is also said by a shape, a letter or a word.

Examples
--------
>>> from energyfacts import charts, crosscheck, demo, extract, read
>>> facts = extract(read(demo.stories()))
>>> ax = charts.versions(crosscheck(facts), facts)
"""

from __future__ import annotations

from energyfacts.charts.claims import agreement, versions
from energyfacts.charts.dots import figures, shares
from energyfacts.charts.revisions import through_time

__all__ = ["agreement", "figures", "shares", "through_time", "versions"]
