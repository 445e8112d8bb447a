"""The syntax of session, category and conference IDs, and the names that no file may have."""

from collections.abc import Container

MAX_ID_LENGTH = 100
"""The largest length of an ID, in characters."""

ID = "[a-z0-9]+(-[a-z0-9]+)*"
"""A regular expression for IDs such as ``opening-2``, with one group.

An ID consists of words of lower-case ASCII letters and digits, joined by hyphens.
"""

RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"))
)
"""The names that Windows reserves for devices (Win32, "Naming files, paths and namespaces")."""


def is_id(text: str) -> bool:
    """Return whether ``text`` has the syntax of an ID, whatever its length."""
    return (
        text.isascii() and text == text.lower() and (text.isalnum() or all(map(str.isalnum, text.split("-"))))
    )


def numbered(id_: str, taken: Container[str]) -> str:
    """Return ``id_`` if it is not in ``taken``, else the first of ``id_-2``, ``id_-3`` … that is not."""
    number, free = 1, id_
    while free in taken:
        number += 1
        ending = f"-{number}"
        free = id_[: MAX_ID_LENGTH - len(ending)].rstrip("-") + ending
    return free
