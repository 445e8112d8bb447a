"""Tests for reading our own calendars back: the same sessions, no findings."""

import json
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.exports.schedules.listed import ics
from summitcli.formats import parse
from summitcli.model import Schedule, Session
from tests.exports.published import written
from tests.schedules import document, session, timed

BERLIN = timezone(timedelta(hours=2))


def again(schedule: Schedule) -> Schedule:
    """Return a schedule read back from its calendar, which must have no findings."""
    read = parse(written(ics, schedule).encode(), "ours.ics")
    assert read.findings.sentences() == []
    return read.schedule


def expected(schedule: Schedule) -> dict[str, tuple[Any, ...]]:
    """Return the fields of each session that a calendar can hold."""
    names = {category.id: category.name.own(schedule.conference.language) for category in schedule.categories}

    def of(one: Session) -> tuple[Any, ...]:
        title = one.title.own(schedule.conference.language)
        return (
            title,
            one.slots,
            one.speakers,
            one.language,
            names.get(one.category or ""),
            one.status,
            one.tags,
            one.level,
            {(str(link.url), link.title, link.kind) for link in one.links},
            one.feedback_url,
        )

    return {one.id: of(one) for one in schedule.sessions}


def made(*sessions: dict[str, Any], **fields: Any) -> Schedule:
    content = document(*sessions, **fields)
    content["categories"] = [
        {"id": "short", "name": "Talks, short, and sweet"},
        {"id": "long", "name": "Talks / long"},
    ]
    return Schedule.model_validate_json(json.dumps(content))


def slot(start: str, end: str, day: str = "2024-05-01", **fields: Any) -> dict[str, Any]:
    return timed(day, f"2024-05-{start}:00+02:00", f"2024-05-{end}:00+02:00", **fields)


@pytest.mark.parametrize(
    "one",
    [
        session(
            "names",
            slot("01T10:00", "01T11:00", room="Hall 1/2, left"),
            speakers=["King, Jr.", "王、李", "Ann"],
        ),
        session("comma", slot("01T10:00", "01T11:00", room="A;B\\\\C"), category="short", language="de, en"),
        session("tags", slot("01T10:00", "01T11:00"), tags=["one", "two, three"], level="beginner"),
        session("tagged", slot("01T10:00", "01T11:00"), category="long", tags=["one", "Talks / long"]),
        session(
            "links",
            slot("01T10:00", "01T11:00"),
            links=[
                {"url": "https://a.example/live", "kind": "stream"},
                {"url": "https://a.example/?a=1,2;b:c", "title": "Slides, 1", "kind": "slides"},
                {"url": "https://a.example/"},
            ],
            feedback_url="https://a.example/feedback",
        ),
        session("slash", slot("01T10:00", "01T11:00"), category="long", language="pt-BR"),
        session("night", slot("02T00:30", "02T02:00"), slot("02T00:30", "02T02:00", "2024-05-02")),
        session("zero", slot("01T10:00", "01T10:00")),
        session("whole", slot("01T00:00", "02T00:00")),
        session("days", {"day": "2024-05-01"}, {"day": "2024-05-02"}),
        session("hack", slot("01T10:00", "02T22:00")),
        session("perhaps", slot("01T10:00", "01T11:00"), status="tentative"),
        session("moved", slot("01T10:00", "01T11:00"), status="moved online"),
        session("guid", slot("01T10:00", "01T11:00"), guid="6a32cb72-a69d-423c-91b5-60d88eb8e6c7"),
        session("Speakers: x", slot("01T10:00", "01T11:00")) | {"id": "label"},
    ],
    ids=lambda one: str(one["id"]),
)
def test_a_session_is_read_back_unchanged(one: dict[str, Any]) -> None:
    schedule = made(one)
    assert expected(again(schedule)) == expected(schedule)
    assert again(schedule).conference.language == "en"
    assert again(schedule).sessions[0].guid == schedule.sessions[0].guid


def test_a_description_that_looks_like_speakers_stays() -> None:
    held = slot("01T10:00", "01T11:00")
    texts = {"fake": "Speakers: fake, names\n\nrest", "both": "Speakers: trick, two\n\nSecond"}
    schedule = made(
        session("fake", held, description=texts["fake"]),
        session("both", held, description=texts["both"], speakers=["Ann A"]),
    )
    read = {one.id: one for one in again(schedule).sessions}
    assert [read[id_].description.root for id_ in texts if read[id_].description] == list(texts.values())  # type: ignore[union-attr]
    assert (read["fake"].speakers, read["both"].speakers) == ((), ("Ann A",))


def test_earlier_calendars_list_speakers_in_a_paragraph() -> None:
    text = written(
        ics,
        made(session("a", slot("01T10:00", "01T11:00"), speakers=["Ada", "Grace"], description="Of tea.")),
    )
    earlier = "".join(f"{line}\r\n" for line in text.split("\r\n")[:-1] if "SUMMITCLI-" not in line)
    (one,) = parse(earlier.encode(), "ours.ics").schedule.sessions
    assert (one.speakers, one.description and one.description.root) == (("Ada", "Grace"), "Of tea.")


WORDS = (
    st.text("ab ,;:\\\\、'\"é王\n", min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(
    st.lists(WORDS, max_size=4, unique=True),
    st.none() | st.sampled_from(["de", "en, fr"]),
    st.none() | st.sampled_from(["short", "long"]),
    st.integers(9 * 60, 53 * 60),
    st.timedeltas(timedelta(0), timedelta(hours=40)),
    st.none() | WORDS,
)
def test_any_session_is_read_back(
    speakers: list[str],
    language: str | None,
    category: str | None,
    minute: int,
    length: timedelta,
    room: str | None,
) -> None:
    begins = datetime(2024, 5, 1, tzinfo=BERLIN) + timedelta(minutes=minute)
    ends = begins + length // timedelta(minutes=1) * timedelta(minutes=1)
    day = (begins - timedelta(hours=6)).date() if begins.hour < 6 else begins.date()
    day = max(day, date(2024, 5, 1))
    held = {
        "day": str(day),
        "start": begins.isoformat(),
        "end": ends.isoformat(),
        **({"room": room} if room else {}),
    }
    one = session("one", held, speakers=speakers, language=language, category=category)
    schedule = made(one, end="2024-05-03")
    assert expected(again(schedule)) == expected(schedule)
