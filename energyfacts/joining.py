"""Figures that belong together: the two ends of a range, and lists that share a scale or a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from energyfacts.languages.phrases import Phrases
from energyfacts.numbers import Number, scaled
from energyfacts.qualifiers import PLAIN
from energyfacts.units import is_stock, kind

if TYPE_CHECKING:
    from energyfacts.languages import Pack
    from energyfacts.text import Text

# Between the two figures of a pair stand at most so many characters ("menjadi 71 dolar AS dari sebelumnya 74").
LONGEST_GAP = 24
# Amounts of one thing, with a scale word each, differ more: "Thailand 1.36 million, Myanmar 0.83 million".
SAME_SCALE = 30.0
# A first figure of a range with thousands of its own does not share the second's scale ("900,000 to 1.4 million").
LARGEST_SHARING = 1000
# Between bid and ask of a quote, how much the larger may be of the smaller, and from where neither needs a separator.
QUOTE, QUOTE_SPREAD, LONG_QUOTE = "/", 1.1, 1000
# The upper end of a range of money, each end with its sign, is no more times the lower.
LARGEST_RANGE = 20
# How far before it the change stands that a step of money is one of.
CHANGE_WINDOW = 120
WORD = re.compile(r"[^\W\d_]+")
RATIO = ("ratio",)


@dataclass(slots=True)
class Figure:
    """A number with what stands beside it, on its way to a quantity.

    ``unit`` is "" while unknown. ``money``: a money sign stands before. ``shared``: the unit is a neighbour's.
    ``year``: by itself it would be a year. ``weak``: by itself it would be part of a name. ``high`` is the upper end of
    a range. ``qualifier`` is what an ending of the number says.
    """

    number: Number
    start: int
    end: int
    unit: str = ""
    factor: float = 1.0
    money: bool = False
    shared: bool = False
    year: bool = False
    weak: bool = False
    counted: str = ""
    high: Number | None = None
    qualifier: str = PLAIN


class Joiner:
    """How one language joins figures.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        ranges = pack.words("range")
        self.dashes = frozenset(word for word in ranges if not word.isalpha() and len(word) == 1)
        self.ranges = ranges - self.dashes
        self.ands = pack.words("and")
        self.plus_minus = pack.words("plus minus")
        self.tos = pack.words("to") | pack.words("to figure")
        self.froms = pack.words("from")
        self.changes = pack.words("change")
        self.links = ranges | self.ands | self.plus_minus | self.tos | self.froms | {",", QUOTE}
        self.passed = Phrases((row["surface"], True) for row in pack.rows("qualifiers") if row["place"] != "after")
        self.betweens = Phrases((word, True) for word in pack.words("between") | pack.words("range from"))
        leads = {"between": pack.words("between") | pack.words("range from"), "from": self.froms}
        leads |= {"to": self.tos, "change": self.changes}
        self.leads = Phrases((word, name) for name, words in leads.items() for word in words)

    def join(self, text: Text, figures: list[Figure]) -> list[Figure]:
        """Return the figures with ranges made one and shared scales and units given to each."""
        joined: list[Figure] = []
        for figure in reversed(figures):
            near = joined and joined[-1].start - figure.end <= LONGEST_GAP
            relation = self.relation(text, figure, joined[-1]) if near else ""
            if relation:
                share(figure, joined[-1], relation)
                if relation == "range" and is_range(figure, joined[-1]):
                    joined[-1] = as_range(figure, joined[-1])
                    continue
            joined.append(figure)
        joined.reverse()
        return joined

    def relation(self, text: Text, first: Figure, second: Figure) -> str:
        """Return how two near neighbours are joined: ``range``, ``list``, ``change`` or "" for not at all."""
        if second.start < first.end:
            return ""
        link = self.link(text, first.end, second.start)
        if link in self.dashes:
            return "range" if second.high is None else ""
        if link == QUOTE:
            return "range" if is_quote(text, first, second) else ""
        if first.year or second.year or not link:
            return ""
        comma = text.folded.startswith(",", first.end)
        if link == ",":
            return "list" if second.shared and not first.unit else ""
        if link in self.ands or link in self.plus_minus:
            return self.list_or_range(text, first, second, link, comma)
        return self.range_or_change(text, first, second, link, comma)

    def list_or_range(self, text: Text, first: Figure, second: Figure, link: str, comma: bool) -> str:
        """Return how figures that "and" joins belong together: behind "between" they are a range."""
        if link in self.ands and second.high is None and self.lead(text, first.start) == "between":
            return "range"
        # "From 12 million tons to 9, and 3 mines closed": the end of a change is told by its start.
        ends_change = self.lead(text, first.start) in ("to", "from")
        return "" if comma and (first.unit or ends_change) else "list"

    def range_or_change(self, text: Text, first: Figure, second: Figure, link: str, comma: bool) -> str:
        """Return whether figures that "to" or "from" joins are a range or a change: "from A to B", "to B from A"."""
        lead = self.lead(text, first.start)
        if (lead == "from" and (link in self.tos or link in self.ranges)) or (lead == "to" and link in self.froms):
            return "change"
        if link not in self.ranges or second.high is not None:
            return ""
        if comma or (is_step(first, second) and self.has_changed(text, first.start)):
            return "change"
        return "" if lead == "change" and bool(first.unit) == bool(second.unit) else "range"

    def has_changed(self, text: Text, position: int) -> bool:
        """Return whether the text before a place says a change."""
        words = WORD.findall(text.folded, text.line_start(position, CHANGE_WINDOW), position)
        return not self.changes.isdisjoint(words)

    def link(self, text: Text, start: int, end: int) -> str:
        """Return what joins two figures: the gap without spaces, qualifiers and the sign that ends the first."""
        position = end
        while position > start:
            link = text.folded[start:position].strip(" ")
            link = link if len(link) < 2 else link.lstrip(",-").strip(" ")
            if link in self.links:
                return link
            passed = self.passed.before(text, stripped(text.folded, position, start), start)
            if passed is None:
                return ""
            position = passed.start
        return ""

    def lead(self, text: Text, start: int) -> str:
        """Return what leads to a pair of figures: ``between``, ``from``, ``to``, ``change`` or ""."""
        position = stripped(text.folded, start, 0)
        for _ in range(3):
            lead = self.leads.before(text, position)
            if lead is not None:
                return lead.value
            passed = self.passed.before(text, position)
            if passed is None:
                return ""
            position = stripped(text.folded, passed.start, 0)
        return ""


