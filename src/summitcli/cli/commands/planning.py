"""The commands that show conflicts and free time in an agenda."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain

from summitcli.agenda.planner import MAX_CONFLICTS, Conflict, key_of
from summitcli.agenda.planner import conflicts as find_conflicts
from summitcli.agenda.repeats import MAX_REPEATS, BusyTimes
from summitcli.agenda.repeats import repeats as find_repeats
from summitcli.catalog.conditions import Query
from summitcli.catalog.times import bare_listings, complete_listings, repeats_of, titles_of
from summitcli.cli.call import Call
from summitcli.cli.declare import Rows, examples, typer
from summitcli.cli.filters import query, visible
from summitcli.cli.free_time import SHORTEST_GAP, free_days, sessions_fitting, shown_fitting
from summitcli.cli.options import Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.own_time import taken_listings
from summitcli.cli.picks import bare_picks, empty_agenda_message, no_match
from summitcli.cli.terminal.messages import warn
from summitcli.errors import Status
from summitcli.i18n import _
from summitcli.lazy_typing import Annotated, NamedTuple
from summitcli.rows import Listing
from summitcli.text import dates
from summitcli.when import find_duration


class RepeatRow(NamedTuple):
    """Another time at which one of two conflicting sessions could be attended without a conflict."""

    of: str
    """The ID of the conflicting session that could be attended at this other time instead."""
    id: str
    """The ID of the session at the other time: the same session, or one with the same title or GUID."""
    day: str
    start: str | None
    end: str | None
    room: str | None


class ConflictRow(NamedTuple):
    """A row of the output: two sessions in the agenda that overlap, or may overlap.

    ``start``, ``end`` and ``minutes`` tell when and how long they overlap; None if times are not published.
    ``start`` and ``end`` are RFC 3339 timestamps.
    """

    kind: str
    day: str
    start: str | None
    end: str | None
    first: str
    second: str
    first_title: str
    second_title: str
    minutes: int | None
    repeats: tuple[RepeatRow, ...]

    @staticmethod
    def columns() -> tuple[str, ...]:
        """Return the fields that are shown by default."""
        return "kind", "day", "start", "end", "first", "second", "first_title", "second_title", "minutes"


class GapRow(NamedTuple):
    """A row of the output: free time on one day, before, between or after sessions in the agenda.

    ``fits`` are the IDs of the sessions that would fit into it.
    """

    day: str
    start: str
    end: str
    minutes: int
    fits: tuple[str, ...]


@examples(
    ("summit agenda conflicts", "Sessions in your agenda at the same time."),
    ("summit agenda conflicts --json", "The same, as JSON."),
    ("summit agenda conflicts --pick maybe", "Only those of sessions marked as maybe.", 1),
)
def conflicts(
    call: Call, filters: Filters, output: Annotated[Output, Rows("cli.commands.planning:ConflictRow")]
) -> Status:
    """Show conflicts in your agenda, pair by pair. Ignores sessions marked as maybe, unless --pick maybe."""
    only_decided = "maybe" not in filters.pick
    picked, taken = [*bare_picks(call, filters.name, only_decided)], taken_listings(call, filters.name)
    mine, own = [*picked, *taken], {key_of(one): one for one in taken}
    bare = [
        pair
        for pair in _matching(call, filters, find_conflicts(mine))
        if key_of(pair.first) not in own or key_of(pair.second) not in own
    ]
    conflicting = {key_of(one): one for pair in bare for one in (pair.first, pair.second)}
    titles = titles_of(call.catalog, {one.id for one in conflicting.values()})
    titles.update((one.id, one.title) for one in taken)
    certain = {key_of(one): one for pair in bare if pair.certain for one in (pair.first, pair.second)}
    others = _repeats(call, mine, [one for key, one in certain.items() if key not in own])
    rows = [_conflict_row(one, titles, others) for one in bare]

    # Only rendering needs more of the sessions than their titles.
    @cache
    def whole() -> dict[tuple[str, int], Listing]:
        found = complete_listings(call.catalog, [*conflicting.values(), *chain(*others.values())])
        return {key_of(one): one for one in call.marked(found.values(), filters.name)} | own

    def shown() -> list[Conflict]:
        pairs = ((one, whole()[key_of(one.first)], whole()[key_of(one.second)]) for one in bare)
        return [one._replace(first=first, second=second) for one, first, second in pairs]

    def listings() -> list[Listing]:
        return [whole()[key_of(one)] for one in mine if key_of(one) in conflicting]

    def repeats() -> dict[tuple[str, int], list[Listing]]:
        return {key: [whole()[key_of(other)] for other in found] for key, found in others.items()}

    is_empty = not call.agenda(filters.name).planned()
    nothing = empty_agenda_message(call, filters.name) if is_empty else _("no conflicts")
    status = answer(call, ConflictRow, rows, output, nothing, shown=shown, listings=listings, repeats=repeats)
    if len(bare) == MAX_CONFLICTS:
        warn(_("showing the first {n} conflicts; there may be more").format(n=MAX_CONFLICTS))
    if rows and is_drawn(call, output):
        option = f" --name {filters.name}" if filters.name else ""
        way_out = f"summit agenda plan{option}" if certain else "summit show ID"
        hint(call, way_out, f"summit agenda remove ID{option}")
    return status


def _conflict_row(
    found: Conflict, titles: Mapping[str, str], others: Mapping[tuple[str, int], Sequence[Listing]]
) -> ConflictRow:
    """Return the row of a conflict.

    Args:
        found: the conflict.
        titles: the titles of the sessions by ID.
        others: other times at which the sessions are held: ``{("a1", 1): […]}``. The key is a session's ID
            and the number of its time with the conflict, counted from 1.
    """
    both = found.first, found.second
    return ConflictRow(
        "certain" if found.certain else "possible",
        found.day,
        found.start,
        found.end,
        found.first.id,
        found.second.id,
        titles[found.first.id],
        titles[found.second.id],
        found.minutes,
        tuple(
            RepeatRow(of.id, other.id, other.day, other.start, other.end, other.room)
            for of in both
            for other in others.get(key_of(of), ())
        ),
    )


def _matching(call: Call, filters: Filters, found: list[Conflict]) -> list[Conflict]:
    """Return the conflicts in which one session or both match the filters."""
    if not any(filters._replace(name=None)):
        return found
    asked = query(call, filters._replace(agenda=True))
    meant = {key_of(one) for one in bare_listings(call.catalog, asked)}
    return [one for one in found if key_of(one.first) in meant or key_of(one.second) in meant]


def _repeats(
    call: Call, mine: Sequence[Listing], conflicting: Sequence[Listing]
) -> dict[tuple[str, int], tuple[Listing, ...]]:
    """Return other times at which sessions in conflict could be attended without a conflict.

    Args:
        call: the running command.
        mine: everything in the agenda that takes time.
        conflicting: the sessions in conflict.

    Returns:
        The other times as listings, by the ID and the slot number of the session in conflict.
    """
    if not conflicting:
        return {}
    alike = repeats_of(call.catalog, {one.id for one in conflicting}, MAX_REPEATS)
    held: dict[str, list[Listing]] = {}
    for one in bare_listings(call.catalog, Query(ids=tuple({id_ for ids in alike.values() for id_ in ids}))):
        held.setdefault(one.id, []).append(one)
    busy = BusyTimes(mine)
    others = {
        key_of(one): find_repeats(one, [other for id_ in alike[one.id] for other in held[id_]], busy)
        for one in conflicting
    }
    return {key: listings for key, listings in others.items() if listings}


@examples(
    ("summit agenda gaps --schedule meetup.json", "At the conference in meetup.json."),
    ("summit agenda gaps --schedule meetup.json --min 1h", "Only free time of an hour or more."),
)
def gaps(
    call: Call,
    filters: Filters,
    output: Annotated[Output, Rows("cli.commands.planning:GapRow")],
    shortest: Annotated[
        str,
        typer.Option("--min", metavar="LENGTH", help="Leave out free time shorter than this, such as 1h."),
    ] = SHORTEST_GAP,
) -> Status:
    """Show free time in your agenda, and sessions that would fit. Filters choose the days and sessions."""
    minutes = int(find_duration(shortest).total_seconds()) // 60
    # Filters apply to the sessions that would fit; every session in the agenda takes time.
    wanted = visible(call, filters._replace(agenda=False))
    found = free_days(call, filters.name, wanted.days, minutes)
    picked = {id_ for id_, _day in call.agenda(filters.name).pairs()}
    fits = [(gap, sessions_fitting(call, gap, wanted, picked)) for day in found or () for gap in day.gaps]
    rows = [GapRow(*gap, fitting.ids) for gap, fitting in fits]
    unknown = [dates.day(day.day) for day in found or () if not day.is_known]
    nothing = "" if unknown else empty_agenda_message(call, filters.name) if found is None else no_match()
    if any(day.is_known for day in found or ()):
        nothing = _("no free time in your agenda")
    status = answer(call, GapRow, rows, output, nothing, shown=lambda: shown_fitting(call, fits))
    if unknown:
        warn(_("{days}: no times published, so free time is unknown").format(days=_(", ").join(unknown)))
    return status
