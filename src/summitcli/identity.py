"""Matching the sessions of two states (versions) of a schedule: finding the same session in both.

Sessions are matched in steps: by the publisher's GUID (the UID in a calendar); by the publisher's code, with
further evidence that it is the same talk; by URL; by title and times; by title and speakers; by title. A
match must be unambiguous: if a step finds several candidates, the following steps choose among them.
Titles and names are compared folded, that is without differences such as upper case
(:func:`~summitcli.text.folding.fold`), times as instants.

A session that was split in two, such as when one of its days gets another title, matches both halves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from functools import cached_property

from summitcli.rows import SessionRow, SlotRow
from summitcli.text.folding import fold

STABLE_SHARE = 0.9
"""The publisher's GUIDs are stable if a later version still has at least this share of them."""

_SCHEME = re.compile(r"https?://", re.IGNORECASE)

Times = frozenset[Hashable]
"""The times of a session: its starts in seconds since 1970, or its days as ISO dates if it has no times."""


class Identity:
    """The properties by which a session is recognised in another version of the schedule.

    Args:
        id: the ID that users type.
        title: the title in the schedule's own language.
        guid: the publisher's identifier, such as a UUID or the UID in a calendar.
        code: the ID that the session has in its source, such as a proposal code or a number.
        url: the URL of the session's page.
        speakers: the names of the speakers.
        slots: the days, times and rooms.
        titles: the title in all languages.
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
        """Return the GUID in the form for comparing GUIDs (:func:`folded_guid`); None if there is none."""
        return folded_guid(self.guid) if self.guid else None

    @cached_property
    def folded_title(self) -> str:
        """Return the title in the form for comparing titles: for example, in lower case (:func:`fold`)."""
        return fold(self.title)

    @cached_property
    def folded_speakers(self) -> frozenset[str]:
        """Return the speakers' names in the form for comparing names: for example, in lower case."""
        return frozenset(map(fold, self.speakers))

    @cached_property
    def times(self) -> Times:
        """Return when the session begins on each of its days, as :func:`time_of` returns it."""
        return frozenset(map(time_of, self.slots))


def time_of(slot: SlotRow) -> Hashable:
    """Return the start of a slot (a session on one day) in seconds since 1970; without times, its day."""
    return slot.day if slot.start is None else datetime.fromisoformat(slot.start).timestamp()


def identity(row: SessionRow, code: str | None = None) -> Identity:
    """Return the identity of a session: the properties by which it is recognised in another version.

    ``code`` is the ID that the session has in its source; None if it is the same as in the catalog.
    """
    titles = row.titles.values()
    return Identity(row.id, row.title, row.guid, code or row.id, row.url, row.speakers, row.slots, titles)


def recognise(
    before: Sequence[Identity], after: Sequence[Identity], stable: bool | None = None
) -> list[list[int]]:
    """Return for each session of ``before`` a list of the positions of its matches in ``after``.

    For a session that is gone, the list is empty. For a session that was split, it has several positions, the
    likeliest first. Two sessions that were merged have the same position.

    Args:
        before: the sessions of the earlier version.
        after: the sessions of the later version.
        stable: whether the publisher's GUIDs stay the same between versions; None to find out, for which
            ``before`` and ``after`` must have all sessions.

    Raises:
        ValueError: a time is not in ISO 8601 format.
    """
    match = _Match(before, after, guids_are_stable(before, after) if stable is None else stable)
    match.run_steps(range(len(before)), range(len(after)), _STEPS)
    return match.found


def guids_are_stable(before: Iterable[Identity], after: Iterable[Identity]) -> bool:
    """Return whether a publisher's GUIDs are stable: ``after`` still has nine in ten of them or more.

    If a publisher generates new GUIDs for each version, a missing GUID does not mean a missing session.
    """
    return are_stable((one.folded_guid for one in before), (other.folded_guid for other in after))


def are_stable(before: Iterable[str | None], after: Iterable[str | None]) -> bool:
    """Return whether a publisher's GUIDs are stable: ``after`` still has at least nine in ten of ``before``.

    All GUIDs must be in the form of :func:`folded_guid`. None stands for a session without a GUID.
    """
    earlier, later = set(before) - {None}, set(after)
    return bool(earlier) and len(earlier & later) >= STABLE_SHARE * len(earlier)


