"""Messages about the sessions in an agenda: their times and changes, and what was added or removed."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from summitcli.agenda.picks import Agenda, Pick
from summitcli.agenda.reconcile import ChangeKind, PickChange
from summitcli.cli.picks import describe, describe_gone, name_option, named, times_and_rooms
from tests.agenda.agenda_samples import D23, D24, all_day, pick_of, timed
from tests.conftest import STYLE, Asked
from tests.inside import look
from tests.schedules import document, session, write
from tests.schedules import timed as timed_slot

SLOT = timed(D23, "09:00", "10:30", "Hall")
TALK = pick_of("talk", None, "Talk", (SLOT,), speakers=("Ada",))
DAY = "2024-05-01"


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ((SLOT,), "23 July 2022 09:00–10:30 Hall"),
        ((all_day(D23),), "23 July 2022"),
        ((all_day(D23, "Hall"),), "23 July 2022 Hall"),
        ((SLOT._replace(room=None), all_day(D24)), "23 July 2022 09:00–10:30, 24 July 2022"),
        ((SLOT._replace(end=None, room=None),), "23 July 2022"),
        ((SLOT._replace(start=None, room=None),), "23 July 2022"),
    ],
)
def test_a_session_is_described_by_days_and_known_times_and_rooms(
    slots: tuple[object, ...], said: str
) -> None:
    assert times_and_rooms(TALK._replace(slots=slots)) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("moved", {"slots": (all_day(D24),)}, "moved: Talk: 23 July 2022 09:00–10:30 Hall → 24 July 2022"),
        ("renamed", {"title": "Keynote"}, "renamed: Talk → Keynote"),
        ("speakers", {"speakers": ("Bob", "Cy")}, "new speakers: Talk: Bob, Cy"),
        (
            "other", {"title": "Bees", "speakers": ("Bob", "Cy"), "id": "talk-2"},
            "replaced: Talk → Bees, with Bob, Cy; if you don't want it: `summit agenda remove talk-2`",
        ),
        (
            "parted", {"title": "Cake", "slots": (all_day(D24),)},
            "Talk was split; its other part is now in your agenda, too: Cake, 24 July 2022",
        ),
        ("back", {"slots": (all_day(D24),)}, "no longer cancelled: Talk, 24 July 2022"),
        ("missing", {"state": "missing"}, "no longer in the schedule: Talk, 23 July 2022 09:00–10:30 Hall"),
        ("cancelled", {"state": "cancelled"}, "cancelled: Talk, 23 July 2022 09:00–10:30 Hall"),
    ],
)  # fmt: skip
def test_a_change_of_a_session_is_described_in_one_line(
    kind: ChangeKind, fields: dict[str, object], said: str
) -> None:
    after: Pick = TALK._replace(**fields)  # type: ignore[arg-type]
    assert describe(PickChange(kind, TALK, after)) == said
    if kind in ("missing", "cancelled"):
        assert describe_gone(after) == said


def test_a_missing_session_is_told_in_the_same_words_later() -> None:
    missing = TALK._replace(state="missing")
    assert describe(PickChange("back", missing, TALK)) == (
        "in the schedule again: Talk, 23 July 2022 09:00–10:30 Hall"
    )
    assert describe(PickChange("cancelled", missing, TALK._replace(state="cancelled"))) == (
        "still not in the schedule, so it counts as cancelled: Talk, 23 July 2022 09:00–10:30 Hall"
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "s1"),
        (8, "s1, s2, s3, s4, s5, s6, s7, s8"),
        (9, "s1, s2, s3, s4, s5, s6, s7, s8, s9"),
        (10, "s1, s2, s3, s4, s5, s6, s7, s8 and 2 more"),
    ],
)
def test_eight_of_many_sessions_are_named(number: int, said: str) -> None:
    assert named([TALK._replace(id=f"s{n}") for n in range(1, number + 1)]) == said


def test_sessions_added_for_some_days_are_named_with_the_days() -> None:
    assert named([TALK, TALK._replace(id="expo", days=(D23, D24))]) == "talk, expo (23 July, 24 July)"


def test_a_terminal_names_up_to_three_sessions_by_their_titles(ask: Asked) -> None:
    def first_line(*words: str) -> str:
        return look(words, columns=120).out.splitlines()[0]

    one, few = ("big-data-forum",), ("main-forum", "opening-ceremony", "5g-6g-forum")
    assert first_line("star", *one, "--lang", "zh") == "已加入：大数据分论坛（big-data-forum）"
    assert first_line("star", *few, "--lang", "en") == (
        "added: Main Forum (main-forum), Opening Ceremony (opening-ceremony), "
        "5G Applications and 6G Vision Forum (5g-6g-forum)"
    )
    many = "main-forum, opening-ceremony, 5g-6g-forum, big-data-forum"
    assert first_line("star", *few, *one) == f"already in your agenda: {many}"
    assert first_line("unstar", *one, "--lang", "en") == "removed: Big Data Forum (big-data-forum)"
    day = ("digital-product-expo", "-d", "2", "--lang", "zh")
    assert first_line("star", *day) == "已加入：第二届中国国际数字产品博览会（digital-product-expo、7月24日）"


def test_hints_after_hiding_lead_back_to_the_hidden_sessions(ask: Asked) -> None:
    screen = look(["hide", "big-data-forum", "--lang", "en"]).out
    assert STYLE.sub("", screen).splitlines() == [
        "hidden: Big Data Forum (big-data-forum)",
        "your agenda: 0 sessions",
        "summit list --pick hidden · summit unstar big-data-forum",
    ]


def test_an_agenda_is_named_unless_it_is_the_default() -> None:
    assert name_option(Agenda("conf", "Conf", "default")) == ""
    assert name_option(Agenda("conf", "Conf", "work")) == " --name work"


def test_an_empty_agenda_differs_from_an_unknown_name(ask: Asked) -> None:
    nothing = "your agenda is empty; add a session with `summit agenda add ID`\n"
    assert ask("agenda") == ask("agenda", "--name", "work") == (1, "", nothing), "none is kept"
    ask("agenda", "add", "--name", "work", "opening-ceremony")
    unknown = 'no agenda "wrok". Did you mean "work"?\n'
    assert ask("agenda", "--name", "wrok") == (1, "", unknown)
    assert ask("agenda") == (1, "", nothing)
    ask("agenda", "clear", "--yes", "--name", "work")
    assert ask("agenda", "--name", "work") == (1, "", nothing)


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Switch to a schedule with two sessions in conflict and another one; return its path."""
    slots = {"one": ("10", "12"), "two": ("11", "13"), "three": ("14", "15")}
    held = [
        session(id_, timed_slot(DAY, f"{DAY}T{start}:00:00+02:00", f"{DAY}T{end}:00:00+02:00"))
        for id_, (start, end) in slots.items()
    ]
    path = write(tmp_path / "plan.json", document(*held))
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(path))
    return path


