"""The closed lists and the packs' words for them: every code known, sourced and labelled, every surface clean."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import Any

import pytest

from energyfacts import codelists
from energyfacts.errors import EnergyFactsError
from energyfacts.languages.pack import FOLDER, available, load
from energyfacts.languages.phrases import Phrases
from energyfacts.text import Text

DIMENSIONS = ("areas", "products", "flows")
PACK_TABLES = [(lang, name) for lang in ("en", "id") for name in DIMENSIONS]

# A unit in the base of its kind, from tables other than ours.
FACTORS = [
    ("bbl", "liter", 158.987294928, "42 US gallons of 3.785411784 l"),
    ("gal", "liter", 3.785411784, "NIST Handbook 44"),
    ("scf", "m**3", 0.028316846592, "the foot is 0.3048 m"),
    ("MMscf", "m**3", 28316.846592, "a million of them"),
    ("Tcf", "m**3", 28316846592.0, "a million million"),
    ("bcm", "m**3", 1e9, "billion is 10**9"),
    ("MMBTU", "joule", 1055055852.62, "M M is a thousand thousand, not mega-mega"),
    ("BBTU", "joule", 1055055852620.0, "a thousand million BTU"),
    ("toe", "GJ", 41.868, "10 Gcal of the International Table"),
    ("Mtoe", "TWh", 11.63, "IEA: 1 Mtoe is 11 630 GWh"),
    ("tce", "GJ", 29.3076, "7 Gcal of the International Table"),
    ("kcal", "joule", 4186.8, "International Table, not 4184"),
    ("kWh", "MJ", 3.6, "an hour has 3600 seconds"),
    ("therm", "MJ", 105.505585262, "100 000 BTU"),
    ("lb", "kg", 0.45359237, "international pound"),
    ("troy_oz", "gram", 31.1034768, "480 grains"),
    ("oz", "gram", 28.349523125, "a sixteenth of a pound"),
    ("short_ton", "kg", 907.18474, "2000 lb"),
    ("long_ton", "kg", 1016.0469088, "2240 lb"),
    ("acre", "m**2", 4046.8564224, "4840 square international yards"),
    ("square_mile", "km**2", 2.589988110336, "640 acres"),
    ("nmi", "m", 1852, "nautical mile"),
    ("knot", "km/hour", 1.852, "a nautical mile an hour"),
    ("hp", "W", 745.6998715822702, "550 foot-pounds a second"),
    ("psi", "kPa", 6.894757293168361, "a pound-force on a square inch"),
    ("semester", "month", 6, "half a year"),
    ("century", "month", 1200, "a hundred years"),
]

LABELS = [
    ("areas", "KZ", "en", "Kazakhstan", "from CLDR"),
    ("areas", "NA", "en", "Namibia", "a code that a table reader takes for a missing value"),
    ("areas", "NO", "id", "Norwegia", "a code that YAML takes for false"),
    ("areas", "US", "id", "Amerika Serikat", "from CLDR in the other language"),
    ("areas", "OPEC+", "id", "OPEC+", "a group of ours"),
    ("products", "coal", "id", "batu bara", "from the table"),
    ("flows", "_U", "en", "unknown", "charts show it too"),
    ("units", "bbl/d", "en", "barrels a day", "a rate"),
    ("units", "bbl/d", "id", "barel per hari", "a rate in the other language"),
    ("units", "t/hour", "en", "tonnes an hour", "the article before a vowel"),
    ("units", "USD/bbl", "en", "US dollars a barrel", "money from CLDR over a unit"),
    ("units", "USD/MMBTU", "en", "US dollars per million British thermal units", "no article before a number word"),
    ("units", "IDR/USD", "en", "Indonesian rupiahs per US dollar", "one of the money below the stroke"),
    ("units", "kWh/capita", "id", "kilowatt-jam per kapita", "a head"),
    ("units", "km/hour", "en-GB", "kilometres an hour", "the language of a longer tag"),
]

# A phrase, and the codes that its words give from left to right.
PHRASES = [
    ("en", "products", "crude palm oil and crude oil", ["palm_oil", "crude_oil"], "the longer phrase wins"),
    ("en", "products", "cooking oil, not oil", ["_Z", "oil"], "a phrase may take a word out"),
    ("en", "products", "non-oil and gas exports", ["non_oil_gas"], "its words are not oil and not gas"),
    ("en", "products", "liquefied natural gas", ["lng"], "no gas beside it"),
    ("id", "products", "solar dan panel surya", ["diesel", "solar"], "solar is diesel in Indonesian"),
    ("id", "products", "minyak goreng dan minyak tanah", ["_Z", "kerosene"], "two oils, one for frying"),
    ("id", "products", "nonmigas dan migas", ["non_oil_gas", "oil_and_gas"], "the prefix makes it the other"),
    (
        "en",
        "flows",
        "foreign exchange reserves and the exchange rate",
        ["reserves", "exchange_rate"],
        "one word, two flows",
    ),
    ("en", "flows", "import duty on exports", ["tax", "exports"], "a duty is no import"),
    ("en", "flows", "production capacity and production cost", ["capacity", "cost"], "neither is production"),
    ("en", "flows", "5 percent of GDP", ["_Z"], "a ratio to GDP is no growth"),
    ("id", "flows", "bea masuk impor dan harga ekspor", ["tax", "price"], "neither is trade"),
    ("id", "flows", "ekspornya turun, harganya naik", ["exports", "price"], "with the ending for its owner"),
    ("id", "flows", "defisit anggaran dan surplus perdagangan", ["budget", "balance"], "two balances"),
    ("en", "areas", "the US told us", ["US"], "the case is the meaning"),
    ("id", "areas", "dolar AS di AS", ["_Z", "US"], "the currency is not the country"),
    ("en", "areas", "Saudi Arabian, Kazakh and OPEC+ output", ["SA", "KZ", "OPEC+"], "adjectives and groups"),
    ("en", "areas", "the World Bank sees world demand", ["_Z", "WLD"], "a bank is not the world"),
    ("id", "areas", "Tiongkok, Cina dan Inggris", ["CN", "GB"], "what CLDR has is not repeated here"),
]


def pack_rows(lang: str, name: str) -> list[tuple[str, ...]]:
    lines = (FOLDER / lang / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("# ")]


@pytest.fixture(scope="module")
def registry() -> Any:
    import pint

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True)


@pytest.mark.parametrize("name", codelists.NAMES)
def test_every_row_of_a_list_is_whole_and_has_labels_and_a_source(name: str) -> None:
    lines = (codelists.FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if not line.startswith("# ")]
    width = len(table[0].split("\t"))
    assert [line for line in table if len(line.split("\t")) != width] == []
    assert [line for line in table if any(cell != cell.strip() for cell in line.split("\t"))] == []
    for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
        assert all(row[column] for column in ("code", "label_en", "label_id", "source")), row
        assert all(source.startswith("https://") for source in row["source"].split()), row


@pytest.mark.parametrize("name", codelists.NAMES)
def test_no_code_stands_twice_in_a_list(name: str) -> None:
    assert [code for code, n in Counter(row["code"] for row in codelists.rows(name)).items() if n > 1] == []


@pytest.mark.parametrize("name", DIMENSIONS)
@pytest.mark.parametrize("lang", ["en", "id"])
def test_no_two_codes_have_one_label(name: str, lang: str) -> None:
    shown = Counter(codelists.labels(name, lang).values())
    assert [label for label, n in shown.items() if n > 1 and label != "Amerika"] == []


@pytest.mark.parametrize(
    ("name", "column"),
    [("products", "jodi"), ("products", "siec"), ("products", "sdmx"), ("flows", "jodi"), ("flows", "sdmx")],
)
def test_a_code_of_another_list_belongs_to_one_of_ours(name: str, column: str) -> None:
    given = Counter(row[column] for row in codelists.rows(name) if row[column])
    assert given
    assert max(given.values()) == 1


def test_a_product_stands_under_a_product() -> None:
    parents = {row["code"]: row["parent"] for row in codelists.rows("products")}
    for code in parents:
        seen = [code]
        while parents[seen[-1]]:
            seen.append(parents[seen[-1]])
            assert len(seen) < 6, f"{code} goes round in a circle"


def test_a_product_class_lies_within_its_parents_class() -> None:
    siec = {row["code"]: row["siec"] for row in codelists.rows("products")}
    for row in codelists.rows("products"):
        above = siec.get(row["parent"], "").rstrip("0") if row["siec"] else ""
        assert row["siec"].startswith(above), row


def test_a_product_has_a_form_or_several() -> None:
    forms = {row["code"]: row["form"] for row in codelists.rows("products")}
    assert set(forms.values()) == {"", "none", "gas", "solid", "liquid"}
    assert not any(forms[code] for code in ("_T", "_U", "_Z", "oil_and_gas", "renewables"))


def test_areas_are_the_countries_of_iso_3166_and_the_groups() -> None:
    countries = [row for row in codelists.rows("areas") if row["kind"] == "country"]
    assert len(countries) == 249 + 1, "ISO 3166-1 has 249 countries, and Kosovo is ours"
    assert {"NA", "NO", "AS", "KZ", "XK", "EU", "OPEC", "OPEC+", "WLD", "_U", "_Z", "_T"} <= codelists.codes("areas")
    assert not codelists.codes("areas") & (codelists.NOT_ISO_3166 - {"EU", "EZ", "XK"})


@pytest.mark.parametrize(("code", "unit", "value", "why"), FACTORS)
def test_a_unit_has_the_factor_of_its_source(code: str, unit: str, value: float, why: str, registry: Any) -> None:
    expression = {row["code"]: row["pint"] for row in codelists.rows("units")}[code]
    found = registry.Quantity(expression).to(unit).magnitude
    assert found == pytest.approx(value, rel=1e-9), why


def test_units_of_one_kind_have_one_dimension(registry: Any) -> None:
    kinds: dict[str, set[str]] = {}
    for row in codelists.rows("units"):
        if row["code"] == codelists.JOINER:
            continue
        dimension = registry.Quantity(row["pint"]).dimensionality
        kinds.setdefault(row["kind"], set()).add(str(dimension))
    assert {kind: found for kind, found in kinds.items() if len(found) > 1} == {}


def test_pint_alone_still_takes_another_barrel(registry: Any) -> None:
    barrel = registry.Quantity("bbl").to("liter").magnitude
    assert barrel == pytest.approx(119.24, abs=0.01), "pint has the oil barrel now: use its unit"


@pytest.mark.parametrize(("name", "code", "lang", "expected", "why"), LABELS)
def test_labels(name: str, code: str, lang: str, expected: str, why: str) -> None:
    assert codelists.label(name, code, lang) == expected, why


def test_every_currency_and_unit_of_the_packs_has_a_label() -> None:
    units = {row["unit"].split()[-1] for lang in available() for row in load(lang).rows("units")}
    assert units
    for unit in sorted(units):
        assert codelists.label("units", unit, "en")
        assert codelists.label("units", unit, "id")


@pytest.mark.parametrize(
    ("name", "code", "lang", "words"),
    [
        ("colours", "red", "en", "no code list 'colours'"),
        ("products", "milk", "en", "no code 'milk'"),
        ("units", "mb/d", "en", "no unit 'mb'"),
        ("units", "bbl/fortnight", "en", "no unit 'fortnight'"),
        ("flows", "price", "xx", "no labels in 'xx'"),
    ],
)
def test_what_is_not_in_a_list_is_refused(name: str, code: str, lang: str, words: str) -> None:
    with pytest.raises(EnergyFactsError, match=re.escape(words)):
        codelists.label(name, code, lang)


@pytest.mark.parametrize(("lang", "name"), PACK_TABLES)
def test_the_words_of_a_pack_are_clean_and_name_known_codes(lang: str, name: str) -> None:
    header, *table = pack_rows(lang, name)
    assert header == ("surface", "code", "note")
    assert [row for row in table if len(row) != 3] == []
    assert [row for row in table if any(cell != " ".join(cell.split()) for cell in row) or not row[0]] == []
    assert [row for row in table if row[1] not in codelists.codes(name)] == []
    assert [surface for surface, n in Counter(row[0] for row in table).items() if n > 1] == []


@pytest.mark.parametrize(("lang", "name"), PACK_TABLES)
def test_a_surface_in_lower_case_means_the_same_as_with_capitals(lang: str, name: str) -> None:
    # Two that differ in case alone would make the code hang on how a headline is set.
    codes: dict[str, set[str]] = {}
    for surface, code, _ in pack_rows(lang, name)[1:]:
        codes.setdefault(surface.lower(), set()).add(code)
    assert {surface: found for surface, found in codes.items() if len(found) > 1} == {}


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_packs_areas_do_not_contradict_cldr(lang: str) -> None:
    of_name = {name: code for code, name in codelists.territories(lang).items() if code in codelists.codes("areas")}
    # In Indonesian the bare continent's name is the country, as in the news of every agency.
    wrong = [row for row in pack_rows(lang, "areas")[1:] if of_name.get(row[0], row[1]) != row[1]]
    assert [row[:2] for row in wrong] == ([("Amerika", "US")] if lang == "id" else [])


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("name", ["products", "flows"])
def test_every_code_can_be_said_in_every_language(lang: str, name: str) -> None:
    said = {row[1] for row in pack_rows(lang, name)[1:]}
    by_unit = {"time"}  # a stretch of time is told by its unit alone
    assert codelists.codes(name) - said - {"_U", "_T", "_Z"} - by_unit == set()


@pytest.mark.parametrize(("lang", "name", "phrase", "expected", "why"), PHRASES)
def test_the_words_of_a_pack_read_a_phrase(lang: str, name: str, phrase: str, expected: list[str], why: str) -> None:
    phrases = Phrases((row["surface"], row["code"]) for row in load(lang).rows(name))
    found = [match.value for match in phrases.find(Text(phrase))]
    assert found == expected, why
