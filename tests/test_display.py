"""What `show` gives: every figure marked, nothing that runs, the same facts in HTML and in a terminal."""

import re
from html.parser import HTMLParser

import frames
import pytest

from energyfacts import Article, EnergyFactsError, show

FACTS = frames.facts()
TABLE = frames.crosscheck()
ARTICLES = [
    Article(frames.TEXTS[lang], lang=lang, story=frames.STORY, publisher=publisher, published="2024-11-28")
    for lang, publisher in (("en", "Reuters"), ("id", "Antara"))
]
VOID = {"br", "hr", "img", "meta", "link", "input"}


class Page(HTMLParser):
    """The elements of a fragment, and whether every one is closed."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.elements: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert tag not in VOID
        self.open.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        name, attributes, texts = self.open.pop()
        assert name == tag, f"<{name}> closed by </{tag}>"
        self.elements.append((name, attributes, "".join(texts)))

    def handle_data(self, data):
        for _, _, texts in self.open:
            texts.append(data)

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, text) for name, attributes, text in self.elements if name == tag]


def page(shown) -> Page:
    found = Page(shown._repr_html_())
    assert found.open == []
    return found


STORY = show(ARTICLES, FACTS, TABLE)


def test_every_figure_of_an_article_is_a_mark_with_its_reading():
    marks = page(show(ARTICLES[0], FACTS)).all("mark")
    assert [text for _, text in marks] == list(FACTS.query("lang == 'en'")["text"])
    assert [attributes["title"] for attributes, _ in marks][:2] == [
        "about 20 million people · population, Kazakhstan, 2024",
        "more than 80% · share of oil exports, Kazakhstan – Russia",
    ]
    assert all(attributes["tabindex"] == "0" for attributes, _ in marks)


def test_the_text_is_whole_and_in_order():
    without = re.sub(r"<sup.*?</sup>", "", show(ARTICLES[0], FACTS)._repr_html_())
    (text,) = [text for attributes, text in Page(without).all("div") if attributes.get("lang") == "en"]
    assert text == frames.ENGLISH.rstrip()


def test_an_article_with_a_script_shows_it_as_text():
    text = '<script>alert("1")</script> & <b>20 million</b> barrels \' " <style>p{}</style>'
    start = text.index("20 million")
    facts = FACTS.head(1).assign(
        article="x", start=start, end=start + 10, text="20 million", attributed_to='<i>"A"</i>'
    )
    shown = show(Article(text, id="x", title="<script>2</script>", publisher="<img src=x>"), facts)
    found = page(shown)
    assert {name for name, _, _ in found.elements} <= {
        "div",
        "mark",
        "sup",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "p",
    }
    assert '<script>alert("1")</script> & <b>20 million' in "".join(text for _, text in found.all("div"))
    assert text in " ".join(repr(shown).split()).replace("[1: 20 million]", "20 million")


@pytest.mark.parametrize("shown", [STORY, show(ARTICLES[1], FACTS), show(TABLE), show(TABLE, FACTS)])
def test_fragments_have_no_script_no_style_sheet_and_no_opaque_background(shown):
    found = page(shown)
    assert not {"script", "style", "link", "iframe", "img"} & {name for name, _, _ in found.elements}
    styles = [attributes["style"] for _, attributes, _ in found.elements if "style" in attributes]
    backgrounds = re.findall(r"background(?:-color)?:([^;]*)", ";".join(map(str, styles)))
    assert backgrounds
    assert all(background.startswith("rgba(") for background in backgrounds)
    assert set(re.findall(r"(?<![-\w])color:([^;]*)", ";".join(map(str, styles)))) == {"inherit"}
    assert not any(name.startswith("on") for _, attributes, _ in found.elements for name in attributes)


def test_surfaces_and_table_cells_with_markup_are_text():
    facts = FACTS.head(1).assign(article="x", start=0, end=10, text="<b>20</b>%", counted="<i>people</i>")
    ((_, surface),) = page(show(Article("<b>20</b>% of it", id="x"), facts)).all("mark")
    assert surface == "<b>20</b>%"
    cells = [text for _, text in page(show(TABLE.assign(text_en="<b>1</b>", story="<s>"), FACTS)).all("td")]
    assert cells.count("<b>1</b>") == len(TABLE)


@pytest.mark.parametrize(
    "shown", [STORY, show(ARTICLES[1], FACTS), show(TABLE), show(Article("x", id="x"), FACTS.head(0))]
)
def test_two_signs_of_money_are_no_formula(shown):
    # MathJax, which notebooks run over HTML, leaves elements of this class alone.
    assert shown._repr_html_().startswith('<div class="mathjax_ignore tex2jax_ignore"')


def test_versions_stand_side_by_side_with_the_same_claim_numbered_alike():
    html = STORY._repr_html_()
    found = re.findall(r"<mark[^>]*>([^<]*)</mark><sup[^>]*>([^<]*)</sup>", html)
    english = [("20 million people", "1"), ("80%", "2"), ("87.7 million tonnes", "3"), ("96.2 million tonnes", "4≠")]
    indonesian = [("20 juta jiwa", "1"), ("80 persen", "2"), ("87,7 juta ton", "3"), ("92,6 juta ton", "4≠")]
    assert found == [
        *english,
        ("63 million tonnes", "6+"),
        *indonesian,
        ("70 dan 76 dolar AS per barel", "5+"),
    ]
    heads = [text for _, text in page(STORY).all("th")][:2]
    assert heads == ["English · Reuters, Nov 28, 2024", "Indonesian · Antara, Nov 28, 2024"]


def test_what_differs_and_what_is_missing_look_different_without_colour():
    marks = {text: str(attributes["style"]) for attributes, text in page(STORY).all("mark")}
    assert "double" in marks["96.2 million tonnes"]
    assert "double" in marks["92,6 juta ton"]
    assert "dashed" in marks["63 million tonnes"]
    assert "solid" in marks["80%"]
    assert "double" not in marks["80%"]


def test_the_same_claim_has_the_same_look_in_every_version():
    marks = {text: str(attributes["style"]) for attributes, text in page(STORY).all("mark")}
    for english, indonesian in zip(TABLE["text_en"][:4], TABLE["text_id"][:4], strict=True):
        assert marks[english] == marks[indonesian]
    assert marks["80%"] != marks["20 million people"]


def test_a_missing_claim_is_marked_where_it_would_stand_and_listed():
    english, indonesian = (
        text for attributes, text in page(STORY).all("div") if attributes.get("lang") in {"en", "id"}
    )
    assert "for 2025. 5∅" in english
    assert english.index("5∅") < english.index("Read next")
    assert indonesian.endswith("6∅")
    listed = [text for _, text in page(STORY).all("li")]
    assert listed[0].startswith("5∅ 70 dan 76 dolar AS per barel (Indonesian) 70 to 76 US dollars a barrel")
    assert listed[1].startswith("6∅ 63 million tonnes (English)")


def test_hovering_says_how_versions_differ():
    titles = {text: attributes["title"] for attributes, text in page(STORY).all("mark")}
    assert "have other digits" in str(titles["92,6 juta ton"])


def test_a_cross_check_renders_with_its_statuses():
    cells = [text for _, text in page(show(TABLE, FACTS, lang="id")).all("td")]
    assert cells.count("= sama") == 3
    assert "≠ berbeda: digit angka" in cells
    assert cells.count("∅ tidak ada") == 2
    assert "produksi minyak bumi, Kazakhstan, 2025" in cells


def test_a_terminal_gets_brackets_with_claim_numbers():
    text = re.sub(r"\s+", " ", repr(STORY))
    assert "plans [4≠: 96.2 million tonnes] for 2025. [5∅]" in text
    assert "sends more than [2: 80%] of its oil" in text
    assert "3 agree, 1 differ, 2 missing" in text
    assert "≠ differs: digits" in text
    assert "<" not in repr(STORY)


def test_a_text_without_figures_says_so():
    shown = show(Article("Talks went on.", id="x"), FACTS.head(0))
    assert "No figures in this text" in repr(shown)
    assert "No figures in this text" in shown._repr_html_()


def test_facts_of_another_text_are_refused():
    with pytest.raises(EnergyFactsError, match="do not belong to the article"):
        show(Article("Another text altogether.", id="kazakhstan-oil.en"), FACTS)


@pytest.mark.parametrize("source", [3, [3], [ARTICLES[0], "text"], FACTS])
def test_what_cannot_be_shown_is_refused_in_one_sentence(source):
    with pytest.raises(EnergyFactsError, match=r"show\(\)"):
        show(source, FACTS)


def test_an_empty_cross_check_says_so():
    assert repr(show(TABLE.head(0))) == "No claims"
    assert "No claims" in show(TABLE.head(0))._repr_html_()


def test_a_claim_that_simply_agrees_needs_no_explanation():
    table = TABLE.assign(explanation=[f"note {claim}" for claim in TABLE["claim"]])
    table.loc[1, "slip"] = "rounding"
    for shown in (repr(show(ARTICLES, FACTS, table)), show(table)._repr_html_()):
        assert "note 1" not in shown
        assert "note 2" in shown
        assert "note 4" in shown


def test_the_cross_check_is_made_where_none_is_given():
    assert repr(show(ARTICLES, FACTS)).startswith(f"{frames.STORY}: 3 agree, 1 differ, 2 missing")


def test_a_gap_stands_after_the_claim_before_it_where_other_figures_follow():
    table = TABLE.copy()
    table.loc[1, ["status", "missing", "text_id"]] = ["missing", "id", ""]
    table.loc[1, "fact_id"] = None
    facts = FACTS.drop(index=6)
    text = " ".join(repr(show(ARTICLES, facts, table)).split())
    assert "lebih dari 80 persen ekspor minyaknya lewat Rusia. [2∅] Negara itu" in text
    early = TABLE.drop(index=[0]).assign(claim=range(1, 6))
    assert "[20 juta jiwa]" in repr(show(ARTICLES, FACTS, early))


@pytest.mark.parametrize(("title", "times"), [("Oil rises", 1), ("Another headline", 1)])
def test_a_headline_is_shown_once(title, times):
    text = "Oil rises\n\nOutput rose to 20 million tonnes."
    shown = show(Article(text, lang="en", title=title))
    assert repr(shown).count(title) == times
    assert shown._repr_html_().count(title) == times
