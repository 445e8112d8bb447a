"""Rows as text: one function per format, ``(rows, request) -> Iterator[str]``.

Rows are iterated over once unless a function says otherwise, and only one batch of them is in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from summitcli.lazy_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitcli.catalog.queries import Catalog
    from summitcli.exports.calendar.ics import Options

FIRST_BATCH, BATCH_SIZE = 100, 1000
"""How many rows are written at a time; the first batch is small, so that output starts at once."""


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield ``rows`` in lists of at most :data:`BATCH_SIZE`."""
    left = iter(rows)
    size = FIRST_BATCH
    while batch := list(islice(left, size)):
        yield batch
        size = BATCH_SIZE


class Request:
    """What a writer needs to know beside the rows, which are NamedTuples of one kind.

    This is no NamedTuple itself, which would take a millisecond to create at every command.

    Args:
        columns: the names of the fields to write, in order; ignored by formats without columns.
        header: whether TSV begins with a header row.
        catalog: the schedule of the sessions; writers of sessions read more from it.
        language: the language of names, for writers of sessions.
        revisions: returns the highest revision of the picks of each session by ID, for calendars (SEQUENCE,
            RFC 5545 section 3.8.7.4).
        calendar: how to write a calendar.
    """

    def __init__(
        self,
        columns: Sequence[str] = (),
        header: bool = False,
        catalog: Catalog | None = None,
        language: str = "",
        revisions: Callable[[], Mapping[str, int]] = dict,
        calendar: Options | None = None,
    ) -> None:
        self.columns = columns
        self.header = header
        self.catalog = catalog
        self.language = language
        self.revisions = revisions
        self.calendar = calendar
