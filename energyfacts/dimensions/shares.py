"""Shares that rise or fall: what moves is their price, whatever word says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from energyfacts.dimensions.mentions import WEAK, Mention, mentions
from energyfacts.dimensions.owners import CLAUSE_STOP, WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from energyfacts.dimensions.mentions import Lexicon
    from energyfacts.text import Text

SHARE_PRICE = "share_price"
# Between shares and the word that says how they moved stands at most the firm's name.
LONGEST_NAME = 60


class ShareReader:
    """How one language says that shares rose or fell.

    Parameters
    ----------
    lexicon : Lexicon
        The language's words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.pack = lexicon.pack
        self.shares = lexicon.cue("security")
        self.joints = lexicon.surfaces("complement") | lexicon.surfaces("article")
        self.heads = lexicon.surfaces("complement")
        # Where a part needs a word before its whole, a noun before shares is whose they are ("Bumi shares").
        self.owner_leads = bool(lexicon.surfaces("partitive"))

    def with_prices(self, text: Text, flows: list[Mention], changes: Sequence[Mention], end: int) -> list[Mention]:
        """Return the flows of a sentence up to its end, with the price of shares for shares that moved."""
        moved = [] if not changes else list(self.moved(text, flows, changes, end))
        if not moved:
            return flows
        rest = [flow for flow in flows if not any(flow.start < one.end and one.start < flow.end for one in moved)]
        return sorted(rest + moved)

    def moved(self, text: Text, flows: Sequence[Mention], changes: Sequence[Mention], end: int) -> Iterator[Mention]:
        """Yield the words for shares that a change is said of, where they are part of no longer phrase."""
        strong = [flow for flow in flows if flow.note != WEAK]
        for share in mentions(self.shares, text, min(change.start for change in changes) - LONGEST_NAME, end):
            if any(flow.start <= share.start and share.end <= flow.end for flow in strong):
                continue
            if self.follows_change(text, share, changes) or (
                self.may_lead(text, share) and self.leads_to_change(text, share, changes)
            ):
                yield Mention(share.start, share.end, SHARE_PRICE, "")

    def follows_change(self, text: Text, share: Mention, changes: Sequence[Mention]) -> bool:
        """Return whether shares stand right behind a change: "a fall in the shares"."""
        before = [change for change in changes if change.end <= share.start]
        return bool(before) and self.joints.issuperset(WORD.findall(text.folded, before[-1].end, share.start))

    def leads_to_change(self, text: Text, share: Mention, changes: Sequence[Mention]) -> bool:
        """Return whether only a name stands between shares and the change said of them."""
        change = next((change for change in changes if change.start >= share.end), None)
        if change is None or change.start - share.end > LONGEST_NAME:
            return False
        gap = text.folded[share.end : change.start]
        figure = any(character.isdigit() for character in gap)
        return not figure and not CLAUSE_STOP.search(gap) and not any(map(self.pack.is_verb, WORD.findall(gap)))

    def may_lead(self, text: Text, share: Mention) -> bool:
        """Return whether shares are what a clause is about, not part of it ("demand for shares", "pembeli saham")."""
        previous = text.tokens_before[share.start - 1] if share.start else ""
        if self.owner_leads:
            return previous not in self.heads
        return not WORD.fullmatch(previous) or self.pack.ends_phrase(previous)
