"""The loop of `summit remind`: a simulated week, and the ways in which the user is told."""

import io
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from summitcli.cli.call import Call
from summitcli.cli.options import Common
from summitcli.cli.reminding import Agenda, Clock, Telling, describe_time, remind, way_of
from summitcli.reminders.due import Occurrence, Reminder, Reminders
from summitcli.rows import Mark
from tests import inside
from tests.conftest import Asked
from tests.schedules import document, session, timed, write

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
Said = list[tuple[str, str, str]]


def moment(text: str) -> datetime:
    """Return a time of October 2026 in UTC, such as ``20 09:00``."""
    return datetime.fromisoformat(f"2026-10-{text.replace(' ', 'T')}+00:00")


class SimulatedClock(Clock):
    """A clock on which a week takes a moment, and at which things happen.

    ``events`` has pairs of a time and a function; a function returns the time that the clock shows
    then, after a sleep or a change of the clock, or None. The last event ends the process.
    """

    def __init__(self, start: str, events: list[tuple[str, Callable[[], str | None]]]) -> None:
        self._now = moment(start)
        self._events = [(moment(at), act) for at, act in events]

    def now(self) -> datetime:
        return self._now

    def wait(self, length: timedelta) -> None:
        assert timedelta(0) < length <= timedelta(seconds=30)
        self._now += length
        if not self._events:
            raise KeyboardInterrupt
        at, act = self._events[0]
        if self._now >= at:
            self._events.pop(0)
            if shown := act():
                self._now = moment(shown)


def talk(name: str, start: str, minutes: int = 60) -> dict[str, object]:
    begins = moment(start)
    day = begins.date().isoformat()
    slot = timed(day, begins.isoformat(), (begins + minutes * MINUTE).isoformat(), room="Hall")
    return session(name, slot)


def publish(tmp_path: Path, *talks: dict[str, object]) -> Path:
    week = {"start": "2026-10-19", "end": "2026-10-25", "time_zone": "Europe/Berlin"}
    return write(tmp_path / "week.json", document(*talks, **week))


def test_a_week_with_sleep_a_clock_change_a_moved_session_and_a_removed_one(
    ask: Asked, tmp_path: Path
) -> None:
    monday, over, runs = talk("monday", "19 08:00"), talk("over", "20 08:00"), talk("runs", "20 10:00")
    moves, goes, late = talk("moves", "22 08:00"), talk("goes", "23 08:00"), talk("late", "25 01:30")
    added = talk("added", "24 09:00")
    ask("use", str(publish(tmp_path, monday, over, runs, moves, goes, late, added)))
    ask("star", "monday", "over", "runs", "moves", "goes", "late")

    def do(*words: str) -> None:
        assert ask(*words, "-q").status == 0

    def move() -> None:
        publish(
            tmp_path, monday, over, runs, talk("moves", "22 12:00"), goes, late, talk("added", "24 09:00")
        )
        do("update")

    clock = SimulatedClock(
        "19 06:00",
        [
            ("20 07:00", lambda: "20 10:20"),  # asleep
            ("21 00:00", lambda: "20 09:00"),  # set back
            ("22 07:55", move),
            ("22 20:00", lambda: do("agenda", "remove", "goes")),
            ("23 20:00", lambda: do("star", "added")),
            ("25 23:00", lambda: None),
        ],
    )
    said: Said = []

    def tell(reminder: Reminder, now: datetime) -> None:
        said.append((f"{now:%d %H:%M}", reminder.kind, reminder.occurrence.title))

    with pytest.raises(KeyboardInterrupt):
        remind(Agenda(Call(Common()), None), Reminders([10 * MINUTE]), clock, tell)
    assert said == [
        ("19 07:50", "soon", "Monday"),
        ("20 10:20", "missed", "Over"),
        ("20 10:20", "begun", "Runs"),
        ("22 07:50", "soon", "Moves"),
        ("22 11:50", "soon", "Moves"),
        ("24 08:50", "soon", "Added"),
        ("25 01:20", "soon", "Late"),
    ]


