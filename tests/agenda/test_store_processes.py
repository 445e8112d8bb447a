"""Killed writers and concurrent writers: short runs of rows of ``make soak``."""

from collections.abc import Callable

import pytest
from scripts.soak import kills
from scripts.soak.table import Row


@pytest.mark.parametrize(
    ("row", "scale", "number"),
    [
        (kills.killed_writers, 0.005, 5),
        pytest.param(kills.killed_additions, 0.01, 3, marks=pytest.mark.soak),
        (kills.killed_library_commands, 0.02, 3),
        pytest.param(kills.ended_writers, 0.05, 9, marks=pytest.mark.soak),
        (kills.concurrent_writers, 0.0625, 96),
    ],
)
def test_writers_lose_nothing(row: Callable[[float], Row], scale: float, number: int) -> None:
    found = row(scale)
    assert (found.number, found.failed) == (number, 0)
