"""The command `agenda plan`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from summitcli.agenda.editing import Added, Wanted, add_sessions
from summitcli.agenda.picks import Agenda
from summitcli.agenda.plan import Hours, Lunch, Plan, Terms, Wish, make_plan
from summitcli.agenda.planner import key_of
from summitcli.agenda.repeats import MAX_REPEATS
from summitcli.agenda.wishes import are_repeats, wishes
from summitcli.catalog.conditions import Query
from summitcli.catalog.guids import shared_guids
from summitcli.catalog.times import bare_listings, complete_listings, programme_hours, repeats_of
from summitcli.cli.call import Call
from summitcli.cli.days import days_of_conference
from summitcli.cli.declare import Bundle, Completes, Repeated, changes, examples, typer
from summitcli.cli.naming import ids_named, sessions_of
from summitcli.cli.options import AgendaName, Document
from summitcli.cli.output.answer import write_document
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import empty_agenda_message, name_option, named, taken_listings
from summitcli.cli.syncing import sync_kept
from summitcli.cli.terminal.messages import say, warn
from summitcli.errors import Status, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Annotated, Any
from summitcli.rows import Listing, Mark
from summitcli.text import dates
from summitcli.when import find_duration, find_minute

if TYPE_CHECKING:
    from datetime import tzinfo

MAX_WEIGHT = 100
LONGEST_WALK = timedelta(hours=3)


class PlanOptions(Bundle):
    """The options that say what to plan, and under which conditions."""

    day: Annotated[
        Repeated,
        typer.Option("-d", "--day", metavar="WHEN", help="Plan only this day: 1, 7-23, 23 July, sat…"),
        Completes("day"),
    ] = ()
    from_time: Annotated[
        str | None, typer.Option("--from", metavar="HH:MM", help="Plan each day from this time on.")
    ] = None
    to_time: Annotated[
        str | None, typer.Option("--to", metavar="HH:MM", help="Plan each day until this time.")
    ] = None
    walk: Annotated[
        str | None,
        typer.Option(
            "--walk",
            metavar="LENGTH",
            help="Time between different rooms, such as 10m (default: none).",
        ),
    ] = None
    lunch: Annotated[
        str | None,
        typer.Option(
            "--lunch",
            metavar="FROM-TO=LENGTH",
            help="Leave time for lunch on each day, such as 12:00-14:00=45m.",
        ),
    ] = None
    weight: Annotated[
        Repeated,
        typer.Option(
            "--weight",
            metavar="ID=N",
            help="Weight of a session in your agenda, up to 100 (default: yes 3, maybe 1).",
        ),
    ] = ()


@changes
@examples(
    ("summit agenda plan --schedule timed.json", "The best plan, by day."),
    ("summit agenda plan --walk 10m --lunch 12:00-14:00=45m", "With time to walk and to eat."),
    ("summit agenda plan --schedule timed.json --weight talk=9", "With one session that matters most."),
)
def plan(
    call: Call,
    options: PlanOptions,
    output: Document,
    apply: Annotated[
        bool, typer.Option("--apply", help="Mark the sessions that are not in the plan as maybe.")
    ] = False,
    name: AgendaName = None,
) -> Status:
    """Plan which sessions of your agenda to attend. Leaves out as little as possible, and explains why."""
    mine = call.agenda(name)
    terms = _terms(call, options)
    wanted = _wishes(call, mine, _weights(call, mine, options.weight))
    taken = taken_listings(call, name)
    found = make_plan(wanted, taken, terms, programme_hours(call.catalog))
    whole = _complete(call, found, taken, name)

    def shown() -> Plan:
        return _with_details(found, whole)

    own = [listing for listing in taken if listing.day in terms.hours]
    write_document(call, _facts(found, whole), output, "plan", shown, own=own)
    if not wanted:
        say(empty_agenda_message(call, name))
    elif not found.chosen and found.untimed:
        warn(_("no times published, so no plan can be made"))
    if found.without_lunch:
        days = _(", ").join(map(dates.day, found.without_lunch))
        warn(_("{days}: your own entries leave no time for lunch").format(days=days))
    if not found.proven:
        sentence = _("there may be a better plan, of a weight up to {bound}; this one has {weight}")
        warn(sentence.format(bound=found.bound, weight=found.weight))
    if apply:
        _apply(call, name, wanted, found)
    elif found.dropped:
        hint(call, f"summit agenda plan --apply{name_option(mine)}")
    return Status.DONE if found.chosen or found.untimed else Status.NOTHING


def _wishes(call: Call, mine: Agenda, weights: Mapping[str, int]) -> list[Wish]:
    """Return the sessions of an agenda with all times at which they could be attended."""
    picked = {pick.id for pick in mine.planned()}
    alike = repeats_of(call.catalog, picked, MAX_REPEATS)
    several = {id_: ids for id_, ids in alike.items() if len(ids) > 1}
    rows = {row.id: row for row in sessions_of(call, {id_ for ids in several.values() for id_ in ids})}
    for id_, ids in several.items():
        alike[id_] = tuple(
            other for other in ids if are_repeats(rows[id_], rows[other], both_picked=other in picked)
        )
    every = tuple({id_ for ids in alike.values() for id_ in ids})
    listings = list(bare_listings(call.catalog, Query(ids=every))) if every else []
    return wishes(mine, listings, alike, weights)


def _complete(
    call: Call, found: Plan, taken: Sequence[Listing], name: str | None
) -> dict[tuple[str, int], Listing]:
    """Return all listings of a plan with all fields, by session ID and slot number."""
    dropped = [listing for one in found.dropped for listing in (one.listing, *one.against)]
    own = {key_of(one): one for one in taken}
    bare = {key_of(one): one for one in (*found.chosen, *dropped, *found.untimed)}
    rows = complete_listings(call.catalog, [one for key, one in bare.items() if key not in own])
    return {key_of(one): one for one in call.marked(rows.values(), name)} | own


def _with_details(found: Plan, whole: Mapping[tuple[str, int], Listing]) -> Plan:
    """Return a plan with all fields of its listings."""

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


def _facts(found: Plan, whole: Mapping[tuple[str, int], Listing]) -> dict[str, Any]:
    """Return a plan as the object that is written as JSON."""
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
        "untimed": [one.id for one in found.untimed],
        "weight": found.weight,
        "bound": found.bound,
        "proven": found.proven,
    }


def _apply(call: Call, name: str | None, wanted: Sequence[Wish], found: Plan) -> None:
    """Mark what is not in the plan as maybe, and add repeats that are, to the agenda."""
    chosen = {one.id: one.day for one in found.chosen}
    dropped = [one.listing.id for one in found.dropped if one.listing.id not in chosen]
    rows = {row.id: row for row in sessions_of(call, dict.fromkeys((*chosen, *dropped)))}
    shared = shared_guids(call.catalog)

    def edit(mine: Agenda) -> tuple[Agenda, Added]:
        picks = mine.by_id()
        marks: list[Wanted] = []
        for wish in wanted:
            marked = [picks[id_] for id_ in wish.picked if id_ in picks]
            mark: Mark = "yes" if any(pick.pick == "yes" for pick in marked) else "maybe"
            marks += [
                Wanted(rows[id_], (chosen[id_],), mark)
                for id_ in dict.fromkeys(one.id for one in wish.listings)
                if id_ in chosen and id_ not in picks
            ]
        marks += [Wanted(rows[id_], picks[id_].days, "maybe") for id_ in dropped if id_ in picks]
        done = add_sessions(mine, marks, shared)
        return done.agenda, done

    done = call.change_agenda(name, edit, "plan").outcome
    added = [pick for pick in done.added if pick.id in chosen]
    maybe = [pick for pick in done.added if pick.id not in chosen]
    if added:
        say(_("added: {names}").format(names=named(added)))
    if maybe:
        say(_("marked as maybe: {names}").format(names=named(maybe)))
    if not done.added:
        say(_("your agenda already follows the plan"))
    else:
        sync_kept(call, name)
        hint(call, f"summit agenda undo{name_option(done.agenda)}")


def _terms(call: Call, options: PlanOptions) -> Terms:
    """Return the conditions that the options state.

    Raises:
        UnknownValue: there is no such day.
        UsageError: a value is invalid.
    """
    days = days_of_conference(call, options.day) or [row.day for row in call.days]
    start = None if options.from_time is None else find_minute(options.from_time)
    end = None if options.to_time is None else find_minute(options.to_time)
    if start is not None and end is not None and end <= start:
        raise UsageError(_("--to must be later than --from"))
    walk = timedelta() if options.walk is None else find_duration(options.walk)
    if walk > LONGEST_WALK:
        raise UsageError(_("--walk can be at most {n} hours").format(n=LONGEST_WALK // timedelta(hours=1)))
    lunch = None if options.lunch is None else _lunch(options.lunch)
    now = call.now if call.conference.start <= call.now.date().isoformat() <= call.conference.end else None
    return Terms(
        {day: _hours(day, start, end, call.zone) for day in sorted(days)},
        {day: _lunch_on(day, *lunch, call.zone) for day in sorted(days)} if lunch else {},
        walk,
        now,
    )


def _hours(day: str, start: int | None, end: int | None, zone: tzinfo) -> Hours:
    """Return the time to plan on a day; without limits it has room for the nights before and after."""
    return Hours(
        _moment(day, -24 * 60 if start is None else start, zone),
        _moment(day, 72 * 60 if end is None else end, zone),
    )


def _moment(day: str, minute: int, zone: tzinfo) -> datetime:
    """Return a time of day, given in minutes from midnight, on a day or before or after it."""
    days, rest = divmod(minute, 24 * 60)
    return datetime.combine(date.fromisoformat(day) + timedelta(days=days), time(rest // 60, rest % 60), zone)


def _lunch(text: str) -> tuple[int, int, timedelta]:
    """Return the start and end, in minutes, and the length in a text such as ``12:00-14:00=45m``.

    Raises:
        UsageError: it has another form, or the period is shorter than the length.
    """
    period, _equals, length = text.partition("=")
    begin, dash, end = period.replace("–", "-").partition("-")
    if not (begin and dash and end and length):
        raise UsageError(_('"{text}" is not a time for lunch; use 12:00-14:00=45m').format(text=text))
    start, until, lasts = find_minute(begin.strip()), find_minute(end.strip()), find_duration(length.strip())
    if until - start < lasts // timedelta(minutes=1):
        raise UsageError(_('"{text}": the period is shorter than lunch').format(text=text))
    return start, until, lasts


def _lunch_on(day: str, start: int, end: int, length: timedelta, zone: tzinfo) -> Lunch:
    return Lunch(_moment(day, start, zone), _moment(day, end, zone), length)


def _weights(call: Call, mine: Agenda, texts: Sequence[str]) -> dict[str, int]:
    """Return the weights that the user has given, by session ID.

    Raises:
        UnknownValue: no session has such an ID.
        UsageError: a weight is invalid, or a session is not in the agenda.
    """
    found: dict[str, int] = {}
    planned = {pick.id for pick in mine.planned()}
    for text in texts:
        id_, equals, number = text.rpartition("=")
        if not equals or not id_ or not number.isdecimal() or len(number) > 3 or int(number) > MAX_WEIGHT:
            sentence = _('"{text}" is not a weight; use ID=N, with N from 0 to {n}')
            raise UsageError(sentence.format(text=text, n=MAX_WEIGHT))
        for session in ids_named(call, [id_], _("be more specific"), planned):
            if session not in planned:
                raise UsageError(_("{id} is not in your agenda").format(id=session))
            found[session] = int(number)
    return found
