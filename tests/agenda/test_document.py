import copy
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.agenda.document import InvalidAgenda, dumps, loads
from summitcli.agenda.picks import Agenda, Pick
from summitcli.errors import Status
from summitcli.rows import SlotRow
from tests.agenda.agenda_samples import D23, D24, all_day, timed

AGENDA = Agenda(
    "summit-5",
    "第五届峰会",
    "default",
    (
        Pick("opening", None, '开幕式 "\x1b[31m\u202e', (all_day(D23),)),
        Pick("talk", (D24,), "Talk", (timed(D24, "09:00", "10:00", "Hall"),), (all_day(D24),), 3, True),
    ),
)

TEXT = r"""{
  "format": "summit-agenda/1",
  "conference": "summit-5",
  "title": "第五届峰会",
  "name": "default",
  "picks": [
    {
      "id": "opening",
      "title": "开幕式 \"\u001b[31m\u202e",
      "days": null,
      "slots": [
        {"day": "2022-07-23", "start": null, "end": null, "all_day": true, "room": null}
      ],
      "withdrawn": [],
      "revision": 0,
      "gone": false
    },
    {
      "id": "talk",
      "title": "Talk",
      "days": ["2022-07-24"],
      "slots": [
        {"day": "2022-07-24", "start": "2022-07-24T09:00:00+08:00", "end": "2022-07-24T10:00:00+08:00", "all_day": false, "room": "Hall"}
      ],
      "withdrawn": [
        {"day": "2022-07-24", "start": null, "end": null, "all_day": true, "room": null}
      ],
      "revision": 3,
      "gone": true
    }
  ]
}
"""  # noqa: E501

EMPTY_TEXT = """{
  "format": "summit-agenda/1",
  "conference": "summit-5",
  "title": "",
  "name": "default",
  "picks": []
}
"""

SLUGS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
TITLES = st.text(st.characters(exclude_categories=["Cs"]))
FIRST, LAST = datetime(2, 1, 1), datetime(9998, 12, 31)  # noqa: DTZ001
ISO_DAYS = st.dates(FIRST.date(), LAST.date()).map(str)
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.timezones()).map(lambda moment: moment.isoformat())
SLOTS = st.one_of(
    st.builds(SlotRow, ISO_DAYS, st.none(), st.none(), st.just(True), st.none() | TITLES),
    st.builds(SlotRow, ISO_DAYS, INSTANTS, INSTANTS, st.just(False), st.none() | TITLES),
)
PICKS = st.builds(
    Pick,
    SLUGS,
    st.none() | st.sets(ISO_DAYS, min_size=1, max_size=4).map(lambda days: tuple(sorted(days))),
    TITLES,
    st.lists(SLOTS, min_size=1, max_size=3).map(tuple),
    st.lists(SLOTS, max_size=2).map(tuple),
    st.integers(0, 10**9),
    st.booleans(),
)
AGENDAS = st.builds(
    Agenda,
    SLUGS,
    TITLES,
    SLUGS,
    st.lists(PICKS, max_size=5, unique_by=lambda pick: pick.id).map(tuple),
)


SLOT = "picks[1].slots[0]"
TIME = "must be a time with its offset from UTC"
DAY = "must be a day such as 2022-07-23"


def read(data: bytes) -> Agenda:
    return loads(data, "plan.json", "summit-5", "default")


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidAgenda) as caught:
        read(data)
    assert caught.value.status == Status.INVALID
    assert str(caught.value).isprintable()
    return str(caught.value)


def fault(data: bytes) -> str:
    """What is said to be wrong, without the rest of the sentence, which is always the same."""
    before, after = (
        "the agenda plan.json can't be read: ",
        ". Nothing was changed; repair the file, or move it away to begin a new one",
    )
    sentence = refusal(data)
    assert sentence.startswith(before)
    assert sentence.endswith(after)
    return sentence.removeprefix(before).removesuffix(after)


def test_an_agenda_is_text_that_a_person_can_read() -> None:
    assert dumps(AGENDA).decode() == TEXT
    assert dumps(Agenda("summit-5", "", "default")).decode() == EMPTY_TEXT


