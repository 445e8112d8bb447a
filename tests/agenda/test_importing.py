import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summitcli.agenda.importing.entries import LARGEST, Entry, NotImportable, read
from summitcli.agenda.importing.matching import FileMatches, Match, match_file
from summitcli.agenda.picks import Agenda, Pick
from summitcli.agenda.writing import dumps
from summitcli.budgets import ELEMENTS, ENTRIES, LINES, too_many
from summitcli.errors import Status
from summitcli.rows import ConferenceRow, SessionRow, SlotRow
from summitcli.text.uids import event_uid, session_uid
from tests.published import FILES, content, here
from tests.session_rows import session_row

CONFERENCE = ConferenceRow(
    "summit-5",
    "峰会",
    {"zh": "峰会"},
    "zh",
    "Asia/Shanghai",
    "2022-07-23",
    "2022-07-26",
    "2022-07-20",
    {},
    {},
)
D23, D24, D25, D26 = (f"2022-07-{day}" for day in range(23, 27))
PAGE = "https://pretalx.com/summit-5/talk/"


def all_day(day: str) -> SlotRow:
    return SlotRow(day, None, None, True, None)


def timed(day: str, start: str, end: str) -> SlotRow:
    return SlotRow(day, f"{day}T{start}:00+08:00", f"{day}T{end}:00+08:00", False, "Hall")


def session(id_: str, title: str, *slots: SlotRow, url: str | None = None, en: str = "") -> SessionRow:
    titles = {"zh": title, "en": en} if en else {"zh": title}
    return session_row(id_, slots, title=title, titles=titles, url=url)


OPENING = session("opening", "开幕式", all_day(D23), en="Opening Ceremony")
EXHIBITION = session("exhibition", "展览会", *(all_day(day) for day in (D23, D24, D25, D26)))
TALK = session("talk", "Bits - and Bytes", timed(D24, "09:00", "10:00"), url=PAGE + "ABCDEF/")
TWICE = session(
    "twice", "Twice", timed(D23, "14:00", "15:00"), timed(D25, "14:00", "15:00"), url=PAGE + "XYZ789/"
)
NUMBERED = session("70", "Seventy", timed(D25, "09:00", "10:00"))
TWIN, OTHER_TWIN = (
    session(id_, "Twins", timed(D26, "09:00", "10:00"), url=PAGE) for id_ in ("twin", "twin-2")
)
SESSIONS = (OPENING, EXHIBITION, TALK, TWICE, NUMBERED, TWIN, OTHER_TWIN)


def whole(*sessions: SessionRow) -> tuple[Match, ...]:
    return tuple(Match(one, None, False) for one in sessions)


def uid(id_: str, conference: str, number: int = 1) -> str:
    """Return the UID of an event of a session without a GUID."""
    return event_uid(session_uid(id_, conference), number)


def taken(text: str | bytes) -> FileMatches:
    data = text.encode() if isinstance(text, str) else text
    return match_file(data, "plan", CONFERENCE, SESSIONS)


def refusal(data: str | bytes) -> str:
    """Return the reason why a file is refused, without the rest of the message."""
    with pytest.raises(NotImportable) as caught:
        taken(data)
    assert caught.value.status == Status.INVALID
    after = ". Supported are IDs, one per line; JSON or TSV of this program; .ics; and xCal"
    assert str(caught.value).isprintable()
    assert str(caught.value).startswith("can't import plan: ")
    assert str(caught.value).endswith(after)
    return str(caught.value).removeprefix("can't import plan: ").removesuffix(after)


def calendar(*events: str) -> str:
    """Return a calendar of events, each given as the lines of its properties."""
    lines = [f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events]
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *lines, "END:VCALENDAR", ""])
    return text.replace("\n", "\r\n")


# Ids and TSV.


def test_ids_one_per_line_with_comments_and_blank_lines() -> None:
    text = "# my picks\n\nopening\n  talk  # not to be missed\r\nEXHIBITION\nopening\nnothing\n"
    assert taken(text) == FileMatches(whole(OPENING, TALK, EXHIBITION), ("nothing",))


def test_a_list_of_only_comments_is_empty() -> None:
    assert taken("# none yet\n") == FileMatches((), ())


