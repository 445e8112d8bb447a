"""The systemd user unit that runs ``summit remind``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NAME = "summit-remind.service"
MARK = "# Written by `summit remind --install`."
"""The first line of a unit that this program wrote; units written by somebody else don't have it."""


def unit(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the text of the unit.

    When the conference is over, the program ends. systemd starts it again every ten minutes, so that it finds
    the next conference.

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
    """Return a word in the quotes and escapes that systemd understands (systemd.syntax, systemd.unit)."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("\n", "\\n")
    return f'"{escaped}"'
