"""The rules for a schedule.xml, compared with the published XML schema."""

import copy
import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from summitcli.validation.strict import check, syntax_error
from summitcli.validation.strict.xml_rules import MAX_ELEMENTS
from tests.published import DATA, content, here
from tests.validation.strict.strict_samples import GUIDS
from tests.validation.strict.strict_samples import XML as VALID

ODD = (
    "", " ", "x", " 1 ", "+1", "01", "0", "-1", "1.0", "1" * 30, "true", "1\n", "yes", "09:00", "9:00",
    "24:30", "30:00", "09:00:00", "0:5", "123:45", "2024-05-01", "2024-05-01Z", "2024-02-29", "2023-02-29",
    "0000-01-01", "-0044-03-15", "12024-05-01", "02024-05-01", "2024-05-01T10:00:00Z",
    " 2024-05-01T10:00:00+02:00\n",
    "2024-05-01T10:00:00", "2024-05-01T24:00:00Z", "2024-05-01T24:00:01Z", "2024-05-01T10:00:60Z",
    "2024-05-01T10:00:00.123456789Z", "2024-05-01T10:00:00+14:00", "2024-05-01T10:00:00+14:01",
    "2024-05-01T10:00:00+2:00", "2024-05-01t10:00:00z", "http://", "https://x y", "HTTP://x", "/logo.png",
    "ftp://x", "http://ü", GUIDS[0].upper(), GUIDS[1], "ABC123", "ABC124", "abc123", "#00FF00", "#0f0", "red",
    "conf-second", "abc-d", "a", "a1", "1a", "Conf", "conf-24", "7", "8", "008", "2",
)  # fmt: skip
"""Texts that are valid in some places and invalid in others."""


Change = Callable[[Element, Element], object]
"""A change to an element, given with its parent."""


def text(value: str) -> Change:
    return lambda element, _parent: setattr(element, "text", value)


def attribute(name: str, value: str) -> Change:
    return lambda element, _parent: element.set(name, value)


def without(name: str) -> Change:
    return lambda element, _parent: element.attrib.pop(name)


def child(name: str) -> Change:
    return lambda element, _parent: SubElement(element, name)


def again(place: int) -> Change:
    return lambda element, parent: parent.insert(place, copy.deepcopy(element))


def moved(place: int) -> Change:
    def change(element: Element, parent: Element) -> None:
        parent.remove(element)
        parent.insert(place, element)

    return change


CHANGES: list[Change] = [
    *map(text, ODD),
    *map(child, ("extra", "{urn:x}title", "title", "event", "day", "version", "link")),
    *(attribute(name, "en") for name in ("extra", "{urn:x}id", "{http://www.w3.org/XML/1998/namespace}lang")),
    attribute("{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation", "a.xsd"),
    again(0),
    again(99),
    moved(0),
    moved(99),
    lambda element, parent: parent.remove(element),
    lambda element, _parent: setattr(element, "tag", "extra"),
    lambda element, _parent: setattr(element, "tail", "text"),
    lambda element, _parent: SubElement(SubElement(element, "extra"), "title").set("y", "z"),
    lambda element, _parent: element.clear(),
]


def changes_of(element: Element) -> Iterator[Change]:
    """Yield all changes to an element."""
    yield from CHANGES
    for name in element.attrib:
        yield without(name)
        yield from (attribute(name, value) for value in ODD)


VERDICTS: dict[str, str] = json.loads((DATA / "verdicts.json").read_text("utf-8"))
"""The verdict of the published schemas on each of :func:`mutations`: 1 if it is valid."""


def pairs(root: Element) -> list[tuple[Element, Element]]:
    """Yield each element with its parent; the root is its own parent."""
    return [(child, parent) for parent in root.iter() for child in parent]


def mutations() -> Iterator[Element]:
    """Yield the valid document with every change to every element, valid or not."""
    whole = ElementTree.fromstring(VALID)
    for number, (untouched, _parent) in enumerate(pairs(whole)):
        for change in changes_of(untouched):
            made = copy.deepcopy(whole)
            change(*pairs(made)[number])
            yield made


@pytest.fixture(scope="module")
def published(corpus: Path) -> Any:
    """Return a validator for the published schema."""
    return xmlschema.XMLSchema10(corpus / "schema" / "voc-schedule.xml.xsd")


def plain(path: str) -> str:
    """Return a path without its leading slash and without positions of 1."""
    return path.removeprefix("/").replace("[1]", "")


