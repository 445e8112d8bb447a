"""`summit remind`: reminders once, the errors, and the systemd unit."""

import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from tests.cli.timed_screens import FIRST, conference
from tests.conftest import Asked
from tests.schedules import document, session, timed, write


@pytest.fixture(autouse=True)
def starred(tmp_path: Path, ask: Asked) -> None:
    """Save and use a small schedule with times, and star some sessions."""
    ask("use", str(write(tmp_path / "timed.json", conference())))
    ask("star", "opening", "clear", "posters")


def test_once_says_what_is_due_and_exits(ask: Asked) -> None:
    at = ("--at", f"{FIRST}T08:55")
    opening = "★ Opening  09:00–09:30 · Great Hall of the Old Observatory (in 5 min)\n"
    title = "Clear programs: what a reader sees first, and why it matters to all who come"
    clear = f"★ {title}  09:30–10:30 · Great Hall of the Old Observatory (in 35 min)\n"
    assert ask("remind", "--once", *at) == (0, opening, "")
    assert ask("remind", "--once", "--before", "1h", *at) == (0, opening + clear, "")
    assert ask("remind", "--once", "--lang", "zh", *at).out == (
        "★ 开幕式  09:00–09:30 · Great Hall of the Old Observatory（5 分钟后）\n"
    )
    assert ask("remind", "--once", "--at", f"{FIRST}T08:45") == (1, "", "no session begins that soon\n")


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("--before", "soon"), 2, 'summit: "soon" is not a duration; use 30m, 2h or 1d'),
        (
            ("--notify", "osc"),
            2,
            'summit: no kind of notification "osc". Did you mean "osc9" or "osc99" or "osc777"?',
        ),
        (("--pick", "hidden"), 2, 'summit: no mark "hidden". Available: yes, maybe'),
        (("--pick", "yse"), 2, 'summit: no mark "yse". Did you mean "yes"?'),
        (("--run", ""), 2, "summit: --run needs a command"),
        (("--run", "no-such-command {title}"), 2, 'summit: no command "no-such-command"'),
        (("--name", "defalt"), 1, 'no agenda "defalt". Did you mean "default"?'),
        (("--name", "defalt", "--install"), 1, 'no agenda "defalt". Did you mean "default"?'),
        (("--once", "--install"), 2, "summit: --once can't be used with --install"),
        ((), 1, "the conference is over: nothing to remind you of"),
    ],
)
def test_errors(ask: Asked, words: tuple[str, ...], status: int, message: str) -> None:
    assert ask("remind", *words) == (status, "", f"{message}\n")


@pytest.mark.parametrize("way", ["auto", "desktop", "osc9", "osc99", "osc777", "none"])
def test_every_kind_of_notification_is_known(ask: Asked, way: str) -> None:
    said = "no session begins that soon\n"
    assert ask("remind", "--once", "--notify", way, "--at", f"{FIRST}T08:45") == (1, "", said)


def test_sessions_marked_as_maybe_can_be_left_out(ask: Asked) -> None:
    ask("star", "opening", "--maybe")
    at = ("--once", "--before", "1h", "--at", f"{FIRST}T08:55")
    assert [ask("remind", *at, *words).out.split()[0:2] for words in ((), ("--pick", "maybe"))] == [
        ["☆", "Opening"], ["☆", "Opening"],
    ]  # fmt: skip
    assert ask("remind", *at, "--pick", "yes").out.startswith("★ Clear")
    assert ask("remind", *at, "--pick", "yes", "--pick", "maybe").out.count("\n") == 2


