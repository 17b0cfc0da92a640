"""What a file's name and the file beside it say of its articles: which story, which language, published when."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from energyfacts import files, formats
from energyfacts.decoding import decode
from energyfacts.errors import EnergyFactsError

Report = Callable[[EnergyFactsError], None]

# Versions of a story lie beside each other, so that only the last few descriptions are needed again.
MOST_DESCRIPTIONS = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """A text with all that its file, its row and the file beside it say of it; not yet checked.

    Attributes
    ----------
    source, where : str
        The file, and the place in it, for messages.
    fields : dict of str
        What the row says, by the names of `formats.FIELDS`.
    story : str
        The story's name where the row does not say it.
    tag : str
        The language that the file's name says, or "".
    about : dict
        What ``<story>.toml`` beside the file says.
    """

    source: str
    where: str
    fields: dict[str, str]
    story: str
    tag: str
    about: dict[str, Any]

    def language(self, lang: str | None) -> str:
        """Return the language: of the row, of the file's name, the one asked for, or the one the text shows."""
        given = self.fields.get("lang")
        return (known_language(given, self.where) if given else self.tag or lang) or _guessed(
            self.fields["text"], self.where
        )

    def value(self, name: str, lang: str) -> Any:
        """Return a field of the row, or else of the story, there in the language's own words where it has some."""
        return self.fields.get(name) or self.about.get(f"{name}_{lang}", self.about.get(name)) or None


@dataclass
class Finder:
    """Turns files into what is found in them, one at a time; what cannot be used goes to `report`."""

    report: Report
    _descriptions: dict[str, dict[str, Any]] = field(default_factory=dict)

    def in_file(self, file: files.File, open_file: Callable[[], Any] | None = None) -> Iterator[Found]:
        """Yield what a file holds; `open_file` takes the place of the file's own way to be opened."""
        if file.name.endswith((".toml", ".expected.tsv")):
            message = f"{file.where} is no article but belongs to one; give the articles beside it."
            self.report(EnergyFactsError(message))
            return
        stem, suffix, _ = formats.split_name(file.name)
        rest = stem.rpartition(".")[0]
        if not suffix and _is_language_tag(rest.rpartition(".")[2]) and "." in rest:
            # A suffix that is nobody's, such as in visit.en.story.
            stem = rest
        try:
            story, tag = _story_and_language(stem, file.where)
        except EnergyFactsError as error:
            self.report(error)
            return
        name = f"{file.folder}/{story}" if file.folder else story
        yield from self.in_records(
            file.where,
            name,
            lambda report: formats.records(open_file or file.open, file.name, file.where, report),
            tag,
            self._description(file, story),
        )

    def in_records(
        self,
        where: str,
        story: str,
        records: Callable[[Report], Iterator[formats.Record]],
        tag: str = "",
        about: dict[str, Any] | None = None,
    ) -> Iterator[Found]:
        """Yield what the records of one file hold; that a file holds nothing at all is a fault too."""
        used = False

        def report(error: EnergyFactsError) -> None:
            nonlocal used
            used = True
            self.report(error)

        for record in records(report):
            used = True
            # Rows without a story are stories of their own.
            row = record.where.removeprefix(where).strip().replace(" ", "-")
            name = "-".join(part for part in (story, row) if part)
            yield Found(where, record.where, record.fields, name, tag, about or {})
        if not used:
            self.report(EnergyFactsError(f"{where} holds no article; give it at least one row with a text."))

    def _description(self, file: files.File, story: str) -> dict[str, Any]:
        """Return what the file beside a story says of it; its faults are reported once and cost no article."""
        key = f"{file.path.removesuffix(file.name)}{story}"
        if key not in self._descriptions:
            if len(self._descriptions) >= MOST_DESCRIPTIONS:
                self._descriptions.clear()
            beside = file.beside(f"{story}.toml")
            self._descriptions[key] = self._read_description(beside) if beside else {}
        return self._descriptions[key]

    def _read_description(self, file: files.File) -> dict[str, Any]:
        try:
            description = tomllib.loads(decode(file.read(), file.where))
        except (tomllib.TOMLDecodeError, OSError) as error:
            message = f'{file.where} is no TOML ({error}); write lines such as publisher = "…".'
            self.report(EnergyFactsError(message))
            return {}
        except EnergyFactsError as error:
            self.report(error)
            return {}
        usable: dict[str, Any] = {}
        for name, value in description.items():
            try:
                usable[name] = to_date(value, f"{file.where}: {name}") if name.startswith("published") else value
            except EnergyFactsError as error:
                self.report(error)
        return usable


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
        raise EnergyFactsError(
            f"{where} does not show its language; name it {files.PATTERN} or give the language ({known})."
        )
    return tag
