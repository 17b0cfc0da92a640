"""How a language writes dates and stretches of time: one regular expression a kind, made from its pack and CLDR."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from energyfacts.languages import cldr
from energyfacts.languages.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from energyfacts.languages.pack import Pack

CENTURY = "(?:19|20)"
YEAR = rf"{CENTURY}\d\d"
NEVER = "(?!)"
# A number begins here: no part of a longer one, of an amount of money or of a code.
BEGIN = r"(?<![\w$€£¥₹/])(?<![$€£¥₹] )(?<!\d[.,–-])"
# A number ends here: no decimals, letters or percent sign behind it.
END = r"(?![\w%‰]|[.,]\d)"
# A year that stands alone carries no unit either ("2000-megawatt").
ALONE = r"(?![\w%‰]|[.,]\d|[-–—]\w)"
DASH = "[-–—]"
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# In this order they are tried where several begin at one place: the longer before its own beginning.
KINDS = (
    "reference",
    "clock",
    "numeric",
    "day",
    "month_day",
    "years",
    "decade",
    "quarter",
    "half",
    "months",
    "month",
    "same",
    "ago",
    "year",
    "relative",
    "weekday",
)
PLAIN_YEAR = "plain_year"
# The same for what begins with a digit, by the groups of `digit_pattern`.
KINDS_AT = {
    "yearly": ("numeric", "years", "decade", "quarter", "half", "year"),
    "numeral": ("clock", "numeric", "day", "month_day", "decade", "quarter", "half", "months", "month", "ago", "year"),
}


@dataclass(slots=True, eq=False)
class CalendarWords:
    """The words of a language for the calendar, and the expressions made from them.

    Attributes
    ----------
    values : dict
        Role to surface, in lower case, to value ("" where the role needs none).
    months, weekdays, numbers : dict of str to int
        Surface, in lower case, to number.
    careful : frozenset of str
        Month surfaces that are read only beside a number or a cue.
    kinds : dict of str to re.Pattern
        The expression of each kind, with named groups.
    digits : re.Pattern
        What a mention that begins with a digit looks like; the name of the group says its kinds, by `KINDS_AT`.
    leads : Phrases
        What a mention may begin with, each with the kinds it may be of.
    comparisons : Phrases
        What stands before a year that something is only compared with, with "month" where also before a month.
    cue, month_cue, month_behind : re.Pattern
        What stands before a month; the same, where a number behind the month is no day; a month after a dash or "and".
    day_first : bool
        Whether the numbers of a date are known to begin with the day.
    """

    values: dict[str, dict[str, str]]
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    careful: frozenset[str]
    kinds: dict[str, re.Pattern[str]]
    digits: re.Pattern[str]
    leads: Phrases[tuple[str, ...]]
    comparisons: Phrases[str]
    cue: re.Pattern[str]
    month_cue: re.Pattern[str]
    month_behind: re.Pattern[str]
    day_first: bool

    def offset(self, role: str, surface: str) -> int:
        """Return the number that a role gives a surface."""
        return int(self.values[role][surface])


def choice(surfaces: Iterable[str]) -> str:
    """Return an expression for one of several surfaces, the longest first; of none, one that never matches."""
    ordered = sorted({surface.lower() for surface in surfaces}, key=lambda surface: (-len(surface), surface))
    return f"(?:{'|'.join(re.escape(surface) for surface in ordered)})" if ordered else NEVER


def calendar_words(pack: Pack) -> CalendarWords:
    """Return a pack's words for the calendar with their expressions: ``pack.compiled(calendar_words, pack)``."""
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for row in pack.rows("periods"):
        values[row["role"]][row["surface"].lower()] = row["value"]
    months = {name.lower(): number for name, number in cldr.months(pack.tag).items()}
    wide = {name.lower() for name in cldr.months(pack.tag, abbreviated=False)}
    months |= {name: int(value) for name, value in values["month"].items()}
    names = cldr.weekdays(pack.tag, abbreviated=False)
    weekdays = {name.lower(): number for name, number in names.items()}
    weekdays |= {name: int(value) for name, value in values["weekday"].items()}
    rows = pack.rows("numbers")
    numbers = {row["surface"].lower(): int(row["value"]) for row in rows if row["role"] in ("unit", "teen")}
    month = choice(months)
    cue = rf"(?:(?<!\w){choice([*values['cue'], *values['month cue']])}|{month})[ –-]{{1,3}}$"
    patterns = kind_patterns(values, month, choice(weekdays), choice(numbers))
    surfaces: dict[str, Iterable[str]] = {**values, "month name": months, "weekday name": weekdays, "number": numbers}
    return CalendarWords(
        values=values,
        months=months,
        weekdays=weekdays,
        numbers=numbers,
        careful=frozenset(months) - wide | frozenset(values["careful"]),
        kinds={kind: re.compile(pattern) for kind, pattern in patterns.items()},
        digits=digit_pattern(values, month),
        leads=leads(surfaces),
        comparisons=Phrases(values["compared year"].items()),
        cue=re.compile(cue),
        month_cue=re.compile(rf"(?<!\w){choice(values['month cue'])} $"),
        month_behind=re.compile(rf"\.? ?(?:{DASH}|{choice([*values['range'], *values['range and']])}) ?{month}\b"),
        day_first="dmy" in values["order"],
    )


