"""The agenda's commands, from adding sessions to the exported calendar."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summitcli.agenda import store
from summitcli.exports import formats_for
from summitcli.rows import Listing
from tests.conftest import Asked, Run, Terminal
from tests.inside import look
from tests.schedules import DATA, bundled_listings, document, session, timed, write

PICKED = "main-forum"


def kept(conference: str = "digital-china-summit-5", name: str = "default") -> Path:
    return Path(os.environ["SUMMIT_DATA"]) / "agendas" / conference / f"{name}.json"


def test_add_reports_the_added_sessions_and_the_size_of_the_agenda(ask: Asked) -> None:
    assert ask("agenda", "add", "big-data", PICKED) == (
        0, "", "added: big-data-forum, main-forum\nyour agenda: 2 sessions\n")  # fmt: skip
    assert ask("agenda") == (
        0,
        "2022-07-23\t\tmain-forum\tmain-forum\t主论坛\n2022-07-23\t\tbig-data-forum\tforum\t大数据分论坛\n",
        "",
    )


@pytest.mark.parametrize("format_", formats_for(Listing, drawn=False))
def test_agenda_lists_the_same_sessions_in_every_format(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    day = "2024-05-01"
    late = timed(day, f"{day}T14:00:00+02:00", f"{day}T15:00:00+02:00", room="A")
    early = timed(day, f"{day}T09:00:00+02:00", f"{day}T10:00:00+02:00", room="B")
    sessions = session("late", late), session("other"), session("early", early)
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(write(tmp_path / "plan.json", document(*sessions))))
    ask("agenda", "add", "late", "early")
    shown = ask("agenda", "-f", format_)
    assert shown == ask("list", "--agenda", "-f", format_)
    assert ask("agenda").out == f"{day}\t09:00\tearly\t\tEarly\n{day}\t14:00\tlate\t\tLate\n"
    if format_ != "ics":
        exported = ask("agenda", "export", "-f", format_).out
        # A page that is exported has the calendar in it.
        beside = re.findall(r'<p class="facts calendar">.*?</p>\n', exported)
        assert len(beside) == (format_ == "html")
        assert exported.replace("".join(beside), "") == shown.out


def test_the_output_of_show_and_agenda_can_be_imported(ask: Asked, tmp_path: Path) -> None:
    for words in (["show", "digital-product-expo", "--json"], ["list", "-f", "tsv"]):
        ask("agenda", "clear", "--yes")
        (tmp_path / "file").write_text(ask(*words).out, "utf-8")
        assert ask("agenda", "import", str(tmp_path / "file")).status == 0
        days = ask("agenda", "--fields", "day,id").out
        assert days.count("digital-product-expo") == 4


def test_adding_a_session_twice_is_reported_but_no_error(ask: Asked) -> None:
    ask("agenda", "add", PICKED)
    before = kept().read_bytes()
    assert ask("agenda", "add", PICKED) == (
        0,
        "",
        "already in your agenda: main-forum\nyour agenda: 1 session\n",
    )
    assert kept().read_bytes() == before


def test_one_day_of_a_session_can_be_added(ask: Asked) -> None:
    ask("agenda", "add", "digital-product-expo", "-d", "2")
    assert ask("list", "--agenda", "--fields", "day,id").out == "2022-07-24\tdigital-product-expo\n"
    (row,) = json.loads(ask("agenda", "--json").out)
    assert (row["day"], row["part"], row["parts"], row["in_agenda"]) == ("2022-07-24", 2, 4, True)
    ask("agenda", "add", "digital-product-expo")
    assert ask("list", "--agenda", "--fields", "day").out.count("\n") == 4
    assert ask("agenda", "remove", "digital-product-expo", "-d", "3").status == 0
    assert ask("list", "--agenda", "--fields", "day").out.split() == [
        "2022-07-23",
        "2022-07-24",
        "2022-07-26",
    ]


@pytest.mark.parametrize("words", [["-c", "talk"], ["a"]], ids=["filter", "id"])
def test_a_day_that_a_session_was_moved_to_can_be_removed(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    def published(*days: str) -> str:
        held = session("a", *({"day": day} for day in days), category="talk")
        return str(write(tmp_path / "plan.json", document(held, end="2024-05-03")))

    monkeypatch.setenv("SUMMIT_SCHEDULE", published("2024-05-01", "2024-05-02"))
    ask("agenda", "add", "a")
    published("2024-05-02", "2024-05-03")
    before = kept("conf").read_bytes()
    assert ask("agenda", "remove", "a", "-d", "1") == (
        1,
        "",
        "not in your agenda: a\nyour agenda: 1 session\n",
    )
    assert kept("conf").read_bytes() == before
    assert ask("agenda", "remove", *words, "-d", "3") == (
        0, "", "removed: a (3 May)\nyour agenda: 1 session\n")  # fmt: skip
    assert ask("list", "--agenda", "--fields", "day") == (0, "2024-05-02\n", "")


def test_days_of_several_sessions_are_removed_and_reported_in_the_order_of_the_schedule(ask: Asked) -> None:
    ask("agenda", "add", "-c", "contest")
    held = [
        one["id"]
        for one in DATA["sessions"]
        if one["category"] == "contest"
        and {slot["day"] for slot in one["slots"]} & {"2022-07-23", "2022-07-24"}
    ]
    err = ask("agenda", "remove", "-c", "contest", "-d", "1", "-d", "2").err
    said = err.splitlines()[0].removeprefix("removed: ").split(", ")
    assert [id_.partition(" ")[0] for id_ in said] == held
    assert ask("list", "--agenda", "-d", "1", "-d", "2").status == 1


def test_sessions_that_match_filters_are_added(ask: Asked) -> None:
    assert ask("agenda", "add", "-c", "contest", "-d", "1").status == 0
    expected = [
        f"{day}\t{item['id']}"
        for day, item, _part, _parts in bundled_listings()
        if item["category"] == "contest" and day == "2022-07-23"
    ]
    assert ask("list", "--agenda", "--fields", "day,id").out.splitlines() == expected
    assert ask("agenda", "remove", "-c", "contest").status == 0
    assert ask("agenda").status == 1


@pytest.mark.parametrize("command", ["add", "remove"])
def test_an_unknown_id_prevents_the_whole_change(ask: Asked, command: str) -> None:
    ask("agenda", "add", PICKED)
    before = kept().read_bytes()
    status, out, err = ask("agenda", command, PICKED, "big-data-forun", "digital-city-forum")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith('summit: no session "big-data-forun". Did you mean "big-data-forum"')
    assert kept().read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add"], "no sessions given; use IDs, or filters such as -c forum -d 1"),
        (["remove"], "no sessions given; use IDs, or filters such as -c forum -d 1"),
        (["add", PICKED, "-c", "forum"], "use IDs or filters, not both; only --day can be combined with IDs"),
        (["add", PICKED, "-d", "2"], "main-forum is not held on 2022-07-24, but on 2022-07-23"),
        (["add", PICKED, "--name", "../x"],
         'invalid agenda name "../x": use letters, digits, hyphens and underscores'),
        (["clear"], "use --yes to clear your agenda without confirmation"),
        (["gaps", "--min", "soon"], '"soon" is not a duration; use 30m, 2h or 1d'),
        (["export", "--alarm", "x"], '"x" is not a duration; use 30m, 2h or 1d'),
        (["export", "-f", "csv", "--utc"], "--alarm, --utc and --calendar-name work only with --format ics"),
        (["conflicts", "-f", "ics"], "only sessions can be written as ics; leave out --format ics"),
    ],
)  # fmt: skip
def test_a_mistake_changes_nothing_and_is_one_line(ask: Asked, words: list[str], said: str) -> None:
    ask("agenda", "add", "big-data")
    before = kept().read_bytes()
    assert ask("agenda", *words) == (2, "", f"summit: {said}\n")
    assert kept().read_bytes() == before


def test_clear_asks_in_a_terminal(ask: Asked, call: Run, terminal: Terminal) -> None:
    ask("agenda", "add", PICKED, "big-data")
    call("agenda", "clear", status=2, err=None)
    assert ask("agenda").status == 0
    assert ask("agenda", "clear", "--yes") == (0, "", "removed: main-forum, big-data-forum\n")
    assert ask("agenda", "clear", "--yes") == (1, "", "your agenda is empty\n")


@pytest.mark.parametrize(
    ("typed", "status", "said", "left"),
    [
        (b"y\n", 0, "removed: main-forum", "big-data-forum\n"),
        ("是\n".encode(), 0, "removed: main-forum", "big-data-forum\n"),
        (b"\xff\n", 1, "nothing changed", "main-forum\nbig-data-forum\n"),
    ],
)
def test_sessions_added_during_the_question_are_kept(
    ask: Asked, typed: bytes, status: int, said: str, left: str
) -> None:
    ask("agenda", "add", PICKED)
    master, slave = os.openpty()
    words = [sys.executable, "-m", "summitcli", "agenda", "clear"]
    # As in a locale of UTF-8, where Python takes no other bytes for text.
    strict = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    with subprocess.Popen(words, stdin=slave, stderr=subprocess.PIPE, env=strict) as process:
        os.close(slave)
        assert process.stderr is not None
        question = b"Remove 1 session from your agenda? [y/N] "
        assert process.stderr.read(len(question)) == question
        ask("agenda", "add", "big-data")
        os.write(master, typed)
        assert (process.stderr.read().decode(), process.wait(60)) == (f"{said}\n", status)
    os.close(master)
    assert ask("agenda", "-f", "ids").out == left


def test_agendas_with_different_names_are_separate(ask: Asked) -> None:
    ask("agenda", "add", PICKED)
    ask("agenda", "--name", "同事", "add", "big-data")
    assert ask("agenda", "-f", "ids").out == "main-forum\n"
    assert ask("agenda", "--name", "同事", "-f", "ids").out == "big-data-forum\n"
    assert ask("list", "--agenda", "--name", "同事", "-f", "ids").out == "big-data-forum\n"
    assert (
        ask("agenda", "compare", "同事", "--fields", "whose,id").out
        == "mine\tmain-forum\ntheirs\tbig-data-forum\n"
    )


def test_sessions_in_the_agenda_are_marked_in_json_and_in_a_terminal(ask: Asked, terminal: Terminal) -> None:
    ask("agenda", "add", PICKED)
    rows = json.loads(ask("list", "--json").out)
    assert [row["id"] for row in rows if row["in_agenda"]] == [PICKED]
    assert "★ 主论坛" in terminal("day", "1")
    assert "★ 大数据分论坛" not in terminal("day", "1")


def test_a_damaged_agenda_fails_only_the_commands_that_need_it(ask: Asked) -> None:
    ask("agenda", "add", PICKED)
    whole = ask("day", "2").out
    kept().write_bytes(b"")
    for words in (
        ["agenda"],
        ["agenda", "add", "big-data"],
        ["list", "--agenda"],
        ["agenda", "clear", "--yes"],
    ):
        status, out, err = ask(*words)
        assert (status, out, err.count("\n"), str(kept()) in err) == (3, "", 1, True)
    status, out, err = ask("day", "2")
    assert (status, out, str(kept()) in err) == (0, whole, True)
    assert kept().read_bytes() == b""


def test_an_agenda_locked_by_another_process_is_not_changed(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LOCK_TIMEOUT", 0.2)
    ask("agenda", "add", PICKED)
    before = kept().read_bytes()
    code = (
        "import sys; from filelock import FileLock; lock = FileLock(sys.argv[1]); lock.acquire();"
        " print('held', flush=True); sys.stdin.read()"
    )
    words = [sys.executable, "-c", code, str(kept().with_name(".default.lock"))]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        status, out, err = ask("agenda", "add", "big-data")
        holder.communicate("")
    assert (status, out, err.endswith("another program is using it; try again later\n")) == (4, "", True)
    assert kept().read_bytes() == before


# Planning


def plan(tmp_path: Path) -> str:
    day, next_day = "2024-05-01", "2024-05-02"
    return str(
        write(
            tmp_path / "plan.json",
            document(
                session("a", timed(day, "2024-05-01T09:00:00+02:00", "2024-05-01T10:00:00+02:00", room="A")),
                session("b", timed(day, "2024-05-01T09:30:00+02:00", "2024-05-01T10:30:00+02:00", room="B")),
                session("c", timed(day, "2024-05-01T12:00:00+02:00", "2024-05-01T13:00:00+02:00")),
                session("d", timed(day, "2024-05-01T11:00:00+02:00", "2024-05-01T11:30:00+02:00")),
                session("e", {"day": day}),
                session("expo", {"day": day}, {"day": next_day}),
            ),
        )
    )


def test_certain_and_possible_conflicts_are_distinguished(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", plan(tmp_path))
    assert ask("agenda", "conflicts", "--json").out == "[]\n"
    ask("agenda", "add", "a", "c", "expo")
    assert ask("agenda", "conflicts") == (1, "", "no conflicts\n")
    ask("agenda", "add", "b", "e")
    rows = json.loads(ask("agenda", "conflicts", "--json").out)
    assert [(row["kind"], row["first"], row["second"]) for row in rows] == [
        ("certain", "a", "b"), ("possible", "e", "a"), ("possible", "e", "b"), ("possible", "e", "c"),
    ]  # fmt: skip
    assert rows[0]["start"] == "2024-05-01T09:30:00+02:00"


def test_a_repeat_is_named_as_the_way_out(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, next_day = "2024-05-01", "2024-05-02"
    first = timed(day, f"{day}T09:00:00+02:00", f"{day}T10:00:00+02:00", room="A")
    clash = timed(day, f"{day}T09:40:00+02:00", f"{day}T11:00:00+02:00", room="B")
    again = timed(next_day, f"{next_day}T09:00:00+02:00", f"{next_day}T10:00:00+02:00", room="C")
    made = document(
        session("talk", first, title="Maps"), session("other", clash), session("again", again, title="Maps")
    )
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(write(tmp_path / "plan.json", made)))
    ask("star", "talk")
    ask("star", "other", "--maybe")
    # What may be attended conflicts with nothing.
    assert ask("agenda", "conflicts") == (1, "", "no conflicts\n")
    assert "!" not in look(["agenda"]).out
    assert ask("star", "other", "--maybe").err.splitlines()[0] == "already in your agenda as maybe: other"
    maybe = "agenda", "conflicts", "--pick", "maybe", "--json"
    (row,) = json.loads(ask(*maybe).out)
    assert "conflicts in your agenda: other;" in ask("star", "other").err
    assert (json.loads(ask("agenda", "conflicts", "--json").out), ask(*maybe).status) == ([row], 1)
    assert row == {
        "kind": "certain", "day": day, "start": f"{day}T09:40:00+02:00", "end": f"{day}T10:00:00+02:00",
        "first": "talk", "second": "other", "first_title": "Maps", "second_title": "Other", "minutes": 20,
        "repeats": [
            {"of": "talk", "id": "again", "day": next_day, "start": f"{next_day}T09:00:00+02:00",
             "end": f"{next_day}T10:00:00+02:00", "room": "C"},
        ],
    }  # fmt: skip
    assert ask("agenda", "conflicts").out == (
        "certain\t2024-05-01\t09:40\t10:00\ttalk\tother\tMaps\tOther\t20\n"
    )
    assert look(["agenda", "conflicts", "--color", "never"]).out == (
        "Conflicts\n"
        "  Wednesday 1 May 09:40–10:00 · 20 min\n"
        "★ 09:00–10:00  Maps   A  talk\n"
        "★ 09:40–11:00  Other  B  other\n"
        "  → also held when you are free: Maps, Thursday 2 May 09:00–10:00 C, again\n"
        "summit agenda plan · summit agenda remove ID\n"
    )
    ask("unstar", "other")
    assert ask("agenda", "conflicts") == (1, "", "no conflicts\n")


def test_conflicts_can_be_filtered(ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", plan(tmp_path))
    ask("agenda", "add", "a", "b", "c", "e")
    assert ask("agenda", "conflicts", "-r", "B", "--fields", "first,second").out == "a\tb\ne\tb\n"
    assert ask("agenda", "conflicts", "--from", "11:00", "--fields", "first,second").out == "e\tc\n"
    assert ask("agenda", "conflicts", "-d", "2") == (1, "", "no conflicts\n")


def test_filters_apply_to_the_days_of_gaps_and_the_sessions_that_fit(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", plan(tmp_path))
    ask("agenda", "add", "a", "c")
    assert ask("agenda", "gaps", "-d", "1").out == "2024-05-01\t10:00\t12:00\t120\td\n"
    assert ask("agenda", "gaps", "--from", "11:30").out == "2024-05-01\t10:00\t12:00\t120\t\n"
    assert ask("agenda", "gaps", "-d", "2") == (
        1,
        "",
        "2 May: no times published, so free time is unknown\n",
    )


def test_adding_a_session_that_conflicts_is_reported(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", plan(tmp_path))
    ask("agenda", "add", "a", "--name", "mine")
    assert ask("agenda", "add", "b", "c", "e", "--name", "mine").err == (
        "added: b, c, e\n"
        "conflicts in your agenda: b; see `summit agenda conflicts --name mine`\n"
        "your agenda: 4 sessions\n"
    )


def test_gaps_list_the_sessions_that_would_fit(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", plan(tmp_path))
    ask("agenda", "add", "a", "c", "expo")
    assert ask("agenda", "gaps") == (
        0,
        "2024-05-01\t10:00\t12:00\t120\td\n",
        "2 May: no times published, so free time is unknown\n",
    )
    assert ask("agenda", "gaps", "--min", "3h").status == 1


# Taking along, and taking over


def test_the_calendar_is_the_same_in_every_process(call: Run) -> None:
    call("agenda", "add", "-c", "exhibition", "-c", "forum", err=None)
    texts = {call("agenda", "export", env={"PYTHONHASHSEED": seed}) for seed in "01234"}
    (text,) = texts
    assert text.count("BEGIN:VEVENT\r\n") == 23
    assert call("list", "--agenda", "-f", "ics") == text


def test_an_export_is_written_whole_or_not_at_all(call: Run, tmp_path: Path) -> None:
    call("agenda", "add", PICKED, err=None)
    said = call("agenda", "export", "-o", "mine.ics", err="exported 1 session to mine.ics\n")
    assert said == ""
    assert (tmp_path / "mine.ics").read_bytes() == call("agenda", "export").encode()
    (tmp_path / "file").write_text("kept")
    places = {"missing/mine.ics": "No such file or directory", "file/mine.ics": "Not a directory",
              "/dev/full": "No space left on device"}  # fmt: skip
    for place, reason in places.items():
        call("agenda", "export", "-o", place, status=4, err=f"summit: can't write {place}: {reason}\n")
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".tmp") == []
    assert (tmp_path / "file").read_text() == "kept"


def test_the_extension_of_the_file_sets_the_format(call: Run, tmp_path: Path) -> None:
    call("agenda", "add", PICKED, err=None)
    for name, begins in {
        "a.csv": "day,start,id",
        "a.json": "[\n{",
        "a.md": "| day",
        "a.ics": "BEGIN:VCAL",
        "a": "BEGIN:VCAL",
    }.items():
        call("agenda", "export", "-o", name, err=None)
        assert (tmp_path / name).read_text("utf-8").startswith(begins)
    call("export", "-d", "1", "-o", "day.csv", err="exported 23 sessions to day.csv\n")
    assert len((tmp_path / "day.csv").read_text("utf-8").splitlines()) == 24


EXPORTS: dict[str, list[str]] = {
    "ids": ["agenda", "-f", "ids"],
    "rows": ["agenda"],
    "listings": ["list", "--agenda"],
    "our json": ["agenda", "--json"],
    "listings as json": ["list", "--agenda", "--json"],
    "lines of json": ["list", "--agenda", "-f", "jsonl"],
    "a calendar": ["agenda", "export"],
    "a calendar with alarms": ["agenda", "export", "--alarm", "30m", "--calendar-name", "Mine"],
}


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_can_be_imported_unchanged(ask: Asked, tmp_path: Path, kind: str) -> None:
    ask("agenda", "add", "-c", "forum", "-d", "2")
    ask("agenda", "add", "digital-product-expo", "-d", "1")
    ask("agenda", "add", "future-dialogue")
    whole = kind == "ids"
    mine = ask("list", "--agenda").out
    file = tmp_path / "theirs"
    file.write_bytes(ask(*EXPORTS[kind]).out.encode())
    assert ask("agenda", "--name", "copy", "import", str(file)).status == 0
    copy = ask("list", "--agenda", "--name", "copy").out
    assert set(mine.splitlines()) <= set(copy.splitlines()) if whole else copy == mine
    assert {line.split("\t")[0] for line in ask("agenda", "compare", str(file)).out.splitlines()} == (
        {"both", "theirs"} if whole else {"both"})  # fmt: skip


def test_compare_reads_another_agenda_from_standard_input(call: Run) -> None:
    call("agenda", "add", "main-forum", err=None)
    shared = call("agenda", "compare", "-", "--fields", "whose,id", stdin="main-forum\nbig-data-forum\n")
    assert shared == "both\tmain-forum\ntheirs\tbig-data-forum\n"


def test_entries_that_are_not_in_the_schedule_are_listed(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "ids"
    file.write_text("main-forum\nno-such-session\nbig-data-forum # mine\n")
    said = (
        "added: main-forum, big-data-forum\nyour agenda: 2 sessions\n"
        "1 entry not found in the schedule:\n  no-such-session\n"
    )
    assert ask("agenda", "import", str(file)) == (0, "", said)


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"<html></html>", b"{}", b"[1, 2]", b"BEGIN:VCALENDAR\r\nX"]
)
def test_importing_a_file_of_an_unknown_kind_fails(ask: Asked, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "unknown"
    file.write_bytes(content)
    status, out, err = ask("agenda", "import", str(file))
    assert (status, out, err.count("\n"), err.startswith("summit: ")) == (3, "", 1, True)
    assert not kept().exists()
    assert ask("agenda", "import", str(tmp_path / "missing")).status == 4


# A schedule that changes


def changed(tmp_path: Path, change: Callable[[list[dict[str, Any]]], None]) -> str:
    path = tmp_path / "plan.json"
    content = json.loads(path.read_text("utf-8"))
    change(content["sessions"])
    write(path, content)
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1_000_000))
    return str(path)


@pytest.mark.parametrize("name", [[], ["--name", "work"]], ids=["default", "named"])
def test_a_calendar_that_may_tell_of_an_agenda_is_no_older_than_its_own(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: list[str]
) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", plan(tmp_path))
    ask("agenda", "add", "a", *name)
    changed(tmp_path, lambda sessions: sessions[0].update(title="Renamed"))
    assert "SEQUENCE:1\r\n" in ask("agenda", "export", *name).out
    for words in (
        ["list", "--agenda", "-f", "ics", *name],
        ["export", "--agenda", *name],
        ["export", "--stars"],
    ):
        assert ask(*words).out.count("SEQUENCE:1\r\n") == 1
    assert "SEQUENCE:1" not in ask("list", "-f", "ics").out


def test_a_changed_schedule_changes_the_calendar_it_was_exported_to(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", plan(tmp_path))
    ask("agenda", "add", "a", "c", "d", "e")
    assert ask("agenda", "export").out.count("SEQUENCE:0\r\n") == 4

    def change(sessions: list[dict[str, Any]]) -> None:
        sessions[0]["slots"][0].update(start="2024-05-01T08:00:00+02:00", end="2024-05-01T09:00:00+02:00")
        sessions[2]["title"] = "Renamed"
        del sessions[4]

    changed(tmp_path, change)
    status, out, err = ask("agenda", "export")
    assert err == (
        "moved: A: 1 May 2024 09:00–10:00 A → 1 May 2024 08:00–09:00 A\n"
        "renamed: C → Renamed\n"
        "no longer in the schedule: E, 1 May 2024\n"
    )
    events = {
        event.split("UID:")[1].split("@")[0]: event
        for event in out.replace("\r\n", "\n").split("BEGIN:VEVENT")[1:]
    }
    assert sorted(events) == ["a", "c", "d", "e"]
    assert "SEQUENCE:1\n" in events["a"] and "T080000\n" in events["a"]
    assert "SEQUENCE:1\n" in events["c"] and "SUMMARY:Renamed\n" in events["c"]
    assert "SEQUENCE:0\n" in events["d"]
    assert (
        "SEQUENCE:0\n" in events["e"] and "STATUS:CONFIRMED\n" in events["e"] and "SUMMARY:E\n" in events["e"]
    )
    assert status == 0
    # What is exported is known: nothing is said, or raised, twice.
    assert ask("agenda", "export") == (0, out, "")


# Back to what it was.


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch, local_zone: Callable[[str], None]) -> None:
    """Set the clock to a minute of the first day, and the local time zone to the conference's."""
    monkeypatch.setenv("SUMMIT_NOW", "2022-07-23T14:02")
    local_zone("XXX-8")


