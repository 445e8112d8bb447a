"""Tests for the details of speakers, which are merged by name."""

import pytest

from summitcli.budgets import Budget
from summitcli.formats.assembly import people as module
from summitcli.formats.assembly.people import People, merged
from summitcli.formats.draft import DraftLink, Person
from summitcli.model import Link, Speaker, Text
from tests.formats.drafts import draft, event, odd, parsed, schedule

PAGE = DraftLink("https://ada.example/")


def speaking(*people: Person, name: str = "Ada") -> object:
    """Return the speakers of a schedule with these details in its only event."""
    return schedule(event("23T09:00", "23T10:00", speakers=(name,), people=people), language="en").speakers


def test_the_first_detail_of_each_kind_that_is_not_empty_counts() -> None:
    first, second = Person("Ada", biography=" "), Person("Ada", biography="One.", links=(PAGE,))
    third = Person("Ada", biography="Two.", links=(DraftLink("https://late.example/"),))
    expected = (Speaker(name=Text("Ada"), biography=Text("One."), links=(Link(url="https://ada.example/"),)),)
    assert speaking(first, second, third) == expected
    assert merged(merged(first, second), third) == Person("Ada", biography="One.", links=(PAGE,))


def test_people_whose_names_are_written_alike_are_one() -> None:
    assert speaking(Person(" Ada ", biography="One."), Person("Ada", biography="Two.")) == (
        Speaker(name=Text("Ada"), biography=Text("One.")),
    )


def test_the_list_of_the_conference_counts_more_than_events() -> None:
    one = event("23T09:00", "23T10:00", speakers=("Ada",), people=(Person("Ada", biography="Event."),))
    made = schedule(one, people=(Person("Ada", biography="List."), Person("Bob", biography="Ill.")))
    assert [(one.name.root, one.biography) for one in made.speakers] == [
        ("Ada", Text("List.")),
        ("Bob", Text("Ill.")),
    ]


def test_names_alone_are_no_details() -> None:
    assert speaking(Person("Ada"), Person("Ada", names={"en": "Ada"})) == ()
    assert speaking(Person(" ", biography="Nobody.")) == ()


def test_a_speaker_has_names_and_biographies_in_several_languages() -> None:
    person = Person(
        "Ada",
        {"en": "Ada L.", "zh_CN": "艾达"},
        "Counts.",
        {"en": "<p>Counts <b>on</b>.</p>", "zh-cn": "计算。"},
    )
    assert speaking(person) == (
        Speaker(
            name=Text({"en": "Ada", "zh-CN": "艾达"}),
            biography=Text({"en": "Counts **on**.", "zh-CN": "计算。"}),
        ),
    )


@pytest.mark.parametrize(
    "url",
    ["mailto:ada@conf.example", "MAILTO:ada@conf.example", "ada@conf.example", "tel:+491", "javascript:x"],
)
def test_neither_mail_addresses_nor_programs_become_links(url: str) -> None:
    person = Person("Ada", biography="One.", links=(DraftLink(url), PAGE))
    made, _findings = odd(event("23T09:00", "23T10:00", speakers=("Ada",), people=(person,)))
    assert made.speakers[0].links == (Link(url="https://ada.example/"),)


def test_a_link_that_is_no_url_is_reported() -> None:
    person = Person("Ada", links=(DraftLink("https://"), PAGE, PAGE))
    made, findings = odd(event("23T09:00", "23T10:00", speakers=("Ada",), people=(person,)))
    assert findings == ["1 link without a valid URL was left out"]
    assert made.speakers[0].links == (Link(url="https://ada.example/"),)


def test_too_many_speakers_keep_their_names_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KNOWN_SPEAKERS", Budget("speakers", 2, 0, 2))
    people = tuple(Person(name, biography="One.") for name in ("Ada", "Bob", "Cem", "Ada"))
    read = parsed(draft(event("23T09:00", "23T10:00", speakers=("Ada", "Bob", "Cem"), people=people)))
    assert read.findings.sentences() == [
        "there are too many speakers; the biographies and links of 1 were left out"
    ]
    assert [speaker.name.root for speaker in read.schedule.speakers] == ["Ada", "Bob"]
    assert read.schedule.sessions[0].speakers == ("Ada", "Bob", "Cem")


def test_of_equal_details_only_one_is_kept() -> None:
    people = People()
    first = Person("Ada", biography="One.")
    people.add([first, Person("Ada", biography="One.")])
    (kept,) = people
    assert kept is first


def test_ids_do_not_depend_on_the_details_of_speakers() -> None:
    one = event("23T09:00", "23T10:00", speakers=("Ada",))
    other = one._replace(
        people=(Person("Ada", biography="One."),), level="all", tags=("a",), feedback_url="/f"
    )
    assert one.written() == other.written()
