"""The events of a calendar, rule by rule."""

from datetime import timedelta

import icalendar
import pytest

from summitcli.exports.calendar.ics import Entry, Options
from summitcli.exports.calendar.vtimezone import timezone
from summitcli.rows import SlotRow
from tests.exports.conferences import at, conference, on
from tests.exports.reading import assert_bytes_keep_the_rules, calendar_of, export, logical_lines, values

ALARM = timedelta(minutes=30)
LOCAL = ";TZID=Europe/Berlin:"


def test_consecutive_days_are_one_event_and_days_apart_are_separate() -> None:
    text = export(
        conference(on("expo", "2022-07-23", "2022-07-24", "2022-07-26", "2022-07-31", "2022-08-01"))
    )
    assert list(zip(values(text, "UID"), values(text, "DTSTART"), values(text, "DTEND"), strict=True)) == [
        ("expo@summit-2022.summitcli", "20220723", "20220725"),
        ("expo.2@summit-2022.summitcli", "20220726", "20220727"),
        ("expo.3@summit-2022.summitcli", "20220731", "20220802"),
    ]


def test_only_the_requested_days_are_written() -> None:
    text = export(conference(on("expo", "2022-07-23", "2022-07-24", "2022-07-25")), days=("2022-07-24",))
    assert values(text, "UID") == ["expo@summit-2022.summitcli"]
    assert values(text, "DTSTART") == ["20220724"]
    assert values(text, "DTEND") == ["20220725"]


def test_days_in_another_room_are_another_event() -> None:
    slots = [{"day": f"2022-07-{day}", "room": room} for day, room in ((23, "A"), (24, "A"), (24, "B"))]
    text = export(conference({"id": "expo", "title": "Expo", "slots": slots}))
    assert list(zip(values(text, "LOCATION"), values(text, "DTEND"), strict=True)) == [
        ("A", "20220725"),
        ("B", "20220725"),
    ]


def test_an_event_without_length_has_no_end() -> None:
    # RFC 5545 section 3.8.2.2: DTEND is later than DTSTART.
    text = export(conference(at("gong", "Asia/Shanghai", "2022-07-23T10:00", 0)))
    assert values(text, "DTSTART")[-1] == "20220723T100000"
    assert values(text, "DTEND") == []


def test_times_are_to_the_second() -> None:
    row, (session,) = conference(at("gong", "UTC", "2022-07-23T10:00", 0), time_zone="UTC")
    slot = session.slots[0]._replace(start="2022-07-23T10:00:00.25+00:00", end="2022-07-23T10:00:00.75+00:00")
    text = calendar_of(row, [Entry(session._replace(slots=(slot,)))])
    assert values(text, "DTSTART") == ["20220723T100000Z"]
    assert values(text, "DTEND") == []


def test_a_uid_is_escaped_as_text() -> None:
    row, (session,) = conference(on("talk", "2022-07-23"))
    text = calendar_of(row, [Entry(session._replace(id="a,b;c\r\nd\\"))])
    assert values(text, "UID") == ["a\\,b\\;c\\nd\\\\@summit-2022.summitcli"]


def test_utc_needs_no_time_zone() -> None:
    asked = export(conference(at("gong", "Asia/Shanghai", "2022-07-23T10:00", 30)), Options(utc=True))
    own = export(conference(at("gong", "UTC", "2022-07-23T02:00", 30), time_zone="Etc/UTC"))
    for text in (asked, own):
        assert values(text, "DTSTART") == ["20220723T020000Z"]
        assert values(text, "DTEND") == ["20220723T023000Z"]
        assert "VTIMEZONE" not in text


def test_a_missing_session_is_cancelled_and_has_no_alarm() -> None:
    rows = conference(at("talk", "Asia/Shanghai", "2022-07-23T10:00", 30), on("expo", "2022-07-23"))
    text = export(rows, Options(alarms=(ALARM,)), cancelled=True, revision=3)
    assert values(text, "STATUS") == ["CANCELLED", "CANCELLED"]
    assert values(text, "SEQUENCE") == ["3", "3"]
    assert values(text, "TRANSP") == ["TRANSPARENT", "TRANSPARENT"]
    assert "VALARM" not in text


