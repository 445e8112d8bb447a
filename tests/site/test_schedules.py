"""Tests of the whole schedule in the formats of other programs."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest

from summitcli.exports.schedules.frab_json import frab_json
from summitcli.exports.schedules.frab_xml import frab_xml
from summitcli.exports.schedules.listed import COLUMNS
from summitcli.exports.schedules.listed import csv as table
from summitcli.exports.schedules.native import native
from summitcli.formats import parse
from summitcli.formats.parsed import Parsed
from summitcli.site.schedules import schedules
from summitcli.validation import strict
from tests.exports.published import load, said
from tests.schedules import document, session, timed
from tests.site.sites import REAL, both_languages, bytes_of, files_of, published, real, site_of

DAY = "2024-05-01"


@pytest.mark.parametrize("name", REAL)
def test_they_are_those_of_the_exports_and_are_read_back(name: str) -> None:
    parsed = real(name)
    site = site_of(parsed)
    found = bytes_of(schedules(site))
    writers = {
        "summit.json": native, "schedule.json": frab_json, "schedule.xml": frab_xml, "schedule.csv": table,
    }  # fmt: skip
    assert {path: content.decode() for path, content in found.items()} == {
        path: "".join(write(parsed)) for path, write in writers.items()
    }
    assert parse(found["summit.json"], "summit.json").schedule == parsed.schedule
    for path in ("schedule.json", "schedule.xml"):
        assert list(strict.check(found[path]) or [...]) == []
        assert said(parse(found[path], path).schedule) == said(parsed.schedule)
    header, *rows = csv.reader(StringIO(found["schedule.csv"].decode(), newline=""))
    assert (tuple(header), len(rows)) == (COLUMNS, site.catalog.counts()[1])


def test_no_password_of_a_url_is_published() -> None:
    secret = "https://ada:secret@conf.example/"
    held = document(
        session("a", url=f"{secret}a", links=[{"url": f"{secret}b"}], feedback_url=f"{secret}c"),
        session("b", url="https://conf.example/@ada"),
        url=secret,
    )
    held["speakers"] = [{"name": "Ada", "links": [{"url": f"{secret}d"}]}]
    found = bytes_of(schedules(site_of(Parsed.of(load(held)))))
    for content in found.values():
        assert b"secret" not in content
        assert b"https://conf.example/@ada" in content
    (first, _second) = parse(found["summit.json"], "summit.json").schedule.sessions
    hidden = "https://ada:***@conf.example/"
    assert (first.url, first.links[0].url, first.feedback_url) == (
        f"{hidden}a", f"{hidden}b", f"{hidden}c",
    )  # fmt: skip


def test_a_schedule_with_an_event_too_long_for_frab_xml_has_none() -> None:
    event = timed(DAY, f"{DAY}T09:00:00+02:00", "2024-08-09T09:00:00+02:00")
    site = site_of(Parsed.of(load(document(session("a", event)))))
    assert list(bytes_of(schedules(site))) == ["summit.json", "schedule.json", "schedule.csv"]


def test_the_title_of_the_site_is_the_conference_s_in_every_format(tmp_path: Path) -> None:
    made = both_languages()
    made["conference"]["title"] = {"en": "Quokka Days", "zh": "短尾矮袋鼠"}
    published(tmp_path, made, titles={"en": "Other", "zh": "Other"}, base_url="https://example.org/")
    found = files_of(tmp_path)
    titles = {
        "summit.json": b'"Other"',
        "schedule.json": b'"title": "Other"',
        "schedule.xml": b"<title>Other<",
    }
    assert [path for path, title in titles.items() if title not in found[path]] == []
    assert parse(found["summit.json"], "summit.json").schedule.conference.id == "conf"
    assert [path for path, content in found.items() if re.search("Quokka|短尾矮袋鼠", content.decode())] == []
