"""The output formats: what each one can write, its file extensions and the function that writes it.

A format is a function in a module of this package and an entry in :data:`FORMATS`. Help, shell completion,
file extensions and error messages all follow from that entry. The functions yield their text in pieces, which
are joined without anything between them. They don't print or open files. This module imports none of the
functions; :attr:`Format.writer` does so when one is needed.
"""

from collections.abc import Callable, Iterator

from summitcli.errors import UnknownValue, UsageError
from summitcli.i18n import _

ROWS = "rows"
"""The value of :attr:`Format.takes` if the format writes rows of any class.

:attr:`Format.writer` takes ``(rows, request)``.
"""
IDS = "rows with ids"
SESSIONS = "sessions"
"""The value of :attr:`Format.takes` if the format writes only sessions and listings.

A listing is a session at one of its times. :attr:`Format.writer` takes ``(rows, request)``. It also reads
details of the sessions, which the rows don't have, from the schedule.
"""
OBJECT = "object"
"""The value of :attr:`Format.takes` if the format writes one object, such as a mapping.

:attr:`Format.writer` takes ``(value)``.
"""
SCHEDULE = "schedule"
"""The value of :attr:`Format.takes` if the format writes a whole schedule.

:attr:`Format.writer` takes ``(parsed)``.
"""


class Format:
    """An output format for one kind of data.

    Args:
        name: the name, as given to ``--format``.
        extensions: the file extensions, without the dot.
        takes: the kind of data that it writes: :data:`ROWS`, :data:`IDS`, :data:`SESSIONS`, :data:`OBJECT` or
            :data:`SCHEDULE`.
        write: the function that writes it, such as ``rows.delimited:tsv``: a module below this package, a
            colon and the function's name.
        lossless: whether it writes all fields by default, with their types and untranslated.
        references: whether a character that the output's encoding lacks may be written as a reference, such
            as ``&#8230;``.
    """

    def __init__(
        self,
        name: str,
        extensions: tuple[str, ...],
        takes: str,
        write: str,
        lossless: bool = False,
        references: bool = False,
    ) -> None:
        self.name = name
        self.extensions = extensions
        self.takes = takes
        self.write = write
        self.lossless = lossless
        self.references = references

    @property
    def writer(self) -> Callable[..., Iterator[str]]:
        """Import and return the function that writes the format; its arguments depend on ``takes``."""
        module, _colon, function = self.write.partition(":")
        # Not importlib, which would load ``warnings`` as well.
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
    # The extensions of RFC 5545, section 8.1, and two that other programs use.
    Format("ics", ("ics", "ical", "icalendar", "ifb"), SESSIONS, "rows.calendar:ics"),
    Format("html", ("html", "htm"), SESSIONS, "rows.page:html", references=True),
    Format("tsv", (), OBJECT, "objects:tsv"),
    Format("json", (), OBJECT, "objects:json"),
    Format("json", ("json",), SCHEDULE, "schedules.native:native"),
    Format("summit", (), SCHEDULE, "schedules.native:native"),
    Format("yaml", ("yaml", "yml"), SCHEDULE, "schedules.native_yaml:yaml"),
    Format("frab-json", (), SCHEDULE, "schedules.frab_json:frab_json"),
    Format("frab-xml", ("xml",), SCHEDULE, "schedules.frab_xml:frab_xml"),
    Format("ics", ("ics",), SCHEDULE, "schedules.listed:ics"),
    Format("csv", ("csv",), SCHEDULE, "schedules.listed:csv"),
)
"""All formats, in the order of help. A name such as ``json`` occurs once for each kind of data."""

TABLE = "table"
"""The name of the format for terminals. It is not in :data:`FORMATS`, as :mod:`summitcli.render` draws it."""


