"""Writing the result of a command: a picture (table or grid) in a terminal, text in a pipe or a file.

A picture is what :mod:`summitcli.render` makes for people, such as a table or a grid. Long results are made
and written in pieces: consecutive parts that are joined without anything between them."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from summitcli.cli.call import Call
from summitcli.cli.options import Document, Output
from summitcli.cli.output.translation import translated
from summitcli.cli.terminal.environment import stderr_is_terminal
from summitcli.cli.terminal.messages import say
from summitcli.cli.terminal.once import skip_written
from summitcli.errors import CATALOG_READ_ERRORS, CutShort, Status, UnknownValue, Unreachable, UsageError
from summitcli.exports import OBJECT, ROWS, SESSIONS, TABLE, Format, format_named, formats_of
from summitcli.exports.rows import Request
from summitcli.exports.rows.cells import columns_of
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.rows import SessionRow

if TYPE_CHECKING:
    from rich.console import RenderableType

    from summitcli.catalog.selection import Selection
    from summitcli.exports.calendar.ics import Options
    from summitcli.exports.page import PageOptions


def answer(
    call: Call,
    kind: type,
    rows: Sequence[Any] | Selection,
    output: Output,
    nothing: str = "",
    picture: str = "",
    shown: Any = None,
    stars: bool = False,
    **context: Any,
) -> Status:
    """Write ``rows`` in the requested format; by default as a picture in a terminal, else as TSV.

    Args:
        call: the running command.
        kind: the class of the rows.
        rows: the rows.
        output: the output options.
        nothing: the message if there are no rows.
        picture: the key of :data:`summitcli.render.PICTURES` to draw; empty for the name of ``kind``.
        shown: the data of the picture; None for the rows.
        stars: whether an HTML page marks the sessions in the agenda.
        context: other arguments of the picture. They, and ``shown``, may be functions without arguments. Such
            a function is called only if the picture is drawn, and its result is used.

    Returns:
        The exit code: DONE, or NOTHING if there are no rows.

    Raises:
        UsageError: ``output`` has options that exclude each other, or an unknown format or field.
    """
    if output.fields == "help":
        write("".join(f"{field}\n" for field in _fields(kind)))
        return Status.DONE
    format_ = _format(call, kind, output)
    if format_ is None:
        _columns(kind, None, output)
        if rows:
            draw(call, drawn(call, picture or kind.__name__, rows if shown is None else shown, context))
    else:
        page = None
        if stars:
            from summitcli.exports.page import PageOptions

            page = PageOptions(stars)
        write_pieces(pieces_of(call, kind, rows, output, page=page), format_)
    if not rows and nothing:
        say(nothing)
    return Status.DONE if rows else Status.NOTHING


def draw(call: Call, picture: RenderableType) -> None:
    """Draw a picture on stdout; each piece of a long one is drawn as soon as it is made.

    In a terminal, a picture longer than the screen is shown in a pager.
    """
    from summitcli.cli.terminal.pager import paged
    from summitcli.render.console import Pieces

    _stop_progress()
    console = call.console
    pieces: Iterable[RenderableType] = (picture,)
    if isinstance(picture, Pieces):
        pieces = _not_restartable(picture.pieces(console, console.options))
    with paged(call.pager, console.height) as console.file:  # type: ignore[assignment]
        for piece in pieces:
            # A picture fits; a command to paste must stay on one line, however long.
            console.print(piece, crop=False)


def _not_restartable(pieces: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """Yield ``pieces`` unchanged; end the command if the catalog can't be read after the first piece.

    As long as nothing is drawn, the command can still be run again with a new catalog.

    Raises:
        CutShort: the catalog can't be read, and the pieces drawn so far can't be taken back.
    """
    made = iter(pieces)
    begun = False
    while True:
        try:
            piece = next(made, None)
        except CATALOG_READ_ERRORS as error:
            if begun:
                raise CutShort(str(error)) from error
            raise
        if piece is None:
            return
        yield piece
        begun = True


def drawn(call: Call, picture: str, shown: Any, context: Mapping[str, Any]) -> RenderableType:
    """Make and return one of the pictures in :data:`summitcli.render.PICTURES`.

    Args:
        call: the running command.
        picture: the key of the picture.
        shown: the data of the picture, or a function without arguments that returns it.
        context: the other arguments of the picture, by name, or functions that return them.
    """
    from summitcli.render import PICTURES

    found = PICTURES[picture]
    setting = (call.setting,) if found.needs_setting else ()
    told = {name: _value(value) for name, value in context.items()}
    return found.load()(*setting, _value(shown), **told)


def _value(value: Any) -> Any:
    return value() if callable(value) else value


def pieces_of(
    call: Call,
    kind: type,
    rows: Iterable[Any],
    output: Output,
    calendar: Options | None = None,
    page: PageOptions | None = None,
) -> Iterator[str]:
    """Return an iterator over the pieces of the text for ``rows`` in the requested format.

    Args:
        call: the running command.
        kind: the class of the rows.
        rows: the rows.
        output: the output options; their format must not be a picture.
        calendar: the options for a calendar; None for the defaults.
        page: the options for an HTML page; None for the defaults. If the page marks the sessions in the
            user's agendas, the calendar in it has the revision numbers (SEQUENCE) of these sessions.

    Raises:
        UsageError: as for :func:`answer`.
    """
    format_ = _format(call, kind, output)
    assert format_ is not None  # noqa: S101
    columns = _columns(kind, format_, output)
    rows = _with_details(call, kind, rows, output.template or "", columns)
    if output.template is not None:
        from summitcli.exports.rows.template import lines

        return lines(translated(call, kind, rows), output.template, _fields(kind))
    if format_.takes == SESSIONS:
        own = (page is not None and page.stars) or bool(getattr(rows, "is_agenda", False))
        return format_.writer(rows, _request_of_sessions(call, calendar, page, own))
    shown = rows if format_.lossless else translated(call, kind, rows)
    return format_.writer(shown, Request(columns, output.header))


def validate_output(call: Call, kind: type, output: Output) -> None:
    """Raise UsageError unless rows of ``kind`` can be written as ``output`` asks.

    A command that changes something calls this first.

    Raises:
        UsageError: as for :func:`answer`.
    """
    if output.fields != "help":
        if _format(call, kind, output) is None:
            _columns(kind, None, output)
        else:
            pieces_of(call, kind, (), output)


def write_document(
    call: Call, facts: Mapping[str, Any], output: Document, picture: str, shown: Any = None, **context: Any
) -> None:
    """Write an object: a picture in a terminal; in a pipe, lines of path and value, or JSON if requested.

    Args:
        call: the running command.
        facts: the object.
        output: the output options.
        picture: the key of the picture in :data:`summitcli.render.PICTURES` that shows the object.
        shown: the data of the picture if it does not show ``facts``; may be a function, as in :func:`answer`.
        context: other arguments of the picture, as for :func:`answer`.

    Raises:
        UsageError: the format is not available for an object.
    """
    format_ = _format(call, OBJECT, Output(output.format, output.json))
    if format_ is None:
        draw(call, drawn(call, picture, facts if shown is None else shown, context))
    else:
        write_pieces(format_.writer(facts))


def write(text: str) -> None:
    """Write ``text`` to stdout."""
    write_pieces((text,))


def write_pieces(pieces: Iterable[str], format_: Format | None = None) -> None:
    """Write each of ``pieces`` to stdout as soon as it is made.

    If the encoding of stdout lacks a character, it becomes a reference such as ``&#8230;`` in HTML and XML,
    and an escape such as ``\\u2026`` in other formats.
    """
    stdout = sys.stdout
    if (
        format_
        and format_.references
        and isinstance(stdout, io.TextIOWrapper)
        and stdout.encoding.lower().replace("-", "") != "utf8"
    ):
        # The text declares that it is UTF-8, which includes ASCII.
        stdout.reconfigure(encoding="ascii", errors="xmlcharrefreplace")
    _stop_progress()
    for piece in skip_written(pieces):
        stdout.write(piece)


def _stop_progress() -> None:
    """Stop showing progress once output begins, unless the output goes to a file.

    In a terminal, the output itself shows the progress; in a pipe, a pager may use the terminal.
    """
    if not stderr_is_terminal():
        return
    from summitcli.progress import set_listener

    try:
        in_file = stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        in_file = False
    if not in_file:
        set_listener(None)


def write_file(path: str, pieces: Iterable[str]) -> None:
    """Write ``pieces`` in UTF-8 to a file that the user named; see :mod:`summitcli.cli.output.file`.

    Raises:
        Unreachable: the file can't be written; an ordinary file that exists is unchanged.
    """
    from summitcli.cli.output import file

    try:
        file.write(path, file.encoded(pieces))
    except OSError as error:
        raise Unreachable(_("can't write {name}").format(name=path), error) from error


def check_new_file(path: str) -> None:
    """Raise Unreachable if ``path``, a file to be created, exists already."""
    if os.path.lexists(path):
        sentence = _("can't write {name}").format(name=path)
        raise Unreachable(sentence, _("it exists already; choose another name"))


def write_new_file(path: str, text: str) -> None:
    """Write ``text`` in UTF-8 to a file that must not exist.

    Raises:
        Unreachable: the file exists, or can't be written.
    """
    from summitcli.cli.output import file

    try:
        file.write_new(path, text.encode())
    except OSError as error:
        check_new_file(path)
        raise Unreachable(_("can't write {name}").format(name=path), error) from error


def is_drawn(call: Call, output: Output) -> bool:
    """Return whether the rows will be drawn as a picture, rather than written as text."""
    if output.fields == "help" or output.template is not None:
        return False
    return ("json" if output.json else output.format or _default_format(call, output)) == TABLE


def _default_format(call: Call, output: Output) -> str:
    """Return the name of the format if the user gives none: a picture in a terminal, otherwise TSV."""
    return TABLE if call.terminal and not output.fields and not output.header else "tsv"


def _format(call: Call, kind: type | str, output: Output) -> Format | None:
    """Return the format in which rows of ``kind`` are written; None for a picture.

    Raises:
        UsageError: the format is not available for ``kind``, or options exclude each other.
    """
    named = None if output.format is None else format_named(output.format, kind)
    if output.json and output.format not in (None, "json"):
        raise UsageError(_("--json can't be used with --format {name}").format(name=output.format))
    if "" in (output.fields, output.template):
        raise UsageError(_("--fields and --template can't be empty"))
    if output.template is not None and (output.json or output.format or output.fields):
        raise UsageError(_("--template can't be used with --format or --fields"))
    if output.format is not None:
        return named
    if output.template is not None:
        return format_named("tsv", kind)
    return format_named("json" if output.json else _default_format(call, output), kind)


def _columns(kind: type, format_: Format | None, output: Output) -> tuple[str, ...]:
    """Return the names of the fields to write; ``format_`` is None for a picture.

    Raises:
        UsageError: a field is unknown, or the format has no fields.
    """
    available = _fields(kind)
    if not output.fields:
        return available if format_ and format_.lossless else columns_of(kind)
    if format_ is None or format_.takes != ROWS:
        names = _(", ").join(other.name for other in formats_of(kind) if other.takes == ROWS)
        raise UsageError(_("--fields can only be used with {names}").format(names=names))
    chosen = tuple(name.strip() for name in output.fields.split(","))
    for name in chosen:
        if name not in available:
            from summitcli.text.suggest import nearest

            raise UnknownValue(_('no field "{name}"').format(name=name), nearest(name, available), available)
    return chosen


def _request_of_sessions(
    call: Call, calendar: Options | None, page: PageOptions | None, own: bool
) -> Request:
    """Return the settings for formats that export whole sessions, such as the language and the catalog.

    Calendar events get the revision numbers of the user's agendas only if ``own`` is True: if they are
    exported from an agenda.
    """

    def revisions() -> Mapping[str, int]:
        from summitcli.cli.output.calendar import revisions

        return revisions(call)

    return Request(
        catalog=call.catalog,
        language=call.names_language,
        revisions=revisions if own else dict,
        calendar=calendar,
        page=page,
    )


_LAST_FIELDS = {"SessionRow": "slots", "SpeakerRow": "sessions"}
"""For classes of rows with details (fields such as biographies): the last field before the details."""


def _with_details(
    call: Call, kind: type, rows: Iterable[Any], template: str, columns: Iterable[str]
) -> Iterable[Any]:
    """Return ``rows``; add details such as biographies only if ``template`` or ``columns`` name one."""
    if kind.__name__ not in _LAST_FIELDS:
        return rows
    fields = _fields(kind)
    details = fields[fields.index(_LAST_FIELDS[kind.__name__]) + 1 :]
    if not any(name in columns or name in template for name in details):
        return rows
    from summitcli.catalog.detailed import speakers_with_details, with_details

    return (with_details if kind is SessionRow else speakers_with_details)(call.catalog, rows)


def _fields(kind: type) -> tuple[str, ...]:
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    return fields
