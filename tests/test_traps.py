"""The traps that well-known libraries fall into, each under its own name: what they read is in the third column."""

from __future__ import annotations

import locale
import subprocess
import sys

import pytest

from energyfacts.conversion import convert
from energyfacts.languages.cases import same, written
from energyfacts.quantities import parse

# name, language, text, figures as in the packs' cases ("" for none).
TRAPS = [
    ("invented_units_millibarn_per_day", "en", "Demand is 103.4 mb/d", "103400000 bbl/d"),
    ("invented_units_base_pair_day", "en", "The field pumps 40,000 bpd", "40000 bbl/d"),
    ("invented_units_bit_centimetre", "en", "Norway sent 35 bcm", "35 bcm"),
    ("invented_units_dollar_bit_newton", "en", "The project costs $21bn", "21000000000 USD"),
    ("invented_units_exayear", "en", "It was a key decision for 2 producers", "2 count producers"),
    ("invented_units_megatesla", "en", "The mine shipped 3 MT", "3 t"),
    ("invented_units_letters_are_not_composed", "en", "The code was 12 kq/zt", ""),
    ("invented_units_letters_are_not_composed_id", "id", "Kodenya 12 kq/zt", ""),
    ("m_is_million_in_english", "en", "The bank lent $5M", "5000000 USD"),
    ("m_is_roman_thousand_in_barrels", "en", "The well holds 5 Mbbl", "5000 bbl"),
    ("m_is_roman_thousand_in_cubic_feet", "en", "Gas sold at $4 per Mcf", "4 USD/Mcf"),
    ("m_is_miliar_in_indonesian", "id", "Bank itu meminjamkan Rp 5 M", "5000000000 IDR"),
    ("t_is_triliun_in_indonesian", "id", "Subsidinya Rp 5 T", "5000000000000 IDR"),
    ("rb_is_thousand_in_indonesian", "id", "Harganya Rp 12 rb", "12000 IDR"),
    ("jt_is_million_in_indonesian", "id", "Harganya Rp 1,5 jt", "1500000 IDR"),
    ("separators_decimal_point_in_indonesian", "id", "Inflasi 1.5 persen", "1.5 percent"),
    ("separators_thousands_in_indonesian", "id", "Ekspornya 1.250.000 ton", "1250000 t"),
    ("separators_mixed_on_one_page", "id", "Ekspornya 1.250 ton senilai US$1,234,567.89", "1250 t ; 1234567.89 USD"),
    ("separators_mixed_on_one_page_en", "en", "It sold 1,250 tonnes at €1.234,50", "1250 t ; 1234.5 EUR"),
    ("ranges_share_their_scale", "en", "It takes 1.5 to 2 million tonnes", "1500000..2000000 t"),
    ("ranges_are_not_summed", "en", "Oil at US$95-120 a barrel", "95..120 USD/bbl"),
    ("ranges_half_a_million", "en", "It takes half a million tonnes", "500000 t"),
    ("ranges_in_indonesian", "id", "Butuh 1,5 hingga 2 juta ton", "1500000..2000000 t"),
    ("years_are_no_quantities", "en", "Between 1998 and 2004 nothing changed", ""),
    ("years_are_no_quantities_id", "id", "Antara 1998 dan 2004 tidak ada perubahan", ""),
    ("clocks_are_no_quantities", "en", "It closed at 10:30 am", ""),
    ("clocks_are_no_quantities_id", "id", "Ditutup pukul 10.30 WIB", ""),
    ("day_and_month_are_no_fraction", "en", "It closed on Monday (12/03)", ""),
    ("day_and_month_are_no_fraction_id", "id", "Ditutup Senin (12/03)", ""),
    ("quarters_are_no_fractions", "en", "It rose in the fourth quarter", ""),
    ("quarters_are_no_fractions_id", "id", "Naik pada kuartal keempat", ""),
    ("money_exchange_rate", "en", "The bank paid Rp9,125 per dollar", "9125 IDR/USD"),
    ("money_sign_and_scale", "en", "It spent Rp75.8 trillion", "75800000000000 IDR"),
    ("money_name_behind", "id", "Nilainya 12,55 miliar dolar AS", "12550000000 USD"),
    ("money_sign_apart", "en", "Oil fetched US $58.24", "58.24 USD"),
    ("money_hundredths", "en", "The tax is 40 dollar cents", "40 USD_cent"),
    ("rates_mmscfd", "en", "Gas flows at 120 MMscfd", "120 MMscf/d"),
    ("rates_bph_in_english", "en", "The pump moves 900 bph", "900 bbl/hour"),
    ("rates_bph_in_indonesian", "id", "Produksinya 900 ribu bph", "900000 bbl/d"),
    ("rates_barel_per_hari", "id", "Produksinya 900 ribu barel per hari", "900000 bbl/d"),
    ("rates_a_barrel", "en", "Oil costs $70 a barrel", "70 USD/bbl"),
    ("rates_per_barel", "id", "Harga minyak 70 dolar AS per barel", "70 USD/bbl"),
    ("rates_barrel_a_day_with_hyphens", "en", "A 90,000-barrel-a-day plant", "90000 bbl/d"),
    ("rates_kb_d", "en", "Output fell 200 kb/d", "200000 bbl/d"),
    ("country_codes_as_is_the_united_states", "id", "Impor dari AS 3 juta ton", "3000000 t"),
    ("names_with_numbers", "en", "The G7, 5G, a Boeing 737, B30, Brent and RON 92", ""),
    ("names_with_numbers_id", "id", "KTT G7, jaringan 5G, Boeing 737, B30 dan RON 92", ""),
    ("names_regulation", "en", "It broke regulation No. 7/2007", ""),
    ("names_regulation_id", "id", "Itu melanggar Peraturan No. 7/2007", ""),
    ("dates_decimal_is_no_day", "id", "Inflasi tercatat 2,08 persen", "2.08 percent"),
    ("dates_half_year", "en", "Profit fell in H1 2025", ""),
    ("dates_quarter_in_roman_digits", "id", "Laba turun pada kuartal III 2025", ""),
    ("dates_triwulan", "id", "Laba turun pada triwulan II 2025", ""),
    ("dates_semester", "id", "Laba turun pada semester I 2025", ""),
    ("dates_span_of_months", "id", "Laba turun pada Januari-Agustus 2025", ""),
    ("dates_in_brackets", "id", "Laba turun, kata menteri, Rabu (28/02)", ""),
]


@pytest.mark.parametrize(("lang", "text", "expected"), [trap[1:] for trap in TRAPS], ids=[trap[0] for trap in TRAPS])
def test_trap(lang: str, text: str, expected: str) -> None:
    found = parse(text, lang)
    assert same(found, expected), [written(figure) for figure in found]


def test_the_barrel_holds_42_gallons() -> None:
    assert convert(1.0, "bbl", "gal") == pytest.approx(42)
    assert convert(1.0, "bbl", "l") == pytest.approx(158.987, abs=0.001)


def test_no_locale_of_the_machine_is_asked_for() -> None:
    """The process's locale stays as it was, and one without any other locale reads the same."""
    before = locale.setlocale(locale.LC_ALL)
    parse("1,5 juta ton", "id")
    assert locale.setlocale(locale.LC_ALL) == before
    code = "from energyfacts import parse; print(parse('1,5 juta ton', 'id')[0].value)"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"LC_ALL": "C", "PATH": ""}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1500000.0\n"
