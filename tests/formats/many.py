"""Large, regular files with many items of one kind, for everything that a format can repeat.

A maker takes a number and returns the smallest document with that many items. They reveal costs that grow
faster than the file, which mutations of small files can't.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from zipfile import ZIP_STORED

from tests.formats.tables.workbooks import packed, sheet_xml, xlsx_parts

Maker = Callable[[int], bytes]

MAX_IN_MEMORY, MORE = 100, 200
DAYS = 4


def sized(make: Maker, size: int) -> bytes:
    """Return a document of about ``size`` bytes, but with at least one item."""
    if len(one := make(1)) >= size:
        return one
    few = len(make(MAX_IN_MEMORY))
    each = max(1, (len(make(MORE)) - few) // (MORE - MAX_IN_MEMORY))
    return make(max(1, MAX_IN_MEMORY + (size - few) // each))


def _many(template: str, piece: str, between: str = "") -> Maker:
    """Return a maker that replaces ``@`` by pieces; ``#`` in a piece is its number."""
    before, after = template.split("@")

    def make(number: int) -> bytes:
        pieces = [piece.replace("#", str(n)) for n in range(number)] if "#" in piece else [piece] * number
        return f"{before}{between.join(pieces)}{after}".encode()

    return make


def _nested(template: str, opening: str, closing: str) -> Maker:
    """Return a maker of nested items."""
    before, after = template.split("@")
    return lambda number: f"{before}{opening * number}{closing * number}{after}".encode()


def _json(template: str, piece: str) -> Maker:
    return _many(template, piece, ",")


def _frab(conference: str, schedule: str = "") -> str:
    return (
        f'{{"schedule":{{"version":"1",{schedule}"conference":{{"acronym":"x","title":"X","start":"2030-01-01",'
        f'"end":"2030-01-01","time_zone_name":"UTC",{conference}}}}}}}'
    )


def _days(rooms: str) -> str:
    return _frab(f'"days":[{{"index":1,"date":"2030-01-01","rooms":{rooms}}}]')


def _event(fields: str) -> str:
    event = f'{{"id":1,"title":"t","date":"2030-01-01T10:00:00Z","duration":"0:45",{fields}}}'
    return _days(f'{{"R":[{event}]}}')


FRAB_JSON: Mapping[str, Maker] = {
    "empty events": _json(_days('{"R":[@]}'), "{}"),
    "events": _json(_days('{"R":[@]}'), '{"date":"2030-01-01T10:00:00Z"}'),
    "events with titles": _json(_days('{"R":[@]}'), '{"id":#,"title":"t#","date":"2030-01-01T10:00:00Z"}'),
    "events with tracks": _json(_days('{"R":[@]}'), '{"id":#,"track":"t#","date":"2030-01-01T10:00:00Z"}'),
    "events of one identity": _json(
        _days('{"R":[@]}'), '{"guid":"g","title":"t","date":"2030-01-01T10:00:00Z"}'),
    "events of one slug": _json(
        _days('{"R":[@]}'), '{"slug":"s","title":"t#","date":"2030-01-01T10:00:00Z"}'),
    "events in Chinese": _json(_days('{"R":[@]}'), '{"title":"数字中国#","date":"2030-01-01T10:00:00Z"}'),
    "events that are null": _json(_days('{"R":[@]}'), "null"),
    "events that are numbers": _json(_days('{"R":[@]}'), "0"),
    "days": _json(_frab('"days":[@]'), "{}"),
    "days with dates": _json(_frab('"days":[@]'), '{"date":"2030-01-01"}'),
    "rooms of a day": _json(_days("{@}"), '"#":[]'),
    "rooms in a list": _json(_days("[@]"), '{"name":"#","events":[]}'),
    "rooms of the conference": _json(_frab('"rooms":[@],"days":[]'), '{"name":"#"}'),
    "tracks": _json(_frab('"tracks":[@],"days":[]'), '{"name":"#"}'),
    "persons of the schedule": _json(_frab('"days":[]', '"persons":[@],'), '{"name":"#"}'),
    "empty persons": _json(_event('"persons":[@]'), "{}"),
    "persons": _json(_event('"persons":[@]'), '"#"'),
    "biographies": _json(_event('"persons":[@]'), '{"name":"#","biography":"b#"}'),
    "biographies of one speaker": _json(_event('"persons":[@]'), '{"name":"a","biography":"b#"}'),
    "links of a speaker": _json(_event('"persons":[{"name":"a","links":[@]}]'), '{"url":"http://a/#"}'),
    "tags": _json(_event('"tags":[@]'), '"#"'),
    "links": _json(_event('"links":[@]'), '{"url":"http://a/#"}'),
    "empty links": _json(_event('"links":[@]'), "{}"),
    "links that lead nowhere": _json(_event('"links":[@]'), '"x"'),
    "attachments": _json(_event('"attachments":[@]'), '{"url":"#"}'),
    "answers": _json(_event('"answers":[@]'), '{"question":#,"answer":"a"}'),
    "languages of a title": _json(_days('{"R":[{"date":"2030-01-01T10:00:00Z","title":{@}}]}'), '"de-#":"x"'),
    "keys": _json(_event('"x":{@}'), '"#":0'),
    "numbers": _json(_event('"x":[@]'), "-9"),
    "texts": _json(_event('"x":[@]'), '"我们"'),
    "lists": _json(_event('"x":[@]'), "[]"),
    "objects of one key": _json(_event('"x":[@]'), '{"a":0}'),
    "lists in lists": _nested(_event('"x":@'), "[", "]"),
    "a text": _many(_event('"description":"@"'), "x"),
    "a text of signs": _many(_event('"description":"@"'), "😀"),
    "a text of escapes": _many(_event('"description":"@"'), "\\u00e9"),
    "lines of a text": _many(_event('"description":"@"'), "x\\n"),
    "list items in HTML": _many(_event('"description":"<ol>@</ol>"'), "<li>x</li>"),
    "lists in HTML": _many(_event('"description":"@"'), "<ul><li>x</li></ul>"),
    "lists in lists in HTML": _nested(_event('"description":"@"'), "<ul><li>", "</li></ul>"),
    "bold words in HTML": _many(_event('"description":"@"'), "<b>x</b>"),
    "tables in HTML": _many(_event('"description":"@"'), "<table><tr><td>x</td></tr></table>"),
    "comments in HTML": _many(_event('"description":"<p>@</p>"'), "<!--x-->"),
    "blanks in HTML": _many(_event('"description":"<p>@</p>"'), " " * 49 + "x"),
    "texts in HTML": _json(
        _days('{"R":[@]}'),
        '{"id":#,"date":"2030-01-01T10:00:00Z","description":"<ol><li>x</li><li>y</li></ol>"}'),
    "tags in a title": _many(_days('{"R":[{"date":"2030-01-01T10:00:00Z","title":"@"}]}'), "<b>x</b>"),
}  # fmt: skip

