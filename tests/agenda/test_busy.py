"""Tests of other calendars, whose events are times when the user is busy."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from summitcli.agenda.busy import (
    LARGEST,
    BusyCalendar,
    BusyTime,
    UnreadableCalendar,
    busy_listings,
    read_busy_calendar,
)
from summitcli.rows import ConferenceRow

BERLIN = ZoneInfo("Europe/Berlin")
CONFERENCE = ConferenceRow(
    "demo", "Demo", {"en": "Demo"}, "en", "Europe/Berlin", "2024-05-01", "2024-05-02", None, {}, {}
)


def calendar(*events: str) -> bytes:
    """Return a calendar; each event is given as lines separated by ``|``."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", *([] if "UID:" in event else [f"UID:{number}@x"]), *event.split("|")]
        lines.append("END:VEVENT")
    return "".join(f"{line}\r\n" for line in (*lines, "END:VCALENDAR")).encode()


def found(folder: Path, *events: str) -> BusyCalendar:
    path = folder / "own.ics"
    path.write_bytes(calendar(*events))
    return read_busy_calendar(str(path), CONFERENCE, BERLIN)


def busy(folder: Path, *events: str) -> list[BusyTime]:
    return [*found(folder, *events).times]


def time(title: str, start: str, end: str) -> BusyTime:
    begins, ends = (datetime.fromisoformat(f"2024-{moment}").replace(tzinfo=UTC) for moment in (start, end))
    return BusyTime(begins, ends, title)


def moment(seconds: int) -> str:
    """Return a moment during the conference as a DATE-TIME."""
    return f"{datetime(2024, 5, 1, tzinfo=UTC) + timedelta(seconds=seconds):%Y%m%dT%H%M%SZ}"


def test_events_during_the_conference_are_busy_times(tmp_path: Path) -> None:
    assert busy(
        tmp_path,
        "SUMMARY:Call|DTSTART:20240501T100000Z|DTEND:20240501T103000Z",
        "SUMMARY:Shift|DTSTART;TZID=Europe/Berlin:20240501T100000|DURATION:PT2H",
        "SUMMARY:Local|DTSTART:20240502T090000|DTEND:20240502T100000",
        "SUMMARY:Before|DTSTART:20240430T090000Z|DTEND:20240430T100000Z",
        "SUMMARY:After|DTSTART:20240503T090000Z|DTEND:20240503T100000Z",
        "SUMMARY:Away|DTSTART;VALUE=DATE:20240502|TRANSP:OPAQUE",
        "DTSTART:20240430T200000Z|DTEND:20240501T010000Z",
    ) == [
        time("busy", "04-30T20:00", "05-01T01:00"),
        time("Shift", "05-01T08:00", "05-01T10:00"),
        time("Call", "05-01T10:00", "05-01T10:30"),
        time("Away", "05-01T22:00", "05-02T22:00"),
        time("Local", "05-02T07:00", "05-02T08:00"),
    ]


def test_events_that_take_no_time_are_left_out(tmp_path: Path) -> None:
    hour = "DTSTART:20240501T100000Z|DTEND:20240501T110000Z"
    assert (
        busy(
            tmp_path,
            f"SUMMARY:a|STATUS:CANCELLED|{hour}",
            f"SUMMARY:b|TRANSP:TRANSPARENT|{hour}",
            "SUMMARY:c|DTSTART:20240501T100000Z",
            "SUMMARY:d",
            f"SUMMARY:e|UID:opening@demo.summitcli|{hour}",
            "SUMMARY:f|DTSTART:00010101T000000|DTEND:00010101T010000",
        )
        == []
    )
    assert busy(tmp_path, f"SUMMARY:e|UID:opening@other.summitcli|{hour}") != []


