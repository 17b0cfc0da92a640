"""Tables on their way out: whole files by suffix, text for a pipe, aligned columns for a terminal."""

from __future__ import annotations

import os
import textwrap
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from energyfacts.errors import EnergyFactsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

Row = dict[str, str]

GAP = "  "


def to_csv(table: pd.DataFrame) -> str:
    """Return the table as comma-separated values, without its index."""
    return table.to_csv(index=False, lineterminator="\n")


def to_json_lines(table: pd.DataFrame) -> str:
    """Return the table as one JSON object a line; missing values are ``null``."""
    # pandas writes ten digits by default, which would change figures; fifteen is its most.
    lines = table.to_json(orient="records", lines=True, force_ascii=False, double_precision=15)
    return lines if lines.strip() else ""


WRITERS: dict[str, Callable[[pd.DataFrame, Path], object]] = {
    ".csv": lambda table, path: path.write_text(to_csv(table), encoding="utf-8", newline="\n"),
    ".jsonl": lambda table, path: path.write_text(to_json_lines(table), encoding="utf-8", newline="\n"),
    ".parquet": lambda table, path: table.to_parquet(path, index=False),
}


def check_target(path: Path) -> None:
    """Raise an `EnergyFactsError` when no table can be written to `path`, before any work is done for it."""
    if path.suffix.lower() not in WRITERS:
        known = ", ".join(WRITERS)
        raise EnergyFactsError(f"{path} has the suffix '{path.suffix}', which names no table; use one of {known}.")
    check_place(path, "facts.csv")


def check_place(path: Path, example: str) -> None:
    """Raise an `EnergyFactsError` when no file can stand at `path`; `example` is the name of one that could."""
    if path.is_dir():
        raise EnergyFactsError(f"{path} is a folder; name a file in it, such as {path / example}.")
    if path.exists() and not path.is_file():
        raise EnergyFactsError(f"{path} is a device or a pipe, which cannot be replaced by a file; name a file.")
    if not path.parent.is_dir():
        raise EnergyFactsError(f"There is no folder {path.parent} to write {path.name} into; make it first.")


def write(table: pd.DataFrame, path: Path) -> None:
    r"""Write a table whole or not at all.

    Parameters
    ----------
    table : DataFrame
    path : Path
        Its suffix says how: ``.csv``, ``.jsonl`` or ``.parquet``. A file that is there is replaced.

    Raises
    ------
    EnergyFactsError
        Another suffix, or a place that cannot be written to.

    Examples
    --------
    >>> import pandas as pd, pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "areas.csv"
    >>> write(pd.DataFrame({"ref_area": ["NA", "NO"]}), path)
    >>> path.read_text()
    'ref_area\nNA\nNO\n'
    """
    check_target(path)
    with whole_file(path) as draft:
        WRITERS[path.suffix.lower()](table, draft)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a draft beside `path` to write to, which takes its place only when all went well.

    Raises
    ------
    EnergyFactsError
        The place cannot be written to.
    """
    target = Path(os.path.realpath(path))
    draft = target.with_name(f".{target.stem}.{os.getpid()}{target.suffix}")
    try:
        yield draft
        draft.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise EnergyFactsError(f"{path} cannot be written ({reason}); choose another place with --out.") from error
    finally:
        draft.unlink(missing_ok=True)


def aligned(rows: Sequence[Row], columns: Sequence[str], width: int, right: Sequence[str] = ()) -> list[str]:
    r"""Lay rows out in columns; the last column takes the rest of the line and goes on below where it is long.

    Parameters
    ----------
    rows : sequence of dict
        Each holds a string for each column.
    columns : sequence of str
        Which columns, in which order; one that is empty in every row is left out.
    width : int
        Characters a line.
    right : sequence of str
        The columns that are set flush right, for figures.

    Returns
    -------
    list of str
        Lines, the head first.

    Examples
    --------
    >>> print("\n".join(aligned([{"unit": "t", "value": "5"}, {"unit": "bbl/d", "value": "20"}],
    ...                         ["value", "unit"], 60, right=["value"])))
    value  unit
        5  t
       20  bbl/d
    """
    columns = [name for name in columns if not rows or any(row[name] for row in rows)]
    widths = {name: max([len(name), *(len(row[name]) for row in rows)]) for name in columns}
    *fixed, last = columns
    left = sum(widths[name] + len(GAP) for name in fixed)
    rest = max(20, width - left)
    lines = []
    for row in [{name: name for name in columns}, *rows]:
        cells = [row[name].rjust(widths[name]) if name in right else row[name].ljust(widths[name]) for name in fixed]
        tail = row[last].rjust(widths[last]) if last in right else row[last]
        first, *more = textwrap.wrap(tail, rest, drop_whitespace=True) or [""]
        lines.append(GAP.join([*cells, first]).rstrip())
        lines.extend(" " * left + line for line in more)
    return lines


def shortened(text: str, length: int) -> str:
    """Return a text on one line, cut to a length with "…" at its end."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def plain_number(value: float) -> str:
    """Write a figure with all its digits and a comma between thousands.

    Examples
    --------
    >>> plain_number(2080000.0), plain_number(1.25)
    ('2,080,000', '1.25')
    """
    digits = f"{Decimal(repr(float(value))):,f}"
    return digits.removesuffix(".0")