_FLAT = '{{"schedule":{{"conference":{{"title":"X"{}}},"events":[{}]}}}}'
_ROOM = (
    '{{"version":"1","timezone":"UTC","event_start":"2030-01-01","event_end":"2030-01-01",'
    '"talks":[{}],"rooms":[{}]{}}}'
)

FLAT_JSON: Mapping[str, Maker] = {
    "empty events": _json(_FLAT.format("", "@"), "{}"),
    "events": _json(_FLAT.format("", "@"), '{"start":"2030-01-01T10:00:00Z"}'),
    "rooms": _json(_FLAT.format(',"rooms":[@]', ""), '{"name":"#"}'),
    "tracks": _json(_FLAT.format(',"tracks":[@]', ""), '{"name":"#"}'),
    "speakers": _json(_FLAT.format("", '{"start":"2030-01-01T10:00:00Z","speakers":[@]}'), '"#"'),
}

PRETALX_WIDGET: Mapping[str, Maker] = {
    "empty talks": _json(_ROOM.format("@", "", ""), "{}"),
    "talks": _json(_ROOM.format("@", "", ""), '{"start":"2030-01-01T10:00:00Z"}'),
    "rooms": _json(_ROOM.format("", "@", ""), '{"id":#,"name":"#"}'),
    "tracks": _json(_ROOM.format("", "", ',"tracks":[@]'), '{"id":#,"name":"#"}'),
    "speakers": _json(_ROOM.format("", "", ',"speakers":[@]'), '{"code":"#","name":"#"}'),
    "speakers of a talk": _json(
        _ROOM.format('{"start":"2030-01-01T10:00:00Z","speakers":[@]}', "", ""), '"A"'),
}  # fmt: skip

_OPASS = '{{"sessions":[{}],"session_types":[{}]{}}}'
_OPASS_TALK = '{"start":"2030-01-01T10:00:00Z",@}'

OPASS: Mapping[str, Maker] = {
    "empty sessions": _json(_OPASS.format("@", "", ""), "{}"),
    "sessions": _json(_OPASS.format("@", "", ""), '{"id":"#","start":"2030-01-01T10:00:00Z"}'),
    "sessions with titles": _json(
        _OPASS.format("@", "", ""),
        '{"start":"2030-01-01T10:00:00Z","zh":{"title":"#"},"en":{"title":"t#"}}'),
    "types": _json(_OPASS.format("", "@", ""), '{"id":"#"}'),
    "rooms": _json(_OPASS.format("", "", ',"rooms":[@]'), '{"id":"#"}'),
    "tags": _json(_OPASS.format("", "", ',"tags":[@]'), '{"id":"#"}'),
    "speakers": _json(_OPASS.format("", "", ',"speakers":[@]'), '{"id":"#","name":"#"}'),
    "speakers of a session": _json(_OPASS.format(_OPASS_TALK.replace("@", '"speakers":[@]'), "", ""), '"#"'),
    "tags of a session": _json(_OPASS.format(_OPASS_TALK.replace("@", '"tags":[@]'), "", ""), '"#"'),
    "languages of a title": _json(_OPASS.format(_OPASS_TALK, "", ""), '"de-#":{"title":"x"}'),
}  # fmt: skip

_SESSIONIZE = '{{"sessions":[{{"isServiceSession":false,"startsAt":"2030-01-01T10:00:00"{}}}{}]{}}}'
_GRID = '[{{"date":"2030-01-01","rooms":[{{"name":"R","sessions":[{}]}}{}]}}{}]'
_SLOT_OF_GRID = '{"id":"#","isServiceSession":false,"startsAt":"2030-01-01T10:00:00"}'

