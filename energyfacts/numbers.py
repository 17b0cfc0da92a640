"""Numbers in a text: digits in any convention, number words, scale words and fractions.

Nothing here knows what a number counts; ``quantities`` decides which of them are quantities.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from energyfacts.digits import (
    TAIL,
    VULGAR,
    VULGAR_SIGN,
    read_digits,
    read_tail,
    run_at,
    runs_of_digits,
)
from energyfacts.languages.pack import LEADING
from energyfacts.languages.phrases import Phrases
from energyfacts.number_words import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from energyfacts.languages import Pack
    from energyfacts.text import Text

SIGNS = ("-", "+")
SIGN = re.compile(r"(?:^|(?<=[\s(\[$€£]))[-+]\Z")
WORD = re.compile(r"[^\W\d_]+")
LAST_WORD = re.compile(r"([^\W\d_]+) \Z")


class Number(NamedTuple):
    """A number in a text.

    Attributes
    ----------
    start, end : int
        Its characters, with sign and scale word.
    value : float
        Scale included.
    mantissa : float
        Scale left out.
    scale : float
        1 without a scale word.
    other : float or None
        The value by the other reading of its one separator ("1.250"), where there are two.
    form : str
        ``digits`` (a run of digits alone), ``marked`` (digits with a separator, sign or exponent),
        ``words``, ``fraction``, ``product`` ("2x100"), ``multiple`` ("twofold") or ``collective`` (all two of them).
    """

    start: int
    end: int
    value: float
    mantissa: float
    scale: float
    other: float | None
    form: str


def touches_digit(text: Text, start: int) -> bool:
    """Return whether a digit stands right before or behind the word that begins at a place ("m3")."""
    end = start + len(text.tokens_at[start])
    return text.folded[start - 1 : start].isdigit() or text.folded[end : end + 1].isdigit()


class NumberReader:
    """The numbers of one language.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        self.pack, self.decimal = pack, pack.decimal
        rows = pack.rows("numbers")
        self.words: dict[str, tuple[str, float]] = {}
        for row in rows:
            if (
                " " not in row["surface"]
                and row["role"] not in ("half after", "vague")
                and row["when"] in ("", "whole")
            ):
                self.words.setdefault(row["surface"], (row["role"], number(row["value"])))
        self.of_a_whole = frozenset(row["surface"] for row in rows if row["when"] == "whole")
        self.whole = pack.words("whole") | pack.words("comparative")
        self.changes = pack.words("change")
        self.times = pack.words("not rate")
        self.bounds = Phrases((row["surface"], True) for row in pack.rows("qualifiers") if row["place"] in LEADING)
        self.partitive = pack.role("of")
        self.vague = frozenset(row["surface"] for row in rows if row["role"] == "vague")
        self.half_after = Phrases((row["surface"], number(row["value"])) for row in rows if row["role"] == "half after")
        self.minus = Phrases((row["surface"], -1.0) for row in rows if row["role"] == "minus")
        self.plus_minus = pack.role("plus minus")
        self.scales = {
            place: Phrases(
                (row["surface"], number(row["value"]))
                for row in rows
                if row["role"] == "scale" and row["when"] in whens
            )
            for place, whens in SCALE_PLACES.items()
        }
        self.minus_words = frozenset(self.minus.by_last)
        self.scale_words = frozenset(first for phrases in self.scales.values() for first in phrases.by_first)
        self.scale_beginnings = frozenset((*self.scale_words, *self.half_after.by_first))
        self.starting = frozenset(word for word, (role, _) in self.words.items() if role in STARTING_ROLES)
        self.articles = frozenset(word for word, (role, _) in self.words.items() if role == "article")
        self.after_article = frozenset(word for word, (role, _) in self.words.items() if role in ARTICLE_ROLES)

    def find(self, text: Text, money: Phrases[Any] | None = None) -> Iterator[Number]:
        """Yield the numbers of a text from left to right, none inside another.

        Parameters
        ----------
        text : Text
            Any text.
        money : Phrases, optional
            The money signs that may stand before a figure; behind them some letters are scale words.
        """
        reached, minus = 0, not self.minus_words.isdisjoint(text.vocabulary)
        for start, run in self.places(text):
            if start < reached:
                continue
            if run is None:
                vulgar = text.folded[start] in VULGAR
                found = self.read_vulgar(text, start) if vulgar else self.signed_words(text, start)
            elif run.lastindex is None and not minus:
                # Neither group of ANY_RUN: nothing beside it belongs to it.
                found = self.read_run(text, run, money)
            else:
                whole = run_at(text.folded, start, reached)
                if whole is None:
                    continue
                reached = whole.end()
                found = None if whole.lastgroup == "telephone" else self.read_run(text, whole, money, signs=True)
            if found is not None:
                reached = max(reached, found.end)
                yield found

    def places(self, text: Text) -> list[tuple[int, re.Match[str] | None]]:
        """Return where a number may begin, in order: at a run of digits, a number word or the sign of a fraction."""
        places: list[tuple[int, re.Match[str] | None]] = [(run.start(), run) for run in text.kept(runs_of_digits)]
        words = self.word_places(text)
        signs = [] if text.folded.isascii() else [match.start() for match in VULGAR_SIGN.finditer(text.folded)]
        if words or signs:
            places += [(start, None) for start in words + signs]
            places.sort(key=itemgetter(0))
        return places

    def word_places(self, text: Text) -> list[int]:
        """Return where a number word may begin a number, also with the article before it ("a million")."""
        places = [place for place in text.where(self.starting & text.vocabulary) if not touches_digit(text, place)]
        if not self.articles.isdisjoint(text.vocabulary):
            for place in text.where(self.after_article & text.vocabulary):
                article = text.tokens_before[place - 1]
                if article in self.articles and text.folded[place - 1] == " " and not touches_digit(text, place):
                    start = place - 1 - len(article)
                    if not touches_digit(text, start):
                        places.append(start)
        return places

    def read_vulgar(self, text: Text, start: int) -> Number:
        """Read a number that is the sign of a fraction alone ("½ million")."""
        value = unicodedata.numeric(text.folded[start])
        found = Number(start, start + 1, value, value, 1.0, None, "fraction")
        return self.with_scale(text, found, found.end)

    def read_run(
        self, text: Text, run: re.Match[str], money: Phrases[Any] | None = None, signs: bool = False
    ) -> Number | None:
        """Read the number that a run of digits begins; with ``signs`` also what stands before or behind it."""
        digits = run[0]
        read = read_digits(digits, self.decimal)
        if read is None:
            return None
        value, other = read
        start, end = run.span()
        form = "digits" if digits.isdigit() else "marked"
        if signs:
            if TAIL.match(text.folded, end):
                value, end, form = read_tail(text.folded, end, value, form, self.decimal)
            first, sign = self.sign_before(text, start)
            if first < start:
                start, form, value = first, "marked", sign * value
        found = Number(start, end, value, value, 1.0, other, form)
        gap = text.folded[end : end + 1] in SCALE_GAP
        if text.tokens_at[end + gap] in self.scale_beginnings:
            return self.with_scale(text, found, end, money)
        return found

    def sign_before(self, text: Text, start: int) -> tuple[int, float]:
        """Return where a number starts with its sign, and the sign."""
        folded = text.folded
        if folded[start - 1 : start] in SIGNS and SIGN.search(folded, max(0, start - 2), start):
            return start - 1, -1.0 if folded[start - 1] == "-" else 1.0
        return self.minus_word_before(text, start)

    def minus_word_before(self, text: Text, start: int) -> tuple[int, float]:
        """Return where a number starts with the word for minus before it, and the sign."""
        gap = start - 1 if start and text.folded[start - 1] in " -" else start
        word = self.minus.before(text, gap)
        if word is None or self.plus_minus.before(text, gap):
            return start, 1.0
        return word.start, -1.0

    def with_scale(self, text: Text, found: Number, end: int, money: Phrases[Any] | None = None) -> Number:
        """Return a number with the scale words and half that follow at ``end``, where it or an ending of it stops."""
        scale, half, stop = self.scale_behind(text, end, money, found.start)
        if stop == found.end:
            return found
        mantissa = found.mantissa + half
        other = None if found.other is None else scaled(found.other, scale)
        return Number(found.start, stop, scaled(mantissa, scale), mantissa, scale, other, found.form)

    def scale_behind(
        self, text: Text, end: int, money: Phrases[Any] | None = None, start: int = 0
    ) -> tuple[float, float, int]:
        """Return the scale of the words behind a number, the half said with it, and where they end.

        Behind a sign of ``money`` before the number's ``start``, letters are scale words that are units elsewhere.
        """
        folded = text.folded
        following = folded[end : end + 1]
        scale, half, position = 1.0, 0.0, end
        place = "glued"
        if following in SCALE_GAP:
            place, position = "spaced", end + 1
            if addition := self.half_after.at(text, position):
                half, end, position = addition.value, addition.end, addition.end + 1
        if text.tokens_at[position] not in self.scale_words:
            return scale, half, end
        if money is not None and money.before(text, start - (folded[start - 1 : start] == " ")) is not None:
            place = MONEY_PLACES[place]
        match = self.scales[place].at(text, position)
        while match is not None:
            scale, end = scale * match.value, match.end
            match = self.scales["spaced"].at(text, end + 1) if folded.startswith(" ", end) else None
        return scale, half, end

    def signed_words(self, text: Text, start: int) -> Number | None:
        """Read number words with the word for minus before them."""
        found = self.read_words(text, start)
        first, sign = self.minus_word_before(text, start) if found is not None else (start, 1.0)
        if found is None or sign > 0:
            return found
        return found._replace(start=first, value=-found.value, mantissa=-found.mantissa)

    def read_words(self, text: Text, start: int) -> Number | None:
        """Read the number that a number word begins ("two and a half million", "dua puluh lima ribu")."""
        reading, folded = Reading(), text.folded
        end = position = start
        last = ""
        while (word := WORD.match(folded, position)) is not None:
            addition = self.half_after.at(text, position) if reading.parts else None
            if addition is not None:
                reading.add(addition.value)
                position = end = addition.end
            else:
                role, value = self.words.get(word[0], ("", 0.0))
                if not reading.take(role, value):
                    break
                position = word.end()
                if role not in ("joint", "point", "article"):
                    end, last = position, word[0]
            if folded[position : position + 1] not in (" ", "-"):
                break
            position += 1
        if not reading.parts:
            return None
        found = Number(start, end, reading.value, reading.value / reading.scale, reading.scale, None, reading.form)
        after = WORD.match(folded, end + 1)
        if last in self.of_a_whole and found.scale == 1 and not self.is_part(text, start, end, after):
            return None
        if after is not None and after[0] in self.vague:
            return None
        return self.of_scale(text, found) if found.form == "fraction" else found

    def is_part(self, text: Text, start: int, end: int, after: re.Match[str] | None) -> bool:
        """Return whether an ambiguous word is a part of a whole: "a third of it", "fell by a third", "over a third"."""
        if after is not None and after[0] in self.whole:
            return True
        if after is not None and text.folded[end] == " " and not self.pack.ends_phrase(after[0]):
            return False
        if (after is not None and after[0] in self.times) or text.folded.startswith("-", end):
            return False  # "almost a quarter later", "a third-party review"
        before = LAST_WORD.search(text.folded, max(0, start - 24), start)
        changed = before is not None and before[1] in self.changes
        return changed or self.bounds.before(text, start - 1) is not None

    def of_scale(self, text: Text, part: Number) -> Number:
        """Return a fraction with the scale it is a part of ("a quarter of a million")."""
        of = self.partitive.at(text, part.end + 1)
        whole = self.read_words(text, of.end + 1) if of is not None and text.folded.startswith(" ", of.end) else None
        if whole is None or whole.scale == 1 or whole.mantissa != 1:
            return part
        return part._replace(end=whole.end, value=part.value * whole.scale, scale=whole.scale)


