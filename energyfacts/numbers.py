"""Numbers in a text: digits in any convention, number words, scale words and fractions.

Nothing here knows what a number counts; ``quantities`` decides which of them are quantities.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from energyfacts.languages.phrases import Phrases
from energyfacts.number_words import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from energyfacts.languages import Pack
    from energyfacts.text import Text

# Digits with their separators, thousands set apart by a space, or a bare decimal; never the tail of a longer one.
DIGITS = r"(?<!\d)(?<!\d[.,])(?:\d{1,3}(?: \d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,']\d+)*)|(?<![\w.,)])\.\d+"
# A telephone number, written internationally, with its area code or in groups ("3-2-1"); no number of anything.
TELEPHONE = (
    r"\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){3,}(?![\d,.])"
    r"|(?<![\d.,])\(?0\d{1,3}\)?(?:[ -]\d{3,8}){1,3}(?![\d,.])"
    r"|(?<![\d.,-])\d{1,5}(?:-\d{1,5}){2,}(?![\d,.-])"
)
# A number with more digits than any statistic has.
MOST_DIGITS = 40
LARGEST_EXPONENT = 60
VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*$")
GROUPED_DECIMAL = re.compile(r"(\d{1,3}(?:([.,' ])\d{3})(?:\2\d{3})*)([.,])(\d+)$")
DECIMAL = re.compile(r"(\d*)[.,](\d+)$")
EXPONENT = re.compile(r"(?: ?[x×*] ?10(?:\^(?=[-+\d])|(?=[-+]))|e(?=[-+\d]))([-+]?\d{1,3})(?!\w)")
# A common fraction: 1/2, 3 1/2, 5/8; its denominator is one that people write so.
FRACTION = re.compile(r"(?: (\d{1,2}))?[/⁄](2|3|4|5|6|8|10|12|16|32|64|100|128)(?![\d/⁄.,]\d|\d)")
SIGN = re.compile(r"(?:^|(?<=[\s(\[$€£]))[-+]\Z")
# "2x100 MW": a number of equal parts; "2x3x4" is a shape.
MULTIPLIED = re.compile(r" ?[x×] ?(\d+(?:[.,]\d+)?)(?![x×\d])")
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


class Digits(NamedTuple):
    """A run of digits, read: its value, and the value by the other reading of its one separator."""

    value: float
    other: float | None = None


def read_digits(run: str, decimal: str) -> Digits | None:
    """Read a run of digits and separators by the convention of a language.

    One separator before three digits is the language's own; before more or fewer it is a decimal
    sign in any language; two kinds of separator tell each other apart.

    Parameters
    ----------
    run : str
        Digits with points, commas, apostrophes or spaces.
    decimal : str
        The language's decimal sign, "." or ",".

    Returns
    -------
    Digits or None
        None for what is no number (a date, a version).

    Examples
    --------
    >>> read_digits("1.250.000", ","), read_digits("9,1", "."), read_digits("28.02.2007", ",")
    (Digits(value=1250000.0, other=None), Digits(value=9.1, other=None), None)
    >>> read_digits("1.250", ","), read_digits("1.250", ".")
    (Digits(value=1250.0, other=1.25), Digits(value=1.25, other=1250.0))
    """
    if len(run) > MOST_DIGITS or (run[0] == "0" and run[1:2].isdigit()):
        return None
    if run.isdigit():
        return Digits(float(run))
    grouped = GROUPED.match(run)
    if grouped:
        sign = grouped[1]
        whole = float(run.replace(sign, ""))
        if sign in "' " or run.count(sign) > 1:
            return Digits(whole)
        fraction = float(run.replace(sign, "."))
        if run[0] == "0":
            return Digits(fraction)
        return Digits(fraction, whole) if sign == decimal else Digits(whole, fraction)
    both = GROUPED_DECIMAL.match(run)
    if both and both[2] != both[3]:
        return Digits(float(both[1].replace(both[2], "") + "." + both[4]))
    plain = DECIMAL.match(run)
    return Digits(float(f"{plain[1] or 0}.{plain[2]}")) if plain else None


class NumberReader:
    """The numbers of one language.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        self.decimal = pack.decimal
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
        self.whole = pack.words("whole")
        self.changes = pack.words("change")
        self.stops = pack.words("stop")
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
        self.anchor = re.compile(self._anchor_pattern())

    def _anchor_pattern(self) -> str:
        """Return the pattern of all that can begin a number."""
        by_role: dict[str, list[str]] = {}
        for word, (role, _) in self.words.items():
            by_role.setdefault(role, []).append(word)
        starts = [word for role in STARTING_ROLES for word in by_role.get(role, [])]
        followers = [word for role in ARTICLE_ROLES for word in by_role.get(role, [])]
        articles = by_role.get("article", [])
        after_article = rf"|(?:{alternation(articles)}) (?:{alternation(followers)})" if articles else ""
        words = rf"(?<![^\W_])(?:{alternation(starts)}{after_article})(?![^\W_])"
        digits = rf"(?=[\d+(.])(?:(?P<telephone>{TELEPHONE})|(?P<digits>{DIGITS}))"
        return rf"{digits}|(?P<vulgar>[{VULGAR}])|{words}"

    def find(self, text: Text, money: Phrases[Any] | None = None) -> Iterator[Number]:
        """Yield the numbers of a text from left to right, none inside another.

        Parameters
        ----------
        text : Text
            Any text.
        money : Phrases, optional
            The money signs that may stand before a figure; behind them some letters are scale words.
        """
        position = 0
        for match in self.anchor.finditer(text.folded):
            start, end = match.span()
            if start < position:
                continue
            kind = match.lastgroup
            if kind == "digits":
                found = self.read_run(text, start, end, money)
            elif kind == "vulgar":
                value = unicodedata.numeric(match[0])
                found = self.with_scale(text, Number(start, end, value, value, 1, None, "fraction"))
            elif kind == "telephone":
                found, position = None, end
            else:
                found = self.signed_words(text, start)
            if found is not None:
                position = found.end
                yield found

    def read_run(self, text: Text, start: int, end: int, money: Phrases[Any] | None = None) -> Number | None:
        """Read the number that a run of digits begins."""
        folded = text.folded
        digits = read_digits(folded[start:end], self.decimal)
        if digits is None:
            return None
        value, other = digits
        form = "digits" if folded[start:end].isdigit() else "marked"
        if folded[end : end + 1] in TAIL_SIGNS:
            value, end, form = read_tail(folded, end, value, form, self.decimal)
        first, sign = self.sign_before(text, start)
        if first < start:
            form = "marked"
        found = Number(first, end, sign * value, sign * value, 1, other, form)
        if not (folded[end : end + 1].isalpha() or folded[end : end + 1] in SCALE_GAP):
            return found
        behind_money = money is not None and money.before(text, first - (folded[first - 1 : first] == " ")) is not None
        return self.with_scale(text, found, behind_money)

    def sign_before(self, text: Text, start: int) -> tuple[int, float]:
        """Return where a number starts with its sign, and the sign."""
        folded = text.folded
        if not start:
            return start, 1.0
        if SIGN.search(folded, max(0, start - 2), start):
            return start - 1, -1.0 if folded[start - 1] == "-" else 1.0
        return self.minus_word_before(text, start)

    def minus_word_before(self, text: Text, start: int) -> tuple[int, float]:
        """Return where a number starts with the word for minus before it, and the sign."""
        gap = start - 1 if start and text.folded[start - 1] in " -" else start
        word = self.minus.before(text, gap)
        if word is None or self.plus_minus.before(text, gap):
            return start, 1.0
        return word.start, -1.0

    def with_scale(self, text: Text, found: Number, behind_money: bool = False) -> Number:
        """Return a number with the scale words and half that follow it."""
        folded, end = text.folded, found.end
        scale, half = 1.0, 0.0
        glued = folded[end : end + 1]
        if glued.isalpha():
            match = self.scales["glued money" if behind_money else "glued"].at(text, end)
        elif glued in SCALE_GAP:
            position = end + 1
            if addition := self.half_after.at(text, position):
                half, end, position = addition.value, addition.end, addition.end + 1
            match = self.scales["money" if behind_money else "spaced"].at(text, position)
        else:
            return found
        while match is not None:
            scale, end = scale * match.value, match.end
            match = self.scales["spaced"].at(text, end + 1) if folded.startswith(" ", end) else None
        if scale == 1 and not half:
            return found
        mantissa = found.mantissa + half
        other = None if found.other is None else scaled(found.other, scale)
        return found._replace(end=end, value=scaled(mantissa, scale), mantissa=mantissa, scale=scale, other=other)

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
        """Return whether an ambiguous word is a part of a whole: "a third of it", "fell by a third"."""
        if after is not None and after[0] in self.whole:
            return True
        before = LAST_WORD.search(text.folded, max(0, start - 24), start)
        changed = before is not None and before[1] in self.changes
        return changed and (after is None or text.folded[end] != " " or after[0] in self.stops)

    def of_scale(self, text: Text, part: Number) -> Number:
        """Return a fraction with the scale it is a part of ("a quarter of a million")."""
        of = self.partitive.at(text, part.end + 1)
        whole = self.read_words(text, of.end + 1) if of is not None and text.folded.startswith(" ", of.end) else None
        if whole is None or whole.scale == 1 or whole.mantissa != 1:
            return part
        return part._replace(end=whole.end, value=part.value * whole.scale, scale=whole.scale)


