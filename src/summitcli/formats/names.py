"""The names that a schedule and its sessions have in the library, put in the place of those of the source.

A session that was there before keeps its id, whatever the source would make of it now. The id that the source
alone would give it is its code.
"""

from collections.abc import Mapping
from typing import TypeVar

from summitcli.formats.findings import Kind
from summitcli.formats.parsed import Parsed
from summitcli.model import Outline, Session
from summitcli.text.ids import numbered

Whole = TypeVar("Whole", bound=Outline)

NAMES_LOST = Kind(
    "the ids that sessions had before are no longer known; they have those of the source",
    "the ids that sessions had before are no longer known; they have those of the source",
)


def with_names(parsed: Parsed, names: Mapping[str, str]) -> Parsed:
    """Return a schedule whose sessions have the ids that ``names`` has for their codes.

    No two have the same, whatever ``names`` says: of those that would, the first keeps it.
    """
    if not names:
        return parsed
    sessions = parsed.schedule.sessions
    wanted = [names.get(session.id, session.id) for session in sessions]
    # A session that keeps its name goes before one that happens to have it as its code.
    order = sorted(range(len(sessions)), key=lambda n: sessions[n].id not in names)
    taken: set[str] = set()
    ids = list(wanted)
    for n in order:
        ids[n] = numbered(wanted[n], taken)
        taken.add(ids[n])
    codes = {id_: one.id for id_, one in zip(ids, sessions, strict=True) if id_ != one.id}
    renamed = tuple(map(_with_id, sessions, ids))
    return parsed._replace(schedule=parsed.schedule.model_copy(update={"sessions": renamed}), codes=codes)


def with_id(schedule: Whole, id_: str | None) -> Whole:
    """Return a schedule whose conference has that id; as it is where that is None."""
    conference = schedule.conference
    if id_ is None or id_ == conference.id:
        return schedule
    return schedule.model_copy(update={"conference": conference.model_copy(update={"id": id_})})


def _with_id(session: Session, id_: str) -> Session:
    return session if id_ == session.id else session.model_copy(update={"id": id_})
