"""`summit find`, and `summit use` with a name in a directory."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from summitcli.directory.document import MAX_SIZE
from tests.conftest import Asked, Terminal
from tests.directory.samples import HARBOUR, HARBOUR_ROW, directory, document, menu
from tests.schedules import document as schedule
from tests.schedules import session
from tests.webserver import Site, endless, packed, page, serving, status, tagged

DAY = {"day": "2024-05-01"}
"""A slot of a whole day."""
HARBOUR_TSV = "\t".join(map(str, HARBOUR_ROW[:6])) + "\n"
NOTHING = 'no conferences match "harbour"; use `summit search` to search sessions\n'
IN_USE = "current schedule: Harbour ({}), 3–4 September 2026, 2 sessions\n"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def harbour(hour: int = 10) -> bytes:
    """Return a schedule of frab's whose times have no zone."""
    events = [
        {"id": n, "guid": f"1111111{n}-2222-4333-8444-555555555555", "title": title, "room": "Pier",
         "date": f"2026-09-0{n}T{hour}:00:00", "start": f"{hour}:00", "duration": "01:00", "persons": []}
        for n, title in ((3, "Cranes"), (4, "Knots"))
    ]  # fmt: skip
    days = [
        {"index": n, "date": f"2026-09-0{event['id']}", "rooms": {"Pier": [event]}}
        for n, event in enumerate(events, 1)
    ]
    conference = {
        "acronym": "quay",
        "title": "Harbour",
        "start": "2026-09-03",
        "end": "2026-09-04",
        "days": days,
    }
    return json.dumps({"schedule": {"version": "1", "conference": conference}}).encode()


def file(folder: Path, text: str, name: str = "d.json") -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_conferences_are_rows_in_a_pipe(ask: Asked, tmp_path: Path) -> None:
    mine = file(tmp_path, document(HARBOUR))
    assert ask("find", "harbour", "--directory", mine) == (0, HARBOUR_TSV, "")
    assert ask("find", "fosdem", "2026").out == (
        "fosdem-2026\tFOSDEM 2026\t2026-01-31\t2026-02-01\tEurope/Brussels\thttps://fosdem.org/2026/schedule/xml\n"
    )
    rows = json.loads(ask("find", "crane", "--directory", mine, "--json").out)
    assert rows == [HARBOUR_ROW._asdict()]
    assert ask("find", "crane", "--directory", mine, "--fields", "series,source").out == (
        "harbour\thttps://harbour.example/2026/\n"
    )


def test_without_a_text_conferences_are_in_order_of_time(ask: Asked) -> None:
    out = ask("find", "--at", "2026-07-20", "--fields", "name,start").out.splitlines()
    assert out[:5] == [
        "debconf-2026\t2026-07-13", "bornhack-2026\t2026-07-15", "ietf-126\t2026-07-18",
        "froscon-2026\t2026-08-15", "paris-web-2026\t2026-09-24",
    ]  # fmt: skip
    assert out[5] == "tuebix-2026\t2026-07-04"
    assert (
        ask("find", "-n", "2", "--at", "2026-07-20T23:00", "--fields", "name,start").out.splitlines()
        == out[:2]
    )
    assert ask("find", "-n", "0").status == 2


def test_conferences_in_a_terminal(terminal: Terminal) -> None:
    assert terminal("find", "plumbers", "--lang", "en", columns=100) == (
        "  Linux Plumbers Conference 2025  11–13 December 2025   Asia/Tokyo     lpc-2025\n"
        "  https://lpc.events/event/19/event.ics?detail=contributions\n"
        "  Linux Plumbers Conference 2024  18–20 September 2024  Europe/Vienna  lpc-2024\n"
        "  https://lpc.events/event/18/event.ics?detail=contributions\n"
        "\n"
        "2 conferences\n"
        "summit use lpc-2025\n"
    )
    assert terminal("find", "plumbrs", "-n", "1", "--lang", "zh") == (
        "  Linux Plumbers Conference 2025  2025年12月11日至13日  Asia/Tokyo  lpc-2025\n"
        "  https://lpc.events/event/19/event.ics?detail=contributions\n"
        "\n"
        "1 个会议\n"
        "没有与“plumbrs”完全匹配的会议；以下是相近的结果\n"
        "还有更多；用 `-n 10` 显示更多\n"
        "summit use lpc-2025\n"
    )


