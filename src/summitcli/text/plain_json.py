"""JSON by the functions of the library that are in C, without the expressions that ``import json`` compiles.

Compiling those takes longer than reading and writing what is JSON of a short answer. What is read and written
is what the library reads and writes unless told otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

from summitcli.lazy_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import json as _json
else:
    try:
        import _json
    except ImportError:  # A Python that has JSON from elsewhere.
        _json = None


class _Decoder:
    """What the scanner asks a decoder for, as ``json.JSONDecoder`` has it."""

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
    # No marks against cycles, no indent, what stands after a key and between two, no order of keys, none left
    # out, and numbers that are none as they are.
    parts = make(None, _unknown, quote, None, ": ", ", ", False, False, True)
    return lambda value: "".join(parts(value, 0))


def _unknown(value: object) -> None:
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


scan = _scanner()
"""Read a JSON value from a place in a text, and tell where it ends; where there is none, raise StopIteration.
``raw_decode`` does the same by way of a frame of Python's own, which is noticed at 25,000 rows."""

encode = _encoder(ascii_only=False)
"""Return a value as JSON on one line."""

encode_ascii = _encoder(ascii_only=True)
"""Return a value as JSON in ASCII on one line, such as SQLite takes of any text there can be."""
