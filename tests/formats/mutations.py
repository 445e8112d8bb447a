"""Damaged and hostile schedules of every format, generated fast by the tens of thousands."""

import gzip
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

from tests.formats.calendars.test_ical import SAMPLE as CALENDAR
from tests.formats.calendars.test_xcal import PENTABARF, STANDARD
from tests.formats.frab.json_mutations import KEYS, ODD_TEXTS
from tests.formats.frab.test_flat_json import WHOLE as FLAT_JSON
from tests.formats.frab.test_pretalx_widget import WHOLE as PRETALX_WIDGET
from tests.formats.frab.test_schedule_json import WHOLE as FRAB_JSON
from tests.formats.frab.test_schedule_xml import WHOLE as FRAB_XML
from tests.formats.platforms.test_indico import GROUPED as INDICO_SESSIONS
from tests.formats.platforms.test_indico import WHOLE as INDICO
from tests.formats.platforms.test_json_api import WHOLE as JSON_API
from tests.formats.platforms.test_opass import WHOLE as OPASS
from tests.formats.platforms.test_open_event import HYPHENS, OLDEST
from tests.formats.platforms.test_open_event import WHOLE as OPEN_EVENT
from tests.formats.platforms.test_sessionize import GRID, GROUPS
from tests.formats.platforms.test_sessionize import WHOLE as SESSIONIZE
from tests.formats.schema_org.test_drafting import CONFERENCE
from tests.formats.schema_org.test_page import html
from tests.formats.tables.workbooks import packed
from tests.formats.test_researchr import WHOLE as RESEARCHR
from tests.hostile import EVIL, native
from tests.published import content
from tests.schedules import document, session, timed

NATIVE = document(
    session("a", timed("2024-05-01", "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00", room="Hall"),
            category="talk", speakers=["Ada"], links=[{"url": "https://a.example/"}]),
    session("b", {"day": "2024-05-01"}, {"day": "2024-05-02"}, description="Text"),
)  # fmt: skip

YAML = """\
# A schedule
format: summit-schedule/1
conference: {id: conf, title: {en: Conf, zh: 会}, language: en, time_zone: Europe/Berlin, start: 2024-05-01,
  end: 2024-05-02}
categories:
  - {id: talk, name: Talk}
defaults: {category: talk, duration: 0:45, room: Hall}
sessions:
  - id: a
    title: "A: the first"
    day: 2024-05-01
    start: 10:00
    end: 11:00
    speakers: Ada
    recorded: no
  - id: b
    title: B
    description: |
      Two lines,
      and a half
    slots:
      - {day: 2024-05-01, start: 24:30}
      - {day: 2024-05-02, start: 2024-05-02T10:00:00+02:00, duration: 90}
"""

PAGE = (
    '<!doctype html><html><head><base href="/x/"><link rel="alternate" type="application/json" href="s.json">'
    '</head><body><!-- a --><a href="schedule.xml">XML</a> <a href=schedule.ics>ICS</a></body></html>'
)

