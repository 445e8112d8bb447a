"""The names that a schedule and its sessions have in the library, put in the place of those of the source.

A session that was there before keeps its id, whatever the source would make of it now. The id that the source
alone would give it is its code.
"""

from collections.abc import Iterator, Mapping, Sequence

from summitcli.formats.findings import Kind
from summitcli.formats.parsed import Parsed, Sessions
from summitcli.model import Session
from summitcli.text.ids import numbered

NAMES_LOST = Kind(
    "the ids that sessions had before are no longer known; they have those of the source",
    "the ids that sessions had before are no longer known; they have those of the source",
)


def with_names(parsed: Parsed, names: Mapping[str, str]) -> Parsed:
    """Return a schedule whose sessions have the ids that ``names`` has for their codes."""
    if not names:
        return parsed
    own = parsed.sessions.ids()
    ids = named(own, names)
    codes = {id_: code for id_, code in zip(ids, own, strict=True) if id_ != code}
    return parsed._replace(sessions=_Renamed(parsed.sessions, ids), codes=codes)


def named(own: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return the ids that sessions have in the library.

    No two have the same, whatever ``names`` says: of those that would, the first keeps it.

    Args:
        own: the ids that the source alone gives them.
        names: by these the others that some of them keep.
    """
    ids = [names.get(id_, id_) for id_ in own]
    # A session that keeps its name goes before one that happens to have it as its code.
    order = sorted(range(len(own)), key=lambda n: own[n] not in names)
    taken: set[str] = set()
    for n in order:
        ids[n] = numbered(ids[n], taken)
        taken.add(ids[n])
    return ids


def with_id(parsed: Parsed, id_: str | None) -> Parsed:
    """Return a schedule whose conference has that id; as it is where that is None."""
    conference = parsed.outline.conference
    if id_ is None or id_ == conference.id:
        return parsed
    named = conference.model_copy(update={"id": id_})
    return parsed._replace(outline=parsed.outline.model_copy(update={"conference": named}))


class _Renamed:
    """Sessions with other ids."""

    def __init__(self, sessions: Sessions, ids: Sequence[str]) -> None:
        self._sessions = sessions
        self._ids = ids

    def __iter__(self) -> Iterator[Session]:
        return map(_with_id, self._sessions, self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self) -> Sequence[str]:
        """Return the id of each, in order."""
        return self._ids


def _with_id(session: Session, id_: str) -> Session:
    return session if id_ == session.id else session.model_copy(update={"id": id_})
