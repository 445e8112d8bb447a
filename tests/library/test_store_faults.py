"""Failures of every system call in saving a schedule, at every place where it is called, in every way."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summitcli.library.folder import current_name, names
from summitcli.library.kept import KeptSchedule, find
from summitcli.library.log import LoggedUpdate
from summitcli.library.memory import Memory, dumps
from summitcli.library.store import append_to_log, keep, record_unchanged, remove, set_current
from tests.faults import ALL, Fault, strike, title
from tests.library.kept_samples import A, changed

NEW = changed(A, title="New", fetched="2024-05-02T10:00:00+00:00")

State = tuple[str, str, str]
"""The title and ETag of the saved schedule, its bytes, and the current schedule's name; missing ones are
empty."""

MEMORY = dumps(Memory(names={"7": "talk"}))
UPDATE = LoggedUpdate(0, "2024-05-01T10:00:00+00:00", {"new": 1}, ())

ACTS: dict[str, tuple[Callable[[], Any], tuple[State, ...]]] = {
    "keep": (lambda: keep(NEW, b"new", "conf", MEMORY), (("A", "old", "conf"), ("New", "new", "conf"))),
    "note": (
        lambda: record_unchanged(_kept(), _kept().origin._replace(etag="New")),
        (("A", "old", "conf"), ("A New", "old", "conf")),
    ),
    "log": (lambda: append_to_log(_kept(), UPDATE), (("A", "old", "conf"),)),
    "choose": (lambda: set_current("other"), (("A", "old", "conf"), ("A", "old", "other"))),
    "choose none": (lambda: set_current(None), (("A", "old", "conf"), ("A", "old", ""))),
    "remove": (lambda: remove("conf"), (("A", "old", "conf"), ("A", "old", ""), ("", "", ""))),
}
"""The changes of the library, each with the states that it may leave; the last if nothing failed."""


def _kept() -> KeptSchedule:
    one = find("conf")
    assert one is not None
    return one


def state() -> State:
    one = find("conf")
    title = f"{one.title} {one.origin.etag}".strip() if one else ""
    # What is remembered is that of the bytes, and there.
    assert one is None or one.remembered().names == ({"7": "talk"} if one.title == "New" else {})
    return title, one.source().read().decode() if one else "", current_name()


def begin_anew() -> None:
    """Restore the initial state, without anything that a failure left."""
    shutil.rmtree(os.environ["SUMMIT_DATA"], ignore_errors=True)
    keep(changed(A, id="other", title="Other", reference="https://b.example/s"), b"other", "other")
    keep(A, b"old", "conf")
    set_current("conf")


FEW = ("stat", "open", "write", "fsync", "replace", "unlink")
"""The most important calls, which every run of the tests tries."""

EACH = [
    pytest.param(
        fault,
        act,
        id=f"{title(fault)}-{act}",
        marks=[] if fault.name in FEW and str(errno.EIO) in title(fault) else pytest.mark.soak,
    )
    for fault in ALL
    for act in ACTS
]


@pytest.mark.parametrize(("fault", "act"), EACH)
def test_the_old_or_the_new_state_survives_any_failure(
    fault: Fault, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert strikes(fault, act, monkeypatch) >= 0


def strikes(fault: Fault, act: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how often the fault occurred, after checking it at each place that makes the call."""
    import filelock  # noqa: F401  # or its own files would be read among the calls that fail

    function, states = ACTS[act]
    number = 0
    while True:
        number += 1
        begin_anew()
        struck = strike(fault, number, monkeypatch, function)
        left = state()
        assert left in (states if struck.error else states[-1:]), (struck, left)
        if struck.error and isinstance(fault.error, OSError):
            assert struck.status in (3, 4), struck
            assert "\n" not in struck.error
        elif struck.error:
            assert struck.error == "KeyboardInterrupt: "
        # No lock is held, nothing is in the way, and nothing is left that a writer began.
        keep(changed(A, title="Last"), b"last", "conf")
        assert (find("conf"), names()) == (_kept(), ("conf", "other"))
        unfinished = list(Path(os.environ["SUMMIT_DATA"]).rglob("*.tmp"))
        assert unfinished == []
        if not struck.reached:
            return number - 1
