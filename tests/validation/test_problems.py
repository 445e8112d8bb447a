"""The examination of a schedule, and what it keeps in memory."""

import weakref
from collections.abc import Iterator

import pytest

from summitcli.formats import parse
from summitcli.formats.parsed import ListedSessions, Parsed
from summitcli.model import Session
from summitcli.sources.source import NO_HINTS, Hints
from summitcli.validation import problems
from summitcli.validation.problems import Problem, examine

EVENT = "<event guid='g{n}'><start>{start}</start><title>T{n}</title></event>\n"


def document(*starts: str) -> bytes:
    """Return the XML of a day with an event for each start time, the first in line 2."""
    events = "".join(EVENT.format(n=n, start=start) for n, start in enumerate(starts))
    conference = "<conference><title>K</title><time_zone_name>Europe/Berlin</time_zone_name></conference>"
    return f"<schedule>{conference}<day date='2024-05-01'>\n{events}</day></schedule>".encode()


class Watched(ListedSessions):
    """Sessions that count their iterations, and how many exist at once."""

    def __init__(self, parsed: Parsed) -> None:
        super().__init__(())
        self._parsed = parsed
        self.times = self.most = 0

    def __iter__(self) -> Iterator[Session]:
        self.times += 1
        alive: weakref.WeakSet[Session] = weakref.WeakSet()
        for session in self._parsed.sessions:
            copy = session.model_copy()
            alive.add(copy)
            self.most = max(self.most, len(alive))
            yield copy
            del copy


def test_sessions_are_iterated_once_and_none_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[Watched] = []

    def watch(data: bytes, name: str, hints: Hints) -> Parsed:
        parsed = parse(data, name, hints)
        watched.append(Watched(parsed))
        return parsed._replace(sessions=watched[-1])

    monkeypatch.setattr(problems, "parse", watch)
    assert examine(document(*["10:00"] * 100), "plan.xml", NO_HINTS).number("warning") == 100
    assert [(sessions.times, sessions.most <= 2) for sessions in watched] == [(1, True)]


def test_only_the_lines_of_problems_are_kept() -> None:
    found = examine(document("10:00", "10:61"), "plan.xml", NO_HINTS)
    where = "schedule/day[1]/event[2]/start"
    reason = "1 time that can't be read: 10:61"
    assert Problem("warning", where, 3, None, reason, "unreadable-time") in found.problems
    assert set(found.lines) == {2, 3}
    assert found.lines[3] == EVENT.format(n=1, start="10:61").rstrip("\n")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_places_in_json_are_found_after_a_byte_order_mark(mark: bytes) -> None:
    events = '[{"title": "é", "date": "soon", "start": "10:00"}]'
    data = f'{{"conference": {{\n"days": [{{"date": "2024-05-01", "rooms": {{"A": {events}}}}}]}}}}'.encode()
    found = examine(mark + data, "plan.json", NO_HINTS)
    (unreadable,) = (problem for problem in found.problems if problem.path.endswith("date"))
    line = data.decode().splitlines()[1]
    assert (unreadable.line, unreadable.column) == (2, line.index('"soon"') + 1)
    assert found.lines == {2: line}


def test_no_lines_of_a_file_in_another_encoding_are_kept() -> None:
    data = document("10:00").decode().replace("T0", "é").encode("latin-1")
    found = examine(b"<?xml version='1.0' encoding='latin-1'?>" + data, "plan.xml", NO_HINTS)
    assert (found.number("warning"), found.lines) == (1, {})
