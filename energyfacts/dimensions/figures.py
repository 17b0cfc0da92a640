"""A figure in its sentence, what the sentence names, and what the figure is found to be about."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from energyfacts.codelists import NOT_APPLICABLE, UNKNOWN
from energyfacts.dimensions.units import unit_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from energyfacts.dimensions.mentions import Mention
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
    """

    quantity: Quantity
    left: int
    right: int
    sentence: tuple[int, int]

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


def places(quantities: Sequence[Quantity], sentence: tuple[int, int]) -> list[Place]:
    """Return the figures of a sentence with each one's own stretch of it: from the figure before to the next."""
    ends = [sentence[0], *(quantity.end for quantity in quantities)]
    starts = [*(quantity.start for quantity in quantities), sentence[1]]
    return [Place(quantity, ends[k], starts[k + 1], sentence) for k, quantity in enumerate(quantities)]


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
