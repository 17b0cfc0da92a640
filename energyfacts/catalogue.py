"""quantulum3's catalogue of general units, read as data.

Its tables are read from the installed package; its loader, which takes over a second, and its
classifier, which breaks beside some versions of scikit-learn, are never started. Units are taken by
their exact name, symbol or surface; its free composition of units out of letters is not used.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from energyfacts import codelists
from energyfacts.languages import load
from energyfacts.languages.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from energyfacts.units import Surface

# quantities of these are told by the packs, or are none
LEFT_OUT = frozenset({"currency", "dimensionless", "unknown", "typographical element"})
# A symbol of one letter, or of two small ones, is more often a word or a name than a unit.
SYMBOL_LENGTH = 3
# The language in which quantulum3 names its units.
CATALOGUE_LANGUAGE = "en"


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Return quantulum3's units by name: their ``entity``, ``surfaces`` and ``symbols``."""
    spec = find_spec("quantulum3")
    if spec is None or spec.origin is None:
        return {}
    path = Path(spec.origin).with_name("units.json")
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def surfaces() -> Phrases[Surface]:
    """Return the catalogue's units ready for look-up.

    Examples
    --------
    >>> from energyfacts.text import Text
    >>> surfaces().at(Text("275 newton metres"), 4).value.unit
    'Nm'
    """
    from energyfacts.units import Surface

    return Phrases((surface, Surface(code)) for surface, code in named_units())


def named_units() -> Iterator[tuple[str, str]]:
    """Yield the surfaces that are taken, singular and plural, each with its unit code."""
    ordinary = load(CATALOGUE_LANGUAGE).words("no unit")
    for name, entry in entries().items():
        if entry["entity"] in LEFT_OUT:
            continue
        code = unit_code(name, entry)
        for surface in {name, *entry.get("surfaces", ())}:
            if surface.lower() not in ordinary:
                yield surface, code
                yield f"{surface}s", code
        for symbol in entry.get("symbols", ()):
            if len(symbol) >= SYMBOL_LENGTH and symbol.isascii() and symbol.isalpha():
                yield symbol, code


@cache
def unit_codes() -> frozenset[str]:
    """Return the codes that units of the catalogue are read as."""
    return frozenset(code for _, code in named_units())


def unit_code(name: str, entry: dict[str, Any]) -> str:
    """Return our code of a catalogue unit where a symbol of it is one, else its name."""
    known = codelists.codes("units")
    symbols = [symbol for symbol in entry.get("symbols", ()) if symbol in known]
    return symbols[0] if symbols else name.replace(" ", "_")


def offer(add: Callable[..., None] | None = None) -> int:
    """Add the energy units of the code list to quantulum3's own parser; return how many.

    Examples
    --------
    >>> offered = []
    >>> offer(lambda name, **unit: offered.append(name)) == len(offered)
    True
    """
    if add is None:
        from quantulum3.load import add_custom_unit

        add = add_custom_unit
    taken = {
        symbol for entry in entries().values() for symbol in (*entry.get("symbols", ()), *entry.get("surfaces", ()))
    }
    entities = {"volume": "volume", "energy": "energy", "power": "power", "mass": "mass", "co2_mass": "mass"}
    count = 0
    for row in codelists.rows("units"):
        if row.get("kind") in entities and row["code"] not in taken and row["label_en"] not in taken:
            add(
                row["label_en"],
                surfaces=[row["label_en"]],
                symbols=[row["code"]],
                entity=entities[row["kind"]],
                dimensions=[],
                URI="",
            )
            count += 1
    return count
