"""The log of updates."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.library import log as logs
from summitcli.library.log import LoggedChange, LoggedUpdate, dumps, logged, read
from summitcli.library.store import append_to_log, keep
from summitcli.rows import SlotRow
from tests.comparing import compare
from tests.library.kept_samples import A, changed
from tests.session_rows import session_row

DAY = SlotRow("2024-05-01", None, None, True, None)
DATE = "2024-05-01T10:00:00+00:00"
LATER = "2024-05-02T10:00:00+00:00"
MOVED = LoggedChange("moved", "talk", "Talk", "2024-05-01 10:00–11:00 Hall", "2024-05-02")
UPDATE = LoggedUpdate(2, DATE, {"moved": 1}, (MOVED,))
TEXT = f"""\
{{
 "format": "summit-log/1",
 "updates": [
  {{"update": 2, "date": "{DATE}", "counts": {{"moved": 1}}, "changes": [{{"kind": "moved", "id": "talk", \
"title": "Talk", "was": "2024-05-01 10:00\\u201311:00 Hall", "now": "2024-05-02"}}]}}
 ]
}}
"""


def test_a_log_is_written_and_read(tmp_path: Path) -> None:
    assert dumps([UPDATE]) == TEXT.encode()
    (tmp_path / "log.json").write_bytes(dumps([UPDATE, UPDATE._replace(update=3)]))
    assert read(str(tmp_path), 3) == [UPDATE, UPDATE._replace(update=3)]
    assert read(str(tmp_path), 2) == [UPDATE]


def test_a_missing_log_is_empty_and_a_damaged_one_is_reported(tmp_path: Path) -> None:
    assert read(str(tmp_path), 9) == []
    damaged = [
        "[]",
        "{}",
        '{"format": "summit-log/2", "updates": []}',
        "[" * 100_000,
        TEXT.replace('"was"', '"is"'),
        TEXT.replace('"update": 2', '"update": "2"'),
        TEXT.replace(DATE, "later"),
        TEXT.replace("\\u2013", "\\ud800"),
    ]
    for damage in map(str.encode, ["", *damaged]):
        (tmp_path / "log.json").write_bytes(damage)
        assert read(str(tmp_path), 9) is None


@given(st.binary(max_size=60))
def test_no_content_causes_an_internal_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("log")
    (folder / "log.json").write_bytes(data)
    assert read(str(folder), 9) is None


def test_updates_are_appended_and_interrupted_ones_replaced() -> None:
    one = keep(changed(A, updates=2), b"1")
    for update in (UPDATE, UPDATE._replace(update=9), UPDATE._replace(date=LATER)):
        append_to_log(one, update)
    folder = str(Path(one.source().path or "").parent)
    assert read(folder, 9) == [UPDATE._replace(date=LATER)]
    Path(folder, "log.json").write_bytes(b"damaged")
    append_to_log(one, UPDATE)
    assert read(folder, 9) == [UPDATE]


def test_a_log_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    updates = [UPDATE._replace(update=n) for n in range(300)]
    assert [one["update"] for one in json.loads(dumps(updates))["updates"]] == list(range(100, 300))
    monkeypatch.setattr(logs, "LARGEST", 1000)
    data = dumps(updates)
    assert len(data) <= 1000
    assert [one["update"] for one in json.loads(data)["updates"]] == list(range(296, 300))


def test_the_first_changes_of_a_large_update_are_kept() -> None:
    before = [session_row(f"s{n}", [DAY], title="T" * 1000) for n in range(300)]
    found = logged(1, DATE, compare(before, []))
    assert (found.update, found.date, found.counts, len(found.changes)) == (1, DATE, {"missing": 300}, 200)
    assert found.changes[0].title == "T" * 500
