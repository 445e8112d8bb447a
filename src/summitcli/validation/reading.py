"""The validation rules for findings: the odd things that are noticed when a file is read."""

from summitcli.formats.assembly.days import ENDS_BEFORE_START, MISDATED_DAY, NO_END, TOO_LONG, WRONG_DAY
from summitcli.formats.assembly.links import INVALID_URL, RELATIVE_URL
from summitcli.formats.assembly.period import OUTSIDE, STRAY_TIME
from summitcli.formats.findings import Kind
from summitcli.formats.times import UNREADABLE
from summitcli.validation.rules import LINK, NO_DURATION, OUTSIDE_DAY, READING, UNREADABLE_TIME

_RULES = {
    UNREADABLE: UNREADABLE_TIME,
    NO_END: NO_DURATION,
    ENDS_BEFORE_START: NO_DURATION,
    TOO_LONG: NO_DURATION,
    WRONG_DAY: OUTSIDE_DAY,
    MISDATED_DAY: OUTSIDE_DAY,
    STRAY_TIME: OUTSIDE_DAY,
    OUTSIDE: OUTSIDE_DAY,
    INVALID_URL: LINK,
    RELATIVE_URL: LINK,
}


def rule_of(kind: Kind) -> str:
    """Return the name of the validation rule that findings of this kind break."""
    return _RULES.get(kind, READING)
