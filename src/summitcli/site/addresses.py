"""The paths of the files of a site, and relative links between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote

from summitcli.catalog.queries import Catalog
from summitcli.text.filenames import file_names

STYLE = "style.css"
NOT_FOUND = "404.html"
"""The page that static hosts show for an address that does not exist."""
CALENDAR, CHANGES = "schedule.ics", "changes.atom"
"""The calendar of all sessions and the feed of changes, of which there is one for each language."""
NATIVE, FRAB_JSON, FRAB_XML, TABLE = "summit.json", "schedule.json", "schedule.xml", "schedule.csv"
"""The whole schedule in our own format, in the two of frab, and as a table."""
SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"


class Addresses:
    """The paths of the files of a site, relative to its root and separated by slashes.

    The names of files follow from the IDs of sessions and categories and from the names of rooms and
    speakers, by the rule of :mod:`summitcli.text.filenames`.

    Args:
        catalog: the catalog of the schedule.
        languages: the languages of the site; with several, each has a directory of its own.
    """

    def __init__(self, catalog: Catalog, languages: tuple[str, ...]) -> None:
        self._several = len(languages) > 1
        self._stems: Mapping[str, Mapping[str, str]] = {
            "sessions": _stems(catalog.ids()),
            "categories": _stems(row.id for row in catalog.categories()),
            "rooms": _stems(row.name for row in catalog.rooms()),
            "speakers": _stems(row.name for row in catalog.speakers()),
        }

    def root(self, language: str) -> str:
        """Return the directory of a language with a slash behind it; empty if the site has only one."""
        return f"{language}/" if self._several else ""

    def has_any(self, kind: str) -> bool:
        """Return whether there is anything of a kind, such as ``rooms``."""
        return bool(self._stems[kind])

    def page(self, language: str, name: str) -> str:
        """Return the path of a page of which there is one for each language, such as ``index``."""
        return f"{self.root(language)}{name}.html"

    def of(self, language: str, kind: str, key: str, extension: str = "html") -> str:
        """Return the path of a file about one thing.

        Args:
            language: the language of the file.
            kind: ``days``, ``sessions``, ``categories``, ``rooms`` or ``speakers``; or ``screens`` for the
                page of a room that is made for a screen beside its door.
            key: the ISO date of a day, the ID of a session or a category, the name of a room or a speaker.
            extension: the extension of the file.
        """
        stem = key if kind == "days" else self._stems["rooms" if kind == "screens" else kind][key]
        return f"{self.root(language)}{kind}/{stem}.{extension}"


def link(origin: str, target: str, fragment: str = "") -> str:
    """Return the relative URL from one file of a site to another.

    Args:
        origin: the path of the file with the link.
        target: the path of the file that it leads to.
        fragment: the HTML id of a place in that file.
    """
    path = _relative(origin.rpartition("/")[0], target)
    return f"{path}#{quote(fragment)}" if fragment else path


@lru_cache(10_000)
def _relative(folder: str, target: str) -> str:
    """Return the relative URL of a file from a directory; much faster than ``posixpath.relpath``."""
    above, names = folder.split("/") if folder else [], target.split("/")
    shared = 0
    while shared < min(len(above), len(names) - 1) and above[shared] == names[shared]:
        shared += 1
    return quote("/".join([*[".."] * (len(above) - shared), *names[shared:]]))


def absolute(base_url: str, path: str) -> str:
    """Return the absolute URL of a file of the site at ``base_url``, which ends with a slash."""
    return base_url + quote(path)


def _stems(keys: Iterable[str]) -> Mapping[str, str]:
    """Return the name, without extension, of the file for each of ``keys``, such as session IDs; by key."""
    listed = list(keys)
    return dict(zip(listed, file_names(listed), strict=True))
