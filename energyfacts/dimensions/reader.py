"""All dimensions of the figures of one article, sentence by sentence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.dimensions.areas import AreaReader
from energyfacts.dimensions.attribution import SpeakerReader
from energyfacts.dimensions.flows import by_unit, fits_unit, unit_class
from energyfacts.dimensions.measures import MeasureReader
from energyfacts.dimensions.mentions import WEAK, Lexicon, Mention, mentions
from energyfacts.dimensions.places import CLAUSE_STOP, NOTHING, Owned, Owner, Place, places
from energyfacts.dimensions.times import PeriodReader
from energyfacts.units import kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from energyfacts.languages import Pack
    from energyfacts.periods import Period
    from energyfacts.quantities import Quantity
    from energyfacts.text import Text

UNKNOWN, NOT_APPLICABLE = "_U", "_Z"
NAME_BEFORE = re.compile(r"[a-z,;] (?:[A-Z][\w-]* )+$")
# These flows are of a whole economy or a market: no product applies.
WITHOUT_PRODUCT = frozenset(
    {"exchange_rate", "inflation", "interest_rate", "population", "growth", "index", "employment", "share_price"}
)
# An area word with one of these notes names no country of its own in every sentence; it counts next to the figure only.
NEAR_ONLY = frozenset({"group", "region"})
WORLD = "WLD"
# A body of the state stands for its country in what the body sets or measures for the whole country.
BODY = "body"
# A city in capitals before the first sentence tells the country of the story, of no figure.
DATELINE = "dateline"
OF_A_BODY = frozenset({"growth", "inflation", "interest_rate"})
OF_A_CUSTOMS_OFFICE = frozenset({"balance", "exports", "imports"})
# These are of a firm or a project: its country is where it stands, not who its owner is.
OF_A_PROJECT = frozenset({"investment", "debt", "_U"})
STATUS = {"forecast": "F", "estimate": "E"}
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
        self.periods = PeriodReader(pack, self.lexicon)
        self.speakers = SpeakerReader(pack, self.lexicon)
        self.links = self.lexicon.surfaces("attach")
        self.changes = self.lexicon.cue("increase", "decrease")
        self.breaks = self.lexicon.surfaces("clause") | pack.words("joint") | pack.words("and")
        self.parts = self.lexicon.cue("share after")
        self.stakes = self.lexicon.cue("stake")
        self.statuses = self.lexicon.cue("forecast", "estimate")

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
        previous: Before | None = None
        for start, end in sentences:
            inside = [quantity for quantity in quantities if start <= quantity.start < end]
            if not inside:
                continue
            figures = places([quantity for quantity in inside if not is_stretch(quantity)], (start, end))
            stated = self.sentence(text, figures, [period for period in periods if start <= period.start < end])
            for place, dimensions in zip(figures, stated, strict=True):
                self.inherit(text, place, dimensions, previous, topic)
                self.date_status(dimensions, year)
            by_start = {place.start: dimensions for place, dimensions in zip(figures, stated, strict=True)}
            found.extend(by_start.get(quantity.start) or stretch_of_time() for quantity in inside)
            previous = Before(figures[-1], stated[-1]) if figures else previous
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
                if mention.code != WORLD and not mention.code.startswith("_"):
                    areas[mention.code] += weight
            for mention in self.named_products(text, start, end):
                if not mention.code.startswith("_"):
                    products[mention.code] += weight
        return Topic(most(areas), most(products))

    def sentence(self, text: Text, figures: list[Place], periods: Sequence[Period]) -> list[Dimensions]:
        """Return what the figures of one sentence are about by that sentence alone."""
        if not figures:
            return []
        start, end = figures[0].sentence
        spans = [(place.start, place.end) for place in figures]
        flows = mentions(self.lexicon.flows, text, start, end, spans)
        products = self.named_products(text, start, end)
        areas = mentions(self.lexicon.areas, text, start, end, [span for place in figures for span in money_spans(place)])
        changes = mentions(self.changes, text, start, end, spans)
        owner = Owner(text, self.links, self.breaks, [*flows, *products, *areas, *changes])
        owned_flows = owner.own(
            figures,
            flows,
            fits_unit,
            before_first=lambda place: self.is_share_of(text, place),
            narrow=lambda place: unit_class(place.quantity.unit) == "count",
        )
        codes = [owned.mention.code if owned.mention else by_unit(place.quantity.unit) for owned, place in zip(owned_flows, figures, strict=True)]
        stakes = [self.is_stake(text, place) for place in figures]
        codes = [UNKNOWN if stake else code for code, stake in zip(codes, stakes, strict=True)]
        flow_at = {place.start: code for place, code in zip(figures, codes, strict=True)}
        owned_products = owner.own(
            figures,
            products,
            lambda place, mention: True,
            narrow=lambda place: flow_at[place.start] not in ENERGY_FLOWS or unit_class(place.quantity.unit) == "money",
            inherits=lambda before, place: flow_at[before.start] == flow_at[place.start],
        )
        found = [Dimensions(flow=code) for code in codes]
        for dimensions, flow, product, place in zip(found, owned_flows, owned_products, figures, strict=True):
            dimensions.source["flow"] = flow.source or ("unit" if dimensions.flow != UNKNOWN else "")
            self.set_product(dimensions, product)
            if flow_at[place.start] == UNKNOWN and unit_class(place.quantity.unit) in ("ratio", "count"):
                dimensions.product = NOT_APPLICABLE
        self.set_areas(text, owner, figures, areas, found)
        for dimensions, measure in zip(found, self.measures.read(text, figures, codes, flows), strict=True):
            dimensions.measure, dimensions.direction = measure
        for dimensions, period in zip(found, self.periods.read(text, figures, periods), strict=True):
            if period is not None:
                dimensions.time_period = period.time_period
                dimensions.source["time_period"] = "sentence"
        self.set_status(text, figures, found)
        return found

    def named_products(self, text: Text, start: int, end: int) -> list[Mention]:
        """Return the products that a sentence names; one in a firm's name ("International Gas Union") is none."""
        return [
            mention
            for mention in mentions(self.lexicon.products, text, start, end)
            if mention.start == start or not in_proper_name(text.original, mention)
        ]

    def is_share_of(self, text: Text, place: Place) -> bool:
        """Return whether a figure is a part of what is named behind it: then what is before it says what it is."""
        return unit_class(place.quantity.unit) == "ratio" and self.parts.at(text, place.end + 1) is not None

    def is_stake(self, text: Text, place: Place) -> bool:
        """Return whether a figure is a part of a firm ("a 40 percent stake"): that is no flow."""
        if unit_class(place.quantity.unit) != "ratio":
            return False
        position = place.end + 1
        if part := self.parts.at(text, position):
            rest = self.stakes.find(text, part.start, min(place.right, part.end + STAKE_WINDOW))
            return next(rest, None) is not None
        return self.stakes.at(text, position) is not None

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
        named = [mention for mention in found if not mention.code.startswith("_") and not self.areas.is_part_of_name(text, mention)]
        for k, place in enumerate(figures):
            own, other = self.areas.split(text, named, dimensions[k].flow)
            ref = self.ref_area(text, owner, figures[: k + 1], own, dimensions)
            if ref.mention is not None:
                world_price = dimensions[k].flow == "price" and ref.mention.code == WORLD
                dimensions[k].ref_area = NOT_APPLICABLE if world_price else ref.mention.code
                dimensions[k].source["ref_area"] = ref.source
            elif flow_of_state(place, dimensions, k) and (body := next((m for m in named if m.note == BODY), None)):
                dimensions[k].ref_area, dimensions[k].source["ref_area"] = body.code, "sentence"
            counterpart = self.counterpart(place, other, dimensions[k - 1] if k else None)
            if counterpart and counterpart != dimensions[k].ref_area:
                dimensions[k].counterpart_area = counterpart

    def ref_area(
        self, text: Text, owner: Owner, figures: list[Place], own: list[Mention], dimensions: list[Dimensions]
    ) -> Owned:
        """Return whose figure the last of the given figures is: named before it, or tied to its end."""
        place, flow = figures[-1], dimensions[len(figures) - 1].flow
        start = place.sentence[0]
        own = [mention for mention in own if mention.note not in (BODY, DATELINE)]
        before = [mention for mention in own if start <= mention.start and mention.end <= place.start]
        before = self.areas.without_appositions(text, before, place.start)
        if flow in OF_A_PROJECT:
            before = [m for m in own if m.end <= place.right and self.areas.is_located(text, m)]
        tied = owner.tied(place, [mention for mention in own if near_enough(place, mention)])
        if tied is not None:
            return Owned(tied, "clause")
        stretch = [mention for mention in before if mention.start >= place.left]
        if stretch:
            named = [mention for mention in stretch if mention.note not in NEAR_ONLY] or stretch
            return Owned(named[-1], "clause")
        if unit_class(place.quantity.unit) == "price" or flow in OF_A_PROJECT:
            return NOTHING
        if len(figures) > 1 and dimensions[len(figures) - 2].flow == flow != UNKNOWN:
            last = dimensions[len(figures) - 2].ref_area
            if not last.startswith("_"):
                return Owned(Mention(place.start, place.start, last, ""), "sentence")
        wide = [mention for mention in before if mention.note not in NEAR_ONLY]
        return Owned(wide[-1], "sentence") if wide else NOTHING

    @staticmethod
    def counterpart(place: Place, other: Sequence[Mention], previous: Dimensions | None) -> str:
        """Return the counterpart of a figure: named after it, before it, or by the figure before it."""
        after = [mention for mention in other if place.start <= mention.start and mention.end <= place.right]
        before = [mention for mention in other if place.left <= mention.start and mention.end <= place.start]
        if after or before:
            return (after[0] if after else before[-1]).code
        return previous.counterpart_area if previous and other else ""

    @staticmethod
    def date_status(dimensions: Dimensions, year: int | None) -> None:
        """Correct a status by the calendar: what is after the article's year is a forecast, what is before it is none."""
        if year is None or not dimensions.time_period[:4].isdigit():
            return
        last = int(dimensions.time_period.rpartition("/")[2][:4])
        if last > year:
            dimensions.obs_status = "F" if dimensions.obs_status == "A" else dimensions.obs_status
        elif last < year and dimensions.obs_status == "F":
            dimensions.obs_status = "A"

    def set_status(self, text: Text, figures: list[Place], found: list[Dimensions]) -> None:
        """Set whether figures are actual, estimates or forecasts, and who says so."""
        start, end = figures[0].sentence
        speaker = self.speakers.read(text, start, end)
        status = "A"
        for place, dimensions in zip(figures, found, strict=True):
            cues = mentions(self.statuses, text, place.left, place.start)
            if cues:
                status = STATUS[cues[-1].code]
            dimensions.obs_status = status
            behind = next(iter(mentions(self.statuses, text, place.end, place.right)), None)
            if status == "A" and behind is not None and not CLAUSE_STOP.search(text.folded, place.end, behind.start):
                dimensions.obs_status = STATUS[behind.code]
            dimensions.attributed_to = speaker

    def inherit(
        self, text: Text, place: Place, dimensions: Dimensions, previous: Before | None, topic: Topic
    ) -> None:
        """Give a figure what its sentence leaves open: from the figure before it, then from the article's topic."""
        if previous is not None and dimensions.flow == UNKNOWN and previous.place.quantity.unit == place.quantity.unit:
            for name in ("flow", "product", "ref_area", "time_period", "attributed_to"):
                if getattr(dimensions, name) == UNKNOWN:
                    setattr(dimensions, name, getattr(previous.dimensions, name))
                    dimensions.source[name] = "previous"
        elif dimensions.flow == UNKNOWN and dimensions.measure == "change":
            self.carry_flow(text, place, dimensions)
        if dimensions.ref_area == UNKNOWN and topic.area:
            dimensions.ref_area, dimensions.source["ref_area"] = topic.area, "topic"
        if dimensions.product == UNKNOWN and topic.product and dimensions.flow in ENERGY_FLOWS and "product" not in dimensions.source:
            dimensions.product, dimensions.source["product"] = topic.product, "topic"


    def carry_flow(self, text: Text, place: Place, dimensions: Dimensions) -> None:
        """Give a change without a flow the last flow that the sentence before it names ("The fall in output … It was 5 percent")."""
        start = max(0, place.sentence[0] - CARRY_WINDOW)
        named = mentions(self.lexicon.flows, text, text.folded.rfind("\n", start, place.sentence[0]) + 1 or start, place.sentence[0])
        fitting = [mention for mention in named if mention.note != WEAK and fits_unit(place, mention)]
        if fitting:
            dimensions.flow, dimensions.source["flow"] = fitting[0].code, "previous"


