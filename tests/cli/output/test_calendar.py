"""The UIDs of events, in every kind of export."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Asked

DATA = Path(__file__).resolve().parents[2] / "data" / "agendas"
SCHEDULE = DATA / "schedule.json"
FIRST = DATA / "first.json"
"""An agenda from version 0.1.0, which did not use GUIDs for UIDs yet."""
EXPORTED = DATA / "first.ics"
"""The calendar from that version after "Poetry" had left the schedule."""

GUID = "0f3d1c5e-0000-4000-8000-{:012d}"


@pytest.fixture
def published(tmp_path: Path) -> Any:
    """Return a published schedule as a document that tests change and write."""

    class Published:
        def __init__(self) -> None:
            self.document = json.loads(SCHEDULE.read_text("utf-8"))
            self.days = [day["rooms"] for day in self.document["schedule"]["conference"]["days"]]
            self.path = tmp_path / "schedule.json"

        def write(self) -> str:
            self.path.write_text(json.dumps(self.document), "utf-8")
            return str(self.path)

    return Published()


def agenda_file(name: str = "default") -> Path:
    return Path(os.environ["SUMMIT_DATA"], "agendas", "demo", f"{name}.json")


def events(text: str) -> dict[str, tuple[str, str, str]]:
    """Return title, SEQUENCE and STATUS of the events in a calendar by their UIDs."""
    found = {}
    for event in text.replace("\r\n", "\n").split("BEGIN:VEVENT\n")[1:]:
        lines = dict(line.split(":", 1) for line in event.splitlines() if ":" in line)
        found[lines["UID"]] = lines["SUMMARY"], lines["SEQUENCE"], lines["STATUS"]
    return found


def _without_own(text: str) -> str:
    """Return a calendar without our own properties, which that version did not write."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("X-SUMMITCLI-"))


def own(number: int, part: str = "") -> str:
    return f"{GUID.format(number)}{part}@demo.summitcli"


def test_a_uid_is_made_of_the_guid_in_every_export(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(SCHEDULE))
    ask("agenda", "add", "workshop", "closing")
    picked = {own(2), own(2, ".2"), own(5)}
    assert set(events(ask("agenda", "export").out)) == picked
    assert set(events(ask("export").out)) == {*picked, own(1), own(3)}
    assert set(events(ask("export", "-d", "2").out)) == {own(2), own(5)}
    assert set(events(ask("convert", str(SCHEDULE), "-f", "ics").out)) == {*picked, own(1), own(3)}


def test_an_agenda_of_the_first_format_is_exported_as_it_was(ask: Asked, published: Any) -> None:
    published.days[0]["Lab"] = []
    agenda_file().parent.mkdir(parents=True)
    shutil.copy(FIRST, agenda_file())
    schedule = published.write()
    assert _without_own(ask("agenda", "export", "--schedule", schedule).out) == EXPORTED.read_bytes().decode()
    assert json.loads(agenda_file().read_bytes())["format"] == "summit-agenda/2"
    assert agenda_file().with_name("default.json.1").read_bytes() == FIRST.read_bytes()
    assert _without_own(ask("agenda", "export", "--schedule", schedule).out) == EXPORTED.read_bytes().decode()
    path = agenda_file().with_name("default.json.1")
    # The session is back.
    assert events(ask("agenda", "export", "--schedule", str(SCHEDULE)).out)["3@demo.summitcli"] == (
        "Poetry", "2", "CONFIRMED")  # fmt: skip
    assert ask("agenda", "clear", "--yes", "--forget", "--schedule", schedule).err == (
        "removed: 1, 2 (1 May), 3, 5\nthe history of your agenda was deleted, so nothing can be undone\n"
        f"a file of an older version of summit still has the agenda; delete it as well: {path}\n"
    )


