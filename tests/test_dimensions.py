"""What each figure is about, case by case, in every language."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from pathlib import Path

import pytest

from energyfacts import Article, extract, languages
from energyfacts.facts import COLUMNS

FOLDER = Path(__file__).parent / "cases"
PUBLISHED = datetime.date(2025, 10, 6)


def cases(name: str) -> list[dict[str, str]]:
    lines = [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


CASES = cases("dimensions.tsv")
BUGS = cases("dimensions-bugs.tsv")


@pytest.mark.parametrize("case", [*CASES, *BUGS], ids=lambda case: f"{case['lang']}: {case['figure']}: {case['why']}")
def test_case(case: dict[str, str]) -> None:
    text = case["text"].replace("\\n", "\n")
    facts = extract(Article(text=text, lang=case["lang"], published=PUBLISHED))
    found = facts[facts["text"] == case["figure"]]
    assert len(found) == 1, f"{case['figure']!r} is not one of {list(facts['text'])}"
    assert str(found.iloc[0][case["column"]]) == case["expected"], case["why"]


def test_the_cases_cover_every_column_in_every_language() -> None:
    columns = {"ref_area", "counterpart_area", "product", "flow", "measure", "direction", "time_period"}
    columns |= {"obs_status", "attributed_to", "section"}
    assert columns <= set(COLUMNS)
    covered = Counter((case["lang"], case["column"]) for case in CASES)
    assert {(lang, column) for lang in languages.available() for column in columns} <= set(covered)
    assert len(CASES) >= 80


def test_every_case_has_all_its_cells_and_stands_once() -> None:
    for case in [*CASES, *BUGS]:
        assert None not in case.values()
        assert all(case.values()), case
    keys = Counter((case["lang"], case["text"], case["figure"], case["column"]) for case in [*CASES, *BUGS])
    assert [key for key, count in keys.items() if count > 1] == []
