"""Whether a figure is actual, an estimate or a forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from energyfacts.dimensions.mentions import mentions
from energyfacts.dimensions.owners import CLAUSE_STOP

if TYPE_CHECKING:
    from energyfacts.dimensions.figures import Dimensions, Sentence
    from energyfacts.dimensions.mentions import Lexicon

STATUS = {"forecast": "F", "estimate": "E"}


class StatusReader:
    """How one language says that a figure is not, or not yet, measured.

    Parameters
    ----------
    lexicon : Lexicon
        The language's words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.cues = lexicon.cue("forecast", "estimate")

    def set(self, sentence: Sentence, year: int | None) -> None:
        """Set the status of a sentence's figures: by the last word before each, or by one behind it in its clause."""
        text, status = sentence.text, "A"
        for place, about in zip(sentence.figures, sentence.about, strict=True):
            before = mentions(self.cues, text, place.left, place.start)
            if before:
                status = STATUS[before[-1].code]
            about.obs_status = status if before or not is_past(about, year) else "A"
            behind = next(iter(mentions(self.cues, text, place.end, place.right)), None)
            if status == "A" and behind is not None and not CLAUSE_STOP.search(text.folded, place.end, behind.start):
                about.obs_status = STATUS[behind.code]
            last = last_year(about)
            if about.obs_status == "A" and year is not None and last is not None and last > year:
                about.obs_status = "F"  # what lies in the future is not measured yet


def last_year(about: Dimensions) -> int | None:
    """Return the last year of a figure's period."""
    last = about.time_period.rpartition("/")[2][:4]
    return int(last) if last.isdigit() else None


def is_past(about: Dimensions, year: int | None) -> bool:
    """Return whether a figure's period was over before the article's year: then no neighbour's forecast is its own."""
    last = last_year(about)
    return year is not None and last is not None and last < year
