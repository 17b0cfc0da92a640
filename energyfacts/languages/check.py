"""The check of a language pack: every fault of its tables and cases at once, each with its file and line.

The folder ``template/`` is the measure: a pack has its files, its tables have the columns of the template's, and a
role, place or qualifier is one that the template explains. Tests and this command run the check; loading a pack does
not, because it takes about a second. A pack with a fault fails the tests, so it never reaches a release.

From a shell: ``python -m energyfacts.languages.check [TAG ...]``; the exit status is 0 where no pack has a fault.
"""

from __future__ import annotations

import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from energyfacts import codelists
from energyfacts.errors import EnergyFactsError
from energyfacts.languages.cases import LEAVE, READ, failing_cases
from energyfacts.languages.pack import FOLDER, TEMPLATE, Row, available

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETTINGS = "pack.toml"
# "# role = unit: a word for 0 to 9" explains a cell of the template's table.
EXPLANATION = re.compile(r"# (\w+) = ([^:]+?): (.+)")
NOTHING = "(empty)"
PRODUCT_NOTES = frozenset({"", "goods", "weak"})
# Words for the calendar of these roles say a number: "last year" is -1.
DATED = ("month", "weekday", "ordinal", "shifted year", "years ago", "years shifted")
# What makes two rows of a table one: a surface has one meaning in each.
KEYS = {
    "numbers": ("surface", "role", "when"),
    "units": ("surface", "place"),
    "qualifiers": ("surface", "place"),
    "words": ("surface", "role"),
    "periods": ("surface", "role"),
    "cues": ("surface", "role"),
    "labels": ("key",),
    READ: ("text",),
    LEAVE: ("text",),
}
# Number words of these roles have no value; of these only may have several words.
WITHOUT_VALUE = frozenset({"vague", "joint", "point", "minus", "article"})
OF_SEVERAL_WORDS = frozenset({"half after", "scale", "minus", "vague"})
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:/\d+)?$")


class Line(NamedTuple):
    """A row of a table with where it stands."""

    place: str
    row: Row


def check(pack: str | Path) -> list[str]:
    """Return every fault of a language pack.

    Parameters
    ----------
    pack : str or Path
        The tag of a language, or the folder of a pack that may lie anywhere.

    Returns
    -------
    list of str
        One sentence a fault, with file and line; [] where there is none. The cases are tried once the tables are whole.

    Examples
    --------
    >>> from energyfacts.languages.check import check
    >>> check("en")
    []
    """
    folder = Path(pack) if isinstance(pack, Path) else FOLDER / pack
    if not folder.is_dir():
        return [f"{folder.name}: there is no such folder; {HOW_TO_BEGIN}"]
    faults = [*settings_faults(folder)]
    for table in sorted((FOLDER / TEMPLATE).glob("*.tsv")):
        path = folder / table.name
        faults += table_faults(path) if path.exists() else [f"{shown(path)}: the file is missing; copy the template's."]
    return faults or list(failing_cases(folder))


HOW_TO_BEGIN = "copy energyfacts/languages/template and give it the language's tag as its name."


def shown(path: Path) -> str:
    """Return a file as a fault names it: its folder and name."""
    return f"{path.parent.name}/{path.name}"


def settings_faults(folder: Path) -> Iterator[str]:
    """Yield what is wrong in ``pack.toml``: a key that is missing or no key, and signs that are not CLDR's."""
    path = folder / SETTINGS
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        yield f"{shown(path)}: the file is missing; {HOW_TO_BEGIN}"
        return
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        yield f"{shown(path)}: {error}."
        return
    template = tomllib.loads((FOLDER / TEMPLATE / SETTINGS).read_text(encoding="utf-8"))
    wanted, given = dict(flat(template)), dict(flat(settings))
    for key in wanted.keys() - given.keys():
        yield f"{shown(path)}: the key {key} is missing."
    for key in given.keys() - wanted.keys():
        yield f"{shown(path)}: there is no key {key}; the keys are {', '.join(wanted)}."
    for key in wanted.keys() & given.keys():
        if type(wanted[key]) is not type(given[key]):
            yield f"{shown(path)}: {key} is {given[key]!r}, which is no {type(wanted[key]).__name__}."
    yield from sign_faults(path, folder.name, given)


