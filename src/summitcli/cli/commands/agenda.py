"""The commands that show and change the personal agenda."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from summitcli.agenda.history import Undone, undone
from summitcli.agenda.picks import (
    Agenda,
    Days,
    HistoryEntry,
    Pick,
    cleared,
    follow,
    held_days,
    remove_sessions,
)
from summitcli.agenda.place import OLD_SUFFIX, path_of
from summitcli.catalog.conditions import Query
from summitcli.cli.call import Call
from summitcli.cli.declare import Completes, Repeated, Rows, changes, examples, typer
from summitcli.cli.filters import query, selection
from summitcli.cli.naming import ids_named, nothing_piped, sessions_of, typed_or_piped
from summitcli.cli.options import AgendaName, Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import (
    add_to_agenda,
    describe,
    describe_gone,
    name_option,
    named,
    nothing_picked,
    say_done,
    say_what_is_there,
    title_in_language,
)
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UsageError
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated
from summitcli.rows import Listing, SessionRow
from summitcli.storage import paths
from summitcli.text import dates
from summitcli.text.batches import batches
from summitcli.text.enumeration import enumeration

if TYPE_CHECKING:
    from summitcli.agenda.store import Changed


@examples(
    ("summit agenda", "What I picked."),
    ("summit agenda -d 2", "What I picked of the second day."),
    ("summit agenda --name friends", "Another agenda of mine."),
)
def agenda(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:Listing")]) -> Status:
    """What I picked, by day."""
    # By the ids of now: those that are kept may be older, where what the library remembers was lost.
    now = call.reconciled(filters.name)
    mine = now.agenda
    rows = selection(call, filters._replace(agenda=True))
    nothing = _no_match() if mine.picks else nothing_picked(call, filters.name)
    status = answer(call, Listing, rows, output, nothing, picture="list")
    title = title_in_language(call)
    for changed in now.changes:
        say(describe(changed, title))
    told = {changed.after.uid for changed in now.changes}
    for pick in now.agenda.picks:
        if pick.gone and pick.uid not in told:
            say(describe_gone(pick, title))
    if status is Status.DONE and is_drawn(call, output):
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
    say_done(call, add_to_agenda(call, filters.name, wanted))
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
    wanted, rows = _picked(call, mine, named_ids, filters)
    twice, asked = _written_twice(call, filters.name), dict(wanted)
    # Day by day, as each walk along an agenda takes as long as the agenda is.
    by_day: dict[str | None, list[str]] = {}
    for id_, days in wanted:
        for day in days or (None,):
            by_day.setdefault(day, []).append(id_)

    def edit(current: Agenda) -> tuple[Agenda, tuple[dict[str, Pick], list[str]]]:
        before = current.by_id()
        ids_of = {pick.uid: pick.id for pick in current.picks}
        current = _as_held_now(current, rows)
        steps = []
        for day, held in by_day.items():
            further = (ids_of[uid] for id_ in held for uid in twice.get(id_, ()) if uid in ids_of)
            steps.append(remove_sessions(current, [*held, *further], day))
            current = steps[-1].agenda
        went = {pick.id: pick for step in reversed(steps) for pick in step.removed}
        # What is not touched is not brought up to date either, which would pass over in silence.
        picks = (pick if pick.id in went else before[pick.id] for pick in current.picks)
        absent = [id_ for step in steps for id_ in step.absent if id_ in asked]
        return current._replace(picks=tuple(picks)), (went, absent)

    changed = call.change_agenda(filters.name, edit, "remove")
    went, absent = changed.outcome
    removed = _what_went([went[id_] for id_, _days in wanted if id_ in went], changed.after)
    if absent:
        say(_("not picked: {names}").format(names=enumeration(absent)))
    if removed:
        say(_("removed: {names}").format(names=named(removed)))
    say_what_is_there(call, changed.after)
    return Status.DONE if removed else Status.NOTHING


@changes
@examples(
    ("summit agenda clear --yes", "Without being asked."),
    ("summit agenda clear --yes --name friends", "Another agenda of mine."),
    ("summit agenda clear --yes --forget", "With everything that could be undone."),
)
def clear(
    call: Call,
    yes: Annotated[bool, typer.Option("-y", "--yes", help="Don't ask.")] = False,
    forget: Annotated[
        bool, typer.Option("--forget", help="Delete the history, too: nothing can be undone.")
    ] = False,
    name: AgendaName = None,
) -> Status:
    """Take everything out of the agenda."""
    mine = call.agenda(name)
    if not mine.picks and not (forget and (mine.history or mine.former)):
        say(_("nothing is picked"))
        return Status.NOTHING
    question = ngettext(
        "Remove {n} session from the agenda?", "Remove all {n} sessions from the agenda?", len(mine.picks)
    )
    if not yes and not _confirmed(question):
        say(_("nothing changed"))
        return Status.NOTHING

    def edit(current: Agenda) -> tuple[Agenda, None]:
        # What was picked while somebody was being asked is nothing that they were asked about.
        return (cleared(current) if yes else remove_sessions(current, mine.ids()).agenda), None

    before, after = call.change_agenda(name, edit, "clear", forget)[:2]
    left = set(after.ids())
    if removed := [pick for pick in before.picks if pick.id not in left]:
        say(_("removed: {names}").format(names=named(removed)))
    if forget:
        say(_("the history of the agenda is deleted; nothing can be undone"))
        if paths.is_there(older := path_of(after.conference, after.name) + OLD_SUFFIX):
            say(_("an older version's file is still there: {path}").format(path=older))
    else:
        hint(call, f"summit agenda undo{name_option(after)}")
    return Status.DONE


@changes
@examples(
    ("summit agenda undo", "The last change."),
    ("summit agenda undo --name friends", "In another agenda of mine."),
)
def undo(call: Call, name: AgendaName = None) -> Status:
    """Undo the last change of the agenda. Again for the one before, up to 20."""
    from summitcli.agenda.reconcile import with_current_ids

    def edit(current: Agenda) -> tuple[Agenda, Undone | None]:
        found = undone(current)
        return (current, None) if found is None else (with_current_ids(found.agenda, call.known()), found)

    changed = call.change_agenda(name, edit)
    if changed.outcome is None:
        say(_("nothing to undo"))
        return Status.NOTHING
    past, picks = changed.outcome.past, _differing(changed.after, changed.before)
    say(_what_was_undone(past, picks, len(changed.after.picks)))
    if past.done in ("add", "remove") and len(picks) == len(past.ids) and not _partly(past, changed):
        ids = " ".join(pick.id for pick in picks)
        hint(call, f"summit agenda {past.done}{name_option(changed.after)} {ids}")
    return Status.DONE


def _what_was_undone(past: HistoryEntry, picks: Sequence[Pick], left: int) -> str:
    """Say what was undone, when it was done, and what the agenda is like now."""
    verbs = {"add": _("add"), "remove": _("remove"), "clear": _("clear"), "import": _("import")}
    when = dates.local(past.at)
    return ngettext(
        "undone: {done} ({moment}); the agenda has {n} session again",
        "undone: {done} ({moment}); the agenda has {n} sessions again",
        left,
        done=f"{verbs.get(past.done, past.done)} {named(picks)}".rstrip(),
        moment=f"{dates.day(when.date().isoformat())} {when:%H:%M}",
    )


def _differing(agenda: Agenda, other: Agenda) -> list[Pick]:
    """Return the picks that two states of an agenda don't share, each with the days that it differs by."""
    earlier, later = ({pick.uid: pick for pick in one.picks} for one in (agenda, other))
    found: list[Pick] = []
    for uid, pick in (earlier | later).items():
        if uid not in earlier or uid not in later:
            found.append(pick)
        elif earlier[uid].days != later[uid].days:
            days = set(held_days(earlier[uid])) ^ set(held_days(later[uid]))
            found.append(pick._replace(days=tuple(sorted(days))))
    return found


