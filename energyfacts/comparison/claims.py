"""The claims of a story: the figures of its versions put together, and what a version only says again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from energyfacts.comparison.alignment import align, join_ends
from energyfacts.comparison.evidence import repetition
from energyfacts.comparison.figures import significant_digits

if TYPE_CHECKING:
    from energyfacts.comparison.figures import Figure


@dataclass(slots=True)
class Claim:
    """One claim of a story: a figure in each version that carries it, its place, and the versions that say it again."""

    members: dict[str, Figure]
    place: Figure
    again: list[str] = field(default_factory=list)


def claims_of(versions: list[list[Figure]]) -> list[Claim]:
    """Return the claims of one section, each version being put to those before it."""
    all_figures = [each for figures in versions for each in figures]
    versions = [join_ends(figures, all_figures) for figures in versions]
    claims = [Claim({each.lang: each}, each) for each in versions[0]]
    for figures in versions[1:]:
        at = {j: claims[i] for i, j in align([claim.place for claim in claims], figures)}
        new: list[tuple[Claim | None, Claim]] = []
        last: Claim | None = None
        for j, each in enumerate(figures):
            if j in at:
                last = at[j]
                last.members[each.lang] = each
            else:
                new.append((last, Claim({each.lang: each}, placed_after(each, last))))
        claims = [claim for before in (None, *claims) for claim in with_new(before, new)]
    return claims


def placed_after(figure: Figure, claim: Claim | None) -> Figure:
    """Return a figure as if it stood behind a claim, in the version that gives all claims their places."""
    end, sentence = (claim.place.end, claim.place.sentence) if claim else (0, 0)
    return replace(figure, start=end, end=end, sentence=sentence)


def with_new(claim: Claim | None, new: list[tuple[Claim | None, Claim]]) -> list[Claim]:
    """Return a claim and the new ones that come after it."""
    return ([claim] if claim else []) + [each for before, each in new if before is claim]


def without_repetitions(claims: list[Claim]) -> list[Claim]:
    """Return the claims without those that only say again, in some versions, what another says in more of them."""
    # What says a figure again says it in its unit, so only those are looked through.
    by_unit: dict[tuple[str, str], list[tuple[int, Claim]]] = defaultdict(list)
    for number, claim in enumerate(claims):
        for lang, each in claim.members.items():
            by_unit[lang, each.unit.code].append((number, claim))
    most = max((len(claim.members) for claim in claims), default=0)
    kept = []
    for number, claim in enumerate(claims):
        lang, first = next(iter(claim.members.items()))
        # What all versions have repeats nothing.
        likely = by_unit[lang, first.unit.code] if len(claim.members) == 1 or len(claim.members) < most else []
        said = next((other for at, other in likely if at != number and repeats(claim, other, at < number)), None)
        if said is None:
            kept.append(claim)
        else:
            said.again.extend(lang for lang in claim.members if lang not in said.again)
    return kept


def repeats(claim: Claim, other: Claim, is_earlier: bool) -> bool:
    """Return whether a claim only says another again: one that more versions have, or an earlier one.

    What two versions say twice each is kept twice.
    """
    more = len(other.members) > len(claim.members)
    if not more:
        first = next(iter(claim.members.values()))
        if not is_earlier or len(other.members) > 1 or len(claim.members) > 1:
            return False
        if len(significant_digits(first.high)) < 3:
            return False
    shared = [(each, other.members.get(lang)) for lang, each in claim.members.items()]
    return all(said is not None and repetition(each, said) for each, said in shared)
