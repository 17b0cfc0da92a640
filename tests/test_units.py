"""Units: their surfaces, their kinds, and how they convert."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from energyfacts import EnergyFactsError
from energyfacts.conversion import convert, factor
from energyfacts.languages import available, load
from energyfacts.text import Text
from energyfacts.units import UnitReader, kind

CONVERSIONS = [
    (1, "bbl", "gal", 42, "an oil barrel is 42 US gallons"),
    (1, "bbl", "l", 158.987294928, "42 times 3.785411784"),
    (2, "GW", "MW", 2000, "SI prefixes"),
    (1, "MWh", "GJ", 3.6, "energy"),
    (1, "MMBTU", "GJ", 1.05505585262, "International Table British thermal unit"),
    (1, "toe", "GJ", 41.868, "IEA"),
    (24, "bbl/hour", "bbl/d", 576, "a rate"),
    (1, "kl/d", "bbl/d", 6.28981077, "both parts of a rate"),
    (1, "USD/bbl", "USD/l", 1 / 158.987294928, "a price"),
    (250, "USD_cent", "USD", 2.5, "hundredths of a dollar"),
    (25, "basis_point", "percentage_point", 0.25, "steps of a rate"),
    (1, "bcm", "kl", 1e9, "gas by volume"),
    (1, "km2", "ha", 100, "areas"),
    (1, "t", "kg", 1000, "masses"),
]


@pytest.mark.parametrize(("value", "unit", "to", "expected", "why"), CONVERSIONS)
def test_convert(value: float, unit: str, to: str, expected: float, why: str) -> None:
    assert convert(float(value), unit, to) == pytest.approx(expected), why
    assert convert(float(expected), to, unit) == pytest.approx(value), why


def test_convert_keeps_a_series_and_an_array() -> None:
    series = pd.Series([1.0, 2.0], index=["a", "b"], name="capacity")
    converted = convert(series, "GW", "MW")
    pd.testing.assert_series_equal(converted, pd.Series([1000.0, 2000.0], index=["a", "b"], name="capacity"))
    assert convert(np.array([1.0, 2.0]), "t", "kg").tolist() == [1000.0, 2000.0]
    assert convert(series, "GW", "GW") is series


APART = [
    ("bbl", "t", "volume", "mass"),
    ("USD", "EUR", "money:USD", "money:EUR"),
    ("bbl/d", "bbl", "volume per time", "volume"),
    ("percent", "percentage_point", "ratio", "ratio_step"),
    ("boe", "bbl", "oil_equivalent", "volume"),
    ("month", "d", "calendar", "time"),
    ("tCO2", "t", "co2_mass", "mass"),
]


@pytest.mark.parametrize(("unit", "to", "first", "second"), APART)
def test_units_of_two_kinds_do_not_convert_and_the_error_names_both(
    unit: str, to: str, first: str, second: str
) -> None:
    with pytest.raises(EnergyFactsError) as raised:
        convert(1.0, unit, to)
    assert str(raised.value) == (f"{unit!r} ({first}) cannot become {to!r} ({second}); give two units of one kind.")


@pytest.mark.parametrize("lang", available())
def test_every_unit_of_a_pack_has_a_kind_and_a_factor(lang: str) -> None:
    for code in {row["unit"].rpartition(" ")[2] for row in load(lang).rows("units")}:
        assert not any(part.startswith("unit:") for part in kind(code)), code
        assert factor(code) > 0, code


@pytest.mark.parametrize("lang", available())
def test_every_surface_after_a_figure_is_found_as_written(lang: str) -> None:
    pack = load(lang)
    units = UnitReader(pack)
    for row in pack.rows("units"):
        if row["place"] == "":
            found = units.at(Text(f"7 {row['surface']}"), 1)
            assert found is not None, row
            assert found.end == len(row["surface"]) + 2, row
            assert found.value.unit == row["unit"].rpartition(" ")[2], row


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (0.0, "degC", "degF", 32.0),
        (100.0, "degC", "degF", 212.0),
        (-162.0, "degC", "K", 111.15),
        (300.0, "K", "degC", 26.85),
    ],
)
def test_temperatures_have_zeros_of_their_own(value: float, unit: str, to: str, expected: float) -> None:
    assert convert(value, unit, to) == pytest.approx(expected)


@pytest.mark.parametrize("codes", [("foo", "foo"), ("bbl", "foo"), ("bbl", None)])
def test_what_is_no_unit_does_not_convert(codes: tuple[str, str]) -> None:
    with pytest.raises(EnergyFactsError, match="is no unit code"):
        convert(1.0, *codes)
