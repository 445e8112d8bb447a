"""The changes of a plan after an update of the schedule."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from summitcli.agenda.kept_plan import Conditions
from summitcli.cli.planning import PlanOptions
from tests.conftest import Asked
from tests.inside import look
from tests.schedules import document, session, timed, write

D1, D2 = "2024-05-01", "2024-05-02"


def slot(start: str, end: str, day: str = D1, room: str = "Hall") -> dict[str, object]:
    return timed(day, f"{day}T{start}:00+02:00", f"{day}T{end}:00+02:00", room=room)


SLOTS = {
    "first": slot("10:00", "11:00"),
    "second": slot("11:00", "12:00"),
    "beside": slot("11:00", "11:30", room="Attic"),
    "last": slot("15:00", "16:00", D2),
}
"""The slot of each session of the schedule, by ID."""


def publish(path: Path, slots: Mapping[str, Mapping[str, Any]]) -> None:
    titles = {id_: {"en": id_.title(), "zh": f"{id_}场"} for id_ in slots}
    write(path, document(*(session(id_, its, title=titles[id_]) for id_, its in slots.items())))


@pytest.fixture
def file(tmp_path: Path, ask: Asked) -> Path:
    """Use the schedule, put all of its sessions into the agenda, and return the file that updates read."""
    path = tmp_path / "conf.json"
    publish(path, SLOTS)
    assert ask("use", str(path)).status == 0
    ask("star", "first", "second", "last")
    ask("star", "--maybe", "beside")
    return path


def told(ask: Asked, *words: str) -> list[str]:
    """Update and return what is said beside the list of changes."""
    return ask("update", *words).err.splitlines()


def test_an_update_says_what_has_changed_in_the_plan(ask: Asked, file: Path) -> None:
    ask("agenda", "plan", "--walk", "5m", "-d", "1", "-d", "2")
    publish(file, {"first": SLOTS["first"], "second": slot("10:30", "12:00"), "beside": SLOTS["beside"]})
    assert told(ask) == [
        "moved: Second: 1 May 2024 11:00–12:00 Hall → 1 May 2024 10:30–12:00 Hall",
        "no longer in the schedule: Last, 2 May 2024 15:00–16:00 Hall",
        "sessions in your plan that are now in conflict: First and Second",
        f"your plan has changed; for a new one: `summit agenda plan --day {D1} --day {D2} --walk 5m`",
    ]
    assert told(ask) == ["Conf is up to date"]


def test_a_terminal_shows_each_change_once(ask: Asked, file: Path) -> None:
    ask("agenda", "plan")
    ask("star", "second", "--name", "friends")
    publish(file, {**SLOTS, "second": slot("10:30", "12:00")})
    assert look(["update", "--color", "never"], columns=120).out.splitlines() == [
        "Your agenda · 1",
        "★ Second  second",
        "    Moved  1 May 11:00–12:00 → 10:30–12:00 Hall",
        "",
        "1 change",
        "moved: Second: 1 May 2024 11:00–12:00 Hall → 1 May 2024 10:30–12:00 Hall (agenda friends)",
        "sessions in your plan that are now in conflict: First and Second",
        "sessions outside your plan that are now possible: Beside 1 May 11:00–11:30 Attic",
        "your plan has changed; for a new one: `summit agenda plan`",
    ]


def test_a_planned_repeat_that_is_not_in_the_agenda_is_told(ask: Asked, tmp_path: Path) -> None:
    path = tmp_path / "twice.json"
    talks = {"talk": slot("10:00", "11:00"), "again": slot("12:00", "13:00"), "must": slot("10:00", "11:00")}

    def publish(**slots: Mapping[str, object]) -> None:
        titles = {"talk": "Talk", "again": "Talk", "must": "Must"}
        made = (session(id_, its, title=titles[id_], speakers=["Ada"]) for id_, its in slots.items())
        write(path, document(*made))

    publish(**talks)
    ask("use", str(path))
    ask("star", "talk", "must")
    ask("agenda", "plan", "--weight", "must=9")
    publish(**{**talks, "again": slot("13:00", "14:00")})
    assert told(ask) == [
        "sessions in your plan that were moved: Talk 1 May 13:00–14:00 Hall",
        "your plan has changed; for a new one: `summit agenda plan --weight must=9`",
    ]
    publish(talk=talks["talk"], must=talks["must"])
    assert (
        told(ask)[0]
        == "sessions in your plan that are no longer in the schedule: Talk 1 May 13:00–14:00 Hall"
    )


def test_a_session_that_was_left_out_is_possible_again(ask: Asked, file: Path) -> None:
    ask("agenda", "plan", "--apply", "--name", "default")
    publish(file, {**SLOTS, "beside": slot("13:00", "13:30", room="Attic")})
    assert told(ask, "--lang", "zh") == [
        "时间或会场变动：beside场：2024年5月1日 11:00–11:30 Attic → 2024年5月1日 13:00–13:30 Attic",
        "计划之外的场次现在可以参加：beside场 5月1日 13:00–13:30 Attic",
        "计划有变动；重新制定：`summit agenda plan`",
    ]


def test_changes_are_told_in_chinese(ask: Asked, file: Path) -> None:
    ask("agenda", "plan")
    publish(file, {"first": SLOTS["first"], "second": slot("10:30", "12:00"), "beside": SLOTS["beside"]})
    assert told(ask, "--lang", "zh") == [
        "时间或会场变动：second场：2024年5月1日 11:00–12:00 Hall → 2024年5月1日 10:30–12:00 Hall",
        "已不在会议日程中：Last，2024年5月2日 15:00–16:00 Hall",
        "计划中的场次出现冲突：first场与second场",
        "计划之外的场次现在可以参加：beside场 5月1日 11:00–11:30 Attic",
        "计划有变动；重新制定：`summit agenda plan`",
    ]


def test_an_own_entry_is_in_conflict_with_a_session_that_moves(ask: Asked, file: Path) -> None:
    ask("agenda", "block", "Tea", "-d", "2", "--from", "17:00", "--to", "18:00")
    ask("agenda", "plan", "--weight", "last=9", "--lunch", "12:00-14:00=30m")
    publish(file, {**SLOTS, "last": slot("17:30", "18:30", D2)})
    assert told(ask) == [
        "moved: Last: 2 May 2024 15:00–16:00 Hall → 2 May 2024 17:30–18:30 Hall",
        "sessions in your plan that are now in conflict: Last and Tea",
        "your plan has changed; for a new one: `summit agenda plan --lunch 12:00-14:00=30m --weight last=9`",
    ]


def test_nothing_is_said_of_sessions_that_the_user_has_removed(ask: Asked, file: Path) -> None:
    ask("agenda", "plan", "--weight", "last=9")
    ask("unstar", "last")
    publish(file, {id_: its for id_, its in SLOTS.items() if id_ != "last"})
    assert told(ask) == []


def test_a_session_in_the_plan_on_one_of_its_days_is_not_possible_again(ask: Asked, tmp_path: Path) -> None:
    path = write(
        tmp_path / "twice.json",
        document(
            session("both", *(slot("10:00", "11:00", day) for day in (D1, D2, "2024-05-03"))),
            session("long", slot("10:00", "12:00")),
            end="2024-05-03",
        ),
    )
    ask("use", str(path))
    ask("agenda", "add", "both", "-d", "1", "-d", "2")
    ask("star", "long")
    found = json.loads(ask("agenda", "plan", "--weight", "long=9", "--json").out)
    assert [one["id"] for one in (*found["chosen"], *found["dropped"])] == ["long", "both", "both"]
    assert told(ask) == ["Conf is up to date"]


def test_an_applied_plan_is_replaced_only_by_another_one_or_after_undo(ask: Asked, file: Path) -> None:
    path = Path(os.environ["SUMMIT_DATA"]) / "agendas" / "conf" / "default.plan"

    def kept() -> tuple[list[str], bool]:
        plan = json.loads(path.read_text())
        return plan["conditions"]["day"], plan["applied"]

    shown = "agenda", "plan", "-d"
    ask("star", "beside")
    ask(*shown, "1")
    ask(*shown, "2")
    assert kept() == ([D2], False)
    ask(*shown, "1", "--apply")
    ask(*shown, "2")
    assert kept() == ([D1], True)
    ask("agenda", "undo")
    assert kept() == ([D1], False)
    ask(*shown, "2")
    assert kept() == ([D2], False)
    ask(*shown, "2", "--apply")
    # The own entry leaves nothing to attend; what fell out is still compared.
    ask("agenda", "block", "Trip", "-d", "2", "--from", "9", "--to", "18")
    assert ask(*shown, "2", "--apply", "--json").status == 0
    assert (json.loads(path.read_text())["dropped"], kept()) == (["last"], ([D2], True))
    ask("unstar", "last")
    assert ask(*shown, "2", "--apply", "--json").status == 1
    assert not path.exists()


def test_days_are_planned_one_after_another(ask: Asked, file: Path) -> None:
    path = Path(os.environ["SUMMIT_DATA"]) / "agendas" / "conf" / "default.plan"

    def kept() -> tuple[list[str], dict[str, Any], list[str]]:
        plan = json.loads(path.read_text())
        return [one["id"] for one in plan["chosen"]], plan["conditions"], plan["dropped"]

    ask("agenda", "plan", "--apply", "-d", "2", "--weight", "last=2")
    ask("agenda", "plan", "--apply", "-d", "1", "--walk", "5m", "--weight", "first=9")
    chosen, conditions, dropped = kept()
    assert (chosen, dropped) == (["first", "second", "last"], ["beside"])
    assert (conditions["day"], conditions["walk"]) == ([D1, D2], "5m")
    assert conditions["weight"] == ["last=2", "first=9"]
    publish(file, {**SLOTS, "first": slot("11:30", "12:30"), "last": slot("17:30", "18:30", D2)})
    assert "sessions in your plan that are now in conflict: First and Second" in told(ask)
    ask("agenda", "plan", "--apply", "--weight", "first=9")
    ask("agenda", "plan", "--apply", "-d", "1", "--weight", "second=10")
    chosen, conditions, dropped = kept()
    assert (chosen, conditions["day"], dropped) == (["second", "last"], [], ["beside", "first"])


def test_nothing_is_said_without_a_plan(ask: Asked, file: Path) -> None:
    publish(file, {**SLOTS, "last": slot("17:30", "18:30", D2)})
    assert told(ask) == ["moved: Last: 2 May 2024 15:00–16:00 Hall → 2 May 2024 17:30–18:30 Hall"]


def test_the_plan_of_each_agenda_is_compared(ask: Asked, file: Path) -> None:
    ask("star", "last", "--name", "friends")
    ask("agenda", "plan", "--name", "friends")
    publish(file, {**SLOTS, "last": slot("17:30", "18:30", D2)})
    assert told(ask) == [
        "moved: Last: 2 May 2024 15:00–16:00 Hall → 2 May 2024 17:30–18:30 Hall",
        "moved: Last: 2 May 2024 15:00–16:00 Hall → 2 May 2024 17:30–18:30 Hall (agenda friends)",
        "your plan has changed; for a new one: `summit agenda plan --name friends`",
    ]


def test_clearing_with_forget_removes_the_plan(ask: Asked, file: Path) -> None:
    path = Path(os.environ["SUMMIT_DATA"]) / "agendas" / "conf" / "default.plan"
    ask("agenda", "plan")
    assert [one["id"] for one in json.loads(path.read_text())["chosen"]] == ["first", "second", "last"]
    ask("agenda", "clear", "--yes", "--forget")
    assert not path.exists()


def test_a_plan_that_can_not_be_saved_or_read_is_a_warning(ask: Asked, file: Path) -> None:
    path = Path(os.environ["SUMMIT_DATA"]) / "agendas" / "conf" / "default.plan"
    path.mkdir()
    answer = ask("agenda", "plan", "--json")
    unusable = f"{path}: {path} must be a file; move or rename what is there\n"
    assert (answer.status, answer.err) == (0, f"can't read {unusable}")
    assert ask("agenda", "plan", "--apply", "--json").err.endswith(f"can't read {unusable}")
    answer = ask("update")
    assert (answer.status, answer.err.splitlines()[-1]) == (
        0, f"can't read {path}: {path} must be a file; move or rename what is there",
    )  # fmt: skip


def test_a_damaged_agenda_is_reported_once(ask: Asked, file: Path) -> None:
    ask("agenda", "plan")
    agenda = Path(os.environ["SUMMIT_DATA"]) / "agendas" / "conf" / "default.json"
    agenda.write_text("{")
    err = ask("update").err
    assert err.count(str(agenda)) == 1


def test_the_conditions_are_the_options_of_the_command() -> None:
    assert Conditions._fields == PlanOptions._fields
    assert tuple(Conditions()) == tuple(PlanOptions())
