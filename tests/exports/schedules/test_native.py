"""Our own format: it reads back equal, and people can edit it."""

import json

import pytest
from hypothesis import given, settings

from summitcli.exports.schedules.native import MAX_WIDTH, native
from summitcli.formats import parse
from summitcli.model import Schedule
from tests.conftest import BUNDLED
from tests.exports.published import REAL, load, odd_schedules, small, written
from tests.published import read
from tests.schedules import schedules


def again(text: str) -> Schedule:
    parsed = parse(text.encode(), "written.json")
    schedule, findings = parsed.schedule, parsed.findings
    assert findings.sentences() == []
    return schedule


def test_the_bundled_schedule_comes_back_equal_and_nearly_as_it_was() -> None:
    schedule = parse(BUNDLED.read_bytes(), "bundled").schedule
    text = written(native, schedule)
    assert again(text) == schedule
    assert json.loads(text) == json.loads(BUNDLED.read_bytes())
    ours, theirs = text.splitlines(), BUNDLED.read_text("utf-8").splitlines()
    assert len(set(theirs) - set(ours)) < len(theirs) / 10


@settings(deadline=None)
@given(schedules())
def test_any_schedule_comes_back_equal(content: dict[str, object]) -> None:
    assert again(written(native, load(content))) == load(content)


@settings(deadline=None)
@given(odd_schedules())
def test_any_content_comes_back_and_is_safe_for_terminals(schedule: Schedule) -> None:
    text = written(native, schedule)
    assert again(text) == schedule
    assert [c for c in text if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) < 0xA0] == []
    assert text.encode("utf-8").decode("utf-8") == text


@pytest.mark.parametrize("name", REAL)
def test_real_schedules_come_back_equal(name: str) -> None:
    schedule = read(name).schedule
    assert again(written(native, schedule)) == schedule


def test_short_values_are_on_one_line_and_unknown_ones_left_out() -> None:
    text = written(native, small())
    assert text.startswith('{\n  "format": "summit-schedule/1",\n  "version": "1.2 “beta”",\n')
    assert '      "title": {"en": "Opening", "zh": "开幕"},\n' in text
    assert '    {"id": "talk", "name": {"en": "Talk", "zh": "演讲"}, "color": "#f9b000"},\n' in text
    assert '"slots": [{"day": "2024-05-01", "room": "Foyer"}, {"day": "2024-05-02", "room": "Foyer"}]' in text
    assert "null" not in text
    assert max(map(len, text.splitlines())) <= MAX_WIDTH
    assert text.endswith("\n}\n")


def test_an_empty_schedule_is_a_few_lines() -> None:
    text = written(native, load({
        "format": "summit-schedule/1",
        "conference": {"id": "c", "title": "C", "language": "en", "time_zone": "UTC",
                       "start": "2024-05-01", "end": "2024-05-01"},
    }))  # fmt: skip
    assert text == (
        '{\n  "format": "summit-schedule/1",\n  "conference": {\n    "id": "c",\n    "title": "C",\n'
        '    "language": "en",\n    "time_zone": "UTC",\n    "start": "2024-05-01",\n'
        '    "end": "2024-05-01"\n  }\n}\n'
    )
