"""What reading a schedule gives."""

from collections.abc import Iterable
from typing import NamedTuple

from summitcli.formats.findings import Findings
from summitcli.model import Outline, Schedule, Session


class Parsed(NamedTuple):
    """A schedule that the model accepts, and what is odd about its source."""

    schedule: Schedule
    findings: Findings


class Streamed(NamedTuple):
    """The same with its sessions one by one: a large schedule is then never in memory as a whole."""

    outline: Outline
    sessions: Iterable[Session]
    """May be gone through more than once. Going through may raise InvalidSchedule."""
    findings: Findings
