"""Who says so: the name beside a word of saying."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from energyfacts.codelists import UNKNOWN
from energyfacts.dimensions.mentions import NO_CODE, alternation
from energyfacts.languages.cldr import territories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from energyfacts.dimensions.mentions import Lexicon
    from energyfacts.languages import Pack
    from energyfacts.text import Text

# A word of a name: it begins with a capital; a full stop at its end belongs to an initial only.
NAME_WORD = r"(?:(?<![\w.])[A-Z]\.|[A-Z][\w'’&-]*)"
# So many small words may stand between "according to" and the name ("the downstream regulator BPH Migas").
LONGEST_LEAD = 4
# So many may stand between a name and "said" ("Putin also said").
LONGEST_GAP = 2
# An area word with one of these notes is a body that may speak ("OPEC", "the central bank").
SPEAKING = frozenset({"body", "group"})
# A comma that parts clauses, not digits.
COMMA = re.compile(r",(?!\d)")
BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")


class SpeakerReader:
    """How one language names who says so.

    Parameters
    ----------
    pack : Pack
        The language.
    lexicon : Lexicon
        Its words.
    """

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        self.said = lexicon.cue("said")
        self.passive = lexicon.cue("passive")
        self.according = lexicon.cue("according")
        titles = alternation(sorted(lexicon.surfaces("person title"))) or "(?!)"
        self.titles = re.compile(rf"(?:(?:{titles})(?:  *|$))+")
        joints = alternation(sorted(lexicon.surfaces("name joint"))) or "(?!)"
        self.name = re.compile(rf"{NAME_WORD}(?: (?:(?:{joints}) )?{NAME_WORD})*")
        relatives = alternation(sorted(lexicon.surfaces("relative"))) or "(?!)"
        self.relative = re.compile(rf"({self.name.pattern})(?:\s*\([^()]*\))?,? (?:{relatives})(?!\w)")
        self.dull = pack.words("stop")
        # What holds a country's name and is none (code _Z: "World Bank") may speak as well.
        countries = (row for row in pack.rows("areas") if row["code"] != NO_CODE and row["note"] not in SPEAKING)
        places = {row["surface"] for row in countries}
        self.areas = frozenset(territories(pack.tag)) | places

    def read(self, text: Text, start: int, end: int) -> str:
        """Return the name of who says what a sentence says, or ``_U``."""
        for candidate in self.candidates(text, start, end):
            name = self.without_titles(candidate)
            if name and not self.is_area(name):
                return name
        return UNKNOWN

    def candidates(self, text: Text, start: int, end: int) -> Iterator[str]:
        """Yield the names that may be the speaker's, the surest first."""
        for match in self.according.find(text, start, end):
            yield self.name_after(text, match.end, end, LONGEST_LEAD)
        for match in self.said.find(text, start, end):
            if match.value[1] or (match.start > start and text.original[match.start].isupper()):
                continue  # "United States" holds a word of saying
            if self.passive.before(text, match.start - 1) is not None:
                continue  # "output is projected": it says nothing
            yield self.name_before(text, start, match.start)
            yield self.name_after(text, match.end, end, 0)
            yield self.name_of_clause(text, start, match.start)

    def name_after(self, text: Text, position: int, end: int, lead: int) -> str:
        """Return the name that follows a place after no more than so many small words."""
        gap = rf"\s+(?:[a-z][\w'’-]*\s+){{0,{lead}}}"
        match = re.compile(rf"{gap}({self.name.pattern})").match(text.original, position, end)
        return match[1] if match else ""

    def name_before(self, text: Text, start: int, position: int) -> str:
        """Return the name before a place, with no more than a few words between ("Putin also said")."""
        before = BRACKETED.sub("", text.original[start:position].rstrip(" "))
        for match in reversed(list(self.name.finditer(before))):
            gap = before[match.end() :]
            if gap.strip(" ") == "" or (gap[0] == " " and "," not in gap and len(gap.split()) <= LONGEST_GAP):
                return match[0]
            break
        return ""

    def name_of_clause(self, text: Text, start: int, position: int) -> str:
        """Return the name that a clause before a place says more of: "Putin, who …, said", "Putin, the …, said"."""
        before = BRACKETED.sub("", text.original[start:position].rstrip(" "))
        if not before.endswith(","):
            return ""
        related = list(self.relative.finditer(before))
        if related:
            return related[-1][1]
        commas = [match.start() for match in COMMA.finditer(before)]
        names = list(self.name.finditer(before, 0, commas[-2])) if len(commas) > 1 else []
        return names[-1][0] if names else ""

    def without_titles(self, name: str) -> str:
        """Return a name without the titles before it; "" where nothing is left but a title or a function word."""
        titles = self.titles.match(name.lower())
        name = name[titles.end() :] if titles else name
        return "" if name.lower() in self.dull else name

    def is_area(self, name: str) -> bool:
        """Return whether a name is a country's: a country expects, it does not say."""
        return name in self.areas
