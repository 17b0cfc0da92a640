"""Finding the mentions of dates and stretches of time in a text, in one pass over the places where one may begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from energyfacts.digits import runs_of_digits
from energyfacts.languages.phrases import every_phrase
from energyfacts.periods.mentions import READERS, Mention
from energyfacts.periods.patterns import KINDS_AT, PLAIN_YEAR, CalendarWords

if TYPE_CHECKING:
    import re

    from energyfacts.text import Text


def all_mentions(text: Text, words: CalendarWords) -> list[Mention]:
    """Return the mentions of a text from left to right, none inside another: ``text.kept(all_mentions, words)``.

    Where the longest expression at a place is none after all ("may 20" of a verb), the shorter ones are tried, then
    what is inside it.
    """
    folded, found, reached = text.folded, [], 0
    for place, kinds in places(text, words):
        if place < reached:
            continue
        if kinds:
            mention = read_at(text, words, kinds, place)
        elif (match := words.digits.match(folded, place)) is None:
            continue
        elif match.lastgroup == PLAIN_YEAR:
            mention = plain_year(match)
        else:
            mention = read_at(text, words, KINDS_AT[match.lastgroup or ""], place)
        if mention is not None:
            found.append(mention)
            reached = mention.end
    return found


def places(text: Text, words: CalendarWords) -> list[tuple[int, tuple[str, ...]]]:
    """Return where a mention may begin: at some words, with the kinds it may be of, or at any run of digits."""
    found: list[tuple[int, tuple[str, ...]]] = [(run.start(), ()) for run in text.kept(runs_of_digits)]
    found += [(start, kinds) for start, _, kinds in every_phrase(text, words.leads)]
    found.sort()
    return found


def plain_year(match: re.Match[str]) -> Mention:
    """Return a year with nothing beside it, the most frequent mention."""
    return Mention(match.start(), match.end(), "year", "year", int(match[0]))


def read_at(text: Text, words: CalendarWords, kinds: tuple[str, ...], position: int) -> Mention | None:
    """Return the first sensible reading of a place, of several kinds."""
    for each in kinds:
        match = words.kinds[each].match(text.folded, position)
        if match is not None:
            mention = READERS[each](match, text, words)
            if mention is not None:
                return mention
    return None
