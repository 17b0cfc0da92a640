"""Articles are read from every usual kind of file, each with its story, language and fields."""

from __future__ import annotations

import bz2
import datetime
import gzip
import json
import lzma
import subprocess
import sys
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from energyfacts import Article, EnergyFactsError, formats, read
from energyfacts.articles import read_bytes
from energyfacts.webpages import read_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENGLISH = "The country exported 20 million tonnes of oil in 2024, and that was more than in the year before."
INDONESIAN = "Negara itu mengekspor 20 juta ton minyak pada tahun 2024, dan angka itu lebih tinggi dari tahun lalu."


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zstandard(data: bytes) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


# name of the file, its story, its language, why
NAMES = [
    ("visit.en.txt", "visit", "en", "the pattern"),
    ("visit.id.md", "visit", "id", "another suffix"),
    ("report.2024.en.txt", "report.2024", "en", "the language is the last part only"),
    ("visit.en-GB.txt", "visit", "en", "a region is read by the pack of its language"),
    ("VISIT.EN.TXT", "VISIT", "en", "tags and suffixes in capitals"),
    ("visit.txt", "visit", "en", "without a language it is told from the text"),
    ("plan.new.txt", "plan.new", "en", "a word of three letters is no language although ISO 639-3 has it"),
    ("visit.final.txt", "visit.final", "en", "a longer word is no language"),
    ("visit.en", "visit", "en", "no suffix"),
    ("visit.en.story", "visit", "en", "a suffix of nobody's is read as text"),
    (".en.txt", ".en", "en", "no story before the language"),
]


@pytest.mark.parametrize(("name", "story", "lang", "why"), NAMES)
def test_story_and_language_come_from_the_name(tmp_path: Path, name: str, story: str, lang: str, why: str) -> None:
    (article,) = read(put(tmp_path, name, ENGLISH))
    assert (article.story, article.lang, article.text) == (story, lang, ENGLISH), why


def test_the_language_is_told_from_the_text(tmp_path: Path) -> None:
    paths = [put(tmp_path, "a.txt", ENGLISH), put(tmp_path, "b.txt", INDONESIAN)]
    assert [article.lang for article in read(paths)] == ["en", "id"]


def test_the_name_says_more_than_the_language_asked_for(tmp_path: Path) -> None:
    paths = [put(tmp_path, "a.id.txt", "12 kapal."), put(tmp_path, "b.txt", "12 ships.")]
    assert [article.lang for article in read(paths, lang="en")] == ["id", "en"]


def test_a_folder_is_read_whole_sorted_and_without_what_is_no_article(tmp_path: Path) -> None:
    for name in ("b.en.txt", "a.id.txt", "a.en.txt", "deep/c.en.md"):
        put(tmp_path, name, ENGLISH)
    for name in (
        "README.md",
        "readme.txt",
        "a.expected.tsv",
        "a.toml",
        "notes.docx",
        ".hidden.en.txt",
        ".git/x.en.txt",
    ):
        put(tmp_path, name, "")
    assert [article.id for article in read(tmp_path)] == ["a.en", "a.id", "b.en", "deep/c.en"]


def test_equal_names_in_two_folders_are_two_stories(tmp_path: Path) -> None:
    put(tmp_path, "2024/visit.en.txt", ENGLISH)
    put(tmp_path, "2025/visit.en.txt", ENGLISH)
    assert [article.story for article in read(tmp_path)] == ["2024/visit", "2025/visit"]


def test_a_file_given_twice_is_read_once_and_ids_are_unique(tmp_path: Path) -> None:
    path = put(tmp_path, "a.en.txt", ENGLISH)
    other = put(tmp_path, "other/a.en.txt", ENGLISH)
    assert [article.id for article in read([tmp_path / "a.en.txt", path, other])] == ["a.en", "a.en-2"]


def test_the_file_beside_a_story_describes_its_versions(tmp_path: Path) -> None:
    put(tmp_path, "a.en.txt", ENGLISH)
    put(tmp_path, "a.id.txt", INDONESIAN)
    put(tmp_path, "a.toml", 'title_en = "Oil"\ntitle_id = "Minyak"\npublisher = "P"\npublished = 2024-11-27\nurl = "u"')
    english, indonesian = read(tmp_path)
    assert (english.title, indonesian.title) == ("Oil", "Minyak")
    assert english.publisher == indonesian.publisher == "P"
    assert english.published == datetime.date(2024, 11, 27)
    assert english.url == "u"


COMPRESSIONS: list[tuple[str, Callable[[bytes], bytes]]] = [
    (".gz", gzip.compress),
    (".bz2", bz2.compress),
    (".xz", lzma.compress),
    (".zst", zstandard),
]


@pytest.mark.parametrize(("suffix", "compress"), COMPRESSIONS)
def test_compressed_files_are_read(tmp_path: Path, suffix: str, compress: Callable[[bytes], bytes]) -> None:
    rows = json.dumps({"text": ENGLISH}) + "\n" + json.dumps({"text": INDONESIAN}) + "\n"
    put(tmp_path, f"a.en.txt{suffix}", compress(ENGLISH.encode()))
    put(tmp_path, f"b.jsonl{suffix}", compress(rows.encode()))
    assert [article.text for article in read(tmp_path)] == [ENGLISH, ENGLISH, INDONESIAN]
    assert [article.lang for article in read(tmp_path)] == ["en", "en", "id"]


