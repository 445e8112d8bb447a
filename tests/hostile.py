"""Hostile schedules in several formats: text with control characters in every field."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from summitcli.model import Schedule
from summitcli.text.printable import BIDI_CONTROLS
from tests.formats.frab.test_schedule_json import WHOLE as FRAB
from tests.formats.platforms.test_opass import WHOLE as OPASS

EVIL = (
    "\x1b[31mred\x1b]0;title\x07\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\\x9b2J\x85\u202eevil\u2066\x7f\x00\x08"
    "[red]x[/] [link=http://x]y[/link] [/] :smile: \t\r\n|`*"
    "l\u200bi\u200fe\u2060\ufeff\U000e0041\u3164"
)
"""Colours, a window's title, a link, 8-bit controls, a bidirectional override, DEL, NUL, backspace, markup of
Rich and of Markdown, what ends a cell or a line, and what can't be seen."""

HIDDEN = frozenset("\u200b\u200f\u2060\ufeff\U000e0041\u3164")
"""The invisible characters of :data:`EVIL`."""

HALVES = "\udfff\ud800"
"""Lone surrogates, which JSON can represent and UTF-8 can't; the native format rejects them."""

ACTED_ON = frozenset(map(chr, (*range(0x20), 0x7F, *range(0x80, 0xA0), *BIDI_CONTROLS)))
STYLE = re.compile(r"\x1b\[[0-9;]*m")
"""Colour and weight (ECMA-48, SGR), the only escape sequence in drawn output."""

_RULED = ("pattern", "format", "const", "enum")
"""The keywords of a schema that restrict a string."""

_SETTLED = {
    "time_zone": "Europe/Berlin", "category": "a", "topic": "a", "language": "en",
}  # fmt: skip
"""Fields that must have a real value, so that the rest is read at all."""


def sent(text: str, whole: bool = False) -> set[str]:
    """Return the control and invisible characters in ``text``, except line ends and tabs.

    Args:
        text: the output.
        whole: whether it is the content of a file, which may have invisible characters.
    """
    wrong = ACTED_ON if whole else ACTED_ON | HIDDEN
    return set(wrong & set(text.replace("\r\n", "\n")) - {"\n", "\t"})


def native(text: str = EVIL) -> dict[str, Any]:
    """Return a valid native schedule with ``text`` wherever the schema allows any text."""
    schema = Schedule.model_json_schema()
    made = _filled(schema, schema["$defs"], text)
    made["conference"] |= {"start": "2024-05-01", "end": "2024-05-03"}
    first, second = (json.loads(json.dumps(made["sessions"][0])) for _copy in range(2))
    day = {"day": "2024-05-01", "room": text}
    first["slots"] = [
        {**day, "start": "2024-05-01T10:00:00+02:00", "end": "2024-05-01T11:00:00+02:00"},
        {**day, "start": "2024-05-01T10:30:00+02:00", "end": "2024-05-01T12:00:00+02:00"},
    ]
    second["slots"] = [{"day": "2024-05-01", "room": "x" + text}, {"day": "2024-05-02"}]
    first["language"] = text
    second["id"] = "b"
    made["sessions"] = [first, second]
    return dict(made)


def frab(text: str = EVIL + HALVES) -> dict[str, Any]:
    """Return a frab schedule with ``text`` in every value except times, and in the names of rooms."""
    made = _replaced(FRAB, text)
    (day, *_days) = made["schedule"]["conference"]["days"]
    (event,) = day["rooms"].pop("Hall")
    day["rooms"] = {text: [event], "x" + text: [{**event, "guid": "other", "title": "x" + text}]}
    made["$schema"] = FRAB["$schema"]
    return dict(made)


def opass(text: str = EVIL + HALVES) -> dict[str, Any]:
    """Return a schedule of OPass with ``text`` in every value except times, also in IDs and translations."""
    made = _replaced(OPASS, text)
    made["sessions"].append({**made["sessions"][0], "id": "x" + text, "zh": {"title": "x" + text}})
    return dict(made)


