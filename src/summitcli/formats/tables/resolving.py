"""Finding the dates of days as people write them: with day or month first, without a year, or as "Day 2"."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from summitcli.formats.tables.dates import WrittenDay
from summitcli.text.days import FIRST_YEAR, LAST_YEAR

MAX_SPAN = timedelta(days=14)
"""The longest conference that is taken to be normal when the order of day and month is chosen."""

_DAYS_PER_WEEK = 7


class Basis(NamedTuple):
    """The first day and the year of a table, as far as they are known before its rows are read.

    They may come from a title above the table, for example.
    """

    first: date | None = None
    """The date of the first day; None if unknown."""
    year: int = 0
    """The year of the days; 0 if unknown."""


class DayOrder(NamedTuple):
    """The order of day and month in dates such as 7/8/2022, and whether it had to be guessed."""

    month_first: bool = False
    is_guessed: bool = False


class Resolver:
    """A converter of the days written in a table to dates.

    Args:
        written: all the different days in the table.
        basis: the first day or the year, if they are known.
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
        """Return the order of day and month in dates such as 7/8/2022."""
        return self._order

    def resolve(self, written: WrittenDay) -> date | None:
        """Return the date of a written day; None if its year or the conference's first day is unknown."""
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
        """Decide whether dates such as 7/8/2022 have the month or the day first.

        - If there are dates with only one meaning, such as 7/23/2022, the order of most of them is chosen.
        - Otherwise, the order is chosen that puts the dates close enough together for a conference.
        - If both orders do so, or neither does, the order is a guess.

        If a date has a weekday that fits only one order, that date is read in this order in any case.
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
        """Return whether the weekday beside a date fits only one order: day first, or month first."""
        day = day._replace(year=day.year or self._year)
        fits = [found is not None and found.weekday() == day.weekday for found in _readings(day)]
        return fits[0] != fits[1]


def _readings(written: WrittenDay) -> tuple[date | None, date | None]:
    """Return the two dates that a written day may mean: with the day first, and with the month first."""
    return _date(written), _date(_swapped(written))


def _swapped(written: WrittenDay) -> WrittenDay:
    """Return a day with month and day exchanged; unchanged if they can't be exchanged."""
    return written._replace(month=written.day, day=written.month) if written.is_swappable else written


def _date(written: WrittenDay) -> date | None:
    """Return a written day as a date; None if there is no such day in its month."""
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
