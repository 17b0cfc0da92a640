"""What an article is about as a whole, and what a figure takes from it and from the sentence before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.codelists import UNKNOWN
from energyfacts.dimensions.areas import WORLD
from energyfacts.dimensions.flows import fits_unit
from energyfacts.dimensions.mentions import WEAK, mentions
from energyfacts.dimensions.products import ENERGY_FLOWS
from energyfacts.dimensions.units import product_of
from energyfacts.languages.cldr import tender

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from energyfacts.dimensions.areas import AreaReader
    from energyfacts.dimensions.figures import Dimensions, Place, Sentence
    from energyfacts.dimensions.mentions import Lexicon
    from energyfacts.dimensions.products import ProductReader
    from energyfacts.quantities import Quantity
    from energyfacts.text import Text

TOPIC_MENTIONS = 2
TITLE_WEIGHT = 2
# However many amounts are in a country's own money, they say as much as so many mentions of it.
MOST_MONEY = 2
# Fewer sentences are a snippet, whose money says too little of what it is about.
WHOLE_ARTICLE = 4
# How far back the sentence before may name the flow of a change.
CARRY_WINDOW = 240


@dataclass(slots=True)
class Topic:
    """What an article is about as a whole: what a figure takes where nothing nearer says more."""

    area: str = ""
    product: str = ""


class Before(NamedTuple):
    """The last figure of the sentences before, and what it is about."""

    place: Place
    about: Dimensions


class TopicReader:
    """How figures of one language inherit what their sentence leaves open.

    Parameters
    ----------
    lexicon : Lexicon
        The language's words.
    products : ProductReader
        How it names products.
    areas : AreaReader
        How it names areas: one that something goes to or comes from is no topic.
    """

    def __init__(self, lexicon: Lexicon, products: ProductReader, areas: AreaReader) -> None:
        self.lexicon = lexicon
        self.products = products
        self.areas = areas

    def read(self, text: Text, sentences: Sequence[tuple[int, int]], quantities: Sequence[Quantity]) -> Topic:
        """Return what an article of several sentences is about: its most named area and product, the title's twice.

        A currency of one country alone speaks for that country, as a few mentions of it would.
        """
        if len(sentences) < TOPIC_MENTIONS:
            return Topic()
        (start, headline_end), (body_start, _) = sentences[:2]
        end = sentences[-1][1]
        areas: Counter[str] = Counter()
        for mention in mentions(self.lexicon.areas, text, start, end):
            aside = mention.code == WORLD or mention.code.startswith("_")
            if not aside and not self.areas.direction(text, mention):
                areas[mention.code] += TITLE_WEIGHT if mention.start < headline_end else 1
        if len(sentences) >= WHOLE_ARTICLE:
            for area, count in Counter(areas_of_money(text, quantities)).items():
                areas[area] += min(count, MOST_MONEY)
        products: Counter[str] = Counter()
        # A headline has capitals that make no name.
        for mention in mentions(self.lexicon.products, text, start, headline_end):
            products[mention.code] += TITLE_WEIGHT
        for mention in self.products.named(text, body_start, end, {first for first, _ in sentences}):
            products[mention.code] += 1
        return Topic(most(areas), most({code: count for code, count in products.items() if code[0] != "_"}))

    def inherit(self, sentence: Sentence, previous: Before | None, topic: Topic) -> None:
        """Give figures what their sentence leaves open: from the figure before it, then from the article's topic."""
        for place, about in zip(sentence.figures, sentence.about, strict=True):
            if about.flow == UNKNOWN and previous and previous.place.quantity.unit == place.quantity.unit:
                for name in ("flow", "product", "ref_area", "time_period", "attributed_to"):
                    if getattr(about, name) == UNKNOWN:
                        about.take(name, getattr(previous.about, name), "previous")
            elif about.flow == UNKNOWN and about.measure == "change":
                self.carry_flow(sentence.text, place, about, previous)
            if about.ref_area == UNKNOWN and topic.area:
                about.take("ref_area", topic.area, "topic")
            open_product = about.product == UNKNOWN and "product" not in about.source
            if open_product and topic.product and about.flow in ENERGY_FLOWS:
                about.take("product", topic.product, "topic")
            elif open_product and (product := product_of(place.quantity.unit)):
                about.take("product", product, "unit")

    def carry_flow(self, text: Text, place: Place, about: Dimensions, previous: Before | None) -> None:
        """Give a change without a flow the first of the sentence before ("The fall in output … It was 5 percent")."""
        start = max(0, place.sentence[0] - CARRY_WINDOW)
        end = start + len(text.folded[start : place.sentence[0]].rstrip())
        named = mentions(self.lexicon.flows, text, text.folded.rfind("\n", start, end) + 1 or start, end)
        fitting = [mention for mention in named if mention.note != WEAK and fits_unit(place, mention)]
        if fitting:
            about.take("flow", fitting[0].code, "previous")
        if fitting and previous is not None and previous.about.flow == about.flow:
            about.take("product", previous.about.product, "previous")
            if about.ref_area == UNKNOWN:
                about.take("ref_area", previous.about.ref_area, "previous")


def areas_of_money(text: Text, quantities: Sequence[Quantity]) -> Iterator[str]:
    """Yield the country of each amount in a currency that only one has; what stands in brackets was converted."""
    for quantity in quantities:
        money = quantity.unit.partition("/")[0]
        countries = tender().get(money, frozenset())
        if len(countries) == 1 and not text.folded.startswith("(", quantity.start - 1):
            yield from countries


def most(counts: Mapping[str, int]) -> str:
    """Return what was counted most, at least twice, and more than the next; else ""."""
    ranked = sorted(counts.items(), key=lambda item: -item[1])[:2]
    if not ranked or ranked[0][1] < TOPIC_MENTIONS or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return ""
    return ranked[0][0]
