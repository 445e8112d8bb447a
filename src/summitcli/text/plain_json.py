"""JSON by the C functions of the standard library, without the overhead of ``import json``.

The regular expressions that ``import json`` compiles take longer than the JSON of a short answer. The
results are those of the ``json`` module with default settings.
"""

from __future__ import annotations

from collections.abc import Callable

from summitcli.lazy_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import json as _json
else:
    try:
        import _json
    except ImportError:  # A Python without the C module.
        _json = None


class _Decoder:
    """The settings that the C scanner needs, in attributes named as in ``json.JSONDecoder``."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_int, parse_float = int, float
    parse_constant = float


def _scanner() -> Callable[[str, int], tuple[Any, int]]:
    make: Any = getattr(_json, "make_scanner", None)
    if make is None:
        from json import JSONDecoder

        return JSONDecoder().scan_once  # type: ignore[attr-defined, no-any-return]
    return make(_Decoder)  # type: ignore[no-any-return]


def _encoder(ascii_only: bool) -> Callable[[Any], str]:
    make: Any = getattr(_json, "make_encoder", None)
    if make is None:
        from json import JSONEncoder

        return JSONEncoder(ensure_ascii=ascii_only).encode
    quote: Any = getattr(_json, "encode_basestring_ascii" if ascii_only else "encode_basestring")
    # The arguments: markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys,
    # allow_nan.
    parts = make(None, _unknown, quote, None, ": ", ", ", False, False, True)
    return lambda value: "".join(parts(value, 0))


def _unknown(value: object) -> None:
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


scan = _scanner()
"""A function that parses the JSON value at an offset of a text, as ``raw_decode`` does but faster.

It returns the value and the offset after it, or raises StopIteration if there is no value.
"""

encode = _encoder(ascii_only=False)
"""A function that encodes a value as JSON on one line."""

encode_ascii = _encoder(ascii_only=True)
"""A function that encodes a value as ASCII JSON on one line, the form that SQLite always accepts."""
