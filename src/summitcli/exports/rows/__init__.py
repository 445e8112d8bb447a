"""Rows as text: one function a format, ``(rows, request) -> str``."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from summitcli.catalog.queries import Catalog
    from summitcli.exports.calendar.ics import Options


class Request(NamedTuple):
    """What a writer of rows is told beside the rows, which are NamedTuples of one kind."""

    columns: Sequence[str] = ()
    """The names of the fields to write, in order; of no meaning to formats without columns."""
    header: bool = False
    """Whether TSV begins with the names of its columns."""
    catalog: "Catalog | None" = None
    """The schedule that sessions are of; writers of sessions ask it for more."""
    language: str = ""
    """The language of the names of sessions and categories, for writers of sessions."""
    revisions: Callable[[], Mapping[str, int]] = dict
    """Returns by session the highest revision of its picks, for calendars; SEQUENCE of RFC 5545, 3.8.7.4."""
    calendar: "Options | None" = None
    """How a calendar is to be written."""
