"""Drafts of the events of a page."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from summitcli.budgets import Spending
from summitcli.formats.draft import Draft, DraftLink, Event, Person
from summitcli.formats.findings import CANCELLED, Finding, Findings
from summitcli.formats.schema_org.blocks import About
from summitcli.formats.schema_org.drafting import RECURRING, draft
from summitcli.formats.schema_org.graph import graph
from summitcli.formats.times import UNREADABLE

CEST = timezone(timedelta(hours=2))
at = datetime.fromisoformat
TALK = {
    "@type": "Event", "@id": "https://conf.example/#talk-7", "identifier": "T7",
    "name": [{"@value": "Gezeiten", "@language": "de"}, {"@value": "Tides", "@language": "en"}],
    "abstract": "Short", "description": {"en": "Long", "de": "Lang"}, "inLanguage": {"@type": "Language",
    "name": "German", "alternateName": "de"}, "url": "/talk/7", "startDate": "2024-05-01T10:00:00+02:00",
    "endDate": "2024-05-01T11:00:00+02:00", "educationalLevel": "beginner",
    "keywords": ["sea", "tides, moon"], "offers": {"@type": "Offer"},
    "eventStatus": "https://schema.org/EventRescheduled",
    "location": [{"@type": "VirtualLocation", "url": "https://live.example/", "name": "Live"},
                 {"@type": "Place", "name": "Hall", "address": "Quay 1"}],
    "recordedIn": {"@type": "VideoObject", "contentUrl": "https://video.example/7", "name": "Video"},
    "performer": [{"@type": "Person", "name": "Ada", "email": "ada@conf.example", "description": "Bio",
                   "sameAs": ["https://ada.example/", "ada@conf.example"], "url": "https://ada.example/"},
                  {"@type": "Person", "givenName": "Bob", "familyName": "B"}, "李雷", "https://x.example/"],
}  # fmt: skip
CONFERENCE = {
    "@type": "Event", "@id": "#conf", "name": "Conf", "alternateName": "C24", "startDate": "2024-05-01",
    "endDate": "2024-05-02T18:00", "inLanguage": "en", "url": "https://conf.example/", "subEvent": [TALK],
    "location": {"@type": "Place", "name": "House", "address": {"streetAddress": "Quay 1",
    "addressLocality": "Bern", "addressCountry": {"@type": "Country", "name": "CH"}}},
}  # fmt: skip


def made(*documents: Any, about: About | None = None) -> Draft:
    found = graph((document, f"script[{n}]", 10 * n + 1) for n, document in enumerate(documents))
    return draft(found, about or About(), Findings(), Spending("page", 1_000))


def single(**fields: Any) -> Event:
    (event,) = made({"@type": "Event", **fields}).events
    return event


def test_a_whole_conference_is_read_field_by_field() -> None:
    found = made(CONFERENCE, about=About("Page", "fr"))
    ada = Person("Ada", biography="Bio", links=(DraftLink("https://ada.example/"),))
    assert found == Draft(
        events=(
            Event(
                where="script[0].subEvent[0]",
                line=1,
                identity="https://conf.example/#talk-7",
                names=("T7", "talk-7"),
                title="Gezeiten",
                titles={"de": "Gezeiten", "en": "Tides"},
                abstract="Short",
                description="Long",
                descriptions={"en": "Long", "de": "Lang"},
                start=datetime(2024, 5, 1, 10, tzinfo=CEST),
                end=datetime(2024, 5, 1, 11, tzinfo=CEST),
                room="Hall",
                language="de",
                speakers=("Ada", "Bob B", "李雷"),
                people=(ada,),
                url="/talk/7",
                links=(
                    DraftLink("https://live.example/", "Live", "stream"),
                    DraftLink("https://video.example/7", "Video", "recording"),
                ),
                status="rescheduled",
                level="beginner",
                tags=("sea", "tides", "moon"),
            ),
        ),
        findings=found.findings,
        title="Conf",
        acronym="C24",
        language="en",
        start=date(2024, 5, 1),
        end=date(2024, 5, 2),
        url="https://conf.example/",
        place="House",
        places=("Quay 1", "Bern", "CH"),
    )
    assert [*found.findings] == []
    assert "@conf" not in repr(found)


def test_a_single_event_is_the_conference_and_its_session() -> None:
    found = made({"@type": "Event", "name": "Meetup", "startDate": "2024-05-01T18:00", "location": "Bar"})
    assert (found.title, found.place, [event.title for event in found.events]) == (
        "Meetup",
        "Bar",
        ["Meetup"],
    )


def test_without_a_conference_the_page_has_its_name() -> None:
    found = made({"@type": "Event", "name": "a"}, {"@type": "Event", "name": "b"}, about=About("Page", "fr"))
    assert (found.title, found.language, len(found.events)) == ("Page", "fr", 2)


def test_parts_of_the_programme_are_categories_unless_they_have_a_date() -> None:
    talk = {"@type": "Event", "name": "talk", "startDate": "2024-05-01T10:00"}
    track = {"@type": "Event", "name": "track", "subEvent": talk}
    day = {"@type": "Event", "name": "day", "startDate": "2024-05-01", "subEvent": {**talk, "name": "tea"}}
    found = made({"@type": "Event", "name": "conf", "subEvent": [track, day]})
    assert [(event.title, event.track) for event in found.events] == [
        ("talk", "track"),
        ("day", ""),
        ("tea", ""),
    ]


def test_cancelled_events_are_left_out_and_counted() -> None:
    gone = {"@type": "Event", "name": "gone", "eventStatus": "https://schema.org/EventCancelled"}
    late = {"@type": "Event", "name": "late", "eventStatus": "EventPostponed"}
    found = made(gone, late)
    assert [(event.title, event.status) for event in found.events] == [("late", "postponed")]
    assert [*found.findings] == [Finding(CANCELLED, "script[0]", 1, "gone")]


def test_a_rule_of_recurrence_is_ignored_and_reported() -> None:
    found = made({"@type": "Event", "startDate": "2024-05-01", "eventSchedule": {"repeatFrequency": "P1W"}})
    assert [event.days for event in found.events] == [(date(2024, 5, 1),)]
    assert [*found.findings] == [Finding(RECURRING, "script[0].eventSchedule", 1)]


DAY_1, DAY_2 = date(2024, 5, 1), date(2024, 5, 2)


@pytest.mark.parametrize(
    ("fields", "start", "end", "days", "length"),
    [
        (("2024-05-01T10:00Z", "2024-05-01T11:00Z"), "2024-05-01T10:00Z", "2024-05-01T11:00Z", (), None),
        (("2024-05-01T10:00", "2024-05-01T11:00"), "2024-05-01T10:00", "2024-05-01T11:00", (), None),
        (("2024-05-01 10:00:00+0200", "2024-05-01T11:00"),
         "2024-05-01T10:00+02:00", "2024-05-01T11:00+02:00", (), None),
        (("2024-05-01T10:00", "2024-05-01T11:00Z"), "2024-05-01T10:00", None, (), None),
        (("2024-05-01T10:00", "2024-05-02"), "2024-05-01T10:00", None, (), None),
        (("2024-05-01T10:00", None, "PT30M"), "2024-05-01T10:00", None, (), timedelta(minutes=30)),
        (("2024-05-01T10:00Z", None, "PT30M"), "2024-05-01T10:00+00:00", "2024-05-01T10:30+00:00", (), None),
        (("2024-05-01T10:00Z", None, "long"), "2024-05-01T10:00+00:00", None, (), None),
        (("2024-05-01",), None, None, (DAY_1,), None),
        (("2024-05-01", "2024-05-02"), None, None, (DAY_1, DAY_2), None),
        (("2024-05-01", "2024-05-02T18:00Z"), None, None, (DAY_1, DAY_2), None),
        (("2024-05-01", "2024-04-01"), None, None, (DAY_1,), None),
        (("2024-05-01", "2099-04-01"), None, None, (DAY_1,), None),
        ((None, "2024-05-02"), None, None, (), None),
    ],
)  # fmt: skip
def test_times(fields: tuple[Any, ...], start: Any, end: Any, days: Any, length: Any) -> None:
    event = single(**dict(zip(("startDate", "endDate", "duration"), fields, strict=False)))
    expected = (start and at(start), end and at(end), days, length)
    assert (event.start, event.end, event.days, event.length) == expected


def test_an_unreadable_time_is_reported_with_its_place() -> None:
    found = made({}, {"@type": "Event", "startDate": "tomorrow", "endDate": "2024-05-01"})
    assert [*found.findings] == [Finding(UNREADABLE, "script[1].startDate", 11, "tomorrow")]
    assert len(found.events) == 1


@pytest.mark.parametrize(
    ("location", "room", "links"),
    [
        ("Hall", "Hall", []),
        ("https://live.example/", "", ["https://live.example/"]),
        ({"address": {"streetAddress": "Quay 1", "addressLocality": "Bern"}}, "Quay 1, Bern", []),
        ({"@type": "PostalAddress", "addressLocality": "Bern"}, "Bern", []),
        ({"@type": "VirtualLocation", "name": "Online"}, "", []),
        (["https://a.example/", "Hall", "Attic"], "Hall", ["https://a.example/"]),
        (None, "", []),
        (7, "7", []),
    ],
)  # fmt: skip
def test_places(location: Any, room: str, links: list[str]) -> None:
    event = single(location=location)
    assert (event.room, [link.url for link in event.links]) == (room, links)


@pytest.mark.parametrize(
    ("fields", "identity", "names"),
    [
        ({}, None, ()),
        ({"@id": "#talk"}, "#talk", ("talk",)),
        ({"identifier": {"@type": "PropertyValue", "value": 12}}, "12", ("12",)),
        ({"url": "https://conf.example/talks/tides/"}, "https://conf.example/talks/tides/", ("tides",)),
    ],
)
def test_identities(fields: Any, identity: str | None, names: tuple[str, ...]) -> None:
    event = single(**fields)
    assert (event.identity, event.names) == (identity, names)


def test_a_url_of_several_events_identifies_none() -> None:
    found = made(*({"@type": "Event", "name": name, "url": "https://conf.example/"} for name in "ab"))
    assert [(event.identity, event.url) for event in found.events] == [(None, "https://conf.example/")] * 2


@pytest.mark.parametrize(
    "odd", [None, True, 1.5, 10**30, [], {}, [[]], {"name": {"name": []}}, {"@id": 1}, "x"]
)
@pytest.mark.parametrize("key", [*TALK, "superEvent", "subEvent", "eventSchedule", "duration", "performers"])
def test_values_of_any_type_are_read(key: str, odd: Any) -> None:
    assert isinstance(made({**CONFERENCE, key: odd}, {**TALK, key: odd}), Draft)