SESSIONIZE: Mapping[str, Maker] = {
    "empty sessions": _json(_SESSIONIZE.format("", ",@", ""), "{}"),
    "sessions": _json(_SESSIONIZE.format("", ",@", ""), '{"id":"#","startsAt":"2030-01-01T10:00:00"}'),
    "rooms": _json(_SESSIONIZE.format("", "", ',"rooms":[@]'), '{"id":#,"name":"#"}'),
    "categories": _json(_SESSIONIZE.format("", "", ',"categories":[@]'), '{"id":#,"title":"t"}'),
    "items": _json(
        _SESSIONIZE.format("", "", ',"categories":[{"title":"Track","items":[@]}]'), '{"id":#,"name":"#"}'),
    "speakers": _json(_SESSIONIZE.format("", "", ',"speakers":[@]'), '{"id":"#","fullName":"#"}'),
    "links of a speaker": _json(
        _SESSIONIZE.format("", "", ',"speakers":[{"fullName":"A","links":[@]}]'), '{"url":"http://a/#"}'),
    "speakers of a session": _json(_SESSIONIZE.format(',"speakers":[@]', "", ""), '{"name":"#"}'),
    "items of a session": _json(_SESSIONIZE.format(',"categoryItems":[@]', "", ""), "#"),
    "days": _json(_GRID.format(_SLOT_OF_GRID, "", ",@"), '{"rooms":[]}'),
    "rooms of a day": _json(_GRID.format(_SLOT_OF_GRID, ",@", ""), '{"name":"#"}'),
    "sessions of a room": _json(_GRID.format("@", "", ""), _SLOT_OF_GRID),
}  # fmt: skip

_MOMENT = '{"date":"2030-01-01","time":"10:00:00","tz":"UTC"}'
_INDICO = '{{"results":[{{"title":"X","timezone":"UTC","startDate":null,"contributions":[{{{}}}{}]{}}}{}]}}'

INDICO: Mapping[str, Maker] = {
    "empty contributions": _json(_INDICO.format("", ",@", "", ""), "{}"),
    "contributions": _json(_INDICO.format("", ",@", "", ""), f'{{"id":"#","startDate":{_MOMENT}}}'),
    "sessions": _json(
        _INDICO.format("", "", ',"sessions":[@]', ""), f'{{"title":"#","startDate":{_MOMENT}}}'),
    "results": _json(_INDICO.format("", "", "", ",@"), "{}"),
    "speakers": _json(
        _INDICO.format(f'"startDate":{_MOMENT},"speakers":[@]', "", "", ""), '{"last_name":"#"}'),
    "keywords": _json(_INDICO.format(f'"startDate":{_MOMENT},"keywords":[@]', "", "", ""), '"#"'),
    "folders": _json(_INDICO.format(f'"startDate":{_MOMENT},"folders":[@]', "", "", ""), "{}"),
    "attachments": _json(
        _INDICO.format(f'"startDate":{_MOMENT},"folders":[{{"attachments":[@]}}]', "", "", ""),
        '{"link_url":"http://a/#"}'),
}  # fmt: skip

_OPEN_EVENT = '[{{"start_time":"2030-01-01T10:00:00Z","microlocation":null{}}}{}]'
_JSON_API = (
    '{{"data":[{{"type":"session","attributes":{{"starts-at":"2030-01-01T10:00:00Z","short-abstract":""}},'
    '"relationships":{{"speakers":{{"data":[]}}}}}}{}],"included":[{}]}}'
)

OPEN_EVENT: Mapping[str, Maker] = {
    "empty sessions": _json(_OPEN_EVENT.format("", ",@"), "{}"),
    "sessions": _json(_OPEN_EVENT.format("", ",@"), '{"id":#,"start_time":"2030-01-01T10:00:00Z"}'),
    "tracks": _json(
        _OPEN_EVENT.format("", ",@"), '{"start_time":"2030-01-01T10:00:00Z","track":{"name":"#"}}'
    ),
    "speakers": _json(_OPEN_EVENT.format(',"speakers":[@]', ""), '{"name":"#"}'),
    "resources without a type": _json(_JSON_API.format("", "@"), "{}"),
    "sessions that are resources": _json(_JSON_API.format(",@", ""), '{"type":"session","id":"#"}'),
    "speakers that are resources": _json(
        _JSON_API.format("", "@"), '{"type":"speaker","id":"#","attributes":{"name":"#"}}'
    ),
}

_CONFERENCE = (
    '{{"format":"summit-schedule/1","conference":{{"id":"x","title":{title},"language":"en",'
    '"time_zone":"UTC","start":"2030-01-01","end":"2030-01-02"}},"categories":[{categories}],'
    '"sessions":[{sessions}]}}'
)
_SLOT = '{"day":"2030-01-01"}'


def _native(sessions: str = "", categories: str = "", title: str = '"X"') -> str:
    return _CONFERENCE.format(sessions=sessions, categories=categories, title=title)


def _session(fields: str) -> str:
    return _native(f'{{"id":"a","title":"t","slots":[{_SLOT}],{fields}}}')


