"""Real schedules that other conferences published: every event of each is there, at its right time."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from summitcli import formats
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule
from tests.conftest import FIGURES


class Published(NamedTuple):
    """What is known of a file: its format, its events, and the sessions and time zone that they make."""

    format: str
    events: int
    sessions: int
    zone: str
    odd: tuple[str, ...] = ()
    """What is odd about it."""


NO_ZONE = (
    "the schedule names no time zone, so its times are taken as UTC;"
    " --assume-timezone Europe/Berlin says another"
)
RELATIVE = "{} relative links, which are left out, as nothing says where they lie"
NO_NAME = "the schedule does not name its conference; `summit use REF --name NAME` does"

FILES = {
    # Three of its guids are there twice, each time with the same title and speakers.
    "frab-json/36c3-everything.json": Published("frab-json", 1351, 1348, "Etc/GMT-1"),
    "frab-json/pretalx-democon.json": Published("frab-json", 36, 36, "Etc/GMT-1", (
        "the schedule names the time zone UTC, which does not fit its times; they decide",)),
    "frab-json/pretalx-rc3.json": Published("frab-json", 48, 48, "Etc/GMT-1"),
    "frab-json/frab-camp2019.json": Published("frab-json", 79, 79, "Europe/Berlin"),
    "frab-json/klimacamp2015.json": Published("frab-json", 106, 106, "Etc/GMT-2"),
    "frab-json/hub-schedule2.json": Published("flat-json", 2, 2, "Europe/Berlin"),
    "frab-json/invalid-example.json": Published("frab-json", 1, 1, "Europe/Zurich"),
    "xml/fosdem-2021.xml": Published("frab-xml", 773, 773, "UTC", (
        NO_ZONE, "12 links that lead nowhere, which are left out", RELATIVE.format(4))),
    "xml/fosdem-2007.xml": Published("frab-xml", 215, 215, "UTC", (
        NO_ZONE, RELATIVE.format(50))),
    "xml/debconf23.xml": Published("frab-xml", 117, 117, "Asia/Kolkata", (
        "8 days with another date than their events",)),
    "xml/PrivacyWeek.xml": Published("frab-xml", 109, 109, "Europe/Berlin", (
        "the schedule names no time zone that fits its times; they are taken as those of Europe/Berlin",
        RELATIVE.format(5))),
    "xml/emf2022.frab.xml": Published("frab-xml", 335, 335, "Etc/GMT-1"),
    "xml/klimacamp2015.xml": Published("frab-xml", 106, 106, "Etc/GMT-2", (
        "5 characters that XML forbids were left out",)),
    "ics/emf2022.ics": Published("ics", 326, 326, "Europe/London"),
    "ics/jres2022.ics": Published("ics", 120, 120, "Europe/Paris"),
    "ics/kielux2020.ics": Published("ics", 24, 24, "UTC"),
    "ics/klimacamp2015.ics": Published("ics", 106, 106, "Europe/Berlin", (NO_NAME, RELATIVE.format(106))),
    "ics/pyconau2023.ics": Published("ics", 94, 94, "Australia/Adelaide", (NO_NAME,)),
    "xcal/klimacamp2015.xcal": Published("xcal", 106, 106, "UTC", (NO_ZONE, RELATIVE.format(106))),
}  # fmt: skip


def read(corpus: Path, file: str) -> Parsed:
    return formats.parse((corpus / file).read_bytes(), file)


@pytest.mark.parametrize("file", FILES)
def test_every_event_that_was_published_is_read(corpus: Path, file: str, record_property: Any) -> None:
    data = (corpus / file).read_bytes()
    begin = time.process_time()
    name = formats.recognise(data, file)
    whole = formats.parse(data, file)
    took = time.process_time() - begin
    sessions = whole.schedule.sessions
    events = sum(len(session.slots) for session in sessions)
    said = tuple(whole.findings.sentences())
    zone = whole.schedule.conference.time_zone
    row = f"{file:<32}{name:<10}{events:>6,} events{len(sessions):>6,} sessions{took:>6.2f} s"
    record_property(FIGURES, "\n".join([row, *(f"    {sentence}" for sentence in said)]))
    assert Published(name, events, len(sessions), zone, said) == FILES[file]
    assert all(slot.start and slot.end for session in sessions for slot in session.slots)
    assert Schedule.model_validate_json(whole.schedule.model_dump_json()) == whole.schedule


def clocked(schedule: Schedule) -> list[tuple[object, ...]]:
    """Title, local start, local end and room of every slot."""
    zone = schedule.conference.zone
    return sorted(
        (
            session.title.root,
            f"{start.astimezone(zone):%m-%d %H:%M}",
            f"{end.astimezone(zone):%H:%M}",
            slot.room,
        )
        for session in schedule.sessions
        for slot in session.slots
        if (start := slot.start) and (end := slot.end)
    )


@pytest.mark.parametrize(
    "other", ["ics/klimacamp2015.ics", "xcal/klimacamp2015.xcal", "xml/klimacamp2015.xml"]
)
def test_one_schedule_in_four_formats_gives_the_same_sessions(corpus: Path, other: str) -> None:
    first = clocked(read(corpus, "frab-json/klimacamp2015.json").schedule)
    assert len(first) == 106
    assert clocked(read(corpus, other).schedule) == first


def starts(schedule: Schedule) -> dict[str | None, tuple[str, str]]:
    """The day and the local start of the sessions, by their guids."""
    zone = schedule.conference.zone
    return {
        session.guid: (str(slot.day), slot.start.astimezone(zone).isoformat())
        for session in schedule.sessions
        for slot in session.slots
        if slot.start
    }


def published(path: Path) -> list[tuple[str | None, str, str]]:
    """The guid, the instant and the clock time of every event, as an XML file has them."""
    return [
        (event.get("guid"), event.findtext("date") or "", event.findtext("start") or "")
        for event in ElementTree.parse(path).iter("event")
    ]


def test_instants_in_utc_under_wrong_dates_are_at_the_local_times_of_kolkata(corpus: Path) -> None:
    read_ = starts(read(corpus, "xml/debconf23.xml").schedule)
    assert read_["455d075f-48c0-2ec2-24b3-f5add30c383a"] == ("2023-09-10", "2023-09-10T10:30:00+05:30")
    for guid, date, clock in published(corpus / "xml/debconf23.xml"):
        local = datetime.fromisoformat(date).astimezone(ZoneInfo("Asia/Kolkata"))
        assert read_[guid] == (str((local - timedelta(hours=3)).date()), local.isoformat())
        assert f"{local:%H:%M}" == clock


def test_local_times_are_right_on_both_sides_of_the_end_of_daylight_saving(corpus: Path) -> None:
    read_ = starts(read(corpus, "xml/PrivacyWeek.xml").schedule)
    offsets = set()
    for guid, date, _clock in published(corpus / "xml/PrivacyWeek.xml"):
        assert read_[guid] == (date[:10], date)
        offsets.add((date[:10] < "2017-10-29", date[-6:]))
    assert offsets == {(True, "+02:00"), (False, "+01:00")}
