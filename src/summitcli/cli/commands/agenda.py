"""The commands that show and change the personal agenda."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from summitcli.agenda.picks import (
    Added,
    Agenda,
    Days,
    Pick,
    Removed,
    cleared,
    follow,
    held_days,
    with_days,
    without,
)
from summitcli.agenda.place import DEFAULT
from summitcli.agenda.reconcile import reconciled
from summitcli.agenda.store import change
from summitcli.catalog.queries import Query
from summitcli.cli.call import Call
from summitcli.cli.declare import Completes, Repeated, Rows, changes, examples, typer
from summitcli.cli.filters import query
from summitcli.cli.naming import nothing_piped, sessions_named, typed_or_piped
from summitcli.cli.options import AgendaName, Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import (
    current_sessions,
    describe,
    name_option,
    named,
    nothing_picked,
    picked_sessions,
    say_done,
    say_what_is_there,
    when_held,
)
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UsageError
from summitcli.i18n import _, ngettext
from summitcli.rows import SessionRow

if TYPE_CHECKING:
    from rich.console import RenderableType


@examples(
    ("summit agenda", "What I picked."),
    ("summit agenda -d 2", "What I picked of the second day."),
    ("summit agenda --name friends", "Another agenda of mine."),
)
def agenda(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:SessionRow")]) -> Status:
    """What I picked, by day."""
    mine = call.agenda(filters.name)
    wanted = query(call, filters._replace(agenda=True))
    rows = picked_sessions(call, mine, wanted)

    def draw() -> RenderableType:
        from summitcli.render.listings import schedule

        return schedule(call.setting, call.marked(call.catalog.listings(wanted), filters.name))

    nothing = _no_match() if mine.picks else nothing_picked(call, filters.name)
    status = answer(call, SessionRow, rows, output, draw, nothing)
    now = reconciled(mine, current_sessions(call, mine))
    for changed in now.changes:
        say(describe(changed))
    for pick in mine.picks:
        if pick.gone and pick in now.agenda.picks:
            say(_("no longer held: {title}, {was}").format(title=pick.title, was=when_held(pick)))
    if is_drawn(call, output) and rows:
        option = name_option(mine)
        hint(call, f"summit agenda conflicts{option}", f"summit agenda export{option} -o agenda.ics")
    return status


@changes
@examples(
    ("summit agenda add big-data contest-awards", "By ids, or beginnings of them."),
    ("summit agenda add digital-product -d 2", "Only one day of a longer session."),
    ("summit agenda add -c forum -d 2", "Everything that the filters leave."),
    ("summit agenda add opening --name friends", "Into another agenda."),
)
def add(
    call: Call,
    filters: Filters,
    ids: Annotated[
        Repeated,
        typer.Argument(metavar="[ID…]", help="Which sessions, - for stdin; or say it with filters."),
        Completes("id"),
    ] = (),
) -> Status:
    """Pick sessions. With --day, only that day of them."""
    named_ids = typed_or_piped(call, ids)
    if ids and not named_ids:
        return nothing_piped()
    wanted = _wanted(call, named_ids, filters)
    outcome: list[Added] = []

    def edit(mine: Agenda) -> Agenda:
        outcome[:] = [with_days(mine, wanted)]
        return outcome[0].agenda

    change(call.conference, filters.name or DEFAULT, edit)
    say_done(call, outcome[0])
    return Status.DONE


@changes
@examples(
    ("summit agenda remove big-data-forum", "By its id."),
    ("summit agenda remove -c forum", "All forums."),
)
def remove(
    call: Call,
    filters: Filters,
    ids: Annotated[
        Repeated,
        typer.Argument(metavar="[ID…]", help="Which sessions, - for stdin; or say it with filters."),
        Completes("picked"),
    ] = (),
) -> Status:
    """Take sessions out of the agenda. With --day, only that day of them."""
    named_ids = typed_or_piped(call, ids)
    if ids and not named_ids:
        return nothing_piped()
    mine = call.agenda(filters.name)
    wanted = _picked(call, mine, named_ids, filters)
    # Day by day, as each walk along an agenda takes as long as the agenda is.
    by_day: dict[str | None, list[str]] = {}
    for id_, days in wanted:
        for day in days or (None,):
            by_day.setdefault(day, []).append(id_)
    outcome: list[Removed] = []
    went: dict[str, Pick] = {}

    def edit(current: Agenda) -> Agenda:
        outcome.clear()
        went.clear()
        before = current.by_id()
        current = _as_held_now(call, current, [id_ for id_, days in wanted if days])
        for day, held in by_day.items():
            outcome.append(without(current, held, day))
            current = outcome[-1].agenda
        went.update((pick.id, pick) for one in reversed(outcome) for pick in one.removed)
        # What is not touched is not brought up to date either, which would pass over in silence.
        picks = (pick if pick.id in went else before[pick.id] for pick in current.picks)
        return current._replace(picks=tuple(picks))

    _before, after = change(call.conference, filters.name or DEFAULT, edit)
    removed = _what_went([went[id_] for id_, _days in wanted if id_ in went], after)
    if absent := [id_ for one in outcome for id_ in one.absent]:
        say(_("not picked: {names}").format(names=_(", ").join(absent)))
    if removed:
        say(_("removed: {names}").format(names=named(removed)))
    say_what_is_there(call, after)
    return Status.DONE if removed else Status.NOTHING


@changes
@examples(
    ("summit agenda clear --yes", "Without being asked."),
    ("summit agenda clear --yes --name friends", "Another agenda of mine."),
)
def clear(
    call: Call,
    yes: Annotated[bool, typer.Option("-y", "--yes", help="Don't ask.")] = False,
    name: AgendaName = None,
) -> Status:
    """Take everything out of the agenda."""
    mine = call.agenda(name)
    if not mine.picks:
        say(_("nothing is picked"))
        return Status.NOTHING
    question = ngettext(
        "Remove {n} session from the agenda?", "Remove all {n} sessions from the agenda?", len(mine.picks)
    )
    if not yes and not _confirmed(question):
        say(_("nothing changed"))
        return Status.NOTHING

    def edit(current: Agenda) -> Agenda:
        # What was picked while somebody was being asked is nothing that they were asked about.
        return cleared(current) if yes else without(current, mine.ids()).agenda

    before, after = change(call.conference, name or DEFAULT, edit)
    left = set(after.ids())
    say(_("removed: {names}").format(names=named([pick for pick in before.picks if pick.id not in left])))
    return Status.DONE


def _wanted(call: Call, ids: Sequence[str], filters: Filters) -> list[tuple[SessionRow, Days]]:
    """What to pick: sessions with the days of each, or None for the whole."""
    if ids and any(filters._replace(day=(), name=None)):
        raise UsageError(_("give ids or filters, not both; only --day goes with ids"))
    asked = query(call, filters)
    if ids:
        rows = [row for id_ in sessions_named(call, ids) for row in call.catalog.sessions(Query(ids=(id_,)))]
        return [(row, asked.days or None) for row in rows]
    if not any(filters._replace(name=None)):
        raise UsageError(_("say what to pick: ids, or filters such as -c forum -d 1"))
    rows = call.catalog.sessions(asked)
    if not rows:
        raise UsageError(_no_match())
    return [(row, tuple(day for day in row.days if day in asked.days) or None) for row in rows]


def _picked(call: Call, mine: Agenda, ids: Sequence[str], filters: Filters) -> list[tuple[str, Days]]:
    """What to remove: ids, also of sessions that the schedule no longer has, with the days or None."""
    if ids and any(filters._replace(day=(), name=None)):
        raise UsageError(_("give ids or filters, not both; only --day goes with ids"))
    days = query(call, filters).days or None
    if ids:
        known = set(mine.ids())
        named = [id_ if id_ in known else sessions_named(call, [id_])[0] for id_ in ids]
        return [(id_, days) for id_ in dict.fromkeys(named)]
    if not any(filters._replace(name=None)):
        raise UsageError(_("say what to remove: ids, or filters such as -c forum -d 1"))
    rows = call.catalog.sessions(query(call, filters._replace(agenda=True)))
    picks = _as_held_now(call, mine, [row.id for row in rows]).by_id()
    return [
        (row.id, None if days is None else tuple(day for day in held_days(picks[row.id]) if day in days))
        for row in rows
    ]


def _as_held_now(call: Call, mine: Agenda, ids: Sequence[str]) -> Agenda:
    """``mine`` with its picks of ``ids`` on the days that the schedule has them on, as far as it has them."""
    rows = {row.id: row for row in call.catalog.sessions(Query(ids=tuple(ids)))}
    picks = (follow(pick, rows[pick.id], pick.days) if pick.id in rows else pick for pick in mine.picks)
    return mine._replace(picks=tuple(picks))


def _what_went(removed: Sequence[Pick], after: Agenda) -> list[Pick]:
    """The picks removed, each with the days that went where others of it stay."""
    left = after.by_id()
    return [
        pick
        if pick.id not in left
        else pick._replace(days=tuple(day for day in held_days(pick) if not left[pick.id].includes(day)))
        for pick in removed
    ]


def _no_match() -> str:
    return _("no session matches")


def _confirmed(question: str) -> bool:
    """Whether somebody at a terminal says yes.

    Raises:
        UsageError: there is no terminal to ask at.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(_("say --yes to clear the agenda without being asked"))
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    typed = sys.stdin.buffer.readline().decode(sys.stdin.encoding, "replace")
    return typed.strip().casefold() in ("y", "yes", "是")
