"""Session IDs and conferences across the changes that published schedules have had."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Asked
from tests.schedules import document, session, write

HISTORIES = Path(__file__).parents[2] / "data" / "histories"
A, B, C, D, E, F = (f"{letter}41d8cd98f00b204e9800998ecf8427e@calendar.example" for letter in "abcdef")
NOTHING_YET = "no update has changed anything yet\n"
ONE, TWO = (f"{digit * 8}-1111-4222-8333-{digit * 12}" for digit in "12")


def put(tmp_path: Path, name: str) -> str:
    """Publish the state of that name at the schedule's path, and return the path."""
    path = tmp_path / "published"
    shutil.copy(HISTORIES / name, path)
    return str(path)


def listed(ask: Asked) -> list[tuple[str, ...]]:
    """Return the ID, title and GUID of each session."""
    rows = json.loads(ask("list", "--json").out)
    return list(dict.fromkeys((row["id"], row["title"], row["guid"]) for row in rows))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "ids-offset.{}.xml",
            [("12", "Sails and kites", ONE), ("13", "Knots for all", TWO)],
            [("12", "Sails and kites", ONE), ("13", "Knots for all", TWO)],
        ),
        (
            "same-title-appears.{}.ics",
            [("open-deck", "Open deck", A), ("soup", "Soup", B)],
            [
                ("open-deck", "Open deck", A),
                ("soup", "Soup", B),
                ("open-deck-c0c1", "Open deck", C),
            ],
        ),
        (
            "uids-made-anew.{}.ics",
            [("lunch-edbd", "Lunch", A), ("lunch-c2ac", "Lunch", B), ("regatta", "Regatta", C)],
            [
                ("lunch-edbd", "Lunch", D),
                ("lunch-c2ac", "Lunch", E),
                ("regatta", "Regatta", F),
            ],
        ),
        (
            "renamed-same-uid.{}.ics",
            [("open-deck", "Open deck", A), ("soup", "Soup", B)],
            [("open-deck", "Open deck (now below deck)", A), ("soup", "Soup", B)],
        ),
        (
            "one-occurrence-renamed.{}.ics",
            [("swim", "Morning swim", "swim@x"), ("soup", "Soup", "soup@x")],
            [
                ("swim", "Morning swim", "swim@x"),
                ("soup", "Soup", "soup@x"),
                ("swim-b638d181", "Morning swim with dolphins", "swim@x"),
            ],
        ),
        (
            "one-slot-other-speaker.{}.xml",
            [("12", "Splicing", ONE)],
            [("12", "Splicing", ONE), ("12-4ab778a5", "Splicing", ONE)],
        ),
        (
            "ids-swapped.{}.xml",
            [("12", "Sails and kites", ONE), ("13", "Knots for all", TWO)],
            [("12", "Sails and kites", ONE), ("13", "Knots for all", TWO)],
        ),
    ],
)
def test_a_session_keeps_its_id(
    ask: Asked, tmp_path: Path, name: str, before: list[Any], after: list[Any]
) -> None:
    assert ask("use", put(tmp_path, name.format(1))).status == 0
    assert listed(ask) == before
    put(tmp_path, name.format(2))
    ask("update", "--check")
    assert listed(ask) == before
    assert ask("update").status in (0, 1)
    assert listed(ask) == after
    # What a catalog is built anew of says the same.
    shutil.rmtree(tmp_path / "cache")
    assert listed(ask) == after
    put(tmp_path, name.format(1))
    ask("update")
    assert [row[0] for row in listed(ask)] == [row[0] for row in before]


