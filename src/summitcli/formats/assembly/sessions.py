"""Which events are one session, and its id, which depends on what they are and never on their order."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summitcli.formats.assembly import prose
from summitcli.formats.assembly.days import Held
from summitcli.formats.assembly.period import Placed
from summitcli.formats.assembly.slugs import DIGITS, SHORT, distinct, hashed, slug
from summitcli.formats.draft import Event

_LATER = frozenset({"status"})

_UUID = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


class OneSession(NamedTuple):
    """The events that are one session, in order of time, and its slots."""

    events: tuple[Event, ...]
    slots: tuple[tuple[Held, str], ...]
    """When and in which room."""
    title: str
    speakers: tuple[str, ...]


def sessions(placed: Sequence[Placed]) -> Iterator[OneSession]:
    """Events as sessions, in order of appearance: of one identity, title and speakers, one session."""
    grouped: defaultdict[object, list[Placed]] = defaultdict(list)
    for number, (event, helds) in enumerate(placed):
        title, speakers = _title(event), _speakers(event)
        key = number if event.identity is None else (event.identity, title, speakers)
        grouped[key].append((event, helds))
    for group in grouped.values():
        if len(group) > 1:
            group.sort(key=_order)
        yield OneSession(
            tuple(event for event, _helds in group),
            tuple((held, prose.line(event.room)) for event, helds in group for held in helds),
            _title(group[0][0]),
            _speakers(group[0][0]),
        )


def _title(event: Event) -> str:
    return prose.line(event.title) or prose.first(map(prose.line, event.titles.values())) or ""


def _speakers(event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(prose.line, event.speakers))))


def _order(one: Placed) -> tuple[object, ...]:
    """By time, and where that is the same by something else that is not their order in the source."""
    event, helds = one
    day, start, _end = helds[0]
    return (
        day,
        start is not None,
        start.timestamp() if start else 0,
        _told(event),
    )


def ids(held: Sequence[OneSession]) -> list[str]:
    """The id of each of some sessions; no two are the same."""
    return distinct([_base(one) for one in held], lambda n: _suffixes(held[n]))


def _base(held: OneSession) -> str:
    """The id that a session has where no other wants it."""
    names = (slug(name) for event in held.events for name in event.names)
    return prose.first(names) or slug(held.title, SHORT) or f"session-{_digits(held)[: DIGITS[-1]]}"


def _suffixes(held: OneSession) -> list[str]:
    """What tells a session from others of the same id, best first: what changes least."""
    digits = _digits(held)
    identity = held.events[0].identity or ""
    named = repr((identity, held.title, held.speakers))
    timed = repr((named, held.slots))
    whole = f"[{', '.join(map(_told, held.events))}]"
    return [*(digits[:n] for n in DIGITS), *(hashed(text)[: DIGITS[-1]] for text in (named, timed, whole))]


def _told(event: Event) -> str:
    """Return all that an event says but its place, as text.

    Ids and their order depend on it, so fields that came later are not in it.
    """
    said = event._replace(where="", line=None)._asdict()
    return f"Event({', '.join(f'{name}={value!r}' for name, value in said.items() if name not in _LATER)})"


def _digits(held: OneSession) -> str:
    """Hexadecimal digits of what stays the same in every publication."""
    event = held.events[0]
    for known in (event.guid, event.identity):
        if known:
            return known.replace("-", "").lower() if _UUID.fullmatch(known) else hashed(known)
    slot, _room = held.slots[0]
    return hashed(f"{held.title} {slot.start or slot.day}")
