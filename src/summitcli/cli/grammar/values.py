"""What the TAB key offers where a value is asked for, most of them the schedule's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from summitcli.cli.grammar.commands import COMMANDS, find, subcommands
from summitcli.cli.options import Common
from summitcli.cli.terminal.environment import COLORS, COMPLETION
from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import LANGUAGES, _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.text.folding import fold
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from summitcli.cli.call import Call

MOST = 50
"""How many sessions, rooms or speakers are offered; who wants more lists them."""

FILES = frozenset({"file", "schedule", "other agenda"})
"""The kinds of values that may be the name of a file, which the shell knows best."""

FOLDED = frozenset({"room", "speaker", "language"})
"""The kinds whose values are compared as :func:`~summitcli.text.folding.fold` has them, all else being
equal."""


class Offer(NamedTuple):
    """A value, and what it stands for."""

    value: str
    help: str = ""


class Asked:
    """A value that is being typed, and what the rest of the command line says of it.

    Args:
        begun: what has been typed of the value; of a session that may be words of its name.
        common: the options that every command takes, as far as they have been given.
        command: the command's words.
        before: the values that the parameter has been given already.
        agenda: the name of the agenda that the line is about.
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
        """The call whose schedule is asked; it fetches nothing, and answers for a terminal."""
        from summitcli.cli.call import Call

        call = Call(self._common, {**os.environ, COMPLETION: "1"})
        call.terminal = True
        return call

    @property
    def answers(self) -> bool:
        """Whether the schedule can be read without waiting for anybody, as for standard input and pipes."""
        reference = self.call.reference
        return reference is None or (
            reference != "-" and (os.path.isfile(reference) or not os.path.exists(reference))
        )

    def close(self) -> None:
        """Let the catalog go."""
        if call := self.__dict__.get("call"):
            call.close()


def offers(asked: Asked, kind: str) -> list[Offer]:
    """What may be meant by what has been typed, in the order to show it; nothing twice.

    What a terminal would act on can't be typed either, so values that hold such characters are left out. What
    can't be seen is left out of a value where it is found without (:data:`FOLDED`), and else the value is.

    Args:
        asked: what has been typed.
        kind: a key of :data:`COMPLETERS` or :data:`OF_THE_SCHEDULE`; there is nothing to offer of another.

    Raises:
        SummitError: the schedule can't be read.
    """
    completer = COMPLETERS.get(kind) or (asked.answers and OF_THE_SCHEDULE.get(kind))
    found = completer(asked) if completer else []
    offered: dict[str, Offer] = {}
    for offer in found:
        value = printable(offer.value)
        same = value == offer.value or (kind in FOLDED and fold(value) == fold(offer.value))
        if same and value and value not in asked.before:
            offered.setdefault(value, Offer(value, printable(offer.help)))
    return list(offered.values())


def _sessions(asked: Asked) -> Iterable[Offer]:
    """Those whose ids begin so, or else those that a search finds."""
    catalog, name = asked.call.catalog, asked.call.name
    if found := catalog.beginning("session", asked.begun, MOST):
        return [Offer(id_, name(titles)) for id_, titles in found]
    return [
        Offer(hit.session.id, name(hit.session.titles))
        for hit in catalog.search(asked.begun, limit=MOST).hits
    ]


def _picked(asked: Asked) -> Iterable[Offer]:
    offered = [Offer(pick.id, pick.title) for pick in asked.call.agenda(asked.agenda).picks]
    return _beginning(asked, offered) or [offer for offer in offered if fold(asked.begun) in fold(offer.help)]


def _days(asked: Asked) -> Iterable[Offer]:
    days = asked.call.days
    dates = (Offer(row.day, _(row.weekday)) for row in days)
    return _beginning(asked, [*dates, *(Offer(str(row.day_number), row.day) for row in days)])


def _categories(asked: Asked) -> Iterable[Offer]:
    """Those whose ids begin so, or else those with such a name in any language."""
    call, begun = asked.call, fold(asked.begun)
    rows = call.catalog.categories()
    named = [row for row in rows if any(fold(name).startswith(begun) for name in row.names.values())]
    chosen = [row for row in rows if row.id.startswith(begun)] or named
    return [Offer(row.id, call.name(row.names)) for row in chosen]


