"""The links of sessions and speakers on an HTML page, and the interface that provides their details."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from summitcli.details import LinkRow, PersonRow, SessionDetails
from summitcli.exports.calendar.content import clean
from summitcli.exports.page.markup import Markup, block, element
from summitcli.i18n import _
from summitcli.lazy_typing import Protocol
from summitcli.text.links import kind_label, link_label

SPEAKERS = "about.speakers"
"""The HTML id of the heading above the speakers. It contains a dot, so no session ID can equal it."""

_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\]+", re.IGNORECASE)


class Details(Protocol):
    """The interface through which a page reads the details of sessions and speakers when they are needed."""

    def of_session(self, id_: str) -> SessionDetails:
        """Return the details of the session with the ID ``id_``."""

    def names(self) -> Iterable[str]:
        """Return the names of the speakers about whom more than the name is known, such as a biography."""

    def people(self, names: Iterable[str]) -> Iterable[PersonRow]:
        """Return the details of the speakers with these names, in the same order."""


def links_of_session(details: SessionDetails) -> Iterator[Markup]:
    """Yield the links of a session as HTML; the link to its feedback page comes last."""
    links = details.links
    if details.feedback_url:
        links = (*links, LinkRow(details.feedback_url, _("Feedback")))
    yield from link_list(links)


def link_list(links: Sequence[LinkRow]) -> Iterator[Markup]:
    """Yield an HTML list of links; nothing if there are none. Only web and mail addresses can be clicked."""
    if links:
        yield block("ul", [element("li", _link(link), dir="auto") for link in links], class_="links")


def _link(link: LinkRow) -> Markup:
    label, kind = link_label(link), kind_label(link.kind) if link.kind else ""
    text = label if clean(label).strip() else link.url
    if kind and kind != text:
        text = _("{name}: {text}").format(name=kind, text=text)
    if _LINK.fullmatch(link.url) and clean(link.url) == link.url:
        return element("a", text, href=link.url, rel="noopener")
    shown = text if link.url in text else _("{name}: {text}").format(name=text, text=link.url)
    return element("span", shown)


def speaker_anchor(number: int) -> str:
    """Return the HTML id of a speaker's entry. It contains a dot, so no session ID can equal it."""
    return f"{SPEAKERS}.{number}"
