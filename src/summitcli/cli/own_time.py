"""The user's time beside sessions: own entries, such as lunch, and events of other calendars."""

from __future__ import annotations

from collections.abc import Callable

from summitcli.cli.call import Call
from summitcli.cli.terminal.messages import warn
from summitcli.i18n import _
from summitcli.rows import Listing


def own_listings(call: Call, name: str | None) -> list[Listing]:
    """Return the user's own entries in an agenda, such as lunch, as listings (like sessions), by time."""
    entries = call.agenda(name).entries
    if not entries:
        return []
    from summitcli.agenda.own_entries import entry_listing

    return [_titled(call, entry_listing(entry, call.zone)) for entry in entries]


def taken_listings(call: Call, name: str | None, report: Callable[[str], None] = warn) -> list[Listing]:
    """Return what takes time beside sessions: own entries, such as lunch, and events of other calendars."""
    return [*own_listings(call, name), *other_events(call, name, report)]


def other_events(call: Call, name: str | None, report: Callable[[str], None] = warn) -> list[Listing]:
    """Return the events of the user's other calendars as listings (like sessions), in order of time.

    Args:
        call: the running command.
        name: the agenda's name; None for the default agenda.
        report: a function that is called with a message if a calendar can't be read and is left out.
    """
    if not (paths := call.agenda(name).busy):
        return []
    # Reading calendars takes a while; most agendas have none.
    from summitcli.agenda.busy import (
        BusyCalendar,
        BusyTime,
        UnreadableCalendar,
        busy_listings,
        read_busy_calendar,
    )

    times: set[BusyTime] = set()
    for path in paths:
        try:
            calendar = read_busy_calendar(path, call.conference, call.zone)
        except UnreadableCalendar as error:
            calendar = BusyCalendar((), faults=(error,))
        times.update(calendar.times)
        for fault in calendar.faults:
            report(_("{error}; its events are ignored").format(error=fault))
    return [_titled(call, one) for one in busy_listings(times, call.zone)]


def _titled(call: Call, listing: Listing) -> Listing:
    """Return ``listing`` with its title copied to ``titles``, as a title in the conference's language."""
    return listing._replace(titles={call.conference.language: listing.title})
