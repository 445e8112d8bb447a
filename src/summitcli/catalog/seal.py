"""The integrity of catalog files: their digest, owner and permissions, and the *seal* of a large file.

A seal is a small file that records the state of the large file (its size, times and inode) when its digest
was last verified.
"""

import os
import stat

from summitcli.storage.sqlite import sqlite3

FORMAT = 13
"""The version of the catalog's file format; increase it if you change the tables or the :func:`trailer`.

Catalogs of other versions are rebuilt.
"""

MAX_SMALL_SIZE = 2**19
"""Catalogs of at most this size, in bytes, are verified by their digest whenever they are opened.

This takes at most a millisecond; the shortest command takes 40. A conference of a few hundred sessions has a
smaller catalog.
"""

DIGEST_LENGTH = 32
"""The length of the digest at the end of a catalog's file: 16 bytes of BLAKE2b (RFC 7693) in hexadecimal."""

PREFIX = "catalog-"
SUFFIX = ".sqlite"
SEAL = ".seal"
"""The suffix of a *seal*, a small file beside a large catalog.

It holds the state of the catalog's file (see :func:`mark`) at the time when its digest was last verified.
"""

DAY = 86400

WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def trailer(identity: str) -> bytes:
    """Return the bytes between the database and the digest in a catalog's file; they hold ``identity``.

    Args:
        identity: the text that identifies the state of the schedule's source.
    """
    return f"\0summit-catalog/{FORMAT}\0{identity}\0".encode("utf-8", "surrogateescape")


def mark(state: os.stat_result) -> bytes:
    """Return the state of a large catalog's file as bytes: its size, its times in nanoseconds, and its inode.

    Any change of the file alters them. The system updates ``st_ctime`` at each write (POSIX, "File Times
    Update"); on Windows it is the creation time.
    """
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}\n".encode()


def is_ours(state: os.stat_result) -> bool:
    """Return whether a file or directory belongs to the user, root, or the owner of the installed program.

    Root and the program's owner are trusted, as they could change the program itself. On systems without
    numeric user IDs, such as Windows, return True.
    """
    if not hasattr(os, "geteuid") or state.st_uid in (os.geteuid(), 0):
        return True
    return state.st_uid == os.stat(__file__).st_uid


def is_safe_folder(state: os.stat_result) -> bool:
    """Return whether a directory is safe: only its owner and root can replace our files in it.

    A directory of the user may be group-writable, as is usual on systems where each user has a group of
    their own: a file that somebody else put there has another owner, and is not trusted. In a sticky
    directory, such as /tmp, users can't replace one another's files (POSIX, S_ISVTX).
    """
    if not is_ours(state):
        return False
    if not hasattr(os, "geteuid") or state.st_mode & stat.S_ISVTX:
        return True
    forbidden = stat.S_IWOTH if state.st_uid == os.geteuid() else WRITABLE_BY_OTHERS
    return not state.st_mode & forbidden


def connect(path: str, options: str) -> sqlite3.Connection:
    """Open the database at ``path``; for the arguments see :func:`uri`.

    Raises:
        sqlite3.Error: the database can't be opened.
    """
    return sqlite3.connect(uri(path, options), uri=True)


def uri(path: str, options: str) -> str:
    """Return the SQLite URI of a database.

    Args:
        path: the path of the file; it may contain any characters, even bytes that are not UTF-8.
        options: the query of the URI, such as ``mode=ro&immutable=1``.
    """
    if os.sep != "/":
        path = "/" + path.replace(os.sep, "/")
    encoded = "".join(
        chr(byte) if byte < 0x80 and chr(byte) not in "%?#" else f"%{byte:02x}" for byte in os.fsencode(path)
    )
    return f"file:{encoded}?{options}"
