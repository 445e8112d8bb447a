"""Downloading schedules from a server, and reading them from a file.

A reference is what the user writes for a schedule: a URL, a file, or ``-`` for standard input. A URL may lead
to a page that links to the schedule.
"""

from __future__ import annotations

import os
import time

from summitcli.errors import ScheduleError, Unreachable
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.download import Download, content_of
from summitcli.library.kept import Origin
from summitcli.library.page_links import follow_links, is_file, time_left
from summitcli.library.reference import STDIN, resolve
from summitcli.sources.addresses import http_url, is_url, is_webcal, requested
from summitcli.sources.web import (
    LIMITS,
    NO_VALIDATORS,
    Limits,
    Progress,
    Refused,
    Validators,
    fetch,
    host_of,
    redirected,
)

if TYPE_CHECKING:
    from summitcli.sources.transport import Network


def fetch_schedule(
    reference: str,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    network: Network | None = None,
) -> Download:
    """Download the schedule if ``reference`` is a URL; otherwise read it from a file or standard input.

    Args:
        reference: a URL, which may be in the local network; a file; or ``-`` for standard input.
        limits: the limits on time, size and redirects.
        progress: a function that is called repeatedly with the number of bytes received, and with their total
            if it is known.
        network: the object that resolves names and opens connections; None for the system's network.

    Raises:
        Refused: a public server redirects to the local network, or all links of its page lead there.
        Unreachable: the schedule can't be read or downloaded.
        ScheduleError: it is too large or damaged, or is a page that links to no schedule.
        UsageError: the URL is of a kind that can't be downloaded.
    """
    if is_url(reference):
        url = http_url(reference)
        end = time.monotonic() + limits.total
        # What the user typed is saved, but its scheme is written in one way.
        reference = reference if is_webcal(reference) else url
        answer = fetch(url, NO_VALIDATORS, limits, progress, network=network)
        # Without validators a "not modified" answer is an error, so there always is a response.
        assert answer is not None  # noqa: S101
        return follow_links(reference, answer, time_left(end, limits), progress, network)
    source = resolve(reference)
    place = STDIN if reference == STDIN else os.path.abspath(reference)
    return Download(source.name, Origin(place), source.read())


def fetch_again(
    before: Origin,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    network: Network | None = None,
) -> Download | None:
    """Download a schedule again and return it; None if the server says that it has not changed.

    If the user gave the URL of a page that links to the schedule, the schedule is downloaded from the link
    again. If that fails, the page is downloaded again. The schedule may be in the local network only if the
    page is there, too. Only the two URLs are compared for this; their host names are not looked up.

    Args:
        before: where and when the schedule was downloaded.
        limits: the limits on time, size and redirects.
        progress: see :func:`fetch_schedule`.
        network: see :func:`fetch_schedule`.

    Raises:
        Refused, Unreachable, ScheduleError, UsageError: see :func:`fetch_schedule`.
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
        if not linked or is_file(content_of(answer, limits)):
            left = time_left(end, limits)
            return follow_links(before.reference, answer, left, progress, network, before.address)
    except (Unreachable, ScheduleError):
        if not linked:
            raise
    # The page may link to another URL by now.
    return fetch_schedule(before.reference, time_left(end, limits), progress, network)


def fetch_listed(
    url: str,
    directory: str,
    is_local: bool,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    network: Network | None = None,
    validators: Validators = NO_VALIDATORS,
) -> Download | None:
    """Download a schedule whose URL is in a directory of conferences on the web.

    Such a URL was not written by the user, so it may be harmful.

    Args:
        url: the URL of the schedule.
        directory: the URL of the directory.
        is_local: True if the directory is in the user's own network. Only then may ``url`` be there, too.
        limits: the limits on time, size and redirects.
        progress: see :func:`fetch_schedule`.
        network: see :func:`fetch_schedule`.
        validators: what the server sent with an earlier response, to ask whether the schedule has changed.

    Returns:
        The download; None if the schedule has not changed since that response.

    Raises:
        Refused, Unreachable, ScheduleError, UsageError: see :func:`fetch_schedule`.
    """
    target = redirected(directory, http_url(url))
    end = time.monotonic() + limits.total
    try:
        answer = fetch(target, validators, limits, progress, is_local, network)
    except Refused as error:
        raise Refused(directory, error.target, linked=True) from None
    if answer is None:
        return None
    found = follow_links(target, answer, time_left(end, limits), progress, network)
    return found._replace(origin=found.origin._replace(directory=directory))


def _fetch_listed_again(
    before: Origin, limits: Limits, progress: Progress | None, network: Network | None
) -> Download | None:
    """Download again a schedule that is listed in a directory of conferences on the web.

    Return None if it has not changed.
    """
    linked = before.address != before.reference
    validators = NO_VALIDATORS if linked else Validators(before.etag or None, before.last_modified or None)
    is_local = _are_local(before.directory, before.reference)
    return fetch_listed(before.reference, before.directory, is_local, limits, progress, network, validators)


def _are_local(*addresses: str) -> bool:
    """Return whether all URLs are in the local network, judged only by their host names."""
    from summitcli.sources.local_hosts import is_local_name

    return all(is_local_name(host_of(url)) for url in addresses)
