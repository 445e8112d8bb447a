"""Where agendas lie: ``agendas/{conference}/{name}.json`` in the folder of
:func:`summitcli.storage.folders.data`.

Whether there is one at all is asked at every command, so this imports nothing that reads one.
"""

import os

from summitcli.errors import ScheduleError, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.storage import folders, paths
from summitcli.text.ids import is_id
from summitcli.text.printable import printable

DEFAULT = "default"
"""The name of the agenda that is meant where none is named."""

OLD_SUFFIX = ".1"
"""What the name of a file of the first format gets, which is kept beside the one that takes its place."""

_SUFFIX = ".json"


def is_kept(conference_id: str, name: str = DEFAULT) -> bool:
    """Return whether there is anything where the agenda of that name lies, readable or not.

    It counts as there where that can't be told, as behind a link that leads nowhere.

    Raises:
        UsageError: no agenda can have that name.
    """
    return paths.may_be_there(path_of(conference_id, name))


def names(conference_id: str) -> tuple[str, ...]:
    """The names of the agendas that are kept of a conference, in alphabetical order.

    Raises:
        Unreachable: their folder can't be read.
    """
    folder = _folder(conference_id)
    try:
        files = paths.files_in(folder)
    except OSError as error:
        raise Unreachable(_("can't read {name}").format(name=printable(folder)), error) from error
    stems = (file.removesuffix(_SUFFIX) for file in files if file.endswith(_SUFFIX))
    return tuple(sorted(stem for stem in stems if not paths.fault_of_name(stem)))


def path_of(conference_id: str, name: str = DEFAULT) -> str:
    """The file of an agenda, whether or not there is one.

    Raises:
        UsageError: no agenda can have that name.
        ScheduleError: no conference can have that id.
    """
    fault = paths.fault_of_name(name)
    if fault:
        sentence = _('"{name}" can\'t be the name of an agenda: {fault}')
        raise UsageError(sentence.format(name=printable(name), fault=fault))
    return os.path.join(_folder(conference_id), name + _SUFFIX)


def agenda_of(path: str) -> str | None:
    """Return the name of the agenda whose file is at ``path``; None where no agenda can be in such a file."""
    file = os.path.basename(path)
    name = file.removesuffix(_SUFFIX)
    return None if name == file or paths.fault_of_name(name) else name


def _folder(conference_id: str) -> str:
    if not is_id(conference_id):
        raise ScheduleError(_('"{id}" can\'t be the id of a conference').format(id=printable(conference_id)))
    return os.path.join(os.path.abspath(folders.data()), "agendas", conference_id)
