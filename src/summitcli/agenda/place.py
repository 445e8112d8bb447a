"""The paths of agenda files: ``agendas/{conference}/{name}.json`` in the directory for data.

Every command checks whether an agenda exists, so this module does not import the code that reads one. The
directory is :func:`summitcli.storage.folders.data`.
"""

import os

from summitcli.errors import ScheduleError, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.storage import folders, paths
from summitcli.text.ids import is_id
from summitcli.text.printable import printable

DEFAULT = "default"
"""The name of the agenda that commands use if the user gives no name."""

OLD_SUFFIX = ".1"
"""The suffix of the backup of an agenda file in the first format, kept when the file is replaced."""

_SUFFIX = ".json"


def is_kept(conference_id: str, name: str = DEFAULT) -> bool:
    """Return whether the agenda has a file, readable or not; True if that can't be determined.

    Raises:
        UsageError: the name is invalid.
    """
    return paths.may_be_there(path_of(conference_id, name))


def names(conference_id: str) -> tuple[str, ...]:
    """Return the names of a conference's agendas, in alphabetical order.

    Raises:
        Unreachable: the directory of the agendas can't be read.
    """
    folder = _folder(conference_id)
    try:
        files = paths.files_in(folder)
    except OSError as error:
        raise Unreachable(_("can't read {name}").format(name=printable(folder)), error) from error
    stems = (file.removesuffix(_SUFFIX) for file in files if file.endswith(_SUFFIX))
    return tuple(sorted(stem for stem in stems if not paths.fault_of_name(stem)))


def path_of(conference_id: str, name: str = DEFAULT) -> str:
    """Return the path of an agenda's file, whether or not it exists.

    Raises:
        UsageError: the name is invalid.
        ScheduleError: the conference ID is invalid.
    """
    fault = paths.fault_of_name(name)
    if fault:
        sentence = _('invalid agenda name "{name}": {fault}')
        raise UsageError(sentence.format(name=printable(name), fault=fault))
    return os.path.join(_folder(conference_id), name + _SUFFIX)


def path_beside(conference_id: str, name: str, suffix: str) -> str:
    """Return the path of a file with ``suffix``, such as ``.plan``, beside the agenda's file.

    Raises:
        UsageError: the name is invalid.
        ScheduleError: the conference ID is invalid.
    """
    return path_of(conference_id, name).removesuffix(_SUFFIX) + suffix


def agenda_of(path: str) -> str | None:
    """Return the name of the agenda in the file ``path``; None if an agenda's file can't have this path."""
    file = os.path.basename(path)
    name = file.removesuffix(_SUFFIX)
    return None if name == file or paths.fault_of_name(name) else name


def _folder(conference_id: str) -> str:
    if not is_id(conference_id):
        raise ScheduleError(_('invalid conference ID "{id}"').format(id=printable(conference_id)))
    return os.path.join(os.path.abspath(folders.data()), "agendas", conference_id)