def test_the_text_gives_back_the_agenda() -> None:
    assert read(TEXT.encode()) == AGENDA
    assert read(EMPTY_TEXT.encode()) == Agenda("summit-5", "", "default")


def test_the_same_agenda_in_another_layout_is_read_too() -> None:
    assert read(json.dumps(json.loads(TEXT), indent=None, sort_keys=True).encode()) == AGENDA


@given(AGENDAS)
def test_every_agenda_is_read_back_as_it_was(agenda: Agenda) -> None:
    data = dumps(agenda)
    assert loads(data, "plan.json", agenda.conference, agenda.name) == agenda
    assert not {*data.decode()} & {chr(code) for code in (*range(10), *range(11, 32), *range(127, 160))}


def test_the_name_of_the_file_is_the_name_of_the_agenda() -> None:
    assert loads(TEXT.encode(), "plan.json", "summit-5", "copy") == AGENDA._replace(name="copy")


@pytest.mark.parametrize("data", [b"", b"\n", b" \t\r\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert fault(data) == "it is empty"


@pytest.mark.parametrize("mark", ["summit-agenda/2", "summit-agenda/10"])
def test_a_newer_format_is_refused_whatever_else_it_holds(mark: str) -> None:
    assert refusal(json.dumps({"format": mark, "picks": {"new": "ways"}}).encode()) == (
        f"the agenda plan.json can't be read: it is of the newer format {mark}. Update summitcli, or move the"
        " file away"
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"agenda", "it is not valid JSON at line 1, column 1"),
        (b'{"format": \n "summit-agenda/1",\n]', "it is not valid JSON at line 3, column 1"),
        (b"\xff\xfe{}", "it is not UTF-8 text"),
        (b"\xef\xbb\xbf{}", "it is not valid JSON at line 1, column 1"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b"[]", 'it does not begin with "format": "summit-agenda/1"'),
        (b"null", 'it does not begin with "format": "summit-agenda/1"'),
        (b"{}", 'it does not begin with "format": "summit-agenda/1"'),
        (b'{"format": ["summit-agenda/1"]}', 'it does not begin with "format": "summit-agenda/1"'),
        (b'{"format": "summit-agenda/0"}', 'it does not begin with "format": "summit-agenda/1"'),
        (b'{"format": "summit-schedule/1"}', 'it does not begin with "format": "summit-agenda/1"'),
        (b'{"format": "summit-agenda/1"}', 'the key "conference" is missing'),
        (b'{"a": 1, "b": 2, "a": 3}', 'the key "a" is there twice'),
        (b'{"a": NaN}', "NaN is not valid JSON"),
    ],
)
def test_what_is_no_agenda_is_refused(data: bytes, expected: str) -> None:
    assert fault(data) == expected


def test_a_number_of_too_many_digits_is_refused() -> None:
    assert "4300 digits" in fault(b'{"revision": ' + b"9" * 5000 + b"}")