def flat(settings: dict[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """Yield the settings of a pack with their dotted keys."""
    for key, value in settings.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def sign_faults(path: Path, tag: str, given: dict[str, object]) -> Iterator[str]:
    """Yield where the signs of a pack are not those that CLDR has for its language."""
    from babel import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(tag, sep="-").number_symbols["latn"]
    except (UnknownLocaleError, ValueError, KeyError):
        yield f"{shown(path)}: CLDR knows no language {tag!r}; name the folder with a BCP 47 tag such as 'de'."
        return
    for key, symbol in (("numbers.decimal", "decimal"), ("numbers.grouping", "group")):
        if key in given and given[key] != symbols[symbol].replace("\u202f", " ").replace("\xa0", " "):
            yield f"{shown(path)}: {key} is {given[key]!r}, but in CLDR it is {symbols[symbol]!r}."


def table_faults(path: Path) -> list[str]:
    """Return what is wrong in one table of a pack."""
    name, template = path.stem, FOLDER / TEMPLATE / path.name
    try:
        faults, lines = read_lines(path, header_of(template))
    except UnicodeDecodeError as error:
        return [f"{shown(path)}: not UTF-8 ({error})."]
    rows_faults = ROW_FAULTS.get(name)
    seen: dict[tuple[str, ...], str] = {}
    for place, row in lines:
        key = tuple(row[column] for column in KEYS.get(name, ("surface",)))
        if key in seen:
            faults.append(f"{place}: {' / '.join(filter(None, key))!r} stands already in line {seen[key]}; keep one.")
        seen.setdefault(key, place.rpartition(":")[2])
        faults += [f"{place}: {fault}" for fault in unexplained(row, explained(template))]
        if rows_faults is not None:
            faults += [f"{place}: {fault}" for fault in rows_faults(row)]
    return faults


def read_lines(path: Path, header: list[str]) -> tuple[list[str], list[Line]]:
    """Return the faults in the form of a table, and its whole rows."""
    faults: list[str] = []
    lines: list[Line] = []
    seen_header = False
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("# "):
            continue
        place, cells = f"{shown(path)}:{number}", line.split("\t")
        if not seen_header:
            seen_header = True
            if cells != header:
                return [f"{place}: the columns are {', '.join(cells)}; they must be {', '.join(header)}."], []
            continue
        if len(cells) != len(header):
            faults.append(f"{place}: {len(cells)} cells, but {len(header)} columns ({', '.join(header)}); use tabs.")
            continue
        faults += [f"{place}: a stray space in {cell!r}." for cell in cells if cell != cell.strip() or "  " in cell]
        if not cells[0]:
            faults.append(f"{place}: the cell {header[0]} is empty.")
        lines.append(Line(place, dict(zip(header, cells, strict=True))))
    if not seen_header:
        faults.append(f"{shown(path)}: there is no line with the columns ({', '.join(header)}).")
    return faults, lines


@cache
def header_of(template: Path) -> list[str]:
    """Return the columns of a table of the template."""
    lines = template.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line and not line.startswith("# ")).split("\t")


@cache
def explained(template: Path) -> dict[str, frozenset[str]]:
    """Return the values that the template explains, by column; a column without any is free."""
    found: dict[str, set[str]] = {}
    for column, value, _ in EXPLANATION.findall(template.read_text(encoding="utf-8")):
        found.setdefault(column, set()).add("" if value == NOTHING else value)
    return {column: frozenset(values) for column, values in found.items()}


def unexplained(row: Row, columns: dict[str, frozenset[str]]) -> Iterator[str]:
    """Yield the cells of a row that are not among the values the template explains."""
    for column, values in columns.items():
        if row[column] not in values:
            known = ", ".join(sorted(value or NOTHING for value in values))
            yield f"there is no {column} {row[column]!r}; choose one of {known}."


def number_faults(row: Row) -> Iterator[str]:
    """Yield what is wrong in a row of ``numbers.tsv``."""
    role, value = row["role"], row["value"]
    if role not in WITHOUT_VALUE and not NUMBER.match(value):
        yield f"the value {value!r} of {row['surface']!r} is no number; write 1000, 0.5 or 1/3."
    if " " in row["surface"] and role not in OF_SEVERAL_WORDS:
        yield f"{row['surface']!r} has several words, which a number word of the role {role!r} cannot have."


def unit_faults(row: Row) -> Iterator[str]:
    """Yield what is wrong in a row of ``units.tsv``: a factor that is no number, an atom that is no code."""
    factor, _, code = row["unit"].rpartition(" ")
    if factor and not re.fullmatch(r"\d+(\.\d+)?(e\d+)?", factor):
        yield f"the factor {factor!r} of {row['surface']!r} is no number; write 1e6 bbl/d."
    for atom in code.split(codelists.JOINER):
        if atom not in codelists.codes("units") | currencies():
            yield f"there is no unit {atom!r} in energyfacts/codelists/units.tsv or ISO 4217."


@cache
def currencies() -> frozenset[str]:
    """Return the codes of ISO 4217, through CLDR."""
    from babel import Locale

    return frozenset(Locale.parse("en").currencies)


def period_faults(row: Row) -> Iterator[str]:
    """Yield what is wrong in a row of ``periods.tsv``: a month, an ordinal or a relative year without its number."""
    if row["role"].partition(" ")[0] == "relative" or row["role"] in DATED:
        try:
            int(row["value"])
        except ValueError:
            yield f"the value {row['value']!r} of {row['surface']!r} is no whole number; write 1 or -1."


def code_faults(name: str, row: Row) -> Iterator[str]:
    """Yield a code that a code list does not hold."""
    if row["code"] not in codelists.codes(name):
        yield f"there is no code {row['code']!r} in energyfacts/codelists/{name}.tsv."


def product_faults(row: Row) -> Iterator[str]:
    """Yield what is wrong in a row of ``products.tsv``: a code, or a note that is neither a known one nor a code."""
    yield from code_faults("products", row)
    if row["note"] not in PRODUCT_NOTES | codelists.codes("products"):
        yield f"there is no note {row['note']!r}; choose one of {', '.join(sorted(PRODUCT_NOTES - {''}))} or a product."


ROW_FAULTS: dict[str, Callable[[Row], Iterator[str]]] = {
    "numbers": number_faults,
    "units": unit_faults,
    "periods": period_faults,
    "areas": lambda row: code_faults("areas", row),
    "flows": lambda row: code_faults("flows", row),
    "products": product_faults,
}


def main(tags: list[str]) -> int:
    """Print the faults of some packs, or of all; return the exit status."""
    status = 0
    for tag in tags or available():
        try:
            faults = check(tag)
        except EnergyFactsError as error:
            faults = [str(error)]
        for fault in faults:
            print(fault)
        print(f"{tag}: {len(faults) or 'no'} fault{'' if len(faults) == 1 else 's'}")
        status = status or bool(faults)
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