# bytes, text, why
ENCODINGS = [
    ("½ barrel – Rp9.107".encode(), "½ barrel – Rp9.107", "UTF-8"),
    ("½ barrel".encode("utf-8-sig"), "½ barrel", "a byte order mark is no text"),
    ("½ barrel".encode("utf-16"), "½ barrel", "UTF-16 of this machine's order"),
    (b"\xfe\xff" + "½ barrel".encode("utf-16-be"), "½ barrel", "UTF-16, big end first"),
    ("½ barrel".encode("utf-32"), "½ barrel", "the mark of UTF-32 begins as that of UTF-16"),
    ("½ barrel of crude".encode("latin-1"), "½ barrel of crude", "Latin-1"),
    ("\u20ac5 \u2013 \u201coil\u201d prices".encode("cp1252"), "€5 – “oil” prices", "Windows-1252"),
    (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n", "every line end"),
]


@pytest.mark.parametrize(("data", "text", "why"), ENCODINGS)
def test_bytes_are_decoded(data: bytes, text: str, why: str) -> None:
    assert formats.decode(data, "a.txt") == text, why


# bytes, what the message says, why
NO_TEXTS = [
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text", "a picture"),
    (b"PK\x03\x04\x14\x00\x06\x00", "no text", "a word processor's file"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nstream\n\x01\x02\x8f\x90\x03", "no text", "PDF"),
    (b"20 million\0tonnes", "no text", "a NUL"),
    (b"GIF89a\x01\x02\x03 20 million tonnes", "no text", "control characters, although it is valid UTF-8"),
    (bytes(range(128, 256)), "no text", "high bytes only"),
    ("“½ – barrel” é".encode() + b"\xe2\x80 more", "damaged", "UTF-8 cut in the middle is not read as something else"),
    (b"\xff\xfea", "no text", "half a character of UTF-16"),
]


@pytest.mark.parametrize(("data", "says", "why"), NO_TEXTS)
def test_bytes_that_are_no_text_are_refused(data: bytes, says: str, why: str) -> None:
    with pytest.raises(EnergyFactsError, match=says):
        formats.decode(data, "a.txt")


ROWS = [
    {"text": ENGLISH, "lang": "en", "story": "NA", "title": "Oil, and more", "published": "2024-11-27", "url": "u"},
    {"text": INDONESIAN, "lang": "id", "story": "NA", "title": "null", "published": "", "url": "NA"},
]


def table_csv(folder: Path) -> Path:
    pd.DataFrame(ROWS).to_csv(folder / "stories.csv", index=False)
    return folder / "stories.csv"


def table_semicolon(folder: Path) -> Path:
    pd.DataFrame(ROWS).to_csv(folder / "stories.csv", index=False, sep=";", encoding="utf-8-sig")
    return folder / "stories.csv"


def table_parquet(folder: Path) -> Path:
    pd.DataFrame(ROWS).assign(other=1).to_parquet(folder / "stories.parquet")
    return folder / "stories.parquet"


def table_json_lines(folder: Path) -> Path:
    lines = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
    return put(folder, "stories.jsonl", lines)


def table_json_lines_utf_16(folder: Path) -> Path:
    return put(folder, "stories.jsonl", "\n".join(json.dumps(row) for row in ROWS).encode("utf-16"))


@pytest.mark.parametrize("make", [table_csv, table_semicolon, table_parquet, table_json_lines, table_json_lines_utf_16])
def test_tables_of_articles_are_read(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    english, indonesian = read(make(tmp_path))
    assert (english.text, english.lang, english.story, english.id) == (ENGLISH, "en", "NA", "NA.en")
    assert (english.title, english.published) == ("Oil, and more", datetime.date(2024, 11, 27))
    # "NA" and "null" are words: read with pandas' defaults they would vanish.
    assert (indonesian.title, indonesian.url, indonesian.published) == ("null", "NA", None)


def test_parquet_dates_and_missing_values_are_understood(tmp_path: Path) -> None:
    days = pd.to_datetime(["2024-11-27", None])
    pd.DataFrame({"text": [ENGLISH, INDONESIAN], "published": days, "title": ["Oil", None]}).to_parquet(
        tmp_path / "a.parquet"
    )
    articles = read(tmp_path / "a.parquet")
    assert [(article.published, article.title) for article in articles] == [
        (datetime.date(2024, 11, 27), "Oil"),
        (None, None),
    ]
    assert [article.story for article in articles] == ["a-row-1", "a-row-2"]


def test_the_head_of_markdown_is_fields(tmp_path: Path) -> None:
    head = '---\ntitle: "Oil: a story"\npublished: 2024-11-27\ndraft: yes\n---\n\n'
    (article,) = read(put(tmp_path, "a.en.md", f"{head}# Oil\n\n{ENGLISH}\n\n---\n\nEnd."))
    assert article.text == f"# Oil\n\n{ENGLISH}\n\n---\n\nEnd."
    assert (article.title, article.published) == ("Oil: a story", datetime.date(2024, 11, 27))


PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Oil &amp; gas</title>
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2024-11-27T09:00:00Z">
<script>var figure = "99 percent";</script><style>p {{ width: 98% }}</style></head>
<body><nav>Home<br>97 jobs</nav><article><h1>Oil &amp; gas</h1><p>{ENGLISH}</p>
<p>Exports were worth <b>US$12.55</b>&nbsp;billion,<br>the ministry said.
<p>Another paragraph of the report follows here.
</article><aside>96 more</aside><footer>95 rights reserved</footer></body></html>"""


def test_a_page_is_its_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)  # as where it is not installed
    fields = read_page(PAGE)
    assert fields["text"].split("\n") == [
        "Oil & gas",
        ENGLISH,
        "Exports were worth US$12.55 billion,",
        "the ministry said.",
        "Another paragraph of the report follows here.",
    ]


# page, its text, why
ODD_PAGES = [
    ("<p>Menu</p><main><p>Oil</p></main>", "Oil", "where a page marks its main part, that is the text"),
    ("<aside>96 more</aside><p>Oil</p>", "Oil", "what stands beside the text is none of it"),
    ("<p>One<![if mso]> barrel", "One barrel", "a conditional comment of a word processor"),
    ("<p>One<![CDATA[ x ]]> barrel", "One barrel", "CDATA is a comment in HTML"),
    ("<p>One barrel<![CD", "One barrel", "cut in the middle of a mark"),
    ("</nav></article>One<p></p> barrel", "One\nbarrel", "ends without beginnings"),
    ("a &lt;b&gt; &#x110000; &amp", "a <b> \ufffd &", "references, one beyond Unicode"),
    ("<table><tr><td>Oil<td>5<tr><td>Gas<td>6</table>", "Oil 5\nGas 6", "a line for each row of a table"),
]


@pytest.mark.parametrize(("page", "text", "why"), ODD_PAGES)
def test_odd_pages_are_read(page: str, text: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert read_page(page)["text"] == text, why


def test_a_page_gives_its_fields_and_main_text(tmp_path: Path) -> None:
    (article,) = read(put(tmp_path, "a.html", PAGE))
    assert (article.title, article.publisher, article.published) == (
        "Oil & gas",
        "The Paper",
        datetime.date(2024, 11, 27),
    )
    assert ENGLISH in article.text
    assert "US$12.55" in article.text
    assert not [noise for noise in ("99 percent", "98%", "97 jobs", "95 rights") if noise in article.text]


def test_a_page_in_the_encoding_it_declares(tmp_path: Path) -> None:
    page = f"<html><head><meta charset='koi8-r'></head><body><p>{ENGLISH} Нефть.</p></body></html>"
    (article,) = read(put(tmp_path, "a.en.html", page.encode("koi8-r")))
    assert "Нефть" in article.text


# bytes on standard input, texts, why
PIPED = [
    (ENGLISH.encode(), [ENGLISH], "text"),
    (b'{"text": "12 ships."}\n{"text": "13 ships."}\n', ["12 ships.", "13 ships."], "JSON Lines"),
    (b"{not json, but text} 12 ships.", ["{not json, but text} 12 ships."], "a brace does not make JSON"),
]


@pytest.mark.parametrize(("data", "texts", "why"), PIPED)
def test_bytes_without_a_name(data: bytes, texts: list[str], why: str) -> None:
    assert [article.text for article in read_bytes(data, "standard input", lang="en")] == texts, why


def test_an_article_needs_only_its_text() -> None:
    article = Article("12 ships.")
    assert (article.lang, article.story, article.title, article.published, article.publisher, article.url) == (
        None,
    ) * 6
    assert article.id == Article("12 ships.").id != Article("13 ships.").id
    assert Article("", lang="en", story="s").id == "s.en"
    assert Article("", published=datetime.datetime(2024, 11, 27, 9)).published == datetime.date(2024, 11, 27)


# what is given to Article, what the message says
WRONG_FIELDS = [
    ({"text": b"12"}, "bytes"),
    ({"text": None}, "NoneType"),
    ({"text": "", "published": "Nov 27"}, "Nov 27"),
]


@pytest.mark.parametrize(("fields", "says"), WRONG_FIELDS)
def test_an_article_refuses_fields_it_cannot_hold(fields: dict[str, object], says: str) -> None:
    with pytest.raises(EnergyFactsError, match=says):
        Article(**fields)  # type: ignore[arg-type]


def test_reading_text_loads_no_heavy_library(tmp_path: Path) -> None:
    path = put(tmp_path, "a.en.txt", ENGLISH)
    code = f"import sys, energyfacts; energyfacts.read({str(path)!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "energyfacts.articles" in loaded
    assert not {"pandas", "pyarrow", "numpy", "babel", "matplotlib", "trafilatura"} & set(loaded)
