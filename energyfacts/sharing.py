"""What the figures of one sentence leave unsaid, because another of them says it: units, rates, hundredths, points."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from energyfacts.joining import RATIO, SAME_SCALE, Figure
from energyfacts.languages.phrases import Phrases
from energyfacts.units import DURATIONS, hundredths, is_money, is_stock, kind

if TYPE_CHECKING:
    from energyfacts.joining import Joiner
    from energyfacts.languages import Pack
    from energyfacts.text import Text
    from energyfacts.units import UnitReader

# A price without its "per barrel" takes it from one in its sentence at most so many times larger or smaller.
SAME_SIZE = 3.0
# The units of a number that says none: a count of something, or a pure number.
COUNT, PURE = "count", "1"
BARE = (COUNT, PURE)
POINTS = "points"
# Points of percent are fewer.
MOST_POINTS = 10
WORD = re.compile(r"[^\W\d_]+")
# "Tons of nickel ore and": so many words name the first of two things.
LONGEST_NAME = 4


class Sharer:
    """How figures of one language share what only one of them says.

    Parameters
    ----------
    pack : Pack
        The language.
    units, joiner
        Its readers.
    """

    def __init__(self, pack: Pack, units: UnitReader, joiner: Joiner) -> None:
        self.units, self.joiner = units, joiner
        self.indices = pack.role("stock index")
        self.currencies = Phrases((row["surface"], True) for row in pack.rows("units") if is_money(row["unit"]))
        self.ends = joiner.tos | joiner.ranges
        self.ands, self.stops = pack.words("and"), pack.words("stop") - pack.words("of")
        self.auxiliaries, self.is_verb = pack.words("auxiliary"), pack.is_verb
        self.apart = pack.words("joint") | pack.words("and")

    def share(self, text: Text, figures: list[Figure], start: int) -> None:
        """Give the figures of a sentence that begins at ``start`` what they leave to each other."""
        self.share_rate_of_list(text, figures)
        share_hundredths(text, figures, self.units)
        share_price_unit(figures)
        self.share_points(text, figures, start)
        share_unsaid_unit(figures)
        self.share_percentage_points(text, figures)

    def share_rate_of_list(self, text: Text, figures: list[Figure]) -> None:
        """Give the first of two things the time the second is said in: "5 barrels of oil and 20 tons of gas a day".

        Where a verb follows amounts of one unit it says that of the second: "2 tons, and 1 ton a day is mined".
        """
        for first, second in pairwise(figures):
            above, _, below = second.unit.partition("/")
            if kind(below) not in DURATIONS or not is_stock(above) or not is_stock(first.unit):
                continue
            parted = above == first.unit and self.is_subject(text, second.end)
            if self.is_joined(text, first.end, second.start) and not parted:
                first.unit = f"{first.unit}/{below}"

    def is_joined(self, text: Text, start: int, end: int) -> bool:
        """Return whether a stretch names a thing and joins it to the next: " of nickel ore and "."""
        *name, last = WORD.findall(text.folded, start, end) or [""]
        return (
            "," not in text.folded[start:end]
            and last in self.ands
            and len(name) < LONGEST_NAME
            and self.stops.isdisjoint(name)
        )

    def is_subject(self, text: Text, end: int) -> bool:
        """Return whether a verb follows a figure: "1 ton a day is mined"."""
        word = text.tokens_at[end + 1]
        return word in self.auxiliaries or self.is_verb(word)

    def share_points(self, text: Text, figures: list[Figure], start: int) -> None:
        """Give the level of an index the points it leaves out, in a sentence that begins at ``start``.

        The index is named before it, or has moved by the points that one of the two figures before says.
        """
        bare = (figure for figure in figures if figure.unit in BARE and not figure.counted)
        level = next((figure for figure in bare if figure.number.form == "marked" and figure.number.scale == 1), None)
        if level is None:
            return
        before = [figure for figure in figures if figure.end < level.start][-2:]
        moved = any(figure.unit == POINTS for figure in before) and self.leads_on(text, before[-1].end, level.start)
        # "The rupiah gained 15 points to 9,105": those are points of a currency.
        moved = moved and not self.currencies.find(text, start, level.start)
        if moved or self.is_of_index(text, start, level.start):
            level.unit = POINTS

    def is_of_index(self, text: Text, start: int, end: int) -> bool:
        """Return whether a stock index is named in a stretch and nothing else behind it: no clause, no currency."""
        indices = self.indices.find(text, start, end)
        if not indices:
            return False
        return not self.is_parted(text, indices[-1].end, end)

    def leads_on(self, text: Text, start: int, end: int) -> bool:
        """Return whether a stretch leads from a change to its end: "fell 52 points, to 2,270.4"."""
        first = WORD.search(text.folded, start, end)
        return (first is not None and first[0] in self.joiner.tos) or not self.is_parted(text, start, end)

    def is_parted(self, text: Text, start: int, end: int) -> bool:
        """Return whether another clause or a currency stands in a stretch."""
        gap = text.folded[start:end]
        clause = ", " in gap or not self.apart.isdisjoint(WORD.findall(gap))
        return clause or bool(self.currencies.find(text, start, end))

    def share_percentage_points(self, text: Text, figures: list[Figure]) -> None:
        """Make points percentage points where a percentage follows: "raised by 0.2 point to 2.7 percent"."""
        for figure, following in pairwise(figures):
            of_percent = following.unit == "percent" and figure.unit == POINTS and figure.number.value < MOST_POINTS
            if of_percent and self.joiner.link(text, figure.end, following.start) in self.ends:
                figure.unit = "percentage_point"


def share_rate_behind_bracket(text: Text, figures: list[Figure], units: UnitReader) -> None:
    """Give both figures of "3,900 ringgit ($920) a tonne" the rate behind the bracket."""
    for first, second in pairwise(figures):
        if text.folded[first.end : second.start] == " (" and text.folded.startswith(")", second.end):
            rate = units.rate_at(text, second.end + 1, second.unit)
            if rate is not None and is_money(first.unit) and is_money(second.unit):
                for figure in (first, second):
                    figure.unit, figure.factor = f"{figure.unit}/{rate.value.unit}", figure.factor / rate.value.factor


def share_unsaid_unit(figures: list[Figure]) -> None:
    """Give a bare figure the unit that an earlier one of its sentence says and it leaves out.

    "18.5 million tons in 2007 and 22.5 million in 2008" share unit and scale; "Rp9,107 against the dollar,
    up from 9,125" are rates of one size.
    """
    # The last figure with a unit of its own kind; kept, since a text may hold thousands of bare figures.
    earlier: Figure | None = None
    for before, figure in zip([None, *figures], figures, strict=False):
        if figure.unit == PURE and before is not None and before.counted:
            take_count(figure, before)
        elif earlier is not None and figure.unit in BARE and not figure.counted:
            take_unit(figure, earlier)
        if figure.unit not in BARE and kind(figure.unit) not in (*DURATIONS, RATIO):
            earlier = figure


def take_count(figure: Figure, earlier: Figure) -> None:
    """Let a bare number count what the figure before counts, at about its size: "of 76 blocks only 48 produce"."""
    if figure.number.form == "digits" and is_near(figure, earlier, SAME_SIZE):
        figure.unit = COUNT


def is_near(figure: Figure, earlier: Figure, most: float) -> bool:
    """Return whether a figure is at most so many times another, or as small a part of it."""
    size = figure.number.value / earlier.number.value if earlier.number.value else 0.0
    return 1 / most < size < most


def take_unit(figure: Figure, earlier: Figure) -> None:
    """Give a bare figure the unit of an earlier one of the same scale and about the same size."""
    same_scale = figure.number.scale == earlier.number.scale
    rate = is_money(earlier.unit.split("/")[0]) and is_money(earlier.unit.rpartition("/")[2])
    most = SAME_SCALE if figure.number.scale > 1 else SAME_SIZE
    if same_scale and (figure.number.scale > 1 or (rate and "/" in earlier.unit)) and is_near(figure, earlier, most):
        figure.unit, figure.factor, figure.shared = earlier.unit, earlier.factor, True


def share_hundredths(text: Text, figures: list[Figure], units: UnitReader) -> None:
    """Give hundredths that name no currency those of the one their sentence speaks of, if it is another.

    "Naik 62 sen menjadi 70,35 dolar AS": the sen are cents of the dollar.
    """
    # What the word behind a number says alone: "US cents" speak of dollars as dollars do, "cents" of any money.
    alone = [units.hundredths.get(text.tokens_at[figure.number.end + 1]) for figure in figures]
    if not any(alone):
        return
    of_currency = hundredths()
    above = [figure.unit.partition("/")[0] for figure in figures]
    named = [unit for unit, bare in zip(above, alone, strict=True) if is_money(unit) and unit != bare]
    spoken = {kind(unit)[0]: of_currency.get(unit, unit) for unit in reversed(named)}
    likely = next((cent for cent in spoken.values() if cent in of_currency.values()), None)
    for figure, unit, bare in zip(figures, above, alone, strict=True):
        if likely and unit == bare and kind(bare)[0] not in spoken:
            figure.unit = f"{likely}{figure.unit.removeprefix(unit)}"


def share_price_unit(figures: list[Figure]) -> None:
    """Give prices of one sentence the "per barrel" that only one of them says, where they are of one size."""
    rates = [figure for figure in figures if "/" in figure.unit and figure.number.scale == 1]
    for figure in figures:
        if not rates or figure.number.scale > 1 or not is_money(figure.unit):
            continue
        for rate in rates:
            money, _, below = rate.unit.partition("/")
            alike = money == figure.unit and not is_money(below) and rate.number.value > 0
            if alike and 1 / SAME_SIZE < figure.number.value / rate.number.value < SAME_SIZE:
                figure.unit = rate.unit
                break
