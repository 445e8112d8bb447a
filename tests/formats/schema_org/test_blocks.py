"""Blocks of JSON-LD in pages."""

from typing import Any

import pytest

from summitcli.formats.schema_org.blocks import (
    MAX_TAG_LENGTH,
    About,
    Block,
    about,
    blocks,
    decoded,
    load,
    looks_like_page,
)
from summitcli.text.strict_json import NotJson
from tests.limits import in_proportion

TAG = '<script type="application/ld+json">'


def found(page: str) -> list[tuple[str, int]]:
    return [(block.data.decode(), block.line) for block in blocks(page.encode())]


def loaded(text: str, line: int = 1) -> Any:
    return load(Block(text.encode(), line))


def fault(text: str, line: int = 1) -> tuple[str, object]:
    with pytest.raises(NotJson) as caught:
        loaded(text, line)
    return str(caught.value), caught.value.place


def test_blocks_are_found_in_order_with_their_lines() -> None:
    page = f"<html>\n<script>1</script>\n{TAG}a\n</script>\n<p>{TAG}\nb</script></html>"
    assert found(page) == [("a\n", 3), ("\nb", 5)]


@pytest.mark.parametrize(
    "tag",
    [
        "<script type=application/ld+json>",
        "<SCRIPT ID='x' TYPE = 'Application/LD+JSON' defer>",
        '<script type="application/ld+json; charset=utf-8">',
        '<script\n data-x="1"\n type="application/ld&#43;json">',
    ],
)
def test_a_tag_may_be_written_in_any_way(tag: str) -> None:
    assert [text for text, _line in found(f"{tag}a</Script >")] == ["a"]


@pytest.mark.parametrize(
    "page",
    [
        "<script>a</script>",
        '<script type="application/json">a</script>',
        '<script type="application/ld+jsonp">a</script>',
        f"<!-- {TAG}a</script> -->",
        f"<!-- {TAG}a</script>",
        f"{TAG}a",
        f"<script>var x = '{TAG}a'</script>",
        f'<script type="application/ld+json" x="{"y" * MAX_TAG_LENGTH}">a</script>',
        "",
    ],
)
def test_other_scripts_do_not_count(page: str) -> None:
    assert found(page) == []


def test_a_comment_in_a_block_is_part_of_it() -> None:
    assert found(f"{TAG}<!-- a</script><!-- b --> {TAG}c</script>") == [("<!-- a", 1), ("c", 1)]


@pytest.mark.parametrize(
    "beginning", ["<!doctype html>", "<html>", "<HEAD>", "\ufeff \n<script x>", "<meta a>"]
)
def test_a_page_is_recognised_by_its_beginning(beginning: str) -> None:
    assert looks_like_page(beginning.encode())


@pytest.mark.parametrize("beginning", ["", "{", "BEGIN:VCALENDAR", "<schedule>", "<header>", "text <html>"])
def test_other_files_are_not_pages(beginning: str) -> None:
    assert not looks_like_page(beginning.encode())


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = '<html><meta charset="gb2312"><title>数字</title>'
    assert decoded(page.encode("gbk")).decode("utf-8-sig") == page
    page = "<html><meta http-equiv=x content='text/html; charset=iso-8859-1'><title>Größe</title>"
    assert decoded(page.encode("latin-1")).decode("utf-8-sig") == page
    assert decoded(page.encode()) == page.encode()
    assert decoded(b"<html>\xff") == b"<html>\xff"


def test_what_a_page_says_about_itself() -> None:
    page = b"<html class=x lang=de-AT><head><title>\n Tea &amp; Cake </title></head>"
    assert about(page) == About("Tea & Cake", "de-AT")
    assert about(b"<html><title></title>") == about(b"") == About()


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "x"}',
        '\n//<![CDATA[\n{"a": "x"}\n//]]>\n',
        '/*<![CDATA[*/ {"a": "x"} /*]]>*/',
        '<!--\n{"a": "x"}\n-->',
        '<![CDATA[{"a": "x"}]]>',
    ],
)
def test_marks_around_a_block_are_removed(text: str) -> None:
    assert loaded(text) == {"a": "x"}


def test_marks_in_a_text_stay() -> None:
    assert loaded('{"a": "<!-- x -->", "b": "]]>"}') == {"a": "<!-- x -->", "b": "]]>"}


def test_line_ends_in_texts_and_keys_that_recur_are_accepted() -> None:
    assert loaded('{"a": "x\ny\t", "a": "z"}') == {"a": "z"}
    assert loaded('["x\ny\t"]') == ["x\ny\t"]


@pytest.mark.parametrize(
    ("text", "expected", "place"),
    [
        ('{\n "a": ]', "it is not valid JSON at line 12, column 7", (12, 7)),
        ("<!--\n{,}\n-->", "it is not valid JSON at line 12, column 2", (12, 2)),
        ("[NaN]", "NaN is not valid JSON", (11, 1)),
        ("[" + "9" * 5_000 + "]", "a number has too many digits", (11, 1)),
        ("[" * 100_000, "it is nested too deeply", (11, 1)),
        ("", "it is not valid JSON at line 11, column 1", (11, 1)),
    ],
)
def test_what_is_not_json_is_reported_with_its_place_in_the_page(
    text: str, expected: str, place: object
) -> None:
    assert fault(text, 11) == (expected, place)


@pytest.mark.parametrize(
    "piece",
    [
        "<script ", "<script type=application/ld+json>", "<!--", "<!---->", "</script", "<",
        f"{TAG}</script>",
        "<meta ", "<html ", "<title>", " ", "<script>",
    ],
)  # fmt: skip
@in_proportion()
def test_a_page_of_nonsense_is_read_in_moments(piece: str) -> None:
    page = b"<html>" + piece.encode() * (500_000 // len(piece))
    assert looks_like_page(page)
    [*blocks(page)]
    about(decoded(page))


@pytest.mark.parametrize("piece", [" ", "\t", "-", "/", "*", "//", "]"])
@in_proportion()
def test_a_block_of_nonsense_is_read_in_moments(piece: str) -> None:
    for text in (piece * 1_000_000, "<!--" + piece * 1_000_000 + "-->"):
        fault(text)
