"""A conference and sessions for the tests of agendas, with only the fields that matter."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from summitcli.agenda.editing import Added, Wanted, add_sessions, cleared
from summitcli.agenda.picks import Agenda, Days, Pick
from summitcli.agenda.place import path_of
from summitcli.agenda.planner import overlapping, span
from summitcli.agenda.reconcile import ScheduleIndex
from summitcli.identity import identity
from summitcli.library.memory import Memory
from summitcli.rows import ConferenceRow, Listing, SessionRow, SlotRow
from tests.session_rows import session_row

CONFERENCE = ConferenceRow(
    "summit-5",
    "峰会",
    {"zh": "峰会"},
    "zh",
    "Asia/Shanghai",
    "2022-07-23",
    "2022-07-26",
    "2022-07-20",
    {},
    {},
)
D23, D24, D25, D26 = (f"2022-07-{day}" for day in range(23, 27))

NO_MEMORY = Memory()

Edit = Callable[[Agenda], tuple[Agenda, None]]


def all_day(day: str, room: str | None = None) -> SlotRow:
    return SlotRow(day, None, None, True, room)


def timed(day: str, start: str, end: str, room: str | None = None) -> SlotRow:
    return SlotRow(day, f"{day}T{start}:00+08:00", f"{day}T{end}:00+08:00", False, room)


def session(id_: str, *slots: SlotRow, title: str = "") -> SessionRow:
    """Return a session with these slots; by default all day on the 23rd."""
    slots = slots or (all_day(D23),)
    title = title or id_.title()
    return session_row(id_, slots, title=title, titles={"zh": title})


def schedule(*rows: SessionRow, memory: Memory | None = NO_MEMORY) -> ScheduleIndex:
    """Return a schedule of these sessions, by default with an empty memory; with None it is not saved."""
    by_id = {row.id: row for row in rows}

    def sessions(ids: Iterable[str]) -> dict[str, SessionRow]:
        return {id_: by_id[id_] for id_ in ids if id_ in by_id}

    return ScheduleIndex(sessions, lambda: list(map(identity, rows)), memory is not None, memory)


def pick_of(
    id_: str,
    days: Days,
    title: str,
    slots: tuple[SlotRow, ...],
    withdrawn: tuple[SlotRow, ...] = (),
    revision: int = 0,
    **fields: Any,
) -> Pick:
    """Return a pick like that of a session without a GUID."""
    known: dict[str, Any] = {"code": id_, "uid": f"{id_}@{CONFERENCE.id}.summitcli", **fields}
    return Pick(id_, days, title, slots, withdrawn, revision, **known)


def with_sessions(agenda: Agenda, sessions: Iterable[SessionRow], day: str | None = None) -> Added:
    """Add ``sessions`` to ``agenda``, as a whole or on one day."""
    return add_sessions(agenda, (Wanted(session, None if day is None else (day,)) for session in sessions))


def adding(*sessions: SessionRow, day: str | None = None) -> Edit:
    return lambda agenda: (with_sessions(agenda, sessions, day).agenda, None)


def clearing(agenda: Agenda) -> tuple[Agenda, None]:
    return cleared(agenda), None


def content(name: str = "default") -> bytes | None:
    """Return the content of an agenda's file; None if it does not exist."""
    try:
        with open(path_of(CONFERENCE.id, name), "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


def files() -> list[str]:
    """Return all other files beside the agendas, including hidden ones."""
    return sorted(os.listdir(os.path.dirname(path_of(CONFERENCE.id))))


def clashing(listings: Iterable[Listing]) -> set[tuple[str, int]]:
    """Return the IDs and part numbers of all listings that certainly overlap another session."""
    timed = sorted((when, one.id, one.part) for one in listings if (when := span(one)))
    return overlapping((when.start, when.end, id_, part) for when, id_, part in timed)
