"""The conference IDs of saved schedules and agendas, which are unique on this computer.

A saved schedule keeps the conference ID of its source, unless another conference has that ID: a conference in
the library, the one whose schedule comes with the program, or one that has an agenda. Then a number is
appended.
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
"""The maximum size of an agenda file, in bytes, as in :mod:`summitcli.agenda.document`."""

_MAX_NUMBERS = 100
"""The maximum number of IDs that are tried, such as ``summit``, ``summit-2``, ``summit-3`` …

If all are taken, ``summit`` is used all the same.
"""


def free_id(new: KeptSchedule, ids: Sequence[str] = ()) -> str:
    """Return an unused conference ID for a schedule to save, such as ``summit``, or else ``summit-2``.

    An ID is used if one of these has it: another saved schedule, the schedule that comes with the program, or
    an agenda of another conference.

    Args:
        new: the schedule, with the conference ID that its source gives.
        ids: the IDs of its sessions, to recognise the schedule that comes with the program.
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
    """Return the conference ID for the agendas of a schedule that is not saved.

    It is the conference's own ID. If agendas of another conference are stored under that ID, a number is
    appended.

    Args:
        conference: the conference, with the ID that its source gives.
        is_first: True if the conference's first agenda is about to be created. Then an ID that a saved
            schedule has is avoided, too.
    """
    taken: set[str] = set()
    free = ""
    while len(taken) < _MAX_NUMBERS:
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
    """Return whether a schedule belongs to the conference whose schedule comes with the program.

    It must have the same ID, title and dates, and at least half of the sessions.
    """
    from summitcli.library.identity import MIN_COMMON_SHARE

    bundled, bundled_ids = _bundled()
    if (id_, start, end) != (bundled["id"], bundled["start"], bundled["end"]):
        return False
    if fold(title) != fold(_title_of_bundled(bundled)):
        return False
    return len(set(ids) & set(bundled_ids)) >= MIN_COMMON_SHARE * len(bundled_ids)


def _first_id(conference: ConferenceRow, free: str) -> str:
    """Return ``free`` if no schedule of another conference has this ID; otherwise, for example, ``summit-2``.

    The schedules are those that are saved, and the one that comes with the program. If an ID with a number is
    returned, no agendas are stored under it, either.

    Args:
        conference: the conference, with the ID that its source gives.
        free: the ID to try first: the conference's own, or one under which no agendas are stored.
    """
    from summitcli.library.identity import are_near
    from summitcli.library.kept import readable

    taken = {
        kept.id
        for kept in readable()
        if fold(kept.title) != fold(conference.title) or not are_near(kept.start, conference.start)
    }
    bundled = _bundled()[0]
    if (_title_of_bundled(bundled), bundled["start"]) != (conference.title, conference.start):
        taken.add(bundled["id"])
    while free in taken or (free != conference.id and paths.may_be_there(_agendas(free))):
        taken.add(free)
        free = numbered(conference.id, taken)
    return free


def _may_be_of(id_: str, title: str, start: str) -> bool:
    """Return whether the agendas stored under an ID may be those of a conference.

    Return True also if there are none, or if they can't be read: commands then report them as damaged.

    Args:
        id_: the ID.
        title: the conference's title.
        start: its first day, an ISO date.
    """
    from summitcli.library.identity import are_near

    for document in _documents(id_):
        about = document.get("conference")
        # In the first format the title is at the top level, and there are no dates.
        about = about if isinstance(about, dict) else document
        found_title, found_start = about.get("title"), about.get("start", "")
        if not isinstance(found_title, str) or not isinstance(found_start, str):
            return True
        try:
            return fold(found_title) == fold(title) and are_near(found_start, start)
        except ValueError:
            return True
    return True


def _documents(id_: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON object of each agenda stored under an ID; {} for an agenda that can't be read."""
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
    """Return the path of the directory with a conference's agendas."""
    return os.path.join(os.path.abspath(folders.data()), "agendas", id_)


def _bundled() -> tuple[dict[str, Any], list[str]]:
    """Return the JSON object of the conference whose schedule comes with the program, and its session IDs."""
    from summitcli.library.reference import resolve

    document = json.loads(resolve(BUNDLED).read())
    return document["conference"], [session["id"] for session in document["sessions"]]


def _title_of_bundled(conference: dict[str, Any]) -> str:
    """Return the title, in its own language, of the conference whose schedule comes with the program.

    ``conference`` is its JSON object.
    """
    title = conference["title"]
    return str(title[conference["language"]] if isinstance(title, dict) else title)
