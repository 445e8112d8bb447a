"""Checks of saved schedules, and of the small file that says which of them is the current one."""

import os
import re

from summitcli.doctor.files import LARGEST_FILE, check_private, read
from summitcli.doctor.folders import contents
from summitcli.doctor.report import Checks, Examiner, ProblemFound
from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import _, ngettext
from summitcli.library import kept
from summitcli.library.folder import BUNDLED, current_name, current_path, is_valid_name, metadata_path, root
from summitcli.library.reference import STDIN
from summitcli.library.store import is_whole
from summitcli.storage import paths
from summitcli.text.shell import quote

UPGRADE = "python -m pip install --upgrade summitcli"


def schedules(examiner: Examiner) -> Checks:
    """Check all saved schedules, and the file that says which of them is current; yield the results."""
    folder = root()
    for name in (yield from contents(examiner, "saved schedules", folder)):
        path = os.path.join(folder, name)
        if path == current_path():
            yield examiner.check("current schedule", path, _check_current)
            continue
        files = yield from contents(examiner, "saved schedule", path)
        for file in files:
            yield examiner.check("saved schedule", os.path.join(path, file), check_private)
        if files or os.path.isdir(path):
            yield examiner.check("saved schedule", path, _check_schedule)


def _check_schedule(path: str) -> str:
    name = os.path.basename(path)
    remove = f"rm -r {quote(path)}"
    if not is_valid_name(name):
        raise ProblemFound(_("invalid schedule name"), remove)
    note = metadata_path(name)
    if not paths.is_there(note):
        raise ProblemFound(_("its file source.json is missing"), remove)
    read(note, LARGEST_FILE)
    try:
        found = kept.find(name)
    except Unreachable as error:
        raise ProblemFound(_without_remedy(str(error)), f"ls -l {quote(note)}") from None
    except kept.NewerFormat:
        raise ProblemFound(_("its file source.json was written by a newer version"), UPGRADE) from None
    except ScheduleError as error:
        problem = _without_remedy(str(error))
        raise ProblemFound(problem, f"summit use SCHEDULE --name {quote(name)}") from None
    if found is None:
        raise ProblemFound(_("its file source.json is missing"), remove)
    copy = found.source().path or ""
    again = f"summit use - --name {name}" if found.origin.reference == STDIN else f"summit update {name}"
    if not os.path.isfile(copy) or not is_whole(found):
        raise ProblemFound(_("its copy is missing or damaged"), again)
    return ngettext("{n} session", "{n} sessions", found.sessions)


def _check_current(path: str) -> str:
    check_private(path)
    try:
        name = current_name()
        note = metadata_path(name)
        if paths.is_there(note) and not os.path.isfile(note):
            # This is reported by another check, and opening it might block.
            return name
        found = kept.current()
    except Unreachable as error:
        raise ProblemFound(_without_remedy(str(error)), f"ls -l {quote(path)}") from None
    except ScheduleError as error:
        raise ProblemFound(_without_remedy(str(error)), "summit use bundled") from None
    return found.name if found else BUNDLED


def _without_remedy(sentence: str) -> str:
    """Return an error message without the command that it suggests, such as ``; run `summit update```.

    The text after the last semicolon is removed if it contains a command in backquotes.
    """
    return re.sub(r"[;；][^;；]*`[^;；]*$", "", sentence)
