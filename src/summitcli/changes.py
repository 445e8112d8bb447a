"""Rules for comparing one session in an earlier and in a later version of a schedule.

Times are compared as instants: another UTC offset, or another conference day for the same instant, is no
change. Whole schedules are compared by :mod:`summitcli.catalog.comparing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from summitcli.identity import folded_guid
from summitcli.lazy_typing import TYPE_CHECKING, Literal, NamedTuple
from summitcli.rows import SessionRow, SlotRow
from summitcli.text.enumeration import MAX_NAMES
from summitcli.text.reader_zone import shown

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Kind = Literal["new", "cancelled", "missing", "moved", "renamed", "speakers", "text"]

KINDS: tuple[Kind, ...] = ("moved", "cancelled", "missing", "new", "renamed", "speakers", "text")
"""All kinds of changes in the order of output: those that affect attendees' plans most come first."""

ONE_SIDED: tuple[Kind, ...] = ("cancelled", "missing", "new")
"""The kinds of changes whose session is in only one of the two versions of the schedule."""


class Change(NamedTuple):
    """A difference between a session's earlier and later version, such as ``moved``.

    A session that was moved and renamed has two changes. Differences in whitespace alone are ignored. The
    kinds are

    - ``new``: the session is only in the later version;
    - ``cancelled``: its publisher has cancelled it;
    - ``missing``: it is only in the earlier version, perhaps by oversight;
    - ``moved``: it is on other days, at other times or in other rooms;
    - ``renamed``: it has another title in the schedule's own language;
    - ``speakers``: it has other speakers, whatever their order;
    - ``text``: its description, category, language, URL, status or a translation of its title differs.
    """

    kind: Kind
    before: SessionRow | None
    """The session in the earlier version; None if it is new."""
    after: SessionRow | None
    """The session in the later version; None if it is cancelled or missing."""
    fields: tuple[str, ...]
    """The names of the fields that differ, such as ``("description", "url")``.

    If the session was moved, they are some of ``days``, ``times`` and ``rooms``; otherwise they are fields of
    :class:`~summitcli.rows.SessionRow`. Empty if the session is in only one version.
    """

    @property
    def session(self) -> SessionRow:
        """Return the session of the later version; if there is none, the session of the earlier version."""
        session = self.after or self.before
        assert session is not None  # noqa: S101
        return session

    @property
    def in_agenda(self) -> bool:
        """Return whether the earlier or the later version of the session is in the user's agenda."""
        return any(row is not None and row.in_agenda for row in (self.before, self.after))


def only_before(change: Change) -> tuple[SlotRow, ...]:
    """Return the slots (days, times and rooms) that only the earlier version of the session has."""
    return _without(change.before, change.after)


def only_after(change: Change) -> tuple[SlotRow, ...]:
    """Return the slots (days, times and rooms) that only the later version of the session has."""
    return _without(change.after, change.before)


def texts(change: Change, brief: bool = False) -> tuple[str | None, str | None]:
    """Return the old and the new value of a change as text, such as the old and the new title.

    A value is None if there is none, or if only the description differs, which would be too long.

    Args:
        change: the change.
        brief: whether to shorten long lists. If there are many speakers, only those that differ are named. If
            there are many other names, or many times and rooms, only the first ones are named, and the others
            are counted.
    """
    before, after = change.before, change.after
    if change.kind == "moved" or change.kind in ONE_SIDED:
        return _held(only_before(change), brief), _held(only_after(change), brief)
    assert before is not None and after is not None  # noqa: S101
    if brief and are_many(before.speakers, after.speakers):
        left, added = unmatched_names(before.speakers, after.speakers)
        before, after = before._replace(speakers=tuple(left)), after._replace(speakers=tuple(added))
    return _field_values(before, change.fields, brief), _field_values(after, change.fields, brief)


