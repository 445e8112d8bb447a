"""What an id of a session, a category or a conference is made of."""

from collections.abc import Container

LONGEST = 100
"""The most letters that an id has."""

ID = "[a-z0-9]+(-[a-z0-9]+)*"
"""Small ASCII letters and digits in words joined by hyphens, as a regular expression with one group."""


def is_id(text: str) -> bool:
    """Return whether ``text`` is made as ids are, of whatever length."""
    return (
        text.isascii() and text == text.lower() and (text.isalnum() or all(map(str.isalnum, text.split("-"))))
    )


def numbered(id_: str, taken: Container[str]) -> str:
    """Return ``id_``, or where that is taken the first of ``id_-2``, ``id_-3`` and so on that is not."""
    number, free = 1, id_
    while free in taken:
        number += 1
        ending = f"-{number}"
        free = id_[: LONGEST - len(ending)].rstrip("-") + ending
    return free
