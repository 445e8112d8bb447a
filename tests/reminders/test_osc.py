"""The escape sequences that terminals show as notifications."""

import pytest

from summitcli.reminders.osc import PROTOCOLS, protocol, sequence


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("osc9", "\x1b]9;summit: 4,1,50, Hall\\x1b\x1b\\"),
        ("osc777", "\x1b]777;notify;4,1,50;Hall\\x1b\x1b\\"),
        (
            "osc99",
            (
                "\x1b]99;i=summit-3:e=1:d=0:p=title;NCwxLDUw\x1b\\"
                "\x1b]99;i=summit-3:e=1:d=1:p=body;SGFsbFx4MWI=\x1b\\"
            ),
        ),
    ],
)
def test_no_text_of_a_schedule_ends_a_sequence_or_begins_another(name: str, text: str) -> None:
    assert sequence(name, "4;1;50", "Hall\x1b", 3, in_tmux=False) == text
    wrapped = "\x1bPtmux;" + text.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    assert sequence(name, "4;1;50", "Hall\x1b", 3, in_tmux=True) == wrapped


def test_the_protocols_are_those_of_the_option() -> None:
    assert PROTOCOLS == ("osc9", "osc99", "osc777")


@pytest.mark.parametrize(("length", "sent"), [(250, "x" * 250), (251, "x" * 249 + "…")])
def test_what_is_too_long_for_a_terminal_is_left_out(length: int, sent: str) -> None:
    assert (
        sequence("osc777", "x" * length, "x" * length, 1, in_tmux=False)
        == f"\x1b]777;notify;{sent};{sent}\x1b\\"
    )


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-kitty"}, "osc99"),
        ({"TERM": "foot"}, "osc777"),
        ({"TERM": "rxvt-unicode-256color"}, "osc777"),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, "osc99"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, "osc777"),
        ({"TERM": "xterm-256color", "ITERM_SESSION_ID": "w0"}, "osc9"),
        ({"TERM": "xterm-256color", "WEZTERM_PANE": "0"}, "osc777"),
        ({"TERM": "xterm-256color", "GHOSTTY_RESOURCES_DIR": "/g"}, "osc777"),
        ({"TERM": "xterm-256color", "WT_SESSION": "x"}, "osc9"),
        ({"TERM": "xterm-256color", "ConEmuPID": "1"}, "osc9"),
        ({"TERM": "xterm-ghostty"}, "osc777"),
        ({"TERM": "foot-extra"}, None),
        ({"TERM": "xterm-256color"}, None),
        ({}, None),
    ],
)
def test_the_protocol_is_that_of_the_terminal_also_in_tmux(
    environment: dict[str, str], expected: str | None
) -> None:
    assert protocol(environment) == expected
