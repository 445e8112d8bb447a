"""`summit validate`: problems with their places, in pipes, in terminals, and for any bytes."""

import copy
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitcli.text.printable import BIDI_CONTROLS
from summitcli.validation.rules import RULES
from tests.conftest import BUNDLED, Asked, Run, Terminal
from tests.published import NO_NAME, NO_ZONE, each, here, path
from tests.schedules import document, session, timed
from tests.validation.strict.strict_samples import JSON, XML, with_value

NATIVE = document(
    session("a", timed("2024-05-01", "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00")),
    session("b", category="talk"),
)
BROKEN = """{
 "format": "summit-schedule/1",
 "revised": "2024-01-01",
 "conference": {"id": "conf", "title": "Conf", "language": "en", "time_zone": "Europe/Berlin",
  "start": "2024-05-01", "end": "2024-05-02"},
 "sessions": [
  {"id": "a", "titel": "A", "slots": [{"day": "1 May"}]},
  {"id": "a b", "title": "B", "slots": []},
  {"id": "c", "title": "C", "slots": [{"day": "2024-05-01"}, {"day": "2024-05-02", "start": 5}]}
 ]
}
"""
YEARS = """BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Old tea
DTSTART:20280831T140000Z
END:VEVENT
BEGIN:VEVENT
SUMMARY:Tea
DTSTART:20300831T140000Z
URL:no link
END:VEVENT
END:VCALENDAR
"""
"""A calendar without a time zone, with an event in another year and text instead of a URL."""
FAULTS = [
    ("sessions[0].title", 7, 3, "is missing"),
    ("sessions[0].titel", 7, 24, 'unknown key; did you mean "title"?'),
    ("sessions[0].slots[0].day", 7, 47, "must be a date such as 2022-07-23"),
    (
        "sessions[1].id",
        8,
        10,
        "must not be blank; IDs are lower-case ASCII letters, digits and hyphens",
    ),
    ("sessions[1].slots", 8, 40, "must not be empty"),
    (
        "sessions[2].slots[1].start",
        9,
        93,
        "must be a time with a UTC offset, such as 2022-07-23T09:00:00+08:00",
    ),
]


def frab(*steps: Any, value: Any = ...) -> str:
    """Return the sample schedule.json with another value at one place; ``...`` removes the key."""
    return json.dumps(with_value(JSON, steps, value), indent=1)


EVENT = ("schedule", "conference", "days", 0, "rooms", "Ada", 0)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(BROKEN, "utf-8")
    return path


@pytest.mark.parametrize("file", ["bundled", str(BUNDLED)])
@pytest.mark.parametrize("option", [[], ["--strict"]])
def test_a_valid_schedule_has_no_problems(call: Run, file: str, option: list[str]) -> None:
    assert call("validate", file, *option, err="no problems found\n") == ""
    assert call("validate", file, "--json", *option, err="no problems found\n") == "[]\n"


def test_every_error_in_a_native_schedule_has_its_path_line_and_column(call: Run, broken: Path) -> None:
    out = call("validate", str(broken), status=3, err="6 errors\n")
    assert [tuple(line.split("\t")) for line in out.splitlines()] == [
        ("error", path, str(line), str(column), reason) for path, line, column, reason in FAULTS
    ]
    rows = json.loads(call("validate", "plan.json", "--json", status=3, err="6 errors\n"))
    assert rows == [
        {
            "severity": "error",
            "path": path,
            "line": line,
            "column": column,
            "reason": reason,
            "rule": "format",
            "sessions": [],
        }
        for path, line, column, reason in FAULTS
    ]


def test_every_error_in_yaml_has_its_path_line_and_column(
    call: Run, terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "plan.yaml").write_text(
        "format: summit-schedule/1\n"
        "conference: {id: c, title: C, language: en, time_zone: UTC, start: 2024-05-01, end: 2024-05-01}\n"
        "sessions:\n"
        "  - id: a\n"
        "    titel: A\n"
        "    day: 2024-05-02\n"
        "    start: ten\n", "utf-8"
    )  # fmt: skip
    time = "must be a time such as 14:00, or with a date and UTC offset, such as 2022-07-23T09:00:00+08:00"
    assert call("validate", "plan.yaml", status=3, err="4 errors\n").splitlines() == [
        "error\tsessions[0].title\t4\t5\tis missing",
        'error\tsessions[0].titel\t5\t12\tunknown key; did you mean "title"?',
        "error\tsessions[0].day\t6\t10\t2024-05-02 is outside the conference, 2024-05-01 to 2024-05-01",
        f"error\tsessions[0].start\t7\t12\t{time}",
    ]
    screen = terminal("validate", "plan.yaml", status=3, env={"LANG": "en_US.UTF-8"})
    assert "    plan.yaml:5:12  sessions[0].titel\n      titel: A\n" in screen