def formats_of(kind: type | str) -> list[Format]:
    """Return the formats in which ``kind`` can be written.

    Args:
        kind: a class of rows, :data:`OBJECT` or :data:`SCHEDULE`.
    """
    accepted = _accepted_as(kind)
    return [format_ for format_ in FORMATS if format_.takes in accepted]


def formats_for(kind: type | str, drawn: bool = True) -> tuple[str, ...]:
    """Return the names of the formats in which a command can print ``kind``, in the order of :data:`FORMATS`.

    Args:
        kind: a class of rows, :data:`OBJECT` or :data:`SCHEDULE`.
        drawn: whether the command can also draw a :data:`TABLE`, which then comes first.
    """
    names = tuple(format_.name for format_ in formats_of(kind))
    return (TABLE, *names) if drawn else names


def format_named(name: str, kind: type | str, drawn: bool = True) -> Format | None:
    """Return the format named ``name``, or None for :data:`TABLE`.

    Args:
        name: the name given by the user.
        kind: what is to be written: a class of rows, :data:`OBJECT` or :data:`SCHEDULE`.
        drawn: whether the command can also draw a :data:`TABLE`.

    Raises:
        UnknownValue: there is no format of this name for ``kind``; the error suggests similar names.
        UsageError: ``kind`` is a class of rows, and the format writes only other rows, such as sessions.
    """
    known = formats_for(kind, drawn)
    if name not in known:
        _refuse_for_rows(name, kind)
        from summitcli.text.suggest import nearest

        raise UnknownValue(_('no format "{name}"').format(name=name), nearest(name, known), known)
    return next((format_ for format_ in formats_of(kind) if format_.name == name), None)


def format_of_file(name: str, kind: type | str) -> Format | None:
    """Return the format for a file name's extension; None if the name has no extension, as in ``-``.

    Args:
        name: the file name.
        kind: what is to be written: a class of rows, :data:`OBJECT` or :data:`SCHEDULE`.

    Raises:
        UnknownValue: no format for ``kind`` has that extension; the error suggests similar names.
    """
    extension = _extension(name)
    if not extension:
        return None
    for format_ in formats_of(kind):
        if extension in format_.extensions:
            return format_
    from summitcli.text.suggest import nearest

    known = formats_for(kind, drawn=False)
    sentence = _('unknown file extension ".{name}"; choose a format with --format')
    raise UnknownValue(sentence.format(name=extension), nearest(extension, known), known)


def _extension(name: str) -> str:
    """Return the extension of a file name in lower case, without the dot; empty for ``.profile``."""
    from posixpath import splitext

    return splitext(name.replace("\\", "/"))[1].removeprefix(".").lower()


def _accepted_as(kind: type | str) -> tuple[str, ...]:
    """Return which values :attr:`Format.takes` has in the formats that can write ``kind``.

    Rows with a field ``id`` can be written in the formats for :data:`ROWS` and in those for :data:`IDS`, for
    example.

    Args:
        kind: a class of rows, such as ``Listing``; or :data:`OBJECT` or :data:`SCHEDULE`, for which the
            result has only ``kind`` itself.
    """
    if isinstance(kind, str):
        return (kind,)
    # Imported here, as the help page of all commands needs the formats of objects only.
    from summitcli.rows import Listing, SessionRow

    if kind in (Listing, SessionRow):
        return ROWS, IDS, SESSIONS
    return (ROWS, IDS) if "id" in kind._fields else (ROWS,)  # type: ignore[attr-defined]


def _refuse_for_rows(name: str, kind: type | str) -> None:
    """Raise UsageError if there is a format named ``name`` but it can't write rows of ``kind``; say why."""
    if isinstance(kind, str):
        return
    takes = {format_.takes for format_ in FORMATS if format_.name == name}
    if IDS in takes:
        raise UsageError(_("this list has no IDs; choose another format than {name}").format(name=name))
    if SESSIONS in takes:
        raise UsageError(
            _("only sessions can be written as {name}; leave out --format {name}").format(name=name)
        )
