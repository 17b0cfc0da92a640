"""`Article`, one language version of a story, and `read()`: which files, which story, which language."""

from __future__ import annotations

import datetime
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from energyfacts import formats
from energyfacts.errors import EnergyFactsError

Source = str | os.PathLike[str]
OnError = Callable[[EnergyFactsError], None]

PATTERN = "<story>.<language>.txt"


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


def to_date(value: object, where: str) -> datetime.date:
    """Return a date from a date, a moment, or ISO 8601 text; `where` names the field in the error."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        # Moments are taken too; only their day counts.
        return datetime.date.fromisoformat(re.split(r"[T ]", str(value).strip(), maxsplit=1)[0])
    except ValueError as error:
        raise EnergyFactsError(f"{where} holds {value!r}, which is no date; write it as 2025-11-27.") from error


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
    reading = _Reading(lang, on_error or faults.append)
    for path, root in _files([source] if isinstance(source, str | os.PathLike) else source, reading.report):
        reading.add_file(path, root)
    _raise_all(faults)
    return reading.articles


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
    reading = _Reading(lang, on_error or faults.append)
    reading.add_records(
        where, where.replace(" ", "-"), "", lambda report: formats.records_of_bytes(data, where, report)
    )
    _raise_all(faults)
    return reading.articles


def _raise_all(faults: list[EnergyFactsError]) -> None:
    if faults:
        raise EnergyFactsError("\n".join(str(fault) for fault in faults))


def _files(sources: Iterable[Source], report: OnError) -> Iterator[tuple[Path, Path]]:
    """Yield each file once, with the folder that its story's name starts from."""
    seen: set[Path] = set()
    for source in sources:
        path = Path(source)
        try:
            is_folder = path.is_dir()
            found = list(_folder_files(path)) if is_folder else [path]
            real = [Path(os.path.realpath(file)) for file in found]
        except (OSError, ValueError):
            # Such as a text given in the place of a path: too long for a name.
            report(EnergyFactsError(f"{_shown(path)[:40]!r}… can be no path; give a file or a folder, or use parse()."))
            continue
        if not found:
            report(EnergyFactsError(f"The folder {_shown(path)} holds no articles; put files named {PATTERN} into it."))
        for file, target in zip(found, real, strict=True):
            if target not in seen:
                seen.add(target)
                yield file, path if is_folder else file.parent


def _folder_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if (
            not hidden
            and path.is_file()
            and formats.split_name(path.name)[1]
            and not path.name.upper().startswith("README")
        ):
            yield path


def _shown(path: Path) -> str:
    # A file's name may hold bytes that are no text; they could not be printed.
    return os.fsencode(path).decode("utf-8", "replace")


