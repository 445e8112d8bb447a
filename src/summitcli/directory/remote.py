"""Directories of conferences at a URL, of which a copy is kept in the cache.

A directory is downloaded when it is first needed, then checked at most once a day with a conditional request.
If that fails, the copy is used, and a message says how old it is.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta

from summitcli.catalog.seal import is_safe_folder
from summitcli.directory.document import MAX_SIZE, parse, unpacked
from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Any, NamedTuple
from summitcli.sources.addresses import without_password
from summitcli.sources.source import fingerprint
from summitcli.storage import atomic, folders, paths
from summitcli.text import dates

if TYPE_CHECKING:
    from summitcli.sources.web import Response, Validators

FORMAT = "summit-directory-copy/1"
"""The value of the key ``format`` that marks a file as a cached copy of a directory."""

MAX_AGE = timedelta(days=1)
"""The age from which a copy is checked again."""


class Reader(NamedTuple):
    """The clock and the functions for messages and downloads that reading a directory needs."""

    now: datetime
    """The current time, for the age of a cached copy."""
    warn: Callable[[str], None]
    """A function called with a message about a directory that was read only in part, or not at all."""
    fetch: Callable[[str, Validators], Response | None] | None
    """A function that downloads a URL, as :func:`summitcli.sources.web.fetch`; None to use copies only."""


class Copy(NamedTuple):
    """A copy of a directory of conferences that was downloaded."""

    content: bytes
    url: str
    """The URL that the copy came from, after redirects."""
    is_local: bool
    """True if that URL is in the user's own network."""
    etag: str
    last_modified: str
    checked: datetime
    """The time when the server last sent the directory, or confirmed that it had not changed."""


def read_copy(url: str, reader: Reader) -> Copy:
    """Return the directory at ``url``: the cached copy if that is at most a day old, else a new download.

    If downloading fails, return the cached copy with a message.

    Raises:
        NotADirectory: it is not a directory of conferences.
        ScheduleError: it is damaged.
        Unreachable: it can't be downloaded, and there is no copy.
        UsageError: the URL is invalid.
    """
    copy = _saved(url)
    if copy is not None and (reader.fetch is None or timedelta(0) <= reader.now - copy.checked < MAX_AGE):
        return copy
    if reader.fetch is None:
        raise Unreachable(without_password(url), _("nothing is downloaded during completion"))
    try:
        new = _download(url, copy, reader)
    except (Unreachable, ScheduleError) as error:
        if copy is None:
            raise
        sentence = _("using the copy of this directory from {day}: {error}")
        day = copy.checked.astimezone().date().isoformat()
        reader.warn(sentence.format(error=error, day=dates.period(day, day)))
        return copy
    _save(url, new)
    return new


def _download(url: str, copy: Copy | None, reader: Reader) -> Copy:
    """Download the directory if it has changed; otherwise return ``copy`` with a new time of the check.

    Args:
        url: the URL of the directory.
        copy: the cached copy; None if there is none.
        reader: the clock and the functions for messages and downloads.
    """
    from summitcli.sources.charsets import in_utf_8
    from summitcli.sources.web import Validators

    assert reader.fetch is not None  # noqa: S101
    validators = Validators(copy.etag or None, copy.last_modified or None) if copy else Validators()
    answer = reader.fetch(url, validators)
    if answer is None:
        # Without validators a "not modified" answer is an error, so there is a copy.
        assert copy is not None  # noqa: S101
        return copy._replace(checked=reader.now)
    content = in_utf_8(unpacked(answer.content, url), answer.content_type)
    # A copy is replaced only by a directory.
    parse(content, url)
    etag, last_modified = answer.validators
    return Copy(content, answer.url, answer.is_local, etag or "", last_modified or "", reader.now)


def _path(url: str) -> str:
    return os.path.join(os.path.abspath(folders.cache()), "directories", f"{fingerprint(url.encode())}.json")


def _saved(url: str) -> Copy | None:
    """Return the cached copy of the directory at ``url``; None if there is none that can be used."""
    path = _path(url)
    try:
        if not is_safe_folder(os.stat(os.path.dirname(path))):
            return None
        data = paths.read(path, 2 * MAX_SIZE)
        return None if data is None else _loads(data)
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def _loads(data: bytes) -> Copy:
    found: dict[str, Any] = json.loads(data)
    if found["format"] != FORMAT or not all(isinstance(found[key], str) for key in ("etag", "last_modified")):
        raise ValueError(found["format"])
    checked = datetime.fromisoformat(found["checked"])
    content: str = found["content"]
    if checked.tzinfo is None or not isinstance(found["url"], str):
        raise ValueError(found["checked"])
    return Copy(
        content.encode(),
        found["url"],
        found["is_local"] is True,
        found["etag"],
        found["last_modified"],
        checked,
    )


def _save(url: str, copy: Copy) -> None:
    """Save a copy of the directory at ``url`` in the cache, if there is a cache directory."""
    document = {
        "format": FORMAT,
        "url": copy.url,
        "is_local": copy.is_local,
        "etag": copy.etag,
        "last_modified": copy.last_modified,
        "checked": copy.checked.isoformat(),
        "content": copy.content.decode(),
    }
    path = _path(url)
    with contextlib.suppress(OSError):
        atomic.make_folder(os.path.dirname(path))
        if is_safe_folder(os.stat(os.path.dirname(path))):
            atomic.write(path, json.dumps(document).encode())
