"""Figures that changed places: equal in both versions, but each beside the name that the other stands beside there.

"Cepu gave 143,200 barrels a day, Rokan 157,900" and "Rokan 143.200 barel per hari, Cepu 157.900": no value differs, so
only the names tell. Names are written alike in most languages; those of which a sentence of the other version knows
nothing say nothing here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.units import DURATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from energyfacts.comparison.figures import Figure

NAME = re.compile(r"\b[A-Z][\w-]+")
# Figures in one sentence of one version stand at most so many sentences apart in the other.
NEAR = 1
# Figures change places with one of the next few.
NEAR_FIGURES = 4


class Beside(NamedTuple):
    """The names between a figure and the one before it, and between it and the next."""

    before: frozenset[str]
    after: frozenset[str]


def exchanged(
    pairs: Sequence[tuple[Figure, Figure]], versions: Iterable[Sequence[Figure]]
) -> dict[tuple[int, int], tuple[str, str]]:
    """Return the pairs whose figures stand beside the names of each other's, with a name of either version.

    Parameters
    ----------
    pairs : sequence of (Figure, Figure)
        Figures of two versions that agree, in order.
    versions : iterable of sequence of Figure
        All figures of both versions.

    Returns
    -------
    dict
        The labels of a pair to the name beside it in the first version, and in the second.
    """
    names = {figure.label: beside for figures in versions for figure, beside in names_beside(figures)}
    by_sentence: dict[int, list[tuple[Figure, Figure]]] = defaultdict(list)
    for pair in pairs:
        by_sentence[pair[0].sentence].append(pair)
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for together in by_sentence.values():
        near = (
            pair for k, one in enumerate(together) for pair in product([one], together[k + 1 : k + 1 + NEAR_FIGURES])
        )
        for one, other in near:
            if abs(one[1].sentence - other[1].sentence) > NEAR or one[0].unit.kind != other[0].unit.kind:
                continue
            for side in Beside._fields:
                four = [getattr(names[figure.label], side) for figure in (*one, *other)]
                if crossed := crossing(*four):
                    found[one[0].label, one[1].label] = crossed
                    found[other[0].label, other[1].label] = crossed[::-1]
    return found


def crossing(
    one: frozenset[str], its_partner: frozenset[str], other: frozenset[str], others_partner: frozenset[str]
) -> tuple[str, str] | None:
    """Return a name of one figure and a name of the other, where each is beside the other's partner and not its own.

    Examples
    --------
    >>> cepu, rokan = frozenset({"Cepu"}), frozenset({"Rokan"})
    >>> crossing(cepu, rokan, rokan, cepu), crossing(cepu, cepu, rokan, rokan)
    (('Cepu', 'Rokan'), None)
    """
    first, second = (one - other) & (others_partner - its_partner), (other - one) & (its_partner - others_partner)
    straight = ((one - other) & (its_partner - others_partner)) | ((other - one) & (others_partner - its_partner))
    return (min(first), min(second)) if first and second and not straight else None


def names_beside(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Beside]]:
    """Yield each figure of a version with the names beside it in its sentence; stretches of time part nothing."""
    by_sentence: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_sentence[figure.sentence].append(figure)
    for inside in by_sentence.values():
        context = inside[0].context
        places = list(places_in(context, inside))
        parts = [figure.unit.kind not in DURATIONS for figure in inside]
        for k, figure in enumerate(inside):
            before = next((places[m][1] for m in range(k - 1, -1, -1) if parts[m]), 0)
            after = next((places[m][0] for m in range(k + 1, len(inside)) if parts[m]), len(context))
            start, end = places[k]
            yield figure, Beside(names_in(context[before:start]), names_in(context[end:after]))


def places_in(context: str, figures: Iterable[Figure]) -> Iterator[tuple[int, int]]:
    """Yield where each figure of a sentence stands in it; one that is not in it stands at the end of the one before."""
    position = 0
    for figure in figures:
        start = max(context.find(figure.text, position), position)
        position = min(start + len(figure.text), len(context))
        yield start, position


def names_in(text: str) -> frozenset[str]:
    """Return the words of a text that begin with a capital."""
    return frozenset(NAME.findall(text))
