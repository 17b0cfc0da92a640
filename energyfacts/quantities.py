"""Quantities: every figure of a text with its value, unit and qualifier."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.counts import CountReader
from energyfacts.errors import EnergyFactsError
from energyfacts.joining import (
    LONGEST_GAP,
    Figure,
    Joiner,
    is_quote,
)
from energyfacts.languages import load
from energyfacts.measuring import Measurer, is_duration
from energyfacts.numbers import Number, NumberReader, scaled
from energyfacts.periods import calendar_spans
from energyfacts.qualifiers import PLAIN, Beside, QualifierReader
from energyfacts.sharing import Sharer, share_rate_behind_bracket
from energyfacts.text import Text, split_sentences
from energyfacts.units import UnitReader, is_money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from energyfacts.languages import Pack

COUNT = "count"
PURE = "1"
PERCENT = "percent"
YEAR = "year"
# A bare number beside one is a score, a model or a page range ("2-0", "737-800").
DASHES = tuple("-–—")
# The upper end of a range right behind its lower one.
RANGE_GOES_ON = re.compile(r"[-–]\d+(?:[.,]\d+)*")
# The parts of what was counted follow it within so many characters, in its sentence.
LONGEST_LIST = 240
SENTENCE_STOP = re.compile(r"[.;:!?](?=\s)|\n")
# How far before a bare rate ("9,000 per US dollar") the currency it is in may be named.
CURRENCY_WINDOW = 240
# So far behind it where the rate opens the sentence: "At 16,640 to the dollar, the rupiah …".
OPENING = 24


class Quantity(NamedTuple):
    """A figure of a text.

    Attributes
    ----------
    start, end : int
        Its characters: ``source[start:end] == text``.
    text : str
        Its surface: number, sign, scale word, unit, rate and counted noun, without the qualifier.
    value, low, high : float
        In ``unit``, the scale word included. A point has ``low == value == high``; a range has its two
        ends and their midpoint.
    unit : str
        A unit code ("bbl/d", "USD/bbl", "percent"); ``count`` where nouns are counted, ``1`` for a pure number.
    qualifier : str
        ``=`` plain, ``~`` about, ``<~`` nearly, ``>`` more than, ``>=`` at least, ``<`` less than, ``<=`` up to.
    counted : str
        The noun phrase that is counted, else "".
    """

    start: int
    end: int
    text: str
    value: float
    low: float
    high: float
    unit: str
    qualifier: str = "="
    counted: str = ""


def parse(text: str, lang: str = "en") -> list[Quantity]:
    """Read the figures of a text.

    Dates, clock times, ordinals, names with numbers in them and vague words ("dozens") are no figures.

    Parameters
    ----------
    text : str
        Any text in one language.
    lang : str
        BCP 47 tag of its language.

    Returns
    -------
    list of Quantity
        In the order of the text, none overlapping another.

    Raises
    ------
    EnergyFactsError
        There is no pack for the language, or ``text`` is no string.

    Examples
    --------
    >>> for quantity in parse("Output of about 2.08 mb/d, or 1.5 to 2 million tonnes a week."):
    ...     print(quantity.text, quantity.low, quantity.high, quantity.unit, quantity.qualifier)
    2.08 mb/d 2080000.0 2080000.0 bbl/d ~
    1.5 to 2 million tonnes a week 1500000.0 2000000.0 t/week =
    >>> parse("Harga minyak 68,5 dolar AS per barel", lang="id")[0].unit
    'USD/bbl'
    """
    if not isinstance(text, str):
        raise EnergyFactsError(f"parse() was given {type(text).__name__}, not a text; give it a str.")
    pack = load(lang)
    return pack.compiled(QuantityReader, pack).read(Text(text))


class QuantityReader:
    """The figures of one language.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.numbers = NumberReader(pack)
        self.units = UnitReader(pack)
        self.counts = CountReader(pack)
        self.joiner = Joiner(pack)
        self.sharer = Sharer(pack, self.units, self.joiner)
        self.qualifiers = QualifierReader(pack)
        self.abbreviations = pack.words("abbreviation")
        self.measurer = Measurer(pack, self.numbers, self.units, self.counts, self.qualifiers)

    def read(self, text: Text) -> list[Quantity]:
        """Return the quantities of a text."""
        numbers = list(self.shares(text, list(self.numbers.find(text, self.units.money))))
        if not numbers:
            return []
        starts = [start for start, _ in text.kept(split_sentences, self.abbreviations)]
        figures = self.joiner.join(text, list(self.figures(text, numbers, frozenset(starts))))
        figures = list(self.staying(text, figures))
        share_rate_behind_bracket(text, figures, self.units)
        for group in by_sentence(figures, starts):
            self.sharer.share(text, group, starts[bisect_right(starts, group[0].start) - 1])
        found, floor, unit = [], 0, ""
        for figure in figures:
            duration = is_duration(figure.unit)
            adjective = duration and text.folded.startswith("-", figure.number.end)
            start = figure.start if figure.high is None else self.range_start(text, figure)
            beside = Beside(adjective, duration, figure.unit == unit, unit == PERCENT)
            qualifier = self.qualifiers.read(text, start, figure.end, floor, beside)
            found.append(quantity(text, figure, qualifier if qualifier != PLAIN else figure.qualifier))
            floor, unit = figure.end, figure.unit
        return found

    def shares(self, text: Text, numbers: list[Number]) -> Iterator[Number]:
        """Yield the numbers, with two that say a share of a whole as one ("one in ten")."""
        passed: Number | None = None
        for first, second in zip_longest(numbers, numbers[1:]):
            if first is passed:
                continue
            near = second is not None and second.start - first.end <= LONGEST_GAP
            if near and self.counts.is_share(text, first, second) and self.no_unit(text, first, second):
                yield part_of(first, second)
                passed = second
            else:
                yield first

    def no_unit(self, text: Text, first: Number, second: Number) -> bool:
        """Return whether no unit stands by two numbers, and no change leads to them."""
        money, unit = self.units.before(text, first.start), self.units.at(text, second.end)
        return money is None and unit is None and not self.joiner.lead(text, first.start)

    def range_start(self, text: Text, figure: Figure) -> int:
        """Return where a range begins for its qualifier: at its "between"."""
        position = figure.start - 1 if text.folded.startswith(" ", figure.start - 1) else figure.start
        lead = self.joiner.betweens.before(text, position)
        return lead.start if lead else figure.start

    def figures(self, text: Text, numbers: list[Number], starts: frozenset[int]) -> list[Figure]:
        """Return the numbers that may be figures, each with the unit or noun beside it."""
        found: list[Figure] = []
        spans = calendar_spans(text, self.pack)
        at = floor = 0
        name_end = -LONGEST_GAP - 1
        for number in numbers:
            if number.start < floor:
                continue
            while at < len(spans) and spans[at][1] <= number.start:
                at += 1
            within = at < len(spans) and spans[at][0] <= number.start and number.end <= spans[at][1]
            if within and spans[at][2] != YEAR:
                continue
            figure = self.measurer.measure(text, number, floor)
            of_name = number.start - name_end <= LONGEST_GAP and self.joiner.link(text, name_end, number.start) != ""
            if within and (not figure.unit or is_duration(figure.unit)):
                figure.unit, figure.year = "", True
                figure.end = number.end
            elif not figure.unit and (of_name or not self.count(text, figure, starts, found[-1] if found else None)):
                name_end = number.end
                continue
            found.append(figure)
            floor = figure.end
        return found

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
        if figure.year or not joint or not part or not self.counts.ends_phrase(text, figure.end):
            return False
        figure.unit = COUNT
        return True

    def stays(self, text: Text, figure: Figure) -> bool:
        """Return whether a figure without a unit is one all the same, and give it its unit."""
        if figure.unit:
            return True
        if figure.year or figure.weak or not self.counts.stands_bare(text, figure.number):
            return False
        if text.folded[figure.end : figure.end + 1] in DASHES or text.folded[figure.start - 1 : figure.start] in DASHES:
            return False
        number = figure.number
        figure.unit = (
            COUNT if number.scale > 1 or (number.form == "marked" and number.value == int(number.value)) else PURE
        )
        return True


def part_of(first: Number, second: Number) -> Number:
    """Return the share that two numbers say: "one in ten" is 0.1."""
    value = first.value / second.value
    return Number(first.start, second.end, value, value, 1, None, "fraction")


def by_sentence(figures: list[Figure], starts: list[int]) -> list[list[Figure]]:
    """Return the figures in groups, one a sentence."""
    groups: dict[int, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(bisect_right(starts, figure.start), []).append(figure)
    return list(groups.values())


def quantity(text: Text, figure: Figure, qualifier: str) -> Quantity:
    """Return a figure as the quantity it is."""
    low = scaled(figure.number.value, figure.factor) if figure.factor != 1 else figure.number.value
    high = scaled(figure.high.value, figure.factor) if figure.high else low
    start, end, value = figure.start, figure.end, (low + high) / 2 if figure.high else low
    return Quantity(start, end, text.original[start:end], value, low, high, figure.unit, qualifier, figure.counted)
