"""Rows as text made from a user's template, such as ``{start} {title}``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from string import Formatter

from summitcli.errors import UnknownValue, UsageError
from summitcli.exports.rows import batches
from summitcli.exports.rows.cells import cells
from summitcli.i18n import _
from summitcli.lazy_typing import Any
from summitcli.text.printable import printable_document
from summitcli.text.suggest import nearest

_BACKSLASHES = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}


def lines(rows: Iterable[Any], template: str, fields: Sequence[str]) -> Iterator[str]:
    r"""Return an iterator over lines of text: for each row, the template with the row's values filled in.

    Args:
        rows: the rows, all of one class.
        template: text with fields such as ``{title}``. Braces that are to be printed are doubled. ``\t``
            stands for a tab and ``\n`` for a line end.
        fields: the names of the fields that may be used.

    Raises:
        UsageError: the braces don't match, or contain anything but a name.
        UnknownValue: the template contains a field that is not in ``fields``.
    """
    # Not in a generator, so that a faulty template is reported before anything is written.
    pieces = _parse(template, fields)
    columns = [field for _literal, field in pieces if field]
    rows_of_values: Iterator[list[list[str]]] = (
        cells(batch, columns) if columns else [[] for _row in batch] for batch in batches(rows)
    )
    return (printable_document(partial(_filled, pieces, batch)) for batch in rows_of_values)


def _parse(template: str, fields: Sequence[str]) -> list[tuple[str, str | None]]:
    """Return the parts of ``template``, such as ``[("at ", "start"), (" in ", "room"), ("!", None)]``.

    Each is a pair: a text, and the name of the field after it, or None at the end of the template.
    """
    try:
        pieces = list(Formatter().parse(template))
    except ValueError:
        raise UsageError(_("unmatched brace in the template; use {{ or }} for a literal brace")) from None
    for _literal, field, specification, conversion in pieces:
        if field is None:
            continue
        if specification or conversion:
            sentence = _('use plain "{{{field}}}" in the template, without ":…" or "!…"')
            raise UsageError(sentence.format(field=field))
        if field not in fields:
            sentence = _('no field "{field}"').format(field=field)
            raise UnknownValue(sentence, nearest(field, fields), tuple(fields))
    return [(_unescape(literal), field) for literal, field, _specification, _conversion in pieces]


def _unescape(literal: str) -> str:
    import re

    return re.sub(r"\\[tn\\]", lambda match: _BACKSLASHES[match[0]], literal)


def _filled(
    pieces: list[tuple[str, str | None]], rows_of_values: Iterable[list[str]], safe: Callable[[str], str]
) -> str:
    return "".join(_fill(pieces, values_of_row, safe) for values_of_row in rows_of_values)


def _fill(pieces: list[tuple[str, str | None]], values_of_row: list[str], safe: Callable[[str], str]) -> str:
    values = iter(values_of_row)
    filled = (literal + (safe(next(values)) if field else "") for literal, field in pieces)
    return "".join(filled) + "\n"
