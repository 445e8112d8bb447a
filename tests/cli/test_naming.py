"""Session IDs from standard input."""

import json
from pathlib import Path

import pytest

from summitcli.catalog.conditions import EVERYTHING, Query
from summitcli.catalog.queries import Catalog
from summitcli.rows import SessionRow
from tests.conftest import Asked, Run
from tests.inside import look
from tests.schedules import document, session, write


def test_sessions_are_shown_in_the_order_of_their_ids(call: Run) -> None:
    ids = call("list", "-c", "forum", "-d", "1", "-fids")
    assert len(ids.splitlines()) > 3
    assert call("show", "-", "-fids", stdin=ids) == ids
    assert call("show", "opening", "-", "main-forum", "-fids", stdin="\ufeff big-data \r\n\n") == (
        "opening-ceremony\nbig-data-forum\nmain-forum\n"
    )


def test_sessions_are_added_and_removed_by_id(call: Run) -> None:
    call("agenda", "add", "-q", "-", stdin="big-data-forum\nopening\n")
    assert sorted(call("agenda", "-fids").split()) == ["big-data-forum", "opening-ceremony"]
    call("agenda", "remove", "-q", "-", stdin="big-data-forum")
    assert call("agenda", "-fids") == "opening-ceremony\n"


@pytest.mark.parametrize("command", ["show", "agenda add", "agenda remove"])
@pytest.mark.parametrize("nothing", ["", "\n \n"])
def test_empty_standard_input_finds_nothing(call: Run, command: str, nothing: str) -> None:
    said = "no IDs on standard input\n"
    assert call(*command.split(), "-", stdin=nothing, status=1, err=said) == ""


def test_an_unknown_id_is_an_error_and_nothing_is_added(call: Run) -> None:
    said = 'summit: no session "main-forun". Did you mean "main-forum" (主论坛)?\n'
    call("agenda", "add", "-", stdin="opening\nmain-forun\n", status=2, err=said)
    assert call("agenda", "-fids", "-q", status=1) == ""


def test_standard_input_is_read_once_and_limited(call: Run) -> None:
    said = "summit: standard input can be read only once; save the other input in a file\n"
    call("show", "-", "--schedule", "-", stdin="a", status=2, err=said)
    said = "summit: standard input is too long: more than 1000000 bytes\n"
    call("show", "-", stdin="a" * 1_000_001, status=2, err=said)
    assert call("show", "-", "-", "-fids", stdin="opening") == "opening-ceremony\n"