def compare(published: Any, document: Element) -> bool:
    """Check that both validators agree; return whether the document is valid.

    For each fault they must report the same element, or one of them its parent.
    """
    faults = check(ElementTree.tostring(document)) or ()
    ours = {plain(fault.path) for fault in faults}
    errors = published.iter_errors(ElementTree.ElementTree(document), use_location_hints=False)
    theirs = {plain(error.path) for error in errors}
    assert bool(ours) == bool(theirs), (ours, theirs, ElementTree.tostring(document).decode())
    for path in ours:
        around = path.rpartition("/")[0]
        assert {path, around, "schedule"} & theirs, (path, theirs)
    for path in theirs - {"schedule"}:
        assert any(mine == path or mine.startswith(f"{path}/") for mine in ours), (path, ours)
    return not ours


def test_a_document_with_every_element_is_valid() -> None:
    assert list(check(VALID.encode()) or [...]) == []


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.soak)])
def test_one_change_anywhere_is_judged_as_by_the_published_schema(step: int) -> None:
    made = (ElementTree.tostring(document) for document in islice(mutations(), 0, None, step))
    judged = "".join("01"[not list(check(data) or [...])] for data in made)
    assert judged == VERDICTS["schedule.xml"][::step]
    assert (judged.count("1") > 200, judged.count("0") > 400) == (True, True)


@pytest.mark.parametrize("step", [45, pytest.param(1, marks=pytest.mark.soak)])
def test_the_published_schema_says_the_same_of_one_change_anywhere(published: Any, step: int) -> None:
    judged = "".join("01"[compare(published, made)] for made in islice(mutations(), 0, None, step))
    assert judged == VERDICTS["schedule.xml"][::step]


@given(data=st.data())
def test_the_published_schema_says_the_same_of_several_changes(published: Any, data: st.DataObject) -> None:
    made = ElementTree.fromstring(VALID)
    for _change in range(data.draw(st.integers(1, 5))):
        element, parent = data.draw(st.sampled_from(pairs(made) or [(made, made)]))
        if element is not made:
            data.draw(st.sampled_from(list(changes_of(element))))(element, parent)
    errors = list(published.iter_errors(ElementTree.ElementTree(made), use_location_hints=False))
    assert bool(list(check(ElementTree.tostring(made)) or ())) == bool(errors)


FAULTS = {
    "harbour.xml": 0,
    "kolkata.xml": 12,
    "xml/PrivacyWeek.xml": 33,
    "xml/debconf23.xml": 7,
    "xml/emf2022.frab.xml": 5,
    "xml/fosdem-2007.xml": 224,
    "xml/fosdem-2021.xml": 2328,
}
"""The number of broken rules in published schedules."""


@pytest.mark.parametrize("file", here(*FAULTS))
def test_the_faults_of_published_files_are_counted(file: str) -> None:
    assert len(list(check(content(file)) or ())) == FAULTS[file]


SLOW = "xml/fosdem-2021.xml"


@pytest.mark.parametrize(
    "files", [{*FAULTS} - {SLOW}, pytest.param({SLOW}, marks=pytest.mark.soak)], ids=["small", "large"]
)
def test_the_published_schema_says_the_same_of_published_files(published: Any, files: set[str]) -> None:
    judged = {file: compare(published, ElementTree.fromstring(content(file))) for file in files}
    assert judged == {file: FAULTS[file] == 0 for file in files}


@pytest.mark.parametrize(
    ("file", "place"),
    [("bare.xml", (7, 58)), *((name, (542, 18)) for name in here("xml/klimacamp2015.xml"))],
)
def test_a_file_that_is_not_well_formed_is_reported(file: str, place: tuple[int, int]) -> None:
    assert list(check(content(file)) or ())[-1] == ("", "not well-formed XML", "", place)


def fault_of(change: Change, path: str) -> list[tuple[Any, ...]]:
    """Return the faults of the valid document after a change to the element at ``path``."""
    made = ElementTree.fromstring(VALID)
    element = made.find(path)
    assert element is not None
    change(*next(pair for pair in pairs(made) if pair[0] is element))
    return [tuple(fault[:3]) for fault in check(ElementTree.tostring(made)) or ()]


