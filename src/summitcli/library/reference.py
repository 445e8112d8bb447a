"""Finding the schedule that a user names by ``bundled``, a saved schedule's name, a URL, a file or ``-``.

The result is a source: an object that reads the bytes of the schedule.
"""

import os
import stat
import sys
from collections.abc import Callable

from summitcli import __version__
from summitcli.errors import Unreachable
from summitcli.i18n import _
from summitcli.library.folder import BUNDLED, has_current
from summitcli.sources.addresses import http_url, is_url, without_password
from summitcli.sources.source import MAX_SIZE, Hints, Source, check_size, fingerprint, limited
from summitcli.storage import paths

_HOST = r"www\.|[\w-]+(\.[\w-]+)*\.[a-z]{2,}/"
"""The pattern of the beginning of a URL without ``https://``, such as ``www.`` or ``example.org/``."""

STDIN = "-"

_USUAL_NAMES = frozenset({
    "agenda", "calendar", "conference", "data", "download", "events", "export", "fahrplan", "new", "old",
    "plan", "program", "programme", "schedule", "sessions", "talks", "timed", "timetable", "会议日程", "日程",
    "议程",
})  # fmt: skip
"""The words of file names that say nothing about the conference."""


def resolve(
    reference: str | None,
    fetch: Callable[[str], Source] | None = None,
    listed: Callable[[str], Source] | None = None,
) -> Source:
    """Return the source for ``reference``.

    A reference is ``bundled`` (the schedule that comes with the program), ``-`` for standard input, the name
    of a saved schedule, a URL, a file, or the name of a conference in a directory. If a URL has been saved,
    the saved copy is returned. If a saved schedule and a file have the same name, the saved schedule is
    returned; the user can write ``./name`` for the file.

    Args:
        reference: what the user wrote; None for the current schedule.
        fetch: a function that returns the source for a URL that is not saved; None to forbid downloading.
        listed: a function that returns the source for the name of a conference in a directory; None if no
            directory is to be searched.

    Raises:
        Unreachable: there is no such file, or the schedule can't be read or downloaded.
        UnknownValue: the reference looks like a name, but there is neither such a schedule nor such a file.
        ScheduleError: the schedule is too large, or the saved schedule can't be read.
        UsageError: URLs of this kind can't be downloaded.
    """
    if reference is None:
        return _current()
    if reference == BUNDLED:
        return _bundled()
    if reference == STDIN:
        content = read_stdin(MAX_SIZE)
        name = _("standard input")
        return Source(name, fingerprint(content), content=limited(content, name))
    if is_url(reference):
        return _url_source(http_url(reference), fetch)
    from summitcli.library import kept

    if named := kept.find(reference):
        return named.source()
    if may_be_name(reference):
        if listed is None:
            raise kept.unknown(reference)
        return listed(reference)
    return _file(reference)


def may_be_name(reference: str) -> bool:
    """Return whether a reference may be the name of a schedule: it is neither a path nor an existing file."""
    return reference != STDIN and not paths.fault_of_name(reference) and not os.path.lexists(reference)


def read_stdin(largest: int) -> bytes:
    """Return the bytes of standard input; if there are more than ``largest``, the first ``largest`` + 1.

    Raises:
        Unreachable: standard input is closed or can't be read.
    """
    sentence = _("can't read {name}").format(name=_("standard input"))
    if sys.stdin is None:
        raise Unreachable(sentence, _("it is closed"))
    try:
        return sys.stdin.buffer.read(largest + 1)
    except OSError as error:
        raise Unreachable(sentence, error) from error


def bundled_path() -> str:
    """Return the path of the schedule that comes with the program.

    It is in the installed package, or else in the source tree.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "data", "schedule.json")
    in_tree = os.path.join(package, "..", "..", "data", "schedule.json")
    return installed if os.path.exists(installed) else in_tree


def _current() -> Source:
    if not has_current():
        return _bundled()
    from summitcli.library import kept

    current = kept.current()
    return current.source() if current else _bundled()


def _bundled() -> Source:
    path = bundled_path()
    content = Source(BUNDLED, "", path).read()
    identity = f"bundled {__version__} {fingerprint(content)}"
    return Source(BUNDLED, identity, content=content, prepared=path.removesuffix(".json") + ".sqlite")


def _url_source(url: str, fetch: Callable[[str], Source] | None) -> Source:
    """Return the source for a URL: the saved copy if there is one, otherwise the result of ``fetch``."""
    from summitcli.library import kept

    if copy := kept.find_by_reference(url):
        return copy.source()
    if fetch is None:
        sentence = _("can't read {name}").format(name=without_password(url))
        raise Unreachable(sentence, _("not saved, and this command does not download"))
    return fetch(url)


def _file(path: str) -> Source:
    try:
        state = os.stat(path)
        if stat.S_ISDIR(state.st_mode):
            raise Unreachable(_("can't read {name}").format(name=path), _("it is a directory"))
        if not stat.S_ISREG(state.st_mode):
            # A pipe, such as <(…) of a shell, can only be identified by its bytes.
            content = Source(path, "", path).read()
            return Source(path, fingerprint(content), content=content)
    except OSError as error:
        sentence = _("can't read {name}").format(name=path)
        if isinstance(error, FileNotFoundError) and _begins_as_address(path):
            raise Unreachable(sentence, _("no such file; a URL starts with https://")) from error
        raise Unreachable(sentence, error) from error
    check_size(state.st_size, path)
    # An edit that keeps size and mtime still changes the ctime or the inode.
    times = f"{state.st_mtime_ns} {state.st_ctime_ns}"
    identity = f"file {__version__} {os.path.abspath(path)} {state.st_size} {times} {state.st_ino}"
    return Source(path, identity, path, hints=Hints(fallback_title=_title_of_file(path)))


def _title_of_file(path: str) -> str | None:
    """Return the title that a file's name implies for its conference, such as ``harbour-days-2024``.

    Return None if the name only says that it is a schedule, as ``plan.csv`` does.
    """
    title = os.path.splitext(os.path.basename(path))[0]
    words = "".join(letter if letter.isalpha() else " " for letter in title.casefold()).split()
    return title if set(words) - _USUAL_NAMES else None


def _begins_as_address(path: str) -> bool:
    import re

    return re.match(_HOST, path) is not None
