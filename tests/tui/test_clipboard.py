"""Copying by programs of the system."""

import sys
from pathlib import Path

import pytest

from summitcli.tui.clipboard import copy, has_display

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="programs of X and Wayland")


def program(folder: Path, name: str, status: int = 0) -> None:
    """Write a program that stores its input in a file beside it."""
    path = folder / name
    path.write_text(f'#!/bin/sh\n/bin/cat > "{folder}/{name}.out"\nexit {status}\n')
    path.chmod(0o755)


def test_the_program_of_the_display_gets_the_text(tmp_path: Path) -> None:
    program(tmp_path, "wl-copy")
    program(tmp_path, "xclip")
    assert copy("大数据", {"PATH": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"})
    assert (tmp_path / "wl-copy.out").read_text("utf-8") == "大数据"
    assert not (tmp_path / "xclip.out").exists()


def test_the_next_program_is_tried_when_one_fails(tmp_path: Path) -> None:
    program(tmp_path, "xclip", status=1)
    program(tmp_path, "xsel")
    assert copy("x", {"PATH": str(tmp_path), "DISPLAY": ":0"})
    assert (tmp_path / "xsel.out").read_text() == "x"


def test_without_a_display_there_is_none(tmp_path: Path) -> None:
    program(tmp_path, "xclip")
    assert not copy("x", {"PATH": str(tmp_path)})
    assert not has_display({}) and has_display({"DISPLAY": ":0"})
