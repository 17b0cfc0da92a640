"""From one unit code to another of its kind, by the definitions in ``codelists/units.tsv``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from energyfacts.errors import EnergyFactsError
from energyfacts.units import atom, kind

if TYPE_CHECKING:
    import numpy
    import pandas

Numeric = TypeVar("Numeric", float, "pandas.Series[Any]", "numpy.ndarray[Any, Any]")


@cache
def factor(unit: str) -> float:
    """Return what one of a unit is in its kind's base unit; 1.0 for what does not convert.

    Examples
    --------
    >>> round(factor("bbl"), 6)
    0.158987
    """
    value = 1.0
    for place, code in enumerate(unit.split("/")):
        one = base_value(code)
        value = value / one if place else value * one
    return value


@cache
def base_value(code: str) -> float:
    """Return one of an atom in pint's base units, by the definition in ``codelists/units.tsv``."""
    definition = atom(code)[1]
    if not definition:
        return 1.0
    return float(registry()(definition).to_base_units().magnitude)


@cache
def registry() -> Any:
    """Return the pint registry, made when first needed."""
    import pint

    return pint.UnitRegistry(cache_folder=None)


def convert(value: Numeric, unit: str, to: str) -> Numeric:
    """Convert a value between two units of one kind.

    Parameters
    ----------
    value : float, Series or array
        In ``unit``.
    unit, to : str
        Unit codes; an oil barrel is 42 US gallons.

    Returns
    -------
    The value in ``to``, of the type it came in.

    Raises
    ------
    EnergyFactsError
        A code is no unit, or the units are not of one kind.

    Examples
    --------
    >>> round(convert(1.0, "bbl", "l"), 3)
    158.987
    >>> convert(2.0, "GW", "MW")
    2000.0
    >>> round(convert(100.0, "degC", "degF"), 6)
    212.0
    """
    unknown = [code for code in (unit, to) if not isinstance(code, str) or any("unit:" in each for each in kind(code))]
    if unknown:
        raise EnergyFactsError(
            f"{unknown[0]!r} is no unit code; see energyfacts/codelists/units.tsv for those there are."
        )
    if unit == to:
        return value
    if kind(unit)[0].startswith(TEMPERATURE) and kind(to)[0].startswith(TEMPERATURE):
        return temperature(value, unit, to)
    if kind(unit) != kind(to):
        raise EnergyFactsError(
            f"{unit!r} ({' per '.join(kind(unit))}) cannot become {to!r} ({' per '.join(kind(to))}); "
            "give two units of one kind."
        )
    return value * (factor(unit) / factor(to))


# Each scale is a kind of its own, as its zero is not that of the others: pint adds the offset, a factor would not.
TEMPERATURE = "temperature"


def temperature(value: Numeric, unit: str, to: str) -> Numeric:
    """Convert a temperature between scales."""
    low, high = (float(registry().Quantity(at, atom(unit)[1]).to(atom(to)[1]).magnitude) for at in (0.0, 1.0))
    return value * (high - low) + low
