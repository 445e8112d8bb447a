"""What is wrong with the program's own files, and how to mend it.

Everything that lies in the two directories of :mod:`summitcli.storage.folders` is looked at, and the scripts
for completion. Nothing but a regular file is opened, and nothing is changed unless a repair is asked for. A
repair does what loses nothing: it makes private what others could read, and removes what can be built again
or what a writer that is gone left unfinished. An agenda's content is never touched.
"""

import os
from collections.abc import Mapping

from summitcli.doctor.agendas import agendas
from summitcli.doctor.catalogs import cache
from summitcli.doctor.folders import check_locks, check_top
from summitcli.doctor.program import completion, installation
from summitcli.doctor.report import FAULT, OK, REPAIR, REPAIRED, Check, Checks, Examiner, faults
from summitcli.doctor.schedules import schedules
from summitcli.storage import folders

__all__ = ["FAULT", "OK", "REPAIR", "REPAIRED", "Check", "examine", "faults"]


def examine(scripts: Mapping[str, str], repair: bool = False) -> list[Check]:
    """Return everything that was looked at: the program, the cache, what must not be lost, completion.

    Args:
        scripts: where a script for completion lies, if it is installed, by the shell's name.
        repair: mend what can be mended without losing anything; such a check has the status ``repaired``.
    """
    examiner = Examiner(repair)
    return [
        *installation(examiner),
        *cache(examiner),
        *_data(examiner),
        *completion(examiner, scripts),
    ]


def _data(examiner: Examiner) -> Checks:
    """Check the agendas and the saved schedules, and where they lie."""
    folder = os.path.abspath(folders.data())
    top = examiner.check("data", folder, lambda path: check_top(path, "SUMMIT_DATA", _is_in_data))
    yield top
    if not os.path.isdir(folder):
        return
    if top.status != FAULT:
        yield examiner.check("locks", folder, check_locks)
    yield from agendas(examiner, os.path.join(folder, "agendas"))
    yield from schedules(examiner)


def _is_in_data(name: str) -> bool:
    return name in ("agendas", "schedules") or name.startswith(".doctor.")
