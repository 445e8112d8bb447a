"""Downloaded schedules: their content, and where they come from."""

from __future__ import annotations

from datetime import UTC, datetime

from summitcli.lazy_typing import NamedTuple
from summitcli.library.kept import Origin
from summitcli.sources.addresses import without_password
from summitcli.sources.charsets import in_utf_8
from summitcli.sources.packed import decompressed
from summitcli.sources.source import Source, fingerprint
from summitcli.sources.web import Limits, Response, host_of


class Download(NamedTuple):
    """A downloaded schedule: its content, and where it comes from."""

    name: str
    """The URL or file for messages, without a password."""
    origin: Origin
    content: bytes
    """The bytes of the schedule, decompressed."""
    others: tuple[str, ...] = ()
    """The URLs of the other schedules to which the same page links, best first, without passwords.

    There are none if the user gave the URL of this schedule, not of a page.
    """

    def source(self) -> Source:
        """Return a source that gives the downloaded bytes, to read the schedule without saving it."""
        place = fingerprint(self.origin.address.encode("utf-8", "surrogateescape"))
        identity = f"web {place} {fingerprint(self.content)}"
        return Source(self.name, identity, content=self.content, hints=self.origin.hints())


def requested_host(origin: Origin) -> str:
    """Return the host of the URL that the user gave; empty if it was a file."""
    return host_of(origin.reference) if origin.address else ""


def redirected_host(origin: Origin) -> str:
    """Return the host from which a schedule finally came; empty if it is the requested host."""
    came_from = host_of(origin.url) if origin.address else ""
    return came_from if came_from != requested_host(origin) else ""


def download_of(reference: str, url: str, answer: Response, content: bytes) -> Download:
    """Return the schedule in a response.

    Args:
        reference: the URL that the user gave.
        url: the URL that was requested.
        answer: the response.
        content: the bytes of the response, decompressed.
    """
    etag, last_modified = answer.validators
    modified = _modified(last_modified)
    origin = Origin(
        reference, url, etag or "", last_modified or "", answer.url, modified.isoformat() if modified else ""
    )
    return Download(without_password(reference), origin, content)


def content_of(answer: Response, limits: Limits) -> bytes:
    """Return the bytes of a response, decompressed and in UTF-8.

    Raises:
        ScheduleError: the bytes are too large or damaged.
    """
    content = decompressed(answer.content, answer.url, limits.max_size)
    return in_utf_8(content, answer.content_type)


def _modified(header: str | None) -> datetime | None:
    """Return the time in a ``Last-Modified`` header (RFC 9110, 8.8.2); None if it is not valid."""
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(header or "")
    except (ValueError, OverflowError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
