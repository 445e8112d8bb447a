"""Budgets: how much is read of each thing, what is rejected, and how work grows with the file."""

import cProfile
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from summitcli import budgets
from summitcli.agenda import document
from summitcli.agenda.importing.entries import NotImportable, read
from summitcli.agenda.importing.matching import _without_speakers
from summitcli.agenda.picks import Agenda, Pick
from summitcli.agenda.writing import text_of
from summitcli.budgets import Budget, Spending, too_many
from summitcli.errors import InvalidSchedule, ScheduleError, SummitError
from summitcli.formats import parse
from summitcli.formats.assembly.programme import TAGS_REMOVED
from summitcli.i18n import set_language
from summitcli.library import kept
from summitcli.library.folder import root
from summitcli.rows import SlotRow
from summitcli.sources.packed import ALWAYS_ALLOWED, MAX_RATIO, decompressed
from tests.formats import many
from tests.formats.many import IMPORTS, MAKERS, Maker, sized
from tests.inside import ask
from tests.webserver import page, serving

MB = 2**20
TEMPLATE = "more than {} {}, too many for a file of this size; split it or remove some"
ALL = [value for value in vars(budgets).values() if isinstance(value, Budget)]


def test_a_budget_grows_with_the_file_up_to_its_most() -> None:
    budget = Budget("events", 10, 100, 20)
    assert [budget.limit(size) for size in (0, 99, 100, 999, 1_000, 10**9)] == [10, 10, 11, 19, 20, 20]
    assert Budget("days", 5, 0, 5).limit(10**9) == 5


def test_exactly_as_many_as_each_budget_allows_are_counted() -> None:
    spending = Spending("plan", 200)
    events, links = Budget("events", 10, 100, 20), Budget("links", 1, 0, 1)
    spending.spend(events, 11)
    spending.spend(links)
    spending.spend(events)
    with pytest.raises(InvalidSchedule) as caught:
        spending.spend(events)
    assert str(caught.value) == f"plan is not a valid schedule: {TEMPLATE.format(12, 'events')}"


@pytest.fixture
def chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("en")


@pytest.mark.parametrize("budget", ALL, ids=lambda budget: budget.kind)
def test_every_budget_is_named_in_english(budget: Budget) -> None:
    assert too_many(budget, 0) == TEMPLATE.format(f"{budget.base:,}", budget.kind)


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("budget", ALL, ids=lambda budget: budget.kind)
def test_every_budget_is_named_in_chinese(budget: Budget) -> None:
    sentence = too_many(budget, 0)
    assert re.fullmatch("[^a-z]+超过 [0-9,]+ 个，就文件大小而言过多；请拆分文件或删去一部分", sentence)


@pytest.mark.parametrize(
    ("budget", "size", "each"),
    [(budgets.EVENTS, 300, 1), (budgets.PERSONS, 560, 6), (budgets.LINKS, 560, 6),
     (budgets.LABELS, 560, 6),
     (budgets.CONTAINERS, 560, 12), (budgets.VALUES, 560, 29), (budgets.ELEMENTS, 900, 29),
     (budgets.ATTRIBUTES, 900, 19), (budgets.LINES, 520, 28), (budgets.COMPONENTS, 520, 9),
     (budgets.TAGS, 560, 15)],
    ids=lambda value: value.kind if isinstance(value, Budget) else str(value),
)  # fmt: skip
def test_budgets_allow_several_of_each_thing_in_a_hundred_thousand_sessions(
    budget: Budget, size: int, each: int
) -> None:
    # So many bytes each takes in frab's JSON and XML, and in iCalendar, with an abstract of 300 letters.
    assert budget.limit(100_000 * size) >= 100_000 * each


def just_above(make: Maker, budget: Budget) -> bytes:
    """Return a document that exceeds a budget by a few things."""
    number = 0
    data = make(number)
    while number <= budget.limit(len(data)):
        number = budget.limit(len(data)) + 10
        data = make(number)
    return data


