"""Checks of saved schedules and of the current one."""

import json
import os

import pytest

from tests.conftest import Asked
from tests.doctor.worlds import AWAY, PIPE, POSIX, Fault, World, check, holding, instead, nothing

pytestmark = POSIX

NO_NAME = "can't determine the current schedule: its name is invalid"
GONE = 'can\'t determine the current schedule: no saved schedule named "gone"'
DAMAGED_NOTE = 'can\'t read "conf": its file source.json is damaged'
NO_NOTE = "its file source.json is missing"
KEPT, CURRENT = "saved schedule", "current schedule"

FAULTS = {
    "a damaged note": Fault(
        holding(b"{"), "note", DAMAGED_NOTE, "summit use SCHEDULE --name conf", False, KEPT, "kept"
    ),
    "a pipe for a note": Fault(instead(os.mkfifo), "note", PIPE, AWAY, False, KEPT),
    "a note of a later version": Fault(
        holding(b'{"format": "summit-kept/3"}'),
        "note",
        "its file source.json was written by a newer version",
        "python -m pip install --upgrade summitcli",
        False,
        KEPT,
        "kept",
    ),
    "no note": Fault(instead(nothing), "note", NO_NOTE, "rm -r {path}", False, KEPT, "kept"),
    "a damaged copy": Fault(
        holding(b"{}"), "copy", "its copy is missing or damaged", "summit update conf", False, KEPT, "kept"
    ),
    "a name that is none": Fault(holding(b"\xff"), "current", NO_NAME, "summit use bundled", False, CURRENT),
    "a schedule that is gone": Fault(
        holding(b"gone\n"), "current", GONE, "summit use bundled", False, CURRENT
    ),
    "a pipe for the current one": Fault(instead(os.mkfifo), "current", PIPE, AWAY, False, CURRENT),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_problem_is_reported_and_repaired_if_no_data_is_lost(
    ask: Asked, world: World, fault: Fault
) -> None:
    check(ask, world, fault)


def test_the_remedy_is_only_in_its_own_field_in_chinese(ask: Asked, world: World) -> None:
    world.note.write_bytes(b"{")
    answer = ask("doctor", "--lang", "zh", "--fields", "kind,status,problem,remedy", "-f", "json")
    problems = [row for row in json.loads(answer.out) if row["status"] == "fault"]
    problem = "无法读取“conf”：其文件 source.json 已损坏"
    assert problems == [
        {"kind": kind, "status": "fault", "problem": problem, "remedy": remedy}
        for kind, remedy in ((KEPT, "summit use SCHEDULE --name conf"), (CURRENT, "summit use bundled"))
    ]
