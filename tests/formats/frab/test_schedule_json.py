"""The reader of the schedule.json of frab, pretalx and c3voc, in each of its dialects."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.errors import InvalidSchedule, SummitError
from summitcli.formats.draft import Draft, DraftDay, DraftLink, Event, Track
from summitcli.formats.frab import flat_json, pretalx_widget, schedule_json
from tests.conftest import BUNDLED, examples
from tests.formats.frab.json_mutations import has_the_kinds_it_promises, mutated
from tests.published import FILES, content

CEST = timezone(timedelta(hours=2))
DAY = date(2024, 5, 1)
PLACE = 'schedule.conference.days[0].rooms["Hall"][0]'


def at(clock: str, day: str = "2024-05-01") -> datetime:
    """Return a time in Central European summer time."""
    return datetime.fromisoformat(f"{day}T{clock}:00+02:00")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def document(*events: Any, day: dict[str, Any] | None = None, **conference: Any) -> dict[str, Any]:
    """Return a schedule of one day and one room with ``events``."""
    the_day = {"index": 0, "date": "2024-05-01", **(day or {})}
    the_day.setdefault("rooms", {"Hall": list(events)})
    return {"schedule": {"version": "1", "conference": {"title": "Conf", "days": [the_day], **conference}}}


def read(made: Any) -> Draft:
    return schedule_json.read(json.dumps(made).encode(), "conf.json")


def one(event: dict[str, Any], **rest: Any) -> Event:
    """Return the only event of a schedule, which must have no findings."""
    draft = read(document(event, **rest))
    assert draft.findings.sentences() == []
    (found,) = draft.events
    return found


def empty(**fields: Any) -> Event:
    """Return the event that ``{}`` is read as, with the given fields."""
    return Event(where=PLACE, day=DAY, room="Hall")._replace(**fields)


WHOLE_EVENT = {
    "id": 7, "guid": "6a32cb72-a69d-423c-91b5-60d88eb8e6c7", "code": "ABCDEF", "slug": "conf-7-opening",
    "date": "2024-05-01T10:00:00+02:00", "start": "10:00", "duration": "00:45", "room": "Hall",
    "url": "talk/ABCDEF/", "title": "Opening", "subtitle": "At last", "track": "Main", "type": "lecture",
    "language": "en", "abstract": "<p>Hello</p>", "description": "World\r\n",
    "persons": [{"id": 1, "public_name": "Ada"}, {"id": 2, "full_public_name": "Bob"}, {"name": "Cem"},
                "Dee"],
    "links": [{"url": "https://a.example/", "title": "A"}, "https://b.example/"],
    "attachments": [{"url": "/slides.pdf", "title": "Slides"}], "do_not_record": False, "logo": None,
    "answers": [],
}  # fmt: skip
WHOLE = {
    "$schema": "https://c3voc.de/schedule/schema.json",
    "generator": {"name": "pretalx", "version": "2024.1.0"},
    "schedule": {
        "url": "https://conf.example/schedule/",
        "version": 1.5,
        "base_url": "https://conf.example/",
        "conference": {
            "acronym": "conf24", "title": {"de": "Die Konferenz", "en": "The Conference"},
            "start": "2024-05-01", "end": "2024-05-02", "daysCount": 2, "timeslot_duration": "00:05",
            "time_zone_name": "Europe/Berlin", "language": "de",
            "tracks": [{"name": "Main", "slug": "main", "color": "#F9B000"},
                       {"name": "Side", "color": "orange"}],
            "rooms": [{"name": "Attic", "guid": "g-1"}, {"name": "Hall", "guid": "g-2"}],
            "days": [
                {"index": 1, "date": "2024-05-01", "day_start": "2024-05-01T04:00:00+02:00",
                 "day_end": "2024-05-02T03:59:00+02:00", "rooms": {"Hall": [WHOLE_EVENT], "Cellar": []}},
                {"index": 2, "date": "2024-05-02", "rooms": {}},
            ],
        },
    },
}  # fmt: skip


def test_a_whole_document_is_read_field_by_field() -> None:
    draft = read(WHOLE)
    assert draft == Draft(
        events=(
            Event(
                where='schedule.conference.days[0].rooms["Hall"][0]',
                identity="6a32cb72-a69d-423c-91b5-60d88eb8e6c7",
                names=("ABCDEF", "7", "conf-7-opening"),
                guid="6a32cb72-a69d-423c-91b5-60d88eb8e6c7",
                title="Opening",
                subtitle="At last",
                abstract="<p>Hello</p>",
                description="World\r\n",
                start=at("10:00"),
                end=at("10:45"),
                clock="10:00",
                day=DAY,
                room="Hall",
                track="Main",
                type="lecture",
                language="en",
                speakers=("Ada", "Bob", "Cem", "Dee"),
                url="talk/ABCDEF/",
                links=(
                    DraftLink("https://a.example/", "A"),
                    DraftLink("https://b.example/"),
                    DraftLink("/slides.pdf", "Slides"),
                ),
                recorded=True,
            ),
        ),
        findings=draft.findings,
        title="Die Konferenz",
        titles={"de": "Die Konferenz", "en": "The Conference"},
        acronym="conf24",
        language="de",
        time_zone="Europe/Berlin",
        start=DAY,
        end=date(2024, 5, 2),
        days=(
            DraftDay(DAY, at("04:00"), at("03:59", "2024-05-02"), "schedule.conference.days[0]"),
            DraftDay(date(2024, 5, 2), where="schedule.conference.days[1]"),
        ),
        tracks=(Track("Main", "main", "#F9B000"), Track("Side")),
        rooms=("Attic", "Hall", "Cellar"),
        url="https://conf.example/schedule/",
        base_url="https://conf.example/",
        version="1.5",
    )
    assert list(draft.findings) == []


def test_an_empty_event_is_kept() -> None:
    assert one({}) == empty()


START = "2024-05-01T10:00:00+02:00"
TIMES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a length": ({"date": START, "duration": "1:30"}, {"start": at("10:00"), "end": at("11:30")}),
    "a length of a day and more": (
        {"date": START, "duration": "1:02:30"}, {"start": at("10:00"), "end": at("12:30", "2024-05-02")}),
    "no length at all": ({"date": START, "duration": "0:00"}, {"start": at("10:00"), "end": at("10:00")}),
    "neither length nor end": ({"date": START}, {"start": at("10:00")}),
    "an end beside a length": (
        {"date": START, "duration": "1:00", "end": "2024-05-01T10:20:00+02:00"},
        {"start": at("10:00"), "end": at("10:20")}),
    "an instant in UTC": (
        {"date": "2024-05-01T08:00:00Z", "start": "10:00"},
        {"start": datetime(2024, 5, 1, 8, tzinfo=UTC), "clock": "10:00"}),
    "a time without an offset": ({"date": "2024-05-01T10:00:00"}, {"start": local("2024-05-01T10:00")}),
    "a day and a clock": (
        {"date": "2024-05-03", "start": "9:30", "duration": "0:30"},
        {"start": local("2024-05-03T09:30"), "length": timedelta(minutes=30), "clock": "9:30"}),
    "a clock alone": ({"start": "09:30"}, {"start": local("2024-05-01T09:30"), "clock": "09:30"}),
    "an instant for a clock": ({"start": START}, {"start": at("10:00")}),
    "midnight at the end of the day": (
        {"start": "24:00"}, {"start": local("2024-05-02T00:00"), "clock": "0:00"}),
}  # fmt: skip


@pytest.mark.parametrize("case", TIMES)
def test_the_times_of_an_event(case: str) -> None:
    fields, expected = TIMES[case]
    assert one(fields) == empty(**expected)


@pytest.mark.parametrize(
    ("clock", "start"),
    [("01:00", "2024-05-02T01:00"), ("09:59", "2024-05-02T09:59"), ("10:00", "2024-05-01T10:00"),
     ("23:00", "2024-05-01T23:00")],
)  # fmt: skip
def test_a_time_before_the_beginning_of_the_day_is_on_the_next_morning(clock: str, start: str) -> None:
    day = {"day_start": "2024-05-01T08:00:00Z"}
    event = one({"start": clock}, day=day, time_zone_name="Europe/Berlin")
    assert event == empty(start=local(start), clock=clock)


def test_a_day_without_a_date_has_that_of_its_beginning() -> None:
    event = one({"start": "11:00"}, day={"date": None, "day_start": "2024-05-01T10:00:00+02:00"})
    assert event == empty(start=local("2024-05-01T11:00"), clock="11:00")


def test_without_any_date_the_time_of_day_is_kept() -> None:
    assert one({"start": "11:00"}, day={"date": None}) == empty(day=None, clock="11:00")


BAD_TIMES: dict[str, dict[str, str]] = {
    "date": {"date": "soon"}, "start": {"start": "25:00"}, "end": {"end": "10:30"},
    "duration": {"date": START, "duration": "-1:00"},
}  # fmt: skip


@pytest.mark.parametrize("key", BAD_TIMES)
def test_a_time_that_cant_be_read_is_a_finding(key: str) -> None:
    draft = read(document(BAD_TIMES[key]))
    start = at("10:00") if key == "duration" else None
    assert draft.events == (empty(start=start),)
    assert [(finding.where, finding.value) for finding in draft.findings] == [
        (f"{PLACE}.{key}", BAD_TIMES[key][key])
    ]
    assert draft.findings.sentences() == ["1 time that can't be read"]


def test_without_a_readable_date_the_day_and_the_time_of_day_count() -> None:
    draft = read(document({"date": "soon", "start": "10:00"}))
    assert draft.events == (empty(start=local("2024-05-01T10:00"), clock="10:00"),)
    assert draft.findings.sentences() == ["1 time that can't be read"]


@pytest.mark.parametrize(
    ("fields", "identity", "names"),
    [
        ({"guid": "g", "code": "C", "id": 5, "slug": "s"}, "g", ("C", "5", "s")),
        ({"code": "C", "id": 5}, "C", ("C", "5")),
        ({"id": 5, "slug": "s"}, "5", ("5", "s")),
        ({"id": "x5"}, "x5", ("x5",)),
        ({"slug": "s"}, None, ("s",)),
    ],
)
def test_the_identity_of_an_event_is_its_guid_else_code_else_id(
    fields: dict[str, Any], identity: str | None, names: tuple[str, ...]
) -> None:
    assert one(fields) == empty(identity=identity, names=names, guid=fields.get("guid", ""))


def generated_at_the_top(made: dict[str, Any]) -> None:
    made["generator"] = {"name": "summitcli"}


def generated_in_the_schedule(made: dict[str, Any]) -> None:
    made["schedule"]["generator"] = {"name": "summitcli"}


@pytest.mark.parametrize("generated", [generated_at_the_top, generated_in_the_schedule])
def test_in_a_file_that_we_wrote_the_slug_is_the_id(generated: Callable[[dict[str, Any]], None]) -> None:
    made = document({"code": "C", "id": 5, "slug": "opening"}, meta={"id": "conf"})
    assert read(made).id == ""
    generated(made)
    assert read(made).id == "conf"
    assert read(made).events == (empty(identity="C", names=("opening", "C", "5")),)


@pytest.mark.parametrize(
    ("fields", "recorded"),
    [
        ({"do_not_record": True}, False), ({"do_not_record": False}, True), ({"do_not_record": None}, None),
        ({"do_not_record": "true"}, False), ({"do_not_record": ""}, None),
        ({"recording_license": "CC BY 4.0"}, None),
        ({"recording": {"license": "CC BY 4.0", "optout": True}}, False),
        ({"recording": {"optout": "false"}}, True), ({"recording": {}}, None), ({"recording": "yes"}, None),
        ({"do_not_record": False, "recording": {"optout": True}}, True),
    ],
)  # fmt: skip
def test_an_event_with_an_opt_out_is_not_recorded(fields: dict[str, Any], recorded: bool | None) -> None:
    assert one(fields) == empty(recorded=recorded)


ROOMS = [
    {"name": "Big Hall", "guid": "g-1", "slug": "big"},
    {"name": {"de": "Keller", "en": "Cellar"}, "id": 4},
]


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (None, "Hall"), ("", "Hall"), ("Other", "Other"), (101, "101"), ({"name": "Other"}, "Other"),
        ({"de": "Anderswo", "en": "Elsewhere"}, "Elsewhere"), ({"guid": "g-1"}, "Big Hall"),
        ("big", "Big Hall"), ({"id": 4, "name": None}, "Cellar"),
    ],
)  # fmt: skip
def test_the_room_is_that_of_the_event_else_the_enclosing_one(room: Any, expected: str) -> None:
    assert one({"room": room}, rooms=ROOMS) == empty(room=expected)


def test_urls_of_attachments_are_relative_to_the_origin() -> None:
    links = {
        "links": ["/x"],
        "attachments": [{"url": "/a.pdf", "title": "A"}, {"url": "https://h.example/b.pdf"}],
    }
    mirrored = one({**links, "origin_url": "https://cfp.example/conf/talk/1/"})
    assert [link.url for link in mirrored.links] == [
        "/x",
        "https://cfp.example/a.pdf",
        "https://h.example/b.pdf",
    ]
    assert [link.url for link in one(links).links] == ["/x", "/a.pdf", "https://h.example/b.pdf"]


def test_the_url_may_have_the_key_that_wafer_uses() -> None:
    assert one({"conf_url": "/1/"}) == empty(url="/1/")
    assert one({"conf_url": "/1/", "full_conf_url": "https://t.example/1/"}) == empty(
        url="https://t.example/1/"
    )


TRACKS = [
    {"name": "Art & Beauty", "slug": "art", "colors": {"light": "#00aa00", "dark": "#005500"}},
    "Science",
]


@pytest.mark.parametrize(
    ("track", "expected"),
    [
        (None, ""), ("Science", "Science"), ({"slug": "art"}, "Art & Beauty"), ({"name": "New"}, "New"),
        ({"de": "Kunst"}, "Kunst"), ("art", "Art & Beauty"),
    ],
)  # fmt: skip
def test_a_track_is_a_text_an_object_or_a_reference(track: Any, expected: str) -> None:
    assert one({"track": track}, tracks=TRACKS) == empty(track=expected)
    assert read(document(tracks=TRACKS)).tracks == (Track("Art & Beauty", "art", "#00aa00"), Track("Science"))


def test_an_unknown_reference_is_a_finding() -> None:
    draft = read(document({"room": {"guid": "g-9"}, "track": {"slug": "gone"}}, tracks=TRACKS))
    assert draft.events == (empty(),)
    assert draft.findings.sentences() == ["2 rooms, categories or speakers that are named but not listed"]


@pytest.mark.parametrize(
    "fields",
    [
        {"persons": [{"public_name": "Ada"}, {"name": "Bob"}]},
        {"persons": [], "speakers": ["Ada", "Bob"]},
        {"persons": None, "participants": [{"name": "Ada", "role": "SPEAKER"}, {"guid": "p-2"}]},
        {"speakers": [{"public_name": {"en": "Ada"}}, "p-2"]},
    ],
)
def test_speakers_are_read_from_any_of_their_keys(fields: dict[str, Any]) -> None:
    made = document(fields)
    made["schedule"]["persons"] = [{"guid": "p-2", "name": "Bob"}]
    draft = read(made)
    assert draft.events == (empty(speakers=("Ada", "Bob")),)
    assert list(draft.findings) == []


def test_a_speaker_without_a_name_is_a_finding() -> None:
    draft = read(document({"persons": [{"id": 1}, {"public_name": " "}, "Ada"]}))
    assert draft.events == (empty(speakers=("Ada",)),)
    assert draft.findings.sentences() == ["2 speakers without a name"]


@pytest.mark.parametrize(
    ("language", "title"), [("de", "Hallo"), ("fr", "Hello"), ("", "Hello"), ("zh-Hans", "你好")]
)
def test_of_several_languages_the_conferences_own_is_taken_else_english(language: str, title: str) -> None:
    texts = {"de": "Hallo", "en": "Hello", "zh_Hans": "你好", "nl": None, "es": ""}
    event = one({"title": texts, "subtitle": texts}, language=language)
    by_tag = {"de": "Hallo", "en": "Hello", "zh-Hans": "你好"}
    assert event == empty(title=title, titles=by_tag, subtitle=title)


def test_of_several_languages_without_english_the_first_is_taken() -> None:
    texts = {"nl": "Hoi", "de": "Hallo"}
    assert one({"abstract": texts}) == empty(abstract="Hoi", abstracts=texts)


@pytest.mark.parametrize(
    ("conference", "language"),
    [
        ({"language": "de"}, "de"), ({"defaults": {"language": "de"}}, "de"), ({"languages": ["de"]}, "de"),
        ({"languages": ["en", "de"]}, ""),
        ({"languages": ["en", "de"], "defaults": {"language": "de"}}, "de"),
    ],
)  # fmt: skip
def test_the_language_of_the_conference_is_read(conference: dict[str, Any], language: str) -> None:
    assert read(document(**conference)).language == language


def test_days_of_the_conference_may_be_given_as_instants() -> None:
    draft = read(
        document(start="2024-04-30T22:30:00Z", end="2024-05-02T18:00:00+02:00", timezone="Europe/Berlin")
    )
    assert (draft.start, draft.end, draft.time_zone) == (DAY, date(2024, 5, 2), "Europe/Berlin")


ODD: dict[str, tuple[dict[str, Any], dict[str, Any], int]] = {
    "numbers for texts": ({"title": 5, "abstract": 1.5, "language": True}, {}, 3),
    "texts for lists": ({"persons": "Ada", "links": "https://a.example/", "attachments": {}}, {}, 3),
    "objects for texts": ({"title": {"text": "x"}, "type": {}, "url": {"en": 5}}, {}, 3),
    "lists for texts": ({"title": ["x"], "room": ["x"], "guid": ["x"]}, {}, 3),
    "oddities in lists": ({"persons": [5, ["Ada"]], "links": [5, {"title": "no address"}, " "]}, {}, 3),
    "numbers for times": ({"date": 1714550400, "start": 10, "duration": 30}, {}, 2),
    "a text for yes or no": ({"do_not_record": "maybe"}, {}, 1),
    "a number without end": ({"id": float("inf"), "title": "T"}, {"title": "T"}, 1),
}  # fmt: skip


@pytest.mark.parametrize("case", ODD)
def test_a_value_of_an_unexpected_type_is_a_finding_and_counts_as_empty(case: str) -> None:
    fields, expected, odd = ODD[case]
    text = json.dumps(document(fields)).replace("Infinity", "1e999")
    draft = schedule_json.read(text.encode(), "conf.json")
    assert draft.events == (empty(**expected),)
    many = f"{odd} value{'s' if odd > 1 else ''} of an unexpected type"
    assert draft.findings.sentences() == [many]


def test_a_finding_has_its_path() -> None:
    draft = read(document({"persons": ["Ada", 5]}))
    assert [finding.where for finding in draft.findings] == [f"{PLACE}.persons[1]"]


def test_an_entry_that_is_not_an_event_is_a_finding_and_the_others_are_kept() -> None:
    draft = read(document("x", {"title": "T"}, None, ["y"]))
    assert draft.events == (empty(where=PLACE[:-2] + "1]", title="T"),)
    assert draft.findings.sentences() == ["2 values of an unexpected type"]


def test_rooms_may_be_a_list_and_events_may_be_directly_in_the_day() -> None:
    rooms = [{"name": "Hall", "events": [{"title": "A"}]}, {"name": "Attic"}, 5]
    draft = read(document(day={"rooms": rooms, "events": [{"title": "B"}]}))
    place = "schedule.conference.days[0]"
    assert draft.events == (
        empty(where=f"{place}.rooms[0].events[0]", title="A"),
        empty(where=f"{place}.events[0]", title="B", room=""),
    )
    assert draft.rooms == ("Hall", "Attic")
    assert draft.findings.sentences() == ["1 value of an unexpected type"]


def test_the_schedule_may_be_the_document_itself() -> None:
    bare = document({"title": "T"})["schedule"]
    assert read(bare).events == (empty(where=PLACE.removeprefix("schedule."), title="T"),)


def test_a_byte_order_mark_is_skipped() -> None:
    data = b"\xef\xbb\xbf" + json.dumps(document({})).encode()
    assert schedule_json.detect(data)
    assert schedule_json.read(data, "conf.json").events == (empty(),)


INVALID: dict[str, tuple[str, str, str]] = {
    "broken": ('{"schedule": {"conference": {"days": [', "", "it is not valid JSON at line 1, column 39"),
    "a list": ("[]", "", "must be an object"),
    "nothing": ("{}", "schedule", "is missing"),
    "a schedule that is none": ('{"schedule": []}', "schedule", "must be an object"),
    "no conference": ('{"schedule": {}}', "schedule.conference", "is missing"),
    "a conference that is none": (
        '{"schedule": {"conference": 5}}',
        "schedule.conference",
        "must be an object",
    ),
    "a bare one that is none": ('{"conference": []}', "conference", "must be an object"),
    "no days": ('{"schedule": {"conference": {}}}', "schedule.conference.days", "is missing"),
    "days that are none": ('{"conference": {"days": {}}}', "conference.days", "must be an array"),
    "a key twice": ('{"schedule": {}, "schedule": {}}', "", 'duplicate key "schedule"'),
    "nested too deeply": ('{"schedule":' + "[" * 100_000, "", "it is nested too deeply"),
}


@pytest.mark.parametrize("case", INVALID)
def test_an_invalid_document_is_refused_with_the_path_of_the_fault(case: str) -> None:
    text, path, reason = INVALID[case]
    with pytest.raises(InvalidSchedule) as caught:
        schedule_json.read(text.encode(), "conf.json")
    assert (caught.value.name, caught.value.faults) == ("conf.json", ((path, reason),))


def test_bytes_that_are_not_utf_8_are_refused() -> None:
    with pytest.raises(InvalidSchedule, match="it is not UTF-8 text"):
        schedule_json.read(b'{"schedule": "\xff"}', "conf.json")


@pytest.mark.parametrize(
    "made",
    [
        WHOLE,
        WHOLE["schedule"],
        document(),
        document(day={"rooms": {}}),
        document(day={"rooms": [{"name": "Hall", "events": []}]}),
        {"schedule": {"conference": {}}},
        document({"description": '"events": [ and "talks": [ "format": "summit-schedule/1"'}),
    ],
)
def test_documents_are_recognised_by_this_reader_alone(made: Any) -> None:
    for data in (json.dumps(made).encode(), json.dumps(made, indent=4).encode()):
        readers = (schedule_json, flat_json, pretalx_widget)
        assert [reader for reader in readers if reader.detect(data)] == [schedule_json]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'["conference", "days"]', b"BEGIN:VCALENDAR", b"<schedule/>"]
)
def test_other_bytes_are_not_recognised(data: bytes) -> None:
    assert not schedule_json.detect(data)


def test_our_own_format_is_not_recognised() -> None:
    data = BUNDLED.read_bytes()
    readers = (schedule_json, flat_json, pretalx_widget)
    assert [reader for reader in readers if reader.detect(data)] == []
    marked = json.dumps({"format": "summit-schedule/1", **WHOLE}).encode()
    assert [reader for reader in readers if reader.detect(marked)] == []


@pytest.mark.parametrize("file", [name for name in FILES if FILES[name].format == "frab-json"])
def test_every_event_of_a_published_schedule_is_read(file: str) -> None:
    readers = (schedule_json, flat_json, pretalx_widget)
    assert [reader for reader in readers if reader.detect(content(file))] == [schedule_json]
    draft = schedule_json.read(content(file), file)
    assert (len(draft.events), list(draft.findings)) == (FILES[file].events, [])
    assert has_the_kinds_it_promises(draft)
    assert all(
        event.title and event.start and (event.end or event.length) and event.day and event.room
        for event in draft.events
    )


@settings(max_examples=examples(400), deadline=None)
@given(data=mutated(WHOLE))
def test_a_mutated_document_is_read_or_refused(data: bytes) -> None:
    try:
        draft = schedule_json.read(data, "conf.json")
    except SummitError:
        return
    assert has_the_kinds_it_promises(draft)
    assert [text for text in draft.findings.sentences() if not text[0].isdigit()] == []