def digit_pattern(values: dict[str, dict[str, str]], month: str) -> re.Pattern[str]:
    """Return a quick expression for what a mention that begins with a digit looks like.

    Most numbers are none, so this tells it by a character or two, and finds a little too much, which the expressions
    of the kinds leave out again.
    """
    say: dict[str, str] = defaultdict(lambda: NEVER)
    say |= {role: choice(surfaces) for role, surfaces in values.items()}
    suffix, after = f"(?:{say['day after']})?", say["clock after"]
    letter_forms = [row for kind in ("quarter", "half") for row, value in values[kind].items() if value == "letter"]
    digits = [
        rf"\d\d?(?::\d\d|/\d|-\d\d?-\d|\.\d\d?\.{YEAR}|(?:\.\d\d[^a-z]{{0,8}})? ?{after})",
        rf"\d\d?{suffix}(?: ?{DASH} ?\d\d?{suffix})?(?:[ -]| {say['of']} ){month}\b",
        rf"[1-4]{choice(letter_forms)}(?![a-z])",
        rf"\d\d?[ -](?:(?:{say['months']}|{say['months to']}) |{say['years shifted']}|{say['years ago']})",
        rf"\d0{say['decade after']}\b",
        rf"\d{suffix}[ -](?:{say['months']}|{say['quarter']}|{say['half']}|\d)",
        r"(?<=')\d\d\b",
    ]
    # A year with nothing behind it that could belong to it: no sign, and no word that names a part of a year.
    parts = [surface for role in ("quarter", "half", "months", "ordinal", "decade after") for surface in values[role]]
    apart = rf"(?=[.,;:)]?(?:$|\s(?! ?[\d–—/-])(?!{choice(parts)})))"
    return re.compile(
        rf"\b(?:(?P<{PLAIN_YEAR}>{BEGIN}{YEAR}{apart})|(?P<yearly>{YEAR}(?!\d))|(?P<numeral>{'|'.join(digits)}))"
    )


# The roles of the words that each kind may begin with, besides digits. The article before an ordinal or a decade is
# too frequent a word to be looked for; the readers add it.
BEGINNINGS = {
    "reference": ("reference",),
    "clock": ("clock before",),
    "day": ("up to", "number", "months to", "day before"),
    "month_day": ("up to", "number", "months to", "month name"),
    "years": ("year before",),
    "quarter": ("up to", "relative year", "shifted year", "ordinal", "quarter"),
    "half": ("up to", "relative year", "shifted year", "ordinal", "half"),
    "months": ("ordinal", "number"),
    "month": ("up to", "number", "months to", "past before", "coming before", "month name"),
    "same": ("same period",),
    "ago": ("number",),
    "year": ("year before", "year glued"),
    "relative": (*(f"relative {unit}" for unit in ("year", "quarter", "month", "week", "day")), "shifted year"),
    "weekday": ("past before", "coming before", "weekday name"),
}


