"""From rows of SQLite to the rows that a catalog answers with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from summitcli.errors import CatalogDamaged
from summitcli.lazy_typing import Any
from summitcli.rows import Listing, SessionRow


def decoded(document: str, kind: type = dict) -> Any:
    """Return what a column of JSON holds.

    Raises:
        CatalogDamaged: it holds no JSON, or not of that kind.
    """
    try:
        value, end = _scan(document, 0)
    except (StopIteration, ValueError, TypeError) as error:
        raise CatalogDamaged(f"no JSON: {document!r:.80}") from error
    if end != len(document) or type(value) is not kind:
        raise CatalogDamaged(f"no JSON of that kind: {document!r:.80}")
    return value


_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]
"""Read a JSON value from a place in a text, and tell where it ends; where there is none, raise StopIteration.
``raw_decode`` does the same by way of a frame of Python's own, which is noticed at 25,000 rows."""


def listing(row: tuple[Any, ...]) -> Listing:
    """Return a row of listings, with its columns of JSON decoded."""
    id_, title, titles = row[:3]
    speakers = tuple(decoded(row[13], list)) if row[13] else ()
    *texts, guid, status = row[14:]
    held = (*row[3:9], row[9] == 1, *row[10:13])
    return Listing._make((id_, title, decoded(titles), *held, speakers, *texts, False, guid, None, status))


def sessions(listings: Iterable[tuple[Listing, bool]]) -> Iterator[SessionRow]:
    """Return listings gathered into sessions; they come session by session, in order of time.

    Args:
        listings: each with whether it is asked for: a session's first such slot is the one that it shows.
    """
    for _id, pairs in groupby(listings, key=lambda pair: pair[0].id):
        held = list(pairs)
        asked = next((listing for listing, is_asked in held if is_asked), None)
        yield SessionRow.of([listing for listing, _asked in held], asked)
