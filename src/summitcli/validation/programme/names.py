"""The checks for names of rooms, speakers and categories that may be misspelled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summitcli.formats.findings import Kind
from summitcli.formats.parsed import Steps
from summitcli.i18n import _, ngettext
from summitcli.validation import rules
from summitcli.validation.programme.discovery import Discovery
from summitcli.validation.programme.speakers import is_person
from summitcli.validation.programme.spelling import respelled, similar
from summitcli.validation.programme.timetable import CATEGORY, KINDS, ROOM, SPEAKER, Timetable


@dataclass(frozen=True, slots=True)
class _NamePair(Discovery):
    """The problem that two names of rooms, speakers or categories are similar.

    ``name`` has fewer sessions than ``other``. ``kind`` is ``room``, ``speaker`` or ``category``.
    """

    kind: str
    name: str
    other: str

    def sessions(self, table: Timetable) -> Sequence[int]:
        """Return two sessions, one with ``name`` and one with ``other``, as positions in the schedule.

        A name without sessions is left out. If one session has both names, it is returned once.
        """
        used = (table.sessions_with(self.kind, name) for name in (self.name, self.other))
        return tuple(dict.fromkeys(sessions[0] for sessions in used if sessions))

    def steps(self, table: Timetable) -> Steps:
        """Return the path to ``name`` in the first session that has it, such as ``("slots", 0, "room")``."""
        return table.steps_to(self.kind, self.name)

    def _filled(self, sentence: str, table: Timetable) -> str:
        """Return ``sentence`` with the two names, and their numbers of sessions, filled in."""
        number, other_number = (len(table.sessions_with(self.kind, name)) for name in (self.name, self.other))
        return sentence.format(
            name=self.name,
            uses=ngettext("{n} session", "{n} sessions", number),
            other=self.other,
            other_uses=ngettext("{n} session", "{n} sessions", other_number),
        )


@dataclass(frozen=True, slots=True)
class SameName(_NamePair):
    """The problem that a name has two spellings. They differ in spaces, case, accents or punctuation."""

    rule = rules.SAME_NAME
    heading = Kind("{n} name in several spellings", "{n} names in several spellings")

    def sentence(self, table: Timetable) -> str:
        """Return the sentence that describes the two spellings."""
        sentence = {
            ROOM: _('the room "{name}" ({uses}) is also called "{other}" ({other_uses})'),
            SPEAKER: _('the speaker "{name}" ({uses}) is also called "{other}" ({other_uses})'),
            CATEGORY: _('the category "{name}" ({uses}) is also called "{other}" ({other_uses})'),
        }[self.kind]
        return self._filled(sentence, table)


@dataclass(frozen=True, slots=True)
class SimilarName(_NamePair):
    """The problem that two names differ by one letter."""

    rule = rules.SIMILAR_NAME
    heading = Kind(
        "{n} name that differs from another by one letter", "{n} names that differ from others by one letter"
    )

    def sentence(self, table: Timetable) -> str:
        """Return the sentence that describes the two names."""
        sentence = {
            ROOM: _('the rooms "{name}" ({uses}) and "{other}" ({other_uses}) differ by one letter'),
            SPEAKER: _('the speakers "{name}" ({uses}) and "{other}" ({other_uses}) differ by one letter'),
            CATEGORY: _('the categories "{name}" ({uses}) and "{other}" ({other_uses}) differ by one letter'),
        }[self.kind]
        return self._filled(sentence, table)


def names_in_several_spellings(table: Timetable) -> Iterator[Discovery]:
    """Yield a problem for each name that is another spelling of an earlier one."""
    for kind in KINDS:
        for name, other in respelled(table.names(kind)):
            if kind != SPEAKER or is_person(name):
                yield SameName(kind, *_rarer_first(table, kind, name, other))


def similar_names(table: Timetable) -> Iterator[Discovery]:
    """Yield a problem for every two names that differ by one letter."""
    for kind in KINDS:
        for name, other in similar(table.names(kind), of_people=kind == SPEAKER):
            yield SimilarName(kind, *_rarer_first(table, kind, name, other))


def _rarer_first(table: Timetable, kind: str, *names: str) -> Iterator[str]:
    """Return ``names`` sorted: first the name with fewer sessions."""
    return iter(sorted(names, key=lambda name: len(table.sessions_with(kind, name))))