JUST_ABOVE = [
    ("summit", "empty sessions", budgets.CONTAINERS),
    ("summit", "sessions", budgets.EVENTS),
    ("summit", "slots", budgets.EVENTS),
    ("summit-yaml", "empty sessions", budgets.CONTAINERS),
    ("summit-yaml", "sessions", budgets.EVENTS),
    ("frab-json", "empty events", budgets.CONTAINERS),
    ("frab-json", "numbers", budgets.VALUES),
    ("frab-json", "events with titles", budgets.EVENTS),
    ("frab-json", "events that are null", budgets.EVENTS),
    ("frab-json", "days with dates", budgets.DAYS),
    ("frab-json", "rooms of a day", budgets.ROOMS),
    ("frab-json", "rooms in a list", budgets.ROOMS),
    ("frab-json", "tracks", budgets.TRACKS),
    ("frab-json", "persons", budgets.PERSONS),
    ("frab-json", "links that lead nowhere", budgets.LINKS),
    ("frab-json", "bold words in HTML", budgets.TAGS),
    ("flat-json", "empty events", budgets.EVENTS),
    ("flat-json", "rooms", budgets.ROOMS),
    ("flat-json", "speakers", budgets.PERSONS),
    ("pretalx-widget", "talks", budgets.EVENTS),
    ("pretalx-widget", "rooms", budgets.ROOMS),
    ("pretalx-widget", "speakers of a talk", budgets.PERSONS),
    ("opass", "sessions", budgets.EVENTS),
    ("opass", "types", budgets.TRACKS),
    ("opass", "rooms", budgets.ROOMS),
    ("opass", "speakers of a session", budgets.PERSONS),
    ("opass", "tags of a session", budgets.LABELS),
    ("sessionize", "sessions", budgets.EVENTS),
    ("sessionize", "rooms", budgets.ROOMS),
    ("sessionize", "links of a speaker", budgets.LINKS),
    ("sessionize", "speakers of a session", budgets.PERSONS),
    ("sessionize", "items of a session", budgets.LABELS),
    ("sessionize", "days", budgets.DAYS),
    ("sessionize", "sessions of a room", budgets.EVENTS),
    ("indico", "contributions", budgets.EVENTS),
    ("indico", "sessions", budgets.EVENTS),
    ("indico", "results", budgets.EVENTS),
    ("indico", "speakers", budgets.PERSONS),
    ("indico", "keywords", budgets.LABELS),
    ("indico", "attachments", budgets.LINKS),
    ("open-event", "sessions", budgets.EVENTS),
    ("open-event", "tracks", budgets.TRACKS),
    ("open-event", "speakers", budgets.PERSONS),
    ("open-event", "sessions that are resources", budgets.EVENTS),
    ("frab-xml", "elements", budgets.ELEMENTS),
    ("frab-xml", "empty events", budgets.EVENTS),
    ("frab-xml", "days", budgets.DAYS),
    ("frab-xml", "rooms", budgets.ROOMS),
    ("frab-xml", "persons", budgets.PERSONS),
    ("frab-xml", "links", budgets.LINKS),
    ("frab-xml", "tracks", budgets.TRACKS),
    ("frab-xml", "attributes", budgets.ATTRIBUTES_PER_ELEMENT),
    ("frab-xml", "attributes of elements", budgets.ATTRIBUTES),
    ("frab-xml", "namespaces", budgets.ATTRIBUTES_PER_ELEMENT),
    ("frab-xml", "namespaces of elements", budgets.ATTRIBUTES),
    ("researchr", "empty time slots", budgets.EVENTS),
    ("researchr", "elements in a time slot", budgets.ELEMENTS),
    ("researchr", "empty persons", budgets.PERSONS),
    ("researchr", "links", budgets.LINKS),
    ("xcal", "empty events", budgets.EVENTS),
    ("xcal", "rules", budgets.RULES),
    ("xcal", "components", budgets.ELEMENTS),
    ("ics", "events", budgets.EVENTS),
    ("ics", "alarms", budgets.COMPONENTS),
    ("ics", "blank lines", budgets.LINES),
    ("ics", "unknown properties", budgets.LINES),
    ("ics", "changes of a time zone", budgets.OBSERVANCES),
    ("ics", "events that recur", budgets.RULES),
    ("csv", "rows", budgets.EVENTS),
    ("csv", "rows of a dash", budgets.ROWS),
    ("csv", "cells", budgets.COLUMNS),
    ("csv", "speakers", budgets.PERSONS),
    ("workbook", "columns", budgets.COLUMNS),
    ("workbook", "sheets", budgets.SHEETS),
    ("schema-org", "events", budgets.EVENTS),
    ("schema-org", "texts as performers", budgets.PERSONS),
    ("schema-org", "places", budgets.LINKS),
]


LARGE = (
    ("schema-org", "places"), ("schema-org", "events"), ("frab-xml", "links"), ("frab-xml", "rooms"),
    ("frab-xml", "persons"), ("frab-xml", "namespaces of elements"), ("summit", "sessions"),
    ("summit-yaml", "sessions"), ("ics", "events"), ("ics", "events that recur"), ("xcal", "empty events"),
    ("open-event", "sessions that are resources"), ("frab-json", "rooms in a list"),
    ("frab-json", "rooms of a day"), ("csv", "rows"), ("researchr", "links"), ("researchr", "empty persons"),
    ("indico", "attachments"),
)  # fmt: skip
"""The cases with large documents, for the long runs; each budget has smaller ones."""


