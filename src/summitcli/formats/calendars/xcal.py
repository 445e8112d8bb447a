"""iCalendar in XML: as pentabarf writes it, and as RFC 6321 has it.

Pentabarf puts an event's texts straight into ``<vevent>`` and its own fields beside those of iCalendar, with
local times in no zone. RFC 6321 nests ``<components>`` and ``<properties>``, and each property holds
``<parameters>`` and values that are named for their kind.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from summitcli.budgets import EVENTS, PERSONS, RULES, Spending
from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.calendars.kinds import CANCELLED, ELSEWHEN, FIRST_ONLY
from summitcli.formats.draft import Draft, Event
from summitcli.formats.findings import Findings
from summitcli.formats.parsed import Parsed
from summitcli.formats.times import UNREADABLE, find_zone, read_day, read_instant
from summitcli.formats.xml_tree import Element, first_element, read_xml
from summitcli.model import LONGEST_CONFERENCE
from summitcli.sources.source import Hints

if TYPE_CHECKING:
    from summitcli.formats.calendars.recurrence import Recurrences

_DAY = timedelta(days=1)
_BASIC = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")
"""A day or a time as iCalendar itself writes it (RFC 5545, 3.3.4 and 3.3.5)."""
_LENGTH = re.compile(
    r"\+?P(?:(?P<weeks>[0-9]{1,3})W)?(?:(?P<days>[0-9]{1,3})D)?"
    r"(?:T(?:(?P<hours>[0-9]{1,4})H)?(?:(?P<minutes>[0-9]{1,5})M)?(?:(?P<seconds>[0-9]{1,7})S)?)?"
)
"""A length (RFC 5545, 3.3.6)."""
_PENTABARF_LENGTH = re.compile(r"(?P<hours>[0-9]{2,4})(?P<minutes>[0-9]{2})(?P<seconds>[0-9]{2})")
_COUNTED = {"attendee": PERSONS, "rrule": RULES, "vevent": EVENTS}
"""Elements that mean one thing wherever they are, so that they are counted while the document is parsed."""
_SHOWN = 60
"""How many characters of an odd text a finding shows."""


def detect(data: bytes) -> bool:
    """Whether the bytes are XML whose outermost element is ``<iCalendar>`` or ``<icalendar>``."""
    return first_element(data).lower() == "icalendar"


def parse(data: bytes, name: str, hints: Hints) -> Parsed:
    """The schedule that ``data`` holds.

    Raises:
        InvalidSchedule: it can't be read as XML, or nothing in it can be a schedule.
    """
    return assemble(read(data, name), name, hints)


def read(data: bytes, name: str) -> Draft:
    """What ``data`` says, as far as it says it.

    Times with the name of a time zone have its offset. Where the calendar names no zone of its own, its zone
    is the one that most of them name.

    Raises:
        InvalidSchedule: it can't be read as XML; see :func:`summitcli.formats.xml_tree.read_xml`; its
            events are held more often than a file of its size may say.
    """
    findings, spending = Findings(), Spending(name, len(data))
    root = read_xml(data, name, findings, _COUNTED)
    calendar = _Component(root.child("vcalendar") or root, f"{root.name}/vcalendar[1]")
    found = [_Component(element, path) for element, path in _events(root, root.name)]
    held = [component for component in found if not _is_cancelled(component, findings)]
    events = []
    for component in held:
        event = _event(component, findings)
        spending.spend(EVENTS, max(1, len(event.days)))
        events.append((component, event))
    if any(component.text(name) for component in held for name in ("rrule", "rdate")):
        recurring = _with_recurrences(events, _replaced(found, findings), findings)
        events, spending = [], Spending(name, len(data))
        for component, event in recurring:
            spending.spend(EVENTS, max(1, len(event.days)))
            events.append((component, event))
    return Draft(
        events=tuple(event for _component, event in events),
        findings=findings,
        title=calendar.text("x-wr-calname", "name"),
        time_zone=calendar.text("x-wr-timezone") or _commonest_zone(held),
        url=calendar.text("url"),
    )


class _Component(NamedTuple):
    """A calendar or an event, in either way of writing."""

    element: Element
    path: str

    def properties(self, name: str) -> Iterator[Element]:
        """Each property of a name."""
        yield from (self.element.child("properties") or self.element).children(name)

    def texts(self, *names: str) -> Sequence[str]:
        """The values, none of them blank, of the first of these properties that has any."""
        for name in names:
            values = [text for element in self.properties(name) for text in _values(element)]
            if values:
                return values
        return ()

    def text(self, *names: str) -> str:
        """The first value of the first of these properties that has any."""
        return next(iter(self.texts(*names)), "")


def _is_cancelled(component: _Component, findings: Findings) -> bool:
    cancelled = component.text("status").upper() == "CANCELLED"
    if cancelled:
        findings.add(CANCELLED, component.path, component.element.line)
    return cancelled


def _events(place: Element, path: str) -> Iterator[tuple[Element, str]]:
    """Each event inside, with its path."""
    numbers: Counter[str] = Counter()
    for child in place.children():
        numbers[child.name] += 1
        here = f"{path}/{child.name}[{numbers[child.name]}]"
        if child.name == "vevent":
            yield child, here
        else:
            yield from _events(child, here)


def _values(element: Element) -> Iterator[str]:
    """What a property says: its text, or those of the values in it (RFC 6321, 3.4)."""
    values = [child.text() for child in element.children() if child.name != "parameters"]
    yield from filter(None, values or [element.own_text()])


def _parameter(element: Element, name: str) -> str:
    """What a parameter says: an element (RFC 6321, 3.5), or an attribute as in the drafts before it."""
    return (element.child("parameters") or element).said(name)


def _event(component: _Component, findings: Findings) -> Event:
    text = component.text
    number, slug = text("event-id"), text("event-slug")
    categories = component.texts("categories", "category")
    start = _moment(component, "dtstart", findings)
    end = _end(component, start, findings)
    return Event(
        where=component.path,
        line=component.element.line,
        identity=text("uid") or None,
        names=tuple(filter(None, (number, slug))),
        title=text("title", "summary"),
        subtitle=text("subtitle"),
        description=text("description"),
        start=start if isinstance(start, datetime) else None,
        end=end if isinstance(end, datetime) else None,
        days=_days(start, end),
        room=text("location"),
        type=next(iter(categories), ""),
        language=text("language-code"),
        speakers=tuple(filter(None, map(_attendee, component.properties("attendee")))),
        url=text("url"),
    )


def _moment(component: _Component, name: str, findings: Findings) -> date | None:
    """The day or the time that a property says, with the offset of its time zone where that is known."""
    return next(_moments(component, name, findings), None)


def _moments(component: _Component, name: str, findings: Findings) -> Iterator[date]:
    """Each day or time that the properties of a name say."""
    for element in component.properties(name):
        for text in _values(element):
            written = _extended(text)
            moment = read_day(written) if "T" not in written else read_instant(written)
            if moment is None:
                findings.add(UNREADABLE, f"{component.path}/{name}", element.line, text[:_SHOWN])
            elif isinstance(moment, datetime) and moment.tzinfo is None:
                yield moment.replace(tzinfo=find_zone(_parameter(element, "tzid")))
            else:
                yield moment


def _extended(text: str) -> str:
    """A day or a time of iCalendar as RFC 3339 writes it; anything else as it is."""
    found = _BASIC.fullmatch(text)
    if not found:
        return text
    year, month, day, hour, minute, second, utc = found.groups()
    return f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second}{utc}" if hour else "")


def _end(component: _Component, start: date | None, findings: Findings) -> date | None:
    """The day or the time at which an event is over, of the same kind as ``start``."""
    end = _moment(component, "dtend", findings)
    length = _length(component, findings)
    if start is None:
        return None
    if end is not None and _kind(end) == _kind(start):
        return end
    if length is None:
        return None
    # A length is one of real time, but for whole days (RFC 5545, 3.3.6).
    if isinstance(start, datetime) and start.tzinfo and length % _DAY:
        return (start.astimezone(UTC) + length).astimezone(start.tzinfo)
    return start + length


def _kind(moment: date) -> tuple[bool, bool]:
    """Whether it is a time, and whether that has an offset."""
    return isinstance(moment, datetime), isinstance(moment, datetime) and moment.tzinfo is not None


def _length(component: _Component, findings: Findings) -> timedelta | None:
    text = component.text("duration")
    found = _LENGTH.fullmatch(text) or _PENTABARF_LENGTH.fullmatch(text)
    parts = {unit: int(number) for unit, number in found.groupdict().items() if number} if found else {}
    length = timedelta(**parts)
    if parts and length <= LONGEST_CONFERENCE:
        return length
    if text:
        line = next(component.properties("duration")).line
        findings.add(UNREADABLE, f"{component.path}/duration", line, text[:_SHOWN])
    return None


def _days(start: date | None, end: date | None) -> tuple[date, ...]:
    """The days of an event that is given in days; its end is the day after it (RFC 5545, 3.6.1)."""
    if start is None or isinstance(start, datetime):
        return ()
    number = (end - start).days if end else 1
    return tuple(start + n * _DAY for n in range(max(1, min(number, LONGEST_CONFERENCE.days))))


def _attendee(element: Element) -> str:
    """The name of who takes part; an address alone is none."""
    if name := _parameter(element, "cn"):
        return name
    said = next(_values(element), "")
    return "" if said.lower().startswith(("mailto:", "http:", "https:", "urn:")) else said


def _commonest_zone(components: Sequence[_Component]) -> str:
    starts = (start for component in components for start in component.properties("dtstart"))
    counted = Counter(filter(None, (_parameter(start, "tzid") for start in starts))).most_common(1)
    return counted[0][0] if counted else ""


def _replaced(components: Sequence[_Component], findings: Findings) -> Mapping[str, set[date]]:
    """For each UID the times for which other events stand, cancelled ones too."""
    found: defaultdict[str, set[date]] = defaultdict(set)
    for component in components:
        found[component.text("uid")].update(map(_instant, _moments(component, "recurrence-id", findings)))
    return found


def _with_recurrences(
    events: Sequence[tuple[_Component, Event]], replaced: Mapping[str, set[date]], findings: Findings
) -> Iterator[tuple[_Component, Event]]:
    """Each event at each of its times, within the days of those that don't recur, if there are any."""
    from summitcli.formats.calendars.recurrence import Recurrences

    recurs = [bool(component.text("rrule")) for component, _event in events]
    starts = [_start(event) for _component, event in events]
    once = [_day(start) for start, again in zip(starts, recurs, strict=True) if start and not again]
    known = once or [_day(start) for start in starts if start]
    recurrences = Recurrences(min(known, default=date.max), max(known, default=date.min))
    for (component, event), start in zip(events, starts, strict=True):
        times = _followed(component, start, recurrences, findings) if start else ()
        out = set(map(_instant, _moments(component, "exdate", findings)))
        if not component.text("recurrence-id"):
            out |= replaced[component.text("uid")]
        if start is None or not (times[1:] or out):
            yield component, event
            continue
        for time in times:
            if not {_instant(time), _day(time)} & out:
                yield component, _at(event, start, time)


