"""The plan that was last applied to an agenda, or made of it: ``NAME.plan`` beside the agenda's file.

docs/files.md describes the format.
"""

from __future__ import annotations

import json
from datetime import datetime

from summitcli.agenda import beside
from summitcli.agenda.own_entries import own_listing
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.rows import Listing

FORMAT = "summit-plan/1"
SUFFIX = ".plan"
MAX_BYTES = 10_000_000


class Conditions(NamedTuple):
    """The options with which a plan was made, as the user typed them.

    There is one exception: if the user abbreviated a day or a session ID, it is written in full.
    """

    day: tuple[str, ...] = ()
    """The days planned, as ISO dates; empty for all days."""
    from_time: str | None = None
    to_time: str | None = None
    walk: str | None = None
    lunch: str | None = None
    weight: tuple[str, ...] = ()
    """The weights of sessions, each in the form ``ID=N``."""


class PlannedSession(NamedTuple):
    """A session of a plan, with the time at which the user planned to attend it."""

    id: str
    title: str
    day: str
    start: str
    end: str
    room: str | None
    picked: bool
    """True if this session was in the agenda; False if it is a repeat of one: the same talk, held again."""

    def listing(self) -> Listing:
        """Return the session as a listing (the form of a session in lists), to compare its times."""
        untimed = own_listing(self.id, self.title, self.day, None, None, self.room)
        return untimed._replace(start=self.start, end=self.end, all_day=False)


class KeptPlan(NamedTuple):
    """A plan that is stored, to compare it with later schedules."""

    conditions: Conditions
    chosen: tuple[PlannedSession, ...]
    dropped: tuple[str, ...]
    """The IDs of sessions in the agenda that found no place in the plan."""
    applied: bool = False
    """True if the agenda was changed to follow the plan; False if it was only shown."""


def with_other_days(plan: KeptPlan, before: KeptPlan) -> KeptPlan:
    """Return ``plan`` with what an earlier plan has on other days, if ``plan`` is only for some days."""
    days = plan.conditions.day
    if not days:
        return plan
    chosen = (*(one for one in before.chosen if one.day not in days), *plan.chosen)
    ids = {one.id for one in chosen}
    dropped = tuple(id_ for id_ in dict.fromkeys((*before.dropped, *plan.dropped)) if id_ not in ids)
    weights = dict(text.rpartition("=")[::2] for text in (*before.conditions.weight, *plan.conditions.weight))
    earlier = before.conditions.day
    conditions = plan.conditions._replace(
        day=tuple(sorted({*days, *earlier})) if earlier else (),
        weight=tuple(f"{id_}={number}" for id_, number in weights.items()),
    )
    in_time = sorted(chosen, key=lambda one: datetime.fromisoformat(one.start))
    return KeptPlan(conditions, tuple(in_time), dropped, plan.applied)


def read(conference_id: str, name: str) -> KeptPlan | None:
    """Return the plan that is stored for an agenda; None if there is none, or if its file is damaged.

    Raises:
        Unreachable: the file can't be read.
    """
    data = beside.read(conference_id, name, SUFFIX, MAX_BYTES)
    try:
        return None if data is None else _plan_of(json.loads(data))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def write(conference_id: str, name: str, plan: KeptPlan) -> None:
    """Store ``plan`` as the plan of an agenda.

    Raises:
        Unreachable: the file can't be written.
    """
    document = {
        "format": FORMAT,
        "conditions": dict(zip(Conditions._fields, plan.conditions, strict=True)),
        "chosen": [dict(zip(PlannedSession._fields, one, strict=True)) for one in plan.chosen],
        "dropped": plan.dropped,
        "applied": plan.applied,
    }
    beside.write(conference_id, name, SUFFIX, document)


def remove(conference_id: str, name: str) -> None:
    """Remove the stored plan of an agenda.

    Raises:
        Unreachable: the file can't be removed.
    """
    beside.remove(conference_id, name, SUFFIX)


def mark_undone(conference_id: str, name: str) -> None:
    """Mark the stored plan of an agenda as not applied, so that the next plan replaces it.

    Raises:
        Unreachable: the file can't be read or written.
    """
    plan = read(conference_id, name)
    if plan and plan.applied:
        write(conference_id, name, plan._replace(applied=False))


def _plan_of(document: Any) -> KeptPlan:
    """Return the plan in a decoded JSON document.

    Raises:
        ValueError, KeyError, TypeError: the document is not a valid plan.
    """
    if document["format"] != FORMAT:
        raise ValueError
    day, start, end, walk, lunch, weight = (document["conditions"][key] for key in Conditions._fields)
    limits = _optional(start), _optional(end), _optional(walk), _optional(lunch)
    conditions = Conditions(_texts(day), *limits, _texts(weight))
    chosen = tuple(map(_session_of, document["chosen"]))
    return KeptPlan(conditions, chosen, _texts(document["dropped"]), document.get("applied") is True)


def _session_of(document: Any) -> PlannedSession:
    id_, title, day, start, end, room, picked = (document[key] for key in PlannedSession._fields)
    if any(datetime.fromisoformat(moment).utcoffset() is None for moment in (start, end)):
        raise ValueError
    id_, title, day, start, end = _texts([id_, title, day, start, end])
    return PlannedSession(id_, title, day, start, end, _optional(room), picked is True)


def _texts(values: object) -> tuple[str, ...]:
    """Return a list of strings as a tuple.

    Raises:
        TypeError: ``values`` is not a list of strings.
    """
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError
    return tuple(values)


def _optional(value: object) -> str | None:
    """Return ``value`` if it is a string or None.

    Raises:
        TypeError: it is neither.
    """
    if not isinstance(value, str | None):
        raise TypeError
    return value
