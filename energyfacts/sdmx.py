"""The tidy table as SDMX-CSV, the form in which statistical offices exchange data."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from energyfacts.codebook import CODEBOOK, Column
from energyfacts.codelists import NOT_APPLICABLE
from energyfacts.errors import EnergyFactsError

if TYPE_CHECKING:
    import pandas as pd

# Who keeps the structure that the rows follow, its name and its version.
AGENCY, NAME, VERSION = "ENERGYFACTS", "FACTS", "1.0"
LEAD = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
# "I": the rows are information, to be added to what the receiver has.
ROW_LEAD = ("datastructure", f"{AGENCY}:{NAME}({VERSION})", "I")
# What SDMX calls otherwise than we do; all other concepts have our names in capitals.
NAMES = {"value": "OBS_VALUE", "unit": "UNIT_MEASURE"}


def to_sdmx(facts: pd.DataFrame) -> str:
    r"""Return facts as SDMX-CSV 2.0 (https://github.com/sdmx-twg/sdmx-csv).

    Every column of the table becomes a component with its name in capitals, but for ``value`` and
    ``unit``, which SDMX calls OBS_VALUE and UNIT_MEASURE. An empty story or article is ``_Z``, because a
    dimension must not be empty, and a line break inside a figure becomes a space.

    Parameters
    ----------
    facts : DataFrame
        A table as `extract` gives it; further columns are left out.

    Returns
    -------
    str
        The text of an SDMX-CSV file: a header and a row a fact, lines ended by ``\n``.

    Raises
    ------
    EnergyFactsError
        The table lacks columns; all of them are named.

    Examples
    --------
    >>> from energyfacts.facts import extract
    >>> lines = to_sdmx(extract("Qatar exported 77 million tonnes of LNG in 2024.")).splitlines()
    >>> lines[0].split(",")[:4]
    ['STRUCTURE', 'STRUCTURE_ID', 'ACTION', 'STORY']
    >>> lines[1].split(",")[:4]
    ['datastructure', 'ENERGYFACTS:FACTS(1.0)', 'I', '_Z']
    """
    missing = [column.name for column in CODEBOOK if column.name not in facts]
    if missing:
        raise EnergyFactsError(
            f"The table has no column {', '.join(missing)}, so it cannot become SDMX; give one made by extract()."
        )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*LEAD, *(component(column) for column in CODEBOOK)])
    for row in facts[[column.name for column in CODEBOOK]].itertuples(index=False):
        writer.writerow([*ROW_LEAD, *(cell(column, value) for column, value in zip(CODEBOOK, row, strict=True))])
    return out.getvalue()


def component(column: Column) -> str:
    """Return what SDMX calls a column."""
    return NAMES.get(column.name, column.name.upper())


def cell(column: Column, value: Any) -> str:
    """Return a value as a cell: on one line, and of a dimension never empty."""
    text = " ".join(str(value).splitlines())
    return text or (NOT_APPLICABLE if column.role == "dimension" else "")


def data_structure() -> Any:
    """Return the structure of the table, which a reader of SDMX-CSV asks for.

    Returns
    -------
    sdmx.model.v30.DataStructureDefinition
        Dimensions, attributes and the measure, as the codebook has them.

    Raises
    ------
    EnergyFactsError
        The package ``sdmx1`` is not installed.

    Examples
    --------
    >>> import io, sdmx
    >>> from energyfacts.facts import extract
    >>> text = to_sdmx(extract("Qatar exported 77 million tonnes of LNG in 2024."))
    >>> message = sdmx.read_sdmx(io.BytesIO(text.encode()), format="csv", structure=data_structure())
    >>> [observation.value for observation in message.data[0].obs]
    ['77000000.0']
    """
    try:
        from sdmx.model import common, v30
    except ImportError as error:
        raise EnergyFactsError(
            "Reading SDMX needs the package sdmx1; install it with: pip install energyfacts[sdmx]."
        ) from error
    structure = v30.DataStructureDefinition(id=NAME, maintainer=common.Agency(id=AGENCY), version=VERSION)
    for column in CODEBOOK:
        if column.role == "dimension":
            structure.dimensions.append(common.Dimension(id=component(column)))
        elif column.role == "measure":
            structure.measures.append(v30.Measure(id=component(column)))
        else:
            structure.attributes.append(common.DataAttribute(id=component(column)))
    return structure
