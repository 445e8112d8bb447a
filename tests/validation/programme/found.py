"""What the checks of a programme find in small schedules of our own format."""

import json
from collections.abc import Mapping
from typing import Any

from summitcli.sources.source import NO_HINTS
from summitcli.validation.problems import Problem, examine
from tests.schedules import document, session

DAY = "2024-05-01"


def at(start: str, end: str, room: str | None = None, day: str = DAY) -> dict[str, Any]:
    """Return a slot from ``start`` to ``end``, both HH:MM."""
    times = {"start": f"{day}T{start}:00+02:00", "end": f"{day}T{end}:00+02:00"}
    return {"day": day, **times, **({"room": room} if room else {})}


def problems(*sessions: Mapping[str, Any], categories: object = None, **changes: Any) -> list[Problem]:
    """Return the problems of a schedule with these sessions, and these categories if any are given."""
    made = document(*sessions, **changes)
    if categories is not None:
        made["categories"] = categories
    return examine(json.dumps(made).encode(), "plan.json", NO_HINTS).problems


def found(*sessions: Mapping[str, Any], **changes: Any) -> list[tuple[str, str, str]]:
    """Return the rule, the path and the reason of each problem."""
    return [(row.rule, row.path, row.reason) for row in problems(*sessions, **changes)]


def talks(*slots: Mapping[str, Any], **fields: Any) -> list[dict[str, Any]]:
    """Return a session called A, B … for each slot."""
    return [session(chr(ord("a") + number), slot, **fields) for number, slot in enumerate(slots)]
