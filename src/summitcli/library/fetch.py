"""Downloading schedules from a server, and reading them from a file.

A reference is what the user names a schedule by: a URL, a file or ``-`` for standard input. A URL may lead to
a page that links to the schedule.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

from summitcli.errors import ScheduleError, UnknownFormat, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.library.kept import Origin
from summitcli.library.reference import STDIN, resolve
from summitcli.sources.addresses import http_url, is_url, without_password
from summitcli.sources.charsets import in_utf_8
from summitcli.sources.packed import decompressed
from summitcli.sources.pages import is_page, links
from summitcli.sources.source import Source, fingerprint
from summitcli.sources.web import (
    LIMITS,
    NO_VALIDATORS,
    Limits,
    Progress,
    Refused,
    Response,
    Validators,
    fetch,
    host_of,
    redirected,
)

if TYPE_CHECKING:
    from summitcli.sources.transport import Network


class Download(NamedTuple):
    """A downloaded schedule: its bytes and where they come from."""

    name: str
    """The URL or file, without any password, for messages."""
    origin: Origin
    content: bytes
    """The bytes after decompression."""

    def source(self) -> Source:
        """Return the schedule as a source that is used without being saved."""
        place = fingerprint(self.origin.address.encode("utf-8", "surrogateescape"))
        identity = f"web {place} {fingerprint(self.content)}"
        return Source(self.name, identity, content=self.content, hints=self.origin.hints())


def requested_host(origin: Origin) -> str:
    """Return the host of the URL that the user gave; empty if the schedule is from a file."""
    return host_of(origin.reference) if origin.address else ""


def redirected_host(origin: Origin) -> str:
    """Return the host that a schedule finally came from; empty if it is the host that the user gave."""
    came_from = host_of(origin.url) if origin.address else ""
    return came_from if came_from != requested_host(origin) else ""


def fetch_schedule(
    reference: str,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    network: Network | None = None,
) -> Download:
    """Download the schedule at ``reference``, a URL, or read it from a file or standard input (``-``).

    Args:
        reference: the reference given by the user; a URL may be in the local network.
        limits: the limits on time, size and redirects.
        progress: called repeatedly with the number of bytes received, and the total number if known.
        network: resolves names and opens connections; None for the system's network.

    Raises:
        Refused: a public server redirects to the local network, or its page links only to that.
        Unreachable: it can't be read or downloaded.
        ScheduleError: it is too large or damaged, or it is a page that links to no schedule.
        UsageError: it is a URL of a kind that can't be downloaded.
    """
    if is_url(reference):
        url = http_url(reference)
        end = time.monotonic() + limits.total
        answer = fetch(url, NO_VALIDATORS, limits, progress, network=network)
        # Without validators a "not modified" answer is an error, so there always is a response.
        assert answer is not None  # noqa: S101
        return _follow_links(url, answer, _until(end, limits), progress, network)
    source = resolve(reference)
    place = STDIN if reference == STDIN else os.path.abspath(reference)
    return Download(source.name, Origin(place), source.read())


def fetch_again(
    before: Origin,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    network: Network | None = None,
) -> Download | None:
    """Download the schedule again that came from ``before``; None if its server says it has not changed.

    If the user gave the URL of a page that links to the schedule, the link is used again; if that fails, the
    page is downloaded again. The link may lead to the local network only if the page is there, too. Both are
    judged by the text of their URLs, as their names may resolve differently by now.

    Raises:
        Refused, Unreachable, ScheduleError, UsageError: as for :func:`fetch_schedule`.
    """
    if not before.address:
        return fetch_schedule(before.reference, limits, progress, network)
    end = time.monotonic() + limits.total
    linked = before.address != before.reference
    may_be_local = not linked or _are_local(before.reference, before.address)
    try:
        validators = Validators(before.etag or None, before.last_modified or None)
        answer = fetch(before.address, validators, limits, progress, may_be_local, network)
        if answer is None:
            return None
        if not linked or _is_schedule(_content(answer, limits)):
            left = _until(end, limits)
            return _follow_links(before.reference, answer, left, progress, network, before.address)
    except (Unreachable, ScheduleError):
        if not linked:
            raise
    # The page may link to another URL by now.
    return fetch_schedule(before.reference, _until(end, limits), progress, network)


def _are_local(*addresses: str) -> bool:
    """Return whether all URLs are in the local network, judged by the names of their hosts alone."""
    from summitcli.sources.local_hosts import is_local_name

    return all(is_local_name(host_of(url)) for url in addresses)


def _until(end: float, limits: Limits) -> Limits:
    """Return ``limits`` with the total time set to what is left until ``end`` (see ``time.monotonic``)."""
    return limits._replace(total=max(end - time.monotonic(), 0.0))


def _follow_links(
    reference: str,
    answer: Response,
    limits: Limits,
    progress: Progress | None,
    network: Network | None,
    asked: str = "",
) -> Download:
    """Return the schedule in ``answer``; if that is a page, the first schedule that it links to.

    ``reference`` is the URL that the user gave, ``asked`` the one that was downloaded, if it is another.
    """
    content = _content(answer, limits)
    if _is_schedule(content) or not is_page(content, answer.content_type):
        return _download(reference, asked or reference, answer, content)
    page = content
    end = time.monotonic() + limits.total
    refused: Refused | None = None
    failed: Unreachable | None = None
    read = False
    for link in links(content, answer.url):
        left = _until(end, limits)
        try:
            url = redirected(reference, http_url(link))
            behind = fetch(url, NO_VALIDATORS, left, progress, answer.is_local, network)
            assert behind is not None  # noqa: S101
            content = _content(behind, limits)
        except Refused as error:
            refused = refused or error
        except Unreachable as error:
            failed = failed or error
        except (ScheduleError, UsageError):
            read = True
        else:
            read = True
            if _is_schedule(content):
                return _download(reference, url, behind, content)
    if refused:
        raise Refused(reference, refused.target, linked=True)
    if failed and not read:
        # One of the links that failed may be the schedule.
        raise failed
    from summitcli.formats.unknown import page_of_file

    looks_like = page_of_file(page) or _(
        "it is an HTML page that links to no schedule; look there for a link to .json, .xml or .ics"
    )
    raise UnknownFormat(without_password(reference), looks_like)


def _download(reference: str, url: str, answer: Response, content: bytes) -> Download:
    etag, last_modified = answer.validators
    modified = _modified(last_modified)
    origin = Origin(
        reference, url, etag or "", last_modified or "", answer.url, modified.isoformat() if modified else ""
    )
    return Download(without_password(reference), origin, content)


def _content(answer: Response, limits: Limits) -> bytes:
    content = decompressed(answer.content, answer.url, limits.max_size)
    return in_utf_8(content, answer.content_type)


def _is_schedule(content: bytes) -> bool:
    from summitcli.formats import recognise

    try:
        recognise(content, "")
    except UnknownFormat:
        return False
    return True


def _modified(header: str | None) -> datetime | None:
    """Return the time in a ``Last-Modified`` header (RFC 9110, 8.8.2); None if it has no valid date."""
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(header or "")
    except (ValueError, OverflowError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
