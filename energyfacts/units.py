"""Units: from their surface in a text to a code, and what kind of thing a code measures.

A code is one or more atoms of ``codelists/units.tsv`` or ISO 4217 currencies, joined by ``/``.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from energyfacts import codelists
from energyfacts.languages.phrases import Match, Phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from energyfacts.languages import Pack
    from energyfacts.text import Text


class Surface(NamedTuple):
    """What a unit's surface says: the code, and a factor of the value where the surface holds a scale ("mb/d")."""

    unit: str
    factor: float = 1.0


def surface(cell: str) -> Surface:
    """Read a cell of a pack's ``units.tsv``: a code, or a factor and a code.

    Examples
    --------
    >>> surface("1e6 bbl/d")
    Surface(unit='bbl/d', factor=1000000.0)
    """
    factor, _, code = cell.rpartition(" ")
    return Surface(code, float(factor) if factor else 1.0)


# Where a surface may stand: see the head of a pack's units.tsv.
PLACES = ("", "after sign", "before", "before, attached", "attached", "rate", "rate word", "rate before", "of goods")
DURATIONS = (("time",), ("calendar",))
# How many words may stand between a unit and its rate: "tons of [coal] a year".
RATE_GAP = 4
# How far before a figure a word may say what it is per.
RATE_BEFORE = 48
# … and what it is a rate of is among so many words behind that: "an annual crude oil capacity".
LONGEST_NAME = 3
WORD = re.compile(r"[^\W\d_]+|[;.](?=\s)")
CLAUSE_ENDS = frozenset(";.")
GAPS = (" ", "-")
GAP_WORD = re.compile(r" ([^\W\d_]+)")
# Of these kinds a rate may be said after other words, for a stock of them seldom is: "tonnes of coal a year".
STOCK_KINDS = frozenset({"mass", "volume", "area", "energy", "oil_equivalent", "co2_mass", "co2e_mass"})


