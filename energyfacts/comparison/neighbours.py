"""Which figures that differ are the same claim: those in one place, between the same neighbours, and much alike."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from energyfacts.comparison.evidence import differing_score, looks_like, repetition
from energyfacts.comparison.figures import significant_digits
from energyfacts.comparison.places import Pair, Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from energyfacts.comparison.figures import Figure

# Figures that differ are put together from this evidence on, and when no other is nearly as good.
ENOUGH = 3.0
CLEARLY = 0.3
# In two sentences that share a claim, and for either neighbour that is shared too.
LINKED, LINKED_SIDE = 2.0, 0.5
# In sentences that share none, but stand in one place: that, and for either neighbour. Beyond this distance, in
# sentences, it is another place; a sentence whose other figures are found elsewhere is farther.
IN_PLACE, IN_PLACE_SIDE = 0.7, 0.75
NEAR = 1.5
ELSEWHERE = 0.7
# Versions that share so many claims tell one story.
RELATED = 3
# With so many digits two figures of one flow may differ in one of them.
MANY_DIGITS = 4
# A figure said before needs no partner, so it is less likely to have one that differs.
AGAIN = 0.7


class Neighbourhood:
    """What is already put together around figures that are not."""

    def __init__(self, left: Sequence[Figure], right: Sequence[Figure], pairs: Sequence[Pair]) -> None:
        self.left, self.right, self.partner = left, right, dict(pairs)
        self.taken = {j: i for i, j in pairs}
        self.places = Places(left, right, pairs)
        self.linked = {(left[i].sentence, right[j].sentence) for i, j in pairs}
        self.linked_left = {sentence for sentence, _ in self.linked}
        self.linked_right = {sentence for _, sentence in self.linked}

        self.near_left = {step: all_nearest(left, self.partner, step, self.linked_left) for step in (-1, 1)}
        self.near_right = {step: all_nearest(right, self.taken, step, self.linked_right) for step in (-1, 1)}

    def beside(self, i: int, j: int, step: int) -> float:
        """Return how surely the matched figures before (-1) or after (1) two figures are each other's.

        1 where nothing unmatched stands between, a half where something does, 0 where they are not each other's.
        """
        k, between_left = self.near_left[step][i]
        m, between_right = self.near_right[step][j]
        inside = 0 <= k < len(self.left)
        if self.partner[k] != m if inside else 0 <= m < len(self.right):
            return 0.0
        return 0.5 if between_left or between_right else 1.0

    def score(self, i: int, j: int) -> float:
        """Return the evidence in the place of two figures: 0 where there is none."""
        one, other = self.left[i], self.right[j]
        if (one.sentence, other.sentence) in self.linked:
            return LINKED + LINKED_SIDE * (self.beside(i, j, -1) + self.beside(i, j, 1))
        far = self.places.distance(one, other)
        if one.sentence in self.linked_left or other.sentence in self.linked_right:
            far += ELSEWHERE
        if far > NEAR:
            return 0.0
        sides = self.beside(i, j, -1) + self.beside(i, j, 1)
        return max(IN_PLACE + IN_PLACE_SIDE * sides - far, 0.0) if sides else 0.0


def all_nearest(
    figures: Sequence[Figure], matched: dict[int, int], step: int, linked: set[int]
) -> list[tuple[int, bool]]:
    """Return for each figure the nearest matched one in a direction, and whether others stand between."""
    return [nearest(figures, matched, at, step, linked) for at in range(len(figures))]


def nearest(
    figures: Sequence[Figure], matched: dict[int, int], at: int, step: int, linked: set[int]
) -> tuple[int, bool]:
    """Return the nearest matched figure in a direction, and whether others stand between.

    In a sentence of which nothing is matched yet, all figures have the same neighbours: those of the sentence.
    """
    between, k = False, at + step
    while 0 <= k < len(figures) and k not in matched:
        own = figures[k].sentence == figures[at].sentence and figures[at].sentence not in linked
        between = between or not own
        k += step
    return k, between


def add_differing(left: Sequence[Figure], right: Sequence[Figure], pairs: list[Pair]) -> list[Pair]:
    """Add pairs of figures that differ, round by round: each makes the places of the others surer."""
    again = [repeats(left, [i for i, _ in pairs]), repeats(right, [j for _, j in pairs])]
    while True:
        around = Neighbourhood(left, right, pairs)
        free_left = [i for i in range(len(left)) if i not in around.partner]
        free_right = [j for j in range(len(right)) if j not in around.taken]
        scores, related = {}, len(pairs) >= RELATED
        for i in free_left:
            for j in free_right:
                place = around.score(i, j)
                if place > 0 or (related and same_digits(left[i], right[j])):
                    said_before = AGAIN * ((i in again[0]) + (j in again[1]))
                    scores[i, j] = place + differing_score(left[i], right[j]) - said_before
        more = clear(scores)
        if not more:
            return sorted(pairs)
        pairs = sorted([*pairs, *more])


def same_digits(one: Figure, other: Figure) -> bool:
    """Return whether two figures of one kind are written with the same digits: that may tell more than the place.

    Two digits at least, or four but for one of them where both are of one flow; of counts, which may be of anything, it
    tells nothing.
    """
    if one.unit.kind != other.unit.kind or one.unit.code == "count" or one.is_range or other.is_range:
        return False
    digits, others = significant_digits(one.high), significant_digits(other.high)
    if len(digits) >= MANY_DIGITS and one.about[0] and one.about[0] == other.about[0]:
        return looks_like(one, other)
    return len(digits) > 1 and digits == others


def repeats(figures: Sequence[Figure], matched: Iterable[int]) -> set[int]:
    """Return the figures that only say again what a matched figure of the same version says."""
    known = set(matched)
    by_value = defaultdict(list)
    for k in known:
        by_value[round_key(figures[k])].append(k)
    free = (i for i in range(len(figures)) if i not in known)
    return {i for i in free if any(repetition(figures[i], figures[k]) for k in by_value[round_key(figures[i])])}


def round_key(figure: Figure) -> tuple[str, str]:
    """Return a key that equal figures of one version share."""
    return figure.unit.code, f"{figure.high:.6g}"


def clear(scores: dict[Pair, float]) -> list[Pair]:
    """Return the pairs with enough evidence, one to one, that no other pair of the same figures comes near."""
    best_left, best_right = two_best(scores, 0), two_best(scores, 1)
    found, used_left, used_right = [], set(), set()
    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score < ENOUGH:
            break
        rivals = [best[1] if best[0] == score else best[0] for best in (best_left[i], best_right[j])]
        if score - max(rivals) >= CLEARLY and i not in used_left and j not in used_right:
            found.append((i, j))
            used_left.add(i)
            used_right.add(j)
    return found


def two_best(scores: dict[Pair, float], side: int) -> dict[int, tuple[float, float]]:
    """Return the best and second best evidence of each figure of one version."""
    best: dict[int, tuple[float, float]] = {}
    for pair, score in scores.items():
        first, second = best.get(pair[side], (float("-inf"), float("-inf")))
        best[pair[side]] = (max(first, score), max(min(first, score), second))
    return best
