"""A language pack: its settings and tables, read once and kept."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from energyfacts.errors import EnergyFactsError
from energyfacts.languages.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent
# A folder that is no language: what a new one is copied from.
TEMPLATE = "template"
WORD = re.compile(r"[^\W\d_]+")
# Where qualifiers stand that lead to a figure, as the template's qualifiers.tsv explains them.
COMPARISON, UNLESS_CHANGE = "comparison", "unless change"
BEFORE = ("before", COMPARISON)
LEADING = (*BEFORE, UNLESS_CHANGE)

T = TypeVar("T")
Row = dict[str, str]


class Pack:
    """One language: ``pack.toml`` and its tables of tab-separated values.

    Parameters
    ----------
    folder : Path
        The folder of the pack; its name is the language's BCP 47 tag.

    Attributes
    ----------
    tag, name : str
        BCP 47 tag and English name of the language.
    decimal, grouping : str
        The signs between a number's units and its tenths, and between its thousands.
    settings : dict
        All of ``pack.toml``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tag = folder.name
        self.settings: dict[str, Any] = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
        self.name: str = self.settings["name"]
        self.decimal: str = self.settings["numbers"]["decimal"]
        self.grouping: str = self.settings["numbers"]["grouping"]
        self._verb_beginnings = tuple(self.settings["counts"]["verb_beginnings"])
        self._compiled: dict[Any, Any] = {}

    def __repr__(self) -> str:
        """Return the pack with its tag."""
        return f"Pack({self.tag!r})"

    def rows(self, table: str) -> list[Row]:
        """Return the rows of ``<table>.tsv``, one dict a line, without comments; [] where there is no such table."""
        return self.compiled(read_table, self.folder / f"{table}.tsv")

    def words(self, role: str) -> frozenset[str]:
        """Return the surfaces that ``words.tsv`` gives a role, in lower case."""
        return self.compiled(words_by_role, self).get(role, frozenset())

    def role(self, role: str) -> Phrases[str]:
        """Return the surfaces that ``words.tsv`` gives a role, ready for look-up."""
        return self.compiled(make_role, self, role)

    def is_verb(self, word: str) -> bool:
        """Return whether a word in lower case is a verb: by the list, or by how verbs of the language begin."""
        if word in self.words("verb"):
            return True
        return word.startswith(self._verb_beginnings) and word not in self.words("not verb")

    def ends_phrase(self, word: str) -> bool:
        """Return whether a word in lower case belongs to no noun phrase before it: a function word or a verb."""
        return word in self.words("stop") or self.is_verb(word)

    def compiled(self, build: Callable[..., T], *arguments: Any) -> T:
        """Return ``build(*arguments)``, done once for this pack."""
        key = (build, arguments)
        if key not in self._compiled:
            self._compiled[key] = build(*arguments)
        return self._compiled[key]  # type: ignore[no-any-return]


def read_table(path: Path) -> list[Row]:
    """Return the rows of a file of tab-separated values with a header; blank and ``#`` lines are passed over."""
    if not path.exists():
        return []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line[:2] != "# "]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t") + [""] * len(header), strict=False)) for line in lines[1:]]


def words_by_role(pack: Pack) -> dict[str, frozenset[str]]:
    """Return the surfaces of ``words.tsv`` by role."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in pack.rows("words"):
        found[row["role"]].add(row["surface"].lower())
    return {role: frozenset(surfaces) for role, surfaces in found.items()}


def make_role(pack: Pack, role: str) -> Phrases[str]:
    """Return the surfaces of ``words.tsv`` that have a role."""
    return Phrases((row["surface"], role) for row in pack.rows("words") if row["role"] == role)


@cache
def available() -> list[str]:
    """Return the BCP 47 tags of the languages that can be read, sorted.

    Examples
    --------
    >>> available()
    ['en', 'id']
    """
    return sorted(path.parent.name for path in FOLDER.glob("*/pack.toml") if path.parent.name != TEMPLATE)


def load(tag: str) -> Pack:
    """Return a language's pack.

    Parameters
    ----------
    tag : str
        BCP 47 tag; of "en-GB" the language "en" is taken.

    Raises
    ------
    EnergyFactsError
        There is no such pack.

    Examples
    --------
    >>> load("en").decimal
    '.'
    """
    language = primary_language(tag) if isinstance(tag, str) else ""
    if language not in available():
        raise EnergyFactsError(f"There is no language pack {tag!r}; choose one of {', '.join(available())}.")
    return read_pack(language)


@cache
def primary_language(tag: str) -> str:
    """Return the first part of a BCP 47 tag: of "en-GB" the language "en"."""
    return re.split("[-_]", tag)[0].lower()


@cache
def read_pack(language: str) -> Pack:
    """Return the pack of a language, read once whatever tag it was asked for by."""
    return Pack(FOLDER / language)


def guess(text: str) -> str:
    """Return the tag of the language whose function words a text holds most of, or "" where no pack is ahead.

    Parameters
    ----------
    text : str
        Running text; a sentence or two are enough.

    Examples
    --------
    >>> guess("Produksi minyak naik dan ekspor ke Jepang turun pada tahun ini.")
    'id'
    >>> guess("2.08 mb/d")
    ''
    """
    words = [word.lower() for word in WORD.findall(text[:20_000])]
    counts = sorted(
        ((sum(word in load(tag).words("stop") for word in words), tag) for tag in available()), reverse=True
    )
    best, tag = counts[0]
    second = counts[1][0] if len(counts) > 1 else 0
    return tag if best > second else ""
