"""Fixtures: the rows of the bundled schedule, and calendar programs in directories of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summitcli.model import Schedule
from tests.exports.conferences import BUNDLED, Rows, rows_of
from tests.exports.programs import PATIENCE, Khal, Radicale


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
    folder = tmp_path_factory.mktemp("radicale")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "radicale", "--server-hosts", f"127.0.0.1:{port}"]
    command += ["--storage-filesystem-folder", str(folder / "collections"), "--server-timeout", "600"]
    command += ["--auth-type", "none", "--rights-type", "authenticated", "--logging-level", "error"]
    environment = os.environ | {"RADICALE_CONFIG": ""}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, env=environment) as process,
    ):
        try:
            server = Radicale(port)
            deadline = time.monotonic() + PATIENCE
            while not server.answers():
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield server
        finally:
            process.terminate()
