"""The tidy table: exact on the stories, whole in its columns, checked, documented, and readable as SDMX."""

from __future__ import annotations

import csv
import datetime
import io
import re
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from energyfacts import Article, EnergyFactsError, codebook, crosscheck, extract, validate
from energyfacts.facts import COLUMNS
from energyfacts.sdmx import NAMES, data_structure, to_sdmx
from energyfacts.text import LONGEST_SENTENCE

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "data" / "articles"
STORIES = sorted(path.stem for path in ARTICLES.glob("*.toml"))
LANGUAGES = ("en", "id")
# What an expected table says of a figure besides its value and the cross-check.
STATED = ["lang", "text", "section", "unit", "qualifier", "measure", "ref_area", "counterpart_area", "product", "flow"]
STATED += ["time_period", "obs_status", "attributed_to"]
INHERITED = {"sentence", "previous", "topic"}


def versions(folder: Path, story: str) -> list[Article]:
    """Return the versions of a story, with the date of its metadata."""
    meta = folder / f"{story}.toml"
    published = tomllib.loads(meta.read_text(encoding="utf-8"))["published"] if meta.is_file() else None
    texts = {lang: (folder / f"{story}.{lang}.txt").read_text(encoding="utf-8") for lang in LANGUAGES}
    return [Article(text=texts[lang], lang=lang, story=story, published=published) for lang in LANGUAGES]


def expected(folder: Path, story: str) -> list[dict[str, str]]:
    with (folder / f"{story}.expected.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def ends(value: str) -> tuple[float, float]:
    low, _, high = value.partition("..")
    return float(low), float(high or low)


def assert_exact(facts: pd.DataFrame, rows: list[dict[str, str]]) -> None:
    """Assert that the facts are those of an expected table: no more, no fewer, in its order, equal in every column."""
    found = facts.to_dict("records")
    assert [(fact["lang"], fact["text"]) for fact in found] == [(row["lang"], row["text"]) for row in rows]
    for fact, row in zip(found, rows, strict=True):
        assert {name: fact[name] for name in STATED if name in row} == {
            name: row[name] for name in STATED if name in row
        }
        assert (fact["value_low"], fact["value_high"]) == pytest.approx(ends(row["value"])), row["text"]


def statuses(facts: pd.DataFrame) -> dict[Any, tuple[str, str]]:
    """Return what the cross-check says of each fact: its status, as the expected tables put it, and its slip."""
    said: dict[Any, tuple[str, str]] = {}
    for claim in crosscheck(facts).to_dict("records"):
        status = f"missing in {claim['missing']}" if claim["status"] == "missing" else claim["status"]
        for lang in LANGUAGES:
            if not pd.isna(claim[f"fact_{lang}"]):
                said[int(claim[f"fact_{lang}"])] = (status, claim["slip"])
    return said


@pytest.mark.parametrize("story", STORIES)
def test_a_story_gives_its_expected_table(story: str) -> None:
    assert_exact(extract(versions(ARTICLES, story)), expected(ARTICLES, story))


@pytest.mark.parametrize("story", STORIES)
def test_a_story_gives_its_expected_cross_check(story: str) -> None:
    said = statuses(extract(versions(ARTICLES, story)))
    rows = expected(ARTICLES, story)
    wanted = [(row["text"], row["crosscheck"], row["slip"]) for row in rows]
    assert [(row["text"], *said[at]) for at, row in enumerate(rows)] == wanted


@pytest.mark.parametrize("story", STORIES)
def test_a_story_breaks_no_rule_of_the_table(story: str) -> None:
    assert validate(extract(versions(ARTICLES, story))).to_dict("records") == []


def test_the_visit_is_exact_in_every_column(shared: Path) -> None:
    folder, story = shared / "articles", "kazakhstan-visit"
    facts = extract(versions(folder, story))
    assert_exact(facts, sorted(expected(folder, story), key=lambda row: row["lang"]))
    claims = crosscheck(facts)
    agreed = claims[claims["status"] == "agrees"]
    assert len(agreed) == 2
    assert set(agreed["slip"]) == {""}
    missing = claims[claims["status"] == "missing"]
    assert list(missing["missing"]) == ["id", "id"]
    assert set(missing["section"]) == {"related"}
    assert len(claims) == 4


def test_columns_and_types_are_those_of_the_codebook_even_without_a_figure() -> None:
    for text in ("", "No figure here.", "Output was 5 mb/d."):
        facts = extract(text)
        assert {name: str(dtype) for name, dtype in facts.dtypes.items()} == COLUMNS
        assert validate(facts).empty
    assert len(extract("")) == len(extract([])) == 0


def test_every_row_points_back_to_its_characters() -> None:
    for story in STORIES:
        articles = {article.lang: article for article in versions(ARTICLES, story)}
        for fact in extract(articles.values()).to_dict("records"):
            assert articles[fact["lang"]].text[fact["start"] : fact["end"]] == fact["text"]


def test_what_is_stated_can_be_told_from_what_is_inherited() -> None:
    text = (
        "Kazakh oil\n\nKazakhstan's oil production was 2 mb/d. Exports were 1.5 mb/d in 2024, against 1.4 mb/d in 2023."
    )
    sources = [dict(entry.split("=") for entry in source.split()) for source in extract(text)["dimension_source"]]
    assert sources[0] == {"flow": "clause", "product": "clause", "ref_area": "clause"}
    assert sources[1] == {"flow": "clause", "product": "topic", "ref_area": "topic", "time_period": "sentence"}
    assert sources[2]["flow"] in INHERITED


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("Utangnya Rp131 triliun. Obligasi dijual di Singapura. Labanya Rp7 triliun. Kasnya Rp9 triliun.", {"ID"}),
        ("Obligasi dijual. Utangnya 8 miliar dolar (Rp131 triliun). Laba turun. Kasnya 2 miliar dolar.", {"_U"}),
        ("Utangnya Rp131 triliun. Labanya Rp7 triliun.", {"_U"}),
    ],
    ids=["own money", "converted", "a snippet"],
)
def test_the_money_of_one_country_tells_what_an_article_is_about(text: str, areas: set[str]) -> None:
    assert set(extract(Article(text, "id"))["ref_area"]) == areas


