"""The rules against which a schedule is checked, by name, and the choice of rules by the user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from summitcli.errors import UnknownValue, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.text.suggest import nearest

if TYPE_CHECKING:
    from summitcli.formats.findings import Severity

FORMAT = "format"
"""The name of the rule that the file can be read as a schedule. It can't be ignored."""
SPECIFICATION = "specification"
READING = "reading"
UNREADABLE_TIME = "unreadable-time"
ROOM_CONFLICT, SHARED_ROOM = "room-conflict", "shared-room"
SPEAKER_CONFLICT, SHARED_SPEAKER = "speaker-conflict", "shared-speaker"
DUPLICATE = "duplicate"
OUTSIDE_DAY = "outside-day"
NO_ROOM, NO_DURATION = "no-room", "no-duration"
SAME_NAME, SIMILAR_NAME = "same-name", "similar-name"
LINK = "link"
COLUMNS = "columns"


class Rule(NamedTuple):
    """A validation rule: the severity of the problems that it finds, and a description of them in English."""

    severity: Severity
    summary: str


RULES: Mapping[str, Rule] = {
    FORMAT: Rule("error", "the file can't be read as a schedule"),
    SPECIFICATION: Rule("error", "violations of the format's specification (only with --strict)"),
    READING: Rule("warning", "data that can't be read, or that was corrected or left out"),
    UNREADABLE_TIME: Rule("warning", "times that can't be read, so that sessions have none or a wrong one"),
    ROOM_CONFLICT: Rule("error", "two sessions in one room at the same time"),
    SHARED_ROOM: Rule("warning", "rooms with many sessions that conflict with each other"),
    SPEAKER_CONFLICT: Rule("error", "a speaker in two sessions at the same time"),
    SHARED_SPEAKER: Rule("warning", "speakers with many sessions that conflict with each other"),
    DUPLICATE: Rule("warning", "sessions with the same title, speakers and time"),
    OUTSIDE_DAY: Rule("warning", "sessions outside the hours of their day, or under the wrong day"),
    NO_ROOM: Rule("warning", "sessions with speakers but no room, if most others have one"),
    NO_DURATION: Rule("warning", "sessions that end when they begin, or have no valid end"),
    SAME_NAME: Rule("warning", "names that differ only by spaces, case, accents or punctuation"),
    SIMILAR_NAME: Rule("note", "names that differ by one letter"),
    LINK: Rule("warning", "links that can't work: without https://, with spaces, or placeholders"),
    COLUMNS: Rule("note", "how the columns of a spreadsheet were read"),
}
"""The rules by name, in the order in which help lists them."""


def chosen_rules(only: Iterable[str] = (), ignored: Iterable[str] = ()) -> frozenset[str]:
    """Return the names of the rules to check: those in ``only``, without those in ``ignored``.

    If ``only`` is empty, these are all rules without those in ``ignored``.

    Raises:
        UnknownValue: there is no such rule.
        UsageError: the rule can't be ignored.
    """
    wanted, unwanted = tuple(only), tuple(ignored)
    for name in (*wanted, *unwanted):
        if name not in RULES:
            raise UnknownValue(_('no rule "{name}"').format(name=name), nearest(name, RULES), [*RULES])
    if FORMAT in unwanted:
        raise UsageError(_('the rule "{name}" can\'t be turned off').format(name=FORMAT))
    return frozenset(wanted or RULES) - {*unwanted}
