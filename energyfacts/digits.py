"""Runs of digits: where a text has one, and its value in any convention of separators, fractions and exponents."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from energyfacts.text import Text

# Digits with their separators, thousands set apart by a space (not behind a name: "SP-36 800 tons"), or a bare decimal;
# never the tail of a longer one.
DIGITS = (
    r"(?<!\d)(?<!\d[.,])(?:(?<![^\W\d_]-)\d{1,3}(?: \d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,']\d+)*)|(?<![\w.,)])\.\d+"
)
# A telephone number, written internationally, with its area code or in groups ("3-2-1"); no number of anything.
TELEPHONE = (
    r"\+\d{1,3}(?>(?:[ -]?\(?\d{1,4}\)?){3,})(?![\d,.])"
    r"|(?<![\d.,])\(?0\d{1,3}\)?(?:[ -]\d{3,8}){1,3}(?![\d,.])"
    r"|(?<![\d.,-])\d{1,5}(?:-\d{1,5}){2,}(?![\d,.-])"
)
RUN = re.compile(rf"(?P<telephone>{TELEPHONE})|(?P<digits>{DIGITS})")
# What a run of digits may begin with.
RUN_SIGNS = frozenset("+(.")
# A number with more digits than any statistic has.
MOST_DIGITS = 40
LARGEST_EXPONENT = 60
VULGARS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
VULGAR = frozenset(VULGARS)
VULGAR_SIGN = re.compile(f"[{VULGARS}]")
# So many digits are set apart as thousands.
GROUP = 3
GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*$")
GROUPED_DECIMAL = re.compile(r"(\d{1,3}(?:([.,' ])\d{3})(?:\2\d{3})*)([.,])(\d+)$")
EXPONENT = re.compile(r"(?: ?[x×*] ?10(?:\^(?=[-+\d])|(?=[-+]))|e(?=[-+\d]))([-+]?\d{1,3})(?!\w)")
# A common fraction: 1/2, 3 1/2, 5/8; its denominator is one that people write so.
FRACTION = re.compile(r"(?: (\d{1,2}))?[/⁄](2|3|4|5|6|8|10|12|16|32|64|100|128)(?![\d/⁄.,]\d|\d)")
# "2x100 MW": a number of equal parts; "2x3x4" is a shape.
MULTIPLIED = re.compile(r" ?[x×] ?(\d+(?:[.,]\d+)?)(?![x×\d])")
TAIL = re.compile(rf"[/⁄xe×*{VULGARS}]| [0-9x×*]")
# A run of digits with the separators in it, as a text is searched for them. Group 1 matches where a sign before it or a
# leading zero may change what it is, group 2 where what follows may belong to it; most runs match neither.
# (What begins with plain characters is looked for many times as fast as what begins with a condition.)
ANY_RUN = re.compile(
    rf"[0-9]((?<=[-+(.][0-9])|(?<=0)(?=[0-9]))?[0-9]*(?:[.,'][0-9]+)*((?=[ )(-][0-9]|{TAIL.pattern}))?"
)


class Digits(NamedTuple):
    """A run of digits, read: its value, and the value by the other reading of its one separator."""

    value: float
    other: float | None = None


def read_digits(run: str, decimal: str) -> Digits | None:
    """Read a run of digits and separators by the convention of a language.

    One separator before three digits is the language's own; before more or fewer it is a decimal
    sign in any language; two kinds of separator tell each other apart.

    Parameters
    ----------
    run : str
        Digits with points, commas, apostrophes or spaces.
    decimal : str
        The language's decimal sign, "." or ",".

    Returns
    -------
    Digits or None
        None for what is no number (a date, a version).

    Examples
    --------
    >>> read_digits("1.250.000", ","), read_digits("9,1", "."), read_digits("28.02.2007", ",")
    (Digits(value=1250000.0, other=None), Digits(value=9.1, other=None), None)
    >>> read_digits("1.250", ","), read_digits("1.250", ".")
    (Digits(value=1250.0, other=1.25), Digits(value=1.25, other=1250.0))
    """
    if len(run) > MOST_DIGITS or (run[0] == "0" and run[1:2].isdigit()):
        return None
    if run.isdigit():
        return Digits(float(run))
    ones, _, tenths = run.replace(",", ".").partition(".")
    if (ones + tenths).isdigit() and not (len(tenths) == GROUP and 1 <= len(ones) <= GROUP):
        return Digits(float(f"{ones or 0}.{tenths}"))
    grouped = GROUPED.match(run)
    if grouped:
        sign = grouped[1]
        whole = float(run.replace(sign, ""))
        if sign in "' " or run.count(sign) > 1:
            return Digits(whole)
        fraction = float(run.replace(sign, "."))
        if run[0] == "0":
            return Digits(fraction)
        return Digits(fraction, whole) if sign == decimal else Digits(whole, fraction)
    both = GROUPED_DECIMAL.match(run)
    if both and both[2] != both[3]:
        return Digits(float(both[1].replace(both[2], "") + "." + both[4]))
    return None


def runs_of_digits(text: Text) -> list[re.Match[str]]:
    """Return the runs of digits of a text as `ANY_RUN` finds them: ``text.kept(runs_of_digits)``."""
    return list(ANY_RUN.finditer(text.folded))


def run_at(folded: str, start: int, reached: int) -> re.Match[str] | None:
    """Return the number or telephone number whose first digit stands at a place; it may begin with a sign before."""
    if start > reached and folded[start - 1] in RUN_SIGNS:
        return RUN.match(folded, start - 1) or RUN.match(folded, start)
    return RUN.match(folded, start)


def read_tail(folded: str, end: int, value: float, form: str, decimal: str) -> tuple[float, int, str]:
    """Read what changes a number's value right after its digits: a fraction, an exponent, a number of equal parts."""
    if folded[end] in VULGAR:
        return value + unicodedata.numeric(folded[end]), end + 1, "fraction"
    fraction = FRACTION.match(folded, end) if form == "digits" else None
    if fraction:
        top, bottom = float(fraction[1] or value), float(fraction[2])
        if top < bottom:
            return top / bottom + (value if fraction[1] else 0), fraction.end(), "fraction"
    exponent = EXPONENT.match(folded, end)
    if exponent and abs(int(exponent[1])) <= LARGEST_EXPONENT:
        return value * 10.0 ** int(exponent[1]), exponent.end(), "marked"
    product = MULTIPLIED.match(folded, end) if form == "digits" else None
    times = read_digits(product[1], decimal) if product else None
    if product and times:
        return value * times.value, product.end(), "product"
    return value, end, form