def test_an_article_has_the_language_that_it_says_and_all_unknown_ones_are_named() -> None:
    facts = extract(
        [Article(text="Ekspor naik 5 persen.", lang="id"), Article(text="Exports rose 5 percent.", lang="en")]
    )
    assert list(facts["lang"]) == ["id", "en"]
    with pytest.raises(EnergyFactsError, match=r"(?s)one.*two") as error:
        extract(
            [
                Article(text="x", lang="xx", id="one"),
                Article(text="5 t", lang="en"),
                Article(text="y", lang="yy", id="two"),
            ]
        )
    assert "xx" in str(error.value)
    assert "yy" in str(error.value)


@pytest.mark.parametrize("text", ["Output fell to 2 mb/d last year.", "Output was 2 mb/d this year."])
def test_a_relative_period_needs_the_date_of_the_article(text: str) -> None:
    assert list(extract(Article(text=text, lang="en"))["time_period"]) == ["_U"]
    dated = extract(Article(text=text, lang="en", published=datetime.date(2021, 3, 4)))
    assert list(dated["time_period"]) == [str(2020 if "last" in text else 2021)]


BREACHES = [
    ("flow", "outputs", "no code of the list flows"),
    ("ref_area", "Kazakhstan", "no code of the list areas"),
    ("measure", "rise", "not one of change, level, share"),
    ("obs_status", "P", "not one of A, E, F"),
    ("time_period", "May 2025", "not a time period of ISO 8601"),
    ("unit", "mb/d", "no unit code"),
    ("value", 9.0, "not between value_low and value_high"),
    ("end", 1, "not after start"),
    ("direction", "increase", "a direction of what is no change"),
    ("section", None, "missing"),
]


