"""The systemd user unit that runs ``summit remind``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NAME = "summit-remind.service"
MARK = "# Written by `summit remind --install`."
"""The first line of a unit, by which one that somebody else has written is told."""


def unit(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the text of the unit.

    It starts the program again after ten minutes if it has ended, as it does once the conference is over.

    Args:
        words: the command and its arguments; the first is an absolute path.
        environment: the environment variables that the command needs.
    """
    variables = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in environment.items())
    return (
        f"{MARK}\n[Unit]\nDescription=Reminders of sessions\n\n"
        f"[Service]\n{variables}ExecStart={' '.join(_quoted(word).replace('$', '$$') for word in words)}\n"
        "Restart=always\nRestartSec=10min\n\n[Install]\nWantedBy=default.target\n"
    )


def _quoted(word: str) -> str:
    """Return a word as systemd reads it back (systemd.syntax, systemd.unit on specifiers)."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("\n", "\\n")
    return f'"{escaped}"'
