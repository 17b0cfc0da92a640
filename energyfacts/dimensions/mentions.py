"""Where a text names flows, products, areas and cues: the words that the other rooms of this folder weigh."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.languages.cldr import territories
from energyfacts.languages.phrases import Phrases, between, every_phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from energyfacts.languages import Pack
    from energyfacts.text import Text

WEAK = "weak"
# What says a change only of the figure before it: "5 percent less than".
ONLY_BEHIND = "only behind"
# Words with capitals behind one without.
NAME_BEFORE = re.compile(r"[a-z,;] (?:[A-Z][\w-]* )+$")
# Codes of a surface that takes a word out: it holds a name and is none ("US dollar", "cooking oil").
NO_CODE = "_Z"


class Mention(NamedTuple):
    """A word or phrase of a text that a pack knows.

    Attributes
    ----------
    start, end : int
        Its characters.
    code : str
        A code of the code list, or the role of a cue.
    note : str
        What the pack says of it: ``weak``, ``verb``, ``adjective`` …
    """

    start: int
    end: int
    code: str
    note: str


class Lexicon:
    """The words of one language for what figures are about.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.flows = coded(pack, "flows")
        self.products = coded(pack, "products")
        names = [(name, (code, "")) for name, code in territories(pack.tag).items()]
        own = [(row["surface"], (row["code"], row["note"])) for row in pack.rows("areas")]
        taken = {surface for surface, _ in own}
        self.areas = Phrases([*own, *(entry for entry in names if entry[0] not in taken)])
        self._roles: dict[str, dict[str, str]] = {}
        for row in pack.rows("cues"):
            self._roles.setdefault(row["role"], {})[row["surface"]] = row["note"]
        self._cues = {
            role: Phrases((surface, (role, note)) for surface, note in surfaces.items())
            for role, surfaces in self._roles.items()
        }

    def cue(self, *roles: str) -> Phrases[tuple[str, str]]:
        """Return the surfaces of one or more roles of cues, ready for look-up."""
        if len(roles) == 1:
            return self._cues.get(roles[0]) or Phrases(())
        joined = "+".join(roles)
        if joined not in self._cues:
            self._cues[joined] = Phrases(
                (surface, (role, note)) for role in roles for surface, note in self._roles.get(role, {}).items()
            )
        return self._cues[joined]

    def surfaces(self, role: str) -> frozenset[str]:
        """Return the surfaces of a role of cues."""
        return frozenset(self._roles.get(role, {}))


def coded(pack: Pack, table: str) -> Phrases[tuple[str, str]]:
    """Return a table's surfaces with code and note."""
    return Phrases((row["surface"], (row["code"], row["note"])) for row in pack.rows(table))


def mentions(
    phrases: Phrases[tuple[str, str]], text: Text, start: int, end: int, spans: Iterable[tuple[int, int]] = ()
) -> list[Mention]:
    """Return what a stretch of text mentions, in order, without what overlaps the given spans."""
    found = between(text.kept(every_mention, phrases), start, end)
    taken = sorted(spans) if found else []
    if not taken:
        return found
    # Both are in order, so one look along the spans is enough for all mentions.
    free: list[Mention] = []
    k = reached = 0
    for mention in found:
        while k < len(taken) and taken[k][0] < mention.end:
            reached = max(reached, taken[k][1])
            k += 1
        if reached <= mention.start:
            free.append(mention)
    return free


def every_mention(text: Text, phrases: Phrases[tuple[str, str]]) -> list[Mention]:
    """Return what a text mentions at each place."""
    return [Mention(start, end, *value) for start, end, value in every_phrase(text, phrases)]


def is_in_name(original: str, mention: Mention, figures: Collection[int] = ()) -> bool:
    """Return whether a word is capitalised, is no acronym, and has a capitalised neighbour: part of a name."""
    word = original[mention.start : mention.end]
    if not word[0].isupper() or word.isupper():
        return False
    after = original[mention.end + 1 : mention.end + 2] if original[mention.end : mention.end + 1] == " " else ""
    if after.isupper() and mention.end + 1 not in figures:
        return True
    return NAME_BEFORE.search(original[max(0, mention.start - 30) : mention.start]) is not None


def alternation(words: list[str]) -> str:
    """Return a pattern for any of the words, longest first, grouped by first letter so that few are tried."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items()))
