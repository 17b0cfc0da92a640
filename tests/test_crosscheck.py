"""The cross-check table: which figures it puts together, what it says of them, and how it refuses."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import frames
import pandas as pd
import pytest

from energyfacts import Article, EnergyFactsError, crosscheck, extract, summary
from energyfacts.text import Text, split_sentences

CASES = Path(__file__).parent / "cases" / "crosscheck.tsv"
ARTICLES = Path(__file__).parents[1] / "data" / "articles"
MARKED = re.compile(r"\{([^|}]*)\|([^|}]*)(?:\|([^}]*))?\}")
ABOUT = ("flow", "product", "ref_area", "measure", "time_period")
QUALIFIERS = {"=", "~", "<~", ">", ">=", "<", "<="}


def cases() -> dict[str, dict[str, str]]:
    """Return the traps by name."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row["name"]: row for row in csv.DictReader(lines, delimiter="\t")}


def version(marked: str, lang: str, story: str = "s") -> list[dict[str, object]]:
    """Return the facts marked in a text."""
    rows: list[dict[str, object]] = []
    at = 0
    for number, sentence in enumerate(marked.split(" // ")):
        section, taken = ("related" if sentence.startswith("@") else "body"), 0
        for mark in MARKED.finditer(sentence):
            start = at + mark.start() - taken
            taken += len(mark[0]) - len(mark[1])
            place = {"story": story, "article": f"{story}.{lang}", "lang": lang, "section": section, "sentence": number}
            rows.append(place | amount(mark[1], mark[2], mark[3] or "") | {"start": start, "end": start + len(mark[1])})
        at += len(sentence) - taken + 1
    return rows


def amount(text: str, value: str, more: str) -> dict[str, object]:
    """Return what a mark says of its figure."""
    numbers, _, unit = value.partition(" ")
    low, _, high = numbers.partition("..")
    row: dict[str, object] = dict.fromkeys(ABOUT, "_U") | {"direction": "_Z", "counted": "_Z", "qualifier": "="}
    row |= {"text": text, "value_low": float(low), "value_high": float(high or low), "unit": unit}
    for word in more.split():
        name, is_dimension, code = word.partition("=")
        row |= {"qualifier": word} if word in QUALIFIERS else {name: code}
        assert word in QUALIFIERS or is_dimension, word
    return row


def facts_of(**versions: str) -> pd.DataFrame:
    """Return the facts of the versions of one story."""
    return pd.DataFrame([row for lang, marked in versions.items() for row in version(marked, lang)])


def said(row: dict[str, object], one: str = "en", other: str = "id") -> str:
    """Return a row of the table as the cases write it."""
    slip = f" ({row['slip']})" if row["slip"] else ""
    teaser = "@" if row["section"] == "related" else ""
    if row["status"] == "missing":
        return teaser + (f"{row[f'text_{one}']} -" if row["missing"] == other else f"- {row[f'text_{other}']}")
    sign = "!=" if row["status"] == "differs" else "~" if slip else "="
    return f"{teaser}{row[f'text_{one}']} {sign} {row[f'text_{other}']}{slip}"


@pytest.mark.parametrize("name", cases())
def test_traps(name: str) -> None:
    case = cases()[name]
    table = crosscheck(facts_of(en=case["en"], id=case["id"]))
    assert [said(row) for row in table.to_dict("records")] == case["expected"].split(" ; "), case["why"]


@pytest.mark.parametrize("name", cases())
def test_the_order_of_the_languages_does_not_matter(name: str) -> None:
    case = cases()[name]
    table = crosscheck(facts_of(id=case["id"], en=case["en"]))
    assert sorted(said(row) for row in table.to_dict("records")) == sorted(case["expected"].split(" ; "))


def test_table_of_the_hand_written_story() -> None:
    """Columns, types and every cell but the explanation are those that charts and display were written for."""
    wanted = frames.crosscheck().drop(columns="explanation")
    table = crosscheck(frames.facts())
    assert table["explanation"].str.endswith(".").all()
    pd.testing.assert_frame_equal(table.drop(columns="explanation"), wanted)