def test_rows_of_sessions_have_their_days() -> None:
    text = f"exhibition\t{D24},{D26}\tfair\t展览会\nopening\t{D23}\t\t开幕式\n"
    assert taken(text) == FileMatches((Match(EXHIBITION, (D24, D26), False), *whole(OPENING)), ())


def test_rows_of_listings_have_one_day_each() -> None:
    text = (
        f"{D23}\t\texhibition\tfair\t展览会\n{D24}\t09:00\ttalk\t\tBits\n{D25}\t\texhibition\tfair\t展览会\n"
    )
    assert taken(text) == FileMatches((Match(EXHIBITION, (D23, D25), False), *whole(TALK)), ())


def test_all_days_of_a_session_match_the_whole_session() -> None:
    text = "".join(f"{day}\t\texhibition\tfair\t展览会\n" for day in EXHIBITION.days)
    assert taken(text) == FileMatches(whole(EXHIBITION), ())


def test_another_day_of_a_session_on_one_day_means_that_it_moved() -> None:
    assert taken(f"talk\t{D26}\n") == FileMatches((Match(TALK, None, True),), ())


def test_an_unknown_day_of_a_session_on_several_days_is_unmatched() -> None:
    text = f"twice\t{D23},{D24}\n"
    assert taken(text) == FileMatches((Match(TWICE, (D23,), False),), (f"twice, {D24}",))


def test_a_few_lines_that_are_not_ids_are_unmatched() -> None:
    assert taken("opening\ntalk\nwhat is this?\n") == FileMatches(whole(OPENING, TALK), ("what is this?",))


# JSON.


def test_the_file_of_an_agenda() -> None:
    agenda = Agenda(
        "summit-5",
        "峰会",
        "theirs",
        (
            Pick("opening", None, "开幕式", OPENING.slots),
            Pick("exhibition", (D23, D25), "展览会", (all_day(D23), all_day(D25))),
            Pick("vanished", None, "Vanished", (all_day(D23),), state="missing"),
        ),
    )
    assert taken(dumps(agenda)) == FileMatches(
        (*whole(OPENING), Match(EXHIBITION, (D23, D25), False)), ("vanished",)
    )


def test_the_agenda_of_another_conference_matches_only_by_title_and_time() -> None:
    picks = (
        Pick("talk", None, "Opening Ceremony", (all_day(D23),)),
        Pick("opening", None, "X", (all_day(D23),)),
    )
    agenda = Agenda("summit-4", "峰会", "default", picks)
    assert taken(dumps(agenda)) == FileMatches(whole(OPENING), ("opening",))


def test_the_agenda_of_another_conference_matches_by_guid() -> None:
    talk = TALK._replace(guid="g-1")
    pick = Pick("1", None, "Renamed", (all_day(D23),), guid="g-1")
    data = dumps(Agenda("summit-4", "峰会", "default", (pick,)))
    assert match_file(data, "plan", CONFERENCE, [OPENING, talk]) == FileMatches(whole(talk), ())


def test_the_file_of_an_agenda_in_the_first_format() -> None:
    document = {
        "format": "summit-agenda/1",
        "conference": "summit-5",
        "picks": [{"id": "talk", "days": None}],
    }
    assert taken(json.dumps(document)) == FileMatches(whole(TALK), ())


def test_the_readable_part_of_a_damaged_agenda_is_imported() -> None:
    document = {
        "format": "summit-agenda/1",
        "conference": "summit-5",
        "picks": [{"id": "talk"}, 5, {"days": 1}],
    }
    assert taken(json.dumps(document)) == FileMatches(whole(TALK), ("5", '{"days": 1}'))


def test_a_newer_agenda_is_refused() -> None:
    text = json.dumps({"format": "summit-agenda/3", "picks": [{"id": "talk"}]})
    assert refusal(text) == "unknown agenda format"


