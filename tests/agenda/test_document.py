import copy
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.agenda.document import InvalidAgenda, Reading, loads
from summitcli.agenda.document import read as read_document
from summitcli.agenda.picks import Agenda, HistoryEntry, OwnEntry, Pick, RemovedPick
from summitcli.agenda.writing import dumps
from summitcli.errors import Status
from summitcli.rows import SlotRow
from tests.agenda.agenda_samples import D23, D24, all_day, timed

FIRST = Path(__file__).resolve().parent.parent / "data" / "agendas" / "first.json"
"""An agenda written by version 0.1.0, before this format existed."""

WHOLE = "must be an integer from 0 to 2147483647"
OPENING = Pick(
    "opening",
    None,
    '开幕式 "\x1b[31m\u202e',
    (all_day(D23),),
    uid="opening@summit-5.summitcli",
    unknown=(("note", [1.5]),),
)
TALK = Pick(
    "talk",
    (D24,),
    "Talk",
    (timed(D24, "09:00", "10:00", "Hall"),),
    (all_day(D24),),
    3,
    "g-1",
    "ABCDEF",
    "https://example.org/talk",
    ("Ada", "Bo"),
    "g-1@summit-5.summitcli",
    "maybe",
    "missing",
)
AGENDA = Agenda(
    "summit-5",
    "第五届峰会",
    "default",
    (OPENING, TALK),
    "2022-07-23",
    "2022-07-26",
    (OwnEntry("lunch", "Lunch", D23, "12:00", "13:00", None, (("with", "Ada"),)),),
    ("work.ics",),
    (
        HistoryEntry(
            "add", f"{D23}T14:02:00+08:00", ("opening",), 1, (), (), ("opening@summit-5.summitcli",)
        ),
        HistoryEntry(
            "remove",
            f"{D23}T14:03:00+08:00",
            ("fair",),
            1,
            (Pick("fair", None, "Fair", (all_day(D23),), uid="x@y.summitcli"),),
            (1,),
            (),
        ),
    ),
    (RemovedPick("fair", None, "x@y.summitcli", 2),),
    (Pick("talk-2", None, "Talk", (all_day(D24),), uid="talk-2@summit-5.summitcli", state="cancelled"),),
    (("conference", {"venue": "Hall"}), ("mood", "\ud800")),
)

TEXT = r"""{
  "format": "summit-agenda/2",
  "conference": {"id": "summit-5", "title": "第五届峰会", "start": "2022-07-23", "end": "2022-07-26", "venue": "Hall"},
  "name": "default",
  "picks": [
    {
      "id": "opening",
      "title": "开幕式 \"\u001b[31m\u202e",
      "uid": "opening@summit-5.summitcli",
      "slots": [
        {"day": "2022-07-23", "start": null, "end": null, "all_day": true, "room": null}
      ],
      "note": [1.5]
    },
    {
      "id": "talk",
      "title": "Talk",
      "guid": "g-1",
      "code": "ABCDEF",
      "url": "https://example.org/talk",
      "speakers": ["Ada", "Bo"],
      "uid": "g-1@summit-5.summitcli",
      "revision": 3,
      "pick": "maybe",
      "state": "missing",
      "days": ["2022-07-24"],
      "slots": [
        {"day": "2022-07-24", "start": "2022-07-24T09:00:00+08:00", "end": "2022-07-24T10:00:00+08:00", "all_day": false, "room": "Hall"}
      ],
      "withdrawn": [
        {"day": "2022-07-24", "start": null, "end": null, "all_day": true, "room": null}
      ]
    }
  ],
  "entries": [
    {"id": "lunch", "title": "Lunch", "day": "2022-07-23", "from": "12:00", "to": "13:00", "room": null, "with": "Ada"}
  ],
  "busy": [
    "work.ics"
  ],
  "merged": [
    {
      "id": "talk-2",
      "title": "Talk",
      "uid": "talk-2@summit-5.summitcli",
      "state": "cancelled",
      "slots": [
        {"day": "2022-07-24", "start": null, "end": null, "all_day": true, "room": null}
      ]
    }
  ],
  "history": [
    {
      "done": "add",
      "at": "2022-07-23T14:02:00+08:00",
      "ids": ["opening"],
      "number": 1,
      "places": [],
      "absent": ["opening@summit-5.summitcli"],
      "picks": []
    },
    {
      "done": "remove",
      "at": "2022-07-23T14:03:00+08:00",
      "ids": ["fair"],
      "number": 1,
      "places": [1],
      "absent": [],
      "picks": [
        {
          "id": "fair",
          "title": "Fair",
          "uid": "x@y.summitcli",
          "slots": [
            {"day": "2022-07-23", "start": null, "end": null, "all_day": true, "room": null}
          ]
        }
      ]
    }
  ],
  "former": [
    {"id": "fair", "guid": null, "uid": "x@y.summitcli", "revision": 2}
  ],
  "mood": "\ud800"
}
"""  # noqa: E501

