"""A synced directory that vdirsyncer carries to a Radicale server and to another computer."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summitcli.vdir import folder, record
from tests.cli.timed_screens import conference
from tests.conftest import Asked
from tests.exports.programs import Vdirsyncer, radicale_server
from tests.schedules import write

pytest.importorskip("vdirsyncer", reason="vdirsyncer is not installed")

Computers = Callable[[str], Vdirsyncer]


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computers]:
    """Yield a function that creates the vdirsyncer of a computer; all of them share a server."""
    (tmp_path / "server").mkdir()
    with radicale_server(tmp_path / "server") as server:
        yield lambda name: Vdirsyncer(tmp_path / name, server.url)


def states(calendar: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return the inode, the time and the content of all files."""
    files = [path for path in calendar.iterdir() if path.suffix != ".lock"]
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def digests(calendar: Path) -> list[str]:
    """Return the digest of each event; vdirsyncer chooses other file names."""
    return sorted(folder.digest(path.read_bytes()) for path in calendar.glob("*.ics"))


def test_events_reach_a_server_and_another_computer_unchanged_and_a_second_sync_writes_nothing(
    ask: Asked, computer: Computers, tmp_path: Path
) -> None:
    ask("use", str(write(tmp_path / "timed.json", conference())))
    ask("star", "opening", "soldering")
    mine, other = computer("mine"), computer("other")

    def synced(computer: Vdirsyncer) -> str:
        return ask("agenda", "sync", str(computer.calendar), "--alarm", "10m").err

    assert synced(mine) == f"synced to {mine.calendar}: 3 added\n"
    before = states(mine.calendar)
    mine.discover()
    uids = [f"{name}@conf.summitcli" for name in ("opening", "soldering.2", "soldering")]
    assert mine.sync() == [f"Copying (uploading) item {uid} to server/conference" for uid in uids]
    assert mine.sync() == []
    assert synced(mine) == f"{mine.calendar} is up to date (3 events)\n"
    assert states(mine.calendar) == before

    other.discover()
    assert other.sync() == [f"Copying (uploading) item {uid} to local/conference" for uid in uids]
    assert digests(other.calendar) == digests(mine.calendar)
    carried = states(other.calendar)
    assert synced(other) == f"{other.calendar} is up to date (3 events)\n"
    after = states(other.calendar)
    assert after.pop(record.NAME)
    assert after == carried
    assert other.sync() == mine.sync() == []
    assert states(mine.calendar) == before


def test_changes_of_the_agenda_and_edits_on_another_computer_are_carried(
    ask: Asked, computer: Computers, tmp_path: Path
) -> None:
    published = conference()
    schedule = write(tmp_path / "timed.json", published)
    ask("use", str(schedule))
    ask("star", "opening", "closing")
    mine, other = computer("mine"), computer("other")
    ask("agenda", "sync", str(mine.calendar), "--keep")
    for each in (mine, other):
        each.discover()
        each.sync()
    edited = next(path for path in other.calendar.glob("*.ics") if b"SUMMARY:Opening" in path.read_bytes())
    edited.write_bytes(edited.read_bytes().replace(b"SUMMARY:Opening", b"SUMMARY:My own"))
    ask("unstar", "closing")
    for each in (other, mine, other):
        each.sync()
    assert ask("agenda", "sync").err == (
        f"{mine.calendar} is up to date (0 events)\nleft as you edited it: Opening; --force overwrites it\n"
    )
    assert digests(mine.calendar) == digests(other.calendar) == [folder.digest(edited.read_bytes())]
    published["sessions"][0]["title"] = "Welcome"
    write(schedule, published)
    ask("update")
    assert ask("agenda", "sync", "--force").err == f"synced to {mine.calendar}: 1 changed\n"
    mine.sync()
    other.sync()
    assert digests(other.calendar) == digests(mine.calendar)
    assert b"SUMMARY:Welcome" in edited.read_bytes()
