"""How rows leave as text: one function a format, ``(rows, columns) -> str``. None prints or opens a file."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

Export = Callable[[Sequence[Any], Sequence[str]], str]
"""From rows (NamedTuples of one kind) and the names of their fields to show, in order, to a text."""

FORMATS = {
    "tsv": "summitcli.exports.delimited",
    "csv": "summitcli.exports.delimited",
    "json": "summitcli.exports.documents",
    "jsonl": "summitcli.exports.documents",
    "ids": "summitcli.exports.delimited",
    "md": "summitcli.exports.markdown",
}
"""Each format and the module whose function of that name writes it."""

OF_SESSIONS = ("ics", "html")
"""Formats that only sessions have: their functions are given the conference, too."""

LOSSLESS = ("json", "jsonl")
"""Formats that keep every field, every type and the schedule's own language unless told otherwise."""


def export(name: str) -> Export:
    """The function that writes the format ``name``, a key of :data:`FORMATS`."""
    function: Export = getattr(import_module(FORMATS[name]), name)
    return function
