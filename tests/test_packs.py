"""The language packs: whole, of one form, read every case of theirs, and every fault of one is told."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from energyfacts.languages import available
from energyfacts.languages.cases import LEAVE, READ, same, written
from energyfacts.languages.check import check, explained, header_of, main, read_lines
from energyfacts.languages.pack import FOLDER, TEMPLATE, read_table
from energyfacts.quantities import parse

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = available()
FEWEST = {READ: 120, LEAVE: 60}
TABLES = sorted(path.name for path in (FOLDER / TEMPLATE).glob("*.tsv"))
CASES = [
    (lang, row) for lang in LANGUAGES for name in (READ, LEAVE) for row in read_table(FOLDER / lang / f"{name}.tsv")
]


@pytest.mark.parametrize(("lang", "row"), CASES, ids=[f"{lang}: {row['text']}" for lang, row in CASES])
def test_case(lang: str, row: dict[str, str]) -> None:
    found = parse(row["text"], lang)
    assert same(found, row.get("expected", "")), f"{[written(figure) for figure in found]}: {row['why']}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pack_has_no_fault(lang: str) -> None:
    assert check(lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FEWEST)
def test_a_pack_has_cases_enough(lang: str, name: str) -> None:
    assert len(read_table(FOLDER / lang / f"{name}.tsv")) >= FEWEST[name]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pack_has_the_files_of_the_template_and_no_other(lang: str) -> None:
    assert sorted(path.name for path in (FOLDER / lang).iterdir()) == sorted([*TABLES, "pack.toml"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_tables_have_the_same_columns_in_every_language(lang: str, table: str) -> None:
    assert header_of(FOLDER / lang / table) == header_of(FOLDER / TEMPLATE / table)


SOURCE = "".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.rglob("*.py"))
# How the engine asks for the roles of a table.
ASKED = {
    "words.tsv": r"\.(?:words|role)\((\"[^\"]+\")\)",
    "cues.tsv": r"\.(?:cue|surfaces)\(((?:\"[^\"]+\"(?:, )?)+)\)",
    "periods.tsv": r"(?:say|values)\[(?:\"[^\"]+\"|'[^']+')\]",
}


@pytest.mark.parametrize("table", ASKED)
def test_the_template_explains_every_role_that_the_engine_asks_for(table: str) -> None:
    asked = {
        role for call in re.finditer(ASKED[table], SOURCE) for role in re.findall(r"[\"']([^\"',]+)[\"']", call[0])
    }
    assert asked
    assert asked <= explained(FOLDER / TEMPLATE / table)["role"]


@pytest.mark.parametrize("table", ASKED)
def test_the_template_explains_no_role_that_nothing_asks_for(table: str) -> None:
    roles = explained(FOLDER / TEMPLATE / table)["role"]
    # A family of roles is asked for by its first word: related, relative.
    unasked = {role for role in roles if f'"{role}"' not in SOURCE and f"'{role}'" not in SOURCE}
    assert {role.split()[0] for role in unasked} <= {"related", "relative"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the English pack that may be broken."""
    return shutil.copytree(FOLDER / "en", tmp_path / "en")


