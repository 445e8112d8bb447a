"""The replacement of ``sqlite3`` without date conversions."""

import sqlite3
import subprocess
import sys

import pytest

from summitcli.storage import sqlite


@pytest.mark.parametrize("name", ["connect", "Connection", "Error", "DatabaseError"])
def test_the_replacement_has_all_names_of_the_module(name: str) -> None:
    assert getattr(sqlite.sqlite3, name) is getattr(sqlite3, name)


def test_importing_sqlite3_later_does_not_affect_an_open_database() -> None:
    code = (
        "from summitcli.storage.sqlite import sqlite3 as ours\n"
        "connection = ours.connect(':memory:')\n"
        "before = {'sqlite3', 'datetime'} & {*sys.modules}\n"
        "import sqlite3\n"
        "rows = connection.execute('SELECT 1').fetchall()\n"
        "print(before, isinstance(connection, sqlite3.Connection), rows)\n"
    )
    code = f"import sys; sys.path[:0] = {sys.path!r}\n{code}"
    command = [sys.executable, "-I", "-S", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "set() True [(1,)]\n"
