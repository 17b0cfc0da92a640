"""Words, numbers and periods for people to read, in the language asked for.

The words are data (``languages/<lang>/labels.tsv``), the codes' labels come from the code lists, and number and date
formats, scale words and names of languages from CLDR through Babel.
"""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from energyfacts import codelists
from energyfacts.errors import EnergyFactsError
from energyfacts.languages.pack import FOLDER, TEMPLATE, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from babel import Locale

    from energyfacts.articles import Article

Source: TypeAlias = "str | Article | Iterable[Article]"

# Dimension values that name nothing: unknown, not applicable, total.
NOTHING = frozenset({"", "_U", "_Z", "_T"})
# Digits that a reader can compare at a glance; surfaces with more keep them in the table.
SIGNIFICANT_DIGITS = 4
# Units that carry a scale of their own ("million tonnes"): a scale word before them would be one too many.
SCALED_UNIT = re.compile(r"(?:k|MM?|B|G|T|P|E)[A-Zcstb]|[mb]cm")
MONEY = re.compile(r"[A-Z]{3}(?:/|$)")
PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|S([12])|(\d\d)(?:-(\d\d))?))?")


@cache
def texts(lang: str) -> dict[str, str]:
    """Return a language's labels by key.

    Parameters
    ----------
    lang : str
        BCP 47 tag; of "en-GB" the language "en" is taken.

    Raises
    ------
    EnergyFactsError
        There are no labels in this language.

    Examples
    --------
    >>> texts("id")["status_differs"]
    'berbeda'
    """
    folder = FOLDER / re.split("[-_]", lang)[0].lower()
    rows = read_table(folder / "labels.tsv") if folder.name else []
    if not rows:
        known = sorted(path.parent.name for path in FOLDER.glob("*/labels.tsv") if path.parent.name != TEMPLATE)
        raise EnergyFactsError(f"There are no chart labels in the language {lang!r}; choose one of {', '.join(known)}.")
    return {row["key"]: row["text"] for row in rows}


def text(key: str, lang: str, **parts: str) -> str:
    """Return one label with its parts filled in; an unknown key comes back in plain words.

    Examples
    --------
    >>> text("qualifier_>", "en", value="80%")
    'more than 80%'
    """
    found = texts(lang).get(key)
    return found.format(**parts) if found is not None else key.partition("_")[2].replace("_", " ")


@cache
def locale(lang: str) -> Locale:
    """Return the CLDR data of a language."""
    from babel import Locale

    return Locale.parse(lang.replace("-", "_"))


def language_name(tag: str, lang: str) -> str:
    """Return the name of a language in another.

    Examples
    --------
    >>> language_name("id", "en")
    'Indonesian'
    """
    from babel import UnknownLocaleError

    try:
        return locale(tag).get_display_name(locale(lang)) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def number(value: float, lang: str, digits: int = SIGNIFICANT_DIGITS) -> str:
    """Return a number in a language's own signs, rounded to significant digits (never before the decimal sign).

    Examples
    --------
    >>> number(2.08, "id"), number(9107, "en")
    ('2,08', '9,107')
    """
    from babel.numbers import format_decimal

    places = max(0, digits - 1 - math.floor(math.log10(abs(value)))) if value else 0
    return str(format_decimal(round(value, places), format="#,##0." + "#" * places, locale=locale(lang)))


def exponent(values: Iterable[float], unit: str = "") -> int:
    """Return the power of ten (0, 3, 6, 9 or 12) that makes the largest of some values easy to say.

    Thousands are used from ten thousand on, and nothing with a unit that has a scale of its own (MW, Mt, bcm).

    Examples
    --------
    >>> exponent([60_000, 2_080_000], "bbl/d")
    6
    >>> exponent([9_107], "IDR/USD")
    0
    """
    largest = max((abs(value) for value in values), default=0.0)
    if largest < 1e4 or (SCALED_UNIT.match(unit) and not MONEY.match(unit)):
        return 0
    return next(power for power in (12, 9, 6, 3) if largest >= 10**power)