def test_withdrawn_events_are_cancelled_under_their_numbers() -> None:
    rows = conference(at("talk", "Asia/Shanghai", "2022-07-23T10:00", 30))
    # Days in a row, yet of two events: each keeps its number.
    withdrawn = (SlotRow("2022-07-26", None, None, True, None), SlotRow("2022-07-25", None, None, True, None))
    text = export(rows, withdrawn=withdrawn, revision=1)
    names = ("UID", "DTSTART", "STATUS", "SEQUENCE")
    # The first DTSTARTs are those of the time zone.
    assert [tuple(values(text, name)[-3:][n] for name in names) for n in range(3)] == [
        ("talk@summit-2022.summitcli", "20220723T100000", "CONFIRMED", "1"),
        ("talk.3@summit-2022.summitcli", "20220725", "CANCELLED", "1"),
        ("talk.2@summit-2022.summitcli", "20220726", "CANCELLED", "1"),
    ]


def test_events_are_in_order_of_start_and_uid() -> None:
    zone = "America/New_York"
    rows = conference(
        at("b", zone, "2022-11-06T01:30", 30, fold=1),
        at("c", zone, "2022-11-06T01:45", 30),
        at("z", zone, "2022-11-06T00:00", 30),
        on("y", "2022-11-06"),
        at("a", zone, "2022-11-06T01:45", 30),
        time_zone=zone,
    )
    assert values(export(rows), "UID") == [f"{name}@summit-2022.summitcli" for name in "yzacb"]


@pytest.mark.parametrize(
    ("alarms", "timed", "all_day"),
    [
        ([], [], []),
        ([timedelta(minutes=30)], ["-PT30M"], ["-PT6H"]),
        ([timedelta(0)], ["PT0S"], ["-PT6H"]),
        ([timedelta(minutes=10), timedelta(hours=1)], ["-PT10M", "-PT1H"], ["-PT6H"]),
        ([timedelta(days=1)], ["-P1D"], ["-PT6H"]),
        ([timedelta(days=2)], ["-P2D"], ["-P1DT6H"]),
        ([timedelta(hours=25, minutes=1, seconds=5)], ["-P1DT1H1M5S"], ["-P1DT6H"]),
    ],
)
def test_alarms(
    alarms: list[timedelta],
    timed: list[str],
    all_day: list[str],
) -> None:
    options = Options(alarms=tuple(alarms))
    assert values(export(conference(at("talk", "UTC", "2022-07-23T10:00", 30)), options), "TRIGGER") == timed
    assert values(export(conference(on("expo", "2022-07-23")), options), "TRIGGER") == all_day


def test_names_and_labels_are_in_the_language_asked_for() -> None:
    rows = conference(
        on(
            "talk",
            "2022-07-23",
            title={"zh": "主论坛", "en": "Main Forum", "fr": "Forum"},
            speakers=["Ada", "张三"],
            abstract={"zh": "摘要", "en": "Abstract"},
        ),
        notice={"zh": "以现场安排为准", "en": "Subject to change"},
    )
    own, english = export(rows), export(rows, Options(language="en"))
    assert values(own, "SUMMARY") == ["主论坛"]
    assert values(own, "DESCRIPTION") == [
        "Main Forum\\nForum\\n\\n嘉宾：Ada、张三\\n\\n摘要\\n\\n以现场安排为准"
    ]
    assert values(english, "X-WR-CALNAME") == ["Digital Summit"]
    assert values(english, "SUMMARY") == ["Main Forum"]
    assert values(english, "DESCRIPTION") == [
        "主论坛\\nForum\\n\\nSpeakers: Ada\\, 张三\\n\\nAbstract\\n\\nSubject to change"
    ]


def test_an_invisible_title_is_not_among_the_others() -> None:
    titles = {"zh": "主论坛", "en": "\x01", "fr": "Forum", "de": "主论坛"}
    assert values(export(conference(on("talk", "2022-07-23", title=titles))), "DESCRIPTION") == ["Forum"]


@pytest.mark.parametrize(
    ("name", "written"),
    [("AI, Data", "AI / Data"), (",,x,", "x"), ("安全、隐私", "安全、隐私"), ("a;b", "a\\;b")],
)
def test_a_category_has_no_comma(name: str, written: str) -> None:
    rows = conference(on("talk", "2022-07-23", category="c"), categories=[{"id": "c", "name": name}])
    assert values(export(rows), "CATEGORIES") == [written]