def same_guid(one: str, other: str) -> bool:
    """Return whether two GUIDs are the same, ignoring the case of letters in UUIDs (RFC 9562, section 4)."""
    return folded_guid(one) == folded_guid(other)


def may_be_same(one: Identity, other: Identity) -> bool:
    """Return whether two sessions may be the same, if the publisher's GUIDs usually stay as they are.

    Sessions with different GUIDs must have the same title, and a common time or speaker. Sessions with the
    same GUID, or of which one has none, may always be the same.
    """
    if not one.guid or not other.guid or same_guid(one.guid, other.guid):
        return True
    if one.folded_title != other.folded_title:
        return False
    return bool(one.times & other.times or one.folded_speakers & other.folded_speakers)


def is_other_talk(before: Identity, after: Identity) -> bool:
    """Return whether a session now seems to be another talk: it has another title and only other speakers.

    Return False if it has no speakers now, or had none before.
    """
    if before.folded_title == after.folded_title or not before.speakers or not after.speakers:
        return False
    return not before.folded_speakers & after.folded_speakers


def is_same_talk(before: Identity, after: Identity) -> bool:
    """Return whether two sessions look like the same talk: equal title, or a common time or speaker."""
    return bool(
        before.folded_title == after.folded_title
        or before.times & after.times
        or before.folded_speakers & after.folded_speakers
    )


def is_plausible_match(one: Identity, other: Identity, stable: bool) -> bool:
    """Return whether two sessions with the same code, in two versions of a schedule, are plausibly the same.

    Args:
        one: the session in one version.
        other: the session in the other version.
        stable: whether the publisher's GUIDs are stable.
    """
    return (not stable or may_be_same(one, other)) and is_same_talk(one, other)


class Index:
    """An index of a schedule's sessions for matching single sessions, such as those of an imported file.

    They are matched by GUID, by code, by URL, or by an equal title and a time in common.
    """

    def __init__(self, sessions: Iterable[Identity]) -> None:
        self._sessions: list[Identity] = []
        self._groups: list[dict[Hashable, set[int]]] = [{} for _keys in _KEYS]
        for position, session in enumerate(sessions):
            self._sessions.append(session)
            for keys, groups in zip(_KEYS, self._groups, strict=True):
                for key in keys(session):
                    groups.setdefault(key, set()).add(position)

    def find(self, one: Identity) -> int | None:
        """Return the position of the session that matches ``one``; None if there is none or several.

        If ``one`` has a title and times, a match by code must also pass :func:`is_same_talk`.
        """
        left: set[int] | None = None
        for keys, groups in zip(_KEYS, self._groups, strict=True):
            found = _either([groups[key] for key in keys(one) if key in groups], left)
            if len(found) > 1:
                left = found
            elif found:
                (position,) = found
                is_described = bool(one.title and one.times)
                if keys is not _codes or not is_described or is_same_talk(one, self._sessions[position]):
                    return position
        return None


def _either(groups: Sequence[set[int]], left: set[int] | None) -> set[int]:
    """Return the positions that are in any of ``groups``; if ``left`` is not None, only those also in it.
    If there is only one group, it is returned itself, not a copy, as it may be large.
    """
    if left is not None:
        groups = [group & left for group in groups]
    return groups[0] if len(groups) == 1 else set().union(*groups)


def _guids(one: Identity) -> Iterable[Hashable]:
    return (one.folded_guid,) if one.folded_guid else ()


def _codes(one: Identity) -> Iterable[Hashable]:
    return {one.id.lower(), (one.code or "").lower()} - {""}


def _urls(one: Identity) -> Iterable[Hashable]:
    return (_plain(one.url),) if one.url else ()


def _titles_and_times(one: Identity) -> Iterable[Hashable]:
    titles = {one.folded_title, *map(fold, one.titles)} - {""}
    return {(title, time) for title in titles for time in one.times}


_KEYS = (_guids, _codes, _urls, _titles_and_times)
"""The steps of :meth:`Index.find`: functions that return the keys by which sessions are compared."""


def _guid(one: Identity) -> Hashable:
    return one.folded_guid