EMPTY_TEXT = """{
  "format": "summit-agenda/2",
  "conference": {"id": "summit-5", "title": "", "start": null, "end": null},
  "name": "default",
  "picks": []
}
"""

SLUGS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
TITLES = st.text(st.characters(exclude_categories=["Cs"]))
FIRST_DAY, LAST = datetime(2, 1, 1), datetime(9998, 12, 31)  # noqa: DTZ001
ISO_DAYS = st.dates(FIRST_DAY.date(), LAST.date()).map(str)
INSTANTS = st.datetimes(FIRST_DAY, LAST, timezones=st.timezones()).map(lambda moment: moment.isoformat())
SLOTS = st.one_of(
    st.builds(SlotRow, ISO_DAYS, st.none(), st.none(), st.just(True), st.none() | TITLES),
    st.builds(SlotRow, ISO_DAYS, INSTANTS, INSTANTS, st.just(False), st.none() | TITLES),
)
UIDS = st.from_regex(r"[A-Za-z0-9_-]{1,9}@[a-z0-9]{1,9}\.summitcli", fullmatch=True)
CLOCKS = st.none() | st.times().map(lambda time: time.isoformat("minutes"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
UNKNOWN = st.dictionaries(st.text().map(lambda key: f"x{key}"), VALUES, max_size=2).map(
    lambda values: tuple(values.items())
)
PICKS = st.builds(
    Pick,
    SLUGS,
    st.none() | st.sets(ISO_DAYS, min_size=1, max_size=4).map(lambda days: tuple(sorted(days))),
    TITLES,
    st.lists(SLOTS, min_size=1, max_size=3).map(tuple),
    st.lists(SLOTS, max_size=2).map(tuple),
    st.integers(0, 10**9),
    st.none() | TITLES,
    st.none() | TITLES,
    st.none() | TITLES,
    st.lists(TITLES, max_size=2).map(tuple),
    UIDS,
    st.sampled_from(["yes", "maybe", "hidden"]),
    st.sampled_from(["held", "missing", "cancelled"]),
    UNKNOWN,
)


def lists_of_picks(most: int) -> st.SearchStrategy[tuple[Pick, ...]]:
    by = (lambda pick: pick.id, lambda pick: pick.uid)
    return st.lists(PICKS, max_size=most, unique_by=by).map(tuple)


def merged(picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    """Return picks with unique UIDs."""
    return tuple(pick._replace(uid=f"{pick.id}@merged-picks.summitcli") for pick in picks)


ENTRIES = st.lists(
    st.builds(OwnEntry, SLUGS, TITLES, ISO_DAYS, CLOCKS, CLOCKS, st.none() | TITLES, UNKNOWN), max_size=2
).map(tuple)
PASTS = st.builds(
    lambda done, at, ids, number, picks, absent, entries, busy: HistoryEntry(
        done, at, ids, number, picks, tuple(range(len(picks))), absent, entries, busy
    ),
    TITLES,
    INSTANTS,
    st.lists(TITLES, max_size=2).map(tuple),
    st.integers(0, 10**6),
    lists_of_picks(2),
    st.lists(TITLES, max_size=2).map(tuple),
    st.none() | ENTRIES,
    st.none() | st.lists(TITLES, max_size=2).map(tuple),
)
AGENDAS = st.builds(
    Agenda,
    SLUGS,
    TITLES,
    SLUGS,
    lists_of_picks(4),
    st.just("") | ISO_DAYS,
    st.just("") | ISO_DAYS,
    ENTRIES,
    st.lists(TITLES, max_size=2).map(tuple),
    st.lists(PASTS, max_size=2).map(tuple),
    st.lists(st.builds(RemovedPick, SLUGS, st.none() | TITLES, UIDS, st.integers(0, 99)), max_size=2).map(
        tuple
    ),
    lists_of_picks(2).map(merged),
    UNKNOWN,
)


SLOT = "picks[1].slots[0]"
TIME = "must be a time with a UTC offset"
DAY = "must be a date such as 2022-07-23"
UID = "must be the UID of a calendar event, such as opening@summit-5.summitcli"


def read(data: bytes) -> Agenda:
    return loads(data, "plan.json", "summit-5", "default")


def spoilt(path: tuple[Any, ...], value: Any) -> bytes:
    """Return the sample with another value at a path."""
    document = json.loads(TEXT)
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    # What Python writes for a number beyond all bounds is no JSON.
    return json.dumps(document).replace("Infinity", "1e999").encode()


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidAgenda) as caught:
        read(data)
    assert caught.value.status == Status.INVALID
    assert str(caught.value).isprintable()
    return str(caught.value)


def fault(data: bytes) -> str:
    """Return the reason in the error message, without the rest, which is always the same."""
    before, after = (
        "can't read the agenda plan.json: ",
        ". Nothing was changed; repair the file, or move or rename it to start a new agenda",
    )
    sentence = refusal(data)
    assert sentence.startswith(before)
    assert sentence.endswith(after)
    return sentence.removeprefix(before).removesuffix(after)


def test_an_agenda_is_written_as_readable_json() -> None:
    assert dumps(AGENDA).decode() == TEXT
    assert dumps(Agenda("summit-5", "", "default")).decode() == EMPTY_TEXT


def test_keys_with_default_values_may_be_left_out() -> None:
    pick = {"id": "opening", "title": "Opening", "slots": [all_day(D23)._asdict()]}
    conference = {"id": "summit-5", "title": "", "start": None, "end": None}
    document = {"format": "summit-agenda/2", "conference": conference, "name": "default", "picks": [pick]}
    expected = Pick("opening", None, "Opening", (all_day(D23),), uid="opening@summit-5.summitcli")
    assert read(json.dumps(document).encode()) == Agenda("summit-5", "", "default", (expected,))


def test_an_agenda_of_the_first_format_is_read_with_its_uids() -> None:
    room = ("Hall", "Hall", "Lab", "Hall")
    times = (
        ("01", "10:00", "11:00"),
        ("01", "11:00", "12:00"),
        ("01", "12:00", "12:30"),
        ("02", "16:00", "16:30"),
    )
    slots = [
        SlotRow(
            f"2030-05-{day}", f"2030-05-{day}T{start}:00+02:00", f"2030-05-{day}T{end}:00+02:00", False, place
        )
        for (day, start, end), place in zip(times, room, strict=True)
    ]
    again = SlotRow("2030-05-02", "2030-05-02T11:00:00+02:00", "2030-05-02T12:00:00+02:00", False, "Hall")
    picks = (
        Pick("1", None, "Opening", (slots[0],), uid="1@demo.summitcli"),
        Pick("2", ("2030-05-01",), "Workshop", (slots[1],), (again,), 1, uid="2@demo.summitcli"),
        # It has been told to calendars, so it stays so.
        Pick("3", None, "Poetry", (slots[2],), (), 1, uid="3@demo.summitcli", state="cancelled"),
        Pick("5", None, "Closing", (slots[3],), uid="5@demo.summitcli"),
    )
    agenda = Agenda("demo", "Demo Days", "default", picks)
    assert read_document(FIRST.read_bytes(), "plan.json", "demo", "default") == Reading(agenda, first=True)


def test_known_keys_of_the_first_format_are_validated() -> None:
    document = json.loads(FIRST.read_text())
    document["conference"] = "summit-5"
    document["mood"] = "good"
    document["picks"][0]["note"] = "mine"
    agenda = read(json.dumps(document).encode())
    assert agenda.unknown == (("mood", "good"),)
    assert agenda.picks[0].unknown == (("note", "mine"),)
    document["picks"][1]["state"] = "held"
    assert fault(json.dumps(document).encode()) == 'picks[1]: unknown key "state"'
    del document["picks"][1]["state"]
    document["picks"][2]["gone"] = "no"
    assert fault(json.dumps(document).encode()) == "picks[2].gone: must be true or false"
    del document["picks"][2]["gone"]
    assert fault(json.dumps(document).encode()) == 'picks[2]: the key "gone" is missing'


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("history",), {}, "history: must be an array"),
        (("history", 0), None, "history[0]: must be an object"),
        (("history", 0, "at"), "yesterday", "history[0].at: must be a time with a UTC offset"),
        (("history", 0, "number"), -1, f"history[0].number: {WHOLE}"),
        (("history", 1, "places"), [], 'history[1].places: must have as many values as "picks"'),
        (
            ("history", 1, "places"),
            [True],
            "history[1].places[0]: must be an integer from 0 to 2147483647",
        ),
        (("history", 1, "picks", 0, "slots"), 1, "history[1].picks[0].slots: must be an array"),
        (
            ("former", 0, "uid"),
            "x",
            "former[0].uid: must be the UID of a calendar event, such as opening@summit-5.summitcli",
        ),
    ],
)
def test_a_damaged_history_is_discarded_and_the_rest_is_read(
    path: tuple[Any, ...], value: Any, expected: str
) -> None:
    reading = read_document(spoilt(path, value), "plan.json", "summit-5", "default")
    assert reading == Reading(AGENDA._replace(history=(), former=()), lost=expected)


