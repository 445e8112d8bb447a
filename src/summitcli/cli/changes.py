"""What differs between two states of a schedule, as `update` and `diff` tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from summitcli.catalog.comparing import Changes
from summitcli.catalog.queries import Catalog
from summitcli.changes import Change, texts
from summitcli.cli.call import Call
from summitcli.cli.options import Output
from summitcli.cli.output.answer import answer
from summitcli.i18n import _
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.rows import SessionRow
from summitcli.sources.source import Source


class ChangeRow(NamedTuple):
    """One way in which a session differs; ``kind`` and ``fields`` mean what they mean in
    :class:`~summitcli.changes.Change`.

    ``was`` and ``now`` say what differs in one line: days, times and rooms, titles or names; null where
    there is nothing, and for descriptions, which are in ``before`` and ``after``. Those two are the whole
    sessions, as ``show`` has them, null where there is none.
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
        """The fields that are shown when none are chosen."""
        return "kind", "in_agenda", "id", "title", "was", "now"

    def translated(self, name: Callable[[Mapping[str, str]], str]) -> ChangeRow:
        """Return the change with titles as ``name`` chooses them from their languages."""
        session = self.after or self.before
        row = self._replace(title=name(session.titles) if session else self.title)
        if self.kind != "renamed" or self.before is None or self.after is None:
            return row
        return row._replace(was=name(self.before.titles), now=name(self.after.titles))


def report(
    call: Call,
    before: Catalog,
    after: Catalog,
    output: Output,
    name: str | None = None,
    source: Source | None = None,
    cancelled: Iterable[str] = (),
) -> int:
    """Answer with what has changed from ``before`` to ``after``, my agenda first.

    Args:
        call: the call to answer; from now on it is about ``after``.
        before: the earlier state.
        after: the later one, whose agenda is mine.
        output: what was asked of the answer's form.
        name: which agenda, None for the usual one.
        source: where the later state comes from, if it is one that is kept.
        cancelled: the guids of what its publisher says to be cancelled.

    Returns:
        how many changes there are.
    """
    call.read(after, source)
    found = Changes(before, after, call.marking(name), cancelled)
    answer(call, ChangeRow, _Rows(found), output, _("nothing has changed"), shown=found)
    return len(found)


class _Rows(Sequence[ChangeRow]):
    """Changes as rows, made when they are gone through."""

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