@pytest.mark.parametrize(("column", "value", "problem"), BREACHES)
def test_a_breach_is_told_with_its_row(column: str, value: object, problem: str) -> None:
    facts = extract("Output was 2.08 mb/d in 2025 and exports were 1.5 mb/d.").set_axis(["first", "second"])
    facts.loc["second", column] = value
    found = validate(facts)
    assert [(row.row, row.column, row.problem) for row in found.itertuples()] == [("second", column, problem)]


def test_all_breaches_are_told_at_once() -> None:
    facts = extract("Output was 2.08 mb/d in 2025.")
    broken = facts.assign(**{column: [value] for column, value, _ in BREACHES if column != "direction"})
    found = set(validate(broken.drop(columns="story"))["column"])
    assert found >= {column for column, _, _ in BREACHES if column != "direction"} | {"story"}


def test_what_is_read_from_the_catalogue_is_no_breach_and_an_unknown_currency_is() -> None:
    facts = extract("The lamp gives 300 lumens and costs 20 million tenge.")
    assert validate(facts).empty
    assert validate(facts.assign(unit="ABC"))["problem"].unique().tolist() == ["no unit code"]


@pytest.mark.parametrize("source", [None, 5, [5]])
def test_what_is_no_article_is_told(source: object) -> None:
    with pytest.raises(EnergyFactsError, match="give"):
        extract(source)  # type: ignore[arg-type]


def test_a_column_of_another_type_is_told() -> None:
    facts = extract("Output was 2.08 mb/d in 2025.").astype({"start": "float64"})
    assert [(row.column, row.problem) for row in validate(facts).itertuples()] == [("start", "the type is not int64")]


def test_the_codebook_page_is_up_to_date() -> None:
    assert codebook.PAGE.read_text(encoding="utf-8") == codebook.page(), "run: python -m energyfacts.codebook"


def test_the_codebook_and_the_architecture_name_the_same_columns() -> None:
    part = (
        (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## The tidy table")[2].partition("\n## ")[0]
    )
    named = [name for line in re.findall(r"^\| (`.*?) \|", part, re.MULTILINE) for name in re.findall(r"`(\w+)`", line)]
    assert named == list(COLUMNS)


def test_sdmx_is_read_back_whole() -> None:
    import sdmx

    facts = extract(versions(ARTICLES, STORIES[0]))
    message = sdmx.read_sdmx(io.BytesIO(to_sdmx(facts).encode()), format="csv", structure=data_structure())
    (data,) = message.data
    assert len(data.obs) == len(facts) > 0
    for observation, fact in zip(data.obs, facts.to_dict("records"), strict=True):
        read = {key.id: key.value for key in observation.dimension} | {
            name: attribute.value for name, attribute in observation.attached_attribute.items()
        }
        read["OBS_VALUE"] = observation.value
        assert read == {NAMES.get(name, name.upper()): str(value) for name, value in fact.items()}


def test_sdmx_holds_a_figure_that_runs_over_a_line_in_one_row() -> None:
    facts = extract("Exports, said the ministry, were 5\nmillion tonnes.")
    assert list(facts["text"]) == ["5\nmillion tonnes"]
    assert to_sdmx(facts).count("\n") == 2
    assert "5 million tonnes" in to_sdmx(facts)


def test_sdmx_of_half_a_table_is_refused() -> None:
    with pytest.raises(EnergyFactsError, match="no column flow, unit"):
        to_sdmx(extract("Output was 2 mb/d.").drop(columns=["unit", "flow"]))


def test_a_line_of_thousands_of_figures_is_not_held_a_thousand_times() -> None:
    line = "Exports rose 5 percent and " * 2000
    contexts = extract(line, "en")["context"]
    assert contexts.str.len().max() <= LONGEST_SENTENCE
    assert contexts.str.contains("5 percent").all()
    short = "Exports rose 5 percent."
    assert extract(short, "en")["context"].to_list() == [short]
