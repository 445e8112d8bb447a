"""The commands that show and change the personal agenda."""

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
    marked,
    slots_on,
    with_days,
    without,
)
from summitcli.agenda.place import DEFAULT, names
from summitcli.agenda.reconcile import Change, reconciled
from summitcli.agenda.store import change
from summitcli.catalog.queries import Query
from summitcli.cli.call import Call
from summitcli.cli.commands.sessions import sessions_named
from summitcli.cli.filters import query
from summitcli.cli.grammar.params import Argument, Option, Repeated
from summitcli.cli.options import AgendaName, Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UnknownValue, UsageError
from summitcli.i18n import _, ngettext
from summitcli.rows import SessionRow
from summitcli.text.suggest import nearest

if TYPE_CHECKING:
    from rich.console import RenderableType

NAMED = 8
"""How many sessions are named in one line."""


def agenda(call: Call, filters: Filters, output: Output) -> Status:
    """What I picked, by day."""
    mine = call.agenda(filters.name)
    wanted = query(call, filters._replace(agenda=True))
    rows = picked_sessions(call, mine, wanted)

    def draw() -> "RenderableType":
        from summitcli.render.listings import schedule

        return schedule(call.setting, call.marked(call.catalog.listings(wanted), filters.name))

    nothing = _no_match() if mine.picks else nothing_picked(call, filters.name)
    status = answer(call, SessionRow, rows, output, draw, nothing)
    now = reconciled(mine, _current(call, mine))
    for changed in now.changes:
        say(describe(changed))
    for pick in mine.picks:
        if pick.gone and pick in now.agenda.picks:
            say(_("no longer held: {title}, {was}").format(title=pick.title, was=_held(pick)))
    if is_drawn(call, output) and rows:
        option = _named_option(mine)
        hint(call, f"summit agenda conflicts{option}", f"summit agenda export{option} -o agenda.ics")
    return status


def add(
    call: Call,
    filters: Filters,
    ids: Annotated[Repeated, Argument("[ID…]", "Which sessions; or say it with filters.", "id")] = (),
) -> Status:
    """Pick sessions: whole, or with --day one of their days."""
    wanted = _wanted(call, ids, filters)
    outcome: list[Added] = []

    def edit(mine: Agenda) -> Agenda:
        outcome[:] = [with_days(mine, wanted)]
        return outcome[0].agenda

    change(call.conference, filters.name or DEFAULT, edit)
    say_done(call, outcome[0])
    return Status.DONE


def remove(
    call: Call,
    filters: Filters,
    ids: Annotated[Repeated, Argument("[ID…]", "Which sessions; or say it with filters.", "picked")] = (),
) -> Status:
    """Take sessions out of the agenda: whole, or with --day one of their days."""
    mine = call.agenda(filters.name)
    wanted = _picked(call, mine, ids, filters)
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
        say(_("removed: {names}").format(names=_names(removed)))
    _say_what_is_there(call, after)
    return Status.DONE if removed else Status.NOTHING


