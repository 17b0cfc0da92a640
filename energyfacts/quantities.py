"""Quantities: every figure of a text with its value, unit and qualifier."""

from __future__ import annotations

from bisect import bisect_right
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.bare import BareReader
from energyfacts.counts import CountReader
from energyfacts.errors import EnergyFactsError
from energyfacts.joining import (
    LONGEST_GAP,
    Figure,
    Joiner,
)
from energyfacts.languages import load
from energyfacts.measuring import Measurer, is_duration
from energyfacts.numbers import Number, NumberReader, scaled
from energyfacts.periods import calendar_spans
from energyfacts.qualifiers import PLAIN, Beside, QualifierReader
from energyfacts.sharing import Sharer, share_rate_behind_bracket
from energyfacts.text import Text, split_sentences
from energyfacts.units import UnitReader
from energyfacts.weighing import Weigher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from energyfacts.languages import Pack

PERCENT = "percent"
YEAR = "year"


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
        self.sharer, self.weigher = Sharer(pack, self.units, self.joiner), Weigher(pack)
        self.qualifiers = QualifierReader(pack)
        self.bare = BareReader(pack, self.numbers, self.units, self.counts, self.joiner, self.qualifiers)
        self.abbreviations = pack.words("abbreviation")
        self.measurer = Measurer(pack, self.numbers, self.units, self.counts, self.qualifiers)

    def read(self, text: Text) -> list[Quantity]:
        """Return the quantities of a text."""
        numbers = list(self.shares(text, list(self.numbers.find(text, self.units.money))))
        if not numbers:
            return []
        starts = [start for start, _ in text.kept(split_sentences, self.abbreviations)]
        figures = self.joiner.join(text, list(self.figures(text, numbers, frozenset(starts))))
        figures = list(self.bare.staying(text, figures))
        share_rate_behind_bracket(text, figures, self.units)
        for group in by_sentence(figures, starts):
            start = starts[bisect_right(starts, group[0].start) - 1]
            self.weigher.weigh(text, group, start)
            self.sharer.share(text, group, start)
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
        for number, following in zip_longest(numbers, numbers[1:]):
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
            elif not (figure.unit or self.bare.opens_quote(text, figure, following)) and (
                of_name or not self.bare.count(text, figure, starts, found[-1] if found else None)
            ):
                name_end = number.end
                continue
            found.append(figure)
            floor = figure.end
        return found


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
