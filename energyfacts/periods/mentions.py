"""What a text says of the calendar, place by place, before it is known which year "last year" or "in August" means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from energyfacts.periods.calendar import HALF, QUARTER, full_year, make_day
from energyfacts.periods.patterns import ROMAN, CalendarWords

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection

    from energyfacts.text import Text

Groups = dict[str, str | None]
# How far before a month a word can stand that shows it to be one.
NEAR = 24
YEAR_DIGITS = 2


@dataclass(slots=True)
class Mention:
    """One expression of a date or a stretch of time, as written.

    Attributes
    ----------
    start, end : int
        Characters.
    kind : str
        ``year``, ``quarter``, ``half``, ``month``, ``day``, ``clock``, ``decade``, ``span``, ``relative`` or
        ``reference``.
    grain : str
        What it is counted in; "" for a part of a year that another mention names ("the same period").
    year, last_year : int or None
        The year it states; of several years, the last.
    offset : int or None
        How many ``grain``s, or years where it is a part of a year, after the article's date.
    shift : int or None
        How many years after the period named before.
    first, last : int
        Its months.
    day, last_day : int
        Its days; 0 for none.
    weekday : int or None
        0 is Monday.
    back : int
        How many months it goes back from its last month; 0 for none.
    from_january : bool
        Whether it begins with its year.
    direction : int
        -1 where it must lie before the article's date, 1 after it.
    fixed : str
        Its ISO name where that is all there is to say.
    """

    start: int
    end: int
    kind: str
    grain: str = ""
    year: int | None = None
    last_year: int | None = None
    offset: int | None = None
    shift: int | None = None
    first: int = 0
    last: int = 0
    day: int = 0
    last_day: int = 0
    weekday: int | None = None
    back: int = 0
    from_january: bool = False
    direction: int = 0
    fixed: str = ""


def begin(match: re.Match[str], kind: str, grain: str = "") -> Mention:
    """Return a mention of the characters of a match."""
    return Mention(match.start(), match.end(), kind, grain)


def with_article(mention: Mention, text: Text, articles: Collection[str]) -> Mention:
    """Give a mention the article before it ("the first quarter"), and return it."""
    article = text.tokens_before[mention.start - 1]
    if article in articles and text.folded[mention.start - 1] == " ":
        mention.start -= len(article) + 1
    return mention


def take_year(mention: Mention, groups: Groups, words: CalendarWords) -> Mention:
    """Give a mention the year that its match states, before or behind it."""
    stated = next((groups[name] for name in STATED if groups.get(name)), None)
    relative = groups.get("year_relative")
    shifted = groups.get("year_shifted")
    lead = groups.get("lead_relative")
    if lead:
        relative, shifted = (lead, None) if lead in words.values["relative year"] else (None, lead)
    if stated:
        mention.year = full_year(stated)
    elif relative:
        mention.offset = words.offset("relative year", relative)
    elif shifted:
        mention.shift = words.offset("shifted year", shifted)
    return mention


STATED = ("year_stated", "year_short", "year_glued", "lead_stated", "glued")


def take_limits(mention: Mention, groups: Groups, words: CalendarWords) -> Mention:
    """Give a month or day the stretch that ends with it ("up to May"), and where it lies ("next May")."""
    if groups.get("up_to"):
        mention.kind, mention.from_january = "span", True
    elif ending := groups.get("months_to"):
        written = words.values["months to"][ending] or groups.get("count")
        if written:
            mention.kind, mention.back = "span", number_of(written, words)
        else:
            # "... months to June" without a number is only the month.
            mention.start = mention.end
    elif groups.get("past_before") or groups.get("past_after"):
        mention.direction = -1
    elif groups.get("coming_before") or groups.get("coming_after"):
        mention.direction = 1
    return mention


def number_of(surface: str, words: CalendarWords) -> int:
    """Return the value of digits, a number word, an ordinal or a Roman numeral."""
    if surface.isdigit():
        return int(surface)
    if surface in words.numbers:
        return words.numbers[surface]
    return ROMAN.get(surface) or words.offset("ordinal", surface)


def read_clock(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return a time of day; with a point between its numbers only beside a word for clocks."""
    groups = match.groupdict()
    after = groups["after"] or groups["only_after"]
    if groups["sign"] == "." and not (after or groups["before"]):
        return None
    hour = int(groups["hour"] or groups["hour_after"] or groups["hour_before"])
    noon = words.values["clock after"].get(after or "", "")
    if noon:
        hour = hour % 12 + int(noon)
    mention = begin(match, "clock")
    mention.fixed = f"T{hour:02}:{groups['minute'] or '00'}"
    return mention if hour <= 24 else None


