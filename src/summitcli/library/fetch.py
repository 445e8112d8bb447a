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
from summitcli.sources.addresses import http_url, is_url, is_webcal, requested, without_password
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


PAGE = "schema-org"
"""The name of the format of web pages that describe a schedule."""


class Download(NamedTuple):
    """A downloaded schedule: its bytes and where they come from."""

    name: str
    """The URL or file, without any password, for messages."""
    origin: Origin
    content: bytes
    """The bytes after decompression."""
    others: tuple[str, ...] = ()
    """The other schedule links on the page that led to this one, best first, without passwords."""

    def source(self) -> Source:
        """Return a source that reads the downloaded bytes, for use without saving."""
        place = fingerprint(self.origin.address.encode("utf-8", "surrogateescape"))
        identity = f"web {place} {fingerprint(self.content)}"
        return Source(self.name, identity, content=self.content, hints=self.origin.hints())


def requested_host(origin: Origin) -> str:
    """Return the host of the URL that the user gave; empty if it was a file."""
    return host_of(origin.reference) if origin.address else ""


def redirected_host(origin: Origin) -> str:
    """Return the host that a schedule finally came from, if it is not the requested one; else empty."""
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
        # What the user typed is saved, but its scheme is written in one way.
        reference = reference if is_webcal(reference) else url
        answer = fetch(url, NO_VALIDATORS, limits, progress, network=network)
        # Without validators a "not modified" answer is an error, so there always is a response.
        assert answer is not None  # noqa: S101
        return _follow_links(reference, answer, _until(end, limits), progress, network)
    source = resolve(reference)
    place = STDIN if reference == STDIN else os.path.abspath(reference)
    return Download(source.name, Origin(place), source.read())


def fetch_again(
    before: Origin,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    network: Network | None = None,
) -> Download | None:
    """Download a schedule again; return None if the server says that it has not changed since ``before``.

    If the user gave the URL of a page that links to the schedule, the link is used again; if that fails, the
    page is downloaded again. The link may lead to the local network only if the page is there, too. Both are
    judged by the text of their URLs, as their names may resolve differently by now.

    Args:
        before: where and when the schedule was downloaded.
        limits: the limits on time, size and redirects.
        progress: as for :func:`fetch_schedule`.
        network: as for :func:`fetch_schedule`.

    Raises:
        Refused, Unreachable, ScheduleError, UsageError: as for :func:`fetch_schedule`.
    """
    if not before.address:
        return fetch_schedule(before.reference, limits, progress, network)
    if before.directory:
        return _fetch_listed_again(before, limits, progress, network)
    end = time.monotonic() + limits.total
    linked = before.address != requested(before.reference)
    may_be_local = not linked or _are_local(before.reference, before.address)
    try:
        validators = Validators(before.etag or None, before.last_modified or None)
        answer = fetch(before.address, validators, limits, progress, may_be_local, network)
        if answer is None:
            return None
        if not linked or _is_file(_content(answer, limits)):
            left = _until(end, limits)
            return _follow_links(before.reference, answer, left, progress, network, before.address)
    except (Unreachable, ScheduleError):
        if not linked:
            raise
    # The page may link to another URL by now.
    return fetch_schedule(before.reference, _until(end, limits), progress, network)


def fetch_listed(
    url: str,
    directory: str,
    is_local: bool,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    network: Network | None = None,
    validators: Validators = NO_VALIDATORS,
) -> Download | None:
    """Download the schedule at a URL from a directory on the web, which is a link by a stranger.

    Args:
        url: the URL in the directory.
        directory: the URL of the directory.
        is_local: whether the directory is in the user's own network; only then may ``url`` be there.
        limits: the limits on time, size and redirects.
        progress: as for :func:`fetch_schedule`.
        network: as for :func:`fetch_schedule`.
        validators: those of an earlier response.

    Returns:
        The download, or None if it has not changed since ``validators``.

    Raises:
        Refused, Unreachable, ScheduleError, UsageError: as for :func:`fetch_schedule`.
    """
    target = redirected(directory, http_url(url))
    end = time.monotonic() + limits.total
    try:
        answer = fetch(target, validators, limits, progress, is_local, network)
    except Refused as error:
        raise Refused(directory, error.target, linked=True) from None
    if answer is None:
        return None
    found = _follow_links(target, answer, _until(end, limits), progress, network)
    return found._replace(origin=found.origin._replace(directory=directory))