def stripped(folded: str, position: int, floor: int) -> int:
    """Return the place before the spaces that end at a place."""
    while position > floor and folded[position - 1] == " ":
        position -= 1
    return position


def share(first: Figure, second: Figure, relation: str) -> None:
    """Give the first of two joined figures the scale and unit it leaves to the second, or the other way round."""
    if first.weak and (not second.unit or (second.counted and relation != "range")):
        return
    if kind(second.unit) == RATIO and first.number.scale > 1:
        return  # "10.55 million, or 9.75 percent"
    if first.money and second.unit.startswith("count/") and not second.counted:
        second.unit, second.shared = second.unit.replace("count", first.unit, 1), True
    if not first.unit and second.unit and not (second.money and relation == "list"):
        first.unit, first.factor, first.counted, first.shared = second.unit, second.factor, second.counted, True
    elif relation == "change" and not second.unit and take_from_start(second, first):
        return
    elif not second.unit and (first.money or (relation == "change" and second.number.scale > 1)):
        second.unit, second.factor, second.shared = first.unit, first.factor, True
    else:
        share_rate(first, second, relation)
        if first.unit != second.unit:
            return
    share_scale(first, second, relation)


def share_rate(first: Figure, second: Figure, relation: str) -> None:
    """Give one of two joined amounts the rate that only the other says: "rose to 60 tons a year from 35 tons"."""
    if second.unit.startswith(f"{first.unit}/") and not first.counted:
        if relation != "list" or of_one_size(first, second):
            first.unit = second.unit
    elif relation == "change" and is_rate_of(first, second) and of_one_size(first, second):
        second.unit = first.unit


def is_rate_of(rate: Figure, amount: Figure) -> bool:
    """Return whether a figure is in so much a time of what another is in."""
    return is_stock(amount.unit) and rate.unit.startswith(f"{amount.unit}/")


def is_quote(text: Text, bid: Figure | None, ask: Figure) -> bool:
    """Return whether a number ends a quote of money: "Rp9,385/9,395"; no date ("$20/21 June") is one."""
    if bid is None or not bid.money or bid.end + 1 != ask.start or text.folded[bid.end] != QUOTE:
        return False
    alike = bid.number.form == ask.number.form
    long = alike and all(each.number.form == "marked" or each.number.value >= LONG_QUOTE for each in (bid, ask))
    return long and 1 / QUOTE_SPREAD < ask.number.value / (bid.number.value or 1.0) < QUOTE_SPREAD


def is_step(first: Figure, second: Figure) -> bool:
    """Return whether money is too little for the lower end of a range: "Telkom fell Rp200, Astra Rp350 to Rp24,700"."""
    both_say = first.money and second.money and first.unit == second.unit
    plain = first.number.scale == second.number.scale == 1
    return both_say and plain and 0 < first.number.value * LARGEST_RANGE < second.number.value


def take_from_start(end: Figure, start: Figure) -> bool:
    """Give the end of a change what its start says, with the scale where that makes them of one size; return whether.

    "From 4.5 percent to 3.2", "from 5 million tons to 6", "from 1.2 million tons to 900,000".
    """
    number = end.number
    if not of_one_size(end, start):
        number = number._replace(value=scaled(number.mantissa, start.number.scale), scale=start.number.scale)
    whole = replace(end, number=number, unit=start.unit, factor=start.factor)
    if not of_one_size(whole, start):
        return False
    end.number, end.unit, end.factor, end.shared = number, start.unit, start.factor, True
    end.counted = start.counted
    return True


def of_one_size(first: Figure, second: Figure) -> bool:
    """Return whether two figures may be amounts of one thing; a total and a price ("Rp29 trillion and Rp6") are not."""
    return second.number.value != 0 and 1 / SAME_SCALE < abs(first.number.value / second.number.value) < SAME_SCALE


def share_scale(first: Figure, second: Figure, relation: str) -> None:
    """Give the first of two figures the second's scale word where it has none of its own: "1.5 to 2 million"."""
    a, b = first.number, second.number
    both_told = first.unit and not first.shared and (not first.money or (second.money and relation == "list"))
    if both_told or a.scale != 1 or b.scale == 1 or abs(a.mantissa) >= LARGEST_SHARING:
        return
    if relation == "range" and a.mantissa > b.mantissa:
        return
    first.number = a._replace(value=scaled(a.mantissa, b.scale), scale=b.scale)


def is_range(first: Figure, second: Figure) -> bool:
    """Return whether two joined figures are the ends of one range: of one unit, the lower first."""
    return first.unit == second.unit and first.number.value < second.number.value


def as_range(first: Figure, second: Figure) -> Figure:
    """Return two figures as the ends of one."""
    return replace(
        second,
        number=first.number,
        start=first.start,
        money=first.money or second.money,
        qualifier=second.qualifier if first.qualifier == PLAIN else first.qualifier,
        high=second.number,
    )
