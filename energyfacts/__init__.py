"""Figures from energy news: read them, say what they are about, compare the versions of a story.

The public names are loaded when first used, so that ``import energyfacts`` costs next to nothing.
``energyfacts.languages`` is the subpackage of the language packs: ``languages.available()`` lists the language tags,
``languages.load(tag)`` gives one pack. ``energyfacts.charts`` is the module of the charts.
All other public names are functions and classes.

Examples
--------
>>> import energyfacts
>>> [quantity.text for quantity in energyfacts.parse("Exports rose to 20 million tonnes in 2025.")]
['20 million tonnes']
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from energyfacts import charts as charts
    from energyfacts import languages as languages
    from energyfacts.articles import Article, read
    from energyfacts.comparison import crosscheck, summary
    from energyfacts.conversion import convert
    from energyfacts.display import show
    from energyfacts.errors import EnergyFactsError
    from energyfacts.facts import extract
    from energyfacts.quantities import Quantity, parse
    from energyfacts.sdmx import to_sdmx
    from energyfacts.validation import validate

__version__ = "0.1.0"

__all__ = [
    "Article",
    "EnergyFactsError",
    "Quantity",
    "__version__",
    "charts",
    "convert",
    "crosscheck",
    "extract",
    "languages",
    "parse",
    "read",
    "show",
    "summary",
    "to_sdmx",
    "validate",
]

_MODULE_OF = {
    "Article": "articles",
    "EnergyFactsError": "errors",
    "Quantity": "quantities",
    "convert": "conversion",
    "crosscheck": "comparison",
    "extract": "facts",
    "parse": "quantities",
    "read": "articles",
    "show": "display",
    "summary": "comparison",
    "to_sdmx": "sdmx",
    "validate": "validation",
}
_PUBLIC_MODULES = frozenset({"charts", "languages"})


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for (PEP 562), and keep it."""
    if name in _PUBLIC_MODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    setattr(sys.modules[__name__], name, value)
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
