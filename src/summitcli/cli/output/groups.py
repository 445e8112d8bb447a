"""Groups of sessions, such as those in one room: ``summit export --per`` writes a file for each group."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from summitcli.catalog.conditions import EVERYTHING, Query
from summitcli.cli.call import Call
from summitcli.cli.options import GROUPS
from summitcli.details import SpeakerRow
from summitcli.errors import UnknownValue, UsageError
from summitcli.i18n import _, ngettext, using_language
from summitcli.lazy_typing import NamedTuple, TypeVar
from summitcli.rows import CategoryRow, Listing, NameRow
from summitcli.text import dates
from summitcli.text.suggest import nearest

Row = TypeVar("Row", CategoryRow, NameRow, SpeakerRow)


class Group(NamedTuple):
    """A group of sessions that have something in common, such as their room."""

    name: str
    """The name for the file: the name of a room or speaker, the ID of a category, or an ISO date."""
    title: str
    """The heading of the group, in the language in which names are shown."""
    query: Query


def groups(call: Call, wanted: Query, kind: str) -> list[Group]:
    """Return the groups of the matching sessions, in the schedule's order.

    Args:
        call: the running command.
        wanted: the query for the sessions to group.
        kind: what the sessions of a group have in common: ``room``, ``speaker``, ``category`` or ``day``.

    Raises:
        UnknownValue: ``kind`` is none of :data:`~summitcli.cli.options.GROUPS`.
        UsageError: the schedule has no rooms, speakers or categories.
    """
    if kind not in GROUPS:
        raise UnknownValue(_('can\'t export per "{name}"').format(name=kind), nearest(kind, GROUPS), GROUPS)
    catalog = call.catalog
    if kind == "day":
        # The heading of a page is in its language.
        with using_language(call.names_language):
            return [
                Group(row.day, dates.day_and_weekday(row.day), wanted._replace(days=(row.day,)))
                for row in catalog.days(wanted)
                if row.sessions
            ]
    if kind == "category":
        return [
            Group(row.id, call.name(row.names), wanted._replace(categories=(row.id,)))
            for row in _existing(catalog.categories, wanted, _("this schedule has no categories"))
        ]
    if kind == "room":
        rooms = _existing(catalog.rooms, wanted, _("this schedule has no rooms"))
        return [Group(row.name, row.name, wanted._replace(rooms=(row.name,))) for row in rooms]
    return [
        Group(row.name, row.name, wanted._replace(speakers=(row.name,)))
        for row in _existing(catalog.speakers, wanted, _("this schedule has no speakers"))
        # Others may speak in the same sessions as those asked for.
        if not wanted.speakers or row.name in wanted.speakers
    ]


def _existing(find: Callable[[Query], list[Row]], wanted: Query, nothing: str) -> list[Row]:
    """Return the rows, such as rooms, that have sessions matching ``wanted``.

    Args:
        find: a function that takes a query, and returns rows with the numbers of matching sessions.
        wanted: the query.
        nothing: the error message if the schedule has no rows, such as rooms, at all.

    Raises:
        UsageError: the schedule has no rows of this kind.
    """
    if not find(EVERYTHING):
        raise UsageError(nothing)
    return [row for row in find(wanted) if row.sessions]


def left_out(listings: Iterable[Listing], kind: str) -> str:
    """Return the message that some sessions are in no file, for example because they have no room.

    Return an empty text if all sessions are in a file.

    ``kind`` is what the sessions of a file have in common: ``room``, ``speaker``, ``category`` or ``day``.
    """
    values = {"room": "room", "speaker": "speakers", "category": "category", "day": "day"}
    without: set[str] = set()
    grouped: set[str] = set()
    for listing in listings:
        (grouped if getattr(listing, values[kind]) else without).add(listing.id)
    count = len(without - grouped)
    sentences = {
        "room": (
            "{n} session has no room, so it is in no file",
            "{n} sessions have no room, so they are in no file",
        ),
        "speaker": (
            "{n} session has no speaker, so it is in no file",
            "{n} sessions have no speaker, so they are in no file",
        ),
        "category": (
            "{n} session has no category, so it is in no file",
            "{n} sessions have no category, so they are in no file",
        ),
    }
    return ngettext(*sentences[kind], count) if count else ""
