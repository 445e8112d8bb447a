"""What differs between two states of a schedule, as `update` and `diff` tell it."""

from __future__ import annotations

from collections.abc import Iterable

from summitcli.catalog.queries import Catalog
from summitcli.changes import Change, compare, only_after, only_before
from summitcli.cli.call import Call
from summitcli.cli.options import Output
from summitcli.cli.output.answer import answer
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import SessionRow, SlotRow


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


def report(call: Call, before: Catalog, after: Catalog, output: Output, name: str | None = None) -> int:
    """Answer with what has changed from ``before`` to ``after``, my agenda first.

    Args:
        call: the call to answer; from now on it is about ``after``.
        before: the earlier state.
        after: the later one, whose agenda is mine.
        output: what was asked of the answer's form.
        name: which agenda, None for the usual one.

    Returns:
        how many changes there are.
    """
    call.read(after)
    earlier, later = before.sessions(), after.sessions()
    # Marked together, so that of an agenda that can't be read it is said once.
    marked = call.marked([*earlier, *later], name)
    found = compare(marked[: len(earlier)], marked[len(earlier) :])
    found.sort(key=lambda change: not change.in_agenda)

    rows = [_row(change) for change in found]
    answer(call, ChangeRow, rows, output, _("nothing has changed"), shown=found)
    return len(found)


def _row(change: Change) -> ChangeRow:
    session = change.session
    was, now = _texts(change)
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


def _texts(change: Change) -> tuple[str | None, str | None]:
    """What was and what is now, as far as a line can say it."""
    before, after = change.before, change.after
    if change.kind in ("moved", "new", "cancelled"):
        return _held(only_before(change)), _held(only_after(change))
    assert before is not None and after is not None  # noqa: S101
    return _said(before, change.fields), _said(after, change.fields)


def _held(slots: Iterable[SlotRow]) -> str | None:
    """Days, times and rooms."""
    times = (
        (
            slot.day,
            f"{slot.start[11:16]}–{slot.end[11:16]}" if slot.start and slot.end else "",
            slot.room or "",
        )
        for slot in slots
    )
    return ", ".join(" ".join(filter(None, parts)) for parts in times) or None


def _said(row: SessionRow, fields: Iterable[str]) -> str | None:
    """The values of the fields that are short."""
    short = {
        "title": row.title,
        "speakers": ", ".join(row.speakers),
        "category": row.category_name,
        "language": row.language,
        "url": row.url,
        "status": row.status,
        "titles": " / ".join(row.titles.values()),
    }
    return ", ".join(filter(None, (short.get(field) for field in fields))) or None
