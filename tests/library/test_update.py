"""Saving downloaded schedules, new or as updates."""

import contextlib
import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from summitcli.errors import InvalidSchedule, ScheduleError
from summitcli.formats.findings import Findings
from summitcli.library.download import Download
from summitcli.library.folder import names
from summitcli.library.incoming import UpdateOptions
from summitcli.library.kept import KeptSchedule, Origin, load
from summitcli.library.update import (
    Update,
    keep_download,
    read_again,
    rebuild_catalog,
    update_schedule,
)
from tests.schedules import document, session

URL = "https://a.example/s"
ORIGIN = Origin(URL, URL, '"1"', "Wed, 01 May 2024 10:00:00 GMT", URL, "2024-05-01T10:00:00+00:00")
NEWER = ORIGIN._replace(etag='"2"')
NOW = datetime(2024, 5, 1, 12, 0, 0, 999, UTC)
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nX-WR-CALNAME:Conf\r\nBEGIN:VEVENT\r\nUID:a\r\n"
    b"DTSTART:20240501T100000\r\nDTEND:20240501T110000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
"""A calendar with an event without a title."""


DAYS = "1–2 May 2024"
STAYS = "keeping the copy of 2024-05-01."
KEEPS = f"To save the new one under another name: `summit use {URL}`"


def content(ids: str = "ab", **changes: Any) -> bytes:
    return json.dumps(document(*map(session, ids), **changes)).encode()


def options(told: list[str] | None = None, **changes: Any) -> UpdateOptions:
    def report(findings: Findings) -> None:
        if told is not None:
            told.extend(findings.sentences())

    return UpdateOptions(NOW, report, **changes)


def kept(ids: str = "ab") -> KeptSchedule:
    return keep_download(Download("s", ORIGIN, content(ids)), options())


def answering(data: bytes | None, asked: list[Origin] | None = None) -> Callable[[Origin], Download | None]:
    """Return a function that downloads ``data``, or None for no change, and records its calls."""

    def fetch(origin: Origin) -> Download | None:
        if asked is not None:
            asked.append(origin)
        return None if data is None else Download("s", NEWER, data)

    return fetch


def ids(update: Update | None) -> list[list[str] | None]:
    """Return the IDs of the sessions before and after an update, and close both catalogs."""
    assert update is not None
    found = [[row.id for row in catalog.sessions()] if catalog else None for catalog in update[:2]]
    for catalog in filter(None, update[:2]):
        catalog.close()
    return found


def test_a_download_is_saved_with_its_description() -> None:
    first = kept()
    assert load("conf") == first == KeptSchedule(
        "conf", ORIGIN, "2024-05-01T12:00:00+00:00", "", "conf", "Conf", {"en": "Conf"}, "en", "2024-05-01",
        "2024-05-02", 2, first.fingerprint, len(content()),
    )  # fmt: skip


def test_an_unchanged_schedule_is_recorded_unless_only_checked() -> None:
    first, asked = kept(), list[Origin]()
    assert update_schedule(first, answering(None, asked), options()) is None
    assert update_schedule(first, answering(content(), asked), options(), check=True) is None
    assert load("conf") == first._replace(updates=1)
    assert update_schedule(first, answering(content(), asked), options()) is None
    assert load("conf") == first._replace(origin=NEWER, updates=2)
    assert asked == [ORIGIN] * 3


@pytest.mark.parametrize("changes", [{"force": True}, {"zone": "Asia/Tokyo"}], ids=str)
def test_no_validators_are_sent_if_the_schedule_is_needed_anyway(changes: dict[str, Any]) -> None:
    asked: list[Origin] = []
    update_schedule(kept(), answering(content("abc"), asked), options(**changes), check=True)
    assert asked == [ORIGIN._replace(etag="", last_modified="")]


def test_a_change_is_saved_unless_only_checked() -> None:
    first = kept()
    assert ids(update_schedule(first, answering(content("bc")), options(), check=True)) == [
        ["a", "b"],
        ["b", "c"],
    ]
    assert load("conf") == first
    assert ids(update_schedule(first, answering(content("bc")), options())) == [["a", "b"], ["b", "c"]]
    second = load("conf")
    assert (second.origin, second.sessions, second.source().read()) == (NEWER, 2, content("bc"))
    with contextlib.closing(rebuild_catalog(first)) as catalog:
        assert [row.id for row in catalog.sessions()] == ["a", "b"]


def test_another_time_zone_is_saved_though_the_bytes_are_equal() -> None:
    update = update_schedule(kept(), answering(content()), options(zone="Asia/Tokyo"))
    assert ids(update) == [["a", "b"]] * 2
    assert load("conf").time_zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            content("uvwxyz", id="other", title="Other"),
            f'conf now has another conference, "Other", {DAYS}; {STAYS} {KEEPS}',
        ),
        (
            content("xyzuvw", id="other", title="B"),
            f'conf now has another conference, "B", {DAYS}; {STAYS} {KEEPS}',
        ),
        (
            content("a"),
            f"conf now has only 1 of 6 sessions; {STAYS} To accept the new one: `summit update conf --force`",
        ),
    ],
)
def test_an_implausible_update_needs_force(data: bytes, sentence: str) -> None:
    first = kept("abcdef")
    with pytest.raises(ScheduleError) as caught:
        update_schedule(first, answering(data), options())
    assert str(caught.value) == sentence
    assert load("conf") == first
    ids(update_schedule(first, answering(data), options(force=True)))
    assert (names(), load("conf").source().read()) == (("conf",), data)


def test_warnings_are_reported_and_refused_if_strict() -> None:
    told: list[str] = []
    download = Download("s.ics", ORIGIN, CALENDAR)
    with pytest.raises(InvalidSchedule):
        keep_download(download, options(told, strict=True))
    assert (told, names()) == ([], ())
    first = keep_download(download, options(told), name="mine")
    assert [sentence for sentence in told if "title" in sentence] == ["1 event without a title"]
    with pytest.raises(InvalidSchedule):
        read_again(first, options(strict=True))
    again = read_again(first, options(zone="Asia/Tokyo"))
    assert again == load("mine") == first._replace(time_zone="Asia/Tokyo")
    assert read_again(again, options()).time_zone == "Asia/Tokyo"


def test_an_unreadable_copy_is_downloaded_and_saved_again() -> None:
    first, asked = kept(), list[Origin]()
    path = first.source().path
    assert path is not None
    with open(path, "wb") as file:
        file.write(b"damaged")
    shutil.rmtree(os.environ["SUMMIT_CACHE"])
    update = update_schedule(first, answering(content(), asked), options())
    assert asked == [ORIGIN._replace(etag="", last_modified="")]
    assert ids(update) == [None, ["a", "b"]]
    assert load("conf").source().read() == content()
