"""Tests of own entries in the agenda and of other calendars."""

import json
from pathlib import Path

import pytest

from tests.conftest import Asked
from tests.inside import look
from tests.schedules import document, session, timed, write

D1, D2 = "2024-05-01", "2024-05-02"


def slot(start: str, end: str, day: str = D1, room: str = "A") -> dict[str, object]:
    return timed(day, f"{day}T{start}:00+02:00", f"{day}T{end}:00+02:00", room=room)


@pytest.fixture(autouse=True)
def schedule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a schedule of three sessions on two days."""
    made = document(
        session("talk", slot("10:00", "11:00")),
        session("other", slot("12:00", "13:00")),
        session("last", slot("16:00", "17:00", D2)),
    )
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(write(tmp_path / "plan.json", made)))


@pytest.fixture
def shifts(tmp_path: Path) -> Path:
    """Return a calendar with one event during the conference."""
    path = tmp_path / "shifts.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1@x\nSUMMARY:Shift\n"
        "DTSTART:20240501T083000Z\nDTEND:20240501T090000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    return path


def test_an_entry_is_added_listed_and_removed(ask: Asked) -> None:
    words = "agenda", "block", " Lunch\n", "-d", "1", "-d", "2", "--from", "12", "--to", "13:00", "-r", "Bar"
    added = "added: lunch (1 May 12:00–13:00), lunch-2 (2 May 12:00–13:00)\n"
    assert ask(*words) == (0, "", added)
    assert ask(*words) == (0, "", "already in your agenda: Lunch\n")
    assert ask("agenda", "block") == (
        0,
        f"lunch\tLunch\t{D1}\t12:00\t13:00\tBar\nlunch-2\tLunch\t{D2}\t12:00\t13:00\tBar\n",
        "",
    )
    assert "Lunch" in look(["agenda"]).out
    assert ask("agenda", "remove", "lunch").err == (
        "removed: lunch (1 May 12:00–13:00)\nyour agenda: 0 sessions\n"
    )
    assert ask("agenda", "undo").err.startswith("undone: remove lunch (1 May 12:00–13:00) (")
    assert ask("agenda", "remove", "Lunch", "-d", "2").err.startswith("removed: lunch-2 ")
    assert ask("agenda", "undo").status == ask("agenda", "undo").status == 0
    assert ask("agenda", "block").status == 1


def test_sessions_and_entries_are_removed_together(ask: Asked) -> None:
    ask("star", "talk", "other")
    ask("agenda", "block", "Lunch", "-d", "1", "--from", "14", "--to", "15")
    assert ask("agenda", "remove", "talk", "lunch") == (
        0,
        "",
        "removed: talk\nremoved: lunch (1 May 14:00–15:00)\nyour agenda: 1 session\n",
    )


def test_clearing_removes_entries_too(ask: Asked, shifts: Path) -> None:
    lunch = "agenda", "block", "Lunch", "-d", "1", "--from", "14", "--to", "15"
    ask(*lunch)
    ask("agenda", "busy", str(shifts))
    assert ask("agenda", "clear", "--yes") == (0, "", "removed: lunch (1 May 14:00–15:00)\n")
    assert ask("agenda", "clear", "--yes") == (1, "", "your agenda is empty\n")
    assert ask("agenda", "undo").err.startswith("undone: clear lunch (1 May 14:00–15:00) (")
    ask("star", "talk")
    shown = look(["agenda", "clear", "--color", "never"]).out
    assert shown.startswith("Remove all sessions and your own entries from your agenda? [y/N] ")
    assert "removed: Talk (talk)\nremoved: lunch (1 May 14:00–15:00)\n" in shown
    assert ask("agenda", "block").status == 1
    assert ask("agenda", "busy").status == 0


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("x", "-d", "1", "--from", "13", "--to", "12"), "--to must be later than --from"),
        (("x", "-d", "1", "--from", "12", "--to", "12"), "--to must be later than --from"),
        (("x", "-d", "1", "--from", "17:59", "--to", "1"), "--to must be later than --from"),
        (("x", "-d", "1", "--to", "12"), "give the start and the end with --from HH:MM and --to HH:MM"),
        (("x", "--from", "11", "--to", "12"), "give the day with --day, such as -d 1"),
        ((" ", "-d", "1", "--from", "11", "--to", "12"), "the title can't be empty"),
        (("-d", "1"), "give the entry a title, such as `summit agenda block Lunch …`"),
        (
            ("x", "-d", "today", "--at", "2024-06-01", "--from", "11", "--to", "12"),
            f"2024-06-01 is not a day of the conference, {D1} to {D2}",
        ),
    ],
)
def test_an_invalid_entry_is_refused(words: tuple[str, ...], error: str, ask: Asked) -> None:
    assert ask("agenda", "block", *words) == (2, "", f"summit: {error}\n")


def test_an_evening_may_last_until_the_morning(ask: Asked) -> None:
    assert ask("agenda", "block", "派对", "-d", "1", "--from", "18", "--to", "1").err == (
        "added: block (1 May 18:00–01:00)\n"
    )


def test_entries_conflict_with_sessions_and_take_free_time(ask: Asked) -> None:
    ask("star", "other")
    assert ask("agenda", "block", "Lunch", "-d", "1", "--from", "12:30", "--to", "13:30").err == (
        "added: lunch (1 May 12:30–13:30)\nconflicts in your agenda: lunch; see `summit agenda conflicts`\n"
    )
    assert "conflict in your agenda" in look(["agenda"]).out
    ask("agenda", "block", "Rest", "-d", "1", "--from", "13:00", "--to", "14:00")
    assert ask("agenda", "conflicts").out == (
        f"certain\t{D1}\t12:30\t13:00\tother\tlunch\tOther\tLunch\t30\n"
    )
    assert "Lunch" in look(["agenda", "conflicts"]).out
    assert [row.split("\t")[1:3] for row in ask("agenda", "gaps", "-d", "1").out.splitlines()] == [
        ["10:00", "12:00"]
    ]
    ask("agenda", "block", "Walk", "-d", "1", "--from", "10", "--to", "11")
    assert "conflicts in your agenda: talk;" in ask("star", "talk").err


def test_only_exported_calendars_have_own_entries(ask: Asked, tmp_path: Path, shifts: Path) -> None:
    ask("star", "talk")
    public = (
        ("agenda", "share"), ("export", "-f", "ics"), ("agenda", "export", "-f", "html"),
        ("agenda", "--json"),
        ("convert", str(tmp_path / "plan.json"), "-f", "json"), ("agenda", "-f", "ics"),
    )  # fmt: skip
    before = [ask(*words) for words in public]
    ask("agenda", "block", "Lunch", "-d", "1", "--from", "12", "--to", "13", "-r", "Bar")
    ask("agenda", "busy", str(shifts))
    assert [ask(*words) for words in public] == before
    exported = ask("agenda", "export").out
    event = exported.partition("SUMMARY:Lunch")[0].rpartition("BEGIN:VEVENT")[2]
    assert "DTSTART;TZID=Europe/Berlin:20240501T120000\r\n" in event
    assert "SUMMARY:Talk" in exported
    assert "Shift" not in exported
    assert ask("unstar", "talk").status == 0
    assert "SUMMARY:Lunch" in ask("agenda", "export").out


def test_another_calendar_takes_time_until_it_is_removed(ask: Asked, shifts: Path) -> None:
    ask("star", "talk")
    assert ask("agenda", "busy", str(shifts)).err == f"added {shifts}: 1 event during the conference\n"
    assert ask("agenda", "busy") == (0, f"{shifts}\t1\t0\n", "")
    for words in (("agenda",), ("list",), ("day", "1"), ("grid", "-d", "1")):
        assert "conflict in your agenda" in look(words).out
    assert [row["second"] for row in json.loads(ask("agenda", "conflicts", "--json").out)] == ["busy-1"]
    shifts.write_text(shifts.read_text().replace("T083000Z", "T070000Z").replace("T090000Z", "T080000Z"))
    assert ask("agenda", "conflicts").status == 1
    shifts.unlink()
    fault = f"can't read the calendar {shifts}: there is no such file"
    assert ask("agenda", "conflicts").err == f"{fault}; its events are ignored\nno conflicts\n"
    assert ask("agenda", "busy") == (0, f"{shifts}\t\t\n", f"{fault}\n")
    assert ask("agenda", "busy", "--remove", str(shifts)) == (0, "", f"removed: {shifts}\n")
    assert ask("agenda", "undo").err.startswith(f"undone: remove the calendar {shifts} (")


def test_a_directory_is_a_calendar_whose_new_files_count(ask: Asked, shifts: Path, tmp_path: Path) -> None:
    ask("star", "talk")
    vdir = tmp_path / "vdir"
    vdir.mkdir()
    assert ask("agenda", "busy", str(vdir)).err == (
        f"added {vdir}: 0 events during the conference\n"
        f"{vdir} has no .ics files; those in its subdirectories don't count\n"
    )
    shifts.rename(vdir / "shifts.ics")
    assert [row["second"] for row in json.loads(ask("agenda", "conflicts", "--json").out)] == ["busy-1"]
    birthday = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:2@x\nDTSTART;VALUE=DATE:20240501\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    (vdir / "birthday.ics").write_text(birthday)
    (vdir / "broken.ics").write_text("")
    fault = f"can't read the calendar {vdir}/broken.ics: it is not an .ics file"
    assert ask("agenda", "busy") == (0, f"{vdir}\t1\t1\n", f"{fault}\n")
    note = "1 whole-day event is not marked as busy and does not count"
    assert "1 event during the conference; 1 whole-day event" in look(["agenda", "busy"]).out
    assert ask("agenda", "busy", str(vdir)).err == (
        f"added {vdir}: 1 event during the conference; {note}\n{fault}; its events are ignored\n"
    )
    assert ask("agenda", "busy", "--remove", str(vdir)) == (0, "", f"removed: {vdir}\n")


def test_the_agenda_shows_own_time_among_the_sessions(ask: Asked, shifts: Path) -> None:
    ask("star", "talk", "other")
    for title, day, start, end in (("Tea", 1, "11:15", "11:45"), ("Walk", 2, "9", "10")):
        ask("agenda", "block", title, "-d", str(day), "--from", start, "--to", end)
    ask("agenda", "busy", str(shifts))
    words = "agenda", "-f", "table"
    assert ask(*words).out == (
        """\
