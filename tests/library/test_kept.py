"""The ``source.json`` of saved schedules: writing, reading, damage."""

import errno
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from summitcli import __version__
from summitcli.errors import ScheduleError, UnknownValue
from summitcli.library.folder import names
from summitcli.library.kept import (
    KeptSchedule,
    NewerFormat,
    Origin,
    current,
    dumps,
    find,
    find_by_reference,
    is_fingerprint,
    kept_at,
    load,
    readable,
    unknown,
)
from summitcli.library.memory import Memory
from summitcli.library.memory import dumps as dump_memory
from summitcli.library.store import keep, remove, set_current
from summitcli.sources.source import Hints, Source, in_zone
from tests.library.kept_samples import A, B, changed, said, schedules_folder

WHOLE = KeptSchedule(
    "conf",
    Origin(
        "https://a.example/s", "https://a.example/t", 'W/"1"', "Wed", "https://a.example/u",
        "2024-05-01T10:00:00+00:00", "https://a.example/d",
    ),
    "2024-05-02T10:00:00+00:00", "Europe/Berlin", "conf", "Tälk", {"en": "Tälk"}, "en", "2024-05-01",
    "2024-05-02", 7, "0123456789abcdef" * 2, 1234, "published", 3, "f" * 32, {"later": [1]}, "Freitag",
    "title=Titel",
)  # fmt: skip
TEXT = """\
{
 "format": "summit-kept/2",
 "reference": "https://a.example/s",
 "address": "https://a.example/t",
 "etag": "W/\\"1\\"",
 "last_modified": "Wed",
 "url": "https://a.example/u",
 "modified": "2024-05-01T10:00:00+00:00",
 "directory": "https://a.example/d",
 "fetched": "2024-05-02T10:00:00+00:00",
 "time_zone": "Europe/Berlin",
 "id": "conf",
 "title": "T\\u00e4lk",
 "titles": {
  "en": "T\\u00e4lk"
 },
 "language": "en",
 "start": "2024-05-01",
 "end": "2024-05-02",
 "sessions": 7,
 "fingerprint": "0123456789abcdef0123456789abcdef",
 "bytes": 1234,
 "published_id": "published",
 "updates": 3,
 "memory": "ffffffffffffffffffffffffffffffff",
 "sheet": "Freitag",
 "columns": "title=Titel",
 "later": [
  1
 ]
}
"""
DAMAGED = (
    '3 can\'t read "conf": its file source.json is damaged; replace it with `summit use SCHEDULE --name conf`'
)


def about() -> Path:
    """Return the path of the ``source.json`` of the schedule that these tests save."""
    return schedules_folder() / "conf" / "source.json"


def write_about(text: str | bytes) -> None:
    about().parent.mkdir(parents=True, exist_ok=True)
    about().write_bytes(text.encode() if isinstance(text, str) else text)


def test_source_json_is_written_and_read() -> None:
    assert dumps(WHOLE) == TEXT.encode()
    write_about(TEXT)
    assert find("conf") == load("conf") == WHOLE


def test_unknown_values_are_empty() -> None:
    write_about('{"format": "summit-kept/2", "reference": "r", "fingerprint": "%s"}' % ("a" * 32))
    least = KeptSchedule("conf", Origin("r"), fingerprint="a" * 32)
    assert load("conf") == least
    assert least[2:] == ("", "", "", "", {}, "", "", "", 0, "a" * 32, 0, "", 0, "", {}, "", "")
    source = least.source()
    assert (source.hints, source.identity) == (Hints(), f"kept {__version__}  {'a' * 32}    ")


def test_a_source_has_the_path_of_the_bytes_and_the_hints() -> None:
    folder = str(schedules_folder() / "conf")
    fingerprint = "0123456789abcdef" * 2
    source = WHOLE.source()
    names = source.hints.kept_ids
    assert source == Source(
        "conf",
        f"kept {__version__} conf {fingerprint} {'f' * 32} Europe/Berlin 2024-05-01T10:00:00+00:00"
        " https://a.example/u 'Freitag' 'title=Titel'",
        os.path.join(folder, f"schedule-{fingerprint}"),
        hints=Hints(
            "Europe/Berlin",
            "https://a.example/u",
            datetime(2024, 5, 1, 10, tzinfo=UTC),
            "conf",
            fallback_title="Tälk",
            kept_ids=names,
            sheet="Freitag",
            columns="title=Titel",
        ),
        place=folder,
        fingerprint=fingerprint,
    )
    assert names is not None and names() is None, "the file is not there"
    assert WHOLE.memory_file() == (os.path.join(folder, f"memory-{'f' * 32}"), "f" * 32)


