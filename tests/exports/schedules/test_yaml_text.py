"""Values as YAML: plain where nothing can take them for anything else."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from summitcli.exports.schedules.yaml_text import MAX_WIDTH, Plain, item, lines, scalar
from summitcli.formats.yaml_tree import load

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30) | st.text(
    "a:# -\n'\"{}[],&*!|>%@`~\t1", max_size=8
)
VALUES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=9
)


@given(st.dictionaries(TEXTS.filter(lambda key: key != "<<"), VALUES, min_size=1, max_size=4))
def test_any_texts_read_back_equal(value: dict[str, object]) -> None:
    text = "".join(lines(value))
    if "<<" not in text:
        assert load(text.encode()) == value


@given(TEXTS)
def test_a_text_is_a_text_in_every_version_of_yaml(text: str) -> None:
    found = yaml.safe_load("".join(lines({"a": text})))  # type: ignore[no-untyped-call]
    assert found == {"a": text}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Tea for two", "Tea for two"), ("36C3 opening", "36C3 opening"), ("茶", "茶"), ("a:b", "a:b"),
        ("a: b", '"a: b"'), ("a #b", '"a #b"'), ("a#b", "a#b"), ("a ", '"a "'), ("", '""'), ("-", '"-"'),
        ("no", '"no"'), ("Yes", '"Yes"'), ("null", '"null"'), ("12:30", '"12:30"'), ("2.0", '"2.0"'),
        ("2024-05-01", '"2024-05-01"'), (Plain("2024-05-01"), "2024-05-01"), ("a:", '"a:"'),
        ('say "x"', 'say "x"'), ('"x"', r'"\"x\""'), ("a\\b\tc", r'"a\\b\tc"'), ("\u202e", r'"\u202e"'),
        ("\U000e0041", r'"\U000e0041"'), ("\x9b", r'"\x9b"'), (True, "true"), (False, "false"), (1, "1"),
        (1.5, "1.5"), (None, "~"), ("a, b", "a, b"),
    ],
)  # fmt: skip
def test_a_scalar_is_quoted_only_if_it_must_be(value: object, written: str) -> None:
    assert scalar(value) == written


def test_brackets_and_commas_are_quoted_within_brackets() -> None:
    assert scalar("a, b", flow=True) == '"a, b"'
    assert (
        "".join(lines({"a": ["b", "c]"], "d": {"e": "f", "g": "{"}})) == 'a: [b, "c]"]\nd: {e: f, g: "{"}\n'
    )


def test_what_does_not_fit_on_a_line_has_a_line_for_each_value() -> None:
    long = "x" * (MAX_WIDTH - 7)
    assert "".join(lines({"a": {"b": long}})) == f"a:\n  b: {long}\n"
    assert "".join(lines({"a": {"b": long[1:]}})) == f"a: {{b: {long[1:]}}}\n"
    assert "".join(lines({"a": [long, "z"]})) == f"a:\n  - {long}\n  - z\n"
    assert "".join(item({"a": {"b": ["c"]}, "d": "e"}, "  ")) == "  - a:\n      b: [c]\n    d: e\n"


def test_a_text_of_several_lines_is_a_block_if_it_can_be() -> None:
    assert "".join(lines({"a": "b\n\n  c"})) == "a: |-\n  b\n\n    c\n"
    assert "".join(lines({"a": " b\nc"})) == 'a: " b\\nc"\n'
    assert "".join(lines({"a": "b\nc\n"})) == 'a: "b\\nc\\n"\n'
