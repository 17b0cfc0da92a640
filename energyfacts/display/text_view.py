"""Articles, stories and cross-checks as plain text: figures in brackets with the number of their claim."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

from energyfacts import labels
from energyfacts.display.marked import SYMBOLS, Gap, Mark, Version
from energyfacts.wording import claim_about, languages_of, note, status_words, summary

if TYPE_CHECKING:
    import pandas as pd

# Lines longer than this are hard to read, however wide the terminal.
WIDEST = 100


def width() -> int:
    """Return the width of a line in characters."""
    return min(WIDEST, shutil.get_terminal_size().columns)


def body(version: Version) -> str:
    """Return the text of a version with its figures as ``[4≠: 92,6 juta ton]`` and its gaps as ``[5∅]``."""
    text = version.article.text
    pieces: list[tuple[int, int, Mark | Gap]] = [(found.start, 1, found) for found in version.marks]
    pieces += [(found.at, 0, found) for found in version.gaps]
    parts, at = [], 0
    for start, _, found in sorted(pieces, key=lambda piece: piece[:2]):
        parts.append(text[at:start])
        if isinstance(found, Gap):
            parts.append(f" [{found.tag}]")
            at = start
        else:
            parts.append(f"[{found.tag}: {text[start : found.end]}]" if found.tag else f"[{text[start : found.end]}]")
            at = found.end
    parts.append(text[at:].rstrip())
    lines = "".join(parts).splitlines()
    return "\n".join(textwrap.fill(line, width()) if line.strip() else "" for line in lines)


def article(version: Version, lang: str) -> str:
    """Return one article and the reading of each of its figures."""
    readings = [f"{found.claim:>3}  {found.reading}" for found in version.marks]
    listed = "\n".join(readings) or labels.text("no_figures", lang)
    return "\n\n".join(part for part in (version.heading, body(version), listed) if part)


def story(name: str, versions: list[Version], table: pd.DataFrame, facts: pd.DataFrame, lang: str) -> str:
    """Return the versions of a story one after the other, and their cross-check."""
    parts = [f"{name}: {summary(table, lang)}"]
    parts += [f"— {version.title or version.article.id}\n{body(version)}" for version in versions]
    return "\n\n".join([*parts, claims(table, facts, lang)])


def table(checked: pd.DataFrame, facts: pd.DataFrame | None, lang: str) -> str:
    """Return a cross-check, story by story."""
    parts = [
        f"{name}: {summary(rows, lang)}\n{claims(rows, facts, lang)}"
        for name, rows in checked.groupby("story", sort=False)
    ]
    return "\n\n".join(parts) or labels.text("no_claims", lang)


def claims(checked: pd.DataFrame, facts: pd.DataFrame | None, lang: str) -> str:
    """Return the claims of a story, a line each, with the explanation of a slip below it."""
    tags = languages_of(checked)
    heads = ["", labels.text("status", lang), *(labels.language_name(tag, lang) for tag in tags)]
    rows, below = [[*heads, *([labels.text("says", lang)] if facts is not None else [])]], [""]
    for row in labels.records(checked):
        status = str(row["status"])
        cells = [f"{row['claim']:>3}", f"{SYMBOLS[status]} {status_words(status, str(row['slip'] or ''), lang)}"]
        cells += [str(row[f"text_{tag}"] or "") or SYMBOLS["missing"] for tag in tags]
        rows.append([*cells, *([claim_about(row, facts, lang)] if facts is not None else [])])
        below.append(note(row) if status != "missing" else "")
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for cells, remark in zip(rows, below, strict=True):
        lines.append("  ".join(cell.ljust(size) for cell, size in zip(cells, widths, strict=True)).rstrip())
        lines += [f"     {remark}"] if remark else []
    return "\n".join(lines)
