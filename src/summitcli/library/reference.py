"""What a reference names: the bundled schedule, one that is kept, an address, a file, or standard input.

What the bytes mean is the business of :mod:`summitcli.formats`.
"""

import os
import stat
import sys
from collections.abc import Callable

from summitcli import __version__
from summitcli.errors import Unreachable
from summitcli.i18n import _
from summitcli.library.folder import BUNDLED, is_one_in_use
from summitcli.sources.addresses import http_url, is_url, without_password
from summitcli.sources.source import MAX_SIZE, Source, check_size, fingerprint, limited
from summitcli.storage import paths

_HOST = r"www\.|[\w-]+(\.[\w-]+)*\.[a-z]{2,}/"
"""What an address begins with that has lost its https, and hardly ever a file."""

STDIN = "-"


def resolve(reference: str | None, fetch: Callable[[str], Source] | None = None) -> Source:
    """The source that ``reference`` names.

    ``bundled``, ``-`` for standard input, the name of a schedule that is kept, an address, or a file. Of an
    address that is kept the copy is meant, and of a name that is also a file's what is kept; ``./name`` is
    the file.

    Args:
        reference: what was typed; None for the schedule in use.
        fetch: gives the source of an address that is not kept; without it there is no network.

    Raises:
        Unreachable: there is no such file, or it can't be read or fetched.
        UnknownValue: it could be the name of a schedule, and is neither that nor a file.
        ScheduleError: it holds more than :data:`MAX_SIZE` bytes, or what is kept can't be read.
        UsageError: it is an address of a kind that can't be fetched.
    """
    if reference is None:
        return _in_use()
    if reference == BUNDLED:
        return _bundled()
    if reference == STDIN:
        content = read_stdin(MAX_SIZE)
        name = _("standard input")
        return Source(name, fingerprint(content), content=limited(content, name))
    if is_url(reference):
        return _behind(http_url(reference), fetch)
    from summitcli.library import kept

    named = kept.find(reference)
    return named.source() if named else _file(reference)


def read_stdin(largest: int) -> bytes:
    """Everything on standard input, or the first ``largest`` bytes and one more.

    Raises:
        Unreachable: it is closed, or can't be read.
    """
    sentence = _("can't read {name}").format(name=_("standard input"))
    if sys.stdin is None:
        raise Unreachable(sentence, _("it is closed"))
    try:
        return sys.stdin.buffer.read(largest + 1)
    except OSError as error:
        raise Unreachable(sentence, error) from error


def bundled_path() -> str:
    """The file of the bundled schedule: inside an installed package, or at the root of a source tree."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "data", "schedule.json")
    in_tree = os.path.join(package, "..", "..", "data", "schedule.json")
    return installed if os.path.exists(installed) else in_tree


def _in_use() -> Source:
    if not is_one_in_use():
        return _bundled()
    from summitcli.library import kept

    current = kept.current()
    return current.source() if current else _bundled()


def _bundled() -> Source:
    path = bundled_path()
    content = Source(BUNDLED, "", path).read()
    identity = f"bundled {__version__} {fingerprint(content)}"
    return Source(BUNDLED, identity, content=content, prepared=path.removesuffix(".json") + ".sqlite")


def _behind(url: str, fetch: Callable[[str], Source] | None) -> Source:
    """The source of an address: the copy that is kept, or else what is fetched."""
    from summitcli.library import kept

    if copy := kept.find_by_reference(url):
        return copy.source()
    if fetch is None:
        sentence = _("can't read {name}").format(name=without_password(url))
        raise Unreachable(sentence, _("it is not kept, and nothing is fetched here"))
    return fetch(url)


def _file(path: str) -> Source:
    if not os.path.lexists(path) and not paths.fault_of_name(path):
        from summitcli.library import kept

        raise kept.unknown(path)
    try:
        state = os.stat(path)
        if stat.S_ISDIR(state.st_mode):
            raise Unreachable(_("can't read {name}").format(name=path), _("it is a folder"))
        if not stat.S_ISREG(state.st_mode):
            # A pipe, such as <(…) of a shell: its bytes are all there is to know it by.
            content = Source(path, "", path).read()
            return Source(path, fingerprint(content), content=content)
    except OSError as error:
        sentence = _("can't read {name}").format(name=path)
        if isinstance(error, FileNotFoundError) and _begins_as_address(path):
            raise Unreachable(
                sentence, _("there is no such file, and an address begins with https://")
            ) from error
        raise Unreachable(sentence, error) from error
    check_size(state.st_size, path)
    # An edit that keeps size and time still changes the inode, or the time that the system sets itself.
    times = f"{state.st_mtime_ns} {state.st_ctime_ns}"
    identity = f"file {__version__} {os.path.abspath(path)} {state.st_size} {times} {state.st_ino}"
    return Source(path, identity, path)


def _begins_as_address(path: str) -> bool:
    import re

    return re.match(_HOST, path) is not None
