"""`summit agenda sync`: the agenda in a directory of events, also after each change."""

import errno
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.timed_screens import FIRST, ROOM, SECOND, conference
from tests.conftest import Asked
from tests.inside import look
from tests.schedules import write


@pytest.fixture
def calendar(tmp_path: Path, ask: Asked) -> Path:
    """Save and use a small schedule with times, and return the path for a calendar."""
    ask("use", str(write(tmp_path / "timed.json", conference())))
    return tmp_path / "calendar"


def names(calendar: Path) -> list[str]:
    """Return the local parts of the UIDs of the events in a directory."""
    return sorted(path.name.partition("@")[0] for path in calendar.glob("*.ics"))


def changed(tmp_path: Path, **changes: Any) -> None:
    """Change the published schedule: a title by session ID; None removes the session."""
    content = conference()
    for id_, title in changes.items():
        session = next(each for each in content["sessions"] if each["id"] == id_)
        if title is None:
            content["sessions"].remove(session)
        else:
            session["title"] = title
    write(tmp_path / "timed.json", content)


def test_an_event_is_as_in_an_export_but_a_calendar_of_its_own(ask: Asked, calendar: Path) -> None:
    ask("star", "opening")
    assert ask("agenda", "sync", str(calendar)) == (0, "", f"synced to {calendar}: 1 added\n")
    [path] = calendar.glob("*.ics")
    exported = ask("agenda", "export").out
    begin, end = exported.index("BEGIN:VTIMEZONE"), exported.index("END:VCALENDAR")
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//summitcli//Conference schedule//EN\r\n"
    head += "CALSCALE:GREGORIAN\r\n"
    assert path.read_bytes().decode() == head + exported[begin:end] + "END:VCALENDAR\r\n"
    assert path.name == "opening@conf.summitcli.ics"
    assert ask("agenda", "sync", str(calendar)) == (0, "", f"{calendar} is up to date (1 event)\n")


def test_a_kept_directory_is_in_step_after_each_change(ask: Asked, calendar: Path) -> None:
    ask("star", "opening")
    assert ask("agenda", "sync", str(calendar), "--keep").err == (
        f"synced to {calendar}: 1 added\n"
        "it is synced after each change from now on; end that with `summit agenda sync --stop`\n"
    )
    said = f"added: soldering\nyour agenda: 2 sessions\nsynced to {calendar}: 2 added\n"
    assert ask("star", "soldering") == (0, "", said)
    assert names(calendar) == ["opening", "soldering", "soldering.2"]
    ask("agenda", "remove", "soldering", "-d", "2")
    assert names(calendar) == ["opening", "soldering"]
    ask("hide", "opening")
    assert names(calendar) == ["soldering"]
    ask("agenda", "undo")
    assert names(calendar) == ["opening", "soldering"]
    ask("agenda", "block", "Lunch", "-d", "1", "--from", "12:00", "--to", "13:00")
    assert len(names(calendar)) == 3
    ask("agenda", "undo")
    assert names(calendar) == ["opening", "soldering"]
    ask("star", "closing", "--name", "friends")
    assert names(calendar) == ["opening", "soldering"]
    ask("agenda", "clear", "--yes")
    assert names(calendar) == []
    assert ask("agenda", "sync", "--stop") == (0, "", f"no longer synced after each change: {calendar}\n")
    assert ask("agenda", "sync", "--stop") == (
        1,
        "",
        "your agenda is not synced after each change; start that with `summit agenda sync DIR --keep`\n",
    )
    ask("star", "opening")
    assert names(calendar) == []


