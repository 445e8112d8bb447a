"""The feeds of a site, which other programs read: calendars, changes, and the schedule in several formats."""

from __future__ import annotations

from collections.abc import Iterator

from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.site import FEEDS
from summitcli.site.addresses import CALENDAR, CHANGES, FRAB_JSON, FRAB_XML, NATIVE, TABLE
from summitcli.site.contents import Contents, File
from summitcli.sources.pages import C3VOC_JSON, C3VOC_XML, SUMMIT_JSON


def feeds(contents: Contents) -> Iterator[File]:
    """Yield the feeds: the schedule in each format, then for each language the calendars and the changes."""
    from summitcli.site.atom import changes_feed
    from summitcli.site.calendars import Calendars
    from summitcli.site.schedules import schedules

    yield from schedules(contents)
    for language in contents.languages:
        for file in Calendars(contents, language).files():
            yield file
            yield from (file._replace(path=path) for path in contents.moved_paths(language, file.path))
        changes = changes_feed(contents, language)
        yield changes
        for path in contents.moved_paths(language, changes.path):
            yield changes_feed(contents, language, path)


class Alternate(NamedTuple):
    """A feed to which a page links with ``rel=alternate`` (HTML Living Standard, 4.6.7.1)."""

    path: str
    type: str
    title: str


def alternates(contents: Contents, language: str) -> list[Alternate]:
    """Return the feeds of the whole schedule: calendar, changes, and the schedule in each format.

    Return [] if the site has no feeds.

    Args:
        contents: the contents of the site.
        language: the language of the page that links to them. It must be the current language.
    """
    if FEEDS not in contents.parts:
        return []
    from summitcli.site.schedules import fits_frab_xml

    root, schedule = contents.addresses.root(language), _("Schedule ({format})")
    found = [
        Alternate(f"{root}{CALENDAR}", "text/calendar", _("Calendar of all sessions")),
        Alternate(f"{root}{CHANGES}", "application/atom+xml", _("Changes ({format})").format(format="Atom")),
        Alternate(TABLE, "text/csv", schedule.format(format="CSV")),
        Alternate(NATIVE, SUMMIT_JSON, schedule.format(format="summit JSON")),
        Alternate(FRAB_JSON, C3VOC_JSON, schedule.format(format="frab JSON")),
        Alternate(FRAB_XML, C3VOC_XML, schedule.format(format="frab XML")),
    ]
    return [feed for feed in found if feed.path != FRAB_XML or fits_frab_xml(contents.catalog)]


def calendar_of(contents: Contents, language: str, kind: str, key: str) -> Alternate | None:
    """Return the calendar with the sessions of a page, such as those in a room.

    Return None if the site has no feeds.

    Args:
        contents: the contents of the site.
        language: the language of the page. It must be the current language.
        kind: what the page is about: ``days``, ``sessions``, ``categories``, ``rooms`` or ``speakers``.
        key: the ISO date of the day, the ID of the session or category, or the name of the room or speaker.
    """
    if FEEDS not in contents.parts:
        return None
    path = contents.addresses.of(language, kind, key, "ics")
    title = _("Add to the calendar (.ics)") if kind == "sessions" else _("Calendar of these sessions")
    return Alternate(path, "text/calendar", title)