def test_next_year_at_the_same_place_is_another_conference(ask: Asked, tmp_path: Path) -> None:
    place = put(tmp_path, "next-year.1.xml")
    assert ask("use", place) == (
        0,
        "",
        "current schedule: Harbour Days (harbour), 3–4 September 2026, 2 sessions\n",
    )
    ask("agenda", "add", "12")
    put(tmp_path, "next-year.2.xml")
    refused = ask("update")
    assert (refused.status, refused.out) == (3, "")
    assert re.sub("[0-9]{4}-[0-9-]+", "DAY", refused.err) == (
        'summit: harbour now has another conference, "Harbour Days", 3–4 September 2027; keeping the copy'
        f" of DAY. To save the new one under another name: `summit use {place}`\n"
    )
    assert ask("use", place) == (
        0,
        "",
        "current schedule: Harbour Days (harbour-2), 3–4 September 2027, 2 sessions\n",
    )
    assert ask("agenda", "-f", "ids").out == ""
    assert ask("list", "--schedule", place, "--fields", "title").out == "Whales at night\nTar and feathers\n"
    assert ask("update").err == "Harbour Days is up to date\n"
    ask("use", "harbour")
    assert ask("agenda", "--fields", "title").out == "Sails and kites\n"
    assert (
        ask("use", place).err
        == "current schedule: Harbour Days (harbour-2), 3–4 September 2027, 2 sessions\n"
    )


def test_a_conference_moved_by_a_year_with_its_sessions_is_the_same(ask: Asked, tmp_path: Path) -> None:
    ask("use", put(tmp_path, "next-year.1.xml"))
    ask("agenda", "add", "12")
    put(tmp_path, "moved.2.xml")
    assert ask("update", "--fields", "kind,id,now").out == (
        "moved\t12\t2027-09-03 09:00–10:00 Pier\nmoved\t13\t2027-09-03 11:00–12:00 Pier\n"
    )
    assert ask("agenda", "--fields", "day,title").out == "2027-09-03\tSails and kites\n"


def test_two_conferences_with_one_acronym_have_agendas_of_their_own(ask: Asked) -> None:
    ask("use", str(HISTORIES / "next-year.1.xml"))
    ask("agenda", "add", "12")
    assert ask("use", str(HISTORIES / "same-acronym.2.xml")).err == (
        "current schedule: Harbour Cranes (harbour-2), 3–4 September 2026, 1 session\n"
    )
    assert ask("agenda", "-f", "ids").out == ""
    assert ask("agenda", "clear", "--yes").status in (0, 1)
    ask("use", "harbour")
    assert ask("agenda", "-f", "ids").out == "12\n"


def test_the_same_conference_from_another_url_replaces_it_and_keeps_its_ids(
    ask: Asked, tmp_path: Path
) -> None:
    ask("use", str(HISTORIES / "ids-offset.1.xml"))
    assert ask("use", str(HISTORIES / "ids-offset.2.xml")).err.endswith(
        "(harbour), 3–4 September 2026, 2 sessions\n"
    )
    assert [row[0] for row in listed(ask)] == ["12", "13"]
    ask("use", str(HISTORIES / "ids-offset.2.xml"), "--name", "copy")
    assert [row[0] for row in listed(ask)] == ["912", "913"]


