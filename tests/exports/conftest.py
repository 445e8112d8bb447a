"""Fixtures: the rows of the bundled schedule, and calendar programs in directories of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summitcli.model import Schedule
from tests.exports.conferences import BUNDLED, Rows, rows_of
from tests.exports.programs import Khal, Radicale, radicale_server


@pytest.fixture(scope="session")
def bundled() -> Rows:
    return rows_of(Schedule.model_validate_json(BUNDLED.read_bytes()))


@pytest.fixture
def khal(tmp_path: Path) -> Callable[[str], Khal]:
    """Return a function that creates a khal in a time zone."""
    return lambda zone: Khal(tmp_path / "khal" / zone.replace("/", "-"), zone)


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    """Yield a server on 127.0.0.1 for the whole test session."""
    with radicale_server(tmp_path_factory.mktemp("radicale")) as server:
        yield server