Conf   Wednesday 1 May   day 1 of 2

★! 10:00–11:00  Talk   A  [talk]
·  10:30–11:00  Shift
·  11:15–11:45  Tea       [tea]
★  12:00–13:00  Other  A  [other]

Conf   Thursday 2 May   day 2 of 2

·  09:00–10:00  Walk      [walk]

2 sessions · ! conflict in your agenda
"""
    )
    assert "Walk" not in ask(*words, "-d", "1").out and "Tea" not in ask(*words, "-r", "Hall").out
    # Only sessions are data: their IDs can be given to other commands.
    assert ask("agenda", "-f", "ids").out.split() == ["talk", "other"]
    ask("unstar", "talk", "other")
    assert "  Walk  " in ask(*words).out and ask(*words).out.endswith("0 sessions\n")
    event = (
        "BEGIN:VEVENT\nUID:{n}@x\nSUMMARY:Event {n}\nDTSTART:20240501T{n}0000Z\nDURATION:PT30M\nEND:VEVENT\n"
    )
    events = "".join(event.format(n=number) for number in range(10, 19))
    shifts.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{events}END:VCALENDAR\n")
    shown = ask(*words).out
    assert "Event 16" in shown and "· 19:00–20:30  2 more events in your other calendars\n" in shown


def test_a_list_without_times_has_own_time_below_the_sessions_of_a_day(ask: Asked) -> None:
    ask("star", "main-forum", "--schedule", "bundled")
    words = "--from", "12:00", "--to", "13:00", "--schedule", "bundled"
    ask("agenda", "block", "Lunch", "-d", "1", *words)
    shown = ask("agenda", "-f", "table", "--schedule", "bundled", "--lang", "en").out
    assert shown.index("Main Forum") < shown.index("Your own time\n· 12:00–13:00  Lunch  lunch\n")


def test_an_unusable_calendar_is_refused(ask: Asked, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ics"
    broken.write_text("{}")
    assert ask("agenda", "busy", str(broken)) == (
        3,
        "",
        f"summit: can't read the calendar {broken}: it is not an .ics file\n",
    )
    url = "https://example.org/a.ics"
    for words, error in (
        ((url,), f"{url} is not a file; save the calendar as an .ics file first"),
        (("--remove",), "give the calendars to remove"),
        (("--remove", "x.ics"), '"x.ics" is not one of the calendars that you have added'),
    ):
        assert ask("agenda", "busy", *words) == (2, "", f"summit: {error}\n")


def test_a_terminal_names_an_own_entry_by_its_title(ask: Asked) -> None:
    block = ("agenda", "block", "午饭", "-d", "1", "--from", "12:00", "--to", "13:00", "--lang", "zh")
    id_ = "block"
    assert look(block).out.splitlines()[0] == f"已加入：午饭（{id_}、5月1日 12:00–13:00）"
    removed = look(["agenda", "remove", id_, "--lang", "zh"]).out.splitlines()[0]
    assert removed == f"已移除：午饭（{id_}、5月1日 12:00–13:00）"
