"""How an answer reaches the user: drawn on a terminal, exported into a pipe, hints beside it."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from summitcli.catalog.rows import Listing, SessionRow
from summitcli.cli.call import Call
from summitcli.cli.options import Document, Output
from summitcli.errors import Status, UnknownValue, UsageError
from summitcli.exports import FORMATS, LOSSLESS, export
from summitcli.exports.cells import COLUMNS
from summitcli.i18n import _
from summitcli.printable import printable
from summitcli.suggest import nearest

if TYPE_CHECKING:
    from rich.console import RenderableType

TABLE = "table"
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
    format_ = _format(call, output)
    columns = _columns(kind, format_, output)
    if columns == ("help",):
        write("".join(f"{field}\n" for field in _fields(kind)))
        return Status.DONE
    if format_ == TABLE:
        if rows:
            call.console.print(draw())
    elif output.template is not None:
        from summitcli.exports.template import lines

        write(lines(_translated(call, rows), output.template, _fields(kind)))
    else:
        shown = rows if format_ in LOSSLESS else _translated(call, rows)
        header = "\t".join(columns) + "\n" if output.header and format_ == "tsv" else ""
        write(header + export(format_)(shown, columns))
    if not rows and nothing:
        say(nothing)
    return Status.DONE if rows else Status.NOTHING


def write_document(call: Call, facts: Mapping[str, Any], output: Document, draw: Draw) -> None:
    """Write one object: drawn on a terminal, as lines of path and value in a pipe, or as JSON.

    Raises:
        UsageError: ``output`` names a format that an object has not.
    """
    known = (TABLE, "tsv", "json")
    if output.format is not None and output.format not in known:
        raise UnknownValue(
            _('no format "{name}"').format(name=output.format), nearest(output.format, known), known
        )
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


def say(sentence: str) -> None:
    """Say one line on stderr."""
    sys.stdout.flush()
    sys.stderr.write(f"{printable(sentence)}\n")


def hint(call: Call, *commands: str) -> None:
    """Name the next useful commands, where somebody sits before a terminal."""
    if call.terminal and sys.stderr.isatty():
        from summitcli.render.console import console

        sys.stdout.flush()
        console(sys.stderr, None).print(" · ".join(commands), style="dim")


def is_drawn(call: Call, output: Output) -> bool:
    """Whether the answer will be a picture for the eye."""
    return _format(call, output) == TABLE


def _format(call: Call, output: Output) -> str:
    known = (TABLE, *FORMATS)
    if output.format is not None and output.format not in known:
        raise UnknownValue(
            _('no format "{name}"').format(name=output.format), nearest(output.format, known), known
        )
    if output.json and output.format not in (None, "json"):
        raise UsageError(_("--json and --format {name} contradict each other").format(name=output.format))
    asked = "json" if output.json else output.format
    if output.template is not None:
        if asked or output.fields:
            raise UsageError(_("--template is a format of its own: leave out --format and --fields"))
        return "tsv"
    if asked is None and call.terminal and not output.fields and not output.header:
        return TABLE
    return asked or "tsv"


def _columns(kind: type, format_: str, output: Output) -> tuple[str, ...]:
    known = _fields(kind)
    if format_ == "ids" and "id" not in known:
        raise UsageError(_("these rows have no ids; leave out --format ids"))
    if not output.fields:
        return known if format_ in LOSSLESS else COLUMNS[kind]
    if output.fields == "help":
        return ("help",)
    if format_ in (TABLE, "ids"):
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
    conference = call.conference
    language = call.names_language
    if not rows or language == conference.language:
        return rows
    if isinstance(rows[0], Listing | SessionRow):
        names = {row.id: call.name(row.names) for row in call.catalog.categories()}
        return [
            row._replace(title=call.name(row.titles), category_name=names.get(row.category)) for row in rows
        ]
    if hasattr(rows[0], "names"):
        return [row._replace(name=call.name(row.names)) for row in rows]
    return rows
