"""How likely two figures are to be one claim, by the figures alone: value, unit, digits, what they are about.

All weights are in one currency: the evidence that one more significant digit in common gives.
"""

from __future__ import annotations

from energyfacts.comparison.figures import Figure, close, significant_digits
from energyfacts.comparison.slips import agreement, apart, tie

# A value this telling is the same claim wherever it stands.
TELLING = 4
# What a known dimension in common adds, and what two that contradict each other take away:
# flow, product, area, measure, period. About one in seven is read wrongly, so a contradiction is no proof.
SAME_DIMENSION = (0.4, 0.3, 0.3, 0.2, 0.3)
OTHER_DIMENSION = (0.4, 0.3, 0.3, 0.3, 0.3)
# Small counts are everywhere: "two accords" and "both ships" need not be the same.
SMALL_COUNT = 0.4
SMALL = 10
# Counts that do not even look alike are of different things more often than amounts are.
OTHER_COUNT = 2.0
# So are a level and a change, or a share, that do not look alike.
OTHER_MEASURE = 0.5
# Two flows that contradict each other tell more where the digits do too.
OTHER_FLOW = 1.0
# A bound in common ("more than"), or bounds that contradict each other.
BOUND = 0.3
BOUNDS = {">": 1, ">=": 1, "<": -1, "<=": -1, "<~": -1}
# How the units of figures that differ go together (see `slips.tie`); other money is less other than tonnes.
UNITS = {"same": 1.0, "short": 0.5, "bare": 0.0, "other": -1.5}
OTHER_MONEY = 1.0
# The same significant digits, by how many: only a scale word, separator or unit is another.
SAME_DIGITS = (0.0, 0.8, 2.0, 2.7)
# The very same number, and not a small one, with another unit.
SAME_NUMBER = 1.0
# One end of a range in common; one digit wrong, of two or of more; values near each other, or of another magnitude.
SAME_END = 2.0
ONE_EDIT = (0.8, 2.0)
SIMILAR, SIMILAR_RATIO = 0.5, 1.3
OTHER_MAGNITUDE, MAGNITUDE = -1.0, 10.0
# Of slips few leave no digit in its place; most of what looks so unlike is another claim.
OTHER_DIGITS = -0.3


def telling(one: Figure, other: Figure, agreed: str) -> float:
    """Return how telling it is that two figures agree, in significant digits."""
    digits = sum(len(significant_digits(value)) for value in {one.high, one.low})
    loose = {"same": 0.0, "short": 0.5}.get(tie(one.unit, other.unit).name, 1.0)
    if one.unit.code == "count" and one.high < SMALL:
        loose += SMALL_COUNT
    return min(digits, TELLING) - loose - (1.0 if agreed == "rounded" else 0.0)


def about_score(one: Figure, other: Figure) -> float:
    """Return the evidence in what two figures are about."""
    score = 0.0
    for place, (a, b) in enumerate(zip(one.about, other.about, strict=True)):
        if a and b:
            same = a == b or (place == 4 and not apart(a, b))
            score += SAME_DIMENSION[place] if same else -OTHER_DIMENSION[place]
    return score


def differing_score(one: Figure, other: Figure) -> float:
    """Return the evidence in two figures that differ: their digits, units and what they are about."""
    name = tie(one.unit, other.unit).name
    score = UNITS[name] + digits_score(one, other)
    if name == "other" and one.low == other.low and one.high == other.high and one.high >= SMALL:
        score += SAME_NUMBER
    if name == "other" and one.unit.currency and other.unit.currency:
        score += OTHER_MONEY
    unlike = not looks_like(one, other)
    if one.unit.code == other.unit.code == "count":
        score -= 2 * SMALL_COUNT * (min(one.high, other.high) < SMALL) + OTHER_COUNT * unlike
    if unlike and one.about[3] != other.about[3]:
        score -= OTHER_MEASURE
    if unlike and contradict(one.about[0], other.about[0]):
        score -= OTHER_FLOW
    return score + about_score(one, other)


def digits_score(one: Figure, other: Figure) -> float:
    """Return how much alike two figures are written."""
    units = tie(one.unit, other.unit)
    if one.is_range or other.is_range:
        ends = [value * units.other for value in (other.low, other.high)]
        return SAME_END if any(close(value * units.one, end) for value in (one.low, one.high) for end in ends) else 0.0
    a, b = significant_digits(one.high), significant_digits(other.high)
    if a == b:
        return SAME_DIGITS[min(len(a), 3)]
    if len(a) > 1 and len(b) > 1 and one_edit(a, b):
        return ONE_EDIT[min(len(a), len(b)) > 2]
    small, large = sorted((abs(one.high * units.one), abs(other.high * units.other)))
    if large <= SIMILAR_RATIO * small:
        return SIMILAR
    return OTHER_MAGNITUDE if large > MAGNITUDE * small else OTHER_DIGITS


def looks_like(one: Figure, other: Figure) -> bool:
    """Return whether two figures have the same digits but one, or one is the other rounded."""
    a, b = significant_digits(one.high), significant_digits(other.high)
    return a == b or one_edit(a, b) or agreement(one, other) != ""


def one_edit(a: str, b: str) -> bool:
    """Return whether one digit was changed, added, left out, or exchanged with its neighbour.

    Examples
    --------
    >>> one_edit("124", "114"), one_edit("109", "1009"), one_edit("962", "926"), one_edit("124", "875")
    (True, True, True, False)
    """
    if len(a) == len(b):
        wrong = [place for place in range(len(a)) if a[place] != b[place]]
        exchanged = (
            len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
        )
        return len(wrong) < 2 or exchanged
    short, long = sorted((a, b), key=len)
    return len(long) - len(short) == 1 and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def repetition(figure: Figure, earlier: Figure) -> bool:
    """Return whether a figure only says again what another of the same version says.

    "8.3 percent" of inflation is no repetition of "8.3 percent" of growth.
    """
    if not agreement(figure, earlier) or figure.unit.code != earlier.unit.code:
        return False
    if figure.unit.code == "count" and figure.counted != earlier.counted:
        return False
    if BOUNDS.get(figure.qualifier, 0) * BOUNDS.get(earlier.qualifier, 0) < 0:
        return False
    return not any(contradict(a, b) for a, b in zip(figure.about, earlier.about, strict=True))


def contradict(one: str, other: str) -> bool:
    """Return whether two dimensions are known and name different things; crude oil is oil, June is in its year.

    Examples
    --------
    >>> contradict("oil", "coal"), contradict("oil", "crude_oil"), contradict("", "coal"), contradict("2024-06", "2024")
    (True, False, False, False)
    """
    return bool(one and other) and one not in other and other not in one