@pytest.mark.parametrize(
    ("lines", "of_hours", "of_days"),
    [
        ("", (1, 0), (0, 1)),
        ("TRANSP:OPAQUE", (1, 0), (1, 0)),
        ("TRANSP:transparent", (0, 0), (0, 0)),
        ("TRANSP:TRANSPARENT|X-MICROSOFT-CDO-BUSYSTATUS:BUSY", (0, 0), (0, 0)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", (0, 0), (0, 0)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", (1, 0), (0, 1)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", (1, 0), (1, 0)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:oof", (1, 0), (1, 0)),
        ("TRANSP:X-UNKNOWN", (1, 0), (0, 1)),
    ],
)
def test_whole_days_are_busy_only_if_they_are_marked_so(
    lines: str, of_hours: tuple[int, int], of_days: tuple[int, int], tmp_path: Path
) -> None:
    def counts(times: str) -> tuple[int, int]:
        read = found(tmp_path, f"SUMMARY:x|{times}|{lines or 'CLASS:PUBLIC'}")
        return len(read.times), read.whole_days

    assert counts("DTSTART:20240501T100000Z|DTEND:20240501T110000Z") == of_hours
    assert counts("DTSTART;VALUE=DATE:20240430|DTEND;VALUE=DATE:20240502") == of_days
    assert counts("DTSTART;VALUE=DATE:20240101|RRULE:FREQ=DAILY") == tuple(2 * number for number in of_days)
    assert counts("DTSTART;VALUE=DATE:20240510") == (0, 0)


def test_a_directory_is_read_file_by_file(tmp_path: Path) -> None:
    vdir = tmp_path / "home"
    (vdir / "sub.ics").mkdir(parents=True)

    def write(name: str, event: str) -> None:
        (vdir / name).write_bytes(calendar(event))

    write("b.ics", "SUMMARY:Call|DTSTART:20240501T100000Z|DTEND:20240501T103000Z")
    write("a.ICS", "SUMMARY:Daily|DTSTART:20200101T090000Z|DTEND:20200101T091500Z|RRULE:FREQ=DAILY")
    write("long.ics", "SUMMARY:Long|DTSTART:20240401T100000Z|DURATION:P31D")
    write("zone.ics", "SUMMARY:Old|DTSTART:20200101T090000Z|DTEND:20200101T091500Z")
    write("folded.ics", "SUMMARY:Folded|DTST\r\n ART:20240502T200000Z|DTEND:20240502T210000Z")
    write(".hidden.ics", "SUMMARY:Hidden|DTSTART:20240501T110000Z|DTEND:20240501T113000Z")
    write("note.txt", "SUMMARY:Text|DTSTART:20240501T110000Z|DTEND:20240501T113000Z")
    (vdir / "broken.ics").write_text("{}")
    read = read_busy_calendar(str(vdir), CONFERENCE, BERLIN)
    titles = [one.title for one in read.times]
    assert titles == ["Long", "Daily", "Call", "Daily", "Folded"]
    assert [str(fault) for fault in read.faults] == [
        f"can't read the calendar {vdir}/broken.ics: it is not an .ics file",
        f"can't read the calendar {vdir}/sub.ics: it is not a file",
    ]
    write("new.ics", "SUMMARY:New|DTSTART:20240502T100000Z|DTEND:20240502T103000Z")
    assert "New" in [one.title for one in read_busy_calendar(str(vdir), CONFERENCE, BERLIN).times]


def test_a_file_of_a_directory_is_not_parsed_if_its_dates_are_far_from_the_conference(tmp_path: Path) -> None:
    zone = "END:VEVENT|BEGIN:VTIMEZONE|DTSTART:19700101T000000|RRULE:FREQ=YEARLY|END:VTIMEZONE|BEGIN:VEVENT"
    for day in ("20240428", "20240429", "20240504", "20240505"):
        event = f"SUMMARY:x|DTSTART:{day}T100000Z|DTEND:{day}T103000Z|{zone}|UID:y|DTSTART:{day}T11"
        # The file is broken, which is reported only if it is parsed.
        (tmp_path / f"{day}.ics").write_bytes(calendar(event)[:-30])
    read = read_busy_calendar(str(tmp_path), CONFERENCE, BERLIN)
    parsed = [str(fault).split("/")[-1].split(".ics")[0] for fault in read.faults]
    assert parsed == ["20240429", "20240504"]


