"""The engine contains no word of any language: shown by its source, and by a language that nobody speaks."""

from __future__ import annotations

import ast
import codecs
import re
import shutil
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from energyfacts import codebook, codelists
from energyfacts.languages import available, load
from energyfacts.languages.cases import READ
from energyfacts.languages.check import explained, flat, header_of
from energyfacts.languages.cldr import months
from energyfacts.languages.pack import FOLDER, TEMPLATE, Pack, read_table
from energyfacts.quantities import Quantity, QuantityReader, parse
from energyfacts.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE = Path(parse.__code__.co_filename).parent
MODULES = [
    *(
        "text",
        "numbers",
        "number_words",
        "units",
        "counts",
        "joining",
        "measuring",
        "qualifiers",
        "quantities",
        "catalogue",
        "sections",
    ),
    *(f"dimensions/{path.stem}" for path in sorted((ENGINE / "dimensions").glob("[a-z]*.py"))),
    *("languages/pack", "languages/phrases"),
]
TABLES = ("numbers", "units", "qualifiers", "words", "periods")
WORD = re.compile(r"[^\W\d_]{2,}")
ESCAPE = re.compile(r"\\[a-z]")
# Parts of the project's own file names and code that are words by chance.
OWN = frozenset({"pack"})
# As `Period.kind` documents them.
PERIOD_KINDS = {"year", "month", "quarter", "half", "day", "clock", "decade", "span", "relative", "reference"}


@cache
def surfaces() -> frozenset[str]:
    """Return every surface, of any pack, that holds a word."""
    rows = (row for lang in available() for table in TABLES for row in load(lang).rows(table))
    return frozenset(row["surface"].lower() for row in rows if WORD.search(row["surface"]))


@cache
def identifiers() -> frozenset[str]:
    """Return the words of our own that the engine may hold: roles, columns, tables, settings, and codes of units."""
    template = FOLDER / TEMPLATE
    found = {path.stem for path in template.glob("*.tsv")}
    for path in template.glob("*.tsv"):
        found |= {*header_of(path), *(value for values in explained(path).values() for value in values)}
    for row in (row for lang in available() for row in load(lang).rows("periods")):
        found.add(row["role"])
    settings = tomllib.loads((template / "pack.toml").read_text(encoding="utf-8"))
    found |= {part for key, _ in flat(settings) for part in key.split(".")} | set(codelists.codes("units"))
    found |= set(codelists.rows("units")[0])
    found |= {row["kind"] for row in codelists.rows("units") if row["kind"]}
    return frozenset(found | words_of_the_table())


def words_of_the_table() -> set[str]:
    """Return the words of the tidy table: columns, codes, sources of a dimension, roles of cues, kinds of periods."""
    found = {column.name for column in codebook.CODEBOOK} | {code for each in codebook.CODEBOOK for code in each.codes}
    found |= set(re.findall(r"`(\w+)`", codebook.INTRODUCTION)) | PERIOD_KINDS
    for name in ("areas", "products", "flows"):
        found |= {*codelists.codes(name), *codelists.rows(name)[0]}
    found |= {word for row in codelists.rows("flows") for word in row["stated_in"].split()}
    for row in (row for lang in available() for row in load(lang).rows("cues")):
        found |= {row["role"], row["note"]}
    return found


def is_no_text(node: ast.AST) -> bool:
    """Return whether the strings of a piece of code are for us: docstrings, slots, types, errors."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise() | ast.FunctionDef(name="__repr__"):
            return True
        case ast.Assign(targets=[ast.Name(id="__slots__")]) | ast.Call(func=ast.Name(id="TypeVar")):
            return True
    return False


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the strings of a module that it could look for in a text: no docstrings, types, slots, errors."""
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if is_no_text(node):
            skipped |= set(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node


def words_of_a_language(literal: str) -> set[str]:
    """Return the surfaces in a string literal that are no identifiers of our own."""
    if literal in identifiers():
        return set()
    words = {literal.lower(), *WORD.findall(ESCAPE.sub(" ", literal.lower()))}
    own = {word for name in identifiers() for word in [name.lower()]} | OWN
    return (words & surfaces()) - own


@pytest.mark.parametrize("module", MODULES)
def test_no_string_of_the_engine_is_a_word(module: str) -> None:
    tree = ast.parse((ENGINE / f"{module}.py").read_text(encoding="utf-8"))
    found = [(node.lineno, node.value, words) for node in literals(tree) if (words := words_of_a_language(node.value))]
    assert found == []


@pytest.mark.parametrize("word", ["million", "barel", "more than", "(?:juta|miliar)", "sekitar", r"\bdollars?\b"])
def test_a_word_in_the_engine_would_be_found(word: str) -> None:
    tree = ast.parse(f'def read(text: str) -> bool:\n    """About a million barrels."""\n    return {word!r} in text')
    assert [node.value for node in literals(tree) if words_of_a_language(node.value)] == [word]


# What a case holds that is no word of the language: notation, and months, whose names are CLDR's.
NOTATION = re.compile(r"\de\d|\d ?x ?\d")
ENDINGS = re.compile(r"(?<=ings = )\[.*\]")
CATALOGUE = re.compile(r"(?<=catalogue = ).+")


def turned(text: str) -> str:
    """Return a text with each letter turned by 13 places of the alphabet: the same lengths, cases, signs and digits."""
    return codecs.encode(text, "rot13")


def turn_surfaces(path: Path) -> None:
    """Turn the first cell of each row of a table."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and line[:2] != "# "]
    lines = ["\t".join(rows[0]), *("\t".join([turned(row[0]), *row[1:]]) for row in rows[1:])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def turn_settings(path: Path) -> None:
    """Turn the beginnings and endings of words; a general catalogue has no names in such a language."""
    text = ENDINGS.sub(lambda match: turned(match[0]), path.read_text(encoding="utf-8"))
    path.write_text(CATALOGUE.sub('""', text), encoding="utf-8")


@pytest.fixture(scope="module")
def unknown_languages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, QuantityReader]:
    """Return readers of languages whose every word is turned, and so is a word of no language."""
    readers = {}
    for lang in available():
        folder = tmp_path_factory.mktemp("packs") / lang
        shutil.copytree(FOLDER / lang, folder)
        for table in TABLES:
            turn_surfaces(folder / f"{table}.tsv")
        turn_settings(folder / "pack.toml")
        readers[lang] = QuantityReader(Pack(folder))
    return readers


def back(figure: Quantity) -> Quantity:
    """Return a figure of a turned text as it is in the text."""
    return figure._replace(text=turned(figure.text), counted=turned(figure.counted))


@pytest.mark.parametrize("lang", available())
def test_a_language_that_nobody_speaks_is_read_as_well(lang: str, unknown_languages: dict[str, QuantityReader]) -> None:
    """A word in the engine would be missed in it."""
    tried, named = 0, {name for month in months(lang) for name in WORD.findall(month)}
    for row in read_table(FOLDER / lang / f"{READ}.tsv"):
        if NOTATION.search(row["text"]) or not row["text"].isascii() or named & set(WORD.findall(row["text"])):
            continue
        found = unknown_languages[lang].read(Text(turned(row["text"])))
        assert [back(figure) for figure in found] == parse(row["text"], lang), row
        tried += 1
    assert tried > 100