class Before(NamedTuple):
    """The last figure of the sentences before, and what it is about."""

    place: Place
    dimensions: Dimensions


def is_stretch(quantity: Quantity) -> bool:
    """Return whether a quantity is a stretch of time ("three months"): it is about nothing but itself."""
    return unit_class(quantity.unit) == "duration"


def stretch_of_time() -> Dimensions:
    """Return the dimensions of a stretch of time."""
    return Dimensions(ref_area=NOT_APPLICABLE, product=NOT_APPLICABLE, flow="time")


# How far back the sentence before may name the flow of a change.
CARRY_WINDOW = 240
# How far behind "percent of" the firm's shares may be named.
STAKE_WINDOW = 80
# Flows that an energy story's product carries over to; money flows are of the state or a firm as often.
ENERGY_FLOWS = frozenset(
    {"production", "exports", "imports", "consumption", "demand", "supply", "reserves", "capacity", "stocks", "price", "trade", "sales"}
)


def in_proper_name(original: str, mention: Mention) -> bool:
    """Return whether a word is capitalised, is no acronym, and has a capitalised neighbour: part of a name."""
    word = original[mention.start : mention.end]
    if not word[0].isupper() or word.isupper():
        return False
    after = original[mention.end + 1 : mention.end + 2] if original[mention.end : mention.end + 1] == " " else ""
    return after.isupper() or NAME_BEFORE.search(original[max(0, mention.start - 30) : mention.start]) is not None


def money_spans(place: Place) -> list[tuple[int, int]]:
    """Return a figure's characters where it is money: "US$" names no country."""
    return [(place.start, place.end)] if "money" in kind(place.quantity.unit)[0] else []


def flow_of_state(place: Place, dimensions: Sequence[Dimensions], k: int) -> bool:
    """Return whether a figure is one of a whole country's, as its statistics office or central bank gives them."""
    flow, unit = dimensions[k].flow, unit_class(place.quantity.unit)
    if flow in OF_A_BODY or (flow in OF_A_CUSTOMS_OFFICE and unit == "money"):
        return True
    return unit != "price" and flow != UNKNOWN and any(other.flow in OF_A_BODY for other in dimensions)


def near_enough(place: Place, mention: Mention) -> bool:
    """Return whether an area may be a figure's: a group or a region only in the figure's own stretch."""
    return mention.note not in NEAR_ONLY or (place.left <= mention.start and mention.end <= place.right)


def most(counts: Counter[str]) -> str:
    """Return what was counted most, at least twice, and more than the next; else ""."""
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < TOPIC_MENTIONS or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return ""
    return ranked[0][0]
