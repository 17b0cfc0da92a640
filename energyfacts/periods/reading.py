"""Dates and stretches of time in running text, in ISO 8601, relative to the article's date and never to today."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from energyfacts.codelists import UNKNOWN
from energyfacts.periods.calendar import (
    QUARTER,
    WEEK,
    Stretch,
    latest_weekday,
    make_day,
    month_end,
    month_number,
    next_weekday,
)
from energyfacts.periods.mentions import NEAR, Mention
from energyfacts.periods.patterns import DASH, CalendarWords, calendar_words, choice
from energyfacts.periods.scan import all_mentions
from energyfacts.text import split_sentences

if TYPE_CHECKING:
    from energyfacts.languages.pack import Pack
    from energyfacts.text import Text

# A later period refers to one of the last few.
MOST_NAMED = 8
DIGIT = re.compile(r"\d")
# The kinds whose expression always holds a digit or a number word.
WITH_NUMBER = frozenset({"clock", "decade", "quarter", "half", "reference", "year"})


@dataclass(frozen=True, slots=True)
class Period:
    """A date or a stretch of time that a text names.

    Parameters
    ----------
    start, end : int
        Its characters in the text.
    time_period : str
        ISO 8601: ``2025``, ``2024-11``, ``2025-Q3``, ``2025-W09``, ``2007-01/2007-10``, ``2024-11-27``, for a clock
        ``T10:30``; ``_U`` where it depends on a date that is not known, or cannot be told.
    kind : str
        ``year``, ``month``, ``quarter``, ``half``, ``day``, ``clock``, ``decade``, ``span`` or ``relative``.
    compared : bool
        Whether it is a year or month that something is only compared with ("the least since 2009"), falls due in, or
        lasts since or until.
    """

    start: int
    end: int
    time_period: str
    kind: str
    compared: bool = False


def find_periods(text: Text, pack: Pack, published: date | None = None) -> list[Period]:
    """Return the dates and stretches of time that a text names, in its order, none inside another.

    Parameters
    ----------
    text : Text
        The text.
    pack : Pack
        Its language.
    published : date, optional
        The article's date, to which "last year" is relative; without it such a period is ``_U``.

    Returns
    -------
    list of Period
        The longest at each place.

    Examples
    --------
    >>> from energyfacts.languages.pack import load
    >>> from energyfacts.text import Text
    >>> text = Text("Output rose in the first ten months of 2007 from a year earlier.")
    >>> [period.time_period for period in find_periods(text, load("en"))]
    ['2007-01/2007-10', '2006-01/2006-10']
    >>> text = Text("Ekspor tahun lalu")
    >>> [period.time_period for period in find_periods(text, load("id"), date(2025, 2, 26))]
    ['2024']
    """
    words = pack.compiled(calendar_words, pack)
    mentions = [mention for mention in text.kept(all_mentions, words) if mention.kind != "reference"]
    starts = [start for start, _ in text.kept(split_sentences, pack.words("abbreviation"))]
    context = Context(published, starts, deque(maxlen=MOST_NAMED))
    joiner = pack.compiled(range_joiner, words)
    found: list[Period] = []
    position = 0
    while position < len(mentions):
        mention = mentions[position]
        context.reach(mention)
        other = mentions[position + 1] if position + 1 < len(mentions) else None
        if other is not None and are_ends(mention, other, text, joiner):
            # "January up to May": the words that would make it begin with the year join it to its first month.
            other = replace(other, from_january=False)
            stretch = context.resolve_range(mention, other)
            if stretch is not None or is_open(mention, other):
                found.append(Period(mention.start, other.end, stretch.iso() if stretch else UNKNOWN, "span"))
                context.remember(mention, other, stretch)
                position += 2
                continue
        stretch = beside_date(mention, other, text, context) or context.resolve(mention)
        iso = mention.fixed or (stretch.iso() if stretch else UNKNOWN)
        # A month since when something lasts still tells the year of the months behind it.
        comparison = words.comparisons.before(text, mention.start - 1)
        compared = comparison is not None and mention.kind in ("year", comparison.value)
        found.append(Period(mention.start, mention.end, iso, mention.kind, compared))
        if not compared or mention.kind == "month":
            context.remember(mention, mention, stretch)
        position += 1
    return found


def calendar_spans(text: Text, pack: Pack) -> list[tuple[int, int, str]]:
    """Return where a text writes dates, years, parts of years and times of day in digits or number words.

    Parameters
    ----------
    text : Text
        The text.
    pack : Pack
        Its language.

    Returns
    -------
    list of (int, int, str)
        Start, end and kind, as in `Period`; also ``reference`` for a document's number with a year in it.

    Examples
    --------
    >>> from energyfacts.languages.pack import load
    >>> from energyfacts.text import Text
    >>> calendar_spans(Text("Up 5 percent in the fourth quarter of 2007, at 10:30 am last Tuesday"), load("en"))
    [(16, 42, 'quarter'), (47, 55, 'clock')]
    """
    words = pack.compiled(calendar_words, pack)
    return [
        (mention.start, mention.end, mention.kind)
        for mention in text.kept(all_mentions, words)
        if mention.kind in WITH_NUMBER or mention.back or holds_number(text, mention)
    ]


def holds_number(text: Text, mention: Mention) -> bool:
    """Return whether a mention is written with a digit or counts months; "five years ago" is also a stretch of time."""
    if mention.kind == "relative" and mention.year is None:
        return False
    return DIGIT.search(text.folded, mention.start, mention.end) is not None or mention.first != mention.last


@dataclass(slots=True)
class Context:
    """What the reading of a period depends on: the article's date, where sentences start, the periods named before."""

    published: date | None
    starts: list[int]
    earlier: deque[Stretch | None]
    reached: int = 0

    def reach(self, mention: Mention) -> None:
        """Forget the periods named before where a sentence has ended since."""
        if bisect_right(self.starts, mention.start) > bisect_right(self.starts, self.reached):
            self.earlier.clear()
        self.reached = mention.start

    def remember(self, first: Mention, last: Mention, stretch: Stretch | None) -> None:
        """Keep a period that later ones may refer to: stated for itself, longer than a day."""
        is_day = stretch is not None and stretch.grain == "day" and stretch.first == stretch.last
        if not (is_day or first.weekday is not None or first.fixed or first.shift is not None):
            self.earlier.append(stretch)

    def named_before(self, is_part: bool) -> Stretch | None:
        """Return the nearest period named before in the same sentence, or None; ``is_part``: shorter than a year."""
        for stretch in reversed(self.earlier):
            if stretch is not None and not (is_part and not stretch.is_within_year):
                return stretch
        return None

    def resolve(self, mention: Mention, year: int | None = None) -> Stretch | None:
        """Return the stretch that a mention means, or None if it cannot be told; ``year``: of the range it is in."""
        if mention.fixed or mention.grain == "unclear":
            return None
        if mention.weekday is not None:
            return self.resolve_weekday(mention.weekday, mention.direction)
        if not mention.grain:
            return self.resolve_comparison(mention)
        if mention.kind == "relative":
            if self.published is None:
                return None
            return relative_stretch(mention.grain, mention.offset or 0, self.published)
        if mention.grain == "year" and mention.year is not None:
            return Stretch.of_years(mention.year, mention.last_year)
        stated = mention.year or year or self.year_of(mention)
        return part_stretch(mention, stated) if stated else self.latest(mention)

    def resolve_weekday(self, weekday: int, direction: int) -> Stretch | None:
        """Return the day that a weekday means."""
        if self.published is None:
            return None
        if direction > 0:
            return Stretch.of_days(next_weekday(weekday, self.published))
        return Stretch.of_days(latest_weekday(weekday, self.published, strictly=direction < 0))

    def resolve_comparison(self, mention: Mention) -> Stretch | None:
        """Return what "a year earlier" or "the same period of 2007" means beside the period named before."""
        base = self.named_before(is_part=mention.year is not None)
        if mention.year is not None:
            return base.shifted(mention.year - base.last.year) if base else Stretch.of_years(mention.year)
        if base is not None:
            return base.shifted(mention.shift or 0)
        if self.published is None or self.earlier or not mention.shift:
            return None
        return Stretch.of_years(self.published.year + mention.shift)

    def year_of(self, mention: Mention) -> int | None:
        """Return the year of a part of a year that does not state it in digits, if the text tells."""
        if mention.offset is not None:
            return self.published.year + mention.offset if self.published else None
        if mention.shift is not None:
            base = self.named_before(is_part=False)
            if base is not None:
                return base.last.year + mention.shift
            return self.published.year + mention.shift if self.published else None
        base = None if mention.direction else self.named_before(is_part=True)
        if base is None:
            return None
        stretch = part_stretch(mention, base.last.year)
        is_future = self.published is not None and stretch is not None and stretch.first > self.published
        return base.last.year - 1 if is_future and base.last <= self.published else base.last.year  # type: ignore[operator]

    def latest(self, mention: Mention) -> Stretch | None:
        """Return the latest such part of a year that has begun by the article's date, or the next one if it says so."""
        if self.published is None or mention.offset is not None or mention.shift is not None:
            return None
        year = self.published.year
        candidates = [part_stretch(mention, each) for each in (year + 1, year, year - 1, year - 2)]
        known = [stretch for stretch in candidates if stretch is not None]
        if mention.direction > 0:
            return next((stretch for stretch in reversed(known) if stretch.first > self.published), None)
        # So many months are told of when they are over; a quarter may still run.
        is_whole = mention.kind == "span" or mention.direction < 0
        for stretch in known:
            is_over = month_number(stretch.last) <= month_number(self.published) if is_whole else False
            if is_over or (not is_whole and stretch.first <= self.published):
                return stretch
        return None

    def resolve_range(self, first: Mention, last: Mention) -> Stretch | None:
        """Return the stretch between two mentions; the first takes the year of the last."""
        end = self.resolve(last, first.year)
        if end is not None and first.year and last.year is None and last.offset is None and last.first < first.first:
            end = end.shifted(1)
        if end is None:
            return None
        begin = self.resolve(first, end.last.year)
        if begin is not None and begin.last > end.first and first.year is None:
            begin = begin.shifted(-1)
        return begin.until(end) if begin is not None else None