def test_explanation_names_both_surfaces_and_the_factor() -> None:
    case = cases()["scale_word"]
    explanation = crosscheck(facts_of(en=case["en"], id=case["id"]))["explanation"][0]
    for part in ("English", "Indonesian", "Rp203.4 trillion", "Rp203,4 miliar", "1000 times"):
        assert part in explanation


def test_explanation_of_what_is_missing_says_where_it_stands() -> None:
    case = cases()["half_version"]
    table = crosscheck(facts_of(en=case["en"], id=case["id"]))
    assert table["explanation"][3] == 'English has "555 million tonnes", Indonesian lacks it (sentence 4).'


def test_explanation_says_which_version_repeats() -> None:
    case = cases()["repeated_in_one"]
    explanations = crosscheck(facts_of(en=case["en"], id=case["id"]))["explanation"]
    assert explanations[0].endswith("English says it again.")
    assert "again" not in explanations[1]


def test_three_languages() -> None:
    table = crosscheck(
        facts_of(
            en="Coal: {836 million tonnes|836e6 t}. // Growth: {5.03 percent|5.03 percent}.",
            id="Batu bara: {836 juta ton|836e6 t}. // Pertumbuhan: {5,03 persen|5.03 percent}. // {2.653 MW|2653 MW}.",
            de="Kohle: {836 Milliarden Tonnen|836e9 t}. // Kraftwerke mit {2.653 MW|2653 MW}.",
        )
    )
    rows = table[["status", "slip", "missing", "text_en", "text_id", "text_de"]].to_numpy().tolist()
    assert rows == [
        ["differs", "scale word", "", "836 million tonnes", "836 juta ton", "836 Milliarden Tonnen"],
        ["missing", "", "de", "5.03 percent", "5,03 persen", ""],
        ["missing", "", "en", "", "2.653 MW", "2.653 MW"],
    ]


def test_index_labels_are_those_of_the_facts() -> None:
    facts = facts_of(en="{836 million tonnes|836e6 t}", id="{836 juta ton|836e6 t}")
    facts.index = pd.Index([70, 7])
    table = crosscheck(facts)
    assert (table["fact_en"][0], table["fact_id"][0]) == (70, 7)


def test_stories_are_compared_apart() -> None:
    rows = version("{836 million tonnes|836e6 t}", "en", "one") + version("{836 juta ton|836e6 t}", "id", "two")
    table = crosscheck(pd.DataFrame(rows))
    assert table.empty
    assert list(table.columns) == list(crosscheck(facts_of(en="{1 t|1 t}", id="{1 t|1 t}")).columns)


def test_two_articles_of_one_language_are_one_version() -> None:
    rows = version("{836 million tonnes|836e6 t}", "en") + version("{836 juta ton|836e6 t}", "id")
    rows += [row | {"article": "later"} for row in version("Growth: {5.03 percent|5.03 percent}", "en")]
    assert crosscheck(pd.DataFrame(rows))["status"].tolist() == ["agrees", "missing"]


def test_no_facts() -> None:
    assert crosscheck(frames.facts().iloc[:0]).empty


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda facts: facts.drop(columns=["unit", "text"]), "lack the column text, unit"),
        (lambda facts: pd.concat([facts, facts]), "name each fact once"),
        (lambda facts: facts.set_index("text", drop=False), "name each fact once"),
    ],
)
def test_refuses(change: object, says: str) -> None:
    assert callable(change)
    with pytest.raises(EnergyFactsError, match=says):
        crosscheck(change(frames.facts()))


def test_summary_counts_bodies_and_keeps_teasers_apart() -> None:
    table = summary(crosscheck(frames.facts()))
    counts = {"claims": 5, "agrees": 3, "differs": 1, "missing": 1, "noted": 0, "missing_en": 1, "missing_id": 0}
    assert table.to_dict("records") == [{"story": name} | counts | {"related": 1} for name in (frames.STORY, "_T")]


def test_summary_refuses_another_table() -> None:
    with pytest.raises(EnergyFactsError, match=r"give the table of crosscheck\(\)"):
        summary(frames.facts())


