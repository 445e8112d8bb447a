"""The directory of saved schedules, ``schedules/`` in :func:`summitcli.storage.folders.data`.

Each schedule is stored in ``schedules/{name}/``. The file ``schedules/current`` contains the name of the
current schedule. Without this file, the schedule that comes with the program is the current one. Every
command uses this module, so it does not import the code that reads a schedule.
"""

from __future__ import annotations

import os

from summitcli.errors import ScheduleError, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.storage import folders, paths
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from summitcli.sources.source import Source

BUNDLED = "bundled"
"""The name of the schedule that comes with the program."""
CURRENT = "current"
"""The name of the file that contains the current schedule's name."""
RESERVED = (BUNDLED, CURRENT)
"""The names that a saved schedule can't have."""

METADATA = "source.json"


def root() -> str:
    """Return the directory in which each saved schedule has a directory."""
    return os.path.join(os.path.abspath(folders.data()), "schedules")


def current_path() -> str:
    """Return the path of the file that contains the current schedule's name."""
    return os.path.join(root(), CURRENT)


def metadata_path(name: str) -> str:
    """Return the path of a saved schedule's ``source.json``, which records where it comes from."""
    return os.path.join(root(), name, METADATA)


def is_valid_name(name: str) -> bool:
    """Return whether ``name`` is a valid name for a saved schedule."""
    return name not in RESERVED and not paths.fault_of_name(name)


def validate_name(name: str) -> None:
    """Raise UsageError unless ``name`` is a valid name for a saved schedule."""
    fault = _("the name is reserved") if name in RESERVED else paths.fault_of_name(name)
    if fault:
        from summitcli.sources.addresses import without_password

        sentence = _('invalid schedule name "{name}": {fault}')
        raise UsageError(sentence.format(name=printable(without_password(name)), fault=fault))


def names() -> tuple[str, ...]:
    """Return the names of the saved schedules, readable or not, in alphabetical order.

    Raises:
        Unreachable: the directory of saved schedules can't be read.
    """
    folder = root()
    try:
        entries = paths.files_in(folder)
    except OSError as error:
        raise Unreachable(_("can't read {name}").format(name=printable(folder)), error) from error
    return tuple(sorted(name for name in entries if is_valid_name(name) and _is_kept(name)))


def has_current() -> bool:
    """Return whether one of the saved schedules was made the current one, readable or not."""
    return paths.may_be_there(current_path())


def current_name() -> str:
    """Return the name of the current schedule; empty for the built-in one.

    The schedule itself may be missing or unreadable.

    Raises:
        ScheduleError: the name can't be read or is invalid.
        Unreachable: the path of the file with the name has a broken link.
    """
    try:
        noted = read_current()
        name = None if noted is None else noted.decode().strip()
    except paths.NotAFile as error:
        raise ScheduleError(_("can't determine the current schedule: {fault}").format(fault=error)) from None
    except OSError as error:
        if paths.is_path_error(error):
            raise Unreachable(_("can't determine the current schedule"), error) from error
        raise unknown_current(error.strerror or str(error)) from error
    except UnicodeDecodeError:
        raise unknown_current(_("its name is invalid")) from None
    if name is None:
        return ""
    if not is_valid_name(name):
        raise unknown_current(_("its name is invalid"))
    return name


def read_current() -> bytes | None:
    """Return the content of the file with the current schedule's name; None if there is no such file.

    Raises:
        OSError: the file can't be read.
    """
    return paths.read(current_path(), 4 * paths.LONGEST_FILE_NAME)


def unknown_current(fault: str) -> ScheduleError:
    """Return the error that the current schedule can't be determined; ``fault`` is the reason."""
    sentence = _(
        "can't determine the current schedule: {fault}; switch with `summit use bundled`, or see"
        " `summit schedules`"
    )
    return ScheduleError(sentence.format(fault=fault))


def is_no_folder(name: str) -> bool:
    """Return whether the path of the saved schedule ``name`` leads to something that is not a directory."""
    path = os.path.join(root(), name)
    return os.path.exists(path) and not os.path.isdir(path)


def _is_kept(name: str) -> bool:
    """Return whether a schedule is saved as ``name``, readable or not; True also if that is unknown."""
    return not is_no_folder(name) and paths.may_be_there(metadata_path(name))


def has_lasting_ids(source: Source) -> bool:
    """Return whether the sessions of a source keep their IDs when its schedule changes.

    They do in the schedule that comes with the program, and in all saved ones.
    """
    return bool(source.fingerprint) or source.name == BUNDLED
