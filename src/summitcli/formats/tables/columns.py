"""The header of a table. It tells which column has the title, the day, the room and so on."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from summitcli.errors import UnknownValue, UsageError
from summitcli.formats.tables.dates import read_day
from summitcli.formats.tables.moments import read_moment
from summitcli.formats.tables.rows import Row, column_name, column_number
from summitcli.formats.tables.words import FIELDS, field_of, key
from summitcli.i18n import _
from summitcli.text.suggest import nearest

HEAD = 60
"""The number of rows that are searched for the header, and examined to recognise a table."""
MAX_ABOVE = 20
"""The maximum number of rows above a header."""

WHEN = ("day", "start", "end")
"""The fields with the day and the times of a session."""


class Requested(NamedTuple):
    """The value of the option ``--columns``, with which a user says which column has which field."""

    columns: Mapping[str, str] = {}
    """The columns by field, as names or letters: ``{"title": "Titel", "start": "C"}``."""
    first_day: date | None = None
    """The date of the conference's first day, if the user gave it, as in ``day=2022-07-23``."""


class Header(NamedTuple):
    """The header of a table, and the columns that it names."""

    groups: Sequence[Mapping[str, int]]
    """The index of the column by field, such as ``{"title": 2, "start": 0}``, for each group of columns.

    There are several groups if each row has several sessions side by side.
    """
    names: Mapping[int, str]
    """The names of the columns, by index. Some columns may have none."""
    labels: Sequence[str] = ("",)
    """The text above each group of columns. It is the room of the sessions in the group."""
    above: Sequence[Row] = ()
    """The rows above the header."""
    length: int = 0
    """The number of rows above the sessions: the header, and the rows above the header."""
    line: int | None = None

    @property
    def fields(self) -> frozenset[str]:
        """Return the names of the fields that have a column, such as ``title``."""
        return frozenset(field for group in self.groups for field in group)


def parse_requested(text: str | None) -> Requested:
    """Parse the value of ``--columns``, such as ``title=Titel,start=Von``.

    Raises:
        UsageError: the value does not have this form.
        UnknownValue: there is no field with one of the names.
    """
    columns: dict[str, str] = {}
    first_day: date | None = None
    for pair in filter(str.strip, (text or "").split(",")):
        field, sign, name = (part.strip() for part in pair.partition("="))
        if not sign or not name:
            sentence = _('--columns takes pairs such as title=Titel,start=Von, not "{text}"')
            raise UsageError(sentence.format(text=pair.strip()))
        if field not in FIELDS:
            raise UnknownValue(_('no field "{name}"').format(name=field), nearest(field, FIELDS), FIELDS)
        day = read_day(name) if field == "day" else None
        if day and day.year:
            first_day = date(day.year, day.month, day.day)
        else:
            columns[field] = name
    return Requested(columns, first_day)


def find_header(rows: Sequence[Row], requested: Requested) -> Header | None:
    """Return the header in the first rows of a table; None if no row names two fields."""
    above = rows[: MAX_ABOVE + 1]
    scores = [_score(row, requested) for row in above]
    best = max(scores, default=0)
    by_letter = requested.columns and all(map(_is_letters, requested.columns.values()))
    if best < 2 and not (best and requested.columns):
        return _without_names(requested) if by_letter else None
    top = scores.index(best)
    bottom = top
    if top + 1 < len(rows) and _continues(rows[top], rows[top + 1]):
        bottom = top + 1
    upper = rows[bottom - 1] if bottom else None
    return _header(rows, upper, bottom, requested)


def is_evident(rows: Sequence[Row], header: Header) -> bool:
    """Return whether a table is certainly a schedule.

    That is so if it has days or times below its header. Otherwise it must have a short header, titles, and
    the same number of cells in every row.
    """
    body = rows[header.length :]
    cells = [
        (field, text)
        for row in body
        for group in header.groups
        for field in WHEN
        if (text := row.cell(group.get(field)))
    ]
    readable = sum(read_moment(text, field == "day") is not None for field, text in cells)
    if cells and 2 * readable > len(cells):
        if header.fields == {"title", "day"} and _is_vague(header):
            return False
        return bool(header.fields - {*WHEN}) or len(header.fields) > 2
    lengths = {len(row.cells) for row in rows[header.length - 1 :]}
    return (
        len(body) >= 2 and len(lengths) == 1 and header.length <= 3 and len(header.fields) >= 3
        and "title" in header.fields
    )  # fmt: skip


def _is_vague(header: Header) -> bool:
    """Return whether the column with titles is called just "name", as in lists of payments or members."""
    return {key(header.names.get(group["title"], "")) for group in header.groups} == {"name"}


def _score(row: Row, requested: Requested) -> int:
    """Return how many fields, such as the title and the day, are named by the cells of a row.

    The row that names most fields is the header.

    Args:
        row: the row.
        requested: the columns that the user named.
    """
    wanted = {key(name) for name in requested.columns.values() if not _is_letters(name)}
    named = {key(cell) for cell in row.cells} & wanted if wanted else set()
    fields = {found[0] for cell in row.cells if key(cell) not in named and (found := field_of(cell.strip()))}
    return len(named) + len(fields)


