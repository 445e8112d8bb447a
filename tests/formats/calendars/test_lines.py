"""Tests for content lines: their positions, properties and memory."""

import gc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.budgets import Spending
from summitcli.formats.calendars.components import Component, Property
from summitcli.formats.calendars.content_lines import read_components
from summitcli.formats.calendars.lines import LineComponent, Lines, read_line
from summitcli.formats.findings import Findings

PIECES = st.sampled_from(
    [*"Ab-1./+@é' \t\u3000\x85\r\x7f;:=,\"\\%", "\\n", "\\,", "%2C", "^n", ";X=", ';X="', '":', ";CN=a"]
)


def read(line: str, name: str) -> Property | None:
    """Return the property of a line."""
    lines = Lines(f"{line}\n".encode())
    ((where, _name),) = lines
    return LineComponent("VEVENT", "VEVENT[0]", 1, Findings(), lines).property(name, where)


def events(data: bytes) -> list[Component]:
    (calendar,) = read_components(data, "plan.ics", Findings(), Spending("plan.ics", len(data)))
    return calendar.parts


@given(
    name=st.sampled_from(["SUMMARY", "X-A", "URL"]),
    rest=st.lists(PIECES, min_size=1, max_size=8).map("".join),
)
def test_a_simple_line_is_read_as_by_icalendar(name: str, rest: str) -> None:
    line = f"{name}{rest}"
    found = read(line, name)
    try:
        expected = read_line(line.rstrip("\r\n"), 1)
    except Exception:
        expected = None
    assert found == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SUMMARY:a\\, b\\;\\n\\\\", Property("a, b;\n\\", {}, 1, "a\\, b\\;\\n\\\\")),
        ('Summary;Language=de;x="a;b":c:d', Property("c:d", {"LANGUAGE": "de", "X": "a;b"}, 1, "c:d")),
        ("SUMMARY;X=a,b:c", Property("c", {"X": "a"}, 1, "c")),
        ("SUMMARY:", Property("", {}, 1, "")),
        ("SUMMARY;:a", None),
    ],
)
def test_a_line_is_read(line: str, expected: Property | None) -> None:
    assert read(line, "SUMMARY") == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_have_their_positions_and_unfolded_text(end: str) -> None:
    text = f" b{end}A:x{end} y{end}\tz{end}{end}SUM{end} MARY:1{end}  {end}c{end}"
    lines = Lines(text.encode())
    assert [(line.number, name, lines.unfolded(line)) for line, name in lines] == [
        (1, "", b"b"),
        (2, "A", b"A:xyz"),
        (6, "", b"SUMMARY:1 "),
        (9, "", b"c"),
    ]


def test_a_fold_may_be_inside_a_character() -> None:
    first, others = "字".encode()[:1], "字".encode()[1:]
    data = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:数字\nEND:VEVENT\nEND:VCALENDAR\n".encode()
    (event,) = events(data.replace(first + others, first + b"\r\n " + others))
    assert event.text("SUMMARY") == "数字"


def test_an_event_holds_no_text_in_memory() -> None:
    one = "BEGIN:VEVENT\nUID:{n}\nSUMMARY:held {n}\nATTENDEE:held\nATTENDEE:held too\nEND:VEVENT\n"
    text = "".join(one.format(n=n) for n in range(100))
    found = events(f"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n".encode())
    assert [event.text("SUMMARY") for event in found] == [f"held {n}" for n in range(100)]
    assert (found[9].count("ATTENDEE"), found[9].has("UID"), found[9].has("URL")) == (2, True, False)
    assert [said.value for said in found[9].all("ATTENDEE")] == ["held", "held too"]
    assert [said.line for said in found[1].all("ATTENDEE")] == [11, 12]
    assert not [said for event in found for said in _held(event) if b"held" in said]
    # What is known of the order of properties is known once.
    assert len({id(event._properties._shape) for event in found}) == 1  # type: ignore[attr-defined]


def _held(event: Component) -> list[bytes]:
    """Return all bytes and texts that an event refers to, except its file."""
    found: list[bytes] = []
    seen: set[int] = set()
    waiting: list[Any] = [event]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, Lines | Findings | type):
            continue
        seen.add(id(thing))
        if isinstance(thing, str | bytes):
            found.append(thing.encode() if isinstance(thing, str) else thing)
        waiting += gc.get_referents(thing)
    return found
