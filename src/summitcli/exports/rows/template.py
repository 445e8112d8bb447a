"""A line of the user's own for each row."""

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
    r"""Return ``template`` filled in for each row, a line end after each.

    Args:
        rows: NamedTuples of one kind.
        template: text with ``{field}``, doubled braces for braces, and ``\t`` and ``\n``.
        fields: the fields that may be named.

    Raises:
        UsageError: the braces don't match, or hold more than a name.
        UnknownValue: a name is no field.
    """
    # What is wrong with the template is said before anything is written.
    pieces = _parse(template, fields)
    columns = [field for _literal, field in pieces if field]
    answers: Iterator[list[list[str]]] = (
        cells(batch, columns) if columns else [[] for _row in batch] for batch in batches(rows)
    )
    return (printable_document(partial(_filled, pieces, batch)) for batch in answers)


def _parse(template: str, fields: Sequence[str]) -> list[tuple[str, str | None]]:
    """The literal texts of ``template``, each with the field that follows it."""
    try:
        pieces = list(Formatter().parse(template))
    except ValueError:
        raise UsageError(_("a brace of the template stands alone; write {{ or }} for one itself")) from None
    for _literal, field, specification, conversion in pieces:
        if field is None:
            continue
        if specification or conversion:
            raise UsageError(_('write "{{{field}}}" alone in the template').format(field=field))
        if field not in fields:
            sentence = _('no field "{field}"').format(field=field)
            raise UnknownValue(sentence, nearest(field, fields), tuple(fields))
    return [(_unescape(literal), field) for literal, field, _specification, _conversion in pieces]


def _unescape(literal: str) -> str:
    import re

    return re.sub(r"\\[tn\\]", lambda match: _BACKSLASHES[match[0]], literal)


def _filled(
    pieces: list[tuple[str, str | None]], answers: Iterable[list[str]], safe: Callable[[str], str]
) -> str:
    return "".join(_fill(pieces, answer, safe) for answer in answers)


def _fill(pieces: list[tuple[str, str | None]], answer: list[str], safe: Callable[[str], str]) -> str:
    values = iter(answer)
    filled = (literal + (safe(next(values)) if field else "") for literal, field in pieces)
    return "".join(filled) + "\n"
