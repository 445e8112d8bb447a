"""Which session of one state of a schedule is which of another.

A session is recognised by, in this order: the publisher's guid (the UID of a calendar); its code together
with evidence that it is the same talk; its address; its title and times; its title and speakers; its title.
A step counts only where it could mean no other session. Where it could, the sessions it leaves are told apart
by the steps that follow. Titles and names are compared as :func:`~summitcli.text.folding.fold` has them,
times as instants.

A session that has parted in two, as when one of its days gets another title, is both halves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from functools import cached_property

from summitcli.rows import SessionRow, SlotRow
from summitcli.text.folding import fold

LASTING = 0.9
"""The share of guids that must still be there for a publisher's guids to be taken for lasting."""

_SCHEME = re.compile(r"https?://", re.IGNORECASE)

Times = frozenset[Hashable]
"""When a session is held: for each slot its start, or its day where it has no clock times."""


class Identity:
    """What a session is recognised by.

    Args:
        id: the name that people type.
        title: in the schedule's own language.
        guid: the publisher's own identifier, such as a UUID or the UID of a calendar.
        code: the publisher's short name of it, such as a proposal's code or a number; the id that the source
            alone would give it.
        url: the address of its page.
        speakers: their names.
        slots: when and where it is held.
        titles: the title in other languages.
    """

    def __init__(
        self,
        id: str,  # noqa: A002
        title: str,
        guid: str | None = None,
        code: str | None = None,
        url: str | None = None,
        speakers: Iterable[str] = (),
        slots: Iterable[SlotRow] = (),
        titles: Iterable[str] = (),
    ) -> None:
        self.id = id
        self.title = title
        self.guid = guid
        self.code = code
        self.url = url
        self.speakers = tuple(speakers)
        self.slots = tuple(slots)
        self.titles = tuple(titles)

    @cached_property
    def folded_guid(self) -> str | None:
        """The guid as guids are compared: a UUID, of 36 letters and hyphens, in lower case (RFC 9562, 4)."""
        return folded_guid(self.guid) if self.guid else None

    @cached_property
    def folded_title(self) -> str:
        """The title as titles are compared."""
        return fold(self.title)

    @cached_property
    def folded_speakers(self) -> frozenset[str]:
        """The speakers' names as names are compared."""
        return frozenset(map(fold, self.speakers))

    @cached_property
    def times(self) -> Times:
        """When it is held."""
        return frozenset(map(time_of, self.slots))


def time_of(slot: SlotRow) -> Hashable:
    """Return when a slot is held: its start as an instant, or its day where it has no clock times."""
    return slot.day if slot.start is None else datetime.fromisoformat(slot.start).timestamp()


def identity(row: SessionRow, code: str | None = None) -> Identity:
    """Return what the session of a catalog is recognised by.

    Args:
        row: the session.
        code: the publisher's short name of it; its id where that is not known.
    """
    titles = row.titles.values()
    return Identity(row.id, row.title, row.guid, code or row.id, row.url, row.speakers, row.slots, titles)


def recognise(
    before: Sequence[Identity], after: Sequence[Identity], lasting: bool | None = None
) -> list[list[int]]:
    """Return for each session of ``before`` the positions in ``after`` of the session that it has become.

    It is empty for one that is not there any more. It has several positions for one that has parted, the
    likeliest first. Two that have become one have the same.

    Args:
        before: the sessions of the earlier state.
        after: those of the later one.
        lasting: whether the guids last, where these are not all sessions.

    Raises:
        ValueError: a time is not in its ISO 8601 form.
    """
    match = _Match(before, after, guids_last(before, after) if lasting is None else lasting)
    match.narrow(range(len(before)), range(len(after)), _STEPS)
    return match.found


def guids_last(before: Iterable[Identity], after: Iterable[Identity]) -> bool:
    """Return whether a publisher's guids stay the same: at least nine of ten are still there.

    Where a publisher makes them anew each time, or makes none, they tell nothing of what is gone.
    """
    return are_lasting((one.folded_guid for one in before), (other.folded_guid for other in after))


def are_lasting(before: Iterable[str | None], after: Iterable[str | None]) -> bool:
    """Return whether guids stay the same, see :func:`guids_last`; they are as they are compared, or None."""
    earlier, later = set(before) - {None}, set(after)
    return bool(earlier) and len(earlier & later) >= LASTING * len(earlier)


