"""Checking paths and reading files, with errors of the operating system."""

import errno
import os
from pathlib import Path

import pytest

from summitcli.storage import paths
from tests.storage.places import failing, outcomes

LETTERS = "use letters, digits, hyphens and underscores"
TOO_LONG = "longer than 64 characters"
WINDOWS = "reserved by Windows"
DEVICES = [
    "con", "prn", "aux", "nul",
    "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "com¹", "com²", "com³",
    "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("a", ""), ("A-b_c1", ""), ("-a", ""), ("_", ""), ("-", ""), ("1", ""), ("第五届", ""), ("", LETTERS),
        ("a b", LETTERS), ("a.b", LETTERS), ("a/b", LETTERS), (".", LETTERS), ("..", LETTERS),
        ("a\n", LETTERS), ("\udcff", LETTERS), ("\0", LETTERS), ("🙂", LETTERS), (" ", LETTERS),
        ("x" * 64, ""), ("x" * 65, TOO_LONG), ("𠀀" * 50, ""), ("𠀀" * 51, TOO_LONG), ("中" * 64, ""),
        ("com", ""), ("lpt", ""), ("com10", ""), ("con1", ""), ("console", ""),
    ],
)  # fmt: skip
def test_valid_and_invalid_names(name: str, fault: str) -> None:
    assert paths.fault_of_name(name) == fault


def test_a_name_that_the_system_can_not_encode_is_invalid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsencode", lambda name: name.encode("ascii"))
    assert paths.fault_of_name("abc") == ""
    assert paths.fault_of_name("第五届") == "this system can't use these characters in file names"


@pytest.mark.parametrize("name", DEVICES)
def test_device_names_of_windows_are_invalid(name: str) -> None:
    device = LETTERS if name[-1] in "¹²³" else WINDOWS
    assert [paths.fault_of_name(one) for one in (name, name.upper(), name.title())] == [device] * 3
    assert paths.fault_of_name(f"{name}-") in ("", LETTERS)


def test_anything_that_the_system_finds_exists(places: dict[str, str]) -> None:
    there = {name for name, path in places.items() if paths.is_there(path)}
    assert there == {"file", "folder", "link", "dangling", "loop", "pipe", "loop/x"}
    assert paths.is_there("x" * 300)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EIO, errno.ELOOP, errno.ENAMETOOLONG])
def test_an_inaccessible_path_may_exist(code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "lstat", failing(code))
        assert (paths.is_there(str(tmp_path / "x")), paths.may_be_there(str(tmp_path / "x"))) == (
            True,
            True,
        )
    assert (paths.is_there(str(tmp_path / "x")), paths.may_be_there(str(tmp_path / "x"))) == (False, False)


def test_a_path_with_a_broken_link_may_exist(places: dict[str, str]) -> None:
    certain = {name for name, path in places.items() if not paths.may_be_there(path)}
    assert certain == {"nothing", "nothing/x", "folder/x", "folder/x/y", "folders/x"}
    assert not paths.may_be_there(os.path.join(os.devnull, "x"))


def test_a_path_exists_or_could_be_created(places: dict[str, str], tmp_path: Path) -> None:
    found = outcomes(places, paths.check_path)
    broken = {"dangling", "loop", "file/x", "link/x", "pipe/x", "dangling/x", "loop/x"}
    assert found == {name: "BrokenPath" if name in broken else None for name in places}
    paths.check_path("/")
    if os.path.exists("/dev/zero"):
        with pytest.raises(paths.BrokenPath):
            paths.check_path("/dev/zero/x")
    with pytest.raises(paths.BrokenPath) as caught:
        paths.check_path(places["file/x"])
    assert str(caught.value) == f"{tmp_path / 'file'} must be a directory; move or rename what is there"
    with pytest.raises(paths.BrokenPath) as caught:
        paths.check_path(places["dangling/x"])
    assert str(caught.value) == (
        f"{tmp_path / 'dangling'} is a link to nowhere, which does not exist; mount its drive or fix the link"
    )
    with pytest.raises(paths.BrokenPath) as caught:
        paths.check_path(places["loop"])
    assert str(caught.value) == (
        f"{tmp_path / 'loop'} is a link to loop, which leads back to itself; fix the link"
    )


@pytest.mark.parametrize("call", ["lstat", "stat"])
def test_checking_an_inaccessible_path_is_an_oserror(
    call: str, places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, call, failing(errno.EACCES))
    with pytest.raises(PermissionError):
        paths.check_path(places["link"])


def test_a_target_is_a_file_or_does_not_exist(places: dict[str, str], tmp_path: Path) -> None:
    broken = {"dangling", "loop", "file/x", "link/x", "pipe/x", "dangling/x", "loop/x"}
    said = dict.fromkeys(broken, "BrokenPath") | dict.fromkeys(("folder", "pipe"), "NotAFile")
    assert outcomes(places, paths.check_target) == {name: said.get(name) for name in places}
    with pytest.raises(paths.NotAFile) as caught:
        paths.check_target(places["folder"])
    assert str(caught.value) == f"{tmp_path / 'folder'} must be a file; move or rename what is there"


def test_only_regular_files_are_read(places: dict[str, str]) -> None:
    broken = {"dangling", "loop", "file/x", "link/x", "pipe/x", "dangling/x", "loop/x"}
    said: dict[str, object] = dict.fromkeys(broken, "BrokenPath")
    said |= dict.fromkeys(("folder", "pipe"), "NotAFile") | dict.fromkeys(("file", "link"), b"0123456789")
    assert outcomes(places, paths.read) == {name: said.get(name) for name in places}


@pytest.mark.parametrize(
    ("most", "read"), [(-1, 10), (0, 0), (1, 1), (9, 9), (10, 10), (11, 10), (2**60, 10)]
)
def test_reading_is_limited(most: int, read: int, places: dict[str, str]) -> None:
    assert paths.read(places["file"], most) == b"0123456789"[:read]


def test_a_file_is_opened_without_blocking_or_becoming_a_terminal(
    places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check that a file replaced by a pipe after it was looked at is not waited for."""
    assert (os.O_NONBLOCK | os.O_NOCTTY, 0o600, 0o666) == (
        paths.NONBLOCKING, paths.PRIVATE, paths.DEFAULT_MODE,
    )  # fmt: skip
    state = os.stat(places["file"])
    monkeypatch.setattr(os, "stat", lambda _path: state)
    with pytest.raises(paths.NotAFile):
        paths.read(places["pipe"])


def test_reading_an_inaccessible_file_is_an_oserror(
    places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "open", failing(errno.EACCES))
    with pytest.raises(PermissionError):
        paths.read(places["file"])


def test_listing_a_directory(places: dict[str, str]) -> None:
    found = outcomes(places, lambda path: sorted(paths.files_in(path)))
    empty = {"nothing", "nothing/x", "folder/x", "folder/x/y", "folder", "folders/x"}
    assert found == {name: [] if name in empty else "BrokenPath" for name in places}
    assert "file" in paths.files_in(os.path.dirname(places["file"]))


@pytest.mark.parametrize(
    ("error", "is_so"),
    [
        (paths.BrokenPath("x"), True),
        (OSError(errno.ENAMETOOLONG, "x"), True),
        (OSError(errno.EACCES, "x"), False),
        (OSError(errno.ENOENT, "x"), False),
        (paths.NotAFile("x"), False),
    ],
)
def test_an_error_may_be_about_the_path(error: OSError, is_so: bool) -> None:
    assert paths.is_path_error(error) is is_so