NATIVE: Mapping[str, Maker] = {
    "empty sessions": _json(_native("@"), "{}"),
    "sessions": _json(_native("@"), f'{{"id":"s#","title":"t","slots":[{_SLOT}]}}'),
    "sessions with speakers": _json(
        _native("@"), f'{{"id":"s#","title":"t","slots":[{_SLOT}],"speakers":["A#"]}}'),
    "sessions of one id": _json(_native("@"), f'{{"id":"s","title":"t","slots":[{_SLOT}]}}'),
    "slots": _json(_native('{"id":"a","title":"t","slots":[@]}'), _SLOT),
    "slots at times": _json(
        _native('{"id":"a","title":"t","slots":[@]}'),
        '{"day":"2030-01-01","start":"2030-01-01T10:00:00Z","end":"2030-01-01T10:00:00Z"}'),
    "slots of sessions": _json(
        _native("@"), '{"id":"s#","title":"t","slots":[' + ",".join([_SLOT] * 100) + "]}"),
    "speakers": _json(_session('"speakers":[@]'), '"#"'),
    "speakers with biographies": _json(
        _native("", "").replace('"sessions"', '"speakers":[@],"sessions"'), '{"name":"#","biography":"b"}'),
    "empty speakers": _json(_native("", "").replace('"sessions"', '"speakers":[@],"sessions"'), "{}"),
    "tags": _json(_session('"tags":[@]'), '"#"'),
    "links": _json(_session('"links":[@]'), '{"url":"http://a/#"}'),
    "categories": _json(_native("", "@"), '{"id":"c#","name":"#"}'),
    "languages": _json(_native(title="{@}"), '"de-#":"x"'),
    "unknown keys": _json(_session("@"), '"#":0'),
    "a text": _many(_session('"description":"@"'), "x"),
    "lists in lists": _nested(_session('"x":@'), "[", "]"),
}  # fmt: skip

_YAML_HEAD = """format: summit-schedule/1
conference: {id: x, title: X, language: en, time_zone: UTC, start: 2030-01-01, end: 2030-01-02}
"""


def _yaml(sessions: str, head: str = "") -> str:
    return f"{_YAML_HEAD}{head}sessions:\n{sessions}"


_YAML_SESSION = "- {id: s#, title: t, day: 2030-01-01, start: 10:00, end: 11:00}\n"

NATIVE_YAML: Mapping[str, Maker] = {
    "empty sessions": _many(_yaml("@"), "- {}\n"),
    "sessions": _many(_yaml("@"), _YAML_SESSION),
    "sessions with defaults": _many(
        _yaml("@", "defaults: {room: Hall, day: 2030-01-01, duration: 0:45}\n"), "- {id: s#, title: t}\n"),
    "sessions that are invalid": _many(_yaml("@"), "- {id: s#, titel: t, start: 9}\n"),
    "slots": _many(_yaml("- {id: a, title: t, slots: [@]}\n"), "{day: 2030-01-01},"),
    "speakers": _many(_yaml("- {id: a, title: t, day: 2030-01-01, speakers: [@]}\n"), "a#,"),
    "unknown keys": _many(_yaml("- {id: a, title: t, day: 2030-01-01, @}\n"), "k#: 0,"),
    "unknown defaults": _many(_yaml("", "defaults: {@}\n"), "k#: 0,"),
    "lines of a text": _many(_yaml("- id: a\n  title: t\n  day: 2030-01-01\n  abstract: |\n@"), "    x\n"),
    "blank lines": _many(_yaml("@"), "\n"),
    "comments": _many(_yaml("@"), "# x\n"),
    "lists in lists": _nested(_yaml("@"), "[", "]"),
    "items in items": _nested(_yaml("@"), "- ", ""),
}  # fmt: skip

_XML_EVENT = "<date>2030-01-01T10:00:00Z</date><title>t</title>"


def _xml(inside: str) -> str:
    return f"<schedule><conference><title>x</title></conference>{inside}</schedule>"


def _xml_day(inside: str) -> str:
    return _xml(f"<day date='2030-01-01' index='1'><room name='r'>{inside}</room></day>")


def _xml_event(inside: str) -> str:
    return _xml_day(f"<event id='1'>{_XML_EVENT}{inside}</event>")


