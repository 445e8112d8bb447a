"""The commands that show and change the personal agenda."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

from summitcli.agenda.editing import cleared, remove_sessions
from summitcli.agenda.history import Undone
from summitcli.agenda.own_entries import remove_entries
from summitcli.agenda.picks import Agenda, HistoryEntry, Pick, held_days
from summitcli.agenda.place import OLD_SUFFIX, path_of
from summitcli.cli.call import Call
from summitcli.cli.declare import Rows, changes, examples, typer
from summitcli.cli.filters import query, selection
from summitcli.cli.marks import marks
from summitcli.cli.options import AgendaName, Filters, Output
from summitcli.cli.output.answer import answer, draw, drawn, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.own_time import other_events, own_listings
from summitcli.cli.picks import (
    describe_gone,
    descriptions,
    empty_agenda_message,
    name_option,
    named,
    no_match,
    own_entry_text,
    report_removed,
    title_in_language,
    undo_last,
)
from summitcli.cli.syncing import sync_kept
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UsageError
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated
from summitcli.rows import Listing
from summitcli.storage import paths
from summitcli.text import dates
from summitcli.text.enumeration import enumeration

if TYPE_CHECKING:
    from summitcli.agenda.store import Changed

MAX_EVENTS = 8
"""The number of lines for events of other calendars on a day. The last may be a summary of several events."""

REPEATED = {
    "add": "agenda add",
    "add --maybe": "agenda add --maybe",
    "hide": "hide",
    "remove": "agenda remove",
}
"""The commands with which a change can be repeated after it was undone, by its name in the undo history."""


@examples(
    ("summit agenda --name friends", "The agenda named friends."),
)
def agenda(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:Listing")]) -> Status:
    """Show your agenda by day. It has the sessions that you add with `summit star`."""
    # With current IDs: those saved may be older if the schedule's memory of IDs was lost.
    now = call.reconciled(filters.name)
    mine = now.agenda
    rows = selection(call, filters, query(call, filters._replace(agenda=not filters.pick)))
    nothing = no_match() if mine.planned() or filters.pick else empty_agenda_message(call, filters.name)
    is_shown = is_drawn(call, output)
    own = _own_time(call, filters) if is_shown else []
    marked = marks(call, filters.name)
    if own and not rows:
        draw(call, drawn(call, Listing.__name__, [], {"own": own}))
        status = Status.DONE
    else:
        status = answer(call, Listing, rows, output, nothing, picture="list", marks=marked, own=own)
    title = title_in_language(call)
    for sentence in descriptions(now.changes, title):
        say(sentence)
    reported = {changed.after.uid for changed in now.changes}
    for pick in now.agenda.planned():
        if pick.gone and pick.uid not in reported:
            say(describe_gone(pick, title))
    if status is Status.DONE and is_shown:
        option = name_option(mine)
        hint(call, f"summit agenda conflicts{option}", f"summit agenda export{option} -o agenda.ics")
    return status


def _own_time(call: Call, filters: Filters) -> list[Listing]:
    """Return the user's own entries, such as lunch, and events of other calendars, which get no IDs.

    Return none if a filter is used that only sessions can match. If a day has many events, the last of them
    are summarised as one.
    """
    if any(filters._replace(day=(), name=None)):
        return []
    numbers = {row.day: row.day_number for row in call.days}
    first, last = min(numbers), max(numbers)

    def on_day(one: Listing) -> Listing:
        day = min(max(one.day, first), last)
        return one._replace(day=day, day_number=numbers.get(day, 0))

    found = [on_day(one) for one in own_listings(call, filters.name)]
    by_day: dict[str, list[Listing]] = {}
    for event in map(on_day, other_events(call, filters.name)):
        by_day.setdefault(event.day, []).append(event._replace(id=""))
    for events in by_day.values():
        found += events if len(events) <= MAX_EVENTS else [*events[: MAX_EVENTS - 1], _summary(call, events)]
    days = query(call, filters).days
    return [one for one in found if not days or one.day in days]


def _summary(call: Call, events: Sequence[Listing]) -> Listing:
    """Return one event for all events of a day after the first :data:`MAX_EVENTS` - 1."""
    rest = events[MAX_EVENTS - 1 :]
    last = max(rest, key=lambda one: datetime.fromisoformat(one.end or ""))
    text = _("{n} more events in your other calendars").format(n=len(rest))
    return rest[0]._replace(title=text, titles={call.conference.language: text}, end=last.end)


@changes
@examples(
    ("summit agenda clear --yes", "Without confirmation."),
    ("summit agenda clear --yes --name friends", "The agenda named friends."),
    ("summit agenda clear --yes --forget", "Leave nothing to undo."),
)
def clear(
    call: Call,
    yes: Annotated[bool, typer.Option("-y", "--yes", help="Don't ask for confirmation.")] = False,
    forget: Annotated[
        bool,
        typer.Option("--forget", help="Also delete the history, so that `agenda undo` can undo nothing."),
    ] = False,
    name: AgendaName = None,
) -> Status:
    """Remove all sessions from your agenda. Also removes entries that you added with `agenda block`."""
    mine = call.agenda(name)
    if not mine.picks and not mine.entries and not (forget and (mine.history or mine.former)):
        say(_("your agenda is empty"))
        return Status.NOTHING
    if not yes and not _confirmed(_question_to_clear(mine)):
        say(_("nothing changed"))
        return Status.NOTHING

    def edit(current: Agenda) -> tuple[Agenda, None]:
        # Sessions added by another process during the question are kept.
        if yes:
            return cleared(current), None
        own = {entry.id for entry in mine.entries}
        return remove_entries(remove_sessions(current, mine.ids()).agenda, own).agenda, None

    before, after = call.change_agenda(name, edit, "clear", forget)[:2]
    left = set(after.ids())
    report_removed(call, [pick for pick in before.picks if pick.id not in left])
    if own := [own_entry_text(entry) for entry in before.entries if entry not in after.entries]:
        say(_("removed: {names}").format(names=enumeration(own)))
    if forget:
        # Loading it would slow down the commands that change an agenda.
        from summitcli.agenda import kept_plan

        kept_plan.remove(after.conference, after.name)
        say(_("the history of your agenda was deleted, so nothing can be undone"))
        if paths.is_there(older := path_of(after.conference, after.name) + OLD_SUFFIX):
            say(
                _(
                    "a file of an older version of summit still has the agenda; delete it as well: {path}"
                ).format(path=older)
            )
    else:
        hint(call, f"summit agenda undo{name_option(after)}")
    sync_kept(call, name)
    return Status.DONE


def _question_to_clear(mine: Agenda) -> str:
    number = len(mine.picks)
    if mine.entries:
        return _("Remove all sessions and your own entries from your agenda? [y/N]")
    if len(mine.planned()) < number:
        return ngettext(
            "Remove {n} session from your agenda, hidden ones included? [y/N]",
            "Remove all {n} sessions from your agenda, hidden ones included? [y/N]",
            number,
        )
    return ngettext(
        "Remove {n} session from your agenda? [y/N]",
        "Remove all {n} sessions from your agenda? [y/N]",
        number,
    )


@changes
@examples(
    ("summit agenda undo", "The last change to your agenda."),
    ("summit agenda undo --name friends", "In the agenda named friends."),
)
def undo(call: Call, name: AgendaName = None) -> Status:
    """Undo the last change to your agenda. Repeat it to undo earlier changes, up to 20."""
    changed = undo_last(call, name)
    if changed.outcome is None:
        say(_("nothing to undo"))
        return Status.NOTHING
    past, picks = changed.outcome.past, _differing(changed.after, changed.before)
    if past.done == "plan":
        # As for clearing.
        from summitcli.agenda import kept_plan

        kept_plan.mark_undone(changed.after.conference, changed.after.name)
    own = set(changed.after.entries) ^ set(changed.before.entries)
    others = set(changed.after.busy) ^ set(changed.before.busy)
    names = [named(picks), enumeration(sorted(map(own_entry_text, own))), enumeration(sorted(others))]
    say(_undone_message(past, _(", ").join(filter(None, names)), len(changed.after.planned())))
    if past.done in REPEATED and len(picks) == len(past.ids) and not _is_of_single_days(past, changed):
        ids = " ".join(pick.id for pick in picks)
        hint(call, f"summit {REPEATED[past.done]}{name_option(changed.after)} {ids}")
    sync_kept(call, name)
    return Status.DONE


def _undone_message(past: HistoryEntry, names: str, left: int) -> str:
    """Return the message that a change was undone.

    Args:
        past: the history entry of the change.
        names: what the change added or removed, on one line.
        left: the number of sessions in the agenda now.
    """
    verbs = {
        "add": _("add"),
        "add --maybe": _("add as maybe"),
        "hide": _("hide"),
        "remove": _("remove"),
        "clear": _("clear"),
        "import": _("import"),
        "plan": _("apply the plan"),
        "block": _("block"),
        "busy": _("add the calendar"),
        "busy --remove": _("remove the calendar"),
    }
    when = dates.local(past.at)
    return ngettext(
        "undone: {done} ({moment}); your agenda: {n} session",
        "undone: {done} ({moment}); your agenda: {n} sessions",
        left,
        done=f"{verbs.get(past.done, past.done)} {names}".rstrip(),
        moment=f"{dates.day(when.date().isoformat())} {when:%H:%M}",
    )


def _differing(agenda: Agenda, other: Agenda) -> list[Pick]:
    """Return the picks (sessions in an agenda) that only one agenda has, or whose mark or days differ.

    A pick that is in both is returned as it is in ``other``. If only its days differ, it is returned with the
    days that only one of the agendas has.
    """
    earlier, later = ({pick.uid: pick for pick in state.picks} for state in (agenda, other))
    differing: list[Pick] = []
    for uid, pick in (earlier | later).items():
        if uid not in earlier or uid not in later or earlier[uid].pick != later[uid].pick:
            differing.append(pick)
        elif earlier[uid].days != later[uid].days:
            days = set(held_days(earlier[uid])) ^ set(held_days(later[uid]))
            differing.append(pick._replace(days=tuple(sorted(days))))
    return differing


def _is_of_single_days(past: HistoryEntry, changed: Changed[Undone | None]) -> bool:
    """Return whether a change that was undone concerned single days of sessions, not only whole sessions.

    If it did, the sessions' IDs alone are not enough to repeat it.

    Args:
        past: the entry of the change in the agenda's history.
        changed: the agenda before and after the change was undone.
    """
    uids = {*past.absent, *(pick.uid for pick in past.picks)}
    return any(pick.days and pick.uid in uids for pick in (*changed.before.picks, *changed.after.picks))


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