@pytest.mark.parametrize(
    ("name", "thing", "budget"),
    [pytest.param(*case, marks=[pytest.mark.soak] * (case[:2] in LARGE)) for case in JUST_ABOVE],
    ids=lambda value: getattr(value, "kind", value),
)
def test_what_is_just_above_a_budget_is_refused_in_one_line(name: str, thing: str, budget: Budget) -> None:
    data = just_above(MAKERS[name][thing], budget)
    with pytest.raises(InvalidSchedule) as caught:
        list(parse(data, "plan").sessions)
    assert str(caught.value) == f"plan is not a valid schedule: {too_many(budget, len(data))}"


@pytest.mark.parametrize(
    ("thing", "budget"),
    [("ids", budgets.ENTRIES), ("days of a row", budgets.DAYS), ("texts", budgets.VALUES),
     ("empty objects", budgets.CONTAINERS), ("unknown properties", budgets.LINES)],
    ids=lambda value: getattr(value, "kind", value),
)  # fmt: skip
def test_a_file_to_import_that_is_just_above_a_budget_is_refused(thing: str, budget: Budget) -> None:
    data = just_above(IMPORTS[thing], budget)
    with pytest.raises(NotImportable) as caught:
        read(data, "plan", "x", ZoneInfo("UTC"))
    sentence = too_many(budget, len(data))
    assert str(caught.value).startswith(f"can't import plan: {sentence}. Supported are IDs")


THINGS = [(name, thing, make) for name, makers in MAKERS.items() for thing, make in makers.items()]
SOME, TWICE = 8_000, 16_000
"""Sizes of documents in bytes: no budget refuses either."""
ALWAYS = 30_000
"""Calls that do not grow with the file, for things built or loaded once."""


def calls(data: bytes) -> int:
    """Return the number of function calls, including C functions, for reading a file."""
    with cProfile.Profile() as profile:
        try:
            parse(data, "plan")
        except SummitError as error:
            assert "\n" not in str(error)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(
    ("name", "thing", "make"),
    [pytest.param(*case, marks=[pytest.mark.soak] * bool(at % 6)) for at, case in enumerate(THINGS)],
    ids=[f"{name}, {thing}" for name, thing, _make in THINGS],
)
def test_twice_as_many_of_a_thing_take_about_twice_the_work(name: str, thing: str, make: Maker) -> None:
    fewer, more = sized(make, SOME), sized(make, TWICE)
    some, twice = calls(fewer), calls(more)
    # A document holds whole things, some of which are large, so that it may grow more than twofold.
    assert twice <= 1.25 * some * len(more) / len(fewer) + ALWAYS, (some, twice)


def frab(*descriptions: str) -> bytes:
    events = [
        {"id": n, "title": "t", "date": "2030-01-01T10:00:00Z", "duration": "0:45", "description": text}
        for n, text in enumerate(descriptions)
    ]
    days = [{"index": 1, "date": "2030-01-01", "rooms": {"R": events}}]
    conference = {"acronym": "x", "title": "X", "time_zone_name": "UTC", "days": days}
    return json.dumps({"schedule": {"version": "1", "conference": conference}}).encode()


def test_html_beyond_the_budget_keeps_its_words() -> None:
    text = "<ul>" + "<li>one &amp; two</li>" * 100 + "</ul>"
    number = budgets.MAX_HTML_TAGS // 200
    found = parse(frab(*[text] * (number + 50)), "plan")
    descriptions = [
        str(session.description.root) for session in found.schedule.sessions if session.description
    ]
    assert len(descriptions) == number + 50
    assert descriptions[0] == "\n".join(["- one & two"] * 100)
    assert descriptions[-1] == "\n\n".join(["one & two"] * 100)
    lost = sum("- one" not in text for text in descriptions)
    assert 50 <= lost <= number
    assert dict(found.findings.counts) == {TAGS_REMOVED: lost}


def test_a_list_of_thousands_of_items_only_loses_its_tags() -> None:
    found = parse(frab("<ol>" + "<li>x</li>" * 2_000 + "</ol>", "<ol><li>x</li></ol>"), "plan")
    descriptions = [session.description and session.description.root for session in found.schedule.sessions]
    assert descriptions == ["\n\n".join(["x"] * 2_000), "1. x"]
    assert found.findings.sentences() == ["1 HTML text lost its formatting, as there is too much HTML"]


COMMANDS = (
    ["list", "--schedule"],
    ["use"],
    ["convert", "-f", "json"],
    ["diff", "bundled"],
    ["agenda", "import"],
)


