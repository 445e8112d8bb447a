"""Every system call of keeping a schedule fails, at every place where it is called, in every way."""

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
from summitcli.library.store import choose, keep, log, note, remove
from tests.faults import ALL, Fault, strike, title
from tests.library.kept_samples import A, changed

NEW = changed(A, title="New", fetched="2024-05-02T10:00:00+00:00")

State = tuple[str, str, str]
"""The title of what is kept with what its server said, its bytes, and the name of what is in use; empty for
what there is not."""

MEMORY = dumps(Memory(names={"7": "talk"}))
UPDATE = LoggedUpdate(0, "2024-05-01T10:00:00+00:00", {"new": 1}, ())

ACTS: dict[str, tuple[Callable[[], Any], tuple[State, ...]]] = {
    "keep": (lambda: keep(NEW, b"new", "conf", MEMORY), (("A", "old", "conf"), ("New", "new", "conf"))),
    "note": (
        lambda: note(_kept(), _kept().origin._replace(etag="New")),
        (("A", "old", "conf"), ("A New", "old", "conf")),
    ),
    "log": (lambda: log(_kept(), UPDATE), (("A", "old", "conf"),)),
    "choose": (lambda: choose("other"), (("A", "old", "conf"), ("A", "old", "other"))),
    "choose none": (lambda: choose(None), (("A", "old", "conf"), ("A", "old", ""))),
    "remove": (lambda: remove("conf"), (("A", "old", "conf"), ("A", "old", ""), ("", "", ""))),
}
"""What changes what is kept, and the states that it may leave behind: the last, where nothing failed."""


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
    """The state that everything begins with, without what any fault left."""
    shutil.rmtree(os.environ["SUMMIT_DATA"], ignore_errors=True)
    keep(changed(A, id="other", title="Other", reference="https://b.example/s"), b"other", "other")
    keep(A, b"old", "conf")
    choose("conf")


MAX_IN_MEMORY = ("stat", "open", "write", "fsync", "replace", "unlink")
"""The calls that matter most, which every run of the tests tries."""

EACH = [
    pytest.param(
        fault,
        act,
        id=f"{title(fault)}-{act}",
        marks=[] if fault.name in MAX_IN_MEMORY and str(errno.EIO) in title(fault) else pytest.mark.soak,
    )
    for fault in ALL
    for act in ACTS
]


@pytest.mark.parametrize(("fault", "act"), EACH)
def test_the_old_state_or_the_new_one_is_there_whatever_fails(
    fault: Fault, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert strikes(fault, act, monkeypatch) >= 0


def strikes(fault: Fault, act: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often the fault struck, at each of the places where an act makes the call; each is checked."""
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
