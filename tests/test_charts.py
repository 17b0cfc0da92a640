"""Charts say what the tables say, in the language asked for, on the Axes given."""

import ast
import csv
import inspect
from pathlib import Path

import frames
import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest

import energyfacts.palette
from energyfacts import EnergyFactsError, charts, labels
from energyfacts.charts import claims, dots, parts, revisions
from energyfacts.languages.pack import FOLDER, TEMPLATE

mpl.use("agg")

FACTS = frames.facts()
TABLE = frames.crosscheck()
SOURCE = "Reuters, 28 November 2024"


def forecasts() -> pd.DataFrame:
    """Three stories that give world demand in two years, once as a range and once as "more than"."""
    given = [
        ("june", "2024", 102.9e6, 102.9e6, "=", "A"),
        ("june", "2025", 103.6e6, 104.0e6, "=", "F"),
        ("july", "2025", 103.7e6, 103.7e6, "=", "F"),
        ("august", "2025", 103.9e6, 103.9e6, ">", "F"),
    ]
    row = FACTS.iloc[2].to_dict() | {"unit": "bbl/d", "flow": "demand", "ref_area": "WLD"}
    names = ["story", "time_period", "value_low", "value_high", "qualifier", "obs_status"]
    table = pd.DataFrame([row | dict(zip(names, values, strict=True)) for values in given])
    table["value"] = (table["value_low"] + table["value_high"]) / 2
    table["article"] = table["story"] + ".en"
    return table


DRAWN = {
    "versions": lambda **given: charts.versions(TABLE, FACTS, **given),
    "agreement": lambda **given: charts.agreement(TABLE, **given),
    "figures": lambda **given: charts.figures(FACTS, unit="t", **given),
    "shares": lambda **given: charts.shares(FACTS, **given),
    "through_time": lambda **given: charts.through_time(forecasts(), **given),
}


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


@pytest.fixture(params=sorted(DRAWN))
def draw(request):
    return DRAWN[request.param]


def words(ax) -> list[str]:
    """Every text of a chart."""
    ax.figure.canvas.draw()
    found = [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label, ax._left_title]
    legend = ax.get_legend()
    found += legend.get_texts() if legend else []
    return [text.get_text() for text in found if text.get_text()]


def with_gid(ax, gid: str) -> list:
    return ax.findobj(lambda artist: artist.get_gid() == gid)


def test_every_public_chart_is_tested():
    assert sorted(DRAWN) == sorted(charts.__all__)


def test_axes_given_are_axes_returned(draw):
    figure, axes = plt.subplots(1, 2)
    assert draw(ax=axes[1]) is axes[1]
    assert not axes[0].texts
    assert axes[1].get_title(loc="left")
    assert plt.get_fignums() == [figure.number]


def test_new_axes_have_the_style_and_leave_the_callers_alone(draw):
    before = dict(plt.rcParams)
    ax = draw()
    assert ax._left_title.get_fontweight() == "bold"
    assert {name: value for name, value in plt.rcParams.items() if before[name] != value} == {}


@pytest.mark.parametrize("own", [True, False])
def test_two_signs_of_money_are_no_formula(draw, own):
    ax = draw() if own else draw(ax=plt.subplots()[1])
    ax.figure.canvas.draw()
    legend = ax.get_legend()
    texts = [*ax.texts, *ax.get_yticklabels(), ax._left_title, *(legend.get_texts() if legend else [])]
    # matplotlib makes the numbers of an axis when it draws, and money is no part of them.
    worded = [text for text in texts if any(map(str.isalpha, text.get_text()))]
    assert worded
    assert [text.get_text() for text in worded if text.get_parse_math()] == []


def test_style_sheet_loads_by_dotted_name():
    with plt.style.context("energyfacts.energyfacts"):
        colours = plt.rcParams["axes.prop_cycle"].by_key()["color"]
    assert [f"#{colour.lstrip('#')}" for colour in colours] == list(energyfacts.palette.COLOURS)


