"""Copying to the system's clipboard, with a program such as ``xclip``."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

TIMEOUT = 2


def copy(text: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Copy ``text`` with a program of the system; return whether that succeeded.

    There is another way, which this function does not use: many terminals copy a text that is sent to them
    with the escape sequence OSC 52.

    Args:
        text: the text.
        environment: the environment variables. They tell whether there is a display.
    """
    for line in _programs(environment):
        program = shutil.which(line[0], path=environment.get("PATH"))
        if program is None:
            continue
        try:
            subprocess.run(  # noqa: S603
                [program, *line[1:]],
                input=text.encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=TIMEOUT,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return True
    return False


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether programs with windows can be started, such as a web browser."""
    return sys.platform in ("darwin", "win32") or bool(
        environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    )


def _programs(environment: Mapping[str, str]) -> list[list[str]]:
    if sys.platform == "darwin":
        return [["pbcopy"]]
    if sys.platform == "win32":
        return [["clip"]]
    found = [["wl-copy"]] if environment.get("WAYLAND_DISPLAY") else []
    if environment.get("DISPLAY"):
        found += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    return found
