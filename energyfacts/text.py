"""A text made plain for reading, character for character, so that every place in it stays where it was."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

NON_ASCII = re.compile(r"[^\x00-\x7f]")
# A line that goes on in lower case is one sentence broken by a page's width, not a new paragraph.
WRAPPED_LINE = re.compile(r"(?<=[^\n])\n(?=[a-z])")
SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
SIGNS = {"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2018": "'", "\u2019": "'", "\u02bc": "'"}


def fold_character(character: str) -> str:
    """Return the plain form of one character: always one character.

    Examples
    --------
    >>> fold_character("É"), fold_character("٣"), fold_character("\u2212")
    ('é', '3', '-')
    """
    if character in SPACES:
        return " "
    if character in SIGNS:
        return SIGNS[character]
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    lower = character.lower()
    return lower if len(lower) == 1 else lower[0]


def fold(text: str) -> str:
    r"""Return a text of the same length in lower case, with plain spaces, digits, dashes and quotes.

    Examples
    --------
    >>> fold("US$12\u202f000 \u2212 Rp\xa05")
    'us$12 000 - rp 5'
    """
    if not text.isascii():
        for character in set(NON_ASCII.findall(text)):
            plain = fold_character(character)
            if plain != character:
                text = text.replace(character, plain)
    elif "\t" in text:
        text = text.replace("\t", " ")
    if "\n" in text:
        text = WRAPPED_LINE.sub(" ", text)
    return text.lower()


# A word, or one sign that stands for itself ("$", "%").
TOKEN = re.compile(r"[^\W\d_]+|[^\s\w]|_|\d+")


def last_token(folded: str, position: int) -> str:
    """Return the word, run of digits or sign that ends at a character."""
    start = position - 1
    if start < 0:
        return ""
    if folded[start].isalpha():
        while start and folded[start - 1].isalpha():
            start -= 1
    elif folded[start].isdigit():
        while start and folded[start - 1].isdigit():
            start -= 1
    return folded[start:position]


class Stretch(NamedTuple):
    """A stretch of text split into words, runs of digits and signs, each with where it begins."""

    start: int
    stop: int
    starts: list[int]
    tokens: list[str]


class Text:
    """A text, as written and folded; both have the same characters at the same places.

    Parameters
    ----------
    original : str
        Any text.

    Examples
    --------
    >>> Text("Rp 5").folded
    'rp 5'
    """

    __slots__ = ("_stretch", "_tokens_at", "_tokens_before", "folded", "original")

    def __init__(self, original: str) -> None:
        self.original = original
        self.folded = fold(original)
        # Many tables are asked at one place, so the word there is found once.
        self._tokens_at: dict[int, str] = {}
        self._tokens_before: dict[int, str] = {}
        self._stretch = Stretch(0, 0, [], [])

    def __len__(self) -> int:
        """Return how many characters there are."""
        return len(self.folded)

    def tokens(self, start: int, stop: int) -> Iterator[tuple[int, str]]:
        """Return where each word, run of digits and sign of a stretch begins, and what it is.

        Many tables are looked for in one sentence, so the stretch last split is kept.
        """
        kept = self._stretch
        if not (kept.start <= start and stop <= kept.stop):
            found = [(match.start(), match[0]) for match in TOKEN.finditer(self.folded, start, stop)]
            kept = self._stretch = Stretch(start, stop, [at for at, _ in found], [token for _, token in found])
        first, last = bisect_left(kept.starts, start), bisect_left(kept.starts, stop)
        return zip(kept.starts[first:last], kept.tokens[first:last], strict=True)

    def token_at(self, position: int) -> str:
        """Return the word, run of digits or sign that begins at a character; "" for a space or the end."""
        token = self._tokens_at.get(position)
        if token is None:
            match = TOKEN.match(self.folded, position)
            token = self._tokens_at[position] = match[0] if match is not None else ""
        return token

    def token_before(self, position: int) -> str:
        """Return the word, run of digits or sign that ends at a character; "" at the start."""
        token = self._tokens_before.get(position)
        if token is None:
            token = self._tokens_before[position] = last_token(self.folded, position)
        return token

    def line_start(self, position: int, furthest: int) -> int:
        r"""Return where the words before a place begin: in its line, at most so many characters back, at a whole word.

        Examples
        --------
        >>> text = Text("Output rose\n\nExports of coal fell")
        >>> text.line_start(28, 100), text.line_start(28, 12)
        (13, 21)
        """
        first = max(0, position - furthest)
        line = self.folded.rfind("\n", first, position) + 1
        if line or not first:
            return line
        while first < position and self.folded[first - 1].isalpha():
            first += 1
        return first


# A full stop, question or exclamation mark ends a sentence before a space and no small letter; so does a new line.
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]*(?:[^\W_a-zà-ÿ]|[$€£¥]))|\n+")
# An initial or a dotted abbreviation: its full stop shortens a word.
INITIAL = re.compile(r"(?:(?<![^\W_])[A-Z]|\.[a-zA-Z])\Z")
LAST_WORD = re.compile(r"[^\W\d_]+\Z")


def split_sentences(text: Text, abbreviations: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    """Return the sentences of a text as (start, end), without the spaces around them.

    Parameters
    ----------
    text : Text
        The text.
    abbreviations : frozenset of str
        Words, in lower case, whose full stop ends no sentence ("mr", "no").

    Examples
    --------
    >>> text = Text("Output rose to 2.08 mb/d. Mr. Ali of the U.S. Senate said so.")
    >>> [text.original[start:end] for start, end in split_sentences(text, frozenset({"mr"}))]
    ['Output rose to 2.08 mb/d.', 'Mr. Ali of the U.S. Senate said so.']
    """
    original, spans, start = text.original, [], 0
    for match in SENTENCE_END.finditer(original):
        first = match[0][0]
        if first == "\n" and "\n" not in text.folded[match.start() : match.end()]:
            continue
        if first == "." and shortens(original, match.start(), abbreviations):
            continue
        spans.append(trimmed(original, start, match.end()))
        start = match.end()
    spans.append(trimmed(original, start, len(original)))
    return [span for span in spans if span[0] < span[1]]


def shortens(original: str, stop: int, abbreviations: frozenset[str]) -> bool:
    """Return whether the full stop at ``stop`` shortens a word ("Mr.", "U.S.", "No.")."""
    near = original[max(0, stop - 12) : stop]
    if INITIAL.search(near):
        return True
    word = LAST_WORD.search(near)
    return word is not None and word[0].lower() in abbreviations


def trimmed(original: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without the white space at its ends."""
    while start < end and original[start].isspace():
        start += 1
    while end > start and original[end - 1].isspace():
        end -= 1
    return start, end
