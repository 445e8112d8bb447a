"""Tests of XML elements as text."""

from summitcli.exports.elements import block, element, start
from tests.hostile import EVIL, HALVES


def test_an_element_has_its_text_and_attributes_escaped() -> None:
    attributes = {"href": 'a&b"\n', "type": "<"}
    expected = '<a href="a&amp;b&quot;&#10;" type="&lt;">1 &lt; 2 &amp; 3</a>'
    assert element("a", "1 < 2 & 3", attributes) == expected
    assert element("a", "", {"b": "c"}) == '<a b="c" />'
    assert start("a") == "<a>"


def test_a_block_has_its_lines_indented() -> None:
    assert block("a", {"b": "c"}, ["<x />", "<y />"], "  ") == '  <a b="c">\n    <x />\n    <y />\n  </a>\n'


def test_forbidden_characters_are_left_out_and_controls_are_references() -> None:
    assert element("a", "x\0\ufffe\r\ny\x85\u202e") == "<a>x\ny&#x85;&#x202e;</a>"
    assert not set(element("a", EVIL + HALVES)) & {*HALVES, "\x1b", "\x9b"}
