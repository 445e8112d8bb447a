"""Resolving days as written to dates: the order of day and month, missing years, numbered days."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from summitcli.formats.tables.dates import WrittenDay
from summitcli.text.days import FIRST_YEAR, LAST_YEAR

MAX_SPAN = timedelta(days=14)
"""The length of a conference up to which it is evidence for the order of day and month."""

_DAYS_PER_WEEK = 7


class Basis(NamedTuple):
    """The facts about the days of a table from elsewhere, such as a title above it."""

    first: date | None = None
    """The date of the first day; None if unknown."""
    year: int = 0
    """The year of the days; 0 if unknown."""


class DayOrder(NamedTuple):
    """The order of day and month in numeric dates, and whether it had to be guessed."""

    month_first: bool = False
    is_guessed: bool = False


class Resolver:
    """The decision which dates the days written in a table are.

    Args:
        written: all distinct days in the table.
        basis: the facts about them from elsewhere.
    """

    def __init__(self, written: Iterable[WrittenDay], basis: Basis) -> None:
        known = [*written]
        years = {day.year for day in known if day.year}
        self._year = basis.year or (min(years) if years and max(years) - min(years) <= 1 else 0)
        self._first = basis.first
        self._order = DayOrder()
        self._order = self._decide(known)

    @property
    def order(self) -> DayOrder:
        """Return the order of day and month in numeric dates."""
        return self._order

    def resolve(self, written: WrittenDay) -> date | None:
        """Return the date of a written day; None if its year or the first day is unknown."""
        if written.number:
            return _later(self._first, written.number - 1)
        if not written.month:
            if self._first is None or written.weekday is None:
                return None
            return _later(self._first, (written.weekday - self._first.weekday()) % _DAYS_PER_WEEK)
        dated = written._replace(year=written.year or self._year)
        if dated.is_swappable and self._has_telling_weekday(dated):
            return next(day for day in _readings(dated) if day and day.weekday() == written.weekday)
        return _date(_swapped(dated) if self._order.month_first else dated)

    def _decide(self, written: Iterable[WrittenDay]) -> DayOrder:
        """Decide whether numeric dates, such as 7/8/2022, have the month or the day first.

        Dates with only one reading decide, such as 7/23/2022. If they don't, the order is used in which the
        dates are near enough to each other for a conference. If both orders are possible then, or neither is,
        it is a guess. A date whose weekday fits only one reading needs no decision.
        """
        days = [*written]
        unclear = [day for day in days if day.is_swappable and not self._has_telling_weekday(day)]
        if not unclear:
            return DayOrder()
        votes = Counter(day.month_first for day in days)
        is_mixed = bool(votes[True] and votes[False])
        if votes[True] != votes[False]:
            return DayOrder(votes[True] > votes[False], is_mixed)
        year = self._year or 2000
        dated = [day._replace(year=day.year or year) for day in days if day.month]
        spans = [_span(map(_date, dated)), _span(_date(_swapped(day)) for day in dated)]
        shorter, longer = min(spans), max(spans)
        if shorter <= MAX_SPAN < longer:
            return DayOrder(spans[1] < spans[0], is_mixed)
        return DayOrder(is_guessed=True)

    def _has_telling_weekday(self, day: WrittenDay) -> bool:
        """Return whether the weekday beside a date fits only one of the date's two readings."""
        day = day._replace(year=day.year or self._year)
        fits = [found is not None and found.weekday() == day.weekday for found in _readings(day)]
        return fits[0] != fits[1]


def _readings(written: WrittenDay) -> tuple[date | None, date | None]:
    """Return the two readings of a numeric date: with the day first, and with the month first."""
    return _date(written), _date(_swapped(written))


def _swapped(written: WrittenDay) -> WrittenDay:
    """Return a day with month and day exchanged; unchanged if it can't be meant that way."""
    return written._replace(month=written.day, day=written.month) if written.is_swappable else written


def _date(written: WrittenDay) -> date | None:
    """Return the date of a day with a year; None if its month has no such day."""
    try:
        return date(written.year, written.month, written.day)
    except ValueError:
        return None


def _later(first: date | None, days: int) -> date | None:
    if first is None:
        return None
    try:
        found = first + timedelta(days=days)
    except OverflowError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _span(days: Iterable[date | None]) -> timedelta:
    known = [day for day in days if day]
    return max(known) - min(known) if known else timedelta()
