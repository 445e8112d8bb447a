"""Reading rows one by one: verified first, few in memory, none twice."""

import sqlite3
from collections.abc import Callable
from itertools import islice

import pytest

from summitcli.catalog.database import BATCH_SIZE, Database
from summitcli.errors import CatalogDamaged

NUMBERS = (
    "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 10000)"
    " SELECT n, seen(n) FROM number"
)


def numbers(watch: Callable[[], None] | None = None) -> tuple[Database, list[int]]:
    """Return a database and the list of rows of :data:`NUMBERS` read so far."""
    read: list[int] = []
    connection = sqlite3.connect(":memory:")
    connection.create_function("seen", 1, read.append)
    return Database(connection, watch), read


def test_rows_are_read_a_batch_at_a_time() -> None:
    database, read = numbers()
    rows = database.iterate(NUMBERS)
    assert read == []
    assert next(rows) == (1, None)
    assert len(read) <= BATCH_SIZE + 1
    assert len(list(islice(rows, BATCH_SIZE))) == BATCH_SIZE
    assert len(read) <= 2 * BATCH_SIZE + 1
    assert len(list(rows)) == 10000 - BATCH_SIZE - 1
    assert read == list(range(1, 10001))


def test_a_batch_is_verified_before_any_row_is_returned() -> None:
    watched = []

    def watch() -> None:
        watched.append(len(read))
        if len(watched) > 2:
            raise CatalogDamaged("changed")

    database, read = numbers(watch)
    rows = database.iterate(NUMBERS)
    assert len(list(islice(rows, BATCH_SIZE))) == BATCH_SIZE
    with pytest.raises(CatalogDamaged):
        next(rows)


def test_a_damaged_database_says_so_at_the_first_row() -> None:
    database, _read = numbers()
    with pytest.raises(CatalogDamaged):
        next(database.iterate("SELECT 1 FROM gone"))


def test_invalid_text_matches_nothing() -> None:
    database, _read = numbers()
    assert list(database.iterate("SELECT 1 WHERE ? NOT NULL", ["\udce4"])) == []
    assert database.select("SELECT 1 WHERE ? NOT NULL", ["\udce4"]) == []