def test_an_update_syncs_if_asked(ask: Asked, calendar: Path, tmp_path: Path) -> None:
    ask("star", "opening", "closing")
    assert "nothing to sync to; give a directory" in ask("update", "--sync").err
    ask("agenda", "sync", str(calendar), "--keep")
    changed(tmp_path, opening="Welcome")
    ask("update")
    assert "Opening" in (calendar / "opening@conf.summitcli.ics").read_text()
    assert f"synced to {calendar}: 1 changed\n" in ask("update", "--sync").err
    text = (calendar / "opening@conf.summitcli.ics").read_text()
    assert "SUMMARY:Welcome\n" in text and "SEQUENCE:1\n" in text
    assert ask("update", "--sync", "--check") == (2, "", "summit: --check can't be used with --sync\n")


def test_an_update_of_an_event_that_the_reader_has_edited_is_said_once(
    ask: Asked, calendar: Path, tmp_path: Path
) -> None:
    ask("star", "opening", "closing")
    ask("agenda", "sync", str(calendar), "--keep")
    path = calendar / "opening@conf.summitcli.ics"
    edited = path.read_text().replace("SUMMARY:", "SUMMARY:My ")
    path.write_text(edited)
    said = "not updated, as you edited it: {}; `summit agenda sync --force` overwrites it\n"
    for title in ("Welcome", "Hello"):
        changed(tmp_path, opening=title)
        assert ask("update", "--sync").err.endswith(said.format(title))
        assert "edited" not in ask("update", "--sync").err + ask("star", "stars").err
        assert path.read_text() == edited
    assert ask("agenda", "sync", "--force").err == f"synced to {calendar}: 1 changed\n"
    assert "SUMMARY:Hello\n" in path.read_text()


def test_the_directory_of_each_agenda_is_kept_and_forgotten_by_itself(ask: Asked, calendar: Path) -> None:
    for words in ((), ("--name", "friends")):
        ask("star", "opening", *words)
        ask("agenda", "sync", f"{calendar}{len(words)}", "--keep", *words)
    again = ask("agenda", "sync", "--keep", "--name", "friends")
    assert again.err.startswith(f"{calendar}2 is up to date (1 event)\n")
    assert ask("agenda", "sync", "--stop", "--name", "friends").status == 0
    assert ask("agenda", "sync", "--name", "friends").status == 2
    assert ask("agenda", "sync").err == f"{calendar}0 is up to date (1 event)\n"
    assert ask("agenda", "sync", "--stop").status == 0


def test_a_calendar_to_consider_is_a_change_of_the_agenda(ask: Asked, calendar: Path, tmp_path: Path) -> None:
    ask("star", "opening")
    ask("agenda", "export", "-o", str(tmp_path / "shifts.ics"))
    ask("agenda", "sync", str(calendar), "--keep")
    for title, words in (("Welcome", ()), ("Opening", ("--remove",))):
        changed(tmp_path, opening=title)
        ask("update")
        said = ask("agenda", "busy", *words, str(tmp_path / "shifts.ics"))
        assert said.err.splitlines()[-1] == f"synced to {calendar}: 1 changed"


def test_an_update_that_syncs_nothing_says_how(ask: Asked, calendar: Path, tmp_path: Path) -> None:
    ask("star", "opening")
    for words, is_hinted in (((), False), (("--keep",), True)):
        ask("agenda", "sync", str(calendar), *words)
        changed(tmp_path, opening=f"Opening {is_hinted}")
        assert ("summit update --sync" in look(["update", "--color", "never"]).out) == is_hinted


def test_titles_are_in_the_language_asked_for_when_the_directory_was_given(
    ask: Asked, calendar: Path
) -> None:
    ask("star", "opening")
    ask("agenda", "sync", str(calendar), "--keep", "--lang", "zh")
    ask("star", "closing")
    assert "SUMMARY:闭幕式\n" in (calendar / "closing@conf.summitcli.ics").read_text()


def alarms(calendar: Path) -> list[str]:
    """Return the times of the alarms in all events of a directory."""
    lines = [line for path in sorted(calendar.glob("*.ics")) for line in path.read_text().splitlines()]
    return [line.removeprefix("TRIGGER:") for line in lines if line.startswith("TRIGGER:")]


