"""Checks of the installation and of the completion scripts."""

import contextlib
import os
import re
import sqlite3
import sys
from collections.abc import Mapping
from functools import partial

from summitcli import __version__
from summitcli.doctor.files import LARGEST_FILE, read
from summitcli.doctor.report import OK, Check, Checks, Examiner, ProblemFound
from summitcli.errors import system_message
from summitcli.i18n import _
from summitcli.library.reference import bundled_path
from summitcli.storage import paths
from summitcli.text.shell import quote

LARGEST_SCRIPT = 2**20
"""The maximum size of a completion script that is read, in bytes; the program installs much smaller ones."""
REINSTALL = "python -m pip install --force-reinstall summitcli"

_PROGRAM = re.compile(r"(summit|python[0-9.]*)(\.exe)?")


def installation(examiner: Examiner) -> Checks:
    """Check the program, the schedule that comes with it, and SQLite; yield the results.

    The first result has the program's version.
    """
    found = f"summit {__version__}, Python {'.'.join(map(str, sys.version_info[:3]))}, {sys.platform}"
    yield Check("program", sys.executable, OK, found, None, None)
    yield examiner.check("bundled schedule", bundled_path(), _check_bundled)
    yield examiner.check("SQLite", sqlite3.__file__, _check_sqlite)


def completion(examiner: Examiner, scripts: Mapping[str, str]) -> Checks:
    """Check the completion scripts that are installed; yield the results.

    Args:
        examiner: the object that runs the checks.
        scripts: the path of each shell's completion script, by the shell's name; it need not exist.
    """
    for shell, path in scripts.items():
        if paths.is_there(path):
            again = f"summit completion {shell} --install"
            yield examiner.check("completion", path, partial(_check_script, again=again))


def _check_bundled(path: str) -> None:
    try:
        read(path, LARGEST_FILE)
    except (OSError, ProblemFound) as error:
        problem = system_message(error) if isinstance(error, OSError) else error.problem
        raise ProblemFound(problem, REINSTALL) from None


def _check_sqlite(_path: str) -> str:
    try:
        with contextlib.closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE VIRTUAL TABLE search USING fts5(name)")
    except sqlite3.Error as error:
        problem = _("Python's SQLite has no full-text search: {reason}").format(reason=error)
        raise ProblemFound(problem, REINSTALL) from None
    return sqlite3.sqlite_version


def _check_script(path: str, again: str) -> str:
    """Check that all programs that a completion script calls exist, and return the first of them.

    Args:
        path: the script.
        again: the command that installs the script again; it is suggested to the user.

    Raises:
        ProblemFound: a program is missing, or the script can't be read.
    """
    from shutil import which

    try:
        script = read(path, LARGEST_SCRIPT).decode("utf-8", "surrogateescape")
    except ProblemFound as fault:
        raise ProblemFound(fault.problem, f"rm {quote(path)}") from None
    except OSError as error:
        raise ProblemFound(system_message(error), again) from None
    programs = _programs(script) or ["summit"]
    for program in programs:
        if not which(program):
            raise ProblemFound(_("it calls {name}, which does not exist").format(name=program), again)
    return programs[0]


def _programs(script: str) -> list[str]:
    """Return the paths of ``summit`` and of Python that a completion script contains."""
    import shlex

    words: list[str] = []
    for line in script.splitlines():
        with contextlib.suppress(ValueError):
            words += shlex.split(line, comments=True)
    named = (word for word in words if os.path.isabs(word))
    return list(dict.fromkeys(word for word in named if _PROGRAM.fullmatch(os.path.basename(word))))