def test_ids_are_looked_up_together_and_sessions_loaded_in_batches(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sessions = [session(f"s{n}", guid=f"g{n}") for n in range(2500)]
    source = write(tmp_path / "large.json", document(*sessions))
    asked: list[int] = []
    load = Catalog.sessions

    def counting(catalog: Catalog, query: Query = EVERYTHING) -> list[SessionRow]:
        rows = load(catalog, query)
        asked.append(len(rows))
        return rows

    def search(*_words: object) -> None:
        raise AssertionError("nothing is to be searched for")

    monkeypatch.setattr("summitcli.cli.naming.IDS_AT_ONCE", 1000)
    monkeypatch.setattr(Catalog, "sessions", counting)
    monkeypatch.setattr("summitcli.catalog.lookup.resolve", search)
    ids = [f"s{n}" for n in reversed(range(2500))]
    done = ask("agenda", "add", "--schedule", str(source), "s7,", *ids)
    assert (done.status, done.err.splitlines()[-1]) == (0, "your agenda: 2500 sessions")
    assert asked == [1000, 1000, 500]
    (file,) = (tmp_path / "data").rglob("agendas/*/default.json")
    picks = json.loads(file.read_text("utf-8"))["picks"]
    assert [pick["id"] for pick in picks] == ["s7", *(id_ for id_ in ids if id_ != "s7")]


def test_the_likeliest_of_several_is_taken_and_said(ask: Asked) -> None:
    done = ask("agenda", "add", "大数据", "数字经济分论坛", "智慧能源")
    assert done == (
        0,
        "",
        (
            '"大数据" is taken as 大数据分论坛 (big-data-forum)\n'
            "added: big-data-forum, digital-economy-forum, smart-energy-forum\nyour agenda: 3 sessions\n"
        ),
    )
    assert ask("show", "Big Data", "-fids", "--lang", "en") == (
        0,
        "big-data-forum\n",
        '"Big Data" is taken as Big Data Forum (big-data-forum)\n',
    )
    assert ask("unstar", "数字").err.splitlines()[:2] == [
        '"数字" is taken as 数字经济分论坛 (digital-economy-forum)',
        "removed: digital-economy-forum",
    ]


@pytest.mark.parametrize(
    ("command", "outcome"),
    [
        ("star", "nothing was added"),
        ("agenda add", "nothing was added"),
        ("hide", "nothing was hidden"),
        ("unstar", "nothing was removed"),
        ("show", "be more specific"),
    ],
)
def test_several_matches_are_listed_with_their_titles(ask: Asked, command: str, outcome: str) -> None:
    assert ask(*command.split(), "opening", "fujian") == (
        2,
        "",
        (
            f'summit: "fujian" matches several sessions; {outcome}\n'
            "  数字福建分论坛  24 July  digital-fujian-forum\n"
            "  数字福建二（数字政法分论坛）  24 July  political-legal-forum\n"
        ),
    )


def test_at_most_five_matches_are_listed(ask: Asked) -> None:
    assert [line.split()[-1] for line in ask("star", "contest").err.splitlines()] == [
        "added",
        "contest-city-design",
        "contest-healthcare",
        "contest-vehicle-security",
        "contest-youth-robots",
        "contest-blockchain",
        "…",
    ]


@pytest.mark.usefixtures("ask")
@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("2\n", 0, "added: 数字福建二（数字政法分论坛） (political-legal-forum)\n"),
        (
            "2，1\n",
            0,
            (
                "added: 数字福建二（数字政法分论坛） (political-legal-forum), "
                "数字福建分论坛 (digital-fujian-forum)\n"
            ),
        ),
        ("\n", 1, "nothing was added\n"),
        ("3\n1\n", 0, "added: 数字福建分论坛 (digital-fujian-forum)\n"),
        ("\x04", 2, "summit: no answer; nothing was written\n"),
    ],
)
def test_a_terminal_asks_which_sessions_are_meant(typed: str, status: int, said: str) -> None:
    done = look(["star", "fujian"], columns=120, typed=typed.encode())
    assert (done.status, said in done.out) == (status, True)
    assert done.out.startswith(
        '"fujian" matches several sessions:\n'
        "   1  数字福建分论坛  24 July\n"
        "   2  数字福建二（数字政法分论坛）  24 July\n"
        "Which ones? Type their numbers, or press Enter for none: "
    )
    assert ("type numbers from 1 to 2, or press Enter" in done.out) == typed.startswith("3")


@pytest.mark.usefixtures("ask")
@pytest.mark.parametrize(
    ("counted", "language", "more"),
    [(1000, "en", "      and 6 more"), (1000, "zh", "      另有 6 个"), (21, "en", "      …")],
)
def test_a_terminal_says_how_many_matches_are_not_listed(
    monkeypatch: pytest.MonkeyPatch, counted: int, language: str, more: str
) -> None:
    monkeypatch.setattr("summitcli.cli.naming.MAX_COUNTED", counted)
    done = look(["star", "数字", "--lang", language], columns=120, typed=b"\n")
    lines = done.out.splitlines()
    assert (done.status, lines[20][:4], lines[21]) == (1, "  20", more)


def test_a_suggestion_names_the_title_in_the_language_of_the_reader(ask: Asked) -> None:
    suggested = "“contest-blockchain”（数字中国创新大赛·区块链赛道总决赛）"
    said = f"summit: 没有名为“区快链”的场次。是不是要输入{suggested}？\n"
    assert ask("star", "区快链", "--lang", "zh") == (2, "", said)
