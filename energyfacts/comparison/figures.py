"""A row of the tidy table, made ready to be compared with a row of another version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import floor, isclose, log10
from typing import NamedTuple

from energyfacts.conversion import factor
from energyfacts.units import is_money, kind

# What a dimension holds when it says nothing.
NOTHING = frozenset({"_U", "_Z", "_T", "", "nan", "None", "<NA>"})
NUMERAL = re.compile(r"\d+(?:[.,'’\s]\d+)*")
# More decimal places than any news gives; beyond them is only the noise of floating point.
SIGNIFICANT = 9


class Unit(NamedTuple):
    """A unit code with its kind, its factor to the base of that kind, and its atoms."""

    code: str
    kind: tuple[str, ...]
    factor: float
    atoms: tuple[str, ...]
    currency: bool


@lru_cache(maxsize=4096)
def unit_of(code: str) -> Unit:
    """Return what there is to know of a unit code.

    Examples
    --------
    >>> unit_of("USD/bbl").currency, unit_of("bbl/d").atoms
    (True, ('bbl', 'd'))
    """
    atoms = tuple(code.split("/"))
    return Unit(code, kind(code), factor(code), atoms, is_money(atoms[0]))


@dataclass(frozen=True, slots=True)
class Figure:
    """One mention of an amount in one version of a story.

    Attributes
    ----------
    label : int
        The index label of its row in the facts.
    start, end : int
        Characters from the start of the version.
    low, high : float
        Both ends, in ``unit``.
    context : str
        The sentence it stands in, or "".
    stated : frozenset of str
        The dimensions that the figure's own clause states.
    about : tuple of str
        Flow, product, area, measure and period, in this order; "" where unknown.
    """

    label: int
    lang: str
    section: str
    sentence: int
    start: int
    end: int
    text: str
    low: float
    high: float
    unit: Unit
    qualifier: str
    direction: str
    counted: str
    context: str
    stated: frozenset[str]
    about: tuple[str, str, str, str, str]

    @property
    def is_range(self) -> bool:
        """Return whether there are two ends."""
        return not close(self.low, self.high)


def close(one: float, other: float) -> bool:
    """Return whether two values are equal but for the noise of floating point."""
    return isclose(one, other, rel_tol=1e-6, abs_tol=1e-12)


@lru_cache(maxsize=65536)
def significant_digits(value: float) -> str:
    """Return the digits of a value from the first to the last that is not zero.

    Examples
    --------
    >>> significant_digits(195_000), significant_digits(0.0195), significant_digits(20.3e6)
    ('195', '195', '203')
    """
    return f"{abs(value):.{SIGNIFICANT - 1}e}".split("e")[0].replace(".", "").strip("0")


def numerals(text: str) -> list[list[str]]:
    """Return the numbers written in digits, each as its groups of digits.

    Examples
    --------
    >>> numerals("Rp1.250,5 to 2 million")
    [['1', '250', '5'], ['2']]
    """
    return [re.findall(r"\d+", numeral) for numeral in NUMERAL.findall(text)]


def numeral_of(text: str, value: float) -> list[str]:
    """Return the groups of digits that say a value, or [] where words say it.

    Examples
    --------
    >>> numeral_of("between 1.5 and 2.25 million", 2.25e6)
    ['2', '25']
    """
    wanted = significant_digits(value)
    return next((groups for groups in numerals(text) if "".join(groups).strip("0") == wanted), [])


@lru_cache(maxsize=65536)
def last_place(text: str, value: float) -> float:
    """Return the worth of the last digit that the text gives: what is finer may have been rounded away.

    Examples
    --------
    >>> [round(last_place(text, value), 6) for text, value in (("20.3 million", 20.3e6), ("20 million", 20e6))]
    [100000.0, 1000000.0]
    >>> last_place("twenty million", 20e6)
    10000000.0
    """
    if not value:
        return 0.0
    digits = "".join(numeral_of(text, value)).lstrip("0")
    if not digits:
        digits = significant_digits(value)
    return float(10.0 ** (floor(log10(abs(value))) - len(digits) + 1))
