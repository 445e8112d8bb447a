"""Reading the entries of a file to import: the sessions that it names.

Five kinds of files are supported: session IDs, one per line; TSV or JSON written by this program; an agenda;
a calendar. The kind is detected from the content, never from the file's name. Sessions are not looked up
here.
"""

from __future__ import annotations

import io
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from datetime import date, datetime, tzinfo

from summitcli.budgets import DAYS, ENTRIES, overspent_calendar, overspent_json, overspent_xml, too_many
from summitcli.errors import InvalidSchedule, Status, SummitError
from summitcli.formats.calendars import ical, xcal
from summitcli.formats.findings import CUT_SHORT
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Any, NamedTuple
from summitcli.rows import MARKS, Mark
from summitcli.text.ids import ID
from summitcli.text.printable import printable
from summitcli.text.status import TENTATIVE
from summitcli.text.strict_json import reason

if TYPE_CHECKING:
    from summitcli.formats.calendars.events import CalendarEvent

LARGEST = 64 * 2**20
"""The maximum size of a file to import, in bytes: enough for 100,000 sessions as an agenda or as JSON."""

_AGENDA = re.compile(r"summit-agenda/([1-9][0-9]*)")
_ID = re.compile(ID, re.IGNORECASE)
_DAYS = re.compile(r"\d{4}-\d\d-\d\d(?:,\d{4}-\d\d-\d\d)*")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_SHOWN = 100
"""The maximum length of a JSON value in a message, in characters, if it has neither an ID nor a title."""


class Entry(NamedTuple):
    """A session named in a file to import, with all details that can help to find it in the schedule."""

    text: str
    """The name of the entry in messages. It comes from the file and must be made printable first."""
    id: str | None = None
    uid: str | None = None
    guid: str | None = None
    url: str | None = None
    title: str | None = None
    when: datetime | str | None = None
    """The start of the session, a datetime with a UTC offset; an ISO date if the file has no time."""
    days: tuple[str, ...] | None = None
    """The days on which to add the session to the agenda, as ISO dates; None for all days.

    If ``only_then`` is True, only its slot (time and room) that starts at ``when`` is added instead.
    """
    only_then: bool = False
    """True to add only the slot (time and room) of the session that starts at ``when``."""
    cancelled: bool = False
    mark: Mark = "yes"
    """The mark of the session in the file, such as ``maybe``; ``yes`` if it has none."""
    tentative: bool = False
    """True if the entry is an event of a calendar with the status TENTATIVE."""


class NotImportable(SummitError):
    """A file that can't be imported.

    Args:
        name: the file's name, for the message.
        fault: what is wrong with it.
    """

    status = Status.INVALID

    def __init__(self, name: str, fault: str) -> None:
        sentence = _(
            "can't import {name}: {fault}. Supported are IDs, one per line; JSON or TSV of this program;"
            " .ics; and xCal"
        )
        super().__init__(sentence.format(name=printable(name), fault=printable(fault)))