@pytest.mark.usefixtures("moment")
def test_changes_are_undone_in_reverse_order(ask: Asked, tmp_path: Path) -> None:
    ask("agenda", "add", "opening", "big-data")
    ask("agenda", "add", "digital-product-expo", "-d", "2")
    ask("agenda", "remove", "big-data-forum")
    (tmp_path / "file").write_text("main-forum\n")
    ask("agenda", "import", str(tmp_path / "file"))
    ask("agenda", "clear", "--yes")
    said = (
        (
            "undone: clear opening-ceremony, digital-product-expo (24 July), main-forum (23 July 14:02);"
            " your agenda: 3 sessions\n"
        ),
        "undone: import main-forum (23 July 14:02); your agenda: 2 sessions\n",
        "undone: remove big-data-forum (23 July 14:02); your agenda: 3 sessions\n",
        "undone: add digital-product-expo (24 July) (23 July 14:02); your agenda: 2 sessions\n",
        "undone: add opening-ceremony, big-data-forum (23 July 14:02); your agenda: 0 sessions\n",
    )
    for sentence in said:
        assert ask("agenda", "undo") == (0, "", sentence)
    assert ask("agenda", "undo") == (1, "", "nothing to undo\n")
    assert ask("agenda", "undo", "--name", "friends") == (1, "", "nothing to undo\n")
    assert ask("agenda", "undo", "--lang", "zh") == (1, "", "没有可撤销的改动\n")