def part_stretch(mention: Mention, year: int) -> Stretch | None:
    """Return a part of a year as a stretch, or None where the year has no such day."""
    if mention.day:
        first = make_day(year, mention.first, mention.day)
        last = make_day(year, mention.last, mention.last_day)
        if first is None or last is None:
            return None
        if mention.from_january:
            first = date(year, 1, 1)
        elif mention.back:
            month = Stretch.of_months(year, mention.last - mention.back + 1, mention.last)
            first = month.first if last == month.last else month_back(last, mention.back) + timedelta(days=1)
            if last == month.last:
                return month
        return Stretch.of_days(first, last)
    begin = 1 if mention.from_january else mention.last - mention.back + 1 if mention.back else mention.first
    return Stretch.of_months(year, begin, mention.last, mention.grain)


def month_back(day: date, months: int) -> date:
    """Return the same day so many months before, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return min(month_end(year, month + 1), date(year, month + 1, 1) + timedelta(days=day.day - 1))


def relative_stretch(grain: str, offset: int, published: date) -> Stretch:
    """Return the year, quarter, month, week or day so many after that of a date."""
    if grain == "year":
        return Stretch.of_years(published.year + offset)
    if grain == "week":
        return Stretch.of_week(published + timedelta(days=WEEK * offset))
    if grain == "day":
        return Stretch.of_days(published + timedelta(days=offset))
    size = QUARTER if grain == "quarter" else 1
    year, part = divmod(published.year * 12 + published.month - 1 + size * offset, 12)
    first = part // size * size + 1
    return Stretch.of_months(year, first, first + size - 1, grain)


def range_joiner(words: CalendarWords) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what joins the ends of a range, what does so after "between", and that word before the first end."""
    joins = rf" ?(?:{DASH}|/) ?| {choice(words.values['range'])} (?:{choice(words.values['the'])} )?"
    return (
        re.compile(joins),
        re.compile(rf" {choice(words.values['range and'])} (?:{choice(words.values['the'])} )?"),
        re.compile(rf"(?<!\w){choice(words.values['between'])} (?:{choice(words.values['the'])} )?$"),
    )