def test_json_listings_have_their_day_and_sessions_their_days() -> None:
    objects = [
        {"id": "exhibition", "title": "展览会", "day": D24, "start": None},
        {"id": "opening", "days": [D23], "slots": [all_day(D23)._asdict()]},
        {"id": "twice", "days": [D25]},
        {"id": "talk"},
        {"id": "gone", "title": "Gone", "day": D24},
    ]
    expected = FileMatches(
        (Match(EXHIBITION, (D24,), False), *whole(OPENING), Match(TWICE, (D25,), False), *whole(TALK)),
        (f"gone, {D24}",),
    )
    assert taken(json.dumps(objects)) == expected
    assert taken("\ufeff" + json.dumps(objects, indent=2)) == expected
    assert taken("\n".join(json.dumps(one) for one in objects)) == expected


def test_an_object_with_an_unknown_id_matches_by_url_or_title_and_time() -> None:
    objects = [
        {"id": "x1", "url": "http://PRETALX.com/summit-5/talk/ABCDEF"},
        {"id": "x2", "title": "ｏｐｅｎｉｎｇ ceremony", "day": D23},
        {"title": "Twice", "day": D25, "start": "2022-07-25T06:00:00Z"},
        {"id": "x3", "title": "Twice", "day": D25, "start": "2022-07-25T07:00:00Z"},
    ]
    assert taken(json.dumps(objects)) == FileMatches(
        (*whole(TALK, OPENING), Match(TWICE, (D25,), False)), (f"x3, {D25}",)
    )


def test_a_single_object_and_a_list_of_ids_are_accepted() -> None:
    assert taken('{"id": "talk", "title": "Bits"}') == FileMatches(whole(TALK), ())
    assert taken('["talk", "opening", "no id"]') == FileMatches(whole(TALK, OPENING), ("no id",))


def test_an_empty_list_is_accepted() -> None:
    assert taken("[]") == FileMatches((), ())


def test_a_lone_surrogate_is_replaced_in_the_label() -> None:
    assert taken('[{"id": "a\\ud800"}, "\\udfff"]') == FileMatches((), ("a?", "?"))


# Calendars.


def test_our_own_calendar_by_its_uids_and_times() -> None:
    text = calendar(
        f"UID:{uid('opening', 'summit-5')}\nDTSTART;VALUE=DATE:20220723\nDTEND;VALUE=DATE:20220724",
        f"UID:{uid('exhibition', 'summit-5')}\nDTSTART;VALUE=DATE:20220724\nDTEND;VALUE=DATE:20220726",
        f"UID:{uid('twice', 'summit-5', 2)}\nDTSTART;TZID=Asia/Shanghai:20220725T140000",
        f"UID:{uid('talk', 'summit-5')}\nDTSTART:20220724T010000Z\nDTEND:20220724T020000Z",
    )
    assert taken(text) == FileMatches(
        (
            *whole(OPENING),
            Match(EXHIBITION, (D24, D25), False),
            Match(TWICE, (D25,), False),
            *whole(TALK),
        ),
        (),
    )


def test_all_events_of_a_session_match_the_whole_session() -> None:
    text = calendar(
        f"UID:{uid('twice', 'summit-5')}\nDTSTART:20220723T060000Z",
        f"UID:{uid('twice', 'summit-5', 2)}\nDTSTART:20220725T060000Z",
    )
    assert taken(text) == FileMatches(whole(TWICE), ())


def test_a_moved_session_is_matched_if_unambiguous() -> None:
    text = calendar(
        f"UID:{uid('talk', 'summit-5')}\nSUMMARY:Bits\nDTSTART:20220726T010000Z",
        f"UID:{uid('twice', 'summit-5', 2)}\nSUMMARY:Twice\nDTSTART;TZID=Asia/Shanghai:20220726T140000",
    )
    assert taken(text) == FileMatches((Match(TALK, None, True),), ("Twice, 2022-07-26 14:00",))


def test_our_own_event_is_matched_by_each_of_its_uids() -> None:
    """Match by the UID of the GUID, by the older one of the ID, and by the one in an agenda."""
    talk, twin = TALK._replace(guid="g-1"), TWIN._replace(guid="g-2")
    shared, picked = {"g-2": "nobody"}, {"old@summit-4.summitcli": "talk"}
    for own, expected in (
        ("g-1@summit-5.summitcli", talk),
        ("talk@summit-5.summitcli", talk),
        ("old@summit-4.summitcli", talk),
        (session_uid("twin", "summit-5", "g-2", shared), twin),
        ("g-1", talk),
    ):
        data = calendar(f"UID:{own}\nDTSTART;VALUE=DATE:20220723").encode()
        (match,) = match_file(data, "plan", CONFERENCE, [talk, twin], shared, picked).matched
        assert match.session == expected, own


