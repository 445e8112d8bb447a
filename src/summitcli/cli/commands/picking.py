"""The commands that add sessions to the agenda, remove sessions from it, and hide sessions from lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summitcli.agenda.editing import Wanted, remove_sessions
from summitcli.agenda.own_entries import find_entries, remove_entries
from summitcli.agenda.picks import Agenda, Days, Pick, follow, held_days
from summitcli.catalog.conditions import Query
from summitcli.cli.call import Call
from summitcli.cli.declare import changes, examples, typer
from summitcli.cli.filters import only_hidden, query, without_hidden
from summitcli.cli.naming import ids_named, report_no_ids, sessions_of, typed_or_piped
from summitcli.cli.options import Filters, PickedIds, SessionIds
from summitcli.cli.picks import (
    add_to_agenda,
    no_match,
    own_entry_text,
    report_added,
    report_removed,
    report_size,
)
from summitcli.cli.syncing import sync_kept
from summitcli.cli.terminal.environment import stderr_is_terminal
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Annotated, Any
from summitcli.rows import Mark, SessionRow
from summitcli.text.batches import batches
from summitcli.text.enumeration import enumeration

if TYPE_CHECKING:
    from typing import TypeAlias

    from summitcli.agenda.store import Changed

Maybe: TypeAlias = (
    "Annotated[bool, typer.Option('--maybe', help='Add them as maybe (☆): calendars show them as"
    " tentative.')]"
)
"""The annotation of a parameter for the option ``--maybe``; a string, so that Typer is not imported."""


@changes
@examples(
    ("summit agenda add big-data contest-awards", "Two sessions, by the beginnings of their IDs."),
    ("summit agenda add digital-product -d 2", "Only one day of a session that lasts several."),
    ("summit agenda add -c forum -d 2", "All sessions that match the filters."),
    ("summit agenda add opening --name friends", "Add to the agenda named friends."),
)
def add(call: Call, filters: Filters, ids: SessionIds = (), maybe: Maybe = False) -> Status:
    """Add sessions to your agenda. With --day, a session on several days is added only for that day."""
    return _add(call, filters, ids, "maybe" if maybe else "yes")


@changes
@examples(
    ("summit star big-data-forum", "By the ID, which `summit list` shows."),
    ("summit star 区块链 --maybe", "By a word from the title, as maybe."),
    ("summit star -c forum -d 2", "All sessions that match the filters."),
)
def star(call: Call, filters: Filters, ids: SessionIds = (), maybe: Maybe = False) -> Status:
    """Add sessions to your agenda. Same as `summit agenda add`; `summit agenda` shows your agenda."""
    return _add(call, filters, ids, "maybe" if maybe else "yes")


@changes
@examples(
    ("summit hide contest-awards", "By the ID, which `summit list` shows."),
    ("summit hide -c exhibition", "All exhibitions."),
)
def hide(call: Call, filters: Filters, ids: SessionIds = ()) -> Status:
    """Hide sessions from lists. `summit list --pick hidden` lists them, `summit unstar` shows them again."""
    return _add(call, filters, ids, "hidden")


@changes
@examples(
    ("summit agenda remove big-data-forum", "By the ID, which `summit list` shows."),
    ("summit agenda remove -c forum", "All forums."),
)
def remove(call: Call, filters: Filters, ids: PickedIds = ()) -> Status:
    """Remove sessions from your agenda. With --day, a session on several days is kept on the others."""
    return _remove(call, filters, ids)


@changes
@examples(
    ("summit unstar big-data-forum", "By the ID, which `summit list` shows."),
    ("summit unstar -c forum", "All forums."),
)
def unstar(call: Call, filters: Filters, ids: PickedIds = ()) -> Status:
    """Remove sessions from your agenda, or show hidden ones again. Same as `summit agenda remove`."""
    return _remove(call, filters, ids)


def _add(call: Call, filters: Filters, ids: Sequence[str], mark: Mark) -> Status:
    named_ids = typed_or_piped(call, ids)
    if ids and not named_ids:
        return report_no_ids()
    outcome = _("nothing was hidden") if mark == "hidden" else _("nothing was added")
    wanted = _to_add(call, named_ids, filters, mark, outcome)
    if not wanted:
        say(outcome)
        return Status.NOTHING
    done = {"yes": "add", "maybe": "add --maybe", "hidden": "hide"}[mark]
    report_added(call, add_to_agenda(call, filters.name, wanted, done))
    sync_kept(call, filters.name)
    return Status.DONE


def _remove(call: Call, filters: Filters, ids: Sequence[str]) -> Status:
    named_ids = typed_or_piped(call, ids)
    if ids and not named_ids:
        return report_no_ids()
    mine = call.agenda(filters.name)
    outcome = _("nothing was removed")
    own, named_ids = _own_entries(call, mine, named_ids, filters)
    if own and not named_ids:
        return _remove_own(call, filters.name, own)
    wanted, rows = _to_remove(call, mine, named_ids, filters, outcome)
    if named_ids and not wanted:
        say(outcome)
        return Status.NOTHING
    duplicates, asked = _duplicate_uids(call, filters.name), dict(wanted)
    # Grouped by day, as each removal goes through the whole agenda.
    by_day: dict[str | None, list[str]] = {}
    for id_, days in wanted:
        for day in days or (None,):
            by_day.setdefault(day, []).append(id_)

    def edit(current: Agenda) -> tuple[Agenda, tuple[dict[str, Pick], list[str]]]:
        current = remove_entries(current, own).agenda
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
    report_removed(call, removed)
    _report_own(changed)
    report_size(call, changed.after)
    sync_kept(call, filters.name)
    return Status.DONE if removed or own else Status.NOTHING


def _own_entries(
    call: Call, mine: Agenda, texts: Sequence[str], filters: Filters
) -> tuple[set[str], list[str]]:
    """Return the IDs of the user's own entries that the texts name, and the texts that name no own entry.

    An own entry is something that the user added, such as lunch. With ``--day``, the IDs are only those of
    entries on the given days.
    """
    days = query(call, Filters(day=filters.day)).days if mine.entries and texts else ()
    picked = mine.by_id()
    own: set[str] = set()
    others: list[str] = []
    for text in texts:
        found = () if text in picked else find_entries(mine, text)
        own.update(entry.id for entry in found if not days or entry.day in days)
        if not found:
            others.append(text)
    return own, others


def _remove_own(call: Call, name: str | None, own: set[str]) -> Status:
    """Remove the user's own entries with the IDs ``own`` from the agenda ``name``, and report that."""

    def edit(current: Agenda) -> tuple[Agenda, None]:
        return remove_entries(current, own).agenda, None

    changed = call.change_agenda(name, edit, "remove")
    _report_own(changed)
    report_size(call, changed.after)
    sync_kept(call, name)
    return Status.DONE


