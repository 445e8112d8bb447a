"""Checks of the cache directory and its catalogs (databases of schedules that can be rebuilt)."""

import os
import re
import sqlite3
import stat
from contextlib import closing
from io import FileIO

from summitcli.catalog.schema import APPLICATION_ID
from summitcli.catalog.seal import FORMAT, PREFIX, connect
from summitcli.catalog.writing import is_whole
from summitcli.doctor.files import check_mode, describe_kind, describe_owner, has_modes
from summitcli.doctor.folders import TEMPORARY, check_top, entries, temporary
from summitcli.doctor.report import OK, REPAIR, Check, Checks, Examiner, ProblemFound
from summitcli.errors import database_message
from summitcli.i18n import _
from summitcli.storage import folders, paths

_CATALOG = re.compile(r"catalog-[0-9a-f]+\.sqlite")


def cache(examiner: Examiner) -> Checks:
    """Check the cache directory, its catalogs and its temporary files; yield the results."""
    folder = os.path.abspath(folders.cache())
    if folder == os.devnull:
        yield Check("cache", folder, OK, _("the cache is disabled"), None, None)
        return
    yield examiner.check("cache", folder, lambda path: check_top(path, "SUMMIT_CACHE", _is_in_cache))
    if os.path.isdir(folder):
        for name in entries(folder):
            path = os.path.join(folder, name)
            if _CATALOG.fullmatch(name):
                yield examiner.check("catalog", path, _check_catalog)
            elif TEMPORARY.fullmatch(name) and _is_in_cache(name):
                yield from temporary(examiner, path)


def _is_in_cache(name: str) -> bool:
    return name.startswith(PREFIX)


def _check_catalog(path: str) -> None:
    """Raise ProblemFound unless a catalog can be used.

    It must be an undamaged regular file, written by this version of the program. It must belong to the user,
    and nobody else may read it.
    """
    state = os.lstat(path)
    if not stat.S_ISREG(state.st_mode):
        raise _broken(path, describe_kind(state.st_mode))
    if has_modes() and state.st_uid != os.geteuid():
        raise _broken(path, describe_owner(state))
    check_mode(path, state, paths.PRIVATE)
    try:
        with closing(connect(path, "mode=ro&immutable=1")) as connection:
            _check_content(path, connection)
    except (sqlite3.Error, UnicodeError) as error:
        raise _broken(path, _("it is damaged: {reason}").format(reason=database_message(error))) from None


def _check_content(path: str, connection: sqlite3.Connection) -> None:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if (mark, version) != (APPLICATION_ID, FORMAT):
        raise _broken(path, _("it is from another version of the program"))
    with FileIO(path) as file:
        if not is_whole(file):
            raise _broken(path, _("it is damaged: its checksum is wrong"))
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise _broken(path, _("it is damaged: {reason}").format(reason=verdict.splitlines()[-1]))


def _broken(path: str, problem: str) -> ProblemFound:
    """Return the exception for ``problem`` in a catalog. Its repair removes the catalog."""
    return ProblemFound(problem, REPAIR, lambda: os.unlink(path))
