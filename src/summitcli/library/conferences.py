"""The ids by which the library and the agendas know conferences: no two have the same.

A schedule that is kept has the id that its source gives its conference, unless another conference has it: one
that is kept, the bundled one, or one that an agenda is of. Then it has that id with a number behind it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence

from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.library.folder import BUNDLED
from summitcli.storage import folders, paths
from summitcli.text.folding import fold
from summitcli.text.ids import numbered

if TYPE_CHECKING:
    from summitcli.library.kept import KeptSchedule
    from summitcli.rows import ConferenceRow

LARGEST_AGENDA = 64 * 2**20
"""The most bytes of an agenda that are read, as :mod:`summitcli.agenda.document` has it."""

_MOST_NUMBERS = 100
"""How many conferences may share an id; of more, the last have the same agenda."""


def free_id(new: KeptSchedule, ids: Sequence[str] = ()) -> str:
    """Return the id in the library of a conference that no schedule is kept of.

    Args:
        new: its schedule, with the id of its source.
        ids: those of its sessions.
    """
    from summitcli.library.kept import readable

    taken = {kept.id for kept in readable()}
    if not is_bundled(new.id, new.title, new.start, new.end, ids):
        taken.add(_bundled()[0]["id"])
    number = numbered(new.id, taken)
    while not _may_be_of(number, new.title, new.start):
        taken.add(number)
        number = numbered(new.id, taken)
    return number


def agenda_id(conference: ConferenceRow, is_first: bool = False) -> str:
    """Return the id under which the agendas lie of a conference whose schedule is not kept.

    It is that of the conference, unless there the agendas of another one lie. Nothing is read where no
    agenda lies there, nor under the next id.

    Args:
        conference: the conference, by the id that its source gives it.
        is_first: whether an agenda is to be made of it, so that those who have no agenda yet are to be asked.
    """
    taken: set[str] = set()
    free = ""
    while len(taken) < _MOST_NUMBERS:
        id_ = numbered(conference.id, taken)
        if not paths.may_be_there(_agendas(id_)):
            free = free or id_
            if taken:
                break
        elif _may_be_of(id_, conference.title, conference.start):
            return id_
        taken.add(id_)
    return _first_id(conference, free) if is_first else free or conference.id


def is_bundled(id_: str, title: str, start: str, end: str, ids: Sequence[str]) -> bool:
    """Return whether a schedule is one of the bundled conference.

    It has its title and its dates, and at least half of its sessions.
    """
    from summitcli.library.identity import HALF

    known, existing_ids = _bundled()
    if (id_, start, end) != (known["id"], known["start"], known["end"]):
        return False
    if fold(title) != fold(_title_of_bundled(known)):
        return False
    return len(set(ids) & set(existing_ids)) >= HALF * len(existing_ids)


def _first_id(conference: ConferenceRow, free: str) -> str:
    """Return ``free``, or what is free where a schedule has that id that has no agenda yet."""
    from summitcli.library.identity import are_near
    from summitcli.library.kept import readable

    taken = {
        kept.id
        for kept in readable()
        if fold(kept.title) != fold(conference.title) or not are_near(kept.start, conference.start)
    }
    known = _bundled()[0]
    if (_title_of_bundled(known), known["start"]) != (conference.title, conference.start):
        taken.add(known["id"])
    while free in taken or (free != conference.id and paths.may_be_there(_agendas(free))):
        taken.add(free)
        free = numbered(conference.id, taken)
    return free


def _may_be_of(id_: str, title: str, start: str) -> bool:
    """Return whether the agendas under an id may be of a conference: there are none, or it is theirs.

    Those that can't be read may be of any, so that they are not forgotten in silence.
    """
    from summitcli.library.identity import are_near

    for document in _documents(id_):
        about = document.get("conference")
        # Agendas of the first format have the title beside the id, and no dates.
        about = about if isinstance(about, dict) else document
        known = about.get("title"), about.get("start", "")
        if not isinstance(known[0], str) or not isinstance(known[1], str):
            return True
        try:
            return fold(known[0]) == fold(title) and are_near(known[1], start)
        except ValueError:
            return True
    return True


def _documents(id_: str) -> Iterator[dict[str, Any]]:
    """Yield the agendas under an id, those that can't be read as empty."""
    folder = _agendas(id_)
    try:
        files = sorted(file for file in paths.files_in(folder) if file.endswith(".json"))
    except OSError:
        return
    for file in files:
        try:
            document = json.loads(paths.read(os.path.join(folder, file), LARGEST_AGENDA) or b"")
        except (OSError, ValueError, RecursionError):
            document = None
        yield document if isinstance(document, dict) else {}


def _agendas(id_: str) -> str:
    """Return the folder of a conference's agendas."""
    return os.path.join(os.path.abspath(folders.data()), "agendas", id_)


def _bundled() -> tuple[dict[str, Any], list[str]]:
    """Return the bundled conference, as its file has it, and the ids of its sessions."""
    from summitcli.library.reference import resolve

    document = json.loads(resolve(BUNDLED).read())
    return document["conference"], [one["id"] for one in document["sessions"]]


def _title_of_bundled(conference: dict[str, Any]) -> str:
    """Return its title in its own language."""
    title = conference["title"]
    return str(title[conference["language"]] if isinstance(title, dict) else title)
