"""Arbitrary text in every field of a calendar: it reads back unchanged and injects nothing."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from summitcli.exports.calendar.ics import Entry, Options
from summitcli.text.calendar_properties import OF_EVENTS
from summitcli.text.printable import BIDI_CONTROLS
from tests.conftest import examples
from tests.exports.conferences import at, conference
from tests.exports.reading import assert_bytes_keep_the_rules, calendar_of

CONFERENCE, (SESSION,) = conference(at("talk", "Asia/Shanghai", "2022-07-23T10:00", 30))
PROPERTIES = {
    "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "SUMMARY", "LOCATION",
    "CATEGORIES", "DESCRIPTION", "URL", *OF_EVENTS,
}  # fmt: skip

HOSTILE = (
    "\r\nBEGIN:VEVENT\r\nUID:injected\r\nEND:VEVENT\r\n",
    "\nATTENDEE;CN=x:mailto:x@example.org",
    "\r\n ",
    "\\",
    "\\n",
    "\\,",
    ";",
    ",",
    ":",
    '"',
    "\r",
    "\n",
    "\x00",
    "\x1b[31m",
    "\x85",
    "\u2028",
    "\u202eevil\u2066",
    "\ufeff",
    "\ud800",
    "\udfff",
    "e\u0301\u0302",
    "👩\u200d💻",
    "数字中国",
    " " * 80,
    "\t",
    "END:VCALENDAR",
    "%2C%5C%0A",
    "\\N",
    "x" * 75,
)
TEXTS = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), min_size=1, max_size=6).map("".join)


def as_read(text: str) -> str:
    """Return the part of a text that should reach the reader."""
    text = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text)
    kept = (
        letter
        for letter in text
        if letter in "\n\t" or (unicodedata.category(letter) != "Cc" and ord(letter) not in BIDI_CONTROLS)
    )
    return "".join("\ufffd" if unicodedata.category(letter) == "Cs" else letter for letter in kept)


def paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in map(as_read, texts) if text.strip())


def seen(text: str) -> str:
    """Return a text as it is read, or nothing if it is blank."""
    return as_read(text) if as_read(text).strip() else ""


def assert_read_back(text: str, other: str) -> None:
    """Check that arbitrary text in every field reads back as intended and injects nothing."""
    session = SESSION._replace(
        title=text,
        titles={"zh": text, "en": other},
        category_name=text,
        speakers=(other, text),
        slots=tuple(slot._replace(room=other) for slot in SESSION.slots),
        url=text,
        description=text,
    )
    written = calendar_of(
        CONFERENCE._replace(notice={"zh": other}),
        [Entry(session), Entry(session._replace(id="tally"))],
        Options(name=text, alarms=(timedelta(minutes=30),)),
    )
    assert_bytes_keep_the_rules(written, 2)
    calendar = icalendar.Calendar.from_ical(written)
    # No reader knows NAME as text yet.
    name = re.sub(r"\\(.)", lambda pair: "\n" if pair[1] == "n" else pair[1], str(calendar["NAME"]))
    assert name == (seen(text) or CONFERENCE.title)
    events: list[Any] = calendar.walk("VEVENT")
    for event, id_ in zip(events, ("talk", "tally"), strict=True):
        title = seen(text) or id_
        category = " / ".join(filter(None, (part.strip() for part in as_read(text).split(","))))
        other_title = other if as_read(other) != title else ""
        assert event["UID"] == f"{id_}@{CONFERENCE.id}.summitcli"
        assert event["SUMMARY"] == title
        assert event.get("LOCATION", "") == seen(other)
        assert event["CATEGORIES"].cats == [category] if category else "CATEGORIES" not in event
        assert event["DESCRIPTION"] == paragraphs((other_title, f"嘉宾：{other}、{text}", text, other))
        assert event.get("URL", text) == text
        assert set(event) <= PROPERTIES
        assert [part.name for part in event.subcomponents] == ["VALARM"]
        assert event.subcomponents[0]["DESCRIPTION"] == title


@given(TEXTS, TEXTS)
@example("\r\nBEGIN:VEVENT\r\n", "\x00")
@example("\\;,\n", "\ud800")
@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_arbitrary_text_reads_back_and_injects_nothing(text: str, other: str) -> None:
    assert_read_back(text, other)


@pytest.mark.soak
@given(TEXTS, TEXTS)
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_ten_thousand_texts_read_back_and_inject_nothing(text: str, other: str) -> None:
    assert_read_back(text, other)
