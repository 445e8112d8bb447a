"""A replacement for system calls that fails like a disk: nothing else can make ``fsync`` fail."""

import builtins
import errno
import os
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest


class Fault(NamedTuple):
    """A system call that fails the ``number``-th time, before or after its effect."""

    module: Any
    name: str
    error: BaseException
    after: bool = False


class Struck(NamedTuple):
    """The outcome of a fault."""

    error: str
    status: int
    reached: bool
    """Whether the call was made often enough for the fault to occur."""


def strike(fault: Fault, number: int, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> Struck:
    """Call ``act`` with the fault injected."""
    real: Callable[..., Any] = getattr(fault.module, fault.name)
    calls = 0

    def failing(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls != number:
            return real(*arguments, **options)
        if fault.after:
            real(*arguments, **options)
        raise fault.error

    error, status = "", 0
    with monkeypatch.context() as patch:
        patch.setattr(fault.module, fault.name, failing)
        try:
            act()
        except (Exception, KeyboardInterrupt) as raised:
            error, status = f"{type(raised).__name__}: {raised}", int(getattr(raised, "status", 130))
    # A lock lives as long as the frames that a traceback holds.
    fault.error.__traceback__ = None
    return Struck(error, status, calls >= number)


def errors() -> list[BaseException]:
    """Return the errors with which a call may fail."""
    codes = (errno.EIO, errno.ENOSPC, errno.EACCES)
    return [*(OSError(code, os.strerror(code)) for code in codes), KeyboardInterrupt()]


CALLS: list[tuple[Any, str]] = [
    (os, "open"),
    (os, "write"),
    (os, "fsync"),
    (os, "close"),
    (os, "replace"),
    (os, "mkdir"),
    (os, "stat"),
    (os, "listdir"),
    (os, "unlink"),
    (builtins, "open"),
]
if os.name != "nt":
    import fcntl

    CALLS.append((fcntl, "flock"))

ALL = [
    Fault(module, name, error, after)
    for module, name in CALLS
    for error in errors()
    for after in (False, True)
    # Only an interrupt comes after the work is done; a file opened for reading would then stay open.
    if not after or (isinstance(error, KeyboardInterrupt) and module is not builtins)
]


def title(fault: Fault) -> str:
    """Return the name of a test of this fault."""
    return f"{fault.name}-{fault.error!r}{'-after' if fault.after else ''}"
