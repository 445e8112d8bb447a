"""Tests of the earlier addresses of a site that gains or loses a language."""

import re
from pathlib import Path
from typing import Any

import pytest

from summitcli.site.moved import Moved
from tests.exports.reading import values
from tests.schedules import document, session
from tests.site.sites import FIRST, dead_links, files_of, published

ONE = {"en": "Conf"}
TWO = {"en": "Conf", "zh": "会议"}


def plan(title: dict[str, str], *rooms: str) -> dict[str, Any]:
    """Return a schedule with a session in each of ``rooms``."""
    sessions = (session(f"s-{room.lower()}", {"day": FIRST, "room": room}) for room in rooms)
    return document(*sessions, title=title)


def target(page: bytes) -> str:
    """Return the address to which a page leads."""
    (found,) = re.findall('<meta http-equiv="refresh" content="0; url=([^"]*)">', page.decode())
    assert f'<a href="{found}">' in page.decode()
    return str(found)


def calendars(found: dict[str, bytes], root: str) -> dict[str, bytes]:
    """Return the calendars in a directory by path in it."""
    wanted = re.compile(rf"{root}((?!en/|zh/)[a-z]+/)?[^/]*\.ics")
    return {path.removeprefix(root): content for path, content in found.items() if wanted.fullmatch(path)}


def test_only_published_paths_are_kept_and_only_in_their_language() -> None:
    moved = Moved({"": "zh", "en/": "en"}, {"about.html", "zh/about.html", "en/x"})
    assert [list(moved.paths("zh", name)) for name in ("about.html", "x")] == [["about.html"], []]
    assert [list(moved.paths("en", name)) for name in ("about.html", "x")] == [[], ["en/x"]]


def test_addresses_go_on_working_when_a_second_language_comes(tmp_path: Path) -> None:
    published(tmp_path, plan(ONE, "Hall", "Bar"))
    before = files_of(tmp_path)
    published(tmp_path, plan(TWO, "Hall", "Stage"))
    found = files_of(tmp_path)
    gone = {"rooms/Bar.html", "screens/Bar.html", "sessions/s-bar.html", "sessions/s-bar.ics"}
    assert before.keys() - found.keys() == gone
    kept = {path: text for path, text in calendars(before, "").items() if "s-bar" not in path}
    assert calendars(found, "").keys() == kept.keys() > {"rooms/Bar.ics", "schedule.ics"}
    assert all(found[path] == found[f"en/{path}"] for path in kept)
    assert "rooms/Stage.ics" not in found
    assert target(found["rooms/Hall.html"]) == "../en/rooms/Hall.html"
    assert target(found["about.html"]) == "en/about.html"
    assert b"refresh" not in found["index.html"]
    assert b'href="en/changes.html"' in found["changes.atom"]
    assert dead_links(tmp_path, [path for path in found if path.endswith(".html")]) == []


def test_addresses_go_on_working_when_only_one_language_is_left(tmp_path: Path) -> None:
    published(tmp_path, plan(TWO, "Hall"))
    before = files_of(tmp_path)
    published(tmp_path, plan(TWO, "Hall"), languages=("zh",))
    found = files_of(tmp_path)
    assert before.keys() <= found.keys()
    for path, content in calendars(found, "").items():
        assert values(content.decode(), "NAME")[0].startswith("会议")
        assert found[f"en/{path}"] == found[f"zh/{path}"] == content
    assert target(found["en/index.html"]) == "../index.html"
    assert target(found["zh/rooms/Hall.html"]) == "../../rooms/Hall.html"
    assert dead_links(tmp_path, [path for path in found if path.endswith(".html")]) == []


@pytest.mark.parametrize("parts", [("pages",), ("feeds",)])
def test_earlier_addresses_stay_with_every_later_publication(tmp_path: Path, parts: tuple[str, ...]) -> None:
    published(tmp_path, plan(TWO, "Hall"), languages=("zh",))
    published(tmp_path, plan(TWO, "Hall"))
    before = files_of(tmp_path)
    # The main directory was Chinese, though that is not the main language.
    assert before["rooms/Hall.ics"] == before["zh/rooms/Hall.ics"] != before["en/rooms/Hall.ics"]
    assert target(before["rooms/Hall.html"]) == "../zh/rooms/Hall.html"
    assert published(tmp_path, plan(TWO, "Hall")).steps == ()
    published(tmp_path, plan({"en": "Other", "zh": "会议"}, "Hall"), parts=parts)
    published(tmp_path, plan({"en": "Other", "zh": "会议"}, "Hall"))
    assert files_of(tmp_path).keys() == before.keys()
    published(tmp_path, plan(TWO, "Hall"), languages=("zh",))
    assert b"refresh" not in files_of(tmp_path)["rooms/Hall.html"]
    assert target(files_of(tmp_path)["en/rooms/Hall.html"]) == "../../rooms/Hall.html"
