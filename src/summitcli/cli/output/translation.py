"""Choosing titles and names of rows in the language of the output."""

from __future__ import annotations

from collections.abc import Iterable

from summitcli.cli.call import Call
from summitcli.lazy_typing import Any
from summitcli.rows import Listing, SessionRow


def translated(call: Call, kind: type, rows: Iterable[Any]) -> Iterable[Any]:
    """Return ``rows`` with titles and names in the language of the output, if they have any."""
    if rows == () or not _has_names(kind) or call.names_language == call.conference.language:
        return rows
    if issubclass(kind, Listing | SessionRow):
        names = {row.id: call.name(row.names) for row in call.catalog.categories()}
        return (
            row._replace(
                title=call.name(row.titles),
                category_name=names.get(row.category),
                description=call.name(row.descriptions) or row.description,
            )
            for row in rows
        )
    if hasattr(kind, "translated"):
        return (row.translated(call.name) for row in rows)
    return (row._replace(name=call.name(row.names)) for row in rows)


def _has_names(kind: type) -> bool:
    """Return whether rows of ``kind`` have titles or names in several languages."""
    return issubclass(kind, Listing | SessionRow) or hasattr(kind, "translated") or "names" in kind._fields  # type: ignore[attr-defined]
