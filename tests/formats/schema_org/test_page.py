"""The reader of pages with events in JSON-LD."""

import json
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from summitcli.errors import InvalidSchedule, UnknownFormat
from summitcli.formats import FORMATS, parse, recognise
from summitcli.formats.findings import Finding
from summitcli.formats.schema_org import page
from tests.published import FILES, content, read

EVENT = {
    "@type": "Event",
    "name": "Tea",
    "startDate": "2024-05-01T10:00+02:00",
    "endDate": "2024-05-01T11:00+02:00",
}


def html(*blocks: Any, title: str = "Page") -> bytes:
    texts = (block if isinstance(block, str) else json.dumps(block) for block in blocks)
    scripts = "\n".join(f'<script type="application/ld+json">{text}</script>' for text in texts)
    return f"<!doctype html><title>{title}</title>\n{scripts}\n</html>".encode()


@pytest.mark.parametrize(
    "block",
    [
        EVENT,
        [EVENT],
        {"@graph": [{"@type": "WebSite"}, EVENT]},
        {"@type": ["Thing", "https://schema.org/Festival"]},
        '{"@type" : "http:\\/\\/schema.org\\/BusinessEvent"}',
        '{"@type": "Event", broken',
    ],
)
def test_a_page_with_an_event_is_recognised(block: Any) -> None:
    assert page.detect(html({"@type": "WebSite"}, block))
    assert [name for name, module in FORMATS.items() if module.detect(html(block))] == ["schema-org"]


@pytest.mark.parametrize(
    "data",
    [
        html(),
        html({"@type": "WebSite", "name": "Event"}),
        html({"@type": "EventVenue"}),
        html('{"@type": "Offer", "name": "@type: Event"}'),
        json.dumps(EVENT).encode(),
        b'<html><p>"@type": "Event"</p>',
        b"",
    ],
)
def test_other_files_are_not(data: bytes) -> None:
    assert not page.detect(data)


@pytest.mark.parametrize("file", FILES)
def test_no_file_of_another_format_is_recognised(file: str) -> None:
    assert page.detect(content(file)) == (FILES[file].format == "schema-org")


def test_a_page_within_another_format_is_text() -> None:
    text = html(EVENT).decode().replace("<", "&lt;")
    data = f"<schedule><day date='2024-05-01'><event><title>{text}</title></event></day></schedule>"
    assert recognise(data.encode(), "x") == "frab-xml"
    script = html(EVENT).decode().partition("</title>")[2].replace("</html>", "")
    data = f"<schedule><day date='2024-05-01'><event>{script}</event></day></schedule>"
    assert recognise(data.encode(), "x") == "frab-xml"


def test_a_page_without_events_still_is_a_page() -> None:
    with pytest.raises(UnknownFormat) as caught:
        recognise(html({"@type": "WebSite"}), "page.html")
    assert str(caught.value) == "page.html is not a schedule: it looks like an HTML page"


def test_a_block_that_can_not_be_read_is_reported() -> None:
    draft = page.read(html("\n{,", EVENT), "page.html")
    assert [event.title for event in draft.events] == ["Tea"]
    fault = "it is not valid JSON at line 3, column 2"
    assert [*draft.findings] == [Finding(page.NOT_JSON, "script[0]", 3, fault)]


def test_a_page_whose_blocks_can_not_be_read_is_refused_with_the_place() -> None:
    with pytest.raises(InvalidSchedule) as caught:
        page.read(html('{"@type": "Event" ]', "[[" * 50_000), "page.html")
    sentence = "page.html is not a valid schedule: it is not valid JSON at line 2, column 54"
    assert (str(caught.value), caught.value.place) == (sentence, (2, 54))


def test_a_page_in_another_encoding() -> None:
    data = html({**EVENT, "name": "x"}).decode().replace("<title>", "<meta charset=gbk><title>")
    data = data.replace('"x"', '"茶"')
    assert [event.title for event in page.read(data.encode("gbk"), "page.html").events] == ["茶"]


def test_the_session_of_a_page_with_one_event() -> None:
    made = parse(html(EVENT), "page.html").schedule
    (session,) = made.sessions
    assert (made.conference.title.root, session.title.root, session.id) == ("Tea", "Tea", "tea")


def test_events_without_one_that_contains_them_are_a_conference_named_like_the_page() -> None:
    made = parse(html(EVENT, {**EVENT, "name": "Cake"}, title="Caf&eacute;"), "page.html").schedule
    assert (made.conference.title.root, [session.id for session in made.sessions]) == (
        "Café",
        ["tea", "cake"],
    )


@pytest.mark.parametrize(
    ("piece", "number", "things"),
    [("{}", 30_000, "objects and arrays"), ("1", 60_000, "values"), ('"<b><b>"', 50_000, "HTML tags")],
)
def test_all_blocks_together_must_not_exceed_the_budgets_of_json(
    piece: str, number: int, things: str
) -> None:
    block = f"[{','.join([piece] * number)}]"
    assert len(page.read(html(block, EVENT), "page.html").events) == 1
    with pytest.raises(InvalidSchedule) as caught:
        page.read(html(*[block] * 5, EVENT), "page.html")
    assert f"{things}, too many for a file of this size" in str(caught.value)


def test_the_sample_is_read_as_an_independent_reader_does() -> None:
    text = content("harbour.html").decode()
    documents = [
        json.loads(block)
        for block in re.findall(r"<script[^>]*>(.*?)</script>", re.sub("<!--.*?-->", "", text), re.DOTALL)
    ]
    expected = sorted(
        (node["startDate"][:10], node["name"] if isinstance(node["name"], str) else node["name"][0]["@value"])
        for node in _objects(documents)
        if "T" in node.get("startDate", "")
    )
    zone = ZoneInfo("Europe/Berlin")
    found = sorted(
        (f"{datetime.astimezone(slot.start, zone):%Y-%m-%d}", session.title.own("de"))
        for session in read("harbour.html").schedule.sessions
        for slot in session.slots
        if slot.start
    )
    assert found == [(day, title.replace("&amp;", "&").replace("&lt;", "<")) for day, title in expected]


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for entry in value for node in _objects(entry)]
    if isinstance(value, dict):
        return [value, *(node for entry in value.values() for node in _objects(entry))]
    return []
