"""Speakers and other details in frab JSON: within the strict schema, and read back the same."""

import json

import pytest

from summitcli.exports.schedules import frab_people as module
from summitcli.exports.schedules.frab_json import frab_json
from summitcli.exports.schedules.frab_xml import frab_xml
from summitcli.formats import parse
from summitcli.model import Link, Schedule
from summitcli.validation import strict
from tests.exports.published import load, written
from tests.published import read
from tests.schedules import document, session

ADA = {
    "name": "Ada",
    "biography": "Counts.",
    "links": [
        {"url": "https://a.example/", "kind": "web"},
        {"url": "https://live.example/", "kind": "stream"},
    ],
}
BOB = {"name": {"en": "Bob", "zh": "鲍勃"}, "biography": {"en": "Sails.", "zh": "航海。"}}
CEM = {"name": "Cem", "links": [{"url": "https://cem.example/", "title": "Page"}]}
DEE = {"name": "Dee", "biography": "Ill."}


def detailed() -> Schedule:
    """Return a schedule with every detail; one speaker has no session, another has two."""
    made = document(
        session(
            "talk",
            speakers=["Ada", "Bob", "Eve"],
            level="expert",
            tags=["Data", "R&D"],
            abstract={"en": "Short.", "zh": "短。"},
            description={"en": "Long.", "zh": "长。"},
            links=[
                {"url": "https://live.example/talk", "title": "Live", "kind": "stream"},
                {"url": "https://conf.example/a.pdf", "kind": "slides"},
                {"url": "https://conf.example/b"},
            ],
            feedback_url="https://conf.example/f",
        ),
        session("a", speakers=["Ada", "Cem"], tags=["Data"]),
    )
    made["speakers"] = [ADA, BOB, CEM, DEE]
    return load(made)


def test_everything_comes_back_from_json() -> None:
    text = written(frab_json, detailed())
    assert list(strict.check(text.encode()) or [...]) == []
    back = parse(text.encode(), "written.json").schedule
    assert by_name(back) == by_name(detailed())
    kept = ("id", "title", "speakers", "level", "tags", "abstract", "description", "links", "feedback_url")
    assert [[getattr(one, name) for name in kept] for one in sorted(back.sessions, key=str)] == [
        [getattr(one, name) for name in kept] for one in sorted(detailed().sessions, key=str)
    ]


def test_persons_are_as_other_programs_read_them() -> None:
    schedule = json.loads(written(frab_json, detailed()))["schedule"]["conference"]
    ada = {
        "name": "Ada",
        "biography": "Counts.",
        "links": [{"url": "https://a.example/", "type": "web"}, {"url": "https://live.example/"}],
    }
    bob, cem = {"name": "Bob", "biography": "Sails."}, {"name": "Cem", "links": CEM["links"]}
    (events,) = schedule["days"][0]["rooms"].values()
    assert [event["persons"] for event in events] == [[ada, bob, {"name": "Eve"}], [ada, cem]]
    assert schedule["meta"]["speakers"] == [ADA, BOB, DEE]
    assert schedule["meta"]["sessions"] == {
        "talk": {
            "abstract": {"en": "Short.", "zh": "短。"},
            "description": {"en": "Long.", "zh": "长。"},
            "level": "expert",
            "tags": ["Data", "R&D"],
            "links": [{"url": "https://live.example/talk", "kind": "stream"}],
        },
        "-a": {"tags": ["Data"]},
    }


def test_long_biographies_are_not_repeated_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_REPEATED", 10)
    made = document(*(session(f"s{n}", speakers=["Ada"]) for n in range(4)))
    made["speakers"] = [{"name": "Ada", "biography": "Counts."}]
    text = written(frab_json, load(made))
    assert text.count("Counts.") == 2
    assert by_name(parse(text.encode(), "w.json").schedule) == by_name(load(made))


def test_links_and_the_feedback_page_come_back_from_xml() -> None:
    text = written(frab_xml, detailed())
    assert list(strict.check(text.encode()) or [...]) == []
    talk = next(one for one in parse(text.encode(), "w.xml").sessions if one.id == "talk")
    assert talk.links == (
        Link(url="https://live.example/talk", title="Live", kind="stream"),
        Link(url="https://conf.example/a.pdf", kind="slides"),
        Link(url="https://conf.example/b"),
    )
    assert talk.feedback_url == "https://conf.example/f"


def test_the_sample_comes_back() -> None:
    schedule = read("island.json").schedule
    back = parse(written(frab_json, schedule).encode(), "w.json").schedule
    assert by_name(back) == by_name(schedule)
    assert [one.model_copy(update={"guid": None, "url": None}) for one in back.sessions] == [
        *schedule.sessions
    ]


def by_name(schedule: Schedule) -> dict[str, object]:
    """Return the speakers by name, as their order is that of the sessions read."""
    return {speaker.name.own(schedule.conference.language): speaker for speaker in schedule.speakers}
