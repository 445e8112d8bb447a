"""The installation, and the scripts for completion that call it."""

import contextlib
import os
import re
import sqlite3
import sys
from collections.abc import Mapping
from functools import partial

from summitcli import __version__
from summitcli.doctor.files import LARGEST_NOTE, read
from summitcli.doctor.report import OK, Check, Checks, Examiner, Faulty
from summitcli.errors import database_says, system_says
from summitcli.i18n import _
from summitcli.library.reference import bundled_path
from summitcli.storage import paths
from summitcli.text.shell import quote

LARGEST_SCRIPT = 2**20
"""The most bytes that are read of a script for completion; ours have a few thousand."""
REINSTALL = "python -m pip install --force-reinstall summitcli"

_PROGRAM = re.compile(r"(summit|python[0-9.]*)(\.exe)?")


def installation(examiner: Examiner) -> Checks:
    """Check the program and what it needs."""
    found = f"summit {__version__}, Python {'.'.join(map(str, sys.version_info[:3]))}, {sys.platform}"
    yield Check("program", sys.executable, OK, found, None, None)
    yield examiner.check("bundled schedule", bundled_path(), _check_bundled)
    yield examiner.check("SQLite", sqlite3.__file__, _check_sqlite)


def completion(examiner: Examiner, scripts: Mapping[str, str]) -> Checks:
    """Check the scripts for completion that are installed, by the names of their shells."""
    for shell, path in scripts.items():
        if paths.is_there(path):
            again = f"summit completion {shell} --install"
            yield examiner.check("completion", path, partial(_check_script, again=again))


def _check_bundled(path: str) -> None:
    try:
        read(path, LARGEST_NOTE)
    except (OSError, Faulty) as error:
        problem = system_says(error) if isinstance(error, OSError) else error.problem
        raise Faulty(problem, REINSTALL) from None


def _check_sqlite(_path: str) -> str:
    try:
        with contextlib.closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE VIRTUAL TABLE search USING fts5(name)")
    except sqlite3.Error as error:
        problem = _("Python's SQLite can't search texts: {reason}").format(reason=database_says(error))
        raise Faulty(problem, REINSTALL) from None
    return sqlite3.sqlite_version


def _check_script(path: str, again: str) -> str:
    """Check that a script calls a program that is there."""
    from shutil import which

    try:
        script = read(path, LARGEST_SCRIPT).decode("utf-8", "surrogateescape")
    except Faulty as fault:
        raise Faulty(fault.problem, f"rm {quote(path)}") from None
    except OSError as error:
        raise Faulty(system_says(error), again) from None
    programs = _programs(script) or ["summit"]
    for program in programs:
        if not which(program):
            raise Faulty(_("it calls {name}, which is not there").format(name=program), again)
    return programs[0]


def _programs(script: str) -> list[str]:
    """Return the programs that a script calls by their absolute paths: ``summit``, or a Python."""
    import shlex

    words: list[str] = []
    for line in script.splitlines():
        with contextlib.suppress(ValueError):
            words += shlex.split(line, comments=True)
    named = (word for word in words if os.path.isabs(word))
    return list(dict.fromkeys(word for word in named if _PROGRAM.fullmatch(os.path.basename(word))))
