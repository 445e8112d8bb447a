"""What is no schedule: it is said what it looks like instead."""

import pytest

from summitcli.errors import UnknownFormat
from summitcli.formats import parse

PAGE = b'<!DOCTYPE html><head><link rel="alternate" type="application/json" href="%s"></head>'

SAID = {
    b"": "it is empty",
    b" \n\t\r": "it is blank",
    b"\xef\xbb\xbf": "it is blank",
    b"Session 1: opening": "it looks like plain text",
    b'"format"': "it looks like plain text",
    b"\x00\x01": "it looks like binary data",
    b"%PDF-1.7\n": "it is a PDF file",
    b"PK\x03\x04\x14\x00": "it is a ZIP file",
    b"\x89PNG\r\n\x1a\n\x00": "it is a PNG file",
    b"\xff\xfe{\x00": "it is text in UTF-16; save it as UTF-8",
    b"BEGIN:VCARD\r\nEND:VCARD": "it begins with BEGIN:VCARD, and a calendar with BEGIN:VCALENDAR",
    b"{}": "it is JSON that says nothing",
    b"[1]": "it is JSON of another kind, a list",
    b'{"talks": [], "b": 1}': 'it is JSON of another kind, with "talks", "b"',
    b'{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}': 'it is JSON of another kind, with "a", "b", "c", "d", "e", …',
    b'{"' + 99 * b"k" + b'": 1}': f'it is JSON of another kind, with "{30 * "k"}"',
    b'{"conference": {}, "sessions": []}': 'it is JSON without "format": "summit-schedule/1"',
    b'{"schedule": {\n"conf': "it is not valid JSON at line 2, column 1",
    b"<?xml version='1.0'?><rss/>": "it is XML of another kind, <rss>",
    b"<!-- a feed --><atom:feed xmlns:atom='x'/>": "it is XML of another kind, <feed>",
    b"<!DOCTYPE html>": "it looks like a page of HTML",
    b"\n<HTML lang=zh>": "it looks like a page of HTML",
    PAGE % b"/plan.json": "it looks like a page of HTML",
    PAGE % b"https://example.org/plan.json": (
        "it looks like a page of HTML; `summit use https://example.org/plan.json` takes what it links to"
    ),
    PAGE % b"https://example.org/$(id)/plan.json?a;b": (
        "it looks like a page of HTML; `summit use 'https://example.org/$(id)/plan.json?a;b'`"
        " takes what it links to"
    ),
}


@pytest.mark.parametrize("content", SAID, ids=lambda content: content[:30])
def test_what_is_no_schedule_is_named(content: bytes) -> None:
    with pytest.raises(UnknownFormat) as caught:
        list(parse(content, "plan").sessions)
    assert str(caught.value) == f"plan is not a schedule: {SAID[content]}"
