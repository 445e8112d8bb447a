"""The labels of the links of sessions and speakers."""

from __future__ import annotations

from summitcli.i18n import _
from summitcli.lazy_typing import Protocol

_LABELS = {"stream": "Stream", "recording": "Recording", "slides": "Slides"}
COMMON_KINDS = tuple(_LABELS)
"""The kinds of links that have a label of their own, in the order of output."""


class Link(Protocol):
    """The interface of a link, as :class:`summitcli.rows.LinkRow` implements it."""

    @property
    def title(self) -> str | None:
        """Return the link's title, if it has one."""

    @property
    def kind(self) -> str | None:
        """Return the kind of the link's target, such as ``slides``; None if it is not known."""


def link_label(link: Link) -> str:
    """Return the label of a link: its title, or else the label of its kind, or else an empty text."""
    return link.title or (kind_label(link.kind) if link.kind else "")


def kind_label(kind: str) -> str:
    """Return the label of a kind of links; a kind that has no label is returned unchanged."""
    return _(_LABELS[kind]) if kind in _LABELS else kind
