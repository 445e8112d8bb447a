"""Tests of the sessions that a site had and that are cancelled."""

from pathlib import Path

from summitcli.site.cancelled import CANCELLED, Cancelled, dumps, read, without_held
from tests.schedules import document, session, timed
from tests.site.sites import FIRST, catalog_of

SLOT = timed(FIRST, f"{FIRST}T10:00:00+02:00", f"{FIRST}T11:00:00+02:00", room="A")


def test_a_session_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    made = session("a", SLOT, {"day": FIRST}, speakers=["Ada"], guid="g", title={"en": "A", "zh": "甲"})
    entries = tuple(Cancelled(2, row) for row in catalog_of(document(made)).sessions())
    (tmp_path / CANCELLED).write_bytes(dumps(entries))
    assert read(str(tmp_path), 2) == entries
    # The publication that wrote them was interrupted.
    assert read(str(tmp_path), 1) == ()


def test_a_missing_or_damaged_file_has_no_sessions(tmp_path: Path) -> None:
    assert read(str(tmp_path), 9) == ()
    without_fields = b'{"format": "summit-cancelled/1", "sessions": [{"update": 1, "session": {}}]}'
    for damaged in (b"", b"{}", without_fields):
        (tmp_path / CANCELLED).write_bytes(damaged)
        assert read(str(tmp_path), 9) == ()


def test_a_session_that_returned_is_not_cancelled_any_more() -> None:
    both = catalog_of(document(session("a"), session("b"))).sessions()
    entries = [Cancelled(1, row) for row in both]
    assert without_held(entries, catalog_of(document(session("b")))) == (entries[0],)