def test_a_cancelled_event_is_unmatched() -> None:
    event = f"UID:{uid('opening', 'summit-5')}\nSUMMARY:开幕式\nDTSTART;VALUE=DATE:20220723\nSTATUS:CANCELLED"
    assert taken(calendar(event)) == FileMatches((), ("开幕式, 2022-07-23, cancelled",))


def test_a_uid_of_another_conference_does_not_match() -> None:
    event = f"UID:{uid('opening', 'summit-4')}\nSUMMARY:Opening\nDTSTART;VALUE=DATE:20210723"
    assert taken(calendar(event)) == FileMatches((), ("Opening, 2021-07-23",))


PRETALX = (
    "SUMMARY:{title}\nDTSTART;TZID=Asia/Shanghai:{start}\nUID:pretalx-summit-5-{code}@pretalx.com\nURL:{url}"
)


def starred(
    code: str = "NONE00", url: str = "https://x.example/", title: str = "?", start: str = "20220724T090000"
) -> str:
    return calendar(PRETALX.format(code=code, url=url, title=title, start=start))


def test_a_calendar_of_starred_talks_by_page() -> None:
    assert taken(starred(url="https://pretalx.com/summit-5/talk/ABCDEF/")).matched == whole(TALK)


def test_a_calendar_of_starred_talks_by_code() -> None:
    assert taken(starred(code="ABCDEF")).matched == whole(TALK)
    assert taken(starred(code="XYZ789-1", start="20220725T140000")).matched == (Match(TWICE, (D25,), False),)


def test_a_calendar_of_starred_talks_by_title_before_the_speakers_and_time() -> None:
    assert taken(starred(title="Bits - and Bytes - Ada\\, Grace - Hopper")).matched == whole(TALK)
    assert taken(starred(title="Bits - and Bytes - Ada", start="20220724T093000")) == FileMatches(
        (), ("Bits - and Bytes - Ada, 2022-07-24 09:30",)
    )


def test_sessions_with_equal_title_time_and_page_are_matched_only_by_id() -> None:
    event = starred(title="Twins", start="20220726T090000", url=PAGE)
    assert taken(event) == FileMatches((), ("Twins, 2022-07-26 09:00",))
    assert taken("twin-2") == FileMatches(whole(OTHER_TWIN), ())


def test_a_number_as_uid_needs_the_title_with_it() -> None:
    event = "UID:70@example.org\nSUMMARY:{}\nDTSTART:20220725T010000Z"
    assert taken(calendar(event.format("Seventy"))).matched == whole(NUMBERED)
    assert taken(calendar(event.format("Dinner"))) == FileMatches((), ("Dinner, 2022-07-25 01:00",))


def test_a_time_without_a_zone_is_in_the_zone_of_the_conference() -> None:
    event = "UID:1\nSUMMARY:Bits - and Bytes\nDTSTART:20220724T090000"
    assert taken(calendar(event)).matched == whole(TALK)


def test_an_empty_event_is_unmatched() -> None:
    assert taken(calendar("DESCRIPTION:?")) == FileMatches((), ("an event without a title",))


def test_a_line_folded_within_a_character_is_unfolded_first() -> None:
    data = calendar("UID:1\nSUMMARY:开幕式\nDTSTART;VALUE=DATE:20220723").encode()
    cut = data.index("幕".encode()) + 1
    assert taken(data[:cut] + b"\r\n " + data[cut:]).matched == whole(OPENING)
    assert taken(data.replace(b"\r\n", b"\n")).matched == whole(OPENING)


def test_several_calendars_in_one_file() -> None:
    event = "UID:1\nSUMMARY:{}\nDTSTART;VALUE=DATE:{}"
    text = calendar(event.format("开幕式", "20220723")) + calendar(event.format("展览会", "20220726"))
    assert taken(text).matched == (*whole(OPENING), Match(EXHIBITION, (D26,), False))


