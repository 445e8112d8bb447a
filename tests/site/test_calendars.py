"""Tests of the calendars of a site."""

import icalendar
import pytest

from summitcli.catalog.conditions import EVERYTHING
from summitcli.catalog.selection import Selection
from summitcli.exports.rows import Request
from summitcli.exports.rows.calendar import ics
from summitcli.formats.parsed import Parsed
from summitcli.library.log import LoggedChange, LoggedUpdate
from summitcli.site.calendars import Calendars, revisions
from tests.exports.published import load, small
from tests.exports.reading import assert_bytes_keep_the_rules, logical_lines, values
from tests.schedules import document, session, timed
from tests.site.sites import REAL, bytes_of, real, site_of

DAY = "2024-05-01"


def update(number: int, *changed: str, total: int | None = None) -> LoggedUpdate:
    changes = tuple(LoggedChange("moved", id_, id_.title(), None, None) for id_ in changed)
    counts = {"moved": total or len(changes)}
    return LoggedUpdate(number, f"2024-04-0{number}T10:00:00+02:00", counts, changes)


def events_of(text: str) -> set[str]:
    return {event.removesuffix("END:VCALENDAR\r\n") for event in text.split("BEGIN:VEVENT")[1:]}


def test_each_session_day_category_room_and_speaker_has_a_calendar_with_its_events() -> None:
    site = site_of(Parsed.of(small()), "en", base_url="https://conf.example/x/")
    found = {path: content.decode() for path, content in bytes_of(Calendars(site, "en").files()).items()}
    uids = {path: [uid.split("@")[0] for uid in values(text, "UID")] for path, text in found.items()}
    opening = "9d4ca2f8-7ab5-5a4a-a5b9-1ef6fcd5d4f1"
    assert uids == {
        "sessions/expo.ics": ["expo"],
        "sessions/opening.ics": [opening],
        "sessions/a.ics": ["a"],
        "sessions/night.ics": ["night"],
        "days/2024-05-01.ics": ["expo", opening, "a", "night"],
        "days/2024-05-02.ics": ["expo"],
        "categories/talk.ics": [opening],
        "categories/idle.ics": [],
        "rooms/Bar.ics": ["night"],
        "rooms/Foyer.ics": ["expo"],
        "rooms/Hall.ics": [opening],
        "speakers/Ada-Lovelace.ics": [opening],
        "speakers/李雷.ics": [opening],
        "schedule.ics": ["expo", opening, "a", "night"],
    }
    assert [line for line in logical_lines(found["rooms/Bar.ics"]) if "TZID=" in line] == [
        "DTSTART;TZID=Europe/Berlin:20240502T003000",
        "DTEND;TZID=Europe/Berlin:20240502T020000",
    ]
    assert logical_lines(found["speakers/李雷.ics"])[:12] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//summitcli//Conference schedule//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Conf & Co – 李雷",
        "X-WR-CALNAME:Conf & Co – 李雷",
        "X-WR-TIMEZONE:Europe/Berlin",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "URL:https://conf.example/x/speakers/%E6%9D%8E%E9%9B%B7.html",
        "X-SUMMITCLI-VERSION:2",
        "X-SUMMITCLI-CONFERENCE-LANGUAGE:en",
    ]
    for path, text in found.items():
        assert_bytes_keep_the_rules(text, len(uids[path]))


def test_a_room_has_only_the_events_in_it_and_they_keep_their_uids() -> None:
    slots = (
        timed(DAY, f"{DAY}T{hour:02}:00:00+02:00", f"{DAY}T{hour + 1:02}:00:00+02:00", room=f"R{hour}")
        for hour in (9, 11)
    )
    site = site_of(Parsed.of(load(document(session("talk", *slots)))))
    found = bytes_of(Calendars(site, "en").files())
    for path, uid in (("rooms/R9.ics", "talk@conf.summitcli"), ("rooms/R11.ics", "talk.2@conf.summitcli")):
        assert values(found[path].decode(), "UID") == [uid]


