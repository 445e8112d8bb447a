"""Every kind of thing that may exist at a path, for testing how functions react."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def failing(code: int) -> Callable[..., Any]:
    """Return a system call that fails with ``code``."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """Create a path of every kind; return the paths by kind."""
    (tmp_path / "file").write_bytes(b"0123456789")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folders").symlink_to("folder")
    os.mkfifo(tmp_path / "pipe")
    names = (
        "file", "folder", "link", "dangling", "loop", "pipe", "nothing", "file/x", "folder/x", "folder/x/y",
        "nothing/x", "dangling/x", "loop/x", "pipe/x", "folders/x", "link/x",
    )  # fmt: skip
    return {name: str(tmp_path / name) for name in names}


def outcomes(places: dict[str, str], ask: Callable[[str], object]) -> dict[str, object]:
    """Return for every path what a call returns, or the class of its error."""
    found: dict[str, object] = {}
    for name, path in places.items():
        try:
            found[name] = ask(path)
        except OSError as error:
            found[name] = type(error).__name__
    return found
