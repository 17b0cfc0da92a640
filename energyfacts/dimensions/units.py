"""Units as far as they tell what a figure is about."""

from __future__ import annotations

from functools import cache

from energyfacts import codelists
from energyfacts.units import DURATIONS, kind

SIMPLE_CLASSES = {
    "ratio": "ratio",
    "ratio_step": "step",
    "multiple": "ratio",
    "points": "points",
    "count": "count",
    "number": "number",
    # How long, hot or fast something is is no amount of anything.
    "length": "measure",
    "temperature": "measure",
    "temperature_fahrenheit": "measure",
    "temperature_kelvin": "measure",
    "speed": "measure",
    "pressure": "measure",
    "voltage": "measure",
}
# Less money than this is a price or a rate and no country's exports; as much as that is no price.
SMALL_MONEY, LARGE_MONEY = 1e6, 1e9
# So many megawatts are those of a plant.
OF_A_PLANT = frozenset({("power",), ("peak_power",), ("apparent_power",)})


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


@cache
def product_of(unit: str) -> str:
    """Return the product that energy news counts in a unit where it names none, or "".

    Examples
    --------
    >>> product_of("bbl/d"), product_of("USD/MMBTU"), product_of("t")
    ('oil', 'gas', '')
    """
    listed = {row["code"]: row["product"] for row in codelists.rows("units")}
    return next((listed[atom] for atom in unit.split("/") if listed.get(atom)), "")


# By the product that news counts in a unit (barrels: oil; cubic feet: gas), the forms that are never counted in it.
NEVER_IN = {"oil": frozenset({"gas", "solid", "none"}), "gas": frozenset({"liquid"})}
# What has no form has neither of these.
OF_MATTER = frozenset({"mass", "volume"})


@cache
def may_measure(unit: str, product: str) -> bool:
    """Return whether a unit may measure a product, by its form in ``codelists/products.tsv``.

    Examples
    --------
    >>> may_measure("bbl/d", "gas"), may_measure("bbl/d", "diesel"), may_measure("USD/l", "solar")
    (False, True, False)
    """
    form = next((row["form"] for row in codelists.rows("products") if row["code"] == product), "")
    if form == "none" and not OF_MATTER.isdisjoint(kind(unit)):
        return False
    return form not in NEVER_IN.get(product_of(unit), ())


@cache
def stated_in(flow: str) -> frozenset[str]:
    """Return the classes of units that a flow is stated in.

    Examples
    --------
    >>> sorted(stated_in("inflation"))
    ['ratio', 'step']
    """
    row = next(row for row in codelists.rows("flows") if row["code"] == flow)
    return frozenset(row["stated_in"].split())
