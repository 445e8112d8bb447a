"""frab JSON output: it is valid by the strict schema, and reading it back gives the same sessions."""

import json
import re
from typing import Any

import pytest
from hypothesis import assume, given, settings
from jsonschema import Draft6Validator, FormatChecker

from summitcli import __version__
from summitcli.exports.schedules.frab import uri
from summitcli.exports.schedules.frab_json import frab_json
from summitcli.formats import parse
from summitcli.model import Schedule
from summitcli.validation import strict
from tests.conftest import BUNDLED
from tests.exports.published import (
    CLOCK_CHANGES,
    ODD_ADDRESSES,
    REAL,
    days_alone,
    load,
    odd_schedules,
    said,
    small,
    written,
)
from tests.published import CORPUS, read
from tests.schedules import schedules

Check = Any
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")


@pytest.fixture(scope="module")
def check() -> Check:
    """Fail if a text breaks the strict rules or, if available, the published schema."""
    checker = FormatChecker()
    checker.checks("uri")(lambda value: not isinstance(value, str) or URI.fullmatch(value) is not None)
    checker.checks("date-time")(lambda value: not isinstance(value, str) or bool(INSTANT.fullmatch(value)))
    file = CORPUS / "schema" / "voc-schedule.schema.json"
    schema = json.loads(file.read_bytes()) if file.exists() else {}
    validator = Draft6Validator(schema, format_checker=checker)

    def check(text: str) -> Any:
        assert list(strict.check(text.encode()) or [...]) == []
        document = json.loads(text)
        assert [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(document)] == []
        return document

    return check


def again(text: str) -> Schedule:
    parsed = parse(text.encode(), "written.json")
    schedule, findings = parsed.schedule, parsed.findings
    assert findings.sentences() == []
    return schedule


def bundled() -> Schedule:
    return Schedule.model_validate_json(BUNDLED.read_bytes())


def test_the_bundled_schedule_comes_back_with_all_its_names(check: Check) -> None:
    text = written(frab_json, bundled())
    check(text)
    read = again(text)
    assert said(read) == said(bundled())
    assert {one.id: one.title for one in read.sessions} == {one.id: one.title for one in bundled().sessions}
    assert {one.id: one.name for one in read.categories} == {one.id: one.name for one in bundled().categories}
    was, now = bundled().conference, read.conference
    assert (now.id, now.title, now.language, now.time_zone, now.start, now.end) == (
        was.id, was.title, was.language, was.time_zone, was.start, was.end)  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_real_schedules_come_back(check: Check, name: str) -> None:
    schedule = read(name).schedule
    text = written(frab_json, schedule)
    check(text)
    assert said(again(text)) == said(schedule)


def test_any_schedule_comes_back(check: Check) -> None:
    @settings(deadline=None)
    @given(schedules())
    def holds(content: dict[str, Any]) -> None:
        schedule = load(content)
        text = written(frab_json, schedule)
        check(text)
        assume(schedule.sessions)
        assert said(again(text)) == said(schedule)

    holds()


@pytest.mark.parametrize("start", CLOCK_CHANGES)
def test_days_come_back_where_the_clocks_change_or_leave_out_a_midnight(start: tuple[str, str]) -> None:
    schedule = days_alone(*start)
    assert said(again(written(frab_json, schedule))) == said(schedule)


def test_any_schedule_is_valid_by_the_strict_schema(check: Check) -> None:
    @settings(deadline=None)
    @given(odd_schedules())
    def holds(schedule: Schedule) -> None:
        text = written(frab_json, schedule)
        check(text)
        assume(schedule.sessions)
        read = parse(text.encode(), "written.json").schedule
        assert sorted(one.id for one in read.sessions) == sorted(one.id for one in schedule.sessions)

    holds()


def test_a_small_schedule_in_full(check: Check) -> None:
    document = check(written(frab_json, small()))
    assert document["generator"] == {"name": "summitcli", "version": __version__}
    conference = document["schedule"]["conference"]
    days = conference.pop("days")
    assert (document["schedule"]["version"], conference) == ("1.2 “beta”", {
        "acronym": "conf",
        "title": "Conf & Co",
        "start": "2024-05-01",
        "end": "2024-05-02",
        "daysCount": 2,
        "timeslot_duration": "00:30",
        "time_zone_name": "Europe/Berlin",
        "url": "https://conf.example/",
        "tracks": [{"name": "Talk", "slug": "talk", "color": "#f9b000"}, {"name": "Idle", "slug": "idle"}],
        "meta": {
            "id": "conf", "language": "en", "time_zone_name": "Europe/Berlin", "revised": "2024-01-01",
            "title": {"en": "Conf & Co", "zh": "大会"},
            "tracks": {"talk": {"en": "Talk", "zh": "演讲"}},
            "events": {"opening": {"en": "Opening", "zh": "开幕"}},
        },
    })  # fmt: skip
    keys = ("index", "date", "day_start", "day_end")
    assert [(*(day[key] for key in keys), list(day["rooms"])) for day in days] == [
        (1, "2024-05-01", "2024-05-01T00:00:00+02:00", "2024-05-02T02:00:00+02:00",
         ["", "Bar", "Foyer", "Hall"]),
        (2, "2024-05-02", "2024-05-02T00:00:00+02:00", "2024-05-03T00:00:00+02:00", ["Foyer"]),
    ]  # fmt: skip
    assert days[0]["rooms"]["Hall"] == [{
        "guid": "9d4ca2f8-7ab5-5a4a-a5b9-1ef6fcd5d4f1",
        "id": 1,
        "date": "2024-05-01T09:00:00+02:00",
        "start": "09:00",
        "end": "2024-05-01T10:30:00+02:00",
        "duration": "01:30",
        "room": "Hall",
        "slug": "opening",
        "url": "https://conf.example/opening",
        "title": "Opening",
        "subtitle": "Welcome",
        "track": "Talk",
        "type": "Keynote",
        "language": "en",
        "abstract": "Short & sweet.",
        "description": "Long.\n\nTwo paragraphs, 1 < 2.",
        "do_not_record": True,
        "persons": [{"name": "Ada <Lovelace>"}, {"name": "李雷"}],
        "links": [{"url": "https://conf.example/slides.pdf", "title": "Slides"},
                  {"url": "mailto:ada@conf.example"}],
    }]  # fmt: skip
    (expo,) = days[1]["rooms"]["Foyer"]
    assert (expo["date"], expo["start"], expo["duration"], "end" in expo) == (
        "2024-05-02T00:00:00+02:00", "00:00", "24:00", False)  # fmt: skip
    assert expo["guid"] == days[0]["rooms"]["Foyer"][0]["guid"]
    assert expo["url"] == f"urn:uuid:{expo['guid']}"
    # One letter is no slug, which a hyphen makes one.
    assert days[0]["rooms"][""][0]["slug"] == "-a"


def test_links_and_addresses_come_back(check: Check) -> None:
    read = {one.id: one for one in again(written(frab_json, small())).sessions}
    assert (read["opening"].url, read["opening"].links) == (
        small().sessions[0].url,
        small().sessions[0].links,
    )
    assert read["expo"].url is None


@pytest.mark.parametrize("address", ODD_ADDRESSES)
def test_an_odd_address_is_encoded_or_left_out(address: str) -> None:
    made = uri(address)
    assert made is None or URI.fullmatch(made)
    assert made is None or uri(made) == made


def test_the_same_schedule_gives_the_same_text() -> None:
    assert written(frab_json, small()) == written(frab_json, small())
    assert written(frab_json, bundled()) == written(frab_json, bundled())