def test_names_are_in_the_language_of_the_calendar() -> None:
    content = document(session("a", category="talk"), title={"en": "C", "zh": "会"})
    site = site_of(Parsed.of(load(content)))
    found = {
        values(content.decode(), "NAME")[0]
        for language in site.languages
        for path, content in bytes_of(Calendars(site, language).files()).items()
        if "talk" in path or DAY in path
    }
    assert found == {"C – Wednesday 1 May", "C – Talk", "会 – 5月1日 星期三", "会 – 演讲"}


@pytest.mark.parametrize("name", REAL)
def test_the_events_are_those_of_the_export(name: str) -> None:
    site = site_of(real(name))
    language = site.languages[0]
    found = {path: content.decode() for path, content in bytes_of(Calendars(site, language).files()).items()}
    whole = found[f"{site.addresses.root(language)}schedule.ics"]
    request = Request(catalog=site.catalog, language=language)
    export = "".join(ics(Selection(site.catalog, EVERYTHING), request))
    added = ("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n", "X-PUBLISHED-TTL:PT1H\r\n")
    assert whole.replace("".join(added), "") == export
    # Each event is in the calendars of its days, and the same everywhere.
    uids = values(whole, "UID")
    assert {uid for path, text in found.items() if "days/" in path for uid in values(text, "UID")} == {*uids}
    for text in found.values():
        assert events_of(text) <= events_of(whole)
        assert_bytes_keep_the_rules(text, text.count("BEGIN:VEVENT"))
    assert len(icalendar.Calendar.from_ical(whole).events) == len(uids)


def test_a_changed_event_has_a_later_revision_and_a_cancelled_one_is_kept() -> None:
    before = site_of(Parsed.of(load(document(session("gone", guid="g-1", category="talk")))))
    parsed = Parsed.of(load(document(session("a"), session("b"))))
    log = (update(1, "a"), update(2, "gone"), update(3, "a"))
    site = site_of(parsed, log=log, cancelled=tuple(before.catalog.sessions()))
    found = bytes_of(Calendars(site, "en").files())
    text = found["schedule.ics"].decode()
    events = zip(*(values(text, name) for name in ("UID", "SEQUENCE", "STATUS")), strict=True)
    assert list(events) == [
        ("a@conf.summitcli", "3", "CONFIRMED"),
        ("b@conf.summitcli", "0", "CONFIRMED"),
        ("g-1@conf.summitcli", "2", "CANCELLED"),
    ]
    assert values(found["categories/talk.ics"].decode(), "STATUS") == ["CANCELLED"]
    assert values(found[f"days/{DAY}.ics"].decode(), "STATUS")[2] == "CANCELLED"


def test_a_cancelled_event_that_is_held_after_all_is_there_once() -> None:
    before = site_of(Parsed.of(load(document(session("a", guid="g-1")))))
    parsed = Parsed.of(load(document(session("b", {"day": DAY}, {"day": "2024-05-02"}, guid="g-1"))))
    site = site_of(parsed, cancelled=tuple(before.catalog.sessions()))
    text = bytes_of(Calendars(site, "en").files())["schedule.ics"].decode()
    assert (values(text, "UID"), values(text, "STATUS")) == (["g-1@conf.summitcli"], ["CONFIRMED"])


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ((), (0, 0)),
        ((update(1, "a"), update(2, "b")), (1, 2)),
        # Earlier publications are no longer in the log.
        ((update(7, "a"), update(8, "c")), (7, 6)),
        # A publication changed more sessions than the log lists.
        ((update(1, "a"), update(2, "c", total=300), update(3, "b")), (2, 3)),
    ],
)
def test_no_revision_decreases_when_a_log_forgets(log: tuple[LoggedUpdate, ...], expected: object) -> None:
    revision = revisions(log)
    assert (revision("a"), revision("b")) == expected