def _fetch_listed_again(
    before: Origin, limits: Limits, progress: Progress | None, network: Network | None
) -> Download | None:
    """Download a schedule that is listed in a directory on the web; None if unchanged since ``before``."""
    linked = before.address != before.reference
    validators = NO_VALIDATORS if linked else Validators(before.etag or None, before.last_modified or None)
    is_local = _are_local(before.directory, before.reference)
    return fetch_listed(before.reference, before.directory, is_local, limits, progress, network, validators)


def _are_local(*addresses: str) -> bool:
    """Return whether all URLs are in the local network, judging by their host names alone."""
    from summitcli.sources.local_hosts import is_local_name

    return all(is_local_name(host_of(url)) for url in addresses)


def _until(end: float, limits: Limits) -> Limits:
    """Return ``limits`` with the time that remains until ``end`` (see ``time.monotonic``) as the total."""
    return limits._replace(total=max(end - time.monotonic(), 0.0))


def _follow_links(
    reference: str,
    answer: Response,
    limits: Limits,
    progress: Progress | None,
    network: Network | None,
    asked: str = "",
) -> Download:
    """Return the schedule in a response, or the first schedule to which the page in it links.

    A page that describes events itself is the schedule only if it links to no schedule that can be read.

    Args:
        reference: the URL that the user gave.
        answer: the response.
        limits: the limits on time, size and redirects.
        progress: as for :func:`fetch_schedule`.
        network: as for :func:`fetch_schedule`.
        asked: the URL that was requested, if it is not ``reference``.
    """
    content = _content(answer, limits)
    here = _download(reference, asked or requested(reference), answer, content)
    if _is_file(content) or not is_page(content, answer.content_type):
        return here
    behind = _first_schedule(reference, content, answer, limits, progress, network)
    if isinstance(behind, Download):
        return behind
    if _format(content):
        return here
    raise behind


def _first_schedule(
    reference: str,
    page: bytes,
    answer: Response,
    limits: Limits,
    progress: Progress | None,
    network: Network | None,
) -> Download | ScheduleError | Unreachable:
    """Return the first schedule to which a page links; without one, the error that explains why."""
    end = time.monotonic() + limits.total
    found = links(page, answer.url)
    refused: Refused | None = None
    failed: Unreachable | None = None
    read = False
    for number, link in enumerate(found):
        left = _until(end, limits)
        try:
            url = redirected(requested(reference), http_url(link))
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
            if _is_file(content):
                others = tuple(map(without_password, found[number + 1 :]))
                return _download(reference, url, behind, content)._replace(others=others)
    if refused:
        return Refused(reference, refused.target, linked=True)
    if failed and not read:
        # One of the links that failed may be the schedule.
        return failed
    from summitcli.formats.unknown import page_of_file

    looks_like = page_of_file(page) or _(
        "it is an HTML page that links to no schedule; look there for a link to .json, .xml or .ics"
    )
    return UnknownFormat(without_password(reference), looks_like)


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


def _is_file(content: bytes) -> bool:
    """Return whether ``content`` is a schedule and not a web page, even one that describes a schedule."""
    return _format(content) not in ("", PAGE)


def _format(content: bytes) -> str:
    """Return the name of the format of ``content``; empty if it is in no schedule format."""
    from summitcli.formats import recognise

    try:
        return recognise(content, "")
    except UnknownFormat:
        return ""


def _modified(header: str | None) -> datetime | None:
    """Return the time in a ``Last-Modified`` header (RFC 9110, 8.8.2); None if it has no valid date."""
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(header or "")
    except (ValueError, OverflowError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