STARTING_ROLES = ("unit", "teen", "tens", "fused hundred", "fused scale", "fraction", "collective", "multiple")
# What an article may stand before as "one".
ARTICLE_ROLES = ("hundred", "scale", "part", "fraction")
# Which scale words may follow, by where the number stands: a space apart or glued, behind a money sign or not.
SCALE_PLACES = {
    "spaced": ("", "after digits"),
    "glued": ("", "after digits", "attached"),
    "money": ("", "after digits", "attached", "money"),
    "glued money": ("", "after digits", "attached", "money"),
}
MONEY_PLACES = {"spaced": "money", "glued": "glued money"}
# Between a number and its scale word; the full stop is a slip that news makes ("Rp38.trillion").
SCALE_GAP = (" ", "-", ".")


def number(cell: str) -> float:
    """Read a value of a pack's table: a number or a fraction such as 1/3."""
    return float(Fraction(cell)) if cell else 0.0


def scaled(mantissa: float, scale: float) -> float:
    """Return a number times a scale without the dust of binary fractions, which lies beyond the fifteenth digit.

    Examples
    --------
    >>> 34.59 * 1e12, scaled(34.59, 1e12)
    (34590000000000.004, 34590000000000.0)
    """
    return float(f"{mantissa * scale:.15g}")
