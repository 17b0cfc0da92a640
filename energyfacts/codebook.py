"""The columns of the tidy table: type, meaning, codes and source of each, in one place.

``python -m energyfacts.codebook`` writes them to ``docs/codebook.md``; the table and its checks take
columns and codes from here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from energyfacts import codelists
from energyfacts.codelists import NOT_APPLICABLE

PAGE = Path(__file__).parents[1] / "docs" / "codebook.md"

SDMX = "https://sdmx.org/wp-content/uploads/SDMX_Guidelines_for_CDCL.docx"
ISO_3166 = "https://www.iso.org/iso-3166-country-codes.html"
ISO_8601 = "https://www.iso.org/iso-8601-date-and-time-format.html"
BCP_47 = "https://www.rfc-editor.org/info/bcp47"
OURS = "energyfacts"


class Column(NamedTuple):
    """A column of the tidy table.

    Attributes
    ----------
    name, dtype : str
        Its name and pandas type.
    meaning : str
        What it says, in one line.
    codes : tuple of str
        All codes it may hold, where they are few.
    codelist : str
        The code list of ``energyfacts/codelists`` whose codes it holds, or "".
    source : str
        Where name and codes come from.
    role : {"attribute", "dimension", "measure"}
        What it is in SDMX: a dimension names a fact, an attribute says more about it.
    """

    name: str
    dtype: str
    meaning: str
    codes: tuple[str, ...] = ()
    codelist: str = ""
    source: str = OURS
    role: str = "attribute"


CODEBOOK: tuple[Column, ...] = (
    Column("story", "str", "which story; texts without one are taken for versions of one", role="dimension"),
    Column("article", "str", "which version of the story: the article's id", role="dimension"),
    Column("lang", "str", "language of the article, a BCP 47 tag", source=BCP_47, role="dimension"),
    Column(
        "section", "str", "the article itself, or what its page puts under it", ("body", "related"), role="dimension"
    ),
    Column("sentence", "int64", "number of the sentence in the article, from 0"),
    Column("start", "int64", "first character of the figure in the article's text, from 0", role="dimension"),
    Column("end", "int64", "the character after the figure's last"),
    Column("text", "str", "the figure as written: `article.text[start:end]`"),
    Column(
        "context", "str", "the sentence that it stands in, as written; of one over 2,000 characters the part around it"
    ),
    Column(
        "ref_area",
        "str",
        "whom the figure is about: country or group",
        codelist="areas",
        source=ISO_3166,
        role="dimension",
    ),
    Column("counterpart_area", "str", "via, to or from whom", codelist="areas", source=ISO_3166, role="dimension"),
    Column(
        "product",
        "str",
        "which product",
        codelist="products",
        source="SIEC and JODI, see the code list",
        role="dimension",
    ),
    Column(
        "flow",
        "str",
        "which flow, price or other magnitude",
        codelist="flows",
        source="JODI and SDMX, see the list",
        role="dimension",
    ),
    Column(
        "measure", "str", "the magnitude, its change, or a share of it", ("change", "level", "share"), role="dimension"
    ),
    Column("direction", "str", "of a change; the value is positive", ("decrease", "increase", NOT_APPLICABLE)),
    Column(
        "time_period",
        "str",
        "when, relative to the article's date: `2025`, `2025-Q3`, `2007-01/2007-10`",
        source=ISO_8601,
        role="dimension",
    ),
    Column("obs_status", "str", "actual, estimate, or forecast, plan or target", ("A", "E", "F"), source=SDMX),
    Column("attributed_to", "str", "who says so, as named in the sentence, without titles"),
    Column("value", "float64", "the number with its scale word; of a range the midpoint", role="measure"),
    Column("value_low", "float64", "lower end; of a point the value"),
    Column("value_high", "float64", "upper end; of a point the value"),
    Column(
        "unit",
        "str",
        "codes joined by `/`; money is ISO 4217",
        codelist="units",
        source="see the code list",
        role="dimension",
    ),
    Column("qualifier", "str", "how near: exactly, about, nearly, more than …", ("<", "<=", "<~", "=", ">", ">=", "~")),
    Column("counted", "str", "the noun that is counted where `unit` begins with `count`, else `_Z`"),
    Column("dimension_source", "str", "where each dimension came from, as `name=where` with spaces between"),
)

INTRODUCTION = """# Codebook of the tidy table

`extract()` gives one fact a row, in the order of the text. Made by `python -m energyfacts.codebook`; do not edit.

No dimension is missing: `_U` is unknown, `_Z` not applicable, `_T` total.

In `dimension_source` a dimension is stated in the figure's own `clause` or by its `unit`; it is inherited from the rest
of the `sentence`, from the `previous` sentence, or from the article's `topic`.
"""
HEAD = "| column | type | meaning | codes | source |\n|---|---|---|---|---|\n"


def codes_of(column: Column) -> frozenset[str]:
    """Return the codes that a column may hold; none where it is open.

    Examples
    --------
    >>> sorted(codes_of(next(column for column in CODEBOOK if column.name == "section")))
    ['body', 'related']
    """
    if column.codes or not column.codelist or column.codelist == "units":
        return frozenset(column.codes)
    return codelists.codes(column.codelist)


def page() -> str:
    """Return the codebook as a page of Markdown.

    Examples
    --------
    >>> page().splitlines()[0]
    '# Codebook of the tidy table'
    """
    rows = (f"| `{c.name}` | {c.dtype} | {c.meaning} | {shown(c)} | {c.source} |\n" for c in CODEBOOK)
    return f"{INTRODUCTION}\n{HEAD}{''.join(rows)}"


def shown(column: Column) -> str:
    """Return a column's codes as the page shows them."""
    if column.codelist:
        return f"[{column.codelist}](../energyfacts/codelists/{column.codelist}.tsv)"
    return ", ".join(f"`{code}`" for code in column.codes)


def main() -> int:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name}: {len(CODEBOOK)} columns")
    return 0


if __name__ == "__main__":
    sys.exit(main())
