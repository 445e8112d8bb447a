"""What the TAB key offers, asked as the shells ask."""

import os

import pytest

from tests.conftest import Run
from tests.schedules import DATA

IDS = [item["id"] for item in DATA["sessions"]]
CATEGORIES = [category["id"] for category in DATA["categories"]]


def tab(run: Run, *words: str) -> list[str]:
    """What bash would offer for the last of ``words``."""
    asked = {
        "_SUMMIT_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(["summit", *words]),
        "COMP_CWORD": str(len(words)),
    }
    return [offer for offer in run(env=asked).splitlines() if offer]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["show", ""], IDS),
        (["show", "contest-v"], ["contest-vehicle-security"]),
        (["show", "szjj"], ["digital-economy-forum", "project-signing-ceremony"]),
        (["show", "区块链"], ["contest-blockchain"]),
        (["agenda", "add", "rmb"], ["digital-rmb-forum"]),
        (["show", "xyzzy"], []),
        (["list", "-c", ""], CATEGORIES),
        (["list", "-c", "ex"], ["exhibition", "exchange"]),
        (["list", "-c", "分"], ["forum"]),
        (["day", "2022-07-24"], ["2022-07-24"]),
        (["day", "3"], ["3"]),
        (["list", "-f", "js"], ["json", "jsonl"]),
        (["list", "-r", ""], []),
        (["list", "--color", "n"], ["never"]),
        (["--schedule", "/none.json", "show", ""], []),
    ],
)
def test_values_of_the_schedule_are_offered(run: Run, words: list[str], offered: list[str]) -> None:
    assert tab(run, *words) == offered


def test_what_is_picked_is_offered_for_removal(run: Run) -> None:
    run("agenda", "add", "big-data", "main-forum", err=None)
    assert tab(run, "agenda", "remove", "") == ["big-data-forum", "main-forum"]
    run("agenda", "add", "big-data", "--name", "mine", err=None)
    assert tab(run, "agenda", "--name", "m") == ["mine"]
    assert os.listdir(os.environ["SUMMIT_DATA"]) == ["agendas"]