def test_strict_changes_nothing_for_a_native_schedule(call: Run, broken: Path) -> None:
    plain = call("validate", str(broken), status=3, err="6 errors\n")
    assert call("validate", str(broken), "--strict", status=3, err="6 errors\n") == plain


def test_problems_are_reported_in_chinese(call: Run, broken: Path) -> None:
    out = call("validate", str(broken), "--lang", "zh", "--fields", "line,reason", status=3, err="6 个错误\n")
    assert out.splitlines()[:3] == [
        "7\t缺少",
        "7\t未知的键；是不是要写“title”？",
        "7\t必须是 2022-07-23 这样的日期",
    ]


def test_it_is_read_from_standard_input_and_from_gzip(call: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.json.gz").write_bytes(gzip.compress(BROKEN.encode()))
    lines = "".join(f"{line}\n" for _path, line, _column, _reason in FAULTS)
    assert call("validate", "-", "--fields", "line", stdin=BROKEN, status=3, err="6 errors\n") == lines
    assert call("validate", "plan.json.gz", "--fields", "line", status=3, err="6 errors\n") == lines


def test_the_current_schedule_is_not_read(call: Run) -> None:
    call("validate", "-", stdin=BROKEN, status=3, err="6 errors\n", env={"SUMMIT_SCHEDULE": "/no/such/file"})


WARNED = frab(*EVENT, "end", value="soon")


def test_a_problem_in_another_format_is_a_warning(call: Run) -> None:
    out = call("validate", "-", stdin=WARNED, err="1 warning\n")
    severity, path, line, column, reason = out.removesuffix("\n").split("\t")
    place = 'schedule.conference.days[0].rooms["Ada"][0].end'
    assert (severity, path, reason.endswith(": soon")) == ("warning", place, True)
    assert WARNED.splitlines()[int(line) - 1][int(column) - 1 :] == '"soon",'


def test_a_violation_of_the_specification_is_an_error_with_strict(call: Run) -> None:
    out = call("validate", "-", "--strict", stdin=WARNED, status=3, err="1 error, 1 warning\n")
    error, warning = (line.split("\t") for line in out.splitlines())
    assert (error[0], error[1:4]) == ("error", warning[1:4])
    assert error[4] == 'must be a time with a UTC offset, such as 2022-07-23T09:00:00+08:00: "soon"'


def test_a_valid_schedule_json_and_schedule_xml_pass(call: Run) -> None:
    assert call("validate", "-", "--strict", stdin=json.dumps(JSON), err="no problems found\n") == ""
    assert call("validate", "-", "--strict", stdin=XML, err="no problems found\n") == ""


def test_xml_is_checked_against_its_specification_with_strict(call: Run) -> None:
    made = XML.replace(' index="2"', "").replace("<optout>false", "<optout>perhaps")
    assert call("validate", "-", "--strict", stdin=made, status=3, err=None).splitlines() == [
        "error\tschedule/day[1]/room[1]/event[1]/recording/optout\t37\t42\tmust be true or false: perhaps",
        "error\tschedule/day[2]/@index\t53\t3\tis missing",
    ]


CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//example//EN\r
X-WR-CALNAME:Conf\r
BEGIN:VEVENT\r
UID:1\r
DTSTAMP:20240101T000000Z\r
DTSTART:20240501T100000\r
DTEND:20240501T110000\r
SUMMARY:Opening\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_the_assumed_time_zone_silences_the_warning(call: Run) -> None:
    assert (
        call("validate", "-", "--assume-timezone", "Europe/Berlin", stdin=CALENDAR, err="no problems found\n")
        == ""
    )


def test_warnings_are_errors_with_strict_if_the_format_has_no_specification(call: Run) -> None:
    warned = call("validate", "-", stdin=CALENDAR, err="1 warning\n")
    assert warned.startswith("warning\t")
    strict = call("validate", "-", "--strict", stdin=CALENDAR, status=3, err="1 error\n")
    assert strict == warned.replace("warning", "error", 1)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"format": "summit-schedule/1",\n  "conference": }', (2, 17)),
        ('{"schedule": {"conference": {"days": []\n}', (2, 2)),
        ('{"what": 1,\n', (2, 1)),
        ("[1, 2", (1, 6)),
        ("<schedule>\n <conference></schedule>", (2, 16)),
        ("<?xml version='1.0'?>\n<other><a></other>", (2, 13)),
        ("<!DOCTYPE schedule>\n<schedule/>", (1, 19)),
    ],
)
@pytest.mark.parametrize("option", [[], ["--strict"]])
def test_broken_json_and_xml_is_one_error_at_its_line_and_column(
    call: Run, content: str, place: tuple[int, int], option: list[str]
) -> None:
    (row,) = json.loads(call("validate", "-", "--json", *option, stdin=content, status=3, err="1 error\n"))
    assert (row["severity"], row["path"], row["line"], row["column"]) == ("error", "", *place)


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        ("", "it is empty"),
        ("<!doctype html><p>", "it looks like an HTML page"),
        ("hello", "it looks like plain text"),
    ],
)
def test_a_file_that_is_not_a_schedule_is_described_in_the_error(
    call: Run, content: str, looks_like: str
) -> None:
    sentence = f"summit: standard input is not a schedule: {looks_like}\n"
    assert call("validate", "-", stdin=content, status=3, err=sentence) == ""


