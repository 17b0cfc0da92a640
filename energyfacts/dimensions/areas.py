"""Whose figure it is, and via, to or from whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from energyfacts.languages.phrases import last_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from energyfacts.dimensions.mentions import Lexicon, Mention
    from energyfacts.text import Text

# Flows that go between areas; only these have a counterpart.
BETWEEN_AREAS = frozenset({"exports", "imports", "trade", "sales", "supply", "transport"})
# Of these the area after "from" is the one that sends, so it is the counterpart.
INWARD = frozenset({"imports"})
# A word with a capital right before an area, or before "of" and an area.
CAPITALISED = re.compile(r"(?<![\w-])([A-Z][\w-]*[a-z]) (?:[a-z]{2} )?$")
SENTENCE_STOPS = frozenset(".!?\n:;")


class AreaReader:
    """How one language tells the area of a figure from its counterpart.

    Parameters
    ----------
    lexicon : Lexicon
        The language's words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.located = lexicon.cue("located")
        self.titles = lexicon.surfaces("person title")
        self.articles = lexicon.surfaces("article")
        self.directions = lexicon.cue("via", "toward", "origin")

    def direction(self, text: Text, mention: Mention) -> str:
        """Return which preposition an area stands behind: ``via``, ``toward``, ``origin`` or ""."""
        position = mention.start - 1
        found = self.directions.before(text, position)
        if found is None:
            article = last_token(text.folded, position)
            if article in self.articles:
                found = self.directions.before(text, position - len(article) - 1)
        return found.value[0] if found else ""

    def is_counterpart(self, direction: str, flow: str) -> bool:
        """Return whether an area behind a preposition is the counterpart of a flow, and not whose figure it is."""
        if flow not in BETWEEN_AREAS:
            return False
        if direction == "origin":
            return flow in INWARD
        if direction == "toward":
            return flow not in INWARD
        return direction == "via"

    def is_part_of_name(self, text: Text, mention: Mention) -> bool:
        """Return whether an area's name is part of a firm's ("PT Marine Indonesia", "Bank of Malaysia")."""
        before = text.original[max(0, mention.start - 40) : mention.start]
        match = CAPITALISED.search(before)
        if match is None or before[: match.start()].strip() == "" or before[: match.start()].rstrip()[-1:] in SENTENCE_STOPS:
            return False
        return match[1].lower() not in self.titles and not match[1].isupper()

    def is_located(self, text: Text, mention: Mention) -> bool:
        """Return whether an area stands behind a word of place ("in Tunisia")."""
        return self.located.before(text, mention.start - 1) is not None

    @staticmethod
    def without_appositions(text: Text, found: list[Mention], end: int) -> list[Mention]:
        """Return the areas without those in an apposition to an earlier one ("Indonesia, second only to Malaysia, is …")."""
        kept: list[Mention] = []
        for mention in found:
            earlier = kept and "," in text.folded[kept[-1].end : mention.start] and len(kept) == 1
            if not (earlier and "," in text.folded[mention.end : end]):
                kept.append(mention)
        return kept

    def split(
        self, text: Text, found: Sequence[Mention], flow: str
    ) -> tuple[list[Mention], list[Mention]]:
        """Return the areas that may be whose figure it is, and those that may be its counterpart."""
        own: list[Mention] = []
        other: list[Mention] = []
        for mention in found:
            direction = self.direction(text, mention)
            if direction and self.is_counterpart(direction, flow):
                other.append(mention)
            elif direction != "via":
                own.append(mention)
        return own, other
