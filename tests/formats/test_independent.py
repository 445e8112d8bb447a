"""Every event of every published file, against a reader that knows nothing of the program, in five zones."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from summitcli import formats
from summitcli.model import Schedule
from tests.conftest import ROOT
from tests.formats.independent import ZONES, Row, rows, shown

MACHINES = ("America/Los_Angeles", "Asia/Kathmandu", "Pacific/Kiritimati", "Australia/Lord_Howe")
"""Zones that the machine is set to beside that of the tests."""

WITH_CHILDREN = ("xml/31c3-workshops.xml",)
"""Files whose speakers are told by elements within a person, which only the program's own tests know."""


def read(corpus: Path, file: str) -> Schedule:
    return formats.parse((corpus / file).read_bytes(), file).schedule


def read_rows(schedule: Schedule) -> list[Row]:
    """The rows that the program makes of a file."""
    zone = schedule.conference.zone
    return sorted(
        Row(
            shown(
                session.title.root
                if isinstance(session.title.root, str)
                else next(iter(session.title.root.values()))
            ),
            f"{slot.start.astimezone(zone):%Y-%m-%d %H:%M}",
            f"{slot.end.astimezone(zone):%Y-%m-%d %H:%M}",
            shown(slot.room or ""),
            tuple(sorted(filter(None, {shown(name) for name in session.speakers}))),
        )
        for session in schedule.sessions
        for slot in session.slots
        if slot.start and slot.end
    )


@pytest.mark.parametrize("file", ZONES)
def test_every_event_is_at_its_time_in_its_room_with_its_speakers(corpus: Path, file: str) -> None:
    schedule = read(corpus, file)
    assert schedule.conference.time_zone == ZONES[file]
    expected, found = (
        Counter(one._replace(speakers=()) if file in WITH_CHILDREN else one for one in some)
        for some in (rows(corpus, file), read_rows(schedule))
    )
    assert [*(expected - found)] == []
    assert [*(found - expected)] == []
    for session in schedule.sessions:
        for slot in session.slots:
            assert slot.start
            local = slot.start.astimezone(schedule.conference.zone)
            assert local.date() - slot.day in (timedelta(), timedelta(days=1))
            assert local.date() == slot.day or local.hour < 12


def digest(corpus: Path) -> str:
    """All that is read of all files."""
    return json.dumps({file: read(corpus, file).model_dump_json() for file in ZONES})


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_read_does_not_depend_on_the_zone_of_the_machine(corpus: Path, machine: str) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.formats.test_independent import digest;"
        f"sys.stdout.write(digest(Path({str(corpus)!r})))"
    )
    environment = {**os.environ, "TZ": machine, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    )
    there, here = json.loads(done.stdout), json.loads(digest(corpus))
    assert [file for file in ZONES if there[file] != here[file]] == []