@pytest.mark.parametrize(
    "broken",
    [
        "BEGIN:VCALENDAR",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n",
        "BEGIN:VCALENDAR\r\nEND:VEVENT\r\n",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\n",
        calendar(*["UID:1"] * 40_000),
        "<icalendar><vcalendar>",
    ],
    ids=["begun", "cut short", "ended only", "uneven", "many events", "XML cut short"],
)
def test_a_broken_calendar_is_refused(broken: str) -> None:
    assert refusal(broken) == "it is not a valid calendar"


def test_a_calendar_with_more_events_than_a_schedule_may_have_is_refused() -> None:
    lines = "BEGIN:VCALENDAR" + "\n" * 300_000
    assert refusal(lines) == too_many(LINES, len(lines))
    elements = "<icalendar>" + "<a>" * 300_000
    assert refusal(elements) == too_many(ELEMENTS, len(elements))
    years = calendar(*["DTSTART;VALUE=DATE:20220101\nDTEND;VALUE=DATE:20230101"] * 600)
    assert refusal(years) == too_many(ENTRIES, 0)


def test_an_event_without_an_end_is_an_entry() -> None:
    text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:A\r\nEND:VCALENDAR\r\n"
    assert taken(text) == FileMatches((), ("A",))


def test_a_calendar_in_xml_by_uids_titles_and_times() -> None:
    def event(properties: str) -> str:
        return f"<vevent><properties>{properties}</properties></vevent>"

    text = "".join(
        (
            "<icalendar><vcalendar><components>",
            event(
                f"<uid><text>{uid('opening', 'summit-5')}</text></uid>"
                "<dtstart><date>2022-07-23</date></dtstart>"
            ),
            event(
                "<summary><text>Twice</text></summary><dtstart><parameters><tzid><text>Asia/Shanghai</text>"
                "</tzid></parameters><date-time>2022-07-25T14:00:00</date-time></dtstart>"
            ),
            event(
                "<summary><text>Bits - and Bytes</text></summary><status><text>CANCELLED</text></status>"
                "<dtstart><date-time>2022-07-24T01:00:00Z</date-time></dtstart>"
            ),
            "</components></vcalendar></icalendar>",
        )
    )
    assert taken(text) == FileMatches(
        (*whole(OPENING), Match(TWICE, (D25,), False)), ("Bits - and Bytes, 2022-07-24 01:00, cancelled",)
    )


def test_a_calendar_of_pentabarf_by_title_and_local_time() -> None:
    text = (
        "<iCalendar><vcalendar><vevent><uid>70@summit-5@pentabarf.org</uid><title>Seventy</title>"
        "<summary>Seventy- and more</summary><dtstart>20220725T090000</dtstart></vevent></vcalendar>"
        "</iCalendar>"
    )
    assert taken(text) == FileMatches(whole(NUMBERED), ())


def test_an_invalid_property_does_not_hide_its_event() -> None:
    assert taken(calendar("UID:1\nSUMMARY:Odd\nDTSTART:yesterday\nDTEND:;;;")) == FileMatches((), ("Odd",))


@pytest.mark.parametrize(
    "file",
    here(
        "harbour.ics",
        "odd.ics",
        "ics/emf2022.ics",
        "ics/jres2022.ics",
        "ics/kielux2020.ics",
        "ics/klimacamp2015.ics",
        "ics/pyconau2023.ics",
    ),
)
def test_every_event_of_a_published_calendar_is_an_entry_with_a_time(file: str) -> None:
    entries = read(content(file), file, "summit-5", ZoneInfo("Europe/Berlin"))
    assert len(entries) == FILES[file].events
    assert all(entry.uid and entry.title and isinstance(entry.when, datetime) for entry in entries)
    assert "\ufffd" not in "".join(entry.text for entry in entries)