EVENT = "schedule/day[1]/room[1]/event[1]"
REASONS: list[tuple[str, Change, list[tuple[str, str, str]]]] = [
    ("version", lambda element, parent: parent.remove(element), [("schedule/version", "is missing", "")]),
    ("version", moved(0), [("schedule/generator", "must come before version", ""),
                           ("schedule/url", "must come before version", "")]),
    ("url", again(1), [("schedule/url[2]", "must not occur more than once", "")]),
    ("day", without("index"), [("schedule/day[1]/@index", "is missing", "")]),
    ("day", attribute("index", "02"), [("schedule/day[2]/@index", "duplicate value; must be unique", "2")]),
    ("day", attribute("index", "0"), [("schedule/day[1]/@index", "must be a whole number, 1 or more", "0")]),
    ("day", attribute("extra", "0"), [("schedule/day[1]/@extra", "unexpected attribute", "")]),
    ("day", text(" Monday "), [("schedule/day[1]", "text is not allowed here", "Monday")]),
    ("conference", child("venue"), [("schedule/conference/venue", "unexpected element", "")]),
    ("day/room/event", attribute("guid", GUIDS[1]), [
        ("schedule/day[1]/room[2]/event[1]/@guid", "duplicate value; must be unique", GUIDS[1])]),
    ("day/room/event/duration", text("long"), [
        (f"{EVENT}/duration", "must be a duration in hours and minutes, such as 00:45", "long")]),
    ("day/room/event/date", text("x" * 99), [(
        f"{EVENT}/date",
        "must be a time with a UTC offset, such as 2022-07-23T09:00:00+08:00",
        "x" * 59 + "…",
    )]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "change", "faults"), REASONS)
def test_a_fault_has_its_path_its_reason_and_the_value(
    path: str, change: Change, faults: list[tuple[str, str, str]]
) -> None:
    assert fault_of(change, path) == faults


def test_a_fault_has_the_place_of_its_element() -> None:
    lines = VALID.replace("<title>Opening</title>", "").replace('index="2"', 'index="x"').encode()
    places = [(fault.path, fault.place) for fault in check(lines) or ()]
    assert places == [(f"{EVENT}/title", (21, 7)), ("schedule/day[2]/@index", (53, 3))]


@pytest.mark.parametrize(
    ("data", "sentence", "place"),
    [
        (b"<schedule><version>1", "not well-formed XML", (1, 21)),
        (b"<schedule>\n <a></b>", "not well-formed XML", (2, 7)),
        (b"<schedule>&x;</schedule>", "not well-formed XML", (1, 11)),
        (b"<?xml version='1.0' encoding='gb18030'?>\n<schedule/>", "unknown or unsupported encoding", (1, 1)),
        (b"<?xml version='1.0' encoding='none'?>\n<schedule/>", "unknown or unsupported encoding", (1, 1)),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><schedule/>", "document types (DTD) are not allowed", (1, 13)),
        (b"<schedule>" * 200_000, "not well-formed XML", (1, 2_000_001)),
    ],
)  # fmt: skip
def test_a_syntax_error_in_xml_has_its_place(data: bytes, sentence: str, place: tuple[int, int]) -> None:
    assert syntax_error(data) == ("", sentence, "", place)


def test_any_depth_is_checked() -> None:
    data = b"<schedule>" + b"<x>" * 200_000 + b"</x>" * 200_000 + b"</schedule>"
    faults = [(fault.path, fault.sentence) for fault in check(data) or ()]
    assert faults == [
        ("schedule/x", "unexpected element"),
        ("schedule/version", "is missing"),
        ("schedule/conference", "is missing"),
        ("schedule/day", "is missing"),
    ]


def test_checking_stops_after_the_limit_of_elements() -> None:
    head, end = VALID.replace("\n</schedule>", "\n<y>").rstrip(), "</y></schedule>"
    left = MAX_ELEMENTS - sum(1 for _element in ElementTree.fromstring(head + end).iter())
    unknown = ("schedule/y", "unexpected element", "")
    whole = f"{head}{'<x/>' * left}{end}".encode()
    assert [fault[:3] for fault in check(whole) or ()] == [unknown]
    faults = list(check(f"{head}{'<x/>' * (left + 1)}\n<x/>{end}".encode()) or ())
    assert [fault[:3] for fault in faults] == [
        unknown,
        ("", "more than 750,000 elements; the rest was not checked", ""),
    ]
    assert faults[1].place == (head.count("\n") + 1, len("<y>") + left * len("<x/>") + 1)


@pytest.mark.parametrize(
    "data", [b"<iCalendar/>", b"<html><schedule/></html>", b"<schedules/>", b"<a:schedule/>"]
)
def test_another_document_has_no_rules(data: bytes) -> None:
    assert check(data) is None
