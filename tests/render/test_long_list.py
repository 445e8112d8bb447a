"""A list that is drawn while it is read: the same as a list drawn at once, and complete."""

import io
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.agenda.planner import key_of
from summitcli.catalog.conditions import EVERYTHING, Query
from summitcli.catalog.queries import Catalog
from summitcli.catalog.selection import Selection
from summitcli.model import Schedule
from summitcli.render import lines, long_list
from summitcli.render.console import Pieces, console
from summitcli.render.listings import schedule
from summitcli.render.marks import Marks
from summitcli.render.setting import Setting
from tests.cli import timed_screens
from tests.conftest import BUNDLED, STYLE, examples
from tests.exports.published import load
from tests.schedules import document, schedules, session, timed
from tests.search.conferences import built

LISTINGS = 51


def setting(catalog: Catalog) -> Setting:
    conference = catalog.conference()
    return Setting(conference, catalog.categories(), len(catalog.days()), conference.language)


def drawn(picture: object, columns: int, color: bool = True) -> str:
    stream = io.StringIO()
    made = console(stream, color)
    made.width = columns
    for piece in picture.pieces(made, made.options) if isinstance(picture, Pieces) else [picture]:
        made.print(piece)
    return stream.getvalue()


@pytest.mark.parametrize("columns", [20, 60, 80, 160])
@pytest.mark.parametrize("query", [EVERYTHING, Query(categories=("forum", "contest")), Query(rooms=("x",))])
def test_a_long_list_equals_a_list_drawn_at_once(
    monkeypatch: pytest.MonkeyPatch, columns: int, query: Query
) -> None:
    catalog = built(Schedule.model_validate_json(BUNDLED.read_bytes()))
    whole = drawn(schedule(setting(catalog), catalog.listings(query)), columns)
    for measured in (LISTINGS, LISTINGS - 1):
        monkeypatch.setattr(long_list, "MAX_MEASURED", measured)
        selection = Selection(catalog, query)
        assert drawn(long_list.listing(setting(catalog), selection), columns) == whole


@settings(max_examples=examples(300))
@given(schedules())
def test_nothing_is_left_out_however_much_is_measured(content: dict[str, Any]) -> None:
    catalog = built(load(content))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_list, "MAX_MEASURED", 1)
        text = drawn(long_list.listing(setting(catalog), Selection(catalog, EVERYTHING)), 200, color=False)
    for row in catalog.listings():
        assert text.count(f"{row.id}\n") + text.count(f"[{row.id}]\n") >= 1
        assert (row.start or "")[11:16] in text


def test_late_rooms_times_and_ids_are_shown_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    day, late = "2024-05-01", "2024-05-02"
    slot = timed(day, f"{day}T09:00:00+02:00", f"{day}T10:00:00+02:00", room="A")
    night = timed(late, "2024-05-03T01:00:00+02:00", "2024-05-03T02:00:00+02:00", room="The great hall")
    held = [session(f"s{n}", slot) for n in range(9)]
    held.append(session("a-very-long-id-of-the-last-night", night, status="tentative"))
    held.append(session("d", {"day": late}))
    content = document(*held, time_zone="Europe/Berlin", start=day, end="2024-05-03")
    catalog = built(load(content))
    monkeypatch.setattr(long_list, "MAX_MEASURED", 2)
    text = drawn(long_list.listing(setting(catalog), Selection(catalog, EVERYTHING)), 100)
    for shown in ("01:00–02:00 +1", "The great hall", "tentative", "-long-id-of-the-last-night", "all day"):
        assert shown in text


@settings(max_examples=examples(500))
@given(schedules())
def test_the_fast_path_draws_the_same_line(content: dict[str, Any]) -> None:
    catalog = built(load(content))
    rows = [row._replace(in_agenda=number % 2 == 0) for number, row in enumerate(catalog.listings())]
    now = datetime.fromisoformat(f"{catalog.conference().start}T12:00+00:00")
    marks = Marks(now, {key_of(row) for row in rows[::4]}, {"talk": "#ffff00"})
    for columns in (40, 90, 160):
        fast = drawn(schedule(setting(catalog), rows, marks=marks), columns)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lines, "_single_line", lambda *_: [])
            assert drawn(schedule(setting(catalog), rows, marks=marks), columns) == fast


def test_a_long_list_has_the_same_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    content = timed_screens.conference()
    catalog = built(load(content))
    marks = Marks(datetime.fromisoformat("2024-05-31T10:15+02:00"), {("clear", 1), ("soldering", 1)})
    mine = {"yes": (("clear", None), ("soldering", None))}
    for columns in (60, 80, 160):
        selection = Selection(catalog, EVERYTHING, mine)
        whole = drawn(schedule(setting(catalog), list(selection), marks=marks), columns)
        assert ("▸ 10:15 now ╌" in STYLE.sub("", whole), "★!" in whole) == (True, True)
        with monkeypatch.context() as patch:
            patch.setattr(long_list, "MAX_MEASURED", len(list(selection)) - 1)
            assert drawn(long_list.listing(setting(catalog), selection, marks), columns) == whole