@pytest.mark.parametrize(
    "url",
    ["a\r\nATTENDEE:x", "a\nb", "a\rb", "a\tb", "a\x85b", "a\u2028b", "a\x00b", " ", " a", "a\\n", "\udc80"],
)
def test_a_url_that_would_have_to_be_changed_is_left_out(url: str) -> None:
    conference_row, (session,) = conference(on("talk", "2022-07-23"))
    text = calendar_of(conference_row, [Entry(session._replace(url=url))])
    assert values(text, "URL") == []
    assert_bytes_keep_the_rules(text, 1)


def test_an_invisible_title_is_replaced_by_the_id() -> None:
    assert values(export(conference(on("talk", "2022-07-23", title="\x01\x02"))), "SUMMARY") == ["talk"]


def test_a_calendar_has_the_requested_name() -> None:
    text = export(conference(on("talk", "2022-07-23")), Options(name="Mine, mostly\udc80"))
    assert values(text, "NAME") == values(text, "X-WR-CALNAME") == ["Mine\\, mostly\ufffd"]


def own_lines(text: str) -> list[str]:
    """Return the lines of a calendar that only our own reader uses."""
    lines = logical_lines(text)
    return [line for line in lines[lines.index("BEGIN:VEVENT") :] if line.startswith("X-")]


@pytest.mark.parametrize(
    ("fields", "status", "own"),
    [
        ({}, "CONFIRMED", []),
        ({"status": "tentative"}, "TENTATIVE", []),
        ({"status": "postponed"}, "CONFIRMED", ["X-SUMMITCLI-STATUS:postponed"]),
        ({"status": "confirmed"}, "CONFIRMED", ["X-SUMMITCLI-STATUS:confirmed"]),
        ({"speakers": ["Ada, PhD", " ", "李雷"]}, "CONFIRMED", [
            "X-SUMMITCLI-SPEAKER:Ada\\, PhD", "X-SUMMITCLI-SPEAKER:李雷"]),
        ({"language": "en"}, "CONFIRMED", ["X-SUMMITCLI-LANGUAGE:en"]),
        ({"category_name": "AI, Data"}, "CONFIRMED", ["X-SUMMITCLI-CATEGORY:AI\\, Data"]),
        ({"category_name": "AI"}, "CONFIRMED", []),
        ({"guid": "g-1"}, "CONFIRMED", ["X-SUMMITCLI-ID:talk"]),
    ],
    ids=str,
)  # fmt: skip
def test_fields_that_icalendar_lacks_are_in_our_own_properties(
    fields: dict[str, object], status: str, own: list[str]
) -> None:
    row, (session,) = conference(on("talk", "2022-07-23"))
    text = calendar_of(row, [Entry(session._replace(**fields))])  # type: ignore[arg-type]
    assert (values(text, "STATUS"), own_lines(text)) == ([status], own)


def test_a_session_that_starts_on_another_date_has_its_day() -> None:
    zone = "Europe/Berlin"
    late = at("late", zone, "2022-07-24T00:30", 30, day="2022-07-23")
    early = at("early", zone, "2022-07-23T00:30", 30)
    rows = conference(early, late, time_zone=zone)
    assert own_lines(export(rows)) == ["X-SUMMITCLI-DAY:20220723"]


def test_an_event_is_named_by_the_guid_or_as_an_earlier_calendar_had_it() -> None:
    row, (session,) = conference(on("expo", "2022-07-23", "2022-07-25"))
    session = session._replace(guid="g-1")
    for uid, local in ("", "g-1"), ("old@summit-2022.summitcli", "old"):
        text = calendar_of(row, [Entry(session, uid=uid)])
        names = [f"{local}@summit-2022.summitcli", f"{local}.2@summit-2022.summitcli"]
        assert (values(text, "UID"), own_lines(text)) == (names, ["X-SUMMITCLI-ID:expo"] * 2)
    text = calendar_of(row, [Entry(session, uid="expo@summit-2022.summitcli")])
    assert own_lines(text) == [], "the UID tells the id"


