"""Where a schedule's bytes come from: the bundled one, a file, or standard input.

What the bytes mean is the business of :mod:`summitcli.formats`.
"""

import os
import stat
import sys
from typing import NamedTuple

from summitcli import __version__
from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import _

BUNDLED = "bundled"
STDIN = "-"
LARGEST = 256 * 2**20
"""The most bytes that are read of one schedule."""


class Source(NamedTuple):
    """A schedule's origin in one exact state.

    ``name`` is what the user would call it. ``identity`` changes whenever the bytes may have changed.
    ``content`` holds the bytes where they had to be read to know the identity; otherwise ``path`` says
    where they are.
    """

    name: str
    identity: str
    path: str | None = None
    content: bytes | None = None

    def read(self) -> bytes:
        """The bytes.

        Raises:
            Unreachable: the file can't be read.
            ScheduleError: there are more than :data:`LARGEST`.
        """
        if self.content is not None:
            return self.content
        assert self.path is not None  # noqa: S101
        try:
            with open(self.path, "rb") as file:
                return _limited(file.read(LARGEST + 1), self.name)
        except OSError as error:
            raise Unreachable(_("can't read {name}").format(name=self.name), error) from error


def resolve(reference: str) -> Source:
    """The source that ``reference`` names: ``bundled``, ``-`` for standard input, or a file.

    Raises:
        Unreachable: there is no such file, or it can't be read.
        ScheduleError: it holds more than :data:`LARGEST` bytes.
    """
    if reference == BUNDLED:
        return _bundled()
    if reference == STDIN:
        content = read_stdin(LARGEST)
        return Source(
            _("standard input"), _fingerprint(content), content=_limited(content, _("standard input"))
        )
    return _file(reference)


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
    here = os.path.dirname(os.path.abspath(__file__))
    installed = os.path.join(here, "data", "schedule.json")
    return installed if os.path.exists(installed) else os.path.join(here, "..", "..", "data", "schedule.json")


def _bundled() -> Source:
    content = Source(BUNDLED, "", bundled_path()).read()
    return Source(BUNDLED, f"bundled {__version__} {_fingerprint(content)}", content=content)


def _file(path: str) -> Source:
    try:
        state = os.stat(path)
        if stat.S_ISDIR(state.st_mode):
            raise Unreachable(_("can't read {name}").format(name=path), _("it is a folder"))
        if not stat.S_ISREG(state.st_mode):
            # A pipe, such as <(…) of a shell: its bytes are all there is to know it by.
            content = Source(path, "", path).read()
            return Source(path, _fingerprint(content), content=content)
    except OSError as error:
        raise Unreachable(_("can't read {name}").format(name=path), error) from error
    if state.st_size > LARGEST:
        raise _too_large(path)
    identity = f"file {os.path.abspath(path)} {state.st_size} {state.st_mtime_ns} {state.st_ino}"
    return Source(path, identity, path)


def _fingerprint(content: bytes) -> str:
    from hashlib import blake2b

    return blake2b(content, digest_size=16).hexdigest()


def _limited(content: bytes, name: str) -> bytes:
    if len(content) > LARGEST:
        raise _too_large(name)
    return content


def _too_large(name: str) -> ScheduleError:
    return ScheduleError(
        _("{name} is too large for a schedule: more than {n} MB").format(name=name, n=LARGEST // 2**20)
    )
