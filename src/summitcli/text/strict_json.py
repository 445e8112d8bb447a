"""Strict JSON parsing: no duplicate keys, no NaN or Infinity, only UTF-8.

RFC 8259 leaves duplicate keys to implementations (section 4), and requires the rest (sections 6 and 8.1).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from summitcli.i18n import _
from summitcli.lazy_typing import Any, NoReturn


class NotJson(ValueError):
    """The error that a text is not valid JSON; ``str()`` is the reason, in the current language.

    ``place`` is the line and the column, counted from 1, if known.
    """

    def __init__(self, sentence: str, place: tuple[int, int] | None = None) -> None:
        self.place = place
        super().__init__(sentence)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(_('duplicate key "{key}"').format(key=twice))
    return made


def _no_constant(constant: str) -> NoReturn:
    raise ValueError(_("{name} is not valid JSON").format(name=constant))


_MAX_UNCHECKED_SIZE = 100_000
"""A document of at most this size, in bytes, can't have too many values, so it need not be checked."""

_LONG_NUMBER_ERROR = "Exceeds the limit"
"""The beginning of Python's message for a number with too many digits.

The message is replaced, since it advises changing a setting of Python ("Integer string conversion length
limitation").
"""

DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)
"""The strict decoder; the messages of its errors are not translated."""


def check_budget(data: bytes) -> None:
    """Raise NotJson if ``data`` has more values than allowed (:mod:`summitcli.budgets`).

    ``data`` need not be valid JSON.
    """
    check_budget_of_pieces((data,), len(data))


def check_budget_of_pieces(pieces: Iterable[bytes], size: int) -> None:
    """Raise NotJson if the document in ``pieces`` has more values than allowed (:mod:`summitcli.budgets`).

    ``size`` is the size of the document in bytes.
    """
    if size <= _MAX_UNCHECKED_SIZE:
        return
    from summitcli.budgets import overspent_json

    if sentence := overspent_json(pieces, size):
        raise NotJson(sentence)


def loads(data: bytes) -> Any:
    """Parse a JSON document.

    Raises:
        NotJson: the document is invalid, or has more values than allowed (:mod:`summitcli.budgets`).
    """
    check_budget(data)
    try:
        return DECODER.decode(data.decode())
    except json.JSONDecodeError as error:
        fault = _("it is not valid JSON at line {line}, column {column}")
        sentence = fault.format(line=error.lineno, column=error.colno)
        raise NotJson(sentence, (error.lineno, error.colno)) from None
    except UnicodeDecodeError as error:
        *before, last = data[: error.start].decode().split("\n")
        raise NotJson(_("it is not UTF-8 text"), (len(before) + 1, len(last) + 1)) from None
    except RecursionError:
        raise NotJson(_("it is nested too deeply")) from None
    except ValueError as error:
        raise NotJson(reason(error)) from None


def reason(error: ValueError) -> str:
    """Return the message of a decoding error, in our own words if its reason is known."""
    sentence = str(error)
    return _("a number has too many digits") if sentence.startswith(_LONG_NUMBER_ERROR) else sentence