def test_adding_reports_new_conflicting_and_already_added_sessions(ask: Asked, plan: Path) -> None:
    there = "your agenda: {} sessions\n"
    assert ask("agenda", "add", "one", "three").err == "added: one, three\n" + there.format(2)
    assert ask("agenda", "add", "two", "one").err == (
        "added: two\nconflicts in your agenda: two; see `summit agenda conflicts`\n"
        "already in your agenda: one\n" + there.format(3)
    )
    assert ask("agenda", "add", "one", "two", "--name", "work").err == (
        "added: one, two\nconflicts in your agenda: one, two;"
        " see `summit agenda conflicts --name work`\n" + there.format(2)
    )


def test_only_sessions_in_the_agenda_conflict(ask: Asked, plan: Path) -> None:
    assert ask("agenda", "conflicts").out == ""
    ask("agenda", "add", "one", "three")
    assert ask("agenda", "conflicts").out == ""
    ask("agenda", "add", "two")
    (row,) = json.loads(ask("agenda", "conflicts", "--json").out)
    assert (row["first"], row["second"]) == ("one", "two")


@pytest.mark.parametrize("steps", [("a", "b", "c"), ("b c", "a"), ("c b a",)])
def test_the_first_of_two_sessions_with_one_guid_keeps_its_name_in_calendars(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: tuple[str, ...]
) -> None:
    held = [session("a", guid="g"), session("b", guid="g"), session("c")]
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(write(tmp_path / "plan.json", document(*held))))
    for step in steps:
        ask("agenda", "add", *step.split())
    text = ask("agenda", "export").out
    uids, titles = (re.findall(f"^{name}:(.*)\r$", text, re.MULTILINE) for name in ("UID", "SUMMARY"))
    assert dict(zip(titles, uids, strict=True)) == {
        "A": "g@conf.summitcli",
        "B": f"{sha256(b'g' + bytes(1) + b'b').hexdigest()[:32]}@conf.summitcli",
        "C": "c@conf.summitcli",
    }


def test_adding_to_a_named_agenda_can_be_undone(ask: Asked) -> None:
    ask("agenda", "add", "opening-ceremony")
    assert ask("agenda", "undo").err.startswith("undone: add opening-ceremony (")


def test_hints_in_a_terminal_name_the_same_agenda(warm: None) -> None:
    for option in ([], ["--name", "work"]):
        shown = look(["agenda", "add", "opening-ceremony", *option]).out
        named = " ".join(["", *option])
        assert STYLE.sub("", shown).splitlines()[-1] == (
            f"summit agenda{named} · summit agenda export{named} -o agenda.ics"
        )


def test_an_update_reports_changes_of_every_agenda_by_name(
    ask: Asked, tmp_path: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUMMIT_SCHEDULE")
    assert ask("use", str(plan)).status == 0
    ask("agenda", "add", "one")
    ask("agenda", "add", "one", "two", "--name", "work")
    ask("agenda", "add", "two", "--name", "damaged")
    (damaged,) = tmp_path.rglob("damaged.json")
    damaged.write_text("{")
    broken = damaged.with_name("broken.json")
    broken.symlink_to("nowhere.json")
    moved = timed_slot(DAY, f"{DAY}T16:00:00+02:00", f"{DAY}T17:00:00+02:00")
    write(plan, document(session("one", moved), session("two"), session("three")))
    said = ask("update").err.splitlines()
    assert [line for line in said if "moved: " in line] == [
        "moved: One: 1 May 2024 10:00–12:00 → 1 May 2024 16:00–17:00",
        "moved: One: 1 May 2024 10:00–12:00 → 1 May 2024 16:00–17:00 (agenda work)",
        "moved: Two: 1 May 2024 11:00–13:00 → 1 May 2024 (agenda work)",
    ]
    for path in (damaged, broken):
        assert len([line for line in said if str(path) in line]) == 1
    assert ask("agenda", "--fields", "start,id").out == "16:00\tone\n"
    kept = (damaged.parent / "work.json").read_text()
    assert "T16:00:00+02:00" in kept and "T11:00:00" not in kept
