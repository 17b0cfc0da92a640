"""Which figures of two versions of a story are the same claim.

First the figures that agree as they stand are put together, one to one, by how telling the value is, what it is about
and where it stands; those that are sure make a map from the places of one version to the places of the other. Then,
among what is left, figures that differ are put together where the map, the neighbours and the figures themselves leave
little doubt (`energyfacts.comparison.neighbours`). What could go with two others equally well stays apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.comparison.evidence import BOUND, BOUNDS, TELLING, about_score, contradict, telling
from energyfacts.comparison.neighbours import add_differing
from energyfacts.comparison.places import Pair, Places
from energyfacts.comparison.slips import agreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from energyfacts.comparison.figures import Figure

# A sentence's distance takes away half a digit's evidence, up to eight sentences.
PER_SENTENCE = 0.5
FARTHEST = 8.0
# Desks tell a story in another order, so of figures that agree with no other, and are of one flow, the place says less.
FARTHEST_ALONE = 3.0
# An article goes in order: figures that cross must have this much more in common than figures that do not.
CROSSING = 0.8
# Characters that may stand between the two ends of a range: a word.
BETWEEN_ENDS = 12


def align(left: Sequence[Figure], right: Sequence[Figure]) -> list[Pair]:
    """Put together the figures of two versions that are the same claim.

    Parameters
    ----------
    left, right : sequence of Figure
        The figures of either version, in the order of the text.

    Returns
    -------
    list of (int, int)
        Places in ``left`` and ``right``; each place at most once.
    """
    if not left or not right:
        return []
    edges = agreeing_edges(left, right)
    alone = set(lonely(edges))
    sure = lonely(edge for edge in edges if edge.telling >= 3)
    for _ in range(2):
        places = Places(left, right, sure)
        sure = assign({edge[:2]: agreeing_score(edge, left, right, places, edge[:2] in alone) for edge in edges})
    return add_differing(left, right, sure)


def join_ends(figures: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    """Return the figures of a version, two neighbours being one where another version has them as a range.

    "7.5 and 8 percent" can be two figures or a range; "7.5-8 percent" in the other version decides.
    The joined figure keeps the label and surface of its lower end.
    """
    ranges = [other for other in others if other.is_range]
    joined: list[Figure] = []
    for each in figures:
        before = joined[-1] if joined else None
        if before is not None and next_to(before, each):
            both = replace(before, high=each.high, end=each.end)
            if any(agreement(both, other) == "equal" for other in ranges):
                joined[-1] = both
                continue
        joined.append(each)
    return joined


def next_to(one: Figure, other: Figure) -> bool:
    """Return whether two points stand beside each other, in one unit and rising, as the ends of a range do."""
    near = one.sentence == other.sentence and other.start - one.end <= BETWEEN_ENDS
    points = not one.is_range and not other.is_range and one.low < other.high
    return near and points and one.unit.code == other.unit.code


class Edge(NamedTuple):
    """Two figures that agree, and how telling it is that they do."""

    i: int
    j: int
    telling: float


def agreeing_edges(left: Sequence[Figure], right: Sequence[Figure]) -> list[Edge]:
    """Return all pairs of figures that agree in value and unit."""
    edges = []
    keys = [sorted((key, j) for j, figure in enumerate(right) for key in [of(figure)]) for of in (in_base, as_written)]
    for i, one in enumerate(left):
        near: set[int] = set()
        for key, of in zip(keys, (in_base, as_written), strict=True):
            value = of(one)
            margin = 0.06 * abs(value)
            first = bisect_left(key, (value - margin, -1))
            near.update(j for _, j in key[first : bisect_right(key, (value + margin, len(right)))])
        for j in sorted(near):
            agreed = agreement(one, right[j])
            if agreed:
                edges.append(Edge(i, j, telling(one, right[j], agreed)))
    return edges


def in_base(figure: Figure) -> float:
    """Return the upper end in the base of the unit's kind."""
    return figure.high * figure.unit.factor


def as_written(figure: Figure) -> float:
    """Return the upper end in the unit's first atom: what a unit with and without its rate have in common."""
    return figure.high


def lonely(edges: Iterable[Edge]) -> list[Pair]:
    """Return the pairs whose figures agree with no other."""
    by_left, by_right = defaultdict(list), defaultdict(list)
    for edge in edges:
        by_left[edge.i].append(edge.j)
        by_right[edge.j].append(edge.i)
    return [(i, js[0]) for i, js in by_left.items() if len(js) == 1 and len(by_right[js[0]]) == 1]


def agreeing_score(edge: Edge, left: Sequence[Figure], right: Sequence[Figure], places: Places, alone: bool) -> float:
    """Return the evidence that two figures which agree are one claim; none at 0 or below."""
    one, other = left[edge.i], right[edge.j]
    alone = alone and not contradict(one.about[0], other.about[0])
    far = min(places.distance(one, other), FARTHEST_ALONE if alone else FARTHEST)
    bounds = BOUNDS.get(one.qualifier, 0) * BOUNDS.get(other.qualifier, 0)
    score = edge.telling + about_score(one, other) + BOUND * bounds - PER_SENTENCE * far
    return max(score, 0.5) if edge.telling >= TELLING else score


def assign(scores: dict[Pair, float]) -> list[Pair]:
    """Put together one to one what has the best evidence in sum.

    The best pair comes first; then partners are exchanged as long as that adds evidence or undoes a crossing.
    """
    partner: dict[int, int] = {}
    taken: dict[int, int] = {}
    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score > 0 and i not in partner and j not in taken:
            partner[i], taken[j] = j, i
    rivals = defaultdict(list)
    for i, j in scores:
        rivals[i].append(j)
    for _ in range(3):
        if not exchange(scores, partner, taken, rivals):
            break
    return sorted(partner.items())


def exchange(
    scores: dict[Pair, float], partner: dict[int, int], taken: dict[int, int], rivals: dict[int, list[int]]
) -> bool:
    """Exchange the partners of two pairs where that is better; return whether any were."""
    changed = False
    for i in sorted(partner):
        for other_j in rivals[i]:
            k, j = taken.get(other_j), partner[i]
            if k is None or k == i or (k, j) not in scores:
                continue
            crossed = (i - k) * (j - other_j) < 0
            gain = scores[i, other_j] + scores[k, j] - scores[i, j] - scores[k, other_j]
            wanted = -CROSSING if crossed else CROSSING
            if gain > wanted and min(scores[i, other_j], scores[k, j]) > 0:
                partner[i], partner[k], taken[other_j], taken[j] = other_j, j, i, k
                changed = True
    return changed