def _report_own(changed: Changed[Any]) -> None:
    """Tell the user which of their own entries, such as lunch, were removed from the agenda."""
    left = set(changed.after.entries)
    if gone := [entry for entry in changed.before.entries if entry not in left]:
        texts = [own_entry_text(entry, stderr_is_terminal()) for entry in gone]
        say(_("removed: {names}").format(names=enumeration(texts)))


def _to_add(
    call: Call, ids: Sequence[str], filters: Filters, mark: Mark, outcome: str
) -> Iterator[Wanted] | None:
    """Return an iterator of the sessions to add with ``mark``, each with the days to add.

    A session to hide is hidden on all its days. If an ID matches several sessions, the user is asked which
    are meant; if the user chooses none, return None instead of an iterator. IDs and filters are checked at
    once; the sessions are loaded during the iteration.

    Args:
        call: the running command.
        ids: what the user typed to name sessions.
        filters: the filters. They select sessions if there are no IDs; ``--day`` also gives the days to add.
        mark: the mark that the sessions get: ``yes``, ``maybe`` or ``hidden``.
        outcome: the end of the error if an ID matches several sessions, such as ``nothing was added``.

    Raises:
        UnknownValue: an ID or a filter has an unknown value.
        UsageError: there are neither IDs nor filters, or both, or no session matches.
    """
    if ids and any(filters._replace(day=(), name=None)):
        raise UsageError(_("use IDs or filters, not both; only --day can be combined with IDs"))
    if ids and mark == "hidden" and filters.day:
        raise UsageError(_("--day can't be used with IDs here: a session is hidden on all its days"))
    asked = query(call, filters)
    if ids:
        named = ids_named(call, ids, outcome)
        rows = (Wanted(row, asked.days or None, mark) for row in sessions_of(call, named))
        return rows if named else None
    if not any(filters._replace(name=None)):
        raise UsageError(_("no sessions given; use IDs, or filters such as -c forum -d 1"))
    if mark != "hidden":
        asked = without_hidden(asked, call.agenda(filters.name))
    found = call.catalog.positions(asked)
    if not found:
        raise UsageError(only_hidden(call, asked) or no_match())
    days = () if mark == "hidden" else asked.days
    return (
        Wanted(row, tuple(day for day in row.days if day in days) or None, mark)
        for batch in batches(found)
        for row in call.catalog.sessions_at(batch)
    )


