"""What reading a schedule gives."""

from typing import NamedTuple

from summitcli.formats.findings import Findings
from summitcli.model import Schedule


class Parsed(NamedTuple):
    """A schedule that the model accepts, and what is odd about its source."""

    schedule: Schedule
    findings: Findings
