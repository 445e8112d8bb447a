"""JSON generated piece by piece, compared with the standard library."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from summitcli.exports.indented import RawEntries, RawJson, dumps, iterencode
from summitcli.text.printable import printable_json

LEAVES = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)


def whole(value: Any) -> str:
    return printable_json(json.dumps(value, ensure_ascii=False, indent=2))


@given(VALUES)
def test_any_value_is_formatted_as_by_the_library(value: Any) -> None:
    assert dumps(value) == whole(value)
    assert "".join(iterencode(value)) == whole(value)


@given(st.lists(VALUES, max_size=4))
def test_an_iterator_is_an_array(values: list[Any]) -> None:
    assert "".join(iterencode({"a": iter(values), "b": [iter(values)]})) == whole(
        {"a": values, "b": [values]}
    )


def test_raw_json_is_unchanged() -> None:
    written = RawJson('{\n    "n": 1\n  }')
    assert "".join(iterencode([written])) == whole([{"n": 1}])
    assert "".join(iterencode({"a": RawEntries(['"x": 1', '"y": 2']), "b": RawEntries([])})) == whole(
        {"a": {"x": 1, "y": 2}, "b": {}}
    )


def test_an_array_is_generated_lazily() -> None:
    taken: list[int] = []
    values = (taken.append(number) or number for number in range(5))  # type: ignore[func-returns-value]
    made = iterencode(values)
    while "1" not in next(made):
        pass
    assert taken == [0, 1]
