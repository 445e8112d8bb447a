"""Tests of `summit agenda plan`."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Asked
from tests.inside import look
from tests.schedules import document, session, timed, write

D1, D2 = "2024-05-01", "2024-05-02"


def slot(start: str, end: str, day: str = D1, room: str = "Hall") -> dict[str, object]:
    return timed(day, f"{day}T{start}:00+02:00", f"{day}T{end}:00+02:00", room=room)


@pytest.fixture(autouse=True)
def schedule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a schedule with conflicts, a repeat, a session without times, and different rooms."""
    made = document(
        session("long", slot("10:00", "12:00")),
        session("early", slot("10:00", "11:00", room="Attic")),
        session("noon", slot("12:00", "13:00", room="Attic")),
        session("twice", slot("10:30", "11:00"), title="Twice", speakers=["Ada"]),
        session("again", slot("15:00", "15:30", D2), title="Twice", speakers=["Ada"]),
        session("some-time", {"day": D2}),
    )
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(write(tmp_path / "plan.json", made)))


def test_the_plan_that_is_shown_is_the_one_to_apply(ask: Asked) -> None:
    ask("star", "long", "early")
    words = [
        "agenda",
        "plan",
        "--walk",
        "10m",
        "--lunch",
        "11:30-13:30=45m",
        "-d",
        "1",
        "--weight",
        "early=2",
    ]
    command = f"--day {D1} --walk 10m --lunch 11:30-13:30=45m --weight early=2 --apply"
    assert command in look([*words, "--color", "never"], columns=160).out


def plan(ask: Asked, *words: str) -> dict[str, Any]:
    """Return the plan as JSON, with only the IDs of the sessions that are chosen or have no times."""
    found = json.loads(ask("agenda", "plan", "--json", *words).out)
    return {**found, **{kind: [one["id"] for one in found[kind]] for kind in ("chosen", "untimed")}}


def test_the_plan_is_written_as_one_object(ask: Asked) -> None:
    ask("star", "long", "noon", "twice", "some-time")
    ask("star", "early", "--maybe")
    assert plan(ask) == {
        "chosen": ["long", "noon", "again"],
        "dropped": [
            {"id": "early", "against": ["long"], "minutes": 60, "repeat": False},
            {"id": "twice", "against": ["again"], "minutes": 0, "repeat": True},
        ],
        "free": [],
        "lunches": [],
        "untimed": ["some-time"],
        "weight": 9,
        "bound": 9,
        "proven": True,
    }
    assert plan(ask, "-d", "1")["chosen"] == ["long", "noon"]
    assert plan(ask, "--walk", "10m")["chosen"] == ["early", "noon", "again"]
    assert plan(ask, "--walk", "10m", "--weight", "long=9")["chosen"] == ["long", "again"]
    assert plan(ask, "--lunch", "11:30-13:30=45m")["chosen"] == ["long", "again"]
    assert plan(ask, "--from", "11", "--to", "13:00")["chosen"] == ["noon"]
    assert plan(ask, "--at", f"{D1}T12:30")["chosen"] == ["noon", "again"]


def test_own_entries_are_part_of_the_plan(ask: Asked) -> None:
    ask("star", "long", "noon")
    ask("agenda", "block", "Lunch", "-d", "1", "--from", "12:30", "--to", "13:30")
    found = plan(ask)
    assert (found["chosen"], found["dropped"]) == (
        ["long"],
        [{"id": "noon", "against": ["lunch"], "minutes": 30, "repeat": False}],
    )
    words = ["--lunch", "12:00-14:00=1h"]
    start, end = f"{D1}T12:30:00+02:00", f"{D1}T13:30:00+02:00"
    assert plan(ask, *words)["lunches"] == [{"day": D1, "start": start, "end": end, "entry": "lunch"}]
    assert f"lunch\t{D1}\t12:30\t13:30\tlunch\tLunch\t60\t\n" in ask("agenda", "plan", *words).out
    assert ask("agenda", "plan", *words, "-f", "table").out.count("Lunch\n") == 0
    ask("agenda", "remove", "lunch")
    assert f"lunch\t{D1}\t13:00\t14:00\t\t\t60\t\n" in ask("agenda", "plan", *words).out


def test_the_plan_is_drawn_by_day_with_reasons(ask: Asked) -> None:
    ask("star", "long", "noon", "twice", "early", "some-time")
    ask("agenda", "block", "Siesta", "-d", "2", "--from", "13:00", "--to", "14:00")
    words = ["agenda", "plan", "--walk", "10m", "--lunch", "11:30-12:30=45m"]
    assert (
        ask(*words, "-f", "table").out
        == """\
Wednesday 1 May
★ 10:00–11:00  Early      Attic  early
· 11:30–12:15  Lunch
  free: 11:00–11:30 (30 min), 12:15–13:00 (45 min)

Thursday 2 May
· 11:30–12:15  Lunch
· 13:00–14:00  Siesta            siesta
  15:00–15:30  Twice      Hall   again

Not in the plan · 3
  Wednesday 1 May
★ 10:00–12:00  Long       Hall   long
  → conflicts with “Early” (1 h); to attend it, leave that out (weight 3)
★ 10:30–11:00  Twice      Hall   twice
  → the plan has the same session at another time: Thursday 2 May 15:00–15:30
★ 12:00–13:00  Noon       Attic  noon
  → it leaves no time for lunch

Times not published
  Thursday 2 May
★              Some-Time         some-time
2 sessions, weight 6
"""
    )
    chinese = ask(*words, "-f", "table", "--lang", "zh").out
    assert "→ 与“Early”（1 小时）冲突；如要参加，须放弃上述安排（权重 3）\n" in chinese
    assert "· 11:30–12:15  午餐\n  空闲：11:00–11:30（30 分钟）、12:15–13:00（45 分钟）\n" in chinese


