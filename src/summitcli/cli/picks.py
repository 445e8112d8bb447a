"""Changes to the agenda that several commands make, and the messages about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from summitcli.agenda.editing import Added, Wanted, add_sessions
from summitcli.agenda.picks import Agenda, OwnEntry, Pick
from summitcli.agenda.place import DEFAULT, names
from summitcli.agenda.reconcile import PickChange, Reconciled, reconciled
from summitcli.catalog.conditions import Query
from summitcli.catalog.guids import shared_guids
from summitcli.cli.call import Call
from summitcli.cli.output.hints import hint
from summitcli.cli.own_time import taken_listings
from summitcli.cli.terminal.environment import stderr_is_terminal
from summitcli.cli.terminal.messages import say, warn
from summitcli.errors import ScheduleError, UnknownValue, Unreachable
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.progress import steps
from summitcli.rows import PLANNED, Listing
from summitcli.text import dates
from summitcli.text.enumeration import enumeration
from summitcli.text.suggest import nearest

if TYPE_CHECKING:
    from summitcli.agenda.history import Undone
    from summitcli.agenda.store import Changed
    from summitcli.library.kept import KeptSchedule


MAX_TITLED = 3
"""The maximum number of sessions whose titles are added to a message in a terminal."""


def picked_listings(call: Call, name: str | None) -> list[Listing]:
    """Return all sessions in the agenda, one row for each day, in order of time.

    Sessions that are no longer in the schedule are left out.
    """
    picks = call.agenda(name).pairs()
    return call.marked(call.catalog.listings(Query(picks=picks)), name) if picks else []


def bare_picks(call: Call, name: str | None, only_decided: bool = False) -> Iterator[Listing]:
    """Yield the sessions in the agenda, one row for each day, with only IDs, days, times and rooms.

    Args:
        call: the running command.
        name: the agenda's name; None for the default agenda.
        only_decided: whether to leave out the sessions marked as maybe, which conflict with nothing.
    """
    from summitcli.catalog.times import bare_listings

    mine = call.agenda(name)
    picks = mine.decided_pairs() if only_decided else mine.pairs()
    return bare_listings(call.catalog, Query(picks=picks)) if picks else iter(())


def empty_agenda_message(call: Call, name: str | None) -> str:
    """Return the message that the named agenda is empty, or that there is no such agenda."""
    known = names(call.agenda_key())
    if name is None or name in known or not known:
        return _("your agenda is empty; add a session with `summit agenda add ID`")
    sentence = _('no agenda "{name}"').format(name=name)
    return str(UnknownValue(sentence, nearest(name, known), known))


def no_match() -> str:
    """Return the message that no session matches the filters."""
    return _("no matching sessions")


def add_to_agenda(
    call: Call,
    name: str | None,
    wanted: Iterable[Wanted],
    done: str = "add",
    raise_only: bool = False,
    shared: Mapping[str, str] | None = None,
) -> Added:
    """Add sessions to the named agenda and save it; see :func:`summitcli.agenda.editing.add_sessions`.

    Args:
        call: the running command.
        name: the agenda's name; None for the default agenda.
        wanted: the sessions to add; iterated once.
        done: the name of the command for the undo history, such as ``add``.
        raise_only: True to only raise marks: a session with the mark ``yes`` keeps it even if it is wanted
            with the mark ``maybe``.
        shared: the result of :func:`summitcli.catalog.guids.shared_guids`, if the caller has it. If it is
            None, it is read from the whole catalog.

    Raises:
        UsageError: a session is to be added on a day on which it is not held.
    """
    guids = shared_guids(call.catalog) if shared is None else shared

    def edit(mine: Agenda) -> tuple[Agenda, Added]:
        added = add_sessions(mine, steps(_("adding"), wanted), guids, raise_only)
        return added.agenda, added

    return call.change_agenda(name, edit, done).outcome


def undo_last(call: Call, name: str | None) -> Changed[Undone | None]:
    """Undo the last change of the agenda with the given name, and save the agenda.

    The ``outcome`` of the result is the undone change; None if there was no change to undo.

    Raises:
        SummitError: the agenda can't be read or written.
    """
    from summitcli.agenda.history import undone
    from summitcli.agenda.reconcile import with_current_ids

    def edit(current: Agenda) -> tuple[Agenda, Undone | None]:
        found = undone(current)
        return (current, None) if found is None else (with_current_ids(found.agenda, call.known()), found)

    return call.change_agenda(name, edit)


def bring_up_to_date(call: Call, name: str | None, kept: KeptSchedule | None = None) -> Reconciled:
    """Update the named agenda to the current schedule and save it; return the agenda and what has changed.

    Args:
        call: the running command, whose catalog is used.
        name: the agenda's name; None for the default agenda.
        kept: the saved schedule; None for the one that the command uses.
    """

    def edit(mine: Agenda) -> tuple[Agenda, Reconciled]:
        now = reconciled(mine, call.known(kept))
        return now.agenda, now

    return call.change_agenda(name, edit).outcome


Drawn = Mapping[str, Collection[tuple[str, str]]]
"""The changes that the user has seen in a terminal, by agenda name: pairs such as ``("moved", "tea")``."""


def update_agendas(call: Call, kept: KeptSchedule, drawn: Drawn) -> dict[str, set[tuple[str, str]]]:
    """Update all agendas to the saved schedule ``kept``, and tell the user of the changes.

    Changes that the user has seen (``drawn``) are not reported again.

    Returns:
        All changes of sessions, by the agenda's name: pairs of kind and session ID, as ``("moved", "tea")``.
    """
    title = title_in_language(call)
    known: dict[str, set[tuple[str, str]]] = {}
    for name in names(call.agenda_key()):
        try:
            changes = bring_up_to_date(call, name, kept).changes
        except (ScheduleError, Unreachable) as error:
            warn(str(error))
            continue
        seen = drawn.get(name, ())
        known[name] = {*seen, *((changed.kind, changed.after.id) for changed in changes)}
        new = [changed for changed in changes if (changed.kind, changed.after.id) not in seen]
        for sentence in descriptions(new, title):
            if name != DEFAULT:
                sentence = _("{sentence} (agenda {name})").format(sentence=sentence, name=name)
            say(sentence)
    return known


def own_title(pick: Pick) -> str:
    """Return the title that the agenda has stored for a session; it is in the schedule's own language."""
    return pick.title