def scale_word(power: int, lang: str) -> str:
    """Return the CLDR word for a power of ten: "" for 0.

    Examples
    --------
    >>> scale_word(9, "id")
    'miliar'
    """
    if not power:
        return ""
    pattern = locale(lang).compact_decimal_formats["long"]["other"][str(10**power)].pattern
    return str(pattern).replace("0", "").strip()


def unit_name(unit: str, lang: str, power: int = 0) -> str:
    """Return a unit in words, with the scale before it.

    Parameters
    ----------
    unit : str
        Unit code: atoms of ``codelists/units.tsv`` joined by ``/``.
    lang : str
        BCP 47 tag.
    power : int
        Power of ten that the numbers beside it were divided by.

    Examples
    --------
    >>> unit_name("bbl/d", "en", 6)
    'million barrels a day'
    >>> unit_name("USD/bbl", "id")
    'Dolar Amerika Serikat per barel'
    """
    first, *divisors = unit.split("/") if unit not in NOTHING else [""]
    if first in {"count", "1", ""}:
        name = " ".join(codelists.under(atom, re.split("[-_]", lang)[0].lower()) for atom in divisors)
    else:
        name = codelists.label("units", unit, lang)
    return f"{scale_word(power, lang)} {name}".strip()


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, each by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def amount(fact: Mapping[str, Any], lang: str, power: int | None = None, unit: bool = True) -> str:
    """Return what a fact says: value or range, with its qualifier, scale and unit in words.

    Parameters
    ----------
    fact : Mapping
        One row of the facts: ``value``, ``value_low``, ``value_high``, ``unit``, ``qualifier``.
    lang : str
        BCP 47 tag.
    power : int, optional
        Power of ten to divide by; the value's own by default.
    unit : bool
        Whether to name scale and unit.

    Examples
    --------
    >>> fact = dict(value=1.75e6, value_low=1.5e6, value_high=2e6, unit="t", qualifier="~")
    >>> amount(fact, "en")
    'about 1.5 to 2 million tonnes'
    """
    low, high, code = float(fact["value_low"]), float(fact["value_high"]), str(fact["unit"])
    if power is None:
        power = exponent([low, high], code)
    scaled = [number(end / 10**power, lang) for end in (low, high)]
    said = scaled[0] if low == high else text("range", lang, low=scaled[0], high=scaled[1])
    if unit and code == "percent":
        said += str(locale(lang).percent_formats[None].suffix[0])
    elif unit:
        noun = str(fact["counted"]) if fact.get("counted", "_Z") not in NOTHING else ""
        said = " ".join(part for part in (said, scale_word(power, lang), noun, unit_name(code, lang)) if part)
    return said if fact["qualifier"] == "=" else text(f"qualifier_{fact['qualifier']}", lang, value=said)


def about(fact: Mapping[str, Any], lang: str) -> str:
    """Return in few words what a fact is about: flow and product, areas, period.

    Parameters
    ----------
    fact : Mapping
        One row of the facts.
    lang : str
        BCP 47 tag.

    Examples
    --------
    >>> fact = dict(product="oil", flow="production", measure="level", direction="_Z", ref_area="KZ",
    ...             counterpart_area="_Z", time_period="2025", unit="bbl/d", counted="_Z")
    >>> about(fact, "en"), about(fact, "id")
    ('oil production, Kazakhstan, 2025', 'produksi minyak bumi, Kazakhstan, 2025')
    """
    areas = " – ".join(
        area(str(fact[name]), lang) for name in ("ref_area", "counterpart_area") if fact[name] not in NOTHING
    )
    when = period(str(fact["time_period"]), lang) if fact["time_period"] not in NOTHING else ""
    return ", ".join(part for part in (topic(fact, lang), areas, when) if part)


