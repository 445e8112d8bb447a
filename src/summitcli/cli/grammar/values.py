"""Completion of the values of options and arguments. An offer is a value that the user may want."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from summitcli.cli.grammar.commands import COMMANDS, OPTIONS, find, subcommands
from summitcli.cli.options import GROUPS, Common
from summitcli.cli.terminal.environment import COLORS, COMPLETION, LOCAL
from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import LANGUAGES, _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.rows import MARKS, PLANNED
from summitcli.site import PARTS
from summitcli.text.folding import fold
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from summitcli.cli.call import Call

MAX_OFFERS = 50
"""The maximum number of sessions, rooms or speakers that are offered at once."""

FILES = frozenset({"file", "schedule", "other agenda"})
"""The kinds of values that may be names of files, which the shell itself completes."""

FOLDED = frozenset({"room", "speaker", "language"})
"""The kinds of values that commands compare ignoring case, width and invisible characters."""


class Offer(NamedTuple):
    """A possible value, and the explanation that the shell shows beside it."""

    value: str
    help: str = ""


class PartialValue:
    """A value that is being typed, and what is known from the rest of the command line.

    Args:
        begun: the typed part of the value; for a session, possibly words of its title.
        common: the global options given so far.
        command: the words that call the command.
        before: the values already given for the parameter.
        agenda: the name of the agenda given on the line.
    """

    def __init__(
        self,
        begun: str,
        common: Common | None = None,
        command: str = "",
        before: Sequence[str] = (),
        agenda: str | None = None,
    ) -> None:
        self.begun = begun
        self.command = command
        self.before = before
        self.agenda = agenda
        self._common = common or Common()

    @cached_property
    def call(self) -> Call:
        """Return a context to look up values in the schedule given on the line, without downloading it."""
        from summitcli.cli.call import Call

        call = Call(self._common, {**os.environ, COMPLETION: "1"})
        call.terminal = True
        return call

    @property
    def can_read_schedule(self) -> bool:
        """Return whether the schedule can be read without waiting; False for standard input and pipes."""
        reference = self.call.reference
        return reference is None or (
            reference != "-" and (os.path.isfile(reference) or not os.path.exists(reference))
        )

    def close(self) -> None:
        """Close the catalog if it was opened."""
        if call := self.__dict__.get("call"):
            call.close()


def offers(partial: PartialValue, kind: str) -> list[Offer]:
    """Return the values to offer for what is being typed, in the order to show them.

    Values with control characters can't be typed and are left out. So are values with invisible characters,
    unless commands ignore invisible characters (see :data:`FOLDED`).

    Args:
        partial: the typed part, and the rest of the command line.
        kind: a key of :data:`COMPLETERS` or :data:`OF_THE_SCHEDULE`; for other kinds nothing is offered.

    Raises:
        SummitError: the schedule can't be read.
    """
    completer = COMPLETERS.get(kind) or (partial.can_read_schedule and OF_THE_SCHEDULE.get(kind))
    found = completer(partial) if completer else []
    offered: dict[str, Offer] = {}
    for offer in found:
        value = printable(offer.value)
        same = value == offer.value or (kind in FOLDED and fold(value) == fold(offer.value))
        if same and value and value not in partial.before:
            offered.setdefault(value, Offer(value, printable(offer.help)))
    return list(offered.values())


def _sessions(partial: PartialValue) -> Iterable[Offer]:
    """Return the sessions whose IDs begin with what is typed, or else the sessions that a search finds."""
    catalog, name = partial.call.catalog, partial.call.name
    if found := catalog.beginning("session", partial.begun, MAX_OFFERS):
        return [Offer(id_, name(titles)) for id_, titles in found]
    return [
        Offer(hit.session.id, name(hit.session.titles))
        for hit in catalog.search(partial.begun, limit=MAX_OFFERS).hits
    ]


def _picked(partial: PartialValue) -> Iterable[Offer]:
    mine = partial.call.agenda(partial.agenda)
    offered = [Offer(pick.id, pick.title) for pick in mine.picks]
    offered += [Offer(entry.id, entry.title) for entry in mine.entries]
    return _beginning(partial, offered) or [
        offer for offer in offered if fold(partial.begun) in fold(offer.help)
    ]


def _days(partial: PartialValue) -> Iterable[Offer]:
    days = partial.call.days
    dates = (Offer(row.day, _(row.weekday)) for row in days)
    return _beginning(partial, [*dates, *(Offer(str(row.day_number), row.day) for row in days)])


def _categories(partial: PartialValue) -> Iterable[Offer]:
    """Return the categories whose IDs, or else whose names, begin with what is typed."""
    call, begun = partial.call, fold(partial.begun)
    rows = call.catalog.categories()
    named = [row for row in rows if any(fold(name).startswith(begun) for name in row.names.values())]
    chosen = [row for row in rows if row.id.startswith(begun)] or named
    return [Offer(row.id, call.name(row.names)) for row in chosen]


def _names(table: str) -> Callable[[PartialValue], Iterable[Offer]]:
    """Return a function that offers the rooms or speakers whose names begin with what is typed.

    If there are none, it offers those whose names contain it.

    Args:
        table: the table of the catalog with the names: ``room`` or ``speaker``.
    """

    def complete(partial: PartialValue) -> Iterable[Offer]:
        catalog, begun = partial.call.catalog, fold(partial.begun)
        found = catalog.beginning(table, begun, MAX_OFFERS)
        return [Offer(name) for name, _none in found] or map(
            Offer, catalog.names_like(table, begun)[:MAX_OFFERS]
        )

    return complete


def _agendas(partial: PartialValue) -> Iterable[Offer]:
    from summitcli.agenda.place import names

    return _beginning(partial, map(Offer, names(partial.call.agenda_key())))


def _saved(partial: PartialValue) -> Iterable[Offer]:
    from summitcli.library.folder import names

    return _beginning(partial, (Offer(name, _title_of(name)) for name in names()))


def _title_of(name: str) -> str:
    """Return the title of the conference in the saved schedule ``name``; empty if it can't be read."""
    from summitcli.library.kept import find

    try:
        kept = find(name)
    except (ScheduleError, Unreachable):
        kept = None
    return kept.title if kept else ""


