"""How two figures that should say the same differ.

Everything here compares two figures only; which figures belong together is the matter of `alignment`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from energyfacts import codelists
from energyfacts.comparison.figures import (
    NOTHING,
    Figure,
    Unit,
    close,
    last_place,
    numeral_of,
    significant_digits,
    unit_of,
)

# Rounding never moves a figure by more than a twentieth; "2" for "2.4" is another figure.
ROUNDED_AWAY = 0.05
# Who cuts digits off instead of rounding moves it by less than this.
CUT_OFF = 0.01
# Units that name nothing: a number read without its unit is no contradiction.
BARE = frozenset({"1", "_U", "_Z", ""})
COUNTS = frozenset({"count", "times", *BARE})
# Kinds of units that are said for others: percent for percentage points, megawatts for those of solar panels at their
# peak, tonnes for tonnes of carbon dioxide.
SAID_AS = {"ratio_step": "ratio", "peak_power": "power", "co2_mass": "mass", "co2e_mass": "mass"}
QUALIFIERS = {"<~": "~"}
OPPOSITE = {"increase": "decrease", "decrease": "increase"}
# In the order of `Figure.about`: which dimension, and the slip it makes.
SUBJECTS = (("flow", "flow"), ("product", "product"), ("ref_area", "area"))
# Flows that two languages take for each other without a slip.
AKIN = (
    {"consumption", "demand"},
    {"revenue", "sales"},
    {"revenue", "tax"},
    {"budget", "balance"},
    {"budget", "revenue"},
    {"supply", "production"},
    {"supply", "exports"},
    {"supply", "sales"},
    {"exports", "sales"},
    {"exports", "trade"},
    {"imports", "trade"},
    {"investment", "price"},
    {"price", "cost"},
    {"price", "share_price"},
    {"trade", "balance"},
)


class Difference(NamedTuple):
    """What there is to say about two figures put together.

    Attributes
    ----------
    status : str
        ``agrees`` or ``differs``.
    slip : str
        The kind of difference, or "".
    remark : str
        What differs, as the end of a sentence that begins with both surfaces.
    """

    status: str
    slip: str
    remark: str


SAME = Difference("agrees", "", "the same")


class Tie(NamedTuple):
    """How the units of two figures go together, and the factors that make their values comparable.

    ``name`` is ``same`` (one kind), ``short`` (one leaves out what it is per), ``bare`` (one names no unit),
    or ``other``.
    """

    name: str
    one: float
    other: float


@lru_cache(maxsize=4096)
def tie(one: Unit, other: Unit) -> Tie:
    """Return how two units go together.

    Examples
    --------
    >>> tie(unit_of("USD"), unit_of("USD/bbl")).name, tie(unit_of("USD"), unit_of("t")).name
    ('short', 'other')
    """
    if one.kind == other.kind:
        return Tie("same", one.factor, other.factor)
    if said_as(one) == said_as(other):
        return Tie("short", one.factor, other.factor)
    if len(one.atoms) != len(other.atoms):
        shared = min(len(one.atoms), len(other.atoms))
        first, second = unit_of("/".join(one.atoms[:shared])), unit_of("/".join(other.atoms[:shared]))
        if first.kind == second.kind:
            return Tie("short", first.factor, second.factor)
    codes = {one.code, other.code}
    if one.atoms[1:] == other.atoms[1:] and {one.atoms[0], other.atoms[0]} & BARE:
        return Tie("bare", 1.0, 1.0)  # "10,850 per dollar" leaves its own currency out
    if codes <= COUNTS or codes & BARE or ("count" in codes and "percent" not in codes):
        return Tie("bare", 1.0, 1.0)
    return Tie("other", 1.0, 1.0)


def said_as(unit: Unit) -> list[str]:
    """Return the kinds of a unit as people say them."""
    return [SAID_AS.get(kind, kind) for kind in unit.kind]


def agreement(one: Figure, other: Figure) -> str:
    """Return ``equal``, ``rounded`` or "": whether two figures can be the same claim as they stand."""
    name, by_one, by_other = tie(one.unit, other.unit)
    if name == "other":
        return ""
    if is_fall_and_minus(one, other):
        return "equal"
    ends = [(one.low * by_one, other.low * by_other), (one.high * by_one, other.high * by_other)]
    if all(close(a, b) for a, b in ends):
        return "equal"
    if name == "bare" or one.is_range != other.is_range:
        return ""
    return "rounded" if all(rounded(one, other, a, b, by_one, by_other) for a, b in ends) else ""


def is_fall_and_minus(one: Figure, other: Figure) -> bool:
    """Return whether one says as a fall what the other says with a minus: "contracted 1.6 percent", "minus 1.6"."""
    minus, fall = (one, other) if one.high < other.high else (other, one)
    opposite = fall.direction == "decrease" and minus.high < 0 < fall.low and one.unit.code == other.unit.code
    return opposite and close(fall.low, -minus.high) and close(fall.high, -minus.low)


def rounded(one: Figure, other: Figure, a: float, b: float, by_one: float, by_other: float) -> bool:
    """Return whether one of two values is the other with fewer digits."""
    gap = abs(a - b)
    if gap > ROUNDED_AWAY * max(abs(a), abs(b)) or not by_one or not by_other:
        return False
    places = (last_place(one.text, a / by_one) * by_one, last_place(other.text, b / by_other) * by_other)
    if gap <= 0.501 * max(places) and not close(places[0], places[1]):
        return True
    if gap <= CUT_OFF * max(abs(a), abs(b)) and cut_short(one, other):
        return True
    if one.qualifier == "=":
        return loosely_rounded(other, b, a, by_other)
    return other.qualifier == "=" and loosely_rounded(one, a, b, by_one)


def cut_short(one: Figure, other: Figure) -> bool:
    """Return whether the digits of one, as written, are only the first of the other's: "225" for "225.6"."""
    short, long = sorted(("".join(numeral_of(figure.text, figure.high)) for figure in (one, other)), key=len)
    return len(short) > 1 and short != long and long.startswith(short)