def test_the_memory_has_the_number_of_updates() -> None:
    assert changed(A, updates=4).remembered() == Memory(4)
    memory = Memory(names={"7": "talk"})
    one = keep(changed(A, updates=4), b"1", memory=dump_memory(memory))
    assert one.remembered() == memory._replace(updates=4)
    names = one.source().hints.kept_ids
    assert names is not None and names() == {"7": "talk"}
    Path(one.memory_file().path).unlink()
    assert one.remembered() == Memory(4, is_damaged=True)


def test_a_saved_schedule_is_found_again() -> None:
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
    assert source.hints == Hints("Europe/Berlin", "https://a.example/t", modified, "conf", fallback_title="A")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"format": "summit-kept/0"}',
     b'{"format": "summit-kept/2"}', b'{"format": "summit-kept/1"}',
     b'{"format": "summit-kept/1", "reference": "r", "fingerprint": "../../../etc/passwd"}', b"[" * 100000],
)  # fmt: skip
def test_a_damaged_source_json_is_one_line_with_a_remedy(content: bytes) -> None:
    keep(A, b"1")
    (schedules_folder() / "conf" / "source.json").write_bytes(content)
    line = said(load, "conf")
    assert line.startswith('3 can\'t read "conf": its file source.json ')
    assert line.endswith("; replace it with `summit use SCHEDULE --name conf`")
    assert keep(B, b"2", "conf") == load("conf")
    (schedules_folder() / "conf" / "source.json").write_bytes(content)
    remove("conf")
    assert names() == ()


FIELDS = {*Origin._fields, *KeptSchedule._fields} - {"name", "origin", "others"}


@pytest.mark.parametrize("field", sorted(FIELDS))
@pytest.mark.parametrize("value", [None, 5, "x", [], {"a": 1}, True, "\ud800"])
def test_no_value_in_source_json_causes_an_internal_error(field: str, value: object) -> None:
    keep(A, b"1")
    path = schedules_folder() / "conf" / "source.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), field: value}))
    try:
        source = load("conf").source()
        assert source.read() == b"1"
    except ScheduleError as error:
        assert str(error).count("\n") == 0


@pytest.mark.parametrize("field", ["reference", "url", "address", "title"])
def test_an_unencodable_text_is_damaged(field: str) -> None:
    said_of_it: dict[str, Any] = {field: "/tmp/\udcff"}
    keep(changed(A, **said_of_it), b"1", "conf")
    assert json.loads(dumps(load("conf")))[field] == "/tmp/\udcff", "the bytes of a path"
    path = schedules_folder() / "conf" / "source.json"
    whole = json.loads(path.read_text())
    for odd in ("\ud800", "a\0b")[: 1 if field == "title" else 2]:
        path.write_text(json.dumps({**whole, field: odd}))
        assert said(load, "conf").startswith('3 can\'t read "conf": its file source.json is damaged')


def test_an_invalid_id_is_damaged() -> None:
    keep(A, b"1", "conf")
    path = schedules_folder() / "conf" / "source.json"
    for odd in ("../x", "\ud800", "X"):
        path.write_text(json.dumps({**json.loads(path.read_text()), "id": odd}))
        assert said(load, "conf").startswith('3 can\'t read "conf": its file source.json is damaged')


def test_the_first_format_is_read() -> None:
    one = keep(A, b"1")
    path = schedules_folder() / "conf" / "source.json"
    new = ("format", "published_id", "updates", "memory")
    fields = {key: value for key, value in json.loads(path.read_text()).items() if key not in new}
    path.write_text(json.dumps({"format": "summit-kept/1", **fields}))
    assert load("conf") == one


def test_a_schedule_of_a_later_version_is_neither_read_nor_replaced() -> None:
    keep(A, b"1")
    path = schedules_folder() / "conf" / "source.json"
    path.write_text('{"format": "summit-kept/3"}')
    refused = '3 can\'t read "conf": its file source.json was written by a newer version; update summitcli'
    assert said(load, "conf") == said(keep, A, b"2", "conf") == refused
    assert keep(A, b"2").name == "conf-2"
    assert path.read_text() == '{"format": "summit-kept/3"}'


