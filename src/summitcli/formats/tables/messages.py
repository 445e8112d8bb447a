"""Messages about a table: which columns were read as which fields, and what is missing."""

from collections.abc import Sequence

from summitcli.formats.tables.columns import Header
from summitcli.formats.tables.rows import column_name
from summitcli.formats.tables.words import FIELDS
from summitcli.i18n import _

EXAMPLE = ("title,day,start,end", "Opening,2022-07-23,10:00,11:00")
"""The lines of a very small table that is a schedule, as an example in messages."""

MAX_NAMES = 12
"""The maximum number of columns that a message lists as not read."""
_SHOWN = 30
"""The largest number of characters of a column's name that a message shows."""


def no_title() -> str:
    """Return the message that no column has the titles."""
    return _(
        "no column has the titles; name it with --columns title=NAME, or write the table as in this"
        " example: {example}"
    ).format(example=_example())


def no_day() -> str:
    """Return the message that the table has no days for its sessions."""
    return _(
        "no column has the days; give the day with --columns day=2022-07-23, or write the table as"
        " in this example: {example}"
    ).format(example=_example())


def no_times() -> str:
    """Return the message that the table has no columns for days and times."""
    return _(
        "it has neither days nor times, like an export of submissions; export the schedule, or write the"
        " table as in this example: {example}"
    ).format(example=_example())


def no_columns() -> str:
    """Return the message that a table has no columns that can be recognised as titles, days and times."""
    return _(
        "it is a table without columns for titles, days and times; name them with --columns, or write the"
        " table as in this example: {example}"
    ).format(example=_example())


def no_year() -> str:
    """Return the message that the dates in the table have no year."""
    return _("its dates have no year; give the first day with --columns day=2022-07-23")


def no_first_day() -> str:
    """Return the message that the days are only numbered, and that the date of the first is unknown."""
    return _("its days have no dates; give the first one with --columns day=2022-07-23")


def columns_note(header: Header) -> str:
    """Return the message that tells which columns were read as which fields, and which were not read."""
    used: dict[int, list[str]] = {}
    for group in header.groups:
        for field in FIELDS:
            if field in group and field not in used.setdefault(group[field], []):
                used[group[field]].append(field)
    pairs = [
        f"{field}={_shown(header, column)}"
        for column, fields in sorted(used.items(), key=lambda pair: FIELDS.index(pair[1][0]))
        for field in fields
    ]
    read = _("columns: {pairs}").format(pairs=_(", ").join(dict.fromkeys(pairs)))
    others = [_shown(header, column) for column in header.names if column not in used]
    if not others:
        return read
    shown = [*others[:MAX_NAMES], *(["…"] if len(others) > MAX_NAMES else [])]
    return _("{columns}; not read: {names}").format(columns=read, names=_(", ").join(shown))


def comma_note(name: str) -> str:
    """Return the message that a name with a comma, such as ``Meier, Karl``, was read as two speakers."""
    sentence = _('"{name}" was read as two speakers; for one, write the surname last, or ";" after the name')
    return sentence.format(name=name)


def _shown(header: Header, column: int) -> str:
    name = " ".join(header.names.get(column, column_name(column)).split())
    return _('"{name}"').format(name=name if len(name) <= _SHOWN else f"{name[: _SHOWN - 1]}…")


def _example() -> str:
    lines: Sequence[str] = [_('"{name}"').format(name=line) for line in EXAMPLE]
    return _("{first} and {second}").format(first=lines[0], second=lines[1])