def test_the_log_lists_the_changes_of_every_update(ask: Asked, tmp_path: Path) -> None:
    ask("use", put(tmp_path, "renamed-same-uid.1.ics"))
    assert ask("update", "--log") == (1, "", NOTHING_YET)
    ask("update")
    put(tmp_path, "renamed-same-uid.2.ics")
    ask("update", "--check")
    ask("update")
    put(tmp_path, "same-title-appears.2.ics")
    ask("update")
    told = json.loads(ask("update", "--log", "--json").out)
    assert [(row["update"], row["kind"], row["id"], row["was"], row["now"]) for row in told] == [
        (3, "new", "open-deck-c0c1", None, "2026-09-04 09:00–10:00"),
        (3, "renamed", "open-deck", "Open deck (now below deck)", "Open deck"),
        (2, "renamed", "open-deck", "Open deck", "Open deck (now below deck)"),
    ]
    drawn = ask("update", "harbour-days", "--log", "-f", "table").out
    assert (
        re.sub("(?m)^[0-9]+ [A-Z][a-z]+ [0-9]{4}, [0-9:]{5}", "WHEN", drawn)
        == """\
WHEN · New 1, Renamed 1
  Open deck                   New      open-deck-c0c1
    4 September 2026 09:00–10:00
  Open deck                   Renamed  open-deck
    Open deck (now below deck) → Open deck

WHEN · Renamed 1
  Open deck (now below deck)  Renamed  open-deck
    Open deck → Open deck (now below deck)
"""
    )
    assert ask("update", "--log", "--check") == (
        2, "", "summit: --log can't be used with --check, --force, --strict or --sync\n"
    )  # fmt: skip
    assert ask("update", "--log", "bundled").status == 1
    path = tmp_path / "data" / "schedules" / "harbour-days" / "log.json"
    path.write_text("{")
    assert ask("update", "--log") == (
        1,
        "",
        'the update log of "harbour-days" is damaged; the next update starts a new one\n' + NOTHING_YET,
    )


def test_a_lost_memory_is_reported_and_the_schedule_still_read(ask: Asked, tmp_path: Path) -> None:
    ask("use", put(tmp_path, "ids-offset.1.xml"))
    put(tmp_path, "ids-offset.2.xml")
    ask("update")
    for memory in (tmp_path / "data" / "schedules" / "harbour").glob("memory-*"):
        memory.unlink()
    assert [row[0] for row in listed(ask)] == ["12", "13"], "the catalog has them"
    shutil.rmtree(tmp_path / "cache")
    assert ask("list", "-f", "ids") == (
        0, "912\n913\n",
        "the sessions' earlier IDs were lost; those in the schedule are used instead\n",
    )  # fmt: skip
    assert ask("update").status == 0
    shutil.rmtree(tmp_path / "cache")
    assert ask("list", "-f", "ids") == (0, "912\n913\n", "")


def test_an_agenda_of_one_conference_is_never_shown_in_another_of_its_acronym(ask: Asked) -> None:
    one, other = (str(HISTORIES / name) for name in ("next-year.1.xml", "same-acronym.2.xml"))
    ask("agenda", "add", "12", "--schedule", one)
    assert ask("agenda", "--schedule", other) == (
        1, "", "your agenda is empty; add a session with `summit agenda add ID`\n",
    )  # fmt: skip
    assert (
        ask("use", other).err
        == "current schedule: Harbour Cranes (harbour-2), 3–4 September 2026, 1 session\n"
    )
    assert ask("agenda", "-f", "ids").out == ""
    assert ask("use", one).err.endswith("(harbour), 3–4 September 2026, 2 sessions\n")
    assert ask("agenda", "-f", "ids").out == "12\n"


def test_a_file_whose_ids_mean_other_sessions_lists_only_picked_sessions(ask: Asked, tmp_path: Path) -> None:
    file = put(tmp_path, "ids-offset.1.xml")
    text = (HISTORIES / "ids-offset.1.xml").read_text("utf-8")
    ask("agenda", "add", "12", "--schedule", file)
    other = text.replace(ONE, ONE.replace("1", "9")).replace("Sails and kites", "Bees")
    other = other.replace("<start>09:00</start>", "<start>15:00</start>").replace("Ines", "Zed")
    Path(file).write_text(other, "utf-8")
    shown = ask("agenda", "--schedule", file)
    assert (shown.out, shown.err) == (
        "",
        (
            "no matching sessions\n"
            "no longer in the schedule: Sails and kites, 3 September 2026 09:00–10:00 Pier\n"
        ),
    )
    assert ask("agenda", "add", "12", "--schedule", file).err.startswith("added: 12\n")
    assert ask("agenda", "--fields", "title", "--schedule", file).out == "Bees\n"
    Path(file).write_text(text, "utf-8")
    assert ask("agenda", "--fields", "title", "--schedule", file).out == "Sails and kites\n"


