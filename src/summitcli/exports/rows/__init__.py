"""Rows as text: one function a format, ``(rows, request) -> Iterator[str]``.

Rows are gone through once, unless a function says otherwise, and only a batch of them is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from summitcli.lazy_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitcli.catalog.queries import Catalog
    from summitcli.exports.calendar.ics import Options

FIRST_BATCH, BATCH_SIZE = 100, 1000
"""How many rows are written together: few at first, so that a reader has them at once."""


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield ``rows`` in lists of at most :data:`BATCH_SIZE`."""
    left = iter(rows)
    size = FIRST_BATCH
    while batch := list(islice(left, size)):
        yield batch
        size = BATCH_SIZE


class Request:
    """What a writer of rows is told beside the rows, which are NamedTuples of one kind.

    It is no NamedTuple itself, which would take a millisecond to make, at every answer.

    Args:
        columns: the names of the fields to write, in order; of no meaning to formats without columns.
        header: whether TSV begins with the names of its columns.
        catalog: the schedule that sessions are of; writers of sessions ask it for more.
        language: of the names of sessions and categories, for writers of sessions.
        revisions: returns by session the highest revision of its picks, for calendars (SEQUENCE of RFC 5545,
            section 3.8.7.4).
        calendar: how a calendar is to be written.
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
