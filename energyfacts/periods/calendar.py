"""Stretches of the calendar and their ISO 8601 names: the arithmetic of dates, without any text."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

# Months of each grain that divides a year.
QUARTER, HALF = 3, 6
WEEK = 7
# Of two-digit years, those below are of this century, as in POSIX strptime.
PIVOT = 69


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of whole days.

    Parameters
    ----------
    first, last : date
        Its first and last day.
    grain : str
        What it was counted in: ``year``, ``quarter``, ``half``, ``month``, ``week`` or ``day``.

    Examples
    --------
    >>> Stretch.of_months(2007, 1, 10).iso()
    '2007-01/2007-10'
    """

    first: date
    last: date
    grain: str

    @classmethod
    def of_years(cls, first: int, last: int | None = None) -> Stretch:
        """Return whole years."""
        return cls(date(first, 1, 1), date(last or first, 12, 31), "year")

    @classmethod
    def of_months(cls, year: int, first: int, last: int, grain: str = "month") -> Stretch:
        """Return whole months of a year; a first month below 1 is one of the year before."""
        begin = year + (first - 1) // 12
        return cls(date(begin, (first - 1) % 12 + 1, 1), month_end(year, last), grain)

    @classmethod
    def of_days(cls, first: date, last: date | None = None) -> Stretch:
        """Return whole days."""
        return cls(first, last or first, "day")

    @classmethod
    def of_week(cls, day: date) -> Stretch:
        """Return the week, Monday to Sunday, in which a day lies."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=WEEK - 1), "week")

    def iso(self) -> str:
        """Return the ISO 8601 name: ``2007``, ``2025-Q3`` (as SDMX writes it), ``2007-01/2007-10``, ``2024-11-27``."""
        first, last = self.names()
        return first if first == last else f"{first}/{last}"

    def names(self) -> tuple[str, str]:
        """Return the ISO names of its first and last part."""
        if self.grain == "year":
            return f"{self.first.year:04}", f"{self.last.year:04}"
        if self.grain == "day":
            return self.first.isoformat(), self.last.isoformat()
        if self.grain == "week":
            year, week, _ = self.first.isocalendar()
            return f"{year:04}-W{week:02}", f"{year:04}-W{week:02}"
        if self.grain == "quarter" and month_number(self.last) - month_number(self.first) == QUARTER - 1:
            name = f"{self.first.year:04}-Q{(self.first.month - 1) // QUARTER + 1}"
            return name, name
        return f"{self.first:%Y-%m}", f"{self.last:%Y-%m}"

    @property
    def is_within_year(self) -> bool:
        """Whether it is shorter than a year."""
        return self.grain != "year"

    def shifted(self, years: int) -> Stretch:
        """Return the same stretch some years later."""
        return Stretch(same_day(self.first, years), same_day(self.last, years), self.grain)

    def until(self, other: Stretch) -> Stretch | None:
        """Return the stretch from the beginning of this one to the end of another, or None if that is earlier."""
        if other.last < self.first or (other.grain == "year") != (self.grain == "year"):
            return None
        grain = "year" if self.grain == "year" else "day" if "day" in (self.grain, other.grain) else "month"
        return Stretch(self.first, other.last, grain)


def month_number(day: date) -> int:
    """Return the months since year 0."""
    return day.year * 12 + day.month


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def same_day(day: date, years: int) -> date:
    """Return the same day some years later; the last day of a February stays the last."""
    year = day.year + years
    if day.month == 2 and day == month_end(day.year, 2):
        return month_end(year, 2)
    return day.replace(year=year)


def make_day(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where there is no such day."""
    if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def full_year(digits: str) -> int:
    """Return the year that two or four digits name.

    Examples
    --------
    >>> full_year("07"), full_year("98"), full_year("2025")
    (2007, 1998, 2025)
    """
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < PIVOT else 1900)


def latest_weekday(weekday: int, published: date, strictly: bool = False) -> date:
    """Return the latest such day of the week that is not after a day, or ``strictly`` before it."""
    back = (published.weekday() - weekday) % WEEK
    return published - timedelta(days=back or (WEEK if strictly else 0))


def next_weekday(weekday: int, published: date) -> date:
    """Return the first such day of the week after a day."""
    return published + timedelta(days=(weekday - published.weekday() - 1) % WEEK + 1)
