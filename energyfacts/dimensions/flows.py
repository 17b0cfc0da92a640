"""Which flow a figure states, as far as its unit allows."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from energyfacts.dimensions.mentions import WEAK, is_in_name, mentions
from energyfacts.dimensions.moves import PRICE, SHARE_PRICE
from energyfacts.dimensions.owners import NOTHING, WORD, Owned, Rule
from energyfacts.dimensions.stakes import StakeReader
from energyfacts.dimensions.units import LARGE_MONEY, OF_A_PLANT, SMALL_MONEY, stated_in
from energyfacts.qualifiers import PLAIN
from energyfacts.units import kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from energyfacts.dimensions.figures import Place, Sentence
    from energyfacts.dimensions.mentions import Lexicon, Mention
    from energyfacts.dimensions.owners import Owner
    from energyfacts.text import Text

# What a unit alone tells of the flow.
BY_UNIT_CLASS = {"price": "price", "exchange": "exchange_rate", "emissions": "emissions"}
EMPLOYMENT, BALANCE, BUDGET, CAPACITY = "employment", "balance", "budget", "capacity"
CONSUMPTION = "consumption"
# Barrels a day, and the groups that agree on how many of them they produce.
OF_WELLS = ("volume", "time")
PRODUCERS = frozenset({"OPEC", "OPEC+"})
# A plant sells and stores megawatt-hours, no megawatts.
OF_ENERGY = frozenset({"sales", "stocks"})
# These may be of another flow: the price of imports is a price, interest on debt an interest rate.
OF_FLOWS = frozenset({"interest_rate", "investment", "price", "profit", "subsidy", "tax"})
# Taxes and profits are told beside the amount they are made on.
TAXED = frozenset({"exports", "imports", "revenue", "sales"})
# The other way round: what a sale of bonds brings is debt.
LOAN = ("sales", "debt")
# Between the two stand only words, at most so many of them neither articles nor prepositions ("on 10-year government").
WORDS_ONLY = re.compile(r"(?:[^\W\d_]|[ '-]|\d+-(?!\d))+")
WORDS_BETWEEN = 3
# Of these neither people nor plants are a part, whatever stands near: they are not produced, traded or kept.
OF_GOODS = frozenset(
    {
        "production",
        "exports",
        "imports",
        "stocks",
        "reserves",
        "capacity",
        "refining",
        "sales",
        "trade",
        "price",
        "consumption",
        "demand",
        "supply",
    }
)
# Beside these a deficit is one of trade, also where a budget is named.
OF_TRADE = frozenset({"exports", "imports", "trade"})
# In a headline shorter words may be small ("from").
LONGER_WORD = re.compile(r"[^\W\d_]{5,}")
# "200 trucks were exported": so near behind what is counted a flow is still its own.
NEAR = 11
# A figure with a hyphen before its unit is an adjective of what stands behind it.
RATED = re.compile(r"\d-[^\W\d_]")
# So near behind such a figure a flow is what it is an adjective of.
RATED_NEAR = 16
PER_SHARE = "/share"
PROFIT = "profit"
# The note of words behind a part of what was named before.
NAMED = "named"
# Before a figure with a bound so many characters are the bound's.
LONGEST_BOUND = 8


class FlowReader:
    """How one language names the flow of a figure.

    Parameters
    ----------
    lexicon : Lexicon
        The language's words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.flows = lexicon.flows
        self.parts = lexicon.cue("share after")
        self.clauses = lexicon.cue("clause")
        self.people = lexicon.surfaces("people")
        self.sites = lexicon.surfaces("site")
        self.stakes = StakeReader(lexicon)
        self.pack = lexicon.pack
        self.joints = lexicon.surfaces("complement") | lexicon.surfaces("article")
        # Where a part needs a word before its whole, so does a flow before what it is of.
        self.partitives = lexicon.surfaces("partitive")
        self.joint_needed = bool(self.partitives)

    def named(self, text: Text, start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[Mention]:
        """Return the flows that a sentence names; a word of a name ("Bumi Resources") is none, save in a headline."""
        found = mentions(self.flows, text, start, end, spans)
        if found and not is_headline(text, start, end, spans):
            found = [mention for mention in found if mention.start == start or not is_word_of_name(text, mention)]
        codes = {mention.code for mention in found}
        if BALANCE in codes and BUDGET in codes and codes.isdisjoint(OF_TRADE):
            return [of_budget(text, mention) for mention in found]
        return found

    def set(self, sentence: Sentence, owner: Owner) -> list[Owned]:
        """Set the flows of a sentence's figures, and return the words they come from."""
        text = sentence.text
        heads = self.heads(text, sentence.flows)
        rule = Rule(
            fits=lambda place, mention: (
                fits_unit(place, mention)
                and self.may_count(place, mention)
                and not (mention in heads and fits_unit(place, heads[mention]) and not self.is_of(text, place, mention))
            ),
            before_first=lambda place: self.is_share_of(text, place),
            narrow=lambda place: place.unit_class == "count" or is_of_plant(place, sentence),
        )
        owned = owner.own(sentence.figures, sentence.flows, rule)
        stake = False
        for place, about, own in zip(sentence.figures, sentence.about, owned, strict=True):
            stake = self.stakes.is_stake(sentence, place, owner, stake and own.source != "clause")
            if stake:
                about.take("measure", "share", "clause")
                continue
            own = self.done_with_part(sentence, place) or own
            if place.unit_class == PRICE and self.is_apart(sentence, place, own):
                own = NOTHING
            by_unit = self.told_by_people(text, place) or told_by_unit(place, sentence)
            if is_rated(place, own.mention):
                about.take("flow", CAPACITY, "unit")
            elif own.mention is not None and (own.mention.note != WEAK or by_unit is None):
                about.take("flow", own.mention.code, own.source)
            elif by_unit is not None:
                about.take("flow", by_unit, "unit")
            if about.flow == "price" and place.quantity.unit.endswith(PER_SHARE):
                about.take("flow", SHARE_PRICE, "unit")
        return owned

    def heads(self, text: Text, flows: Sequence[Mention]) -> dict[Mention, Mention]:
        """Return the flows that another is of, by that other: "interest on debt" is an interest rate, no debt."""
        found: dict[Mention, Mention] = {}
        for first, second in pairwise(flows):
            is_loan = (first.code, second.code) == LOAN
            if is_loan or (first.code in OF_FLOWS and not first.note and second.code != SHARE_PRICE):
                of, head = (first, second) if is_loan else (second, first)
                found |= {of: head} if self.is_complement(text, first, second) else {}
        return found

    def is_complement(self, text: Text, first: Mention, second: Mention) -> bool:
        """Return whether only a noun phrase parts two flows, so that the first is of the second."""
        gap = text.folded[first.end : second.start]
        words = WORD.findall(gap)
        joint = {text.tokens_before[first.end], *words[:1]}  # "yield on" holds its own
        if not WORDS_ONLY.fullmatch(gap) or (self.joint_needed and self.joints.isdisjoint(joint)):
            return False
        plain = [word for word in words if word not in self.joints]
        return len(plain) <= WORDS_BETWEEN and not any(self.pack.ends_phrase(word) for word in plain)

    def is_apart(self, sentence: Sentence, place: Place, own: Owned) -> bool:
        """Return whether a price is one of goods, and its flow another clause's.

        "If oil stays above US$120 a barrel, the subsidy …", "profit rose as coal hit US$100 a ton".
        """
        flow = own.mention
        if flow is None or flow.start > place.end:
            return flow is not None and own.source == "sentence"
        goods = (product.start for product in sentence.products if flow.end <= product.start < place.start)
        return flow.code == PROFIT and any(self.clauses.find(sentence.text, flow.end, start) for start in goods)

    def is_of(self, text: Text, place: Place, flow: Mention) -> bool:
        """Return whether an amount is tied to the second of two flows: "a profit on sales of US$4 billion"."""
        tied = text.folded[flow.end : place.start].strip(" ")
        return flow.code in TAXED and place.unit_class != "ratio" and tied in self.partitives

    def may_count(self, place: Place, mention: Mention) -> bool:
        """Return whether what is counted can be that of a flow: people and plants are not produced, traded or kept."""
        if place.unit_class != "count" or mention.code not in OF_GOODS:
            return True
        counted = place.quantity.counted.lower().split()
        return self.people.isdisjoint(counted) and self.sites.isdisjoint(counted)

    def done_with_part(self, sentence: Sentence, place: Place) -> Owned | None:
        """Return the flow that a part of what was named before goes to: "2 million tons, 85 percent of it exported"."""
        part = self.parts.at(sentence.text, place.end + 1)
        if part is None or part.value[1] != NAMED:
            return None
        done = next((flow for flow in sentence.flows if part.end <= flow.start and flow.end <= place.right), None)
        if done is None or not fits_unit(place, done):
            return None
        gap = WORD.findall(sentence.text.folded, part.end, done.start)
        return Owned(done, "clause") if self.pack.words("stop").issuperset(gap) else None

    def told_by_people(self, text: Text, place: Place) -> str | None:
        """Return the flow that counted people tell: "159,000 jobs", "7,200 workers"; residents may be anyone's."""
        if place.unit_class != "count":
            return None
        inside = (mention.code for mention in mentions(self.flows, text, place.start, place.end))
        return EMPLOYMENT if EMPLOYMENT in inside else None

    def is_share_of(self, text: Text, place: Place) -> bool:
        """Return whether a figure is a part of what is named behind it: then what is before it says what it is."""
        return place.unit_class == "ratio" and self.parts.at(text, place.end + 1) is not None


def of_budget(text: Text, flow: Mention) -> Mention:
    """Return a flow, that of the budget for a "deficit" or "surplus" that says of what it is with no second word."""
    bare = flow.code == BALANCE and " " not in text.folded[flow.start : flow.end]
    return flow._replace(code=BUDGET) if bare else flow


def is_word_of_name(text: Text, flow: Mention) -> bool:
    """Return whether one word is part of a name; more words ("Composite Index") are a name of the flow itself."""
    return " " not in text.folded[flow.start : flow.end] and is_in_name(text.original, flow)


def is_headline(text: Text, start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether every longer word of a sentence outside its figures has a capital: then it makes no name."""
    position = start
    for first, last in [*sorted(spans), (end, end)]:
        if any(word.islower() for word in LONGER_WORD.findall(text.original, position, first)):
            return False
        position = max(position, last)
    return True


def told_by_unit(place: Place, sentence: Sentence) -> str | None:
    """Return the flow that a figure's unit tells: its own, or that of a price in its sentence it is a part of.

    "Crude rose US$1.27 to US$97.39 a barrel": so little money beside a price of that money is a step of the price.
    Barrels a day beside a group of producers are those it produces, where no flow is said.
    """
    if is_of_plant(place, sentence):
        return CAPACITY
    unit = kind(place.quantity.unit)
    if unit == OF_WELLS and is_of_producers(place, sentence):
        return "production"
    if place.unit_class == "money" and place.quantity.value < SMALL_MONEY:
        prices = (kind(other.quantity.unit) for other in sentence.figures if other.unit_class == "price")
        return "price" if any(price[0] == unit[0] for price in prices) and is_changed(place, sentence) else None
    return BY_UNIT_CLASS.get(place.unit_class)


def is_of_producers(place: Place, sentence: Sentence) -> bool:
    """Return whether a sentence speaks of a group of producers and of no flow that the figure may be of."""
    producers = any(area.code in PRODUCERS for area in sentence.areas)
    return producers and not any(fits_unit(place, flow) for flow in sentence.flows)


def is_of_plant(place: Place, sentence: Sentence) -> bool:
    """Return whether a figure is the size of a plant; a change of megawatts may be one of anything."""
    return kind(place.quantity.unit) in OF_A_PLANT and not is_changed(place, sentence)


def is_rated(place: Place, flow: Mention | None) -> bool:
    """Return whether a figure says how large a plant is ("the 600-MW plant"), not a flow ("a 600-MW import deal")."""
    if kind(place.quantity.unit) not in OF_A_PLANT or not RATED.search(place.quantity.text):
        return False
    return flow is None or not place.end <= flow.start <= place.end + RATED_NEAR


def is_changed(place: Place, sentence: Sentence) -> bool:
    """Return whether a word of change stands before a figure or right behind it, not in its bound ("up to")."""
    bound = place.start if place.quantity.qualifier == PLAIN else place.start - LONGEST_BOUND
    changes = (change for change in sentence.changes if place.left <= change.start and change.end <= place.right)
    return any(change.end <= bound or place.end <= change.start <= place.end + NEAR for change in changes)


def fits_unit(place: Place, mention: Mention) -> bool:
    """Return whether a figure's unit can state a flow; what takes a word out (``_Z``) fits none."""
    if mention.code.startswith("_"):
        return False
    if place.unit_class == "count" and mention.start > place.end + NEAR:
        return False  # "eight of its members would raise output": what is counted does it
    if mention.code in OF_ENERGY and kind(place.quantity.unit) in OF_A_PLANT:
        return False
    if mention.code == CONSUMPTION and mention.note == WEAK and place.unit_class == "money":
        return False  # who uses US$12 million spends it
    classes, stated = place.unit_class, stated_in(mention.code)
    if classes == "price" and mention.code == SHARE_PRICE and not place.quantity.unit.endswith(PER_SHARE):
        return False  # nothing is sold by the barrel that is a share
    if classes == "money" and place.quantity.value < SMALL_MONEY:
        return bool(stated & {"price", "exchange"})
    if mention.code == "price" and classes == "money" and place.quantity.value >= LARGE_MONEY:
        return False
    return classes in stated