def add(folder: Path, file: str, line: str) -> int:
    """Add a line to a table; return its number."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{line}\n", encoding="utf-8")
    return text.count("\n") + 1


FAULTS = [
    ("units.tsv", "barrels\tt\t\t", "'barrels' stands already in line"),
    ("units.tsv", "blubs\tblub/d\t\t", "there is no unit 'blub'"),
    ("units.tsv", "kilobarrels\tthousand bbl\t\t", "the factor 'thousand' of 'kilobarrels' is no number"),
    ("units.tsv", "blubs\tbbl\tbehind\t", "there is no place 'behind'"),
    ("words.tsv", "blub\tconjunction\t", "there is no role 'conjunction'"),
    ("cues.tsv", "blub\tconjunction\t", "there is no role 'conjunction'; choose one of according,"),
    ("periods.tsv", "blub year\trelative decade\t1\t", "there is no role 'relative decade'"),
    ("periods.tsv", "blub year\trelative year\tlast\t", "the value 'last' of 'blub year' is no whole number"),
    ("words.tsv", " blub\tstop\t", "a stray space in ' blub'"),
    ("words.tsv", "blub\tstop", "2 cells, but 3 columns"),
    ("words.tsv", "\tstop\t", "the cell surface is empty"),
    ("numbers.tsv", "gazillion\tscale\tlots\t\t", "the value 'lots' of 'gazillion' is no number"),
    ("numbers.tsv", "baker's dozen\thundred\t13\t\t", "has several words"),
    ("qualifiers.tsv", "circa about\t≃\tbefore\t", "there is no qualifier '≃'"),
    ("flows.tsv", "blubbing\tblubbing\t", "there is no code 'blubbing'"),
    ("products.tsv", "blub\tblub\t", "there is no code 'blub'"),
    ("products.tsv", "blab\tsolar\tblub", "there is no note 'blub'"),
    ("areas.tsv", "Blubland\tXX\t", "there is no code 'XX'"),
    ("must_read.tsv", "Output rose\t5 percent\ta figure that is not there", "is read as nothing, not as 5 percent"),
    ("must_leave.tsv", "Output was 5 tonnes\ta figure", "is read as 5 t, not as nothing"),
]


@pytest.mark.parametrize(("file", "line", "words"), FAULTS, ids=[words for *_, words in FAULTS])
def test_a_fault_is_told_with_its_file_and_line(copy: Path, file: str, line: str, words: str) -> None:
    number = add(copy, file, line)
    faults = check(copy)
    assert len(faults) == 1, faults
    assert words in faults[0]
    assert faults[0].startswith(f"en/{file}:")
    if not file.startswith("must"):
        assert faults[0].startswith(f"en/{file}:{number}: ")


SETTINGS_FAULTS = [
    ('decimal = "."', 'decimal = ","', "numbers.decimal is ',', but in CLDR it is '.'"),
    ('grouping = ","', 'grouping = "."', "numbers.grouping is '.', but in CLDR it is ','"),
    ('decimal = "."', "", "the key numbers.decimal is missing"),
    ('decimal = "."', 'decimal = "."\ncomma = true', "there is no key numbers.comma"),
    ('plural_endings = ["s"]', 'plural_endings = "s"', "counts.plural_endings is 's', which is no list"),
    ('name = "English"', "name = English", "Invalid value"),
]


@pytest.mark.parametrize(("old", "new", "words"), SETTINGS_FAULTS, ids=[words for *_, words in SETTINGS_FAULTS])
def test_a_fault_of_the_settings_is_told(copy: Path, old: str, new: str, words: str) -> None:
    path = copy / "pack.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    faults = check(copy)
    assert len(faults) == 1, faults
    assert faults[0].startswith("en/pack.toml: ")
    assert words in faults[0]


def test_all_faults_are_told_at_once(copy: Path) -> None:
    (copy / "labels.tsv").unlink()
    for file, line, _ in FAULTS[:14]:
        add(copy, file, line)
    assert len(check(copy)) == 15


def test_a_wrong_column_is_told(copy: Path) -> None:
    path = copy / "numbers.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("surface\trole", "word\trole", 1), encoding="utf-8")
    assert [fault for fault in check(copy) if "the columns are word, role" in fault]


def test_a_table_that_is_not_utf_8_is_told(copy: Path) -> None:
    (copy / "words.tsv").write_bytes(b"surface\trole\tnote\ncaf\xe9\tstop\t\n")
    assert [fault for fault in check(copy) if fault.startswith("en/words.tsv: not UTF-8")]


def test_a_copy_of_the_template_is_told_what_to_fill_in(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER / TEMPLATE, tmp_path / "ms")
    assert check(folder) == [
        "ms/must_read.tsv: there are no cases; write some, for the pack is held to them.",
        "ms/must_leave.tsv: there are no cases; write some, for the pack is held to them.",
    ]


def test_a_copy_named_by_no_language_is_told(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER / TEMPLATE, tmp_path / "klingon-2")
    assert "CLDR knows no language 'klingon-2'" in check(folder)[0]


@pytest.mark.parametrize("table", TABLES)
def test_the_examples_of_the_template_are_whole_rows(table: str, tmp_path: Path) -> None:
    """A commented example, its "# " taken away, has a cell for each column."""
    text = (FOLDER / TEMPLATE / table).read_text(encoding="utf-8")
    examples = [line[2:] for line in text.splitlines() if line.startswith("# ") and "\t" in line]
    assert examples
    header = header_of(FOLDER / TEMPLATE / table)
    (tmp_path / table).write_text("\n".join(["\t".join(header), *examples]) + "\n", encoding="utf-8")
    faults, lines = read_lines(tmp_path / table, header)
    assert (faults, len(lines)) == ([], len(examples))


def test_the_command_tells_how_it_ended(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["en"]) == 0
    assert capsys.readouterr().out == "en: no faults\n"
    assert main(["en", "nowhere"]) == 1
    assert "nowhere: there is no such folder" in capsys.readouterr().out


def test_the_command_runs_over_every_pack() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "energyfacts.languages.check"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [f"{lang}: no faults" for lang in LANGUAGES]