def test_a_calendar_of_either_kind_of_uid_is_imported(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(SCHEDULE))
    assert ask("agenda", "import", str(EXPORTED)) == (
        0,
        "",
        (
            "added: 1, 2 (1 May), 5\nyour agenda: 3 sessions\n2 entries not found in the schedule:\n"
            "  Poetry, 2030-05-01 12:00, cancelled\n  Workshop, 2030-05-02 11:00, cancelled\n"
        ),
    )
    theirs = ask("export", "-d", "1").out.replace("SUMMARY:", "SUMMARY:x").replace("URL:", "X-URL:")
    Path(os.environ["SUMMIT_DATA"], "theirs.ics").write_text(theirs, "utf-8", newline="")
    file = os.path.join(os.environ["SUMMIT_DATA"], "theirs.ics")
    assert ask("agenda", "import", file, "--name", "theirs").err == (
        "added: 1, 2 (1 May), 3\nyour agenda: 3 sessions\n"
    )


def test_a_uid_saved_in_an_agenda_identifies_its_session(ask: Asked, tmp_path: Path) -> None:
    ask("agenda", "add", "closing", "--schedule", str(SCHEDULE))
    fixed = "long-ago@summit-4.summitcli"
    agenda_file().write_text(agenda_file().read_text("utf-8").replace(own(5), fixed), "utf-8")
    event = f"BEGIN:VEVENT\r\nUID:{fixed}\r\nEND:VEVENT\r\n"
    file = tmp_path / "file.ics"
    file.write_bytes(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}END:VCALENDAR\r\n".encode())
    assert ask("agenda", "import", str(file), "--name", "friends", "--schedule", str(SCHEDULE)).err == (
        "added: 5\nyour agenda: 1 session\n"
    )


def test_sessions_that_share_a_guid_have_uids_of_their_own(ask: Asked, published: Any) -> None:
    published.days[1]["Hall"][0].update(title="Second half", id=9)
    schedule = published.write()
    whole = events(ask("export", "--schedule", schedule).out)
    (first,) = [uid for uid, (title, *_rest) in whole.items() if title == "Workshop"]
    (second,) = [uid for uid, (title, *_rest) in whole.items() if title == "Second half"]
    assert first == own(2) != second
    assert set(events(ask("export", "-d", "2", "--schedule", schedule).out)) == {second, own(5)}
    ask("agenda", "add", "second half", "--schedule", schedule)
    assert set(events(ask("agenda", "export", "--schedule", schedule).out)) == {second}
    ask("agenda", "add", "workshop", "--schedule", schedule)
    assert set(events(ask("agenda", "export", "--schedule", schedule).out)) == {first, second}


def test_a_session_that_leaves_the_schedule_stays_in_the_calendar(ask: Asked, published: Any) -> None:
    ask("agenda", "add", "poetry", "closing", "--schedule", published.write())
    before = events(ask("agenda", "export", "--schedule", str(published.path)).out)
    lab, published.days[0]["Lab"] = published.days[0]["Lab"], []
    schedule = published.write()
    answer = ask("agenda", "export", "--schedule", schedule)
    said = "no longer in the schedule: Poetry, 1 May 2030 12:00–12:30 Lab\n"
    assert (events(answer.out), answer.err) == (before, said)
    assert ask("agenda", "--schedule", schedule).err == said
    published.days[0]["Lab"] = lab
    answer = ask("agenda", "export", "--schedule", published.write())
    assert events(answer.out) == {**before, own(3): ("Poetry", "1", "CONFIRMED")}


def test_a_calendar_of_ours_read_as_a_schedule_keeps_uids_and_ids(ask: Asked, tmp_path: Path) -> None:
    text = ask("export", "--schedule", str(SCHEDULE)).out
    again = tmp_path / "again.ics"
    again.write_text(text, "utf-8", newline="")
    assert events(ask("export", "--schedule", str(again)).out) == events(text)
    ids = ask("list", "-f", "ids", "--schedule", str(SCHEDULE)).out
    assert ask("list", "-f", "ids", "--schedule", str(again)).out == ids
