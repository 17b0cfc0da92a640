"""Which of the words around a figure belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.dimensions.mentions import WEAK, Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from energyfacts.dimensions.figures import Place
    from energyfacts.text import Text

WORD = re.compile(r"[^\W_]+")
# Between a figure and a word it belongs to: no stop of a clause.
CLAUSE_STOP = re.compile(r"[,;:.](?!\d)")
# What stands in brackets between them is an aside ("tonnes a year (Mt/y) by 2027").
ASIDE = re.compile(r"\([^()]*\)")
# How many unknown words ("of good quality coal") may stand between a figure and what it is a figure of.
UNKNOWN_WORDS = 2
LONGEST_ATTACHMENT = 60


class Owned(NamedTuple):
    """A dimension of a figure: the mention it comes from and where that stands.

    ``source`` is ``clause`` (in the figure's own stretch), ``sentence`` or "" where there is none.
    """

    mention: Mention | None
    source: str


NOTHING = Owned(None, "")


@dataclass(frozen=True, slots=True)
class Rule:
    """How figures come to own the mentions of one dimension.

    Attributes
    ----------
    fits : callable
        Whether a mention can be a figure's.
    before_first : callable
        Whether what stands before a figure goes before what is tied to it from behind.
    narrow : callable
        Whether a figure looks no further than its own stretch.
    inherits : callable
        Whether a figure may take what the figure before it took.
    """

    fits: Callable[[Place, Mention], bool] = lambda place, mention: True
    before_first: Callable[[Place], bool] = lambda place: False
    narrow: Callable[[Place], bool] = lambda place: False
    inherits: Callable[[Place, Place], bool] = lambda before, place: True


@dataclass(slots=True)
class Owner:
    """Gives figures the mentions they belong to.

    Attributes
    ----------
    text : Text
        The article.
    links : frozenset of str
        Words that tie a figure to what follows it ("of", "worth").
    breaks : frozenset of str
        Words that part a figure from what follows ("and", "while").
    sizes : frozenset of str
        Words that tie what is named to the figure that follows it ("a production of").
    passes : list of Mention
        What may stand between a figure and its word without parting them ("9 percent rise in its coal output").
    is_verb : callable
        Whether a word in lower case is a verb.
    """

    text: Text
    links: frozenset[str]
    breaks: frozenset[str]
    sizes: frozenset[str]
    passes: Sequence[Mention] = field(default_factory=list)
    is_verb: Callable[[str], bool] = lambda word: False

    def own(self, figures: Sequence[Place], found: Sequence[Mention], rule: Rule) -> list[Owned]:
        """Return what each figure of a sentence owns of the mentions of one dimension."""
        owned: list[Owned] = []
        for k, place in enumerate(figures):
            last = owned[-1].mention if owned and rule.inherits(figures[k - 1], place) else None
            last = last if last and rule.fits(place, last) else None
            if last is not None and place.again:
                owned.append(Owned(last, owned[-1].source))
                continue
            fitting = [mention for mention in found if rule.fits(place, mention)]
            owned.append(self.own_one(place, fitting, last if last and last.start < place.start else None, rule))
        return owned

    def own_one(self, place: Place, fitting: Sequence[Mention], last: Mention | None, rule: Rule) -> Owned:
        """Return what one figure owns, given what the figure before it took.

        A figure takes what stands inside it, then what is tied to it from behind, then the nearest
        before it in its own stretch (the other way round where ``before_first`` says so), then what the
        figure before it took, then what follows, then what the rest of the sentence says; where ``narrow``
        says so, nothing beyond its own stretch. Weak mentions come after all that.
        """
        strong = [mention for mention in fitting if mention.note != WEAK]
        before_first = rule.before_first(place)
        if near := self.nearby(place, strong, before_first):
            return Owned(near, "clause")
        if last is not None and last.note != WEAK:
            return Owned(last, "sentence")
        weak = self.nearby(place, fitting, before_first)
        if rule.narrow(place):
            return Owned(weak, "clause") if weak else NOTHING
        if near := self.following(place, strong) or weak:
            return Owned(near, "clause")
        far = last or self.elsewhere(place, strong) or self.elsewhere(place, fitting)
        return Owned(far, "sentence") if far else NOTHING

    def nearby(self, place: Place, fitting: Sequence[Mention], before_first: bool) -> Mention | None:
        """Return the mention inside a figure, tied to it from behind, or nearest before it in its own stretch."""
        for mention in fitting:
            if place.start <= mention.start < place.end:
                return mention
        tied = self.tied(place, fitting)
        stretch = [mention for mention in fitting if place.left <= mention.start and mention.end <= place.start]
        before = stretch[-1] if stretch else None
        if tied is not None and before is not None and (self.leads_on(tied, place) or self.is_purpose(tied, place)):
            return before
        return (before or tied) if before_first else (tied or before)

    def leads_on(self, tied: Mention, place: Place) -> bool:
        """Return whether a mention behind a figure is the next figure's: "out of a production of 17 million tons"."""
        gap = self.text.folded[tied.end : place.right]
        return gap == " " or gap.strip(" ") in self.sizes

    def is_purpose(self, tied: Mention, place: Place) -> bool:
        """Return whether a mention behind a figure is what it is for: "5,75 persen untuk menjaga inflasi"."""
        words = WORD.findall(self.text.folded, place.end, tied.start)
        return any(first in self.links and self.is_verb(second) for first, second in pairwise(words))

    def tied(self, place: Place, fitting: Sequence[Mention]) -> Mention | None:
        """Return the mention that link words tie to a figure's end: "of coal", "drop in exports"."""
        for mention in fitting:
            if mention.start >= place.end and mention.end <= place.right and self.is_tied(place.end, mention.start):
                return mention
        return None

    def is_tied(self, end: int, start: int) -> bool:
        """Return whether nothing but link words, passing mentions and a word or two stand between."""
        gap = self.text.folded[end:start]
        if len(gap) > LONGEST_ATTACHMENT or CLAUSE_STOP.search(gap):
            return False
        words = [match for match in WORD.finditer(self.text.folded, end, start) if not self.is_passed(match.span())]
        unknown = [match for match in words if match[0] not in self.links]
        if any(match[0] in self.breaks for match in unknown):
            return False
        return not words or (words[0][0] in self.links and len(unknown) <= UNKNOWN_WORDS) or not unknown

    def is_adjacent(self, end: int, start: int) -> bool:
        """Return whether nothing but link words stand between two places."""
        gap = self.text.folded[end:start]
        return not CLAUSE_STOP.search(gap) and all(word in self.links for word in WORD.findall(gap))

    def is_parted(self, end: int, start: int) -> bool:
        """Return whether a stop or a word of a clause stands between two places."""
        gap = self.text.folded[end:start]
        return CLAUSE_STOP.search(gap) is not None or not self.breaks.isdisjoint(WORD.findall(gap))

    def is_passed(self, span: tuple[int, int]) -> bool:
        """Return whether a word is part of a mention that may stand between."""
        return any(mention.start <= span[0] and span[1] <= mention.end for mention in self.passes)

    def following(self, place: Place, fitting: Sequence[Mention]) -> Mention | None:
        """Return the first mention after a figure in its own stretch, if no stop of a clause parts them."""
        behind = (mention for mention in fitting if place.end <= mention.start and mention.end <= place.right)
        mention = next(behind, None)
        stopped = mention is not None and CLAUSE_STOP.search(self.text.folded, place.end, mention.start)
        return None if stopped else mention

    @staticmethod
    def elsewhere(place: Place, fitting: Sequence[Mention]) -> Mention | None:
        """Return the nearest mention in the sentence: before the figure, else after it."""
        before = [mention for mention in fitting if mention.end <= place.start]
        return before[-1] if before else next((mention for mention in fitting if mention.start >= place.end), None)
