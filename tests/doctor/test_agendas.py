"""Checks of agendas, whose content is never changed."""

import os
import stat
from pathlib import Path

import pytest

from tests.conftest import Asked
from tests.doctor.worlds import (
    AWAY,
    DAMAGED,
    DIRECTORY,
    LOOK,
    NOWHERE,
    PIPE,
    POSIX,
    PRIVATE,
    Fault,
    World,
    check,
    faults,
    holding,
    instead,
    itself,
    mode,
    nowhere,
)

pytestmark = POSIX

NEWER = b'{"format": "summit-agenda/99"}'
LOOP = "Too many levels of symbolic links"
UPGRADE = "python -m pip install --upgrade summitcli"

FAULTS = {
    "an agenda to read": Fault(mode(0o644), "agenda", "other users can read it (mode 0644)", PRIVATE, True),
    "an agenda nobody reads": Fault(
        mode(0), "agenda", "you can't read and write it (mode 0000)", PRIVATE, True
    ),
    "an empty agenda": Fault(holding(b""), "agenda", "it is empty", DAMAGED),
    "a damaged agenda": Fault(holding(b"[]"), "agenda", 'it has no "format": "summit-agenda/2"', DAMAGED),
    "a newer agenda": Fault(holding(NEWER), "agenda", "it has a newer format, summit-agenda/99", UPGRADE),
    "a link into nothing": Fault(instead(nowhere), "agenda", NOWHERE, LOOK),
    "a link to itself": Fault(instead(itself), "agenda", LOOP, LOOK),
    "a pipe for an agenda": Fault(instead(os.mkfifo), "agenda", PIPE, AWAY),
    "a directory for an agenda": Fault(instead(os.mkdir), "agenda", DIRECTORY, AWAY),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_problem_is_reported_and_repaired_if_no_data_is_lost(
    ask: Asked, world: World, fault: Fault
) -> None:
    check(ask, world, fault)


def test_repairs_never_change_the_content_of_agendas(ask: Asked, world: World) -> None:
    before = world.agenda.read_bytes()
    for path, bits in ((world.agenda, 0o666), (world.agenda.parent, 0o777), (world.data, 0o755)):
        path.chmod(bits)
    assert len(faults(ask)) == 3
    answer = ask("doctor", "--repair")
    assert (answer.status, answer.err) == (0, "3 problems repaired\n")
    assert world.agenda.read_bytes() == before
    modes = [path.stat().st_mode for path in (world.agenda, world.agenda.parent, world.data)]
    assert [stat.S_IMODE(bits) for bits in modes] == [0o600, 0o700, 0o700]


KEPT_FAULTS = {
    "one to read": Fault(mode(0o644), "calendar", "other users can read it (mode 0644)", PRIVATE, True),
    "a damaged one": Fault(holding(b"{"), "calendar", "it is damaged or of a newer version", DAMAGED),
    "a pipe": Fault(instead(os.mkfifo), "calendar", PIPE, AWAY),
}


@pytest.mark.parametrize("fault", KEPT_FAULTS.values(), ids=KEPT_FAULTS)
def test_a_directory_that_follows_an_agenda_is_checked(
    ask: Asked, world: World, fault: Fault, tmp_path: Path
) -> None:
    assert ask("agenda", "sync", str(tmp_path / "calendar"), "--keep").status == 0
    assert faults(ask) == []
    check(ask, world, fault)


def test_a_directory_that_is_gone_is_a_problem(ask: Asked, world: World, tmp_path: Path) -> None:
    ask("agenda", "sync", str(tmp_path / "calendar"), "--keep")
    (tmp_path / "calendar").rename(tmp_path / "away")
    [(kind, path, problem, remedy)] = faults(ask)
    assert (kind, path, problem) == (
        "calendar", str(world.calendar), f"the directory {tmp_path / 'calendar'} does not exist",
    )  # fmt: skip
    assert ask(*remedy.split()[1:]).status == 0
    assert faults(ask) == []
