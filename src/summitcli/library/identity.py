"""Whether two schedules are of the same conference: the one rule, wherever that is asked.

It is asked when a schedule is used, when it is replaced by what is published now, and when the agenda is
looked for of one that is not kept. Two are of the same conference

- if at least half of the sessions' guids are the same, which also means that it was moved;
- else if their dates are near, and their titles are the same, or two of these: their ids are the same, they
  come from the same place, at least half of their sessions have the same id and title. Those of other titles
  have at least one session in common.

Two that share an acronym are two, and so are this year's and next year's.
"""

from __future__ import annotations

from datetime import date

from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.kept import KeptSchedule
from summitcli.library.reference import STDIN
from summitcli.text.folding import fold

if TYPE_CHECKING:
    from summitcli.states import State

HALF = 0.5
"""The share of sessions that two states of one conference have in common."""

NEAR = 182
"""Half a year, in days: the conference of the same title that begins later is the next one."""

SHORTEST_GUID = 8
"""How many letters a guid has before any host that no other has by chance."""

MAX_SHRINK_FACTOR = 3
"""The largest factor by which an update may reduce the number of sessions without ``--force``."""


def is_of_same_place(known: KeptSchedule, new: KeptSchedule) -> bool:
    """Return whether two schedules come from the same address or file; standard input is no place."""
    return known.origin.reference == new.origin.reference != STDIN


def is_same_conference(
    known: KeptSchedule, new: KeptSchedule, before: State | None = None, after: State | None = None
) -> bool:
    """Return whether ``new`` is of the conference that ``known`` is of.

    Args:
        known: a schedule that is kept.
        new: one that may be of the same conference.
        before: the sessions of ``known``; None where they are not known.
        after: those of ``new``, likewise, with the ids of their source.
    """
    if before and after and shares_guids(before, after):
        return True
    if not are_near(known.start, new.start):
        return False
    if fold(known.title) == fold(new.title):
        return True
    if before and after and not shares_titles(before, after):
        return False
    evidence = (
        published_id(known) == published_id(new),
        is_of_same_place(known, new),
        bool(before and after and shares_sessions(before, after)),
    )
    return sum(evidence) >= 2


def published_id(kept: KeptSchedule) -> str:
    """Return the id that a schedule itself gives its conference."""
    return kept.published_id or kept.id


def are_near(start: str, other: str) -> bool:
    """Return whether two days, in ISO 8601, are less than half a year apart, as they may be if not known."""
    if not start or not other:
        return True
    return abs((date.fromisoformat(start[:10]) - date.fromisoformat(other[:10])).days) < NEAR


def shares_guids(before: State, after: State) -> bool:
    """Return whether at least half of the guids of ``before`` are in ``after``.

    UIDs that are only counted, or words, are those of many conferences, whatever the standard asks for.
    """
    earlier = {guid for guid in before.guids if guid and _is_unique(guid)}
    return bool(earlier) and len(earlier.intersection(after.guids)) >= HALF * len(earlier)


def _is_unique(guid: str) -> bool:
    """Return whether a guid is likely to be the only one in the world."""
    name = guid.partition("@")[0]
    return len(name) >= SHORTEST_GUID and not name.isdigit()


def shares_titles(before: State, after: State) -> bool:
    """Return whether any title of ``before`` is in ``after``, as far as either has sessions."""
    if not before.ids or not after.ids:
        return True
    return not set(before.folded_titles()).isdisjoint(after.folded_titles())


def shares_sessions(before: State, after: State) -> bool:
    """Return whether at least half of the sessions of ``before`` are in ``after`` by code and title.

    Codes alone tell little of sessions, as many publishers count them from 1.
    """
    earlier, later = (set(zip(state.codes, state.folded_titles(), strict=True)) for state in (before, after))
    return bool(earlier) and len(earlier & later) >= HALF * len(earlier)


def has_lost_most(known: KeptSchedule, new: KeptSchedule) -> bool:
    """Return whether most sessions of a conference are gone, so that its schedule may be damaged."""
    return new.sessions * MAX_SHRINK_FACTOR < known.sessions
