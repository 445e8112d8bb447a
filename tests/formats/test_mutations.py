"""Damaged schedules of every format: each is read, or refused in one line, fast and with little memory."""

import random
import resource
import sys
import time
from typing import Any

import pytest

from summitcli.catalog.store import temporary_catalog
from summitcli.errors import SummitError
from summitcli.formats import parse
from summitcli.sources.source import Source
from summitcli.text.printable import printable
from tests.conftest import FIGURES
from tests.formats.mutations import MAKERS

FEW, MANY = 50, 25_000
LONGEST = 2.0
"""The processor time limit for one mutant, in seconds."""
MOST_MEMORY = 300
"""The memory limit, in MiB."""


def outcome(data: bytes) -> str | None:
    """Return the error for a source with these bytes; None if it can be used."""
    try:
        source = Source("spoilt", "", content=data)
        temporary_catalog(parse(source.read(), source.name)).close()
    except SummitError as error:
        # As the command line says it.
        return printable(str(error))
    return None


def peak() -> int:
    """Return the peak memory of this process, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (2**20 if sys.platform == "darwin" else 2**10)


def spoil(name: str, number: int) -> tuple[int, float]:
    """Read mutants of a format; return how many were refused, and the seconds of the slowest."""
    chance = random.Random(f"{name} {number}")
    refused, slowest = 0, 0.0
    for _turn in range(number):
        data = MAKERS[name](chance)
        begun = time.process_time()
        said = outcome(data)
        slowest = max(slowest, time.process_time() - begun)
        refused += said is not None
        assert said is None or "\n" not in said, data
    return refused, slowest


@pytest.mark.parametrize("name", MAKERS)
def test_a_damaged_schedule_is_read_or_refused_in_one_line(name: str) -> None:
    refused, _slowest = spoil(name, FEW)
    assert refused == FEW if name == "html" else 0 < refused < FEW


@pytest.mark.soak
@pytest.mark.parametrize("name", MAKERS)
def test_twenty_five_thousand_damaged_schedules(name: str, record_property: Any) -> None:
    refused, slowest = spoil(name, MANY)
    figures = (
        f"{name}: {MANY:,} spoilt, {refused:,} refused, the slowest {slowest:.2f} s, at most {peak()} MiB"
    )
    record_property(FIGURES, figures)
    assert slowest < LONGEST
    assert peak() < MOST_MEMORY
