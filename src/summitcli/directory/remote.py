"""Directories of conferences on the web; a copy of each is kept in the cache.

A directory is downloaded when it is needed for the first time. Later the server is asked at most once a day
whether it has changed (with a conditional request). If the server can't be reached, the copy is used, and a
message says how old it is.
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
"""The age of a copy from which the server is asked whether the directory has changed."""


class Reader(NamedTuple):
    """The current time, and the functions for messages and downloads, that are needed to read a directory."""

    now: datetime
    """The current time, for the age of a cached copy."""
    warn: Callable[[str], None]
    """A function that takes a message about a directory that could be read only in part, or not at all."""
    fetch: Callable[[str, Validators], Response | None] | None
    """A function that downloads a URL, like :func:`summitcli.sources.web.fetch`; None to use only copies."""


class Copy(NamedTuple):
    """A copy of a directory of conferences that was downloaded."""

    content: bytes
    url: str
    """The URL from which the copy was downloaded, after redirects."""
    is_local: bool
    """True if ``url`` is in the user's own network."""
    etag: str
    last_modified: str
    checked: datetime
    """The time when the server last sent the directory, or confirmed that it had not changed."""


def read_copy(url: str, reader: Reader) -> Copy:
    """Return the directory at ``url``: the cached copy if it is at most a day old, otherwise a new download.

    If downloading fails, return the cached copy and give a message.

    Raises:
        NotADirectory: the content is not a directory of conferences.
        ScheduleError: the content is damaged.
        Unreachable: the URL can't be downloaded, and there is no copy.
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
        sentence = _("using the copy of this list of conferences from {day}: {error}")
        day = copy.checked.astimezone().date().isoformat()
        reader.warn(sentence.format(error=error, day=dates.period(day, day)))
        return copy
    _save(url, new)
    return new


def _download(url: str, copy: Copy | None, reader: Reader) -> Copy:
    """Download the directory if it has changed; otherwise return ``copy``, marked as checked now.

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
    """Return the cached copy of the directory at ``url``; None if there is none, or if it can't be used."""
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
    """Save the copy of the directory at ``url`` in the cache; do nothing if there is no cache directory."""
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
