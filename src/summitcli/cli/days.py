"""What several commands say of the days of a conference."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from summitcli.catalog.conditions import Query
from summitcli.cli.call import Call
from summitcli.i18n import _, ngettext
from summitcli.rows import DayRow, Listing

MOST_EMPTY = 7
"""How many days without sessions are shown on end, so that a stray event makes no endless list."""


def still_running(call: Call, iso: str, wanted: Query) -> list[Listing]:
    """Return what of ``wanted`` began before a day and runs on it, unless starts at some time are wanted."""
    if wanted.from_minute is not None or wanted.to_minute is not None:
        return []
    return call.catalog.continuing(iso, wanted._replace(days=()))


def as_of(call: Call, iso: str, rows: Sequence[Listing]) -> list[Listing]:
    """Return ``rows`` as a picture of that day has them: what began before it stands on it, too."""
    from datetime import date

    number = (date.fromisoformat(iso) - date.fromisoformat(call.conference.start)).days + 1
    return [row._replace(day=iso, day_number=number) for row in rows]


def without_long_gaps(rows: Sequence[DayRow]) -> list[DayRow]:
    """Return ``rows`` without stretches of more than :data:`MOST_EMPTY` days that have no sessions."""
    kept: list[DayRow] = []
    for empty, days in groupby(rows, key=lambda row: not row.sessions):
        several = list(days)
        kept += [] if empty and len(several) > MOST_EMPTY else several
    return kept


def another_day(call: Call, number: int) -> int | None:
    """The next day with sessions after that of ``number``, the first again after the last; or None."""
    others = [row.day_number for row in call.days if row.sessions and row.day_number != number]
    return next((other for other in others if other > number), others[0] if others else None)


def is_over(call: Call) -> bool:
    """Whether the last day has passed, and the night after it as far as anything is still held in it."""
    past = call.today().isoformat() > call.conference.end
    return past and not (call.catalog.running(call.instant) or call.catalog.upcoming(call.instant, limit=1))


def nothing_on(call: Call, iso: str) -> str:
    """Why a day has no sessions, and where there are some."""
    conference = call.conference
    if iso > conference.end and iso == call.today().isoformat() and not is_over(call):
        return _("the night of the last day is not over; `summit now` and `summit next` show what is left")
    if iso > conference.end:
        return _("{title} ended on {day}; `summit day 1` shows its first day").format(
            title=call.name(conference.titles), day=conference.end
        )
    if iso < conference.start:
        from datetime import date

        days = (date.fromisoformat(conference.start) - date.fromisoformat(iso)).days
        return ngettext(
            "{title} begins on {day}, {n} day later; `summit day 1` shows its first day",
            "{title} begins on {day}, {n} days later; `summit day 1` shows its first day",
            days,
            title=call.name(conference.titles),
            day=conference.start,
        )
    return _("no session on {day}; `summit days` shows where there are some").format(day=iso)
