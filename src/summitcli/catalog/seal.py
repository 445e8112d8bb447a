"""What a catalog's file must have to be believed: how it is named and sealed, and whose it is."""

import os
import stat

from summitcli.storage.sqlite import sqlite3

FORMAT = 11
"""Raised with every change of the tables, of what is written into them, or of the seal behind them; older
catalogs are rebuilt."""

SUMMED_WHOLE = 2**19
"""The size in bytes up to which a file is summed whenever it is opened. That takes at the most a millisecond,
one part in forty of a small answer; conferences of a few hundred sessions are below it."""

DIGEST_LENGTH = 32
"""Of the digest at the end of a catalog's file: 16 bytes of BLAKE2b (RFC 7693), in hexadecimal digits."""

PREFIX = "catalog-"
SUFFIX = ".sqlite"
SEAL = ".seal"
"""Follows the name of a large catalog in that of the note beside it."""

DAY = 86400

OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def ending(identity: str) -> bytes:
    """Return what stands between the database and the digest in the file of a catalog of that identity."""
    return f"\0summit-catalog/{FORMAT}\0{identity}\0".encode("utf-8", "surrogateescape")


def mark(state: os.stat_result) -> bytes:
    """Return what tells a large file from what it is after any change: size, both times in ns, and inode.

    The system sets ``st_ctime`` itself whenever a file is written to (POSIX, "File Times Update"); on Windows
    it is when the file was made.
    """
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}\n".encode()


def is_ours(state: os.stat_result) -> bool:
    """Return whether a file or folder belongs to the user, to root, or to who installed the program.

    Root and whoever may change the program need no catalog to change an answer. Where users have no numbers,
    as on Windows, everything is taken to be the user's.
    """
    if not hasattr(os, "geteuid") or state.st_uid in (os.geteuid(), 0):
        return True
    return state.st_uid == os.stat(__file__).st_uid


def is_safe_folder(state: os.stat_result) -> bool:
    """Return whether nobody but its owner and root can replace our files in a folder.

    A group may write to a folder of the user's own, as it does under the usual mask where everybody has a
    group to themselves; what others put there belongs to them. In a sticky folder, such as /tmp, nobody can
    replace what is not theirs (POSIX, S_ISVTX).
    """
    if not is_ours(state):
        return False
    if not hasattr(os, "geteuid") or state.st_mode & stat.S_ISVTX:
        return True
    forbidden = stat.S_IWOTH if state.st_uid == os.geteuid() else OTHERS_WRITE
    return not state.st_mode & forbidden


def connect(path: str, options: str) -> sqlite3.Connection:
    """Open ``path`` as an SQLite URI (SQLite, "Uniform Resource Identifiers"), of whatever bytes.

    Raises:
        sqlite3.Error: it can't be opened.
    """
    if os.sep != "/":
        path = "/" + path.replace(os.sep, "/")
    encoded = "".join(
        chr(byte) if byte < 0x80 and chr(byte) not in "%?#" else f"%{byte:02x}" for byte in os.fsencode(path)
    )
    return sqlite3.connect(f"file:{encoded}?{options}", uri=True)
