"""The result of reading: sessions whose iteration is reported as progress."""

from collections.abc import Iterator
from typing import Any

from summitcli.formats.parsed import ListedSessions, Parsed, SessionsWithProgress
from summitcli.model import Schedule, Session
from summitcli.progress import set_listener
from tests.exports.published import load
from tests.schedules import document, session


class Told:
    """A listener for progress that records its calls."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    def show(self, work: str, done: int, total: int | None) -> None:
        self.heard.append((work, done, total))

    def end(self) -> None:
        self.heard.append("end")


def schedule() -> Schedule:
    return load(document(session("a"), session("b")))


def test_every_iteration_is_reported_as_progress() -> None:
    parsed = Parsed.of(schedule())
    told = parsed.with_progress("writing").sessions
    listener = Told()
    set_listener(lambda: listener)
    try:
        assert list(told) == list(told) == list(parsed.sessions)
    finally:
        set_listener(None)
    assert listener.heard == [("writing", 0, 2), "end"] * 2
    assert (len(told), told.ids()) == (2, ["a", "b"])
    assert list(told) == list(parsed.sessions)


def test_checking_iterates_over_all_sessions_once() -> None:
    gone_through: list[str] = []

    class Counted(ListedSessions):
        def __iter__(self) -> Iterator[Session]:
            for one in super().__iter__():
                gone_through.append(one.id)
                yield one

    made = schedule()
    parsed = Parsed.of(made)._replace(sessions=Counted(made.sessions))
    assert parsed.check() is parsed.findings
    assert gone_through == ["a", "b"]
    assert isinstance(parsed.with_progress("x").sessions, SessionsWithProgress)