def test_alarms_are_as_in_an_export_and_remembered(ask: Asked, calendar: Path) -> None:
    ask("star", "opening", "posters")
    ask("agenda", "block", "Lunch", "-d", "1", "--from", "12:00", "--to", "13:00")
    ask("agenda", "sync", str(calendar), "--alarm", "10m", "--alarm", "1d", "--keep", "--lang", "zh")
    exported = ask("agenda", "export", "--alarm", "10m", "--alarm", "1d").out
    assert sorted(alarms(calendar)) == sorted(re.findall("TRIGGER:(.*)\r", exported)) != []
    ask("star", "closing")
    assert alarms(calendar)[2:4] == ["-PT10M", "-P1D"]
    for words in ([str(calendar)], [], ["--alarm", "10m", "--alarm", "1d"]):
        assert ask("agenda", "sync", *words) == (0, "", f"{calendar} is up to date (4 events)\n")
    assert ask("agenda", "sync", "--alarm", "5m", "--alarm", "5m").err == f"synced to {calendar}: 3 changed\n"
    # That of a whole day is on the evening before.
    assert alarms(calendar)[0] == "-PT5M" and len(alarms(calendar)) == 4
    # Another directory has nothing of it, and neither has this one if it is given again.
    other = calendar.with_name("other")
    ask("agenda", "sync", str(other))
    assert alarms(other) == []
    assert "SUMMARY:Closing" in (other / "closing@conf.summitcli.ics").read_text()
    ask("agenda", "sync", str(calendar), "--keep")
    assert alarms(calendar) == []
    assert "SUMMARY:Closing" in (calendar / "closing@conf.summitcli.ics").read_text()


def test_an_event_in_a_file_with_others_is_said(ask: Asked, calendar: Path) -> None:
    ask("star", "opening", "closing")
    calendar.mkdir()
    exported = ask("agenda", "export").out
    (calendar / "all.ics").write_text(exported)
    assert ask("agenda", "sync", str(calendar), "--force").err == (
        f"{calendar} is up to date (0 events)\nleft as it is, in a file with other events: Opening, Closing\n"
    )
    assert [path.name for path in calendar.glob("*.ics")] == ["all.ics"]


def test_what_the_reader_has_changed_is_said_when_asked_for(ask: Asked, calendar: Path) -> None:
    ask("star", "opening", "closing", "clear", "stars")
    ask("agenda", "sync", str(calendar), "--keep")
    for path in calendar.glob("*.ics"):
        path.write_text(path.read_text().replace("SUMMARY:", "SUMMARY:My "))
    (calendar / "closing@conf.summitcli.ics").unlink()
    assert ask("star", "posters").err.splitlines()[2:] == [f"synced to {calendar}: 1 added"]
    title = "Clear programs: what a reader sees first, and why it matters to all who come"
    assert ask("agenda", "sync").err == (
        f"{calendar} is up to date (1 event)\n"
        f"left as you edited it: Opening, {title}, Looking at stars; --force overwrites it\n"
        "not written again, as you deleted it: Closing; --force restores it\n"
    )
    assert ask("agenda", "sync", "--dry-run", "--force").out == (
        "change\tOpening\topening@conf.summitcli.ics\n"
        "add\tClosing\tclosing@conf.summitcli.ics\n"
        f"change\t{title}\tclear@conf.summitcli.ics\n"
        "change\tLooking at stars\tstars@conf.summitcli.ics\n"
    )
    assert ask("agenda", "sync", "--force").err == f"synced to {calendar}: 1 added, 3 changed\n"


