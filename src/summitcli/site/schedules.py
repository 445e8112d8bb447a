"""The whole schedule in the formats that other programs read, in the main directory of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from summitcli.catalog.conditions import EVERYTHING
from summitcli.catalog.queries import Catalog
from summitcli.catalog.selection import Selection
from summitcli.exports.rows import Request, delimited
from summitcli.exports.schedules.frab_json import frab_json
from summitcli.exports.schedules.frab_xml import MAX_DURATION, frab_xml
from summitcli.exports.schedules.listed import COLUMNS
from summitcli.exports.schedules.native import native
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.site import FEEDS
from summitcli.site.addresses import FRAB_JSON, FRAB_XML, NATIVE, TABLE
from summitcli.site.contents import Contents, File
from summitcli.site.public import public, public_row

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed


def schedules(contents: Contents) -> Iterator[File]:
    """Yield the whole schedule in each format, in the schedule's own language."""
    parsed = cache(lambda: _with_titles(public(contents.parse()), contents.titles))

    def file(path: str, write: Callable[[Parsed], Iterator[str]]) -> File:
        return File(path, lambda: _encoded(write(parsed())), FEEDS)

    yield file(NATIVE, native)
    yield file(FRAB_JSON, frab_json)
    if fits_frab_xml(contents.catalog):
        yield file(FRAB_XML, frab_xml)
    yield File(TABLE, lambda: _table(contents.catalog), FEEDS)


def fits_frab_xml(catalog: Catalog) -> bool:
    """Return whether no session is too long for the format frab XML."""
    ((longest,),) = catalog.select("SELECT longest FROM conference")
    return bool(longest < MAX_DURATION.total_seconds())


def _with_titles(parsed: Parsed, titles: Mapping[str, str]) -> Parsed:
    """Return the schedule with the site's title in each language, ``titles``, as the conference's title."""
    from summitcli.model import Text

    conference = parsed.outline.conference
    if titles == conference.title.by_language(conference.language):
        return parsed
    conference = conference.model_copy(update={"title": Text(dict(titles))})
    return parsed._replace(outline=parsed.outline.model_copy(update={"conference": conference}))


def _table(catalog: Catalog) -> Iterator[bytes]:
    rows = map(public_row, Selection(catalog, EVERYTHING))
    return _encoded(delimited.csv(rows, Request(COLUMNS)))


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """Yield pieces of text as bytes in UTF-8."""
    return (piece.encode() for piece in pieces)
