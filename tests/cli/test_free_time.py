"""Free time in an agenda of many sessions, beside many others."""

import json
import re
from pathlib import Path

import pytest

from summitcli.catalog import times
from summitcli.rows import Listing
from tests.conftest import Asked
from tests.inside import look
from tests.schedules import document, session, timed, write

DAY = "2024-05-01"
PICKED = 100
ALIVE = 30
"""The largest number of listings that may be in memory at once: those shown, and some in passing."""


class Counted(Listing):
    """A listing that counts how many of them are in memory at once."""

    alive = most = 0

    def __init__(self, *_values: object) -> None:
        Counted.alive += 1
        Counted.most = max(Counted.most, Counted.alive)

    def __del__(self) -> None:
        Counted.alive -= 1


def held(first: str, last: str) -> dict[str, object]:
    return timed(DAY, f"{DAY}T{first}:00+02:00", f"{DAY}T{last}:00+02:00", room="Hall")


def crowded(path: Path, others: int) -> str:
    """Write a schedule with sessions to pick, and others that would fit into the hour after them."""
    picked = [session(f"mine-{n}", held("09:00", "10:00")) for n in range(PICKED)]
    beside = [session(f"other-{n}", held("10:00", "11:00")) for n in range(others)]
    made = document(*picked, *beside, time_zone="Europe/Berlin", start=DAY, end=DAY)
    return str(write(path / "plan.json", made))


def test_few_of_the_listings_are_in_memory_at_once(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", crowded(tmp_path, others=100))
    ask("agenda", "add", *(f"mine-{n}" for n in range(PICKED)))
    monkeypatch.setattr(times, "Listing", Counted)
    (gap,) = json.loads(ask("agenda", "gaps", "--json").out)
    assert gap["fits"] == [f"other-{n}" for n in range(100)]
    assert 0 < Counted.most <= ALIVE


@pytest.mark.parametrize(("others", "shown", "more"), [(13, 13, []), (14, 12, ["2 more"])])
def test_a_gap_shows_the_first_dozen_that_fit(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: int, shown: int, more: list[str]
) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", crowded(tmp_path, others))
    ask("agenda", "add", "mine-0")
    out = look(["agenda", "gaps"]).out
    assert re.findall("other-[0-9]+", out) == [f"other-{n}" for n in range(shown)]
    assert re.findall("[0-9]+ more", out) == more
