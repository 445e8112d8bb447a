"""Decoding of a large agenda pick by pick."""

import contextlib
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.agenda import document
from summitcli.agenda.document import InvalidAgenda, Reading, read, read_back
from summitcli.agenda.editing import Wanted, add_sessions, cleared
from summitcli.agenda.history import Action, recorded
from summitcli.agenda.parts import load_lazily
from summitcli.agenda.picks import Agenda
from summitcli.agenda.writing import dumps, text_of
from tests.agenda.agenda_samples import CONFERENCE, D23, D24, all_day, session, timed
from tests.conftest import examples

ROWS = [
    session("opening", all_day(D23), all_day(D24, "Hall"), title='A "quoted"\\n},\n    {\n talk'),
    session("lunch", timed(D23, "12:00", "13:00", "Hall")),
    *(session(f"s{n}", timed(D24, "12:00", "13:00")) for n in range(3)),
]
EMPTY = Agenda(CONFERENCE.id, CONFERENCE.title, "default")


def picked(number: int) -> Agenda:
    """Return an agenda to which that many sessions were added one by one, with its history."""
    mine = EMPTY
    for n in range(number):
        action = Action("add", f"2022-07-23T09:0{n}:00+08:00")
        mine = recorded(
            mine, add_sessions(mine, [Wanted(ROWS[n], (D23,) if n == 0 else None)]).agenda, action
        )
    return mine


def emptied(mine: Agenda) -> Agenda:
    return recorded(mine, cleared(mine), Action("clear", "2022-07-23T10:00:00+08:00"))


@contextlib.contextmanager
def limit(size: int) -> Iterator[None]:
    """Decode agendas larger than ``size`` pick by pick."""
    before, document.MAX_DECODED_AT_ONCE = document.MAX_DECODED_AT_ONCE, size
    try:
        yield
    finally:
        document.MAX_DECODED_AT_ONCE = before


def outcome(data: bytes, size: int) -> Reading | str:
    """Return the result of reading: an agenda, or the error message."""
    with limit(size):
        try:
            return read(data, "x.json", CONFERENCE.id, "default")
        except InvalidAgenda as error:
            return str(error)


@pytest.mark.parametrize("mine", [picked(0), picked(1), picked(5), emptied(picked(3))], ids=range(4))
def test_decoding_pick_by_pick_gives_the_same_agenda(mine: Agenda) -> None:
    data = dumps(mine)
    assert outcome(data, 0) == outcome(data, len(data)) == Reading(mine)
    if mine.picks:
        assert len(list(load_lazily(data)["picks"])) == len(mine.picks)


@settings(deadline=None, max_examples=examples(1500))
@given(st.data())
def test_decoding_pick_by_pick_reports_the_same_errors(chance: st.DataObject) -> None:
    data = bytearray(dumps(chance.draw(st.sampled_from([picked(2), picked(5), emptied(picked(4))]))))
    for _change in range(chance.draw(st.integers(1, 3))):
        place = chance.draw(st.integers(0, len(data) - 1))
        again = bytes(data[place : place + 90])
        pieces = [b"", b"}", b"\n", b'"', b"x", b"\n    },\n    {\n", b"[]", b"\xff", again]
        piece = chance.draw(st.sampled_from(pieces))
        data[place : place + chance.draw(st.integers(0, 40))] = piece
    assert outcome(bytes(data), 0) == outcome(bytes(data), len(data))


def test_a_nested_list_of_picks_is_not_mistaken_for_the_picks() -> None:
    data = dumps(picked(2)).replace(b'\n  "picks": [', b'\n  "picks": [],\n  "other": {\n  "picks": [')
    data = data.replace(b"\n  ],\n", b"\n  ]},\n", 1)
    assert outcome(data, 0) == outcome(data, len(data))
    assert isinstance(outcome(data, 0), Reading)
    with pytest.raises(ValueError, match="not where they are expected"):
        load_lazily(data)


@pytest.mark.parametrize("mine", [picked(0), picked(5), emptied(picked(3))], ids=range(3))
def test_the_text_that_was_written_gives_the_same_agenda(mine: Agenda) -> None:
    text = text_of(mine)
    assert (read_back(text, "x.json", mine), text.size()) == (mine, len(dumps(mine)))


def test_the_content_comes_in_pieces_of_many_picks() -> None:
    rows = [Wanted(session(f"s{n}", timed(D24, "12:00", "13:00"))) for n in range(1000)]
    pieces = list(text_of(add_sessions(EMPTY, rows).agenda).pieces())
    assert 1 < len(pieces) < 10
    assert len(json.loads(b"".join(pieces))["picks"]) == 1000


@pytest.mark.parametrize(
    ("unknown", "said"),
    [
        ("<" * 300_000, "more than 207,5.. HTML tags"),
        ([[]] * 150_000, "more than 112,5.. objects and arrays"),
    ],
)
def test_a_text_that_no_reader_would_accept_is_refused(unknown: object, said: str) -> None:
    mine = picked(1)._replace(unknown=(("new", unknown),))
    with pytest.raises(InvalidAgenda, match=said):
        read_back(text_of(mine), "x.json", mine)


def test_equal_picks_are_shared_in_memory() -> None:
    mine = picked(5)
    again = read_back(text_of(mine), "x.json", mine)
    assert again == mine
    assert all(one is other for one, other in zip(again.picks, mine.picks, strict=True))
