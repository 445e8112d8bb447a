"""Plans: which sessions of an agenda to attend, under the conditions that command-line options state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from summitcli.agenda.lunch import Lunch
from summitcli.agenda.picks import Agenda
from summitcli.agenda.plan import Hours, Terms, Wish
from summitcli.agenda.repeats import MAX_REPEATS
from summitcli.agenda.wishes import are_repeats, wishes
from summitcli.catalog.conditions import Query
from summitcli.catalog.times import bare_listings, repeats_of
from summitcli.cli.call import Call
from summitcli.cli.days import days_of_conference
from summitcli.cli.declare import Bundle, Completes, Repeated, typer
from summitcli.cli.naming import ids_named, sessions_of
from summitcli.errors import UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Annotated
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
        str | None,
        typer.Option("--from", metavar="HH:MM", help="Plan only what starts at this time or later."),
    ] = None
    to_time: Annotated[
        str | None,
        typer.Option("--to", metavar="HH:MM", help="Plan only what ends by this time."),
    ] = None
    walk: Annotated[
        str | None,
        typer.Option(
            "--walk",
            metavar="LENGTH",
            help="Time to walk between different rooms, such as 10m (default: none).",
        ),
    ] = None
    lunch: Annotated[
        str | None,
        typer.Option(
            "--lunch",
            metavar="FROM-TO=LENGTH",
            help="Leave time for lunch on each day; 12:00-14:00=45m means 45 minutes between 12:00 and"
            " 14:00. An entry of your own there that is long enough counts as lunch.",
        ),
    ] = None
    weight: Annotated[
        Repeated,
        typer.Option(
            "--weight",
            metavar="ID=N",
            help="How much you want to attend a session, from 0 to 100 (default: 3, or 1 if marked as"
            " maybe).",
        ),
    ] = ()


def wishes_in(call: Call, mine: Agenda, weights: Mapping[str, int]) -> list[Wish]:
    """Return the sessions of an agenda, each with all times at which it could be attended.

    ``weights`` are the weights that the user has given, by session ID.
    """
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


def terms_of(call: Call, options: PlanOptions) -> Terms:
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
    """Return the period to plan on a day, from ``start`` to ``end`` in minutes after midnight.

    Without a start, the period begins 24 hours before the day. Without an end, it ends 48 hours after the
    day. So it includes sessions at night.
    """
    return Hours(
        _moment(day, -24 * 60 if start is None else start, zone),
        _moment(day, 72 * 60 if end is None else end, zone),
    )


def _moment(day: str, minute: int, zone: tzinfo) -> datetime:
    """Return the time ``minute`` minutes after the midnight at which ``day`` begins.

    ``minute`` may be negative, or so large that the time is on a later day.
    """
    days, rest = divmod(minute, 24 * 60)
    return datetime.combine(date.fromisoformat(day) + timedelta(days=days), time(rest // 60, rest % 60), zone)


def _lunch(text: str) -> tuple[int, int, timedelta]:
    """Parse a text such as ``12:00-14:00=45m``: start and end in minutes, and the length of lunch.

    Raises:
        UsageError: the text has another form, or the period is shorter than lunch.
    """
    period, _equals, length = text.partition("=")
    begin, dash, end = period.replace("–", "-").partition("-")
    lasts = find_duration(length.strip()) if begin and dash and end and length else None
    if not lasts:
        raise UsageError(_('"{text}" is not a time for lunch; use 12:00-14:00=45m').format(text=text))
    start, until = find_minute(begin.strip()), find_minute(end.strip())
    if until - start < lasts // timedelta(minutes=1):
        raise UsageError(_('"{text}": the period is shorter than lunch').format(text=text))
    return start, until, lasts


def _lunch_on(day: str, start: int, end: int, length: timedelta, zone: tzinfo) -> Lunch:
    return Lunch(_moment(day, start, zone), _moment(day, end, zone), length)


def weights_in(call: Call, mine: Agenda, texts: Sequence[str]) -> dict[str, int]:
    """Return the weights that the user has given in texts such as ``a1=5``, by session ID.

    Raises:
        UnknownValue: there is no session with such an ID.
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