def folded_guid(guid: str) -> str:
    """Return a GUID in the form for comparison: in lower case if it is as long as a UUID, else unchanged."""
    return guid.lower() if len(guid) == len("00000000-0000-0000-0000-000000000000") else guid


def _code(one: Identity) -> Hashable:
    return one.code


def _url(one: Identity) -> Hashable:
    return _plain(one.url) if one.url else None


def _plain(url: str) -> str:
    """Return a URL in the form for comparing URLs: ``https://Example.org/a/`` becomes ``example.org/a``."""
    host, slash, path = _SCHEME.sub("", url.strip()).partition("/")
    return (host.lower() + slash + path).rstrip("/")


def _title_and_times(one: Identity) -> Hashable:
    return (one.folded_title, one.times) if one.times else None


def _title_and_speakers(one: Identity) -> Hashable:
    return (one.folded_title, one.folded_speakers) if one.speakers else None


def _title(one: Identity) -> Hashable:
    return one.folded_title


Step = Callable[[Identity], Hashable]
_STEPS: tuple[Step, ...] = (_guid, _code, _url, _title_and_times, _title_and_speakers, _title)
_NEEDS_EVIDENCE = (_code, _title)
"""The steps whose matches need further evidence: another session may by now have this code or title."""


class _Match:
    """The search for matches between two versions of a schedule, with the matches found so far."""

    def __init__(self, before: Sequence[Identity], after: Sequence[Identity], stable: bool) -> None:
        self._before = before
        self._after = after
        self._taken = [False] * len(after)
        self._guids_are_stable = stable
        self.found: list[list[int]] = [[] for _one in before]

    def run_steps(self, before: Iterable[int], after: Iterable[int], steps: Sequence[Step]) -> None:
        """Match the sessions at given positions by one step after the other, such as first by GUID."""
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
        """Match the sessions that have the same key in a step, such as the same title.

        Args:
            step: the step.
            ones: the positions of the sessions with this key in the earlier version.
            others: the positions of the sessions with this key in the later version.
            following: the next steps, used if several sessions have this key.
        """
        if len(ones) == len(others) == 1:
            if step not in _NEEDS_EVIDENCE or self._is_likely(step, ones[0], others[0]):
                self._pair(ones[0], others[0])
            return
        self.run_steps(ones, others, following)
        self._split(step, ones, others)
        if step is _guid:
            self._merge(ones, others)

    def _is_likely(self, step: Step, one: int, other: int) -> bool:
        """Return whether sessions ``one`` and ``other``, matched by code or title, are plausibly the same."""
        before, after = self._before[one], self._after[other]
        if step is _code:
            return is_plausible_match(before, after, self._guids_are_stable)
        return not self._guids_are_stable or may_be_same(before, after)

    def _split(self, step: Step, ones: list[int], others: list[int]) -> None:
        """Match the later sessions that have no match yet: each may be a part of a session that was split.

        A part is matched with the only earlier session with which it has a time in common. This session must
        have all times of the part, except in the step by GUID. If only one earlier session has the GUID, it
        needs no time in common. The arguments are as for :meth:`_decide`.
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
        """Match the earlier sessions that have no match yet: each may have been merged with others.

        Args:
            ones: the positions of the earlier sessions with a certain GUID.
            others: the positions of the later sessions with this GUID. If there is a single one at the same
                time as an earlier session, the two match. If there is none, a single later session matches.
        """
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
    """Return the positions of the sessions that begin at each time, at most two for one time.

    Two are enough to show that a time is ambiguous. Only sessions at the positions ``which`` are considered.
    """
    holders: dict[Hashable, list[int]] = {}
    for position in which:
        for time in sessions[position].times:
            known = holders.setdefault(time, [])
            if len(known) < 2:
                known.append(position)
    return holders


def _grouped(sessions: Sequence[Identity], which: Iterable[int], step: Step) -> dict[Hashable, list[int]]:
    """Return the positions of the sessions by the key that ``step`` returns for them, such as their title.

    Only the sessions at the positions ``which`` are considered; sessions without a key are left out.
    """
    groups: dict[Hashable, list[int]] = {}
    for position in which:
        if key := step(sessions[position]):
            groups.setdefault(key, []).append(position)
    return groups