def read_tail(folded: str, end: int, value: float, form: str, decimal: str) -> tuple[float, int, str]:
    """Read what changes a number's value right after its digits: a fraction, an exponent, a number of equal parts."""
    if folded[end] in VULGAR:
        return value + unicodedata.numeric(folded[end]), end + 1, "fraction"
    fraction = FRACTION.match(folded, end) if form == "digits" else None
    if fraction:
        top, bottom = float(fraction[1] or value), float(fraction[2])
        if top < bottom:
            return top / bottom + (value if fraction[1] else 0), fraction.end(), "fraction"
    exponent = EXPONENT.match(folded, end)
    if exponent and abs(int(exponent[1])) <= LARGEST_EXPONENT:
        return value * 10.0 ** int(exponent[1]), exponent.end(), "marked"
    product = MULTIPLIED.match(folded, end) if form == "digits" else None
    times = read_digits(product[1], decimal) if product else None
    if product and times:
        return value * times.value, product.end(), "product"
    return value, end, form


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
# Between a number and its scale word; the full stop is a slip that news makes ("Rp38.trillion").
SCALE_GAP = (" ", "-", ".")
TAIL_SIGNS = frozenset("/⁄ xe×*" + VULGAR)


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


def alternation(words: list[str]) -> str:
    """Return a pattern for any of the words, longest first, grouped by first letter so that few are tried."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items()))
