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
from summitcli.cli.naming import ids_named, report_no_ids, sessions_of, typed_or_piped
from summitcli.cli.options import AgendaName, Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import (
    add_to_agenda,
    describe,
    describe_gone,
    empty_agenda_message,
    name_option,
    named,
    report_added,
    report_size,
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
    ("summit agenda", "Your agenda."),
    ("summit agenda -d 2", "The second day of your agenda."),
    ("summit agenda --name friends", "Your agenda named friends."),
)
def agenda(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:Listing")]) -> Status:
    """Show your agenda by day."""
    # With current IDs: those saved may be older if the schedule's memory of IDs was lost.
    now = call.reconciled(filters.name)
    mine = now.agenda
    rows = selection(call, filters._replace(agenda=True))
    nothing = _no_match() if mine.picks else empty_agenda_message(call, filters.name)
    status = answer(call, Listing, rows, output, nothing, picture="list")
    title = title_in_language(call)
    for changed in now.changes:
        say(describe(changed, title))
    reported = {changed.after.uid for changed in now.changes}
    for pick in now.agenda.picks:
        if pick.gone and pick.uid not in reported:
            say(describe_gone(pick, title))
    if status is Status.DONE and is_drawn(call, output):
        option = name_option(mine)
        hint(call, f"summit agenda conflicts{option}", f"summit agenda export{option} -o agenda.ics")
    return status


@changes
@examples(
    ("summit agenda add big-data contest-awards", "By IDs, or the beginnings of IDs."),
    ("summit agenda add digital-product -d 2", "Only one day of a session that lasts several."),
    ("summit agenda add -c forum -d 2", "All sessions that match the filters."),
    ("summit agenda add opening --name friends", "Add to the agenda named friends."),
)
def add(
    call: Call,
    filters: Filters,
    ids: Annotated[
        Repeated,
        typer.Argument(
            metavar="[ID…]",
            help="Sessions: IDs, beginnings of IDs or words from titles, - for stdin; or use filters.",
        ),
        Completes("id"),
    ] = (),
) -> Status:
    """Add sessions to your agenda. With --day, adds only that day of each session."""
    named_ids = typed_or_piped(call, ids)
    if ids and not named_ids:
        return report_no_ids()
    wanted = _to_add(call, named_ids, filters)
    report_added(call, add_to_agenda(call, filters.name, wanted))
    return Status.DONE


@changes
@examples(
    ("summit agenda remove big-data-forum", "By its ID."),
    ("summit agenda remove -c forum", "All forums."),
)
def remove(
    call: Call,
    filters: Filters,
    ids: Annotated[
        Repeated,
        typer.Argument(
            metavar="[ID…]",
            help="Sessions: IDs, beginnings of IDs or words from titles, - for stdin; or use filters.",
        ),
        Completes("picked"),
    ] = (),
) -> Status:
    """Remove sessions from your agenda. With --day, removes only that day of each session."""
    named_ids = typed_or_piped(call, ids)
    if ids and not named_ids:
        return report_no_ids()
    mine = call.agenda(filters.name)
    wanted, rows = _to_remove(call, mine, named_ids, filters)
    duplicates, asked = _duplicate_uids(call, filters.name), dict(wanted)
    # Grouped by day, as each removal goes through the whole agenda.
    by_day: dict[str | None, list[str]] = {}
    for id_, days in wanted:
        for day in days or (None,):
            by_day.setdefault(day, []).append(id_)

    def edit(current: Agenda) -> tuple[Agenda, tuple[dict[str, Pick], list[str]]]:
        before = current.by_id()
        ids_of = {pick.uid: pick.id for pick in current.picks}
        current = _with_current_days(current, rows)
        steps = []
        for day, held in by_day.items():
            further = (ids_of[uid] for id_ in held for uid in duplicates.get(id_, ()) if uid in ids_of)
            steps.append(remove_sessions(current, [*held, *further], day))
            current = steps[-1].agenda
        found = {pick.id: pick for step in reversed(steps) for pick in step.removed}
        # Other picks stay as they were, so that changes of their days are still reported later.
        picks = (pick if pick.id in found else before[pick.id] for pick in current.picks)
        absent = [id_ for step in steps for id_ in step.absent if id_ in asked]
        return current._replace(picks=tuple(picks)), (found, absent)

    changed = call.change_agenda(filters.name, edit, "remove")
    found, absent = changed.outcome
    removed = _with_removed_days([found[id_] for id_, _days in wanted if id_ in found], changed.after)
    if absent:
        say(_("not in your agenda: {names}").format(names=enumeration(absent)))
    if removed:
        say(_("removed: {names}").format(names=named(removed)))
    report_size(call, changed.after)
    return Status.DONE if removed else Status.NOTHING


@changes
@examples(
    ("summit agenda clear --yes", "Without confirmation."),
    ("summit agenda clear --yes --name friends", "Your agenda named friends."),
    ("summit agenda clear --yes --forget", "Together with the undo history."),
)
def clear(
    call: Call,
    yes: Annotated[bool, typer.Option("-y", "--yes", help="Don't ask for confirmation.")] = False,
    forget: Annotated[
        bool, typer.Option("--forget", help="Delete the history as well, so that nothing can be undone.")
    ] = False,
    name: AgendaName = None,
) -> Status:
    """Remove all sessions from your agenda."""
    mine = call.agenda(name)
    if not mine.picks and not (forget and (mine.history or mine.former)):
        say(_("your agenda is empty"))
        return Status.NOTHING
    question = ngettext(
        "Remove {n} session from your agenda? [y/N]",
        "Remove all {n} sessions from your agenda? [y/N]",
        len(mine.picks),
    )
    if not yes and not _confirmed(question):
        say(_("nothing changed"))
        return Status.NOTHING

    def edit(current: Agenda) -> tuple[Agenda, None]:
        # Sessions added by another process during the question are kept.
        return (cleared(current) if yes else remove_sessions(current, mine.ids()).agenda), None

    before, after = call.change_agenda(name, edit, "clear", forget)[:2]
    left = set(after.ids())
    if removed := [pick for pick in before.picks if pick.id not in left]:
        say(_("removed: {names}").format(names=named(removed)))
    if forget:
        say(_("the history of your agenda is deleted; nothing can be undone"))
        if paths.is_there(older := path_of(after.conference, after.name) + OLD_SUFFIX):
            say(_("an older version's file is still there: {path}").format(path=older))
    else:
        hint(call, f"summit agenda undo{name_option(after)}")
    return Status.DONE


@changes
@examples(
    ("summit agenda undo", "The last change."),
    ("summit agenda undo --name friends", "In the agenda named friends."),
)
def undo(call: Call, name: AgendaName = None) -> Status:
    """Undo the last change to your agenda. Repeat it to undo earlier changes, up to 20."""
    from summitcli.agenda.reconcile import with_current_ids

    def edit(current: Agenda) -> tuple[Agenda, Undone | None]:
        found = undone(current)
        return (current, None) if found is None else (with_current_ids(found.agenda, call.known()), found)

    changed = call.change_agenda(name, edit)
    if changed.outcome is None:
        say(_("nothing to undo"))
        return Status.NOTHING
    past, picks = changed.outcome.past, _differing(changed.after, changed.before)
    say(_undone_message(past, picks, len(changed.after.picks)))
    if (
        past.done in ("add", "remove")
        and len(picks) == len(past.ids)
        and not _is_of_single_days(past, changed)
    ):
        ids = " ".join(pick.id for pick in picks)
        hint(call, f"summit agenda {past.done}{name_option(changed.after)} {ids}")
    return Status.DONE


def _undone_message(past: HistoryEntry, picks: Sequence[Pick], left: int) -> str:
    """Return the message that a change was undone.

    Args:
        past: the history entry of the change.
        picks: the sessions that the change added or removed.
        left: the number of sessions in the agenda now.
    """
    verbs = {"add": _("add"), "remove": _("remove"), "clear": _("clear"), "import": _("import")}
    when = dates.local(past.at)
    return ngettext(
        "undone: {done} ({moment}); your agenda: {n} session",
        "undone: {done} ({moment}); your agenda: {n} sessions",
        left,
        done=f"{verbs.get(past.done, past.done)} {named(picks)}".rstrip(),
        moment=f"{dates.day(when.date().isoformat())} {when:%H:%M}",
    )


def _differing(agenda: Agenda, other: Agenda) -> list[Pick]:
    """Return the picks that are in only one of two agendas, or include different days in the two.

    Of a pick in both, only the days in which they differ are returned.
    """
    earlier, later = ({pick.uid: pick for pick in state.picks} for state in (agenda, other))
    differing: list[Pick] = []
    for uid, pick in (earlier | later).items():
        if uid not in earlier or uid not in later:
            differing.append(pick)
        elif earlier[uid].days != later[uid].days:
            days = set(held_days(earlier[uid])) ^ set(held_days(later[uid]))
            differing.append(pick._replace(days=tuple(sorted(days))))
    return differing


def _is_of_single_days(past: HistoryEntry, changed: Changed[Undone | None]) -> bool:
    """Return whether an undone change affected single days of sessions, not only whole sessions.

    Such a change can't be repeated with the sessions' IDs alone.
    """
    uids = {*past.absent, *(pick.uid for pick in past.picks)}
    return any(pick.days and pick.uid in uids for pick in (*changed.before.picks, *changed.after.picks))


def _to_add(call: Call, ids: Sequence[str], filters: Filters) -> Iterator[tuple[SessionRow, Days]]:
    """Return the sessions to add, each with the days to pick; None stands for all its days.

    The arguments are checked at once; the sessions are loaded during the iteration.

    Raises:
        UnknownValue: an ID or a filter has an unknown value.
        UsageError: there are neither IDs nor filters, or both, or no session matches.
    """
    if ids and any(filters._replace(day=(), name=None)):
        raise UsageError(_("use IDs or filters, not both; only --day can be combined with IDs"))
    asked = query(call, filters)
    if ids:
        return ((row, asked.days or None) for row in sessions_of(call, ids_named(call, ids)))
    if not any(filters._replace(name=None)):
        raise UsageError(_("no sessions given; use IDs, or filters such as -c forum -d 1"))
    found = call.catalog.positions(asked)
    if not found:
        raise UsageError(_no_match())
    return (
        (row, tuple(day for day in row.days if day in asked.days) or None)
        for batch in batches(found)
        for row in call.catalog.sessions_at(batch)
    )


def _to_remove(
    call: Call, mine: Agenda, ids: Sequence[str], filters: Filters
) -> tuple[list[tuple[str, Days]], Sequence[SessionRow]]:
    """Return the sessions to remove as pairs of ID and days; None stands for all days of a session.

    The second result has the rows of the sessions if days are given, and is () otherwise. An ID may be that
    of a session that the schedule no longer has.

    Raises:
        UnknownValue: an ID or a filter has an unknown value.
        UsageError: there are neither IDs nor filters, or both.
    """
    if ids and any(filters._replace(day=(), name=None)):
        raise UsageError(_("use IDs or filters, not both; only --day can be combined with IDs"))
    if not any(filters._replace(name=None)) and not ids:
        raise UsageError(_("no sessions given; use IDs, or filters such as -c forum -d 1"))
    if ids:
        days = query(call, filters).days or None
        known = set(mine.ids())
        meant = dict.fromkeys(id_ if id_ in known else ids_named(call, [id_])[0] for id_ in ids)
        return [(id_, days) for id_ in meant], call.catalog.sessions(Query(ids=tuple(meant))) if days else ()
    asked = query(call, filters._replace(agenda=True))
    rows = call.catalog.sessions(asked)
    if not asked.days:
        return [(row.id, None) for row in rows], ()
    picks = _with_current_days(mine, rows).by_id()
    return [
        (row.id, tuple(day for day in held_days(picks[row.id]) if day in asked.days)) for row in rows
    ], rows


def _duplicate_uids(call: Call, name: str | None) -> dict[str, list[str]]:
    """Return the UIDs of duplicate picks of a session, by the session's ID.

    Only an agenda file that was edited by hand has duplicates.
    """
    texts = [
        text.casefold() for pick in call.kept_agenda(name).picks for text in (pick.title, pick.guid) if text
    ]
    if len(set(texts)) == len(texts):
        # No two picks share a title or GUID, so there are no duplicates.
        return {}
    found: dict[str, list[str]] = {}
    for change in call.reconciled(name).changes:
        if change.kind == "same":
            found.setdefault(change.after.id, []).append(change.before.uid)
    return found


def _with_current_days(mine: Agenda, rows: Iterable[SessionRow]) -> Agenda:
    """Return ``mine`` with its picks of the sessions in ``rows`` updated to the days of those sessions."""
    held = {row.id: row for row in rows}
    picks = (follow(pick, held[pick.id], pick.days) if pick.id in held else pick for pick in mine.picks)
    return mine._replace(picks=tuple(picks))


def _with_removed_days(removed: Sequence[Pick], after: Agenda) -> list[Pick]:
    """Return ``removed`` with only the days that are no longer in the agenda ``after`` the change."""
    left = after.by_id()
    return [
        pick
        if pick.id not in left
        else pick._replace(days=tuple(day for day in held_days(pick) if not left[pick.id].includes(day)))
        for pick in removed
    ]


def _no_match() -> str:
    return _("no matching sessions")


def _confirmed(question: str) -> bool:
    """Ask a question on the terminal and return whether the answer is yes.

    Raises:
        UsageError: standard input is not a terminal.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(_("use --yes to clear your agenda without confirmation"))
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    typed = sys.stdin.buffer.readline().decode(sys.stdin.encoding, "replace")
    return typed.strip().casefold() in ("y", "yes", "是")
