"""Files named by the user: complete, at the right place, and with the permissions of the old file."""

import os
import stat
from pathlib import Path

import pytest

from tests.conftest import Asked


def test_a_file_that_is_replaced_keeps_its_permissions(ask: Asked, tmp_path: Path) -> None:
    modes = {}
    for mode in (0o600, 0o640, 0o444, 0o755, 0o666, 0o604):
        file = tmp_path / f"{mode}.ics"
        file.touch()
        file.chmod(mode)
        assert ask("export", "-o", str(file)).status == 0
        assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")
        modes[mode] = stat.S_IMODE(file.stat().st_mode)
    assert modes == {mode: mode for mode in modes}


@pytest.mark.parametrize(
    "words", [["export", "-o"], ["grid", "--svg"], ["convert", "bundled", "-f", "ics", "-o"]]
)
@pytest.mark.parametrize(
    ("name", "said"), [("", "No such file or directory"), ("new/", "Is a directory"), (".", "Is a directory")]
)
def test_a_path_that_names_no_file_is_an_error(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(os.listdir(tmp_path))
    assert ask(*words, name) == (4, "", f"summit: can't write {name}: {said}\n")
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("name", ["x" * 255, "数" * 83 + ".ics", "x" * 240 + ".json"])
def test_a_name_may_be_as_long_as_the_system_allows(ask: Asked, tmp_path: Path, name: str) -> None:
    before = sorted(os.listdir(tmp_path))
    assert ask("export", "-f", "ics", "-o", str(tmp_path / name)).status == 0
    assert sorted(os.listdir(tmp_path)) == sorted([*before, name])


def test_a_hyphen_is_standard_output(ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(os.listdir(tmp_path))
    for words in (["export", "-o"], ["grid", "--svg"], ["convert", "bundled", "-f", "json", "-o"]):
        whole = ask(*words, "file")
        assert whole.status == 0
        assert ask(*words, "-") == (0, Path("file").read_bytes().decode(), "")
        Path("file").unlink()
    assert sorted(os.listdir(tmp_path)) == before