@pytest.mark.usefixtures("moment")
def test_undo_shows_the_time_of_the_change_in_the_local_time_zone(
    ask: Asked, local_zone: Callable[[str], None]
) -> None:
    ask("agenda", "add", "opening", "--at", "2022-07-24T09:30")
    local_zone("XXX5")
    assert ask("agenda", "undo").err == (
        "undone: add opening-ceremony (23 July 20:30); your agenda: 0 sessions\n"
    )


@pytest.mark.usefixtures("moment")
def test_undo_shows_the_days_of_the_change(ask: Asked) -> None:
    ask("agenda", "add", "digital-product-expo", "-d", "2")
    ask("agenda", "add", "digital-product-expo", "-d", "3")
    ask("agenda", "remove", "digital-product-expo", "-d", "2")
    said = "undone: {} digital-product-expo ({}) (23 July 14:02); your agenda: {}\n"
    for done, day, left in (
        ("remove", "24 July", "1 session"),
        ("add", "25 July", "1 session"),
        ("add", "24 July", "0 sessions"),
    ):
        assert ask("agenda", "undo").err == said.format(done, day, left)


@pytest.mark.usefixtures("moment")
def test_undo_reports_in_chinese(ask: Asked) -> None:
    ask("agenda", "add", "opening")
    assert ask("agenda", "undo", "--lang", "zh") == (
        0, "", "已撤销：加入 opening-ceremony（7月23日 14:02）；我的日程现有 0 场\n")  # fmt: skip


