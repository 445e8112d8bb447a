"""khal, vdirsyncer, and a Radicale server and client, as users run them."""

import base64
import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from vobject.base import readOne

PATIENCE = 60
"""The seconds that a program may take, except for a large conference."""


class Khal:
    """A khal with a calendar of its own, in a given time zone."""

    def __init__(self, folder: Path, zone: str) -> None:
        self._folder = folder
        self._environment = {
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "XDG_CACHE_HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }
        (folder / "calendar").mkdir(parents=True)
        (folder / "config").write_text(
            "[calendars]\n[[conference]]\n"
            f"path = {folder / 'calendar'}\ntype = calendar\n"
            "[default]\ndefault_calendar = conference\n"
            f"[sqlite]\npath = {folder / 'khal.db'}\n"
            f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%dT%H:%M:%S%z\n",
            encoding="utf-8",
        )

    def take(self, text: str) -> None:
        """Import a calendar, as ``khal import --batch`` does."""
        file = self._folder / "import.ics"
        file.write_bytes(text.encode())
        self._run("import", "--batch", str(file))

    def events(self, day: str, days: int = 1, *, once: bool = False) -> list[dict[str, str]]:
        """Return the output of ``khal list`` from a day on."""
        fields = ("uid", "title", "start-long-full", "end-long-full", "all-day", "cancelled", "location")
        chosen = [argument for field in fields for argument in ("--json", field)]
        output = self._run("list", *chosen, *(["--once"] if once else []), day, f"{days}d")
        # An array for each day.
        return [event for line in output.splitlines() for event in json.loads(line)]

    def titles(self, first: str, days: int) -> list[list[str]]:
        """Return the titles that khal lists for a number of days."""
        # An array for each day, also where it is empty.
        output = self._run("list", "--json", "title", first, f"{days}d")
        return [sorted(event["title"] for event in json.loads(line)) for line in output.splitlines()]

    def _run(self, *arguments: str) -> str:
        # In this process: starting khal takes ten times as long as what it does.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from khal.cli import main_khal

            words = ["-c", str(self._folder / "config"), *arguments]
            done = CliRunner().invoke(main_khal, words, env=self._environment, catch_exceptions=False)
        assert (done.exit_code, done.stderr) == (0, ""), done.stderr
        return done.stdout


class Vdirsyncer:
    """A vdirsyncer that syncs a directory with the calendar ``conference`` of a Radicale server."""

    def __init__(self, folder: Path, url: str) -> None:
        self.calendar = folder / "conference"
        self._config = folder / "config"
        self.calendar.mkdir(parents=True)
        self._config.write_text(
            f'[general]\nstatus_path = "{folder / "status"}"\n'
            '[pair conference]\na = "local"\nb = "server"\ncollections = ["conference"]\n'
            'implicit = "create"\n'
            f'[storage local]\ntype = "filesystem"\npath = "{folder}"\nfileext = ".ics"\n'
            f'[storage server]\ntype = "caldav"\nurl = "{url}"\nusername = "reader"\npassword = "any"\n',
            encoding="utf-8",
        )

    def discover(self) -> None:
        """Find the calendar on the server, and create it if it is not there."""
        self._run("discover")

    def sync(self) -> list[str]:
        """Sync, and return what was copied, changed and deleted."""
        lines = self._run("sync").splitlines()
        return sorted(line for line in lines if not line.startswith("Syncing "))

    def _run(self, command: str) -> str:
        # In this process, as khal. It leaves connections to the garbage collector.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from vdirsyncer.cli import app

            done = CliRunner().invoke(app, ["-c", str(self._config), command], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output


class Radicale:
    """A Radicale server that accepts any user."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.url = f"http://127.0.0.1:{port}/"

    def put(self, name: str, text: str) -> None:
        """Upload a file as a whole calendar."""
        assert self._ask("PUT", name, text)[0] == 201

    def get(self, name: str) -> str:
        """Return the calendar as the server sends it."""
        status, body = self._ask("GET", name)
        assert status == 200
        return body

    def answers(self) -> bool:
        try:
            return self._ask("GET", "")[0] > 0
        except OSError:
            return False

    def _ask(self, method: str, name: str, text: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5 * PATIENCE)
        headers = {
            "Authorization": f"Basic {base64.b64encode(b'reader:any').decode()}",
            "Content-Type": "text/calendar; charset=utf-8",
        }
        try:
            connection.request(method, f"/reader/{name}/", text.encode() if text else None, headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()


@contextlib.contextmanager
def radicale_server(folder: Path) -> Iterator[Radicale]:
    """Run a server on 127.0.0.1 in the block, which keeps its calendars in ``folder``."""
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
            # It answers or it ends, however slow the machine is.
            while not server.answers():
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.05)
            yield server
        finally:
            process.terminate()


def vobject_of(text: str) -> Any:
    """Return a calendar parsed by vobject."""
    read_one: Any = readOne
    return read_one(text)
