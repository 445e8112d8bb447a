"""Failures of every system call in a change, at every place where it is called, in every way."""

import builtins
import errno
import os
import shutil
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from summitcli.agenda.picks import Agenda, Pick
from summitcli.agenda.place import path_of
from summitcli.agenda.store import change, load
from summitcli.agenda.writing import dumps
from summitcli.storage import atomic
from tests.agenda.agenda_samples import CONFERENCE, adding, content, files, pick_of, session
from tests.faults import ALL, Fault, errors, strike, title

OPENING, TALK, LATER = session("opening"), session("talk"), session("later")
PICKS = tuple(pick_of(one.id, None, one.title, one.slots) for one in (OPENING, TALK, LATER))


def agenda(*picks: Pick) -> Agenda:
    return Agenda("summit-5", "峰会", "default", picks, CONFERENCE.start, CONFERENCE.end)


class Outcome(NamedTuple):
    error: str
    status: int
    content: bytes | None
    files: list[str]
    reached: bool


def outcome(fault: Fault, number: int, monkeypatch: pytest.MonkeyPatch, edit: Any) -> Outcome:
    """Return the result of a change in which the fault occurs."""
    struck = strike(fault, number, monkeypatch, lambda: change(CONFERENCE, "default", edit))
    try:
        left = files()
    except FileNotFoundError:
        left = []
    return Outcome(struck.error, struck.status, content(), left, struck.reached)


NOT_MADE_AT_FIRST = [(os, "unlink"), (builtins, "open")]
NOT_MADE_LATER = [(os, "mkdir")]


@pytest.mark.parametrize("first", [True, False], ids=["no agenda yet", "an agenda"])
@pytest.mark.parametrize("fault", ALL, ids=title)
def test_the_old_or_the_new_agenda_survives_any_failure(
    fault: Fault, first: bool, monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    import filelock  # noqa: F401  # or its own files would be read among the calls that fail

    old = agenda() if first else agenda(PICKS[0])
    new = agenda(*old.picks, PICKS[1])
    number = 0
    while True:
        number += 1
        shutil.rmtree(data, ignore_errors=True)
        if not first:
            change(CONFERENCE, "default", adding(OPENING))
            (data / "agendas" / "summit-5" / ".default.1-1.tmp").write_text("left by a dead writer")
        result = outcome(fault, number, monkeypatch, adding(TALK))
        if not result.reached:
            break
        old_bytes = None if first else dumps(old)
        assert result.content in ((old_bytes, dumps(new)) if result.error else (dumps(new),)), number
        if result.error and isinstance(fault.error, OSError):
            assert result.status in (3, 4), result
            assert "\n" not in result.error
            assert result.error.startswith(
                ("Unreachable: can't write the agenda", "InvalidAgenda: can't read the agenda")
            )
        elif result.error:
            assert result.error == "KeyboardInterrupt: "
        # No lock is held, nothing is in the way, and nothing is left.
        change(CONFERENCE, "default", adding(LATER))
        kept = load("summit-5").ids()
        assert kept == (*(pick.id for pick in (new if result.content == dumps(new) else old).picks), "later")
        assert files() == [".default.lock", "default.json"]
    made = number - 1
    assert made > 0 or (fault.module, fault.name) in (NOT_MADE_AT_FIRST if first else NOT_MADE_LATER)


@pytest.mark.parametrize("error", errors(), ids=repr)
@pytest.mark.parametrize(
    ("name", "number", "kept"),
    [("write", 1, "old"), ("fsync", 1, "old"), ("replace", 1, "old"), ("fsync", 2, "new")],
    ids=["write", "fsync", "rename", "fsync of the folder"],
)
def test_a_failing_step_leaves_no_temporary_file(
    name: str, number: int, kept: str, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(CONFERENCE, "default", adding(OPENING))
    result = outcome(Fault(os, name, error), number, monkeypatch, adding(TALK))
    reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else ""
    assert result == Outcome(
        f"Unreachable: can't write the agenda {path_of('summit-5')}: {reason}"
        if reason
        else "KeyboardInterrupt: ",
        4 if reason else 130,
        dumps(agenda(*PICKS[:1]) if kept == "old" else agenda(*PICKS[:2])),
        [".default.lock", "default.json"],
        True,
    )


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP], ids=errno.errorcode.get)
def test_a_file_system_that_can_not_sync_directories_works(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(CONFERENCE, "default", adding(OPENING))
    result = outcome(Fault(os, "fsync", OSError(code, "")), 2, monkeypatch, adding(TALK))
    assert (result.error, result.content, result.reached) == ("", dumps(agenda(*PICKS[:2])), True)


def test_short_writes_are_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))
    change(CONFERENCE, "default", adding(OPENING))
    assert content() == dumps(agenda(PICKS[0]))


def test_a_file_open_elsewhere_is_replaced_once_it_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What Windows does while another program reads the file.
    waits: list[float] = []
    monkeypatch.setattr(atomic, "RENAME_ATTEMPTS", 3)
    monkeypatch.setattr(time, "sleep", waits.append)
    refusal = PermissionError(errno.EACCES, "Access is denied")
    change(CONFERENCE, "default", adding(OPENING))
    result = outcome(Fault(os, "replace", refusal), 1, monkeypatch, adding(TALK))
    assert (result.error, result.content) == ("", dumps(agenda(*PICKS[:2])))
    assert waits == [atomic.RENAME_DELAY]