def test_it_waits_for_an_agenda_that_is_empty_and_says_so(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    ask("agenda", "clear", "--yes")
    monkeypatch.setattr(time, "sleep", interrupted)
    empty = "your agenda is empty; add a session with `summit agenda add ID`\n"
    waits = "0 sessions to come; press Ctrl-C to stop\n"
    assert ask("remind", "--at", FIRST) == (130, "", f"{empty}{waits}")
    ask("star", "opening", "--maybe")
    unmarked = "no session in your agenda has this mark\n"
    assert ask("remind", "--at", FIRST, "--pick", "yes") == (130, "", f"{unmarked}{waits}")
    one = "1 session to come; press Ctrl-C to stop\n"
    assert ask("remind", "--at", FIRST, "--pick", "maybe") == (130, "", one)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it writes a unit of systemd")
def test_install_writes_a_unit_and_never_replaces_one_of_others(ask: Asked, tmp_path: Path) -> None:
    path = tmp_path / "home" / ".config" / "systemd" / "user" / "summit-remind.service"
    started = "systemctl --user daemon-reload && systemctl --user enable --now summit-remind.service"
    said = f"wrote {path}; start the service with `{started}`\n"
    assert ask("remind", "--install", "--before", "5m", "--pick", "yes", "--run", "true {title}") == (
        0,
        "",
        said,
    )
    lines = path.read_text().splitlines()
    words = f'"{sys.executable}" "-m" "summitcli" "remind" "--before=5m" "--pick=yes" "--notify=auto"'
    true = shutil.which("true")
    assert f"""ExecStart={words} "--run={true} '{{title}}'\"""" in lines
    assert f'Environment="SUMMIT_DATA={os.environ["SUMMIT_DATA"]}"' in lines
    assert ask("remind", "--install").status == 0
    path.write_text("[Unit]\n")
    refused = f"summit: can't write {path}: another service has this name; move or rename its file\n"
    assert ask("remind", "--install") == (4, "", refused)
    assert path.read_text() == "[Unit]\n"
    path.write_bytes(b"# \xff\n[Unit]\n")
    assert ask("remind", "--install") == (4, "", refused)
    path.unlink()
    assert ask("remind", "--install", "--schedule", "bundled").status == 0
    assert '"--schedule=bundled"' in path.read_text()


def test_other_systems_have_no_units(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    said = "summit: this computer has no systemd; docs/reminders.md explains other ways\n"
    assert ask("remind", "--install") == (2, "", said)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it writes a unit of systemd")
def test_a_unit_means_the_same_in_another_directory(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("star", "opening", "--name", "friends")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    monkeypatch.setenv("SUMMIT_LANG", "auto")
    monkeypatch.setenv("SUMMIT_TIMEZONE", "local")
    own = tmp_path / "own"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    words = ("--schedule", "timed.json", "--timezone", "Asia/Tokyo", "--lang", "en", "--name", "friends",
             "--assume-timezone", "Europe/Berlin")  # fmt: skip
    assert ask("remind", "--install", "--run", "./own {title}", *words).status == 0
    unit = (tmp_path / "home/.config/systemd/user/summit-remind.service").read_text()
    [line] = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    for option in (f"--run={tmp_path}/own '{{title}}'", f"--schedule={tmp_path}/timed.json", "--name=friends",
                   "--timezone=Asia/Tokyo", "--lang=en", "--assume-timezone=Europe/Berlin"):  # fmt: skip
        assert f'"{option}"' in line
    for variable in ("SUMMIT_DATA", "SUMMIT_CACHE", "SUMMIT_LANG", "SUMMIT_TIMEZONE", "XDG_DATA_HOME",
                     "XDG_CACHE_HOME", "LC_ALL", "LC_MESSAGES", "LANG"):  # fmt: skip
        value = os.environ.get(variable)
        assert (f'Environment="{variable}={value}"' in unit.splitlines()) == (value is not None)
    assert ask("remind", "--install", "--schedule", "conf").status == 0
    unit = (tmp_path / "home/.config/systemd/user/summit-remind.service").read_text()
    assert '"--schedule=conf" "--lang=zh"' in unit
    refused = "summit: --install can't be used with a schedule on stdin\n"
    assert ask("remind", "--install", "--schedule", "-", "--lang", "en") == (2, "", refused)


@pytest.mark.parametrize("words", [(), ("--once",)])
def test_a_schedule_without_times_has_nothing_to_remind_of(ask: Asked, words: tuple[str, ...]) -> None:
    at = ("--schedule", "bundled", "--at", "2022-07-23")
    said = "this schedule has no times: nothing to remind you of\n"
    assert ask("remind", *words, *at) == (1, "", said)
    ask("star", "big-data-forum", "--schedule", "bundled")
    assert ask("remind", *words, *at) == (1, "", said)


@pytest.mark.parametrize("words", [(), ("--once",)])
def test_an_agenda_of_sessions_without_times_has_nothing_to_remind_of(
    ask: Asked, tmp_path: Path, words: tuple[str, ...]
) -> None:
    talk = session("talk", timed("2024-05-01", "2024-05-01T09:00:00+02:00", "2024-05-01T10:00:00+02:00"))
    ask("use", str(write(tmp_path / "mixed.json", document(talk, session("expo")))))
    ask("star", "expo")
    said = "nothing in your agenda has a time: nothing to remind you of\n"
    assert ask("remind", *words, "--at", "2024-05-01T08:55") == (1, "", said)
    ask("star", "talk")
    assert ask("remind", "--once", "--at", "2024-05-01T08:55").status == 0
