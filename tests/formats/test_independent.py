"""Every event of every published file, compared with an independent reader, in five time zones."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from summitcli import formats
from summitcli.model import Schedule
from summitcli.sources.source import NO_HINTS, Hints
from tests.conftest import ROOT
from tests.formats.independent import ZONES, Row, rows, shown

MACHINES = ("Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe")
"""The machine's time zones, beside that of the tests."""

LONG = {"ics/bitcoinpark.ics": ("2025-11-10", "2026-11-10", "2027-10-04")}
"""Files longer than a conference: the days that are read, and a later day to ask for."""


def read(corpus: Path, file: str, around: str = "") -> Schedule:
    hints = Hints(around=date.fromisoformat(around)) if around else NO_HINTS
    return formats.parse((corpus / file).read_bytes(), file, hints).schedule


def read_rows(schedule: Schedule) -> list[Row]:
    """Return the rows that the program reads from a file."""
    zone = schedule.conference.zone
    return sorted(
        Row(
            shown(
                session.title.root
                if isinstance(session.title.root, str)
                else next(iter(session.title.root.values()))
            ),
            str(slot.day),
            _clock(slot.start, zone),
            _clock(slot.end, zone),
            shown(slot.room or ""),
            tuple(sorted(filter(None, {shown(name) for name in session.speakers}))),
        )
        for session in schedule.sessions
        for slot in session.slots
    )


def _clock(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""


@pytest.mark.parametrize("file", ZONES)
def test_every_event_is_on_its_day_at_its_time_in_its_room_with_its_speakers(corpus: Path, file: str) -> None:
    schedule = read(corpus, file)
    assert schedule.conference.time_zone == ZONES[file]
    first, last, _later = LONG.get(file, ("", "9999", ""))
    expected = Counter(row for row in rows(corpus, file) if first <= row.day <= last)
    found = Counter(read_rows(schedule))
    assert [*(expected - found)] == []
    assert [*(found - expected)] == []


@pytest.mark.parametrize("file", LONG)
def test_every_event_of_a_long_calendar_is_read_around_one_day_or_another(corpus: Path, file: str) -> None:
    _first, _last, later = LONG[file]
    found = {*read_rows(read(corpus, file)), *read_rows(read(corpus, file, around=later))}
    assert sorted(found) == rows(corpus, file)


def test_every_file_whose_format_is_known_is_compared(corpus: Path) -> None:
    folders = {file.partition("/")[0] for file in ZONES}
    assert sorted(ZONES) == sorted(
        path.relative_to(corpus).as_posix() for name in folders for path in (corpus / name).iterdir()
    )


def digest(corpus: Path, step: int) -> str:
    """Return a digest of everything read from every ``step``-th file."""
    return json.dumps({file: read(corpus, file).model_dump_json() for file in [*ZONES][::step]})


@pytest.mark.parametrize(
    ("machine", "step"),
    [(MACHINES[0], 8), *(pytest.param(zone, 1, marks=pytest.mark.soak) for zone in MACHINES)],
)
def test_what_is_read_does_not_depend_on_the_zone_of_the_machine(
    corpus: Path, machine: str, step: int
) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.formats.test_independent import digest;"
        f"sys.stdout.write(digest(Path({str(corpus)!r}), {step}))"
    )
    environment = {**os.environ, "TZ": machine, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    )
    there, here = json.loads(done.stdout), json.loads(digest(corpus, step))
    assert [file for file in here if there[file] != here[file]] == []
