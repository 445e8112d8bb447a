"""Checks of catalogs: intact, torn, truncated, with wrong content, of other users."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from summitcli.catalog.seal import DIGEST_LENGTH, MAX_SMALL_SIZE
from tests.catalog import sealed
from tests.conftest import Asked
from tests.doctor.worlds import (
    LINK,
    PIPE,
    POSIX,
    PRIVATE,
    REPAIR,
    Fault,
    World,
    check,
    faults,
    holding,
    instead,
    mode,
    nowhere,
)
from tests.schedules import document, session, write

pytestmark = POSIX

SECTOR = 512
"""The number of bytes that a disk writes atomically."""

WRONG_SUM = "it is damaged: its checksum is wrong"
OTHER_VERSION = "it is from another version of the program"


def another_title(path: Path) -> None:
    """Change a title in the database, which remains valid."""
    database, tail = sealed.parts(path)
    digest = path.read_bytes()[-DIGEST_LENGTH:]
    path.write_bytes(database)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE session SET title = 'Not so'")
        connection.commit()
    path.write_bytes(path.read_bytes() + tail + digest)


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + bytes(1))


FAULTS = {
    "a catalog of wrong content": Fault(another_title, "catalog", WRONG_SUM, REPAIR, True),
    "a catalog with something behind it": Fault(longer, "catalog", WRONG_SUM, REPAIR, True),
    "a catalog for all": Fault(
        mode(0o664), "catalog", "other users can write to it (mode 0664)", PRIVATE, True
    ),
    "an empty catalog": Fault(holding(b""), "catalog", OTHER_VERSION, REPAIR, True),
    "a catalog of text": Fault(
        holding(b"no database" * 99), "catalog", "it is damaged: file is not a database", REPAIR, True
    ),
    "a pipe for a catalog": Fault(instead(os.mkfifo), "catalog", PIPE, REPAIR, True),
    "a link for a catalog": Fault(instead(nowhere), "catalog", LINK, REPAIR, True),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_problem_is_reported_and_repaired_if_no_data_is_lost(
    ask: Asked, world: World, fault: Fault
) -> None:
    check(ask, world, fault)


def test_a_catalog_with_a_sector_that_was_never_written_is_damaged(ask: Asked, world: World) -> None:
    whole = world.catalog.read_bytes()
    sectors = [start for start in range(0, len(whole), SECTOR) if any(whole[start : start + SECTOR])]
    for start in [*sectors[::7], sectors[-1]]:
        piece = whole[start : start + SECTOR]
        world.catalog.write_bytes(whole[:start] + bytes(len(piece)) + whole[start + SECTOR :])
        is_damaged(ask, world)
    world.catalog.write_bytes(whole)
    assert faults(ask) == []


def test_a_truncated_catalog_is_damaged(ask: Asked, world: World) -> None:
    whole = world.catalog.read_bytes()
    for length in (1, SECTOR, len(whole) // 2, len(whole) - DIGEST_LENGTH, len(whole) - 1):
        world.catalog.write_bytes(whole[:length])
        is_damaged(ask, world)


def is_damaged(ask: Asked, world: World) -> None:
    ((kind, path, problem, remedy),) = faults(ask)
    assert (kind, path, remedy) == ("catalog", str(world.catalog), REPAIR)
    assert problem.startswith("it is damaged: ") or problem == OTHER_VERSION


def test_a_damaged_catalog_is_removed_by_a_repair_and_rebuilt(ask: Asked, world: World) -> None:
    before = ask("list")
    another_title(world.catalog)
    answer = ask("doctor", "--repair")
    assert (answer.status, answer.err) == (0, "1 problem repaired\n")
    assert not world.catalog.exists()
    assert ask("list") == before
    assert world.catalog.exists()
    assert faults(ask) == []


def test_the_checksum_of_a_large_catalog_is_verified(ask: Asked, world: World, tmp_path: Path) -> None:
    text = "Von diesem und jenem. " * 12
    sessions = (session(f"s{number}", description=f"{number} {text}") for number in range(1000))
    file = write(tmp_path / "large.json", document(*sessions))
    assert ask("list", "--schedule", str(file)).status == 0
    (large,) = (path for path in world.cache.glob("*.sqlite") if path.stat().st_size > MAX_SMALL_SIZE)
    before = {path: path.read_bytes() for path in world.cache.iterdir()}
    assert faults(ask) == []
    assert {path: path.read_bytes() for path in world.cache.iterdir()} == before
    with large.open("r+b") as opened:
        opened.seek(large.stat().st_size // 2)
        opened.write(bytes(SECTOR))
    assert faults(ask) == [("catalog", str(large), WRONG_SUM, REPAIR)]


def test_a_database_that_was_damaged_before_it_was_sealed_is_damaged(ask: Asked, world: World) -> None:
    database, tail = sealed.parts(world.catalog)
    half = len(database) // 2
    sealed.put(world.catalog, database[:half] + bytes(len(database) - half), tail)
    is_damaged(ask, world)
