"""The checks of a programme for mistakes of its organisers, whatever the format of the schedule."""

from collections.abc import Callable, Collection, Iterator

from summitcli.validation import rules
from summitcli.validation.programme import conflicts, duplicates, hours, links, missing, names
from summitcli.validation.programme.discovery import Discovery
from summitcli.validation.programme.timetable import Timetable

__all__ = ["CHECKS", "Discovery", "Timetable", "discoveries"]

Check = Callable[[Timetable], Iterator[Discovery]]

CHECKS: dict[Check, frozenset[str]] = {
    conflicts.room_conflicts: frozenset({rules.ROOM_CONFLICT, rules.SHARED_ROOM}),
    conflicts.speaker_conflicts: frozenset({rules.SPEAKER_CONFLICT, rules.SHARED_SPEAKER}),
    duplicates.duplicates: frozenset({rules.DUPLICATE}),
    hours.outside_hours: frozenset({rules.OUTSIDE_DAY}),
    missing.missing_rooms: frozenset({rules.NO_ROOM}),
    missing.missing_durations: frozenset({rules.NO_DURATION}),
    names.names_in_several_spellings: frozenset({rules.SAME_NAME}),
    names.similar_names: frozenset({rules.SIMILAR_NAME}),
    links.bad_links: frozenset({rules.LINK}),
}
"""The checks, each with the names of the rules that it checks."""


def discoveries(table: Timetable, chosen: Collection[str]) -> Iterator[Discovery]:
    """Yield the mistakes in a programme that break one of the ``chosen`` rules."""
    for check, checked in CHECKS.items():
        if not checked.isdisjoint(chosen):
            yield from (found for found in check(table) if found.rule in chosen)
