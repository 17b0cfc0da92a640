"""Phrases: looked for by their rarest word in one pass, the same is found as by asking at every place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energyfacts.languages.phrases import Match, Phrases
from energyfacts.text import TOKEN, Text

SURFACES = (
    "oil",
    "crude oil",
    "the oil",
    "in the us",
    "US",
    "us",
    "m3",
    "%",
    "in",
    "per cent",
    "up to",
    "12",
    "oil-rich",
)
PHRASES = Phrases((surface, surface) for surface in SURFACES)
PIECES = st.sampled_from([*SURFACES, "OIL", "Crude", "soil", "of", "é", "3", ".", "\n", "“"])
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", " ", "", "-"])), max_size=12).map(
    lambda pieces: "".join(part for pair in pieces for part in pair)
)

# text, what is found, why
FOUND = [
    ("crude oil and oil", ["crude oil", "oil"], "the longest at a place, none inside another"),
    ("the oil in the US", ["the oil", "in the us"], "the rarest word stands last"),
    ("US and us", ["US", "us"], "a capital is as written and comes first"),
    ("soil, oils and boil", [], "no part of a word"),
    ("4 m3 or m33", ["m3"], "no part of a number"),
    ("112 is not 12", ["12"], "nor its tail"),
    ("5% up to 7 %", ["%", "up to", "%"], "signs"),
    ("“oil” – oil", ["oil", "oil"], "signs outside ASCII part words"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FOUND)
def test_phrases_of_a_text(text: str, expected: list[str], why: str) -> None:
    assert [match.value for match in PHRASES.find(Text(text))] == expected, why


def asked_at_every_place(text: Text, start: int, stop: int) -> list[Match[str]]:
    """Return what `Phrases.find` shall: asked at each word, from left to right."""
    found: list[Match[str]] = []
    reached = start
    for token in TOKEN.finditer(text.folded):
        match = PHRASES.at(text, token.start()) if reached <= token.start() < stop else None
        if match is not None and match.end <= stop:
            found.append(match)
            reached = match.end
    return found


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.integers(0, 20), st.integers(0, 60))
def test_one_pass_finds_what_asking_at_every_place_does(surface: str, start: int, length: int) -> None:
    text = Text(surface)
    stop = min(len(text), start + length)
    assert PHRASES.find(text, start, stop) == asked_at_every_place(text, start, stop)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_what_begins_at_a_place_ends_where_it_ends(surface: str) -> None:
    text = Text(surface)
    for token in TOKEN.finditer(text.folded):
        assert text.tokens_at[token.start()] == token[0]
        assert text.tokens_before[token.end()] == token[0]
        match = PHRASES.at(text, token.start())
        if match is not None:
            assert PHRASES.before(text, match.end, match.start) == match


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_words_are_found_where_they_are(surface: str) -> None:
    text = Text(surface)
    words = [token for token in TOKEN.finditer(text.folded) if token[0].isalpha()]
    assert text.vocabulary >= {token[0] for token in words}
    assert text.where(text.vocabulary) == sorted(
        token.start() for token in TOKEN.finditer(text.folded) if token[0] in text.vocabulary
    )
