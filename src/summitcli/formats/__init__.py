"""What a schedule's bytes mean: one module a format, the first that recognises them reads them.

A format is a module with ``detect(data) -> bool``, which looks at the bytes and never at a file's name, and
``parse(data, name) -> Schedule``, which is pure.
"""

from typing import Protocol

from summitcli.errors import UnknownFormat
from summitcli.formats import native
from summitcli.i18n import _
from summitcli.model import Schedule

HEAD = 4096
"""How many bytes tell what a file looks like."""


class Format(Protocol):
    """What a module of this package offers."""

    def detect(self, data: bytes) -> bool:
        """Whether ``data`` is of this format, as far as a glance can tell."""
        ...

    def parse(self, data: bytes, name: str) -> Schedule:
        """The schedule that ``data`` holds; ``name`` is for messages."""
        ...


FORMATS: tuple[Format, ...] = (native,)


def parse(data: bytes, name: str) -> Schedule:
    """The schedule that ``data`` holds, in whatever known format.

    Args:
        data: the whole file.
        name: the source as the user knows it, for messages.

    Raises:
        UnknownFormat: no format recognises the bytes.
        InvalidSchedule: the format's own rules or the model's are broken.
    """
    for candidate in FORMATS:
        if candidate.detect(data):
            return candidate.parse(data, name)
    raise UnknownFormat(name, _looks_like(data[:HEAD]))


def _looks_like(head: bytes) -> str:
    """What bytes that are no schedule seem to be, for a message."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        return _("it is empty")
    if not text:
        return _("it is blank")
    if text[:15].lower().startswith((b"<!doctype html", b"<html")):
        return _("it looks like a page of HTML")
    if text[:1] in b"{[":
        return _('it is JSON without "format": "summit-schedule/1"')
    if b"\0" in head:
        return _("it looks like binary data")
    return _("it looks like plain text")
