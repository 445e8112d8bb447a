"""The changes between two versions of a schedule, as ``update`` and ``diff`` print them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from summitcli.catalog.comparing import Changes
from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import open_catalog
from summitcli.changes import Change, texts
from summitcli.cli.call import Call
from summitcli.cli.options import Output
from summitcli.cli.output.answer import answer, is_drawn, validate_output, write_pieces
from summitcli.cli.terminal.messages import say
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Any, NamedTuple
from summitcli.rows import SessionRow
from summitcli.sources.source import Source
from summitcli.text.batches import batches

if TYPE_CHECKING:
    from summitcli.library.kept import KeptSchedule
    from summitcli.library.log import LoggedUpdate


class ChangeRow(NamedTuple):
    """A row of the output: one change of one session.

    ``kind`` and ``fields`` are those of :class:`~summitcli.changes.Change`. ``was`` and ``now`` are the old
    and the new value on one line, such as a title, or days, times and rooms. They are None for a change of a
    description, and if there is no old or new value. ``before`` and ``after`` are all data of the session;
    None if the old or the new schedule does not have it.
    """

    kind: str
    in_agenda: bool
    id: str
    title: str
    fields: tuple[str, ...]
    was: str | None
    now: str | None
    before: SessionRow | None
    after: SessionRow | None

    @staticmethod
    def columns() -> tuple[str, ...]:
        """Return the names of the fields that are shown by default."""
        return "kind", "in_agenda", "id", "title", "was", "now"

    def translated(self, name: Callable[[Mapping[str, str]], str]) -> ChangeRow:
        """Return this row with titles in another language.

        Args:
            name: a function that takes a title in several languages, by language tag, and returns one of
                them.
        """
        session = self.after or self.before
        row = self._replace(title=name(session.titles) if session else self.title)
        if self.kind != "renamed" or self.before is None or self.after is None:
            return row
        return row._replace(was=name(self.before.titles), now=name(self.after.titles))


class Reported(NamedTuple):
    """The result of printing changes: their number, and which of them the user has seen in a terminal."""

    number: int
    """The number of changes."""
    drawn: frozenset[tuple[str, str]] = frozenset()
    """The changes of sessions in the user's agenda that were shown in a terminal.

    A change is a pair such as ``("moved", "tea")``: its kind and the session's ID. If the output is text, as
    in a pipe, there are none.
    """


def report(
    call: Call,
    before: Catalog,
    after: Catalog,
    output: Output,
    name: str | None = None,
    source: Source | None = None,
    cancelled: Iterable[str] = (),
) -> Reported:
    """Print the changes from ``before`` to ``after``, first those to sessions in the user's agenda.

    Args:
        call: the running command; it uses ``after`` from now on.
        before: the catalog of the schedule's old version.
        after: the catalog of the new version.
        output: the output options.
        name: the agenda's name; None for the default agenda.
        source: the source of the new version if that is a saved schedule; otherwise None.
        cancelled: the GUIDs of the sessions that their publisher marks as cancelled.
    """
    call.use_catalog(after, source)
    if output.format == "md" and not output.fields:
        return Reported(_announce(call, Changes(before, after, iter, cancelled), output))
    found = Changes(before, after, call.marking(name), cancelled)
    answer(call, ChangeRow, _Rows(found), output, _("nothing has changed"), shown=found)
    drawn = takewhile(lambda change: change.in_agenda, found if is_drawn(call, output) else ())
    return Reported(len(found), frozenset((change.kind, change.session.id) for change in drawn))


def _announce(call: Call, found: Changes, output: Output) -> int:
    """Print the changes as an announcement for all attendees, and return their number."""
    from summitcli.exports.announcement.markdown import announcement

    validate_output(call, ChangeRow, output)
    write_pieces(announcement(call.conference, found, call.names_language))
    if not found:
        say(_("nothing has changed"))
    return len(found)


class _Rows(Sequence[ChangeRow]):
    """The rows for the changes in ``found``; each row is made when it is used, to save memory."""

    def __init__(self, found: Changes) -> None:
        self._found = found

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[ChangeRow]:
        return map(_row, self._found)

    def __getitem__(self, place: Any) -> Any:
        found = self._found[place]
        return list(map(_row, found)) if isinstance(place, slice) else _row(found)


def _row(change: Change) -> ChangeRow:
    session = change.session
    was, now = texts(change)
    return ChangeRow(
        change.kind,
        change.in_agenda,
        session.id,
        session.title,
        change.fields,
        was,
        now,
        change.before,
        change.after,
    )


def with_titles(
    call: Call, kept: KeptSchedule | None, updates: Sequence[LoggedUpdate]
) -> Sequence[LoggedUpdate]:
    """Return logged updates with titles of sessions in the reader's language, if the schedule has them.

    Args:
        call: the running command.
        kept: the saved schedule; None for the bundled one.
        updates: the updates, with titles in the schedule's own language.
    """
    if kept is None or call.wanted_language in (None, kept.language):
        return updates
    ids = {change.id for update in updates for change in update.changes}
    with contextlib.closing(open_catalog(kept.source())) as catalog:
        titles = {
            (row.id, row.title): row.titles.get(call.wanted_language or "")
            for batch in batches(ids)
            for row in catalog.sessions(Query(ids=tuple(batch)))
        }
    return [
        update._replace(
            changes=tuple(
                change._replace(title=titles.get((change.id, change.title)) or change.title)
                for change in update.changes
            )
        )
        for update in updates
    ]
