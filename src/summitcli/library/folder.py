"""The folder of kept schedules, ``schedules/`` in that of :func:`summitcli.storage.folders.data`.

A schedule lies at ``schedules/{name}/``. ``schedules/current`` holds the name of the one in use; without it
that is the bundled one. This is asked at every command, so nothing here reads a schedule.
"""

from __future__ import annotations

import os

from summitcli.errors import ScheduleError, Unreachable, UsageError, system_says
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.storage import folders, paths
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from summitcli.sources.source import Source

BUNDLED = "bundled"
"""The name of the schedule that comes with the program."""
CURRENT = "current"
"""The file that holds the name of the one in use."""
RESERVED = (BUNDLED, CURRENT)
"""Names that mean something else."""

_ABOUT = "source.json"


def root() -> str:
    """Return the folder that has a folder for each schedule."""
    return os.path.join(os.path.abspath(folders.data()), "schedules")


def current_path() -> str:
    """Return the file that holds the name of the one in use."""
    return os.path.join(root(), CURRENT)


def about_path(name: str) -> str:
    """Return the file that says what the schedule of that name is."""
    return os.path.join(root(), name, _ABOUT)


def is_valid_name(name: str) -> bool:
    """Return whether a schedule can be kept under ``name``."""
    return name not in RESERVED and not paths.fault_of_name(name)


def validate_name(name: str) -> None:
    """Raise UsageError unless a schedule can be kept under ``name``."""
    fault = _("it means something else") if name in RESERVED else paths.fault_of_name(name)
    if fault:
        from summitcli.sources.addresses import without_password

        sentence = _('"{name}" can\'t be the name of a schedule: {fault}')
        raise UsageError(sentence.format(name=printable(without_password(name)), fault=fault))


def names() -> tuple[str, ...]:
    """Return the names of the schedules that are kept, readable or not, in alphabetical order.

    Raises:
        Unreachable: their folder can't be read.
    """
    folder = root()
    try:
        entries = paths.files_in(folder)
    except OSError as error:
        raise Unreachable(_("can't read {name}").format(name=printable(folder)), error) from error
    return tuple(sorted(name for name in entries if is_valid_name(name) and _is_kept(name)))


def is_one_in_use() -> bool:
    """Return whether a name is noted, readable or not; otherwise the bundled schedule is in use."""
    return paths.may_be_there(current_path())


def current_name() -> str:
    """Return the name of the schedule in use, whether or not it can be read; empty for the bundled one.

    Raises:
        ScheduleError: it can't be told.
        Unreachable: a link on the way to where it is noted leads nowhere.
    """
    try:
        noted = read_current()
        name = None if noted is None else noted.decode().strip()
    except paths.NotAFile as error:
        raise ScheduleError(_("the schedule in use is not known: {fault}").format(fault=error)) from None
    except OSError as error:
        if paths.is_of_the_path(error):
            raise Unreachable(_("the schedule in use is not known"), error) from error
        raise unknown_current(system_says(error)) from error
    except UnicodeDecodeError:
        raise unknown_current(_("its name is damaged")) from None
    if name is None:
        return ""
    if not is_valid_name(name):
        raise unknown_current(_("its name is damaged"))
    return name


def read_current() -> bytes | None:
    """Return what the file holds that says which schedule is in use; None where there is none.

    Raises:
        OSError: it can't be read.
    """
    return paths.read(current_path(), 4 * paths.LONGEST_FILE_NAME)


def unknown_current(fault: str) -> ScheduleError:
    """Return the error that the schedule in use is not known."""
    sentence = _(
        "the schedule in use is not known: {fault}; `summit use bundled` goes back to the one that comes"
        " with the program, `summit schedules` lists others"
    )
    return ScheduleError(sentence.format(fault=fault))


def is_no_folder(name: str) -> bool:
    """Return whether there is something else than a folder in the place of a schedule's."""
    path = os.path.join(root(), name)
    return os.path.exists(path) and not os.path.isdir(path)


def _is_kept(name: str) -> bool:
    """Return whether a schedule is kept under ``name``, readable or not, or that can't be told."""
    return not is_no_folder(name) and paths.may_be_there(about_path(name))


def has_lasting_ids(source: Source) -> bool:
    """Return whether the ids of a schedule always mean the same: the bundled one, and those that are kept."""
    return bool(source.fingerprint) or source.name == BUNDLED