def test_reading_the_text_returns_the_agenda() -> None:
    assert read(TEXT.encode()) == AGENDA
    assert read(EMPTY_TEXT.encode()) == Agenda("summit-5", "", "default")


def test_an_agenda_in_another_layout_is_read() -> None:
    assert read(json.dumps(json.loads(TEXT), indent=None, sort_keys=True).encode()) == AGENDA


@given(AGENDAS)
def test_every_agenda_survives_writing_and_reading(agenda: Agenda) -> None:
    data = dumps(agenda)
    assert loads(data, "plan.json", agenda.conference, agenda.name) == agenda
    assert not {*data.decode()} & {chr(code) for code in (*range(10), *range(11, 32), *range(127, 160))}


def test_an_agenda_is_named_after_its_file() -> None:
    assert loads(TEXT.encode(), "plan.json", "summit-5", "copy") == AGENDA._replace(name="copy")


@pytest.mark.parametrize("data", [b"", b"\n", b" \t\r\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert fault(data) == "it is empty"


@pytest.mark.parametrize("mark", ["summit-agenda/3", "summit-agenda/10"])
def test_a_newer_format_is_refused_whatever_its_content(mark: str) -> None:
    assert refusal(json.dumps({"format": mark, "picks": {"new": "ways"}}).encode()) == (
        f"can't read the agenda plan.json: it has a newer format, {mark}. Update summitcli, or move or"
        " rename the file"
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"agenda", "it is not valid JSON at line 1, column 1"),
        (b'{"format": \n "summit-agenda/2",\n]', "it is not valid JSON at line 3, column 1"),
        (b"\xff\xfe{}", "it is not UTF-8 text"),
        (b"\xef\xbb\xbf{}", 'it has no "format": "summit-agenda/2"'),
        (b"[" * 100_000, "it is nested too deeply"),
        (b"[]", 'it has no "format": "summit-agenda/2"'),
        (b"null", 'it has no "format": "summit-agenda/2"'),
        (b"{}", 'it has no "format": "summit-agenda/2"'),
        (b'{"format": ["summit-agenda/2"]}', 'it has no "format": "summit-agenda/2"'),
        (b'{"format": "summit-agenda/0"}', 'it has no "format": "summit-agenda/2"'),
        (b'{"format": "summit-schedule/1"}', 'it has no "format": "summit-agenda/2"'),
        (b'{"format": "summit-agenda/2"}', 'the key "conference" is missing'),
        (b'{"a": 1, "b": 2, "a": 3}', 'duplicate key "a"'),
        (b'{"a": NaN}', "NaN is not valid JSON"),
    ],
)
def test_other_content_is_refused(data: bytes, expected: str) -> None:
    assert fault(data) == expected