def _followed(
    component: _Component, start: date, recurrences: "Recurrences", findings: Findings
) -> Sequence[date]:
    """The times of an event by its rule, the first of them ``start``."""
    from summitcli.formats.calendars.recurrence import NotFollowed, read_rule

    rules = list(component.properties("rrule"))
    if not rules and not component.text("rdate"):
        return (start,)
    try:
        if len(rules) != 1 or component.text("rdate"):
            raise NotFollowed("it has more than one rule, or times besides")
        starts, whole = recurrences.follow(start, read_rule(_rule(rules[0])))
    except ValueError:
        findings.add(FIRST_ONLY, component.path, component.element.line)
        return (start,)
    if not whole:
        findings.add(ELSEWHEN, component.path, component.element.line)
    return starts


def _rule(element: Element) -> str:
    """A rule, whose parts are elements (RFC 6321, 3.6.10), as iCalendar itself writes it."""
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for part in (element.child("recur") or element).children():
        text = part.text()
        parts[part.name.upper()].append(re.sub("[-:]", "", text) if part.name == "until" else text)
    return ";".join(f"{name}={','.join(values)}" for name, values in parts.items())


def _at(event: Event, start: date, time: date) -> Event:
    """``event``, which begins at ``start``, at another of its times."""
    if isinstance(start, datetime) and isinstance(time, datetime):
        return event._replace(start=time, end=event.end and time + (event.end - start))
    return event._replace(days=tuple(day + (time - start) for day in event.days))


def _start(event: Event) -> date | None:
    return event.start or next(iter(event.days), None)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _instant(moment: date) -> date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else moment
