"""Other schedules: used, listed, updated and removed, whatever their servers do."""

import gzip
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Answer, Asked, Run, Terminal
from tests.schedules import document, session, timed, write
from tests.webserver import (
    Handler,
    Site,
    breaks_off,
    endless,
    for_json,
    packed,
    page,
    redirect,
    serving,
    status,
    tagged,
)

SUMMIT = [sys.executable, "-m", "summitcli"]
IN_USE = "current schedule: Conf (conf), 1–2 May 2024, {}\n"
BUNDLED_IN_USE = "current schedule: 第五届数字中国建设峰会 (bundled), 23–26 July 2022, 38 sessions\n"
NOTHING_THERE = "not found (404)"
IN_CIRCLES = "more than 5 redirects"
NO_WEB = "redirects to something that is not a web URL, so it was not followed"
A_PAGE = "it is an HTML page that links to no schedule; look there for a link to .json, .xml or .ics"
ANOTHERS = (
    'conf now has another conference, "Other", 1–2 May 2024; keeping the copy of {}. To save the new'
    " one under another name: `summit use {}`"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def data(*sessions: Mapping[str, Any], **changes: Any) -> bytes:
    return json.dumps(document(*sessions, **changes)).encode()


def talk(hour: int, room: str = "Hall", id_: str = "talk", **fields: Any) -> dict[str, Any]:
    start, end = (f"2024-05-01T{hour + more:02}:00:00+02:00" for more in (0, 1))
    return session(id_, timed("2024-05-01", start, end, room=room), **fields)


TWO = data(talk(10), session("other"))
LISTED = "2024-05-01\t\tother\t\tOther\n2024-05-01\t10:00\ttalk\t\tTalk\n"


def schedules_folder() -> Path:
    return Path(os.environ["SUMMIT_DATA"]) / "schedules"


def test_a_schedule_once_used_works_offline(ask: Asked, site: Site) -> None:
    site["/s.json"] = tagged(TWO, '"1"')
    assert ask("use", f"{site.url}/s.json") == (0, "", IN_USE.format("2 sessions"))
    assert site.asked() == ["/s.json"]
    assert ask("list") == ask("list", "--schedule", "conf") == (0, LISTED, "")
    assert ask("list", "--schedule", f"{site.url}/s.json") == (0, LISTED, "")
    assert ask("show", "talk", "--fields", "title").out == "Talk\n"
    assert ask("agenda", "add", "talk").status == 0
    assert ask("use", "bundled") == (0, "", BUNDLED_IN_USE)
    assert ask("show", "main-forum", "--fields", "title").out == "主论坛\n"
    assert ask("use", "conf") == (0, "", IN_USE.format("2 sessions"))
    assert ask("agenda", "-f", "ids").out == "talk\n"
    assert site.asked() == []


def test_the_catalog_of_a_schedule_is_built_when_it_is_used(call: Run, site: Site) -> None:
    site["/s.json"] = page(TWO)
    call("use", f"{site.url}/s.json", err=None)
    catalogs = sorted(os.listdir(os.environ["SUMMIT_CACHE"]))
    times = [os.stat(Path(os.environ["SUMMIT_CACHE"]) / name).st_mtime_ns for name in catalogs]
    call("list")
    assert sorted(os.listdir(os.environ["SUMMIT_CACHE"])) == catalogs
    assert [os.stat(Path(os.environ["SUMMIT_CACHE"]) / name).st_mtime_ns for name in catalogs] == times


def test_the_option_wins_over_the_environment_and_the_current_schedule(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (
        write(tmp_path / f"{id_}.json", document(session(id_), id=id_)) for id_ in ("one", "two")
    )
    ask("use", str(first))
    assert ask("list", "-f", "ids").out == "one\n"
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(second))
    assert ask("list", "-f", "ids").out == "two\n"
    assert ask("list", "-f", "ids", "--schedule", "one").out == "one\n"
    monkeypatch.setenv("SUMMIT_SCHEDULE", "bundled")
    assert ask("days", "-f", "tsv", "--fields", "sessions").out == "23\n21\n4\n3\n"
    monkeypatch.setenv("SUMMIT_SCHEDULE", "")
    assert ask("list", "-f", "ids").out == "one\n"


def test_a_url_that_is_not_saved_is_used_for_one_call(ask: Asked, site: Site) -> None:
    url = site.url.replace("//", "//me:secret@")
    site["/event/"], site["/s.json"] = for_json("/s.json", page(b"<html>")), page(gzip.compress(TWO))
    for _ in range(2):
        assert ask("list", "--schedule", f"{url}/event/") == (0, LISTED, "")
    assert site.asked() == ["/event/", "/s.json"] * 2
    assert not schedules_folder().exists()
    site["/s.json"] = status(404)
    assert ask("list", "--schedule", f"{url}/event/") == (
        4,
        "",
        f"summit: can't download {site.url.replace('//', '//me:***@')}/event/: {NOTHING_THERE}\n",
    )


def test_a_page_that_links_to_its_schedule_is_used(ask: Asked, site: Site) -> None:
    link = b'<html><head><link rel="alternate" type="application/json" href="s.json"></head>'
    site["/event/"], site["/event/s.json"] = page(link, "text/html"), page(TWO)
    assert ask("use", f"{site.url}/event/") == (0, "", IN_USE.format("2 sessions"))
    (row,) = json.loads(ask("schedules", "--json").out)[1:]
    assert row["reference"] == f"{site.url}/event/"


def test_the_other_schedules_that_a_page_links_to_are_named(ask: Asked, site: Site) -> None:
    anchors = b"<html><a href='schedule.json'>a</a><a href='schedule.xml'>b</a><a href='all.ics'>c</a>"
    site["/"], site["/schedule.json"] = page(anchors, "text/html"), page(TWO)
    url = site.url
    said = f"read {url}/schedule.json; the page also links to {url}/schedule.xml, {url}/all.ics\n"
    assert ask("use", f"{url}/") == (0, "", said + IN_USE.format("2 sessions"))
    assert ask("use", f"{url}/", "-q") == (0, "", "")
    assert ask("update") == (0, "", "Conf is up to date\n")


def test_a_page_that_describes_its_events_is_used_and_updated(ask: Asked, site: Site) -> None:
    event = {"@type": "Event", "name": "Tea", "startDate": "2024-05-01T10:00+02:00", "location": "Bar"}
    site["/"] = page(
        f"<html><script type='application/ld+json'>{json.dumps(event)}</script>".encode(), "text/html"
    )
    assert ask("use", f"{site.url}/", "--assume-timezone", "Europe/Berlin").status == 0
    assert ask("list", "--fields", "title,start,room").out == "Tea\t10:00\tBar\n"
    assert ask("update", "--assume-timezone", "Europe/Berlin").status == 0


def test_the_url_of_an_event_page_is_enough_and_its_link_may_change(ask: Asked, site: Site) -> None:
    url = f"{site.url}/event/"
    site["/event/"], site["/s.json"] = for_json("/s.json", page(b"<html>", "text/html")), tagged(TWO, '"1"')
    assert ask("use", url) == (0, "", IN_USE.format("2 sessions"))
    site["/event/"], site["/new.json"] = redirect("/new.json", 301), tagged(data(talk(10)), '"2"')
    site["/s.json"] = status(404)
    assert ask("update", "--fields", "kind,id") == (0, "missing\tother\n", "")
    assert ask("update") == (0, "", "Conf is up to date\n")
    assert site.asked() == ["/event/", "/s.json", "/event/", "/new.json", "/event/", "/new.json"]


def test_warnings_are_printed_and_rejected_with_strict(ask: Asked, site: Site) -> None:
    url = f"{site.url}/s.ics"
    site["/s.ics"] = page(programme("Conf", "Alpha", ""))
    refused = f"summit: {url} is not a valid schedule: 1 event without a title\n"
    zone = ("--assume-timezone", "Europe/Berlin")
    assert ask("use", url, "--strict", *zone) == (3, "", refused)
    assert not schedules_folder().exists()
    assert ask("use", url, *zone) == (
        0,
        "",
        "1 event without a title\ncurrent schedule: Conf (conf), 1 May 2024, 2 sessions\n",
    )
    whole = ask("list")
    site["/s.ics"] = page(programme("Conf", "Alpha", "", "Gamma"))
    assert ask("update", "--strict") == (3, "", refused)
    assert ask("list") == whole
    told = ask("update", "--fields", "kind,title")
    assert told == (0, "new\tGamma\n", "1 event without a title\n")


def test_a_file_is_saved_and_updated_from_its_path(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "s.json.gz"
    file.write_bytes(gzip.compress(TWO))
    assert ask("use", str(file)) == (0, "", IN_USE.format("2 sessions"))
    assert ask("update") == (0, "", "Conf is up to date\n")
    file.write_bytes(gzip.compress(data(talk(10))))
    assert ask("list").out == LISTED
    assert ask("update", "--fields", "kind,id") == (0, "missing\tother\n", "")
    assert ask("list", "-f", "ids").out == "talk\n"
    file.unlink()
    assert ask("update") == (4, "", f"summit: can't read {file}: No such file or directory\n")
    assert ask("list", "-f", "ids").out == "talk\n"


def test_standard_input_is_saved_and_can_not_be_updated(call: Run) -> None:
    call("use", "-", stdin=TWO, err=IN_USE.format("2 sessions"))
    assert call("list") == LISTED
    assert call("schedules", "--fields", "name,reference") == "bundled\tbundled\nconf\t-\n"
    call("update", status=2, err=(
        'summit: "conf" was read from standard input, so it can\'t be downloaded again; to replace it,'
        " pipe the new version to `summit use - --name conf`\n"
    ))  # fmt: skip
    call("use", "-", "--name", "conf", stdin=data(talk(9)), err=IN_USE.format("1 session"))


def test_names_of_saved_schedules(ask: Asked, tmp_path: Path) -> None:
    one = str(write(tmp_path / "one.json", document(session("a"))))
    two = str(write(tmp_path / "two.json", document(session("b"), title="Other")))
    assert ask("use", one, "--name", "议程").err == "current schedule: Conf (议程), 1–2 May 2024, 1 session\n"
    assert ask("use", one).err == "current schedule: Conf (议程), 1–2 May 2024, 1 session\n"
    assert ask("use", two).err == "current schedule: Other (conf-2), 1–2 May 2024, 1 session\n"
    taken = 'the name "议程" is in use for Conf; free it with `summit schedules remove 议程`'
    assert ask("use", two, "--name", "议程") == (2, "", f"summit: {taken}\n")
    for words, fault in {
        f"{one} --name a/b": ('invalid schedule name "a/b": use letters, digits, hyphens and underscores'),
        f"{one} --name bundled": 'invalid schedule name "bundled": the name is reserved',
        "bundled --name mine": '"bundled" can\'t be renamed; omit --name',
        "conf-2 --name mine": '"conf-2" can\'t be renamed; omit --name',
        "cofn": 'no schedule named "cofn". Did you mean "conf-2"?',
        "ftp://h/s.json": "can't download ftp://h/s.json: only https and http URLs are supported",
        "http://": "http:// is not a valid URL",
        "https://127.0.0.1:1/s --assume-timezone Berlin/Europe": (
            'no time zone "Berlin/Europe"; use an IANA name such as Europe/Berlin'
        ),
        f"{one} --assume-timezone Berlin": 'no time zone "Berlin"; use an IANA name such as Europe/Berlin.'
        ' Did you mean "Europe/Berlin"?',
    }.items():
        assert ask("use", *words.split()) == (2, "", f"summit: {fault}\n")
    assert ask("list", "-f", "ids").out == "b\n"


def test_a_schedule_that_can_not_be_used_changes_nothing(ask: Asked, site: Site, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    (tmp_path / "half.gz").write_bytes(gzip.compress(TWO)[:50])
    site["/down"], site["/page"] = redirect("file:///etc/passwd"), page(b"<html>Hi", "text/html")
    expected = {
        "./nowhere.json": (4, "can't read ./nowhere.json: No such file or directory"),
        f"{tmp_path}/text": (3, f"{tmp_path}/text is not a schedule: it looks like plain text"),
        f"{tmp_path}/half.gz": (
            3, f"can't unpack {tmp_path}/half.gz: damaged or incomplete gzip data",
        ),
        f"{site.url}/404": (4, f"can't download {site.url}/404: not found (404)"),
        f"{site.url}/down": (
            4, f"can't download {site.url}/down: {NO_WEB}",
        ),
        f"{site.url}/page": (
            3, f"{site.url}/page is not a schedule: {A_PAGE}",
        ),
        "http://127.0.0.1:1/s": (4, "can't download http://127.0.0.1:1/s: Connection refused"),
    }  # fmt: skip
    for reference, (code, reason) in expected.items():
        assert ask("use", reference) == (code, "", f"summit: {reason}\n")
    assert not schedules_folder().exists()
    assert ask("schedules", "--fields", "name,current").out == "bundled\ttrue\n"


def test_the_saved_schedules_are_listed(ask: Asked, site: Site) -> None:
    site["/s.json"] = page(TWO)
    url = site.url.replace("//", "//me:secret@")
    ask("use", f"{url}/s.json")
    bundled, conf = json.loads(ask("schedules", "--json").out)
    assert bundled == {
        "name": "bundled", "title": "第五届数字中国建设峰会", "start": "2022-07-23", "end": "2022-07-26",
        "sessions": 38, "bytes": bundled["bytes"], "fetched": None, "reference": "bundled", "current": False,
    }  # fmt: skip
    assert bundled["bytes"] > 10_000
    assert re.fullmatch(r"20..-..-..T..:..:..\+00:00", conf.pop("fetched"))
    assert conf == {
        "name": "conf", "title": "Conf", "start": "2024-05-01", "end": "2024-05-02", "sessions": 2,
        "bytes": len(TWO), "reference": f"{site.url.replace('//', '//me:***@')}/s.json", "current": True,
    }  # fmt: skip
    assert ask("schedules", "--fields", "name,start,end,current").out == (
        "bundled\t2022-07-23\t2022-07-26\tfalse\nconf\t2024-05-01\t2024-05-02\ttrue\n"
    )


def test_the_saved_schedules_in_a_terminal(terminal: Terminal, ask: Asked, tmp_path: Path) -> None:
    assert terminal("schedules", env={"LANG": "C.UTF-8"}).splitlines() == [
        "▸ 第五届数字中国建设峰会  bundled  23–26 July 2022  38 sessions  32 KB",
        "summit use https://…/schedule.json",
    ]
    ask("use", str(write(tmp_path / "s.json", document(session("a"), title={"en": "Conf", "zh": "大会"}))))
    now = time.gmtime()
    today = f"{now.tm_year}年{now.tm_mon}月{now.tm_mday}日"
    bytes_ = (tmp_path / "s.json").stat().st_size
    chinese = terminal("schedules", columns=110).splitlines()
    assert [line.rstrip() for line in chinese] == [
        "  第五届数字中国建设峰会  bundled  2022年7月23日至26日  38 场  32 KB",
        f"▸ 大会                    conf     2024年5月1日至2日    1 场   {bytes_} B  {today}下载",
    ]
    assert terminal("use", "conf").splitlines() == [
        "当前会议日程：大会（conf），2024年5月1日至2日，1 场", "summit · summit day 1 · summit use bundled",
    ]  # fmt: skip


def test_removing_a_schedule_keeps_its_agenda(ask: Asked, tmp_path: Path) -> None:
    file = str(write(tmp_path / "s.json", document(session("a"))))
    ask("use", file)
    ask("agenda", "add", "a")
    assert (
        ask("schedules", "remove", "cnof").err == 'summit: no schedule named "cnof". Did you mean "conf"?\n'
    )
    assert ask("schedules", "remove", "conf", "bundled").err == (
        "summit: the built-in schedule can't be removed\n"
    )
    assert ask("schedules", "remove", "conf") == (0, "", f"removed: conf\n{BUNDLED_IN_USE}")
    assert ask("schedules", "--fields", "name").out == "bundled\n"
    ask("use", file)
    assert ask("agenda", "-f", "ids").out == "a\n"


def test_removing_a_schedule_keeps_other_files_in_its_directory(ask: Asked, tmp_path: Path) -> None:
    file = write(tmp_path / "s.json", document(session("a")))
    assert ask("use", str(file), "--name", "mine").status == 0
    (schedules_folder() / "mine" / "notes.txt").write_text("precious")
    assert ask("schedules", "remove", "mine").status == 0
    assert [path.name for path in (schedules_folder() / "mine").iterdir()] == ["notes.txt"]
    assert (schedules_folder() / "mine" / "notes.txt").read_text() == "precious"
    assert "mine" not in ask("schedules").out
    assert ask("schedules", "remove", "mine").status == 2
    assert ask("use", str(file), "--name", "mine").status == 0
    assert ask("list", "-f", "ids").out == "a\n"


def test_directories_with_invalid_names_are_not_listed(ask: Asked, tmp_path: Path) -> None:
    file = write(tmp_path / "s.json", document(session("a")))
    assert ask("use", str(file), "--name", "mine").status == 0
    assert ask("use", "bundled").status == 0
    listed = ask("schedules", "-f", "json")
    for name in ("bundled", "a b", "a.b", "con", "x" * 65):
        shutil.copytree(schedules_folder() / "mine", schedules_folder() / name)
    assert ask("schedules", "-f", "json") == listed
    assert ask("list", "-f", "ids", "--schedule", "mine").out == "a\n"
    shutil.copytree(schedules_folder() / "mine", schedules_folder() / "other")
    assert "other" in ask("schedules").out


def test_a_conference_through_several_updates(ask: Asked, site: Site) -> None:
    url = f"{site.url}/s.json"
    site["/s.json"] = tagged(data(talk(10), session("other"), session("third")), '"1"')
    ask("use", url)
    ask("agenda", "add", "other")
    assert ask("update") == (0, "", "Conf is up to date\n")
    assert ask("update", "--check") == (0, "", "Conf is up to date\n")
    now = data(talk(14, "A1"), session("third", title="Third, renamed"), session("new"))
    site["/s.json"] = tagged(now, '"2"')
    told = ask("update", "--check", "--fields", "kind,in_agenda,id,was,now")
    assert (told.status, told.err) == (1, "")
    assert told.out.splitlines() == [
        "missing\ttrue\tother\t2024-05-01\t",
        "moved\tfalse\ttalk\t2024-05-01 10:00–11:00 Hall\t2024-05-01 14:00–15:00 A1",
        "new\tfalse\tnew\t\t2024-05-01",
        "renamed\tfalse\tthird\tThird\tThird, renamed",
    ]
    assert ask("list", "-f", "ids").out == "other\nthird\ntalk\n", "nothing is kept by --check"
    missing = "no longer in the schedule: Other, 1 May 2024\n"
    assert ask("update", "--fields", "kind,in_agenda,id,was,now") == told._replace(status=0, err=missing)
    assert ask("list", "-f", "ids").out == "third\nnew\ntalk\n"
    assert ask("update") == (0, "", "Conf is up to date\n")
    assert [headers.get("If-None-Match") for _path, headers in site.requests] == [
        None, '"1"', '"1"', '"1"', '"1"', '"2"',
    ]  # fmt: skip
    assert ask("update", "conf").err == ask("update", url).err == ask("update", "--schedule", "conf").err


def test_new_bytes_with_the_same_content_are_no_change(ask: Asked, site: Site) -> None:
    site["/s.json"] = tagged(TWO, '"1"')
    ask("use", f"{site.url}/s.json")
    site["/s.json"] = tagged(TWO, '"2"')
    assert ask("update") == ask("update") == (0, "", "Conf is up to date\n")
    for words in (["update", "--json"], ["update", "--check", "--json"]):
        assert ask(*words) == (0, "[]\n", "Conf is up to date\n")
    assert site.requests[-1][1]["If-None-Match"] == '"2"', "the new validator is kept"
    site["/s.json"] = tagged(TWO + b"\n", '"3"')
    assert ask("update", "--check") == (0, "", "nothing has changed\n")
    assert ask("update") == (0, "", "nothing has changed\n")
    assert ask("update") == (0, "", "Conf is up to date\n")


SHRUNK = (
    "summit: conf now has only {} of 6 sessions; keeping the copy of {}. To accept the new one:"
    " `summit update conf --force`\n"
)


def test_the_last_good_copy_is_kept_whatever_the_server_sends(ask: Asked, site: Site) -> None:
    url = f"{site.url}/s.json"
    ids = ["a", "b", "c", "d", "e", "f"]
    site["/s.json"] = tagged(data(*map(session, ids)), '"1"')
    ask("use", url)
    whole, today = ask("list"), time.strftime("%Y-%m-%d", time.gmtime())
    broken = {
        "gone": (status(404), 4, f"summit: can't download {url}: {NOTHING_THERE}\n"),
        "at fault": (
            status(500), 4, f"summit: can't download {url}: server error; try again later (500)\n",
        ),
        "a page": (
            page(b"<!doctype html><title>Moved</title>", "text/html"), 3,
            f"summit: {url} is not a schedule: {A_PAGE}\n",
        ),
        "garbage": (page(b"\0\1\2\3"), 3, f"summit: {url} is not a schedule: it looks like binary data\n"),
        "cut short": (page(TWO[:-20]), 3, None),
        "broken off": (breaks_off, 4, None),
        "too large": (endless(b" " * 2**20), 4, f"summit: can't download {url}: it is larger than 20 MB\n"),
        "a bomb": (packed(bytes(21 * 2**20)), 4, f"summit: can't download {url}: it is larger than 20 MB\n"),
        "in circles": (redirect("/s.json"), 4, f"summit: can't download {url}: {IN_CIRCLES}\n"),
        "to a file": (redirect("file:///etc/passwd"), 4, f"summit: can't download {url}: {NO_WEB}\n"),
        "no sessions": (page(data()), 3, SHRUNK.format(0, today)),
        "hardly any": (page(data(session("a"))), 3, SHRUNK.format(1, today)),
        "another's": (
            page(data(*map(session, "uvwxyz"), id="other", title="Other")), 3,
            f"summit: {ANOTHERS.format(today, url)}\n",
        ),
    }  # fmt: skip
    for kind, (answer, code, line) in broken.items():
        site["/s.json"] = answer
        for words in (["update"], ["update", "--check"]):
            said = ask(*words)
            assert said == (code, "", line or said.err), kind
            assert said.err.count("\n") == 1
        assert ask("list") == whole, kind
    site["/s.json"] = page(data(session("a")))
    assert ask("update", "--force", "-f", "ids") == (0, "b\nc\nd\ne\nf\n", "")
    assert ask("list", "-f", "ids").out == "a\n"


@pytest.mark.parametrize(("left", "expected"), [(2, 0), (1, 3)])
def test_an_update_to_fewer_than_a_third_of_the_sessions_needs_force(
    ask: Asked, site: Site, left: int, expected: int
) -> None:
    site["/s.json"] = page(data(*(session(f"s{number}") for number in range(5))))
    ask("use", f"{site.url}/s.json")
    site["/s.json"] = page(data(*(session(f"s{number}") for number in range(left))))
    assert ask("update").status == expected
    assert ask("update", "--force").status == 0


def test_invalid_output_options_fail_before_the_download(ask: Asked, site: Site) -> None:
    site["/s.json"] = tagged(TWO, '"1"')
    ask("use", f"{site.url}/s.json")
    site["/s.json"] = tagged(data(talk(10)), '"2"')
    site.asked()
    for words in ("-f ics", "-f nope", "--fields nope", "--template {nope}", "--json -f csv"):
        assert (ask("update", *words.split()).status, site.asked()) == (2, [])
    assert ask("update", "--fields", "help").out.splitlines()[:3] == ["kind", "in_agenda", "id"]
    assert (site.asked(), ask("list").out) == ([], LISTED)


def test_an_update_is_saved_even_if_its_report_can_not_be_written(warm: None, ask: Asked, site: Site) -> None:
    site["/s.json"] = page(data(*(session(f"s{number}") for number in range(9))))
    ask("use", f"{site.url}/s.json")
    site["/s.json"] = page(data(*(session(f"s{number}") for number in range(8))))
    script = f'"{sys.executable}" -m summitcli update | true; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (141, b"")
    assert ask("list", "-f", "ids").out.count("\n") == 8


def test_a_damaged_catalog_does_not_hide_changes(ask: Asked, site: Site) -> None:
    site["/s.json"] = page(TWO)
    before = {path.name for path in Path(os.environ["SUMMIT_CACHE"]).iterdir()}
    ask("use", f"{site.url}/s.json")
    (catalog,) = (path for path in Path(os.environ["SUMMIT_CACHE"]).iterdir() if path.name not in before)
    with sqlite3.connect(catalog) as connection:
        connection.execute("UPDATE session SET titles = '{'")
    connection.close()
    site["/s.json"] = page(data(talk(10)))
    assert ask("update", "--fields", "kind,id") == (0, "missing\tother\n", "")


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y
BEGIN:VEVENT
UID:one
SUMMARY:One
DTSTART;TZID=Europe/Berlin:2024050{}T100000
DTEND;TZID=Europe/Berlin:2024050{}T110000
END:VEVENT
END:VCALENDAR
"""


def test_a_conference_without_a_name_stays_the_same_when_it_begins_on_another_day(
    ask: Asked, site: Site
) -> None:
    site["/s.ics"] = page(CALENDAR.format(1, 1).encode(), "text/calendar")
    ask("use", f"{site.url}/s.ics")
    picked = ask("list", "-f", "ids").out.strip()
    ask("agenda", "add", picked)
    site["/s.ics"] = page(CALENDAR.format(2, 2).encode(), "text/calendar")
    moved = "moved: One: 1 May 2024 10:00–11:00 → 2 May 2024 10:00–11:00\n"
    assert ask("update", "--fields", "kind,in_agenda") == (0, "moved\ttrue\n", moved)
    for catalog in Path(os.environ["SUMMIT_CACHE"]).iterdir():
        catalog.unlink()
    assert ask("agenda", "-f", "ids").out == f"{picked}\n"
    assert json.loads(ask("about", "--json").out)["id"] == "conference-2024-05-01"


def test_a_conference_without_a_name_gets_the_users(ask: Asked, site: Site) -> None:
    site["/s.ics"] = page(CALENDAR.format(1, 1).encode(), "text/calendar")
    unnamed = "the schedule has no conference name; set one with `summit use SCHEDULE --name NAME`\n"
    assert ask("use", f"{site.url}/s.ics").err.startswith(unnamed)
    said = "current schedule: mine (mine), 1 May 2024, 1 session\n"
    assert ask("use", f"{site.url}/s.ics", "--name", "mine") == (0, "", said)
    about = json.loads(ask("about", "--json").out)
    assert (about["id"], about["title"]) == ("conference-2024-05-01", "mine"), "it has the agenda that it had"


def programme(called: str, *titles: str) -> bytes:
    """Return a calendar of that name with numbered events, as many publishers number theirs."""
    events = (
        f"BEGIN:VEVENT\nUID:{number}\nSUMMARY:{title}\nDTSTART:20240501T1{number}0000Z\n"
        f"DTEND:20240501T1{number}3000Z\nEND:VEVENT\n"
        for number, title in enumerate(titles)
    )
    return f"BEGIN:VCALENDAR\nX-WR-CALNAME:{called}\n{''.join(events)}END:VCALENDAR\n".encode()


@pytest.mark.parametrize("again", [["update"], ["use"]])
def test_a_renamed_conference_keeps_its_agenda(ask: Asked, site: Site, again: list[str]) -> None:
    site["/s.ics"] = page(programme("Conf", "Alpha", "Beta", "Gamma"))
    ask("use", f"{site.url}/s.ics")
    ask("agenda", "add", "1")
    site["/s.ics"] = page(programme("Conf 2024 in Halle", "Alpha", "Beta", "Gamma, renamed"))
    assert ask(*again, *([f"{site.url}/s.ics"] if again == ["use"] else [])).status == 0
    assert ask("agenda", "-f", "ids").out == "1\n"
    about = json.loads(ask("about", "--json").out)
    assert (about["id"], about["title"]) == ("conf", "Conf 2024 in Halle")
    for catalog in Path(os.environ["SUMMIT_CACHE"]).iterdir():
        catalog.unlink()
    assert ask("agenda", "-f", "ids").out == "1\n"


def test_another_conference_at_the_same_url_is_not_mistaken_for_it(ask: Asked, site: Site) -> None:
    site["/s.ics"] = page(programme("Conf 2024", "Alpha", "Beta", "Gamma"))
    ask("use", f"{site.url}/s.ics")
    ask("agenda", "add", "1")
    site["/s.ics"] = page(programme("Conf 2025", "Delta", "Epsilon", "Zeta"))
    today = time.strftime("%Y-%m-%d", time.gmtime())
    refused = 'conf-2024 now has another conference, "Conf 2025", 1 May 2024; keeping the copy of {}.'
    refused += f" To save the new one under another name: `summit use {site.url}/s.ics`"
    zone = "the schedule's time zone is unknown; showing times in UTC"
    said = f"{zone} (choose another with --assume-timezone ZONE)\nsummit: {refused.format(today)}\n"
    assert ask("update") == ask("update", "--check") == (3, "", said)
    assert ask("agenda", "-f", "ids").out == "1\n"
    assert ask("update", "--force").status == 0
    assert json.loads(ask("about", "--json").out)["id"] == "conf-2025"
    assert ask("agenda", "-f", "ids").out == "", "what was picked of the other stays with that"


def test_the_built_in_schedule_is_not_updated(ask: Asked) -> None:
    line = "the built-in schedule is updated only with summit itself\n"
    assert ask("update") == ask("update", "bundled") == (0, "", line)
    assert ask("update", "--check") == (0, "", line)
    assert ask("update", "conf").err == 'summit: no schedule named "conf". Available: bundled\n'
    assert ask("update", "https://me:secret@h/s").err == (
        "summit: https://me:***@h/s is not saved; save it with `summit use` first\n"
    )


def test_every_kind_of_damage_can_be_repaired(ask: Asked, site: Site) -> None:
    site["/s.json"] = tagged(TWO, '"1"')
    ask("use", f"{site.url}/s.json")
    (content,) = (schedules_folder() / "conf").glob("schedule-*")
    content.write_bytes(b"")
    assert ask("list") == (0, LISTED, ""), "its catalog is whole"
    for catalog in Path(os.environ["SUMMIT_CACHE"]).iterdir():
        catalog.unlink()
    damaged = 'the saved copy of "conf" is damaged; download it again with `summit update conf`'
    assert ask("list") == (3, "", f"summit: {damaged}\n")
    assert ask("list", "--schedule", "bundled").status == 0
    assert ask("update", "--check") == (3, "", f"summit: {damaged}\n")
    assert ask("update") == (0, "", "saved Conf again\n")
    assert ask("list") == (0, LISTED, "")
    (schedules_folder() / "conf" / "source.json").write_text("{")
    broken = 'can\'t read "conf": its file source.json is damaged;'
    broken += " replace it with `summit use SCHEDULE --name conf`"
    assert ask("list") == ask("update") == (3, "", f"summit: {broken}\n")
    assert ask("schedules", "--fields", "name") == (0, "bundled\n", f"{broken}\n")
    assert ask("use", f"{site.url}/s.json", "--name", "conf") == (0, "", IN_USE.format("2 sessions"))
    (schedules_folder() / "current").write_text("gone")
    lost = 'can\'t determine the current schedule: no saved schedule named "gone"; switch with'
    lost += " `summit use bundled`, or see `summit schedules`"
    assert ask("list") == (3, "", f"summit: {lost}\n")
    assert ask("schedules", "--fields", "name").out == "bundled\nconf\n"
    assert ask("use", "bundled") == (0, "", BUNDLED_IN_USE)


def test_the_assumed_time_zone_is_saved(ask: Asked, site: Site) -> None:
    site["/s.json"] = tagged(TWO, '"1"')
    ask("use", f"{site.url}/s.json", "--assume-timezone", "europe/berlin")
    kept = json.loads((schedules_folder() / "conf" / "source.json").read_text())
    assert kept["time_zone"] == "Europe/Berlin"
    ask("use", "conf", "--assume-timezone", "Asia/Tokyo")
    site["/s.json"] = tagged(data(talk(10)), '"2"')
    ask("update")
    kept = json.loads((schedules_folder() / "conf" / "source.json").read_text())
    assert (kept["time_zone"], kept["etag"], kept["sessions"]) == ("Asia/Tokyo", '"2"', 1)
    assert ask("list", "--assume-timezone", "UTC", "-f", "ids").out == "talk\n"


def test_no_password_is_ever_shown(ask: Asked, terminal: Terminal, site: Site, call: Run) -> None:
    url = site.url.replace("//", "//me:hunter2@") + "/s.json"
    site["/s.json"] = tagged(TWO, '"1"')
    commands = [
        ["use", url], ["schedules"], ["schedules", "--json"], ["schedules", "-f", "csv"], ["update"],
        ["update", url], ["list", "--schedule", url], ["about", "--json"], ["list", "-f", "ics"],
        ["list", "-f", "json"], ["use", url, "--name", "a b"], ["update", url + "x"], ["use", url + "x"],
        ["list", "--schedule", url + "x", "--debug"], ["use", "conf", "--name", url],
        ["schedules", "remove", url],
        ["use", url.replace("http", "ftp")], ["use", url.replace("127.0.0.1", "[::1")],
    ]  # fmt: skip
    for words in commands:
        answer = ask(*words)
        assert "hunter2" not in answer.out + answer.err, words
    for words in (
        ["day", "1", "--schedule", url],
        ["schedules"],
        ["use", url],
        ["search", "talk", "--schedule", url],
    ):
        assert "hunter2" not in terminal(*words, styled=True)
    assert "hunter2" not in ask("list").out
    for folder, _names, files in os.walk(os.environ["SUMMIT_CACHE"]):
        for file in files:
            assert b"hunter2" not in (Path(folder) / file).read_bytes()
    (private,) = schedules_folder().rglob("source.json")
    assert "hunter2" in private.read_text()
    assert private.stat().st_mode & 0o777 == 0o600


def test_four_updates_at_once(call: Run, site: Site) -> None:
    for number in range(4):
        site[f"/{number}"] = page(data(session(f"a{number}"), title=f"Conf {number}"))
    site["/same"] = page(data(session("a"), id="same"))
    references = [*(f"{site.url}/{number}" for number in range(4)), *[f"{site.url}/same"] * 4]
    processes = [
        subprocess.Popen([*SUMMIT, "use", one], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for one in references
    ]
    answers = [(*process.communicate(timeout=60), process.returncode) for process in processes]
    assert [(out, code) for out, _err, code in answers] == [(b"", 0)] * 8
    names = call("schedules", "--fields", "name").split()
    assert names == ["bundled", "conf", "conf-2", "conf-3", "conf-4", "same"]
    rows = json.loads(call("schedules", "--json"))
    assert {row["reference"] for row in rows[1:]} == set(references)
    for row in rows[1:]:
        shown = json.loads(call("about", "--json", "--schedule", row["name"]))
        assert shown["title"] == row["title"]


def test_a_read_only_directory_is_an_error_of_one_line(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(write(tmp_path / "s.json", document(session("a"))))
    monkeypatch.setenv("SUMMIT_DATA", "/proc/summit")
    assert ask("use", file) == (
        4, "", "summit: can't write to /proc/summit/schedules: No such file or directory\n",
    )  # fmt: skip
    assert ask("list").status == ask("schedules").status == ask("use", "bundled").status == 0


def test_a_hostile_title_is_shown_harmlessly(ask: Asked, terminal: Terminal, tmp_path: Path) -> None:
    evil = "\x1b[31mred\x07\x9b2J\u202e[red]x[/]\t\n"
    file = str(write(tmp_path / "s.json", document(session("a"), title={"en": evil, "zh": evil})))
    answers = [
        ask("use", file),
        ask("schedules"),
        ask("update"),
        Answer(0, terminal("schedules", columns=150), ""),
    ]
    for answer in answers:
        assert set("\x1b\x07\x9b\u202e\r") & set(answer.out + answer.err) == set()
        assert (answer.out + answer.err).count("[red]x[/]") == 1
    assert json.loads(ask("schedules", "--json").out)[1]["title"] == evil


def test_a_slow_download_shows_its_progress_and_clears_it(terminal: Terminal, site: Site) -> None:
    def slow(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(TWO)))
        handler.end_headers()
        for start in range(0, len(TWO), 200):
            time.sleep(1.5 * 200 / len(TWO))
            handler.wfile.write(TWO[start : start + 200])

    site["/s.json"] = slow
    screen = terminal("use", f"{site.url}/s.json", styled=True)
    assert "正在下载" in screen
    assert f"{len(TWO)} bytes" in screen
    # It takes its line away when it is done.
    assert screen.rpartition("正在下载")[2].count("\x1b[2K") == 1


def test_an_interrupt_ends_a_download_at_once(warm: None, site: Site) -> None:
    begun, ended = threading.Event(), threading.Event()

    def hangs(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b" ")
        begun.set()
        ended.wait(300)

    site["/s.json"] = hangs
    process = subprocess.Popen([*SUMMIT, "use", f"{site.url}/s.json"], stderr=subprocess.PIPE)
    assert begun.wait(60)
    process.send_signal(signal.SIGINT)
    # The server is still there: nobody waited for it.
    assert process.communicate(timeout=60)[1] == b""
    ended.set()
    assert process.returncode == 130
    assert not schedules_folder().exists()


def test_completion_offers_saved_names_and_downloads_nothing(call: Run, site: Site, tmp_path: Path) -> None:
    call("use", str(write(tmp_path / "s.json", document(session("a")))), err=None)

    def tab(*words: str) -> str:
        return call("summit", *words, env={"_SUMMIT_COMPLETE": "zsh"})

    bundled = "bundled\tthe built-in schedule\n"
    assert tab("use", "") == tab("list", "--schedule", "") == f"\tfiles\n{bundled}conf\tConf\n"
    assert tab("update", "") == tab("schedules", "remove", "") == "conf\tConf\n"
    assert tab("show", "--schedule", f"{site.url}/s.json", "") == ""
    assert site.asked() == []
