"""Finding the mentions of dates and stretches of time in a text, in one pass of one expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from energyfacts.periods.mentions import READERS, Mention
from energyfacts.periods.patterns import KINDS_AT, CalendarWords

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from energyfacts.text import Text


def find_mentions(
    text: Text, words: CalendarWords, pattern: re.Pattern[str], start: int = 0, end: int | None = None
) -> Iterator[Mention]:
    """Yield the mentions of a stretch of text from left to right, none inside another.

    Where the longest expression at a place is none after all ("may 20" of a verb), the shorter ones are tried, then
    what is inside it.
    """
    stop = len(text.folded) if end is None else end
    reached = start
    for match in pattern.finditer(text.folded, start, stop):
        if match.start() < reached:
            continue
        mention = read_at(text, words, KINDS_AT[match.lastgroup or ""], match.start(), stop)
        if mention is not None:
            yield mention
            reached = mention.end
        position = mention.end if mention is not None else match.start() + 1
        # A shorter reading leaves characters that the one long match has passed over.
        if position < match.end():
            for inner in find_mentions(text, words, pattern, position, match.end()):
                yield inner
                reached = inner.end


def read_at(text: Text, words: CalendarWords, kinds: tuple[str, ...], position: int, stop: int) -> Mention | None:
    """Return the first sensible reading of a place, of several kinds."""
    for each in kinds:
        match = words.kinds[each].match(text.folded, position, stop)
        if match is not None:
            mention = READERS[each](match, text, words)
            if mention is not None:
                return mention
    return None
