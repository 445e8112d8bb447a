"""The commands that star, hide and remove sessions."""

import json
from pathlib import Path

import pytest

from tests.conftest import STYLE, Asked
from tests.inside import look
from tests.schedules import document, session, timed, write

DAY = "2024-05-01"


def ids(ask: Asked, *words: str) -> list[str]:
    """Return the IDs that a command lists."""
    return ask(*words, "-f", "ids").out.split()


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a schedule of three sessions, of which one is alone on its day."""
    hour = timed(DAY, f"{DAY}T10:00:00+02:00", f"{DAY}T11:00:00+02:00", room="A")
    alone = {"day": "2024-05-02"}
    made = document(session("talk", hour), session("other", hour), session("alone", alone))
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(write(tmp_path / "plan.json", made)))


def test_star_adds_and_unstar_removes(ask: Asked) -> None:
    assert ask("star", "big-data") == (0, "", "added: big-data-forum\nyour agenda: 1 session\n")
    assert ask("star", "main-forum", "--maybe") == (
        0,
        "",
        "added as maybe: main-forum\nyour agenda: 2 sessions\n",
    )
    assert ask("star", "main-forum", "big-data", "--maybe").err == (
        "added as maybe: big-data-forum\nalready in your agenda as maybe: main-forum\n"
        "your agenda: 2 sessions\n"
    )
    assert ask("star", "main-forum").err == "added: main-forum\nyour agenda: 2 sessions\n"
    assert ask("unstar", "main-forum") == (0, "", "removed: main-forum\nyour agenda: 1 session\n")


def test_rows_have_the_mark(ask: Asked) -> None:
    ask("star", "main-forum")
    ask("star", "opening", "--maybe")
    ask("hide", "big-data")
    rows = json.loads(ask("list", "--pick", "yes", "--pick", "maybe", "--pick", "hidden", "--json").out)
    assert [(row["id"], row["pick"], row["in_agenda"]) for row in rows] == [
        ("opening-ceremony", "maybe", True),
        ("main-forum", "yes", True),
        ("big-data-forum", "hidden", False),
    ]
    assert ask("show", "opening", "main-forum", "big-data", "--fields", "pick,in_agenda").out == (
        "maybe\ttrue\nyes\ttrue\nhidden\tfalse\n"
    )
    assert (
        ask("list", "--agenda", "--template", "{id} {pick}").out == "opening-ceremony maybe\nmain-forum yes\n"
    )
    assert ids(ask, "agenda") == ["opening-ceremony", "main-forum"]
    assert ids(ask, "agenda", "--pick", "hidden") == ["big-data-forum"]
    assert ids(ask, "list", "--agenda", "--pick", "hidden") == []


def test_what_is_hidden_is_left_out_of_lists_but_not_of_counts_and_exports(ask: Asked) -> None:
    lists = ("list",), ("day", "1"), ("today", "--at", "1"), ("search", "大数据"), ("grid",)
    exported = ("export", "-f", "md"), ("convert", "bundled", "-f", "json"), ("days",), ("categories",)
    before = [ask(*words) for words in exported]
    assert all("big-data-forum" in ids(ask, *words) for words in lists)
    assert ask("hide", "big-data") == (0, "", "hidden: big-data-forum\nyour agenda: 0 sessions\n")
    assert not any("big-data-forum" in ids(ask, *words) for words in lists)
    assert [ask(*words) for words in exported] == before
    assert ids(ask, "search", "大数据分论坛", "--pick", "hidden") == ["big-data-forum"]
    assert ask("unstar", "big-data").err == "no longer hidden: big-data-forum\nyour agenda: 0 sessions\n"
    assert all("big-data-forum" in ids(ask, *words) for words in lists)


@pytest.mark.usefixtures("plan")
def test_now_next_and_free_time_leave_out_hidden_sessions(ask: Asked) -> None:
    ask("hide", "other")
    assert ids(ask, "now", "--at", f"{DAY}T10:30") == ["talk"]
    assert ids(ask, "next", "--at", f"{DAY}T09:00") == ["talk"]
    assert "1 session · 1 hidden" in look(["now", "--at", f"{DAY}T10:30", "--color", "never"]).out
    assert "1 session · 1 hidden" in look(["next", "-n", "1", "--at", f"{DAY}T09:00", "--color", "never"]).out
    glance = look(["--at", f"{DAY}T10:30", "--color", "never"]).out
    assert "1 session in progress" in glance
    ask("hide", "talk")
    nothing = (1, "", "2 matching sessions are hidden; use `--pick hidden` to see them\n")
    assert ask("now", "--at", f"{DAY}T10:30") == nothing
    assert "next: Alone" in look(["--at", f"{DAY}T09:00", "--color", "never"]).out


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("command", [("day", "2"), ("list", "-d", "2"), ("grid", "2"), ("search", "alone")])
def test_a_list_of_only_hidden_sessions_says_so(ask: Asked, command: tuple[str, ...]) -> None:
    ask("hide", "alone")
    assert ask(*command) == (1, "", "1 matching session is hidden; use `--pick hidden` to see it\n")


@pytest.mark.usefixtures("plan")
def test_maybe_is_tentative_in_calendars_and_maybe_again_when_imported(ask: Asked, tmp_path: Path) -> None:
    ask("star", "talk", "--maybe")
    ask("star", "alone")
    ask("hide", "other")
    calendar = ask("agenda", "export").out
    assert (calendar.count("BEGIN:VEVENT"), calendar.count("STATUS:TENTATIVE")) == (2, 1)
    (tmp_path / "mine.ics").write_bytes(calendar.encode())
    (tmp_path / "mine.json").write_bytes(next((tmp_path / "data").rglob("default.json")).read_bytes())
    assert ask("agenda", "import", str(tmp_path / "mine.ics"), "--name", "a").err == (
        "added: alone\nadded as maybe: talk\nyour agenda: 2 sessions\n"
    )
    assert ask("agenda", "import", str(tmp_path / "mine.json"), "--name", "b").err == (
        "added: alone\nadded as maybe: talk\nhidden: other\nyour agenda: 2 sessions\n"
    )
    ask("star", "talk", "--name", "a")
    assert ask("agenda", "import", str(tmp_path / "mine.ics"), "--name", "a").err == (
        "already in your agenda: talk, alone\nyour agenda: 2 sessions\n"
    )


def test_undo_brings_each_mark_back(ask: Asked) -> None:
    def marks() -> str:
        every = ("--pick", "yes", "--pick", "maybe", "--pick", "hidden")
        return ask("list", *every, "--template", "{id} {pick}").out

    states = [marks()]
    for words in (["star", "main-forum"], ["star", "main-forum", "--maybe"], ["hide", "main-forum"]):
        ask(*words)
        states.append(marks())
    assert states == ["", *(f"main-forum {mark}\n" for mark in ("yes", "maybe", "hidden"))]
    said = []
    for state in reversed(states[:-1]):
        said.append(ask("agenda", "undo", "--at", "1").err.partition(" (")[0])
        assert marks() == state
    assert said == ["undone: hide main-forum", "undone: add as maybe main-forum", "undone: add main-forum"]


def test_a_session_is_hidden_on_all_its_days(ask: Asked) -> None:
    ask("hide", "-c", "exhibition", "-d", "2")
    assert not [id_ for id_ in ids(ask, "list") if "exhibition" in id_]
    assert ask("hide", "opening", "-d", "1") == (
        2,
        "",
        "summit: --day can't be used with IDs here: a session is hidden on all its days\n",
    )
    assert ask("star", "-c", "exhibition", "-d", "1").err == (
        "summit: 2 matching sessions are hidden; use `--pick hidden` to see them\n"
    )
    assert ask("star", "-c", "exhibition", "-d", "1", "--pick", "hidden").status == 0
    assert ask("agenda", "--fields", "day,id").out == (
        "2022-07-23\tachievements-exhibition\n2022-07-23\tcloud-ecosystem-exhibition\n"
    )


def test_an_unknown_mark_is_a_usage_error(ask: Asked) -> None:
    assert ask("list", "--pick", "mayb") == (2, "", 'summit: no mark "mayb". Did you mean "maybe"?\n')


def test_a_terminal_shows_the_marks(ask: Asked) -> None:
    ask("star", "main-forum")
    ask("star", "opening", "--maybe")
    ask("hide", "big-data")
    shown = look(["agenda", "--color", "never"]).out.splitlines()
    starred = [line.split()[:2] for line in shown if line[:1] in ("☆", "★")]
    assert starred == [["☆", "开幕式"], ["★", "主论坛"]]
    assert "★ in your agenda · ☆ maybe" in look(["grid", "--color", "never"]).out
    assert "Your agenda  hidden from lists" in look(["show", "big-data", "--color", "never"]).out


def test_the_line_below_a_list_counts_the_hidden_sessions(ask: Asked) -> None:
    ask("hide", "big-data-forum", "main-forum", "5g-6g-forum")
    for words, count in (
        (["list"], "35 sessions · 3 hidden · "),
        (["day", "1"], "21 sessions · 2 hidden · "),
        (["list", "-c", "forum", "-d", "2"], "9 sessions · 1 hidden · "),
        (["list", "--pick", "hidden"], "3 sessions · "),
        (["day", "3"], "4 sessions · "),
        (["grid"], "35 sessions · 3 hidden · "),
        (["grid", "1"], "21 sessions · 2 hidden · "),
        (["now", "--at", "2022-07-23"], "21 sessions · 2 hidden · "),
        (["next", "--at", "2022-07-22"], "21 sessions · 2 hidden · "),
        (["search", "论坛"], "20 sessions · 3 hidden"),
        (["search", "开幕式"], "1 session"),
    ):
        lines = STYLE.sub("", look([*words, "--lang", "en"], columns=120).out).splitlines()
        assert [line for line in lines if line.startswith(count)] != [], words
        assert ("hidden" in "".join(lines)) == ("hidden" in count), words
