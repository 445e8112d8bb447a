"""Times in the reader's time zone, in all kinds of output."""

import csv
import json
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from summitcli.text.reader_zone import conference_time, show_times_in, shown
from tests.conftest import Asked
from tests.inside import look
from tests.schedules import document, session, timed, write

DAY, NEXT = "2024-05-01", "2024-05-02"
SESSIONS = {
    "early": (DAY, f"{DAY}T03:00", f"{DAY}T04:00"),
    "noon": (DAY, f"{DAY}T12:00", f"{DAY}T13:00"),
    "tour": (DAY, f"{DAY}T20:00", f"{NEXT}T10:00"),
    "night": (DAY, f"{NEXT}T00:30", f"{NEXT}T01:00"),
    "noon2": (NEXT, f"{NEXT}T12:00", f"{NEXT}T12:30"),
}
"""The day, the start and the end of each session, in Berlin."""
IN_NEW_YORK = [
    [DAY, "21:00", "22:00", "early"], [DAY, "06:00", "07:00", "noon"], [DAY, "14:00", "04:00", "tour"],
    [DAY, "18:30", "19:00", "night"], [NEXT, "06:00", "06:30", "noon2"],
]  # fmt: skip
NEW_YORK = "--timezone", "America/New_York"
FIELDS = "day,start,end,id"


@pytest.fixture(autouse=True)
def schedule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    held = (
        session(id_, timed(day, f"{start}:00+02:00", f"{end}:00+02:00", room="Hall"))
        for id_, (day, start, end) in SESSIONS.items()
    )
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(write(tmp_path / "plan.json", document(*held))))


def test_an_instant_is_shown_in_the_zone_and_a_date_is_not() -> None:
    show_times_in(ZoneInfo("America/New_York"))
    # The hour in which the clock is set back comes twice.
    assert shown("2024-11-03T05:30:00+00:00") == "2024-11-03T01:30:00-04:00"
    assert shown("2024-11-03T06:30:00+00:00") == "2024-11-03T01:30:00-05:00"
    assert shown("2024-03-10T09:00:00+02:00") == "2024-03-10T03:00:00-04:00"
    assert shown("2024-11-03") == "2024-11-03"
    assert shown("0001-01-01T00:00:00+14:00") == "0001-01-01T00:00:00+14:00"
    with conference_time():
        assert shown("2024-11-03T05:30:00+00:00") == "2024-11-03T05:30:00+00:00"
    assert shown("2024-11-03T05:30:00+00:00") == "2024-11-03T01:30:00-04:00"


def test_tsv_csv_markdown_and_templates_shift_without_a_mark(ask: Asked) -> None:
    rows = "".join("\t".join(row) + "\n" for row in IN_NEW_YORK)
    assert ask("list", *NEW_YORK, "--fields", FIELDS) == (0, rows, "")
    template = FIELDS.replace(",", "}\\t{").join("{}")
    assert ask("list", *NEW_YORK, "--template", template) == (0, rows, "")
    found = ask("list", *NEW_YORK, "-f", "csv", "--fields", FIELDS).out
    assert list(csv.reader(StringIO(found))) == [FIELDS.split(","), *IN_NEW_YORK]
    found = ask("list", *NEW_YORK, "-f", "md", "--fields", FIELDS).out
    assert [line.strip("| ").split(" | ") for line in found.splitlines()[2:]] == IN_NEW_YORK


@pytest.mark.parametrize("format_", ["json", "jsonl", "ics", "ids"])
def test_json_and_calendars_hold_instants(ask: Asked, format_: str) -> None:
    assert ask("list", *NEW_YORK, "-f", format_) == ask("list", "-f", format_)
    assert ask("show", "noon", *NEW_YORK, "-f", format_) == ask("show", "noon", "-f", format_)


def test_a_page_shifts_and_names_the_zone(ask: Asked) -> None:
    page = ask("list", *NEW_YORK, "-f", "html").out
    assert "times in America/New_York" in page
    times = ["21:00–22:00 -1", "06:00–07:00", "14:00–2 May 04:00", "18:30–19:00"]
    assert [time for time in times if f">{time}</time>" in page] == times
    assert f'datetime="{DAY}T12:00:00+02:00"' in page


