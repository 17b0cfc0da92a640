"""Level, change or share, and the direction of a change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.dimensions.flows import unit_class
from energyfacts.dimensions.mentions import Lexicon, Mention, mentions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from energyfacts.dimensions.places import Place
    from energyfacts.languages import Pack
    from energyfacts.text import Text

LEVEL, CHANGE, SHARE = "level", "change", "share"
NOT_APPLICABLE = "_Z"
# Of these a ratio is the level itself, whatever stands near: an inflation of 5 percent.
RATIO_LEVELS = frozenset({"inflation", "interest_rate", "growth"})
# Between a word of change and the figure that is its size stand at most so many characters.
NEAR = 30
WORD = re.compile(r"[^\W\d_]+")
GAP_BREAK = re.compile(r"[,;:.](?!\d)")


class Measure(NamedTuple):
    """Level, change or share; and ``increase``, ``decrease`` or ``_Z``."""

    measure: str
    direction: str = NOT_APPLICABLE


class MeasureReader:
    """How one language says level, change and share.

    Parameters
    ----------
    pack : Pack
        The language.
    lexicon : Lexicon
        Its words.
    """

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        self.changes = lexicon.cue("increase", "decrease")
        self.grown = lexicon.surfaces("grown")
        self.shares = lexicon.cue("share")
        self.tos = pack.role("to")
        self.froms = lexicon.cue("earlier")
        self.of = lexicon.cue("share after")
        self.links = lexicon.surfaces("attach")

    def read(self, text: Text, figures: Sequence[Place], flows: Sequence[str]) -> list[Measure]:
        """Return the measure of each figure of a sentence, given the flow of each."""
        found: list[Measure] = []
        for k, (place, flow) in enumerate(zip(figures, flows, strict=True)):
            previous = found[-1] if found and self.is_list(text, figures[k - 1], place) else None
            ratio = unit_class(place.quantity.unit) in ("ratio", "number")
            if unit_class(place.quantity.unit) == "step":
                found.append(self.change_near(text, place) or Measure(CHANGE))
            elif ratio:
                found.append(self.read_ratio(text, place, flow, previous))
            else:
                found.append(self.change_near(text, place) or Measure(LEVEL))
        return found

    def read_ratio(self, text: Text, place: Place, flow: str, previous: Measure | None) -> Measure:
        """Return the measure of a percentage or a multiple."""
        following = self.change_after(text, place)
        if following is not None:
            return following
        if self.is_share(text, place) and flow not in RATIO_LEVELS:
            return Measure(SHARE)
        change = self.last_change(text, place)
        if flow in RATIO_LEVELS:
            if change is not None and flow == "growth" and self.is_verb(text, change):
                return self.as_change(change)
            return Measure(LEVEL)
        share = self.last_share(text, place)
        if share is not None and (change is None or share.start > change.start):
            return Measure(SHARE)
        if change is not None and not self.leads_to_level(text, change.end, place.start):
            return self.as_change(change)
        if previous is not None:
            return previous
        return Measure(LEVEL)

    def is_list(self, text: Text, first: Place, second: Place) -> bool:
        """Return whether two figures of one unit follow each other in one enumeration."""
        return unit_class(first.quantity.unit) == unit_class(second.quantity.unit)

    def is_share(self, text: Text, place: Place) -> bool:
        """Return whether a figure is followed by what it is a share of."""
        position = place.end + 1 if text.folded.startswith(" ", place.end) else place.end
        return self.of.at(text, position) is not None

    def change_after(self, text: Text, place: Place) -> Measure | None:
        """Return the change that a figure is the size of where that is said behind it: "a 10 percent drop"."""
        position = place.end + 1 if text.folded.startswith((" ", "-"), place.end) else place.end
        match = self.changes.at(text, position)
        if match is None or match.end > place.right:
            return None
        return self.as_change(Mention(match.start, match.end, *match.value))

    def last_change(self, text: Text, place: Place) -> Mention | None:
        """Return the last word of change in a figure's own stretch before it."""
        found = mentions(self.changes, text, place.left, place.start)
        return found[-1] if found else None

    def last_share(self, text: Text, place: Place) -> Mention | None:
        """Return the last word of a share in a figure's own stretch before it."""
        found = mentions(self.shares, text, place.left, place.start)
        return found[-1] if found else None

    def change_near(self, text: Text, place: Place) -> Measure | None:
        """Return the change that a figure other than a ratio is the size of: said right behind it or right before."""
        following = self.change_after(text, place)
        if following is not None:
            return following
        change = self.last_change(text, place)
        if change is None or place.start - change.end > NEAR:
            return None
        gap = text.folded[change.end : place.start]
        if GAP_BREAK.search(gap) or self.leads_to_level(text, change.end, place.start):
            return None
        return self.as_change(change)

    def leads_to_level(self, text: Text, start: int, end: int) -> bool:
        """Return whether "to", "from" or their like stand between a word of change and a figure: it is where the change led."""
        return next(self.tos.find(text, start, end), None) is not None or next(self.froms.find(text, start, end), None) is not None

    def is_verb(self, text: Text, change: Mention) -> bool:
        """Return whether a word of change is a verb ("grew"), not the noun of a rate ("growth")."""
        return text.folded[change.start : change.end] not in self.grown

    @staticmethod
    def as_change(change: Mention) -> Measure:
        """Return the measure that a word of change gives."""
        return Measure(CHANGE, change.code)
