"""Checks of agenda files. Only their permissions are ever repaired, never their content."""

import os

from summitcli.agenda import document
from summitcli.agenda.place import agenda_of
from summitcli.doctor.files import LARGEST_FILE, check_private, describe_link, move_away, read
from summitcli.doctor.folders import contents
from summitcli.doctor.report import Checks, Examiner, ProblemFound
from summitcli.errors import ScheduleError, UsageError
from summitcli.i18n import _, ngettext
from summitcli.text.printable import printable
from summitcli.text.shell import quote
from summitcli.vdir import kept


def agendas(examiner: Examiner, root: str) -> Checks:
    """Check all agendas below the directory ``root``, and its subdirectories; yield the results."""
    for conference in (yield from contents(examiner, "agendas", root)):
        folder = os.path.join(root, conference)
        for file in (yield from contents(examiner, "agendas", folder)):
            # Ignore other files, such as a damaged agenda that was moved away.
            if file.endswith(".json"):
                yield examiner.check("agenda", os.path.join(folder, file), _check_agenda)
            elif file.endswith(kept.SUFFIX):
                yield examiner.check("calendar", os.path.join(folder, file), _check_calendar)


def _check_agenda(path: str) -> str:
    conference = os.path.basename(os.path.dirname(path))
    away = move_away(path, ".damaged")
    if os.path.islink(path) and not os.path.exists(path):
        raise ProblemFound(describe_link(path), f"ls -l {quote(path)}")
    name = agenda_of(path)
    if name is None:
        raise ProblemFound(_("invalid agenda name"), away)
    if not os.path.islink(path):
        check_private(path)
    try:
        agenda = document.loads(read(path, LARGEST_FILE), path, conference, name)
    except document.InvalidAgenda as error:
        remedy = "python -m pip install --upgrade summitcli" if error.newer else away
        raise ProblemFound(error.fault, remedy) from None
    return ngettext("{n} session", "{n} sessions", len(agenda.planned()))


def _check_calendar(path: str) -> str:
    """Check the file that names an agenda's directory of calendar events, and return the directory.

    Raises:
        ProblemFound: the file is damaged, or the directory does not exist.
    """
    folder, file = os.path.split(path)
    conference, name = os.path.basename(folder), file.removesuffix(kept.SUFFIX)
    check_private(path)
    try:
        directory = kept.read(conference, name)
    except (ScheduleError, UsageError):
        raise ProblemFound(_("it is damaged or of a newer version"), move_away(path, ".damaged")) from None
    if directory is None or not os.path.isdir(directory.path):
        missing = "" if directory is None else printable(directory.path)
        remedy = f"summit agenda sync --stop --schedule {quote(conference)} --name {quote(name)}"
        raise ProblemFound(_("the directory {path} does not exist").format(path=missing), remedy)
    return directory.path