def test_every_command_refuses_a_packed_bomb_in_one_line(tmp_path: Path) -> None:
    bomb = just_above(many.FRAB_JSON["empty events"], budgets.CONTAINERS)
    file = tmp_path / "bomb.json.gz"
    file.write_bytes(gzip.compress(bomb))
    assert file.stat().st_size < 3_000
    fault = too_many(budgets.CONTAINERS, len(bomb))
    for words in COMMANDS[:-1]:
        answer = ask([*words, str(file)])
        assert (answer.status, answer.out) == (3, "")
        assert answer.err == f"summit: {file} is not a valid schedule: {fault}\n"
    answer = ask(["validate", str(file)])
    assert (answer.status, answer.out) == (3, f"error\t\t\t\t{fault}\n")


def test_a_server_that_answers_with_a_bomb_is_refused_in_one_line() -> None:
    bomb = just_above(many.FRAB_JSON["empty events"], budgets.CONTAINERS)
    with serving() as site:
        site["/bomb.json"] = page(gzip.compress(bomb), "application/json", Content_Encoding="gzip")
        answer = ask(["use", f"{site.url}/bomb.json"])
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
    assert too_many(budgets.CONTAINERS, len(bomb)) in answer.err


def test_what_is_packed_a_hundredfold_is_refused_beyond_a_size() -> None:
    fits, swells = gzip.compress(bytes(ALWAYS_ALLOWED)), gzip.compress(bytes(ALWAYS_ALLOWED + 1))
    assert len(swells) * MAX_RATIO < ALWAYS_ALLOWED
    assert len(decompressed(fits, "plan", 256 * MB)) == ALWAYS_ALLOWED
    with pytest.raises(ScheduleError) as caught:
        decompressed(swells, "plan", 256 * MB)
    assert str(caught.value) == "plan is too large for a schedule: more than 20 MB when unpacked"


# What is kept.


def agenda_of(size: int) -> Agenda:
    slot = SlotRow("2022-07-23", None, None, True, "R" * size)
    return Agenda("summit-5", "X", "default", (Pick("a", None, "A", (slot,)),))


def test_an_agenda_that_could_not_be_read_again_is_not_written() -> None:
    size = text_of(agenda_of(document.LARGEST)).size()
    with pytest.raises(ScheduleError) as caught:
        document.must_fit(size, "a.json")
    assert str(caught.value) == (
        "the agenda a.json would exceed the limit of 64 MB, so nothing was changed; add fewer sessions"
    )


def test_an_agenda_that_is_too_large_is_refused_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_DATA", str(tmp_path))
    ask(["agenda", "add", "opening"])
    (path,) = (tmp_path / "agendas").rglob("default.json")
    with path.open("r+b") as file:
        file.truncate(document.LARGEST + 1)
    answer = ask(["agenda", "add", "main-forum"])
    assert (answer.status, answer.out) == (3, "")
    assert answer.err == (
        f"summit: can't read the agenda {path}: it is larger than 64 MB. Nothing was changed; repair the"
        " file, or move or rename it to start a new agenda\n"
    )
    assert path.stat().st_size == document.LARGEST + 1


def test_a_title_too_large_to_be_saved_is_rejected(tmp_path: Path) -> None:
    schedule = json.loads(frab("x"))
    schedule["schedule"]["conference"]["title"] = "x" * kept.MAX_METADATA_SIZE
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(schedule), "utf-8")
    answer = ask(["use", str(file)])
    assert (answer.status, answer.out) == (3, "")
    assert answer.err == (
        "summit: can't save the schedule: its title and URL take more than 1 MB; shorten them\n"
    )
    assert ask(["schedules", "-f", "tsv"]).out.count("\n") == 1


def test_notes_that_are_too_large_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(frab("x"))
    assert ask(["use", str(file)]).status == 0
    with open(Path(root()) / "x" / "source.json", "r+b") as note:
        note.truncate(kept.MAX_METADATA_SIZE + 1)
    answer = ask(["list"])
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
    assert "its file source.json is larger than 1 MB" in answer.err


def test_a_title_of_hyphens_takes_no_more_work_than_one_of_words() -> None:
    # What follows each hyphen may be the speakers' names.
    long = "a - " * 100_000
    begins = [next(iter(_without_speakers(title))) for title in (long, "a - b - c")]
    assert begins == [long, "a - b - c"]
    assert [len(list(_without_speakers(title))) for title in (long, "a - b - c")] == [10, 3]


@pytest.mark.parametrize(
    ("line", "things"), [("ATTENDEE;CN=A:x\n", "speakers"), ("ATTACH:http://a/\n", "links")]
)
def test_attendees_and_attachments_are_counted_before_any_is_read(line: str, things: str) -> None:
    event = f"BEGIN:VEVENT\nUID:1\nDTSTART:20300101T100000Z\nSUMMARY:A\n{line * 900}END:VEVENT\n"
    data = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{event * 170}END:VCALENDAR\n".encode()
    with pytest.raises(InvalidSchedule, match=f"more than [0-9,]+ {things}, too many"):
        list(parse(data, "many.ics").sessions)
