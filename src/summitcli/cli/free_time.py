"""Free time in an agenda, and the sessions that would fit into it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from summitcli.agenda.planner import DayGaps, Gap, runs_on
from summitcli.agenda.planner import fits as find_fits
from summitcli.agenda.planner import gaps as find_gaps
from summitcli.catalog.conditions import Query
from summitcli.catalog.times import programme_hours
from summitcli.cli.call import Call
from summitcli.rows import Listing

SHORTEST_GAP = "30m"
"""The duration from which free time is a gap, unless the user gives another."""


def free_days(call: Call, mine: Sequence[Listing], days: Collection[str], shortest: int) -> list[DayGaps]:
    """Return the free time on each day that has sessions.

    Args:
        call: the running command.
        mine: the listings in the agenda.
        days: the ISO dates to consider; empty for all.
        shortest: the minimum duration of a gap, in minutes.
    """
    hours = programme_hours(call.catalog)
    asked = [row.day for row in call.days if row.sessions and (not days or row.day in days)]
    held = _by_day(mine, asked)
    return [find_gaps(held[day], day, shortest, hours.get(day)) for day in asked]


def _by_day(listings: Sequence[Listing], days: Iterable[str]) -> dict[str, list[Listing]]:
    """Return the listings in progress on each of ``days`` (ISO dates), also those begun on an earlier day."""
    by_day: dict[str, list[Listing]] = {day: [] for day in days}
    for one in listings:
        by_day.setdefault(one.day, []).append(one)
    late = [one for one in listings if one.end and one.end[:10] > one.day]
    for day, held in by_day.items():
        held += [one for one in late if runs_on(one, day)]
    return by_day


def sessions_fitting(call: Call, gap: Gap, wanted: Query, picked: Collection[str]) -> Sequence[Listing]:
    """Return the sessions that fit into a gap: those matching ``wanted`` and not yet picked.

    Args:
        call: the running command.
        gap: the free time in the agenda.
        wanted: the query for the filters on the command line.
        picked: the IDs of the picked sessions, which are left out.
    """
    start, end = (int(datetime.fromisoformat(moment).timestamp()) for moment in (gap.start, gap.end))
    others = [one for one in call.catalog.within(start, end, wanted) if one.id not in picked]
    return find_fits(gap, others)
