"""The contents of a site: the schedule and the options from which its files are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from summitcli.catalog.queries import Catalog
from summitcli.i18n import LANGUAGES
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.library.log import LoggedUpdate
from summitcli.rows import SessionRow
from summitcli.site import PAGES, PARTS
from summitcli.site.addresses import Addresses
from summitcli.site.moved import Moved
from summitcli.site.retired import GroupCalendar

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed


class File(NamedTuple):
    """A file of a site."""

    path: str
    """The path of the file in the site, with slashes."""
    make: Callable[[], Iterable[bytes]]
    """A function that makes the content, in pieces.

    The same contents of a site always give the same bytes.
    """
    part: str = PAGES


class Contents(NamedTuple):
    """The schedule and the options from which the files of a site are made."""

    catalog: Catalog
    parse: Callable[[], Parsed]
    """A function that parses the schedule again. Formats that are written from the model need it."""
    addresses: Addresses
    languages: tuple[str, ...]
    """The languages of the pages and feeds: ``en``, ``zh`` or both. The first is the main language."""
    titles: Mapping[str, str]
    """The title of the site by language, such as ``{"en": "…", "zh": "…"}``.

    Some languages may be missing.
    """
    base_url: str = ""
    """The absolute URL of the site, with a slash at the end; empty if it is unknown."""
    log: tuple[LoggedUpdate, ...] = ()
    """The publications (runs of ``summit publish``) with changes, oldest first, and what each changed."""
    parts: frozenset[str] = frozenset(PARTS)
    """The parts that the site has, made now or by an earlier publication; links may lead to these parts."""
    cancelled: tuple[SessionRow, ...] = ()
    """The sessions that were published earlier and that their publisher has cancelled since."""
    retired: tuple[GroupCalendar, ...] = ()
    """The published calendars of days, categories, rooms and speakers that are no longer in the schedule."""
    moved: Moved = Moved()
    """The addresses that the files of the site had when it had other languages."""

    def moved_paths(self, language: str, path: str) -> Iterator[str]:
        """Yield the earlier paths of a file. ``path`` is its path now, and ``language`` its language."""
        return self.moved.paths(language, path.removeprefix(self.addresses.root(language)))


def languages_of(catalog: Catalog) -> tuple[str, ...]:
    """Return the languages in which a site of the schedule is made; the schedule's own comes first.

    They are the languages of the conference's title, as far as pages can be written in them. If there is
    none, the only language is English.
    """
    conference = catalog.conference()
    known = [language for language in LANGUAGES if conference.titles.get(language)]
    return tuple(sorted(known, key=lambda language: language != conference.language)) or ("en",)
