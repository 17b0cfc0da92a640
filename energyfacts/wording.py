"""How a cross-check is put into words, the same in charts, notebooks and the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from energyfacts import labels

if TYPE_CHECKING:
    from collections.abc import Mapping


def languages_of(table: pd.DataFrame) -> list[str]:
    """Return the language tags of a cross-check's versions."""
    return [str(name).removeprefix("text_") for name in table.columns if str(name).startswith("text_")]


def claim_about(row: Mapping[str, Any], facts: pd.DataFrame, lang: str) -> str:
    """Return what a claim is about, from the version in the reader's language if it has one."""
    found = [name for name in (f"fact_{lang}", *row) if name.startswith("fact_") and pd.notna(row.get(name))]
    return labels.about(labels.records(facts.loc[[row[found[0]]]])[0], lang) if found else str(row["claim"])


def status_words(status: str, slip: str, lang: str) -> str:
    """Return status and kind of slip in words.

    Examples
    --------
    >>> status_words("differs", "scale word", "en")
    'differs: scale word'
    """
    word = labels.text(f"status_{status}", lang)
    return f"{word}: {labels.text('slip_' + slip.replace(' ', '_'), lang)}" if slip else word


def note(row: Mapping[str, Any]) -> str:
    """Return the explanation of a claim; nothing where the versions simply agree."""
    return str(row["explanation"] or "") if row["status"] != "agrees" or row["slip"] else ""


def summary(table: pd.DataFrame, lang: str) -> str:
    """Return how many claims agree, differ and are missing."""
    counts = table["status"].value_counts()
    parts = {status: labels.number(float(counts.get(status, 0)), lang) for status in ("agrees", "differs", "missing")}
    return labels.text("summary", lang, **parts)
