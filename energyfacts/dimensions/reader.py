"""All dimensions of the figures of one article, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from energyfacts.dimensions.areas import AreaReader
from energyfacts.dimensions.attribution import SpeakerReader
from energyfacts.dimensions.flows import by_unit, fits_unit, unit_class
from energyfacts.dimensions.measures import MeasureReader
from energyfacts.dimensions.mentions import Lexicon, Mention, mentions
from energyfacts.dimensions.places import NOTHING, Owned, Owner, Place, places
from energyfacts.dimensions.times import PeriodReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from energyfacts.languages import Pack
    from energyfacts.periods import Period
    from energyfacts.quantities import Quantity
    from energyfacts.text import Text

UNKNOWN, NOT_APPLICABLE = "_U", "_Z"
# These flows are of a whole economy or a market: no product applies.
WITHOUT_PRODUCT = frozenset(
    {"exchange_rate", "inflation", "interest_rate", "population", "growth", "index", "employment", "share_price"}
)
# An area word with one of these notes names no country of its own in every sentence; it counts next to the figure only.
NEAR_ONLY = frozenset({"group", "region"})
TOPIC_MENTIONS = 2
TITLE_WEIGHT = 2


@dataclass(slots=True)
class Dimensions:
    """What one figure is about; ``source`` says where each dimension came from."""

    ref_area: str = UNKNOWN
    counterpart_area: str = NOT_APPLICABLE
    product: str = UNKNOWN
    flow: str = UNKNOWN
    measure: str = "level"
    direction: str = NOT_APPLICABLE
    time_period: str = UNKNOWN
    obs_status: str = "A"
    attributed_to: str = UNKNOWN
    source: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Topic:
    """What an article is about as a whole: what a figure takes where nothing nearer says more."""

    area: str = ""
    product: str = ""


class DimensionReader:
    """What the figures of one language are about.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        self.lexicon = Lexicon(pack)
        self.areas = AreaReader(self.lexicon)
        self.measures = MeasureReader(pack, self.lexicon)
        self.periods = PeriodReader(pack)
        self.speakers = SpeakerReader(pack, self.lexicon)
        self.links = self.lexicon.surfaces("attach")
        self.changes = self.lexicon.cue("increase", "decrease")
        self.forecasts = self.lexicon.cue("forecast")
        self.estimates = self.lexicon.cue("estimate")

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
        topic = self.topic(text, sentences)
        found: list[Dimensions] = []
        previous: tuple[Place, Dimensions] | None = None
        for start, end in sentences:
            inside = [quantity for quantity in quantities if start <= quantity.start < end]
            if not inside:
                continue
            figures = places(inside, (start, end))
            stated = self.sentence(text, figures, [period for period in periods if start <= period.start < end])
            for place, dimensions in zip(figures, stated, strict=True):
                self.inherit(place, dimensions, previous, topic)
                if year is not None and dimensions.time_period[:4].isdigit() and int(dimensions.time_period[:4]) > year:
                    dimensions.obs_status = "F"
            previous = (figures[-1], stated[-1])
            found.extend(stated)
        return found

    def topic(self, text: Text, sentences: Sequence[tuple[int, int]]) -> Topic:
        """Return what an article of more than one sentence is about: its most named area and product, the title's first."""
        if len(sentences) < TOPIC_MENTIONS:
            return Topic()
        areas: Counter[str] = Counter()
        products: Counter[str] = Counter()
        for k, (start, end) in enumerate(sentences):
            weight = 1 if k else TITLE_WEIGHT
            for mention in mentions(self.lexicon.areas, text, start, end):
                if mention.note not in NEAR_ONLY and not mention.code.startswith("_"):
                    areas[mention.code] += weight
            for mention in mentions(self.lexicon.products, text, start, end):
                if not mention.code.startswith("_"):
                    products[mention.code] += weight
        return Topic(most(areas), most(products))

    def sentence(self, text: Text, figures: list[Place], periods: Sequence[Period]) -> list[Dimensions]:
        """Return what the figures of one sentence are about by that sentence alone."""
        start, end = figures[0].sentence
        spans = [(place.start, place.end) for place in figures]
        flows = mentions(self.lexicon.flows, text, start, end, spans)
        products = mentions(self.lexicon.products, text, start, end)
        areas = mentions(self.lexicon.areas, text, start, end)
        changes = mentions(self.changes, text, start, end, spans)
        owner = Owner(text, self.links, [*flows, *products, *areas, *changes])
        owned_flows = owner.own(figures, flows, fits_unit)
        codes = [owned.mention.code if owned.mention else by_unit(place.quantity.unit) for owned, place in zip(owned_flows, figures, strict=True)]
        owned_products = owner.own(figures, products, lambda place, mention: unit_class(place.quantity.unit) != "duration")
        found = [Dimensions(flow=code) for code in codes]
        for dimensions, flow, product, place in zip(found, owned_flows, owned_products, figures, strict=True):
            dimensions.source["flow"] = flow.source or ("unit" if dimensions.flow != UNKNOWN else "")
            self.set_product(dimensions, product)
            if unit_class(place.quantity.unit) == "duration":
                dimensions.product = NOT_APPLICABLE
        self.set_areas(text, owner, figures, areas, found)
        for dimensions, measure in zip(found, self.measures.read(text, figures, codes), strict=True):
            dimensions.measure, dimensions.direction = measure
        for dimensions, period in zip(found, self.periods.read(text, figures, periods), strict=True):
            if period is not None:
                dimensions.time_period = period.time_period
                dimensions.source["time_period"] = "sentence"
        self.set_status(text, figures, found)
        return found

    @staticmethod
    def set_product(dimensions: Dimensions, owned: Owned) -> None:
        """Set a figure's product, where its flow has one."""
        if dimensions.flow in WITHOUT_PRODUCT:
            dimensions.product = NOT_APPLICABLE
        elif owned.mention is not None:
            dimensions.product = UNKNOWN if owned.mention.code == "_T" else owned.mention.code
            dimensions.source["product"] = owned.source

    def set_areas(
        self, text: Text, owner: Owner, figures: list[Place], found: list[Mention], dimensions: list[Dimensions]
    ) -> None:
        """Set whose figures they are, and their counterparts."""
        named = [mention for mention in found if not mention.code.startswith("_")]
        for k, place in enumerate(figures):
            own, other = self.areas.split(text, named, dimensions[k].flow)
            ref = owner.own(figures[: k + 1], own, near_enough)[-1]
            if ref.mention is not None:
                dimensions[k].ref_area, dimensions[k].source["ref_area"] = ref.mention.code, ref.source
            counterpart = self.counterpart(place, other, dimensions[k - 1] if k else None)
            if counterpart and counterpart != dimensions[k].ref_area:
                dimensions[k].counterpart_area = counterpart

    @staticmethod
    def counterpart(place: Place, other: Sequence[Mention], previous: Dimensions | None) -> str:
        """Return the counterpart of a figure: named after it, before it, or by the figure before it."""
        after = [mention for mention in other if place.start <= mention.start and mention.end <= place.right]
        before = [mention for mention in other if place.left <= mention.start and mention.end <= place.start]
        if after or before:
            return (after[0] if after else before[-1]).code
        return previous.counterpart_area if previous and other else ""

    def set_status(self, text: Text, figures: list[Place], found: list[Dimensions]) -> None:
        """Set whether figures are actual, estimates or forecasts, and who says so."""
        start, end = figures[0].sentence
        speaker = self.speakers.read(text, start, end)
        status = "A"
        for place, dimensions in zip(figures, found, strict=True):
            if next(self.forecasts.find(text, place.left, place.start), None):
                status = "F"
            elif next(self.estimates.find(text, place.left, place.start), None):
                status = "E"
            dimensions.obs_status = status
            dimensions.attributed_to = speaker

    @staticmethod
    def inherit(
        place: Place, dimensions: Dimensions, previous: tuple[Place, Dimensions] | None, topic: Topic
    ) -> None:
        """Give a figure what its sentence leaves open: from the figure before it, then from the article's topic."""
        if previous is not None and dimensions.flow == UNKNOWN and previous[0].quantity.unit == place.quantity.unit:
            before = previous[1]
            for name in ("flow", "product", "ref_area", "time_period"):
                if getattr(dimensions, name) == UNKNOWN:
                    setattr(dimensions, name, getattr(before, name))
                    dimensions.source[name] = "previous"
        if dimensions.ref_area == UNKNOWN and topic.area and unit_class(place.quantity.unit) != "duration":
            dimensions.ref_area, dimensions.source["ref_area"] = topic.area, "topic"
        if dimensions.product == UNKNOWN and topic.product and dimensions.flow in ENERGY_FLOWS and "product" not in dimensions.source:
            dimensions.product, dimensions.source["product"] = topic.product, "topic"


# Flows that an energy story's product carries over to; money flows are of the state or a firm as often.
ENERGY_FLOWS = frozenset(
    {"production", "exports", "imports", "consumption", "demand", "supply", "reserves", "capacity", "stocks", "price", "trade", "sales"}
)


def near_enough(place: Place, mention: Mention) -> bool:
    """Return whether an area may be a figure's: a group or a region only in the figure's own stretch."""
    if unit_class(place.quantity.unit) == "duration":
        return False
    return mention.note not in NEAR_ONLY or (place.left <= mention.start and mention.end <= place.right)


def most(counts: Counter[str]) -> str:
    """Return what was counted most, at least twice, and more than the next; else ""."""
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < TOPIC_MENTIONS or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return ""
    return ranked[0][0]
