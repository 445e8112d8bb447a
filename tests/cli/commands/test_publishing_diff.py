"""`summit diff`: the changes between two schedules of any format."""

import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.conftest import STYLE, Asked, Run, Terminal
from tests.inside import environment, look
from tests.published import here, path
from tests.schedules import document, session, timed, write

DAY, NEXT = "2024-05-01", "2024-05-02"


def at(clock: str, until: str, room: str, day: str = DAY) -> dict[str, Any]:
    return timed(day, f"{day}T{clock}:00+02:00", f"{day}T{until}:00+02:00", room=room)


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    """Return two states of one schedule, as files."""
    before = document(
        session("moved", at("09:00", "10:00", "A")),
        session("called", title="Old name"),
        session("spoken", speakers=["Ada"]),
        session("worded", description="Once", language="en"),
        session("gone"),
        session("expo", {"day": DAY}, {"day": NEXT}),
        session("same", at("09:00", "10:00", "B")),
    )
    same = timed(DAY, "2024-05-01T07:00:00Z", "2024-05-01T08:00:00Z", room="B")
    after = document(
        session("same", same),
        session("moved", at("11:00", "12:00", "C", NEXT)),
        session("called", title="New name"),
        session("spoken", speakers=["Ada", "Grace"]),
        session("worded", description="Twice", language="de", category="talk"),
        session("come", at("15:00", "16:00", "A")),
        session("expo", {"day": DAY}),
    )
    return str(write(tmp_path / "before.json", before)), str(write(tmp_path / "after.json", after))


ROWS = (
    "moved\tfalse\texpo\tExpo\t2024-05-02\t\n"
    "moved\tfalse\tmoved\tMoved\t2024-05-01 09:00–10:00 A\t2024-05-02 11:00–12:00 C\n"
    "missing\tfalse\tgone\tGone\t2024-05-01\t\n"
    "new\tfalse\tcome\tCome\t\t2024-05-01 15:00–16:00 A\n"
    "renamed\tfalse\tcalled\tNew name\tOld name\tNew name\n"
    "speakers\tfalse\tspoken\tSpoken\tAda\tAda, Grace\n"
    "text\tfalse\tworded\tWorded\ten\tde, Talk\n"
)


def test_times_in_other_zones_are_compared_as_instants(ask: Asked, tmp_path: Path) -> None:
    night = timed(DAY, f"{DAY}T23:30:00+02:00", f"{NEXT}T00:30:00+02:00")
    before = document(session("same", at("09:00", "10:00", "A")), session("late", night))
    here = timed(NEXT, f"{NEXT}T06:30:00+09:00", f"{NEXT}T07:30:00+09:00")
    there = timed(DAY, f"{DAY}T16:00:00+09:00", f"{DAY}T17:00:00+09:00", room="A")
    sessions = session("same", there), session("late", here)
    after = document(*sessions, time_zone="Asia/Tokyo")
    files = [str(write(tmp_path / f"{name}.json", made)) for name, made in (("old", before), ("new", after))]
    assert ask("diff", *files) == (0, "", "nothing has changed\n")
    there["start"] = f"{DAY}T16:30:00+09:00"
    here["day"], here["end"] = DAY, f"{NEXT}T07:00:00+09:00"
    write(tmp_path / "new.json", document(*sessions, time_zone="Asia/Tokyo"))
    assert ask("diff", *files).out == (
        f"moved\tfalse\tsame\tSame\t{DAY} 16:00–17:00 A\t{DAY} 16:30–17:00 A\n"
        f"moved\tfalse\tlate\tLate\t{NEXT} 06:30–07:30\t{DAY} 06:30–07:00\n"
    )
    back = ask("diff", *reversed(files)).out
    assert f"{DAY} 09:30–10:00 A\t{DAY} 09:00–10:00 A\n" in back
    assert f"{DAY} 23:30–00:00\t{DAY} 23:30–00:30\n" in back