@dataclass
class _Reading:
    """One call of `read`: what it was asked for, and what it has found so far."""

    lang: str | None
    report: OnError
    articles: list[Article] = field(default_factory=list)
    _metadata: dict[Path, dict[str, Any]] = field(default_factory=dict)
    _ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse an unknown language before any file is read."""
        if self.lang is not None:
            self.lang = known_language(self.lang)

    def add_file(self, path: Path, root: Path) -> None:
        where = _shown(path)
        if path.suffix == ".toml" or path.name.endswith(".expected.tsv"):
            self.report(EnergyFactsError(f"{where} is no article but belongs to one; give the articles beside it."))
            return
        stem, suffix, _ = formats.split_name(path.name)
        rest = stem.rpartition(".")[0]
        if not suffix and _is_language_tag(rest.rpartition(".")[2]) and "." in rest:
            # A suffix that is nobody's, such as in visit.en.story.
            stem = rest
        try:
            story, tag = _story_and_language(stem, where)
        except EnergyFactsError as error:
            self.report(error)
            return
        folder = path.parent.relative_to(root)
        fields = self._story_fields(path.parent / f"{story}.toml")
        name = _shown(folder / story)
        self.add_records(where, name, tag, lambda report: formats.records(path, where, report), fields)

    def add_records(
        self,
        where: str,
        story: str,
        tag: str,
        records: Callable[[OnError], Iterator[formats.Record]],
        story_fields: dict[str, Any] | None = None,
    ) -> None:
        """Turn the records of one file into articles; what cannot be used is reported."""
        broken = 0

        def report(error: EnergyFactsError) -> None:
            nonlocal broken
            broken += 1
            self.report(error)

        count = 0
        for record in records(report):
            count += 1
            # Rows without a story are stories of their own.
            row = record.where.removeprefix(where).strip().replace(" ", "-")
            try:
                self._add(record, "-".join(part for part in (story, row) if part), tag, story_fields or {})
            except EnergyFactsError as error:
                report(error)
        if not count and not broken:
            self.report(EnergyFactsError(f"{where} holds no article; give it at least one row with a text."))

    def _add(self, record: formats.Record, story: str, tag: str, story_fields: dict[str, Any]) -> None:
        given = record.fields
        if not given["text"].strip():
            raise EnergyFactsError(f"{record.where} is empty; put the article's text into it or leave it out.")
        lang = known_language(given["lang"], record.where) if given.get("lang") else tag or self.lang
        lang = lang or _guessed(given["text"], record.where)

        def value(name: str) -> Any:
            return given.get(name) or story_fields.get(f"{name}_{lang}", story_fields.get(name)) or None

        published = value("published")
        article = Article(
            text=given["text"],
            lang=lang,
            story=given.get("story") or story or None,
            title=value("title"),
            published=to_date(published, f"The field 'published' of {record.where}") if published else None,
            publisher=value("publisher"),
            url=value("url"),
            id=given.get("id") or "",
        )
        self.articles.append(self._with_own_id(article))

    def _with_own_id(self, article: Article) -> Article:
        """Tell two versions of a story in one language apart by a number after the id."""
        import dataclasses

        number = self._ids[article.id] = self._ids.get(article.id, 0) + 1
        if number == 1:
            return article
        return self._with_own_id(dataclasses.replace(article, id=f"{article.id}-{number}"))

    def _story_fields(self, path: Path) -> dict[str, Any]:
        """Return what the file beside a story says of it; its faults are reported once and cost no article."""
        if path not in self._metadata:
            self._metadata[path] = {}
            if path.is_file():
                self._metadata[path] = self._read_metadata(path)
        return self._metadata[path]

    def _read_metadata(self, path: Path) -> dict[str, Any]:
        where = _shown(path)
        try:
            metadata = tomllib.loads(formats.decode(path.read_bytes(), where))
        except (tomllib.TOMLDecodeError, OSError) as error:
            self.report(EnergyFactsError(f'{where} is no TOML ({error}); write lines such as publisher = "…".'))
            return {}
        except EnergyFactsError as error:
            self.report(error)
            return {}
        usable: dict[str, Any] = {}
        for name, value in metadata.items():
            try:
                usable[name] = to_date(value, f"{where}: {name}") if name.startswith("published") else value
            except EnergyFactsError as error:
                self.report(error)
        return usable


def known_language(tag: str, where: str = "") -> str:
    """Return the tag of the language pack that reads `tag`: that of its language, without region.

    Raises
    ------
    EnergyFactsError
        There is no such pack; the message names `where` it was asked for, and the packs there are.
    """
    from energyfacts import languages

    language = re.split("[-_]", tag.strip().lower())[0]
    known = languages.available()
    if language in known:
        return language
    asked = f" for {where}" if where else ""
    raise EnergyFactsError(f"There is no language pack '{tag}'{asked}; choose one of {', '.join(known)}.")


def _story_and_language(stem: str, where: str) -> tuple[str, str]:
    """Return the parts of ``<story>.<language>``; the language is "" where the name holds none."""
    story, dot, tag = stem.rpartition(".")
    if not (dot and story and _is_language_tag(tag)):
        return stem, ""
    return story, known_language(tag, where)


def _is_language_tag(part: str) -> bool:
    if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", part):
        return False
    if len(re.split("[-_]", part)[0]) == 2:
        return True
    # Many words of three letters are also language codes ("new" is Newari); CLDR has data for the likely ones.
    from babel import localedata

    return bool(localedata.exists(part.replace("-", "_")))


def _guessed(text: str, where: str) -> str:
    from energyfacts import languages

    tag = languages.guess(text)
    if not tag:
        known = ", ".join(languages.available())
        raise EnergyFactsError(f"{where} does not show its language; name it {PATTERN} or give the language ({known}).")
    return tag
