"""Checking the program's own files for problems, and repairing them.

The two directories of :mod:`summitcli.storage.folders` (for data and for the cache) and the completion
scripts are checked. Only regular files are opened, and nothing is changed without ``repair``. Repairs never
lose data: they restrict permissions, and remove two kinds of files: those that can be rebuilt, and temporary
files of processes that were stopped. The content of agendas is never modified.
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
    """Check the program, its cache, the user's data and the completion scripts; return the results.

    Args:
        scripts: the path of each shell's completion script, by the shell's name; it need not exist.
        repair: True to repair what can be repaired without losing data. A repaired check has the status
            ``repaired``.
    """
    examiner = Examiner(repair)
    return [
        *installation(examiner),
        *cache(examiner),
        *_data(examiner),
        *completion(examiner, scripts),
    ]


def _data(examiner: Examiner) -> Checks:
    """Check the directory with the user's data (agendas and saved schedules); yield the results."""
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