def are_many(before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether two lists of names are so long that only the names that differ should be shown."""
    return max(len(before), len(after)) > MAX_NAMES


def unmatched_names(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the names only in ``before`` and the names only in ``after``."""
    both = set(before) & set(after)
    return [name for name in before if name not in both], [name for name in after if name not in both]


def removal(session: SessionRow, cancelled: frozenset[str]) -> Change:
    """Return the change ``cancelled`` or ``missing`` for a session that is no longer in the schedule.

    Args:
        session: the session as it was.
        cancelled: the GUIDs of cancelled sessions, as :func:`~summitcli.identity.folded_guid` returns them.
    """
    is_cancelled = bool(session.guid) and folded_guid(session.guid or "") in cancelled
    return Change("cancelled" if is_cancelled else "missing", session, None, ())


def differences(before: SessionRow, after: SessionRow) -> Iterator[Change]:
    """Yield the changes between two versions of a session: at most one of each kind, such as ``moved``."""
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
    """Yield which of ``days``, ``times`` and ``rooms`` differ between a session's old and new slots."""
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
    """Yield the names of the fields that differ, such as ``description``.

    Compare only description, language, URL, status, category and the titles in other languages.
    """
    for field in ("description", "language", "url", "status"):
        if _words(getattr(before, field)) != _words(getattr(after, field)):
            yield field
    # The same category has another ID in another format.
    if before.category != after.category and _words(before.category_name) != _words(after.category_name):
        yield "category"
    titles = ((before.titles[one], after.titles[one]) for one in before.titles.keys() & after.titles.keys())
    if any(_words(was) != _words(now) and (was, now) != (before.title, after.title) for was, now in titles):
        yield "titles"


def _without(row: SessionRow | None, other: SessionRow | None) -> tuple[SlotRow, ...]:
    """Return the slots of ``row`` that ``other`` lacks; None is a session without slots.

    A slot that occurs three times in ``row`` and once in ``other`` is returned twice.
    """
    left = [_slot(slot) for slot in other.slots] if other else []
    kept = []
    for slot in row.slots if row else ():
        if _slot(slot) in left:
            left.remove(_slot(slot))
        else:
            kept.append(slot)
    return tuple(kept)


def _slot(slot: SlotRow) -> tuple[tuple[str, float, float], str]:
    """Return a key by which slots are compared: time and room."""
    return _when(slot), _room(slot)


def _room(slot: SlotRow) -> str:
    return _words(slot.room)


def _when(slot: SlotRow) -> tuple[str, float, float]:
    """Return a key by which times are compared: ``("", start, end)``, both in seconds since 1970.

    For a slot without times it is ``(day, 0.0, 0.0)``.
    """
    if slot.start is None or slot.end is None:
        return slot.day, 0.0, 0.0
    return "", _seconds(slot.start), _seconds(slot.end)


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()


def _names(names: Iterable[str]) -> list[str]:
    return sorted(map(_words, names))


def _words(text: str | None) -> str:
    """Return ``text`` with each run of whitespace replaced by one space; None becomes an empty string."""
    return " ".join((text or "").split())


def in_zone(row: SessionRow, zone: ZoneInfo) -> SessionRow:
    """Return a session with its times, and the days on which they are, converted to another time zone."""
    slots = []
    for slot in row.slots:
        day, start, end = _times_in(slot, zone)
        slots.append(slot._replace(day=day, start=start, end=end))
    day, start, end = _times_in(row, zone)
    days = tuple(dict.fromkeys(slot.day for slot in slots))
    return row._replace(day=day, start=start, end=end, slots=tuple(slots), days=days)


def _times_in(held: SessionRow | SlotRow, zone: ZoneInfo) -> tuple[str, str | None, str | None]:
    """Return the day, start and end of a slot (a session on one day), converted to another time zone."""
    start, end, day = held.start, held.end, held.day
    if start is not None and end is not None:
        try:
            begins, ends = (datetime.fromisoformat(moment).astimezone(zone) for moment in (start, end))
            apart = (begins.date() - date.fromisoformat(day)).days
            # What begins in the night after its day stays on that day.
            if start[:10] <= day or apart not in (0, 1):
                day = begins.date().isoformat()
        except OverflowError:
            # It is at one of the ends of the calendar.
            return day, start, end
        start, end = begins.isoformat(), ends.isoformat()
    return day, start, end


def sort_key(change: Change) -> tuple[int, str, str, str]:
    """Return the key by which changes are sorted: first by kind, then by day and time."""
    first = change.session.slots[0]
    return KINDS.index(change.kind), first.day, first.start or "", change.session.id


def _held(slots: Iterable[SlotRow], brief: bool) -> str | None:
    """Return the days, times and rooms of slots as text, such as ``2022-07-23 10:00–10:30 Hall 1``.

    Return None if there are no slots. If ``brief``, a long list is shortened, as by :func:`texts`.
    """
    times = (
        (
            slot.day,
            f"{shown(slot.start)[11:16]}–{shown(slot.end)[11:16]}" if slot.start and slot.end else "",
            slot.room or "",
        )
        for slot in slots
    )
    return _joined([" ".join(filter(None, parts)) for parts in times], brief) or None


def _field_values(row: SessionRow, fields: Iterable[str], brief: bool) -> str | None:
    """Return the values of the given fields as one text, without descriptions; None if that would be empty.

    If ``brief``, long lists are shortened, as by :func:`texts`.
    """
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
    """Return names joined by commas.

    If ``brief`` and there are many, return only the first names and the number of the others.
    """
    more = len(names) - MAX_NAMES
    if brief and more > 1:
        names = [*names[:MAX_NAMES], f"… +{more}"]
    return ", ".join(names)