def fact_row(fact: dict[str, Any], text_width: int = 30) -> Row:
    """Return one fact as strings: its figure in one cell, its codes, blanks for what is not known."""
    low, high, value = (fact[name] for name in ("value_low", "value_high", "value"))
    figure = plain_number(value) if low == high else f"{plain_number(low)}–{plain_number(high)}"
    sign = {"=": "", "<~": "<~ "}.get(fact["qualifier"], f"{fact['qualifier']} ")
    change = {"increase": " ↑", "decrease": " ↓"}.get(fact["direction"], "")
    counted = "" if fact["counted"] == "_Z" else fact["counted"]
    row = {
        "lang": fact["lang"],
        "text": shortened(fact["text"], text_width),
        "value": sign + figure,
        "unit": shortened(counted or fact["unit"], 18),
        "measure": fact["measure"] + change,
        "product": fact["product"],
        "flow": fact["flow"],
        "area": fact["ref_area"],
        "with": fact["counterpart_area"],
        "period": fact["time_period"],
        "status": fact["obs_status"],
        "section": "" if fact["section"] == "body" else fact["section"],
    }
    return {name: "" if cell in ("_U", "_Z") else str(cell) for name, cell in row.items()}


FACT_COLUMNS = (
    "lang",
    "text",
    "value",
    "unit",
    "measure",
    "product",
    "flow",
    "area",
    "with",
    "period",
    "status",
    "section",
)

MARKS = {"agrees": "= agrees", "differs": "≠ differs", "missing": "– missing"}


def claim_row(claim: dict[str, Any], text_width: int) -> Row:
    """Return one claim of a cross-check as strings: its status with a sign that stands out, what each version says."""
    status = MARKS[claim["status"]]
    if claim["slip"]:
        status = f"{status}: {claim['slip']}"
    section = "" if claim["section"] == "body" else claim["section"]
    # That both say the same is seen; what needs an eye shall stand out.
    same = claim["status"] == "agrees" and not claim["slip"]
    row = {"status": status, "section": section, "explanation": "" if same else claim["explanation"]}
    for name, cell in claim.items():
        if name.startswith("text_"):
            row[name.removeprefix("text_")] = shortened(cell, text_width) or "·"
    return row


def facts_text(facts: pd.DataFrame, width: int) -> str:
    """Lay out the facts of each story as an aligned table under the story's name; of no facts the head only."""
    if facts.empty:
        return aligned([], FACT_COLUMNS, width)[0]

    def lay_out(part: pd.DataFrame) -> list[str]:
        facts_of_story = _dicts(part)
        # What the text says gives way first: its figure stands beside it.
        for text_width in (40, 32, 26, 20):
            rows = [fact_row(fact, text_width) for fact in facts_of_story]
            lines = aligned(rows, FACT_COLUMNS, width, right=["value"])
            if max(map(len, lines)) <= width and len(lines) == len(rows) + 1:
                break
        return lines

    return _by_story(facts, lay_out)


def crosscheck_text(table: pd.DataFrame, width: int) -> str:
    """Lay out the claims of each story as an aligned table under the story's name."""
    languages = [str(name).removeprefix("text_") for name in table.columns if str(name).startswith("text_")]
    columns = ["status", *languages, "section", "explanation"]
    if table.empty:
        return aligned([], columns, width)[0]
    text_width = max(16, min(32, (width - 60) // max(1, len(languages))))
    return _by_story(table, lambda part: aligned([claim_row(row, text_width) for row in _dicts(part)], columns, width))


def plain_text(table: pd.DataFrame, width: int) -> str:
    """Lay out any small table, such as a summary; figures flush right."""
    columns = [str(name) for name in table.columns]
    figures = [str(name) for name in table.columns if table[name].dtype.kind in "iuf"]
    rows = [{name: str(cell) for name, cell in row.items()} for row in _dicts(table)]
    return "\n".join(aligned(rows, columns, width, right=figures))


def _dicts(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]


def _by_story(table: pd.DataFrame, lay_out: Callable[[pd.DataFrame], list[str]]) -> str:
    blocks = ["\n".join([str(story), *lay_out(part)]) for story, part in table.groupby("story", sort=False)]
    return "\n\n".join(blocks)
