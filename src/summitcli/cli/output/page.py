"""From rows to a page."""

import io
import sys
from collections.abc import Sequence
from typing import Any

from summitcli.catalog.queries import Query
from summitcli.cli.call import Call
from summitcli.exports.html import html
from summitcli.rows import Listing, SessionRow


def page(call: Call, rows: Sequence[Any]) -> str:
    """The page of listings, or of sessions on the days that they have, in the language to show names in."""
    catalog = call.catalog
    listings = _listings(call, rows) if rows and isinstance(rows[0], SessionRow) else rows
    return html(call.conference, catalog.categories(), catalog.colors(), listings, call.names_language)


def write_references() -> None:
    """Let stdout write as a character reference what its encoding lacks, as a page says that it is UTF-8."""
    stdout = sys.stdout
    if isinstance(stdout, io.TextIOWrapper) and stdout.encoding.lower().replace("-", "") != "utf8":
        stdout.reconfigure(encoding="ascii", errors="xmlcharrefreplace")


def _listings(call: Call, sessions: Sequence[SessionRow]) -> list[Listing]:
    picks = tuple((row.id, day) for row in sessions for day in row.days)
    mine = {row.id for row in sessions if row.in_agenda}
    return [row._replace(in_agenda=row.id in mine) for row in call.catalog.listings(Query(picks=picks))]
