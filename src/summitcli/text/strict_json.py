"""JSON that every reader takes for the same: no key twice, no NaN, no bytes that are not UTF-8.

RFC 8259, sections 4, 6 and 8.1, leaves the first two to the reader and asks for the third.
"""

from __future__ import annotations

import json

from summitcli.i18n import _
from summitcli.lazy_typing import Any, NoReturn


class NotJson(ValueError):
    """Bytes that are no such document; ``str()`` says why, in the reader's words.

    ``place`` is the line and the column, counted from 1, as far as they are known.
    """

    def __init__(self, sentence: str, place: tuple[int, int] | None = None) -> None:
        self.place = place
        super().__init__(sentence)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(_('the key "{key}" is there twice').format(key=twice))
    return made


def _no_constant(constant: str) -> NoReturn:
    raise ValueError(_("{name} is not valid JSON").format(name=constant))


_SMALL = 100_000
"""Bytes that can't hold more than may be decoded, so that nothing is counted in them."""

_OF_LONG_NUMBERS = "Exceeds the limit"
"""How Python's sentence begins on a number of more digits than it reads ("Integer string conversion length
limitation"), which goes on to say which of its settings to change."""

DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)
"""Decodes in that manner; what it raises is not yet in the reader's words."""


def must_be_affordable(data: bytes) -> None:
    """Raise NotJson if ``data`` holds more than may be decoded; it may be anything else, too."""
    if len(data) <= _SMALL:
        return
    from summitcli.budgets import overspent_json

    if sentence := overspent_json(data):
        raise NotJson(sentence)


def loads(data: bytes) -> Any:
    """The document in ``data``.

    Raises:
        NotJson: it is not such a document, or holds more than may be decoded (:mod:`summitcli.budgets`).
    """
    must_be_affordable(data)
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
    """Return why something could not be decoded, in the reader's words."""
    sentence = str(error)
    return _("a number has too many digits") if sentence.startswith(_OF_LONG_NUMBERS) else sentence