def test_a_file_that_is_not_there_can_not_be_read(call: Run) -> None:
    sentence = "summit: can't read nowhere.json: No such file or directory\n"
    assert call("validate", "./nowhere.json", status=4, err=sentence.replace("nowhere", "./nowhere")) == ""


@pytest.mark.parametrize("words", [(), ("",), ("--only", "link")])
def test_checking_needs_a_file(call: Run, words: tuple[str, ...]) -> None:
    sentence = "summit: missing argument: FILE; see `summit validate --help`\n"
    assert call("validate", *words, status=2, err=sentence) == ""


def test_the_fields_of_a_problem_are_listed(call: Run) -> None:
    listed = "severity\npath\nline\ncolumn\nreason\nrule\nsessions\n"
    assert call("validate", "bundled", "--fields", "help") == listed


def test_the_first_thousand_problems_of_a_kind_are_listed_and_all_are_counted(call: Run) -> None:
    made = frab(*EVENT, "links", value=[{"url": "https://example.org/", "extra": 1}] * 1234)
    out = call("validate", "-", "--strict", stdin=made, status=3, err=None)
    assert out.count("unknown key") == 1000
    summary = "unknown key · 1234: showing the first 1000\n1234 errors\n"
    assert call("validate", "-", "--strict", stdin=made, status=3, err=summary) == out


@pytest.mark.parametrize(
    ("number", "stopped"),
    [(100_000, ""), (100_001, "stopped checking after 100,000 errors; fix these first\n")],
)
def test_checking_stops_after_100000_errors(call: Run, number: int, stopped: str) -> None:
    made = frab(*EVENT, "links", value=[{}] * number)
    summary = f"is missing · 100000: showing the first 1000\n{stopped}100000 errors\n"
    out = call("validate", "-", "--strict", stdin=made, status=3, err=summary)
    assert out.count("is missing") == 1000


SCREEN = """\
Errors · 6
  is missing
    plan.json:7:3  sessions[0].title
      {"id": "a", "titel": "A", "slots": [{"day": "1 May"}]},
  unknown key; did you mean "title"?
    plan.json:7:24  sessions[0].titel
      {"id": "a", "titel": "A", "slots": [{"day": "1 May"}]},
  must be a date such as 2022-07-23
    plan.json:7:47  sessions[0].slots[0].day
      {"id": "a", "titel": "A", "slots": [{"day": "1 May"}]},
  must not be blank; IDs are lower-case ASCII letters, digits and
  hyphens
    plan.json:8:10  sessions[1].id
      {"id": "a b", "title": "B", "slots": []},
  must not be empty
    plan.json:8:40  sessions[1].slots
      {"id": "a b", "title": "B", "slots": []},
  must be a time with a UTC offset, such as 2022-07-
  23T09:00:00+08:00
    plan.json:9:93  sessions[2].slots[1].start
      …: [{"day": "2024-05-01"}, {"day": "2024-05-02", "start": 5}]}
6 errors
"""


