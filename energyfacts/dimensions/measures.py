"""Level, change or share, and the direction of a change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.dimensions.flows import unit_class
from energyfacts.dimensions.mentions import Lexicon, Mention, mentions
from energyfacts.languages.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from energyfacts.dimensions.places import Place
    from energyfacts.languages import Pack
    from energyfacts.text import Text

LEVEL, CHANGE, SHARE = "level", "change", "share"
NOT_APPLICABLE = "_Z"
# Of these a ratio is the level itself, whatever stands near: an inflation of 5 percent.
RATIO_LEVELS = frozenset({"inflation", "interest_rate", "growth"})
# Where a qualifier may stand in front of its figure: see the head of a pack's qualifiers.tsv.
BEFORE = ("before", "unless change")
# Between a word of change and the figure that is its size stand at most so many characters.
NEAR = 30
# … and so many where a word such as "by" says that a size follows.
FAR = 60
# So near to the next figure a word of change is that one's.
NEXT_FIGURE = 14
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
        self.reached = lexicon.cue("reach")
        self.sizes = lexicon.cue("size")
        self.plus_minus = pack.role("plus minus")
        self.qualifiers = Phrases((row["surface"], "") for row in pack.rows("qualifiers") if row["place"] in BEFORE)
        self.dull = pack.words("stop") | pack.words("verb")
        # Where a language has no word for "of", the noun itself follows: "80 persen minyak".
        self.partitive = bool(pack.words("of"))
        self.tos = pack.role("to")
        self.froms = lexicon.cue("earlier")
        self.of = lexicon.cue("share after")
        self.links = lexicon.surfaces("attach")

    def read(
        self, text: Text, figures: Sequence[Place], flows: Sequence[str], named: Sequence[Mention] = ()
    ) -> list[Measure]:
        """Return the measure of each figure of a sentence, given the flow of each and the flows that the sentence names."""
        found: list[Measure] = []
        self.named = named
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
        if self.plus_minus.before(text, place.start - 1):
            return Measure(CHANGE)
        change = self.last_change(text, place, flow)
        changed = change is not None and not self.leads_to_level(text, change.end, place.start)
        if self.is_share(text, place, changed) and flow not in RATIO_LEVELS:
            return Measure(SHARE)
        if flow in RATIO_LEVELS:
            if change is not None and flow == "growth" and self.is_verb(text, change):
                return self.as_change(change)
            return Measure(LEVEL)
        share = self.last_share(text, place)
        if share is not None and (change is None or share.start > change.start):
            return Measure(SHARE)
        if change is not None and changed:
            return self.as_change(change)
        if previous is not None:
            return previous
        return Measure(LEVEL)

    def is_list(self, text: Text, first: Place, second: Place) -> bool:
        """Return whether two figures of one unit follow each other in one enumeration."""
        return unit_class(first.quantity.unit) == unit_class(second.quantity.unit)

    def is_share(self, text: Text, place: Place, changed: bool) -> bool:
        """Return whether a figure is followed by what it is a share of; "from" after a change is what it changed from."""
        position = place.end + 1 if text.folded.startswith(" ", place.end) else place.end
        part = self.of.at(text, position)
        if part is not None:
            old = self.froms.at(text, position) is not None
            return not (old and (changed or text.folded[part.end + 1 : part.end + 2].isdigit()))
        word = WORD.match(text.folded, position)
        if self.partitive or changed or word is None or position == place.end:
            return False
        return word[0] not in self.dull and self.changes.at(text, position) is None

    def change_after(self, text: Text, place: Place) -> Measure | None:
        """Return the change that a figure is the size of where that is said behind it: "a 10 percent drop"."""
        position = place.end + 1 if text.folded.startswith((" ", "-"), place.end) else place.end
        match = self.changes.at(text, position)
        if match is None or match.end > place.right:
            return None
        if place.right < place.sentence[1] and place.right - match.end <= NEXT_FIGURE:
            return None  # "Rp27.8 trillion, up 66.8 percent": the change is the next figure's
        return self.as_change(Mention(match.start, match.end, *match.value))

    def last_change(self, text: Text, place: Place, flow: str = "") -> Mention | None:
        """Return the last word of change in a figure's own stretch before it; "economic growth" is one of growth only."""
        spans = [(m.start, m.end) for m in self.named if m.code == "growth" and flow != "growth" and m.note != "weak"]
        found = mentions(self.changes, text, place.left, self.front(text, place.start, place.left), spans)
        return found[-1] if found else None

    def last_share(self, text: Text, place: Place) -> Mention | None:
        """Return the last word of a share in a figure's own stretch before it."""
        spans = [(mention.start, mention.end) for mention in self.named]
        found = mentions(self.shares, text, place.left, place.start, spans)
        return found[-1] if found else None

    def change_near(self, text: Text, place: Place) -> Measure | None:
        """Return the change that a figure other than a ratio is the size of: said right behind it or right before."""
        following = self.change_after(text, place)
        if following is not None:
            return following
        change = self.last_change(text, place)
        if change is None:
            return None
        gap = text.folded[change.end : place.start]
        sized = self.sizes.before(text, self.front(text, place.start, place.left) - 1) is not None
        if len(gap) > (FAR if sized else NEAR):
            return None
        if GAP_BREAK.search(gap) or self.leads_to_level(text, change.end, place.start):
            return None
        if next(self.reached.find(text, change.end, place.start), None) is not None:
            return None
        return self.as_change(change)

    def leads_to_level(self, text: Text, start: int, end: int) -> bool:
        """Return whether "to", "from" or their like stand between a word of change and a figure: it is where the change led."""
        end = self.front(text, end, start)
        return any(next(phrases.find(text, start, end), None) is not None for phrases in (self.tos, self.froms))

    def front(self, text: Text, position: int, floor: int) -> int:
        """Return where the qualifiers before a figure begin: "up to" holds no "to" of a change."""
        while (qualifier := self.qualifiers.before(text, position - 1, floor)) is not None:
            position = qualifier.start
        return position

    def is_verb(self, text: Text, change: Mention) -> bool:
        """Return whether a word of change is a verb ("grew"), not the noun of a rate ("growth")."""
        return text.folded[change.start : change.end] not in self.grown

    @staticmethod
    def as_change(change: Mention) -> Measure:
        """Return the measure that a word of change gives."""
        return Measure(CHANGE, change.code)
