"""What is known of a schedule that is kept: written, read, damaged."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from summitcli.errors import ScheduleError
from summitcli.library.folder import names
from summitcli.library.kept import KeptSchedule, Origin, dumps, load
from summitcli.library.store import choose, keep, remove
from summitcli.sources.source import Hints, in_zone
from tests.library.kept_samples import A, B, changed, said, schedules_folder


def test_what_is_kept_is_found_again() -> None:
    whole = changed(A,
        address="https://a.example/t", etag='W/"1"', last_modified="Wed", url="https://a.example/t",
        modified="2024-05-01T10:00:00+00:00", time_zone="Europe/Berlin", titles={"en": "A", "zh": "甲"},
        language="en",
        start="2024-05-01", end="2024-05-02", sessions=7,
    )  # fmt: skip
    one = keep(whole, b"content")
    assert one == whole._replace(name="conf", fingerprint=one.fingerprint, bytes=7)
    assert load("conf") == one
    source = one.source()
    assert (source.name, source.read()) == ("conf", b"content")
    modified = datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert source.hints == Hints("Europe/Berlin", "https://a.example/t", modified, "conf")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"format": "summit-kept/0"}',
     b'{"format": "summit-kept/2"}', b'{"format": "summit-kept/1"}',
     b'{"format": "summit-kept/1", "reference": "r", "fingerprint": "../../../etc/passwd"}', b"[" * 100000],
)  # fmt: skip
def test_a_damaged_description_is_one_line_with_a_way_out(content: bytes) -> None:
    keep(A, b"1")
    (schedules_folder() / "conf" / "source.json").write_bytes(content)
    line = said(load, "conf")
    assert line.startswith('3 "conf" can\'t be read: its source.json is ')
    assert line.endswith("; `summit use REF --name conf` keeps it anew")
    assert keep(B, b"2", "conf") == load("conf")
    (schedules_folder() / "conf" / "source.json").write_bytes(content)
    remove("conf")
    assert names() == ()


FIELDS = {*Origin._fields, *KeptSchedule._fields} - {"name", "origin", "others"}


@pytest.mark.parametrize("field", sorted(FIELDS))
@pytest.mark.parametrize("value", [None, 5, "x", [], {"a": 1}, True, "\ud800"])
def test_no_description_is_a_fault_of_the_program(field: str, value: object) -> None:
    keep(A, b"1")
    path = schedules_folder() / "conf" / "source.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), field: value}))
    try:
        source = load("conf").source()
        assert source.read() == b"1"
    except ScheduleError as error:
        assert str(error).count("\n") == 0


@pytest.mark.parametrize("field", ["reference", "url", "address", "title"])
def test_text_that_no_text_can_be_is_damaged(field: str) -> None:
    said_of_it: dict[str, Any] = {field: "/tmp/\udcff"}
    keep(changed(A, **said_of_it), b"1", "conf")
    assert json.loads(dumps(load("conf")))[field] == "/tmp/\udcff", "the bytes of a path"
    path = schedules_folder() / "conf" / "source.json"
    whole = json.loads(path.read_text())
    for odd in ("\ud800", "a\0b")[: 1 if field == "title" else 2]:
        path.write_text(json.dumps({**whole, field: odd}))
        assert said(load, "conf").startswith('3 "conf" can\'t be read: its source.json is damaged')


def test_what_is_no_id_is_damaged() -> None:
    keep(A, b"1", "conf")
    path = schedules_folder() / "conf" / "source.json"
    for odd in ("../x", "\ud800", "X"):
        path.write_text(json.dumps({**json.loads(path.read_text()), "id": odd}))
        assert said(load, "conf").startswith('3 "conf" can\'t be read: its source.json is damaged')


def test_the_first_format_is_read() -> None:
    one = keep(A, b"1")
    path = schedules_folder() / "conf" / "source.json"
    new = ("format", "published_id", "updates", "memory")
    fields = {key: value for key, value in json.loads(path.read_text()).items() if key not in new}
    path.write_text(json.dumps({"format": "summit-kept/1", **fields}))
    assert load("conf") == one


def test_what_a_later_version_has_kept_is_neither_read_nor_replaced() -> None:
    keep(A, b"1")
    path = schedules_folder() / "conf" / "source.json"
    path.write_text('{"format": "summit-kept/3"}')
    refused = '3 "conf" can\'t be read: its source.json is of a newer version; update summitcli'
    assert said(load, "conf") == said(keep, A, b"2", "conf") == refused
    assert keep(A, b"2").name == "conf-2"
    assert path.read_text() == '{"format": "summit-kept/3"}'


def test_what_is_not_known_of_a_schedule_is_kept() -> None:
    keep(A, b"1")
    path = schedules_folder() / "conf" / "source.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "later": {"a": [1]}}))
    one = load("conf")
    assert one.others == {"later": {"a": [1]}}
    assert json.loads(dumps(one)) == json.loads(path.read_text())


def test_a_title_may_hold_what_a_path_may_not() -> None:
    keep(changed(A, title="a\0b", titles={"en": "a\0b"}), b"1", "conf")
    choose("conf")
    assert (load("conf").title, load("conf").titles) == ("a\0b", {"en": "a\0b"})


def test_what_a_reading_depends_on_changes_the_identity() -> None:
    one = keep(A, b"1")
    others = [
        changed(one, time_zone="UTC"),
        changed(one, url="https://x"),
        changed(one, modified="2024-05-01"),
    ]
    identities = {other.source().identity for other in [one, *others]}
    assert len(identities) == 4
    moved = in_zone(one.source(), "UTC")
    assert moved.hints.time_zone == "UTC"
    assert (moved.identity in identities, moved.home == one.source().home) == (False, False)
    assert in_zone(one.source(), None) == one.source()


def test_times_are_kept_as_they_were_said() -> None:
    later = datetime(2024, 5, 1, tzinfo=UTC) + timedelta(hours=1)
    assert load(keep(changed(A, fetched=later.isoformat()), b"").name).fetched == "2024-05-01T01:00:00+00:00"