def read(data: bytes, name: str, conference_id: str, zone: tzinfo) -> list[Entry]:
    """Return the entries of a file to import, in the order of the file.

    Args:
        data: the whole file.
        name: the file's name, for messages.
        conference_id: the conference to import into. If the file is an agenda of another conference, its
            session IDs are ignored, as they belong to other sessions.
        zone: the time zone for the times of a calendar that are written without one.

    Raises:
        NotImportable: the file type is unknown, or the file is damaged, empty, larger than :data:`LARGEST` or
            has more entries than a schedule may have.
    """
    if len(data) > LARGEST:
        raise NotImportable(name, _("it is larger than {n} MB").format(n=LARGEST // 2**20))
    data = data.removeprefix(BOM_UTF8)
    if not data.strip():
        raise NotImportable(name, _("it is empty"))
    if ical.detect(data) or xcal.detect(data):
        return _from_calendar(data, name, zone)
    try:
        text = data.decode()
        if "\0" in text:
            raise ValueError(_("it looks like binary data"))
        if text.lstrip()[0] not in "[{":
            return _from_lines(text)
        if fault := overspent_json((data,), len(data)):
            raise ValueError(fault)
        return _from_json(text, conference_id)
    except UnicodeDecodeError:
        raise NotImportable(name, _("it is not UTF-8 text")) from None
    except RecursionError:
        raise NotImportable(name, _("it is nested too deeply")) from None
    except json.JSONDecodeError as error:
        fault = _("it is not valid JSON at line {line}, column {column}")
        raise NotImportable(name, fault.format(line=error.lineno, column=error.colno)) from None
    except ValueError as error:
        raise NotImportable(name, reason(error)) from None


def _from_calendar(data: bytes, name: str, zone: tzinfo) -> list[Entry]:
    """Return an entry for each event of a calendar; for a recurring event, only its first occurrence."""
    reader, fault = (ical, overspent_calendar(data)) if ical.detect(data) else (xcal, overspent_xml(data))
    if fault:
        raise NotImportable(name, fault)
    try:
        calendar = reader.read_calendar(data, name)
        if CUT_SHORT in calendar.findings.counts:
            raise NotImportable(name, _("it is not a valid calendar"))
        return _counted(_from_event(event, zone) for event in calendar.events)
    except InvalidSchedule as error:
        raise NotImportable(name, _("it is not a valid calendar")) from error
    except ValueError as error:
        raise NotImportable(name, str(error)) from None


def _from_event(event: CalendarEvent, zone: tzinfo) -> Entry:
    label = [event.title or event.uid or _("an event without a title")]
    when: datetime | str | None = None
    days = None
    start = event.first.start if event.first else None
    if isinstance(start, datetime):
        when = start if start.tzinfo else start.replace(tzinfo=zone)
        label.append(start.replace(tzinfo=None).isoformat(" ", "minutes"))
    elif event.first:
        days = tuple(day.isoformat() for day in event.first.days())
        when = days[0]
        label.append(when)
    if event.cancelled:
        label.append(_("cancelled"))
    return Entry(
        ", ".join(label),
        uid=event.uid or None,
        url=event.url or None,
        title=event.title or None,
        when=when,
        days=days,
        only_then=isinstance(when, datetime),
        cancelled=event.cancelled,
        tentative=event.status == TENTATIVE,
    )


def _from_lines(text: str) -> list[Entry]:
    """Return an entry for each line of ``text``.

    A line is a session ID, or has columns separated by tabs: ID and days, or day, start and ID. Comments
    (``#``) are ignored.

    Raises:
        ValueError: at most half of the lines are such entries, so the file is of another type.
    """
    stripped = (_COMMENT.sub("", line).strip() for line in io.StringIO(text, newline=None))
    entries = _counted(_from_line(line) for line in stripped if line)
    if entries and 2 * sum(entry.id is not None for entry in entries) <= len(entries):
        raise ValueError(_("unknown file type"))
    return entries


def _counted(entries: Iterable[Entry]) -> list[Entry]:
    """Return ``entries`` as a list.

    Raises:
        ValueError: there are more entries, or more days in all entries together, than
            :data:`summitcli.budgets.ENTRIES` allows.
    """
    made: list[Entry] = []
    days = 0
    for entry in entries:
        made.append(entry)
        days += len(entry.days or ())
        if max(len(made), days) > ENTRIES.maximum:
            raise ValueError(too_many(ENTRIES, 0))
    return made


def _from_line(line: str) -> Entry:
    columns = [column.strip() for column in line.split("\t")]
    days = None
    if len(columns) >= 3 and _days_in(columns[0]):
        days, id_ = _days_in(columns[0]), columns[2]
    else:
        id_ = columns[0]
        days = _days_in(columns[1]) if len(columns) > 1 else None
    if not _ID.fullmatch(id_):
        return Entry(line)
    return Entry(_named(id_, days), id=id_, days=days)


def _days_in(text: str) -> tuple[str, ...] | None:
    if text.count(",") > DAYS.maximum:
        raise ValueError(too_many(DAYS, 0))
    return tuple(text.split(",")) if _DAYS.fullmatch(text) else None


def _from_json(text: str, conference_id: str) -> list[Entry]:
    objects = _objects(text)
    ids_are_ours = True
    if isinstance(objects, dict):
        if isinstance(objects.get("picks"), list):
            agenda = _AGENDA.fullmatch(str(objects.get("format")))
            if agenda is None or agenda[1] not in ("1", "2"):
                raise ValueError(_("unknown agenda format"))
            place = objects.get("conference")
            ids_are_ours = (place.get("id") if isinstance(place, dict) else place) == conference_id
            objects = objects["picks"]
        else:
            objects = [objects]
    entries = _counted(_from_object(value, ids_are_ours) for value in objects)
    if entries and not any(entry.id or entry.title or entry.url for entry in entries):
        raise ValueError(_("it is JSON without sessions"))
    return entries


def _objects(text: str) -> Any:
    """Return the JSON value in ``text``; for JSON Lines, return the list of the values of all lines."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if error.msg != "Extra data" or len(lines) < 2:
            raise
        try:
            return [json.loads(line) for line in lines]
        except json.JSONDecodeError:
            raise error from None


def _from_object(value: Any, ids_are_ours: bool) -> Entry:
    """Return the entry for a JSON value: a session, a pick, a listing (one slot of a session), or an ID.

    Args:
        value: the decoded JSON value.
        ids_are_ours: False if the IDs in the file belong to another conference. The ID of a JSON object is
            then ignored.
    """
    if isinstance(value, str):
        return Entry(_encodable(value), id=value if _ID.fullmatch(value) else None)
    if not isinstance(value, dict):
        return Entry(json.dumps(value)[:_SHOWN])
    id_, title, url = (_string(value.get(key)) for key in ("id", "title", "url"))
    slots = value.get("slots")
    slot = slots[0] if isinstance(slots, list) and slots and isinstance(slots[0], dict) else value
    days = _days_of(value)
    return Entry(
        _named(_encodable(id_ or title or json.dumps(value)[:_SHOWN]), days),
        id=id_ if ids_are_ours else None,
        guid=_string(value.get("guid")),
        url=url,
        title=title,
        when=_instant(slot.get("start")) or (slot.get("day") if _is_day(slot.get("day")) else None),
        days=days,
        mark=next((mark for mark in MARKS if mark == value.get("pick")), "yes"),
    )


def _days_of(value: dict[str, Any]) -> tuple[str, ...] | None:
    """Return the ISO dates in the list ``days`` of ``value``; if it is missing or empty, the date at ``day``.

    Return None if there is no date, or if one of them is invalid.
    """
    day, days = value.get("day"), value.get("days")
    named: list[Any] = days if isinstance(days, list) and days else [day]
    if len(named) > DAYS.maximum:
        raise ValueError(too_many(DAYS, 0))
    return tuple(named) if named and all(map(_is_day, named)) else None


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _instant(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _encodable(text: str) -> str:
    """Return ``text`` with lone surrogates, which UTF-8 can't encode, replaced by question marks."""
    return text.encode("utf-8", "replace").decode()


def _named(name: str, days: tuple[str, ...] | None) -> str:
    return f"{name}, {', '.join(days)}" if days else name