@pytest.mark.usefixtures("broken")
def test_a_terminal_shows_each_kind_with_its_places_and_values(terminal: Terminal) -> None:
    english = {"LANG": "en_US.UTF-8"}
    assert terminal("validate", "plan.json", columns=68, status=3, env=english) == SCREEN


@pytest.mark.usefixtures("broken")
def test_a_terminal_shows_it_in_chinese(terminal: Terminal) -> None:
    screen = terminal("validate", "plan.json", status=3).splitlines()
    assert (screen[0], screen[1], screen[-1]) == ("错误 · 6", "  缺少", "6 个错误")


def test_a_terminal_shows_ten_of_a_kind(terminal: Terminal, tmp_path: Path) -> None:
    made = frab(*EVENT, "links", value=[{"url": "https://example.org/", "extra": 1}] * 12)
    (tmp_path / "s.json").write_text(made, "utf-8")
    screen = terminal("validate", "s.json", "--strict", status=3, env={"LANG": "en_US.UTF-8"})
    assert screen.count(".extra\n") == 10
    assert "    and 2 more\n" in screen


def test_a_terminal_hints_at_strict_if_there_are_no_errors(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(json.dumps(JSON), "utf-8")
    screen = terminal("validate", "s.json", env={"LANG": "en_US.UTF-8"})
    assert screen == "no problems found\nsummit validate s.json --strict\n"


HALLS = document(
    session("a", timed("2024-05-01", "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00", room="Hall")),
    session("b", timed("2024-05-01", "2024-05-01T10:30:00+02:00", "2024-05-01T10:30:00+02:00", room="hall")),
    session("c", timed("2024-05-01", "2024-05-01T10:45:00+02:00", "2024-05-01T12:00:00+02:00", room="Hall")),
    session("d", title="Workshop"),
    session("e", category="idle"),
    session("f", category="idler"),
)
HALLS["categories"] = [{"id": "idle", "name": "Workshop"}, {"id": "idler", "name": "Workshops"}]
HALLS_SCREEN = """\
Errors · 1
  1 conflict in a room · room-conflict
    "A" and "C" are both in Hall: Wednesday 1 May 10:45–11:00
      halls.json:1:638  sessions[2].slots[0]
Warnings · 2
  1 session without a duration · no-duration
    "B" has no duration: Wednesday 1 May 10:30–10:30
      halls.json:1:487  sessions[1].slots[0]
  1 name in several spellings · same-name
    the room "hall" (1 session) is also called "Hall" (2 sessions)
      halls.json:1:591  sessions[1].slots[0].room
Notes · 1
  1 name that differs from another by one letter · similar-name
    the categories "Workshops" (1 session) and "Workshop" (1 session) differ
    by one letter
      halls.json:1:974  sessions[5].category
1 error, 2 warnings, 1 note
"""


def test_a_terminal_shows_what_is_wrong_with_sessions_above_each_place(
    terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "halls.json").write_text(json.dumps(HALLS), "utf-8")
    english = {"LANG": "en_US.UTF-8"}
    assert terminal("validate", "halls.json", columns=78, status=3, env=english) == HALLS_SCREEN


ROOM_AND_DURATION = ["room-conflict", "no-duration"]


@pytest.mark.parametrize(
    ("options", "rules", "status", "summary"),
    [
        (["--only", "same-name", "--only", "no-duration"], ["no-duration", "same-name"], 0, "2 warnings"),
        (["--only", "similar-name"], ["similar-name"], 0, "1 note"),
        (
            ["--ignore", "same-name", "--ignore", "similar-name"],
            ["room-conflict", "no-duration"],
            3,
            "1 error, 1 warning",
        ),
        (["--only", "no-duration", "--ignore", "no-duration"], [], 0, "no problems found"),
    ],
)
def test_rules_are_chosen(call: Run, options: list[str], rules: list[str], status: int, summary: str) -> None:
    out = call(
        "validate", "-", *options, "--json", stdin=json.dumps(HALLS), status=status, err=f"{summary}\n"
    )
    assert [row["rule"] for row in json.loads(out)] == rules


def test_the_findings_of_readers_have_rules(call: Run) -> None:
    out = call("validate", "-", "--only", "no-duration", "--json", stdin=YEARS, err="2 warnings\n")
    assert [(row["rule"], row["reason"]) for row in json.loads(out)] == [
        ("no-duration", "1 event without an end: Old tea"),
        ("no-duration", "1 event without an end: Tea"),
    ]


def test_an_unreadable_schedule_is_reported_whatever_rules_are_chosen(call: Run) -> None:
    out = call(
        "validate", "-", "--only", "link", "--fields", "rule", stdin=BROKEN, status=3, err="6 errors\n"
    )
    assert out == "format\n" * 6


def test_an_unknown_rule_is_a_usage_error_with_suggestions(call: Run) -> None:
    error = 'summit: no rule "no-rooms". Did you mean "no-room"?\n'
    call("validate", "bundled", "--only", "no-rooms", status=2, err=error)
    error = 'summit: the rule "format" can\'t be turned off\n'
    call("validate", "bundled", "--ignore", "format", status=2, err=error)


def test_the_rules_are_listed_with_their_severity_without_a_file(call: Run) -> None:
    lines = call("validate", "--only", "help").splitlines()
    assert len(lines) == len(RULES)
    assert lines[4] == "room-conflict     error    two sessions in one room at the same time"
    chinese = call("validate", "bundled", "--only", "help", "--lang", "zh").splitlines()
    assert chinese[-3] == "similar-name      提示  只差一个字母的名称"


CONFLICTS = {
    "frab-json/36c3-everything.json": {
        "room-conflict": 45, "shared-room": 5, "speaker-conflict": 15, "duplicate": 9, "outside-day": 47,
        "no-duration": 1, "same-name": 19, "similar-name": 4,
    },
    "frab-json/pretalx-democon.json": {"speaker-conflict": 1, "link": 36},
    "ics/jres2022.ics": {"no-duration": 1, "same-name": 1},
    "xml/debconf23.xml": {"outside-day": 8},
    "xml/emf2022.frab.xml": {"room-conflict": 18, "shared-room": 1, "same-name": 1},
    "xml/fosdem-2007.xml": {"speaker-conflict": 1, "link": 50},
    "xml/fosdem-2021.xml": {"room-conflict": 1, "link": 20},
}  # fmt: skip


@pytest.mark.parametrize("name", here(*CONFLICTS))
def test_published_schedules_have_few_problems(ask: Asked, name: str) -> None:
    status, out, _err = ask("validate", str(path(name)), "--json", "--ignore", "reading")
    rules = [row["rule"] for row in json.loads(out)]
    assert {rule: rules.count(rule) for rule in rules} == CONFLICTS[name]
    assert status == (3 if {"room-conflict", "speaker-conflict"} & {*rules} else 0)


EVIL = "\x1b]0;title\x07\x9b2J\u202e[red]x[/]"
ACTED_ON = {chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), *BIDI_CONTROLS)} - {"\n"}