def test_a_number_with_too_many_digits_is_refused() -> None:
    assert fault(b'{"revision": ' + b"9" * 5000 + b"}") == "a number has too many digits"


def test_the_agenda_of_another_conference_is_refused() -> None:
    data = dumps(AGENDA._replace(conference="other"))
    assert fault(data) == 'it belongs to another conference, "other"'


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("conference",), "summit-5", "conference: must be an object"),
        (("conference", "title"), 5, "conference.title: must be a string"),
        (("conference", "start"), "soon", f"conference.start: {DAY}"),
        (("name",), None, "name: must be a string"),
        (("name",), "\ud800", "name: must be a string"),
        (("picks",), {}, "picks: must be an array"),
        (("picks", 0), "opening", "picks[0]: must be an object"),
        (("picks", 0, "note"), 1e999, "picks[0].note: can't be saved"),
        (("picks", 1, "id"), "opening", 'picks[1]: "opening" is already in picks[0]'),
        (("picks", 1, "id"), "Talk", "picks[1].id: must be an ID"),
        (("picks", 1, "id"), None, "picks[1].id: must be an ID"),
        (("picks", 1, "title"), ["Talk"], "picks[1].title: must be a string"),
        (("picks", 1, "guid"), 7, "picks[1].guid: must be a string"),
        (("picks", 1, "code"), 7, "picks[1].code: must be a string"),
        (("picks", 1, "url"), "\udfff", "picks[1].url: must be a string"),
        (("picks", 1, "speakers"), "Ada", "picks[1].speakers: must be an array"),
        (("picks", 1, "speakers"), ["Ada", None], "picks[1].speakers[1]: must be a string"),
        (("picks", 1, "uid"), OPENING.uid, "picks[1].uid: picks[0] has the same UID"),
        (("picks", 1, "uid"), "g-1.2@summit-5.summitcli", f"picks[1].uid: {UID}"),
        (("picks", 1, "uid"), "g-1@example.org", f"picks[1].uid: {UID}"),
        (("picks", 1, "uid"), None, f"picks[1].uid: {UID}"),
        (("picks", 1, "pick"), "no", "picks[1].pick: must be one of yes, maybe, hidden"),
        (("picks", 1, "state"), ["held"], "picks[1].state: must be one of held, missing, cancelled"),
        (("picks", 1, "days"), [], "picks[1].days: must be null, or days in chronological order"),
        (("picks", 1, "days"), [D24, D23], "picks[1].days: must be null, or days in chronological order"),
        (("picks", 1, "days"), [D24, D24], "picks[1].days: must be null, or days in chronological order"),
        (("picks", 1, "days"), D24, "picks[1].days: must be an array"),
        (("picks", 1, "days"), [5], f"picks[1].days[0]: {DAY}"),
        (("picks", 1, "days"), [D23, "2022-07-32"], f"picks[1].days[1]: {DAY}"),
        (("picks", 1, "days"), ["20220724"], f"picks[1].days[0]: {DAY}"),
        (("picks", 1, "slots"), [], "picks[1].slots: must not be empty"),
        (("picks", 1, "slots"), None, "picks[1].slots: must be an array"),
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
        (("picks", 1, "slots", 0, "room"), 1, f"{SLOT}.room: must be a string"),
        (("picks", 1, "withdrawn", 0, "seats"), 9, 'picks[1].withdrawn[0]: unknown key "seats"'),
        (("picks", 1, "revision"), -1, f"picks[1].revision: {WHOLE}"),
        (("picks", 1, "revision"), 1.0, f"picks[1].revision: {WHOLE}"),
        (("picks", 1, "revision"), 2147483648, f"picks[1].revision: {WHOLE}"),
        (("picks", 1, "revision"), True, f"picks[1].revision: {WHOLE}"),
        (("entries",), {}, "entries: must be an array"),
        (("entries", 0, "id"), "Lunch!", "entries[0].id: must be an ID"),
        (("entries", 0, "from"), "noon", "entries[0].from: must be a time such as 09:30"),
        (("entries", 0, "to"), "24:00", "entries[0].to: must be a time such as 09:30"),
        (("entries", 0, "day"), 1, f"entries[0].day: {DAY}"),
        (("busy",), "work.ics", "busy: must be an array"),
        (("busy", 0), 5, "busy[0]: must be a string"),
    ],
)  # fmt: skip
def test_an_invalid_value_is_refused_with_its_path(path: tuple[Any, ...], value: Any, expected: str) -> None:
    assert fault(spoilt(path, value)) == expected


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every key at every depth."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        if isinstance(value, dict):
            yield (*path, step)
        yield from _paths(inner, (*path, step))