@pytest.mark.usefixtures("moment")
def test_undo_names_only_the_first_of_many_sessions(ask: Asked) -> None:
    ask("agenda", "add", "-c", "forum", "-d", "2")
    number = ask("agenda", "--fields", "id").out.count("\n")
    said = ask("agenda", "undo").err
    assert number > 8
    assert said.endswith(f" and {number - 8} more (23 July 14:02); your agenda: 0 sessions\n")


def test_a_change_without_effect_can_not_be_undone(ask: Asked) -> None:
    ask("agenda", "add", "opening")
    ask("agenda", "add", "opening")
    ask("agenda", "remove", "main-forum")
    ask("agenda", "undo")
    assert ask("agenda", "undo") == (1, "", "nothing to undo\n")


def test_a_terminal_shows_the_command_that_redoes_the_change(ask: Asked, terminal: Terminal) -> None:
    ask("agenda", "add", "opening", "main-forum")
    assert "summit agenda add opening-ceremony main-forum" in terminal("agenda", "undo")
    ask("agenda", "add", "digital-product-expo", "-d", "2")
    assert "summit agenda" not in terminal("agenda", "undo")


def test_a_session_restored_by_undo_has_its_uid_and_a_higher_revision(ask: Asked) -> None:
    def events() -> list[str]:
        lines = ask("agenda", "export").out.splitlines()
        return [line for line in lines if line.startswith(("UID", "SEQ"))]

    ask("agenda", "add", "opening")
    assert events() == ["UID:opening-ceremony@digital-china-summit-5.summitcli", "SEQUENCE:0"]
    ask("agenda", "remove", "opening-ceremony")
    ask("agenda", "undo")
    assert events() == ["UID:opening-ceremony@digital-china-summit-5.summitcli", "SEQUENCE:1"]
    ask("agenda", "undo")
    ask("agenda", "add", "opening")
    assert events() == ["UID:opening-ceremony@digital-china-summit-5.summitcli", "SEQUENCE:2"]