def test_a_table_marks_the_day_where_it_is_another() -> None:
    screen = look(["list", *NEW_YORK, "--color", "never"]).out
    assert (
        screen
        == """\
Conf   Wednesday 1 May   day 1 of 2

  21:00–22:00 -1     Early  Hall  [early]
  06:00–07:00        Noon   Hall  [noon]
  14:00–2 May 04:00  Tour   Hall  [tour]
  18:30–19:00        Night  Hall  [night]

Conf   Thursday 2 May   day 2 of 2

  06:00–06:30        Noon2  Hall  [noon2]

5 sessions · times in America/New_York
"""
    )
    east = look(["day", "1", "--timezone", "Asia/Tokyo", "--color", "never", "-q"]).out
    assert [line[2:16].rstrip() for line in east.splitlines()[2:6]] == [
        "10:00–11:00", "19:00–20:00", "03:00–17:00 +1", "07:30–08:00 +1",
    ]  # fmt: skip


def test_days_and_filters_stay_those_of_the_conference(ask: Asked) -> None:
    for words in (["day", "1"], ["list", "-d", "2"], ["list", "--from", "12:00"], ["now", "--at", "1T12:30"]):
        assert ask(*words, *NEW_YORK, "-f", "ids") == ask(*words, "-f", "ids"), words


def test_other_pictures_shift(ask: Asked) -> None:
    ask("agenda", "add", "tour", "night")
    shown = {
        "show early": "Tuesday 30 April 21:00–22:00 (1 May at the conference)",
        "show night": "Wednesday 1 May 18:30–19:00",
        "search early": "30 April, 21:00–22:00",
        "grid 1": "21:00 -1 ",
        "agenda": "18:30–19:00",
        "agenda conflicts": "18:30–19:00",
        "day 2": "…–04:00",
        "now --at 2T09:00": "14:00–2 May 04:00",
        "next --at 1T00:00": "21:00–22:00 -1",
    }
    for words, text in shown.items():
        assert text in look([*words.split(), *NEW_YORK, "--color", "never"], 100).out, words
        assert text not in look([*words.split(), "--color", "never"], 100).out, words


def test_organisers_see_the_times_of_the_conference(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ("validate plan.json", "convert plan.json -f csv", "convert plan.json -f json")
    expected = [ask(*line.split()) for line in lines]
    monkeypatch.setenv("SUMMIT_TIMEZONE", "America/New_York")
    assert [ask(*line.split()) for line in lines] == expected


def test_the_log_of_updates_keeps_the_times_of_the_conference(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUMMIT_SCHEDULE")
    made = json.loads((tmp_path / "plan.json").read_text())
    ask("use", "plan.json", "--name", "plan")
    made["sessions"][1]["slots"][0]["room"] = "Moved"
    write(tmp_path / "plan.json", made)
    moved = "moved\tfalse\tnoon\tNoon\t2024-05-01 06:00–07:00 Hall\t2024-05-01 06:00–07:00 Moved\n"
    assert ask("update", *NEW_YORK, "-q").out == moved
    assert "12:00–13:00 Moved" in ask("update", "--log", *NEW_YORK).out


def test_the_computer_s_time_zone(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    expected = ask("list", *NEW_YORK)
    for word in ("local", "LOCAL"):
        assert ask("list", "--timezone", word) == expected
        monkeypatch.setenv("SUMMIT_TIMEZONE", word)
        assert ask("list") == expected
    monkeypatch.setenv("TZ", "EST5")
    sentence = "the time zone of this computer is unknown; use an IANA name such as Europe/Berlin"
    assert ask("list") == (2, "", f"summit: {sentence}\n")
    assert ask("list", "--timezone", "america/new_york") == expected


def test_a_misspelt_zone_is_a_usage_error(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = 'no time zone "Europe/Berln"; use an IANA name such as Europe/Berlin'
    suggestion = 'Did you mean "Europe/Berlin"'
    for words in (["list"], ["show", "noon", "--json"], ["validate", "plan.json"]):
        found = ask(*words, "--timezone", "Europe/Berln")
        assert (found.status, found.out) == (2, ""), words
        assert found.err.startswith(f"summit: {sentence}. {suggestion}")
    monkeypatch.setenv("SUMMIT_TIMEZONE", "Europe/Berln")
    assert ask("list").err.startswith(f"summit: SUMMIT_TIMEZONE: {sentence}. {suggestion}")
