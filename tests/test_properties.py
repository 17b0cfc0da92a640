"""What holds of the figures of any text, found by random texts of digits, units, words and anything else."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from energyfacts.languages import available, load
from energyfacts.quantities import Quantity, parse

LANGUAGES = available()
QUALIFIERS = {"=", "~", "<~", ">", ">=", "<", "<="}
PARAGRAPH = "\n\n"
# A text of the same length as a long article may not take longer than this, whatever it holds.


@cache
def surfaces(lang: str) -> list[str]:
    """Return the surfaces of a pack's tables that reading figures uses."""
    pack = load(lang)
    tables = ("numbers", "units", "qualifiers", "words")
    return sorted({row["surface"] for table in tables for row in pack.rows(table)})


def texts(lang: str) -> st.SearchStrategy[str]:
    """Return texts that are made of what figures are made of, in any order."""
    digits = st.from_regex(r"\A[-+]?\d{1,4}([.,' ]\d{1,4}){0,3}\Z")
    signs = st.sampled_from(list("-–—/.,;:%$€£+±×x()[]'\"½¾³ \u2009\xa0\u2212\t\n٣"))
    words = st.sampled_from(surfaces(lang))
    capitals = words.map(str.title)
    piece = st.one_of(digits, words, signs, capitals, st.text(max_size=3), st.integers(0, 10**45).map(str))
    return st.lists(st.tuples(piece, st.sampled_from(["", " ", " ", " ", "-", "\n"])), max_size=14).map(
        lambda pieces: "".join(part for pair in pieces for part in pair)
    )


ANY = [(lang, kind) for lang in LANGUAGES for kind in ("any text", "made of surfaces")]
# Compiling a pack takes longer than an example may.
QUICKLY = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def strategy(lang: str, kind: str) -> st.SearchStrategy[str]:
    return st.text(max_size=120) if kind == "any text" else texts(lang)


@pytest.mark.parametrize(("lang", "kind"), ANY)
def test_figures_lie_in_the_text_in_order_and_are_whole(lang: str, kind: str) -> None:
    @QUICKLY
    @given(strategy(lang, kind))
    def check(text: str) -> None:
        end = 0
        for figure in parse(text, lang):
            assert end <= figure.start < figure.end <= len(text)
            end = figure.end
            assert text[figure.start : figure.end] == figure.text
            assert figure.text == figure.text.strip()
            assert figure.low <= figure.value <= figure.high
            assert figure.high < float("inf")
            assert figure.qualifier in QUALIFIERS
            assert figure.unit
            assert (figure.counted == "") or figure.unit == "count"

    check()


@pytest.mark.parametrize(("lang", "kind"), ANY)
def test_other_paragraphs_change_nothing(lang: str, kind: str) -> None:
    before, after = (
        "In 2024 the US dollar cost about Rp16,000 daily." + PARAGRAPH,
        PARAGRAPH + "5 million barrels a day.",
    )

    @QUICKLY
    @given(strategy(lang, kind))
    def check(text: str) -> None:
        alone, among = parse(text, lang), parse(before + text + after, lang)
        inside = [figure for figure in among if len(before) <= figure.start < len(before + text)]
        assert [moved(figure, len(before)) for figure in alone] == inside

    check()


def moved(figure: Quantity, by: int) -> Quantity:
    return figure._replace(start=figure.start + by, end=figure.end + by)