def test_a_schedule_with_another_title_and_other_sessions_does_not_replace_it(
    ask: Asked, tmp_path: Path
) -> None:
    place = put(tmp_path, "ids-offset.1.xml")
    ask("use", place)
    ask("agenda", "add", "12")
    text = Path(place).read_text("utf-8").replace("Harbour Days", "Bee Days")
    text = text.replace("Sails and kites", "Bees").replace("Knots for all", "Wax")
    Path(place).write_text(re.sub('guid="[^"]*"', "", text), "utf-8")
    refused = ask("update")
    assert (refused.status, refused.out) == (3, "")
    assert refused.err.startswith('summit: harbour now has another conference, "Bee Days"')
    assert ask("agenda", "--fields", "title").out == "Sails and kites\n"


def test_replacing_another_conference_reports_how_to_switch_back(ask: Asked, tmp_path: Path) -> None:
    place = put(tmp_path, "next-year.1.xml")
    ask("use", place)
    ask("agenda", "add", "12")
    put(tmp_path, "next-year.2.xml")
    folder = tmp_path / "data" / "schedules" / "harbour"
    (before,) = folder.glob("schedule-*")
    assert ask("update", "--check", "--force").err == ""
    assert ask("update", "--force").err == (
        'your agenda for "Harbour Days", 3–4 September 2026, is kept; until the next update'
        f" you can switch back with `summit use {before}`\n"
    )
    assert ask("agenda", "-f", "ids").out == ""
    assert ask("use", str(before)).err == (
        "current schedule: Harbour Days (harbour-2), 3–4 September 2026, 2 sessions\n"
    )
    assert ask("agenda", "--fields", "title").out == "Sails and kites\n"
    ask("use", "harbour")
    # Of what nothing was picked, nothing is said.
    put(tmp_path, "next-year.1.xml")
    assert ask("update", "--force").err == ""


CALENDAR = "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Harbour Days\n{}END:VCALENDAR\n"
EVENT = (
    "BEGIN:VEVENT\nUID:{0}-1111-4222-8333@harbour.example\nDTSTART:20260903T{1}0000Z\n"
    "DTEND:20260903T{1}3000Z\nSUMMARY:{0}\nSTATUS:{2}\nEND:VEVENT\n"
)


def test_only_sessions_that_the_publisher_cancels_are_reported_as_cancelled(
    ask: Asked, tmp_path: Path
) -> None:
    def state(*events: tuple[str, str]) -> str:
        path = tmp_path / "published.ics"
        text = "".join(
            EVENT.format(title, hour, status) for hour, (title, status) in enumerate(events, start=10)
        )
        path.write_text(CALENDAR.format(text))
        return str(path)

    held = "CONFIRMED"
    place = state(("Sails", held), ("Knots", held), ("Soup", held))
    ask("use", place, "--name", "harbour")
    old = str(shutil.copy(place, tmp_path / "old.ics"))
    state(("Sails", "CANCELLED"), ("Tar", held), ("Soup", held))
    rows = "cancelled\tSails\nmissing\tKnots\nnew\tTar\n"
    for command in (("update", "--check"), ("diff", old, place), ("update",), ("update", "--log")):
        assert ask(*command, "--fields", "kind,title").out == rows, command
        if command != ("update",):
            kinds = [row["kind"] for row in json.loads(ask(*command, "--json").out)]
            assert kinds == ["cancelled", "missing", "new"], command
    log = ("update", "--log", "-f", "table")
    english, chinese = ask(*log).out.splitlines(), ask(*log, "--lang", "zh").out.splitlines()
    assert english[0].partition(" · ")[2] == "Cancelled 1, No longer listed 1, New 1"
    assert chinese[0].partition(" · ")[2] == "已取消 1、已不在会议日程中 1、新增 1"
    diff = ("diff", old, place, "-f", "table")
    headings = [line for line in ask(*diff).out.splitlines() if "·" in line]
    assert headings == ["Cancelled · 1", "No longer listed · 1", "New · 1"]
    headings = [line for line in ask(*diff, "--lang", "zh").out.splitlines() if "·" in line]
    assert headings == ["已取消 · 1", "已不在会议日程中 · 1", "新增 · 1"]