def test_clear_with_forget_deletes_the_history(ask: Asked) -> None:
    ask("agenda", "add", "opening")
    ask("agenda", "add", "main-forum")
    assert ask("agenda", "clear", "--yes", "--forget") == (
        0,
        "",
        (
            "removed: opening-ceremony, main-forum\n"
            "the history of your agenda was deleted, so nothing can be undone\n"
        ),
    )
    assert json.loads(kept().read_bytes()) == {
        "format": "summit-agenda/2",
        "conference": {
            "id": "digital-china-summit-5",
            "title": "第五届数字中国建设峰会",
            "start": "2022-07-23",
            "end": "2022-07-26",
        },
        "name": "default",
        "picks": [],
    }
    assert ask("agenda", "undo") == (1, "", "nothing to undo\n")
    assert ask("agenda", "clear", "--yes", "--forget") == (1, "", "your agenda is empty\n")
    # Of an agenda that is empty by now, too.
    ask("agenda", "add", "opening")
    ask("agenda", "clear", "--yes")
    assert ask("agenda", "clear", "--yes", "--forget") == (
        0, "", "the history of your agenda was deleted, so nothing can be undone\n")  # fmt: skip
    assert ask("agenda", "undo").status == 1


def test_a_damaged_history_is_reported_and_left_out(ask: Asked) -> None:
    ask("agenda", "add", "opening")
    path = kept()
    document = json.loads(path.read_bytes())
    document["history"] = "long"
    path.write_text(json.dumps(document), "utf-8")
    said = "the history of your agenda is damaged, so it was ignored: history: must be an array\n"
    assert ask("agenda", "--fields", "id").err.endswith(said)
    assert ask("agenda", "--fields", "id").out == "opening-ceremony\n"
    assert ask("agenda", "undo") == (1, "", f"{said}nothing to undo\n")
    before = path.read_bytes()
    assert ask("agenda", "add", "main-forum").err == (f"{said}added: main-forum\nyour agenda: 2 sessions\n")
    assert path.read_bytes() != before
    assert ask("agenda", "--fields", "id").err == ""
    assert ask("agenda", "undo").status == 0