def test_what_would_change_is_listed_by_time_and_in_a_pipe_by_file(ask: Asked, calendar: Path) -> None:
    ask("star", "opening", "soldering", "posters")
    ask("agenda", "sync", str(calendar))
    ask("agenda", "remove", "opening", "soldering")
    ask("star", "closing")
    ask("star", "stars", "--maybe")
    words = ["agenda", "sync", str(calendar), "--dry-run"]
    assert ask(*words).out == (
        "add\tClosing\tclosing@conf.summitcli.ics\n"
        "add\tLooking at stars\tstars@conf.summitcli.ics\n"
        "remove\tOpening\topening@conf.summitcli.ics\n"
        "remove\tSoldering for beginners\tsoldering.2@conf.summitcli.ics\n"
        "remove\tSoldering for beginners\tsoldering@conf.summitcli.ics\n"
    )
    rows = json.loads(ask(*words, "--json").out)
    assert rows[1] == {
        "action": "add", "title": "Looking at stars", "file": "stars@conf.summitcli.ics",
        "uid": "stars@conf.summitcli", "day": FIRST, "days": [FIRST],
        "start": f"{SECOND}T00:30:00+02:00", "end": f"{SECOND}T02:00:00+02:00", "room": "Roof",
        "pick": "maybe",
    }  # fmt: skip
    assert (rows[0]["pick"], rows[2]["pick"]) == ("yes", None)
    assert (rows[2]["start"], rows[2]["room"]) == (f"{FIRST}T09:00:00+02:00", ROOM)
    shown = look([*words, "--color", "never"], columns=100)
    assert f"{shown.out}{shown.err}".splitlines() == [
        "To add · 2",
        "☆ 31 May 00:30–02:00 +1  Looking at stars         Roof",
        "★ 1 June 16:00–16:45     Closing                  Great Hall of the Old Observatory",
        "",
        "To remove · 3",
        "  31 May 09:00–09:30     Opening                  Great Hall of the Old Observatory",
        "  31 May 10:00–12:00     Soldering for beginners  Lab",
        "  1 June 10:00–12:00     Soldering for beginners  Lab",
        f"summit agenda sync {calendar}",
    ]
    assert ask("agenda", "sync", str(calendar), "-f", "ids").status == 2
    done = ask("agenda", "sync", str(calendar), "-f", "csv", "--fields", "title,action")
    assert done.out.splitlines()[:2] == ["title,action", "Closing,add"]
    assert done.err == f"synced to {calendar}: 2 added, 3 removed\n"
    up_to_date = f"{calendar} is up to date (3 events)\n"
    assert ask(*words) == (0, "", up_to_date)
    assert look(words, columns=200).out == up_to_date
    assert ask(*words, "--json") == (0, "[]\n", up_to_date)
    assert ask("agenda", "sync", "--fields", "help").out.split()[:3] == ["action", "title", "file"]


def test_the_suggested_command_does_what_was_listed(ask: Asked, calendar: Path) -> None:
    ask("star", "opening", "--name", "friends")
    ask("agenda", "sync", str(calendar), "--keep", "--name", "friends")
    given = ["--force", "--pick", "yes", "--pick", "maybe", "--alarm", "1h", "--name", "friends"]
    shown = look(["agenda", "sync", "--dry-run", *given, "--color", "never"], columns=200)
    assert shown.out.splitlines()[-1] == f"summit agenda sync {' '.join(given)}"


def test_sessions_marked_as_maybe_are_left_out_if_asked(ask: Asked, calendar: Path) -> None:
    ask("star", "opening")
    ask("star", "closing", "--maybe")
    ask("agenda", "block", "Lunch", "-d", "1", "--from", "12:00", "--to", "13:00")
    assert ask("agenda", "sync", str(calendar), "--pick", "no").err == (
        'summit: no mark "no". Available: yes, maybe\n'
    )
    ask("agenda", "sync", str(calendar), "--keep", "--pick", "yes")
    assert len(names(calendar)) == 2 and "opening" in names(calendar)
    ask("star", "stars", "--maybe")
    assert len(names(calendar)) == 2
    ask("star", "stars")
    assert len(names(calendar)) == 3
    assert ask("agenda", "sync", "--pick", "maybe").err == f"synced to {calendar}: 1 added, 2 removed\n"
    assert ask("agenda", "sync").err == f"synced to {calendar}: 2 added, 1 removed\n"
    ask("agenda", "sync", str(calendar), "--keep")
    assert len(names(calendar)) == 4