@pytest.mark.parametrize("file", here("harbour.ics", "ics/pyconau2023.ics"))
def test_every_session_of_a_published_calendar_is_matched(file: str) -> None:
    data = content(file)
    entries = read(data, file, "conference", UTC)
    slots = [entry.when.astimezone(UTC) for entry in entries if isinstance(entry.when, datetime)]
    sessions = [
        session(
            f"s{number}",
            f"Talk {number}",
            SlotRow(f"{start:%Y-%m-%d}", start.isoformat(), start.isoformat(), False, None),
            url=entry.url,
        )
        for number, (entry, start) in enumerate(zip(entries, slots, strict=True))
    ]
    found = match_file(data, file, CONFERENCE, sessions)
    assert found == FileMatches(whole(*sessions), ())


# What is of none of these kinds.


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "it is empty"),
        (b" \n\xef\xbb\xbf", "unknown file type"),
        (b"\xef\xbb\xbf\r\n", "it is empty"),
        (b"<html><body>talk</body></html>", "unknown file type"),
        (b"Dear friend,\nhere is my plan:\n\ntalk\n", "unknown file type"),
        (b"\x89PNG\r\n\x1a\n\0\0", "it is not UTF-8 text"),
        (b"opening\0talk", "it looks like binary data"),
        (b"\xff\xfeo\0p\0", "it is not UTF-8 text"),
        (b'{"format": "summit-schedule/1", "sessions": []}', "it is JSON without sessions"),
        (b'{"schedule": {"conference": {}}}', "it is JSON without sessions"),
        (b"[1, 2, 3]", "it is JSON without sessions"),
        (b'[{"id": "talk"}', "it is not valid JSON at line 1, column 16"),
        (b'{"id": "talk"}\n{"id":\n', "it is not valid JSON at line 2, column 1"),
        (b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_a_file_of_an_unknown_type_is_refused(data: bytes, expected: str) -> None:
    assert refusal(data) == expected


def test_a_file_that_is_too_large_is_refused() -> None:
    assert refusal(b"x" * (LARGEST + 1)) == "it is larger than 64 MB"


def test_control_characters_in_a_file_name_are_escaped() -> None:
    with pytest.raises(NotImportable) as caught:
        match_file(b"", "\x1b[2J", CONFERENCE, SESSIONS)
    assert str(caught.value).startswith("can't import \\x1b[2J: it is empty.")


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["talk", D24, "9999-12-31"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "title", "url", "day", "days", "slots", "start", "picks", "format"]), inner
        )
    ),
    max_leaves=12,
)


def survives(data: bytes) -> None:
    """Check that each entry is matched or unmatched, or that the file is refused in one line."""
    try:
        entries = read(data, "plan", "summit-5", ZoneInfo("Asia/Shanghai"))
    except NotImportable as error:
        assert "\n" not in str(error)
        return
    found = taken(data)
    assert all(isinstance(entry, Entry) for entry in entries)
    assert bool(found.matched or found.unmatched) is bool(entries)
    assert "".join(found.unmatched).encode() is not None


@given(JSON_VALUES)
@example([{"title": "x", "start": "0001-01-01T00:00:00+23:59"}])
@example([{"title": "x", "slots": [{"day": "2022T"}]}])
def test_any_json_is_matched_unmatched_or_refused(value: object) -> None:
    survives(json.dumps(value).encode())


SAMPLES = [
    calendar("UID:1\nSUMMARY:开幕式\nDTSTART;VALUE=DATE:20220723\nDTEND;VALUE=DATE:20220724", PRETALX.format(
        code="ABCDEF", url=PAGE, title="Bits", start="20220724T090000")).encode(),
    "<icalendar><vcalendar><vevent><uid>1</uid><summary>开幕式</summary><dtstart>20220723</dtstart>"
    "<status>CONFIRMED</status></vevent></vcalendar></icalendar>".encode(),
    dumps(Agenda("summit-5", "峰会", "default", (Pick("talk", (D24,), "Bits", TALK.slots),))),
    f"{D23}\t\texhibition\tfair\t展览会\nopening\t{D23}\n# x\ntalk\n".encode(),
]  # fmt: skip


@given(
    st.sampled_from(SAMPLES),
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 12), st.binary(max_size=6)), min_size=1, max_size=4
    ),
)
def test_a_file_with_changed_bytes_is_matched_unmatched_or_refused(
    data: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    for place, length, replacement in changes:
        data = data[:place] + replacement + data[place + length :]
    survives(data)
