"""Independent readers of published files, for comparison: day, time, room and speakers of events.

They only handle what the corpus contains, use the standard library alone, and take each file's time zone from
:data:`ZONES`, which was compiled by hand.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

ZONES = {
    "frab-json/30c3-angel.json": "UTC",
    "frab-json/36c3-everything.json": "Etc/GMT-1",
    "frab-json/pretalx-democon.json": "Etc/GMT-1",
    "frab-json/pretalx-rc3.json": "Etc/GMT-1",
    "frab-json/frab-camp2019.json": "Europe/Berlin",
    "frab-json/klimacamp2015.json": "Etc/GMT-2",
    "frab-json/hub-schedule2.json": "Europe/Berlin",
    "frab-json/invalid-example.json": "Europe/Zurich",
    "xml/fosdem-2021.xml": "UTC",
    "xml/fosdem-2007.xml": "Europe/Brussels",
    "xml/debconf23.xml": "Asia/Kolkata",
    "xml/PrivacyWeek.xml": "Europe/Berlin",
    "xml/emf2022.frab.xml": "Etc/GMT-1",
    "xml/31c3-workshops.xml": "Etc/GMT-1",
    "xml/klimacamp2015.xml": "Etc/GMT-2",
    "ics/bitcoinpark.ics": "America/Chicago",
    "ics/emf2022.ics": "Europe/London",
    "ics/guadec2016.ics": "UTC",
    "ics/inpycon2021.ics": "UTC",
    "ics/jres2022.ics": "Europe/Paris",
    "ics/kielux2020.ics": "UTC",
    "ics/klimacamp2015.ics": "Europe/Berlin",
    "ics/pyconau2023.ics": "Australia/Adelaide",
    "xcal/klimacamp2015.xcal": "UTC",
    "opass/coscup2024.json": "Etc/GMT-8",
    "sessionize/gab2022.json": "UTC",
    "indico/xdc2021.json": "Europe/Warsaw",
    "open-event/fossasia2018.json": "Etc/GMT-8",
    "researchr/splash2021.xml": "America/Chicago",
}
"""The expected time zone of each file's conference."""

NIGHT_ENDS = time(9)


class Row(NamedTuple):
    """An event of a file, with times in its zone, such as ``2022-07-23 09:00``."""

    title: str
    day: str
    """The day it is listed under: the one before its date if it is in the night after that."""
    start: str
    """Empty, like ``end``, for a whole day."""
    end: str
    room: str
    speakers: tuple[str, ...]


def rows(corpus: Path, file: str) -> list[Row]:
    """Return every event of a file, in order."""
    data, zone = (corpus / file).read_bytes(), ZoneInfo(ZONES[file])
    readers = {
        "frab-json": _json, "xml": _xml, "ics": _ics, "xcal": _xcal, "opass": _opass,
        "sessionize": _sessionize, "indico": _indico, "open-event": _open_event, "researchr": _researchr,
    }  # fmt: skip
    reader = readers[file.partition("/")[0]]
    return sorted(reader(data, zone))


def _meant(text: str) -> str:
    """Return a text repaired that was UTF-8 decoded as Windows-1252."""

    def octet(letter: str) -> bytes:
        return letter.encode("latin-1" if ord(letter) < 0xA0 else "cp1252")

    def undone(run: re.Match[str]) -> str:
        try:
            return b"".join(map(octet, run[0])).decode()
        except UnicodeError:
            return run[0]

    return re.sub("[^\x00-\x7f]+", undone, text)


def row(
    title: str | None,
    start: datetime,
    end: datetime | timedelta | None,
    room: str | None,
    speakers: list[str],
    zone: ZoneInfo,
    day: str = "",
) -> Row:
    """Return an event; a missing end is its start.

    If the file lists it under a ``day``, that counts if it begins on the day or in the night after it.
    """
    begins = (start if start.tzinfo else start.replace(tzinfo=zone)).astimezone(UTC)
    if isinstance(end, datetime):
        ends = (end if end.tzinfo else end.replace(tzinfo=zone)).astimezone(UTC)
    else:
        ends = begins + (end or timedelta())
    local = begins.astimezone(zone)
    evening = local - timedelta(days=1)
    return Row(
        shown(_meant(title or "")),
        day if local.time() < NIGHT_ENDS and day == f"{evening:%Y-%m-%d}" else f"{local:%Y-%m-%d}",
        f"{begins.astimezone(zone):%Y-%m-%d %H:%M}",
        f"{ends.astimezone(zone):%Y-%m-%d %H:%M}",
        shown(room or ""),
        _people(speakers),
    )