JSON_TOKENS = (
    "{", "}", "[", "]", '"', ",", ":", "\\", "\\u0000", "\\ud800", "1e999", "-0", "9" * 400, "NaN", "null",
    "true", "[" * 3000, '{"a":' * 3000, "\ufeff", "/*", "'",
)  # fmt: skip
YAML_TOKENS = (
    ": ", "- ", "\n", "\n  ", "\t", "#", " #", "&a ", "*a", "!!python/object:os.system ", "<<: ", "--- ",
    "\n---\n", "...", "{", "}", "[", "]", ",", "? ", "|", ">", "|-\n", "'", '"', "\\", '"\\ud800"', "%", "@",
    "`", "\0", "\u0085", "\u2028", "\ufeff", "[" * 3000, "{a: " * 3000, "- " * 3000, "9" * 400, "~", "no",
    "1e999", "47:59", "defaults: ", "slots: ",
)  # fmt: skip
XML_TOKENS = (
    "<", ">", "&", "]]>", "<![CDATA[", "<!--", "-->", "<?x", "<!DOCTYPE a>", "&#0;", "&#xd800;", "&x;", "/>",
    "</", '"', "=", "xmlns:a='b'", "<a>" * 2000, "\x06", "\x1b", "\ufffe", "<day index='1'>",
    "<event id='1'>",
)  # fmt: skip
DTD_TOKENS = (
    *XML_TOKENS, "<!DOCTYPE event [", "]>", "<!ENTITY x 'y'>", "%x;", "<!ELEMENT a ANY>", "<timeslot>",
    "</timeslot>", "<subevent>", "<!ATTLIST a b CDATA 'c'>", "<!ATTLIST a b CDATA #IMPLIED>",
)  # fmt: skip
LD_TOKENS = (*JSON_TOKENS, "<!--", "-->", "<script", "</script>", "]]>", '{"@id":"#conf"}', '"@type":"Event"')
CALENDAR_TOKENS = (
    "\r\n", "\r\n ", "\n\n", ":", ";", '"', "\\", ",", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n",
    "END:VCALENDAR\r\n",
    "RRULE:FREQ=SECONDLY\r\n", "RRULE:FREQ=DAILY;COUNT=1000000000\r\n", "RRULE:FREQ=DAILY;INTERVAL=0\r\n",
    "RRULE:FREQ=YEARLY;BYYEARDAY=-366,366\r\n", "RDATE:20240501T000000Z,20240502T000000Z\r\n",
    "DURATION:P9W\r\n",
    "DTSTART:00010101T000000\r\n", "DTEND:99991231T235960Z\r\n", "TZID=", "BEGIN:VTIMEZONE\r\n", "\x00",
)  # fmt: skip
TABLE_TOKENS = (
    ",",
    ";",
    "\t",
    "|",
    '"',
    '""',
    "\n",
    "\r",
    "\r\n\r\n",
    "\ufeff",
    "\x00",
    "=1+1",
    "'",
    "title",
    "day",
    "Start,",
    "13/13/2022",
    "03/04/2022",
    "99999",
    "24:00–24:01",
    "下午",
    "半",
    "Day 99",
    "10:00" * 50,
    "," * 3000,
    '"' * 3001,
    "-" * 200,
)
SHEET_TOKENS = (
    *XML_TOKENS,
    "<c r='XFD1048576'><v>1</v></c>",
    "<row r='1048576'>",
    "<mergeCell ref='A1:XFD1048576'/>",
    "r=''",
    "t='s'",
    "<v>-1</v>",
    "<v>1e308</v>",
    "<v>NaN</v>",
    "s='99'",
    "t='d'",
    "table:number-columns-repeated='1000000'",
    "table:number-rows-repeated='99999999'",
    "office:date-value='x'",
    "office:time-value='PT99999999999H'",
)
PAGE_TOKENS = (
    "<", ">", "<a href=", "<base href=", "<link rel=alternate type=application/json href=", "<!--", "-->",
    "<![",
    "&#", "&amp", '"', "'", "http://", "//[", "javascript:", "schedule.json", "<script>", "</head>",
    "<" * 3000,
)  # fmt: skip

_VALUE = re.compile(rb"""(?<=[>"':])[^<>"'\r\n]{1,80}(?=[<"'\r\n])""")
"""A value: of an element, an attribute or a property."""
_ODD = tuple(
    text.encode("utf-8", "replace").replace(b"<", b"&lt;").replace(b"\0", b"")
    for text in (
        *ODD_TEXTS,
        "x" * 20_000,
        "\u202e" * 50,
        "e" + "\u0301" * 500,
        "PT5M",
        "P400D",
        "-P1D",
        "1e9",
    )
)

Maker = Callable[[random.Random], bytes]


def _json(*documents: Any) -> Maker:
    return lambda chance: spoilt_json(chance, chance.choice(documents))


def _text(tokens: tuple[str, ...], *documents: str | bytes) -> Maker:
    whole = [one if isinstance(one, bytes) else one.encode() for one in documents]
    return lambda chance: _spoilt(chance, chance.choice(whole), tokens)


MAKERS: dict[str, Maker] = {
    "summit": _json(NATIVE, native()),
    "summit-yaml": _text(YAML_TOKENS, YAML),
    "frab-json": _json(FRAB_JSON),
    "flat-json": _json(FLAT_JSON),
    "pretalx-widget": _json(PRETALX_WIDGET),
    "opass": _json(OPASS),
    "sessionize": _json(SESSIONIZE, GRID, GROUPS),
    "indico": _json(INDICO, INDICO_SESSIONS),
    "open-event": _json(OPEN_EVENT, HYPHENS, JSON_API, OLDEST),
    "frab-xml": _text(XML_TOKENS, FRAB_XML),
    "researchr": _text(DTD_TOKENS, RESEARCHR),
    "xcal": _text(XML_TOKENS, PENTABARF, STANDARD),
    "ics": _text(CALENDAR_TOKENS, CALENDAR),
    "csv": lambda chance: _spoilt_table(chance),
    "workbook": lambda chance: _spoilt_workbook(chance),
    "schema-org": lambda chance: _spoilt_page(chance),
    "gzip": lambda chance: _packed(chance),
    "html": _text(PAGE_TOKENS, PAGE),
}
"""The mutators of each kind of input: each format, compressed data, pages with links."""


def spoilt_json(chance: random.Random, document: Any) -> bytes:
    """Return a document with values and keys replaced, doubled or removed; sometimes invalid text."""
    made = json.loads(json.dumps(document))
    for _change in range(chance.randint(1, 4)):
        holder, key = chance.choice([*_places(made)])
        odd = _odd(chance, made)
        kind = chance.randrange(5)
        if kind == 0 and isinstance(holder, list):
            holder.insert(key, odd)
        elif kind == 1:
            del holder[key]
        elif kind == 2 and isinstance(holder, dict):
            holder[chance.choice((*KEYS, EVIL, *map(str, ODD_TEXTS)))] = holder.pop(key)
        else:
            holder[key] = odd
        if not made or not isinstance(made, dict | list):
            break
    # An infinite number is no JSON, but 1e999 is, and Python reads it as one.
    text = json.dumps(made, ensure_ascii=chance.random() < 0.5).replace("Infinity", "1e999")
    data = text.encode("utf-8", "replace")
    return _spoilt(chance, data, JSON_TOKENS) if chance.random() < 0.3 else data


