"""The record of the events that were written into a vdir."""

import json
from pathlib import Path

import pytest

from summitcli.errors import ScheduleError
from summitcli.vdir import record
from summitcli.vdir.record import Written


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = {
        "b": Written("conf/default", "大会 \udcff", ("1", "2"), is_pending=True),
        "a": Written("conf/friends", "", ("3",)),
    }
    record.write(str(tmp_path), written)
    assert record.read(str(tmp_path)) == written
    assert (tmp_path / ".summitcli.json").read_text().splitlines()[:4] == [
        "{", ' "format": "summit-sync/1",', ' "events": {', '  "a": {',
    ]  # fmt: skip
    assert "pending" not in json.loads((tmp_path / ".summitcli.json").read_text())["events"]["a"]
    assert record.read(str(tmp_path / "missing")) == {}


EVENT = {"agenda": "", "title": "", "digests": []}


@pytest.mark.parametrize(
    "events",
    ["", "[]", "[" * 9999, '{"a": 1}', '{"a": {"agenda": "", "title": ""}}',
     *(json.dumps({"a": EVENT | {name: 1}}) for name in EVENT),
     json.dumps({"a": EVENT | {"digests": ["", 1]}})],
)  # fmt: skip
def test_a_damaged_record_is_an_error(tmp_path: Path, events: str) -> None:
    (tmp_path / record.NAME).write_text('{"format": "summit-sync/1", "events": ' + events + "}")
    with pytest.raises(
        ScheduleError, match="json is damaged, or was written by a newer version of summit; move or rename it"
    ):
        record.read(str(tmp_path))


def test_one_of_a_newer_version_or_too_large_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert record.MAX_BYTES == 16_000_000
    text = '{"format": "summit-sync/1", "events": {}}'
    path = tmp_path / record.NAME
    path.write_text(text.replace("/1", "/2"))
    with pytest.raises(ScheduleError):
        record.read(str(tmp_path))
    path.write_text(text)
    monkeypatch.setattr(record, "MAX_BYTES", len(text))
    assert record.read(str(tmp_path)) == {}
    path.write_text(text + " ")
    with pytest.raises(ScheduleError):
        record.read(str(tmp_path))