def test_unknown_keys_are_kept() -> None:
    keep(A, b"1")
    path = schedules_folder() / "conf" / "source.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "later": {"a": [1]}}))
    one = load("conf")
    assert one.others == {"later": {"a": [1]}}
    assert json.loads(dumps(one)) == json.loads(path.read_text())


def test_a_title_may_contain_nul() -> None:
    keep(changed(A, title="a\0b", titles={"en": "a\0b"}), b"1", "conf")
    set_current("conf")
    assert (load("conf").title, load("conf").titles) == ("a\0b", {"en": "a\0b"})


def test_everything_that_affects_reading_changes_the_identity() -> None:
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


def test_times_are_saved_as_they_are() -> None:
    later = datetime(2024, 5, 1, tzinfo=UTC) + timedelta(hours=1)
    assert load(keep(changed(A, fetched=later.isoformat()), b"").name).fetched == "2024-05-01T01:00:00+00:00"


# ---- which of those that are kept


def test_the_latest_schedule_with_a_reference_is_found() -> None:
    assert find_by_reference("https://a.example/s") is None
    kept = [
        keep(changed(A, id=f"in-{year}", start=f"{year}-05-01"), b"", f"n{number}")
        for number, year in enumerate((2023, 2025, 2024))
    ]
    keep(changed(B, start="2026-05-01"), b"", "other")
    assert find_by_reference("https://a.example/s") == kept[1]
    assert find_by_reference("https://a.example/") is None


@pytest.mark.parametrize("saved", ["webcal://a.example/s", "https://a.example/s", "WEBCALS://a.example/s"])
def test_a_webcal_url_is_the_same_reference_as_the_url_it_stands_for(saved: str) -> None:
    kept = keep(changed(A, reference=saved), b"", "a")
    for reference in ("webcal://a.example/s", "webcals://a.example/s", "https://a.example/s"):
        assert find_by_reference(reference) == kept
    assert kept.origin.reference == saved
    assert find_by_reference("http://a.example/s") is None


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_unreadable_schedules_are_left_out() -> None:
    for name in ("a", "damaged", "link", "z"):
        keep(changed(A, id=name, reference=name), b"", name)
    (schedules_folder() / "damaged" / "source.json").write_bytes(b"")
    link = schedules_folder() / "link" / "source.json"
    link.unlink()
    link.symlink_to("nowhere")
    assert names() == ("a", "damaged", "link", "z")
    assert [kept.name for kept in readable()] == ["a", "z"]


def test_a_source_belongs_to_a_saved_schedule_only_with_the_same_bytes() -> None:
    one = keep(A, b"1")
    source = one.source()
    assert kept_at(source) == one
    assert kept_at(source._replace(fingerprint="")) is None, "a file that has its name"
    assert kept_at(source._replace(name="other")) is None
    two = keep(A, b"2")
    assert (kept_at(source), kept_at(two.source())) == (None, two)


def test_a_missing_current_schedule_is_one_line() -> None:
    assert current() is None
    two = keep(B, b"", "other")
    set_current("other")
    assert current() == two
    (schedules_folder() / "other" / "source.json").unlink()
    assert said(current) == (
        '3 can\'t determine the current schedule: no saved schedule named "other"; switch with'
        " `summit use bundled`, or see `summit schedules`"
    )


def test_an_unknown_name_is_reported_with_suggestions_and_without_passwords() -> None:
    keep(A, b"", "summer")
    error = unknown("sumer")
    assert (error.nearest, error.known) == (("summer",), ("bundled", "summer"))
    assert isinstance(error, UnknownValue)
    assert str(unknown("bundle")) == 'no schedule named "bundle". Did you mean "bundled"?'
    assert str(unknown("https://me:secret@a.example/s")) == (
        'no schedule named "https://me:***@a.example/s". Available: bundled, summer'
    )
    for name in ("bundled", "current", "", "../conf", "a b"):
        assert find(name) is None
        assert said(load, name).startswith(f'2 no schedule named "{name}".')


# ---- what can't be read


def test_something_else_instead_of_source_json_is_reported() -> None:
    about().mkdir(parents=True)
    assert (
        said(find, "conf") == f'3 can\'t read "conf": {about()} must be a file; move or rename what is there'
    )


def test_a_file_instead_of_the_directory_is_no_schedule() -> None:
    schedules_folder().mkdir(parents=True)
    about().parent.touch()
    assert find("conf") is None


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_a_source_json_behind_a_broken_link_is_unreachable() -> None:
    about().parent.mkdir(parents=True)
    about().symlink_to("/nowhere/source.json")
    assert said(find, "conf") == (
        f"4 can't read conf: {about()} is a link to /nowhere/source.json, which does not exist; mount its"
        " drive or fix the link"
    )