def test_only_the_speakers_that_differ_are_named(ask: Asked, tmp_path: Path) -> None:
    def state(*speakers: str) -> str:
        panel = session("panel", speakers=list(speakers))
        return str(write(tmp_path / "published.json", document(panel)))

    many = [f"Name {n}" for n in range(50)]
    place = state(*many)
    ask("use", place, "--name", "conf")
    ask("agenda", "add", "panel")
    old = str(shutil.copy(place, tmp_path / "old.json"))
    state("Ada", *many[1:])
    assert "Speakers changed  no longer Name 0, also Ada\n" in ask("diff", old, place, "-f", "table").out
    assert "嘉宾变动  不再有 Name 0、新增 Ada\n" in ask("diff", old, place, "-f", "table", "--lang", "zh").out
    updated = ask("update", "--fields", "was,now")
    assert updated.out == f"{', '.join(many)}\t{', '.join(['Ada', *many[1:]])}\n"
    first = ", ".join(["Ada", *many[1:8]])
    assert updated.err == f"new speakers: Panel: {first} and 42 more\n"
    assert ask("update", "--log", "--fields", "was,now").out == "Name 0\tAda\n"


def test_a_pick_is_listed_even_if_the_memory_of_its_id_is_lost(ask: Asked, tmp_path: Path) -> None:
    ask("use", put(tmp_path, "ids-offset.1.xml"))
    ask("agenda", "add", "12", "13")
    ask("agenda", "remove", "13")
    put(tmp_path, "ids-offset.2.xml")
    ask("update")
    (memory,) = (tmp_path / "data" / "schedules" / "harbour").glob("memory-*")
    memory.unlink()
    shutil.rmtree(tmp_path / "cache")
    ask("list")
    assert ask("agenda", "--fields", "id,title").out == "912\tSails and kites\n"
    assert ask("agenda", "undo").err.startswith("undone: remove 913 (")
    assert ask("agenda", "--fields", "id,title").out == "912\tSails and kites\n913\tKnots for all\n"


def test_a_duplicate_pick_of_an_unsaved_schedule_does_not_change_other_ids(
    ask: Asked, tmp_path: Path
) -> None:
    place = put(tmp_path, "ids-swapped.1.xml")
    ask("agenda", "add", "12", "13", "--schedule", place)
    (file,) = (tmp_path / "data").rglob("default.json")
    kept = json.loads(file.read_text("utf-8"))
    kept["picks"].insert(0, {**kept["picks"][0], "id": "sails", "uid": "sails@harbour.summitcli"})
    file.write_text(json.dumps(kept), "utf-8")
    put(tmp_path, "ids-swapped.2.xml")
    assert ask("agenda", "remove", "13", "--schedule", place).err == ("removed: 13\nyour agenda: 1 session\n")
    assert ask("agenda", "--fields", "title", "--schedule", place).out == "Knots for all\n"


def test_an_agenda_is_found_by_the_current_title_of_its_conference(ask: Asked, tmp_path: Path) -> None:
    sessions = [session("1", guid=ONE), session("2", guid=TWO)]
    path = write(tmp_path / "published.json", document(*sessions))
    ask("use", str(path))
    ask("agenda", "add", "1", "2")
    made = document(*sessions)
    made["conference"]["title"] = "Conf, final version"
    write(path, made)
    ask("update")
    ask("schedules", "remove", "conf")
    assert "current schedule: Conf, final version" in ask("use", str(path)).err
    assert ask("agenda", "-f", "ids").out == "1\n2\n"
