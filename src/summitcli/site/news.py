"""The page of a site with the changes that each publication (run of ``summit publish``) made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from summitcli.catalog.conditions import Query
from summitcli.changes import KINDS
from summitcli.exports.announcement.texts import kind_name, logged_text
from summitcli.i18n import _
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.library.log import LoggedChange, LoggedUpdate
from summitcli.site.contents import Contents
from summitcli.site.rendering import Here, Text, render
from summitcli.text import dates
from summitcli.text.batches import batches

MAX_UPDATES = 50
"""The maximum number of publications on the page. The latest are shown."""


class Entry(NamedTuple):
    """A change as the page shows it. ``href`` is empty if the session no longer has a page."""

    title: Text
    href: str
    text: str


class Group(NamedTuple):
    """The changes of one kind. There may be more than the page lists."""

    name: str
    number: int
    changes: list[Entry]

    @property
    def more(self) -> str:
        """Return the number of changes that the page does not list, as text; empty if it lists all."""
        more = self.number - len(self.changes)
        return _("and {n} more").format(n=more) if more > 0 else ""


class Update(NamedTuple):
    """The changes of one publication."""

    anchor: str
    date: str
    name: str
    groups: list[Group]


def changes(here: Here, contents: Contents, frame: Mapping[str, Any]) -> bytes:
    """Return the page with the changes of the latest publications.

    Args:
        here: the page.
        contents: the contents of the site.
        frame: the values that are the same on all pages, such as the title of the site.
    """
    listed = updates(here, contents, MAX_UPDATES)
    return render(here, "changes.html", **frame, heading=Text(_("Changes")), updates=listed)


def updates(here: Here, contents: Contents, limit: int) -> list[Update]:
    """Return the changes of the latest publications, the newest first.

    Args:
        here: the page or feed that shows them.
        contents: the contents of the site.
        limit: the maximum number of publications.
    """
    latest = list(reversed(contents.log))[:limit]
    ids = {change.id for update in latest for change in update.changes}
    titles = {
        session.id: session.titles
        for batch in batches(sorted(ids))
        for session in contents.catalog.sessions(Query(ids=tuple(batch)))
    }
    return [_update(here, update, titles, contents) for update in latest]


def _update(
    here: Here, update: LoggedUpdate, titles: Mapping[str, Mapping[str, str]], contents: Contents
) -> Update:
    groups = list(_groups(here, update, titles, contents.catalog.conference().language))
    day = update.date[:10]
    name = _("{date}, {times}").format(date=dates.period(day, day), times=update.date[11:16])
    return Update(f"update.{update.update}", update.date, name, groups)


def _groups(
    here: Here, update: LoggedUpdate, titles: Mapping[str, Mapping[str, str]], own: str
) -> Iterator[Group]:
    """Yield the changes of a publication in groups by kind.

    Args:
        here: the page.
        update: the publication's entry in the log.
        titles: the titles of each session, by session ID and language: ``{"tea": {"en": "…", "zh": "…"}}``.
        own: the conference's own language.
    """
    for kind in KINDS:
        entries = [
            _entry(here, change, titles.get(change.id), own)
            for change in update.changes
            if change.kind == kind
        ]
        if number := update.counts.get(kind, len(entries)):
            yield Group(kind_name(kind), number, entries)


def _entry(here: Here, change: LoggedChange, titles: Mapping[str, str] | None, own: str) -> Entry:
    is_there = titles is not None
    # A later title would contradict what is said about a new one.
    title = here.text(titles if titles and titles.get(own) == change.title else {own: change.title})
    return Entry(title, here.of("sessions", change.id) if is_there else "", logged_text(change))