def _names(table: str) -> Callable[[Asked], Iterable[Offer]]:
    """The rooms or speakers that begin so, or else that have it anywhere in their names."""

    def complete(asked: Asked) -> Iterable[Offer]:
        catalog, begun = asked.call.catalog, fold(asked.begun)
        found = catalog.beginning(table, begun, MOST)
        return [Offer(name) for name, _none in found] or map(Offer, catalog.names_like(table, begun)[:MOST])

    return complete


def _agendas(asked: Asked) -> Iterable[Offer]:
    from summitcli.agenda.place import names

    return _beginning(asked, map(Offer, names(asked.call.agenda_key())))


def _kept(asked: Asked) -> Iterable[Offer]:
    from summitcli.library.folder import names

    return _beginning(asked, (Offer(name, _title_of(name)) for name in names()))


def _title_of(name: str) -> str:
    """The title of a schedule that is kept; empty where it can't be read, as it still can be removed."""
    from summitcli.library.kept import find

    try:
        kept = find(name)
    except (ScheduleError, Unreachable):
        kept = None
    return kept.title if kept else ""


def _schedules(asked: Asked) -> Iterable[Offer]:
    from summitcli.library.folder import BUNDLED

    return [
        *_beginning(asked, [Offer(BUNDLED, _("the schedule that comes with the program"))]),
        *_kept(asked),
    ]


def _formats(kind: str) -> Callable[[Asked], Iterable[Offer]]:
    """Return what offers the formats that an option of this kind takes."""

    def complete(asked: Asked) -> Iterable[Offer]:
        from summitcli.cli.grammar.formats import formats_taken

        return _beginning(asked, map(Offer, formats_taken(kind, find(asked.command).rows())))

    return complete


def _fields(asked: Asked) -> Iterable[Offer]:
    """The fields that are not chosen yet, behind those that are."""
    from summitcli.cli.grammar.formats import rows_of

    before, comma, _last = asked.begun.rpartition(",")
    chosen = before.split(",")
    kind = rows_of(find(asked.command))
    fields: tuple[str, ...] = kind._fields if kind else ()  # type: ignore[attr-defined]
    names = [name for name in fields if name not in chosen]
    return _beginning(
        asked, (Offer(before + comma + name) for name in (names if comma else [*names, "help"]))
    )


def _one_of(*values: str) -> Callable[[Asked], Iterable[Offer]]:
    return lambda asked: _beginning(asked, map(Offer, values))


def _shells(asked: Asked) -> Iterable[Offer]:
    from summitcli.cli.grammar.shells import SCRIPTS

    return _beginning(asked, map(Offer, SCRIPTS))


def _commands(asked: Asked) -> Iterable[Offer]:
    """The commands, or those of the group that has been typed before."""
    known = subcommands(" ".join(asked.before))
    return _beginning(asked, (Offer(words.split()[-1], _(COMMANDS[words].summary)) for words in known))


def _beginning(asked: Asked, offered: Iterable[Offer]) -> list[Offer]:
    begun = fold(asked.begun)
    return [offer for offer in offered if fold(offer.value).startswith(begun)]


COMPLETERS: dict[str, Callable[[Asked], Iterable[Offer]]] = {
    "format": _formats("format"),
    "document": _formats("document"),
    "carried": _formats("carried"),
    "target": _formats("target"),
    "fields": _fields,
    "schedule": _schedules,
    "kept": _kept,
    "lang": _one_of(*LANGUAGES, "auto"),
    "color": _one_of(*COLORS),
    "command": _commands,
    "shell": _shells,
}
"""The kinds of values that there are offers for whatever the schedule, as a declaration names them."""

OF_THE_SCHEDULE: dict[str, Callable[[Asked], Iterable[Offer]]] = {
    "id": _sessions,
    "picked": _picked,
    "day": _days,
    "category": _categories,
    "room": _names("room"),
    "speaker": _names("speaker"),
    "language": lambda asked: _beginning(asked, map(Offer, asked.call.catalog.languages())),
    "agenda": _agendas,
    "other agenda": _agendas,
}
"""The kinds that the schedule is asked for."""
