"""A home of a run's own, so that nothing of the user's is read or written."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUMMIT = [sys.executable, "-m", "summitcli"]
PATIENCE = 60
"""How long any process may take, in seconds."""


@contextmanager
def home() -> Iterator[Path]:
    """A folder that holds everything, and an environment without wishes, as long as the block runs."""
    from tests.conftest import WIPED
    from tests.inside import environment

    with tempfile.TemporaryDirectory() as folder, environment(variables(Path(folder))):
        for name in WIPED:
            os.environ.pop(name, None)
        yield Path(folder)


def variables(folder: Path) -> dict[str, str]:
    """The environment of a home at ``folder``."""
    return {
        "SUMMIT_CACHE": str(folder / "cache"),
        "SUMMIT_DATA": str(folder / "data"),
        "HOME": str(folder / "home"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT))),
    }


def summit(
    *words: str, env: Mapping[str, str] | None = None, stdin: bytes = b""
) -> "subprocess.CompletedProcess[bytes]":
    """Run the program as a process of its own."""
    return subprocess.run(
        [*SUMMIT, *words],
        env={**os.environ, **(env or {})},
        input=stdin,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


def counted(number: int, scale: float) -> int:
    """So many, or the share that a short run tries of them, one at the least."""
    return max(1, round(number * scale))
