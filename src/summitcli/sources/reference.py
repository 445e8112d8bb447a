"""What a reference names: the bundled schedule, a file, or standard input.

What the bytes mean is the business of :mod:`summitcli.formats`.
"""

import os
import stat
import sys

from summitcli import __version__
from summitcli.errors import Unreachable
from summitcli.i18n import _
from summitcli.sources.source import LARGEST, Source, limited, must_fit

BUNDLED = "bundled"
STDIN = "-"


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
            _("standard input"), _fingerprint(content), content=limited(content, _("standard input"))
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
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "data", "schedule.json")
    in_tree = os.path.join(package, "..", "..", "data", "schedule.json")
    return installed if os.path.exists(installed) else in_tree


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
    must_fit(state.st_size, path)
    identity = f"file {os.path.abspath(path)} {state.st_size} {state.st_mtime_ns} {state.st_ino}"
    return Source(path, identity, path)


def _fingerprint(content: bytes) -> str:
    from hashlib import blake2b

    return blake2b(content, digest_size=16).hexdigest()