def test_an_agenda_that_can_not_be_read_is_said_once_and_the_last_one_counts(
    ask: Asked, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ask("use", str(publish(tmp_path, talk("a", "19 08:00"))))
    ask("star", "a")
    agenda = Agenda(Call(Common()), None)
    before = agenda.occurrences()
    [path] = Path(os.environ["SUMMIT_DATA"]).glob("agendas/*/default.json")
    text = path.read_text()
    path.write_text("{")
    assert agenda.occurrences() == agenda.occurrences() == before
    assert capsysbinary.readouterr().err.count(b"default.json") == 1
    path.write_text(text)
    assert agenda.occurrences() == before


def test_sessions_have_the_sign_of_their_mark_and_a_choice_of_marks_selects_them(
    ask: Asked, tmp_path: Path
) -> None:
    ask("use", str(publish(tmp_path, talk("a", "19 08:00"), talk("b", "19 10:00"), talk("c", "19 12:00"))))
    ask("star", "a")
    ask("star", "b", "--maybe")
    ask("hide", "c")
    ask("agenda", "block", "Lunch", "-d", "1", "--from", "12:00", "--to", "13:00")

    def titles(*marks: Mark) -> list[str]:
        agenda = Agenda(Call(Common()), None, *([marks] if marks else []))
        return [each.marked_title for each in agenda.read()]

    assert titles() == ["★ A", "☆ B", "Lunch"]
    assert titles("yes") == ["★ A", "Lunch"]
    assert titles("maybe") == ["☆ B", "Lunch"]


class CountingAgenda(Agenda):
    """An agenda that counts how often it is read."""

    times_read = 0

    def read(self) -> list[Occurrence]:
        self.times_read += 1
        return super().read()


def test_it_is_read_again_only_if_a_file_has_changed(ask: Asked, tmp_path: Path) -> None:
    ask("use", str(publish(tmp_path, talk("a", "19 08:00"))))
    ask("star", "a")
    folder = Path(os.environ["SUMMIT_DATA"])
    [picks], [source] = folder.glob("agendas/*/default.json"), folder.glob("schedules/*/source.json")
    agenda = CountingAgenda(Call(Common()), None)
    expected = 0
    for path in (picks, source):
        state, text = path.stat(), path.read_bytes()

        def renamed(path: Path = path, text: bytes = text) -> None:
            (path.parent / "new").write_bytes(text)
            (path.parent / "new").rename(path)

        for change in (
            lambda path=path, state=state: os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1)),
            lambda path=path, text=text: path.write_bytes(text + b" "),
            renamed,
        ):
            assert len(agenda.occurrences()) == len(agenda.occurrences()) == 1
            expected += 1
            assert agenda.times_read == expected
            before = path.stat()
            change()
            if change is not renamed:
                # Of the three numbers that are compared, only one is to change.
                continue
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_the_schedule_of_an_option_is_read_again_but_not_one_on_standard_input(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = publish(tmp_path, talk("a", "19 08:00"))
    ask("star", "a", "--schedule", str(path))
    agenda = Agenda(Call(Common(schedule=str(path))), None)
    a = Occurrence("a@conf.summitcli 0", "A", "Hall", moment("19 08:00"), moment("19 09:00"), "★")
    assert agenda.occurrences() == [a]
    publish(tmp_path, talk("a", "19 09:00", 30))
    assert agenda.occurrences() == [a._replace(start=moment("19 09:00"), end=moment("19 09:30"))]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    agenda = Agenda(Call(Common(schedule="-")), None)
    before = agenda.occurrences()
    ask("agenda", "block", "Lunch", "-d", "1", "--from", "12:00", "--to", "13:00", "--schedule", str(path))
    assert [each.title for each in before] == ["A"]
    assert [each.title for each in agenda.occurrences()] == ["A", "Lunch"]


def test_a_session_that_is_missing_is_said_to_be_and_a_cancelled_one_is_left_out(
    ask: Asked, tmp_path: Path
) -> None:
    stays, goes = talk("stays", "19 08:00"), talk("goes", "19 10:00")
    goes["slots"] = [{**goes["slots"][0], "room": None}]  # type: ignore[index]
    others = [talk(f"other{number}", "21 08:00") for number in range(20)]
    ask("use", str(publish(tmp_path, stays, goes, *others)))
    ask("star", "stays", "goes")
    agenda = Agenda(Call(Common()), None)
    assert [(each.title, each.room) for each in agenda.occurrences()] == [("Stays", "Hall"), ("Goes", "")]
    publish(tmp_path, stays, *others)
    ask("update")
    assert [each.title for each in agenda.occurrences()] == ["Stays", "Goes (no longer in the schedule)"]
    publish(tmp_path, stays, *others, talk("new", "20 08:00"))
    ask("update")
    assert [each.title for each in agenda.occurrences()] == ["Stays"]


def test_an_agenda_that_can_never_be_read_is_empty(
    ask: Asked, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ask("star", "big-data-forum")
    agenda = Agenda(Call(Common()), None)
    [path] = Path(os.environ["SUMMIT_DATA"]).glob("agendas/*/default.json")
    text = path.read_text()
    path.write_text("{")
    capsysbinary.readouterr()
    assert agenda.occurrences() == agenda.occurrences() == []
    assert capsysbinary.readouterr().err.count(b"default.json") == 1
    path.write_text(text)
    assert agenda.occurrences() == []
    path.write_text("{")
    agenda.occurrences()
    assert capsysbinary.readouterr().err.count(b"default.json") == 1


def test_own_entries_count(ask: Asked, tmp_path: Path) -> None:
    from summitcli.agenda.own_entries import add_entries
    from summitcli.agenda.picks import OwnEntry

    ask("use", str(publish(tmp_path, talk("a", "19 08:00"))))
    call = Call(Common())
    lunch = OwnEntry("lunch", "Lunch", "2026-10-19", "12:00", "13:00", "Canteen")
    blank = OwnEntry("block", "\u200b", "2026-10-19", "14:00", "15:00")
    call.change_agenda(
        None, lambda mine: (add_entries(mine, [lunch, blank, lunch._replace(start=None)]), None)
    )
    assert Agenda(call, None).read() == [
        Occurrence("own lunch", "Lunch", "Canteen", moment("19 10:00"), moment("19 11:00")),
        Occurrence("own block", "block", "", moment("19 12:00"), moment("19 13:00")),
    ]


def test_a_title_that_nobody_sees_is_replaced_by_the_id(ask: Asked, tmp_path: Path) -> None:
    talks = talk("a", "19 08:00") | {"title": "\u2060"}
    ask("use", str(publish(tmp_path, talks)))
    ask("star", "a")
    assert [each.title for each in Agenda(Call(Common()), None).read()] == ["a"]


def test_events_of_other_calendars_count_but_not_whole_days(
    ask: Asked, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ask("use", str(publish(tmp_path, talk("a", "19 08:00"))))
    ask("star", "a")
    shifts = tmp_path / "shifts.ics"

    def write_shifts(*shifts_of: tuple[str, str, str]) -> None:
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
        for title, start, end in shifts_of:
            lines += ["BEGIN:VEVENT", f"UID:{title}", "DTSTAMP:20260101T000000Z", f"SUMMARY:{title}"]
            lines += [f"DTSTART{start}", f"DTEND{end}", "TRANSP:OPAQUE", "END:VEVENT"]
        shifts.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]))

    leave = ("Leave", ";VALUE=DATE:20261020", ";VALUE=DATE:20261021")
    write_shifts(
        ("Bar", ":20261019T100000Z", ":20261019T120000Z"),
        leave,
        ("Watch", ":20261020T100000Z", ":20261021T100000Z"),
    )
    assert ask("agenda", "busy", str(shifts)).status == 0
    agenda = Agenda(Call(Common()), None)
    bar = Occurrence("busy Bar", "Bar", "", moment("19 10:00"), moment("19 12:00"))
    watch = Occurrence("busy Watch", "Watch", "", moment("20 10:00"), moment("21 10:00"))
    assert agenda.occurrences()[1:] == [bar, watch]
    (tmp_path / "calendars").mkdir()
    assert ask("agenda", "busy", "--remove", str(shifts)).status == 0
    shifts = tmp_path / "calendars" / "shifts.ics"
    write_shifts(("Bar", ":20261019T100000Z", ":20261019T120000Z"))
    assert ask("agenda", "busy", str(shifts.parent)).status == 0
    assert agenda.occurrences()[1:] == [bar]
    write_shifts(
        ("Door", ":20261019T080000Z", ":20261019T090000Z"), ("Bar", ":20261019T110000Z", ":20261019T120000Z")
    )
    door = Occurrence("busy Door", "Door", "", moment("19 08:00"), moment("19 09:00"))
    assert agenda.occurrences()[1:] == [door, bar._replace(start=moment("19 11:00"))]
    shifts.write_text("x")
    capsysbinary.readouterr()
    assert (
        [each.title for each in agenda.occurrences()]
        == [each.title for each in agenda.occurrences()]
        == ["A"]
    )
    assert capsysbinary.readouterr().err.count(b"shifts.ics") == 1


