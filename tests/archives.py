"""A small archive in every format, and what tells two results apart, for the tests of `energyfacts.archive`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = {
    "en": "In year {n} the country exported {n} million tonnes of coal, {m} percent more than in 2019.",
    "id": "Pada tahun itu negara itu mengekspor {n} juta ton batu bara, {m} persen lebih banyak daripada 2019.",
}


def rows(count: int) -> list[dict[str, str]]:
    """Return articles that all differ."""
    return [
        {"story": f"coal-{n}", "lang": lang, "published": "2020-05-01", "text": text.format(n=n + 2, m=n % 90 + 1)}
        for n in range(count)
        for lang, text in LANGUAGES.items()
    ]


def json_lines(path: Path, count: int) -> Path:
    """Write so many stories, in two languages each."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows(count)), encoding="utf-8")
    return path


def folder_of_all_formats(folder: Path, count: int) -> Path:
    """Write the same stories as JSON Lines, CSV and Parquet, and two of them as files of their own, one broken line."""
    folder.mkdir()
    json_lines(folder / "a.jsonl", count)
    table = pd.DataFrame(rows(count)).assign(story=lambda table: "csv-" + table["story"])
    table.to_csv(folder / "b.csv.gz", index=False)
    table.assign(story=lambda table: "parquet-" + table["story"]).to_parquet(folder / "c.parquet", row_group_size=7)
    for lang, text in LANGUAGES.items():
        (folder / f"d.{lang}.txt").write_text(text.format(n=5, m=6), encoding="utf-8")
    (folder / "d.toml").write_text("published = 2020-05-01")
    with (folder / "a.jsonl").open("a") as file:
        file.write("this line is broken\n")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a result, drafts included, which a finished run must not leave."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def process(source: Path, folder: Path, before: str = "", workers: int = 2) -> subprocess.Popen[bytes]:
    """Start a run of small parts in a process of its own; `before` is code that comes first."""
    code = f"{before}\nfrom energyfacts.archive import write_facts\n" + (
        f"write_facts({str(source)!r}, {str(folder)!r}, workers={workers}, chunk_articles=10)"
    )
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
