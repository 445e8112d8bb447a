"""Tests for texts: HTML becomes Markdown, everything else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.assembly.prose import MAX_TAGS, line, plain
from tests.limits import in_proportion


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d", "I <3 you", "C++ vector<int>", "Map<a, b>", "a <b but not c", "List<i>", "<you>",
        "AT&amp;T and &lt;3", "mail <ada@example.org>", "<https://example.org/>", "1 < 2\n\n\n\n3", "x <a> y",
    ],
)  # fmt: skip
def test_text_without_html_stays(text: str) -> None:
    assert plain(text) == text
    assert line(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "made"),
    {
        "<p>One &amp; two</p><p>three</p>": "One & two\n\nthree",
        "one<br>two<br/>three": "one\ntwo\nthree",
        "<ul><li>a</li><li>b</li></ul>": "- a\n- b",
        '<a href="https://example.org/a_b">here</a>': "[here](https://example.org/a_b)",
        "<A HREF=https://example.org/>here</A>": "[here](https://example.org/)",
        "<em>so</em> and <strong>so</strong>": "*so* and **so**",
        "<h2>Aims</h2>snake_case * 2": "## Aims\n\nsnake_case * 2",
        "<p>if a < b: vector<int></p>": "if a < b: vector<int>",
        "&lt;p&gt;escaped &amp;amp; more&lt;/p&gt;": "escaped & more",
        "<p>x<!-- y --><script>alert(1)</script><style>p {}</style>z</p>": "xz",
        "<p>x <script>y</p>": "x <script>y",
        "<p>a&#0;b&#xD800;c&#99999999999999999999;d</p>": "a\ufffdb\ufffdc\ufffdd",
        '<p title="a>b">c</p>': 'b">c',
        "<p></p> <br>": None,
        "  \r\n ": None,
        "": None,
        "a\rb\r\nc\n": "a\nb\nc",
        "a\0b\ud800c": "ab\ufffdc",
    }.items(),
)  # fmt: skip
def test_html_becomes_markdown_without_invalid_characters(text: str, made: str | None) -> None:
    assert plain(text) == made


@pytest.mark.parametrize(
    ("text", "made"),
    {
        "  A\n title\t": "A title",
        "<b>Bold</b> &amp; <i>fine</i>": "Bold & fine",
        "Q&amp;A": "Q&amp;A",
        "<p>One</p><p>two</p>": "One two",
        "x<br>y": "x y",
        "\x00\ud800": "\ufffd",
        "&lt;b&gt;x&lt;/b&gt;": "x",
        " ": "",
    }.items(),
)
def test_a_title_becomes_one_line_without_tags(text: str, made: str) -> None:
    assert line(text) == made


HOSTILE = {
    "begun and never ended": "<b " * 100_000 + "</b>",
    "quotes that never end": "<a href='" * 50_000 + "</a>",
    "comments that never end": "<!--" * 100_000 + "<br>",
    "scripts that never end": "<script>" * 50_000 + "<br>",
    "nested too deeply": "<div>" * 4_000 + "x" + "</div>" * 4_000,
    "nested deeply": "<div>" * 2_000 + "x" + "</div>" * 2_000,
    "as many tags as are read": "<br>x" * (MAX_TAGS - 1),
    "tables of no end": "<tr>" * 4_000 + "x",
    "white space": "<p>" + " " * 200_000 + "x",
    "white space between tags": "<p>x</p>" + (" " * 49 + "<br>") * 2_000,
    "hard spaces": "<p>" + "&nbsp;" * 50_000 + "&#160;" * 50_000 + "x",
    "lines of blanks": "<p>" + (" " * 40 + "x\n") * 5_000,
    "blank lines": "<p>" + "\n" * 200_000 + "x",
    "one long name": "<" + "a" * 200_000 + "<br>",
    "a number of many digits": "<p>x &#" + "9" * 100_000 + ";",
    "attributes without end": "<a " + "href=" * 50_000 + ">x</a>",
    "escaped": "&lt;b" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@in_proportion()
def test_hostile_html_is_converted(text: str) -> None:
    plain(text)
    line(text)


def test_the_text_of_elements_nested_too_deeply_is_kept() -> None:
    assert plain("<b>" * 1_000 + "x &amp; y" + "</b>" * 1_000) == "x & y"


@pytest.mark.parametrize("piece", ["<!---->", "<script></script>", "<!-- <style> </style> -->"])
@in_proportion()
def test_many_comments_and_scripts_are_removed(piece: str) -> None:
    assert (plain(f"<p>a</p>{piece * 200_000}"), line(f"<p>a</p>{piece * 200_000}")) == ("a", "a")


PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<", ">", "&lt;", "&amp;", "<a href='", "x", " ", "\n", "\ud800"]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join))
def test_every_text_becomes_valid_utf_8(text: str) -> None:
    for made in (plain(text) or "x", line(text) or "x"):
        assert made.encode() and "\0" not in made and made == made.strip()
    assert "\n" not in line(text)


@given(st.text("a开 \xa0\u3000\n\x1c\0\u200b\ud800"))
def test_a_line_is_its_words(text: str) -> None:
    mended = text.replace("\0", "").replace("\ud800", "\ufffd")
    assert line(text) == " ".join(mended.split())