def describe_gone(pick: Pick, title: Callable[[Pick], str] = own_title) -> str:
    """Return the message that a session in the agenda is cancelled or no longer in the schedule."""
    sentence = _("cancelled: {title}, {was}")
    if pick.state == "missing":
        sentence = _("no longer in the schedule: {title}, {was}")
    return sentence.format(title=title(pick), was=times_and_rooms(pick))


def describe(changed: PickChange, title: Callable[[Pick], str] = own_title) -> str:
    """Return the message about a change of a session in the agenda, on one line.

    Args:
        changed: the change.
        title: a function that returns the title to show for a session.
    """
    before, after = changed.before, changed.after
    if changed.kind == "cancelled" and before.state == "missing":
        sentence = _("still not in the schedule, so it counts as cancelled: {title}, {was}")
        return sentence.format(title=title(before), was=times_and_rooms(before))
    if changed.kind in ("missing", "cancelled"):
        return describe_gone(before._replace(state=after.state), title)
    words = {
        "title": title(before._replace(id=after.id)),
        "was": times_and_rooms(before),
        "now": times_and_rooms(after),
        "name": title(after),
    }
    speakers = enumeration(after.speakers)
    back = _("no longer cancelled: {title}, {now}")
    if before.state == "missing":
        back = _("in the schedule again: {title}, {now}")
    return {
        "moved": _("moved: {title}: {was} → {now}"),
        "renamed": _("renamed: {title} → {name}"),
        "speakers": _("new speakers: {title}: {speakers}"),
        "other": _(
            "replaced: {title} → {name}, with {speakers}; if you don't want it: `summit agenda remove {id}`"
        ),
        "parted": _("{title} was split; its other part is now in your agenda, too: {name}, {now}"),
        "same": _("same session as {id}, merged with it: {title}"),
        "back": back,
    }[changed.kind].format(**words, speakers=speakers, id=after.id)


def descriptions(changes: Iterable[PickChange], title: Callable[[Pick], str]) -> Iterator[str]:
    """Yield the messages about changes of sessions in the agenda; hidden sessions are left out."""
    return (describe(changed, title) for changed in changes if changed.before.pick in PLANNED)


def report_added(call: Call, done: Added) -> None:
    """Tell the user which sessions were added, which conflict, which were there before, and the new total."""
    now = {
        "yes": _("added: {names}"),
        "maybe": _("added as maybe: {names}"),
        "hidden": _("hidden: {names}"),
    }
    before = {
        "yes": _("already in your agenda: {names}"),
        "maybe": _("already in your agenda as maybe: {names}"),
        "hidden": _("already hidden: {names}"),
    }
    for picks, texts in ((done.added, now), (done.already, before)):
        for mark, sentence in texts.items():
            if marked := [pick for pick in picks if pick.pick == mark]:
                say(sentence.format(names=titled(call, marked)))
        if picks is done.added:
            _warn_of_conflicts(call, done)
    changed = [*done.added, *done.already]
    only_hides = all(pick.pick not in PLANNED for pick in changed)
    report_size(call, done.agenda, changed[0].id if changed and only_hides else None)


def report_removed(call: Call, picks: Sequence[Pick]) -> None:
    """Tell the user which sessions were removed from the agenda, and which are no longer hidden."""
    planned = [pick for pick in picks if pick.pick in PLANNED]
    hidden = [pick for pick in picks if pick.pick not in PLANNED]
    if planned:
        say(_("removed: {names}").format(names=titled(call, planned)))
    if hidden:
        say(_("no longer hidden: {names}").format(names=titled(call, hidden)))


