"""The languages that can be read, each a folder of data.

Examples
--------
>>> from energyfacts import languages
>>> languages.available()
['en', 'id']
>>> languages.load("id").name
'Indonesian'
"""

from __future__ import annotations

from energyfacts.languages.pack import Pack, available, guess, load

__all__ = ["Pack", "available", "guess", "load"]