def _schedules(partial: PartialValue) -> Iterable[Offer]:
    """Return the saved schedules whose names begin with what is typed, and the conferences in directories.

    A directory is a list of conferences. Its conferences are offered only once something is typed.
    """
    from summitcli.library.folder import BUNDLED

    return [
        *_beginning(partial, [Offer(BUNDLED, _("the built-in schedule"))]),
        *_saved(partial),
        *(_conferences(partial) if partial.begun else ()),
    ]


def _conferences(partial: PartialValue) -> list[Offer]:
    """Return the conferences in known lists whose names begin with what is typed; download nothing."""
    from summitcli.directory.reading import listed

    rows = (found.row for found in listed(partial.call.downloads.directories()))
    return _beginning(partial, (Offer(row.name, row.title) for row in rows))[:MAX_OFFERS]


def _formats(kind: str) -> Callable[[PartialValue], Iterable[Offer]]:
    """Return a function that offers the formats for an option.

    Args:
        kind: the kind of formats that the option accepts, one of
            :data:`summitcli.cli.grammar.formats.FORMAT_KINDS`.
    """

    def complete(partial: PartialValue) -> Iterable[Offer]:
        from summitcli.cli.grammar.formats import accepted_formats

        return _beginning(partial, map(Offer, accepted_formats(kind, find(partial.command).rows())))

    return complete


def _fields(partial: PartialValue) -> Iterable[Offer]:
    """Return the typed list of fields, continued with each possible field: ``id,`` gives ``id,title`` …"""
    from summitcli.cli.grammar.formats import row_class_of

    before, comma, _last = partial.begun.rpartition(",")
    chosen = before.split(",")
    kind = row_class_of(find(partial.command))
    fields: tuple[str, ...] = kind._fields if kind else ()  # type: ignore[attr-defined]
    names = [name for name in fields if name not in chosen]
    return _beginning(
        partial, (Offer(before + comma + name) for name in (names if comma else [*names, "help"]))
    )


def _one_of(*values: str) -> Callable[[PartialValue], Iterable[Offer]]:
    return lambda partial: _beginning(partial, map(Offer, values))


def _rules(partial: PartialValue) -> Iterable[Offer]:
    from summitcli.validation.rules import RULES

    return _beginning(partial, (Offer(name, _(rule.summary)) for name, rule in RULES.items()))


def _zones(partial: PartialValue) -> Iterable[Offer]:
    from zoneinfo import available_timezones

    return _beginning(partial, map(Offer, (LOCAL, *sorted(available_timezones()))))


def _shells(partial: PartialValue) -> Iterable[Offer]:
    from summitcli.cli.grammar.shells import SCRIPTS

    return _beginning(partial, map(Offer, SCRIPTS))


def _commands(partial: PartialValue) -> Iterable[Offer]:
    """Return the words that may follow ``help``, or ``help`` and the name of a group of commands.

    For a group, they are its commands; otherwise all top-level commands, and the topic ``options``.
    """
    commands = subcommands(" ".join(partial.before))
    offered = [Offer(words.split()[-1], _(COMMANDS[words].summary)) for words in commands]
    if not partial.before:
        offered.append(Offer(OPTIONS, _("Global options and environment variables.")))
    return _beginning(partial, offered)


def _beginning(partial: PartialValue, offered: Iterable[Offer]) -> list[Offer]:
    begun = fold(partial.begun)
    return [offer for offer in offered if fold(offer.value).startswith(begun)]


COMPLETERS: dict[str, Callable[[PartialValue], Iterable[Offer]]] = {
    "format": _formats("format"),
    "document": _formats("document"),
    "carried": _formats("carried"),
    "target": _formats("target"),
    "fields": _fields,
    "schedule": _schedules,
    "kept": _saved,
    "conference": _conferences,
    "lang": _one_of(*LANGUAGES, "auto"),
    "color": _one_of(*COLORS),
    "command": _commands,
    "shell": _shells,
    "zone": _zones,
    "group": _one_of(*GROUPS),
    "part": _one_of(*PARTS),
    "rule": _rules,
    "pick": _one_of(*MARKS),
    "planned": _one_of(*PLANNED),
}
"""The functions that offer values without reading the schedule, by kind of values."""

OF_THE_SCHEDULE: dict[str, Callable[[PartialValue], Iterable[Offer]]] = {
    "id": _sessions,
    "picked": _picked,
    "day": _days,
    "category": _categories,
    "room": _names("room"),
    "speaker": _names("speaker"),
    "language": lambda partial: _beginning(partial, map(Offer, partial.call.catalog.languages())),
    "agenda": _agendas,
    "other agenda": _agendas,
}
"""The functions that offer values from the schedule, by kind of values."""
