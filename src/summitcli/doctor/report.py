"""What was looked at, what is wrong with it, and how that is mended."""

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
    """One thing that was looked at; ``found`` says what it is, and a fault has a problem and its remedy."""

    kind: str
    path: str
    status: str
    found: str | None
    problem: str | None
    remedy: str | None

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The fields that are shown when none are chosen."""
        return "status", "kind", "path", "found", "problem", "remedy"


Checks = Iterator[Check]


class Faulty(Exception):
    """Something is not as it should be.

    Args:
        problem: what is wrong, in the reader's language.
        remedy: the command that mends it.
        mend: does the same, where that loses nothing.
    """

    def __init__(self, problem: str, remedy: str, mend: Callable[[], None] | None = None) -> None:
        self.problem = problem
        self.remedy = remedy
        self.mend = mend


Look = Callable[[str], str | None]
"""What looks at a path: it returns what is there, in words, and raises Faulty where something is wrong."""


class Examiner:
    """Looks at one thing after another.

    Args:
        repair: mend what can be mended without losing anything; such a check has the status ``repaired``.
    """

    def __init__(self, repair: bool) -> None:
        self._repair = repair

    def check(self, kind: str, path: str, look: Look) -> Check:
        """Return what ``look`` finds at ``path``, again after each thing that could be mended."""
        mended: list[str] = []
        while True:
            try:
                found = look(path)
            except Faulty as fault:
                if not (self._repair and fault.mend) or fault.problem in mended:
                    return Check(kind, path, FAULT, None, fault.problem, fault.remedy)
                try:
                    fault.mend()
                except OSError as error:
                    problem = _("{problem}; it can't be repaired: {reason}")
                    said = problem.format(problem=fault.problem, reason=system_message(error))
                    return Check(kind, path, FAULT, None, said, fault.remedy)
                mended.append(fault.problem)
            except OSError as error:
                return Check(kind, path, FAULT, None, system_message(error), f"ls -ld {quote(path)}")
            else:
                problems = _("; ").join(mended)
                return Check(kind, path, REPAIRED if mended else OK, found, problems or None, None)
            if not paths.is_there(path):
                return Check(kind, path, REPAIRED, None, _("; ").join(mended), None)


def faults(checks: Sequence[Check]) -> list[Check]:
    """Return those that found something wrong which is so still."""
    return [check for check in checks if check.status == FAULT]
