"""Closed lists of codes with their labels and sources: areas, products, flows and units.

The lists are the tables beside this module. The countries of ISO 3166-1 and the currencies of ISO 4217 are
CLDR's, through Babel, so that their names have one source.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from energyfacts.errors import EnergyFactsError

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
NAMES = ("areas", "products", "flows", "units")
# Two-letter codes in CLDR that ISO 3166-1 reserves or leaves to its users. https://www.iso.org/iso-3166-country-codes.html
NOT_ISO_3166 = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
# Missing as a value that says why: nothing known, or nothing to know. Every list but the units holds both.
UNKNOWN, NOT_APPLICABLE = "_U", "_Z"
# What joins the atoms of a unit code; its row in units.tsv holds the word for it.
JOINER = "/"

Row = dict[str, str]


@cache
def rows(name: str) -> list[Row]:
    """Return the rows of a list.

    Parameters
    ----------
    name : {"areas", "products", "flows", "units"}
        Which list.

    Returns
    -------
    list of dict
        One dict a code: ``code``, ``label_<lang>``, ``source`` and the columns of that list. Of ``areas`` the groups
        and regions in the table stand first, then the countries of ISO 3166-1, with labels in the table's languages.

    Raises
    ------
    EnergyFactsError
        There is no such list.

    Examples
    --------
    >>> rows("products")[4]["code"], rows("products")[4]["siec"]
    ('crude_oil', '4100')
    """
    if name not in NAMES:
        raise EnergyFactsError(f"There is no code list {name!r}; choose one of {', '.join(NAMES)}.")
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        table = list(
            csv.DictReader((line for line in file if line[:2] != "# "), delimiter="\t", quoting=csv.QUOTE_NONE)
        )
    return table + list(countries(table[0])) if name == "areas" else table


def countries(header: Row) -> Iterator[Row]:
    """Yield a row for each country of ISO 3166-1, labelled in the languages of a header."""
    languages = [column.removeprefix("label_") for column in header if column.startswith("label_")]
    names = {language: territories(language) for language in languages}
    for code in sorted(names[languages[0]]):
        if len(code) == 2 and code not in NOT_ISO_3166:
            labels = {f"label_{language}": names[language].get(code, code) for language in languages}
            yield {"code": code, **labels, "kind": "country", "source": "https://cldr.unicode.org/"}


def territories(lang: str) -> dict[str, str]:
    """Return CLDR's names of territories in a language."""
    from babel import Locale, UnknownLocaleError

    try:
        return dict(Locale.parse(lang, sep="-").territories)
    except (UnknownLocaleError, ValueError):
        raise EnergyFactsError(f"CLDR knows no language {lang!r}; use a BCP 47 tag such as 'en'.") from None


@cache
def codes(name: str) -> frozenset[str]:
    """Return the codes of a list.

    Parameters
    ----------
    name : {"areas", "products", "flows", "units"}
        Which list. The first three hold ``_T`` (total), ``_U`` (unknown) and ``_Z`` (not applicable) as well;
        ``units`` holds the atoms that a unit code joins by ``/``, and no money.

    Raises
    ------
    EnergyFactsError
        There is no such list.

    Examples
    --------
    >>> "KZ" in codes("areas"), "OPEC+" in codes("areas"), "EA" in codes("areas")
    (True, True, False)
    """
    return frozenset(row["code"] for row in rows(name)) - {JOINER}


@cache
def labels(name: str, lang: str) -> dict[str, str]:
    """Return the label of each code of a list.

    Parameters
    ----------
    name : {"areas", "products", "flows", "units"}
        Which list.
    lang : str
        BCP 47 tag; of "en-GB" the language "en" is taken.

    Raises
    ------
    EnergyFactsError
        There is no such list, or it has no labels in this language.

    Examples
    --------
    >>> labels("flows", "id")["supply"]
    'pasokan'
    """
    table = rows(name)
    column = f"label_{lang.replace('_', '-').split('-')[0].lower()}"
    if column not in table[0]:
        raise EnergyFactsError(
            f"The code list {name!r} has no labels in {lang!r}; add a column {column} to {name}.tsv."
        )
    return {row["code"]: row[column] for row in table if row["code"] != JOINER}


def label(name: str, code: str, lang: str) -> str:
    """Return a code's label.

    Parameters
    ----------
    name : {"areas", "products", "flows", "units"}
        Which list.
    code : str
        A code of the list; of ``units`` also a code of ISO 4217, or atoms joined by ``/``.
    lang : str
        BCP 47 tag; of "en-GB" the language "en" is taken.

    Returns
    -------
    str
        The label: lower case but for names, a unit in the plural, as on the axis of a chart.

    Raises
    ------
    EnergyFactsError
        There is no such list, code or language.

    Examples
    --------
    >>> label("areas", "KZ", "en"), label("products", "coal", "id")
    ('Kazakhstan', 'batu bara')
    >>> label("units", "bbl/d", "en"), label("units", "bbl/d", "id")
    ('barrels a day', 'barel per hari')
    >>> label("units", "USD/bbl", "en"), label("units", "IDR/USD", "en")
    ('US dollars a barrel', 'Indonesian rupiahs per US dollar')
    """
    known = labels(name, lang)
    if code in known:
        return known[code]
    if name != "units":
        raise EnergyFactsError(
            f"There is no code {code!r} in the code list {name!r}; see energyfacts/codelists/{name}.tsv."
        )
    first, *rest = code.split(JOINER)
    language = lang.replace("_", "-").split("-")[0].lower()
    return " ".join([known.get(first) or money(first, language, 2), *(under(atom, language) for atom in rest)])


def under(atom: str, lang: str) -> str:
    """Return the words for a unit that stands under a ``/``."""
    found = {row["code"]: row for row in rows("units")}
    words = found.get(atom, {}).get(f"per_{lang}", "")
    return words or f"{found[JOINER][f'label_{lang}']} {labels('units', lang).get(atom) or money(atom, lang, 1)}"


def money(code: str, lang: str, count: int) -> str:
    """Return CLDR's name of a currency of ISO 4217, for one of it or for more."""
    from babel import Locale
    from babel.numbers import get_currency_name

    if code not in Locale.parse("en").currencies:
        raise EnergyFactsError(
            f"There is no unit {code!r}; use a code of energyfacts/codelists/units.tsv or of ISO 4217, joined by '/'."
        )
    return str(get_currency_name(code, count=count, locale=lang))
