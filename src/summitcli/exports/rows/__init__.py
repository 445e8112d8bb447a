"""Rows as text: one function per format, ``(rows, request) -> Iterator[str]``.

A row is a NamedTuple, such as a listing (a session at one of its times). Its class is one of
:mod:`summitcli.rows` or belongs to a command. The functions yield the text in pieces, which are joined
without anything between them. They iterate over the rows once, unless they say otherwise, and hold only one
batch of them in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from summitcli.lazy_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitcli.catalog.queries import Catalog
    from summitcli.exports.calendar.ics import Options
    from summitcli.exports.page import PageOptions

FIRST_BATCH, BATCH_SIZE = 100, 1000
"""The numbers of rows in a batch. The first batch is smaller, so that output starts at once."""


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield ``rows`` in lists of at most :data:`BATCH_SIZE` rows; the first list is smaller."""
    left = iter(rows)
    size = FIRST_BATCH
    while batch := list(islice(left, size)):
        yield batch
        size = BATCH_SIZE


class Request:
    """The settings with which rows are written, such as columns and language.

    This is not a NamedTuple, as creating that class would take a millisecond at every command.

    Args:
        columns: the names of the fields to write, in order; not used by formats without columns.
        header: whether TSV begins with a header row.
        catalog: the catalog (a database with the schedule), from which formats that write sessions read more.
        language: the language of names, for formats that write sessions.
        revisions: a function that returns the highest revision of each session in an agenda, by session ID,
            for calendars (SEQUENCE, RFC 5545 section 3.8.7.4).
        calendar: the options for writing a calendar; None for the defaults.
        page: the options for writing a page; None for the defaults.
    """

    def __init__(
        self,
        columns: Sequence[str] = (),
        header: bool = False,
        catalog: Catalog | None = None,
        language: str = "",
        revisions: Callable[[], Mapping[str, int]] = dict,
        calendar: Options | None = None,
        page: PageOptions | None = None,
    ) -> None:
        self.columns = columns
        self.header = header
        self.catalog = catalog
        self.language = language
        self.revisions = revisions
        self.calendar = calendar
        self.page = page
