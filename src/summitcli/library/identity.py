"""The rule that decides whether two schedules belong to the same conference.

It is used when a schedule is saved, when it is updated, and when the agenda of an unsaved schedule is looked
up.

Two schedules belong to the same conference if at least half of the sessions' GUIDs are equal, even if the
dates have changed. Otherwise their dates must be less than half a year apart, and either their titles must be
equal, or two of these three must hold: their IDs are equal; they come from the same URL or file; at least
half of the sessions have equal IDs and titles. If the titles of the conferences differ, at least one session
must have the same title in both.

So two conferences with the same acronym are different, and so are the conferences of two years.
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
"""The minimum share of common sessions in two schedules of the same conference."""

HALF_A_YEAR = 182
"""Half a year in days. Conferences with the same title that begin further apart are different conferences."""

MIN_GUID_LENGTH = 8
"""The minimum length of a GUID that is considered unique, not counting ``@host`` at its end."""

MAX_SHRINK_FACTOR = 3
"""The maximum factor by which an update may reduce the number of sessions without ``--force``."""


def is_of_same_place(kept: KeptSchedule, new: KeptSchedule) -> bool:
    """Return whether two schedules come from the same URL or file; False for standard input."""
    return requested(kept.origin.reference) == requested(new.origin.reference) != STDIN


def is_same_conference(
    kept: KeptSchedule, new: KeptSchedule, before: State | None = None, after: State | None = None
) -> bool:
    """Return whether two schedules belong to the same conference, by the rule in the module's docstring.

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
    """Return the conference ID that the schedule has in its source; it may have another in the library."""
    return kept.published_id or kept.id


def are_near(start: str, other: str) -> bool:
    """Return whether two ISO dates are less than half a year apart; True if one of them is empty."""
    if not start or not other:
        return True
    return abs((date.fromisoformat(start[:10]) - date.fromisoformat(other[:10])).days) < HALF_A_YEAR


def shares_guids(before: State, after: State) -> bool:
    """Return whether at least half of the GUIDs in ``before`` are also in ``after``.

    Only GUIDs that look globally unique are compared: many calendars use plain numbers or words as UIDs.
    """
    earlier = {guid for guid in before.guids if guid and _is_unique(guid)}
    return bool(earlier) and len(earlier.intersection(after.guids)) >= MIN_COMMON_SHARE * len(earlier)


def _is_unique(guid: str) -> bool:
    """Return whether a GUID is likely to be globally unique."""
    name = guid.partition("@")[0]
    return len(name) >= MIN_GUID_LENGTH and not name.isdigit()


def shares_titles(before: State, after: State) -> bool:
    """Return whether two versions of a schedule share a session title; True if a version has no sessions."""
    if not before.ids or not after.ids:
        return True
    return not set(before.folded_titles()).isdisjoint(after.folded_titles())


def shares_sessions(before: State, after: State) -> bool:
    """Return whether at least half of the sessions in ``before`` have the same ID and title in ``after``.

    The IDs are those of the source. Alone they prove little, as many publishers number sessions from 1.
    """
    earlier, later = (set(zip(state.codes, state.folded_titles(), strict=True)) for state in (before, after))
    return bool(earlier) and len(earlier & later) >= MIN_COMMON_SHARE * len(earlier)


def has_lost_most(kept: KeptSchedule, new: KeptSchedule) -> bool:
    """Return whether ``new`` may be damaged: it has far fewer sessions than ``kept``."""
    return new.sessions * MAX_SHRINK_FACTOR < kept.sessions
