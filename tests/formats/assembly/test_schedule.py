"""Tests for assembling a schedule: every event with a date is kept, and nothing is invented."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitcli import formats
from summitcli.errors import InvalidSchedule, SummitError, UnknownValue
from summitcli.formats.draft import Draft, DraftLink, Event, Track
from summitcli.formats.findings import Findings, Kind
from summitcli.model import LONGEST_CONFERENCE, Schedule
from summitcli.sources.source import NO_HINTS, Hints
from summitcli.words.zh import WORDS
from tests.conftest import examples
from tests.formats.drafts import at, draft, drafts, event, odd, parsed, schedule, session, slots

NINE, TEN = "23T09:00", "23T10:00"
STAMP = datetime.fromisoformat("2022-01-02T03:04:05+00:00")


def talk(**fields: Any) -> Event:
    """Return an event with times."""
    return event(NINE, TEN, **fields)


def refusal(*events: Event, **fields: Any) -> str:
    with pytest.raises(InvalidSchedule) as caught:
        parsed(draft(*events, **fields))
    return str(caught.value)


def ids(*events: Event, **fields: Any) -> list[str]:
    return [session.id for session in schedule(*events, **fields).sessions]


# What can't be a schedule


def test_a_schedule_without_events_is_invalid() -> None:
    assert refusal() == "plan.json is not a valid schedule: it has no events"


def test_a_schedule_without_dates_is_invalid() -> None:
    assert refusal(event(), event()) == "plan.json is not a valid schedule: none of its events has a date"


def test_an_event_without_a_date_is_left_out_and_counted() -> None:
    made, said = odd(talk(), event(), event())
    assert len(made.sessions) == 1
    assert said == ["2 events without a date were left out"]


OUTSIDE = "{} outside {}; at most 366 days are read (choose others with --at DAY)"


@pytest.mark.parametrize(
    "start",
    ["1970-01-01T00:00", "2023-07-24T00:00", "0001-01-01T00:00", "9999-12-31T23:59", "2021-07-22T01:00"],
)
def test_an_event_in_another_year_is_left_out_and_reported(start: str) -> None:
    made, said = odd(talk(), talk(), event(start, start, title=" Far ", where="events[2]"))
    assert [one.title.root for one in made.sessions] == ["Talk", "Talk"]
    assert OUTSIDE.format("1 event", "2022-07-23") in said
    assert made.conference.outside == 1


def years(*days: str) -> tuple[Event, ...]:
    return tuple(event(f"{day}T09:00", f"{day}T10:00", title=day) for day in days)


TEA = "2018-05-01 2020-05-01 2020-05-02 2023-05-01"


@pytest.mark.parametrize(
    ("days", "around", "read"),
    [
        ("2020-01-01 2020-12-31 2021-01-01", None, "2020-12-31 2021-01-01"),
        ("2020-01-01 2020-06-01 2020-12-31 2021-01-01", None, "2020-06-01 2020-12-31 2021-01-01"),
        (TEA, None, "2020-05-01 2020-05-02"),
        (TEA, "2018-05-01", "2018-05-01"),
        (TEA, "2018-12-24", "2018-05-01"),
        (TEA, "2023-01-01", "2023-05-01"),
        (TEA, "2030-01-01", "2020-05-01 2020-05-02"),
        ("2020-01-01 2021-06-01 2022-01-01", "2020-07-01", "2021-06-01"),
        ("2020-01-01 2020-05-01", "2030-01-01", "2020-01-01 2020-05-01"),
    ],
)  # fmt: skip
def test_the_fullest_year_is_read_or_that_around_a_day(days: str, around: str | None, read: str) -> None:
    hints = Hints(around=None if around is None else date.fromisoformat(around))
    whole, inside = days.split(), read.split()
    made, said = odd(*years(*whole), hints=hints)
    assert [one.title.root for one in made.sessions] == inside
    assert (made.conference.start.isoformat(), made.conference.end.isoformat()) == (inside[0], inside[-1])
    assert made.conference.outside == len(whole) - len(inside)
    assert len(said) == (len(whole) > len(inside))


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2010, 1, 1)), min_size=1),
    st.none() | st.dates(date(1999, 1, 1), date(2012, 1, 1)),
)
def test_no_window_has_more_events_than_the_one_read(days: list[date], around: date | None) -> None:
    made = parsed(draft(*years(*map(str, days))), Hints(around=around)).schedule
    first, last = made.conference.start, made.conference.end
    assert last - first < LONGEST_CONFERENCE
    inside = sum(len(one.slots) for one in made.sessions)
    assert inside == len(days) - made.conference.outside
    for start in days if around is None else ():
        assert sum(start <= day < start + LONGEST_CONFERENCE for day in days) <= inside


def test_a_schedule_in_unsupported_years_is_invalid() -> None:
    assert refusal(event("9998-01-01T00:00", "9998-01-01T01:00", where="x")) == (
        'plan.json is not a valid schedule: x: "Talk" is on 9998-01-01; only years from 1900 to 2999 are'
        " supported"
    )


@pytest.mark.parametrize("start", ["1970-01-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59+14:00"])
def test_an_event_in_another_year_than_its_day_keeps_the_day(start: str) -> None:
    made, said = odd(talk(), talk(), event(start, start, day=date(2022, 7, 24)))
    assert slots(made.sessions)[2] == ("2022-07-24", None, None)
    assert "1 event with a time far from its day; the time was left out" in said


def test_a_conference_of_366_days_is_one() -> None:
    made = schedule(talk(), event("2023-07-23T09:00", "2023-07-23T10:00"))
    assert (made.conference.start, made.conference.end) == (date(2022, 7, 23), date(2023, 7, 23))


def test_an_unknown_zone_of_the_user_is_an_error() -> None:
    with pytest.raises(UnknownValue):
        parsed(draft(talk()), Hints(time_zone="Nowhere"))


# The conference


def test_a_conference_has_the_sources_facts() -> None:
    made = schedule(
        talk(),
        title=" My  Conf ", acronym="MC 22", language="de_DE", version=" v1\n", place="Halle", revised=STAMP,
        url="/2022", base_url="https://example.org/x/", start=date(2022, 7, 22), end=date(2022, 7, 25),
        titles={"de": "Meine Konf", "en": "My Conf"},
    )  # fmt: skip
    assert made.model_dump(exclude_defaults=True, exclude={"sessions", "format"}) == {
        "version": "v1",
        "revised": STAMP,
        "conference": {
            "id": "mc-22",
            "title": {"de-DE": "Meine Konf", "de": "Meine Konf", "en": "My Conf"},
            "acronym": "MC 22",
            "language": "de-DE",
            "time_zone": "Europe/Berlin",
            "start": date(2022, 7, 22),
            "end": date(2022, 7, 25),
            "url": "https://example.org/2022",
            "place": "Halle",
        },
    }


@pytest.mark.parametrize(
    ("fields", "id_", "title"),
    [
        ({"id": "own-id", "acronym": "A", "title": "T"}, "own-id", "T"),
        ({"id": "No Slug", "acronym": "A", "title": "T"}, "a", "T"),
        ({"id": "a" * 101, "acronym": "大会", "title": "T"}, "da-hui", "T"),
        ({"acronym": "Конф", "title": "The Conf"}, "the-conf", "The Conf"),
        ({"acronym": "A"}, "a", "A"),
        ({"title": "Конф"}, "conference-2022-07-23", "Конф"),
    ],
)
def test_the_id_and_title_are_the_first_available(fields: dict[str, str], id_: str, title: str) -> None:
    conference = schedule(talk(), **{"title": "", **fields}).conference
    assert (conference.id, conference.title.root) == (id_, title)


UNNAMED = "the schedule has no conference name; set one with `summit use SCHEDULE --name NAME`"


@pytest.mark.parametrize(
    ("hints", "fields", "id_", "title", "said"),
    [
        (Hints(), {}, "conference-2022-07-23", "conference-2022-07-23", [UNNAMED]),
        (Hints(fallback_name="My Conf"), {}, "my-conf", "my-conf", []),
        (Hints(fallback_name="My Conf"), {"title": "Theirs"}, "theirs", "Theirs", []),
        (Hints(id="before"), {}, "before", "before", []),
        (Hints(id="before", fallback_name="x"), {"title": "Theirs", "acronym": "T"}, "before", "Theirs", []),
        (Hints(id="before"), {"id": "own-id", "title": "Theirs"}, "own-id", "Theirs", []),
    ],
)
def test_an_id_stays_and_a_missing_name_is_the_users(
    hints: Hints, fields: dict[str, str], id_: str, title: str, said: list[str]
) -> None:
    made, odd_ = odd(talk(), hints=hints, **{"title": "", **fields})
    assert (made.conference.id, made.conference.title.root, odd_) == (id_, title, said)


@pytest.mark.parametrize(
    ("start", "end", "made"),
    [
        ("07-22", "07-25", "07-22 07-25"),
        ("07-23", "07-23", "07-23 07-24"),
        ("07-24", "07-24", "07-23 07-24"),
        ("07-20", None, "07-20 07-24"),
        (None, "07-30", "07-23 07-30"),
        (None, None, "07-23 07-24"),
    ],
)
def test_stated_days_are_extended_to_include_all_events(
    start: str | None, end: str | None, made: str
) -> None:
    stated = {
        name: day and date.fromisoformat(f"2022-{day}") for name, day in (("start", start), ("end", end))
    }
    conference = schedule(talk(), event("24T09:00", "24T10:00"), **stated).conference
    assert f"{conference.start:%m-%d} {conference.end:%m-%d}" == made


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2022-07-25", "2022-07-22"),
        ("1970-01-01", "2022-07-25"),
        ("2022-07-20", "9999-12-31"),
        ("2022-07-20", "2023-07-21"),
        ("2022-07-20", "2022-07-22"),
        ("2022-07-24", None),
    ],
)
def test_stated_days_far_from_the_events_are_ignored(start: str, end: str | None) -> None:
    stated: dict[str, Any] = {
        "start": date.fromisoformat(start),
        "end": date.fromisoformat(end) if end else None,
    }
    made, said = odd(talk(), **stated)
    assert made.conference.start == made.conference.end == date(2022, 7, 23)
    assert said == ["the conference's first and last day are invalid; those of its events are used"]


def test_the_revision_date_is_its_own_or_the_servers() -> None:
    told = Hints(modified=STAMP)
    assert parsed(draft(talk(), revised=date(2022, 5, 1)), told).schedule.revised == date(2022, 5, 1)
    assert parsed(draft(talk()), told).schedule.revised == STAMP
    assert parsed(draft(talk(), revised=date(1, 1, 1)), told).schedule.revised == STAMP
    assert schedule(talk()).revised is None
    assert str(schedule(talk(), revised=at("23T09:00")).revised) == "2022-07-23 09:00:00+02:00"


# Sessions


def test_a_session_has_its_events_facts() -> None:
    one = talk(
        names=("ABC 1", "7"), guid=" G-1 ", title=" A\n title ", subtitle="<b>Sub</b>", abstract="<p>One</p>",
        description="a < b\r\nc", room="Hall  1", track="Main", type="Talk ", language=" DE ", url="x/1",
        speakers=("Ada", " ", "李雷", " Ada"), recorded=False,
        links=(DraftLink("https://example.org/", " L "), DraftLink("https://example.org/"),
               DraftLink("mailto:a@b.c")),
    )  # fmt: skip
    made = session(one, base_url="https://example.org/y/").model_dump(exclude_defaults=True)
    assert made == {
        "id": "abc-1",
        "guid": "G-1",
        "title": "A title",
        "subtitle": "Sub",
        "category": "main",
        "type": "Talk",
        "slots": (
            {"day": date(2022, 7, 23), "start": at("23T07:00Z"), "end": at("23T08:00Z"), "room": "Hall 1"},
        ),
        "speakers": ("Ada", "李雷"),
        "language": "DE",
        "url": "https://example.org/y/x/1",
        "abstract": "One",
        "description": "a < b\nc",
        "links": ({"url": "https://example.org/", "title": "L"}, {"url": "mailto:a@b.c"}),
        "recorded": False,
    }  # fmt: skip


def test_missing_facts_stay_empty() -> None:
    blank = talk(
        guid=" ", subtitle="\n", abstract="<p> </p>", description=" ", room="\t", track=" ", type="", url=" ",
        language=" ", links=(DraftLink(" "),), speakers=("",),
    )  # fmt: skip
    assert session(blank).model_dump(exclude_defaults=True, exclude={"slots"}) == {
        "id": "talk",
        "title": "Talk",
    }


def test_a_relative_url_is_resolved_against_the_schedules_url() -> None:
    one = draft(talk(url="x", links=(DraftLink("y"),)))
    (made,) = parsed(one, Hints(url="https://example.org/2022/schedule.json")).schedule.sessions
    assert (made.url, made.links[0].url) == ("https://example.org/2022/x", "https://example.org/2022/y")


def test_invalid_links_are_left_out_and_counted() -> None:
    links = (DraftLink("x"), DraftLink("javascript:alert(1)"), DraftLink("http://[bad"), DraftLink(""))
    made, said = odd(talk(url="x", links=links))
    assert (made.sessions[0].links, made.sessions[0].url) == ((), None)
    assert said == [
        "2 incomplete links were left out, as their site is unknown",
        "2 links without valid URLs were left out",
    ]


def test_an_event_without_a_title_is_untitled() -> None:
    made, said = odd(talk(title=" ", names=("X 1",)), talk(title="", names=("x2",)))
    assert [(one.id, one.title.root) for one in made.sessions] == [("x-1", "Untitled"), ("x2", "Untitled")]
    made, _said = odd(talk(title=" ", names=("x",)), language="zh-Hans")
    assert made.sessions[0].title.root == "未命名场次"
    assert said == ["2 events without a title"]


@pytest.mark.parametrize(
    ("versions", "language", "made"),
    [
        ({"de": "Vortrag", "en": "Lecture"}, "de", {"de": "Vortrag", "en": "Lecture"}),
        ({"DE": " Vortrag ", "en": " "}, "de", "Vortrag"),
        ({"en": "Lecture"}, "de", "Talk"),
        ({"en": "Lecture"}, "", "Talk"),
        ({"de_AT": "Vortrag", "en": "Lecture"}, "de", {"de": "Vortrag", "de-AT": "Vortrag", "en": "Lecture"}),
        ({"x": "Vortrag", "": "y"}, "de", "Talk"),
    ],
)
def test_a_title_in_several_languages_includes_the_main_one(
    versions: dict[str, str], language: str, made: object
) -> None:
    assert session(talk(titles=versions), language=language).title.root == made


def test_a_title_in_other_languages_only_is_used() -> None:
    assert session(talk(title="", titles={"en": "Lecture"}), language="de").title.root == "Lecture"


# One session or several


def test_events_with_one_identity_are_slots_of_one_session() -> None:
    later = event("24T09:00", "24T10:00", identity="1", description="Later", room="B")
    made = schedule(later, talk(identity="1", room="A", url="https://example.org/"))
    assert [(one.day.day, one.room) for one in made.sessions[0].slots] == [(23, "A"), (24, "B")]
    assert len(made.sessions) == 1
    assert made.sessions[0].description and made.sessions[0].description.root == "Later"
    assert made.sessions[0].url == "https://example.org/"


@pytest.mark.parametrize(
    "other", [{"title": "Other"}, {"speakers": ("Ada",)}, {"identity": "2"}, {"identity": None}]
)
def test_events_that_differ_are_sessions_of_their_own(other: dict[str, Any]) -> None:
    assert len(schedule(talk(identity="1"), talk(**{"identity": "1", **other})).sessions) == 2


def test_events_without_identity_are_never_one_session() -> None:
    assert len(schedule(talk(), talk()).sessions) == 2


def test_the_same_event_twice_is_two_slots() -> None:
    made = schedule(talk(identity="1"), talk(identity="1"))
    assert [len(one.slots) for one in made.sessions] == [2]


def test_the_order_of_sessions_is_that_of_the_source() -> None:
    assert ids(talk(names=("z",)), talk(names=("a",)), talk(names=("m",))) == ["z", "a", "m"]


# Ids


@pytest.mark.parametrize(
    ("fields", "id_"),
    [
        ({"names": ("ABC12", "7")}, "abc12"),
        ({"names": ("", "会议", "7")}, "hui-yi"),
        ({"names": ("???", "7")}, "7"),
        ({"names": ("???",), "title": "Größe"}, "groesse"),
        ({"title": "word " * 30}, "-".join(["word"] * 12)),
        ({"title": "Речь", "identity": "x"}, "session-442a4445"),
        ({"title": "Речь", "guid": "B445A0C0-30c4-41f7-9439-e9559cbeca84"}, "session-b445a0c0"),
    ],
)
def test_an_id_is_made_from_the_first_usable_name(fields: dict[str, Any], id_: str) -> None:
    assert ids(talk(**fields)) == [id_]


def test_equal_ids_both_get_a_suffix_from_their_identity() -> None:
    one = talk(names=("x",), guid="b445a0c0-30c4-41f7-9439-e9559cbeca84")
    other = talk(names=("X",), guid="b445ffff-30c4-41f7-9439-e9559cbeca84")
    third = talk(names=("x",), guid="0123a0c0-30c4-41f7-9439-e9559cbeca84", title="Three")
    assert ids(one, third) == ["x-b445", "x-0123"]
    assert ids(one, other, third) == ["x-b445a0c0", "x-b445ffff", "x-0123"]


def test_ids_with_one_guid_differ_by_title() -> None:
    twice = [talk(names=("x",), identity="1", guid="1", title=title) for title in ("One", "Two")]
    first = ids(*twice)
    moved = [one._replace(start=at("24T09:00"), end=at("24T10:00")) for one in twice]
    assert len(set(first)) == 2
    assert ids(*moved) == first
    assert ids(*reversed(twice)) == first[::-1]


def test_ids_from_equal_titles_differ_by_time() -> None:
    lunches = [event(f"{day}T12:00", f"{day}T13:00", title="Lunch") for day in (23, 24, 25)]
    first = ids(*lunches)
    assert len(set(first)) == 3 and all(id_.startswith("lunch-") for id_ in first)
    assert ids(*lunches[1:], talk(title="New")) == [*first[1:], "new"]


# Categories


def categories(made: Schedule) -> list[tuple[str, object, str | None]]:
    return [(category.id, category.name.root, category.color) for category in made.categories]


def test_categories_are_the_tracks_and_types_stay_types() -> None:
    tracks = (Track("Second", "two", "#ABC"), Track("Third", "", "blue"), Track(" ", " "))
    made = schedule(
        talk(track="First", type="Talk"), talk(track=" Second "), talk(type="Break"), tracks=tracks
    )
    assert categories(made) == [
        ("two", "Second", "#AABBCC"),
        ("third", "Third", None),
        ("first", "First", None),
    ]
    assert [(one.category, one.type) for one in made.sessions] == [
        ("first", "Talk"),
        ("two", None),
        (None, "Break"),
    ]


def test_without_tracks_categories_are_the_types() -> None:
    made = schedule(talk(type="Talk"), talk(type="Break"), talk(), tracks=(Track("Unused"),))
    assert categories(made) == [("talk", "Talk", None), ("break", "Break", None)]
    assert [(one.category, one.type) for one in made.sessions] == [
        ("talk", None),
        ("break", None),
        (None, None),
    ]


def test_an_event_may_name_its_track_by_its_slug() -> None:
    made = schedule(talk(track="sec"), tracks=(Track("Security", "sec", "#00ff00"),))
    assert categories(made) == [("sec", "Security", "#00ff00")]
    assert made.sessions[0].category == "sec"


def test_a_track_may_have_names_in_several_languages() -> None:
    track = Track("Sicherheit", names={"de": "Sicherheit", "en": "Security"})
    made = schedule(talk(track="Sicherheit"), tracks=(track,), language="de")
    assert categories(made) == [("sicherheit", {"de": "Sicherheit", "en": "Security"}, None)]


def test_tracks_with_equal_ids_both_get_a_suffix() -> None:
    made = schedule(talk(track="C"), talk(track="C++"), talk(track="Речь"))
    names = [category.id for category in made.categories]
    assert [name.partition("-")[0] for name in names] == ["c", "c", "category"]
    assert len(set(names)) == 3
    again = schedule(talk(track="Речь"), talk(track="C++"), talk(track="C"))
    assert [category.id for category in again.categories] == names[::-1]


# Whatever it may be


def again(made: Draft, events: tuple[Event, ...] | None = None) -> Draft:
    return made._replace(findings=Findings(), events=made.events if events is None else events)


def slots_of(one: Event, made: Schedule) -> int:
    """Return the number of slots of a schedule with only this event."""
    zone = made.conference.time_zone
    alone = parsed(draft(one, time_zone=zone, days=()), NO_HINTS).schedule
    return sum(len(session.slots) for session in alone.sessions)


@given(drafts(anywhen=True))
@settings(max_examples=examples(500), suppress_health_check=[HealthCheck.too_slow])
def test_any_draft_gives_a_schedule_or_a_one_line_error(made: Draft) -> None:
    try:
        first = parsed(made)
    except SummitError as error:
        assert "\n" not in str(error) or any("\n" in event.where for event in made.events)
        return
    second = parsed(again(made))
    assert first.schedule == second.schedule
    assert first.schedule.model_dump_json()
    kept = [one for one in made.events if one.start or one.day or one.days]
    slots = sum(len(session.slots) for session in first.schedule.sessions)
    assert slots >= len(kept) - first.schedule.conference.outside
    assert len(first.findings.sentences()) == len({finding.kind for finding in first.findings})


@given(drafts(anywhen=False))
@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.too_slow])
def test_within_the_days_of_a_conference_every_event_is_kept(made: Draft) -> None:
    kept = [one for one in made.events if one.start or one.day or one.days]
    if not kept:
        with pytest.raises(InvalidSchedule):
            parsed(made)
        return
    whole = parsed(made._replace(days=())).schedule
    assert sum(len(one.slots) for one in whole.sessions) == sum(slots_of(one, whole) for one in kept)


@given(drafts(anywhen=False), st.randoms(use_true_random=False))
@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.too_slow])
def test_ids_do_not_depend_on_the_order_of_events(made: Draft, random: Any) -> None:
    events = list(dict.fromkeys(map(repr, made.events)))
    kept = [one for one in made.events if repr(one) in events and (one.start or one.day or one.days)]
    if not kept:
        return
    shuffled = random.sample(kept, len(kept))
    first, second = (parsed(again(made, tuple(order))).schedule for order in (kept, shuffled))
    assert Counter(one.id for one in first.sessions) == Counter(one.id for one in second.sessions)
    contents = [{one.id: (one.slots, one.speakers) for one in made.sessions} for made in (first, second)]
    assert contents[0] == contents[1]


def test_equal_events_may_end_beyond_the_calendar() -> None:
    ages = [timedelta(days=-800_000), timedelta(days=9_000_000)]
    made, said = odd(*(event(NINE, names=("a",), length=age) for age in ages))
    assert said == [
        "1 event that ends before it begins",
        "1 event longer than a year; its end was left out",
    ]
    nine = "2022-07-23T09:00:00+02:00"
    assert slots(made.sessions) == [("2022-07-23", nine, nine)] * 2


# The whole


def kinds() -> Iterator[Kind]:
    """Yield every kind of finding in the modules of the formats."""
    for module in walk_packages(formats.__path__, "summitcli.formats."):
        yield from (value for value in vars(import_module(module.name)).values() if isinstance(value, Kind))


def test_every_kind_of_finding_is_translated() -> None:
    found = set(kinds())
    assert len(found) >= 10
    assert sorted(kind.plural for kind in found if kind.plural not in WORDS) == []