def long_version(lang: str, figures: int, percent: str) -> list[dict[str, object]]:
    """Return a version of many figures, many of them equal, three in a sentence."""
    chance = random.Random(5)
    sentences = []
    for number in range(figures // 3):
        values = [chance.choice([2, 5, 10, 12.5]), round(chance.uniform(1, 99), 1), chance.randrange(100, 999)]
        marks = [f"{{{value} {percent}|{value} percent}}" for value in values]
        sentences.append(f"Number {number}: it was {marks[0]} and then {marks[1]} or {marks[2]} of the total.")
    return version(" // ".join(sentences), lang)


def test_a_long_story_is_put_together_figure_by_figure() -> None:
    facts = pd.DataFrame(long_version("en", 210, "percent") + long_version("id", 210, "persen"))
    table = crosscheck(facts)
    assert (table["status"] == "agrees").all()
    assert (table["fact_id"] - table["fact_en"] == 210).all()


def expected_facts(path: Path) -> pd.DataFrame:
    """Return the facts that a story of the project's own is known to hold."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    story, found = path.name.removesuffix(".expected.tsv"), []
    after: dict[str, int] = {}
    for row in rows:
        text = path.with_name(f"{story}.{row['lang']}.txt").read_text(encoding="utf-8")
        start = text.index(row["text"], after.get(row["lang"], 0))
        after[row["lang"]] = start + 1
        sentence = sum(first <= start for first, _ in split_sentences(Text(text))) - 1
        value = f"{row['value']} {row['unit']}"
        place = {"story": story, "article": f"{story}.{row['lang']}", "lang": row["lang"], "section": row["section"]}
        about = {name: row[name] for name in (*ABOUT, "crosscheck", "slip")}
        place |= {"sentence": sentence, "start": start, "end": start + len(row["text"])}
        found.append(amount(row["text"], value, row["qualifier"]) | about | place)
    return pd.DataFrame(found)


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.expected.tsv")), ids=lambda path: path.name.split(".")[0])
def test_own_stories_show_the_slips_that_were_put_in_and_no_others(path: Path) -> None:
    facts = expected_facts(path)
    table = crosscheck(facts)
    for row in table.to_dict("records"):
        labels = [row[f"fact_{lang}"] for lang in ("en", "id") if not pd.isna(row[f"fact_{lang}"])]
        wanted = {(facts.at[label, "crosscheck"].split()[0], facts.at[label, "slip"]) for label in labels}
        # The expected facts leave the direction of a change out, so it cannot be seen here.
        if wanted == {("differs", "direction")}:
            continue
        found = row["status"]
        assert {(found, row["slip"])} == wanted, row["explanation"]


def body_claims(story: str, indonesian: str) -> set[tuple[str, str, str]]:
    """Return the claims of a story's body: both surfaces and the status."""
    english = (ARTICLES / f"{story}.en.txt").read_text(encoding="utf-8")
    table = crosscheck(extract([Article(english, "en", story), Article(indonesian, "id", story)]))
    body = table[table["section"] == "body"]
    return set(body[["text_en", "text_id", "status"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("story", [path.name.split(".")[0] for path in sorted(ARTICLES.glob("*.toml"))])
def test_a_version_may_tell_its_story_in_another_order(story: str) -> None:
    text = (ARTICLES / f"{story}.id.txt").read_text(encoding="utf-8")
    headline, *paragraphs = text.split("\n\n")
    reordered = "\n\n".join([headline, *reversed(paragraphs)])
    assert body_claims(story, text) <= body_claims(story, reordered)


def test_there_are_own_stories() -> None:
    assert len(list(ARTICLES.glob("*.expected.tsv"))) >= 5


SWAPPED = [
    (
        "Malaysia produced 70 bcm of gas in 2024. Indonesia produced 60 bcm of gas in 2024.",
        "Malaysia memproduksi 60 bcm gas pada 2024. Indonesia memproduksi 70 bcm gas pada 2024.",
        ["area", "area"],
    ),
    (
        "Coal output was 500 million tonnes. Palm oil output was 50 million tonnes.",
        "Produksi batu bara 50 juta ton. Produksi minyak sawit 500 juta ton.",
        ["product", "product"],
    ),
    (
        "Imports were 300,000 tonnes. Exports were 120,000 tonnes.",
        "Impor 120.000 ton. Ekspor 300.000 ton.",
        ["flow", "flow"],
    ),
    (
        "Rokan gave 160,000 barrels a day, followed by Cepu with 140,000 barrels a day.",
        "Produksi Blok Cepu 160.000 barel per hari, disusul Rokan dengan 140.000 barel per hari.",
        ["name", "name"],
    ),
    (
        "Rokan gave 160,000 barrels a day. Cepu gave 140,000 barrels a day.",
        "Produksi Blok Cepu sekitar 160.000 barel per hari, disusul Rokan dengan 140.000 barel per hari.",
        ["name", "name"],
    ),
    (
        "LNG exports to Japan were 12 million tonnes, those to South Korea 5 million tonnes.",
        "Ekspor LNG ke Jepang 5 juta ton dan ke Korea Selatan 12 juta ton.",
        ["name", "name"],
    ),
    (
        "China took $5.48 billion, ahead of the United States with $2.63 billion and India with $1.79 billion.",
        "China membeli US$5,48 miliar, disusul India US$2,63 miliar dan Amerika Serikat US$1,79 miliar.",
        ["", "name", "name"],
    ),
    (
        "Coal from South Africa made up 12 percent, German coal 5 percent.",
        "Batu bara Jerman 5 persen, sedangkan 12 persen berasal dari Afrika Selatan.",
        ["", ""],
    ),
    (
        "In Cepu 143,200 barrels were pumped and in Rokan 157,900 barrels; in Cepu 15 wells were drilled.",
        "Sebanyak 143.200 barel dipompa di Cepu, 157.900 barel di Rokan, dan 15 sumur dibor di Cepu.",
        ["", "", ""],
    ),
    (
        "Fujian took 2.6 million tonnes for 25 years and Sempra 3.7 million tonnes.",
        "Fujian membeli 2,6 juta ton selama 25 tahun, sedangkan 3,7 juta ton untuk Sempra.",
        ["", "", ""],
    ),
    (
        "Exports to Japan were 3 million tonnes. A record 2 million tonnes went to China.",
        "Ekspor ke China 3 juta ton. Ekspor ke Jepang 2 juta ton.",
        ["", ""],
    ),
    (
        "Rosneft has 45 percent of the $24 billion Tuban plant.",
        "Kilang Tuban senilai US$24 miliar dimiliki Rosneft (45 persen).",
        ["", ""],
    ),
    (
        "Crude oil demand was 1.5 mb/d. Oil imports were 300,000 barrels a day.",
        "Konsumsi minyak 1,5 juta barel per hari. Impor minyak 300.000 barel per hari.",
        ["", ""],
    ),
]


@pytest.mark.parametrize(("english", "indonesian", "slips"), SWAPPED)
def test_figures_that_changed_places_are_noted(english: str, indonesian: str, slips: list[str]) -> None:
    table = crosscheck(extract([Article(english, "en", "s"), Article(indonesian, "id", "s")]))
    assert table["slip"].tolist() == slips
    assert (table["status"] == "agrees").all()


def test_explanation_of_a_change_of_places_says_which_version_has_which_name() -> None:
    english, indonesian, _ = next(case for case in SWAPPED if "Rokan" in case[0])
    table = crosscheck(extract([Article(indonesian, "id", "s"), Article(english, "en", "s")]))
    assert "beside Rokan in English" in table["explanation"][0]
    assert "beside Cepu in Indonesian" in table["explanation"][0]


def test_explanation_names_countries_alike_whatever_a_version_calls_them() -> None:
    english, indonesian, _ = next(case for case in SWAPPED if "those to South Korea" in case[0])
    table = crosscheck(extract([Article(english, "en", "s"), Article(indonesian, "id", "s")]))
    assert "beside Japan in English and beside South Korea in Indonesian" in table["explanation"][0]


def test_what_is_no_table_is_told() -> None:
    with pytest.raises(EnergyFactsError, match="give it the table"):
        crosscheck("facts")  # type: ignore[arg-type]