def _people(names: list[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, {shown(name) for name in names})))


def shown(text: str) -> str:
    """Return the letters and digits of a text; HTML and white space are tested elsewhere."""
    bare = re.sub(r"<[^>]*>", "", unescape(unescape(text)))
    return "".join(letter for letter in bare if letter.isalnum())


def _length(text: str) -> timedelta:
    parts = [int(part) for part in text.split(":")]
    if len(parts) == 3:
        return timedelta(days=parts[0], hours=parts[1], minutes=parts[2])
    return timedelta(hours=parts[0], minutes=parts[1])


def _json(data: bytes, zone: ZoneInfo) -> Iterator[Row]:
    document = json.loads(data)
    schedule = document.get("schedule", document)
    conference = schedule["conference"]
    if "events" in schedule:
        for event in schedule["events"]:
            around = (
                day["date"] for day in conference["days"] if day["start"] <= event["start"] < day["end"]
            )
            yield _json_row(event, event.get("room"), next(around), zone)
        return
    for day in conference["days"]:
        for room, events in day["rooms"].items():
            yield from (_json_row(event, event.get("room") or room, day["date"], zone) for event in events)


def _instant(begins: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(begins["start"])


def _json_row(event: dict[str, Any], room: Any, day: str, zone: ZoneInfo) -> Row:
    said = event.get("date") or event["start"]
    start = datetime.fromisoformat(said if "T" in said else f"{day}T{said:0>5}")
    if "T" not in said and start.hour < 9:
        # Of those that say no more than a clock time, all before nine are in the night after their day.
        start += timedelta(days=1)
    end = datetime.fromisoformat(event["end"]) if "T" in (event.get("end") or "") else None
    people = event.get("persons") or event.get("speakers") or event.get("participants") or []
    names = [
        person.get("public_name") or person.get("full_public_name") or person.get("name") or ""
        for person in people
    ]
    title = event["title"]
    title = title if isinstance(title, str) else title.get("en") or next(iter(title.values()))
    room = room.get("name") if isinstance(room, dict) else room
    return row(title, start, end or _length(event["duration"]), room, names, zone, day)


def _xml(data: bytes, zone: ZoneInfo) -> Iterator[Row]:
    root = ElementTree.fromstring(bytes(byte for byte in data if byte >= 32 or byte in b"\t\r\n"))
    for day in root.iter("day"):
        listed = day.get("date") or ""
        if begins := day.get("start"):
            listed = f"{datetime.fromisoformat(begins).astimezone(zone):%Y-%m-%d}"
        for holder in [day, *day.iter("room")]:
            for event in holder.findall("event"):
                said = event.findtext("date") or ""
                clock = f"{(event.findtext('start') or '')[:5]:0>5}"
                start = datetime.fromisoformat(said if "T" in said else f"{day.get('date')}T{clock}")
                names = [
                    person.findtext("full_public_name") or person.text or ""
                    for person in event.iter("person")
                ]
                length = _length(event.findtext("duration") or "0:00")
                room = event.findtext("room") or holder.get("name")
                yield row(event.findtext("title"), start, length, room, names, zone, listed)


def _ics(data: bytes, zone: ZoneInfo) -> Iterator[Row]:
    text = re.sub(rb"\r?\n[ \t]", b"", data).decode()
    for event in re.findall(r"BEGIN:VEVENT(.*?)END:VEVENT", text, re.DOTALL):
        lines = [line.partition(":") for line in event.splitlines() if ":" in line]
        said = {head.partition(";")[0].upper(): (head, value) for head, _colon, value in lines}
        names = [
            found[1].strip('"')
            for head, _colon, _value in lines
            if head.upper().startswith("ATTENDEE") and (found := re.search(r'CN=("[^"]*"|[^;]*)', head))
        ]
        title, room = (_unescaped(said[name][1]) if name in said else "" for name in ("SUMMARY", "LOCATION"))
        if said["DTSTART"][0].endswith("VALUE=DATE"):
            first, after = (datetime.strptime(said[name][1], "%Y%m%d") for name in ("DTSTART", "DTEND"))  # noqa: DTZ007
            days = (first + timedelta(days=number) for number in range((after - first).days))
            yield from (
                Row(shown(_meant(title)), f"{day:%Y-%m-%d}", "", "", shown(room), _people(names))
                for day in days
            )
            continue
        start = _moment(*said["DTSTART"])
        end: datetime | timedelta | None = _moment(*said["DTEND"]) if "DTEND" in said else None
        if end is None and "DURATION" in said:
            hours, minutes = re.findall(r"(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?$", said["DURATION"][1])[0]
            end = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        yield row(title, start, end, room, names, zone)


def _moment(head: str, value: str) -> datetime:
    found = re.search(r"TZID=\"?([^;:\"]+)", head)
    moment = datetime.strptime(value.strip().rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    if value.strip().endswith("Z"):
        return moment.replace(tzinfo=UTC)
    return moment.replace(tzinfo=ZoneInfo(found[1])) if found else moment


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def _xcal(data: bytes, zone: ZoneInfo) -> Iterator[Row]:
    root = ElementTree.fromstring(data)
    for event in root.iter():
        if event.tag.rpartition("}")[2] != "vevent":
            continue
        said = {child.tag.rpartition("}")[2]: child.text or "" for child in event}
        names = [child.text or "" for child in event if child.tag.rpartition("}")[2] == "attendee"]
        start, end = (datetime.strptime(said[name], "%Y%m%dT%H%M%S") for name in ("dtstart", "dtend"))  # noqa: DTZ007
        yield row(said.get("title") or said["summary"], start, end, said.get("location"), names, zone)


def _opass(data: bytes, zone: ZoneInfo) -> Iterator[Row]:
    document = json.loads(data)
    speakers, rooms = (
        {entry["id"]: entry["zh"]["name"] for entry in document[key]} for key in ("speakers", "rooms")
    )
    for session in document["sessions"]:
        start, end = (datetime.fromisoformat(session[key]) for key in ("start", "end"))
        names = [speakers[id_] for id_ in session["speakers"]]
        yield row(session["zh"]["title"], start, end, rooms[session["room"]], names, zone)


def _sessionize(data: bytes, zone: ZoneInfo) -> Iterator[Row]:
    document = json.loads(data)
    speakers = {speaker["id"]: speaker["fullName"] for speaker in document["speakers"]}
    rooms = {room["id"]: room["name"] for room in document["rooms"]}
    for session in document["sessions"]:
        start, end = (datetime.fromisoformat(session[key]) for key in ("startsAt", "endsAt"))
        names = [speakers[id_] for id_ in session["speakers"]]
        yield row(session["title"], start, end, rooms[session["roomId"]], names, zone)


def _indico(data: bytes, zone: ZoneInfo) -> Iterator[Row]:
    for contribution in json.loads(data)["results"][0]["contributions"]:
        moments = (contribution[key] for key in ("startDate", "endDate"))
        # All of them are in UTC.
        start, end = (datetime.fromisoformat(f"{at['date']}T{at['time']}+00:00") for at in moments)
        names = [f"{one['first_name']} {one['last_name']}" for one in contribution["speakers"]]
        yield row(contribution["title"], start, end, contribution["room"], names, zone)


def _open_event(data: bytes, zone: ZoneInfo) -> Iterator[Row]:
    for session in json.loads(data):
        start, end = (datetime.fromisoformat(session[key]) for key in ("start_time", "end_time"))
        names = [speaker["name"] for speaker in session["speakers"]]
        yield row(session["title"], start, end, (session["microlocation"] or {}).get("name"), names, zone)


def _researchr(data: bytes, zone: ZoneInfo) -> Iterator[Row]:
    for slot in ElementTree.fromstring(data).iter("timeslot"):
        said = {child.tag: child.text or "" for child in slot}
        start, end = (
            datetime.strptime(f"{said['date']} {said[name]}", "%Y/%m/%d %H:%M")  # noqa: DTZ007
            for name in ("start_time", "end_time")
        )
        names = [
            " ".join(filter(None, (person.findtext("first_name"), person.findtext("last_name"))))
            for person in slot.iter("person")
        ]
        yield row(said["title"], start, end, said["room"], names, zone)
