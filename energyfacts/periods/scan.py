"""Finding the mentions of dates and stretches of time in a text, in one pass over the places where one may begin."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from energyfacts.periods.mentions import READERS, Mention
from energyfacts.periods.patterns import KINDS_AT, PLAIN_YEAR, CalendarWords, Scan

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from energyfacts.text import Text


def find_mentions(
    text: Text, words: CalendarWords, scan: Scan, start: int = 0, end: int | None = None
) -> Iterator[Mention]:
    """Yield the mentions of a stretch of text from left to right, none inside another.

    Where the longest expression at a place is none after all ("may 20" of a verb), the shorter ones are tried, then
    what is inside it.
    """
    folded, pattern = text.folded, scan.pattern
    stop = len(folded) if end is None else end
    reached = start
    places = text.kept(places_of, scan)
    for place in places[bisect_left(places, start) :] if start else places:
        if place >= stop:
            return
        if place < reached:
            continue
        match = pattern.match(folded, place, stop)
        if match is not None:
            found = match.lastgroup or ""
            if found == PLAIN_YEAR:
                mention = plain_year(match)
            else:
                mention = read_at(text, words, KINDS_AT[found], place, stop)
            if mention is not None:
                yield mention
                reached = mention.end


def plain_year(match: re.Match[str]) -> Mention:
    """Return a year with nothing beside it, the most frequent mention."""
    return Mention(match.start(), match.end(), "year", "year", int(match[0]))


def places_of(text: Text, scan: Scan) -> list[int]:
    """Return where a mention may begin: at a run of digits or at one of the words, in order."""
    found = text.where(scan.words & text.vocabulary)
    return sorted(text.digit_starts + found) if found else text.digit_starts


def read_at(text: Text, words: CalendarWords, kinds: tuple[str, ...], position: int, stop: int) -> Mention | None:
    """Return the first sensible reading of a place, of several kinds."""
    for each in kinds:
        match = words.kinds[each].match(text.folded, position, stop)
        if match is not None:
            mention = READERS[each](match, text, words)
            if mention is not None:
                return mention
    return None
