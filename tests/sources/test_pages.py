import pytest

from summitcli.sources.pages import MAX_CALENDARS, MAX_LINKS, MAX_PARSED, is_page, links
from tests.limits import in_proportion

URL = "https://conf.example/2024/"


def head(*tags: str) -> bytes:
    return f"<!doctype html><html><head>{''.join(tags)}</head><body>Hello</body></html>".encode()


def alternate(type_: str, href: str, rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{type_}" href="{href}">'


@pytest.mark.parametrize(
    "content",
    [b"<!DOCTYPE html>", b"\xef\xbb\xbf \n<html lang=en>", b"<!-- hi --> <!doctype  HTML>",
     b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'],
)  # fmt: skip
def test_a_page_is_recognised_by_its_beginning(content: bytes) -> None:
    assert is_page(content)


@pytest.mark.parametrize("comment", [b"<!---->", b"<!-- x --> \n"])
@in_proportion()
def test_any_number_of_comments_is_read_in_moments(comment: bytes) -> None:
    assert is_page(comment * 26 + b"<html>")
    assert not is_page(comment * 26 + b"<schedule>")


def test_a_page_is_recognised_by_its_content_type() -> None:
    assert is_page(b"<title>Hi</title>", "Text/HTML; charset=utf-8")
    assert not is_page(b'{"format": 1}', "text/html")
    assert not is_page(b"<schedule>", "application/xml")
    assert not is_page(b"")


def test_the_head_comes_before_the_body_and_json_before_xml_before_calendars() -> None:
    content = head(
        alternate("text/calendar", "/s.ics"),
        alternate("application/calendar+xml", "s.xcal"),
        alternate("text/xml; charset=utf-8", "../s.xml"),
        alternate("Application/JSON", "//cdn.example/s.json", "Alternate home"),
    ).replace(b"Hello", b'<a href="schedule.json">JSON</a>')
    assert links(content, URL) == [
        "https://cdn.example/s.json",
        "https://conf.example/s.xml",
        "https://conf.example/s.ics",
        "https://conf.example/2024/s.xcal",
        "https://conf.example/2024/schedule.json",
    ]


def test_types_that_only_schedules_have_come_first() -> None:
    content = head(
        alternate("application/json", "a.json"),
        alternate("application/vnd.c3voc.schedule+xml", "b.xml"),
        alternate("application/vnd.c3voc.schedule+json;version=1", "c"),
    )
    assert links(content, URL) == [f"{URL}{name}" for name in ("c", "b.xml", "a.json")]


def test_calendars_come_after_what_is_named_like_a_schedule() -> None:
    names = [
        "all.ics",
        "webcal://cal.example/feed?x=1",
        "WEBCALS://cal.example/",
        "schedule.xcal",
        "schedule.xml",
    ]
    content = b"<html>" + b"".join(f"<a href='{name}'>x</a>".encode() for name in [*names, "all.ics"])
    assert links(content, URL) == [
        f"{URL}schedule.xml",
        "webcal://cal.example/feed?x=1",
        "WEBCALS://cal.example/",
        f"{URL}schedule.xcal",
        f"{URL}all.ics",
    ]


@pytest.mark.parametrize(("number", "expected"), [(MAX_CALENDARS, MAX_CALENDARS), (MAX_CALENDARS + 1, 0)])
def test_many_calendars_are_of_single_sessions(number: int, expected: int) -> None:
    anchors = b"".join(b"<a href='talk-%d.ics'>x</a>" % n for n in range(number))
    found = links(b"<html><a href='schedule.ics'>" + anchors * 2, URL)
    assert found == [f"{URL}schedule.ics", *(f"{URL}talk-{n}.ics" for n in range(expected))]


def test_anchors_to_files_named_like_schedules_are_links() -> None:
    names = ["schedule.ics", "schedule.xcal?x=1", "my-schedule.xml", "x/schedule.en.json.gz", "schedule.html"]
    names += ["schedule/", "SCHEDULE.XML#top", "schedule.json/more", "talks.json"]
    content = b"<html>" + b"".join(f"<a href='{name}'>x</a>".encode() for name in names)
    assert links(content, URL) == [
        "https://conf.example/2024/x/schedule.en.json.gz",
        "https://conf.example/2024/SCHEDULE.XML#top",
        "https://conf.example/2024/schedule.ics",
        "https://conf.example/2024/schedule.xcal?x=1",
    ]


@pytest.mark.parametrize(
    "tag",
    [
        alternate("application/json+oembed", "/o.json"), alternate("application/rss+xml", "/feed"),
        alternate("application/json", "file:///etc/passwd"), alternate("application/json", "javascript:x"),
        alternate("application/json", ""), alternate("application/json", "http://[::1"),
        alternate("application/json", "data:,x"), alternate("application/json", URL),
        alternate("application/json", "/s.json", "stylesheet"), "<link>", "<a>", "<link rel type href>",
    ],
)  # fmt: skip
def test_other_links_are_ignored(tag: str) -> None:
    assert links(head(tag), URL) == []


def test_a_base_changes_relative_links() -> None:
    content = head('<base href="/b/">', alternate("application/json", "s.json"))
    assert links(content, URL) == ["https://conf.example/b/s.json"]


def test_links_are_unique_and_limited() -> None:
    tags = [alternate("application/json", f"/{number // 2}.json") for number in range(50)]
    assert links(head(*tags), URL) == [f"https://conf.example/{number}.json" for number in range(MAX_LINKS)]


@pytest.mark.parametrize("odd", ["<![x ", "<![if !IE]>", "<![CDATA[x]]>", "<![", "<!x>", "<?x>"])
def test_unknown_markup_is_skipped(odd: str) -> None:
    content = head(odd, ">", alternate("application/json", "/s.json"))
    assert links(content, URL) == ["https://conf.example/s.json"]


@pytest.mark.parametrize(
    "piece", ["<![", "<a ", "<", "<!--", "<!", "<a href='", "&#", "<link rel=alternate>", "<?", "</"]
)
@in_proportion()
def test_a_page_of_nonsense_is_read_in_moments(piece: str) -> None:
    content = b"<html>" + piece.encode() * (MAX_PARSED // len(piece) * 4)
    assert links(content, URL) == []