def test_a_drive_that_is_not_mounted_does_not_become_a_directory(ask: Asked, calendar: Path) -> None:
    ask("star", "opening")
    ask("agenda", "sync", str(calendar), "--keep")
    calendar.rename(calendar.with_name("away"))
    said = ask("star", "closing")
    missing = f"not synced: the directory {calendar} does not exist; mount its drive or create it"
    assert (said.status, said.err.splitlines()[-1]) == (0, missing)
    assert not calendar.exists()


def test_a_sync_that_fails_leaves_the_change_of_the_agenda(ask: Asked, calendar: Path) -> None:
    ask("star", "opening")
    ask("agenda", "sync", str(calendar), "--keep")
    (calendar / ".summitcli.json").write_text("{")
    said = ask("star", "closing")
    damaged = f"{calendar}/.summitcli.json is damaged, or was written by a newer version of summit;"
    damaged += " move or rename it"
    assert (said.status, said.err.splitlines()[-1]) == (0, damaged)
    assert ask("agenda", "sync") == (3, "", f"summit: {damaged}\n")
    assert ask("agenda", "-f", "ids").out == "opening\nclosing\n"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_or_a_read_only_one_fails_the_sync_but_not_the_change_of_the_agenda(
    ask: Asked, calendar: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    ask("star", "opening")
    ask("agenda", "sync", str(calendar), "--keep")
    really_open = os.open

    def failing(path: Any, flags: int, *arguments: Any, **options: Any) -> int:
        if str(path).startswith(str(calendar)) and flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(code, os.strerror(code))
        return really_open(path, flags, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", failing)
        said = ask("star", "closing")
        sentence = f"can't write {calendar}: {os.strerror(code)}"
        assert said == (0, "", f"added: closing\nyour agenda: 2 sessions\n{sentence}\n")
        assert ask("agenda", "sync") == (4, "", f"summit: {sentence}\n")
    assert names(calendar) == ["opening"]
    assert ask("agenda", "sync") == (0, "", f"synced to {calendar}: 1 added\n")
    assert names(calendar) == ["closing", "opening"]


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ((), 2, "summit: no directory; use `summit agenda sync DIR`"),
        (("",), 2, "summit: no directory; use `summit agenda sync DIR`"),
        (("x", "--stop"), 2, "summit: --stop can't be used with a directory or other options"),
        (("--stop", "--pick", "yes"), 2, "summit: --stop can't be used with a directory or other options"),
        (("--stop", "--force"), 2, "summit: --stop can't be used with a directory or other options"),
        (("--stop", "--dry-run"), 2, "summit: --stop can't be used with a directory or other options"),
        (("--stop", "--keep"), 2, "summit: --stop can't be used with a directory or other options"),
        (("--stop", "--alarm", "1h"), 2, "summit: --stop can't be used with a directory or other options"),
        (("x", "--alarm", "soon"), 2, 'summit: "soon" is not a duration; use 30m, 2h or 1d'),
        (("x", "--keep", "--dry-run"), 2, "summit: --keep can't be used with --dry-run"),
        (("timed.json",), 4, "summit: can't write {folder}/timed.json: it is not a directory"),
        (("x", "--name", "frends"), 1, 'no agenda "frends". Did you mean "friends"?'),
    ],
)
def test_errors(
    ask: Asked,
    calendar: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    status: int,
    message: str,
) -> None:
    monkeypatch.chdir(calendar.parent)
    ask("star", "opening")
    ask("star", "opening", "--name", "friends")
    said = message.format(folder=calendar.parent)
    assert ask("agenda", "sync", *words) == (status, "", f"{said}\n")
    assert not calendar.exists()
