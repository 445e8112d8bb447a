"""The syntax of session, category and conference IDs."""

from collections.abc import Container

MAX_ID_LENGTH = 100
"""The length limit of IDs."""

ID = "[a-z0-9]+(-[a-z0-9]+)*"
"""A regular expression for IDs: lower-case ASCII letters and digits in words joined by hyphens; it has a
group."""


def is_id(text: str) -> bool:
    """Return whether ``text`` has the syntax of an ID, whatever its length."""
    return (
        text.isascii() and text == text.lower() and (text.isalnum() or all(map(str.isalnum, text.split("-"))))
    )


def numbered(id_: str, taken: Container[str]) -> str:
    """Return ``id_``, or if it is taken, the first free one of ``id_-2``, ``id_-3`` and so on."""
    number, free = 1, id_
    while free in taken:
        number += 1
        ending = f"-{number}"
        free = id_[: MAX_ID_LENGTH - len(ending)].rstrip("-") + ending
    return free
