"""The Atom feed (RFC 4287) of a site: an entry for each publication (run of ``summit publish``) with changes.

The times in the feed are the times of the publications. The IDs are made from the conference and the
publication. So a feed stays the same until the schedule changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin
from uuid import UUID, uuid5

from summitcli.exports.elements import DECLARATION, INDENT, block, element, start
from summitcli.exports.page.markup import Markup
from summitcli.exports.page.markup import element as html
from summitcli.i18n import _, in_language, using_language
from summitcli.rows import ConferenceRow
from summitcli.site import FEEDS, PAGES
from summitcli.site.addresses import CHANGES, absolute
from summitcli.site.contents import Contents, File
from summitcli.site.news import Entry, Update, updates
from summitcli.site.rendering import Here

MAX_ENTRIES = 20
"""The maximum number of publications in the feed. The latest are kept."""

_NAMESPACE = UUID("6f2b1d0e-0c55-5a4e-9a53-4d3b7d1f5c0b")
"""The namespace of the IDs of feeds and entries (RFC 9562, section 5.5). It must never change."""


def changes_feed(contents: Contents, language: str, earlier: str = "") -> File:
    """Return the file with the feed of changes in ``language``.

    Args:
        contents: the contents of the site.
        language: the language of the feed.
        earlier: the earlier address for which the file is made, as links are relative to it; empty for the
            address that the feed has now.
    """
    path = earlier or f"{contents.addresses.root(language)}{CHANGES}"
    return File(path, lambda: _encoded(contents, language, path), FEEDS)


def _encoded(contents: Contents, language: str, path: str) -> Iterator[bytes]:
    with using_language(language):
        yield "".join(_feed(contents, language, path)).encode()


def _feed(contents: Contents, language: str, path: str) -> Iterator[str]:
    """Yield the feed in pieces.

    Args:
        contents: the contents of the site.
        language: the language of the feed. It must be the current language.
        path: the path of the feed.
    """
    conference = contents.catalog.conference()
    title = in_language(contents.titles, language, conference.language)
    here = Here(contents, language, path)
    listed = updates(here, contents, MAX_ENTRIES)
    changed = listed[0].date if listed else _revised(conference)
    attributes = {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language}
    yield f"{DECLARATION}{start('feed', attributes)}\n"
    lines = [
        element("id", _id(conference, language)),
        element("title", _("{title}: changes").format(title=title)),
        element("updated", changed),
        f"<author>{element('name', title)}</author>",
        element("generator", "summitcli"),
    ]
    if contents.base_url:
        lines.append(element("link", "", {"rel": "self", "href": here.url(path)}))
    lines += _page_link(contents, here, "")
    yield "".join(f"{INDENT}{line}\n" for line in lines)
    for update in listed:
        yield block("entry", {}, _entry(contents, here, update), INDENT)
    yield "</feed>\n"


def _entry(contents: Contents, here: Here, update: Update) -> Iterator[str]:
    """Yield the lines of the feed's entry for one publication."""
    conference = contents.catalog.conference()
    counts = (f"{group.name}: {group.number}" for group in update.groups)
    yield element("id", _id(conference, here.language, update.anchor, update.date))
    yield element("title", _(", ").join(counts))
    yield element("updated", update.date)
    yield from _page_link(contents, here, update.anchor)
    yield element("content", _content(contents, here, update), {"type": "html"})


def _content(contents: Contents, here: Here, update: Update) -> str:
    """Return the changes of one publication as HTML."""
    parts = []
    for group in update.groups:
        changes = [_change(contents, here, change) for change in group.changes]
        if group.more:
            changes.append(html("li", group.more))
        parts += [html("h3", group.name), html("ul", *changes)]
    return "".join(parts)


def _change(contents: Contents, here: Here, change: Entry) -> Markup:
    title: str = change.title.text
    if change.href and PAGES in contents.parts:
        title = html("a", title, href=_absolute(contents, here, change.href))
    return html("li", title, *((html("br"), change.text) if change.text else ()))


def _page_link(contents: Contents, here: Here, fragment: str) -> Iterator[str]:
    """Yield the link to the page of changes; nothing if the site has no pages.

    ``fragment`` is the HTML id of the place in that page; empty for none.
    """
    if PAGES in contents.parts:
        href = here.page("changes") + (f"#{fragment}" if fragment else "")
        attributes = {"rel": "alternate", "type": "text/html", "href": _absolute(contents, here, href)}
        yield element("link", "", attributes)


def _absolute(contents: Contents, here: Here, href: str) -> str:
    """Return ``href``, a relative URL, as an absolute URL; unchanged if the URL of the site is not known."""
    return urljoin(absolute(contents.base_url, here.path), href) if contents.base_url else href


def _id(conference: ConferenceRow, *parts: str) -> str:
    return f"urn:uuid:{uuid5(_NAMESPACE, '/'.join((conference.id, *parts)))}"


def _revised(conference: ConferenceRow) -> str:
    """Return the time of the schedule's last change, as in RFC 3339.

    If only the date is known, return midnight of that date; if nothing is known, midnight of the conference's
    first day. Both are in UTC.
    """
    revised = conference.revised or conference.start
    return revised if "T" in revised else f"{revised}T00:00:00Z"
