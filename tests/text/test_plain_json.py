"""JSON without the ``json`` module, compared with that module."""

import json
import subprocess
import sys
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.text import plain_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
)
TEXTS = ("\ud800", '"\\/\b\f\n\r\t\x00\x7f', "数字 \U0001f600\u2028", "")


@given(VALUES)
def test_what_is_written_is_what_the_library_writes(value: object) -> None:
    assert plain_json.encode(value) == json.dumps(value, ensure_ascii=False)
    assert plain_json.encode_ascii(value) == json.dumps(value)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_every_text_is_written_as_by_the_library(text: str) -> None:
    assert plain_json.encode([text]) == json.dumps([text], ensure_ascii=False)
    assert plain_json.encode_ascii((text,)) == json.dumps([text])


def test_values_that_json_lacks_are_rejected() -> None:
    with pytest.raises(TypeError, match="Object of type object is not JSON serializable"):
        plain_json.encode([object()])


@given(VALUES, st.text())
def test_a_value_is_read_from_its_place_and_no_further(value: object, before: str) -> None:
    text = json.dumps(value)
    # A number ends where something stands that is no part of one.
    assert plain_json.scan(f"{before}{text} ]", len(before)) == (value, len(before) + len(text))


@pytest.mark.parametrize("text", ["", "x", "[1,", '{"a" 1}', '"\n"', "nul"])
def test_a_missing_value_is_rejected_like_by_the_library(text: str) -> None:
    with pytest.raises((StopIteration, json.JSONDecodeError)):
        plain_json.scan(text, 0)


def test_nan_and_infinity_are_read_like_by_the_library() -> None:
    (found, low, high), _end = plain_json.scan("[NaN, -Infinity, Infinity]", 0)
    assert isnan(found) and [low, high] == [float("-inf"), float("inf")]


@given(VALUES)
def test_without_the_functions_in_c_the_library_itself_answers(value: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_json, "_json", None)
        scan, encode = plain_json._scanner(), plain_json._encoder(ascii_only=True)
    text = encode(value)
    assert text == plain_json.encode_ascii(value)
    assert scan(text, 0) == plain_json.scan(text, 0) == (value, len(text))


def test_the_library_s_module_is_not_loaded() -> None:
    code = f"import sys; sys.path[:0] = {sys.path!r}; from summitcli.text.plain_json import encode"
    code += "; print(encode({}), {'json', 're'} & {*sys.modules})"
    command = [sys.executable, "-I", "-S", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "{} set()\n"
