"""The words beside a figure that bound it: about, nearly, more than, at least, up to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.languages.pack import BEFORE, COMPARISON, UNLESS_CHANGE
from energyfacts.languages.phrases import Phrases

if TYPE_CHECKING:
    from energyfacts.languages import Pack
    from energyfacts.languages.phrases import Match
    from energyfacts.text import Text

PLAIN = "="
# How many words may stand between a qualifier and its figure ("lebih dari sebesar").
LONGEST_PASS = 3
# How far before a limit a word of change makes it the point reached ("melonjak hingga 150 dolar").
CHANGE_WINDOW = 60
CLAUSE_BREAK = re.compile(r"[,;:.](?=\s)")
WORD = re.compile(r"[^\W\d_]+")
# Between a denial and a bound stand at most so many auxiliaries ("has not yet exceeded").
MOST_AUXILIARIES = 2
# What follows is a number or an amount of money.
AMOUNT = re.compile(r" (?:[a-z]{0,3}[$€£¥] ?)?\d")

# Such qualifiers compare two figures or bound the second.
BOUNDS = (">", "<")
NEGATED = {">": "<=", "<": ">="}


class Beside(NamedTuple):
    """What is known of a figure whose qualifier is looked for.

    Attributes
    ----------
    adjective : bool
        It belongs to a noun behind it ("below the five-year average"): a qualifier before its article is not its own.
    duration : bool
        It is a stretch of time ("over five years").
    alike : bool
        The figure before has the same unit.
    behind_ratio : bool
        The figure before is a percentage.
    """

    adjective: bool = False
    duration: bool = False
    alike: bool = False
    behind_ratio: bool = False


ALONE = Beside()


class QualifierReader:
    """The qualifiers of one language.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        rows = pack.rows("qualifiers")
        self.before = Phrases((row["surface"], row["qualifier"]) for row in rows if row["place"] in BEFORE)
        self.comparisons = frozenset(row["surface"] for row in rows if row["place"] == COMPARISON)
        self.after = Phrases((row["surface"], row["qualifier"]) for row in rows if row["place"] == "after")
        self.between = Phrases((row["surface"], row["qualifier"]) for row in rows if row["place"] == "between")
        self.reached = Phrases((row["surface"], row["qualifier"]) for row in rows if row["place"] == UNLESS_CHANGE)
        self.suffix = Phrases((row["surface"], row["qualifier"]) for row in rows if row["place"] == "suffix")
        beside = (self.before, self.between, self.reached)
        self.endings = frozenset(last for phrases in beside for last in phrases.by_last)
        self.plus_minus = pack.role("plus minus")
        self.changes = pack.words("change")
        self.comparatives = pack.words("comparative")
        self.negations, self.auxiliaries = pack.role("negation"), pack.words("auxiliary")
        self.degrees = pack.words("degree") | {""}

    def suffix_at(self, text: Text, end: int) -> Match[str] | None:
        """Return the ending of a number that bounds it: behind it ("100-odd"), or its last word ("2 jutaan")."""
        if text.folded[end - 1].isalpha():
            return self.suffix.before(text, end)
        return None if text.folded.startswith((" ", ",", "."), end) else self.suffix.at(text, end)

    def read(self, text: Text, start: int, end: int, floor: int = 0, beside: Beside = ALONE) -> str:
        """Return what bounds the figure at ``start:end``: =, ~, <~, >, >=, <, <=; another ends at ``floor``."""
        found = self.read_before(text, start, floor, beside)
        return found if found != PLAIN else self.read_after(text, end)

    def read_before(self, text: Text, start: int, floor: int, beside: Beside) -> str:
        """Return the qualifier that stands before a figure, or "="."""
        position = skip_back(text, start, floor)
        for _ in range(1 if beside.adjective else LONGEST_PASS + 1):
            if text.tokens_before[position] not in self.endings:
                return PLAIN
            limit = self.reached.before(text, position, floor)
            qualifier = self.before.before(text, position, floor)
            if limit is not None and (qualifier is None or qualifier.start >= limit.start):
                return PLAIN if self.after_change(text, limit.start) else limit.value
            if qualifier is not None:
                if qualifier.value not in BOUNDS:
                    return qualifier.value
                if self.compares(text, floor, qualifier, beside):
                    return PLAIN
                return NEGATED[qualifier.value] if self.is_negated(text, qualifier.start) else qualifier.value
            passed = self.between.before(text, position, floor)
            if passed is None:
                return PLAIN
            position = skip_back(text, passed.start, floor)
        return PLAIN

    def compares(self, text: Text, floor: int, qualifier: Match[str], beside: Beside) -> bool:
        """Return whether a qualifier says how the figure that ends at ``floor`` stands to the next.

        "144 percent above the US$5 billion of 2006", "US$9 billion over five years"; of two in one unit "0.79 percent,
        slightly lower than 0.8 percent", but not "2 million tons, more than 1 million tons of it for export".
        """
        between = text.folded[floor : qualifier.start]
        if not floor:
            return False
        if between == " " and (beside.duration or beside.behind_ratio):
            return True
        of_two = between == " " or (between.startswith(", ") and between[2:].strip() in self.degrees)
        return beside.alike and of_two and text.folded[qualifier.start : qualifier.end] in self.comparisons

    def is_negated(self, text: Text, position: int) -> bool:
        """Return whether what begins here is denied: "will not exceed", "tidak akan lebih dari"."""
        for _ in range(MOST_AUXILIARIES):
            word = text.tokens_before[position - 1]
            position -= len(word) + 1 if word in self.auxiliaries else 0
        return self.negations.before(text, position - 1) is not None

    def after_change(self, text: Text, position: int) -> bool:
        """Return whether a word of change stands before a place in the same clause."""
        clause = CLAUSE_BREAK.split(text.folded[text.line_start(position, CHANGE_WINDOW) : position])[-1]
        return any(word in self.changes for word in WORD.findall(clause))

    def inside(self, text: Text, end: int) -> Match[str] | None:
        """Return the qualifier between a number and the noun it counts ("20 lebih negara"), no comparison."""
        found = self.after.at(text, end + 1) if text.folded.startswith(" ", end) else None
        following = WORD.match(text.folded, found.end + 1) if found is not None else None
        return None if following is None or following[0] in self.comparatives else found

    def read_after(self, text: Text, end: int) -> str:
        """Return the qualifier that stands after a figure, or "=".

        A comparison ("lebih tinggi") is none, nor what bounds the next ("US$6 billion or more than three times").
        """
        position = end + 1 if text.folded.startswith((" ", ","), end) else end
        if text.folded.startswith(" ", position):
            position += 1
        found = self.after.at(text, position)
        if found is None or self.plus_minus.at(text, found.start) is not None:
            return PLAIN
        if AMOUNT.match(text.folded, found.end):
            return PLAIN  # "20 barrels plus 5 of condensate"
        following = WORD.match(text.folded, found.end + 1) if text.folded.startswith(" ", found.end) else None
        if following is None:
            return found.value
        of_the_next = self.before.before(text, following.end(), found.start)
        return found.value if of_the_next is None and self.ends_phrase(following[0]) else PLAIN

    def ends_phrase(self, word: str) -> bool:
        """Return whether a word cannot be an adjective that makes a qualifier before it a comparison."""
        return word in self.changes or self.pack.ends_phrase(word)


def skip_back(text: Text, position: int, floor: int) -> int:
    """Return the place before the spaces and opening signs that end at a place."""
    while position > floor and text.folded[position - 1] in " (":
        position -= 1
    return position
