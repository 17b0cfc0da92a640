"""All dimensions of the figures of one article, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from energyfacts.codelists import NOT_APPLICABLE
from energyfacts.dimensions.areas import AreaReader
from energyfacts.dimensions.attribution import SpeakerReader
from energyfacts.dimensions.figures import Dimensions, Place, PlaceReader, Sentence
from energyfacts.dimensions.flows import FlowReader
from energyfacts.dimensions.measures import MeasureReader
from energyfacts.dimensions.mentions import ONLY_BEHIND, Lexicon, alternation, mentions
from energyfacts.dimensions.moves import MoveReader
from energyfacts.dimensions.owners import Owner
from energyfacts.dimensions.products import ProductReader
from energyfacts.dimensions.statuses import StatusReader
from energyfacts.dimensions.times import PeriodReader
from energyfacts.dimensions.topics import Before, TopicReader
from energyfacts.dimensions.units import unit_class
from energyfacts.text import LONGEST_SENTENCE
from energyfacts.units import kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from energyfacts.languages import Pack
    from energyfacts.periods import Period
    from energyfacts.quantities import Quantity
    from energyfacts.text import Text


class DimensionReader:
    """What the figures of one language are about.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.lexicon = pack.compiled(Lexicon, pack)
        self.places = PlaceReader(pack, self.lexicon)
        self.areas = AreaReader(self.lexicon)
        self.flows = FlowReader(self.lexicon)
        self.moves = MoveReader(self.lexicon)
        self.products = ProductReader(self.lexicon)
        self.measures = MeasureReader(pack, self.lexicon)
        self.periods = PeriodReader(pack, self.lexicon)
        self.statuses = StatusReader(self.lexicon)
        self.speakers = SpeakerReader(pack, self.lexicon)
        self.topics = TopicReader(self.lexicon, self.products, self.areas)
        self.links = self.lexicon.surfaces("attach")
        self.changes = self.lexicon.cue("increase", "decrease")
        self.sizes = self.lexicon.surfaces("size")
        self.breaks = self.lexicon.surfaces("clause") | pack.words("joint") | pack.words("and")
        relatives = alternation(sorted(self.lexicon.surfaces("relative"))) or "(?!)"
        self.aside = re.compile(rf", (?:{relatives})(?!\w)(?:[^,]|,(?=\d))*,")

    def read(
        self,
        text: Text,
        quantities: Sequence[Quantity],
        sentences: Sequence[tuple[int, int]],
        periods: Sequence[Period],
        year: int | None = None,
    ) -> list[Dimensions]:
        """Return the dimensions of each quantity of an article.

        Parameters
        ----------
        text : Text
            The article.
        quantities : sequence of Quantity
            Its figures, in order.
        sentences : sequence of (int, int)
            Its sentences, in order.
        periods : sequence of Period
            The periods it names.
        year : int, optional
            The year it was published: a period after it is a forecast.
        """
        topic = self.topics.read(text, sentences, quantities)
        found: list[Dimensions] = []
        previous: Before | None = None
        # Looked up, not searched: a text may hold thousands of sentences.
        figure_starts = [quantity.start for quantity in quantities]
        period_starts = [period.start for period in periods]
        for start, end in pieces(sentences, figure_starts):
            inside = quantities[bisect_left(figure_starts, start) : bisect_left(figure_starts, end)]
            if not inside:
                continue
            figures = self.places.places(text, [each for each in inside if not is_stretch(each)], (start, end))
            by_start: dict[int, Dimensions] = {}
            if figures:
                named = list(periods[bisect_left(period_starts, start) : bisect_left(period_starts, end)])
                sentence = self.sentence(text, figures, named)
                self.topics.inherit(sentence, previous, topic)
                self.statuses.set(sentence, year)
                by_start = {place.start: about for place, about in zip(figures, sentence.about, strict=True)}
                previous = Before(figures[-1], sentence.about[-1])
            found.extend(by_start.get(quantity.start) or stretch_of_time() for quantity in inside)
        return found

    def sentence(self, text: Text, figures: list[Place], periods: list[Period]) -> Sentence:
        """Return a sentence with what its figures are about by that sentence alone."""
        sentence = self.named(text, figures, periods)
        named = [*sentence.flows, *sentence.products, *sentence.areas, *sentence.changes]
        owner = Owner(text, self.links, self.breaks, self.sizes, passes=named, is_verb=self.pack.is_verb)
        flows = self.flows.set(sentence, owner)
        self.products.set(sentence, owner, flows)
        self.areas.set(sentence, owner)
        self.measures.set(sentence)
        for about, period in zip(sentence.about, self.periods.read(text, figures, periods), strict=True):
            if period is not None:
                about.take("time_period", period.time_period, "sentence")
        speaker = self.speakers.read(text, sentence.start, sentence.end)
        for about in sentence.about:
            about.attributed_to = speaker
        return sentence

    def named(self, text: Text, figures: list[Place], periods: list[Period]) -> Sentence:
        """Return a sentence with all that it names."""
        start, end = figures[0].sentence
        spans = [(place.start, place.end) for place in figures]
        # What an aside names ("lifting, which measures what is sold, …") says nothing of the figures outside it.
        asides = [
            match.span()
            for match in self.aside.finditer(text.folded, start, end)
            if not any(match.start() < place.start < match.end() for place in figures)
        ]
        money = [(place.start, place.end) for place in figures if "money" in kind(place.quantity.unit)[0]]
        products = self.products.named(text, start, end, {start}, {place.start for place in figures})
        changes = [m for m in mentions(self.changes, text, start, end, spans) if m.note != ONLY_BEHIND]
        flows = self.flows.named(text, start, end, [*spans, *asides])
        return Sentence(
            text=text,
            figures=figures,
            flows=self.moves.with_prices(text, flows, products, changes, figures),
            products=products,
            areas=mentions(self.lexicon.areas, text, start, end, money),  # "US$" names no country
            changes=changes,
            periods=periods,
            about=[Dimensions() for _ in figures],
        )


def pieces(sentences: Sequence[tuple[int, int]], figure_starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the sentences, one that is too long to be one cut before a figure: each of its figures is weighed with all.

    Examples
    --------
    >>> list(pieces([(0, 20), (21, 4021)], [5, 1021, 2521]))
    [(0, 20), (21, 1021), (1021, 2521), (2521, 4021)]
    """
    for start, end in sentences:
        first = start
        while end - first > LONGEST_SENTENCE:
            k = bisect_right(figure_starts, first + LONGEST_SENTENCE) - 1
            cut = figure_starts[k] if k >= 0 and figure_starts[k] > first else first + LONGEST_SENTENCE
            yield first, cut
            first = cut
        yield first, end


def is_stretch(quantity: Quantity) -> bool:
    """Return whether a quantity is a stretch of time ("three months"): it is about nothing but itself."""
    return unit_class(quantity.unit) == "duration"


def stretch_of_time() -> Dimensions:
    """Return the dimensions of a stretch of time."""
    return Dimensions(ref_area=NOT_APPLICABLE, product=NOT_APPLICABLE, flow="time")