def test_a_schedule_without_a_zone_is_read_in_that_of_the_other(ask: Asked, tmp_path: Path) -> None:
    row = "Opening,2024-05-01,10:00,11:00"
    with_zone, without = tmp_path / "with.csv", tmp_path / "without.csv"
    with_zone.write_text(f"title,day,start,end,timezone\n{row},Asia/Tokyo\n", "utf-8")
    without.write_text(f"title,day,start,end\n{row}\n", "utf-8")
    said = f"{without}: the schedule has no time zone; reading its times in that of {with_zone}, Asia/Tokyo\n"
    for files in ((with_zone, without), (without, with_zone)):
        answer = ask("diff", *map(str, files))
        assert (answer.status, answer.out) == (0, "")
        assert answer.err.startswith(said)
    assert "reading its times as UTC" in ask("diff", str(without), str(without)).err


def test_a_pipe_gets_a_row_a_change(ask: Asked, two: tuple[str, str]) -> None:
    assert ask("diff", *two) == (1, ROWS, "")


def test_swapping_old_and_new_reverses_every_change(ask: Asked, two: tuple[str, str]) -> None:
    rows = [line.split("\t") for line in ask("diff", *reversed(two)).out.splitlines()]
    assert sorted(rows) == sorted(
        [{"new": "missing", "missing": "new"}.get(kind, kind), mine, id_, title, now, was]
        for kind, mine, id_, title, was, now in (
            line.replace("New name\tOld name", "Old name\tOld name").split("\t") for line in ROWS.splitlines()
        )
    )


def test_a_schedule_compared_with_itself_has_no_changes(ask: Asked, two: tuple[str, str]) -> None:
    assert ask("diff", two[0], two[0]) == (0, "", "nothing has changed\n")
    assert ask("diff", two[0], two[0], "--json") == (0, "[]\n", "nothing has changed\n")
    assert ask("diff", "bundled", "bundled").status == 0


def test_json_has_both_whole_sessions_and_the_fields_that_differ(ask: Asked, two: tuple[str, str]) -> None:
    rows = json.loads(ask("diff", *two, "--json").out)
    assert [list(row) for row in rows] == [
        ["kind", "in_agenda", "id", "title", "fields", "was", "now", "before", "after"]
    ] * len(rows)
    assert [(row["kind"], row["fields"]) for row in rows] == [
        ("moved", ["days"]), ("moved", ["days", "times", "rooms"]), ("missing", []), ("new", []),
        ("renamed", ["title"]), ("speakers", ["speakers"]), ("text", ["description", "language", "category"]),
    ]  # fmt: skip
    moved = rows[1]
    assert moved["before"]["slots"] == [{
        "day": DAY, "start": "2024-05-01T09:00:00+02:00", "end": "2024-05-01T10:00:00+02:00",
        "all_day": False, "room": "A"}]  # fmt: skip
    assert moved["after"]["slots"][0]["start"] == "2024-05-02T11:00:00+02:00"
    assert (rows[2]["after"], rows[3]["before"]) == (None, None)
    assert rows[6]["before"]["description"] == "Once"
    (shown,) = json.loads(ask("show", "worded", "--schedule", two[1], "--json").out)
    assert rows[6]["after"] == shown


def test_changes_in_the_agenda_come_first(ask: Asked, two: tuple[str, str]) -> None:
    ask("agenda", "add", "gone", "spoken", "--schedule", two[0])
    ask("agenda", "--name", "theirs", "add", "expo", "--schedule", two[0])
    lines = ROWS.splitlines(keepends=True)
    mine = [lines[2].replace("false", "true"), lines[5].replace("false", "true")]
    others = [line for line in lines if "gone" not in line and "spoken" not in line]
    assert ask("diff", *two).out == "".join([*mine, *others])
    assert ask("diff", *two, "--name", "theirs", "--fields", "id").out.splitlines()[0] == "expo"


