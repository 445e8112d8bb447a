"""A schedule's bytes, wherever they have to be fetched from: a server, a page that links to them, a file."""

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
    """The bytes of a schedule that was fetched, and where they come from."""

    name: str
    """What the user would call the source; it may be shown."""
    origin: Origin
    content: bytes
    """Unpacked."""

    def source(self) -> Source:
        """Return the source to be read for one call, known by its bytes alone."""
        place = fingerprint(self.origin.address.encode("utf-8", "surrogateescape"))
        identity = f"web {place} {fingerprint(self.content)}"
        return Source(self.name, identity, content=self.content, hints=self.origin.hints())


def asked_host(origin: Origin) -> str:
    """Return the host that the reference names; empty where that is no address."""
    return host_of(origin.reference) if origin.address else ""


def other_host(origin: Origin) -> str:
    """Return the host that a schedule came from where its reference names another; else empty."""
    came_from = host_of(origin.url) if origin.address else ""
    return came_from if came_from != asked_host(origin) else ""


def fetch_schedule(
    reference: str,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    network: Network | None = None,
) -> Download:
    """Fetch what ``reference`` names: an address, a file, or ``-`` for standard input.

    Args:
        reference: what the user gave; an address may be in the user's own network.
        limits: how much of servers is put up with.
        progress: is told how far it is.
        network: how names are resolved and connections made; None for the system's way.

    Raises:
        Refused: a server of the public internet names an address of the reader's own network, by a redirect
            or as the only one that it links to.
        Unreachable: it can't be read or fetched.
        ScheduleError: it is too large or damaged, or a page without a schedule.
        UsageError: it is an address that can't be fetched.
    """
    if is_url(reference):
        url = http_url(reference)
        end = time.monotonic() + limits.total
        answer = fetch(url, NO_VALIDATORS, limits, progress, network=network)
        # Without validators no server may say that nothing has changed, and one that does is refused.
        assert answer is not None  # noqa: S101
        return _found(url, answer, _until(end, limits), progress, network)
    source = resolve(reference)
    place = STDIN if reference == STDIN else os.path.abspath(reference)
    return Download(source.name, Origin(place), source.read())


def fetch_again(
    before: Origin,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    network: Network | None = None,
) -> Download | None:
    """Fetch what the reference of ``before`` names now; None where its server says that it is the same.

    The address that a page linked to is still one that the page named, and not the user. Whether it may be in
    the reader's own network is told by the text of both alone, as names may resolve to anything by now; where
    that does not allow it, the page is asked again.

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
            return _found(before.reference, answer, left, progress, network, before.address)
    except (Unreachable, ScheduleError):
        if not linked:
            raise
    # The page may lead elsewhere by now.
    return fetch_schedule(before.reference, _until(end, limits), progress, network)


def _are_local(*addresses: str) -> bool:
    """Return whether the hosts of all these addresses are of the reader's own network by their text."""
    from summitcli.sources.local_hosts import is_local_name

    return all(is_local_name(host_of(url)) for url in addresses)


def _until(end: float, limits: Limits) -> Limits:
    """Return ``limits`` with only the time that is left until ``end``, of the monotonic clock."""
    return limits._replace(total=max(end - time.monotonic(), 0.0))


def _found(
    reference: str,
    answer: Response,
    limits: Limits,
    progress: Progress | None,
    network: Network | None,
    asked: str = "",
) -> Download:
    """Return the schedule that was answered, or one that the page links to which was answered."""
    content = _content(answer, limits)
    if _is_schedule(content) or not is_page(content, answer.content_type):
        return _download(reference, asked or reference, answer, content)
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
        # For all that is known it does link to a schedule.
        raise failed
    looks_like = _("it is a page of HTML that links to none; look there for a link to .json, .xml or .ics")
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


def _modified(said: str | None) -> datetime | None:
    """Return when a server says that its answer was changed (RFC 9110, 8.8.2); None for what is no date."""
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(said or "")
    except (ValueError, OverflowError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