def test_nothing_is_shown_or_saved():
    modules = [claims, dots, revisions, parts]
    called = {
        node.func.attr
        for module in modules
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert "subplots" in called
    assert not called & {"show", "savefig", "pause"}


def test_source_is_in_the_caption_and_inside_the_figure(draw):
    ax = draw(source=SOURCE)
    (caption,) = with_gid(ax, "caption")
    assert caption.get_text() == f"Source: {SOURCE}"
    ax.figure.canvas.draw()
    assert ax.figure.bbox.padded(1).containsx(caption.get_window_extent().x0)
    assert caption.get_window_extent().y0 >= -1


def test_source_names_publisher_and_date_of_articles():
    articles = [energyfacts.Article("x", publisher="Antara", published="2024-11-28", id=name) for name in "ab"]
    assert labels.source_text(articles, "id") == "Antara, 28 Nov 2024"
    articles.append(energyfacts.Article("x", publisher="Antara", published="2024-12-03"))
    articles.append(energyfacts.Article("x", publisher="Kompas"))
    said = labels.source_text(articles, "id").replace("\u2009", " ")
    assert said == "Antara, 28 Nov – 3 Des 2024; Kompas"


def test_no_text_is_cut_by_the_edge_of_the_figure(draw):
    ax = draw(source=SOURCE, lang="id")
    ax.figure.canvas.draw()
    edge = ax.figure.bbox.padded(2)
    shown = [*ax.texts, *ax.get_yticklabels(), ax._left_title, ax.xaxis.label, ax.yaxis.label]
    cut = [
        text.get_text()
        for text in shown
        if text.get_text() and not all(edge.contains(*corner) for corner in text.get_window_extent().corners())
    ]
    assert cut == []


@pytest.mark.parametrize("lang", ["en", "id"])
def test_labels_are_in_the_language_asked_for(draw, lang):
    other = {"en": "id", "id": "en"}[lang]
    title = draw(lang=lang).get_title(loc="left")
    assert title != draw(lang=other).get_title(loc="left")


def test_unknown_language_is_one_clear_sentence(draw):
    with pytest.raises(EnergyFactsError, match="no chart labels in the language 'xx'; choose one of en, id"):
        draw(lang="xx")


@pytest.mark.parametrize("count", [4, 20])
def test_versions_has_a_row_for_each_claim_and_a_cell_for_each_version(count):
    facts, table = frames.many_claims(count)
    ax = charts.versions(table, facts)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert sorted(int(name.partition(".")[0]) for name in names) == list(range(1, count + 1))
    assert "3. oil production, Kazakhstan, 2024" in [name.replace("\n", " ") for name in names]
    for lang in ("en", "id"):
        assert len(with_gid(ax, f"cell {lang}")) == count


def test_versions_shows_each_surface_and_what_is_left_out():
    said = [text.replace("\n", " ") for text in words(charts.versions(TABLE, FACTS))]
    surfaces = [text for column in ("text_en", "text_id") for text in TABLE[column] if text]
    assert [surface for surface in surfaces if surface not in said] == []
    assert said.count("not in this version") == (TABLE["status"] == "missing").sum()
    assert "differs: digits" in said
    assert said.count("≠") == 1
    assert "Teasers under the article" in said


def test_versions_tells_statuses_apart_without_colour():
    ax = charts.versions(TABLE, FACTS)
    markers = [line.get_marker() for line in ax.lines]
    assert markers == ["o"] * 6 + ["D"] * 2 + ["s", "o"] + ["o", "s"]
    dashed = [cell.get_linestyle() not in ("-", "solid") for cell in with_gid(ax, "cell en")]
    assert dashed == [False] * 4 + [True, False]


def test_agreement_counts_claims_by_status_and_slip():
    table = pd.concat([TABLE, TABLE.head(3).assign(story="second")], ignore_index=True)
    ax = charts.agreement(table)
    counts = {str(bars.get_label())[3:]: [bar.get_width() for bar in bars] for bars in ax.containers}
    assert counts == {
        "agrees": [3, 3],
        "differs: digits": [1, 0],
        "missing in English": [1, 0],
        "missing in Indonesian": [1, 0],
    }
    assert [label.get_text() for label in ax.get_yticklabels()] == [frames.STORY, "second"]
    assert {"a 3", "b 1", "c 1", "d 1"} <= set(words(ax))


def test_a_kind_that_a_story_lacks_leaves_no_edge():
    ax = charts.agreement(pd.concat([TABLE, TABLE.assign(story="other", status="agrees", slip="")]))
    bars = [bar for container in ax.containers for bar in container]
    assert {bar.get_width() > 0 for bar in bars} == {True, False}
    assert all((bar.get_linewidth() > 0) == (bar.get_width() > 0) for bar in bars)
    assert ax.get_xlim()[1] > len(TABLE)
    keys = ax.get_legend().get_patches()
    assert len(keys) == len(ax.containers)
    assert all(key.get_linewidth() > 0 for key in keys)


def test_bars_of_one_status_have_hatches_of_their_own():
    slips = ["digits", "unit", "currency", "period"]
    table = pd.concat([TABLE[TABLE["status"] == "differs"].assign(slip=slip) for slip in slips], ignore_index=True)
    hatches = [bars[0].get_hatch() for bars in charts.agreement(table).containers]
    assert len(set(hatches)) == len(slips)


@pytest.mark.parametrize("name", ["versions", "agreement"])
def test_no_claims_is_said(name):
    empty = TABLE.head(0)
    ax = charts.versions(empty, FACTS) if name == "versions" else charts.agreement(empty)
    assert "No claims" in words(ax)


def test_figures_are_scaled_and_the_unit_is_named():
    ax = charts.figures(forecasts(), unit="bbl/d")
    assert ax.get_xlabel() == "million barrels a day"
    assert ax.get_xlim()[1] < 1000
    assert not any("e6" in word or "1e" in word for word in words(ax))


def test_figures_have_a_row_for_what_they_are_about_and_a_marker_for_each_language():
    ax = charts.figures(FACTS, unit="t", flow="production")
    rows = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    assert rows == ["oil production, Kazakhstan, 2025 (forecast)", "oil production, Kazakhstan, 2024"]
    assert {line.get_marker() for line in ax.lines} >= {"o", "s"}
    assert [text.get_text() for text in with_gid(ax, "reading")] == ["96.2", "92.6", "87.7"]


def test_ranges_are_bars_and_qualifiers_arrows():
    ranges = charts.figures(FACTS, unit="USD/bbl")
    (bar,) = ranges.containers
    ends = bar.lines[2][0].get_segments()[0][:, 0]
    assert list(ends) == [70, 76]
    assert not with_gid(ranges, "qualifier")
    assert len(with_gid(charts.figures(FACTS, unit="percent"), "qualifier")) == 2


def test_several_figures_about_one_thing_share_a_row_and_its_reading():
    facts = pd.concat([FACTS.iloc[[2, 7]], FACTS.iloc[[2]].assign(value=9e7, value_low=9e7, value_high=9e7)])
    ax = charts.figures(facts, unit="t")
    assert len(ax.get_yticklabels()) == 1
    readings = with_gid(ax, "reading")
    assert [text.get_text() for text in readings] == ["87.7; 90", "87.7"]
    assert len({text.xy[1] for text in readings}) == 2


def test_numbers_are_in_the_language_asked_for():
    readings = [text.get_text() for text in with_gid(charts.figures(FACTS, unit="t", lang="id"), "reading")]
    assert "87,7" in readings


def test_shares_stand_on_a_track_of_a_hundred():
    ax = charts.shares(FACTS)
    track, bars = ax.containers[:2]
    assert [bar.get_width() for bar in track] == [100]
    assert [bar.get_width() for bar in bars] == [80]
    assert [text.get_text() for text in with_gid(ax, "reading")] == ["more than 80%"]


def test_through_time_draws_a_line_for_each_story_and_scales():
    ax = charts.through_time(forecasts())
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["june", "july", "august"]
    assert ax.get_ylabel() == "million barrels a day"
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2024", "2025"]
    assert len(ax.containers) == 1
    assert len(with_gid(ax, "qualifier")) == 1


def test_revisions_stand_in_the_order_of_publication():
    facts = forecasts().query("time_period == '2025'")
    dates = {"june": "2025-06-17", "july": "2025-07-11", "august": "2025-05-01"}
    ax = charts.through_time(facts, published=dates, lang="id")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1 Mei 2025", "17 Jun 2025", "11 Jul 2025"]
    assert "lebih dari 103,9" in words(ax)


def test_turned_dates_leave_room_for_the_source():
    one = forecasts().query("story == 'july'")
    many = pd.concat([one.assign(story=f"report {month}", article=f"{month}.en") for month in range(1, 13)])
    dates = {f"report {month}": f"2024-{month:02}-17" for month in range(1, 13)}
    ax = charts.through_time(many, published=dates, source=SOURCE)
    ax.figure.draw_without_rendering()
    (caption,) = [text for text in ax.texts if text.get_gid() == "caption"]
    named = [*ax.get_xticklabels(), ax.xaxis.label]
    assert any(label.get_rotation() for label in named)
    assert not any(caption.get_window_extent().overlaps(label.get_window_extent()) for label in named)


def test_every_key_of_the_agreement_has_an_edge_on_white():
    ax = charts.agreement(TABLE)
    keys = ax.get_legend().get_patches()
    assert len(keys) == 4
    assert all(key.get_linewidth() > 0.5 and key.get_edgecolor()[:3] != (1, 1, 1) for key in keys)


def test_what_is_not_there_is_said_with_what_is():
    with pytest.raises(EnergyFactsError, match=r"no figure with unit 'MW'.*production in t"):
        charts.figures(FACTS, unit="MW")
    with pytest.raises(EnergyFactsError, match="known period"):
        charts.through_time(FACTS.assign(time_period="_U"))


LARGEST = [(2.08e6, "bbl/d", 6), (9107, "IDR/USD", 0), (12_000, "MW", 0), (5e6, "MMBTU", 0), (38e12, "IDR", 12)]


@pytest.mark.parametrize(("value", "unit", "power"), LARGEST)
def test_scale_is_easy_to_say(value, unit, power):
    assert labels.exponent([value, value / 40], unit) == power


PERIODS = [
    ("2025", "2025", "2025"),
    ("2024-11", "November 2024", "November 2024"),
    ("2025-Q3", "Q3 2025", "K3 2025"),
    ("2007-01/2007-10", "January – October 2007", "Januari–Oktober 2007"),
    ("2024-02-28", "Feb 28, 2024", "28 Feb 2024"),
    ("2025-13", "2025-13", "2025-13"),
]


@pytest.mark.parametrize(("code", "english", "indonesian"), PERIODS)
def test_periods_are_in_words(code, english, indonesian):
    assert labels.period(code, "en").replace("\u2009", " ") == english
    assert labels.period(code, "id") == indonesian


def test_every_language_has_the_same_labels_with_the_same_parts():
    def parts(path: Path) -> dict[str, list[str]]:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        assert len({row["key"] for row in rows}) == len(rows)
        assert all(row["text"] == row["text"].strip() != "" for row in rows)
        return {row["key"]: sorted(part.partition("}")[0] for part in row["text"].split("{")[1:]) for row in rows}

    found = {path.parent.name: parts(path) for path in FOLDER.glob("*/labels.tsv") if path.parent.name != TEMPLATE}
    assert {"en", "id"} <= set(found)
    assert [lang for lang in found if found[lang] != found["en"]] == []
