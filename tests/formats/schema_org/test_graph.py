"""The events of JSON-LD documents, and how they belong together."""

from typing import Any

import pytest

from summitcli.formats.schema_org.graph import Graph, graph, is_event
from tests.limits import in_proportion


def made(*documents: Any) -> Graph:
    return graph((document, f"script[{n}]", n + 1) for n, document in enumerate(documents))


def event(name: str, **fields: Any) -> dict[str, Any]:
    return {"@type": "Event", "name": name, **fields}


def tree(found: Graph) -> dict[str, str]:
    """Return the name of the event that contains each event; empty for those in none."""
    names = [str(node.values.get("name")) for node in found.events]
    return {name: names[found.parents[n]] if n in found.parents else "" for n, name in enumerate(names)}


@pytest.mark.parametrize(
    "kind",
    [
        "Event",
        "BusinessEvent",
        "https://schema.org/EducationEvent",
        "Festival",
        "Hackathon",
        ["Thing", "Event"],
    ],
)
def test_subtypes_of_event_are_events(kind: Any) -> None:
    assert is_event({"@type": kind})


@pytest.mark.parametrize("kind", ["EventVenue", "EventReservation", "Place", "Events", "", None, ["Thing"]])
def test_other_types_are_not(kind: Any) -> None:
    assert not is_event({"@type": kind})


TALK = {"@id": "#talk"}


@pytest.mark.parametrize(
    "documents",
    [
        [event("conf", subEvent=[event("talk")])],
        [event("conf", subEvent=event("talk"))],
        [event("conf", subEvents=[{"name": "talk"}])],
        [event("talk", superEvent=event("conf"))],
        [event("talk", superEvent={"name": "conf"})],
        [{"@graph": [event("conf", subEvent=[TALK]), event("talk", **TALK)]}],
        [{"@graph": [event("conf", subEvent=["#talk"]), event("talk", **TALK)]}],
        [[event("talk", superEvent={"@id": "#conf"}), event("conf", **{"@id": "#conf"})]],
        [event("conf", **{"@id": "#conf"}), event("talk", superEvent="#conf")],
        [event("conf", subEvent=[TALK]), {"@graph": [event("talk", superEvent={"@id": "#no"}, **TALK)]}],
        [
            event("conf", subEvent=[TALK], **{"@id": "#conf"}),
            event("talk", superEvent={"@id": "#conf"}, **TALK),
        ],
    ],
)
def test_one_event_contains_another_however_that_is_written(documents: list[Any]) -> None:
    found = made(*documents)
    assert tree(found) == {"conf": "", "talk": "conf"}
    assert found.main() is not None and found.events[found.main() or 0].values["name"] == "conf"


def test_events_have_their_places() -> None:
    found = made([{"@graph": [{}, event("a", subEvent=[{"name": "b"}])]}], {"mainEntity": event("c")})
    assert [(node.where, node.line) for node in found.events] == [
        ("script[0][0].@graph[1]", 1),
        ("script[0][0].@graph[1].subEvent[0]", 1),
        ("script[1].mainEntity", 2),
    ]


def test_events_are_found_in_lists_and_as_what_a_page_is_about() -> None:
    items = [{"@type": "ListItem", "item": event("a")}, {"@type": "ListItem", "item": event("b")}]
    page = {"@type": "WebPage", "mainEntity": {"@type": "ItemList", "itemListElement": items}}
    assert tree(made(page, {"@type": "Organization", "event": [event("c")]})) == {"a": "", "b": "", "c": ""}


def test_other_appearances_of_a_performer_are_not_sessions() -> None:
    assert tree(made(event("a", performer={"name": "Ada", "performerIn": event("b")}))) == {"a": ""}


def test_the_conference_is_the_event_with_the_most_in_it() -> None:
    days = [event(f"day {day}", subEvent=[event(f"{day}{n}") for n in range(9)]) for day in "ab"]
    found = made(event("other", subEvent=[event("x")]), event("conf", subEvent=days))
    assert found.events[found.main() or 0].values["name"] == "conf"


def test_events_without_a_conference() -> None:
    assert made(event("a"), event("b")).main() is None
    assert made(event("a")).main() == 0
    assert made({}).main() is None


def test_an_event_that_is_written_twice_is_there_once() -> None:
    first, second = event("a", url="u", startDate="2024-05-01"), event("a", url="u", startDate="2024-05-02")
    assert len(made(first, second, first, [second]).events) == 2


def test_objects_with_the_same_id_are_merged() -> None:
    found = made(event("a", **TALK), [{"@id": "#talk", "url": "u", "name": "b"}, event("a", **TALK)])
    assert [node.values for node in found.events] == [
        {"@type": "Event", "name": "a", "@id": "#talk", "url": "u"}
    ]


def test_references_are_resolved() -> None:
    found = made(
        {"@id": "#ada", "name": "Ada"}, event("a", performer=[{"@id": "#ada"}, "#ada", "Bob", {"@id": 1}])
    )
    ada = {"@id": "#ada", "name": "Ada"}
    assert [*found.resolved(found.events[0].values["performer"])] == [ada, ada, "Bob", {"@id": 1}]


def test_events_in_each_other_or_themselves_do_no_harm() -> None:
    a = event("a", subEvent={"@id": "#b"}, **{"@id": "#a"})
    b = event("b", subEvent=[{"@id": "#a"}, {"@id": "#b"}], **{"@id": "#b"})
    found = made([a, b])
    assert (tree(found), found.main()) == ({"a": "b", "b": "a"}, None)


@pytest.mark.parametrize(
    "odd", [None, 1, "x", [], [[]], {"@type": {}}, {"@graph": 1}, {"@id": []}, [{"@id": "x"}]]
)
def test_documents_without_events_are_empty(odd: Any) -> None:
    assert made(odd).events == []


@in_proportion()
def test_long_chains_and_wide_lists_take_time_in_proportion() -> None:
    chain = [event(str(n), subEvent={"@id": f"#{n + 1}"}, **{"@id": f"#{n}"}) for n in range(20_000)]
    assert len(made(chain).events) == 20_000
    made([event("a", x=[n]) for n in range(20_000)]).main()
