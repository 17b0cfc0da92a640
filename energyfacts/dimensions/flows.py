"""Which flow a figure states, as far as its unit allows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from energyfacts import codelists
from energyfacts.units import DURATIONS, kind

if TYPE_CHECKING:
    from energyfacts.dimensions.mentions import Mention
    from energyfacts.dimensions.places import Place

UNKNOWN = "_U"
# Less money than this is a price or a rate and no country's exports; as much as that is no price.
SMALL_MONEY, LARGE_MONEY = 1e6, 1e9
# What a unit alone tells of the flow.
BY_UNIT_CLASS = {"price": "price", "exchange": "exchange_rate", "emissions": "emissions"}


@cache
def unit_class(unit: str) -> str:
    """Return the class of a unit as the column ``stated_in`` of ``codelists/flows.tsv`` names it.

    Examples
    --------
    >>> unit_class("USD/bbl"), unit_class("IDR/USD"), unit_class("bbl/d"), unit_class("percent")
    ('price', 'exchange', 'physical', 'ratio')
    """
    kinds = kind(unit)
    if kinds[0].startswith("money:"):
        below = kinds[1] if len(kinds) > 1 else ""
        if below.startswith("money:"):
            return "exchange"
        return "price" if below and (below,) not in DURATIONS else "money"
    if kinds in DURATIONS:
        return "duration"
    if kinds[0] in ("co2_mass", "co2e_mass"):
        return "emissions"
    return SIMPLE_CLASSES.get(kinds[0], "physical")


SIMPLE_CLASSES = {
    "ratio": "ratio",
    "ratio_step": "step",
    "multiple": "ratio",
    "points": "points",
    "count": "count",
    "number": "number",
}


@cache
def stated_in(flow: str) -> frozenset[str]:
    """Return the classes of units that a flow is stated in."""
    row = next(row for row in codelists.rows("flows") if row["code"] == flow)
    return frozenset(row["stated_in"].split())


def fits_unit(place: Place, mention: Mention) -> bool:
    """Return whether a figure's unit can state a flow; what takes a word out (``_Z``) fits none."""
    if mention.code.startswith("_"):
        return False
    classes, stated = unit_class(place.quantity.unit), stated_in(mention.code)
    if classes == "money" and place.quantity.value < SMALL_MONEY:
        return bool(stated & {"price", "exchange"})
    if mention.code == "price" and classes == "money" and place.quantity.value >= LARGE_MONEY:
        return False
    return classes in stated


def by_unit(unit: str) -> str:
    """Return the flow that a unit alone tells, or ``_U``."""
    return BY_UNIT_CLASS.get(unit_class(unit), UNKNOWN)
