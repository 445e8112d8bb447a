"""The paths of the files of a site, and relative links between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote

from summitcli.catalog.queries import Catalog
from summitcli.text.filenames import file_names

INDEX = "index.html"
"""The page where visitors begin: the overview, or if there are several languages, the choice of one."""
STYLE = "style.css"
NOT_FOUND = "404.html"
"""The page that web servers show for an address that does not exist."""
CALENDAR, CHANGES = "schedule.ics", "changes.atom"
"""The calendar of all sessions, and the feed of changes. Each exists once in each language."""
NATIVE, FRAB_JSON, FRAB_XML, TABLE = "summit.json", "schedule.json", "schedule.xml", "schedule.csv"
"""The whole schedule in our own format, in the two formats of frab, and as a table."""
SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"


class Addresses:
    """The paths of the files of a site, relative to the site's directory, with slashes.

    The names of files are made from the IDs of sessions and categories and from the names of rooms and
    speakers, by the rule of :mod:`summitcli.text.filenames`.

    Args:
        catalog: the catalog of the schedule (the database that contains it).
        languages: the languages of the site. If there are several, each has a directory.
    """

    def __init__(self, catalog: Catalog, languages: tuple[str, ...]) -> None:
        self._languages = languages
        self._stems: Mapping[str, Mapping[str, str]] = {
            "days": {row.day: row.day for row in catalog.days()},
            "sessions": _stems(catalog.ids()),
            "categories": _stems(row.id for row in catalog.categories()),
            "rooms": _stems(row.name for row in catalog.rooms()),
            "speakers": _stems(row.name for row in catalog.speakers()),
        }

    def root(self, language: str) -> str:
        """Return the directory of a language, such as ``en/``; empty if the site has only one language."""
        return root(language, self._languages)

    def has_any(self, kind: str) -> bool:
        """Return whether the schedule has any ``sessions``, ``categories``, ``rooms`` or ``speakers``.

        Args:
            kind: one of these words.
        """
        return bool(self._stems[kind])

    def has(self, kind: str, key: str) -> bool:
        """Return whether there are files about a session, category, room or speaker; see :meth:`of`."""
        return key in self._stems[kind]

    def page(self, language: str, name: str) -> str:
        """Return the path of a page that exists once in each language, such as ``index``."""
        return f"{self.root(language)}{name}.html"

    def of(self, language: str, kind: str, key: str, extension: str = "html") -> str:
        """Return the path of a file about one day, session, category, room or speaker.

        Args:
            language: the language of the file.
            kind: ``days``, ``sessions``, ``categories``, ``rooms`` or ``speakers``. ``screens`` is for the
                page of a room that is shown on a screen beside its door.
            key: the ISO date of a day, the ID of a session or a category, or the name of a room or a speaker.
            extension: the extension of the file.
        """
        stem = self._stems["rooms" if kind == "screens" else kind][key]
        return f"{self.root(language)}{kind}/{stem}.{extension}"


def root(language: str, languages: tuple[str, ...]) -> str:
    """Return the directory of a language in a site with these languages, as :meth:`Addresses.root` does."""
    return f"{language}/" if len(languages) > 1 else ""


def link(origin: str, target: str, fragment: str = "") -> str:
    """Return the relative URL from one file of a site to another.

    Args:
        origin: the path of the file that contains the link.
        target: the path of the file to which it leads.
        fragment: the HTML id of the place in that file; empty for none.
    """
    folder, _slash, name = target.rpartition("/")
    path = _between(origin.rpartition("/")[0], folder) + _quoted(name)
    return f"{path}#{quote(fragment)}" if fragment else path


@lru_cache(1_000)
def _between(folder: str, other: str) -> str:
    """Return the relative URL from one directory to another: empty, or with a slash at the end.

    This is much faster than ``posixpath.relpath``.
    """
    above, names = (path.split("/") if path else [] for path in (folder, other))
    shared = 0
    while shared < min(len(above), len(names)) and above[shared] == names[shared]:
        shared += 1
    return quote("".join([*["../"] * (len(above) - shared), *(f"{name}/" for name in names[shared:])]))


@lru_cache(10_000)
def _quoted(name: str) -> str:
    return quote(name)


def absolute(base_url: str, path: str) -> str:
    """Return the absolute URL of the file ``path`` of a site.

    ``base_url`` is the URL of the site, with a slash at the end.
    """
    return base_url + quote(path)


def _stems(keys: Iterable[str]) -> Mapping[str, str]:
    """Return the file name, without extension, for each of ``keys``, such as session IDs."""
    listed = list(keys)
    return dict(zip(listed, file_names(listed), strict=True))
