"""The stories of data/articles: complete, sourced, and described by their tables to the last figure."""

from __future__ import annotations

import csv
import datetime
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "data" / "articles"
LANGUAGES = ("en", "id")
SUFFIXES = ("en.txt", "id.txt", "toml", "expected.tsv")
STORIES = sorted({path.name.split(".")[0] for path in ARTICLES.iterdir()})

CLAIM = ["value", "unit", "qualifier", "measure", "ref_area", "counterpart_area", "product", "flow", "time_period"]
CLAIM += ["obs_status", "section"]
COLUMNS = ["lang", "text", "section", *CLAIM[:-1], "attributed_to", "crosscheck", "slip"]
SLIPS = {
    "scale word", "digits", "decimal separator", "unit", "currency", "range", "qualifier", "direction", "period",
    "rounding",
}  # fmt: skip
ALLOWED = {
    "lang": r"en|id",
    "section": r"body|related",
    "value": r"\d+(\.\d+)?(\.\.\d+(\.\d+)?)?",
    "qualifier": r"=|~|<~|>=?|<=?",
    "measure": r"level|change|share",
    "ref_area": r"[A-Z]{2}|WLD|OPEC\+?|_[UZ]",
    "counterpart_area": r"[A-Z]{2}|WLD|OPEC|_Z",
    "time_period": r"_U|\d{4}(-\d\d)?(/\d{4}(-\d\d)?)?",
    "obs_status": r"A|E|F",
    "crosscheck": r"agrees|differs|missing in (en|id)",
    "slip": "|".join(["", *sorted(SLIPS)]),
}

# Digits that are no quantity: pattern, why.
NO_QUANTITY = [
    (r"\b(19|20)\d\d-(19|20)\d\d\b", "a stretch of years"),
    (r"\b(19|20)\d\d\b", "a year"),
    (r"\b[A-Z]+\d+\b", "a name with a number (B40, G20)"),
    (r"\bRON \d+\b", "a grade of petrol"),
    (r"\b(No\.|Nomor) \d+\b", "the number of a law"),
    (r"\b(Feb|April|May|July|Aug|Oct) \d{1,2}\b", "a date, English"),
    (r"\b\d{1,2} Agustus\b", "a date, Indonesian"),
]


@cache
def text_of(story: str, lang: str) -> str:
    """Return the text of a version."""
    return (ARTICLES / f"{story}.{lang}.txt").read_text(encoding="utf-8")


@cache
def metadata_of(story: str) -> dict[str, Any]:
    """Return the metadata of a story."""
    return tomllib.loads((ARTICLES / f"{story}.toml").read_text(encoding="utf-8"))


