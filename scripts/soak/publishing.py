"""Kill processes that publish a site at random moments."""

import json
import random
import signal
import subprocess
import time
from pathlib import Path

from tests.schedules import document, session
from tests.site.sites import dead_links, files_of

from scripts.soak.sandbox import SUMMIT, home, scaled, summit
from scripts.soak.table import Row, Tally, check

SESSIONS = 300


def killed_publishers(scale: float) -> Row:
    """Kill 100 publishers: no page that readers reach has a dead link, and the next one mends the site."""
    tally = Tally("crash-safe site", "publishers killed with SIGKILL at random moments")
    rng = random.Random(1)
    with home() as folder:
        site = folder / "site"
        plans = [_plan(folder / f"{name}.json", name) for name in ("one", "two")]
        for plan in plans:
            begun = time.monotonic()
            check(_publish(site, plan).returncode == 0, "not published")
            took = time.monotonic() - begun
        for turn in range(scaled(100, scale)):
            with tally.attempt(turn):
                before = files_of(site)
                process = subprocess.Popen(
                    [*SUMMIT, "publish", str(site), "--schedule", str(plans[turn % 2])],
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                time.sleep(rng.uniform(0, took * 1.2))
                process.send_signal(signal.SIGKILL)
                process.wait()
                starts = [path for path in before if (site / path).exists()]
                check(dead_links(site, starts) == [], "dead links after the kill")
                check(_publish(site, plans[turn % 2]).returncode == 0, "not published again")
                check(dead_links(site, files_of(site)) == [], "dead links after the next publication")
    return tally.row()


def _plan(path: Path, name: str) -> Path:
    """Write a schedule whose sessions, rooms and speakers are partly those of others, and return its path."""
    numbers = [number for number in range(SESSIONS) if number % 3 or name == "one"]
    sessions = (
        session(
            f"s{number}" if number % 2 else f"{name}-{number}",
            {"day": "2024-05-01", "room": f"Room {number % 20} {name if number % 5 == 0 else ''}"},
            title=f"Session {number} {name}",
            speakers=[f"Speaker {number % 40} {name if number % 4 == 0 else ''}"],
        )
        for number in numbers
    )
    path.write_text(json.dumps(document(*sessions)), "utf-8")
    return path


def _publish(site: Path, plan: Path) -> "subprocess.CompletedProcess[bytes]":
    return summit("publish", str(site), "--schedule", str(plan))