def own_entry_text(entry: OwnEntry, with_title: bool = False) -> str:
    """Return the ID, day and times of a user's own entry, such as ``lunch (23 July 12:00–13:00)``.

    With the title, it is ``Lunch (lunch, 23 July 12:00–13:00)``.
    """
    times = f" {entry.start}–{entry.end}" if entry.start and entry.end else ""
    when = f"{dates.day(entry.day)}{times}"
    if with_title:
        return _("{title} ({id})").format(title=entry.title, id=enumeration([entry.id, when]))
    return f"{entry.id} ({when})"


def times_and_rooms(pick: Pick) -> str:
    """Return the dates, times and rooms of a session in the agenda, in the user's language."""
    parts = (
        (dates.period(slot.day, slot.day), dates.clock_on(slot.day, slot.start, slot.end), slot.room)
        for slot in pick.slots
    )
    return enumeration([" ".join(filter(None, words)) for words in parts])


def title_in_language(call: Call) -> Callable[[Pick], str]:
    """Return a function that returns the title of a session in the agenda, in the reader's language.

    If the schedule has no session with this ID and title, it returns the title that the agenda has stored.
    """

    def title(pick: Pick) -> str:
        rows = call.catalog.sessions(Query(ids=(pick.id,)))
        return next((call.name(row.titles) for row in rows if row.title == pick.title), pick.title)

    return title


def named(picks: Sequence[Pick]) -> str:
    """Return the IDs of sessions on one line, each with its days if only some of them are in the agenda."""
    return enumeration([pick.id if pick.days is None else f"{pick.id} ({_dates(pick)})" for pick in picks])


def titled(call: Call, picks: Sequence[Pick]) -> str:
    """Return the IDs of sessions on one line; in a terminal, also the titles if there are only a few."""
    if len(picks) > MAX_TITLED or not stderr_is_terminal():
        return named(picks)
    title, sentence = title_in_language(call), _("{title} ({id})")

    def text(pick: Pick) -> str:
        key = enumeration([pick.id, *map(dates.day, pick.days or ())])
        return sentence.format(title=title(pick), id=key)

    return enumeration([text(pick) for pick in picks])


def _dates(pick: Pick) -> str:
    return enumeration([dates.day(day) for day in pick.days or ()])


def name_option(mine: Agenda) -> str:
    """Return the option that selects the agenda ``mine``, such as `` --name work``; empty for the default."""
    return "" if mine.name == DEFAULT else f" --name {mine.name}"


def _warn_of_conflicts(call: Call, done: Added) -> None:
    """Warn about added sessions that overlap other sessions in the agenda."""
    conflicting = {id_ for id_, _part in conflicting_listings(call, done.agenda)}
    if found := [pick for pick in done.added if pick.id in conflicting]:
        warn_of_conflicts(done.agenda, named(found))


def conflicting_listings(
    call: Call, mine: Agenda, report: Callable[[str], None] = warn
) -> set[tuple[str, int]]:
    """Return the sessions and other events in an agenda that overlap: ``{("a1", 1), ("b2", 1)}``.

    A pair has an ID and a slot number (which day of a session). Sessions marked as maybe conflict with
    nothing. Other events are own entries, such as lunch, and events of other calendars.

    Args:
        call: the running command.
        mine: the agenda.
        report: a function that is called with a message if a calendar can't be read.
    """
    from summitcli.agenda.planner import overlapping, span
    from summitcli.catalog.times import times_of

    times = times_of(call.catalog, mine.decided_pairs())
    if mine.entries or mine.busy:
        spans = ((one.id, span(one)) for one in taken_listings(call, mine.name, report))
        own = (
            (int(when.start.timestamp()), int(when.end.timestamp()), id_, 1) for id_, when in spans if when
        )
        times = iter(sorted((*times, *own)))
    return overlapping(times)


def warn_of_conflicts(mine: Agenda, names: str) -> None:
    """Warn that the sessions listed in ``names`` conflict with something in the agenda ``mine``."""
    command = f"summit agenda conflicts{name_option(mine)}"
    warn(_("conflicts in your agenda: {names}; see `{command}`").format(names=names, command=command))


def report_size(call: Call, mine: Agenda, hidden: str | None = None) -> None:
    """Tell the user the number of sessions in the agenda, and which commands may be useful next.

    Args:
        call: the running command.
        mine: the agenda.
        hidden: the ID of a session that the command has hidden, if it did nothing else; otherwise None.
    """
    say(ngettext("your agenda: {n} session", "your agenda: {n} sessions", len(mine.planned())))
    option = name_option(mine)
    if hidden is not None:
        hint(call, f"summit list --pick hidden{option}", f"summit unstar {hidden}{option}")
    else:
        hint(call, f"summit agenda{option}", f"summit agenda export{option} -o agenda.ics")
