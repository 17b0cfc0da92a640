"""What rises or falls by itself: of shares that jump and copper that slips the price moved, of the dollar the rate."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from energyfacts import codelists
from energyfacts.dimensions.mentions import WEAK, Mention, mentions
from energyfacts.dimensions.owners import CLAUSE_STOP, WORD
from energyfacts.languages.phrases import Phrases
from energyfacts.units import is_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from energyfacts.dimensions.figures import Place
    from energyfacts.dimensions.mentions import Lexicon
    from energyfacts.text import Text

PRICE, SHARE_PRICE, EXCHANGE_RATE = "price", "share_price", "exchange_rate"
QUOTED = "quoted"
# A word of shares with this note is also one of goods kept in store.
STORED = "stored"
# Between what moved and the word that says so stands at most its full name.
LONGEST_NAME = 60
# Goods are counted in these; "renewables" or "solar" that rise are amounts.
FORMS = frozenset({"liquid", "gas", "solid"})


class MoveReader:
    """How one language says that shares, goods or moneys rose or fell.

    Parameters
    ----------
    lexicon : Lexicon
        The language's words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.pack = lexicon.pack
        self.shares, self.quoted = lexicon.cue("security"), lexicon.cue("quoted")
        self.tos = lexicon.pack.words("to") | lexicon.pack.words("to figure")
        moneys = (row["surface"] for row in lexicon.pack.rows("units") if is_money(row["unit"]) and not row["place"])
        self.moneys = Phrases((surface, EXCHANGE_RATE) for surface in moneys)
        self.clauses, self.located = lexicon.cue("clause"), lexicon.cue("located")
        self.heads = lexicon.surfaces("complement")
        self.joints = self.heads | lexicon.surfaces("article")
        # Where a part needs a word before its whole, a noun before shares is whose they are ("Bumi shares").
        self.owner_leads = bool(lexicon.surfaces("partitive"))

    def with_prices(
        self,
        text: Text,
        flows: list[Mention],
        products: Sequence[Mention],
        changes: Sequence[Mention],
        figures: Sequence[Place],
    ) -> list[Mention]:
        """Return the flows of the figures' sentence, with the prices and rates of what rose or fell in it."""
        sized = [change for change in changes if not self.leads_to_ratio(text, change, figures)]
        quoted = mentions(self.quoted, text, *figures[0].sentence)
        if not sized and not quoted:
            return flows
        # What moved by or to an amount of matter is no price: "coal rose 20 percent to 240 million tons".
        priced = [change for change in sized if not self.leads_to_matter(text, change, figures)]
        moved = list(self.shares_moved(text, flows, products, priced, figures[0].sentence))
        moved += self.moneys_moved(text, [*sized, *quoted], figures)
        moved += self.goods_moved(text, flows, moved, products, priced)
        if not moved:
            return flows
        rest = [flow for flow in flows if not any(flow.start < one.end and one.start < flow.end for one in moved)]
        return sorted(rest + moved)

    def leads_to_ratio(self, text: Text, change: Mention, figures: Sequence[Place]) -> bool:
        """Return whether a change leads to a percentage, which is a part of something: "coal fell to 35 percent"."""
        figure = next((place for place in figures if place.start >= change.end), None)
        if figure is None or figure.unit_class != "ratio":
            return False
        return not self.tos.isdisjoint(WORD.findall(text.folded, change.end, figure.start))

    def leads_to_matter(self, text: Text, change: Mention, figures: Sequence[Place]) -> bool:
        """Return whether the first figure behind a change in its clause that is no ratio is an amount of something."""
        behind = (place for place in figures if place.start >= change.end and place.unit_class not in ("ratio", "step"))
        figure = next(behind, None)
        if figure is None or figure.unit_class != "physical":
            return False
        parted = CLAUSE_STOP.search(text.folded, change.end, figure.start)
        return parted is None and not self.clauses.find(text, change.end, figure.start)

    def shares_moved(
        self,
        text: Text,
        flows: Sequence[Mention],
        products: Sequence[Mention],
        changes: Sequence[Mention],
        sentence: tuple[int, int],
    ) -> Iterator[Mention]:
        """Yield the words for shares that a change is said of, where they are part of no longer phrase.

        What is also a word for goods kept in store ("stocks") is one for shares where no goods are named.
        """
        strong = [flow for flow in flows if flow.note != WEAK]
        found = mentions(self.shares, text, *sentence)
        goods = [product for product in products if is_good(product.code)]
        for share in found:
            if (goods and share.note == STORED) or any(is_within((share.start, share.end), [flow]) for flow in strong):
                continue
            if self.follows_change(text, share, changes) or (
                self.may_lead(text, share) and self.gap_to_change(text, share, changes) is not None
            ):
                yield Mention(share.start, share.end, SHARE_PRICE, "")

    def moneys_moved(self, text: Text, changes: Sequence[Mention], figures: Sequence[Place]) -> Iterator[Mention]:
        """Yield the moneys outside figures that moved or were quoted: "the dollar fell to 114.2 yen", "traded at"."""
        for change in changes:
            money = self.moneys.before(text, change.start - 1, figures[0].sentence[0])
            if money is None or any(place.start < money.end and money.start < place.end for place in figures):
                continue
            if self.located.before(text, money.start - 1) is not None:
                continue  # "debt in rupiah rose"
            named = Mention(money.start, money.end, EXCHANGE_RATE, "")
            if self.may_lead(text, named):
                # What says that it was quoted would be the price of goods elsewhere.
                yield named._replace(end=change.end) if change.code == QUOTED else named

    def goods_moved(
        self,
        text: Text,
        flows: Sequence[Mention],
        moved: Sequence[Mention],
        products: Sequence[Mention],
        changes: Sequence[Mention],
    ) -> list[Mention]:
        """Return the goods that a change is said of, where no flow parts the two: "copper rose", "Brent gained".

        They are weak, so that a flow that is stated goes before, save where shares or moneys moved too and no flow
        stands before them in their clause: then theirs is a price as surely.
        """
        stated = [flow for flow in flows if not flow.code.startswith("_")]
        passed = [*products, *flows, *moved]
        found = []
        for product in products:
            if not is_good(product.code) or not self.may_lead(text, product):
                continue
            gap = self.gap_to_change(text, product, changes)
            if gap is None or any(product.start < flow.end and flow.start < gap[1] for flow in [*stated, *moved]):
                continue
            words = [word for word in WORD.finditer(text.folded, *gap) if not is_within(word.span(), passed)]
            if all(word[0] in self.pack.words("stop") or text.original[word.start()].isupper() for word in words):
                before = (flow.end for flow in stated if flow.end <= product.start)
                behind_flow = any(CLAUSE_STOP.search(text.folded, end, product.start) is None for end in before)
                found.append(Mention(product.start, product.end, PRICE, WEAK if behind_flow or not moved else ""))
        return found

    def follows_change(self, text: Text, share: Mention, changes: Sequence[Mention]) -> bool:
        """Return whether shares stand right behind a change: "a fall in the shares"."""
        before = [change for change in changes if change.end <= share.start]
        if not before:
            return False
        gap = text.folded[before[-1].end : share.start]
        if gap == " " and self.pack.is_verb(text.folded[before[-1].start : before[-1].end]):
            return False  # who adds shares buys them
        return not CLAUSE_STOP.search(gap) and self.joints.issuperset(WORD.findall(gap))

    def gap_to_change(self, text: Text, named: Mention, changes: Sequence[Mention]) -> tuple[int, int] | None:
        """Return the stretch up to the change said of what is named; None where a clause, verb or figure parts them."""
        change = next((change for change in changes if change.start >= named.end), None)
        if change is None or change.start - named.end > LONGEST_NAME:
            return None
        gap = text.folded[named.end : change.start]
        parted = CLAUSE_STOP.search(gap) or any(character.isdigit() for character in gap)
        if parted or not self.tos.isdisjoint(WORD.findall(gap)):
            return None
        if any(phrases.find(text, named.end, change.start) for phrases in (self.clauses, self.moneys)):
            return None
        return None if any(map(self.pack.is_verb, WORD.findall(gap))) else (named.end, change.start)

    def may_lead(self, text: Text, named: Mention) -> bool:
        """Return whether a clause is about what is named, not what is of it ("demand for shares", "pembeli saham")."""
        previous = text.tokens_before[named.start - 1] if named.start else ""
        if self.owner_leads:
            return previous not in self.heads
        return not WORD.fullmatch(previous) or self.pack.ends_phrase(previous)


def is_within(span: tuple[int, int], passed: Sequence[Mention]) -> bool:
    """Return whether a word is part of a phrase that the pack knows."""
    return any(mention.start <= span[0] and span[1] <= mention.end for mention in passed)


@cache
def is_good(product: str) -> bool:
    """Return whether a product is a good that is traded by mass or volume."""
    return any(row["code"] == product and row["form"] in FORMS for row in codelists.rows("products"))
