"""Tests of the list of feeds, and of sites read back from their addresses."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from summitcli.formats import parse
from summitcli.formats.parsed import Parsed
from summitcli.i18n import using_language
from summitcli.model import Schedule
from summitcli.site import FEEDS, PAGES, plan
from summitcli.site.feeds import Alternate, alternates, calendar_of, feeds
from tests import hostile
from tests.conftest import Asked, examples
from tests.exports.published import odd_schedules, said, small
from tests.exports.reading import assert_bytes_keep_the_rules
from tests.published import path as path_of
from tests.site.sites import REAL, bytes_of, real, site_of
from tests.webserver import page, serving


def test_the_schedule_exists_once_and_calendars_and_changes_in_each_language() -> None:
    site = site_of(Parsed.of(small()), "en", "zh")
    files = list(feeds(site))
    assert {file.part for file in files} == {FEEDS}
    paths = [file.path for file in files if "/" not in file.path or file.path.count("/") == 1]
    assert paths == [
        "summit.json", "schedule.json", "schedule.xml", "schedule.csv",
        "en/schedule.ics", "en/changes.atom", "zh/schedule.ics", "zh/changes.atom",
    ]  # fmt: skip
    assert [file.path for file in plan.files(site, [FEEDS])] == [file.path for file in files]


def test_pages_link_to_the_feeds_with_the_types_of_c3voc() -> None:
    site = site_of(Parsed.of(small()), "en", "zh")
    with using_language("en"):
        assert alternates(site, "en") == [
            Alternate("en/schedule.ics", "text/calendar", "Calendar of all sessions"),
            Alternate("en/changes.atom", "application/atom+xml", "Changes (Atom)"),
            Alternate("schedule.csv", "text/csv", "Schedule (CSV)"),
            Alternate("summit.json", "application/vnd.summitcli.schedule+json", "Schedule (summit JSON)"),
            Alternate("schedule.json", "application/vnd.c3voc.schedule+json", "Schedule (frab JSON)"),
            Alternate("schedule.xml", "application/vnd.c3voc.schedule+xml", "Schedule (frab XML)"),
        ]
        room = Alternate("en/rooms/Hall.ics", "text/calendar", "Calendar of these sessions")
        assert calendar_of(site, "en", "rooms", "Hall") == room


def test_a_site_of_pages_only_links_to_no_feeds() -> None:
    site = site_of(Parsed.of(small()), "en", parts=frozenset({PAGES}))
    assert alternates(site, "en") == []
    assert calendar_of(site, "en", "rooms", "Hall") is None
    assert not any(b"alternate" in content for content in bytes_of(plan.files(site, [PAGES])).values())


def test_the_same_schedule_gives_the_same_bytes() -> None:
    first, second = (bytes_of(feeds(site_of(Parsed.of(small())))) for _time in range(2))
    assert first == second


def test_hostile_text_in_every_field_sends_nothing() -> None:
    parsed = parse(json.dumps(hostile.native()).encode(), "evil.json")
    for path, content in bytes_of(feeds(site_of(parsed))).items():
        if path.endswith(".csv"):
            continue
        assert hostile.sent(content.decode(), whole=True) == set(), path


def test_any_schedule_has_feeds_that_can_be_read() -> None:
    @settings(max_examples=examples(100))
    @given(odd_schedules())
    def holds(schedule: Schedule) -> None:
        files = bytes_of(feeds(site_of(Parsed.of(schedule))))
        for path, content in files.items():
            text = content.decode()
            if path.endswith(".ics"):
                assert_bytes_keep_the_rules(text, text.count("BEGIN:VEVENT"))
            elif path.endswith((".atom", ".xml")):
                ElementTree.fromstring(text)
        assert parse(files["summit.json"], "summit.json").schedule.sessions == schedule.sessions

    holds()


@pytest.mark.parametrize("name", REAL)
def test_the_address_of_a_site_gives_its_schedule(ask: Asked, tmp_path: Path, name: str) -> None:
    reference = name if name == "bundled" else str(path_of(name))
    status, _out, err = ask("publish", str(tmp_path / "site"), "--schedule", reference)
    assert status == 0, err
    before = ask("list", "--json", "--schedule", reference).out
    with serving() as server:
        for file in (tmp_path / "site").glob("*.*"):
            if file.is_file():
                server[f"/{file.name}"] = page(file.read_bytes(), "text/plain")
        server["/"] = page((tmp_path / "site" / "index.html").read_bytes(), "text/html")
        assert ask("use", f"{server.url}/", "--name", "again").status == 0
        asked = server.asked()
    assert asked == ["/", "/summit.json"]
    assert ask("list", "--json").out == before
    again = parse((tmp_path / "site" / "schedule.json").read_bytes(), "schedule.json")
    assert said(again.schedule) == said(real(name).schedule)
