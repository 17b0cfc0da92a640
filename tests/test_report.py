"""The report: one page that holds everything, reads without a script, and works in a real browser without a network."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import browser
import frames
import pytest

from energyfacts import Article, EnergyFactsError, cli, crosscheck, extract, labels, read, report

STORIES = browser.ROOT / "data" / "articles"
MOST_BYTES = 700_000
VOID = {"meta", "input", "img"}
ARTICLES = [Article(frames.TEXTS[lang], lang=lang, story=frames.STORY, title=f"Title {lang}") for lang in frames.TEXTS]
SMUGGLED = (
    """<script>document.title = "stolen"</script> pumped 20 million tonnes, "<img src=x onerror=alert(1)>" & 3%."""
)


class Outline(HTMLParser):
    """The elements of a page, each with its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            self.found.append((tag, dict(attrs), ""))
        else:
            self.open.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        name, attributes, texts = self.open.pop()
        assert name == tag, f"<{name}> closed by </{tag}>"
        self.found.append((name, attributes, "".join(texts)))

    def handle_data(self, data):
        for _, _, texts in self.open:
            texts.append(data)

    def all(self, *tags: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, text) for name, attributes, text in self.found if name in tags]


@pytest.fixture(scope="module")
def stories():
    articles = read(STORIES)
    facts = extract(articles)
    return articles, facts, crosscheck(facts)


@pytest.fixture(scope="module")
def written(stories, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    report.write(*stories, path)
    return path


@pytest.fixture(scope="module")
def page(written):
    return Outline(written.read_text(encoding="utf-8"))


SMALL = report.page(ARTICLES, frames.facts(), frames.crosscheck())


def test_it_is_one_page_of_a_few_hundred_kilobytes_that_names_nothing_outside(written, page):
    assert 100_000 < written.stat().st_size < MOST_BYTES
    for tag, attributes, _ in page.found:
        assert tag not in {"link", "iframe", "object"}
        assert str(attributes.get("src", "data:")).startswith("data:")
    assert len(page.all("script")) == 1


def test_it_holds_every_part(stories, page):
    _, facts, table = stories
    heads = [text for _, text in page.all("h2")]
    keys = ("summary", "differs", "missing", "charts", "stories", "figures")
    assert heads == [labels.text(f"report_{key}", "en") for key in keys]
    assert len(page.all("article")) == facts["story"].nunique()
    assert len(page.all("mark")) == len(facts)
    (rows,) = [text for attributes, text in page.all("table") if attributes.get("id") == "figures-table"]
    assert all(text in rows for text in facts["text"])
    for explanation in table.loc[table["status"] == "differs", "explanation"]:
        assert any(explanation in text for _, text in page.all("section"))
    assert len(page.all("img")) > 5


def test_a_screen_reader_finds_its_way(page):
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.all(landmark)) == 1, landmark
    assert [text for _, text in page.all("h1")] == ["Figures in energy news"]
    ids = [attributes["id"] for _, attributes, _ in page.found if "id" in attributes]
    assert len(set(ids)) == len(ids)
    targets = {str(attributes["href"])[1:] for attributes, _ in page.all("a") if str(attributes["href"])[0] == "#"}
    assert targets <= set(ids)
    named = {attributes["aria-labelledby"] for attributes, _ in page.all("section", "article")}
    assert named <= set(ids)
    assert all(attributes.get("scope") in {"col", "row"} for attributes, _ in page.all("th"))
    assert all(len(str(attributes["alt"])) > 20 for attributes, _ in page.all("img"))
    fields = sum("<select" in text or "<input" in text for text in re.findall(r"<label>.*?</label>", SMALL))
    assert fields == len(re.findall(r"<select|<input", SMALL)) > 1
    ((attributes, _),) = page.all("html")
    assert attributes["lang"] == "en"


@pytest.mark.parametrize("lang", ["en", "id"])
def test_its_words_are_in_the_language_asked_for(lang):
    made = Outline(report.page(ARTICLES, frames.facts(), frames.crosscheck(), lang))
    assert made.all("html")[0][0]["lang"] == lang
    assert made.all("h1")[0][1] == labels.text("report_title", lang)
    said = {"en": "more than 80", "id": "lebih dari 80"}
    assert any(said[lang] in text for _, text in made.all("td"))


