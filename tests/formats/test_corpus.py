"""Published schedules: every event is there, at the right time and with its previous ID."""

import json
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from scripts.ids import BUNDLED_NAME, FILE, ids_of

from summitcli import formats
from summitcli.model import Schedule
from summitcli.sources.source import Hints
from tests.conftest import FIGURES
from tests.published import FILES, OURS, THEIRS, Published, content, each, here, path, read


def test_the_corpus_is_complete(corpus: Path) -> None:
    files = [file.relative_to(corpus).as_posix() for file in corpus.rglob("*") if file.is_file()]
    assert {*THEIRS} <= set(files)


@pytest.mark.parametrize("file", FILES)
def test_every_event_that_was_published_is_read(file: str, record_property: Any) -> None:
    data = content(file)
    begin = time.process_time()
    name = formats.recognise(data, file)
    whole = formats.parse(data, file)
    took = time.process_time() - begin
    sessions = whole.schedule.sessions
    events = sum(len(session.slots) for session in sessions)
    said = tuple(whole.findings.sentences())
    zone = whole.schedule.conference.time_zone
    if file in THEIRS:
        row = f"{file:<32}{name:<10}{events:>6,} events{len(sessions):>6,} sessions{took:>6.2f} s"
        record_property(FIGURES, "\n".join([row, *(f"    {sentence}" for sentence in said)]))
    assert Published(name, events, len(sessions), zone, said) == FILES[file]
    on_days = "fair" in file
    assert on_days or all(slot.start and slot.end for session in sessions for slot in session.slots)
    assert Schedule.model_validate_json(whole.schedule.model_dump_json()) == whole.schedule


@pytest.mark.parametrize("file", here(*OURS, *THEIRS))
def test_a_published_file_is_recognised_by_one_reader_alone(file: str) -> None:
    data = content(file)
    name = formats.recognise(data, file)
    assert [reader for reader, module in formats.FORMATS.items() if module.detect(data)] == [name]


@pytest.mark.parametrize("file", each(FILES))
def test_in_every_format_the_zone_that_the_user_asks_for_is_used(file: str) -> None:
    """Check that instants are unchanged and local times are in the given zone."""
    wished = ZoneInfo("Asia/Kathmandu")
    plain = read(file).schedule
    found = formats.parse(content(file), file, Hints(time_zone=wished.key))
    assert found.schedule.conference.time_zone == wished.key
    assert [sentence for sentence in found.findings.sentences() if "zone" in sentence] == []
    before, after = (
        [slot.start for one in made.sessions for slot in one.slots] for made in (plain, found.schedule)
    )
    for was, now in zip(before, after, strict=True):
        assert (was is None) == (now is None)
        if was and now:
            assert now.utcoffset() == timedelta(hours=5, minutes=45)
            assert was == now or was.replace(tzinfo=None) == now.replace(tzinfo=None)


IDS: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
"""The session IDs of each file, written by :mod:`scripts.ids`."""


@pytest.mark.parametrize("name", [BUNDLED_NAME, *here(*OURS, *THEIRS)])
def test_the_ids_of_a_published_schedule_have_not_changed(name: str) -> None:
    assert ids_of(name) == IDS[name]


def test_every_published_schedule_has_its_ids() -> None:
    assert set(IDS) == {BUNDLED_NAME, *OURS, *THEIRS}


def clocked(schedule: Schedule) -> list[tuple[object, ...]]:
    """Return the title, local start, local end and room of every slot."""
    zone = schedule.conference.zone
    return sorted(
        (
            session.title.own(schedule.conference.language),
            f"{start.astimezone(zone):%m-%d %H:%M}",
            f"{end.astimezone(zone):%H:%M}",
            slot.room,
        )
        for session in schedule.sessions
        for slot in session.slots
        if (start := slot.start) and (end := slot.end)
    )


def test_the_clock_times_of_a_schedule() -> None:
    assert clocked(read("harbour.json").schedule) == [
        ("Frühstück am Kai", "10-27 09:00", "10:00", "Hof"),
        ("Leinen los!", "10-26 10:00", "10:30", "Speicher"),
        ("Löten für alle", "10-26 11:00", "13:00", "Werkstatt"),
        ("Löten für alle", "10-27 11:00", "13:00", "Werkstatt"),
        ("Nachtkonzert", "10-26 23:30", "00:45", "Speicher"),
        ("Night owls", "10-27 01:00", "01:30", "Speicher"),
        ("Tides & times < 1900", "10-26 11:00", "11:45", "Speicher"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("harbour.json", name) for name in OURS if name.startswith("harbour.")),
        *(
            ("frab-json/klimacamp2015.json", name)
            for name in here("ics/klimacamp2015.ics", "xcal/klimacamp2015.xcal", "xml/klimacamp2015.xml")
        ),
    ],
)
def test_one_schedule_in_every_format_gives_the_same_sessions(one: str, other: str) -> None:
    first = clocked(read(one).schedule)
    assert len(first) == FILES[one].events
    assert clocked(read(other).schedule) == first


def starts(schedule: Schedule) -> dict[str | None, tuple[str, str]]:
    """Return the day and the local start of the sessions, by their guids."""
    zone = schedule.conference.zone
    return {
        session.guid: (str(slot.day), slot.start.astimezone(zone).isoformat())
        for session in schedule.sessions
        for slot in session.slots
        if slot.start
    }


def published(file: str) -> list[tuple[str | None, str, str]]:
    """Return the guid, the instant and the time of day of every event in an XML file."""
    return [
        (event.get("guid"), event.findtext("date") or "", event.findtext("start") or "")
        for event in ElementTree.parse(path(file)).iter("event")
    ]


@pytest.mark.parametrize("file", here("kolkata.xml", "xml/debconf23.xml"))
def test_instants_in_utc_under_wrong_dates_are_at_the_local_times_of_kolkata(file: str) -> None:
    read_ = starts(read(file).schedule)
    for guid, date, clock in published(file):
        local = datetime.fromisoformat(date).astimezone(ZoneInfo("Asia/Kolkata"))
        assert read_[guid] == (str((local - timedelta(hours=3)).date()), local.isoformat())
        assert f"{local:%H:%M}" == clock


@pytest.mark.parametrize(
    ("file", "change"), [(file, {"h": "2024-10-27T02", "x": "2017-10-29"}[file[0]]) for file in
                         here("harbour.xml", "xml/PrivacyWeek.xml")]
)  # fmt: skip
def test_local_times_are_right_on_both_sides_of_the_end_of_daylight_saving(file: str, change: str) -> None:
    read_ = starts(read(file).schedule)
    offsets = set()
    for guid, date, _clock in published(file):
        day, start = read_[guid]
        assert (start, day in (date[:10], "2024-10-26")) == (date, True)
        offsets.add((date < change, date[-6:]))
    assert offsets == {(True, "+02:00"), (False, "+01:00")}
