"""The pager for long output."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from summitcli.cli.terminal.pager import LongText, paged, pager_command
from tests.conftest import Asked
from tests.inside import look

SAVING = "tee paged"
"""A pager that saves what it shows."""


@pytest.fixture(autouse=True)
def small_world(warm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a directory of the test's own, where ``list`` is longer than the screen of 50 lines."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({}, ["less"]),
        ({"PAGER": "more"}, ["more"]),
        ({"PAGER": "more", "SUMMIT_PAGER": "most -s '+/a b'"}, ["most", "-s", "+/a b"]),
        ({"PAGER": "more", "SUMMIT_PAGER": ""}, []),
        ({"PAGER": ""}, []),
        ({"SUMMIT_PAGER": "less 'unclosed"}, []),
        ({"TERM": "dumb"}, []),
        ({"TERM": "dumb", "SUMMIT_PAGER": "more"}, []),
    ],
    ids=str,
)
def test_the_command_of_the_pager(environment: Mapping[str, str], command: list[str]) -> None:
    assert pager_command({"TERM": "xterm", **environment}) == command


def test_a_terminal_of_unknown_kind_has_no_pager() -> None:
    assert pager_command({}) == ([] if os.name != "nt" else ["less"])


def test_output_longer_than_the_screen_goes_through_the_pager(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = look(["list"]).out
    monkeypatch.setenv("SUMMIT_PAGER", SAVING)
    assert look(["list"]) == (0, whole, "")
    assert Path("paged").read_text("utf-8") == whole
    assert whole.count("\n") > 50


@pytest.mark.parametrize(
    ("words", "variables"),
    [
        (["day", "4"], {}),
        (["list", "--no-pager"], {}),
        (["list", "-f", "tsv"], {}),
        (["list"], {"TERM": "dumb"}),
        (["list"], {"LINES": "500"}),
    ],
    ids=str,
)
def test_no_pager_is_used(
    words: list[str], variables: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"SUMMIT_PAGER": SAVING, **variables}.items():
        monkeypatch.setenv(name, value)
    assert look(words).status == 0
    assert not Path("paged").exists()


def test_no_pager_is_used_in_a_pipe(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_PAGER", SAVING)
    assert ask("list", "-f", "table").status == 0
    assert not Path("paged").exists()


@pytest.mark.parametrize("command", ["no-such-pager", "/", "nowhere/less -R"])
def test_the_output_is_whole_if_the_pager_is_not_there(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = look(["list"])
    monkeypatch.setenv("SUMMIT_PAGER", command)
    assert look(["list"]) == whole


@pytest.mark.parametrize(("own", "used"), [(None, "FRX"), ("-S", "-S"), ("", "")])
def test_the_options_of_less(own: str | None, used: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if own is not None:
        monkeypatch.setenv("LESS", own)
    monkeypatch.setenv("SUMMIT_PAGER", """sh -c 'echo "[$LESS]"; cat > /dev/null'""")
    assert look(["list"]).out == f"[{used}]\n"


def test_quitting_the_pager_early_is_silent() -> None:
    with paged(["true"], 2) as output:
        for _number in range(100):
            output.write("line\n" * 10_000)
        raise AssertionError("it was written to the end")  # pragma: no cover


def test_an_error_behind_the_first_lines_is_raised_when_the_user_has_quit() -> None:
    with pytest.raises(ZeroDivisionError), paged(["cat"], 2) as output:
        output.write("1\n2\n3\n")
        raise ZeroDivisionError


def test_the_first_screen_is_shown_before_the_rest_is_made(tmp_path: Path) -> None:
    shown = tmp_path / "first"
    os.mkfifo(shown)
    text = LongText(["sh", "-c", f"head -3 > {shown}; cat > /dev/null"], 3)
    text.write("1\n2\n")
    text.write("3\n")
    text.flush()
    assert shown.read_text() == "1\n2\n3\n"
    text.write("4\n")
    text.close()


def test_a_table_in_a_pipe_is_the_one_in_the_terminal(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in ("zh_CN.UTF-8", "en_US.UTF-8"):
        monkeypatch.setenv("LANG", language)
        for width in (60, 120):
            monkeypatch.setenv("COLUMNS", str(width))
            drawn = look(["day", "4", "--color", "never", "-q"], width).out
            assert ask("day", "4", "-f", "table") == (0, drawn, "")
    monkeypatch.delenv("COLUMNS")
    assert ask("day", "4", "-f", "table").out == look(["day", "4", "--color", "never", "-q"], 80).out