def _spoilt_page(chance: random.Random) -> bytes:
    """Return a page with a spoilt block of JSON-LD, and sometimes spoilt itself."""
    page = html({"@type": "WebSite"}, spoilt_json(chance, CONFERENCE).decode("utf-8", "replace"))
    return _spoilt(chance, page, LD_TOKENS) if chance.random() < 0.3 else page


def _odd(chance: random.Random, document: Any) -> Any:
    """Return an unexpected value, perhaps another part of the document."""
    kind = chance.randrange(8)
    if kind == 0:
        holder, key = chance.choice([*_places(document)])
        return json.loads(json.dumps(holder[key]))
    if kind == 1:
        return chance.choice((None, True, False, [], {}, 0, -1, 1.5, 10**400, -(10**30), float("inf"), 1e308))
    if kind == 2:
        return [chance.choice(ODD_TEXTS)] * chance.choice((1, 2, 300))
    if kind == 3:
        return {chance.choice(KEYS): chance.choice(ODD_TEXTS)}
    if kind == 4:
        return chance.choice((EVIL, "x" * 20_000, "\u202e" * 50, "e" + "\u0301" * 500, "数字" * 3000))
    return chance.choice(ODD_TEXTS)


def _spoilt(chance: random.Random, data: bytes, tokens: tuple[str, ...]) -> bytes:
    """Return bytes with pieces replaced, removed, doubled or moved, and sometimes cut short."""
    made = bytearray(data)
    values = chance.random() < 0.6
    for _change in range(chance.choice((1, 1, 2, 3, 6))):
        if values and (found := [*_VALUE.finditer(made)]):
            value = chance.choice(found)
            made[value.start() : value.end()] = chance.choice(_ODD)
            continue
        place = chance.randint(0, len(made))
        end = min(len(made), place + int(chance.expovariate(0.05)))
        kind = chance.randrange(6)
        if kind == 0:
            made[place:end] = chance.choice(tokens).encode("utf-8", "replace")
        elif kind == 1:
            made[place:place] = chance.choice(tokens).encode("utf-8", "replace")
        elif kind == 2:
            made[place:end] = bytes(chance.randrange(256) for _byte in range(chance.randint(0, 4)))
        elif kind == 3:
            made[place:place] = made[place:end] * chance.choice((1, 2, 20))
        elif kind == 4:
            del made[place:end]
        else:
            other = chance.randint(0, len(made))
            made[other:other] = made[place:end]
    if chance.random() < 0.1:
        del made[chance.randint(0, len(made)) :]
    return bytes(made)


def _spoilt_table(chance: random.Random) -> bytes:
    """Return a table with pieces changed, in any of its encodings."""
    text = content("meetup.csv").decode()
    data = text.replace(";", chance.choice(",;\t|")).encode(
        chance.choice(("utf-8", "utf-8", "utf-16", "gbk"))
    )
    return _spoilt(chance, data, TABLE_TOKENS)


def _spoilt_workbook(chance: random.Random) -> bytes:
    """Return a workbook with one of its parts changed, or bytes of the whole file."""
    data = content(chance.choice(("meetup.xlsx", "meetup.ods")))
    if chance.random() < 0.2:
        return _spoilt(chance, data, ("PK", "\x01\x02"))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    part = chance.choice(
        [*(name for name in parts if "sheet1" in name or "sheet2" in name or name == "content.xml")] * 3
        + [*parts]
    )
    whole = parts[part]
    assert isinstance(whole, bytes)
    parts[part] = _spoilt(chance, whole, SHEET_TOKENS)
    return packed(parts)


def _packed(chance: random.Random) -> bytes:
    """Return a mutant compressed once or several times, usually with damaged gzip data."""
    data = MAKERS[chance.choice(("summit", "frab-json", "ics"))](chance)
    for _layer in range(chance.choice((1, 1, 1, 2, 40))):
        data = gzip.compress(data, 1, mtime=0)
    if chance.random() < 0.2:
        data += gzip.compress(b" " * 1000) * chance.choice((1, 3, 200))
    return _spoilt(chance, data, ("\x1f\ufffd", "\x00", "\x1f")) if chance.random() < 0.7 else data


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Yield every place in a document, as the containing list or object and the key."""
    found = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        for key, inner in [*holder.items()] if isinstance(holder, dict) else [*enumerate(holder)]:
            found.append((holder, key))
            if inner and isinstance(inner, dict | list):
                waiting.append(inner)
    return found
