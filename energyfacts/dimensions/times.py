"""Which of the periods that a sentence names is a figure's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from energyfacts.dimensions.flows import unit_class
from energyfacts.dimensions.places import CLAUSE_STOP, WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from energyfacts.dimensions.places import Place
    from energyfacts.languages import Pack
    from energyfacts.periods import Period
    from energyfacts.text import Text

# Of these the day matters: a price is quoted on it; other figures are only published on a day.
DAILY_CLASSES = frozenset({"price", "exchange", "points"})
# Between a figure and the period tied to it stand at most so many words ("in", "pada tahun").
LONGEST_TIE = 3
NEVER = frozenset({"clock", "reference"})


class PeriodReader:
    """How one language ties a period to a figure.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        self.stops = pack.words("stop")

    def read(self, text: Text, figures: Sequence[Place], found: Sequence[Period]) -> list[Period | None]:
        """Return the period of each figure of a sentence.

        A figure takes the period tied to its end; else the nearest before it that is tied to no other
        figure; else the next one after it.
        """
        tied = [self.tied(text, place, found) for place in figures]
        taken = {period.start for period in tied if period is not None}
        periods: list[Period | None] = []
        for place, own in zip(figures, tied, strict=True):
            fitting = [period for period in found if self.fits(place, period)]
            free = [period for period in fitting if period.start not in taken]
            before = [period for period in free if period.end <= place.start]
            after = [period for period in fitting if period.start >= place.end]
            periods.append(own or (before[-1] if before else after[0] if after else None))
        return periods

    @staticmethod
    def fits(place: Place, period: Period) -> bool:
        """Return whether a kind of period can be a figure's."""
        if period.kind in NEVER:
            return False
        return period.kind != "day" or unit_class(place.quantity.unit) in DAILY_CLASSES

    def tied(self, text: Text, place: Place, found: Sequence[Period]) -> Period | None:
        """Return the period that nothing but a few function words tie to a figure's end."""
        for period in found:
            if period.start < place.end or period.end > place.right or not self.fits(place, period):
                continue
            gap = text.folded[place.end : period.start]
            words = WORD.findall(gap)
            if len(words) <= LONGEST_TIE and not CLAUSE_STOP.search(gap) and all(word in self.stops for word in words):
                return period
            return None
        return None
