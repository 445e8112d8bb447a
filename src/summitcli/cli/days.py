"""Functions about the days of a conference that several commands need; ``iso`` is always an ISO date."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from summitcli.catalog.conditions import Query
from summitcli.cli.call import Call
from summitcli.errors import UsageError
from summitcli.i18n import _, ngettext
from summitcli.rows import DayRow, Listing
from summitcli.when import find_day

MAX_EMPTY_DAYS = 7
"""A sequence of more empty days than this is not shown, as a stray event may be years from the others."""


def still_running(call: Call, iso: str, wanted: Query) -> list[Listing]:
    """Return the matching sessions that began before the day ``iso`` and continue on it.

    If ``wanted`` restricts the starting time, return [], as these sessions don't start on the day.
    """
    if wanted.from_minute is not None or wanted.to_minute is not None:
        return []
    return call.catalog.continuing(iso, wanted._replace(days=()))


def as_of(call: Call, iso: str, rows: Sequence[Listing]) -> list[Listing]:
    """Return ``rows``, the sessions in progress on the day ``iso``, with ``iso`` as their day.

    Otherwise, a session that began on an earlier day would be listed under the earlier day.
    """
    from datetime import date

    number = (date.fromisoformat(iso) - date.fromisoformat(call.conference.start)).days + 1
    return [row._replace(day=iso, day_number=number) for row in rows]


def without_long_gaps(rows: Sequence[DayRow]) -> list[DayRow]:
    """Return ``rows`` without any sequence of more than :data:`MAX_EMPTY_DAYS` days without sessions."""
    kept: list[DayRow] = []
    for empty, days in groupby(rows, key=lambda row: not row.sessions):
        several = list(days)
        kept += [] if empty and len(several) > MAX_EMPTY_DAYS else several
    return kept


def another_day(call: Call, number: int) -> int | None:
    """Return the number of the first day after day ``number`` that has sessions, to suggest it.

    If there is none, return the conference's first day that has sessions, or None.
    """
    others = [row.day_number for row in call.days if row.sessions and row.day_number != number]
    return next((other for other in others if other > number), others[0] if others else None)


def is_over(call: Call) -> bool:
    """Return whether the last day has passed and no session is in progress or still to come."""
    past = call.today().isoformat() > call.conference.end
    return past and not (call.catalog.running(call.instant) or call.catalog.upcoming(call.instant, limit=1))


def no_sessions_on(call: Call, iso: str) -> str:
    """Return the message that the day ``iso`` has no sessions, with the reason and a command to try next."""
    conference = call.conference
    if iso > conference.end and iso == call.today().isoformat() and not is_over(call):
        return _("sessions of the last night are not over yet; see `summit now` and `summit next`")
    if iso > conference.end:
        return _("{title} ended on {day}; see `summit day 1` for its first day").format(
            title=call.name(conference.titles), day=full_date(conference.end)
        )
    if iso < conference.start:
        from datetime import date

        days = (date.fromisoformat(conference.start) - date.fromisoformat(iso)).days
        return ngettext(
            "{title} begins on {day}, in {n} day; see `summit day 1` for its first day",
            "{title} begins on {day}, in {n} days; see `summit day 1` for its first day",
            days,
            title=call.name(conference.titles),
            day=full_date(conference.start),
        )
    return _("no sessions on {day}; see `summit days`").format(day=full_date(iso))


def full_date(iso: str) -> str:
    """Return an ISO date as people write it, with the year: ``23 July 2022`` or ``2022年7月23日``."""
    # Imported here, as most answers need no dates.
    from summitcli.text import dates

    return dates.period(iso, iso)


def days_of_conference(call: Call, texts: Sequence[str]) -> list[str]:
    """Return the days of the conference that the typed texts name, as ISO dates, each once.

    Raises:
        UnknownValue: a text names no day.
        UsageError: a text names a day that is not one of the conference, such as ``today`` a week after it.
    """
    found = list(dict.fromkeys(find_day(text, call.days, call.today) for text in texts))
    start, end = call.conference.start, call.conference.end
    for day in found:
        if not start <= day <= end:
            sentence = _("{day} is not a day of the conference, {start} to {end}")
            raise UsageError(sentence.format(day=day, start=start, end=end))
    return found
