"""An agenda brought up to the schedule as it is now, with what has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from summitcli.agenda.picks import Agenda, Pick, follow
from summitcli.lazy_typing import Literal, NamedTuple
from summitcli.rows import SessionRow

Kind = Literal["moved", "renamed", "gone", "back"]


class Change(NamedTuple):
    """One way in which a pick's session has changed; a pick that has moved and been renamed has two."""

    kind: Kind
    """``moved``: other days, times or rooms. ``gone``: no longer held, or not on the days picked."""
    before: Pick
    after: Pick


class Reconciled(NamedTuple):
    """An agenda that agrees with the schedule, and the changes in the order of its picks."""

    agenda: Agenda
    changes: tuple[Change, ...]


def reconciled(agenda: Agenda, current: Mapping[str, SessionRow]) -> Reconciled:
    """``agenda`` as the schedule has its sessions now.

    A pick whose title or slots differ takes over the new ones. One whose session is not in ``current``, or
    held on none of the days picked, is gone and keeps what was known. Each pick that changes gets the next
    revision, once.

    Args:
        agenda: what was picked.
        current: by id, every session of the schedule that is picked; others do no harm.
    """
    picks: list[Pick] = []
    changes: list[Change] = []
    for before in agenda.picks:
        after = follow(before, current.get(before.id), before.days)
        picks.append(after)
        changes.extend(Change(kind, before, after) for kind in _kinds(before, after))
    return Reconciled(agenda._replace(picks=tuple(picks)), tuple(changes))


def _kinds(before: Pick, after: Pick) -> Iterator[Kind]:
    if before.gone != after.gone:
        yield "gone" if after.gone else "back"
    if before.slots != after.slots:
        yield "moved"
    if before.title != after.title:
        yield "renamed"
