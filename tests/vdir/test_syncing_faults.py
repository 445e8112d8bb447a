"""Failures of every system call in writing a vdir, as on a full disk or one that can only be read."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from summitcli.vdir.syncing import sync
from tests.faults import ALL, Fault, strike, title
from tests.vdir.test_syncing import MINE, actions, event, files

STRANGER = b"BEGIN:VEVENT\r\nUID:lunch\r\nEND:VEVENT\r\n"
OLD = event("a", "A"), event("b", "B")
NEW = event("a", "Moved"), event("c", "C")
READ_ONLY = [
    Fault(os, name, OSError(errno.EROFS, os.strerror(errno.EROFS))) for name in ("open", "replace", "unlink")
]


EACH = [
    *(pytest.param(fault, marks=[] if "space" in title(fault) else pytest.mark.soak) for fault in ALL),
    *READ_ONLY,
]


@pytest.mark.parametrize("fault", EACH, ids=title)
def test_every_file_is_old_or_new_after_any_failure_and_the_next_sync_completes_it(
    fault: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import filelock  # noqa: F401  # or its own files would be read among the calls that fail

    folder = tmp_path / "calendar"
    kept = {"lunch.ics": STRANGER}
    old, new = ({each.uid + ".ics": each.data for each in events} for events in (OLD, NEW))
    number, is_reached = 0, True
    while is_reached:
        number += 1
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "lunch.ics").write_bytes(STRANGER)
        actions(folder, *OLD)
        struck = strike(fault, number, monkeypatch, lambda: sync(str(folder), NEW, MINE))
        is_reached = struck.reached
        for name, data in files(folder).items():
            assert data in (kept.get(name), old.get(name), new.get(name)), (struck, name)
        if isinstance(fault.error, OSError) and struck.error:
            # os.makedirs says so of a directory whose state it can't read.
            reasons = [fault.error.strerror, *["it is not a directory"] * (fault.name == "stat")]
            assert struck.status == 4
            assert struck.error in [f"Unreachable: can't write {folder}: {reason}" for reason in reasons]
        elif struck.error:
            assert struck.error == "KeyboardInterrupt: "
        else:
            assert files(folder) == kept | new
        actions(folder, *NEW)
        assert files(folder) == kept | new
        assert actions(folder, *NEW) == []
        assert [path for path in folder.iterdir() if path.suffix == ".tmp"] == []
    assert number > 1 or fault.name == "mkdir"
