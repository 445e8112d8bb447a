"""The results of ``summit doctor``, and the class that runs its checks and repairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from summitcli.errors import system_message
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.storage import paths
from summitcli.text.shell import quote

OK, FAULT, REPAIRED = "ok", "fault", "repaired"

REPAIR = "summit doctor --repair"


class Check(NamedTuple):
    """The result of checking one thing, such as a file.

    If it is in order, ``found`` describes it. Otherwise ``problem`` says what is wrong (or was wrong before a
    repair), and ``remedy`` is a command that the user can run to solve the problem.
    """

    kind: str
    path: str
    status: str
    found: str | None
    problem: str | None
    remedy: str | None

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Return the names of the fields that ``summit doctor`` shows by default."""
        return "status", "kind", "path", "found", "problem", "remedy"


Checks = Iterator[Check]


class ProblemFound(Exception):
    """The exception that a check raises if it finds a problem.

    Args:
        problem: the message, in the user's language.
        remedy: a command that the user can run to solve the problem.
        repair: a function that solves the problem; None if it can't be solved without losing data.
    """

    def __init__(self, problem: str, remedy: str, repair: Callable[[], None] | None = None) -> None:
        self.problem = problem
        self.remedy = remedy
        self.repair = repair


CheckFunction = Callable[[str], str | None]
"""A function that checks a path.

It returns a description of what it found, or None. It raises ProblemFound if there is a problem.
"""


class Examiner:
    """An object that runs checks, and repairs problems if ``repair`` is True.

    Args:
        repair: True to repair what can be repaired without losing data. A repaired check has the status
            ``repaired``.
    """

    def __init__(self, repair: bool) -> None:
        self._repair = repair

    def check(self, kind: str, path: str, inspect: CheckFunction) -> Check:
        """Check ``path`` and return the result; if repairs are wanted, check again after each repair.

        Args:
            kind: the word for ``path`` in the result, such as ``agenda``.
            path: the file or directory.
            inspect: the function that checks it.
        """
        repaired: list[str] = []
        while True:
            try:
                found = inspect(path)
            except ProblemFound as fault:
                if not (self._repair and fault.repair) or fault.problem in repaired:
                    return Check(kind, path, FAULT, None, fault.problem, fault.remedy)
                try:
                    fault.repair()
                except OSError as error:
                    problem = _("{problem}; can't repair it: {reason}")
                    message = problem.format(problem=fault.problem, reason=system_message(error))
                    return Check(kind, path, FAULT, None, message, fault.remedy)
                repaired.append(fault.problem)
            except OSError as error:
                return Check(kind, path, FAULT, None, system_message(error), f"ls -ld {quote(path)}")
            else:
                problems = _("; ").join(repaired)
                return Check(kind, path, REPAIRED if repaired else OK, found, problems or None, None)
            if not paths.is_there(path):
                return Check(kind, path, REPAIRED, None, _("; ").join(repaired), None)


def faults(checks: Sequence[Check]) -> list[Check]:
    """Return the results with a problem that was not repaired."""
    return [check for check in checks if check.status == FAULT]
