"""What differs between two states of a schedule, as `update` and `diff` tell it."""

from __future__ import annotations

from collections.abc import Iterable

from summitcli.catalog.queries import Catalog
from summitcli.changes import Change, compare, texts
from summitcli.cli.call import Call
from summitcli.cli.options import Output
from summitcli.cli.output.answer import answer
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
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
    earlier, later = before.sessions(), after.sessions()
    # Marked together, so that of an agenda that can't be read it is said once.
    marked = call.marked([*earlier, *later], name)
    found = compare(marked[: len(earlier)], marked[len(earlier) :], cancelled)
    found.sort(key=lambda change: not change.in_agenda)

    rows = [_row(change) for change in found]
    answer(call, ChangeRow, rows, output, _("nothing has changed"), shown=found)
    return len(found)


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
