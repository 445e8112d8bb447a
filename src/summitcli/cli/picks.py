"""What several commands do with the agenda, and say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from summitcli.agenda.picks import Added, Agenda, Days, Pick, add_sessions
from summitcli.agenda.place import DEFAULT, names
from summitcli.agenda.reconcile import PickChange, Reconciled, reconciled
from summitcli.catalog.conditions import Query
from summitcli.catalog.guids import shared_guids
from summitcli.cli.call import Call
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say, warn
from summitcli.errors import ScheduleError, UnknownValue, Unreachable
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.progress import steps
from summitcli.rows import Listing, SessionRow
from summitcli.text import dates
from summitcli.text.enumeration import enumeration
from summitcli.text.suggest import nearest

if TYPE_CHECKING:
    from summitcli.library.kept import KeptSchedule


def picked_listings(call: Call, name: str | None) -> list[Listing]:
    """What is picked, day by day, as far as the schedule still has it."""
    picks = call.agenda(name).pairs()
    return call.marked(call.catalog.listings(Query(picks=picks)), name) if picks else []


def bare_picks(call: Call, name: str | None) -> list[Listing]:
    """What is picked as :func:`picked_listings` has it, but only when and where it is held."""
    from summitcli.catalog.times import bare_listings

    picks = call.agenda(name).pairs()
    return list(bare_listings(call.catalog, Query(picks=picks))) if picks else []


def nothing_picked(call: Call, name: str | None) -> str:
    """What is said of an empty agenda: that there is none of its name, where others are kept."""
    known = names(call.agenda_key())
    if name is None or name in known or not known:
        return _("nothing picked yet; `summit agenda add ID` picks a session")
    sentence = _('no agenda "{name}"').format(name=name)
    return str(UnknownValue(sentence, nearest(name, known), known))


def add_to_agenda(
    call: Call, name: str | None, wanted: Iterable[tuple[SessionRow, Days]], done: str = "add"
) -> Added:
    """Add sessions to the agenda of that name, each on the days beside it.

    Args:
        call: the call.
        name: which agenda; None for the one without a name.
        wanted: the sessions with their days; they are gone through once.
        done: the command that adds them.

    Raises:
        UsageError: a session is not held on a day that is wanted of it.
    """
    shared = shared_guids(call.catalog)

    def edit(mine: Agenda) -> tuple[Agenda, Added]:
        added = add_sessions(mine, steps(_("picking"), wanted), shared)
        return added.agenda, added

    return call.change_agenda(name, edit, done).outcome


def bring_up_to_date(call: Call, name: str | None, kept: KeptSchedule | None = None) -> Reconciled:
    """Bring the agenda of that name up to the schedule as it is now, and keep it so.

    Args:
        call: the call, whose catalog answers.
        name: which agenda; None for the one without a name.
        kept: the schedule that it is of, where that is not the one that the call began with.
    """

    def edit(mine: Agenda) -> tuple[Agenda, Reconciled]:
        now = reconciled(mine, call.known(kept))
        return now.agenda, now

    return call.change_agenda(name, edit).outcome


def tell_agendas(call: Call, kept: KeptSchedule) -> None:
    """Bring every agenda up to a schedule that was fetched anew, and say what has become of its picks."""
    title = title_in_language(call)
    for name in names(call.agenda_key()):
        try:
            changes = bring_up_to_date(call, name, kept).changes
        except (ScheduleError, Unreachable) as error:
            warn(str(error))
            continue
        for changed in changes:
            sentence = describe(changed, title)
            of = _("{sentence} (agenda {name})").format(sentence=sentence, name=name)
            say(sentence if name == DEFAULT else of)


def own_title(pick: Pick) -> str:
    """Return the title that a pick has kept, which is in the schedule's own language."""
    return pick.title


def describe_gone(pick: Pick, title: Callable[[Pick], str] = own_title) -> str:
    """Say of a pick that the schedule does not have its session, in one line."""
    sentence = _("cancelled: {title}, {was}")
    if pick.state == "missing":
        sentence = _("not found any more: {title}, {was}")
    return sentence.format(title=title(pick), was=when_held(pick))


def describe(changed: PickChange, title: Callable[[Pick], str] = own_title) -> str:
    """Say what has become of a pick, in one line."""
    before, after = changed.before, changed.after
    if changed.kind in ("missing", "cancelled"):
        return describe_gone(before._replace(state=after.state), title)
    words = {
        "title": title(before._replace(id=after.id)),
        "was": when_held(before),
        "now": when_held(after),
        "name": title(after),
    }
    speakers = enumeration(after.speakers)
    return {
        "moved": _("moved: {title}, from {was} to {now}"),
        "renamed": _("renamed: {title} is now {name}"),
        "speakers": _("{title} is now with {speakers}"),
        "other": _("{title} is now {name}, with {speakers}; still yours? Else `summit agenda remove {id}`"),
        "parted": _("{title} has parted; picked as well: {name}, {now}"),
        "same": _("the same session as {id}, so picked once: {title}"),
        "back": _("held again: {title}, {now}"),
    }[changed.kind].format(**words, speakers=speakers, id=after.id)


def say_done(call: Call, done: Added) -> None:
    """Say what was picked and what of it clashes, what had been picked, and what is there now."""
    if done.added:
        say(_("picked: {names}").format(names=named(done.added)))
        _say_what_clashes(call, done)
    if done.already:
        say(_("picked already: {names}").format(names=named(done.already)))
    say_what_is_there(call, done.agenda)


def when_held(pick: Pick) -> str:
    """Return the dates, times and rooms of a pick, in the reader's language."""
    parts = (
        (dates.period(slot.day, slot.day), dates.clock_on(slot.day, slot.start, slot.end), slot.room)
        for slot in pick.slots
    )
    return enumeration([" ".join(filter(None, words)) for words in parts])


def title_in_language(call: Call) -> Callable[[Pick], str]:
    """Return a function from a pick to its title in the reader's language.

    The title is the pick's own if the schedule has no session of that ID and title.
    """

    def title(pick: Pick) -> str:
        rows = call.catalog.sessions(Query(ids=(pick.id,)))
        return next((call.name(row.titles) for row in rows if row.title == pick.title), pick.title)

    return title


def named(picks: Sequence[Pick]) -> str:
    """Return the IDs of picks in one line, each with its dates if not all of them are picked."""
    return enumeration([pick.id if pick.days is None else f"{pick.id} ({_dates(pick)})" for pick in picks])


def _dates(pick: Pick) -> str:
    return enumeration([dates.day(day) for day in pick.days or ()])


def name_option(mine: Agenda) -> str:
    """The option that names this agenda in another command."""
    return "" if mine.name == DEFAULT else f" --name {mine.name}"


def _say_what_clashes(call: Call, done: Added) -> None:
    """Say which of the new picks certainly overlap others."""
    from summitcli.agenda.planner import overlapping
    from summitcli.catalog.times import times_of

    clash = {id_ for id_, _part in overlapping(times_of(call.catalog, done.agenda.pairs()))}
    if found := [pick for pick in done.added if pick.id in clash]:
        command = f"summit agenda conflicts{name_option(done.agenda)}"
        sentence = _("overlapping other picks: {names}; `{command}` shows what")
        warn(sentence.format(names=named(found), command=command))


def say_what_is_there(call: Call, mine: Agenda) -> None:
    """Say how many sessions are in the agenda, and what can be done with it."""
    say(ngettext("in the agenda: {n} session", "in the agenda: {n} sessions", len(mine.picks)))
    option = name_option(mine)
    hint(call, f"summit agenda{option}", f"summit agenda export{option} -o agenda.ics")
