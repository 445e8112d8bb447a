"""From which day to which a published schedule lasts, and what is too far from the rest to belong to it."""

from collections.abc import Sequence
from datetime import date

from summitcli.errors import InvalidSchedule
from summitcli.formats.assembly import prose
from summitcli.formats.assembly.days import Days, Held
from summitcli.formats.draft import Draft, Event
from summitcli.formats.findings import Findings, Kind
from summitcli.i18n import _
from summitcli.model import LONGEST_CONFERENCE
from summitcli.text.days import FIRST_YEAR, LAST_YEAR

STRAY_TIME = Kind(
    "{n} event with a time far from its day, which is left out",
    "{n} events with times far from their days, which are left out",
)
NO_PERIOD = Kind(
    "the conference's own first and last day can't be right, so they are taken from its events",
    "the conference's own first and last day can't be right, so they are taken from its events",
)

Placed = tuple[Event, tuple[Held, ...]]
"""An event, and when it is held: at least once."""


def gathered(placed: Sequence[Placed], days: Days, name: str, findings: Findings) -> list[Placed]:
    """All events within the time that one conference can last.

    Of an event that is far from most others the time is given up, where the source has it under a day that
    is not: such times are zeros that were taken for one.

    Raises:
        InvalidSchedule: the events are too far apart; ``name`` is the source's.
    """
    all_days = sorted(held.day for _event, helds in placed for held in helds)
    if _possible(all_days[0], all_days[-1]):
        return list(placed)
    middle = all_days[len(all_days) // 2]
    kept = []
    for event, helds in placed:
        instead = days.by_day(event)
        if instead and _distance(helds, middle) >= LONGEST_CONFERENCE.days > _distance(instead, middle):
            findings.add(STRAY_TIME, event.where, event.line, event.title)
            helds = instead
        kept.append((event, helds))
    all_days = sorted(held.day for _event, helds in kept for held in helds)
    if not _possible(all_days[0], all_days[-1]):
        raise InvalidSchedule(name, [_too_far(kept, middle)])
    return kept


def period(draft: Draft, placed: Sequence[Placed], findings: Findings) -> tuple[date, date]:
    """The conference's first and last day: as it states them, widened so that all events are within.

    What it states is left out where that would be too long, runs backwards, or does not touch its events.
    """
    days = [held.day for _event, helds in placed for held in helds]
    first, last = min(days), max(days)
    if draft.start is None and draft.end is None:
        return first, last
    start, end = draft.start or min(first, draft.end or first), draft.end or max(last, draft.start or last)
    wide = min(start, first), max(end, last)
    if start <= end and start <= last and first <= end and _possible(*wide):
        return wide
    findings.add(NO_PERIOD, value=f"{start}/{end}")
    return first, last


def _possible(first: date, last: date) -> bool:
    return first.year >= FIRST_YEAR and last.year <= LAST_YEAR and last - first < LONGEST_CONFERENCE


def _distance(helds: Sequence[Held], middle: date) -> int:
    """How many days it is from ``middle`` to the farthest of some days; no less where it is no year."""
    return max(
        abs(held.day - middle).days
        if FIRST_YEAR <= held.day.year <= LAST_YEAR
        else max(abs(held.day - middle).days, LONGEST_CONFERENCE.days)
        for held in helds
    )


def _too_far(placed: Sequence[Placed], middle: date) -> tuple[str, str]:
    """The event farthest from most others, as a fault."""
    event, helds = max(placed, key=lambda one: _distance(one[1], middle))
    day = max((held.day for held in helds), key=lambda day: abs(day - middle))
    title = prose.line(event.title)
    if not _possible(day, day):
        sentence = _('"{title}" is on {day}, but a conference is held from {first} to {last}')
        return event.where, sentence.format(title=title, day=day, first=FIRST_YEAR, last=LAST_YEAR)
    sentence = _(
        '"{title}" is on {day}, too far from other events, such as on {middle}: a conference lasts'
        " {days} days at the most"
    )
    return event.where, sentence.format(title=title, day=day, middle=middle, days=LONGEST_CONFERENCE.days)
