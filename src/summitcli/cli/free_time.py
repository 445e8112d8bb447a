"""Free time in an agenda, and the sessions that would fit into it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain

from summitcli.agenda.planner import DayGaps, Gap, key_of, lasts_several_days, runs_on
from summitcli.agenda.planner import fits as find_fits
from summitcli.agenda.planner import gaps as find_gaps
from summitcli.catalog.conditions import Query
from summitcli.catalog.times import bare_listings_within, complete_listings, programme_hours
from summitcli.cli.call import Call
from summitcli.cli.own_time import taken_listings
from summitcli.cli.picks import bare_picks
from summitcli.cli.terminal.messages import warn
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import Listing

SHORTEST_GAP = "30m"
"""The shortest free time that is shown as a gap, unless the user gives another duration."""
MAX_FITTING = 12
"""The maximum number of sessions that are shown for a gap."""


class Fitting(NamedTuple):
    """The sessions that would fit into a gap."""

    ids: tuple[str, ...]
    """The IDs of the sessions, in order of time."""
    first: tuple[Listing, ...]
    """The listings (each a session on one day) to show, with only ID, day, times and room."""
    number: int
    """The number of all listings that would fit, including those not shown."""


def free_days(
    call: Call,
    name: str | None,
    days: Collection[str],
    shortest: int,
    report: Callable[[str], None] = warn,
) -> list[DayGaps] | None:
    """Return the free time on each day that has sessions; None if the agenda is empty.

    Args:
        call: the running command.
        name: the agenda's name; None for the default agenda.
        days: the ISO dates to consider; empty for all.
        shortest: the minimum duration of a gap, in minutes.
        report: a function that is called with a message if another calendar of the user can't be read.
    """
    held = _by_times(chain(bare_picks(call, name), taken_listings(call, name, report)))
    if not held:
        return None
    hours = programme_hours(call.catalog)
    asked = [row.day for row in call.days if row.sessions and (not days or row.day in days)]
    by_day = _by_day(held, asked)
    return [find_gaps(by_day[day], day, shortest, hours.get(day)) for day in asked]


def _by_times(listings: Iterable[Listing]) -> Sequence[Listing]:
    """Return one listing for each distinct pair of start and end.

    Many sessions have the same times, so the result is short even for a large agenda.
    """
    held: dict[object, Listing] = {}
    for one in listings:
        held.setdefault((one.day, one.start, one.end, lasts_several_days(one)), one)
    return [*held.values()]


def _by_day(listings: Sequence[Listing], days: Iterable[str]) -> dict[str, list[Listing]]:
    """Return the listings on each of ``days`` (ISO dates), including those that began on an earlier day."""
    by_day: dict[str, list[Listing]] = {day: [] for day in days}
    for one in listings:
        by_day.setdefault(one.day, []).append(one)
    late = [one for one in listings if one.end and one.end[:10] > one.day]
    for day, held in by_day.items():
        held += [one for one in late if runs_on(one, day)]
    return by_day


def sessions_fitting(call: Call, gap: Gap, wanted: Query, picked: Collection[str]) -> Fitting:
    """Return the matching sessions that fit into a gap and are not in the agenda yet.

    Args:
        call: the running command.
        gap: the free time in the agenda.
        wanted: the query for the filters on the command line.
        picked: the IDs of the sessions in the agenda, which are left out.
    """
    start, end = (int(datetime.fromisoformat(moment).timestamp()) for moment in (gap.start, gap.end))
    rows = bare_listings_within(call.catalog, start, end, wanted._replace(days=(gap.day,)))
    ids: dict[str, None] = {}
    first: list[Listing] = []
    number = 0
    for one in find_fits(gap, rows):
        if one.id not in picked:
            number += 1
            ids[one.id] = None
            if number <= MAX_FITTING + 1:
                first.append(one)
    # A line that says that there is one more would take as much space as the one more.
    shown = first if number <= MAX_FITTING + 1 else first[:MAX_FITTING]
    return Fitting(tuple(ids), tuple(shown), number)


def shown_fitting(call: Call, fitting: Sequence[tuple[Gap, Fitting]]) -> list[tuple[Gap, list[Listing], int]]:
    """Return each gap with the listings to show for it (with all fields), and the number of all that fit."""
    whole = complete_listings(call.catalog, [one for _gap, found in fitting for one in found.first])
    return [(gap, [whole[key_of(one)] for one in found.first], found.number) for gap, found in fitting]
