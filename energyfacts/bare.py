"""Numbers with no unit beside them: bare rates and quotes, what counts something, and what stands bare."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from energyfacts.joining import Figure, is_quote
from energyfacts.measuring import is_duration
from energyfacts.units import is_money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from energyfacts.counts import CountReader
    from energyfacts.joining import Joiner
    from energyfacts.languages import Pack
    from energyfacts.numbers import Number, NumberReader
    from energyfacts.qualifiers import QualifierReader
    from energyfacts.text import Text
    from energyfacts.units import UnitReader

COUNT = "count"
PURE = "1"
# A bare number beside one is a score, a model or a page range ("2-0", "737-800").
DASHES = frozenset("-–—")
# The upper end of a range right behind its lower one.
RANGE_GOES_ON = re.compile(r"[-–]\d+(?:[.,]\d+)*")
# The parts of what was counted follow it within so many characters, in its sentence.
LONGEST_LIST = 240
SENTENCE_STOP = re.compile(r"[.;:!?](?=\s)|\n")
# How far before a bare rate ("9,000 per US dollar") the currency it is in may be named.
CURRENCY_WINDOW = 240
# So far behind it where the rate opens the sentence: "At 16,640 to the dollar, the rupiah …".
OPENING = 24


class BareReader:
    """What the bare numbers of one language are in.

    Parameters
    ----------
    pack : Pack
        The language.
    numbers, units, counts, joiner, qualifiers
        Its readers.
    """

    def __init__(
        self,
        pack: Pack,
        numbers: NumberReader,
        units: UnitReader,
        counts: CountReader,
        joiner: Joiner,
        qualifiers: QualifierReader,
    ) -> None:
        self.numbers, self.units, self.counts = numbers, units, counts
        self.joiner, self.qualifiers = joiner, qualifiers
        self.singular, self.comparatives = pack.words("not plural"), pack.words("comparative")

    def count(self, text: Text, figure: Figure, starts: frozenset[int], before: Figure | None) -> bool:
        """Give a bare number the noun it counts; return whether it may be a figure at all."""
        number = figure.number
        if number.form == "product":
            return False
        if not is_quote(text, before, figure) and self.counts.is_name(text, number, number.start in starts):
            after_first = self.counts.after_first_word(text, number, starts)
            figure.weak = after_first or (self.opens_range(text, number) and self.counts.behind_name(text, number))
            return figure.weak
        if number.form == "multiple":
            figure.unit = "times"
            return True
        rate = self.units.rate_at(text, number.end, PURE)
        if rate is not None and (not is_duration(rate.value.unit) or self.counts.ends_phrase(text, rate.end)):
            below = rate.value.unit
            figure.end, figure.unit = rate.end, f"{self.currency_before(text, number.start, below)}/{below}"
            figure.factor /= rate.value.factor
            return True
        if self.is_exchange_rate(text, figure):
            return True
        if number.form == "fraction" and number.value < 1:
            figure.unit = PURE
            return True
        counted = self.counts.counted(text, number)
        inner = self.qualifiers.inside(text, number.end) if counted is None else None
        if inner is not None and (counted := self.counts.counted(text, number._replace(end=inner.end))) is not None:
            figure.qualifier = inner.value
        if counted is not None:
            figure.end, figure.counted = counted
            figure.unit = COUNT
            self.count_rate(text, figure)
        elif number.form == "collective":
            return False
        return True

    def opens_range(self, text: Text, number: Number) -> bool:
        """Return whether a number begins a range in a unit: "to Japan 20-30 tons", but no "Leopard 1-2 tanks"."""
        upper = RANGE_GOES_ON.match(text.folded, number.end)
        if upper is None:
            return False
        end = upper.end()
        has_scale = text.tokens_at[end + 1] in self.numbers.scale_words and text.folded.startswith(" ", end)
        return has_scale or self.units.at(text, end) is not None

    def opens_quote(self, text: Text, figure: Figure, following: Number | None) -> bool:
        """Give the bid of a bare quote its currencies ("9,110/9,125 per dollar"); return whether a number is one."""
        if following is None or following.start != figure.end + 1:
            return False
        bid, ask = replace(figure, money=True), Figure(following, following.start, following.end)
        rate = self.units.rate_at(text, following.end, PURE) if is_quote(text, bid, ask) else None
        if rate is None or not is_money(rate.value.unit):
            return False
        figure.money, below = True, rate.value.unit
        figure.unit = f"{self.currency_before(text, figure.start, below)}/{below}"
        return True

    def count_rate(self, text: Text, figure: Figure) -> None:
        """Give what is counted the time it is counted in: "32 ships a day"."""
        rate = self.units.rate_at(text, figure.end, COUNT)
        if rate is not None and is_duration(rate.value.unit) and self.counts.ends_phrase(text, rate.end):
            figure.end, figure.unit = rate.end, f"{COUNT}/{rate.value.unit}"
            figure.factor /= rate.value.factor

    def is_exchange_rate(self, text: Text, figure: Figure) -> bool:
        """Give a bare number the currencies it is a rate of ("won at 1,300 to the dollar"); return whether it is."""
        other = self.units.against_at(text, figure.number.end)
        if other is None:
            return False
        below = other.value.unit
        named = self.currency_before(text, figure.number.start, below)
        if named == PURE:
            named = self.currency_in(text, other.end, other.end + OPENING, below)
        if named == PURE:
            return False
        figure.end, figure.unit = other.end, f"{named}/{below}"
        return True

    def currency_before(self, text: Text, start: int, below: str) -> str:
        """Return the money of a bare rate, where the text before names one ("the rupiah stood at 9,000 per dollar")."""
        if not is_money(below):
            return COUNT
        return self.currency_in(text, text.line_start(start, CURRENCY_WINDOW), start, below)

    def currency_in(self, text: Text, start: int, end: int, below: str) -> str:
        """Return the last money other than ``below`` that a stretch of text names, or that of a pure number."""
        named = [
            match.value.unit
            for phrases in (self.units.after, self.units.money)
            for match in phrases.find(text, start, end)
            if is_money(match.value.unit) and match.value.unit != below
        ]
        return named[-1] if named else PURE

    def staying(self, text: Text, figures: list[Figure]) -> Iterator[Figure]:
        """Yield the figures that are some, with a bare number that goes on counting ("of 85 cargoes, 54 were sold")."""
        counted: Figure | None = None
        for figure in figures:
            if self.stays(text, figure) or (counted is not None and self.counts_on(text, counted, figure)):
                yield figure
                counted = figure if figure.counted else counted

    def counts_on(self, text: Text, counted: Figure, figure: Figure) -> bool:
        """Make a bare number behind a comma or "and" a part of what is counted before it; return whether it is one."""
        if figure.start - counted.end > LONGEST_LIST:
            return False
        gap, number = text.folded[counted.end : figure.start], figure.number
        joint = gap.endswith(", ") or gap.rpartition(" ")[0].rpartition(" ")[2] in self.joiner.ands
        part = number.form == "digits" and number.value <= counted.number.value and not SENTENCE_STOP.search(gap)
        following = text.tokens_at[figure.end + 1]
        if figure.year or not joint or not part or is_beside_sign(text, figure):
            return False
        if following in self.singular:
            return False  # "9 million people, and 40 is their average age"
        if not self.counts.ends_phrase(text, figure.end) and following not in self.comparatives:
            return False
        figure.unit = COUNT
        return True

    def stays(self, text: Text, figure: Figure) -> bool:
        """Return whether a figure without a unit is one all the same, and give it its unit."""
        if figure.unit:
            return True
        stands = self.counts.stands_bare(text, figure.number) and not is_beside_sign(text, figure)
        if figure.year or figure.weak or not stands:
            return False
        number = figure.number
        figure.unit = (
            COUNT if number.scale > 1 or (number.form == "marked" and number.value == int(number.value)) else PURE
        )
        return True


def is_beside_sign(text: Text, figure: Figure) -> bool:
    """Return whether a dash, or a bracket behind it, makes a number part of another or of a name: "3-2", "3(b)"."""
    behind = text.folded[figure.end : figure.end + 1]
    return behind in DASHES or behind == "(" or text.folded[figure.start - 1 : figure.start] in DASHES
