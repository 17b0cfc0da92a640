"""`Article`, one language version of a story, and `read()`: articles from files and folders."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from energyfacts import files, formats
from energyfacts.errors import EnergyFactsError
from energyfacts.stories import Finder, Found, known_language, to_date

if TYPE_CHECKING:
    import datetime

    from energyfacts.files import Source

OnError = Callable[[EnergyFactsError], None]


@dataclass(frozen=True, slots=True)
class Article:
    r"""One language version of a story.

    Parameters
    ----------
    text : str
        What is read. Every offset counts its characters.
    lang : str, optional
        BCP 47 tag of its language; None where it is not known.
    story : str, optional
        Names the story; versions of one story share it.
    title : str, optional
    published : datetime.date, optional
        "Last year" is the year before this one. ISO 8601 text is taken too and kept as a date.
    publisher : str, optional
    url : str, optional
    id : str, optional
        Names this version. By default ``<story>.<lang>``, else the story, else made from the text.

    Raises
    ------
    EnergyFactsError
        `text` is no string, or `published` no date.

    Examples
    --------
    >>> Article("Oil rose 3 percent.", lang="en", story="oil").id
    'oil.en'
    >>> Article("Oil rose 3 percent.", published="2025-11-27").published
    datetime.date(2025, 11, 27)
    """

    text: str
    lang: str | None = None
    story: str | None = None
    title: str | None = None
    published: datetime.date | None = None
    publisher: str | None = None
    url: str | None = None
    id: str = ""

    def __post_init__(self) -> None:
        """Check the fields that a caller gets wrong most easily, and name the article."""
        text: object = self.text
        if not isinstance(text, str):
            kind = type(text).__name__
            raise EnergyFactsError(f"The text of an article is a string, not {kind}; use read() for files.")
        if self.published is not None:
            object.__setattr__(self, "published", to_date(self.published, "The article's field 'published'"))
        if not self.id:
            name = f"{self.story}.{self.lang}" if self.story and self.lang else self.story
            object.__setattr__(self, "id", name or _digest(self.text))


def _digest(text: str) -> str:
    import hashlib

    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def read(source: Source | Iterable[Source], lang: str | None = None, on_error: OnError | None = None) -> list[Article]:
    r"""Read articles from files and folders.

    A file is named ``<story>.<language>.<suffix>``: text, Markdown, HTML (one article each), JSON Lines, CSV or Parquet
    (one a row, columns as the fields of `Article`, only ``text`` required), plain or compressed (``.gz``, ``.bz2``,
    ``.xz``, ``.zst``). ``<story>.toml`` beside it gives ``title_<language>``, ``publisher``, ``published``, ``url``.
    Of a folder and the folders in it every file with a known suffix is read, save those named README.

    Parameters
    ----------
    source : path or iterable of paths
        Files and folders.
    lang : str, optional
        BCP 47 tag of the articles whose file does not say; without it, it is told from the text.
    on_error : callable, optional
        Is called with an `EnergyFactsError` for each file or row that cannot be used, and reading goes on. Without it
        all are collected and raised as one.

    Returns
    -------
    list of Article
        In the order of `source`; files of a folder sorted by name. Each has `lang`, `story` and an `id` of its own.

    Raises
    ------
    EnergyFactsError
        `lang` has no language pack; or something cannot be used and there is no `on_error`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "visit.en.txt").write_text("Exports rose to 20 million tons.")
    >>> [article.id for article in read(folder)]
    ['visit.en']
    """
    faults: list[EnergyFactsError] = []
    report = on_error or faults.append
    sources = [source] if isinstance(source, str | os.PathLike) else source
    finder = Finder(report)
    found = (item for file in files.find(sources, report) for item in finder.in_file(file))
    articles = _articles(found, lang, report)
    _raise_all(faults)
    return articles


def read_bytes(data: bytes, where: str, lang: str | None = None, on_error: OnError | None = None) -> list[Article]:
    """Read articles from bytes without a file, such as standard input: a text, a web page or JSON Lines.

    Parameters
    ----------
    data : bytes
    where : str
        Names the bytes in an error.
    lang, on_error
        As for `read`.

    Returns
    -------
    list of Article

    Raises
    ------
    EnergyFactsError
        As `read` does.

    Examples
    --------
    >>> [article.lang for article in read_bytes(b"Exports rose to 20 million tons.", "standard input", lang="en")]
    ['en']
    """
    faults: list[EnergyFactsError] = []
    report = on_error or faults.append
    name = where.replace(" ", "-")
    found = Finder(report).in_records(where, name, lambda report: formats.records_of_bytes(data, where, report))
    articles = _articles(found, lang, report)
    _raise_all(faults)
    return articles


def from_found(found: Found, lang: str | None = None) -> Article:
    """Return the article of what was found in a file, or raise an `EnergyFactsError` for what is wrong with it."""
    if not found.fields["text"].strip():
        raise EnergyFactsError(f"{found.where} is empty; put the article's text into it or leave it out.")
    tag = found.language(lang)
    published = found.value("published", tag)
    return Article(
        text=found.fields["text"],
        lang=tag,
        story=found.fields.get("story") or found.story or None,
        title=found.value("title", tag),
        published=to_date(published, f"The field 'published' of {found.where}") if published else None,
        publisher=found.value("publisher", tag),
        url=found.value("url", tag),
        id=found.fields.get("id") or "",
    )


def _articles(found: Iterable[Found], lang: str | None, report: OnError) -> list[Article]:
    """Return the articles, each with an id of its own: two versions of a story in one language get a number."""
    # An unknown language is refused before any file is read.
    lang = None if lang is None else known_language(lang)
    articles: list[Article] = []
    times: dict[str, int] = {}
    for item in found:
        try:
            article = from_found(item, lang)
        except EnergyFactsError as error:
            report(error)
            continue
        name = article.id
        while number := times.get(name, 0):
            times[name] = number + 1
            name = f"{name}-{number + 1}"
        times[name] = 1
        articles.append(article if name == article.id else dataclasses.replace(article, id=name))
    return articles


def _raise_all(faults: list[EnergyFactsError]) -> None:
    if faults:
        raise EnergyFactsError("\n".join(str(fault) for fault in faults))