def _to_remove(
    call: Call, mine: Agenda, ids: Sequence[str], filters: Filters, outcome: str
) -> tuple[list[tuple[str, Days]], Sequence[SessionRow]]:
    """Return the sessions to remove, as pairs of ID and days; and also as rows, if the user gives days.

    The pair ``("a1", ("2022-07-23",))`` removes one day of a session, ``("a1", None)`` removes all its days.
    Without days, the second value is (). An ID may belong to a session that is no longer in the schedule,
    which has no row.

    Args:
        call: the running command.
        mine: the agenda to remove them from.
        ids: what the user typed to name sessions.
        filters: the filters. They select sessions if there are no IDs. If ``--day`` is among them, sessions
            are removed only on these days; it may also be combined with IDs.
        outcome: the end of the error if an ID matches several sessions, such as ``nothing was removed``.

    Raises:
        UnknownValue: an ID or a filter has an unknown value.
        UsageError: there are neither IDs nor filters, or IDs and filters other than ``--day``.
    """
    if ids and any(filters._replace(day=(), name=None)):
        raise UsageError(_("use IDs or filters, not both; only --day can be combined with IDs"))
    if not any(filters._replace(name=None)) and not ids:
        raise UsageError(_("no sessions given; use IDs, or filters such as -c forum -d 1"))
    if ids:
        days = query(call, filters).days or None
        meant = ids_named(call, ids, outcome, set(mine.ids()))
        return [(id_, days) for id_ in meant], call.catalog.sessions(Query(ids=tuple(meant))) if days else ()
    asked = query(call, filters._replace(agenda=not filters.pick))
    rows = call.catalog.sessions(asked)
    if not asked.days:
        return [(row.id, None) for row in rows], ()
    picks = _with_current_days(mine, rows).by_id()
    return [
        (row.id, tuple(day for day in held_days(picks[row.id]) if day in asked.days)) for row in rows
    ], rows


def _duplicate_uids(call: Call, name: str | None) -> dict[str, list[str]]:
    """Return the UIDs of duplicates in the agenda ``name``, by the ID of their session.

    A duplicate is a second entry for the same session; only a file that was edited by hand has any.
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
    """Return the agenda ``mine`` with the current days of the sessions in ``rows``."""
    held = {row.id: row for row in rows}
    picks = (follow(pick, held[pick.id], pick.days) if pick.id in held else pick for pick in mine.picks)
    return mine._replace(picks=tuple(picks))


def _with_removed_days(removed: Sequence[Pick], after: Agenda) -> list[Pick]:
    """Return the removed picks, each with only the days that are no longer in the agenda ``after``."""
    left = after.by_id()
    return [
        pick
        if pick.id not in left
        else pick._replace(days=tuple(day for day in held_days(pick) if not left[pick.id].includes(day)))
        for pick in removed
    ]
