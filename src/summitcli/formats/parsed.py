"""What reading a schedule gives."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from summitcli.formats.findings import Findings
from summitcli.model import Outline, Schedule, Session


class Parsed(NamedTuple):
    """A schedule that the model accepts, and what is odd about its source."""

    schedule: Schedule
    findings: Findings
    codes: Mapping[str, str] = {}
    """By a session's id the one that the source alone would give it, where that is another."""
    cancelled: frozenset[str] = frozenset()
    """The guids of what the publisher says to be cancelled."""


class Streamed(NamedTuple):
    """The same with its sessions one by one: a large schedule is then never in memory as a whole."""

    outline: Outline
    sessions: Iterable[Session]
    """May be gone through more than once. Going through may raise InvalidSchedule."""
    findings: Findings
    codes: Mapping[str, str] = {}
