"""Fixtures for the tests of the doctor."""

import os
import shutil
from pathlib import Path

import pytest

from tests.conftest import Asked
from tests.doctor.worlds import World
from tests.schedules import document, session, write


@pytest.fixture
def world(ask: Asked, tmp_path: Path) -> World:
    """Create the files of a user, without any problem."""
    shutil.rmtree(os.environ["SUMMIT_CACHE"])
    file = write(tmp_path / "plan.json", document(session("a"), session("b")))
    for words in (["use", str(file)], ["agenda", "add", "a"], ["agenda", "add", "b", "--name", "friends"]):
        answer = ask(*words)
        assert answer.status == 0, answer
    cache, data = Path(os.environ["SUMMIT_CACHE"]), Path(os.environ["SUMMIT_DATA"])
    agenda, kept = data / "agendas" / "conf" / "default.json", data / "schedules" / "conf"
    (catalog,) = cache.glob("catalog-*.sqlite")
    return World(cache, data, catalog, agenda, kept, data / "schedules" / "current")
