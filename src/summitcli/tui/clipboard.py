"""Copying to the system's clipboard, by whatever program the system has for it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

TIMEOUT = 2


def copy(text: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Copy ``text`` by a program of the system, and return whether there is one that did.

    A terminal may have a clipboard of its own, which is reached by the escape sequence OSC 52 instead.

    Args:
        text: the text.
        environment: the environment variables, which tell whether there is a display.
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
    """Return whether programs with windows, such as a web browser, can be started."""
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
