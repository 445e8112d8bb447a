"""The groups of sessions of which ``summit export --per`` writes one file each."""

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
    """The sessions in one room, say, of those that a query finds."""

    name: str
    """The text that names the file: a room, a speaker, the ID of a category, or an ISO date."""
    title: str
    """The heading, in the language of names."""
    query: Query


def groups(call: Call, wanted: Query, kind: str) -> list[Group]:
    """Return the groups of the sessions that ``wanted`` finds, in the schedule's order.

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
    """Return the rows, such as rooms, of those sessions that match ``wanted``.

    Args:
        find: returns the rows with the numbers of their sessions that match a query.
        wanted: the query.
        nothing: the message of the error.

    Raises:
        UsageError: the schedule has no such rows at all.
    """
    if not find(EVERYTHING):
        raise UsageError(nothing)
    return [row for row in find(wanted) if row.sessions]


def left_out(listings: Iterable[Listing], kind: str) -> str:
    """Return a message on the sessions that are in no group; empty if there are none."""
    values = {"room": "room", "speaker": "speakers", "category": "category", "day": "day"}
    without: set[str] = set()
    grouped: set[str] = set()
    for listing in listings:
        (grouped if getattr(listing, values[kind]) else without).add(listing.id)
    count = len(without - grouped)
    sentences = {
        "room": ("{n} session has no room and is in no file", "{n} sessions have no room and are in no file"),
        "speaker": (
            "{n} session has no speaker and is in no file",
            "{n} sessions have no speaker and are in no file",
        ),
        "category": (
            "{n} session has no category and is in no file",
            "{n} sessions have no category and are in no file",
        ),
    }
    return ngettext(*sentences[kind], count) if count else ""