# What was edited by hand.


def test_duplicate_picks_in_an_edited_file_are_merged(ask: Asked, tmp_path: Path) -> None:
    ask("agenda", "add", "opening", "big-data")
    (file,) = (tmp_path / "data").rglob("default.json")
    kept = json.loads(file.read_text("utf-8"))
    twice = {key: kept["picks"][0][key] for key in ("title", "slots")}
    kept["picks"].insert(0, {"id": "mine", **twice})
    file.write_text(json.dumps(kept), "utf-8")
    said = "same session as opening-ceremony, merged with it: 开幕式\n"
    assert ask("agenda", "-f", "ids") == (0, "opening-ceremony\nbig-data-forum\n", said)
    exported = ask("agenda", "export", "--lang", "zh")
    assert exported.err == "与 opening-ceremony 是同一场，已合并：开幕式\n"
    lines = exported.out.splitlines()
    told = [line.partition(":")[2] for line in lines if line.startswith(("UID", "STATUS"))]
    assert dict(zip(told[::2], told[1::2], strict=True)) == {
        "opening-ceremony@digital-china-summit-5.summitcli": "CONFIRMED",
        "big-data-forum@digital-china-summit-5.summitcli": "CONFIRMED",
        "mine@digital-china-summit-5.summitcli": "CANCELLED",
    }
    assert ask("agenda", "-f", "ids").err == ""
    # One that is not yet kept as one pick is removed as one.
    file.write_text(json.dumps(kept), "utf-8")
    assert ask("agenda", "remove", "opening-ceremony", "-d", "1") == (
        0, "", "removed: opening-ceremony\nyour agenda: 1 session\n"
    )  # fmt: skip
    assert ask("agenda", "-f", "ids") == (0, "big-data-forum\n", "")


def test_an_invalid_revision_is_an_error_of_one_line(ask: Asked, tmp_path: Path) -> None:
    ask("agenda", "add", "opening")
    (file,) = (tmp_path / "data").rglob("default.json")
    kept = json.loads(file.read_text("utf-8"))
    kept["picks"][0]["revision"] = 2**31
    file.write_text(json.dumps(kept), "utf-8")
    assert ask("agenda", "add", "main-forum") == (
        3,
        "",
        (
            f"summit: can't read the agenda {file}: picks[0].revision: must be an integer from 0 to"
            " 2147483647. Nothing was changed; repair the file, or move or rename it to start a new agenda\n"
        ),
    )


def test_only_the_first_of_many_unmatched_entries_are_listed(ask: Asked, tmp_path: Path) -> None:
    names = [f"no-such-session-{number}" for number in range(103)]
    (tmp_path / "many.txt").write_text("\n".join(names))
    listed = "".join(f"  {name}\n" for name in names[:100])
    said = f"103 entries not found in the schedule:\n{listed}  and 3 more\n"
    assert ask("agenda", "import", str(tmp_path / "many.txt")) == (1, "", said)
