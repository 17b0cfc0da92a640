"""A text made plain for reading, character for character, so that every place in it stays where it was."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

T = TypeVar("T")

NON_ASCII = re.compile(r"[^\x00-\x7f]")
# A line that goes on in lower case is one sentence broken by a page's width, not a new paragraph.
# (What begins with a plain character is looked for many times as fast as what begins with a condition.)
WRAPPED_LINE = re.compile(r"\n(?<=[^\n]\n)(?=[a-z])")
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
LETTER = re.compile(r"[^\W\d_]")
# What turns all that is no letter into spaces; signs outside ASCII are replaced one by one.
ASCII_SPACES = {code: " " for code in range(128) if not chr(code).isalpha()}


class TokensAt(dict[int, str]):
    """The word, run of digits or sign that begins at a character; "" for a space or the end.

    Many tables are asked at one place, so what stands there is found once.
    """

    __slots__ = ("folded",)

    def __init__(self, folded: str) -> None:
        self.folded = folded

    def __missing__(self, position: int) -> str:
        """Find what begins at a place, and keep it."""
        match = TOKEN.match(self.folded, position)
        token = self[position] = match[0] if match is not None else ""
        return token


class TokensBefore(dict[int, str]):
    """The word, run of digits or sign that ends at a character; "" for a space or the start."""

    __slots__ = ("backwards", "length")

    def __init__(self, folded: str) -> None:
        # Read from its end, a text is searched for what ends at a place as fast as for what begins there.
        self.backwards = folded[::-1]
        self.length = len(folded)

    def __missing__(self, position: int) -> str:
        """Find what ends at a place, and keep it."""
        match = TOKEN.match(self.backwards, self.length - position) if position > 0 else None
        token = self[position] = match[0][::-1] if match is not None else ""
        return token


class WordPlaces(dict[str, list[int]]):
    """Where a word begins in a text with a space for all that is no letter.

    Looking for the few words that are asked for takes a tenth of the time of splitting the text into words.
    """

    __slots__ = ("spaced",)

    def __init__(self, spaced: str) -> None:
        self.spaced = spaced

    def __missing__(self, word: str) -> list[int]:
        """Find a word, and keep where it is."""
        spaced, surface = self.spaced, f" {word} "
        found: list[int] = []
        step, place = len(word) + 1, self.spaced.find(surface)
        while place >= 0:
            found.append(place)
            place = spaced.find(surface, place + step)
        self[word] = found
        return found


class Text:
    """A text, as written and folded; both have the same characters at the same places.

    Parameters
    ----------
    original : str
        Any text.

    Attributes
    ----------
    original, folded : str
        As written; in lower case with plain signs.
    tokens_at, tokens_before : dict of int to str
        The word, run of digits or sign that begins, or ends, at a character.

    Examples
    --------
    >>> text = Text("Rp 5")
    >>> text.folded, text.tokens_at[0], text.tokens_before[4]
    ('rp 5', 'rp', '5')
    """

    def __init__(self, original: str) -> None:
        self.original = original
        self.folded = fold(original)
        self.tokens_at = TokensAt(self.folded)
        self._kept: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        """Return how many characters there are."""
        return len(self.folded)

    @cached_property
    def tokens_before(self) -> TokensBefore:
        """The word, run of digits or sign that ends at a character."""
        return TokensBefore(self.folded)

    @cached_property
    def backwards(self) -> str:
        """The text as written, but for breaks of lines in sentences, from its end."""
        return WRAPPED_LINE.sub(" ", self.original)[::-1]

    @cached_property
    def spaced(self) -> str:
        """The folded text with a space for all that is no letter, and one more at each end."""
        folded = self.folded
        if not folded.isascii():
            for sign in set(NON_ASCII.findall(folded)):
                if not LETTER.match(sign):
                    folded = folded.replace(sign, " ")
        return f" {folded.translate(ASCII_SPACES)} "

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the text, in lower case."""
        return frozenset(self.spaced.split())

    @cached_property
    def places(self) -> WordPlaces:
        """Where each word of the vocabulary begins, in order."""
        return WordPlaces(self.spaced)

    def where(self, words: Iterable[str]) -> list[int]:
        """Return where any of some words of the text's `vocabulary` begin, in order.

        Examples
        --------
        >>> text = Text("Two of three; two.")
        >>> text.where(text.vocabulary & {"one", "two"})
        [0, 14]
        """
        return sorted(chain.from_iterable(map(self.places.__getitem__, words)))

    def kept(self, make: Callable[..., T], *arguments: Hashable) -> T:
        """Return ``make(text, *arguments)``, made once for this text."""
        key = (make, arguments)
        if key not in self._kept:
            self._kept[key] = make(self, *arguments)
        return self._kept[key]  # type: ignore[no-any-return]

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
SENTENCE_END = re.compile(r"[.!?\n](?:(?<=\n)\n*|[\"'”’)\]]*(?=\s+[\"'“‘(\[]*(?:[^\W_a-zà-ÿ]|[$€£¥])))")
# So many characters no sentence of a newspaper has: what is longer is a list or made to be slow.
LONGEST_SENTENCE = 2000
# An initial or a dotted abbreviation: its full stop shortens a word.
INITIAL = re.compile(r"(?:(?<![^\W_])[A-Z]|\.[a-zA-Z])\Z")


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
    original, folded = text.original, text.folded
    known = abbreviations & text.vocabulary
    shortened = {place + len(word) for word in known for place in text.places[word]}
    ends = []
    for match in SENTENCE_END.finditer(original):
        sign, end = match.span()
        if original[sign] == "\n":
            # A line that breaks inside a sentence ends none.
            is_end = "\n" in folded[sign:end]
        else:
            is_end = original[sign] != "." or not (sign in shortened or ends_initial(text, sign))
        if is_end:
            ends.append(end)
    spans, start = [], 0
    for end in [*ends, len(original)]:
        sentence = original[start:end]
        first = start + len(sentence) - len(sentence.lstrip())
        if first < end:
            spans.append((first, start + len(sentence.rstrip())))
        start = end
    return spans


def ends_initial(text: Text, stop: int) -> bool:
    """Return whether the full stop at ``stop`` stands behind an initial ("J. Smith", "U.S.")."""
    before = text.folded[stop - 2 : stop - 1]
    return not before.isalnum() and INITIAL.search(text.original, max(0, stop - 2), stop) is not None