FRAB_XML: Mapping[str, Maker] = {
    "elements": _many("<schedule>@</schedule>", "<a/>"),
    "elements in an event": _many(_xml_event("@"), "<a/>"),
    "empty events": _many(_xml_day("@"), "<event/>"),
    "events": _many(_xml_day("@"), f"<event id='#'>{_XML_EVENT}</event>"),
    "events with texts": _many(
        _xml_day("@"), f"<event id='#'>{_XML_EVENT}<abstract><p>x</p></abstract></event>"),
    "days": _many(_xml("@"), "<day/>"),
    "days with dates": _many(_xml("@"), "<day date='2030-01-01'/>"),
    "rooms": _many(_xml("<day date='2030-01-01'>@</day>"), "<room name='#'/>"),
    "persons": _many(_xml_event("<persons>@</persons>"), "<person>#</person>"),
    "biographies": _many(
        _xml_event("<persons>@</persons>"), "<person><name>#</name><biography>b</biography></person>"),
    "tags": _many(_xml_event("<tags>@</tags>"), "<tag>#</tag>"),
    "links": _many(_xml_event("<links>@</links>"), "<link href='http://a/#'/>"),
    "tracks": _many("<schedule><conference><tracks>@</tracks></conference></schedule>", "<track>#</track>"),
    "attributes": _many(_xml_event("<a @/>"), "a#='' "),
    "attributes of elements": _many(_xml_event("@"), "<a b=''/>"),
    "namespaces": _many(_xml_event("<a @/>"), "xmlns:a#='b' "),
    "namespaces of elements": _many(_xml_event("@"), "<a xmlns:b='c'/>"),
    "pieces of text": _many(_xml_event("<description>@</description>"), "x<br/>"),
    "pieces of text, deep": _many(
        _xml_event(f"<description>{'<b>' * 80}@{'</b>' * 80}</description>"), "x<br/>"),
    "titles that are blank": _many(_xml_event("@"), "<title/>"),
    "references": _many(_xml_event("<description>@</description>"), "&#65;"),
    "references that are forbidden": _many(_xml_event("<description>@</description>"), "&#0;"),
    "characters that are forbidden": _many(_xml_event("<description>@</description>"), "\x01"),
    "sections": _many(_xml_event("<description>@</description>"), "<![CDATA[x]]>"),
    "comments": _many(_xml_event("@"), "<!---->"),
    "instructions": _many(_xml_event("@"), "<?a?>"),
    "elements within elements": _nested(_xml_event("@"), "<a>", "</a>"),
    "a text": _many(_xml_event("<description>@</description>"), "x"),
    "lines": _many(_xml_event("<description>@</description>"), "\n"),
    "an attribute": _many(_xml_event("<a b='@'/>"), "x"),
}  # fmt: skip

_SLOT_TIME = "<date>2030/01/01</date><start_time>10:00</start_time><end_time>11:00</end_time>"


def _timeslot(inside: str) -> str:
    return f"<event><timeslot>{_SLOT_TIME}{inside}</timeslot></event>"


RESEARCHR: Mapping[str, Maker] = {
    "empty time slots": _many("<event>@</event>", "<timeslot/>"),
    "time slots": _many("<event>@</event>", f"<timeslot><slot_id>#</slot_id>{_SLOT_TIME}</timeslot>"),
    "time slots of one event": _many(
        "<event>@</event>", f"<timeslot><event_id>e</event_id>{_SLOT_TIME}</timeslot>"),
    "time slots in a subevent": _many(
        "<event><subevent>@</subevent></event>", f"<timeslot>{_SLOT_TIME}</timeslot>"),
    "subevents": _many("<event><timeslot/>@</event>", "<subevent/>"),
    "elements in a time slot": _many(_timeslot("@"), "<a/>"),
    "persons": _many(
        _timeslot("<persons>@</persons>"), "<person><last_name>#</last_name><bio>b</bio></person>"),
    "empty persons": _many(_timeslot("<persons>@</persons>"), "<person/>"),
    "links": _many(_timeslot("@"), "<url/>"),
    "badges": _many(_timeslot("<badges>@</badges>"), "<badge>#</badge>"),
    "declarations of elements": _many(f"<!DOCTYPE event [@]>{_timeslot('')}", "<!ELEMENT a# ANY>"),
    "declarations of attributes": _many(
        f"<!DOCTYPE event [<!ATTLIST a @>]>{_timeslot('')}", " a# ID #IMPLIED"),
}  # fmt: skip

_START = "<dtstart>20300101T100000Z</dtstart>"
_RULE = "<rrule><recur><freq>DAILY</freq></recur></rrule>"


def _pentabarf(inside: str) -> str:
    return f"<iCalendar><vcalendar>{inside}</vcalendar></iCalendar>"


def _property(inside: str) -> str:
    start = "<dtstart><date-time>2030-01-01T10:00:00Z</date-time></dtstart>"
    return (
        "<icalendar><vcalendar><components><vevent><properties>"
        f"{start}{inside}</properties></vevent></components></vcalendar></icalendar>"
    )


XCAL: Mapping[str, Maker] = {
    "empty events": _many(_pentabarf("@"), "<vevent/>"),
    "events": _many(_pentabarf("@"), f"<vevent><uid>#</uid>{_START}</vevent>"),
    "events of a year": _many(
        _pentabarf("@"), "<vevent><dtstart>20300101</dtstart><dtend>20301231</dtend></vevent>"),
    "events that recur": _many(_pentabarf("@"), f"<vevent><uid>#</uid>{_START}{_RULE}</vevent>"),
    "attendees": _many(_pentabarf(f"<vevent>{_START}@</vevent>"), "<attendee>#</attendee>"),
    "categories": _many(_pentabarf(f"<vevent>{_START}@</vevent>"), "<category>#</category>"),
    "components": _many(_pentabarf("<components>@</components>"), "<x/>"),
    "properties": _many(_property("@"), "<x/>"),
    "values of a property": _many(_property("<categories>@</categories>"), "<text>a</text>"),
    "parameters": _many(_property("<attendee><parameters>@</parameters></attendee>"), "<cn/>"),
    "rules": _many(_property("@"), _RULE),
    "parts of a rule": _many(
        _property("<rrule><recur><freq>WEEKLY</freq>@</recur></rrule>"), "<byday>MO</byday>"),
    "times left out": _many(
        _property(_RULE + "@"), "<exdate><date-time>2030-01-02T10:00:00Z</date-time></exdate>"),
}  # fmt: skip


