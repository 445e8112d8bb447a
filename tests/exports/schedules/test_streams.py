"""Writers of schedules never have a whole schedule in memory."""

import weakref
from collections.abc import Iterator, Sequence

import pytest

from summitcli.exports import FORMATS, SCHEDULE, Format
from summitcli.exports.schedules import frab
from summitcli.formats.parsed import ListedSessions, Parsed
from summitcli.model import Schedule, Session
from summitcli.storage import spool
from tests.exports.published import load, small, written
from tests.schedules import document, session, timed

MANY = 300
ALIVE = 20
"""How many sessions may be in memory at once: the first few of our own format, and the current one."""


class Counted:
    """Sessions generated one by one, with the maximum number that were alive at once."""

    def __init__(self, schedule: Schedule) -> None:
        self._documents = [one.model_dump_json() for one in schedule.sessions]
        self._ids = [one.id for one in schedule.sessions]
        self.alive = self.most = self.times = 0

    def __iter__(self) -> Iterator[Session]:
        self.times += 1
        for text in self._documents:
            made = Session.model_validate_json(text)
            self.alive += 1
            self.most = max(self.most, self.alive)
            weakref.finalize(made, self._forget)
            yield made

    def _forget(self) -> None:
        self.alive -= 1

    def __len__(self) -> int:
        return len(self._documents)

    def ids(self) -> Sequence[str]:
        return self._ids


def many() -> Schedule:
    day, end = "2024-05-01", "2024-05-01T19:00:00+02:00"
    held = [
        session(
            f"s-{number}",
            timed(day, f"{day}T{9 + number % 9:02}:00:00+02:00", end),
            title={"en": f"Talk {number}", "zh": f"第{number}场"},
        )
        for number in range(MANY)
    ]
    return load(document(*held, time_zone="Europe/Berlin", start=day, end="2024-05-02"))


@pytest.mark.parametrize(
    "format_", [one for one in FORMATS if one.takes == SCHEDULE], ids=lambda one: str(one.name)
)
def test_sessions_are_gone_through_once_and_freed(format_: Format) -> None:
    schedule = many()
    counted = Counted(schedule)
    text = "".join(format_.writer(Parsed.of(schedule)._replace(sessions=counted)))
    assert text == written(format_.writer, schedule)
    assert counted.times == 1
    assert counted.most <= ALIVE


def test_a_list_of_all_sessions_would_fail_this_test() -> None:
    counted = Counted(many())
    list(counted)
    assert counted.most == MANY


@pytest.mark.parametrize("name", ["frab-json", "frab-xml", "ics"])
def test_a_schedule_too_large_for_memory_is_written_alike(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (format_,) = [one for one in FORMATS if one.takes == SCHEDULE and one.name == name]
    for schedule in (small(), many()):
        whole = written(format_.writer, schedule)
        with monkeypatch.context() as context:
            context.setattr(spool.TextSpool.__init__, "__defaults__", (0,))
            assert written(format_.writer, schedule) == whole


def test_events_are_by_day_room_and_time() -> None:
    parsed = Parsed.of(small())
    programme = frab.Programme(parsed, lambda event: f"{event.slot.day} {event.slot.room} {event.start}")
    for day in programme.days():
        for room, numbers in day.rooms.items():
            texts = [programme.written[number] for number in numbers]
            assert texts == sorted(texts)
            assert {text.split()[1] for text in texts} == {room or "None"}


def test_nothing_is_read_before_the_first_piece_is_requested() -> None:
    counted = Counted(many())
    parsed = Parsed.of(many())._replace(sessions=counted)
    for format_ in FORMATS:
        if format_.takes == SCHEDULE:
            format_.writer(parsed)
    assert (counted.times, isinstance(Parsed.of(small()).sessions, ListedSessions)) == (0, True)
