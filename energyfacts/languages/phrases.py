"""Longest-match look-up of phrases in a text: the one way every room finds the surfaces of a pack."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from energyfacts.text import LETTER, TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from energyfacts.text import Text

T = TypeVar("T")
Found = TypeVar("Found", bound="Spanning")


class Spanning(Protocol):
    """What has a start and an end in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character behind its last."""


class Match(NamedTuple, Generic[T]):
    """A phrase found in a text: its characters and what the pack says of it."""

    start: int
    end: int
    value: T


class Entry(NamedTuple, Generic[T]):
    """A surface; whether it matches only as it is written; and what the pack says of it."""

    surface: str
    exact: bool
    value: T


class Beginning(Generic[T]):
    """The surfaces that begin with one word or sign, told apart by what stands right behind it.

    Parameters
    ----------
    word : str
        The word.
    entries : list of Entry
        Its surfaces, the longest first.
    """

    __slots__ = ("alone", "length", "rests", "sizes")

    def __init__(self, word: str, entries: list[Entry[T]]) -> None:
        self.length = len(word)
        self.alone = [entry for entry in entries if len(entry.surface) == len(word)]
        self.rests = grouped(entries, lambda surface: surface[len(word) : len(word) + NEAR])
        self.sizes = sorted({len(rest) for rest in self.rests}, reverse=True)

    def longest(self, text: Text, position: int) -> Match[T] | None:
        """Return the longest of the surfaces where their first word stands, or None."""
        behind = position + self.length
        for size in self.sizes:
            for surface, exact, value in self.rests.get(text.folded[behind : behind + size], ()):
                source, end = text.original if exact else text.folded, position + len(surface)
                if source.startswith(surface, position) and not runs_on(surface[-1], source[end : end + 1]):
                    return Match(position, end, value)
        for surface, exact, value in self.alone:
            if not exact or text.original.startswith(surface, position):
                return Match(position, behind, value)
        return None


class Ending(Generic[T]):
    """The surfaces that end with one word or sign, told apart by what stands right before it: see `Beginning`."""

    __slots__ = ("alone", "leads", "length", "sizes")

    def __init__(self, word: str, entries: list[Entry[T]]) -> None:
        self.length = len(word)
        self.alone = [entry for entry in entries if len(entry.surface) == len(word)]
        self.leads = grouped(entries, lambda surface: surface[: -len(word)][-NEAR:])
        self.sizes = sorted({len(lead) for lead in self.leads}, reverse=True)

    def longest(self, text: Text, position: int, floor: int) -> Match[T] | None:
        """Return the longest of the surfaces whose last word ends at a character, none from before ``floor``."""
        last = position - self.length
        for size in self.sizes:
            for surface, exact, value in self.leads.get(text.folded[last - size : last], ()):
                source, start = text.original if exact else text.folded, position - len(surface)
                reaches = start >= floor and source.startswith(surface, start)
                if reaches and not runs_on(surface[0], source[start - 1 : start]):
                    return Match(start, position, value)
        for surface, exact, value in self.alone if last >= floor else ():
            if not exact or text.original.startswith(surface, last):
                return Match(last, position, value)
        return None


def grouped(entries: list[Entry[T]], near: Callable[[str], str]) -> dict[str, list[Entry[T]]]:
    """Return surfaces of more than a word by what stands beside it, in the order they come in."""
    found: dict[str, list[Entry[T]]] = {}
    for entry in entries:
        if beside := near(entry.surface.lower()):
            found.setdefault(beside, []).append(entry)
    return found


class Inside(Generic[T]):
    """The surfaces that hold one word behind their first, told apart by what stands right before it."""

    __slots__ = ("leads",)

    def __init__(self) -> None:
        self.leads: dict[str, list[tuple[int, Entry[T]]]] = defaultdict(list)

    def add(self, offset: int, entry: Entry[T]) -> None:
        """Add a surface in which the word begins at a character."""
        lead = entry.surface.lower()[max(0, offset - NEAR) : offset]
        self.leads[lead if len(lead) == NEAR else ""].append((offset, entry))

    def matches(self, text: Text, position: int) -> Iterator[Match[T]]:
        """Yield the surfaces around a place where the word stands."""
        leads = self.leads
        for near in (leads.get(text.folded[position - NEAR : position]), leads.get("")):
            for offset, (surface, exact, value) in near or ():
                source, start = text.original if exact else text.folded, position - offset
                end = start + len(surface)
                if start < 0 or not source.startswith(surface, start):
                    continue
                if not runs_on(surface[0], source[start - 1 : start]) and not runs_on(
                    surface[-1], source[end : end + 1]
                ):
                    yield Match(start, end, value)


# So many matches have an order.
MANY = 2
# By so many characters beside a word surfaces are told apart: the space and a letter.
NEAR = 2


def by_length(entries: list[Entry[T]]) -> list[Entry[T]]:
    """Return surfaces with the longest first, of two alike the one that is matched as it is written."""
    return sorted(entries, key=lambda entry: (-len(entry.surface), not entry.exact))


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
        named = (Entry(surface, exact or surface != surface.lower(), value) for surface, value in rows)
        self.entries = by_length([entry for entry in named if TOKEN.search(entry.surface)])

    # Each index is made when it is first asked: most tables are only ever looked up in one way.

    @cached_property
    def by_first(self) -> dict[str, Beginning[T]]:
        """The surfaces by their first word or sign."""
        found: dict[str, list[Entry[T]]] = defaultdict(list)
        for entry in self.entries:
            found[TOKEN.findall(entry.surface.lower())[0]].append(entry)
        return {word: Beginning(word, entries) for word, entries in found.items()}

    @cached_property
    def by_last(self) -> dict[str, Ending[T]]:
        """The surfaces by their last word or sign."""
        found: dict[str, list[Entry[T]]] = defaultdict(list)
        for entry in self.entries:
            found[TOKEN.findall(entry.surface.lower())[-1]].append(entry)
        return {word: Ending(word, entries) for word, entries in found.items()}

    @cached_property
    def by_rarest(self) -> Rarest[T]:
        """The surfaces by their rarest word."""
        return Rarest(self.entries)

    def __bool__(self) -> bool:
        """Return whether there is any surface."""
        return bool(self.entries)

    def at(self, text: Text, position: int) -> Match[T] | None:
        """Return the longest phrase that begins at a character, or None."""
        beginning = self.by_first.get(text.tokens_at[position])
        return None if beginning is None else beginning.longest(text, position)

    def before(self, text: Text, position: int, floor: int = 0) -> Match[T] | None:
        """Return the longest phrase that ends at a character, or None."""
        ending = self.by_last.get(text.tokens_before[position])
        return None if ending is None else ending.longest(text, position, floor)

    def find(self, text: Text, start: int = 0, end: int | None = None) -> list[Match[T]]:
        """Return the phrases of a stretch of text from left to right, longest first, none inside another."""
        return between(text.kept(every_phrase, self), start, len(text) if end is None else end)


def between(found: list[Found], start: int, stop: int) -> list[Found]:
    """Return of what was found at each place of a text that which lies in a stretch, none inside another.

    Examples
    --------
    >>> between([Match(0, 3, "oil"), Match(5, 14, "crude oil"), Match(11, 14, "oil")], 4, 20)
    [Match(start=5, end=14, value='crude oil')]
    """
    inside: list[Found] = []
    reached = start
    # A tuple of the start alone sorts before all that begin there.
    for match in found[bisect_left(found, (start,)) : bisect_left(found, (stop,))]:  # type: ignore[type-var]
        if match.start >= reached and match.end <= stop:
            inside.append(match)
            reached = match.end
    return inside


def every_phrase(text: Text, phrases: Phrases[T]) -> list[Match[T]]:
    """Return the longest phrase at each place of a text where one begins, also inside another."""
    return phrases.by_rarest.find(text)


class Rarest(Generic[T]):
    """Surfaces by their rarest word, for looking through a whole text.

    A text has few of the long words and many of "in", "of", "the", so the longest word is taken for the rarest.

    Parameters
    ----------
    entries : list of Entry
        The surfaces, the longest first.
    """

    def __init__(self, entries: list[Entry[T]]) -> None:
        first: dict[str, list[Entry[T]]] = defaultdict(list)
        inside: dict[str, Inside[T]] = defaultdict(Inside)
        for entry in entries:
            tokens = [(-len(match[0]), match.start(), match[0]) for match in TOKEN.finditer(entry.surface.lower())]
            words = [token for token in tokens if LETTER.match(token[2])]
            _, offset, word = min(words or tokens[:1])
            if offset:
                inside[word].add(offset, entry)
            else:
                first[word].append(entry)
        self.beginning = {word: Beginning(word, surfaces) for word, surfaces in first.items()}
        self.inside = dict(inside)
        # Sets meet a text's words in a third of the time that the keys of a dict take.
        self.first_words, self.inner_words = frozenset(self.beginning), frozenset(self.inside)
        self.signs = [word for word in self.beginning if not LETTER.match(word)]

    def find(self, text: Text) -> list[Match[T]]:
        """Return the longest surface at each place of a text where one begins, in order."""
        found: list[Match[T]] = []
        for word in self.first_words & text.vocabulary:
            longest = self.beginning[word].longest
            found += [match for place in text.places[word] if (match := longest(text, place)) is not None]
        for word in self.inner_words & text.vocabulary:
            for place in text.places[word]:
                found += self.inside[word].matches(text, place)
        for sign in self.signs:
            longest = self.beginning[sign].longest
            found += [match for place in sign_places(text, sign) if (match := longest(text, place)) is not None]
        if len(found) < MANY:
            return found
        found.sort(key=by_start)
        return [match for k, match in enumerate(found) if not k or found[k - 1].start != match.start]


def by_start(match: Match[Any]) -> tuple[int, int]:
    """Return what sorts matches by their start, the longest first."""
    return match.start, -match.end


def sign_places(text: Text, sign: str) -> Iterator[int]:
    """Yield where a sign or a run of digits stands."""
    place = text.folded.find(sign)
    while place >= 0:
        if text.tokens_at[place] == sign and not runs_on(sign, text.folded[place - 1 : place]):
            yield place
        place = text.folded.find(sign, place + 1)


def runs_on(edge: str, neighbour: str) -> bool:
    """Return whether the character beside a phrase belongs to its word: a letter to letters, a digit to digits."""
    return (edge.isalpha() and neighbour.isalpha()) or (edge.isdecimal() and neighbour.isdecimal())