@pytest.mark.parametrize(
    ("error", "fault"),
    [(OSError(errno.EIO, "Input/output error"), "Input/output error"), (OSError("odd"), "odd")],
)
def test_a_source_json_that_can_not_be_read_is_one_line(
    error: OSError, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(A, b"1")

    def fails(*_arguments: object, **_options: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("builtins.open", fails)
        line = said(find, "conf")
    assert line == f'3 can\'t read "conf": {fault}; replace it with `summit use SCHEDULE --name conf`'


def test_a_source_json_is_read_and_written_up_to_a_megabyte() -> None:
    room = 1024 * 1024 - len(dumps(WHOLE))
    largest = WHOLE._replace(published_id=WHOLE.published_id + "x" * room)
    assert len(dumps(largest)) == 1024 * 1024
    write_about(dumps(largest))
    assert load("conf") == largest
    write_about(dumps(largest) + b" ")
    too_large = "its file source.json is larger than 1 MB"
    assert (
        said(load, "conf")
        == f'3 can\'t read "conf": {too_large}; replace it with `summit use SCHEDULE --name conf`'
    )
    assert said(dumps, largest._replace(title="Tälks")) == (
        "3 can't save the schedule: its title and URL take more than 1 MB; shorten them"
    )


@pytest.mark.parametrize(
    ("mark", "is_newer"),
    [
        ("summit-kept/3", True), ("summit-kept/10", True), ("summit-kept/123456789", True),
        ("summit-kept/1234567890", False), ("summit-kept/03", False), ("summit-kept/3 ", False),
        ("summit-kept/", False), ("summit-agenda/3", False), (3, False), (None, False),
        (["summit-kept/3"], False),
    ],
)  # fmt: skip
def test_a_later_format_is_distinguished_from_another_file(mark: object, is_newer: bool) -> None:
    write_about(json.dumps({**json.loads(TEXT), "format": mark}))
    with pytest.raises(ScheduleError) as caught:
        load("conf")
    assert isinstance(caught.value, NewerFormat) is is_newer
    assert str(caught.value) == (
        'can\'t read "conf": its file source.json was written by a newer version; update summitcli'
        if is_newer
        else 'can\'t read "conf": its file source.json has an unknown format;'
        " replace it with `summit use SCHEDULE --name conf`"
    )


@pytest.mark.parametrize("text", ["{", "", "{} {}", "[" * 100_000])
def test_invalid_json_is_damaged(text: str) -> None:
    write_about(text)
    assert said(load, "conf") == DAMAGED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((field, "2024-13-01") for field in ("modified", "fetched", "start", "end")),
        *(("fingerprint", value) for value in ("", "a" * 31, "a" * 33, "A" * 32, "g" * 32)),
        *(("memory", value) for value in ("a" * 31, "../../../../../etc/passwd")),
        ("id", "Conf"), ("reference", ""), ("reference", 7), ("fingerprint", None),
        ("titles", {"en": 1}), ("titles", {"en": "\ud800"}),
        *((field, "a\0b") for field in ("reference", "address", "etag", "last_modified", "url", "time_zone")),
    ],
)  # fmt: skip
def test_an_invalid_field_makes_source_json_damaged(field: str, value: object) -> None:
    write_about(json.dumps({**json.loads(TEXT), field: value}))
    assert said(load, "conf") == DAMAGED


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("sessions", "7", 0), ("sessions", True, 0), ("sessions", 7.0, 0), ("bytes", None, 0),
        ("updates", [], 0), ("title", 7, ""), ("titles", ["T"], {}), ("language", None, ""), ("id", 7, ""),
        ("memory", {}, ""), ("start", 2024, ""), ("published_id", False, ""),
    ],
)  # fmt: skip
def test_a_field_of_another_type_is_ignored(field: str, value: object, read: object) -> None:
    write_about(json.dumps({**json.loads(TEXT), field: value}))
    assert load("conf") == changed(WHOLE, **{field: read})


def test_a_fingerprint_is_32_lower_case_hexadecimal_digits() -> None:
    assert is_fingerprint("0123456789abcdef" * 2)
    for text in ("", "0" * 31, "0" * 33, "0" * 31 + "g", "A" * 32, " " + "0" * 31):
        assert not is_fingerprint(text), text
