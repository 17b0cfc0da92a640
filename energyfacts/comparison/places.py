"""Where the places of one version are in another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from energyfacts.comparison.figures import Figure

Pair = tuple[int, int]


class Places:
    """A map from the places of one version to the places of another, through pairs that are sure.

    A version goes in the order of the other, or a paragraph of it stands elsewhere: what is beside a sure pair in one
    is looked for in the chain of those that go in order, and beside that pair's own place.
    """

    def __init__(self, left: Sequence[Figure], right: Sequence[Figure], sure: Iterable[Pair]) -> None:
        points = sorted((left[i].start, right[j].start) for i, j in sure)
        # Versions begin together; where they end is not known, as one may be cut short.
        chain = [(0, 0), *(point for point in longest_chain(points) if point[0] and point[1])]
        self.maps = [chain, points]
        length = (left[-1].end, right[-1].end) if len(chain) < 4 else chain[-1]
        self.slope = min(max(length[1] / max(length[0], 1), 0.6), 1.7)
        self.sentence = sentence_length(right)

    def distance(self, one: Figure, other: Figure) -> float:
        """Return how far two figures are from each other's place, in sentences."""
        gaps = []
        for points in self.maps:
            after = bisect_right(points, (one.start, float("inf")))
            gaps += [
                abs((one.start - x) * self.slope - (other.start - y)) for x, y in points[max(after - 1, 0) : after + 1]
            ]
        return min(gaps) / self.sentence


def longest_chain(points: list[Pair]) -> list[Pair]:
    """Return the longest run of points that rises in both, the points being sorted by the first.

    Examples
    --------
    >>> longest_chain([(1, 10), (2, 40), (3, 20), (4, 30)])
    [(1, 10), (3, 20), (4, 30)]
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, y) in enumerate(points):
        length = bisect_left(tails, y)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [y]
        ends[length : length + 1] = [index]
    chain, at = [], ends[-1] if ends else -1
    while at >= 0:
        chain.append(points[at])
        at = before[at]
    return chain[::-1]


def sentence_length(figures: Sequence[Figure]) -> float:
    """Return the length of an average sentence, in characters."""
    return min(max(figures[-1].end / (figures[-1].sentence + 1), 30.0), 300.0)
