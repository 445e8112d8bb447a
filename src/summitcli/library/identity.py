"""Whether two schedules are of the same conference: the one rule, wherever that is asked.

A conference is known by its id, together with its title or, where that is another, with its sessions. It is
asked when a name is given to a schedule, and when a schedule is replaced by what is published now.
"""

from __future__ import annotations

from collections.abc import Callable

from summitcli.catalog.queries import Catalog
from summitcli.errors import MISREAD
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.kept import KeptSchedule
from summitcli.library.reference import STDIN

if TYPE_CHECKING:
    from summitcli.model import Schedule

LEAST_LEFT = 0.2
"""The share of its sessions that a schedule must still have to be taken for the same conference's."""


def is_of_same_place(known: KeptSchedule, new: KeptSchedule) -> bool:
    """Return whether two schedules come from the same address or file; standard input is no place."""
    return known.origin.reference == new.origin.reference != STDIN


def is_same_conference(
    known: KeptSchedule, new: KeptSchedule, has_its_sessions: Callable[[], bool] | None = None
) -> bool:
    """Return whether ``new`` is of the conference that ``known`` is of.

    Args:
        known: a schedule that is kept.
        new: one that may be of the same conference.
        has_its_sessions: tells whether ``new`` has sessions of ``known``; asked only where the titles
            differ. Without it they are taken to be others.
    """
    if new.id != known.id:
        return False
    return new.title == known.title or (has_its_sessions is not None and has_its_sessions())


def may_replace(known: KeptSchedule | None, new: KeptSchedule) -> bool:
    """Return whether ``new`` may have the place of ``known``: it is nobody's, or the same conference's."""
    return known is None or is_of_same_place(known, new) or is_same_conference(known, new)


def shares_sessions(before: Catalog | None, after: Schedule) -> bool:
    """Return whether enough sessions of ``before`` are in ``after``, also if ``before`` can't be read.

    Ids alone tell little of sessions, as many publishers count them from 1.
    """
    if before is None:
        return True
    try:
        earlier = {(session.id, session.title) for session in before.sessions()}
    except MISREAD:
        return True
    language = after.conference.language
    later = {(session.id, session.title.own(language)) for session in after.sessions}
    return len(earlier & later) >= len(earlier) * LEAST_LEFT


def has_lost_most(known: KeptSchedule, new: KeptSchedule) -> bool:
    """Return whether most sessions of a conference are gone, so that its schedule may be damaged."""
    return bool(known.sessions) and new.sessions < known.sessions * LEAST_LEFT
