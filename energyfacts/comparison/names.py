"""Figures that changed places: equal in both versions, but each beside the name that the other stands beside there.

"Cepu gave 143,200 barrels a day, Rokan 157,900" and "Rokan 143.200 barel per hari, Cepu 157.900": no value differs, so
only the names tell. A country has one name whatever a language calls it ("Japan", "Jepang"); another name that the
other version writes in its own way tells nothing here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from energyfacts import codelists
from energyfacts.dimensions.mentions import Lexicon, mentions
from energyfacts.languages import available, load
from energyfacts.text import Text
from energyfacts.units import DURATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from energyfacts.comparison.figures import Figure

WORD = re.compile(r"[^\W\d_][\w-]*")
COUNTRY = re.compile(r"[A-Z]{2}")
# Notes of words that stand for a country and do not name it: the other version may say the same in another way.
STANDING_FOR = frozenset({"body", "dateline", "domestic"})
# Figures change places with one of the next few, at most so many sentences on.
NEAR_FIGURES = 4
NEAR_SENTENCES = 1


class Name(NamedTuple):
    """A name in a sentence, and its characters there."""

    start: int
    end: int
    text: str


class Beside(NamedTuple):
    """The names between a figure and the one before it, and between it and the next."""

    before: frozenset[str]
    after: frozenset[str]


def exchanged(
    pairs: Sequence[tuple[Figure, Figure]], left: Sequence[Figure], right: Sequence[Figure]
) -> dict[tuple[int, int], tuple[str, str]]:
    """Return the pairs whose figures stand beside the names of each other's, with the name beside either figure.

    Parameters
    ----------
    pairs : sequence of (Figure, Figure)
        Figures of two versions that agree, in the order of the first.
    left, right : sequence of Figure
        All figures of either version.

    Returns
    -------
    dict
        The labels of a pair to the name beside it in the first version, and in the second.
    """
    ours, theirs = dict(names_beside(left)), dict(names_beside(right))
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for k, one in enumerate(pairs):
        for other in pairs[k + 1 : k + 1 + NEAR_FIGURES]:
            if one[0].unit.kind != other[0].unit.kind or far_apart(one, other):
                continue
            names = [ours[one[0].label], theirs[one[1].label], ours[other[0].label], theirs[other[1].label]]
            if crossed := crossing(*names):
                found[one[0].label, one[1].label] = crossed
                found[other[0].label, other[1].label] = crossed[::-1]
    return found


def far_apart(one: tuple[Figure, Figure], other: tuple[Figure, Figure]) -> bool:
    """Return whether two pairs of figures stand in different parts of either version."""
    return any(abs(a.sentence - b.sentence) > NEAR_SENTENCES for a, b in zip(one, other, strict=True))


def crossing(one: Beside, its_partner: Beside, other: Beside, others_partner: Beside) -> tuple[str, str] | None:
    """Return a name of one figure and a name of its partner, where each is beside the other's partner instead.

    A version may name before its figures what the other names behind them, so no reading may be straight.

    Examples
    --------
    >>> cepu, rokan = Beside(frozenset({"Cepu"}), frozenset()), Beside(frozenset({"Rokan"}), frozenset())
    >>> crossing(cepu, rokan, rokan, cepu), crossing(cepu, cepu, rokan, rokan)
    (('Cepu', 'Rokan'), None)
    """
    for ours, theirs in product(range(2), repeat=2):
        if only(one, other, ours) & only(its_partner, others_partner, theirs) and (
            only(other, one, ours) & only(others_partner, its_partner, theirs)
        ):
            return None
    # Either has a name of its own where its partner has it: what stands on its other side is the next figure's.
    if any(
        only(one, other, side) & only(its_partner, others_partner, side)
        or only(other, one, side) & only(others_partner, its_partner, side)
        for side in range(2)
    ):
        return None
    for side in range(2):
        first = only(one, other, side) & only(others_partner, its_partner, side)
        second = only(other, one, side) & only(its_partner, others_partner, side)
        if first and second:
            return min(first), min(second)
    return None


def only(one: Beside, other: Beside, side: int) -> frozenset[str]:
    """Return the names on a side of one figure that are not on that side of another."""
    return one[side] - other[side]


def names_beside(figures: Sequence[Figure]) -> Iterator[tuple[int, Beside]]:
    """Yield the label of each figure of a version with the names beside it; stretches of time part nothing."""
    by_sentence: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_sentence[figure.sentence].append(figure)
    for inside in by_sentence.values():
        names, context, offset = names_of(inside[0].context, inside[0].lang), inside[0].context, offset_of(inside)
        places = [(figure.start - offset, figure.end - offset) for figure in inside]
        parts = [figure.unit.kind not in DURATIONS for figure in inside]
        for k, figure in enumerate(inside):
            before = next((places[m][1] for m in range(k - 1, -1, -1) if parts[m]), 0)
            after = next((places[m][0] for m in range(k + 1, len(inside)) if parts[m]), len(context))
            start, end = places[k]
            yield figure.label, Beside(names_in(names, before, start), names_in(names, end, after))


def offset_of(figures: Sequence[Figure]) -> int:
    """Return where the sentence of some figures begins: where it holds each of them in its place."""
    context, first = figures[0].context, figures[0]
    place = context.find(first.text)
    while place >= 0:
        offset = first.start - place
        if all(context.startswith(figure.text, figure.start - offset) for figure in figures):
            return offset
        place = context.find(first.text, place + 1)
    return first.start


def names_of(context: str, lang: str) -> list[Name]:
    """Return the countries that a sentence names, each by its English name, and its other words with a capital.

    Examples
    --------
    >>> [name.text for name in names_of("Rokan dan Korea Selatan", "id")]
    ['South Korea', 'Rokan']
    """
    found = list(countries_of(context, lang))
    words = (Name(match.start(), match.end(), match[0]) for match in WORD.finditer(context) if match[0][0].isupper())
    return found + [word for word in words if not any(one.start < word.end and word.start < one.end for one in found)]


def countries_of(context: str, lang: str) -> Iterator[Name]:
    """Yield the countries that a sentence names; none in a language without a pack."""
    if lang not in available():
        return
    pack, text = load(lang), Text(context)
    for mention in mentions(pack.compiled(Lexicon, pack).areas, text, 0, len(context)):
        if COUNTRY.fullmatch(mention.code) and mention.note not in STANDING_FOR:
            yield Name(mention.start, mention.end, codelists.label("areas", mention.code, "en"))


def names_in(names: Sequence[Name], start: int, end: int) -> frozenset[str]:
    """Return the names in a stretch of a sentence."""
    return frozenset(name.text for name in names if start <= name.start and name.end <= end)
