"""An isolated home directory for each run, so that the user's data is neither read nor written."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUMMIT = [sys.executable, "-m", "summitcli"]
TIMEOUT = 60
"""The maximum time of any process, in seconds."""


@contextmanager
def home() -> Iterator[Path]:
    """Yield a temporary home directory, with an environment without settings while the block runs."""
    from tests.conftest import WIPED
    from tests.inside import environment

    with tempfile.TemporaryDirectory() as folder, environment(variables(Path(folder))):
        for name in WIPED:
            os.environ.pop(name, None)
        yield Path(folder)


def variables(folder: Path) -> dict[str, str]:
    """Return the environment variables of a home at ``folder``."""
    return {
        "SUMMIT_CACHE": str(folder / "cache"),
        "SUMMIT_DATA": str(folder / "data"),
        "HOME": str(folder / "home"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "SUMMIT_PAGER": "",
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT))),
    }


def summit(
    *words: str, env: Mapping[str, str] | None = None, stdin: bytes = b""
) -> "subprocess.CompletedProcess[bytes]":
    """Run the program in a new process."""
    return subprocess.run(
        [*SUMMIT, *words],
        env={**os.environ, **(env or {})},
        input=stdin,
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
    )


def scaled(number: int, scale: float) -> int:
    """Return the share ``scale`` of ``number``, at least 1."""
    return max(1, round(number * scale))
