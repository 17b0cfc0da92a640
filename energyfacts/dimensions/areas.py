"""Whose figure it is, and via, to or from whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from energyfacts.codelists import NOT_APPLICABLE, UNKNOWN
from energyfacts.dimensions.mentions import Mention, alternation
from energyfacts.dimensions.owners import NOTHING, WORD, Owned

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from energyfacts.dimensions.figures import Dimensions, Place, Sentence
    from energyfacts.dimensions.mentions import Lexicon
    from energyfacts.dimensions.owners import Owner
    from energyfacts.text import Text

# Flows that go between areas; only these have a counterpart.
BETWEEN_AREAS = frozenset({"exports", "imports", "trade", "balance", "sales", "supply", "transport"})
# Of these the area after "from" is the one that sends, so it is the counterpart.
INWARD = frozenset({"imports"})
# An area word with one of these notes names no country of its own in every sentence; it counts next to the figure only.
NEAR_ONLY = frozenset({"group", "region"})
WORLD = "WLD"
# A body of the state stands for its country in what the body sets or measures for the whole country.
BODY = "body"
# A seat of government stands for its country where it acts, not where it is a place.
CAPITAL = "capital"
# A city in capitals before the first sentence tells the country of the story, of no figure.
DATELINE = "dateline"
OF_A_BODY = frozenset({"growth", "inflation", "interest_rate"})
OF_A_TREASURY = frozenset({"budget", "subsidy"})
OF_A_CUSTOMS_OFFICE = frozenset({"balance", "exports", "imports"})
# These are of a firm or a project: its country is where it stands, not who its owner is.
INVESTMENT = "investment"
OF_A_PROJECT = frozenset({INVESTMENT, "debt", UNKNOWN})
# Behind whose figure one of these is, an adjective says where the product comes from.
ADJECTIVE = "adjective"
TAKING = frozenset({"imports", "consumption", "demand", UNKNOWN})
# These are between two: the area after "with" is the other.
WITH_PARTNERS = frozenset({"trade", "balance"})
PAIR = "pair"
# Who lends is not who owes.
VERB = "verb"
GROUP = "group"
# These a group's members do: what a group says of others' is none of them.
OF_MEMBERS = frozenset({"production", "exports", "supply", "capacity", "reserves"})
# Between two areas of a list stand, besides figures, at most so many characters.
LONGEST_LIST_GAP = 40
# So many figures may share an area behind the last of them.
MOST_JOINED = 4
SENTENCE_STOPS = frozenset(".!?\n:;")


class AreaReader:
    """How one language tells the area of a figure from its counterpart.

    Parameters
    ----------
    lexicon : Lexicon
        The language's words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        # A word with a capital right before an area, or before a joint of names and an area ("Bank of").
        joints = alternation(sorted(lexicon.surfaces("name joint"))) or "(?!)"
        self.capitalised = re.compile(rf"(?<![\w-])([A-Z][\w-]*[a-z]) (?:(?:{joints}) )?$")
        self.located = lexicon.cue("located")
        self.titles = lexicon.surfaces("person title")
        self.articles = lexicon.surfaces("article")
        self.directions = lexicon.cue("via", "toward", "origin", "partner", "pair")
        self.parts = lexicon.cue("share after")
        self.joints, self.ends_phrase = lexicon.pack.words("and"), lexicon.pack.ends_phrase
        between = lexicon.surfaces("listing") | lexicon.surfaces("reach")
        self.listing = lexicon.pack.words("stop") | self.joints | between

    def set(self, sentence: Sentence, owner: Owner) -> None:
        """Set whose figures a sentence's are, and their counterparts."""
        text = sentence.text
        ends = {mention.end for mention in sentence.areas}
        named = [m for m in sentence.areas if not m.code.startswith("_") and not self.is_part_of_name(text, m, ends)]
        body = next((mention.code for mention in named if mention.note == BODY), "")
        for k, (place, about) in enumerate(zip(sentence.figures, sentence.about, strict=True)):
            own, other = self.split(sentence, named, about.flow)
            ref = self.ref_area(sentence, owner, k, own)
            if ref.mention is not None:
                world_price = about.flow == "price" and ref.mention.code == WORLD
                about.take("ref_area", NOT_APPLICABLE if world_price else ref.mention.code, ref.source)
            elif body and is_of_state(sentence, k):
                about.take("ref_area", body, "sentence")
            counterpart = counterpart_of(owner, place, other, sentence.about[k - 1] if k else None)
            if counterpart and counterpart != about.ref_area:
                about.counterpart_area = counterpart

    def ref_area(self, sentence: Sentence, owner: Owner, k: int, own: list[Mention]) -> Owned:
        """Return whose a sentence's figure is: named before it, or tied to its end."""
        text, place, flow = sentence.text, sentence.figures[k], sentence.about[k].flow
        own = [mention for mention in own if mention.note not in (BODY, DATELINE) and not self.is_venue(text, mention)]
        before = [mention for mention in own if sentence.start <= mention.start and mention.end <= place.start]
        before = self.without_appositions(text, before, place.start)
        if flow in OF_A_PROJECT:
            located = [m for m in own if self.is_located(text, m) or is_beside_flow(sentence, m, flow)]
            # "Vietnam attracted US$20 billion of investment": where no place is told it is that of who acts.
            acting = [mention for mention in own if flow == INVESTMENT and self.is_acting(sentence, mention)]
            before = [mention for mention in located or acting if mention.end <= place.right]
        near = [mention for mention in own if is_near_enough(place, mention)]
        owners = any(mention.code != WORLD for mention in before)
        if owners and place.unit_class == "ratio" and self.parts.at(text, place.end + 1) is not None:
            # "Saudi Arabia holds 17 percent of the world's reserves": the world is the whole, not whose part it is.
            near = [mention for mention in near if mention.code != WORLD or mention.end <= place.start]
        stretch = [mention for mention in before if mention.start >= place.left]
        tied = owner.tied(self.last_of_list(sentence, k), near)
        if tied is not None:
            return Owned(tied, "clause")
        if stretch:
            named = [mention for mention in stretch if mention.note not in NEAR_ONLY] or stretch
            return Owned(named[-1], "clause")
        if (carried := self.carried(sentence, k)).mention is not None:
            return carried
        if place.unit_class == "price":
            return NOTHING
        wide = [mention for mention in before if mention.note not in NEAR_ONLY]
        if not wide and flow in OF_MEMBERS and all(m.note == GROUP and m.code != WORLD for m in before):
            wide = before  # no other area is named: "OPEC's 12 members agreed to cut supply by …"
        return Owned(wide[-1], "sentence") if wide else NOTHING

    def last_of_list(self, sentence: Sentence, k: int) -> Place:
        """Return the last of the figures that "and" joins to one: "6.3 percent and 6.4 percent for Indonesia"."""
        place = sentence.figures[k]
        for following in sentence.figures[k + 1 : k + MOST_JOINED]:
            joint = sentence.text.folded[place.end : following.start].strip(" ")
            if joint not in self.joints or following.unit_class != place.unit_class:
                break
            place = following
        return place

    def is_acting(self, sentence: Sentence, mention: Mention) -> bool:
        """Return whether a sentence begins with an area and what it does: no "Thai firms", "Indonesia Power"."""
        text = sentence.text
        acts = text.folded.startswith(" ", mention.end) and self.ends_phrase(text.tokens_at[mention.end + 1])
        return mention.start == sentence.start and acts

    @staticmethod
    def carried(sentence: Sentence, k: int) -> Owned:
        """Return the area of the figure before, where both state the same flow."""
        if k == 0 or sentence.about[k - 1].flow != sentence.about[k].flow or sentence.about[k].flow == UNKNOWN:
            return NOTHING
        code, start = sentence.about[k - 1].ref_area, sentence.figures[k].start
        return NOTHING if code == UNKNOWN else Owned(Mention(start, start, code, ""), "sentence")

    def split(self, sentence: Sentence, found: Sequence[Mention], flow: str) -> tuple[list[Mention], list[Mention]]:
        """Return the areas that may be whose figure it is, and those that may be its counterpart."""
        text = sentence.text
        own: list[Mention] = []
        other: list[Mention] = []
        pair: Mention | None = None
        for place, mention in enumerate(found):
            direction = self.direction(text, mention)
            if flow in WITH_PARTNERS and place and text.folded[found[place - 1].end : mention.start] == "-":
                other.append(mention)  # "Indonesia-Japan trade"
            elif flow in WITH_PARTNERS and direction == PAIR:
                own.append(mention)
                pair = mention
            elif (pair and self.is_joined(text, pair, mention)) or (
                other and not direction and flow in BETWEEN_AREAS and self.is_in_list(sentence, other[-1], mention)
            ):
                other.append(mention)
            elif own and mention.note == ADJECTIVE and flow in TAKING:
                other.extend([mention] if flow in INWARD else [])  # "India's imports of Russian crude"
            elif direction and is_counterpart(direction, flow):
                other.append(mention)
            elif direction != "via":
                own.append(mention)
        return own, other

    def is_joined(self, text: Text, first: Mention, second: Mention) -> bool:
        """Return whether nothing but "and" stands between two areas ("trade between China and the United States")."""
        words = WORD.findall(text.folded[first.end : second.start])
        return words[:1] != [] and words[0] in self.joints and self.articles.issuperset(words[1:])

    def is_in_list(self, sentence: Sentence, first: Mention, second: Mention) -> bool:
        """Return whether two areas follow each other in one list of figures.

        "Exports to China reached US$5 billion, followed by the United States with US$2 billion and Japan …"
        """
        between = [place.end for place in sentence.figures if first.end <= place.start and place.end <= second.start]
        gap = sentence.text.folded[between[-1] if between else first.end : second.start]
        words = WORD.findall(gap)
        joined = not between or "," in gap or not self.joints.isdisjoint(words)
        return len(gap) <= LONGEST_LIST_GAP and joined and self.listing.issuperset(words)

    def direction(self, text: Text, mention: Mention) -> str:
        """Return the role of the preposition that an area stands behind (``via``, ``toward``, ``origin`` …), or ""."""
        position = mention.start - 1
        found = self.directions.before(text, position)
        if found is None:
            article = text.tokens_before[position]
            if article in self.articles:
                found = self.directions.before(text, position - len(article) - 1)
        return found.value[0] if found else ""

    def is_part_of_name(self, text: Text, mention: Mention, ends: Collection[int] = ()) -> bool:
        """Return whether an area's name is part of a firm's ("PT Marine Indonesia", "Bank of Malaysia").

        At one of the ``ends`` of other areas it is the next one ("Indonesia and Malaysia").
        """
        if self.is_located(text, mention) or self.direction(text, mention):
            return False
        before = text.original[max(0, mention.start - 40) : mention.start]
        match = self.capitalised.search(before)
        if match is None or mention.start - len(before) + match.end(1) in ends:
            return False
        lead = before[: match.start()].rstrip()
        if not lead or lead[-1] in SENTENCE_STOPS:
            return False
        return match[1].lower() not in self.titles and not match[1].isupper()

    def is_venue(self, text: Text, mention: Mention) -> bool:
        """Return whether a capital is a place ("a meeting in Doha"), and does not stand for its country."""
        return mention.note == CAPITAL and self.is_located(text, mention)

    def is_located(self, text: Text, mention: Mention) -> bool:
        """Return whether an area stands behind a word of place ("in Tunisia")."""
        return self.located.before(text, mention.start - 1) is not None

    @staticmethod
    def without_appositions(text: Text, found: list[Mention], end: int) -> list[Mention]:
        """Return the areas without those in an apposition to an earlier one ("Brunei, next to Malaysia, is …")."""
        kept: list[Mention] = []
        for mention in found:
            earlier = kept and "," in text.folded[kept[-1].end : mention.start] and len(kept) == 1
            if not (earlier and "," in text.folded[mention.end : end]):
                kept.append(mention)
        return kept


