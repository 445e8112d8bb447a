"""The command `agenda plan`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from summitcli.agenda.editing import Added, Wanted, add_sessions
from summitcli.agenda.kept_plan import Conditions
from summitcli.agenda.lunch import LunchBreak
from summitcli.agenda.picks import Agenda
from summitcli.agenda.plan import Plan, make_plan
from summitcli.agenda.planner import key_of
from summitcli.catalog.guids import shared_guids
from summitcli.catalog.times import complete_listings, programme_hours
from summitcli.cli.call import Call
from summitcli.cli.declare import Rows, changes, examples, typer
from summitcli.cli.naming import sessions_of
from summitcli.cli.options import AgendaName, Document, Output
from summitcli.cli.output.answer import answer, validate_output, write_document
from summitcli.cli.output.hints import hint
from summitcli.cli.own_time import other_events, own_listings
from summitcli.cli.picks import empty_agenda_message, name_option, named
from summitcli.cli.planning import PlanOptions, terms_of, weights_in, wishes_in
from summitcli.cli.replanning import options_in, remember
from summitcli.cli.syncing import sync_kept
from summitcli.cli.terminal.messages import say, warn
from summitcli.errors import Status
from summitcli.i18n import _
from summitcli.lazy_typing import Annotated, Any, NamedTuple
from summitcli.rows import Listing
from summitcli.text import dates


class PlanRow(NamedTuple):
    """A row of the output: a session in the plan or left out of it, a lunch break, or free time.

    ``kind`` is ``chosen``, ``dropped``, ``repeat`` (left out, as the plan has the session at another time),
    ``untimed`` (no times are published), ``lunch`` or ``free``.
    """

    kind: str
    day: str
    start: str | None
    end: str | None
    session: str | None
    """The ID of the session, or of the own entry that is the lunch; None for other lunches and free time."""
    title: str | None
    room: str | None
    minutes: int | None
    """The duration of lunch or of free time, or the time for which a dropped session overlaps others."""
    against: tuple[str, ...]
    """The IDs of the sessions and own entries because of which the session is left out."""
    titles: Mapping[str, str]
    """The title of the session by language."""

    @staticmethod
    def columns() -> tuple[str, ...]:
        """Return the names of the fields that are shown by default."""
        return "kind", "day", "start", "end", "session", "title", "minutes", "against"

    def translated(self, name: Callable[[Mapping[str, str]], str]) -> PlanRow:
        """Return this row with the title that the function ``name`` chooses from ``titles``."""
        return self._replace(title=name(self.titles)) if self.titles else self


@changes
@examples(
    ("summit agenda plan --schedule meetup.json", "For the conference in meetup.json."),
    (
        "summit agenda plan --walk 10m --lunch 12:00-14:00=45m",
        "With time to walk and for lunch.",
    ),
    (
        "summit agenda plan --schedule meetup.json --weight talk=9",
        "Prefer the session with ID talk.",
    ),
)
def plan(
    call: Call,
    options: PlanOptions,
    output: Annotated[Output, Rows("cli.commands.plan:PlanRow")],
    apply: Annotated[
        bool,
        typer.Option(
            "--apply",
            help="Star the sessions in the plan and mark all others as maybe; `summit update` then reports"
            " changes to the plan.",
        ),
    ] = False,
    name: AgendaName = None,
) -> Status:
    """Plan which sessions of your agenda to attend. Says why it drops any; exits with 1 if there are none."""
    mine = call.agenda(name)
    terms, weights = terms_of(call, options), weights_in(call, mine, options.weight)
    wanted = wishes_in(call, mine, weights)
    entries, events = own_listings(call, name), other_events(call, name)
    found = make_plan(wanted, entries, terms, programme_hours(call.catalog), events)
    taken = [*entries, *events]
    whole = _complete(call, found, taken, name)

    def shown() -> Plan:
        return _with_details(found, whole)

    if (output.json or output.format == "json") and not output.fields:
        validate_output(call, PlanRow, output)
        write_document(call, _facts(found, whole), Document("json"), "plan")
    else:
        # The IDs of events are of no use to the reader.
        own = [
            one for one in (*entries, *(event._replace(id="") for event in events)) if one.day in terms.hours
        ]
        answer(call, PlanRow, _rows(shown()), output, shown=shown, own=own)
        if output.fields == "help":
            return Status.DONE
    if not wanted:
        say(empty_agenda_message(call, name))
    _warn_of_gaps(found)
    conditions = Conditions(*options)._replace(
        day=tuple(terms.hours) if options.day else (),
        weight=tuple(f"{id_}={number}" for id_, number in weights.items()),
    )
    if apply and wanted:
        _apply(call, name, found)
    else:
        _hint_next(call, mine, found, conditions)
    remember(call, name, found, conditions, apply)
    return Status.DONE if found.chosen or found.dropped or found.untimed else Status.NOTHING


def _hint_next(call: Call, mine: Agenda, found: Plan, conditions: Conditions) -> None:
    """Suggest the command that applies a plan, or, if the agenda has it already, the one that exports it."""
    option = name_option(mine)
    if not _is_applied(mine, found):
        hint(call, f"summit agenda plan{options_in(conditions)} --apply{option}")
    elif found.chosen:
        hint(call, f"summit agenda export --pick yes -o plan.ics{option}")


def _warn_of_gaps(found: Plan) -> None:
    """Warn if a plan lacks times or time for lunch, or may not be the best one."""
    if not found.chosen and found.untimed:
        warn(_("no times published, so no plan can be made"))
    if found.without_lunch:
        days = _(", ").join(map(dates.day, found.without_lunch))
        warn(_("{days}: your own entries leave no time for lunch").format(days=days))
    if not found.proven:
        sentence = _("there may be a better plan, with a weight of up to {bound}; this one has {weight}")
        warn(sentence.format(bound=found.bound, weight=found.weight))


def _complete(
    call: Call, found: Plan, taken: Sequence[Listing], name: str | None
) -> dict[tuple[str, int], Listing]:
    """Return the sessions that a plan chooses or leaves out, with all fields, by session ID and slot number.

    Args:
        call: the running command.
        found: the plan, whose listings have only times and rooms.
        taken: the user's own entries, such as lunch, which are complete.
        name: the agenda's name; None for the default agenda.
    """
    dropped = [listing for one in found.dropped for listing in (one.listing, *one.against)]
    own = {key_of(one): one for one in taken}
    bare = {key_of(one): one for one in (*found.chosen, *dropped, *found.untimed)}
    rows = complete_listings(call.catalog, [one for key, one in bare.items() if key not in own])
    return {key_of(one): one for one in call.marked(rows.values(), name)} | own


def _with_details(found: Plan, whole: Mapping[tuple[str, int], Listing]) -> Plan:
    """Return a plan whose listings have all fields; ``whole`` has the complete listings.

    The keys of ``whole`` are session IDs and slot numbers (the number of a day of the session, from 1).
    """

    def complete(listings: Sequence[Listing]) -> tuple[Listing, ...]:
        return tuple(whole[key_of(one)] for one in listings)

    return found._replace(
        chosen=complete(found.chosen),
        untimed=complete(found.untimed),
        dropped=tuple(
            one._replace(listing=whole[key_of(one.listing)], against=complete(one.against))
            for one in found.dropped
        ),
    )


def _rows(found: Plan) -> list[PlanRow]:
    """Return the rows for a plan whose listings have all fields."""

    def row(kind: str, one: Listing, minutes: int | None = None, against: Iterable[Listing] = ()) -> PlanRow:
        ids = tuple(other.id for other in against)
        return PlanRow(
            kind, one.day, one.start, one.end, one.id, one.title, one.room, minutes, ids, one.titles
        )

    return [
        *(row("chosen", one) for one in found.chosen),
        *(
            row("repeat" if one.is_repeat else "dropped", one.listing, one.minutes, one.against)
            for one in found.dropped
        ),
        *(row("untimed", one) for one in found.untimed),
        *(_lunch_row(one) for one in found.lunches),
        *(
            PlanRow("free", gap.day, gap.start, gap.end, None, None, None, gap.minutes, (), {})
            for gap in found.free
        ),
    ]


def _lunch_row(lunch: LunchBreak) -> PlanRow:
    own = lunch.entry
    title, room, titles = (own.title, own.room, own.titles) if own else (None, None, {})
    start, end = (datetime.fromisoformat(moment) for moment in (lunch.start, lunch.end))
    minutes = (end - start) // timedelta(minutes=1)
    id_ = own.id if own else None
    return PlanRow("lunch", lunch.day, lunch.start, lunch.end, id_, title, room, minutes, (), titles)


def _facts(found: Plan, whole: Mapping[tuple[str, int], Listing]) -> dict[str, Any]:
    """Return a plan as the object that is written as JSON.

    ``whole`` has the listings of the plan with all fields, by session ID and slot number.
    """
    return {
        "chosen": [whole[key_of(one)] for one in found.chosen],
        "dropped": [
            {
                "id": one.listing.id,
                "against": [other.id for other in one.against],
                "minutes": one.minutes,
                "repeat": one.is_repeat,
            }
            for one in found.dropped
        ],
        "free": [{"day": gap.day, "start": gap.start, "end": gap.end} for gap in found.free],
        "lunches": [
            {"day": one.day, "start": one.start, "end": one.end, "entry": one.entry and one.entry.id}
            for one in found.lunches
        ],
        "untimed": [whole[key_of(one)] for one in found.untimed],
        "weight": found.weight,
        "bound": found.bound,
        "proven": found.proven,
    }


def _is_applied(mine: Agenda, found: Plan) -> bool:
    """Return whether applying a plan would change nothing in the agenda ``mine``."""
    picks, chosen = mine.by_id(), {one.id for one in found.chosen}
    dropped = {one.listing.id for one in found.dropped} - chosen
    is_starred = all(id_ in picks and picks[id_].pick == "yes" for id_ in chosen)
    return is_starred and all(picks[id_].pick == "maybe" for id_ in dropped if id_ in picks)


def _apply(call: Call, name: str | None, found: Plan) -> None:
    """Change the agenda to follow a plan, so that exactly its sessions are marked as yes.

    Mark sessions that the plan leaves out as maybe. If the plan has a repeat of a session instead of the
    session itself, add the repeat.
    """
    chosen = {one.id: one.day for one in found.chosen}
    dropped = [one.listing.id for one in found.dropped if one.listing.id not in chosen]
    rows = {row.id: row for row in sessions_of(call, dict.fromkeys((*chosen, *dropped)))}
    shared = shared_guids(call.catalog)

    def edit(mine: Agenda) -> tuple[Agenda, Added]:
        picks = mine.by_id()
        marks = [
            Wanted(rows[id_], picks[id_].days if id_ in picks else (day,), "yes")
            for id_, day in chosen.items()
            if id_ not in picks or picks[id_].pick == "maybe"
        ]
        marks += [Wanted(rows[id_], picks[id_].days, "maybe") for id_ in dropped if id_ in picks]
        done = add_sessions(mine, marks, shared)
        return done.agenda, done

    changed = call.change_agenda(name, edit, "plan")
    before, done = changed.before.by_id(), changed.outcome
    added = [pick for pick in done.added if pick.id not in before]
    starred = [pick for pick in done.added if pick.id in before and pick.id in chosen]
    maybe = [pick for pick in done.added if pick.id not in chosen]
    if added:
        say(_("added: {names}").format(names=named(added)))
    if starred:
        say(_("starred: {names}").format(names=named(starred)))
    if maybe:
        say(_("marked as maybe: {names}").format(names=named(maybe)))
    if not done.added:
        say(_("your agenda already follows the plan"))
    else:
        sync_kept(call, name)
    option = name_option(done.agenda)
    undo = [f"summit agenda undo{option}"] if done.added else []
    hint(call, f"summit agenda export --pick yes -o plan.ics{option}", *undo)
