"""Numbers: digits in any convention, words, scale words, fractions."""

from __future__ import annotations

import pytest

from energyfacts.digits import Digits, read_digits
from energyfacts.languages import load
from energyfacts.numbers import NumberReader
from energyfacts.text import Text

# digits, decimal sign of the language, value, value by the other reading, why
DIGITS = [
    ("7", ".", 7, None, "a whole number"),
    ("1,250", ".", 1250, 1.25, "the language's grouping sign before three digits"),
    ("1,250", ",", 1.25, 1250, "the language's decimal sign before three digits"),
    ("1.250", ".", 1.25, 1250, "the language's decimal sign before three digits"),
    ("1.250", ",", 1250, 1.25, "the language's grouping sign before three digits"),
    ("0.125", ",", 0.125, None, "no group begins with nought"),
    ("1.25", ",", 1.25, None, "two digits are no group"),
    ("1,25", ".", 1.25, None, "two digits are no group"),
    ("1.2500", ",", 1.25, None, "four digits are no group"),
    ("1,250,000", ",", 1250000, None, "two groups leave no doubt"),
    ("1.250.000", ".", 1250000, None, "two groups leave no doubt"),
    ("1,234.5", ",", 1234.5, None, "two signs tell each other apart"),
    ("1.234,5", ".", 1234.5, None, "two signs tell each other apart"),
    ("1 250 000", ".", 1250000, None, "spaces group"),
    ("1'250'000.5", ".", 1250000.5, None, "apostrophes group"),
    (".5", ".", 0.5, None, "a bare decimal"),
]


@pytest.mark.parametrize(("run", "decimal", "value", "other", "why"), DIGITS)
def test_digits(run: str, decimal: str, value: float, other: float | None, why: str) -> None:
    assert read_digits(run, decimal) == Digits(value, other), why


NO_NUMBERS = [
    ("28.02.2007", "a date"),
    ("2.1.4", "a version"),
    ("1,23,456", "groups of two"),
    ("1.234.56", "no group at the end"),
    ("021", "an area code"),
    ("9" * 41, "more digits than any statistic has"),
]


@pytest.mark.parametrize(("run", "why"), NO_NUMBERS)
@pytest.mark.parametrize("decimal", ".,")
def test_what_is_no_number(run: str, why: str, decimal: str) -> None:
    assert read_digits(run, decimal) is None, why


WORDS = [
    ("en", "nineteen", 19),
    ("en", "two hundred and fifty-six", 256),
    ("en", "one million two hundred thousand and five", 1200005),
    ("en", "three and a quarter billion", 3250000000),
    ("en", "a hundred thousand", 100000),
    ("en", "two thousand billion", 2000000000000),
    ("en", "three point one four", 3.14),
    ("en", "half a dozen", 6),
    ("en", "a quarter of a million", 250000),
    ("en", "5 1/2", 5.5),
    ("en", "2½ million", 2500000),
    ("en", "minus seven", -7),
    ("en", "twofold", 2),
    ("id", "sembilan belas", 19),
    ("id", "dua ratus lima puluh enam", 256),
    ("id", "satu juta dua ratus ribu lima", 1200005),
    ("id", "seratus ribu", 100000),
    ("id", "seribu", 1000),
    ("id", "dua setengah juta", 2500000),
    ("id", "setengah juta", 500000),
    ("id", "seperempat", 0.25),
    ("id", "dua pertiga", 2 / 3),
    ("id", "tiga koma satu empat", 3.14),
    ("id", "seratus dua belas triliun", 112000000000000),
    ("id", "minus tujuh", -7),
]


@pytest.mark.parametrize(("lang", "text", "value"), WORDS, ids=[f"{lang}: {text}" for lang, text, _ in WORDS])
def test_words(lang: str, text: str, value: float) -> None:
    found = list(NumberReader(load(lang)).find(Text(text)))
    assert [(number.start, number.end) for number in found] == [(0, len(text))]
    assert found[0].value == pytest.approx(value)


VAGUE = [("en", "tens of thousands"), ("en", "dozens"), ("en", "a few hundred thousand"), ("en", "several million")]
VAGUE += [("id", "puluhan ribu"), ("id", "ratusan juta"), ("id", "beberapa juta"), ("id", "jutaan")]


@pytest.mark.parametrize(("lang", "text"), VAGUE)
def test_vague_words_have_no_value(lang: str, text: str) -> None:
    assert list(NumberReader(load(lang)).find(Text(text))) == []


@pytest.mark.parametrize("text", ["+62 21 555 0147", "021-5550147", "0812-3456-7890", "(021) 5550147"])
def test_a_telephone_number_is_no_number(text: str) -> None:
    assert list(NumberReader(load("en")).find(Text(text))) == []


@pytest.mark.parametrize("text", ["1e999", "9" * 400, "1x10^400"])
def test_a_number_too_large_for_a_float_is_no_infinity(text: str) -> None:
    assert all(number.value < 1e100 for number in NumberReader(load("en")).find(Text(text)))


def test_a_long_telephone_number_does_not_run_away() -> None:
    """Each digit more once doubled the time; so many would take years."""
    assert list(NumberReader(load("en")).find(Text("+" + "1" * 60 + ",5"))) == []