def test_the_reasons_name_conflicts_and_walks_apart(ask: Asked) -> None:
    ask("star", "long", "twice", "noon")
    ask("star", "--maybe", "early")
    ask("agenda", "block", "Tea", "-d", "1", "--from", "10:45", "--to", "12:00")
    shown = ask("agenda", "plan", "-d", "1", "--walk", "5m", "-f", "table").out
    first, second = [" ".join(part.split("★")[0].split("☆")[0].split()) for part in shown.split("→")[1:3]]
    assert first == "conflicts with “Tea” (15 min); to attend it, leave that out"
    too_far = "too little time to walk to or from “Noon”; to attend it, leave these out (weight 3)"
    assert second == f"conflicts with “Tea” (1 h 15 min); {too_far}"


def test_a_plan_in_a_pipe_has_a_row_for_each_session(ask: Asked) -> None:
    ask("star", "long", "early", "twice", "some-time")
    words = ["agenda", "plan", "--weight", "long=9"]
    assert ask(*words).out == (
        f"chosen\t{D1}\t10:00\t12:00\tlong\tLong\t\t\n"
        f"chosen\t{D2}\t15:00\t15:30\tagain\tTwice\t\t\n"
        f"dropped\t{D1}\t10:00\t11:00\tearly\tEarly\t60\tlong\n"
        f"repeat\t{D1}\t10:30\t11:00\ttwice\tTwice\t0\tagain\n"
        f"untimed\t{D2}\t\t\tsome-time\tSome-Time\t\t\n"
        f"free\t{D1}\t12:00\t13:00\t\t\t60\t\n"
    )
    assert ask(*words, "--template", "{kind} {session}").out.startswith("chosen long\nchosen again\n")
    assert json.loads(ask(*words, "--json", "--fields", "kind,session").out)[2] == {
        "kind": "dropped", "session": "early",
    }  # fmt: skip
    assert ask("agenda", "plan", "--fields", "help").out.split()[:2] == ["kind", "day"]
    assert ask("agenda", "plan", "--json", "--template", "{id}").status == 2


def test_a_plan_is_applied_and_undone(ask: Asked) -> None:
    ask("star", "long", "early", "twice")
    assert ask("agenda", "plan", "--apply", "--json").err == ("added: again\nmarked as maybe: early, twice\n")
    marks = ask("agenda", "--template", "{id} {pick}").out.split("\n")
    assert marks == ["long yes", "early maybe", "twice maybe", "again yes", ""]
    for mark, ids in (("yes", ["long", "again"]), ("maybe", ["early", "twice"])):
        assert ask("agenda", "export", "--pick", mark, "-f", "ids").out.split() == ids
        assert ask("agenda", "export", "--pick", mark).out.count("BEGIN:VEVENT") == 2
    assert ask("agenda", "export", "--pick", "hidden", "-f", "ids").status == 2
    assert ask("agenda", "plan", "--apply", "--json").err == "your agenda already follows the plan\n"
    ask("star", "long", "again", "--maybe")
    assert ask("agenda", "plan", "--apply", "--json").err == "starred: long, again\n"
    assert ask("agenda", "undo").err.startswith("undone: apply the plan ")
    ask("agenda", "undo")
    assert ask("agenda", "undo").err.startswith("undone: apply the plan ")
    assert ask("agenda", "--template", "{id} {pick}").out == "long yes\nearly yes\ntwice yes\n"


def test_no_plan_is_invented_without_times(ask: Asked) -> None:
    ask("star", "some-time")
    answer = ask("agenda", "plan", "--json")
    assert (answer.status, answer.err) == (0, "no times published, so no plan can be made\n")
    assert [(one["id"], one["day"]) for one in json.loads(answer.out)["untimed"]] == [("some-time", D2)]
    ask("unstar", "some-time")
    assert ask("agenda", "plan", "-q").status == 1


def test_a_plan_that_leaves_out_everything_is_still_a_plan(ask: Asked) -> None:
    ask("star", "long", "noon")
    ask("agenda", "block", "Trip", "-d", "1", "--from", "9", "--to", "18")
    found = ask("agenda", "plan")
    assert (found.status, [line.split("\t")[0] for line in found.out.splitlines()]) == (0, ["dropped"] * 2)
    assert ask("agenda", "plan", "-d", "2", "-q").status == 1


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--lunch", "noon"), '"noon" is not a time for lunch; use 12:00-14:00=45m'),
        (("--lunch", "12-13=0m"), '"12-13=0m" is not a time for lunch; use 12:00-14:00=45m'),
        (("--lunch", "12-12:30=45m"), '"12-12:30=45m": the period is shorter than lunch'),
        (("--walk", "4h"), "--walk can be at most 3 hours"),
        (("--from", "12", "--to", "11"), "--to must be later than --from"),
        (("--weight", "long"), '"long" is not a weight; use ID=N, with N from 0 to 100'),
        (("--weight", "long=101"), '"long=101" is not a weight; use ID=N, with N from 0 to 100'),
        (("--weight", "early=2"), "early is not in your agenda"),
    ],
)
def test_invalid_conditions_are_refused(words: tuple[str, ...], error: str, ask: Asked) -> None:
    ask("star", "long")
    assert ask("agenda", "plan", *words) == (2, "", f"summit: {error}\n")


def test_an_empty_agenda_follows_no_plan(ask: Asked) -> None:
    empty = (1, "", "your agenda is empty; add a session with `summit agenda add ID`\n")
    assert ask("agenda", "plan") == ask("agenda", "plan", "--apply") == empty