def loosely_rounded(rough: Figure, value: float, exact: float, by: float) -> bool:
    """Return whether a figure that says "about" or "more than" stands for an exact one: "more than 60" for 62."""
    fits = {"~": True, "<~": exact <= value, ">": exact > value, "<": exact < value}
    place = last_place("", value / by) * by
    return fits.get(rough.qualifier, False) and abs(exact - value) < 0.501 * place


def compare(one: Figure, other: Figure) -> Difference:
    """Return how two figures that were put together differ.

    A figure that differs in value, unit or direction ``differs``; a rounding, a qualifier, another period and a
    unit left out are said in ``slip``, but the figures agree.
    """
    agreed = agreement(one, other)
    if not agreed:
        return value_difference(one, other)
    if OPPOSITE.get(one.direction) == other.direction and not is_fall_and_minus(one, other):
        return Difference("differs", "direction", "one is a rise, the other a fall")
    if agreed == "rounded":
        return Difference("agrees", "rounding", "one is the other rounded")
    if tie(one.unit, other.unit).name != "same":
        return Difference("agrees", "unit", f"the value is the same, the unit is {said(one)} or {said(other)}")
    if QUALIFIERS.get(one.qualifier, one.qualifier) != QUALIFIERS.get(other.qualifier, other.qualifier):
        remark = f"the value is the same, but one is said {bound(one)}, the other {bound(other)}"
        return Difference("agrees", "qualifier", remark)
    if apart(one.about[4], other.about[4]):
        return Difference("agrees", "period", f"the value is the same, but for {one.about[4]} and {other.about[4]}")
    return subject_difference(one, other)


def subject_difference(one: Figure, other: Figure) -> Difference:
    """Return whether two equal figures are of another area, product or flow by what either's own clause states."""
    for place, (name, slip) in enumerate(SUBJECTS):
        first, second = one.about[place], other.about[place]
        if name in one.stated & other.stated and first and second and not akin(first, second):
            return Difference("agrees", slip, f"the value is the same, but for {first} and {second}")
    return SAME


@lru_cache(maxsize=4096)
def akin(one: str, other: str) -> bool:
    """Return whether two codes can be said of one thing: the same, or one part of the other.

    Examples
    --------
    >>> akin("oil", "crude_oil"), akin("demand", "consumption"), akin("KZ", "RU"), akin("exports", "imports")
    (True, True, False, False)
    """
    return one == other or one in above(other) or other in above(one) or {one, other} in AKIN


def above(code: str) -> set[str]:
    """Return the products that a product is part of."""
    parents = {row["code"]: row["parent"] for row in codelists.rows("products")}
    found: set[str] = set()
    while code := parents.get(code, ""):
        found.add(code)
    return found


def said(figure: Figure) -> str:
    """Return the unit of a figure as it can be said."""
    return "not said" if figure.unit.code in BARE else figure.unit.code


def bound(figure: Figure) -> str:
    """Return a qualifier in words."""
    words = {"=": "to be exact", "~": "to be about that", "<~": "to be nearly that", ">": "to be more"}
    words |= {">=": "to be at least that", "<": "to be less", "<=": "to be at most that"}
    return words.get(figure.qualifier, f"with {figure.qualifier}")


def value_difference(one: Figure, other: Figure) -> Difference:
    """Return the kind of a difference in value or unit."""
    units = tie(one.unit, other.unit)
    raw_equal = close(one.low, other.low) and close(one.high, other.high)
    if raw_equal and one.unit.code != other.unit.code:
        money = one.unit.currency and other.unit.currency and one.unit.atoms[0] != other.unit.atoms[0]
        slip = "currency" if money else "unit"
        return Difference("differs", slip, f"the number is the same, but in {one.unit.code} and {other.unit.code}")
    if one.is_range or other.is_range:
        return range_difference(one, other)
    if units.name != "other" and close(one.low * units.one, -other.low * units.other):
        return Difference("differs", "sign", "one is below zero, the other above")
    ratio = times(one.low * units.one, other.low * units.other)
    if significant_digits(one.low) == significant_digits(other.low):
        if units.name == "other":
            return Difference("differs", "unit", f"one is in {one.unit.code}, the other in {other.unit.code}")
        return Difference("differs", power_slip(one, other), ratio)
    if units.name == "other":
        return Difference("differs", "digits", f"one is in {one.unit.code}, the other in {other.unit.code}")
    slip = "decimal separator" if moved_point(one, other) else "digits"
    return Difference("differs", slip, ratio)