def same_guid(one: str, other: str) -> bool:
    """Return whether two guids are the same; the letters of a UUID may be of either case (RFC 9562, 4)."""
    return folded_guid(one) == folded_guid(other)


def may_be_one(one: Identity, other: Identity) -> bool:
    """Return whether two sessions may be one, where the publisher's guids last.

    Of other guids they are two, unless the title is the same, and the time or a speaker.
    """
    if not one.guid or not other.guid or same_guid(one.guid, other.guid):
        return True
    if one.folded_title != other.folded_title:
        return False
    return bool(one.times & other.times or one.folded_speakers & other.folded_speakers)


def is_other_talk(before: Identity, after: Identity) -> bool:
    """Return whether a session that is recognised may be another talk: another title and other speakers.

    Where it had no speakers, or has none, nothing is known of that.
    """
    if before.folded_title == after.folded_title or not before.speakers or not after.speakers:
        return False
    return not before.folded_speakers & after.folded_speakers


def is_same_talk(before: Identity, after: Identity) -> bool:
    """Return whether anything but their names says that two sessions are the same talk."""
    return bool(
        before.folded_title == after.folded_title
        or before.times & after.times
        or before.folded_speakers & after.folded_speakers
    )


def is_believed(one: Identity, other: Identity, lasting: bool) -> bool:
    """Return whether two sessions are one where no others have their code.

    Args:
        one: a session.
        other: one of another state.
        lasting: whether the publisher's guids last.
    """
    return (not lasting or may_be_one(one, other)) and is_same_talk(one, other)


class Index:
    """The sessions of a schedule by all that a single one may be recognised by, as one that a file names.

    The order of the steps is that of :func:`recognise`; a title needs a time beside it.
    """

    def __init__(self, sessions: Sequence[Identity]) -> None:
        self._sessions = sessions
        self._groups: list[dict[Hashable, set[int]]] = [{} for _keys in _KEYS]
        for position, one in enumerate(sessions):
            for keys, groups in zip(_KEYS, self._groups, strict=True):
                for key in keys(one):
                    groups.setdefault(key, set()).add(position)

    def find(self, one: Identity) -> int | None:
        """Return the position of the session that ``one`` is; None where there is none, or several.

        Its code is believed unless both its title and its times are others.
        """
        left: set[int] | None = None
        for keys, groups in zip(_KEYS, self._groups, strict=True):
            found = _either([groups[key] for key in keys(one) if key in groups], left)
            if len(found) > 1:
                left = found
            elif found:
                (position,) = found
                is_told = bool(one.title and one.times)
                if keys is not _codes or not is_told or is_same_talk(one, self._sessions[position]):
                    return position
        return None


def _either(groups: Sequence[set[int]], left: set[int] | None) -> set[int]:
    """Return what is in any of some groups, and in ``left`` if given.

    A single group is not copied, as it may have all sessions.
    """
    if left is not None:
        groups = [group & left for group in groups]
    return groups[0] if len(groups) == 1 else set().union(*groups)


def _guids(one: Identity) -> Iterable[Hashable]:
    return (one.folded_guid,) if one.folded_guid else ()


def _codes(one: Identity) -> Iterable[Hashable]:
    return {one.id.lower(), (one.code or "").lower()} - {""}


def _addresses(one: Identity) -> Iterable[Hashable]:
    return (_plain(one.url),) if one.url else ()


def _titles_and_times(one: Identity) -> Iterable[Hashable]:
    titles = {one.folded_title, *map(fold, one.titles)} - {""}
    return {(title, time) for title in titles for time in one.times}


_KEYS = (_guids, _codes, _addresses, _titles_and_times)
"""By what a single session is found, step by step."""


def _guid(one: Identity) -> Hashable:
    return one.folded_guid


def folded_guid(guid: str) -> str:
    """Return a guid as guids are compared, see :attr:`Identity.folded_guid`."""
    return guid.lower() if len(guid) == len("00000000-0000-0000-0000-000000000000") else guid


def _code(one: Identity) -> Hashable:
    return one.code


def _address(one: Identity) -> Hashable:
    return _plain(one.url) if one.url else None


def _plain(url: str) -> str:
    """Return an address as it is compared: whatever its scheme, and with or without a slash at its end."""
    address = _SCHEME.sub("", url.strip())
    host, slash, path = address.partition("/")
    return (host.lower() + slash + path).rstrip("/")


