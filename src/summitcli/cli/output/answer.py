"""How an answer reaches the user: drawn on a terminal, exported into a pipe or a file, hints beside it."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from summitcli.cli.call import Call
from summitcli.cli.options import Document, Output
from summitcli.cli.terminal.environment import is_watched
from summitcli.cli.terminal.messages import say
from summitcli.cli.terminal.once import once
from summitcli.errors import CATALOG_READ_ERRORS, CutShort, Status, UnknownValue, Unreachable, UsageError
from summitcli.exports import OBJECT, ROWS, SESSIONS, TABLE, Format, format_named, formats_of
from summitcli.exports.rows import Request
from summitcli.exports.rows.cells import columns_of
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.rows import Listing, SessionRow

if TYPE_CHECKING:
    from rich.console import RenderableType

    from summitcli.catalog.selection import Selection
    from summitcli.exports.calendar.ics import Options


def answer(
    call: Call,
    kind: type,
    rows: Sequence[Any] | Selection,
    output: Output,
    nothing: str = "",
    picture: str = "",
    shown: Any = None,
    **context: Any,
) -> Status:
    """Write ``rows`` in the format asked for, or drawn where stdout is a terminal.

    Args:
        call: the call to answer.
        kind: the class of the rows, also where there are none.
        rows: the answer.
        output: what was asked of its form.
        nothing: what to say where there are no rows.
        picture: which of :data:`summitcli.render.PICTURES` to draw, where it is not that of the rows' class.
        shown: what the picture is of, where that is not the rows.
        context: what else the picture is told. Here and in ``shown``, a function without arguments stands
            for what it returns, and is called only if something is drawn.

    Returns:
        DONE, or NOTHING where there are no rows.

    Raises:
        UsageError: ``output`` contradicts itself or names an unknown format or field.
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
        write_pieces(pieces_of(call, kind, rows, output), format_)
    if not rows and nothing:
        say(nothing)
    return Status.DONE if rows else Status.NOTHING


def draw(call: Call, picture: RenderableType) -> None:
    """Draw a picture on stdout, in its pieces where it has some."""
    from summitcli.render.console import Pieces

    _leave_to_answer()
    console = call.console
    pieces: Iterable[RenderableType] = (picture,)
    if isinstance(picture, Pieces):
        pieces = _in_one_go(picture.pieces(console, console.options))
    for piece in pieces:
        # A picture fits; but a command to paste is one line, however long.
        console.print(piece, crop=False)