def is_beside_flow(sentence: Sentence, area: Mention, flow: str) -> bool:
    """Return whether an area stands right beside the word for a flow: "Indonesia's debt", "utang Indonesia"."""
    named = (mention for mention in sentence.flows if mention.code == flow and mention.note != VERB)
    return any(0 <= area.start - m.end <= 1 or 0 <= m.start - area.end <= len("'s ") for m in named)


def counterpart_of(owner: Owner, place: Place, other: Sequence[Mention], previous: Dimensions | None) -> str:
    """Return a figure's counterpart: named behind it in its clause, before it, by the figure before, or further on."""
    after = [mention for mention in other if place.start <= mention.start and mention.end <= place.right]
    before = [mention for mention in other if place.left <= mention.start and mention.end <= place.start]
    near = [mention for mention in after if not owner.is_parted(place.end, mention.start)]
    if near or before:
        return (near[0] if near else before[-1]).code
    if previous is not None and other and previous.counterpart_area != NOT_APPLICABLE:
        return previous.counterpart_area
    return after[0].code if after else ""


def is_counterpart(direction: str, flow: str) -> bool:
    """Return whether an area behind a preposition is the counterpart of a flow, and not whose figure it is."""
    if flow not in BETWEEN_AREAS:
        return False
    if direction == "origin":
        return flow in INWARD
    if direction == "partner":
        return flow in WITH_PARTNERS
    if direction == "toward":
        return flow not in INWARD
    return direction == "via"


def is_of_state(sentence: Sentence, k: int) -> bool:
    """Return whether a figure is one of a whole country's, as its statistics office or central bank gives them."""
    flow, unit = sentence.about[k].flow, sentence.figures[k].unit_class
    if flow in OF_A_BODY | OF_A_TREASURY or (flow in OF_A_CUSTOMS_OFFICE and unit in ("money", "ratio")):
        return True
    return unit != "price" and flow != UNKNOWN and any(about.flow in OF_A_BODY for about in sentence.about)


def is_near_enough(place: Place, mention: Mention) -> bool:
    """Return whether an area may be a figure's: a group or a region only in the figure's own stretch."""
    return mention.note not in NEAR_ONLY or (place.left <= mention.start and mention.end <= place.right)