def test_its_own_script_is_the_only_one_that_may_run():
    made = Outline(SMALL)
    ((_, script),) = made.all("script")
    (policy,) = [
        str(attributes["content"]) for attributes, _ in made.all("meta") if attributes.get("http-equiv") is not None
    ]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_what_an_article_holds_is_text():
    articles = [Article(SMUGGLED, lang="en", story="<b>s</b>", title="<i>", publisher="<u>", url="javascript:alert(1)")]
    facts = extract(articles)
    assert len(facts)
    made = Outline(report.page(articles, facts, crosscheck(facts)))
    assert not {"b", "i", "u"} & {tag for tag, _, _ in made.found}
    assert len(made.all("script")) == 1
    assert "javascript:" not in "".join(str(attributes.get("href")) for _, attributes, _ in made.found)
    assert any(SMUGGLED in re.sub(r"(tonnes|3%)\d", r"\1", text) for _, text in made.all("article"))


def test_no_figure_and_no_second_version_are_said():
    alone = [Article("Nothing to count.", lang="en", story="s")]
    facts = extract(alone)
    made = Outline(report.page(alone, facts, crosscheck(facts)))
    heads = [text for _, text in made.all("h2")]
    assert labels.text("report_differs", "en") not in heads
    assert any(labels.text("no_figures", "en") in text for _, text in made.all("section"))


def test_the_table_rounds_nothing_and_keeps_what_it_is_sorted_by():
    facts = frames.facts().assign(value_low=123456789.0, value_high=123456789.0, unit="t", qualifier="=")
    made = Outline(report.page(ARTICLES, facts, frames.crosscheck()))
    cells = [(attributes["data-key"], text) for attributes, text in made.all("td") if attributes.get("data-key")]
    assert ("123456789.0", "123.456789 million") in cells


def test_the_same_input_gives_the_same_page():
    assert report.page(ARTICLES, frames.facts(), frames.crosscheck()) == SMALL


BAD = [
    ("report.pdf", [], "names no page; use .html"),
    ("nowhere/report.html", [], "no folder"),
    (".html", ["--page-lang", "xx"], "has the suffix ''"),
    ("report.html", ["--page-lang", "xx"], "choose one of en, id"),
    ("report.html", ["no-such.en.txt"], "There is no file"),
]


@pytest.mark.parametrize(("name", "more", "said"), BAD)
def test_bad_input_is_said_and_nothing_is_written(name, more, said, tmp_path, capsys):
    assert (
        cli.main(
            ["report", *([] if "no-such.en.txt" in more else [str(STORIES)]), *more, "--out", str(tmp_path / name)]
        )
        == 2
    )
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_too_many_articles_are_refused():
    with pytest.raises(EnergyFactsError, match="200 at most"):
        report.page(ARTICLES * 101, frames.facts(), frames.crosscheck())


def test_the_command_writes_it_whole(tmp_path, capsys):
    path = tmp_path / "report.html"
    path.write_text("old")
    assert (
        cli.main(["report", *map(str, STORIES.glob("lng-trade.*.txt")), "--page-lang", "id", "--out", str(path)]) == 0
    )
    assert "figures written to" in capsys.readouterr().err
    assert Outline(path.read_text(encoding="utf-8")).all("html")[0][0]["lang"] == "id"
    assert [found.name for found in tmp_path.iterdir()] == ["report.html"]


@pytest.fixture(scope="module")
def chromium():
    with browser.chromium() as started:
        yield started


@pytest.fixture
def opened(chromium, written):
    context = chromium.new_context(offline=True, viewport={"width": 1360, "height": 1000})
    tab = context.new_page()
    complained = browser.complaints(tab)
    tab.goto(written.as_uri())
    yield tab
    context.close()
    assert complained == []


def column(tab, number: int) -> list[str]:
    return tab.locator(f"#figures-table tbody tr:visible td:nth-child({number})").all_inner_texts()


@pytest.mark.browser
def test_a_column_is_sorted_by_keyboard_and_says_so(opened):
    before = column(opened, 3)
    head = opened.get_by_role("columnheader", name="value")
    button = head.get_by_role("button")
    keys = "#figures-table tbody tr td:nth-child(4)"
    for state in ("ascending", "descending"):
        button.focus()
        opened.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == state
        values = [float(value) for value in opened.locator(keys).evaluate_all("all => all.map(c => c.dataset.key)")]
        assert values == sorted(values, reverse=state == "descending")
    button.click()
    assert head.get_attribute("aria-sort") is None
    assert column(opened, 3) == before


