"""Tests of the calendars that a site keeps for those who have subscribed to them."""

import json
from pathlib import Path
from typing import Any

import pytest

from summitcli.site.manifest import FOLDER
from summitcli.site.publishing import Options, publish
from summitcli.site.retired import RETIRED, GroupCalendar, dumps, group_calendars, read, without_held
from tests.exports.reading import values
from tests.schedules import document, session
from tests.site.sites import FIRST, NOW, catalog_of, files_of, published, schedule_of

TALK = GroupCalendar("categories", "talk", "talk", {"en": "Talk", "zh": "演讲"})


def plan(*rooms: str, **fields: Any) -> dict[str, Any]:
    """Return a schedule with a session in each of ``rooms``."""
    sessions = (session(f"s{number}", {"day": FIRST, "room": room}) for number, room in enumerate(rooms))
    return document(*sessions, **fields)


def names_of(folder: Path) -> dict[str, str]:
    """Return the name of each calendar of a site but that of all sessions, by path."""
    found = {path: content.decode() for path, content in files_of(folder).items() if path.endswith(".ics")}
    return {path: values(text, "NAME")[0] for path, text in found.items() if "/" in path}


def test_calendars_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    calendars = (TALK, GroupCalendar("rooms", "Hall 1/2", "Hall-1-2"), GroupCalendar("days", FIRST, FIRST))
    (tmp_path / RETIRED).write_bytes(dumps(calendars))
    assert read(str(tmp_path)) == calendars


@pytest.mark.parametrize("change", [{"stem": "../talk"}, {"kind": "sessions"}, {"key": 1}, {"names": 1}])
def test_a_missing_or_damaged_file_has_no_calendars(tmp_path: Path, change: dict[str, object]) -> None:
    assert read(str(tmp_path)) == ()
    found = json.loads(dumps([TALK]))
    found["calendars"][0].update(change)
    (tmp_path / RETIRED).write_text(json.dumps(found), "utf-8")
    assert read(str(tmp_path)) == ()


def test_only_calendars_whose_paths_are_free_are_kept_each_once() -> None:
    catalog = catalog_of(plan("Hall"))
    bar = GroupCalendar("rooms", "Bar", "Bar")
    assert without_held([bar, GroupCalendar("rooms", "HALL", "HALL"), TALK, bar], catalog) == (bar,)
    assert GroupCalendar("rooms", "Hall", "Hall") in group_calendars(catalog)
    many = [GroupCalendar("rooms", f"R{number}", f"R{number}") for number in range(2001)]
    assert without_held(many, catalog) == tuple(many[1:])


def test_the_address_of_a_calendar_goes_on_working(tmp_path: Path) -> None:
    before = plan("Hall", "Bar")
    before["sessions"][1] |= {"guid": "g-1", "speakers": ["Ada"]}
    published(tmp_path, before)
    schedule = schedule_of(plan("Hall"))
    parsed = schedule.parse()._replace(cancelled=frozenset({"g-1"}))
    publish(str(tmp_path), schedule._replace(parse=lambda: parsed), Options(("en",), {"en": "Conf"}), NOW)
    assert names_of(tmp_path)["speakers/Ada.ics"] == "Conf – Ada"
    assert not (tmp_path / "rooms" / "Bar.html").exists()
    calendar = (tmp_path / "rooms" / "Bar.ics").read_bytes().decode()
    assert (values(calendar, "UID"), values(calendar, "STATUS")) == (["g-1@conf.summitcli"], ["CANCELLED"])
    # It also does after the next changes, and with other options.
    published(tmp_path, plan("Stage"))
    published(tmp_path, plan("Stage"), titles={"en": "Other"})
    assert (tmp_path / "rooms" / "Bar.ics").read_bytes().decode().count("BEGIN:VEVENT") == 1
    published(tmp_path, plan("bar"))
    assert [path for path in names_of(tmp_path) if "rooms" in path] == [
        "rooms/Hall.ics", "rooms/Stage.ics", "rooms/bar.ics"
    ]  # fmt: skip


def test_a_room_that_gets_another_address_keeps_its_events_at_the_old_one(tmp_path: Path) -> None:
    published(tmp_path, plan("Hall 1", "Hall-1"))
    published(tmp_path, plan("Hall-1"))
    names = names_of(tmp_path)
    assert names["rooms/Hall-1.ics"] == names["rooms/Hall-1-2.ics"] == "Conf – Hall-1"
    calendars = [(tmp_path / f"rooms/{stem}.ics").read_bytes() for stem in ("Hall-1", "Hall-1-2")]
    assert calendars[0] == calendars[1]


def test_retired_calendars_are_kept_though_the_last_schedule_is_lost(tmp_path: Path) -> None:
    published(tmp_path, plan("Hall", "Bar"))
    published(tmp_path, plan("Hall"))
    (tmp_path / FOLDER / "schedule-1.json").write_text("{")
    published(tmp_path, plan("Hall", "Stage"))
    assert "rooms/Bar.ics" in names_of(tmp_path)
    (tmp_path / FOLDER / "schedule-1.json").write_text("{")
    published(tmp_path, plan("Hall", "Bar"))
    assert names_of(tmp_path)["rooms/Bar.ics"] == "Conf – Bar"
