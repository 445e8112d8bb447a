"""Following the links of a web page to the schedule of its conference."""

from __future__ import annotations

import time

from summitcli.errors import ScheduleError, UnknownFormat, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.download import Download, content_of, download_of
from summitcli.sources.addresses import http_url, requested, without_password
from summitcli.sources.pages import is_page, links
from summitcli.sources.web import NO_VALIDATORS, Limits, Progress, Refused, Response, fetch, redirected

if TYPE_CHECKING:
    from summitcli.sources.transport import Network

_PAGE = "schema-org"
"""The name of the format for web pages that describe events themselves."""


def follow_links(
    reference: str,
    answer: Response,
    limits: Limits,
    progress: Progress | None,
    network: Network | None,
    asked: str = "",
) -> Download:
    """Return the schedule in a response; if the response is a page, the first schedule to which it links.

    If a page describes events itself, it is used as the schedule only if it links to no schedule that can be
    read.

    Args:
        reference: the URL that the user gave.
        answer: the response.
        limits: the limits on time, size and redirects.
        progress: see :func:`summitcli.library.fetch.fetch_schedule`.
        network: see :func:`summitcli.library.fetch.fetch_schedule`.
        asked: the URL that was requested, if it is not ``reference``.
    """
    content = content_of(answer, limits)
    here = download_of(reference, asked or requested(reference), answer, content)
    if is_file(content) or not is_page(content, answer.content_type):
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
    """Return the first schedule to which a page links; if there is none, return the error that says why."""
    end = time.monotonic() + limits.total
    found = links(page, answer.url)
    refused: Refused | None = None
    failed: Unreachable | None = None
    read = False
    for number, link in enumerate(found):
        left = time_left(end, limits)
        try:
            url = redirected(requested(reference), http_url(link))
            behind = fetch(url, NO_VALIDATORS, left, progress, answer.is_local, network)
            assert behind is not None  # noqa: S101
            content = content_of(behind, limits)
        except Refused as error:
            refused = refused or error
        except Unreachable as error:
            failed = failed or error
        except (ScheduleError, UsageError):
            read = True
        else:
            read = True
            if is_file(content):
                others = tuple(map(without_password, found[number + 1 :]))
                return download_of(reference, url, behind, content)._replace(others=others)
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


def is_file(content: bytes) -> bool:
    """Return whether ``content`` is a file in a schedule format; False for a web page, whatever is in it."""
    return _format(content) not in ("", _PAGE)


def _format(content: bytes) -> str:
    """Return the name of the format of ``content``; empty if it is not a schedule."""
    from summitcli.formats import recognise

    try:
        return recognise(content, "")
    except UnknownFormat:
        return ""


def time_left(end: float, limits: Limits) -> Limits:
    """Return ``limits`` with another total time limit: the time that is left until ``end``.

    ``end`` is a time of ``time.monotonic``.
    """
    return limits._replace(total=max(end - time.monotonic(), 0.0))
