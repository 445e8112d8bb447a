"""How an answer reaches the user: drawn on a terminal, exported into a pipe or a file, hints beside it."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from summitcli.cli.call import Call
from summitcli.cli.options import Document, Output
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UnknownValue, Unreachable, UsageError
from summitcli.exports import FORMATS, LOSSLESS, OF_SESSIONS, export
from summitcli.exports.cells import columns_of
from summitcli.i18n import _
from summitcli.rows import Listing, SessionRow
from summitcli.text.suggest import nearest

if TYPE_CHECKING:
    from rich.console import RenderableType

TABLE = "table"
CALENDAR = "ics"
PAGE = "html"
Draw = Callable[[], "RenderableType"]


def answer(
    call: Call, kind: type, rows: Sequence[Any], output: Output, draw: Draw, nothing: str = ""
) -> Status:
    """Write ``rows`` in the format asked for, or drawn where stdout is a terminal.

    Args:
        call: the call to answer.
        kind: the class of the rows, also where there are none.
        rows: the answer.
        output: what was asked of its form.
        draw: makes the picture for a terminal; called only there.
        nothing: what to say where there are no rows.

    Returns:
        DONE, or NOTHING where there are no rows.

    Raises:
        UsageError: ``output`` contradicts itself or names an unknown format or field.
    """
    if output.fields == "help":
        write("".join(f"{field}\n" for field in _fields(kind)))
        return Status.DONE
    if _format(call, output) == TABLE:
        _columns(kind, TABLE, output)
        if rows:
            call.console.print(draw())
    else:
        write(text_of(call, kind, rows, output))
    if not rows and nothing:
        say(nothing)
    return Status.DONE if rows else Status.NOTHING


def text_of(call: Call, kind: type, rows: Sequence[Any], output: Output) -> str:
    """``rows`` in the format asked for, which is not that of a terminal.

    Raises:
        UsageError: as for :func:`answer`.
    """
    format_ = _format(call, output)
    columns = _columns(kind, format_, output)
    if output.template is not None:
        from summitcli.exports.template import lines

        return lines(_translated(call, rows), output.template, _fields(kind))
    if format_ == CALENDAR:
        from summitcli.cli.output.calendar import calendar, entries

        return calendar(call, entries(call, rows))
    if format_ == PAGE:
        from summitcli.cli.output.page import page, write_references

        write_references()
        return page(call, rows)
    shown = rows if format_ in LOSSLESS else _translated(call, rows)
    header = "\t".join(columns) + "\n" if output.header and format_ == "tsv" else ""
    return header + export(format_)(shown, columns)


def must_be_possible(call: Call, kind: type, output: Output) -> None:
    """Nothing, if rows of that kind can leave as asked; for a command that changes something first.

    Raises:
        UsageError: as for :func:`answer`.
    """
    if output.fields != "help":
        if _format(call, output) == TABLE:
            _columns(kind, TABLE, output)
        else:
            text_of(call, kind, (), output)


def write_document(call: Call, facts: Mapping[str, Any], output: Document, draw: Draw) -> None:
    """Write one object: drawn on a terminal, as lines of path and value in a pipe, or as JSON.

    Raises:
        UsageError: ``output`` names a format that an object has not.
    """
    _known_format(output.format, (TABLE, "tsv", "json"))
    format_ = _format(call, Output(output.format, output.json))
    if format_ == TABLE:
        call.console.print(draw())
    elif format_ == "json":
        from summitcli.exports.documents import document

        write(document(facts))
    else:
        from summitcli.exports.delimited import pairs

        write(pairs(facts))


def write(text: str) -> None:
    """Write ``text`` to stdout, as it is."""
    sys.stdout.write(text)


def write_file(path: str, text: str) -> None:
    """Write ``text`` to the file that the user named, in UTF-8; see :mod:`summitcli.cli.output.file`.

    Raises:
        Unreachable: it can't be written; an ordinary file that was there before is still there.
    """
    from summitcli.cli.output import file

    try:
        file.write(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise Unreachable(_("can't write {name}").format(name=path), error) from error


def is_drawn(call: Call, output: Output) -> bool:
    """Whether the answer will be a picture for the eye."""
    return output.fields != "help" and _format(call, output) == TABLE


def _format(call: Call, output: Output) -> str:
    _known_format(output.format, (TABLE, *FORMATS, *OF_SESSIONS))
    if output.json and output.format not in (None, "json"):
        raise UsageError(_("--json and --format {name} contradict each other").format(name=output.format))
    asked = "json" if output.json else output.format
    if "" in (output.fields, output.template):
        raise UsageError(_("--fields and --template can't be empty"))
    if output.template is not None:
        if asked or output.fields:
            raise UsageError(_("--template is a format of its own: leave out --format and --fields"))
        return "tsv"
    if asked is None and call.terminal and not output.fields and not output.header:
        return TABLE
    return asked or "tsv"


def _known_format(name: str | None, known: Sequence[str]) -> None:
    if name is not None and name not in known:
        raise UnknownValue(_('no format "{name}"').format(name=name), nearest(name, known), known)


def _columns(kind: type, format_: str, output: Output) -> tuple[str, ...]:
    known = _fields(kind)
    if format_ == "ids" and "id" not in known:
        raise UsageError(_("these rows have no ids; leave out --format ids"))
    if format_ == CALENDAR and kind not in (Listing, SessionRow):
        raise UsageError(_("only sessions go into a calendar; leave out --format ics"))
    if format_ == PAGE and kind not in (Listing, SessionRow):
        raise UsageError(_("only sessions go onto a page; leave out --format html"))
    if not output.fields:
        return known if format_ in LOSSLESS else columns_of(kind)
    if format_ in (TABLE, "ids", *OF_SESSIONS):
        raise UsageError(_("--fields goes with tsv, csv, json, jsonl and md"))
    chosen = tuple(name.strip() for name in output.fields.split(","))
    for name in chosen:
        if name not in known:
            raise UnknownValue(_('no field "{name}"').format(name=name), nearest(name, known), known)
    return chosen


def _fields(kind: type) -> tuple[str, ...]:
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    return fields


def _translated(call: Call, rows: Sequence[Any]) -> Sequence[Any]:
    """``rows`` with their names in the language to show."""
    if not rows or not _has_names(rows[0]) or call.names_language == call.conference.language:
        return rows
    if isinstance(rows[0], Listing | SessionRow):
        names = {row.id: call.name(row.names) for row in call.catalog.categories()}
        return [
            row._replace(title=call.name(row.titles), category_name=names.get(row.category)) for row in rows
        ]
    return [row._replace(name=call.name(row.names)) for row in rows]


def _has_names(row: Any) -> bool:
    """Whether a row names something of the schedule; others are shown without reading any."""
    return isinstance(row, Listing | SessionRow) or hasattr(row, "names")