def test_nothing_is_found(ask: Asked) -> None:
    assert ask("find", "xyzzy") == (1, "", NOTHING.replace("harbour", "xyzzy"))


def test_a_name_in_a_directory_is_used(ask: Asked, site: Site, tmp_path: Path) -> None:
    site["/s.json"] = tagged(harbour(), '"1"')
    mine = file(tmp_path, directory(f"{site.url}/s.json", "harbour-2026"))
    assert ask("use", "harbour-2026", "--directory", mine) == (0, "", IN_USE.format("harbour-2026"))
    assert ask("list", "--json", "--fields", "start").out.count("T10:00:00+01:00") == 2
    assert (ask("use", "bundled").status, ask("use", "harbour-2026").status) == (0, 0)
    assert site.asked() == ["/s.json"]
    site["/s.json"] = tagged(harbour(11), '"2"')
    assert "T11:00:00+01:00" in ask("update", "--json").out
    assert ask("schedules", "--fields", "name,reference").out.splitlines()[1] == (
        f"harbour-2026\t{site.url}/s.json"
    )


def test_a_time_zone_on_the_line_and_another_name_take_precedence(
    ask: Asked, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site["/s.json"] = page(harbour())
    monkeypatch.setenv("SUMMIT_DIRECTORY", file(tmp_path, directory(f"{site.url}/s.json", "harbour-2026")))
    assert ask("list", "--json", "--schedule", "HARBOUR-2026").out.count("+01:00") == 4
    assert ask("list", "--json", "--schedule", "harbour-2026", "--assume-timezone", "Asia/Tokyo").out.count(
        "+09:00"
    ) == 4  # fmt: skip
    assert not (Path(os.environ["SUMMIT_DATA"]) / "schedules").exists()
    line = ("use", "harbour-2026", "--name", "quay", "--assume-timezone", "Asia/Tokyo")
    assert ask(*line) == (0, "", IN_USE.format("quay"))
    assert ask("list", "--json").out.count("+09:00") == 4


def test_a_schedule_that_is_saved_from_its_url_keeps_its_name(ask: Asked, site: Site, tmp_path: Path) -> None:
    site["/s.json"] = page(harbour())
    mine = file(tmp_path, directory(f"{site.url}/s.json", "harbour-2026"))
    ask("use", f"{site.url}/s.json")
    assert ask("use", "harbour-2026", "--directory", mine) == (0, "", IN_USE.format("quay"))
    assert ask("schedules", "--fields", "name").out == "bundled\nquay\n"


def test_an_unknown_time_zone_is_reported(ask: Asked, site: Site, tmp_path: Path) -> None:
    site["/s.json"] = page(json.dumps(schedule(session("a", DAY))).encode())
    mine = file(tmp_path, directory(f"{site.url}/s.json", "conf", time_zone="Europe/\x1b[2JAtlantis"))
    found = ask("use", "conf", "--directory", mine)
    said = "conf has an unknown time zone in the list of conferences: Europe/\\x1b[2JAtlantis\n"
    assert (found.status, found.err.startswith(said)) == (0, True)


def test_a_name_that_no_directory_has_is_an_error_with_suggestions(ask: Asked) -> None:
    said = (
        'summit: no schedule named "fosdem-2028". Did you mean "fosdem-2026" or "fosdem-2025" or'
        ' "fosdem-2024"?\n'
    )
    for words in (("use", "fosdem-2028"), ("list", "--schedule", "fosdem-2028"), ("validate", "fosdem-2028")):
        assert ask(*words) == (2, "", said)
    assert ask("use", "xyzzy") == (2, "", 'summit: no schedule named "xyzzy". Available: bundled\n')


def test_a_directory_on_the_web_and_its_changes(
    ask: Asked, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"{site.url}/menu.json"
    monkeypatch.setenv("SUMMIT_DIRECTORY", url)
    assert ask("find", "harbour") == (1, "", f"can't download {url}: not found (404)\n{NOTHING}")
    entry = {"id": "harbour_2026", "title": "Harbour Cranes 2026", "url": f"{site.url}/s.json",
             "start": "2026-09-03", "end": "2026-09-04", "timezone": "Europe/Lisbon"}  # fmt: skip
    site["/menu.json"], site["/s.json"] = tagged(menu(entry).encode(), '"1"'), page(harbour())
    row = HARBOUR_TSV.replace("https://harbour.example/2026/schedule.xml", f"{site.url}/s.json")
    site.asked()
    for _ in range(3):
        assert ask("find", "harbour") == (0, row, "")
    assert ask("use", "harbour-2026") == (0, "", IN_USE.format("harbour-2026"))
    assert site.asked() == ["/menu.json", "/s.json"]
    about = Path(os.environ["SUMMIT_DATA"]) / "schedules" / "harbour-2026" / "source.json"
    assert json.loads(about.read_text())["directory"] == url
    (copy,) = (Path(os.environ["SUMMIT_CACHE"]) / "directories").iterdir()
    old = json.loads(copy.read_text())
    copy.write_text(json.dumps({**old, "checked": "2026-01-02T00:00:00+00:00"}))
    site["/menu.json"] = status(500)
    said = (
        f"using the copy of this list of conferences from 2 January 2026: can't download {url}:"
        " server error; try again later (500)\n"
    )
    assert ask("find", "harbour") == (0, row, said)
    assert ask("update").status == 0


HOSTILE = {
    "no directory": (page(b"<html>"), 3),
    "another schedule": (page(harbour()), 3),
    "endless": (endless(b" " * 65536), 4),
    "a bomb": (packed(bytes(MAX_SIZE + 1)), 4),
    "deep": (page(b'{"schedules": ' + b"[" * 100_000), 3),
    "huge": (page(b'{"schedules": [' + b"{}," * 500_000 + b"{}]}"), 3),
    "many": (page(document(*[{**HARBOUR, "name": str(n)} for n in range(6_000)]).encode()), 3),
    "gone": (status(410), 4),
}


@pytest.mark.parametrize(("answer", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_directory_is_an_error_of_one_line(
    ask: Asked, site: Site, answer: object, code: int
) -> None:
    site["/d.json"] = answer  # type: ignore[assignment]
    for words in (("find", "fosdem"), ("use", "fosdem-2026")):
        found = ask(*words, "--directory", f"{site.url}/d.json")
        assert (found.status, found.out, found.err.count("\n")) == (code, "", 1)
        assert found.err.startswith("summit: ")


def test_control_characters_are_escaped(ask: Asked, terminal: Terminal, tmp_path: Path) -> None:
    evil = "Evil \x1b[2J\x9b\u202e[red]\x00\ttab\nline"
    mine = file(tmp_path, directory("https://a.example/", "evil", title=evil, time_zone=evil, series=evil))
    assert "\x1b" not in terminal("find", "evil", "--directory", mine)
    for format_ in ("tsv", "csv", "json", "md"):
        out = ask("find", "evil", "--directory", mine, "-f", format_).out
        assert not {"\x1b", "\x9b", "\u202e", "\0"} & set(out)
    (row,) = json.loads(ask("find", "evil", "--directory", mine, "--json").out)
    assert row["title"] == evil


def test_a_password_in_a_url_is_not_shown_in_a_table(terminal: Terminal, tmp_path: Path) -> None:
    mine = file(tmp_path, directory("https://me:secret@a.example/", "evil"))
    assert "secret" not in terminal("find", "harbour", "--directory", mine)


def test_an_invalid_url_in_the_environment_is_reported(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_DIRECTORY", "http://")
    found = ask("find", "fosdem", "2026", "--fields", "name")
    assert found == (0, "fosdem-2026\n", "http:// is not a valid URL\n")


def test_the_hint_names_the_directory(terminal: Terminal, tmp_path: Path) -> None:
    mine = file(tmp_path, document(HARBOUR))
    shown = terminal("find", "harbour", "--directory", mine, columns=200)
    assert shown.splitlines()[-1] == f"summit use harbour-2026 --directory {mine}"
