"""The links of sessions and speakers on a page, and where the details of both come from."""

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
"""The id of the heading above the speakers, which no session ID equals, as those have no dots."""

_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\]+", re.IGNORECASE)


class Details(Protocol):
    """The details of sessions and speakers, read when they are needed."""

    def of_session(self, id_: str) -> SessionDetails:
        """Return the details of a session."""

    def names(self) -> Iterable[str]:
        """Return the names of the speakers of whom more than the name is known."""

    def people(self, names: Iterable[str]) -> Iterable[PersonRow]:
        """Return what is known about these speakers, in the same order."""


def links_of_session(details: SessionDetails) -> Iterator[Markup]:
    """Yield the links of a session, its feedback page last."""
    links = details.links
    if details.feedback_url:
        links = (*links, LinkRow(details.feedback_url, _("Feedback")))
    yield from link_list(links)


def link_list(links: Sequence[LinkRow]) -> Iterator[Markup]:
    """Yield a list of links, if there are any; only web and mail addresses can be followed."""
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
    """Return the id of what is known about a speaker, which no session ID equals, as those have no dots."""
    return f"{SPEAKERS}.{number}"
