"""The plan that was last made of an agenda."""

import os
from pathlib import Path

import pytest

from summitcli.agenda import kept_plan
from summitcli.agenda.kept_plan import Conditions, KeptPlan, PlannedSession

CONDITIONS = Conditions(("2024-05-01",), "09:00", None, "10m", "12:00-14:00=45m", ("opening=9",))
OPENING = PlannedSession(
    "opening", "开幕式", "2024-05-01", "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00", None, True
)
PLAN = KeptPlan(CONDITIONS, (OPENING,), ("closing",))


def path() -> Path:
    return Path(os.environ["SUMMIT_DATA"]) / "agendas" / "conf" / "default.plan"


def test_it_is_read_as_it_was_written_until_it_is_removed() -> None:
    assert kept_plan.read("conf", "default") is None
    for plan in (PLAN, PLAN._replace(dropped=())):
        kept_plan.write("conf", "default", plan)
        assert kept_plan.read("conf", "default") == plan
    assert kept_plan.read("conf", "friends") is None
    kept_plan.remove("conf", "default")
    kept_plan.remove("conf", "default")
    assert kept_plan.read("conf", "default") is None


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("{", "["),
        ("summit-plan/1", "summit-plan/2"),
        ('"10m"', "10"),
        ('"2024-05-01T10:00:00+02:00"', '"2024-05-01T10:00:00"'),
        ('"2024-05-01T10:00:00+02:00"', "null"),
        ('"closing"', "1"),
        ('"opening"', "[]"),
        ('"dropped"', '"left out"'),
    ],
)
def test_a_damaged_file_is_ignored(good: str, bad: str) -> None:
    kept_plan.write("conf", "default", PLAN)
    text = path().read_text("utf-8")
    assert good in text
    path().write_text(text.replace(good, bad, 1), "utf-8")
    assert kept_plan.read("conf", "default") is None