def test_a_damaged_agenda_is_reported_and_not_changed(
    ask: Asked, two: tuple[str, str], tmp_path: Path
) -> None:
    ask("agenda", "add", "gone", "--schedule", two[0])
    kept = tmp_path / "data" / "agendas" / "conf" / "default.json"
    kept.write_bytes(b"{")
    status, out, err = ask("diff", *two)
    assert (status, out, err.count("\n"), str(kept) in err, kept.read_bytes()) == (1, ROWS, 1, True, b"{")


PICTURE = """\
Your agenda · 2
★ New name                      called
    Renamed  was Old name
★ Spoken                        spoken
    Speakers changed  Ada → Ada, Grace

Moved · 2
  Expo                          expo
    no longer 2 May
  Moved                         moved
    1 May 09:00–10:00 A → 2 May 11:00–12:00 C

No longer listed · 1
  Gone      1 May               gone

New · 1
  Come      1 May, 15:00–16:00  come

Text changed · 1
  Worded                        worded
    Description, Language en → de, Category → Talk

7 changes
"""


def test_a_terminal_shows_changes_in_groups(ask: Asked, terminal: Terminal, two: tuple[str, str]) -> None:
    ask("agenda", "add", "called", "spoken", "--schedule", two[0])
    assert terminal("diff", *two, env={"LANG": "en_GB.UTF-8"}, status=1) == PICTURE
    chinese = terminal("diff", *two, columns=40, status=1).splitlines()
    assert chinese[:3] == [
        "我的日程 · 2",
        "★ New name                      called",
        "    改名  原名 Old name",
    ]
    assert max(map(cell_len, chinese)) <= 40
    assert terminal("diff", two[0], two[0]) == "没有变动\n"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (at("09:00", "10:00", "A"), at("09:00", "10:00", "B"), "1 May 09:00–10:00 A → B"),
        (at("09:00", "10:00", "A"), at("10:00", "11:00", "A"), "1 May 09:00–10:00 → 10:00–11:00 A"),
        (at("09:00", "10:00", "A"), at("09:00", "10:00", "A", NEXT), "1 May → 2 May 09:00–10:00 A"),
        (at("09:00", "10:00", "A"), at("10:00", "11:00", "B"), "1 May 09:00–10:00 A → 10:00–11:00 B"),
        (at("09:00", "10:00", "A"), at("09:00", "10:00", "B", NEXT),
         "1 May 09:00–10:00 A → 2 May 09:00–10:00 B"),
        (at("09:00", "10:00", "A"), {"day": DAY, "room": "A"}, "1 May 09:00–10:00 A → 1 May A"),
        ({"day": DAY, "room": "A"}, {"day": DAY}, "1 May A → 1 May"),
        ({"day": DAY}, {"day": NEXT}, "1 May → 2 May"),
    ],
)  # fmt: skip
def test_values_that_both_slots_share_are_shown_once(
    warm: None, tmp_path: Path, before: dict[str, Any], after: dict[str, Any], told: str
) -> None:
    files = [
        str(write(tmp_path / name, document(session("s", slot))))
        for name, slot in (("before.json", before), ("after.json", after))
    ]
    with environment({"LANG": "en_GB.UTF-8"}):
        screen = STYLE.sub("", look(["diff", *files]).out)
    assert screen == f"Moved · 1\n  S  s\n    {told}\n\n1 change\n"


def test_a_session_that_loses_its_translation_keeps_its_title(
    terminal: Terminal, two: tuple[str, str]
) -> None:
    assert "\n  Gone " in terminal("diff", two[0], "bundled", columns=120, status=1)


FORMATS = ("frab-json", "frab-xml", "json")


