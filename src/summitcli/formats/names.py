"""Giving a conference and its sessions the IDs that they had in earlier versions of a saved schedule.

A *source ID* is made from the source alone. If a session had another ID in an earlier version, it keeps that
one. Its source ID is then called its *code*.
"""

from collections.abc import Iterator, Mapping, Sequence

from summitcli.formats.findings import Kind
from summitcli.formats.parsed import Parsed, Sessions
from summitcli.model import Session
from summitcli.text.ids import numbered

IDS_LOST = Kind(
    "the sessions' earlier IDs were lost; those in the schedule are used instead",
    "the sessions' earlier IDs were lost; those in the schedule are used instead",
)


def with_session_ids(parsed: Parsed, kept_ids: Mapping[str, str]) -> Parsed:
    """Return a schedule whose sessions have the IDs that they had in earlier versions.

    Args:
        parsed: the schedule whose sessions have source IDs (IDs made from the source alone).
        kept_ids: the earlier IDs by source ID, for the sessions that keep an earlier ID.
    """
    if not kept_ids:
        return parsed
    source_ids = parsed.sessions.ids()
    ids = library_ids(source_ids, kept_ids)
    codes = {id_: code for id_, code in zip(ids, source_ids, strict=True) if id_ != code}
    return parsed._replace(sessions=_Renamed(parsed.sessions, ids), codes=codes)


def library_ids(source_ids: Sequence[str], kept_ids: Mapping[str, str]) -> list[str]:
    """Return the IDs of the sessions in a saved schedule, in the order of ``source_ids``.

    They are unique: if several sessions have the same ID, the first keeps it, and the others get a number.

    Args:
        source_ids: the IDs that are made from the source alone.
        kept_ids: the earlier IDs by source ID, for the sessions that keep an earlier ID.
    """
    ids = [kept_ids.get(id_, id_) for id_ in source_ids]
    # A session that keeps an ID takes precedence over one whose source ID happens to be the same.
    order = sorted(range(len(ids)), key=lambda n: source_ids[n] not in kept_ids)
    taken: set[str] = set()
    for n in order:
        ids[n] = numbered(ids[n], taken)
        taken.add(ids[n])
    return ids


def with_conference_id(parsed: Parsed, id_: str | None) -> Parsed:
    """Return a schedule whose conference has the ID ``id_``; if ``id_`` is None, the schedule unchanged."""
    conference = parsed.outline.conference
    if id_ is None or id_ == conference.id:
        return parsed
    changed = conference.model_copy(update={"id": id_})
    return parsed._replace(outline=parsed.outline.model_copy(update={"conference": changed}))


class _Renamed:
    """The sessions of a schedule, with other IDs than those made from the source."""

    def __init__(self, sessions: Sessions, ids: Sequence[str]) -> None:
        self._sessions = sessions
        self._ids = ids

    def __iter__(self) -> Iterator[Session]:
        return map(_with_id, self._sessions, self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self) -> Sequence[str]:
        return self._ids


def _with_id(session: Session, id_: str) -> Session:
    return session if id_ == session.id else session.model_copy(update={"id": id_})