def are_ends(
    first: Mention, last: Mention, text: Text, joiner: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]
) -> bool:
    """Return whether two mentions are the ends of one range."""
    if any(mention.kind in ("clock", "relative", "decade", "reference") for mention in (first, last)):
        return False
    if first.weekday is not None or last.weekday is not None or first.kind == "span" or not first.grain:
        return False
    if (first.grain == "year") != (last.grain == "year") or (first.grain == "day") != (last.grain == "day"):
        return False
    joins, joins_after_between, between = joiner
    gap = text.folded[first.end : last.start]
    if last.from_january:
        return gap == " "
    if last.kind == "span":
        return False
    if joins.fullmatch(gap):
        return True
    return (
        joins_after_between.fullmatch(gap) is not None
        and between.search(text.folded[max(0, first.start - NEAR) : first.start]) is not None
    )


def is_open(first: Mention, last: Mention) -> bool:
    """Return whether a range is unknown only because neither end states its year."""
    return first.year is None and last.year is None


def beside_date(mention: Mention, other: Mention | None, text: Text, context: Context) -> Stretch | None:
    """Return the date that stands directly behind a weekday: "Tuesday (28/02)"."""
    if mention.weekday is None or other is None or other.weekday is not None or other.kind != "day":
        return None
    gap = text.folded[mention.end : other.start]
    return context.resolve(other) if len(gap) <= 3 and not gap.strip(" ,(") else None
