"""What stands beside a number: its ending, the money before it, the unit and rate behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from energyfacts.joining import Figure
from energyfacts.languages.phrases import Phrases
from energyfacts.numbers import scaled
from energyfacts.units import DURATIONS, is_money, kind

if TYPE_CHECKING:
    from energyfacts.counts import CountReader
    from energyfacts.languages import Pack
    from energyfacts.languages.phrases import Match
    from energyfacts.numbers import Number, NumberReader
    from energyfacts.qualifiers import QualifierReader
    from energyfacts.text import Text
    from energyfacts.units import Surface, UnitReader

# Numbers in digits may have an ending that says "about" or "more than" ("100-odd", "40-plus").
DIGIT_FORMS = ("digits", "marked")
# No ending is glued to a number with one of these behind it.
NO_ENDING = ("", " ", ",", ".")
# Behind whole money some write a dash for the hundredths there are none of ("9.000,- per liter").
NO_CHANGE = re.compile(r"[.,]-{1,2}")
# Gas is counted in millions of cubic feet, even thousands of them.
COUNTED_IN_MILLIONS = frozenset({"cf", "scf"})
# A mantissa this large before a scale word of a million or more was meant as a decimal number.
LARGEST_MANTISSA = 1000


class Measurer:
    """Gives the numbers of one language what is written beside them.

    Parameters
    ----------
    pack : Pack
        The language.
    numbers, units, counts, qualifiers
        Its readers.
    """

    def __init__(
        self,
        pack: Pack,
        numbers: NumberReader,
        units: UnitReader,
        counts: CountReader,
        qualifiers: QualifierReader,
    ) -> None:
        self.numbers, self.units, self.counts, self.qualifiers = numbers, units, counts, qualifiers
        self.scale_letters = Phrases(
            (row["surface"], float(row["value"])) for row in pack.rows("numbers") if row["when"] == "counted"
        )
        self.zero_decimals = frozenset(pack.settings["numbers"]["whole_money"])

    def measure(self, text: Text, number: Number, floor: int) -> Figure:
        """Return a number with its money sign, unit and rate, where it has them."""
        start, end = number.start, number.end
        figure = Figure(number, start, end)
        if number.form in DIGIT_FORMS and (number.scale != 1 or text.folded[end : end + 1] not in NO_ENDING):
            self.take_ending(text, figure)
        money = self.units.before(text, start, floor)
        # Letters glued to the front make a name of it ("B30 percent").
        named = money is None and text.folded[start - 1 : start].isalpha()
        unit = None if named else self.unit_behind(text, figure)
        if money is not None and (unit is None or not self.outweighs(figure.number, unit)):
            self.take_money(text, figure, money)
        elif unit is not None:
            figure.end, (figure.unit, figure.factor) = unit.end, unit.value
            if money is not None:
                figure.start, figure.money = money.start, is_money(figure.unit)
            figure.number = self.whole_measure(figure)
            rate_before = self.units.rate_before(text, figure.start, figure.unit)
            figure.unit += f"/{rate_before}" if rate_before else ""
        return figure

    def take_ending(self, text: Text, figure: Figure) -> None:
        """Give a figure in digits what an ending says of it: "100-odd", "2 jutaan"."""
        suffix = self.qualifiers.suffix_at(text, figure.end)
        if suffix is not None:
            figure.qualifier = suffix.value
            if suffix.end > figure.end:
                figure.number = self.numbers.with_scale(text, figure.number, suffix.end)
                figure.end = figure.number.end

    def unit_behind(self, text: Text, figure: Figure) -> Match[Surface] | None:
        """Return the unit behind a figure, also behind a letter of scale or the article of a fraction."""
        number = figure.number
        unit = self.units.at(text, number.end)
        if unit is None and number.form == "fraction" and number.scale == 1:
            return self.units.of_one(text, number.end)
        if unit is not None and self.is_scale_letter(text, figure, unit):
            return self.units.at(text, figure.end)
        return unit

    def take_money(self, text: Text, figure: Figure, money: Match[Surface]) -> None:
        """Give a figure the money sign before it, with its minus, country and rate."""
        figure.start, figure.money = money.start, True
        figure.unit, figure.factor = money.value
        start, sign = self.numbers.sign_before(text, money.start)
        if sign < 0:
            figure.start, figure.number = start, negative(figure.number)
        country = self.units.after_sign(text, figure.end, figure.unit)
        if country is not None:
            figure.end, figure.unit = country.end, country.value.unit
        no_change = NO_CHANGE.match(text.folded, figure.end)
        rate = self.units.rate_at(text, figure.end if no_change is None else no_change.end(), figure.unit)
        if rate is not None:
            figure.end, figure.unit = rate.end, f"{figure.unit}/{rate.value.unit}"
            figure.factor /= rate.value.factor
        if figure.unit.partition("/")[0] in self.zero_decimals:
            figure.number = whole_money(figure.number)

    def whole_measure(self, figure: Figure) -> Number:
        """Return a number read the other way where its separator would make a thousand millions of a measured thing.

        A thousand millions have a scale word of their own, so "1.034 juta barel" is 1.034 million; of money
        people do say "Rp1.200 miliar", and round thousands ("1.200 juta ton") are left.
        """
        number = figure.number
        if number.other is None or number.scale < 1e6 or is_money(figure.unit) or number.mantissa < LARGEST_MANTISSA:
            return number
        if number.mantissa % 100 == 0 or figure.unit.split("/")[0] in COUNTED_IN_MILLIONS:
            return number
        return number._replace(value=number.other, mantissa=number.other / number.scale, other=number.value)

    @staticmethod
    def outweighs(number: Number, unit: Match[Surface]) -> bool:
        """Return whether a unit after a figure counts more than the money sign before it ("Rp15,0 juta dolar AS")."""
        return is_money(unit.value.unit.split("/")[0]) or (number.scale > 1 and not is_duration(unit.value.unit))

    def is_scale_letter(self, text: Text, figure: Figure, unit: Match[Surface]) -> bool:
        """Take a letter glued to a number as a scale where a unit or a plural noun follows ("12.3m tonnes")."""
        scale = self.scale_letters.at(text, figure.end) if text.folded[figure.end].isalpha() else None
        if scale is None or scale.end != unit.end:
            return False
        after = figure.number._replace(
            end=scale.end,
            value=scaled(figure.number.mantissa, scale.value),
            scale=scale.value,
        )
        words = self.counts.phrase(text, scale.end)
        plural = any(self.counts.is_plural(text.original[a:b]) for a, b in words)
        if not plural and self.units.after.at(text, scale.end + 1) is None:
            return False
        figure.number, figure.end = after, scale.end
        return True


def negative(number: Number) -> Number:
    """Return a number with a minus sign."""
    return number._replace(value=-number.value, mantissa=-number.mantissa, other=None)


def is_duration(unit: str) -> bool:
    """Return whether a unit is a stretch of time."""
    return kind(unit) in DURATIONS


def whole_money(number: Number) -> Number:
    """Return an amount of money without small change: its one separator before three digits groups thousands."""
    if number.other is None or number.scale > 1 or number.other < number.value:
        return number
    return number._replace(value=number.other, mantissa=number.other, other=number.value)