@cache
def expected_of(story: str) -> list[dict[str, str]]:
    """Return the expected facts of a story, a row a fact."""
    with (ARTICLES / f"{story}.expected.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def rows_of(story: str, lang: str) -> list[dict[str, str]]:
    """Return the expected facts of one version."""
    return [row for row in expected_of(story) if row["lang"] == lang]


def places(story: str, lang: str) -> list[tuple[int, int]]:
    """Return where each expected fact stands, looking for each after the one before it."""
    text, found, after = text_of(story, lang), [], 0
    for row in rows_of(story, lang):
        match = re.compile(rf"(?<![\w.,$]){re.escape(row['text'])}(?!\w)").search(text, after)
        assert match, f"{story}.{lang}.txt has no {row['text']!r} after character {after}"
        found.append(match.span())
        after = match.end()
    return found


def test_there_are_enough_stories_of_each_kind() -> None:
    assert len(STORIES) >= 6
    assert "kazakhstan-transit" in STORIES
    assert sum(bool(metadata_of(story).get("differences")) for story in STORIES) == 2
    assert sum(any(row["section"] == "related" for row in expected_of(story)) for story in STORIES) >= 2


def test_every_kind_of_slip_occurs() -> None:
    assert {row["slip"] for story in STORIES for row in expected_of(story)} - {""} == SLIPS


def test_every_story_has_all_its_files_and_no_other() -> None:
    wanted = {f"{story}.{suffix}" for story in STORIES for suffix in SUFFIXES}
    assert {path.name for path in ARTICLES.iterdir()} == wanted


@pytest.mark.parametrize("story", STORIES)
def test_metadata_is_complete(story: str) -> None:
    metadata = metadata_of(story)
    assert metadata["publisher"] == "energyfacts contributors"
    assert type(metadata["published"]) is datetime.date
    assert metadata["licence"] == "CC0-1.0"
    assert metadata["sources"]
    for source in metadata["sources"]:
        assert source["name"].strip()
        assert re.fullmatch(r"https?://[\w.-]+\.\w+(/\S*)?", source["address"]), source
        assert source["states"], source


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_text_is_a_title_and_paragraphs_of_news_length(story: str, lang: str) -> None:
    title, blank, *paragraphs = text_of(story, lang).splitlines()
    assert title == metadata_of(story)[f"title_{lang}"]
    assert blank == ""
    assert paragraphs
    assert 120 <= len(text_of(story, lang).split()) <= 250
    assert 6 <= len(rows_of(story, lang)) <= 14


@pytest.mark.parametrize("story", STORIES)
def test_expected_table_uses_the_columns_and_codes(story: str) -> None:
    rows = expected_of(story)
    assert list(rows[0]) == COLUMNS
    assert [row["lang"] for row in rows] == sorted(row["lang"] for row in rows)
    for row in rows:
        assert None not in row.values(), row
        assert all(row[column] for column in COLUMNS if column != "slip"), row
        wrong = {column: row[column] for column, codes in ALLOWED.items() if not re.fullmatch(codes, row[column])}
        assert not wrong, (row["text"], wrong)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_every_expected_text_stands_in_its_version_in_order(story: str, lang: str) -> None:
    text = text_of(story, lang)
    heading = re.search(r"^(Read next|Baca juga:)$", text, re.MULTILINE)
    for row, (start, end) in zip(rows_of(story, lang), places(story, lang), strict=True):
        assert text[start:end] == row["text"]
        assert row["section"] == ("related" if heading and start > heading.end() else "body"), row["text"]
        assert row["attributed_to"] == "_U" or row["attributed_to"] in text, row["text"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_no_figure_is_left_out_of_the_expected_table(story: str, lang: str) -> None:
    text = text_of(story, lang)
    for start, end in reversed(places(story, lang)):
        text = text[:start] + " " + text[end:]
    for pattern, _why in NO_QUANTITY:
        text = re.sub(pattern, " ", text)
    assert re.findall(r"\S*\d\S*", text) == []


def significant_digits(number: str) -> str:
    """Return the digits of a number without separators and without zeros at its ends."""
    return re.sub(r"\D", "", number).strip("0")


@pytest.mark.parametrize("story", STORIES)
def test_values_have_the_digits_of_their_text(story: str) -> None:
    for row in expected_of(story):
        written = re.findall(r"\d[\d.,]*", row["text"])
        if written:  # numbers in words ("two", "delapan") have none
            values = row["value"].split("..")
            assert [significant_digits(one) for one in written] == [significant_digits(one) for one in values], row


@pytest.mark.parametrize("story", STORIES)
def test_facts_that_agree_without_a_slip_are_the_same_claim_in_both_languages(story: str) -> None:
    claims = [
        Counter(
            tuple(row[name] for name in CLAIM)
            for row in rows_of(story, lang)
            if row["crosscheck"] == "agrees" and not row["slip"]
        )
        for lang in LANGUAGES
    ]
    assert claims[0] == claims[1]


@pytest.mark.parametrize("story", STORIES)
def test_differences_are_those_of_the_metadata(story: str) -> None:
    named = metadata_of(story).get("differences", [])
    for lang in LANGUAGES:
        rows = [(row["text"], row["slip"]) for row in rows_of(story, lang) if row["slip"]]
        assert sorted(rows) == sorted((entry[lang], entry["slip"]) for entry in named)
    assert all(row["slip"] for row in expected_of(story) if row["crosscheck"] == "differs")
    assert not [row for row in expected_of(story) if row["slip"] and row["crosscheck"].startswith("missing")]


@pytest.mark.parametrize("story", STORIES)
def test_missing_figures_are_those_of_the_metadata(story: str) -> None:
    named = {(entry["text"], entry["lang"]) for entry in metadata_of(story).get("missing", [])}
    rows = [row for row in expected_of(story) if row["crosscheck"].startswith("missing in ")]
    assert {(row["text"], row["crosscheck"].removeprefix("missing in ")) for row in rows} == named
    assert all(row["lang"] != row["crosscheck"].removeprefix("missing in ") for row in rows)


def runs_of_eight_words(text: str) -> set[tuple[str, ...]]:
    """Return every run of eight words of a text, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}


def test_no_eight_words_running_come_from_the_shared_texts(shared: Path) -> None:
    files = [path for path in sorted(shared.rglob("*")) if path.suffix in {".txt", ".json", ".jsonl"}]
    assert files
    theirs = set[tuple[str, ...]]().union(*(runs_of_eight_words(path.read_text(encoding="utf-8")) for path in files))
    for story in STORIES:
        for lang in LANGUAGES:
            same = runs_of_eight_words(text_of(story, lang)) & theirs
            assert not same, f"{story}.{lang}.txt"
