"""Which of the periods that a sentence names is a figure's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from energyfacts.dimensions.owners import ASIDE, CLAUSE_STOP, WORD
from energyfacts.qualifiers import PLAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from energyfacts.dimensions.figures import Place
    from energyfacts.dimensions.mentions import Lexicon
    from energyfacts.languages import Pack
    from energyfacts.periods import Period
    from energyfacts.text import Text

# Of these the day matters: a price is quoted on it; other figures are only published on a day.
DAILY_CLASSES = frozenset({"price", "exchange", "points"})
NEVER = frozenset({"clock", "reference"})
# Between a figure and the period tied to it stand at most so many words ("collected in"), one of them no function word.
LONGEST_TIE = 4


class PeriodReader:
    """How one language ties a period to a figure.

    Parameters
    ----------
    pack : Pack
        The language.
    lexicon : Lexicon
        Its words.
    """

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        self.stops = pack.words("stop")
        self.ands = pack.words("and")
        self.earlier = lexicon.cue("earlier")
        self.conditions = lexicon.cue("condition")

    def read(self, text: Text, figures: Sequence[Place], found: Sequence[Period]) -> list[Period | None]:
        """Return the period of each figure of a sentence.

        A figure takes the period tied to its end; else the nearest before it that is tied to no other
        figure; else that of the figure before it; else the next one in its clause. What a figure is only
        compared with ("from a year earlier") is the period of no figure but the old one it stands at, and what is only
        supposed ("if oil reached US$150") has none from outside.
        """
        fitting = [period for period in found if period.kind not in NEVER and not period.compared]
        compared = {period.start for period in fitting if self.is_old(text, period.start)}
        tied = [self.tied(text, place, fitting, compared) for place in figures]
        taken = {period.start for period in tied if period is not None} | compared
        # "More than half" bounds a figure and compares none.
        old = [place.quantity.qualifier == PLAIN and self.is_old(text, place.start) for place in figures]
        of_old = compared | {period.start for period, is_old in zip(tied, old, strict=True) if period and is_old}
        periods: list[Period | None] = []
        # What a figure passes on to the next, the latest last: a day, which fits few, and any other period.
        carried: dict[bool, Period] = {}
        for k, place in enumerate(figures):
            own = tied[k] or self.before(place, fitting, taken)
            if (supposed := self.supposed(text, place)) is not None:
                periods.append(own if own is not None and own.start > supposed else None)
                continue
            if own is None and not old[k]:
                own = next((period for period in reversed(carried.values()) if self.fits(place, period)), None)
            if own is None and not old[k] and place.unit_class != "count":
                own = self.after(text, place, fitting, of_old)
            periods.append(own)
            if own is not None and not old[k]:
                carried.pop(own.kind == "day", None)
                carried[own.kind == "day"] = own
        return periods

    def supposed(self, text: Text, place: Place) -> int | None:
        """Return where the condition begins that a figure is in, None where it is in none."""
        found = self.conditions.find(text, place.sentence[0], place.start)
        if not found or CLAUSE_STOP.search(text.folded, found[-1].end, place.start):
            return None
        return found[-1].start

    def is_old(self, text: Text, start: int) -> bool:
        """Return whether what starts here is what something is compared with: "from", "than" stand before it."""
        return self.earlier.before(text, start - 1) is not None

    @staticmethod
    def fits(place: Place, period: Period) -> bool:
        """Return whether a kind of period can be a figure's."""
        return period.kind != "day" or place.unit_class in DAILY_CLASSES

    def tied(self, text: Text, place: Place, found: Sequence[Period], compared: set[int]) -> Period | None:
        """Return the period tied to a figure's end by a few function words; of an old figure, to its front."""
        for period in found:
            if not self.fits(place, period):
                continue
            if place.end <= period.start and period.end <= place.right and period.start not in compared:
                return period if self.is_tied(text, place.end, period.start) else None
            in_front = place.left <= period.start and period.end <= place.start
            if period.start in compared and in_front and self.is_tied(text, period.end, place.start):
                return period
        return None

    def is_tied(self, text: Text, start: int, end: int) -> bool:
        """Return whether nothing but a few words stand between a figure and a period."""
        gap = ASIDE.sub("", text.folded[start:end])
        words = WORD.findall(gap)
        unknown = [word for word in words if word not in self.stops]
        parted = CLAUSE_STOP.search(gap) is not None or not self.ands.isdisjoint(words)
        return len(words) <= LONGEST_TIE and len(unknown) <= 1 and not parted

    def before(self, place: Place, found: Sequence[Period], taken: set[int]) -> Period | None:
        """Return the nearest period before a figure that is tied to no other."""
        free = [p for p in found if p.end <= place.start and p.start not in taken and self.fits(place, p)]
        return free[-1] if free else None

    def after(
        self,
        text: Text,
        place: Place,
        found: Sequence[Period],
        of_old: set[int],
    ) -> Period | None:
        """Return the first period after a figure in its clause that is not of an old figure."""
        for period in found:
            if period.start >= place.end and self.fits(place, period) and period.start not in of_old:
                return None if CLAUSE_STOP.search(text.folded, place.end, period.start) else period
        return None