def _page(block: str) -> str:
    return f'<html><title>x</title><script type="application/ld+json">{block}</script></html>'


def _main_event(inside: str) -> str:
    return _page(f'{{"ATtype":"Event","name":"x","startDate":"2030-01-01T10:00Z"{inside}}}')


def _ld(template: str, piece: str, between: str = ",") -> Maker:
    """Return a maker of pages; the ``@`` of a keyword is written as ``AT``."""
    make = _many(template, piece, between)
    return lambda number: make(number).replace(b"AT", b"@")


SCHEMA_ORG: Mapping[str, Maker] = {
    "empty events": _ld(_main_event(',"subEvent":[@]'), "{}"),
    "events": _ld(
        _main_event(',"subEvent":[@]'), '{"ATtype":"Event","name":"#","startDate":"2030-01-01T10:00Z"}'),
    "events of one name": _ld(
        _main_event(',"subEvent":[@]'), '{"name":"a","startDate":"2030-01-01T10:00Z","x":#}'),
    "references to events": _ld(_main_event(',"subEvent":[@]'), '{"ATid":"#"}'),
    "events in one by reference": _ld(
        _page('[{"ATtype":"Event","ATid":"c","startDate":"2030-01-01"},@]'),
        '{"ATtype":"Event","ATid":"#","startDate":"2030-01-01","superEvent":{"ATid":"c"}}'),
    "objects of one id": _ld(_main_event(',"x":[@]'), '{"ATid":"a","b#":0}'),
    "performers": _ld(_main_event(',"performer":[@]'), '{"name":"#","description":"b"}'),
    "texts as performers": _ld(_main_event(',"performer":[@]'), '"#"'),
    "places": _ld(_main_event(',"location":[@]'), '{"ATtype":"VirtualLocation","url":"https://a.example/#"}'),
    "keywords": _ld(_main_event(',"keywords":"@"'), "a,", ""),
    "languages": _ld(_main_event(',"description":[@]'), '{"ATvalue":"a","ATlanguage":"de"}'),
    "lists": _ld(_main_event(',"x":[@]'), "[]"),
    "blocks": _ld(
        "<html>@</html>",
        '<script type="application/ld+json">{"ATtype":"Event","startDate":"2030-01-01","x":#}</script>', ""),
    "blocks that are empty": _ld(
        f"<html>@{_main_event('')}", '<script type="application/ld+json"></script>', ""),
    "scripts": _ld(f"<html>@{_main_event('')}", "<script></script>", ""),
    "comments": _ld(f"<html>@{_main_event('')}", "<!---->", ""),
    "a text": _ld(_main_event(',"description":"@"'), "x", ""),
    "bold words in HTML": _ld(_main_event(',"description":"@"'), "<b>x</b>", ""),
}  # fmt: skip


def _calendar(inside: str) -> str:
    return f"BEGIN:VCALENDAR\n{inside}END:VCALENDAR\n"


def _vevent(inside: str, start: str = "DTSTART:20300101T100000Z\n") -> str:
    return f"BEGIN:VEVENT\nUID:#\n{start}{inside}END:VEVENT\n"


def _one_vevent(inside: str, start: str = "DTSTART:20300101T100000Z\n") -> str:
    return _calendar(_vevent(inside, start).replace("#", "1"))


_OBSERVANCE = "BEGIN:STANDARD\nDTSTART:20300101T{:06}\nTZOFFSETTO:+0100\nTZOFFSETFROM:+0000\nEND:STANDARD\n"
_ZONE = "BEGIN:VTIMEZONE\nTZID:{}\n{}END:VTIMEZONE\n"
_OURS = "DTSTART;TZID=Ours{}:20300101T100000\n"