def _title_and_times(one: Identity) -> Hashable:
    return (one.folded_title, one.times) if one.times else None


def _title_and_speakers(one: Identity) -> Hashable:
    return (one.folded_title, one.folded_speakers) if one.speakers else None


def _title(one: Identity) -> Hashable:
    return one.folded_title


Step = Callable[[Identity], Hashable]
_STEPS: tuple[Step, ...] = (_guid, _code, _address, _title_and_times, _title_and_speakers, _title)
_NEEDS_EVIDENCE = (_code, _title)
"""The steps that alone don't tell a session from another that came into its place."""


class _Match:
    """Two states of a schedule, and which sessions of them have been recognised."""

    def __init__(self, before: Sequence[Identity], after: Sequence[Identity], lasting: bool) -> None:
        self._before = before
        self._after = after
        self._taken = [False] * len(after)
        self._guids_last = lasting
        self.found: list[list[int]] = [[] for _one in before]

    def narrow(self, before: Iterable[int], after: Iterable[int], steps: Sequence[Step]) -> None:
        """Recognise the sessions of ``before`` among those of ``after`` by each of the steps in turn."""
        for number, step in enumerate(steps):
            before = [one for one in before if not self.found[one]]
            after = [other for other in after if not self._taken[other]]
            if not before or not after:
                return
            groups = _grouped(self._before, before, step)
            for key, others in _grouped(self._after, after, step).items():
                if ones := groups.get(key):
                    self._decide(step, ones, others, steps[number + 1 :])

    def _decide(self, step: Step, ones: list[int], others: list[int], following: Sequence[Step]) -> None:
        """Pair the sessions that a step can't tell apart, as far as that can be decided."""
        if len(ones) == len(others) == 1:
            if step not in _NEEDS_EVIDENCE or self._is_likely(step, ones[0], others[0]):
                self._pair(ones[0], others[0])
            return
        self.narrow(ones, others, following)
        self._part(step, ones, others)
        if step is _guid:
            self._merge(ones, others)

    def _is_likely(self, step: Step, one: int, other: int) -> bool:
        """Return whether a code or a title may be believed."""
        before, after = self._before[one], self._after[other]
        if step is _code:
            return is_believed(before, after, self._guids_last)
        return not self._guids_last or may_be_one(before, after)

    def _part(self, step: Step, ones: list[int], others: list[int]) -> None:
        """Add what is left of sessions that have parted to those that they were.

        With the same guid it is enough that a session was held at one of their times, or is the only one;
        with less, they may be held at no other.
        """
        holders = _by_time(self._before, ones)
        for other in [other for other in others if not self._taken[other]]:
            times = self._after[other].times
            near = {one for time in times for one in holders.get(time, ())}
            if step is _guid and not near and len(ones) == 1:
                near = {ones[0]}
            if len(near) == 1 and (step is _guid or times <= self._before[next(iter(near))].times):
                self._pair(near.pop(), other)

    def _merge(self, ones: list[int], others: list[int]) -> None:
        """Let those of a guid that are left over be the session held at their time, or the only one."""
        holders = _by_time(self._after, others)
        for one in [one for one in ones if not self.found[one]]:
            near = {other for time in self._before[one].times for other in holders.get(time, ())}
            if not near and len(others) == 1:
                near = {others[0]}
            if len(near) == 1:
                self._pair(one, near.pop())

    def _pair(self, one: int, other: int) -> None:
        self.found[one].append(other)
        self._taken[other] = True


def _by_time(sessions: Sequence[Identity], which: Iterable[int]) -> dict[Hashable, list[int]]:
    """Return by each time the positions of sessions that are held then, of many only two."""
    holders: dict[Hashable, list[int]] = {}
    for position in which:
        for time in sessions[position].times:
            known = holders.setdefault(time, [])
            # Two already tell that a time is nobody's own.
            if len(known) < 2:
                known.append(position)
    return holders


def _grouped(sessions: Sequence[Identity], which: Iterable[int], step: Step) -> dict[Hashable, list[int]]:
    """Return the positions of sessions by what a step makes of them, less those it says nothing of."""
    groups: dict[Hashable, list[int]] = {}
    for position in which:
        if key := step(sessions[position]):
            groups.setdefault(key, []).append(position)
    return groups
