"""Whole calendars, and their bytes."""

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import icalendar

from summitcli.exports.calendar.ics import Options
from tests.exports.conferences import Rows, at, conference, on
from tests.exports.reading import assert_bytes_keep_the_rules, export, values

ALARM = timedelta(minutes=30)
SEEDS = ("0", "1", "2", "12345", "4294967295")


def test_a_day_only_calendar() -> None:
    rows = conference(
        on(
            "expo",
            "2022-07-23",
            "2022-07-24",
            "2022-07-25",
            title={"zh": "数字中国建设成果展览会", "en": "The Achievements Exhibition"},
            category="expo",
        ),
        on("talk", "2022-07-23", title={"zh": "“有福之州”对话", "en": "Talk"}),
        categories=[{"id": "expo", "name": "展览"}],
        notice={"zh": "具体日程以现场安排为准", "en": "Subject to change on site"},
    )
    assert export(rows, Options(alarms=(ALARM,))).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//summitcli//Conference schedule//EN",
        "CALSCALE:GREGORIAN",
        "NAME:数字峰会",
        "X-WR-CALNAME:数字峰会",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "X-SUMMITCLI-VERSION:2",
        "X-SUMMITCLI-CONFERENCE-LANGUAGE:zh",
        "BEGIN:VEVENT",
        "UID:expo@summit-2022.summitcli",
        "DTSTAMP:20220701T000000Z",
        "LAST-MODIFIED:20220701T000000Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "DTSTART;VALUE=DATE:20220723",
        "DTEND;VALUE=DATE:20220726",
        "SUMMARY:数字中国建设成果展览会",
        "CATEGORIES:展览",
        "DESCRIPTION:The Achievements Exhibition\\n\\n具体日程以现场安排为",
        " 准",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:数字中国建设成果展览会",
        "TRIGGER:-PT6H",
        "END:VALARM",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:talk@summit-2022.summitcli",
        "DTSTAMP:20220701T000000Z",
        "LAST-MODIFIED:20220701T000000Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "DTSTART;VALUE=DATE:20220723",
        "DTEND;VALUE=DATE:20220724",
        "SUMMARY:“有福之州”对话",
        "DESCRIPTION:Talk\\n\\n具体日程以现场安排为准",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:“有福之州”对话",
        "TRIGGER:-PT6H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_timed_calendar() -> None:
    zone = "Europe/Berlin"
    rows = conference(
        at("evening", zone, "2022-10-29T22:00", 180, room="Saal 1, links", speakers=["Ada", "Grace"]),
        at(
            "dawn", zone, "2022-10-30T02:30", 45, fold=1, day="2022-10-29", url="https://example.org/?a=1,2;b"
        ),
        title={"de": "Tage der Zeit", "en": "Days of Time"},
        language="de",
        time_zone=zone,
        revised="2022-10-01T12:34:56+02:00",
    )
    options = Options(alarms=(ALARM, timedelta(0)))
    assert export(rows, options).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//summitcli//Conference schedule//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Tage der Zeit",
        "X-WR-CALNAME:Tage der Zeit",
        "X-WR-TIMEZONE:Europe/Berlin",
        "X-SUMMITCLI-VERSION:2",
        "X-SUMMITCLI-CONFERENCE-LANGUAGE:de",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:DAYLIGHT",
        "DTSTART:19960331T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:evening@summit-2022.summitcli",
        "DTSTAMP:20221001T103456Z",
        "LAST-MODIFIED:20221001T103456Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "DTSTART;TZID=Europe/Berlin:20221029T220000",
        "DTEND;TZID=Europe/Berlin:20221030T010000",
        "SUMMARY:evening",
        "LOCATION:Saal 1\\, links",
        "DESCRIPTION:Speakers: Ada\\, Grace",
        "X-SUMMITCLI-SPEAKER:Ada",
        "X-SUMMITCLI-SPEAKER:Grace",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:evening",
        "TRIGGER:-PT30M",
        "END:VALARM",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:evening",
        "TRIGGER:PT0S",
        "END:VALARM",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:dawn@summit-2022.summitcli",
        "DTSTAMP:20221001T103456Z",
        "LAST-MODIFIED:20221001T103456Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "DTSTART:20221030T013000Z",
        "DTEND:20221030T021500Z",
        "SUMMARY:dawn",
        "URL:https://example.org/?a=1,2;b",
        "X-SUMMITCLI-DAY:20221029",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:dawn",
        "TRIGGER:-PT30M",
        "END:VALARM",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:dawn",
        "TRIGGER:PT0S",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


# ---- bytes


def test_the_bytes_of_the_bundled_schedule_follow_the_standard(bundled: Rows) -> None:
    text = export(bundled, Options(alarms=(ALARM,)))
    assert_bytes_keep_the_rules(text, len(bundled[1]))
    placed = list(zip(values(text, "DTSTART"), values(text, "UID"), strict=True))
    assert placed == sorted(placed)


def test_the_bundled_schedule_is_all_days_and_nothing_is_invented(bundled: Rows) -> None:
    row, sessions = bundled
    events: list[Any] = icalendar.Calendar.from_ical(export(bundled)).walk("VEVENT")
    written = {str(event["SUMMARY"]): event for event in events}
    assert set(written) == {session.title for session in sessions}
    for session in sessions:
        event = written[session.title]
        days = {(event["DTSTART"].dt + timedelta(days=n)).isoformat() for n in range(event.duration.days)}
        assert days == set(session.days)
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["DESCRIPTION"] == f"{session.titles['en']}\n\n{row.notice['zh']}"


def test_the_bytes_are_the_same_in_every_process(bundled: Rows) -> None:
    program = (
        "import sys; from datetime import timedelta\n"
        "from tests.exports.conferences import BUNDLED, rows_of\n"
        "from summitcli.exports.calendar.ics import Entry, Options, ics\n"
        "from summitcli.model import Schedule\n"
        "conference, sessions = rows_of(Schedule.model_validate_json(BUNDLED.read_bytes()))\n"
        "options = Options(alarms=(timedelta(minutes=30),))\n"
        "pieces = ics(conference, [Entry(session) for session in reversed(sessions)], options)\n"
        "sys.stdout.buffer.write(''.join(pieces).encode())\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C"}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE,
            env=environment | {"PYTHONHASHSEED": seed, "TZ": zone},
        )
        for seed, zone in zip(SEEDS, ("UTC", "Asia/Tokyo", "America/Lima", "", "UTC"), strict=True)
    ]
    outputs = {process.communicate()[0] for process in running}
    assert outputs == {export(bundled, Options(alarms=(ALARM,))).encode()}