def leads(surfaces: dict[str, Iterable[str]]) -> Phrases[tuple[str, ...]]:
    """Return the surfaces that a mention may begin with, each with the kinds that may begin so."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind in KINDS:
        roles = BEGINNINGS.get(kind, ())
        for surface in {
            surface.lower() for role in roles for surface in surfaces.get(role, ()) if surface[0].isalpha()
        }:
            found[surface].append(kind)
    return Phrases((surface, tuple(kinds)) for surface, kinds in found.items())


def kind_patterns(values: dict[str, dict[str, str]], month: str, weekday: str, number: str) -> dict[str, str]:
    """Return the expression of each kind, with named groups."""
    say: dict[str, str] = defaultdict(lambda: NEVER)
    say |= {role: choice(surfaces) for role, surfaces in values.items()}
    patterns = written_days(say, month)
    patterns |= parts_of_years(values, say, number, tail_pattern(say))
    patterns |= whole_years(say)
    until = rf"(?:(?:(?P<up_to>{say['up to']})|(?:(?P<count>{number}|\d{{1,2}})[ -])?(?P<months_to>{say['months to']}))"
    until += rf"(?: {say['edge']})? )?"
    before = rf"(?:(?:(?P<past_before>{say['past before']})|(?P<coming_before>{say['coming before']})) )?"
    after = rf"(?: (?:(?P<past_after>{say['past after']})|(?P<coming_after>{say['coming after']}))\b)?"
    tail = tail_pattern(say)
    patterns["day"] = until + patterns["day"] + tail
    for part in ("quarter", "half"):
        patterns[part] = rf"(?:(?P<up_to>{say['up to']})(?: {say['edge']})? )?{patterns[part]}"
    patterns["month_day"] = until + patterns["month_day"] + tail
    patterns["month"] = rf"{until}{before}(?P<month>{month})\b\.?(?:{tail}(?<!\.)|{after})"
    patterns["weekday"] = rf"{before}(?P<weekday>{weekday})\b{after}"
    relative = [rf"(?P<{unit}>{say[f'relative {unit}']})" for unit in ("year", "quarter", "month", "week", "day")]
    relative.append(rf"(?P<shifted>{say['shifted year']})")
    patterns["relative"] = rf"(?:{'|'.join(relative)})(?!\w)"
    patterns["same"] = rf"(?P<same>{say['same period']})(?!\w){tail}"
    patterns["ago"] = (
        rf"(?P<count>{number}|\d{{1,2}}) (?:(?P<shifted>{say['years shifted']})|(?P<ago>{say['years ago']}))(?!\w)"
    )
    return patterns


def year_pattern(say: dict[str, str]) -> str:
    """Return the expression for the year that a part of a year belongs to."""
    stated = rf"(?:{say['year before']} )?(?P<year_stated>{YEAR}){END}|'(?P<year_short>\d\d)(?![\w'%])"
    fiscal = rf"{say['year glued']} ?'?(?P<year_glued>\d\d(?:\d\d)?){END}"
    relative = rf"(?:(?P<year_relative>{say['relative year']})|(?P<year_shifted>{say['shifted year']}))(?!\w)"
    return f"(?:{stated}|{fiscal}|{relative})"


def tail_pattern(say: dict[str, str]) -> str:
    """Return the expression for "of 2007", " tahun lalu", "/2025", or nothing."""
    return rf"(?: ?[,/(–-]? ?(?:{say['of']} )?{year_pattern(say)})?"


def written_days(say: dict[str, str], month: str) -> dict[str, str]:
    """Return the expressions of clock times, dates in numbers and dates with the month in words, without their year."""
    before, after = say["clock before"], say["clock after"]
    minutes = r"(?P<hour>[01]?\d|2[0-4])(?P<sign>[:.])(?P<minute>[0-5]\d)(?:[:.][0-5]\d)?"
    until = rf"(?: ?{DASH} ?\d\d?[:.]\d\d)?"
    with_minutes = rf"(?:(?P<before>{before}) )?{minutes}{until}(?: ?(?P<after>{after}))?(?![\w%]|[.,:]\d)"
    whole = rf"(?P<hour_after>\d\d?) ?(?P<only_after>{after})(?!\w)|{before} (?P<hour_before>\d\d?)(?![\w.,:%]\d|\w|%)"
    suffix = rf"(?:{say['day after']})?"
    day = rf"(?P<day>\d\d?){suffix}(?: ?{DASH} ?(?P<last_day>\d\d?){suffix})?"
    month_word = rf"(?P<month>{month})\b\.?"
    numbers = rf"(?P<first>\d\d?)(?P<sign>[/.-])(?P<second>\d\d?)(?:(?P<sign_again>[/.-])(?P<year_digits>{YEAR}|\d\d))?"
    return {
        "clock": rf"{BEGIN}(?:{with_minutes}|{whole})",
        "numeric": rf"{BEGIN}(?:(?P<iso>{YEAR}-\d\d-\d\d)(?!\d)|{numbers}(?![\w%/]|[.,-]\d))",
        "day": rf"(?:{say['day before']} )?{BEGIN}{day}(?:[ -]| {say['of']} ){month_word}",
        "month_day": rf"{month_word} {day}(?![\w%]|[.,:]\d)",
    }


def parts_of_years(values: dict[str, dict[str, str]], say: dict[str, str], number: str, tail: str) -> dict[str, str]:
    """Return the expressions of quarters, halves and so many months at the beginning or end of a year."""
    ordinal = say["ordinal"]
    relative = rf"{say['relative year']}|{say['shifted year']}"
    # "2007's first quarter", "2025-Q3", "this year's second half"
    lead = rf"(?:{BEGIN}(?P<lead_stated>{YEAR})(?:'s)?[ -]?|(?P<lead_relative>{relative})'s )?"
    found = {}
    for kind, most in (("quarter", 4), ("half", 2)):
        nouns = choice(noun for noun, value in values[kind].items() if value != "letter")
        numbered = choice(noun for noun, value in values[kind].items() if value == "numbered")
        letter = choice(noun for noun, value in values[kind].items() if value == "letter")
        named = rf"(?:{say['ordinal before']} ?)?(?P<number>{ordinal}|i{{1,3}}|iv|[1-{most}])"
        named += rf"(?:{DASH}(?P<number_to>i{{1,3}}|iv|[1-{most}]))?"
        forms = [
            rf"{letter}(?P<after_letter>[1-{most}])",
            rf"{BEGIN}(?P<before_letter>[1-{most}]){letter}(?: ?(?P<glued>{YEAR}|(?<! )\d\d))?",
            rf"(?P<before_noun>{ordinal})[ -]{nouns}",
            rf"{numbered} {named}",
            rf"{nouns} (?P<after_noun>{ordinal})",
        ]
        found[kind] = rf"{lead}(?:{'|'.join(forms)}){END}{tail}"
    count = rf"{number}|\d\d?"
    first = rf"(?P<ordinal>{ordinal})[ -](?P<count>{count})[ -](?P<noun>{say['months']})"
    last = rf"{BEGIN}(?P<count_before>{count})[ -](?P<noun_before>{say['months']}) (?P<ordinal_after>{ordinal})"
    found["months"] = rf"(?:{first}|{last})(?!\w){tail}"
    return found


def whole_years(say: dict[str, str]) -> dict[str, str]:
    """Return the expressions of years, pairs of years, decades and the numbers of documents with a year in them."""
    before = rf"(?:{say['year before']}[ -])?"
    glued = rf"{say['year glued']} ?'?(?P<glued>\d\d(?:\d\d)?){ALONE}"
    code = r"\d{1,4}(?:[/.-]\w{1,8}){0,4}?"
    return {
        "reference": rf"{say['reference']} ?{code}(?:/| {say['reference year']} ){YEAR}(?!\w)",
        "years": rf"{before}{BEGIN}(?P<first>{YEAR})(?: {DASH} |{DASH}|/)(?P<last>{YEAR}|\d\d)(?![\w%]|[.,/-]\d)",
        "decade": rf"(?:{BEGIN}(?P<decade>{CENTURY}\d0)|(?P<short>\d0)){say['decade after']}(?!\w)",
        "year": rf"{before}{BEGIN}(?P<year>{YEAR}){ALONE}|{glued}|(?<=[ (]')(?P<short>\d\d)(?![\w'%]|[.,]\d)",
    }