def test_the_agenda_of_another_conference_is_refused() -> None:
    data = dumps(AGENDA._replace(conference="other"))
    assert fault(data) == 'it is of another conference, "other"'


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("note",), "mine", 'the key "note" is not known'),
        (("title",), 5, "title: must be text"),
        (("title",), "\ud800", "title: must be text"),
        (("name",), None, "name: must be text"),
        (("picks",), {}, "picks: must be a list"),
        (("picks", 0), "opening", "picks[0]: must be an object"),
        (("picks", 0, "note"), "mine", 'picks[0]: the key "note" is not known'),
        (("picks", 1, "id"), "opening", 'picks[1]: "opening" is picked already by picks[0]'),
        (("picks", 1, "id"), "Talk", "picks[1].id: must be an id"),
        (("picks", 1, "id"), None, "picks[1].id: must be an id"),
        (("picks", 1, "title"), ["Talk"], "picks[1].title: must be text"),
        (("picks", 1, "days"), [], "picks[1].days: must be null, or days in order of time"),
        (("picks", 1, "days"), [D24, D23], "picks[1].days: must be null, or days in order of time"),
        (("picks", 1, "days"), [D24, D24], "picks[1].days: must be null, or days in order of time"),
        (("picks", 1, "days"), D24, "picks[1].days: must be a list"),
        (("picks", 1, "days"), [5], f"picks[1].days[0]: {DAY}"),
        (("picks", 1, "days"), [D23, "2022-07-32"], f"picks[1].days[1]: {DAY}"),
        (("picks", 1, "days"), ["20220724"], f"picks[1].days[0]: {DAY}"),
        (("picks", 1, "slots"), [], "picks[1].slots: must not be empty"),
        (("picks", 1, "slots"), None, "picks[1].slots: must be a list"),
        (("picks", 1, "slots", 0), [], "picks[1].slots[0]: must be an object"),
        (("picks", 1, "slots", 0, "day"), None, f"{SLOT}.day: {DAY}"),
        (("picks", 1, "slots", 0, "all_day"), 0, f"{SLOT}.all_day: must be true or false"),
        (("picks", 1, "slots", 0, "all_day"), True, f"{SLOT}.start: must be null, as all_day is true"),
        (("picks", 0, "slots", 0, "all_day"), False, f"picks[0].slots[0].start: {TIME}"),
        (("picks", 1, "slots", 0, "end"), "2022-07-24T10:00:00", f"{SLOT}.end: {TIME}"),
        (("picks", 1, "slots", 0, "end"), 10, f"{SLOT}.end: {TIME}"),
        (("picks", 1, "slots", 0, "day"), "9999-12-31", f"{SLOT}.day: {DAY}"),
        (("picks", 1, "slots", 0, "start"), "0001-01-01T00:00:00+14:00", f"{SLOT}.start: {TIME}"),
        (("picks", 1, "slots", 0, "end"), "9999-12-31T23:59:59-23:59", f"{SLOT}.end: {TIME}"),
        (("picks", 1, "slots", 0, "room"), 1, f"{SLOT}.room: must be text"),
        (("picks", 1, "withdrawn", 0, "seats"), 9, 'picks[1].withdrawn[0]: the key "seats" is not known'),
        (("picks", 1, "revision"), -1, "picks[1].revision: must be a whole number from 0 up"),
        (("picks", 1, "revision"), 1.0, "picks[1].revision: must be a whole number from 0 up"),
        (("picks", 1, "revision"), True, "picks[1].revision: must be a whole number from 0 up"),
        (("picks", 1, "gone"), "no", "picks[1].gone: must be true or false"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_its_place(path: tuple[Any, ...], value: Any, expected: str) -> None:
    document = json.loads(TEXT)
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    assert fault(json.dumps(document).encode()) == expected


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every key at every depth."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        if isinstance(value, dict):
            yield (*path, step)
        yield from _paths(inner, (*path, step))


@pytest.mark.parametrize("path", list(_paths(json.loads(TEXT))))
def test_every_key_is_needed(path: tuple[Any, ...]) -> None:
    document = json.loads(TEXT)
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    if path == ("format",):
        assert fault(json.dumps(document).encode()) == 'it does not begin with "format": "summit-agenda/1"'
    else:
        assert fault(json.dumps(document).encode()).endswith(f'the key "{path[-1]}" is missing')


WRONG: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 1.5, "", "x", [], [[]], [None], {}, {"id": 1}, "\ud800"]
)


@given(st.sampled_from(list(_paths(json.loads(TEXT)))), WRONG)
def test_a_value_of_any_other_type_is_read_back_the_same_or_refused(
    path: tuple[Any, ...], wrong: Any
) -> None:
    document = json.loads(TEXT)
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = copy.deepcopy(wrong)
    data = json.dumps(document).encode()
    try:
        agenda = read(data)
    except InvalidAgenda:
        return
    assert json.loads(dumps(agenda)) == {**document, "name": "default"}


@given(st.integers(1, len(TEXT.encode()) - 2))
def test_a_file_cut_short_anywhere_is_refused(length: int) -> None:
    assert refusal(TEXT.encode()[:length])


def test_a_path_is_shown_without_what_a_terminal_acts_on() -> None:
    with pytest.raises(InvalidAgenda) as caught:
        loads(b"", "a\x1b[2J\nb.json", "summit-5", "default")
    assert str(caught.value).startswith("the agenda a\\x1b[2J\\nb.json can't be read: it is empty")