@pytest.mark.parametrize("format_", ["tsv", "json", "csv", "md", "table"])
def test_hostile_text_is_shown_harmlessly(
    ask: Asked, terminal: Terminal, tmp_path: Path, format_: str
) -> None:
    made = copy.deepcopy(JSON)
    made["schedule"]["conference"]["days"][0]["rooms"][EVIL] = [{EVIL: EVIL, "duration": EVIL}]
    path = tmp_path / f"{EVIL.replace('/', '')}.json"
    path.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    shown = [terminal("validate", str(path), "--strict", status=3)] if format_ == "table" else []
    answer = ask("validate", str(path), "--strict", "-f", format_)
    for text in (answer.out, answer.err, *shown):
        assert set(text.replace("\r\n", "\n").replace("\t", "")) & ACTED_ON == set()
    assert "[red]x[/]" in answer.out or format_ == "md"


SEEDS = [
    json.dumps(NATIVE).encode(),
    json.dumps(JSON).encode(),
    XML.encode(),
    CALENDAR.encode(),
    BROKEN.encode(),
]
PIECES = [
    b"",
    b"\0",
    b"\xff",
    b'"',
    b"{",
    b"]",
    b"<",
    b">",
    b"&",
    b"[" * 2000,
    b"9" * 5000,
    b"1e999",
    b"null",
    b"\n",
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return the bytes of a schedule with some of them replaced, removed or cut off."""
    data = draw(st.sampled_from(SEEDS))
    for _change in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 3))
        data = data[:start] + draw(st.sampled_from(PIECES) | st.binary(max_size=2)) + data[end:]
    return data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 9)) == 0 else data


@given(data=mutated(), strict=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000)
def test_any_bytes_are_answered_without_a_crash(
    ask: Asked, tmp_path: Path, data: bytes, strict: bool
) -> None:
    path = tmp_path / "mutated"
    path.write_bytes(data)
    status, out, err = ask("validate", str(path), "--json", *(["--strict"] if strict else []))
    if status == 3 and err.startswith("summit: "):
        assert (out, err.count("\n")) == ("", 1)
        return
    rows = json.loads(out)
    assert status == (3 if any(row["severity"] == "error" for row in rows) else 0)
    assert all(row["reason"] for row in rows)


STRICTLY = {
    "harbour.json": 0,
    "harbour.xml": 0,
    "odd.json": 3,
    "bare.xml": 3,
    "kolkata.xml": 3,
    "invalid.json": 3,
    "frab-json/36c3-everything.json": 3,
    "frab-json/frab-camp2019.json": 3,
    "frab-json/hub-schedule2.json": 3,
    "frab-json/invalid-example.json": 3,
    "frab-json/klimacamp2015.json": 3,
    "frab-json/pretalx-democon.json": 0,
    "frab-json/pretalx-rc3.json": 3,
    "xml/PrivacyWeek.xml": 3,
    "xml/debconf23.xml": 3,
    "xml/emf2022.frab.xml": 3,
    "xml/fosdem-2007.xml": 3,
    "xml/fosdem-2021.xml": 3,
    "xml/klimacamp2015.xml": 3,
}


@pytest.mark.parametrize("name", each(here(*STRICTLY)))
def test_few_published_files_follow_their_specification(ask: Asked, name: str) -> None:
    file = str(path(name))
    rules = ("--ignore", "room-conflict", "--ignore", "speaker-conflict")
    lenient, strict = (ask("validate", file, *rules, *option).status for option in ((), ("--strict",)))
    assert (lenient, strict) == (0, STRICTLY[name])


def reasons(ask: Asked, file: Path) -> list[str]:
    return [line.split("\t")[-1] for line in ask("validate", str(file)).out.splitlines()]


def test_a_warning_shows_its_value_once(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "years.ics"
    file.write_text(YEARS, "utf-8")
    beyond = "1 event outside 2030-08-31; at most 366 days are read (choose others with --at DAY): Old tea"
    assert reasons(ask, file) == [
        NO_ZONE,
        NO_NAME,
        "1 event without an end: Old tea",
        beyond,
        "1 event without an end: Tea",
        "1 link without a valid URL was left out: no link",
    ]


def test_repeated_warnings_at_one_place_are_counted(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "bare.xml"
    file.write_bytes(path("bare.xml").read_bytes().replace(b"\x06", b"\x06\x06\x06"))
    assert "3 invalid XML characters left out: U+0006" in reasons(ask, file)
    assert ask("validate", str(file)).err == "3 warnings\n"


def test_each_line_with_forbidden_xml_characters_is_reported(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "lines.xml"
    file.write_bytes(path("bare.xml").read_bytes().replace(b"\x06", b"\x06\x06\n\x06"))
    found = ask("validate", str(file), "--fields", "line,reason").out.splitlines()
    assert [row for row in found if "invalid XML" in row] == [
        "7\t2 invalid XML characters left out: U+0006",
        "8\t1 invalid XML character left out: U+0006",
    ]


ESCAPED = """{"schedule": {"conference": {"title": "Tea", "days": [{"date": "2030-08-31", "rooms": {"Hall": [
  {"title": "Tea", "start": "10:00", "duration": "1:00", "abstract": "Q&amp;A", "description": "Q&amp;A"},
  {"title": "Q&amp;A", "start": "11:00", "duration": "1:00", "abstract": "R&amp;D"}]}}]}}}"""


def test_equal_warnings_for_two_texts_of_one_event_are_merged(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "escaped.json"
    file.write_text(ESCAPED, "utf-8")
    said = "with escaped characters such as &amp;, which were decoded:"
    status, out, err = ask("validate", str(file), "--fields", "line,reason")
    assert (status, out.splitlines()[1:], err) == (
        0,
        [f"2\t2 texts {said} Q&amp;A", f"3\t1 text {said} Q&amp;A", f"3\t1 text {said} R&amp;D"],
        "4 warnings\n",
    )
    drawn = ask("validate", str(file), "-f", "table", "--lang", "en").out
    assert "Warnings · 4" in drawn
    assert "4 texts with escaped characters" in drawn
