"""The rule that decides whether two schedules are of the same conference.

It is used when a schedule is saved, when it is updated, and when the agenda of an unsaved schedule is looked
up. Two schedules are of the same conference

- if at least half of the sessions' GUIDs are equal, even if the dates changed;
- otherwise if their dates are near and either their titles are equal or two of these hold: their IDs are
  equal, they come from the same URL or file, at least half of their sessions have equal IDs and titles. With
  different titles they must also have at least one session title in common.

Conferences that only share an acronym are different, and so are this year's and next year's.
"""

from __future__ import annotations

from datetime import date

from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.kept import KeptSchedule
from summitcli.library.reference import STDIN
from summitcli.sources.addresses import requested
from summitcli.text.folding import fold

if TYPE_CHECKING:
    from summitcli.states import State

MIN_COMMON_SHARE = 0.5
"""The smallest share of common sessions with which two schedules are of one conference."""

HALF_A_YEAR = 182
"""Half a year in days; conferences of equal title that are further apart are of different years."""

MIN_GUID_LENGTH = 8
"""The minimum length of a GUID, without any ``@host``, to be unlikely to occur twice by chance."""

MAX_SHRINK_FACTOR = 3
"""The largest factor by which an update may reduce the number of sessions without ``--force``."""


def is_of_same_place(kept: KeptSchedule, new: KeptSchedule) -> bool:
    """Return whether two schedules come from the same URL or file, other than standard input."""
    return requested(kept.origin.reference) == requested(new.origin.reference) != STDIN


def is_same_conference(
    kept: KeptSchedule, new: KeptSchedule, before: State | None = None, after: State | None = None
) -> bool:
    """Return whether two schedules are of the same conference, by the rule in the module's docstring.

    Args:
        kept: a saved schedule.
        new: the schedule to compare with it.
        before: the sessions of ``kept``; None if they can't be read.
        after: the sessions of ``new``, with the IDs of their source; None if they can't be read.
    """
    if before and after and shares_guids(before, after):
        return True
    if not are_near(kept.start, new.start):
        return False
    if fold(kept.title) == fold(new.title):
        return True
    if before and after and not shares_titles(before, after):
        return False
    evidence = (
        published_id(kept) == published_id(new),
        is_of_same_place(kept, new),
        bool(before and after and shares_sessions(before, after)),
    )
    return sum(evidence) >= 2


def published_id(kept: KeptSchedule) -> str:
    """Return the conference ID in the published schedule; the library may use another one."""
    return kept.published_id or kept.id


def are_near(start: str, other: str) -> bool:
    """Return whether two ISO dates are less than half a year apart; True if either is empty."""
    if not start or not other:
        return True
    return abs((date.fromisoformat(start[:10]) - date.fromisoformat(other[:10])).days) < HALF_A_YEAR


def shares_guids(before: State, after: State) -> bool:
    """Return whether at least half of the GUIDs in ``before`` are also in ``after``.

    Only GUIDs that look unique count: many calendars use plain numbers or words as UIDs.
    """
    earlier = {guid for guid in before.guids if guid and _is_unique(guid)}
    return bool(earlier) and len(earlier.intersection(after.guids)) >= MIN_COMMON_SHARE * len(earlier)


def _is_unique(guid: str) -> bool:
    """Return whether a GUID is likely to be globally unique."""
    name = guid.partition("@")[0]
    return len(name) >= MIN_GUID_LENGTH and not name.isdigit()


def shares_titles(before: State, after: State) -> bool:
    """Return whether two states have a session title in common; True if one of them has no sessions."""
    if not before.ids or not after.ids:
        return True
    return not set(before.folded_titles()).isdisjoint(after.folded_titles())


def shares_sessions(before: State, after: State) -> bool:
    """Return whether at least half of the sessions in ``before`` are in ``after``: equal ID and title.

    The IDs are those of the source. They alone say little, as many publishers number sessions from 1.
    """
    earlier, later = (set(zip(state.codes, state.folded_titles(), strict=True)) for state in (before, after))
    return bool(earlier) and len(earlier & later) >= MIN_COMMON_SHARE * len(earlier)


def has_lost_most(kept: KeptSchedule, new: KeptSchedule) -> bool:
    """Return whether ``new`` has so much fewer sessions than ``kept`` that it may be damaged."""
    return new.sessions * MAX_SHRINK_FACTOR < kept.sessions