def clear(
    call: Call,
    yes: Annotated[bool, Option(("-y", "--yes"), "Don't ask.")] = False,
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
    say(_("removed: {names}").format(names=_names([pick for pick in before.picks if pick.id not in left])))
    return Status.DONE


def nothing_picked(call: Call, name: str | None) -> str:
    """What is said of an empty agenda: that there is none of its name, where others are kept."""
    known = names(call.conference.id)
    if name is None or name in known or not known:
        return _("nothing picked yet; `summit agenda add ID` picks a session")
    sentence = _('no agenda "{name}"').format(name=name)
    return str(UnknownValue(sentence, nearest(name, known), known))


def say_done(call: Call, done: Added) -> None:
    """Say what was picked and what of it clashes, what had been picked, and what is there now."""
    if done.added:
        say(_("picked: {names}").format(names=_names(done.added)))
        _say_what_clashes(call, done)
    if done.already:
        say(_("picked already: {names}").format(names=_names(done.already)))
    _say_what_is_there(call, done.agenda)


def picked_sessions(call: Call, mine: Agenda, wanted: Query) -> list[SessionRow]:
    """The sessions of ``mine`` that the schedule has and ``wanted`` asks for, each on its days picked."""
    picks = mine.by_id()
    rows = marked(mine, call.catalog.sessions(wanted))
    return [row if (days := picks[row.id].days) is None else _on(row, days) for row in rows]


def bring_up_to_date(call: Call, name: str | None) -> tuple[Agenda, Sequence[Change]]:
    """The agenda as the schedule has its sessions now, kept as such, with what has changed since."""
    changes: list[Change] = []

    def edit(mine: Agenda) -> Agenda:
        outcome = reconciled(mine, _current(call, mine))
        changes[:] = outcome.changes
        return outcome.agenda

    _before, after = change(call.conference, name or DEFAULT, edit)
    return after, changes


def describe(changed: Change) -> str:
    """What has become of a pick, in one line."""
    before, after = changed.before, changed.after
    words = {"title": before.title, "was": _held(before), "now": _held(after), "name": after.title}
    return {
        "moved": _("moved: {title}, from {was} to {now}"),
        "renamed": _("renamed: {title} is now {name}"),
        "gone": _("no longer held: {title}, {was}"),
        "back": _("held again: {title}, {now}"),
    }[changed.kind].format(**words)


def _held(pick: Pick) -> str:
    """The days, times and rooms of a pick."""
    times = (
        (
            slot.day,
            f"{slot.start[11:16]}–{slot.end[11:16]}" if slot.start and slot.end else "",
            slot.room or "",
        )
        for slot in pick.slots
    )
    return _(", ").join(" ".join(filter(None, parts)) for parts in times)


def _current(call: Call, mine: Agenda) -> dict[str, SessionRow]:
    return {row.id: row for row in call.catalog.sessions(Query(ids=mine.ids()))}


def _on(row: SessionRow, days: tuple[str, ...]) -> SessionRow:
    return row._replace(days=tuple(day for day in row.days if day in days), slots=slots_on(row.slots, days))


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


def _names(picks: Sequence[Pick]) -> str:
    shown = [pick.id if pick.days is None else f"{pick.id} ({' '.join(pick.days)})" for pick in picks]
    if (more := len(shown) - NAMED) > 1:
        shown[NAMED:] = [ngettext("{n} more", "{n} more", more)]
    return _(", ").join(shown)


def _what_went(removed: Sequence[Pick], after: Agenda) -> list[Pick]:
    """The picks removed, each with the days that went where others of it stay."""
    left = after.by_id()
    return [
        pick
        if pick.id not in left
        else pick._replace(days=tuple(day for day in held_days(pick) if not left[pick.id].includes(day)))
        for pick in removed
    ]


def _named_option(mine: Agenda) -> str:
    """The option that names this agenda in another command."""
    return "" if mine.name == DEFAULT else f" --name {mine.name}"


def _say_what_clashes(call: Call, done: Added) -> None:
    """Say which of the new picks certainly overlap others."""
    from summitcli.agenda.planner import clashing

    clash = {id_ for id_, _part in clashing(call.catalog.listings(Query(picks=done.agenda.pairs())))}
    if found := [pick for pick in done.added if pick.id in clash]:
        command = f"summit agenda conflicts{_named_option(done.agenda)}"
        sentence = _("overlapping other picks: {names}; `{command}` shows what")
        say(sentence.format(names=_names(found), command=command))


def _say_what_is_there(call: Call, mine: Agenda) -> None:
    say(ngettext("in the agenda: {n} session", "in the agenda: {n} sessions", len(mine.picks)))
    option = _named_option(mine)
    hint(call, f"summit agenda{option}", f"summit agenda export{option} -o agenda.ics")


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
