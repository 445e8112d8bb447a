"""Tests of the history of a site: the changes of each publication."""

from datetime import timedelta
from pathlib import Path

from summitcli.library.log import LoggedChange
from summitcli.site import history, manifest
from summitcli.site.history import History
from summitcli.site.manifest import FOLDER
from tests.schedules import document, session
from tests.site.sites import NOW, published


def history_of(folder: Path) -> History:
    """Return the history of the site in a directory."""
    own = str(folder / FOLDER)
    last = manifest.read(own)
    assert last is not None
    return history.read(own, last)


def test_each_publication_that_changes_sessions_is_an_entry_with_its_time(tmp_path: Path) -> None:
    published(tmp_path, document(session("a"), session("b")))
    assert history_of(tmp_path).log == ()
    published(tmp_path, document(session("a"), session("b", title="New")), NOW + timedelta(days=1))
    noticed = document(session("a"), session("b", title="New"), notice="x")
    published(tmp_path, noticed, NOW + timedelta(days=2))
    (entry,) = history_of(tmp_path).log
    assert (entry.update, entry.date, entry.counts) == (1, "2024-04-02T12:00:00+00:00", {"renamed": 1})
    assert entry.changes == (LoggedChange("renamed", "b", "New", "B", "New"),)
    assert [path.name for path in (tmp_path / FOLDER).glob("schedule-*")] == ["schedule-1.json"]


def test_a_damaged_copy_of_the_last_schedule_starts_again_without_changes(tmp_path: Path) -> None:
    published(tmp_path, document(session("a")))
    (tmp_path / FOLDER / "schedule-0.json").write_text("{")
    published(tmp_path, document(session("b")))
    assert history_of(tmp_path).log == ()
    published(tmp_path, document(session("b", title="New")))
    assert [entry.counts for entry in history_of(tmp_path).log] == [{"renamed": 1}]


def test_no_password_of_a_url_is_kept_and_none_is_a_change(tmp_path: Path) -> None:
    secret = "https://ada:secret@conf.example/"
    held = document(
        session("a", url=f"{secret}a", links=[{"url": f"{secret}b"}], feedback_url=f"{secret}c"),
        session("b"),
        url=secret,
    )
    published(tmp_path, held)
    published(tmp_path, {**held, "revised": "2024-01-02"}, NOW + timedelta(days=1))
    assert history_of(tmp_path).log == ()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in written if b"secret" in path.read_bytes()] == []
    assert b"conf.example/a" in (tmp_path / FOLDER / "schedule-0.json").read_bytes()