def times(a: float, b: float) -> str:
    """Return by how much two values differ, in words."""
    small, large = sorted((abs(a), abs(b)))
    if not small:
        return "one of them is zero"
    factor = large / small
    first = "the first" if abs(a) > abs(b) else "the second"
    if factor >= 1.95:
        return (
            f"{first} is {factor:.3g} times the other" if factor < 1000 else f"{first} is {factor:.0f} times the other"
        )
    return f"{first} is larger by {100 * (factor - 1):.2g} percent"


def range_difference(one: Figure, other: Figure) -> Difference:
    """Return how two amounts differ of which at least one is a range."""
    units = tie(one.unit, other.unit)
    if units.name == "other":
        return Difference("differs", "unit", f"one is in {one.unit.code}, the other in {other.unit.code}")
    low = close(one.low * units.one, other.low * units.other)
    high = close(one.high * units.one, other.high * units.other)
    if one.is_range != other.is_range:
        return Difference("differs", "range", "one is a range, the other a single value")
    if low or high:
        return Difference("differs", "range", f"only the {'lower' if low else 'upper'} end is the same")
    same_digits = all(
        significant_digits(a) == significant_digits(b) for a, b in ((one.low, other.low), (one.high, other.high))
    )
    remark = times(one.high * units.one, other.high * units.other)
    return Difference("differs", power_slip(one, other) if same_digits else "range", remark)


def power_slip(one: Figure, other: Figure) -> str:
    """Return whether a scale word or a decimal separator made the same digits another value."""
    a, b = plain_readings(one), plain_readings(other)
    scaled_one, scaled_other = not holds(a, one.high), not holds(b, other.high)
    exponent = round_power(one.high, other.high)
    if exponent % 3 or not (scaled_one or scaled_other):
        return "decimal separator"
    if scaled_one and scaled_other and a and b and not any(holds(b, value) for value in a):
        return "decimal separator"
    return "scale word"


def plain_readings(figure: Figure) -> list[float]:
    """Return what the digits of a figure can mean without a scale word: signs as grouping, or the last as decimal."""
    groups = numeral_of(figure.text, figure.high)
    if not groups:
        return []
    whole = float("".join(groups))
    return [whole, whole / 10 ** len(groups[-1])] if len(groups) > 1 else [whole]


def holds(values: list[float], wanted: float) -> bool:
    """Return whether a value is among others."""
    return any(close(value, wanted) for value in values)


def round_power(a: float, b: float) -> int:
    """Return the power of ten between two values that have the same digits."""
    return int(f"{a:e}".split("e")[1]) - int(f"{b:e}".split("e")[1])


def moved_point(one: Figure, other: Figure) -> bool:
    """Return whether only a zero after the decimal sign came or went: 10.9 for 10.09."""
    a, b = numeral_of(one.text, one.low), numeral_of(other.text, other.low)
    if len(a) < 2 or len(a) != len(b) or a[:-1] != b[:-1]:
        return False
    return a[-1].lstrip("0") == b[-1].lstrip("0") or a[-1].strip("0") == b[-1].strip("0")


def apart(one: str, other: str) -> bool:
    """Return whether two ISO 8601 periods are known and have no day in common.

    Examples
    --------
    >>> apart("2007", "2008"), apart("2007", "2007-06"), apart("2025-Q3", "2025-10/2025-12"), apart("_U", "2008")
    (True, False, True, False)
    """
    if one in NOTHING or other in NOTHING:
        return False
    first, second = bounds(one), bounds(other)
    return first[1] < second[0] or second[1] < first[0]


# The months of a quarter or half-year, first and last.
PARTS = {f"Q{n}": (f"{3 * n - 2:02}", f"{3 * n:02}") for n in (1, 2, 3, 4)}
PARTS |= {"S1": ("01", "06"), "S2": ("07", "12"), "H1": ("01", "06"), "H2": ("07", "12")}


def bounds(period: str) -> tuple[str, str]:
    """Return the first and last day of a period as strings that sort like days."""
    first, _, last = period.partition("/")
    return bound_of(first, 0, "01-01"), bound_of(last or first, 1, "12-31")


def bound_of(period: str, end: int, rest: str) -> str:
    """Return a day at one end of a year, part of a year, month or day."""
    year, _, part = period.partition("-")
    part = PARTS[part][end] if part in PARTS else part
    return f"{year}-{part}{rest[len(part) :]}" if len(part) < len(rest) else f"{year}-{part}"