@pytest.mark.parametrize("old", FORMATS)
@pytest.mark.parametrize("new", FORMATS)
def test_the_formats_of_the_two_schedules_do_not_matter(
    ask: Asked, two: tuple[str, str], tmp_path: Path, old: str, new: str
) -> None:
    files = [str(tmp_path / old), str(tmp_path / new) + "-new"]
    for file, source, format_ in zip(files, two, (old, new), strict=True):
        assert ask("convert", source, "-f", format_, "-o", file).status == 0
    assert ask("diff", *files, "--fields", "kind,id,was,now").out == "".join(
        "\t".join(line.split("\t")[n] for n in (0, 2, 4, 5)) + "\n" for line in ROWS.splitlines()
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("harbour.json", f"harbour.{kind}") for kind in ("xml", "flat.json", "ics", "rfc6321.xcal")),
        *(("frab-json/klimacamp2015.json", name) for name in here("xcal/klimacamp2015.xcal")),
    ],
)
def test_one_conference_in_two_formats_differs_little(ask: Asked, one: str, other: str) -> None:
    out = ask("diff", str(path(one)), str(path(other)), "--fields", "kind").out.split()
    assert (out.count("new"), out.count("missing"), out.count("renamed")) == (0, 0, 0)


def test_one_of_the_two_can_be_standard_input(call: Run, two: tuple[str, str]) -> None:
    assert call("diff", two[0], "-", stdin=Path(two[1]).read_bytes(), status=1) == ROWS
    assert call("diff", "-", two[1], stdin=Path(two[0]).read_bytes(), status=1) == ROWS
    call(
        "diff",
        "-",
        "-",
        status=2,
        err="summit: standard input can be read only once; save the other input in a file\n",
    )


def test_warnings_of_both_schedules_are_printed_with_their_names(call: Run, tmp_path: Path) -> None:
    event = {"guid": "a", "date": "2024-05-01T09:00:00+02:00", "duration": "1:00"}
    odd = {"schedule": {"conference": {"title": "C", "days": [{"date": DAY, "rooms": {"A": [event]}}]}}}
    for name in ("old.json", "new.json"):
        write(tmp_path / name, odd)
    said = "old.json: 1 event without a title\nnew.json: 1 event without a title\nnothing has changed\n"
    call("diff", "old.json", "new.json", err=said)


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (None, 4, "can't read {file}: No such file or directory"),
        (b"", 3, "{file} is not a schedule: it is empty"),
        (b"hello", 3, "{file} is not a schedule: it looks like plain text"),
    ],
)
def test_a_file_that_is_not_a_schedule_is_an_error_of_one_line(
    ask: Asked, two: tuple[str, str], tmp_path: Path, content: bytes | None, status: int, said: str
) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    for words in ([two[0], str(file)], [str(file), two[0]]):
        assert ask("diff", *words) == (status, "", f"summit: {said.format(file=file)}\n")


def test_changes_can_not_be_a_calendar_and_have_fields(ask: Asked, two: tuple[str, str]) -> None:
    assert ask("diff", *two, "-f", "ics").status == 2
    fields = ["kind", "in_agenda", "id", "title", "fields", "was", "now", "before", "after"]
    helped = ask("diff", *two, "--fields", "help")
    assert (helped.status, helped.out.split()) == (0, fields)
    assert ask("diff", *two, "-f", "ids").out.split() == [
        "expo", "moved", "gone", "come", "called", "spoken", "worded",
    ]  # fmt: skip


def test_a_move_to_another_year_shows_the_years(ask: Asked, tmp_path: Path) -> None:
    before = write(tmp_path / "before.json", document(session("talk", at("09:00", "10:00", "A"))))
    held = session(
        "talk", timed("2025-05-01", "2025-05-01T09:00:00+02:00", "2025-05-01T10:00:00+02:00", room="A")
    )
    after = write(tmp_path / "after.json", document(held, start="2025-05-01", end="2025-05-02"))
    drawn = ask("diff", str(before), str(after), "-f", "table").out
    assert "    1 May 2024 → 1 May 2025 09:00–10:00 A\n" in drawn
