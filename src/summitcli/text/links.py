"""What the links of sessions and speakers are called."""

from __future__ import annotations

from summitcli.i18n import _
from summitcli.lazy_typing import Protocol

_LABELS = {"stream": "Stream", "recording": "Recording", "slides": "Slides"}
COMMON_KINDS = tuple(_LABELS)
"""The kinds of links that have a label, in the order of output."""


class Link(Protocol):
    """A link, such as :class:`summitcli.rows.LinkRow`."""

    @property
    def title(self) -> str | None:
        """Return its title, if it has one."""

    @property
    def kind(self) -> str | None:
        """Return what it leads to, if that is known."""


def link_label(link: Link) -> str:
    """Return what a link is called: its title, else what it leads to, else nothing."""
    return link.title or (kind_label(link.kind) if link.kind else "")


def kind_label(kind: str) -> str:
    """Return the label of a kind of links; other kinds stay as they are."""
    return _(_LABELS[kind]) if kind in _LABELS else kind
