"""The contents of a site: the schedule and the options from which its files are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from summitcli.catalog.queries import Catalog
from summitcli.i18n import LANGUAGES
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.library.log import LoggedUpdate
from summitcli.rows import SessionRow
from summitcli.site import PAGES, PARTS
from summitcli.site.addresses import Addresses

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed


class File(NamedTuple):
    """A file of a site."""

    path: str
    """The path relative to the root of the site, with slashes."""
    make: Callable[[], Iterable[bytes]]
    """A function that makes the content, in pieces; the same contents of a site give the same bytes."""
    part: str = PAGES


class Contents(NamedTuple):
    """The schedule and the options from which the files of a site are made."""

    catalog: Catalog
    parse: Callable[[], Parsed]
    """A function that parses the schedule again, for formats that are written from the model."""
    addresses: Addresses
    languages: tuple[str, ...]
    """The languages of the pages and feeds, ``en`` or ``zh`` or both; the first is the main one."""
    titles: Mapping[str, str]
    """The title of the site by language; it may lack some of the languages."""
    base_url: str = ""
    """The absolute URL of the site with a slash at the end; empty if it is unknown."""
    log: tuple[LoggedUpdate, ...] = ()
    """The changes at each publication that had any, oldest first, with its time."""
    parts: frozenset[str] = frozenset(PARTS)
    """The parts that the site has, so that links may lead to them, made now or by an earlier publication."""
    cancelled: tuple[SessionRow, ...] = ()
    """The sessions that an earlier publication had and that their publisher has cancelled since."""


def languages_of(catalog: Catalog) -> tuple[str, ...]:
    """Return the languages in which a site of the schedule is made, the schedule's own first.

    They are those of the conference's title that pages can be written in; if there is none, English.
    """
    conference = catalog.conference()
    known = [language for language in LANGUAGES if conference.titles.get(language)]
    return tuple(sorted(known, key=lambda language: language != conference.language)) or ("en",)
