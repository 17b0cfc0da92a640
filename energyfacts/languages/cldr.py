"""Names that a language gives months, weekdays, territories and currencies, from CLDR through Babel.

Source: Unicode Common Locale Data Repository, https://cldr.unicode.org, in the version that the installed Babel
carries. Babel is loaded when a name is first asked for. The answers are cached: copy one before changing it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from babel import Locale

# The widths of a name that are words (not the single letters), and the places where a language may inflect it.
WIDTHS = ("wide", "abbreviated")
PLACES = ("format", "stand-alone")
# Region codes of CLDR that are no territory of ISO 3166-1.
NO_TERRITORY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
# A second name in brackets: "Myanmar (Burma)".
BRACKETED = re.compile(r"(.+?)\s*\((.+)\)")


@cache
def locale(tag: str) -> Locale:
    """Return Babel's locale of a BCP 47 tag."""
    from babel import Locale

    return Locale.parse(tag, sep="-")


@cache
def months(tag: str, abbreviated: bool = True) -> dict[str, int]:
    """Return the names of the months, wide and abbreviated, each with its number.

    Parameters
    ----------
    tag : str
        BCP 47 tag of the language.
    abbreviated : bool, default True
        Whether to take the abbreviated names too.

    Returns
    -------
    dict of str to int
        Name, written as CLDR writes it and, if that ends in a full stop, without it too; 1 is January.

    Examples
    --------
    >>> months("id")["Agustus"], months("id")["Agu"]
    (8, 8)
    """
    return names_of(locale(tag).months, abbreviated)


@cache
def weekdays(tag: str, abbreviated: bool = True) -> dict[str, int]:
    """Return the names of the days of the week, wide and abbreviated, each with its number.

    Parameters
    ----------
    tag : str
        BCP 47 tag of the language.
    abbreviated : bool, default True
        Whether to take the abbreviated names too.

    Returns
    -------
    dict of str to int
        Name and number; 0 is Monday, as in `datetime.date.weekday`.

    Examples
    --------
    >>> weekdays("en")["Sunday"], weekdays("id")["Senin"]
    (6, 0)
    """
    return names_of(locale(tag).days, abbreviated)


def names_of(forms: Mapping[str, Mapping[str, Mapping[int, str]]], abbreviated: bool) -> dict[str, int]:
    """Return the names of months or days in all forms, those that end in a full stop also without it."""
    found: dict[str, int] = {}
    widths = WIDTHS if abbreviated else WIDTHS[:1]
    for table in (forms[place][width] for width in widths for place in PLACES):
        for number, name in table.items():
            found.setdefault(name, number)
            found.setdefault(name.rstrip("."), number)
    return found


@cache
def territories(tag: str) -> dict[str, str]:
    """Return the names of the territories of ISO 3166-1, each with its alpha-2 code.

    Parameters
    ----------
    tag : str
        BCP 47 tag of the language.

    Returns
    -------
    dict of str to str
        Name and code. A name with a second one in brackets ("Myanmar (Burma)") gives both, one with "&" also
        the language's own word for it.

    Examples
    --------
    >>> territories("id")["Jepang"], territories("en")["Burma"], territories("en")["Trinidad and Tobago"]
    ('JP', 'MM', 'TT')
    """
    found: dict[str, str] = {}
    for code, name in locale(tag).territories.items():
        if len(code) == 2 and code.isalpha() and code not in NO_TERRITORY:
            for surface in territory_surfaces(name, tag):
                found.setdefault(surface, code)
    return found


def territory_surfaces(name: str, tag: str) -> list[str]:
    """Return how running text may write one CLDR name."""
    from babel.lists import format_list

    bracketed = BRACKETED.fullmatch(name)
    # A descriptive word in brackets within a name ("Cocos (Keeling) Islands") is no second name.
    names = [bracketed[1], bracketed[2]] if bracketed else [re.sub(r"\s*\(.*?\)", "", name)]
    joined = [format_list(each.split(" & "), locale=locale(tag)) for each in names if " & " in each]
    return list(dict.fromkeys([*names, *joined]))


@cache
def currency_codes() -> frozenset[str]:
    """Return the codes of ISO 4217 that CLDR knows.

    Examples
    --------
    >>> "KZT" in currency_codes(), "ABC" in currency_codes()
    (True, False)
    """
    return frozenset(locale("en").currencies)


@cache
def tender() -> dict[str, frozenset[str]]:
    """Return the currencies in use today, each with the territories whose tender it is.

    Examples
    --------
    >>> sorted(tender()["IDR"]), len(tender()["USD"]) > 1
    (['ID'], True)
    """
    from babel.core import get_global

    found: dict[str, set[str]] = {}
    for territory, uses in get_global("territory_currencies").items():
        for code, _, until, is_tender in uses:
            if is_tender and until is None:
                found.setdefault(code, set()).add(territory)
    return {code: frozenset(territories) for code, territories in found.items()}


@cache
def currencies(tag: str) -> dict[str, str]:
    """Return the names of the currencies in use today, each with its ISO 4217 code.

    Parameters
    ----------
    tag : str
        BCP 47 tag of the language.

    Returns
    -------
    dict of str to str
        Name, singular and plural, and code. A currency is in use if CLDR knows a territory whose tender it still is.

    Examples
    --------
    >>> currencies("en")["US dollars"], currencies("id")["Tenge Kazakhstan"]
    ('USD', 'KZT')
    """
    from babel.numbers import get_currency_name

    found: dict[str, str] = {}
    for code, name in locale(tag).currencies.items():
        if code in tender() and name != code:
            for surface in (name, *(get_currency_name(code, count, locale(tag)) for count in (1, 2))):
                found.setdefault(surface, code)
    return found