def _continues(row: Row, below: Row) -> bool:
    """Return whether ``below`` is the second row of a header that begins with ``row``.

    Each text in ``below`` must be the known name of a column, or the same text as above it.
    """
    texts = [(n, text) for n, cell in enumerate(below.cells) if (text := cell.strip())]
    return bool(texts) and all(field_of(text) or row.cell(n) == text for n, text in texts)


def _header(rows: Sequence[Row], upper: Row | None, bottom: int, requested: Requested) -> Header:
    lower = rows[bottom]
    width = max(len(lower.cells), len(upper.cells) if upper else 0)
    names: dict[int, str] = {}
    known: dict[int, tuple[str, int]] = {}
    for column in range(width):
        below, over = lower.cell(column), upper.cell(column) if upper else ""
        name = below if field_of(below) or not field_of(over) else over
        if upper and upper.only:
            name = below
        if name:
            names[column] = name
        if found := field_of(name):
            known[column] = found
    for field, chosen in _requested_columns(requested, names).items():
        known = {n: found for n, found in known.items() if n != chosen and found[0] != field}
        known[chosen] = (field, -1)
    groups = _groups(known, names)
    labels = tuple(_label(upper, group, len(groups)) for group in groups)
    start = bottom if not upper or not _score(upper, Requested()) else bottom - 1
    return Header(groups, names, labels, rows[:start], bottom + 1, lower.line)


def _groups(known: Mapping[int, tuple[str, int]], names: Mapping[int, str]) -> list[dict[str, int]]:
    """Return the groups of columns, each as a dict such as ``{"title": 2, "start": 0}``.

    A row has a session for each group. Usually there is one group. If a table has several columns for titles
    of sessions, all with the same name, there is a group for each of them.

    Args:
        known: pairs of a field and a rank, by column. A column with a lower rank is more likely to have the
            field.
        names: the names of the columns.
    """
    best = _best_columns(known)
    title = best.get("title")
    repeated = [] if title is None else [n for n in known if known[n] == known[title]]
    if len(repeated) < 2 or len({key(names.get(n, "")) for n in repeated}) > 1:
        return [best]
    counts: dict[tuple[str, int], list[int]] = {}
    for column in sorted(known):
        counts.setdefault(known[column], []).append(column)
    several = {found: columns for found, columns in counts.items() if len(columns) == len(repeated)}
    shared = {field: column for field, column in best.items() if known[column] not in several}
    return [
        {**shared, **{field: columns[n] for (field, _rank), columns in several.items()}}
        for n in range(len(repeated))
    ]


def _best_columns(known: Mapping[int, tuple[str, int]]) -> dict[str, int]:
    """Return the most likely column for each field, such as ``{"title": 2, "start": 0}``.

    If no column has rooms, the second column with categories (if there is one) is taken for the rooms.

    Args:
        known: pairs of a field and a rank, by column. A column with a lower rank is more likely to have the
            field.
    """
    best: dict[str, int] = {}
    for column in sorted(known, key=lambda n: (known[n][1], n)):
        best.setdefault(known[column][0], column)
    others = [n for n in known if known[n][0] == "category" and n != best.get("category")]
    if others and "room" not in best:
        best["room"] = others[0]
    return best


def _label(upper: Row | None, group: Mapping[str, int], number: int) -> str:
    """Return the text above a group of columns, in the row above the header; empty if there is none.

    Such a text often stands only above the first column of its group. So the text above the group's column of
    titles is returned, or else the nearest text to its left.

    Args:
        upper: the row above the header; None if there is none.
        group: the columns of the group, by field.
        number: the number of groups in the table. If it is 1, the text is not read.
    """
    if upper is None or number < 2 or "title" not in group:
        return ""
    cells = list(upper.cells[: group["title"] + 1])
    texts = [*takewhile(lambda text: not text.strip(), reversed(cells))]
    place = len(cells) - len(texts) - 1
    return cells[place].strip() if place >= 0 else ""


def _requested_columns(requested: Requested, names: Mapping[int, str]) -> dict[str, int]:
    """Return the columns that the user chose, by field. The user gives them as names or letters.

    Raises:
        UnknownValue: there is no such column.
    """
    found: dict[str, int] = {}
    by_name: dict[str, int] = {}
    for column, name in names.items():
        by_name.setdefault(key(name), column)
    for field, name in requested.columns.items():
        chosen = by_name.get(key(name), _by_letters(name))
        if chosen is None:
            known = [*names.values()]
            raise UnknownValue(_('no column "{name}"').format(name=name), nearest(name, known), known)
        found[field] = chosen
    return found


def _without_names(requested: Requested) -> Header:
    columns = {field: column_number(name) or 0 for field, name in requested.columns.items()}
    return Header([columns], {n: column_name(n) for n in columns.values()})


def _by_letters(name: str) -> int | None:
    return column_number(name) if _is_letters(name) else None


def _is_letters(name: str) -> bool:
    return name.isupper() and column_number(name) is not None
