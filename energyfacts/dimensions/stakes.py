"""Parts of a firm or a field: "a 40 percent stake", "owns 50 percent of the block". They are no flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from energyfacts.dimensions.mentions import mentions
from energyfacts.dimensions.moves import SHARE_PRICE
from energyfacts.dimensions.owners import WORD

if TYPE_CHECKING:
    from energyfacts.dimensions.figures import Place, Sentence
    from energyfacts.dimensions.mentions import Lexicon, Mention
    from energyfacts.dimensions.owners import Owner
    from energyfacts.text import Text

# How far behind "percent of" the firm's shares may be named.
STAKE_WINDOW = 80


class StakeReader:
    """How one language says that a figure is a part of a firm.

    Parameters
    ----------
    lexicon : Lexicon
        The language's words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.stops = lexicon.pack.words("stop")
        self.parts = lexicon.cue("share after")
        self.stakes = lexicon.cue("stake")
        self.owning = lexicon.cue("owning")

    def is_stake(self, sentence: Sentence, place: Place, owner: Owner, listed: bool) -> bool:
        """Return whether a figure is a part of a firm, or ``listed`` behind one.

        Who owns 17 percent of some reserves has part of a flow.
        """
        if place.unit_class != "ratio":
            return False
        text, position = sentence.text, place.end + 1
        if self.is_owned(text, place) and owner.tied(place, sentence.flows) is None:
            return True
        if part := self.parts.at(text, position):
            rest = self.stakes.find(text, part.start, min(place.right, part.end + STAKE_WINDOW))
            return bool(rest or listed)
        if self.stakes.at(text, position) is not None:
            return True
        named = mentions(self.stakes, text, place.left, place.start)
        named = [stake for stake in named if not any(is_of_price(stake, flow) for flow in sentence.flows)]
        changed = any(place.left <= change.start <= position for change in sentence.changes)
        return bool(named or listed) and not changed

    def is_owned(self, text: Text, place: Place) -> bool:
        """Return whether only small words part a figure from a verb of owning before it: "may own up to 49 percent"."""
        verbs = mentions(self.owning, text, place.left, place.start)
        return bool(verbs) and self.stops.issuperset(WORD.findall(text.folded, verbs[-1].end, place.start))


def is_of_price(word: Mention, flow: Mention) -> bool:
    """Return whether a word for shares is but a part of a phrase that names their price."""
    longer = flow.end - flow.start > word.end - word.start
    return flow.code == SHARE_PRICE and longer and flow.start <= word.start and word.end <= flow.end