def read_numeric(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return a date written in numbers."""
    mention = begin(match, "day", "day")
    if iso := match["iso"]:
        year, month, day = (int(part) for part in iso.split("-"))
        return with_day(mention, year, month, day)
    first, second = int(match["first"]), int(match["second"])
    if match["year_digits"] is None:
        if match["sign"] != "/" or not is_day_and_month(match, text, words):
            return None
        return with_day(mention, None, second, first) or (
            None if words.day_first else with_day(mention, None, first, second)
        )
    if match["sign_again"] != match["sign"] or (len(match["year_digits"]) == YEAR_DIGITS and match["sign"] != "/"):
        return None
    year = full_year(match["year_digits"])
    if words.day_first:
        return with_day(mention, year, second, first)
    by_day, by_month = (make_day(year, second, first), make_day(year, first, second))
    if by_day and by_month and by_day != by_month:
        # Day or month first: nobody can tell.
        mention.grain = "unclear"
        return mention
    return with_day(mention, year, second, first) or with_day(mention, year, first, second)


def is_day_and_month(match: re.Match[str], text: Text, words: CalendarWords) -> bool:
    """Return whether two numbers with a stroke are a date, no fraction: bracketed, after a weekday, or "27/11"."""
    before = text.folded[max(0, match.start() - NEAR) : match.start()]
    behind = text.folded[match.end() : match.end() + 1]
    leads = (*words.weekdays, *words.values["day before"])
    if before.rstrip(" (,").endswith(leads):
        return True
    if before.endswith("(") and behind == ")":
        return True
    return len(match["second"]) == YEAR_DIGITS and int(match["first"]) > 12 >= int(match["second"])


def with_day(mention: Mention, year: int | None, month: int, day: int) -> Mention | None:
    """Return a mention of a day, or None where there is no such day; without a year any leap day is one."""
    if make_day(year or 2000, month, day) is None:
        return None
    mention.year, mention.first, mention.last, mention.day, mention.last_day = year, month, month, day, day
    return mention


def read_day(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return a day with its month in words."""
    groups = match.groupdict()
    if not text.original[match.start("month")].isupper():
        return None
    if words.month_cue.search(text.folded[max(0, match.start("month") - NEAR) : match.start("month")]):
        # "in May 20 ships": the number counts something.
        return None
    mention = with_day(begin(match, "day", "day"), None, words.months[groups["month"] or ""], int(groups["day"] or 0))
    if mention is None:
        return None
    if groups["last_day"]:
        mention.last_day = int(groups["last_day"])
        if mention.last_day <= mention.day or not make_day(2000, mention.last, mention.last_day):
            return None
    mention = take_limits(take_year(mention, groups, words), groups, words)
    if mention.year and not make_day(mention.year, mention.last, mention.last_day):
        return None
    if text.folded[mention.end - 1] == ".":
        # The full stop of an abbreviation, or of the sentence.
        mention.end -= 1
    return mention if mention.start < mention.end else None


def read_month(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return a month."""
    groups = match.groupdict()
    name = groups["month"] or ""
    if not text.original[match.start("month")].isupper():
        return None
    mention = begin(match, "month", "month")
    mention.first = mention.last = words.months[name]
    mention = take_limits(take_year(mention, groups, words), groups, words)
    if mention.start == mention.end:
        return None
    if mention.year is None and text.folded[mention.end - 1] == ".":
        mention.end -= 1
    is_beside = mention.year or mention.offset is not None or mention.kind == "span"
    return mention if name not in words.careful or is_beside or has_cue(match, text, words) else None


def has_cue(match: re.Match[str], text: Text, words: CalendarWords) -> bool:
    """Return whether a word beside a month shows that it is one."""
    start, end = match.span("month")
    before = text.folded[max(0, start - NEAR) : start]
    return words.cue.search(before) is not None or words.month_behind.match(text.folded, end) is not None


def read_years(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return two years, or the year and month of "2024-11"."""
    first, digits = int(match["first"]), match["last"]
    if len(digits) == YEAR_DIGITS:
        last = first // 100 * 100 + int(digits)
        if "/" not in match[0] and 1 <= int(digits) <= 12 and last != first + 1:
            mention = begin(match, "month", "month")
            mention.year, mention.first, mention.last = first, int(digits), int(digits)
            return mention
    else:
        last = int(digits)
    mention = begin(match, "span", "year")
    mention.year, mention.last_year = first, last
    return mention if last > first else None


def read_decade(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return ten years; of two digits only behind an apostrophe or a word that leads to them ("the 80s")."""
    mention = begin(match, "decade", "year")
    is_quoted = match["short"] is not None and text.folded[mention.start - 1 : mention.start] == "'"
    mention.start -= is_quoted
    start = mention.start
    with_article(mention, text, words.values["decade before"])
    if match["short"] is not None and not is_quoted and mention.start == start:
        return None
    mention.year = full_year(match["decade"] or match["short"])
    mention.last_year = mention.year + 9
    return mention


def read_part(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return a quarter or a half of a year."""
    groups = match.groupdict()
    size = QUARTER if match.re is words.kinds["quarter"] else HALF
    grain = "quarter" if size == QUARTER else "half"
    surface = next(groups[name] for name in PART_NUMBERS if groups[name]) or ""
    number = number_of(surface, words)
    mention = take_year(begin(match, grain, grain), groups, words)
    if groups["before_noun"]:
        with_article(mention, text, words.values["the"])
    if number < 0:
        # "the last quarter" without a year is the one before this.
        if (mention.year, mention.offset, mention.shift) == (None, None, None):
            return None
        number = 12 // size
    last = number_of(groups["number_to"], words) if groups["number_to"] else number
    if not number <= last <= 12 // size:
        return None
    mention.first, mention.last = (number - 1) * size + 1, last * size
    if last > number or groups["up_to"]:
        mention.kind, mention.grain, mention.from_january = "span", "month", bool(groups["up_to"])
    return mention


PART_NUMBERS = ("after_letter", "before_letter", "before_noun", "after_noun", "number")


def read_months(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return so many months, or quarters, at the beginning or the end of a year."""
    groups = match.groupdict()
    of_noun = words.values["months"][groups["noun"] or groups["noun_before"] or ""]
    count = number_of(groups["count"] or groups["count_before"] or "", words) * int(of_noun or 1)
    ordinal = number_of(groups["ordinal"] or groups["ordinal_after"] or "", words)
    mention = take_year(begin(match, "span", "month"), groups, words)
    if groups["ordinal"]:
        with_article(mention, text, words.values["the"])
    if not 1 <= count <= 12 or ordinal not in (1, -1):
        return None
    if ordinal < 0 and (mention.year, mention.offset, mention.shift) == (None, None, None):
        return None
    mention.first, mention.last = (1, count) if ordinal == 1 else (13 - count, 12)
    return mention


def read_year(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return a year; of two digits only after a word that leads to one ("since '07")."""
    mention = begin(match, "year", "year")
    mention.year = full_year(match["year"] or match["glued"] or match["short"])
    if match["short"]:
        if not words.cue.search(text.folded[max(0, match.start() - 1 - NEAR) : match.start() - 1]):
            return None
        mention.start -= 1
    return mention


def read_relative(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return "last year", "this month", "a year earlier"."""
    mention = begin(match, "relative")
    unit = match.lastgroup or ""
    if unit == "shifted":
        mention.shift = words.offset("shifted year", match[0])
    else:
        mention.grain, mention.offset = unit, words.offset(f"relative {unit}", match[0])
    return mention


def read_ago(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return "two years ago", "two years earlier"."""
    count = number_of(match["count"], words)
    mention = begin(match, "relative")
    if match["ago"]:
        mention.grain, mention.offset = "year", count * words.offset("years ago", match["ago"])
    else:
        mention.shift = count * words.offset("years shifted", match["shifted"])
    return mention


def read_same(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return "the same period", with its year if that is stated."""
    mention = take_year(begin(match, "relative"), match.groupdict(), words)
    if mention.offset is not None:
        # "the same period last year" lies a year before the period that it is compared with.
        mention.shift, mention.offset = mention.offset, None
    elif mention.year is None and mention.shift is None:
        mention.shift = int(words.values["same period"][match["same"]] or 0)
    return mention


def read_weekday(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return a day of the week."""
    if not text.original[match.start("weekday")].isupper():
        return None
    mention = take_limits(begin(match, "day", "day"), match.groupdict(), words)
    mention.weekday = words.weekdays[match["weekday"]]
    return mention


def read_reference(match: re.Match[str], text: Text, words: CalendarWords) -> Mention | None:
    """Return the number of a document, whose year is no period."""
    return begin(match, "reference")


# How the match of each kind is read.
READERS: dict[str, Callable[[re.Match[str], Text, CalendarWords], Mention | None]] = {
    "reference": read_reference,
    "clock": read_clock,
    "numeric": read_numeric,
    "day": read_day,
    "month_day": read_day,
    "years": read_years,
    "decade": read_decade,
    "quarter": read_part,
    "half": read_part,
    "months": read_months,
    "month": read_month,
    "same": read_same,
    "ago": read_ago,
    "year": read_year,
    "relative": read_relative,
    "weekday": read_weekday,
}
