"""Longest-match look-up of phrases in a text: the one way every room finds the surfaces of a pack."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from energyfacts.text import LETTER, TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from energyfacts.text import Text

T = TypeVar("T")


class Match(NamedTuple, Generic[T]):
    """A phrase found in a text: its characters and what the pack says of it."""

    start: int
    end: int
    value: T


class Phrases(Generic[T]):
    """A table of surfaces, each with a value.

    A surface in lower case matches in any case; one that holds a capital matches only as it is
    written, because there the case is the meaning ("US" and "us", "M" and "m").

    Parameters
    ----------
    rows : iterable of (str, T)
        Surface and value. Of two surfaces that match at one place the longer wins.
    exact : bool, default False
        Whether a surface in lower case, too, matches only as it is written.

    Examples
    --------
    >>> from energyfacts.text import Text
    >>> units = Phrases([("barrels", "bbl"), ("barrels of oil equivalent", "boe"), ("MW", "MW")])
    >>> units.at(Text("3 Barrels of oil"), 2)
    Match(start=2, end=9, value='bbl')
    >>> units.at(Text("3 mw"), 2) is None
    True
    """

    def __init__(self, rows: Iterable[tuple[str, T]], exact: bool = False) -> None:
        self.by_first: dict[str, list[tuple[str, bool, T]]] = defaultdict(list)
        self.by_last: dict[str, list[tuple[str, bool, T]]] = defaultdict(list)
        for surface, value in rows:
            tokens = TOKEN.findall(surface.lower())
            if not tokens:
                continue
            entry = (surface, exact or surface != surface.lower(), value)
            self.by_first[tokens[0]].append(entry)
            self.by_last[tokens[-1]].append(entry)
        for index in (self.by_first, self.by_last):
            index.default_factory = None
            for entries in index.values():
                entries.sort(key=lambda entry: (-len(entry[0]), not entry[1]))
        self.first_signs = [token for token in self.by_first if not LETTER.match(token)]

    def __bool__(self) -> bool:
        """Return whether there is any surface."""
        return bool(self.by_first)

    def at(self, text: Text, position: int) -> Match[T] | None:
        """Return the longest phrase that begins at a character, or None."""
        entries = self.by_first.get(text.tokens_at[position])
        return None if entries is None else begin(text, position, entries)

    def before(self, text: Text, position: int, floor: int = 0) -> Match[T] | None:
        """Return the longest phrase that ends at a character, or None."""
        entries = self.by_last.get(text.tokens_before[position])
        if entries is None:
            return None
        for surface, exact, value in entries:
            source = text.original if exact else text.folded
            start = position - len(surface)
            if (
                start >= floor
                and source.startswith(surface, start)
                and not runs_on(surface[0], source[start - 1 : start])
            ):
                return Match(start, position, value)
        return None

    def find(self, text: Text, start: int = 0, end: int | None = None) -> Iterator[Match[T]]:
        """Yield the phrases of a stretch of text from left to right, longest first, none inside another."""
        found = text.kept(every_phrase, self)
        if not found:
            return
        stop = len(text.folded) if end is None else end
        position = start
        for k in range(bisect_left(found, start, key=START), len(found)):
            match = found[k]
            if match.start >= stop:
                return
            if match.start >= position and match.end <= stop:
                position = match.end
                yield match


START = attrgetter("start")


def begin(text: Text, position: int, entries: list[tuple[str, bool, T]]) -> Match[T] | None:
    """Return the first of some phrases, longest first, that begins at a character."""
    for surface, exact, value in entries:
        source = text.original if exact else text.folded
        if source.startswith(surface, position):
            end = position + len(surface)
            if not runs_on(surface[-1], source[end : end + 1]):
                return Match(position, end, value)
    return None


def every_phrase(text: Text, phrases: Phrases[T]) -> list[Match[T]]:
    """Return the longest phrase at each place of a text where one begins, also inside another."""
    by_first = phrases.by_first
    places = text.where(by_first.keys() & text.vocabulary)
    for sign in phrases.first_signs:
        place = text.folded.find(sign)
        while place >= 0:
            if text.tokens_at[place] == sign and not runs_on(sign, text.folded[place - 1 : place]):
                places.append(place)
            place = text.folded.find(sign, place + 1)
    if phrases.first_signs:
        places.sort()
    matches = (begin(text, place, by_first[text.tokens_at[place]]) for place in places)
    return [match for match in matches if match is not None]


def runs_on(edge: str, neighbour: str) -> bool:
    """Return whether the character beside a phrase belongs to its word: a letter to letters, a digit to digits."""
    return (edge.isalpha() and neighbour.isalpha()) or (edge.isdigit() and neighbour.isdigit())