def _partly(past: HistoryEntry, changed: Changed[Undone | None]) -> bool:
    """Return whether single days are among what was done, which ids alone don't say."""
    uids = {*past.absent, *(pick.uid for pick in past.picks)}
    return any(pick.days and pick.uid in uids for pick in (*changed.before.picks, *changed.after.picks))


def _wanted(call: Call, ids: Sequence[str], filters: Filters) -> Iterator[tuple[SessionRow, Days]]:
    """What to pick: sessions with the days of each, or None for the whole.

    They are known before the first is loaded, and loaded when they are gone through.
    """
    if ids and any(filters._replace(day=(), name=None)):
        raise UsageError(_("give ids or filters, not both; only --day goes with ids"))
    asked = query(call, filters)
    if ids:
        return ((row, asked.days or None) for row in sessions_of(call, ids_named(call, ids)))
    if not any(filters._replace(name=None)):
        raise UsageError(_("say what to pick: ids, or filters such as -c forum -d 1"))
    found = call.catalog.positions(asked)
    if not found:
        raise UsageError(_no_match())
    return (
        (row, tuple(day for day in row.days if day in asked.days) or None)
        for batch in batches(found)
        for row in call.catalog.sessions_at(batch)
    )


def _picked(
    call: Call, mine: Agenda, ids: Sequence[str], filters: Filters
) -> tuple[list[tuple[str, Days]], Sequence[SessionRow]]:
    """Return what to remove: ids, also of sessions that the schedule no longer has, with the days or None.

    Beside them, where single days are to go, the sessions as the schedule has them.
    """
    if ids and any(filters._replace(day=(), name=None)):
        raise UsageError(_("give ids or filters, not both; only --day goes with ids"))
    if not any(filters._replace(name=None)) and not ids:
        raise UsageError(_("say what to remove: ids, or filters such as -c forum -d 1"))
    if ids:
        days = query(call, filters).days or None
        known = set(mine.ids())
        meant = dict.fromkeys(id_ if id_ in known else ids_named(call, [id_])[0] for id_ in ids)
        return [(id_, days) for id_ in meant], call.catalog.sessions(Query(ids=tuple(meant))) if days else ()
    asked = query(call, filters._replace(agenda=True))
    rows = call.catalog.sessions(asked)
    if not asked.days:
        return [(row.id, None) for row in rows], ()
    picks = _as_held_now(mine, rows).by_id()
    return [
        (row.id, tuple(day for day in held_days(picks[row.id]) if day in asked.days)) for row in rows
    ], rows


def _written_twice(call: Call, name: str | None) -> dict[str, list[str]]:
    """Return by a session's id the UIDs of the further picks of it, as in a file that was edited by hand."""
    told = [
        text.casefold() for pick in call.kept_agenda(name).picks for text in (pick.title, pick.guid) if text
    ]
    if len(set(told)) == len(told):
        # No two picks have anything in common, so nothing need be read.
        return {}
    found: dict[str, list[str]] = {}
    for change in call.reconciled(name).changes:
        if change.kind == "same":
            found.setdefault(change.after.id, []).append(change.before.uid)
    return found


def _as_held_now(mine: Agenda, rows: Iterable[SessionRow]) -> Agenda:
    """Return ``mine`` with its picks of the sessions ``rows`` on the days that those are on."""
    held = {row.id: row for row in rows}
    picks = (follow(pick, held[pick.id], pick.days) if pick.id in held else pick for pick in mine.picks)
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