def calendar(text: str = EVIL) -> bytes:
    """Return a calendar with ``text``, with line ends wherever the text has them."""
    text = text.replace("\r", "").replace("\n", "\r\n ")
    lines = [
        "BEGIN:VCALENDAR", f"X-WR-CALNAME:{text}", "X-WR-TIMEZONE:Europe/Berlin", f"NAME:{text}",
        "BEGIN:VEVENT", f"UID:{text}",
        "DTSTART;TZID=Europe/Berlin:20240501T100000", "DTEND;TZID=Europe/Berlin:20240501T110000",
        f"SUMMARY:{text}", f"LOCATION:{text}", f"DESCRIPTION:{text}", f"CATEGORIES:{text}", f"URL:{text}",
        f'ATTENDEE;CN="{text.replace(chr(34), "")}":mailto:x', f"ORGANIZER;CN=x:{text}", "END:VEVENT",
        f"X-{text}:{text}", "BEGIN:VEVENT", f"UID:{text}", f"DTSTART;TZID={text}:20240501T100000",
        f"SUMMARY:{text}", "DURATION:PT1H", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n"


def page(text: str = EVIL) -> bytes:
    """Return a web page whose JSON-LD has ``text`` in every value except times."""
    performer = {"name": text, "description": text, "url": text}
    event = {
        "@type": "Event", "@id": text, "name": [{"@value": text, "@language": "en"}, text],
        "startDate": "2024-05-01T10:00+02:00", "endDate": "2024-05-01T11:00+02:00", "inLanguage": text,
        "location": [text, {"@type": "VirtualLocation", "url": text, "name": text}], "description": text,
        "performer": [text, performer],
        "keywords": text, "url": text, "eventStatus": text, "educationalLevel": text,
    }  # fmt: skip
    whole = {"@type": "Event", "name": text, "subEvent": [event, {**event, "@id": "x", "name": "x" + text}]}
    return b'<html><script type="application/ld+json">%s</script></html>' % json.dumps(whole).encode()


def dumped(made: Any) -> bytes:
    """Return a document as JSON, with lone surrogates escaped."""
    return json.dumps(made).encode()


SCHEDULES: dict[str, Callable[[], bytes]] = {
    "native": lambda: dumped(native()),
    "frab": lambda: dumped(frab()),
    "opass": lambda: dumped(opass()).replace(b"2024-08-03", b"2024-05-01"),
    "ics": calendar,
    "page": page,
}
"""A hostile schedule for each format, by name."""


def one_by_one(document: Any, text: str = EVIL) -> Iterator[bytes]:
    """Yield copies of ``document`` with one value or key replaced by ``text`` in each."""
    for number in range(_count(document)):
        for keys in (False, True):
            yield dumped(_one(document, text, [number], keys))


def path_in(folder: Path) -> Path:
    """Return a path in a directory with a file name as hostile as possible."""
    return folder / re.sub("[/\0\ud800-\udfff]", "", EVIL)


def _filled(schema: Mapping[str, Any], known: Mapping[str, Any], text: str) -> Any:
    """Return the fullest value that ``schema`` allows."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return {"en": text, "zh": text} if name == "Text" else _filled(known[name], known, text)
    if "anyOf" in schema:
        # The richest comes first: text before a date, a number before null.
        return _filled(schema["anyOf"][0], known, text)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema["type"]
    if kind == "object":
        return {
            name: _SETTLED.get(name) or _filled(field, known, text)
            for name, field in schema["properties"].items()
        }
    if kind == "array":
        return [_filled(schema["items"], known, text)]
    if kind == "string":
        return _ruled(schema) if any(rule in schema for rule in _RULED) else text
    return {"integer": 2024, "number": 1.5, "boolean": True}[kind]


def _ruled(schema: Mapping[str, Any]) -> str:
    """Return a string that satisfies ``schema``, as hostile as its rules allow."""
    if schema.get("pattern") == r"\S":
        return EVIL
    return {"date": "2024-05-01", "date-time": "2024-05-01T10:00:00+02:00"}.get(
        schema.get("format", ""), "#00ff00" if "#" in schema.get("pattern", "") else "a"
    )


def _replaced(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, text) for inner in value]
    if isinstance(value, str) and not re.match(r"\d+[-:]\d", value) and "/Berlin" not in value:
        return text
    return value


def _count(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_count, inner))


def _one(value: Any, text: str, left: list[int], keys: bool) -> Any:
    """Return ``value`` with ``text`` in place of its value or key number ``left``."""
    number, left[0] = left[0], left[0] - 1
    if number == 0 and not keys:
        return text
    if isinstance(value, dict):
        made = {}
        for key, inner in value.items():
            here = keys and left[0] == 0
            made[text if here else key] = _one(inner, text, left, keys)
        return made
    return [_one(inner, text, left, keys) for inner in value] if isinstance(value, list) else value
