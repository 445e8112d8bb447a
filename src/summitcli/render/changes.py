"""The terminal output of ``summit update`` and ``summit diff``: changes between versions of a schedule."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from summitcli.changes import ONE_SIDED, Change, only_after, only_before
from summitcli.exports.announcement.texts import before_to_after, field_text, kind_name, speakers_text
from summitcli.i18n import _, ngettext
from summitcli.render.lines import ACCENT, DIM, GAP, MARK_WIDTH, MIN_WIDTH, Columns, Line, Lines
from summitcli.render.listings import session_dates, star
from summitcli.render.setting import Setting
from summitcli.render.wrapping import wrapped
from summitcli.rows import STAR, SessionRow, SlotRow
from summitcli.text import dates
from summitcli.text.enumeration import enumeration
from summitcli.text.printable import printable

INDENT = 2 * MARK_WIDTH


def changes(setting: Setting, found: Sequence[Change]) -> RenderableType:
    """Return changes drawn for a terminal: first those of sessions in the agenda, then the others by kind.

    Args:
        setting: the conference in the later version of the schedule, and the language to show.
        found: the changes: first those of sessions in the agenda, then the others, both sorted by kind.
    """
    mine = [change for change in found if change.in_agenda]
    others = [change for change in found if not change.in_agenda]
    columns = Columns([_line(setting, change) for change in found])
    pieces: list[RenderableType] = []
    if mine:
        pieces += [*_agenda_changes(setting, mine, columns), Text()]
    for kind, of_kind in groupby(others, key=lambda change: change.kind):
        alike = list(of_kind)
        pieces.append(heading(kind_name(kind), len(alike)))
        for change in alike:
            pieces += [
                Lines([_line(setting, change)], columns),
                ChangeDetails([("", _detail(setting, change))]),
            ]
        pieces.append(Text())
    return Group(*pieces, Text(ngettext("{n} change", "{n} changes", len(found)), DIM))


class ChangeDetails:
    """Indented lines with the details of the changes of one session.

    Args:
        pairs: for each change its kind as text, such as ``Moved``, and its details. The kind may be empty. If
            both are empty, there is no line.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = [(kind, printable(detail)) for kind, detail in pairs if kind or detail]
        widest = max((cell_len(kind) for kind, _text in self._pairs), default=0)
        self._indent = INDENT + (widest + GAP if widest else 0)

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the lines, wrapped if needed."""
        for kind, detail in self._pairs:
            before = " " * INDENT + kind
            for piece in wrapped(Text(detail, DIM), max(options.max_width - self._indent, MIN_WIDTH)):
                padding = " " * (self._indent - cell_len(before) if detail else 0)
                yield Text(before + padding, DIM).append_text(piece)
                before = ""


def _agenda_changes(setting: Setting, mine: Sequence[Change], columns: Columns) -> Iterator[RenderableType]:
    """Yield a heading, then every changed session of the agenda, each once with all of its changes."""
    by_session: dict[tuple[str, ...], list[Change]] = {}
    for change in mine:
        by_session.setdefault(_session_ids(change), []).append(change)
    yield heading(_("Your agenda"), len(by_session))
    for of_session in by_session.values():
        yield Lines([_line(setting, of_session[0])], columns)
        yield ChangeDetails([(kind_name(change.kind), _detail(setting, change)) for change in of_session])


def _session_ids(change: Change) -> tuple[str, ...]:
    return tuple(row.id if row else "" for row in (change.before, change.after))


def heading(name: str, count: int | str) -> Text:
    """Return a heading with a count after a dot, such as ``Moved · 3``."""
    return Text(name, ACCENT).append(f" · {count}", f"not bold {DIM}")


def _line(setting: Setting, change: Change) -> Line:
    session = change.session
    dates_text = session_dates(session) if change.kind in ONE_SIDED else ""
    marks = {star(row) for row in (change.before, change.after) if row}
    mark = STAR if STAR in marks else max(marks)
    return Line(title=_name(setting, session), details=(dates_text, session.id), mark=mark)


def _name(setting: Setting, session: SessionRow) -> str:
    """Return the title of a session in the language to show if possible, else in the schedule's language."""
    return setting.name(session.titles) or session.title


def _detail(setting: Setting, change: Change) -> str:
    """Return the details of a change as text, such as ``was Opening``.

    The text is empty for a session that is new or no longer there.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return ""
    if change.kind == "moved":
        return _moved(list(only_before(change)), list(only_after(change)))
    if change.kind == "renamed":
        return _("was {title}").format(title=_name(setting, before))
    if change.kind == "speakers":
        return speakers_text(before.speakers, after.speakers)
    return _(", ").join(field_text(field, before, after) for field in change.fields)


def _moved(before: Sequence[SlotRow], after: Sequence[SlotRow]) -> str:
    """Return the old and new times and rooms of a session as text.

    If the session has one time before and one after, a day or room that stays the same is shown only once:
    ``23 July 10:00–10:30 → 11:00–11:30 Hall 1``.
    """
    years = len({slot.day[:4] for slot in (*before, *after)}) > 1
    if len(before) == len(after) == 1:
        return _from_slot_to_slot(_parts(before[0], years), _parts(after[0], years))
    was, now = _slots_text(before, years), _slots_text(after, years)
    if was and now:
        return before_to_after(was, now)
    return _("also {names}").format(names=now) if now else _("no longer {names}").format(names=was)


def _from_slot_to_slot(was: Sequence[str], now: Sequence[str]) -> str:
    """Return an old and a new slot (date, times and room) as text, with an arrow between them.

    A first or last part that is equal is shown once.

    Args:
        was: the date, times and room of the old slot. Any of them may be empty.
        now: the date, times and room of the new slot.
    """
    differ = [place for place, pair in enumerate(zip(was, now, strict=True)) if pair[0] != pair[1]]
    first, last = min(differ, default=0), max(differ, default=len(was) - 1) + 1
    inner = [" ".join(filter(None, parts[first:last])) for parts in (was, now)]
    if not all(inner):
        return before_to_after(*(" ".join(filter(None, parts)) for parts in (was, now)))
    return " ".join(filter(None, (*was[:first], before_to_after(*inner), *was[last:])))


def _slots_text(slots: Iterable[SlotRow], years: bool) -> str:
    """Return slots as text: the date, times and room of each. The date has a year if ``years``."""
    return enumeration([" ".join(filter(None, _parts(slot, years))) for slot in slots])


def _parts(slot: SlotRow, years: bool) -> tuple[str, str, str]:
    """Return the date, times and room of a slot as texts, such as ``("23 July", "10:00–10:30", "Hall 1")``.

    The date has a year if ``years``. Times and room may be empty.
    """
    date = dates.period(slot.day, slot.day) if years else dates.day(slot.day)
    return date, dates.clock_on(slot.day, slot.start, slot.end), slot.room or ""