def _in_one_go(pieces: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """Yield ``pieces``.

    Raises:
        CutShort: a catalog was misread when some of them had been given, so that they can't be made again.
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
    """Return a picture of :data:`summitcli.render.PICTURES`.

    Args:
        call: the call to answer.
        picture: its name.
        shown: what it is of; like each value of ``context``, or a function that returns it.
        context: what else it is told, by name.
    """
    from summitcli.render import PICTURES

    found = PICTURES[picture]
    setting = (call.setting,) if found.needs_setting else ()
    told = {name: _value(value) for name, value in context.items()}
    return found.load()(*setting, _value(shown), **told)


def _value(value: Any) -> Any:
    return value() if callable(value) else value


def pieces_of(
    call: Call, kind: type, rows: Iterable[Any], output: Output, calendar: Options | None = None
) -> Iterator[str]:
    """Return ``rows`` in the format asked for, which is not that of a terminal, made while it is taken.

    Args:
        call: the call to answer.
        kind: the class of the rows, also where there are none.
        rows: the answer.
        output: what was asked of its form.
        calendar: how a calendar is to be written.

    Raises:
        UsageError: as for :func:`answer`.
    """
    format_ = _format(call, kind, output)
    assert format_ is not None  # noqa: S101
    columns = _columns(kind, format_, output)
    if output.template is not None:
        from summitcli.exports.rows.template import lines

        return lines(_translated(call, kind, rows), output.template, _fields(kind))
    if format_.takes == SESSIONS:
        return format_.writer(rows, _request_of_sessions(call, calendar))
    shown = rows if format_.lossless else _translated(call, kind, rows)
    return format_.writer(shown, Request(columns, output.header))


def must_be_possible(call: Call, kind: type, output: Output) -> None:
    """Raise UsageError unless rows of that kind can leave as asked; for a command that changes things first.

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
    """Write one object: drawn on a terminal, as lines of path and value in a pipe, or as JSON.

    Args:
        call: the call to answer.
        facts: the object.
        output: what was asked of its form.
        picture: which of :data:`summitcli.render.PICTURES` to draw.
        shown: what the picture is of, where that is not the object; as for :func:`answer`.
        context: what else the picture is told; as for :func:`answer`.

    Raises:
        UsageError: ``output`` names a format that an object has not.
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

    What the encoding lacks is written as ``format_`` has it, else as an escape.
    """
    stdout = sys.stdout
    if (
        format_
        and format_.references
        and isinstance(stdout, io.TextIOWrapper)
        and stdout.encoding.lower().replace("-", "") != "utf8"
    ):
        # The text says of itself that it is UTF-8, of which ASCII is a part.
        stdout.reconfigure(encoding="ascii", errors="xmlcharrefreplace")
    _leave_to_answer()
    for piece in once(pieces):
        stdout.write(piece)


def _leave_to_answer() -> None:
    """Show no longer how far work is, unless the answer goes into a file: what comes of it shows that.

    Where it goes into a pipe, a pager may have the terminal.
    """
    if not is_watched():
        return
    from summitcli.progress import set_listener

    try:
        in_file = stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        in_file = False
    if not in_file:
        set_listener(None)


def write_file(path: str, pieces: Iterable[str]) -> None:
    """Write ``pieces`` to the file that the user named, in UTF-8; see :mod:`summitcli.cli.output.file`.

    Raises:
        Unreachable: it can't be written; an ordinary file that was there before is still there.
    """
    from summitcli.cli.output import file

    try:
        file.write(path, file.encoded(pieces))
    except OSError as error:
        raise Unreachable(_("can't write {name}").format(name=path), error) from error


def is_drawn(call: Call, output: Output) -> bool:
    """Return whether the answer will be a picture for the eye."""
    asked = "json" if output.json else output.format
    return output.fields != "help" and output.template is None and (asked or _unasked(call, output)) == TABLE


def _unasked(call: Call, output: Output) -> str:
    """Return the name of the format where none is asked for."""
    return TABLE if call.terminal and not output.fields and not output.header else "tsv"


def _format(call: Call, kind: type | str, output: Output) -> Format | None:
    """Return the format asked for, or implied; None for a picture.

    Raises:
        UsageError: there is none of that name for ``kind``, or ``output`` contradicts itself.
    """
    named = None if output.format is None else format_named(output.format, kind)
    if output.json and output.format not in (None, "json"):
        raise UsageError(_("--json and --format {name} contradict each other").format(name=output.format))
    if "" in (output.fields, output.template):
        raise UsageError(_("--fields and --template can't be empty"))
    if output.template is not None and (output.json or output.format or output.fields):
        raise UsageError(_("--template is a format of its own: leave out --format and --fields"))
    if output.format is not None:
        return named
    if output.template is not None:
        return format_named("tsv", kind)
    return format_named("json" if output.json else _unasked(call, output), kind)


def _columns(kind: type, format_: Format | None, output: Output) -> tuple[str, ...]:
    """Return the fields to write; ``format_`` is None for a picture.

    Raises:
        UsageError: fields are chosen that there are not, or for a format that has no columns.
    """
    known = _fields(kind)
    if not output.fields:
        return known if format_ and format_.lossless else columns_of(kind)
    if format_ is None or format_.takes != ROWS:
        names = _(", ").join(one.name for one in formats_of(kind) if one.takes == ROWS)
        raise UsageError(_("--fields goes with {names}").format(names=names))
    chosen = tuple(name.strip() for name in output.fields.split(","))
    for name in chosen:
        if name not in known:
            from summitcli.text.suggest import nearest

            raise UnknownValue(_('no field "{name}"').format(name=name), nearest(name, known), known)
    return chosen


def _request_of_sessions(call: Call, calendar: Options | None) -> Request:
    """Return what the writers of sessions are told."""

    def revisions() -> Mapping[str, int]:
        from summitcli.cli.output.calendar import revisions

        return revisions(call)

    return Request(catalog=call.catalog, language=call.names_language, revisions=revisions, calendar=calendar)


def _fields(kind: type) -> tuple[str, ...]:
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    return fields


def _translated(call: Call, kind: type, rows: Iterable[Any]) -> Iterable[Any]:
    """``rows`` with their names in the language to show."""
    if rows == () or not _has_names(kind) or call.names_language == call.conference.language:
        return rows
    if issubclass(kind, Listing | SessionRow):
        names = {row.id: call.name(row.names) for row in call.catalog.categories()}
        return (
            row._replace(
                title=call.name(row.titles),
                category_name=names.get(row.category),
                description=call.name(row.descriptions) or row.description,
            )
            for row in rows
        )
    if hasattr(kind, "translated"):
        return (row.translated(call.name) for row in rows)
    return (row._replace(name=call.name(row.names)) for row in rows)


def _has_names(kind: type) -> bool:
    """Whether rows name something of the schedule; others are shown without reading any."""
    return issubclass(kind, Listing | SessionRow) or hasattr(kind, "translated") or "names" in _fields(kind)