@pytest.mark.browser
def test_a_column_of_words_is_sorted_with_what_is_empty_last(opened):
    opened.get_by_role("columnheader", name="area").get_by_role("button").click()
    areas = column(opened, 7)
    assert areas[0].startswith("Asia") or areas[0] < "D"
    filled = [area for area in areas if area]
    assert areas[: len(filled)] == filled
    assert "" in areas


@pytest.mark.browser
def test_filters_work_together_and_say_how_many_are_left(opened, stories):
    _, facts, _ = stories
    status = opened.locator("#filters [role=status]")
    assert status.inner_text() == f"{len(facts)} of {len(facts)} figures"
    opened.get_by_role("combobox", name="story", exact=True).select_option("lng-trade")
    opened.get_by_role("combobox", name="language", exact=True).select_option("Indonesian")
    wanted = facts[(facts["story"] == "lng-trade") & (facts["lang"] == "id")]
    assert column(opened, 3) == list(wanted["text"])
    assert status.inner_text() == f"{len(wanted)} of {len(facts)} figures"
    opened.get_by_label("Search").fill("JAPAN differs")
    left = column(opened, 10)
    assert 0 < len(left) < len(wanted)
    assert all("differs" in text for text in left)
    opened.get_by_role("button", name="Show all").click()
    opened.locator("#figures-table tbody tr[hidden]").first.wait_for(state="detached")
    assert status.inner_text() == f"{len(facts)} of {len(facts)} figures"


@pytest.mark.browser
def test_the_keyboard_reaches_the_content_and_a_figure_says_its_reading(opened):
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    opened.keyboard.press("Enter")
    opened.wait_for_function("location.hash === '#main'")  # the browser follows a link when it gets to it
    mark = opened.locator("mark").first
    opened.keyboard.press("Tab")
    mark.focus()
    opened.keyboard.press("Shift+Tab")
    opened.keyboard.press("Tab")
    shown = mark.evaluate("mark => getComputedStyle(mark, '::after').content")
    assert shown.strip('"') == mark.get_attribute("title")


@pytest.mark.browser
def test_without_a_script_all_of_it_is_there(chromium, written, stories):
    context = chromium.new_context(java_script_enabled=False, offline=True)
    tab = context.new_page()
    tab.goto(written.as_uri())
    assert not tab.locator("#filters").is_visible()
    assert tab.locator("#figures-table tbody tr").count() == len(stories[1])
    assert tab.locator("#figures-table th button").count() == 0
    context.close()


@pytest.mark.browser
def test_what_an_article_smuggles_in_does_not_run(chromium, tmp_path):
    articles = [Article(SMUGGLED, lang="en", story="s", title=SMUGGLED)]
    facts = extract(articles)
    path = tmp_path / "smuggled.html"
    report.write(articles, facts, crosscheck(facts), path)
    tab = chromium.new_page()
    tab.goto(path.as_uri())
    assert tab.title() == "Figures in energy news"
    tab.close()


@pytest.mark.browser
def test_it_is_light_and_dark_and_fits_narrow_screens(opened):
    for scheme, shade in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(23, 23, 23)")):
        opened.emulate_media(color_scheme=scheme)
        opened.set_viewport_size({"width": 1360, "height": 1000})
        assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == shade
        for place in ("top", "charts", "story-3", "story-5", "figures"):
            opened.evaluate("id => (document.getElementById(id) ?? document.body).scrollIntoView()", place)
            browser.screenshot(opened, f"report-{place}-{scheme}")
        opened.set_viewport_size({"width": 390, "height": 800})
        assert opened.evaluate("document.documentElement.scrollWidth") <= 390
        browser.screenshot(opened, f"report-narrow-{scheme}")


@pytest.mark.browser
def test_it_prints(opened):
    printed = opened.pdf(format="A4")
    assert printed.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) > 5
    opened.emulate_media(media="print")
    assert not opened.locator("#filters").is_visible()
    assert not opened.locator("nav").is_visible()
    assert opened.locator("#figures-table tbody tr").first.is_visible()
