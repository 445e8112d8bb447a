"""Two states of a session compared: rules on rows, nothing else.

Times are compared as instants: one written with another offset is the same, and so is one that counts as part
of another day's night. Whole schedules are compared by :mod:`summitcli.catalog.comparing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from summitcli.identity import folded_guid
from summitcli.lazy_typing import Literal, NamedTuple
from summitcli.rows import SessionRow, SlotRow
from summitcli.text.enumeration import MAX_NAMES

Kind = Literal["new", "cancelled", "missing", "moved", "renamed", "speakers", "text"]

KINDS: tuple[Kind, ...] = ("moved", "cancelled", "missing", "new", "renamed", "speakers", "text")
"""Every kind, in the order in which changes are told: first what upsets plans."""

ONE_SIDED: tuple[Kind, ...] = ("cancelled", "missing", "new")
"""The kinds of which a session is in one of the states only."""


class Change(NamedTuple):
    """One way in which a session differs; one that has moved and been renamed has two.

    The kinds: ``new``, only in the later state; ``cancelled``, as its publisher says; ``missing``, only in
    the earlier state, which may be an oversight; ``moved``, held on other days, at other times or in other
    rooms; ``renamed``, of another title in the schedule's own language; ``speakers``, with others, in
    whatever order; ``text``, with another description, category, language, address, status, or translation
    of its title. Differences of blanks alone are none.
    """

    kind: Kind
    before: SessionRow | None
    """The session as it was; None where it is new."""
    after: SessionRow | None
    """The session as it is; None where it is cancelled or missing."""
    fields: tuple[str, ...]
    """What differs: ``days``, ``times``, ``rooms`` of one that has moved, else the fields of the rows. Of one
    that is in one of the states only, nothing."""

    @property
    def session(self) -> SessionRow:
        """The session as it is, or was last."""
        session = self.after or self.before
        assert session is not None  # noqa: S101
        return session

    @property
    def in_agenda(self) -> bool:
        """Whether the session is picked, or was under another id."""
        return any(row is not None and row.in_agenda for row in (self.before, self.after))


def only_before(change: Change) -> tuple[SlotRow, ...]:
    """The slots that the session had and has no more."""
    return _without(change.before, change.after)


def only_after(change: Change) -> tuple[SlotRow, ...]:
    """The slots that the session has and had not."""
    return _without(change.after, change.before)


def texts(change: Change, brief: bool = False) -> tuple[str | None, str | None]:
    """Return what was and what is now, as far as a line can say it; None is nothing, or a description.

    Args:
        change: what differs.
        brief: whether of many speakers only those that differ are said, and of many names or slots only the
            first, and how many more there are.
    """
    before, after = change.before, change.after
    if change.kind == "moved" or change.kind in ONE_SIDED:
        return _held(only_before(change), brief), _held(only_after(change), brief)
    assert before is not None and after is not None  # noqa: S101
    if brief and are_many(before.speakers, after.speakers):
        gone, come = only_in_one(before.speakers, after.speakers)
        before, after = before._replace(speakers=tuple(gone)), after._replace(speakers=tuple(come))
    return _said(before, change.fields, brief), _said(after, change.fields, brief)


def are_many(before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether names are so many that only those are told that differ."""
    return max(len(before), len(after)) > MAX_NAMES


