"""Dates and stretches of time: every case of tests/cases/periods.tsv, and what holds for any text."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energyfacts.languages import cldr
from energyfacts.languages.pack import available, load, read_table
from energyfacts.periods import calendar_spans, find_periods
from energyfacts.periods.calendar import Stretch, full_year, same_day
from energyfacts.text import Text

CASES = read_table(Path(__file__).parent / "cases" / "periods.tsv")
PUBLISHED = date(2025, 2, 26)


def read(lang: str, sentence: str, published: date | None = None) -> list[tuple[str, str]]:
    periods = find_periods(Text(sentence), load(lang), published)
    return [(sentence[period.start : period.end], period.time_period) for period in periods]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['lang']}: {case['text']}")
def test_case(case):
    published = date.fromisoformat(case["published"]) if case["published"] else None
    pairs = [pair.rpartition("=") for pair in case["expected"].split("; ") if pair]
    assert read(case["lang"], case["text"], published) == [(surface, iso) for surface, _, iso in pairs], case["why"]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_cases_are_many(lang):
    assert sum(case["lang"] == lang for case in CASES) >= 30


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "en",
            "Last year, this year, next year, last month, last week, yesterday, in May, on Tuesday, a year earlier.",
        ),
        (
            "id",
            "Tahun lalu, tahun ini, tahun depan, bulan lalu, pekan lalu, kemarin, pada Mei, Selasa, tahun sebelumnya.",
        ),
    ],
)
def test_relative_periods_are_unknown_without_an_article_date(lang, sentence):
    found = read(lang, sentence)
    assert len(found) == 9
    assert {iso for _, iso in found} == {"_U"}
    assert "_U" not in {iso for _, iso in read(lang, sentence, PUBLISHED)}


def test_today_plays_no_part():
    assert read("en", "It fell last year.", date(1999, 5, 1)) == [("last year", "1998")]


@pytest.mark.parametrize(
    ("lang", "sentence", "expected"),
    [
        ("en", "Up 2.08 million in the fourth quarter, 5 percent in 2007", ["fourth quarter", "2007"]),
        (
            "en",
            "The six months to June, the 1990s, Q3 2025, 3Q25, May 20, 2008",
            ["six months", "1990s", "Q3 2025", "3Q25", "May 20, 2008"],
        ),
        ("en", "Last year in August he said it may 20 times", []),
        (
            "id",
            "10 bulan pertama 2007, kuartal III, pukul 10.30, (28/02), 10,30 persen",
            ["10 bulan pertama 2007", "kuartal III", "pukul 10.30", "28/02"],
        ),
        ("id", "UU Nomor 22 Tahun 2001", ["Nomor 22 Tahun 2001"]),
    ],
)
def test_calendar_spans_hold_the_numbers_of_dates_and_no_others(lang, sentence, expected):
    found = [sentence[start:end] for start, end, _ in calendar_spans(Text(sentence), load(lang))]
    assert len(found) == len(expected)
    assert all(part in whole for part, whole in zip(expected, found, strict=True)), found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['lang']}: {case['text']}")
def test_calendar_spans_cover_every_digit_of_a_period(case):
    text, pack = Text(case["text"]), load(case["lang"])
    covered = {place for start, end, _ in calendar_spans(text, pack) for place in range(start, end)}
    for period in find_periods(text, pack):
        if not re.search(r"\d+ (years|tahun)", text.folded[period.start : period.end]):
            digits = {place for place in range(period.start, period.end) if text.folded[place].isdigit()}
            assert digits <= covered


PIECES = [
    *(
        "2007",
        " ",
        "-",
        "/",
        "May",
        "Mei",
        "'07",
        "10.30",
        "WIB",
        "first",
        "quarter",
        "kuartal",
        "III",
        "pertama",
        "bulan",
    ),
    *(
        "the",
        "to",
        "hingga",
        "same period",
        "a year earlier",
        "Q3",
        "28/02",
        "31",
        "Feb",
        "29",
        "(",
        ").",
        "\n",
        "Selasa",
        "ten",
    ),
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=40), st.sampled_from(["en", "id"])
)
def test_any_text_gives_ordered_periods_inside_it(sentence, lang):
    text, pack = Text(sentence), load(lang)
    for published in (None, PUBLISHED):
        reached = 0
        for period in find_periods(text, pack, published):
            assert reached <= period.start < period.end <= len(sentence)
            reached = period.end
            assert re.fullmatch(
                r"_U|T\d\d:\d\d|\d{4}(-(\d\d(-\d\d)?|Q\d|W\d\d))?(/\d{4}(-\d\d(-\d\d)?)?)?", period.time_period
            )
    reached = 0
    for start, end, _ in calendar_spans(text, pack):
        assert reached <= start < end <= len(sentence)
        reached = end


@pytest.mark.parametrize("lang", available())
def test_every_language_has_the_same_kinds_of_words(lang):
    needed = {
        "of",
        "quarter",
        "half",
        "months",
        "ordinal",
        "relative year",
        "shifted year",
        "same period",
        "up to",
        "range",
    }
    assert needed <= {row["role"] for row in load(lang).rows("periods")}


@pytest.mark.parametrize("lang", available())
def test_a_periods_table_says_nothing_twice(lang):
    rows = [(row["surface"], row["role"]) for row in load(lang).rows("periods")]
    assert len(rows) == len(set(rows))


def test_a_leap_day_has_a_last_year():
    assert same_day(date(2024, 2, 29), -1) == date(2023, 2, 28)
    assert Stretch.of_months(2023, 1, 2).shifted(1).iso() == "2024-01/2024-02"


@pytest.mark.parametrize(("digits", "year"), [("07", 2007), ("68", 2068), ("69", 1969), ("1998", 1998)])
def test_two_digit_years(digits, year):
    assert full_year(digits) == year


@pytest.mark.parametrize(
    ("names", "surface", "value"),
    [
        (cldr.months("en"), "Sep", 9),
        (cldr.months("id"), "Agu", 8),
        (cldr.weekdays("id"), "Rabu", 2),
        (cldr.territories("id"), "Jepang", "JP"),
        (cldr.territories("en"), "Namibia", "NA"),
        (cldr.territories("en"), "Norway", "NO"),
        (cldr.currencies("en"), "US dollar", "USD"),
        (cldr.currencies("id"), "Rupiah Indonesia", "IDR"),
    ],
)
def test_names_from_cldr(names, surface, value):
    assert names[surface] == value


def test_groups_and_money_of_the_past_are_left_out():
    assert not {"EU", "UN", "XK"} & set(cldr.territories("en").values())
    assert not {"DEM", "RUR", "XXX"} & set(cldr.currencies("en").values())


def test_a_text_that_begins_with_a_decade_does_not_look_at_its_end() -> None:
    assert find_periods(Text("80s output, 'so to say'"), load("en")) == []
