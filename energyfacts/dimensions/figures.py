"""A figure in its sentence, what the sentence names, and what the figure is found to be about."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from energyfacts.codelists import NOT_APPLICABLE, UNKNOWN
from energyfacts.dimensions.units import unit_class
from energyfacts.languages.pack import LEADING
from energyfacts.languages.phrases import Phrases
from energyfacts.qualifiers import PLAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from energyfacts.dimensions.mentions import Lexicon, Mention
    from energyfacts.languages import Pack
    from energyfacts.periods import Period
    from energyfacts.quantities import Quantity
    from energyfacts.text import Text


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

    def take(self, name: str, code: str, source: str) -> None:
        """Set a dimension and where it came from."""
        setattr(self, name, code)
        self.source[name] = source


@dataclass
class Place:
    """A figure in its sentence.

    Attributes
    ----------
    quantity : Quantity
        The figure.
    left, right : int
        Where its own stretch of the sentence begins (after the figure before it) and ends (before the next).
    sentence : tuple of int
        The sentence's characters.
    front : int
        Where the qualifiers before it begin ("more than about 5 percent").
    again : bool
        Whether it says the figure before it again, in other units: "US$2 bn, or about Rp33 trillion".
    """

    quantity: Quantity
    left: int
    right: int
    sentence: tuple[int, int]
    front: int
    again: bool

    @property
    def start(self) -> int:
        """Where the figure begins."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """Where the figure ends."""
        return self.quantity.end

    @cached_property
    def unit_class(self) -> str:
        """The class of its unit; what counts nothing named is a number."""
        found = unit_class(self.quantity.unit)
        return "number" if found == "count" and not self.quantity.counted else found


class PlaceReader:
    """How one language sets figures in a sentence.

    Parameters
    ----------
    pack : Pack
        The language.
    lexicon : Lexicon
        Its words.
    """

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        rows = [row for row in pack.rows("qualifiers") if row["place"] in LEADING and row["qualifier"] != PLAIN]
        self.qualifiers = Phrases((row["surface"], "") for row in rows)
        self.alternatives = lexicon.surfaces("alternative")

    def places(self, text: Text, quantities: Sequence[Quantity], sentence: tuple[int, int]) -> list[Place]:
        """Return the figures of a sentence with each one's own stretch of it: from the figure before to the next."""
        ends = [sentence[0], *(quantity.end for quantity in quantities)]
        starts = [*(quantity.start for quantity in quantities), sentence[1]]
        found: list[Place] = []
        for k, quantity in enumerate(quantities):
            front = self.front(text, quantity.start, ends[k])
            gap = text.folded[ends[k] : front]
            again = k > 0 and (gap.strip(" ") == "(" or gap.strip(" ,") in self.alternatives)
            found.append(Place(quantity, ends[k], starts[k + 1], sentence, front, again))
        return found

    def front(self, text: Text, position: int, floor: int) -> int:
        """Return where the qualifiers before a figure begin: "up to" holds no "to" of a change."""
        while (qualifier := self.qualifiers.before(text, position - 1, floor)) is not None:
            position = qualifier.start
        return position


@dataclass(slots=True)
class Sentence:
    """A sentence with its figures and what it names; ``about`` is filled dimension by dimension.

    Attributes
    ----------
    text : Text
        The article.
    figures : list of Place
        Its figures, at least one.
    flows, products, areas, changes : list of Mention
        What it names.
    periods : list of Period
        The periods it names.
    about : list of Dimensions
        What each figure is about.
    """

    text: Text
    figures: list[Place]
    flows: list[Mention]
    products: list[Mention]
    areas: list[Mention]
    changes: list[Mention]
    periods: list[Period]
    about: list[Dimensions]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.figures[0].sentence[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.figures[0].sentence[1]
