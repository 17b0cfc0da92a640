"""A figure's place in its sentence, and which of the words around belong to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.dimensions.mentions import WEAK, Mention

if TYPE_CHECKING:
    from energyfacts.quantities import Quantity
    from energyfacts.text import Text

WORD = re.compile(r"[^\W_]+")
# Between a figure and a word it belongs to: no stop of a clause.
CLAUSE_STOP = re.compile(r"[,;:.](?!\d)")
# What stands in brackets between them is an aside ("barrels per day (mb/d) by 2025").
ASIDE = re.compile(r"\([^()]*\)")
# How many unknown words ("of good quality coal") may stand between a figure and what it is a figure of.
UNKNOWN_WORDS = 2
LONGEST_ATTACHMENT = 60


@dataclass(slots=True)
class Place:
    """A figure in its sentence.

    Attributes
    ----------
    quantity : Quantity
        The figure.
    left, right : int
        Where its own stretch of the sentence begins (after the figure before it) and ends (before the next).
    sentence : tuple of int
        The sentence's characters.
    """

    quantity: Quantity
    left: int
    right: int
    sentence: tuple[int, int]

    @property
    def start(self) -> int:
        """Where the figure begins."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """Where the figure ends."""
        return self.quantity.end


class Owned(NamedTuple):
    """A dimension of a figure: the mention it comes from and where that stands.

    ``source`` is ``clause`` (in the figure's own stretch), ``sentence`` or "" where there is none.
    """

    mention: Mention | None
    source: str


NOTHING = Owned(None, "")


def places(quantities: Sequence[Quantity], sentence: tuple[int, int]) -> list[Place]:
    """Return the figures of a sentence with the stretch of it that is each one's own: from the figure before to the next."""
    ends = [sentence[0], *(quantity.end for quantity in quantities)]
    starts = [*(quantity.start for quantity in quantities), sentence[1]]
    return [Place(quantity, ends[k], starts[k + 1], sentence) for k, quantity in enumerate(quantities)]


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
    passes : list of Mention
        What may stand between a figure and its word without parting them ("6 percent rise in its CPO production").
    """

    text: Text
    links: frozenset[str]
    breaks: frozenset[str]
    passes: Sequence[Mention] = field(default_factory=list)

    def own(
        self,
        figures: Sequence[Place],
        found: Sequence[Mention],
        fits: Callable[[Place, Mention], bool],
        before_first: Callable[[Place], bool] = lambda place: False,
        narrow: Callable[[Place], bool] = lambda place: False,
        inherits: Callable[[Place, Place], bool] = lambda before, place: True,
    ) -> list[Owned]:
        """Return what each figure of a sentence owns of the mentions of one dimension.

        A figure takes what stands inside it, then what is tied to it from behind, then the nearest
        before it in its own stretch (the other way round where ``before_first`` says so), then what the
        figure before it took (where ``inherits`` lets it), then what follows, then what the rest of the
        sentence says; where ``narrow`` says so, nothing beyond its own stretch. Weak mentions come after
        all that.
        """
        owned: list[Owned] = []
        for k, place in enumerate(figures):
            fitting = [mention for mention in found if fits(place, mention)]
            strong = [mention for mention in fitting if mention.note != WEAK]
            last = owned[-1].mention if owned and inherits(figures[k - 1], place) else None
            if near := self.nearby(place, strong, before_first(place)):
                owned.append(Owned(near, "clause"))
            elif last is not None and last.note != WEAK and fits(place, last):
                owned.append(Owned(last, "sentence"))
            elif narrow(place):
                weak = self.nearby(place, fitting, before_first(place))
                owned.append(Owned(weak, "clause") if weak else NOTHING)
            elif near := self.nearby(place, fitting, before_first(place)) or self.following(place, strong):
                owned.append(Owned(near, "clause"))
            elif last is not None and fits(place, last):
                owned.append(Owned(last, "sentence"))
            elif far := self.elsewhere(place, strong) or self.elsewhere(place, fitting):
                owned.append(Owned(far, "sentence"))
            else:
                owned.append(NOTHING)
        return owned

    def nearby(self, place: Place, fitting: Sequence[Mention], before_first: bool) -> Mention | None:
        """Return the mention inside a figure, tied to it from behind, or nearest before it in its own stretch."""
        for mention in fitting:
            if place.start <= mention.start and mention.end <= place.end:
                return mention
        tied = self.tied(place, fitting)
        stretch = [mention for mention in fitting if place.left <= mention.start and mention.end <= place.start]
        before = stretch[-1] if stretch else None
        return (before or tied) if before_first else (tied or before)

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

    def is_passed(self, span: tuple[int, int]) -> bool:
        """Return whether a word is part of a mention that may stand between."""
        return any(mention.start <= span[0] and span[1] <= mention.end for mention in self.passes)

    @staticmethod
    def following(place: Place, fitting: Sequence[Mention]) -> Mention | None:
        """Return the first mention after a figure in its own stretch."""
        return next((mention for mention in fitting if place.end <= mention.start and mention.end <= place.right), None)

    @staticmethod
    def elsewhere(place: Place, fitting: Sequence[Mention]) -> Mention | None:
        """Return the nearest mention in the sentence: before the figure, else after it."""
        before = [mention for mention in fitting if mention.end <= place.start]
        return before[-1] if before else next((mention for mention in fitting if mention.start >= place.end), None)
