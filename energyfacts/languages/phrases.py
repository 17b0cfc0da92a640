"""Longest-match look-up of phrases in a text: the one way every room finds the surfaces of a pack."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from energyfacts.text import TOKEN

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
        self._by_first: dict[str, list[tuple[str, bool, T]]] = defaultdict(list)
        self._by_last: dict[str, list[tuple[str, bool, T]]] = defaultdict(list)
        for surface, value in rows:
            tokens = TOKEN.findall(surface.lower())
            if not tokens:
                continue
            entry = (surface, exact or surface != surface.lower(), value)
            self._by_first[tokens[0]].append(entry)
            self._by_last[tokens[-1]].append(entry)
        for index in (self._by_first, self._by_last):
            for entries in index.values():
                entries.sort(key=lambda entry: (-len(entry[0]), not entry[1]))

    def __bool__(self) -> bool:
        """Return whether there is any surface."""
        return bool(self._by_first)

    def at(self, text: Text, position: int) -> Match[T] | None:
        """Return the longest phrase that begins at a character, or None."""
        entries = self._by_first.get(text.token_at(position))
        return None if entries is None else self._begin(text, position, entries)

    @staticmethod
    def _begin(text: Text, position: int, entries: list[tuple[str, bool, T]]) -> Match[T] | None:
        """Return the first of some phrases, longest first, that begins at a character."""
        for surface, exact, value in entries:
            source = text.original if exact else text.folded
            if source.startswith(surface, position):
                end = position + len(surface)
                if not runs_on(surface[-1], source[end : end + 1]):
                    return Match(position, end, value)
        return None

    def before(self, text: Text, position: int, floor: int = 0) -> Match[T] | None:
        """Return the longest phrase that ends at a character, or None."""
        entries = self._by_last.get(text.token_before(position))
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
        stop = len(text.folded) if end is None else end
        position = start
        by_first = self._by_first
        for at, token in text.tokens(start, stop):
            if token not in by_first or at < position:
                continue
            match = self._begin(text, at, by_first[token])
            if match is not None and match.end <= stop:
                position = match.end
                yield match


def runs_on(edge: str, neighbour: str) -> bool:
    """Return whether the character beside a phrase belongs to its word: a letter to letters, a digit to digits."""
    return (edge.isalpha() and neighbour.isalpha()) or (edge.isdigit() and neighbour.isdigit())
