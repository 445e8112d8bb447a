"""Output formats: what can be written, of what, and which function writes it. Nothing here loads a writer.

A format is a function in a module of this package and a line in :data:`FORMATS`; help, completion, what a
file's ending means and the errors follow from that line. Writers yield text in pieces, each made when it is
taken: none prints or opens a file.
"""

from collections.abc import Callable, Iterator

from summitcli.errors import UnknownValue, UsageError
from summitcli.i18n import _

ROWS = "rows"
"""Rows of any kind: ``(rows, request)``, as for all rows; see :mod:`summitcli.exports.rows`."""
IDS = "rows with ids"
SESSIONS = "sessions"
"""Listings or sessions alone, whose writers ask the schedule for more."""
OBJECT = "object"
"""One object, a mapping: ``(value)``."""
SCHEDULE = "schedule"
"""A whole schedule, as :class:`summitcli.formats.parsed.Parsed`: ``(parsed)``."""


class Format:
    """An output format.

    Args:
        name: what people call it.
        endings: what the names of such files end with, without the dot.
        takes: what it is written of, such as :data:`ROWS`.
        write: the module below this package and the function in it, ``module:function``.
        lossless: whether it keeps every field, every type and the schedule's own language unless told
            otherwise.
        references: whether a character that an encoding lacks can be written as a character reference.
    """

    def __init__(
        self,
        name: str,
        endings: tuple[str, ...],
        takes: str,
        write: str,
        lossless: bool = False,
        references: bool = False,
    ) -> None:
        self.name = name
        self.endings = endings
        self.takes = takes
        self.write = write
        self.lossless = lossless
        self.references = references

    @property
    def writer(self) -> Callable[..., Iterator[str]]:
        """The function that writes it, loaded now; its arguments depend on what the format takes."""
        module, _colon, function = self.write.partition(":")
        # As ``from … import`` does; ``importlib`` would load ``warnings`` as well.
        loaded = __import__(f"{__name__}.{module}", fromlist=[function])
        found: Callable[..., Iterator[str]] = getattr(loaded, function)
        return found


FORMATS = (
    Format("tsv", ("tsv",), ROWS, "rows.delimited:tsv"),
    Format("csv", ("csv",), ROWS, "rows.delimited:csv"),
    Format("json", ("json",), ROWS, "rows.documents:json", lossless=True),
    Format("jsonl", ("jsonl",), ROWS, "rows.documents:jsonl", lossless=True),
    Format("ids", ("ids",), IDS, "rows.delimited:ids"),
    Format("md", ("md", "markdown"), ROWS, "rows.markdown:md"),
    # The endings of iCalendar are those of RFC 5545, section 8.1, and what programs made of its name.
    Format("ics", ("ics", "ical", "icalendar", "ifb"), SESSIONS, "rows.calendar:ics"),
    Format("html", ("html", "htm"), SESSIONS, "rows.page:html", references=True),
    Format("tsv", (), OBJECT, "objects:tsv"),
    Format("json", (), OBJECT, "objects:json"),
    Format("json", ("json",), SCHEDULE, "schedules.native:native"),
    Format("summit", (), SCHEDULE, "schedules.native:native"),
    Format("frab-json", (), SCHEDULE, "schedules.frab_json:frab_json"),
    Format("frab-xml", ("xml",), SCHEDULE, "schedules.frab_xml:frab_xml"),
    Format("ics", ("ics",), SCHEDULE, "schedules.listed:ics"),
    Format("csv", ("csv",), SCHEDULE, "schedules.listed:csv"),
)
"""Every format, in the order in which they are named; a name is there once for each thing it is taken for."""

TABLE = "table"
"""What is drawn on a terminal: a format by name alone, which :mod:`summitcli.render` draws."""


def formats_of(kind: type | str) -> list[Format]:
    """Return the formats that something can be written in.

    Args:
        kind: a class of rows, :data:`OBJECT` or :data:`SCHEDULE`.
    """
    taken = _taken_as(kind)
    return [format_ for format_ in FORMATS if format_.takes in taken]


def formats_for(kind: type | str, drawn: bool = True) -> tuple[str, ...]:
    """Return the names of the formats that a command takes that answers with ``kind``, in order.

    Args:
        kind: a class of rows, :data:`OBJECT` or :data:`SCHEDULE`.
        drawn: whether the answer can be drawn on a terminal, too.
    """
    names = tuple(format_.name for format_ in formats_of(kind))
    return (TABLE, *names) if drawn else names


def format_named(name: str, kind: type | str, drawn: bool = True) -> Format | None:
    """Return the format of that name; None for :data:`TABLE`.

    Args:
        name: what was asked for.
        kind: as for :func:`formats_for`.
        drawn: as for :func:`formats_for`.

    Raises:
        UnknownValue: there is no such format for that kind; with the nearest that there are.
        UsageError: rows of another kind have it.
    """
    known = formats_for(kind, drawn)
    if name not in known:
        _refuse_for_rows(name, kind)
        from summitcli.text.suggest import nearest

        raise UnknownValue(_('no format "{name}"').format(name=name), nearest(name, known), known)
    return next((format_ for format_ in formats_of(kind) if format_.name == name), None)


def format_of_file(name: str, kind: type | str) -> Format | None:
    """Return the format that the ending of a file's name stands for; None where it has no ending, or ``-``.

    Raises:
        UnknownValue: it is the ending of something else; with the nearest formats.
    """
    ending = _ending(name)
    if not ending:
        return None
    for format_ in formats_of(kind):
        if ending in format_.endings:
            return format_
    from summitcli.text.suggest import nearest

    known = formats_for(kind, drawn=False)
    sentence = _('no format is known by the ending ".{name}"; say with --format what to write')
    raise UnknownValue(sentence.format(name=ending), nearest(ending, known), known)


def _ending(name: str) -> str:
    """Return what stands behind the last dot of a file's name, in small letters; nothing of ``.profile``."""
    from posixpath import splitext

    return splitext(name.replace("\\", "/"))[1].removeprefix(".").lower()


def _taken_as(kind: type | str) -> tuple[str, ...]:
    """Return what values of ``kind`` can be taken for."""
    if isinstance(kind, str):
        return (kind,)
    # Not loaded for the page of all commands, which names the formats of objects.
    from summitcli.rows import Listing, SessionRow

    if kind in (Listing, SessionRow):
        return ROWS, IDS, SESSIONS
    return (ROWS, IDS) if "id" in kind._fields else (ROWS,)  # type: ignore[attr-defined]


def _refuse_for_rows(name: str, kind: type | str) -> None:
    """Raise UsageError with the reason if other rows than those of ``kind`` have the format ``name``."""
    if isinstance(kind, str):
        return
    takes = {format_.takes for format_ in FORMATS if format_.name == name}
    if IDS in takes:
        raise UsageError(_("these rows have no ids; leave out --format {name}").format(name=name))
    if SESSIONS in takes:
        raise UsageError(
            _("only sessions can be written as {name}; leave out --format {name}").format(name=name)
        )
