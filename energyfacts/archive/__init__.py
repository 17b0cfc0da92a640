"""Whole archives: every article of any number of files into partitioned Parquet, on all cores or a Dask cluster.

``write_facts`` is what ``energyfacts facts ARCHIVE --out FOLDER`` runs; ``dask_facts`` takes a Dask bag or DataFrame.
A run goes one way: `chunks` cuts the archive into numbered chunks by position, `work` turns a chunk into tables,
`workers` does that on processes or a cluster, `run` writes each chunk's tables whole and knows which are there.
"""

from __future__ import annotations

from energyfacts.archive.collections import dask_facts
from energyfacts.archive.run import ERRORS, Outcome, write_facts

__all__ = ["ERRORS", "Outcome", "dask_facts", "write_facts"]
