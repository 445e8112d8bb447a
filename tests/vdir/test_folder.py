"""Reading a vdir: which files have our events, and when an event counts as edited."""

from pathlib import Path

import pytest

from summitcli.vdir import folder
from summitcli.vdir.folder import digest, new_name, read

UID = "opening@conf.summitcli"


def event(*lines: str, uid: str = UID) -> bytes:
    """Return an event with further lines before its end."""
    parts = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20240101T000000Z",
        "SUMMARY:Opening",
        *lines,
        "END:VEVENT",
    ]
    return "".join(f"{part}\r\n" for part in parts).encode()


def alarm(*lines: str) -> tuple[str, ...]:
    return ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT10M", *lines, "END:VALARM")


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.MAX_BYTES == 16_000_000
    data = event()
    (tmp_path / "a.ICS").write_bytes(data)
    monkeypatch.setattr(folder, "MAX_BYTES", len(data))
    assert read(str(tmp_path), [UID]).events == {UID: [("a.ICS", data, False)]}
    monkeypatch.setattr(folder, "MAX_BYTES", len(data) - 1)
    assert read(str(tmp_path), [UID]) == ({}, frozenset({"a.ics"}))


def test_hidden_files_and_broken_links_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".a.ics").write_bytes(event())
    (tmp_path / "b.txt").write_bytes(event())
    (tmp_path / "c.ics").symlink_to(tmp_path / "nowhere")
    (tmp_path / "d.ics").mkdir()
    (tmp_path / "e.ics").write_bytes(event())
    found = read(str(tmp_path), [UID, "\udcff"])
    assert [file.name for file in found.events[UID]] == ["e.ics"]
    assert found.names == {".a.ics", "b.txt", "c.ics", "d.ics", "e.ics"}
    assert read(str(tmp_path / "missing"), [UID]) == ({}, frozenset())


@pytest.mark.parametrize(
    ("data", "is_shared"),
    [
        (event(*alarm("UID:other", "X-NAME:x")), False),
        (event("begin:valarm  ", "UID:other", "end:valarm"), False),
        (event() + event(), False),
        (event(*alarm()) + event(uid="other"), True),
        (event() + b"UID;X=1: " + UID.encode(), False),
    ],
)
def test_a_file_is_shared_if_another_event_is_in_it_whatever_its_alarms_are_called(
    tmp_path: Path, data: bytes, is_shared: bool
) -> None:
    (tmp_path / "a.ics").write_bytes(data)
    assert read(str(tmp_path), [UID]).events == {UID: [("a.ics", data, is_shared)]}


@pytest.mark.parametrize(
    "data",
    [
        event(*alarm()).replace(b"\r\n", b"\n\n"),
        event("X-MOZ-LASTACK:1", "X-MOZ-GENERATION:2", "X-MOZ-SNOOZE-TIME-1714546800000000;X=1:3", *alarm()),
        event("created:20240102T000000Z", "LAST-MODIFIED:x", "PRODID:x", *alarm()),
        event(*alarm("ACKNOWLEDGED:x", "X-WR-ALARMUID:x", "UID:x")),
    ],
)  # fmt: skip
def test_storing_an_event_and_showing_its_alarm_is_no_edit(data: bytes) -> None:
    assert digest(data) == digest(event(*alarm()))


@pytest.mark.parametrize("lines", [(), alarm("X:1"), ("LOCATION:Hall", *alarm()), ("CREATEDX:1", *alarm())])
def test_any_other_change_of_an_event_is_an_edit(lines: tuple[str, ...]) -> None:
    assert digest(event(*lines)) != digest(event(*alarm()))


def test_a_name_that_is_taken_or_impossible_is_replaced_by_a_hash() -> None:
    assert new_name("A@b", {"x.ics"}) == "A@b.ics"
    hashed = "a63b3d02fc21a48a7327ffd72fe5df21"
    assert new_name("A@b", {"a@b.ics"}) == f"{hashed}.ics"
    assert new_name("A@b", {"a@b.ics", f"{hashed}.ics"}) == f"{hashed}-2.ics"
    assert new_name("A@b", {"a@b.ics", f"{hashed}.ics", f"{hashed}-2.ics"}) == f"{hashed}-3.ics"
    assert new_name("x" * 151, ()) == "x" * 151 + ".ics"
    assert len(new_name("x" * 152, ())) == len(new_name("a/b", ())) == len(new_name("\udcff", ())) == 36
