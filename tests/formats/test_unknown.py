"""Descriptions of files that are not schedules."""

import pytest

from summitcli.errors import UnknownFormat
from summitcli.formats import parse

PAGE = b'<!DOCTYPE html><head><link rel="alternate" type="application/json" href="%s"></head>'
GITHUB = b'<!DOCTYPE html><html><head><meta property="og:site_name" content="GitHub" /></head>'

SAID = {
    b"": "it is empty",
    b" \n\t\r": "it contains only white space",
    b"\xef\xbb\xbf": "it contains only white space",
    b"Session 1: opening": "it looks like plain text",
    b'"format"': "it looks like plain text",
    b"Name,Room\nA,B\n": (
        "it is a table without columns for titles, days and times; name them with --columns, or write the"
        " table as in this example:"
        ' "title,day,start,end" and "Opening,2022-07-23,10:00,11:00"'
    ),
    b"Hello, all,\nthe talks are on, as ever, at noon.\n": "it looks like plain text",
    b"conference:\n  id: x\nsessions:\n": 'it is YAML without "format: summit-schedule/1"',
    b"conference: sessions:\n": "it looks like plain text",
    b"\x00\x01": "it looks like binary data",
    b"%PDF-1.7\n": "it is a PDF file",
    b"PK\x03\x04\x14\x00": "it is a ZIP file",
    b"\x89PNG\r\n\x1a\n\x00": "it is a PNG file",
    b"\xff\xfe{\x00": "it is text in UTF-16; save it as UTF-8",
    b"BEGIN:VCARD\r\nEND:VCARD": "it begins with BEGIN:VCARD instead of BEGIN:VCALENDAR",
    b"{}": "the JSON is empty",
    b"[1]": "unknown kind of JSON, a list",
    b'{"talks": [], "b": 1}': 'unknown kind of JSON, with the keys "talks", "b"',
    b'{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}': 'unknown kind of JSON, with the keys "a", "b", "c", "d", "e",'
    " …",
    b'{"' + 99 * b"k" + b'": 1}': f'unknown kind of JSON, with the keys "{30 * "k"}"',
    b'{"conference": {}, "sessions": []}': 'it is JSON without "format": "summit-schedule/1"',
    b'{"schedule": {\n"conf': "it is not valid JSON at line 2, column 1",
    b'[{"title": "A", "abstract": "B"}]': (
        "it looks like a list of submissions, which has no times; use the schedule instead"
    ),
    GITHUB: "it is a page of GitHub, not the file itself; use the URL of its Raw button",
    GITHUB.replace(b"GitHub", b"GitLab") + PAGE % b"https://example.org/schedule.json": (
        "it is a page of GitLab, not the file itself; use the URL of its Raw button"
    ),
    b"<?xml version='1.0'?><rss/>": "unknown kind of XML, beginning with <rss>",
    b"<!-- a feed --><atom:feed xmlns:atom='x'/>": "unknown kind of XML, beginning with <feed>",
    b"<!DOCTYPE html>": "it looks like an HTML page",
    b"\n<HTML lang=zh>": "it looks like an HTML page",
    PAGE % b"/plan.json": "it looks like an HTML page",
    PAGE % b"https://example.org/plan.json": (
        "it looks like an HTML page; try `summit use https://example.org/plan.json`, which it links to"
    ),
    PAGE % b"https://example.org/$(id)/plan.json?a;b": (
        "it looks like an HTML page; try `summit use 'https://example.org/$(id)/plan.json?a;b'`,"
        " which it links to"
    ),
}


@pytest.mark.parametrize("content", SAID, ids=lambda content: content[:30])
def test_a_file_that_is_not_a_schedule_is_described(content: bytes) -> None:
    with pytest.raises(UnknownFormat) as caught:
        list(parse(content, "plan").sessions)
    assert str(caught.value) == f"plan is not a schedule: {SAID[content]}"