def topic(fact: Mapping[str, Any], lang: str) -> str:
    """Return the flow and product of a fact, as a level, change or share of them."""
    named = {
        name: codelists.label(f"{name}s", str(fact[name]), lang)
        for name in ("product", "flow")
        if fact[name] not in NOTHING
    }
    what = text("about", lang, **named) if len(named) == 2 else "".join(named.values())
    if not what and fact["counted"] not in NOTHING:
        what = str(fact["counted"])
    measure, direction = str(fact["measure"]), str(fact["direction"])
    if measure == "change" and direction not in NOTHING:
        return text(f"direction_{direction}", lang, about=what) if what else text(f"plain_{direction}", lang)
    if not what:
        return text(f"plain_{measure}" if f"plain_{measure}" in texts(lang) else "plain_level", lang)
    return text(f"measure_{measure}", lang, about=what) if measure in {"change", "share"} else what


def area(code: str, lang: str) -> str:
    """Return the name of a country or group."""
    return codelists.label("areas", code, lang)


def span(code: str) -> tuple[date, date] | None:
    """Return the first and last day of an ISO 8601 period, or None where it is unknown.

    Examples
    --------
    >>> span("2025-Q3")
    (datetime.date(2025, 7, 1), datetime.date(2025, 9, 30))
    """
    start, _, end = code.partition("/")
    if end:
        ends = span(start), span(end)
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else None
    match = PERIOD.fullmatch(code)
    if match is None:
        return None
    year, quarter, half, month, day = (int(group) if group else 0 for group in match.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        months = 3 if quarter else 6 if half else 1 if month else 12
        first = quarter * 3 - 2 if quarter else half * 6 - 5 if half else month or 1
        following = first + months
        return date(year, first, 1), date(year + (following > 12), (following - 1) % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None


def period(code: str, lang: str) -> str:
    """Return a period in words; a code that is no ISO 8601 period comes back as it is.

    Examples
    --------
    >>> period("2024-11", "en"), period("2007-01/2007-10", "id")
    ('November 2024', 'Januari–Oktober 2007')
    """
    from babel.dates import format_date, format_interval, format_skeleton

    days = span(code)
    if days is None or len(code) == 4:
        return code
    at = locale(lang)
    if "/" in code:
        skeleton = {4: "y", 7: "yMMMM"}.get(len(code.partition("/")[0]), "yMMMd")
        return str(format_interval(days[0], days[1], skeleton, locale=at))
    if len(code) == 10:
        return str(format_date(days[0], format="medium", locale=at))
    if "S" in code:
        return str(format_interval(days[0], days[1], "yMMM", locale=at))
    return str(format_skeleton("yQQQ" if "Q" in code else "yMMMM", days[0], locale=at))


def source_text(source: Source, lang: str) -> str:
    """Return who published what a chart shows, and when.

    Parameters
    ----------
    source : str, Article or iterable of Article
        A text is taken as it is; of articles, publisher and date are named.
    lang : str
        BCP 47 tag.

    Examples
    --------
    >>> source_text("Reuters, 28 November 2024", "en")
    'Reuters, 28 November 2024'
    """
    if isinstance(source, str):
        return source
    from energyfacts.articles import Article

    articles = [source] if isinstance(source, Article) else list(source)
    dates: dict[str, list[date]] = {}
    for article in articles:
        # One publisher's articles are named together, with the days from the first to the last.
        dates.setdefault(article.publisher or "", []).extend([article.published] if article.published else [])
    named = [", ".join(part for part in (name, days(found, lang)) if part) for name, found in dates.items()]
    return "; ".join(name for name in named if name)


def days(found: list[date], lang: str) -> str:
    """Return the days from the first to the last of some dates in words; "" of none.

    Examples
    --------
    >>> days([date(2025, 5, 23), date(2025, 5, 23)], "id")
    '23 Mei 2025'
    >>> days([date(2025, 5, 23), date(2025, 2, 5)], "en").split()
    ['Feb', '5', '–', 'May', '23,', '2025']
    """
    from babel.dates import format_interval

    if len(set(found)) < 2:
        return period(str(found[0])[:10], lang) if found else ""
    return str(format_interval(min(found), max(found), "yMMMd", locale=locale(lang)))


def byline(article: Article, lang: str) -> str:
    """Return an article's publisher and date, as far as they are known."""
    published = period(str(article.published)[:10], lang) if article.published else ""
    return ", ".join(part for part in (article.publisher, published) if part)