@pytest.mark.parametrize(
    ("start", "minutes", "fold", "moments"),
    [
        ("2022-10-30T01:30", 20, 0, [f"{LOCAL}20221030T013000", f"{LOCAL}20221030T015000"]),
        ("2022-10-30T01:30", 60, 0, [":20221029T233000Z", ":20221030T003000Z"]),
        ("2022-10-30T02:30", 30, 0, [":20221030T003000Z", ":20221030T010000Z"]),
        ("2022-10-30T02:30", 60, 1, [":20221030T013000Z", ":20221030T023000Z"]),
        ("2022-10-30T03:00", 30, 0, [f"{LOCAL}20221030T030000", f"{LOCAL}20221030T033000"]),
    ],
)  # fmt: skip
def test_times_in_a_repeated_hour_are_in_utc(start: str, minutes: int, fold: int, moments: list[str]) -> None:
    zone = "Europe/Berlin"
    rows = conference(at("talk", zone, start, minutes, fold=fold), time_zone=zone)
    lines = logical_lines(export(rows))
    event = lines[lines.index("BEGIN:VEVENT") :]
    found = [line for line in event if line.startswith(("DTSTART", "DTEND"))]
    assert found == [f"DTSTART{moments[0]}", f"DTEND{moments[1]}"]
    # Instants need no time zone.
    assert ("BEGIN:VTIMEZONE" in lines) == ("TZID" in moments[0])


def test_the_time_zone_covers_the_first_and_the_last_year() -> None:
    zone = "America/Sao_Paulo"  # Its summers had dates of their own from year to year.
    old, new = at("old", zone, "2012-12-31T10:00", 30), at("new", zone, "2013-01-01T10:00", 30)
    night = at("night", zone, "2012-12-31T23:30", 60)
    whole = str(timezone(zone, 2012, 2013))
    for rows in (
        conference(old, new, time_zone=zone),
        conference(new, old, time_zone=zone),
        conference(night, time_zone=zone),
        conference(time_zone=zone, start="2012-12-31", end="2013-01-01"),
    ):
        assert whole in export(rows)
    for alone in (old, new):
        assert whole not in export(conference(alone, time_zone=zone))


@pytest.mark.parametrize(
    ("revised", "stamp"),
    [
        ("2022-07-01", "20220701T000000Z"),
        ("2022-07-01T10:00:00+08:00", "20220701T020000Z"),
        (None, "20220723T000000Z"),
    ],
)
def test_events_are_stamped_with_the_revision_or_the_first_day(revised: str | None, stamp: str) -> None:
    row, sessions = conference(on("talk", "2022-07-23"))
    text = export((row._replace(revised=revised), sessions))
    assert (values(text, "DTSTAMP"), values(text, "LAST-MODIFIED")) == ([stamp], [stamp])


@pytest.mark.parametrize(
    "zone",
    ["UTC", "UCT", "Universal", "Zulu", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "GMT", "Etc/GMT"],
)
def test_every_name_of_utc_is_written_as_such(zone: str) -> None:
    text = export(conference(at("gong", "UTC", "2022-07-23T02:00", 30), time_zone=zone))
    # GMT is that of London to some programs.
    assert ("VTIMEZONE" not in text) == ("GMT" not in zone)
    assert values(text, "DTSTART")[-1] == "20220723T020000" + ("" if "GMT" in zone else "Z")


def test_a_title_that_is_not_in_the_language_asked_for_is_in_the_schedules() -> None:
    row, (session,) = conference(on("talk", "2022-07-23", title={"zh": "主论坛"}))
    text = calendar_of(
        row._replace(titles={"zh": "峰会"}), [Entry(session)], Options(language="en", name=" \n")
    )
    assert (values(text, "SUMMARY"), values(text, "NAME")) == (["主论坛"], ["数字峰会"])


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC"])
def test_a_calendar_without_events_still_has_a_component(zone: str) -> None:
    # RFC 5545 section 3.6: one component at least.
    text = export(conference(time_zone=zone))
    (component,) = icalendar.Calendar.from_ical(text).subcomponents
    assert component.name == "VTIMEZONE"
    assert_bytes_keep_the_rules(text, 0)
