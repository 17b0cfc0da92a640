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
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from energyfacts import charts, languages
    from energyfacts.articles import Article, read
    from energyfacts.crosscheck import crosscheck, summary
    from energyfacts.display import show
    from energyfacts.errors import EnergyFactsError
    from energyfacts.facts import extract, validate
    from energyfacts.quantities import Quantity, parse
    from energyfacts.units import convert

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
    "validate",
]

_MODULE_OF = {
    "Article": "articles",
    "EnergyFactsError": "errors",
    "Quantity": "quantities",
    "convert": "units",
    "crosscheck": "crosscheck",
    "extract": "facts",
    "parse": "quantities",
    "read": "articles",
    "show": "display",
    "summary": "crosscheck",
    "validate": "facts",
}
_PUBLIC_MODULES = frozenset({"charts", "languages"})


class _Package(ModuleType):
    """The type of this package: a public function wins over the submodule of the same name.

    Python binds a submodule to its package when it is first imported, by whomever. Without this,
    ``energyfacts.crosscheck`` would be the function or the module, depending on what was imported before.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name in _MODULE_OF and isinstance(value, ModuleType):
            value = getattr(value, name)
        super().__setattr__(name, value)


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


sys.modules[__name__].__class__ = _Package
