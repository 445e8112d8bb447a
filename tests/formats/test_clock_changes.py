"""Starts skipped by a change of clocks, and durations across one, in every format (RFC 5545, 3.3.5–6)."""

import json

import pytest

from summitcli.formats import parse, recognise
from tests.formats.drafts import slots

# In Cairo the clocks went from 00:00 to 01:00 on 28 April 2023, and from 24:00 to 23:00 on 26 October.
CAIRO = "Africa/Cairo"
TIMES = {
    "skipped": ("2023-04-28T00:30", 45, "2023-04-28T01:30:00+03:00", "2023-04-28T02:15:00+03:00"),
    "over the gap": ("2023-04-27T23:30", 60, "2023-04-27T23:30:00+02:00", "2023-04-28T01:30:00+03:00"),
    "shown twice": ("2023-10-26T23:30", 45, "2023-10-26T23:30:00+03:00", "2023-10-26T23:15:00+02:00"),
}


def ics(start: str, minutes: int, zone: str = f";TZID={CAIRO}", head: str = "") -> bytes:
    moment = start.replace("-", "").replace(":", "") + "00"
    lines = f"DTSTART{zone}:{moment}\nDURATION:PT{minutes}M\nSUMMARY:Talk"
    return f"BEGIN:VCALENDAR\n{head}BEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n".encode()


def floating_ics(start: str, minutes: int) -> bytes:
    return ics(start, minutes, "", f"X-WR-TIMEZONE:{CAIRO}\n")


def xcal(start: str, minutes: int) -> bytes:
    zone = f"<parameters><tzid><text>{CAIRO}</text></tzid></parameters>"
    return (
        '<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar><components><vevent><properties>'
        f"<dtstart>{zone}<date-time>{start}:00</date-time></dtstart>"
        f"<duration><duration>PT{minutes}M</duration></duration><summary><text>Talk</text></summary>"
        "</properties></vevent></components></vcalendar></icalendar>"
    ).encode()


def frab_json(start: str, minutes: int) -> bytes:
    event = {"date": f"{start}:00", "start": start[11:], "duration": length(minutes), "title": "Talk"}
    day = {"date": start[:10], "rooms": {"Hall": [event]}}
    return json.dumps({"schedule": {"conference": {"time_zone_name": CAIRO, "days": [day]}}}).encode()


def clock_json(start: str, minutes: int) -> bytes:
    event = {"start": start[11:], "duration": length(minutes), "title": "Talk"}
    day = {"date": start[:10], "rooms": {"Hall": [event]}}
    return json.dumps({"schedule": {"conference": {"time_zone_name": CAIRO, "days": [day]}}}).encode()


def frab_xml(start: str, minutes: int, date: bool = True) -> bytes:
    said = f"<date>{start}:00</date>" if date else ""
    return (
        f"<schedule><conference><time_zone_name>{CAIRO}</time_zone_name></conference>"
        f'<day date="{start[:10]}"><room name="Hall"><event>{said}<start>{start[11:]}</start>'
        f"<duration>{length(minutes)}</duration><title>Talk</title></event></room></day></schedule>"
    ).encode()


def clock_xml(start: str, minutes: int) -> bytes:
    return frab_xml(start, minutes, date=False)


def flat(start: str, minutes: int) -> bytes:
    event = {"start": f"{start}:00", "duration": length(minutes), "title": "Talk"}
    return json.dumps({"schedule": {"conference": {"time_zone_name": CAIRO}, "events": [event]}}).encode()


def widget(start: str, minutes: int) -> bytes:
    talk = {"code": "A", "start": f"{start}:00", "duration": minutes, "title": "Talk"}
    return json.dumps({"timezone": CAIRO, "talks": [talk], "rooms": []}).encode()


def indico(start: str, minutes: int) -> bytes:
    moment = {"date": start[:10], "time": f"{start[11:]}:00", "tz": CAIRO}
    contribution = {"id": "1", "title": "Talk", "startDate": moment, "duration": minutes}
    event = {"title": "Conf", "timezone": CAIRO, "startDate": moment, "contributions": [contribution]}
    return json.dumps({"results": [event]}).encode()


def length(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


FORMATS = {
    "ics": [ics, floating_ics],
    "xcal": [xcal],
    "frab-json": [frab_json, clock_json],
    "frab-xml": [frab_xml, clock_xml],
    "flat-json": [flat],
    "pretalx-widget": [widget],
    "indico": [indico],
}


@pytest.mark.parametrize("case", TIMES)
@pytest.mark.parametrize(("name", "makers"), FORMATS.items())
def test_a_time_at_a_change_of_the_clocks_is_as_long_as_it_says(name: str, makers: list, case: str) -> None:  # type: ignore[type-arg]
    start, minutes, begins, ends = TIMES[case]
    for make in makers:
        data = make(start, minutes)
        assert recognise(data, name) == name
        read = parse(data, name)
        assert read.schedule.conference.time_zone == CAIRO
        day = f"{begins[:10]}"
        assert slots(read.schedule.sessions) == [(day, begins, ends)], make.__name__
        assert [said for said in read.findings.sentences() if "name" not in said] == []