def only_in_one(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the names that are only in ``before``, and those that are only in ``after``."""
    both = set(before) & set(after)
    return [name for name in before if name not in both], [name for name in after if name not in both]


def gone(session: SessionRow, cancelled: frozenset[str]) -> Change:
    """Return that a session is not there any more, or that it is cancelled.

    Args:
        session: what it was.
        cancelled: the guids of what is, folded.
    """
    is_cancelled = bool(session.guid) and folded_guid(session.guid or "") in cancelled
    return Change("cancelled" if is_cancelled else "missing", session, None, ())


def differences(before: SessionRow, after: SessionRow) -> Iterator[Change]:
    """Yield a change for each kind in which a session differs."""
    kinds: dict[Kind, tuple[str, ...]] = {
        "moved": tuple(_moved(before.slots, after.slots)),
        "renamed": ("title",) if _words(before.title) != _words(after.title) else (),
        "speakers": ("speakers",) if _names(before.speakers) != _names(after.speakers) else (),
        "text": tuple(_reworded(before, after)),
    }
    for kind, fields in kinds.items():
        if fields:
            yield Change(kind, before, after, fields)


def _moved(before: Sequence[SlotRow], after: Sequence[SlotRow]) -> Iterator[str]:
    """What differs of where and when, if anything does."""
    if sorted(map(_slot, before)) == sorted(map(_slot, after)):
        return
    was, now = (sorted(map(_when, slots)) for slots in (before, after))
    if was != now and {slot.day for slot in before} != {slot.day for slot in after}:
        yield "days"
    if [when for when in was if not when[0]] != [when for when in now if not when[0]]:
        yield "times"
    # Two slots of a session may also change rooms with each other.
    if was == now or {_room(slot) for slot in before} != {_room(slot) for slot in after}:
        yield "rooms"


def _reworded(before: SessionRow, after: SessionRow) -> Iterator[str]:
    """Which of the texts differ."""
    for field in ("description", "language", "url", "status"):
        if _words(getattr(before, field)) != _words(getattr(after, field)):
            yield field
    # Formats name a category alike and give it ids of their own.
    if before.category != after.category and _words(before.category_name) != _words(after.category_name):
        yield "category"
    titles = ((before.titles[one], after.titles[one]) for one in before.titles.keys() & after.titles.keys())
    if any(_words(was) != _words(now) and (was, now) != (before.title, after.title) for was, now in titles):
        yield "titles"


def _without(row: SessionRow | None, other: SessionRow | None) -> tuple[SlotRow, ...]:
    """The slots of ``row`` that ``other`` has not, each as often as it has it more."""
    left = [_slot(slot) for slot in other.slots] if other else []
    kept = []
    for slot in row.slots if row else ():
        if _slot(slot) in left:
            left.remove(_slot(slot))
        else:
            kept.append(slot)
    return tuple(kept)


def _slot(slot: SlotRow) -> tuple[tuple[str, float, float], str]:
    """A slot as it is compared: when, and in which room."""
    return _when(slot), _room(slot)


def _room(slot: SlotRow) -> str:
    return _words(slot.room)


def _when(slot: SlotRow) -> tuple[str, float, float]:
    """When a slot is held: a day without times, or two instants in seconds since 1970 without a day."""
    if slot.start is None or slot.end is None:
        return slot.day, 0.0, 0.0
    return "", _seconds(slot.start), _seconds(slot.end)


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()


def _names(names: Iterable[str]) -> list[str]:
    return sorted(map(_words, names))


def _words(text: str | None) -> str:
    """A text without differences of blanks; empty where there is none."""
    return " ".join((text or "").split())


def order(change: Change) -> tuple[int, str, str, str]:
    """Return what changes are sorted by: kind and time."""
    first = change.session.slots[0]
    return KINDS.index(change.kind), first.day, first.start or "", change.session.id


def _held(slots: Iterable[SlotRow], brief: bool) -> str | None:
    """Days, times and rooms."""
    times = (
        (
            slot.day,
            f"{slot.start[11:16]}–{slot.end[11:16]}" if slot.start and slot.end else "",
            slot.room or "",
        )
        for slot in slots
    )
    return _joined([" ".join(filter(None, parts)) for parts in times], brief) or None


def _said(row: SessionRow, fields: Iterable[str], brief: bool) -> str | None:
    """The values of the fields that are short."""
    short = {
        "title": row.title,
        "speakers": _joined(row.speakers, brief),
        "category": row.category_name,
        "language": row.language,
        "url": row.url,
        "status": row.status,
        "titles": " / ".join(row.titles.values()),
    }
    return ", ".join(filter(None, (short.get(field) for field in fields))) or None


def _joined(names: Sequence[str], brief: bool) -> str:
    """Return names in a line that is the same in every language."""
    more = len(names) - MAX_NAMES
    if brief and more > 1:
        names = [*names[:MAX_NAMES], f"… +{more}"]
    return ", ".join(names)
