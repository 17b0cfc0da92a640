"""Which facts of the language versions are the same claim, and how they differ.

``figures`` makes one row comparable, ``slips`` says how two differ, ``evidence`` weighs whether they are one claim,
``places`` maps one version's order onto the other's, ``alignment`` pairs what agrees, ``neighbours`` what differs,
``claims`` makes them the claims of a story, ``names`` says which changed places, ``table`` writes it down.
"""

from __future__ import annotations

from energyfacts.comparison.table import crosscheck, summary

__all__ = ["crosscheck", "summary"]
