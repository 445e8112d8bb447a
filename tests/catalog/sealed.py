"""Catalogs with a valid digest but altered content, as only an internal error could write."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from summitcli.catalog.seal import DIGEST_LENGTH
from summitcli.sources.source import fingerprint


def parts(file: Path) -> tuple[bytes, bytes]:
    """Return the database in a catalog's file, and the bytes between it and the digest."""
    sealed = file.read_bytes()[:-DIGEST_LENGTH]
    end = sealed.rindex(b"\0summit-catalog/")
    return sealed[:end], sealed[end:]


def put(file: Path, database: bytes, tail: bytes) -> None:
    """Replace ``file`` with a sealed catalog of that content."""
    sealed = database + tail
    temporary = file.with_suffix(".new")
    temporary.write_bytes(sealed + fingerprint(sealed).encode())
    temporary.chmod(0o600)
    os.replace(temporary, file)


def change(file: Path, statements: str) -> None:
    """Run SQL in the database of a catalog, then seal it again."""
    database, tail = parts(file)
    plain = file.with_suffix(".plain")
    plain.write_bytes(database)
    with closing(sqlite3.connect(plain)) as connection:
        connection.executescript(statements)
    put(file, plain.read_bytes(), tail)
    plain.unlink()