ICS: Mapping[str, Maker] = {
    "events without a time": _many(_calendar("@"), "BEGIN:VEVENT\nEND:VEVENT\n"),
    "events": _many(_calendar("@"), _vevent("SUMMARY:x\n")),
    "events of one UID": _many(_calendar("@"), _vevent("").replace("#", "1")),
    "events of a year": _many(
        _calendar("@"), _vevent("", "DTSTART;VALUE=DATE:20300101\nDTEND;VALUE=DATE:20301231\n")),
    "events that recur": _many(_calendar("@"), _vevent("RRULE:FREQ=DAILY;COUNT=366\n")),
    "events that recur at listed times": _many(
        _calendar("@"), _vevent("RDATE:" + ",".join(f"20300102T{n:06}Z" for n in range(50)) + "\n")),
    "events with times left out": _many(
        _calendar("@"),
        _vevent("RRULE:FREQ=DAILY;COUNT=2\nEXDATE:" + ",".join(["20300102T100000Z"] * 366) + "\n")),
    "changes of one that recurs": _many(
        _calendar("@"),
        "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20300101T#Z\nDTSTART:20300101T100000Z\nEND:VEVENT\n"),
    "alarms": _many(_one_vevent("@"), "BEGIN:VALARM\nEND:VALARM\n"),
    "unknown components": _many(_calendar("@"), "BEGIN:X\nEND:X\n"),
    "components in components": lambda n: b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * n,
    "calendars": _many("@", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
    "blank lines": _many(_one_vevent("@"), "\n"),
    "unknown properties": _many(_one_vevent("@"), "A:\n"),
    "properties": _many(_one_vevent("@"), "URL:\n"),
    "properties of the calendar": _many(_calendar("@"), "URL:\n"),
    "lines that are none": _many(_one_vevent("@"), "x\n"),
    "attendees": _many(_one_vevent("@"), "ATTENDEE;CN=#:x\n"),
    "attendees of events": _many(_calendar("@"), _vevent("ATTENDEE;CN=A#:x\n" * 900)),
    "attachments of events": _many(_calendar("@"), _vevent("ATTACH:http://a/#\n" * 900)),
    "categories": _many(_one_vevent("CATEGORIES:@\n"), "a,"),
    "categories of events": _many(_calendar("@"), _vevent("CATEGORIES:c#\n")),
    "parameters": _many(_one_vevent("ATTENDEE@:x\n"), ";A#=1"),
    "values of a parameter": _many(_one_vevent("ATTENDEE;CN=@:x\n"), "a,"),
    "folds": _many(_one_vevent("DESCRIPTION:@\n"), "x\n "),
    "a text": _many(_one_vevent("DESCRIPTION:@\n"), "x"),
    "commas of a text": _many(_one_vevent("DESCRIPTION:@\n"), "\\,"),
    "texts of a megabyte": _many(_calendar("@"), _vevent("DESCRIPTION:" + "x" * 1_000_000 + "\n")),
    "rules": _many(_one_vevent("@"), "RRULE:FREQ=DAILY\n"),
    "a rule": _many(_one_vevent("RRULE:FREQ=WEEKLY;BYDAY=@\n"), "MO,"),
    "listed times": _many(_one_vevent("RDATE:@\n"), "20300102T100000Z,"),
    "lines of listed times": _many(_one_vevent("@"), "RDATE:20300102T100000Z\n"),
    "time zones": _many(
        _calendar("@"), _ZONE.format("Ours#", _OBSERVANCE.format(0)) + _vevent("", _OURS.format("#"))),
    "changes of a time zone": _many(
        _calendar(_ZONE.format("Ours", "@") + _vevent("", _OURS.format("")).replace("#", "1") * 1000),
        _OBSERVANCE.format(0)),
    "events in a zone of many changes": _many(
        _calendar(_ZONE.format("Ours", "".join(map(_OBSERVANCE.format, range(900)))) + "@"),
        _vevent("", _OURS.format(""))),
    "rules of a time zone": _many(
        _calendar(
            _ZONE.format(
                "Ours", _OBSERVANCE.format(0).replace("END", "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=@\nEND"))
            + _vevent("", _OURS.format("")).replace("#", "1")),
        "1SU,"),
}  # fmt: skip

_ONE_ROW = "title,day,start,speakers,tags\n"
CSV: Mapping[str, Maker] = {
    "rows": _many(f"{_ONE_ROW}@", "a,2030-01-01\n"),
    "sessions": _many(f"{_ONE_ROW}@", "a#,2030-01-01,10:00\n"),
    "blank lines": _many(f"{_ONE_ROW}a,2030-01-01\n@", "\n"),
    "rows of blanks": _many(f"{_ONE_ROW}a,2030-01-01\n@", ",\n"),
    "columns": _many("title,day@\na,2030-01-01\n", ",n#"),
    "columns of titles": _many("day@\n2030-01-01\n", ",title"),
    "cells": _many(f"{_ONE_ROW}a,2030-01-01@\n", ","),
    "speakers": _many(f'{_ONE_ROW}a,2030-01-01,,"@"\n', "a#,"),
    "speakers of sessions": _many(f"{_ONE_ROW}@", 'a#,2030-01-01,,"' + "a;" * 50 + '"\n'),
    "blanks in a name": _many(f'{_ONE_ROW}a,2030-01-01,,"a@b"\n', " "),
    "letters beside a mail address": lambda number: (
        f"{_ONE_ROW}a,2030-01-01,,{'a' * number} a@b.example\n".encode()
    ),
    "parentheses": _many(f'{_ONE_ROW}a,2030-01-01,,"@"\n', "("),
    "quotation marks": _many(f'{_ONE_ROW}a,2030-01-01,,"@"\n', '""'),
    "an open quotation mark": _many(f'{_ONE_ROW}a,2030-01-01,,"@', "x\n"),
    "times that can't be read": _many(f"{_ONE_ROW}@", "a,2030-01-01,soon #\n"),
    "rows without a title": _many(f"{_ONE_ROW}a,2030-01-01\n@", ",,,x#\n"),
    "rows of a dash": _many(f"{_ONE_ROW}a,2030-01-01\n@", "-\n"),
    "rows of names": _many("@", f"{_ONE_ROW}"),
    "a text": _many(f"{_ONE_ROW}@,2030-01-01\n", "x"),
    "a time": _many(f"{_ONE_ROW}a,2030-01-01,@\n", "10:00 "),
}


def _workbook(inside: str, piece: str) -> Maker:
    """Return a maker of workbooks that are not compressed, so that they grow with their content."""
    make = _many(inside, piece)
    return lambda number: packed(xlsx_parts({"P": make(number).decode()}), ZIP_STORED)


_NAMES = sheet_xml([["title", "day"]]).removesuffix("</sheetData>")
_FULL = sheet_xml([["title", "day"], ["a", "2030-01-01"]]).removesuffix("</sheetData>")
WORKBOOK: Mapping[str, Maker] = {
    "rows": _workbook(
        f"{_NAMES}@</sheetData>",
        "<row><c t='inlineStr'><is><t>a#</t></is></c><c t='inlineStr'><is><t>2030-01-01</t></is></c></row>",
    ),
    "empty cells": _workbook(f"{_FULL}<row>@</row></sheetData>", "<c/>"),
    "columns": _workbook(f"{_FULL}<row>@</row></sheetData>", "<c><v>1</v></c>"),
    "merged cells": _workbook(f"{_FULL}</sheetData><mergeCells>@</mergeCells>", "<mergeCell ref='A2:B3'/>"),
    "sheets": lambda number: packed(
        xlsx_parts({f"s{n}": f"{_FULL}</sheetData>" for n in range(number)}), ZIP_STORED
    ),
}

MAKERS: Mapping[str, Mapping[str, Maker]] = {
    "summit": NATIVE,
    "summit-yaml": NATIVE_YAML,
    "frab-json": FRAB_JSON,
    "flat-json": FLAT_JSON,
    "pretalx-widget": PRETALX_WIDGET,
    "opass": OPASS,
    "sessionize": SESSIONIZE,
    "indico": INDICO,
    "open-event": OPEN_EVENT,
    "frab-xml": FRAB_XML,
    "researchr": RESEARCHR,
    "xcal": XCAL,
    "ics": ICS,
    "csv": CSV,
    "workbook": WORKBOOK,
    "schema-org": SCHEMA_ORG,
}
"""The makers by the name of the format, as in :data:`summitcli.formats.FORMATS`."""

IMPORTS: Mapping[str, Maker] = {
    "ids": _many("@", "a\n"),
    "ids of sessions": _many("@", "opening\n"),
    "blank lines": _many("@", "\n"),
    "comments": lambda number: b"#\n" * number,
    "form feeds": _many("@", "\f"),
    "rows": _many("@", "2022-07-23\t\topening\n"),
    "days of a row": _many("opening\t@\n", "2022-07-23,"),
    "texts": _json("[@]", '"a"'),
    "objects": _json("[@]", '{"id":"a"}'),
    "empty objects": _json("[@]", "{}"),
    "lines of objects": _many("@", '{"id":"a"}\n'),
    "lists in lists": _nested("@", "[", "]"),
    "days of an object": _json('[{"id":"opening","days":[@]}]', '"2022-07-23"'),
    "names in a title": _many('[{"title":"@","day":"2022-07-23"}]', "a - "),
    "picks": _json('{"format":"summit-agenda/1","conference":"x","picks":[@]}', '{"id":"a"}'),
    "events": _many(_calendar("@"), _vevent("SUMMARY:x\n")),
    "properties": _many(_one_vevent("@"), "URL:x\n"),
    "unknown properties": _many(_one_vevent("@"), "A:\n"),
    "folds": _many(_one_vevent("SUMMARY:@\n"), "x\n "),
    "parameters": _many(_one_vevent("DTSTART@:20300101\n"), ";A#=1"),
}
"""Makers of files that an agenda is imported from."""


def rich(sessions: int) -> bytes:
    """Return a ``schedule.json`` with that many sessions, with speakers and abstracts in HTML."""
    words = (
        "open",
        "data",
        "health",
        "networks",
        "we will see how",
        "digital",
        "citizens",
        "数字经济",
        "Größe",
    )
    days: list[dict[str, Any]] = [
        {"index": day, "date": f"2030-01-0{day}", "rooms": {}} for day in range(1, DAYS + 1)
    ]
    for number in range(sessions):
        text = " ".join(words[(number * step + step) % len(words)] for step in range(1, 45))
        room = f"Room {number % max(5, sessions // 200)}"
        day, hour = days[number % DAYS], 8 + number // DAYS % 12
        event = {
            "guid": f"{number:08d}-1111-4111-8111-111111111111",
            "id": number + 1,
            "date": f"{day['date']}T{hour:02}:00:00+08:00",
            "start": f"{hour:02}:00",
            "duration": "0:45",
            "title": f"{words[number % len(words)]} {number}",
            "track": f"Track {number % 12}",
            "abstract": f"<p>{text[:150]}</p>\n<ul><li>{text[150:200]}</li><li>{text[200:]}</li></ul>",
            "persons": [{"id": person, "public_name": f"Ada {person}"} for person in range(number % 3)],
            "links": [],
        }
        day["rooms"].setdefault(room, []).append(event)
    conference = {"acronym": "rich", "title": "Rich", "time_zone_name": "Asia/Shanghai", "days": days}
    return json.dumps({"schedule": {"version": "1", "conference": conference}}, ensure_ascii=False).encode()
