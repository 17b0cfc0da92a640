"""The same work on the collections of Dask, for whoever has an archive in one: a bag or a DataFrame of articles."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from energyfacts.archive.work import ERROR_COLUMNS, read_found
from energyfacts.errors import EnergyFactsError
from energyfacts.formats import FIELDS, row_fields
from energyfacts.stories import Found, known_language

if TYPE_CHECKING:
    import pandas as pd


def dask_facts(collection: Any, lang: str | None = None) -> tuple[Any, Any]:
    """Return every figure of a Dask collection of articles, and what went wrong, as two Dask DataFrames.

    Parameters
    ----------
    collection : dask.bag.Bag or dask.dataframe.DataFrame
        Articles: texts, `Article`s or mappings in a bag; rows in a DataFrame, whose columns have the names of the
        fields of `Article` and of which only ``text`` is required.
    lang : str, optional
        BCP 47 tag of the articles that do not say theirs; without it, it is told from the text.

    Returns
    -------
    facts : dask.dataframe.DataFrame
        The columns of `energyfacts.extract`, one partition for each of `collection`, in its order.
    errors : dask.dataframe.DataFrame
        ``source, article, reason``: one row for each article that could not be used.

    Raises
    ------
    EnergyFactsError
        Dask is not installed, `collection` is neither, or `lang` has no language pack.

    Notes
    -----
    Nothing is read before ``compute()`` or ``to_parquet()``; compute both together, so that the work is done once.

    Examples
    --------
    >>> import dask.bag
    >>> bag = dask.bag.from_sequence([{"text": "Exports rose to 20 million tons.", "lang": "en"}])
    >>> facts, errors = dask_facts(bag)
    >>> facts.compute(scheduler="synchronous")["value"].to_list()
    [20000000.0]
    """
    try:
        dask: Any = import_module("dask")
        tables: Any = import_module("dask.dataframe")
    except ImportError as error:
        raise EnergyFactsError("This needs Dask; install it: pip install 'energyfacts[dask]'.") from error
    if not hasattr(collection, "to_delayed"):
        kind = type(collection).__name__
        raise EnergyFactsError(f"A Dask bag or DataFrame of articles is needed, not {kind}; use extract() for others.")
    lang = None if lang is None else known_language(lang)
    read = dask.delayed(read_partition, nout=2)
    parts = [read(part, number, lang) for number, part in enumerate(collection.to_delayed())]
    empty = read_partition([], 0, lang)
    facts, errors = (tables.from_delayed([part[which] for part in parts], meta=empty[which]) for which in (0, 1))
    return facts, errors


def read_partition(partition: Any, number: int, lang: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the facts and the errors of one partition as tables."""
    import pandas as pd

    from energyfacts.facts import frame

    items = partition.to_dict("records") if isinstance(partition, pd.DataFrame) else partition
    source = f"partition {number}"
    found: list[Found] = []
    errors: list[dict[str, Any]] = []
    for row, item in enumerate(items, start=1):
        where = f"{source} row {row}"
        try:
            found.append(Found(source, where, row_fields(_mapping(item), where), where.replace(" ", "-"), "", {}))
        except EnergyFactsError as error:
            errors.append({"source": source, "article": where, "reason": str(error)})
    rows, failed = read_found(found, lang)
    return frame(rows), pd.DataFrame(errors + failed, columns=list(ERROR_COLUMNS)).astype("str")


def _mapping(item: object) -> object:
    if isinstance(item, str):
        return {"text": item}
    # An Article.
    return item if isinstance(item, dict) else {name: getattr(item, name, None) for name in FIELDS}
