"""Notifications that terminals show: their escape sequences (OSC), also for terminals inside tmux."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from summitcli.text.printable import printable

PROTOCOLS = ("osc9", "osc99", "osc777")
"""The protocols for notifications: of iTerm2 and many others, of kitty, and of urxvt and VTE terminals."""

MAX_TEXT = 250
"""The maximum length of a title or text, in characters. kitty accepts 2,048 bytes, other terminals fewer."""

_VARIABLES = {
    "KITTY_WINDOW_ID": "osc99",
    "WEZTERM_PANE": "osc777",
    "GHOSTTY_RESOURCES_DIR": "osc777",
    "VTE_VERSION": "osc777",
    "ITERM_SESSION_ID": "osc9",
    "WT_SESSION": "osc9",
    "ConEmuPID": "osc9",
}
"""The protocol of each terminal, by an environment variable that it sets and that tmux passes on."""
_TERMS = {"foot": "osc777", "rxvt-unicode": "osc777", "xterm-kitty": "osc99", "xterm-ghostty": "osc777"}


def protocol(environment: Mapping[str, str]) -> str | None:
    """Return the terminal's protocol for notifications; None if ``environment`` does not show it."""
    named = next((osc for variable, osc in _VARIABLES.items() if environment.get(variable)), None)
    term = environment.get("TERM", "")
    return named or _TERMS.get(term) or _TERMS.get(term.partition("-256color")[0])


def sequence(protocol: str, title: str, body: str, number: int, in_tmux: bool) -> str:
    """Return the escape sequence that shows a notification.

    Args:
        protocol: one of :data:`PROTOCOLS`.
        title: the title; unsafe characters are escaped, and the rest of a very long one is left out.
        body: the text below the title.
        number: a number; no other notification of this process has it.
        in_tmux: True if the terminal is in tmux, which must pass the sequence on. It does so if its option
            ``allow-passthrough`` is on.
    """
    title, body = (_shortened(printable(text).replace(";", ",")) for text in (title, body))
    if protocol == "osc99":
        key = f"i=summit-{number}:e=1"
        parts = [f"99;{key}:d=0:p=title;{_encoded(title)}", f"99;{key}:d=1:p=body;{_encoded(body)}"]
    elif protocol == "osc777":
        parts = [f"777;notify;{title};{body}"]
    else:
        # A text that begins with a number would be another command for ConEmu.
        parts = [f"9;summit: {title}, {body}"]
    commands = "".join(f"\x1b]{part}\x1b\\" for part in parts)
    if not in_tmux:
        return commands
    return "\x1bPtmux;" + commands.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…"


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