class UnitReader:
    """The units of one language: what stands after a figure, and the money before it.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        places: dict[str, list[tuple[str, Surface]]] = {place: [] for place in PLACES}
        for row in pack.rows("units"):
            places[row["place"]].append((row["surface"], surface(row["unit"])))
        self.after = Phrases(places[""])
        self.attached = Phrases(places["attached"], exact=True)
        # Of a capital glued to the digits only the letter as written is a unit: 60W, but not 5M.
        letters = [row for row in places[""] + places["attached"] if len(row[0]) == 1]
        self.letters = Phrases(letters, exact=True)
        self.countries = Phrases(places["after sign"])
        self.money = Phrases(places["before"] + places["before, attached"])
        self.attached_money = Phrases(places["before, attached"])
        self.rates = Phrases(
            places["rate"] + [row for row in places[""] if "/" not in row[1].unit and row[1].factor == 1]
        )
        self.rate_words = Phrases(places["rate word"])
        self.not_rate = pack.role("not rate")
        self.periodic = {row["surface"]: row["unit"] for row in pack.rows("units") if row["place"] == "rate before"}
        self.amounts, self.ends_phrase = pack.words("amount"), pack.ends_phrase
        bare = pack.words("hundredth")
        self.hundredths = {row["surface"]: row["unit"] for row in pack.rows("units") if row["surface"] in bare}
        self.clause_stops = pack.words("joint")
        self.ands = pack.words("and")
        self.partitive = pack.role("of")
        self.per = pack.role("per")
        self.per_article = pack.role("per article")
        self.against = pack.role("against")
        links = (self.per, self.per_article, self.against, self.rate_words)
        self.rate_beginnings = frozenset(first for phrases in links for first in phrases.by_first)
        self.stops = pack.words("stop") - pack.words("of")
        self.has_catalogue = pack.settings["units"]["catalogue"]

    @cached_property
    def catalogue(self) -> Phrases[Surface]:
        """The units that only quantulum3's catalogue knows, by their exact names and surfaces."""
        from energyfacts import catalogue

        return catalogue.surfaces()

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What a unit behind a figure may begin with; most words begin none."""
        tables = (self.attached, self.after, *([self.catalogue] if self.has_catalogue else []))
        return frozenset(first for phrases in tables for first in phrases.by_first)

    def before(self, text: Text, start: int, floor: int = 0) -> Match[Surface] | None:
        """Return the money sign, code or name that ends where a figure starts, up to one space away."""
        folded = text.folded
        position = start
        while position > floor and start - position < 2 and folded[position - 1] in " -":
            position -= 1
        if position <= floor:
            return None
        found = self.money.before(text, position, floor)
        if found is None or (found.start and folded[found.start - 1].isalpha() and folded[found.start].isalpha()):
            return None
        return None if position < start and self.attached_money.before(text, position, floor) == found else found

    def after_sign(self, text: Text, end: int, unit: str) -> Match[Surface] | None:
        """Return the country that follows a figure with a money sign and ends its phrase ("$75 U.S.")."""
        found = self.countries.at(text, end + 1) if text.folded.startswith(" ", end) else None
        if found is None:
            return None
        goes_on = GAP_WORD.match(text.folded, found.end)
        if goes_on and goes_on[1] not in self.stops and self.rate_at(text, found.end, unit) is None:
            return None
        return found

    def at(self, text: Text, end: int) -> Match[Surface] | None:
        """Return the unit that follows a figure, with its rate ("barrels of oil a day"), or None."""
        folded = text.folded
        if end >= len(folded):
            return None
        glued = folded[end] not in " -"
        position = end if glued else end + 1
        if text.tokens_at[position] not in self.beginnings:
            return None
        found = (glued and self.attached.at(text, end)) or self.after.at(text, position)
        if found is None and self.has_catalogue:
            found = self.catalogue.at(text, position)
        if found is None or (is_money(found.value.unit) and folded[found.end : found.end + 1].isdigit()):
            return None
        if glued and found.end == end + 1 and text.original[end].isupper() and self.letters.at(text, end) is None:
            return None
        return self.with_rate(text, Match(end, found.end, found.value))

    def of_one(self, text: Text, end: int) -> Match[Surface] | None:
        """Return the unit that a fraction is a part of: "half a barrel", "a quarter of a percentage point"."""
        of = self.partitive.at(text, end + 1)
        article = self.per_article.at(text, (end if of is None else of.end) + 1)
        return None if article is None else self.at(text, article.end)

    def with_rate(self, text: Text, unit: Match[Surface]) -> Match[Surface]:
        """Return a unit together with what it is per, where that follows."""
        code, factor = unit.value
        rate = self.rate_at(text, unit.end, code)
        if rate is not None and code.endswith(f"/{rate.value.unit}"):
            return Match(unit.start, rate.end, unit.value)
        if rate is None and is_stock(code):
            rate = self.distant_rate(text, unit)
        if rate is None:
            return unit
        return Match(unit.start, rate.end, Surface(f"{code}/{rate.value.unit}", factor / rate.value.factor))

    def rate_at(self, text: Text, end: int, unit: str) -> Match[Surface] | None:
        """Return what a unit is per: "a day", "per barrel", "/kg", "daily"; for money also "against the dollar".

        Its factor is how many there are of the unit below: "per 1,000 cubic metres".
        """
        folded = text.folded
        position = end + 1 if folded[end : end + 1] in GAPS else end
        if text.tokens_at[position] not in self.rate_beginnings:
            return None
        per = self.per.at(text, position)
        link = per or (self.per_article.at(text, position) if position > end else None)
        if link is None and is_money(unit):
            link = self.against.at(text, position)
        if link is not None:
            below = self.below(text, link.end)
        else:
            below = self.rate_words.at(text, position) if position > end else None
        if below is None or not self.may_divide(unit, below.value.unit, per is not None):
            return None
        if per is None and kind(below.value.unit) in DURATIONS and self.not_rate.at(text, below.end + 1):
            return None
        return Match(end, below.end, below.value)

    def below(self, text: Text, position: int) -> Match[Surface] | None:
        """Return the unit behind the word for "per"."""
        while text.folded.startswith((" ", "-"), position):
            position += 1
        return self.rates.at(text, position)

    def against_at(self, text: Text, end: int) -> Match[Surface] | None:
        """Return the currency that a bare number is said against: "16,000 to the dollar"."""
        link = self.against.at(text, end + 1) if text.folded.startswith(" ", end) else None
        found = None if link is None else self.below(text, link.end)
        return found if found is not None and is_money(found.value.unit) else None

    @staticmethod
    def may_divide(unit: str, below: str, said: bool) -> bool:
        """Return whether a unit can be per another; of its own kind only money can, or where "per" is ``said``."""
        if "/" in unit and kind(unit)[-1:] in DURATIONS and kind(below) in DURATIONS:
            return False  # "400,000 barrels a day each month"
        if kind(unit) != kind(below):
            return True
        return unit != below and (is_money(unit) if is_money(below) else said and kind(below) not in DURATIONS)

    def distant_rate(self, text: Text, unit: Match[Surface]) -> Match[Surface] | None:
        """Return a rate said after the name of a thing in stock: "tonnes of coal a year", "barel gas per hari"."""
        position = unit.end
        # "Barrels of crude and condensate a day": one "and" may stand behind the name of the thing.
        may_join = " " in text.folded[unit.start : unit.end].strip()
        for _ in range(RATE_GAP):
            word = GAP_WORD.match(text.folded, position)
            if word is None or (word[1] in self.stops and not (may_join and word[1] in self.ands)):
                return None
            may_join = word[1] not in self.ands
            position = word.end()
            if not may_join:
                continue  # "rice and a year of aid"
            rate = self.rate_at(text, position, unit.value.unit)
            if rate is not None:
                return rate if kind(rate.value.unit) in DURATIONS else None
        return None

    def rate_before(self, text: Text, start: int, unit: str) -> str:
        """Return what a unit is per where a word before the figure says it ("a daily production of"), or ""."""
        if self.periodic.keys().isdisjoint(text.vocabulary) or not is_stock(unit):
            return ""
        for word in reversed(list(WORD.finditer(text.folded, text.line_start(start, RATE_BEFORE), start))):
            if word[0] in self.periodic:
                named = WORD.findall(text.folded[word.end() : start].partition(",")[0])[:LONGEST_NAME]
                amount = next((each for each in named if each in self.amounts or self.ends_phrase(each)), "")
                return self.periodic[word[0]] if amount in self.amounts else ""
            if word[0] in self.clause_stops or word[0] in CLAUSE_ENDS:
                return ""
        return ""


@cache
def is_money(unit: str) -> bool:
    """Return whether a code is money: an ISO 4217 currency or its hundredth."""
    return atom(unit)[0].startswith("money:")


@cache
def is_stock(unit: str) -> bool:
    """Return whether a code is of a thing in stock ("t", "bbl"), whose rate may be said after other words."""
    return "/" not in unit and not STOCK_KINDS.isdisjoint(kind(unit))


@cache
def atom(code: str) -> tuple[str, str]:
    """Return the kind of an atom and its pint unit, or a kind of its own where it is not listed."""
    listed = listed_atoms().get(code)
    if listed is not None:
        return listed
    currency = len(code) == 3 and code.isalpha() and code.isupper()
    return (f"money:{code}" if currency else f"unit:{code}"), ""


@cache
def listed_atoms() -> dict[str, tuple[str, str]]:
    """Return the kind and the pint definition of each listed atom."""
    return {row["code"]: (row["kind"], row["pint"]) for row in codelists.rows("units") if "kind" in row}


@cache
def hundredths() -> dict[str, str]:
    """Return the codes of the currencies that are counted in hundredths too, each with that of its hundredth.

    Examples
    --------
    >>> hundredths()["USD"]
    'USD_cent'
    """
    rows = (row for row in codelists.rows("units") if row.get("kind", "").startswith("money:"))
    return {row["kind"].removeprefix("money:"): row["code"] for row in rows}


@cache
def kind(unit: str) -> tuple[str, ...]:
    """Return what a unit measures: the kind of each of its atoms, the first above the others.

    Parameters
    ----------
    unit : str
        A unit code. Units of one kind convert into one another.

    Examples
    --------
    >>> kind("bbl/d"), kind("kl/hour"), kind("USD")
    (('volume', 'time'), ('volume', 'time'), ('money:USD',))
    """
    return tuple(atom(code)[0] for code in unit.split("/"))


def offer_to_quantulum3(add: Callable[..., None] | None = None) -> int:
    """Teach quantulum3's own parser this package's energy units, by its custom-unit API.

    Parameters
    ----------
    add : callable, optional
        ``quantulum3.load.add_custom_unit`` unless given.

    Returns
    -------
    int
        How many units were added.

    Examples
    --------
    >>> offer_to_quantulum3() > 0
    True
    """
    from energyfacts import catalogue

    return catalogue.offer(add)