NEEDED = {
    ("conference",), *(("conference", key) for key in ("id", "title", "start", "end")), ("name",), ("picks",),
    *(("picks", n, key) for n in (0, 1) for key in ("id", "title", "slots")),
    *(("picks", n, "slots", 0, key) for n in (0, 1) for key in SlotRow._fields),
    *(("picks", 1, "withdrawn", 0, key) for key in SlotRow._fields),
    *(("merged", 0, key) for key in ("id", "title", "slots")),
    *(("merged", 0, "slots", 0, key) for key in SlotRow._fields),
    *(("entries", 0, key) for key in ("id", "title", "day")),
}  # fmt: skip
"""The required keys."""


@pytest.mark.parametrize("path", list(_paths(json.loads(TEXT))))
def test_only_keys_that_identify_a_pick_are_required(path: tuple[Any, ...]) -> None:
    document = json.loads(TEXT)
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    data = json.dumps(document).encode()
    if path == ("format",):
        assert fault(data) == 'it has no "format": "summit-agenda/2"'
    elif path in NEEDED:
        assert fault(data).endswith(f'the key "{path[-1]}" is missing')
    else:
        reading = read_document(data, "plan.json", "summit-5", "default")
        is_lost = len(path) > 1 and path[0] in ("history", "former") and path[2:] != ("picks", 0, "uid")
        assert bool(reading.lost) is is_lost


WRONG: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 1.5, "", "x", [], [[]], [None], {}, {"id": 1}, "\ud800"]
)


@given(st.sampled_from(list(_paths(json.loads(TEXT)))), WRONG)
def test_a_value_of_another_type_is_kept_or_refused(path: tuple[Any, ...], wrong: Any) -> None:
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
    assert read(dumps(agenda)) == agenda


@given(st.integers(1, len(TEXT.encode()) - 2))
def test_a_truncated_file_is_refused(length: int) -> None:
    assert refusal(TEXT.encode()[:length])


def test_control_characters_in_a_path_are_escaped() -> None:
    with pytest.raises(InvalidAgenda) as caught:
        loads(b"", "a\x1b[2J\nb.json", "summit-5", "default")
    assert str(caught.value).startswith("can't read the agenda a\\x1b[2J\\nb.json: it is empty")


def test_a_byte_order_mark_is_ignored() -> None:
    assert read(b"\xef\xbb\xbf" + dumps(AGENDA)) == AGENDA