def occurrence(title: str = "-x <b>", room: str = "A & B", sign: str = "") -> Occurrence:
    return Occurrence("x", title, room, moment("19 08:00"), moment("19 09:00"), sign)


@pytest.mark.parametrize(
    ("kind", "now", "text"),
    [
        ("soon", "19 07:50", "in 10 min"),
        ("begun", "19 08:00", "begins now"),
        ("begun", "19 08:05", "began 5 min ago"),
        ("missed", "19 10:00", "missed"),
    ],
)
def test_times_are_told_from_now(kind: str, now: str, text: str) -> None:
    assert describe_time(Reminder(kind, occurrence()), moment(now)) == text  # type: ignore[arg-type]


def program(folder: Path, name: str) -> Path:
    """Create a program that writes its arguments to ``NAME.out``, and put it on the search path."""
    path = folder / name
    path.write_text(
        f"#!{sys.executable}\nimport sys\nopen({f'{path}.out'!r}, 'w').write(repr(sys.argv[1:]))\n"
    )
    path.chmod(0o755)
    return Path(f"{path}.out")


def test_programs_get_words_without_a_shell(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ask("use", str(publish(tmp_path, talk("a", "19 08:00"))))
    desktop, own = program(tmp_path, "notify-send"), program(tmp_path, "own")
    monkeypatch.setenv("PATH", str(tmp_path))
    tell = Telling(
        Call(Common()), "notify-send", ["own", "{title}", "in {room}", "{start}-{end}", "{mark}", "{text}"]
    )
    capsysbinary.readouterr()
    tell(Reminder("soon", occurrence(sign="☆")), moment("19 07:50"))
    text = "10:00–11:00 · A & B (in 10 min)"
    assert capsysbinary.readouterr() == (f"☆ -x <b>  {text}\n".encode(), b"")
    assert {process.wait() for process in tell.running} == {0}
    assert desktop.read_text() == repr(["--app-name=summit", "--", "☆ -x <b>", text.replace("&", "&amp;")])
    assert own.read_text() == repr([" -x <b>", "in A & B", "10:00-11:00", "☆", text])
    (tmp_path / "own").unlink()
    tell(Reminder("soon", occurrence(room="")), moment("19 07:50"))
    out, err = capsysbinary.readouterr()
    assert out.decode() == "-x <b>  10:00–11:00 (in 10 min)\n"
    assert err.decode() == "can't run own: No such file or directory\n"
    assert {process.wait() for process in tell.running} <= {0}


def test_what_a_program_writes_is_apart_from_the_reminders(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    inside.ask(("use", str(publish(tmp_path, talk("a", "19 08:00")))))
    tell = Telling(Call(Common()), "none", ["echo", "now: {title}"])
    capfd.readouterr()
    tell(Reminder("soon", occurrence("T", "")), moment("19 07:50"))
    assert {process.wait() for process in tell.running} == {0}
    assert capfd.readouterr() == ("T  10:00–11:00 (in 10 min)\n", "now: T\n")


def test_an_interrupt_of_the_terminal_does_not_reach_a_program(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    inside.ask(("use", str(publish(tmp_path, talk("a", "19 08:00")))))
    own_session = "import os; print(os.getsid(0) == os.getpid())"
    tell = Telling(Call(Common()), "none", [sys.executable, "-c", own_session])
    capfd.readouterr()
    tell(Reminder("soon", occurrence("T", "")), moment("19 07:50"))
    assert {process.wait() for process in tell.running} == {0}
    assert capfd.readouterr().err == "True\n"


def test_the_terminal_is_sent_a_notification(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ask("use", str(publish(tmp_path, talk("a", "19 08:00"))))
    monkeypatch.delenv("TMUX", raising=False)
    capsysbinary.readouterr()
    Telling(Call(Common()), "osc777", [])(Reminder("soon", occurrence("T", "", "★")), moment("19 07:50"))
    line, _, rest = capsysbinary.readouterr().out.decode().partition("\n")
    assert line == "★ T  10:00–11:00 (in 10 min)"
    assert rest == "\x1b]777;notify;★ T;10:00–11:00 (in 10 min)\x1b\\"
    tell = Telling(Call(Common()), "osc99", [])
    for number, in_tmux in ((1, False), (2, True)):
        if in_tmux:
            monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")
        tell(Reminder("soon", occurrence("T", "")), moment("19 07:50"))
        _line, _, rest = capsysbinary.readouterr().out.decode().partition("\n")
        assert (f"99;i=summit-{number}:" in rest, "\x1bPtmux;" in rest) == (True, in_tmux)


def test_what_is_told_is_written_at_once(ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("use", str(publish(tmp_path, talk("a", "19 08:00"))))
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "utf-8"))
    Telling(Call(Common()), "none", [])(Reminder("missed", occurrence("T", "")), moment("19 07:50"))
    assert written.getvalue().decode() == "T  10:00–11:00 (missed)\n"


def test_the_way_is_the_desktop_if_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    program(tmp_path, "notify-send")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [way_of(asked) for asked in ("auto", "desktop", "osc9", "none")] == [
        "none", "notify-send", "osc9", "none",
    ]  # fmt: skip
    for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "DISPLAY"):
        with monkeypatch.context() as patch:
            patch.setenv(name, ":0")
            assert way_of("auto") == "notify-send"
            patch.setenv("PATH", str(tmp_path / "none"))
            assert way_of("auto") == "none"


def test_the_clock_and_the_agenda_are_read_again_after_half_a_minute(ask: Asked, tmp_path: Path) -> None:
    ask("use", str(publish(tmp_path, talk("a", "19 08:00"))))
    ask("star", "a")
    waited: list[timedelta] = []

    class Interrupted(SimulatedClock):
        def wait(self, length: timedelta) -> None:
            waited.append(length)
            raise KeyboardInterrupt

    for now in ("19 07:00:00", "19 07:49:50", "19 08:00:00"):
        with pytest.raises(KeyboardInterrupt):
            remind(Agenda(Call(Common()), None), Reminders([10 * MINUTE]), Interrupted(now, []), print)
    assert [length.total_seconds() for length in waited] == [30, 10, 30]


def test_the_clock_waits_as_long_as_asked_and_never_less_than_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    for seconds in (30, 0.5, 0, -7):
        Clock().wait(timedelta(seconds=seconds))
    assert slept == [30, 0.5, 0, 0]


def test_the_clock_can_show_another_time() -> None:
    shifted = Clock(moment("19 08:00")).now() - moment("19 08:00")
    assert timedelta(0) <= shifted < HOUR
    assert timedelta(0) <= datetime.now(UTC) - Clock().now() + HOUR < 2 * HOUR
