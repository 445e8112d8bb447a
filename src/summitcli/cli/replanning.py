"""Saving the plan of an agenda, and the changes in it after an update of the schedule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from summitcli.agenda import kept_plan
from summitcli.agenda.document import InvalidAgenda
from summitcli.agenda.kept_plan import Conditions, KeptPlan, PlannedSession
from summitcli.agenda.picks import Agenda
from summitcli.agenda.place import DEFAULT, names
from summitcli.agenda.plan import Plan, make_plan
from summitcli.agenda.plan_changes import PlanChanges, changes_of_plan
from summitcli.catalog.conditions import Query
from summitcli.catalog.times import bare_listings, programme_hours
from summitcli.changes import ONE_SIDED
from summitcli.cli.call import Call
from summitcli.cli.own_time import other_events, own_listings
from summitcli.cli.picks import name_option
from summitcli.cli.planning import PlanOptions, terms_of, weights_in, wishes_in
from summitcli.cli.terminal.messages import say, warn
from summitcli.errors import SummitError
from summitcli.i18n import _
from summitcli.library.kept import kept_at
from summitcli.rows import Listing, SessionRow
from summitcli.text import dates
from summitcli.text.batches import batches
from summitcli.text.enumeration import enumeration
from summitcli.text.shell import quote


def remember(call: Call, name: str | None, found: Plan, conditions: Conditions, is_applied: bool) -> None:
    """Remember a plan, to compare it with later versions of the schedule; warn if that fails.

    Only plans for saved schedules are remembered, as only saved schedules are updated. A plan that was only
    shown does not replace one that was applied, and a plan that was applied to some days only replaces these
    days of the one before. A plan without sessions is not remembered.

    Args:
        call: the running command.
        name: the agenda's name; None for the default agenda.
        found: the plan.
        conditions: the options with which the plan was made.
        is_applied: whether the agenda was changed to follow the plan.
    """
    try:
        if kept_at(call.source) is None:
            return
        key, agenda = call.agenda_key(), name or DEFAULT
        before = kept_plan.read(key, agenda)
        is_kept = before is not None and before.applied
        if is_kept and not is_applied:
            return
        ids = {one.id for one in found.chosen}
        titles = _titles(call, ids, _own_title)
        picked = set(call.agenda(name).ids())
        chosen = tuple(_planned(one, titles, one.id in picked) for one in found.chosen)
        # A session that was picked on two days may be in the plan on one of them.
        dropped = tuple(dict.fromkeys(one.listing.id for one in found.dropped if one.listing.id not in ids))
        plan = KeptPlan(conditions, chosen, dropped, is_applied)
        if before and is_kept:
            plan = kept_plan.with_other_days(plan, before)
        if plan.chosen or found.dropped:
            kept_plan.write(key, agenda, plan)
        elif is_applied:
            kept_plan.remove(key, agenda)
    except SummitError as error:
        warn(str(error))


def report_plans(call: Call, told: Mapping[str, Collection[tuple[str, str]]]) -> None:
    """Tell the user what an update of the schedule has changed in the plans of all agendas.

    Args:
        call: the running command.
        told: the changes that the user knows, by the agenda's name: pairs of kind and session ID.
    """
    for name in names(call.agenda_key()):
        try:
            if kept := kept_plan.read(call.agenda_key(), name):
                _report_plan(call, name, kept, told.get(name, ()))
        except InvalidAgenda:
            # That was said when the agenda was updated.
            continue
        except SummitError as error:
            warn(str(error))


def _report_plan(call: Call, name: str, kept: KeptPlan, told: Collection[tuple[str, str]]) -> None:
    """Tell the user what has changed in a plan, and save the plan with these changes.

    Args:
        call: the running command.
        name: the agenda's name.
        kept: the plan.
        told: the changes to the agenda that the user knows: pairs such as ``("moved", "tea")``.
    """
    mine = call.agenda(name)
    conditions = _still_valid(call, mine, kept.conditions)
    options = PlanOptions(*conditions)
    terms = terms_of(call, options)
    wanted = wishes_in(call, mine, weights_in(call, mine, options.weight))
    entries, events = own_listings(call, name), other_events(call, name)
    new = make_plan(wanted, entries, terms, programme_hours(call.catalog), events)
    wished = {one.id for wish in wanted for one in wish.listings}
    held = _held(call, {one.id for one in kept.chosen})
    picked = {pick.id for pick in mine.planned()}
    # The user may have removed sessions from the agenda since.
    planned = [
        one
        for one in kept.chosen
        if (one.id in picked if one.picked else one.id in wished or one.id not in held)
    ]
    changes = changes_of_plan([one.listing() for one in planned], held, [*entries, *events], terms.walk)
    possible = {one.id: one for one in new.chosen if one.id in kept.dropped}
    if not (changes.moved or changes.gone or changes.conflicts or possible):
        return
    titles = _titles(call, held, _own_title)
    _say_changes(call, changes, possible.values(), told)
    command = f"summit agenda plan{options_in(conditions)}{name_option(mine)}"
    say(_("your plan has changed; for a new one: `{command}`").format(command=command))
    chosen = tuple(_planned(now, titles, now.id in picked) for _before, now in changes.kept if now.start)
    dropped = tuple(id_ for id_ in kept.dropped if id_ not in possible)
    kept_plan.write(call.agenda_key(), name, KeptPlan(conditions, chosen, dropped, kept.applied))


def _say_changes(
    call: Call, changes: PlanChanges, possible: Iterable[Listing], told: Collection[tuple[str, str]]
) -> None:
    """Tell the user about the changes of a plan, a line for each kind.

    Args:
        call: the running command.
        changes: the changes to the sessions of the plan.
        possible: the sessions that the plan left out, and that a new plan would include.
        told: the changes that the user knows: pairs of kind and session ID, as ``("moved", "tea")``.
    """
    moved = [now for before, now in changes.moved if ("moved", before.id) not in told]
    gone = [one for one in changes.gone if not any((kind, one.id) in told for kind in ONE_SIDED)]
    shown = [*(now for _before, now in changes.kept), *possible]
    titles = _titles(call, {one.id for one in shown}, lambda row: call.name(row.titles))

    def title(listing: Listing) -> str:
        return titles.get(listing.id, listing.title)

    def text(listing: Listing) -> str:
        clock = dates.clock_on(listing.day, listing.start, listing.end)
        return " ".join(filter(None, (title(listing), dates.day(listing.day), clock, listing.room)))

    pairs = [
        _("{one} and {other}").format(one=title(one), other=title(other)) for one, other in changes.conflicts
    ]
    sentences = (
        (_("sessions in your plan that were moved: {names}"), [text(one) for one in moved]),
        (_("sessions in your plan that are no longer in the schedule: {names}"), [text(one) for one in gone]),
        (_("sessions in your plan that are now in conflict: {names}"), pairs),
        (_("sessions outside your plan that are now possible: {names}"), [text(one) for one in possible]),
    )
    for sentence, texts in sentences:
        if texts:
            say(sentence.format(names=enumeration(texts)))


def options_in(conditions: Conditions) -> str:
    """Return the options of a plan as they are typed: `` --walk 10m --lunch 12:00-14:00=45m``."""
    single = {
        "from": conditions.from_time,
        "to": conditions.to_time,
        "walk": conditions.walk,
        "lunch": conditions.lunch,
    }
    words = [
        *(("day", day) for day in conditions.day),
        *((option, value) for option, value in single.items() if value is not None),
        *(("weight", text) for text in conditions.weight),
    ]
    return "".join(f" --{option} {quote(value)}" for option, value in words)


def _still_valid(call: Call, mine: Agenda, conditions: Conditions) -> Conditions:
    """Return the conditions that still apply.

    Leave out days that the conference no longer has, and weights of sessions that are no longer in the
    agenda.
    """
    days = {row.day for row in call.days}
    picked = {pick.id for pick in mine.planned()} & set(call.catalog.ids())
    return conditions._replace(
        day=tuple(day for day in conditions.day if day in days),
        weight=tuple(text for text in conditions.weight if text.rpartition("=")[0] in picked),
    )


def _held(call: Call, ids: Collection[str]) -> Mapping[str, list[Listing]]:
    """Return the times and rooms of sessions by ID; sessions no longer in the schedule are left out."""
    found: defaultdict[str, list[Listing]] = defaultdict(list)
    for batch in batches(ids):
        for listing in bare_listings(call.catalog, Query(ids=tuple(batch))):
            found[listing.id].append(listing)
    return found


def _titles(call: Call, ids: Collection[str], name: Callable[[SessionRow], str]) -> dict[str, str]:
    """Return the titles of sessions, by ID; sessions that are not in the schedule are left out.

    Args:
        call: the running command.
        ids: the IDs of the sessions.
        name: a function that returns the title of a session, in the wanted language.
    """
    rows = (row for batch in batches(ids) for row in call.catalog.sessions(Query(ids=tuple(batch))))
    return {row.id: name(row) for row in rows}


def _own_title(row: SessionRow) -> str:
    return row.title


def _planned(listing: Listing, titles: Mapping[str, str], picked: bool) -> PlannedSession:
    assert listing.start is not None and listing.end is not None  # noqa: S101
    title = titles[listing.id]
    return PlannedSession(listing.id, title, listing.day, listing.start, listing.end, listing.room, picked)
