"""Which product a figure is one of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from energyfacts.codelists import NOT_APPLICABLE, UNKNOWN, codes
from energyfacts.dimensions.mentions import is_in_name, mentions
from energyfacts.dimensions.owners import Owned, Rule
from energyfacts.dimensions.units import OF_A_PLANT, may_measure, product_of
from energyfacts.units import kind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from energyfacts.dimensions.figures import Place, Sentence
    from energyfacts.dimensions.mentions import Lexicon, Mention
    from energyfacts.dimensions.owners import Owner
    from energyfacts.text import Text

ALL_PRODUCTS = "_T"
# These flows are of a whole economy or a market: no product applies.
WITHOUT_PRODUCT = frozenset(
    {"exchange_rate", "inflation", "interest_rate", "population", "growth", "index", "employment", "share_price"}
)
# Flows that an energy story's product carries over to; money flows are of the state or a firm as often.
ENERGY_FLOWS = frozenset(
    {
        *("production", "exports", "imports", "consumption", "demand", "supply"),
        *("reserves", "capacity", "stocks", "price", "trade", "sales"),
    }
)
# Money that is paid for something.
PAYMENTS = frozenset({"investment", "cost", "debt"})


class ProductReader:
    """How one language names the product of a figure.

    Parameters
    ----------
    lexicon : Lexicon
        The language's words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.products = lexicon.products

    def named(
        self, text: Text, start: int, end: int, starts: Collection[int], figures: Collection[int] = ()
    ) -> list[Mention]:
        """Return the products that a stretch of text names; one in a name ("International Gas Union") is none.

        At the ``starts`` of sentences a capital makes no name; nor does it where a figure begins behind.
        """
        return [
            mention
            for mention in mentions(self.products, text, start, end)
            if mention.start in starts or not is_in_name(text.original, mention, figures)
        ]

    def set(self, sentence: Sentence, owner: Owner, flows: Sequence[Owned]) -> None:
        """Set the products of a sentence's figures, given the words that their flows come from."""
        flow_at = {place.start: about.flow for place, about in zip(sentence.figures, sentence.about, strict=True)}
        rule = Rule(
            fits=lambda place, mention: code_of(place, mention) != "",
            narrow=lambda place: (
                flow_at[place.start] not in ENERGY_FLOWS
                or (place.unit_class == "money" and flow_at[place.start] != "price")
            ),
            inherits=lambda before, place: flow_at[before.start] == flow_at[place.start],
        )
        owned = owner.own(sentence.figures, sentence.products, rule)
        instead: dict[Mention, Mention] = {}
        for place, about, flow, product in zip(sentence.figures, sentence.about, flows, owned, strict=True):
            beside = beside_flow(owner, place, flow.mention, sentence.products) if product.source == "clause" else None
            if beside and product.mention:
                instead[product.mention] = beside
            if product.mention is None and flow.source == "clause":
                fitting = [mention for mention in sentence.products if code_of(place, mention)]
                product = Owned(before_flow(flow.mention, fitting), "clause")
            if about.flow in WITHOUT_PRODUCT:
                about.product = NOT_APPLICABLE
            elif product.mention is not None:
                named = instead.get(product.mention, product.mention)
                code = code_of(place, named) or code_of(place, product.mention)
                about.take("product", UNKNOWN if code == ALL_PRODUCTS else code, product.source)
            if (
                about.flow == UNKNOWN
                and place.unit_class in ("ratio", "count")
                and not is_inside(place, product.mention)
            ):
                about.product = NOT_APPLICABLE
        for k in range(len(sentence.figures)):
            self.set_of_payment(sentence, owner, k)

    @staticmethod
    def set_of_payment(sentence: Sentence, owner: Owner, k: int) -> None:
        """Give money that is paid for something the product named behind it, or that of the plant whose size follows.

        "An investment of US$1 billion in coal", "prepared US$170 million to build a 110 MW solar plant".
        """
        place, about = sentence.figures[k], sentence.about[k]
        if place.unit_class != "money" or about.flow not in PAYMENTS or about.product != UNKNOWN:
            return
        named = [
            mention for mention in sentence.products if not mention.code.startswith("_") and code_of(place, mention)
        ]
        behind = owner.following(place, named)
        if behind is not None:
            about.take("product", code_of(place, behind), "clause")
            return
        plants = sentence.figures[k + 1 : k + 2]
        if plants and kind(plants[0].quantity.unit) in OF_A_PLANT and not owner.is_parted(place.end, plants[0].start):
            about.take("product", sentence.about[k + 1].product, "sentence")


def is_inside(place: Place, product: Mention | None) -> bool:
    """Return whether a product begins in what is counted: "26 gas blocks", "tiga PLTU batu bara"."""
    return product is not None and place.start <= product.start < place.end


def code_of(place: Place, mention: Mention) -> str:
    """Return the product that a word names beside a figure's unit, or "" where it cannot be counted in that.

    The note of a word may say what it is there instead: solar, which in litres is a fuel.
    """
    unit = place.quantity.unit
    if mention.code == NOT_APPLICABLE and product_of(unit):
        return ""  # no fertilizer is counted in British thermal units
    if may_measure(unit, mention.code):
        return mention.code
    return mention.note if mention.note in codes("products") and may_measure(unit, mention.note) else ""


def before_flow(flow: Mention | None, products: Sequence[Mention]) -> Mention | None:
    """Return the product right before a flow or in its name: "coal exports", "fuel subsidies"."""
    if flow is None:
        return None
    return next((m for m in products if m.end + 1 == flow.start or flow.start <= m.start < m.end <= flow.end), None)


def beside_flow(owner: Owner, place: Place, flow: Mention | None, products: Sequence[Mention]) -> Mention | None:
    """Return the product right behind a flow before a figure: in "consumption of diesel made from crude", diesel."""
    if flow is None or not place.left <= flow.start < flow.end <= place.start:
        return None
    behind = next((mention for mention in products if mention.start >= flow.start and mention.end > flow.end), None)
    if behind is None or behind.end > place.start or not owner.is_adjacent(flow.end, max(flow.end, behind.start)):
        return None
    return behind