def test_a_directory_with_too_many_files_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summitcli.agenda.busy.MAX_FILES", 1)
    for name in ("a.ics", "b.ics"):
        (tmp_path / name).write_bytes(calendar("DTSTART:20240501T100000Z|DURATION:PT1H"))
    with pytest.raises(UnreadableCalendar) as error:
        read_busy_calendar(str(tmp_path), CONFERENCE, BERLIN)
    assert str(error.value) == f"can't read the calendar {tmp_path}: it has more than 1 .ics files"


def test_an_endless_recurring_event_has_its_times_during_the_conference(tmp_path: Path) -> None:
    event = "SUMMARY:Daily|DTSTART:20200101T090000Z|DTEND:20200101T091500Z|RRULE:FREQ=DAILY"
    without = "EXDATE:20240501T090000Z"
    assert busy(tmp_path, event) == [
        time("Daily", "05-01T09:00", "05-01T09:15"),
        time("Daily", "05-02T09:00", "05-02T09:15"),
    ]
    moved = "SUMMARY:Moved|UID:0@x|RECURRENCE-ID:20240502T090000Z|DTSTART:20240502T120000Z|DURATION:PT1H"
    assert busy(tmp_path, f"UID:0@x|{event}", moved) == [
        time("Daily", "05-01T09:00", "05-01T09:15"),
        time("Moved", "05-02T12:00", "05-02T13:00"),
    ]
    to_second = "SUMMARY:First|UID:0@x|RECURRENCE-ID:20240501T090000Z|DTSTART:20240502T090000Z|DURATION:PT1H"
    assert busy(tmp_path, f"UID:0@x|{event}", moved, to_second) == [
        time("First", "05-02T09:00", "05-02T10:00"),
        time("Moved", "05-02T12:00", "05-02T13:00"),
    ]
    # Some programs copy the rule into the event that replaces one of its times.
    copied = "SUMMARY:Moved|UID:0@x|RECURRENCE-ID:20240501T090000Z|DTSTART:20240501T120000Z|RRULE:FREQ=DAILY"
    assert busy(tmp_path, f"UID:0@x|{event}", f"{copied}|DURATION:PT1H") == [
        time("Moved", "05-01T12:00", "05-01T13:00"),
        time("Daily", "05-02T09:00", "05-02T09:15"),
    ]
    assert busy(tmp_path, f"{event}|{without}") == [time("Daily", "05-02T09:00", "05-02T09:15")]


def test_busy_times_become_listings_in_the_time_zone_of_the_conference() -> None:
    late, early = time("Late", "05-01T22:30", "05-01T23:00"), time("Early", "05-01T08:00", "05-01T09:00")
    found = busy_listings([late, early], BERLIN)
    assert [(one.id, one.title, one.day, one.start, one.end) for one in found] == [
        ("busy-1", "Early", "2024-05-01", "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00"),
        ("busy-2", "Late", "2024-05-02", "2024-05-02T00:30:00+02:00", "2024-05-02T01:00:00+02:00"),
    ]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "it is not an .ics file"),
        (b"{}", "it is not an .ics file"),
        (calendar("DTSTART:20240501T100000Z")[:-30], "it is not a valid calendar"),
        (b"BEGIN:VCALENDAR\r\n" + b" " * LARGEST, "it is larger than 32 MB"),
        (
            calendar(*[f"DTSTART:{moment(number)}|DURATION:PT1H" for number in range(2001)]),
            "it has more than 2000 events during the conference",
        ),
    ],
)
def test_an_unreadable_calendar_is_reported(data: bytes, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "own.ics"
    path.write_bytes(data)
    with pytest.raises(UnreadableCalendar) as error:
        read_busy_calendar(str(path), CONFERENCE, BERLIN)
    assert str(error.value) == f"can't read the calendar {path}: {fault}"


def test_a_calendar_that_is_not_there_is_reported(tmp_path: Path) -> None:
    for path in (tmp_path / "none.ics", tmp_path / "none"):
        with pytest.raises(UnreadableCalendar, match="there is no such file"):
            read_busy_calendar(str(path), CONFERENCE, BERLIN)
