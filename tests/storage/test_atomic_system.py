"""Writing and removing files and creating directories, with errors of the operating system."""

import errno
import os
import stat
from pathlib import Path

import pytest

from summitcli.storage import atomic, paths, temporary
from tests.storage.places import ROOT, failing


def test_appending_to_a_file(places: dict[str, str]) -> None:
    for name in ("file", "link", "nothing", "folder/x"):
        atomic.append(places[name], b"+")
    assert Path(places["file"]).read_bytes() == b"0123456789++"
    assert Path(places["nothing"]).read_bytes() == Path(places["folder/x"]).read_bytes() == b"+"
    for name, error in (
        ("folder", paths.NotAFile),
        ("pipe", paths.NotAFile),
        ("dangling", paths.BrokenPath),
    ):
        with pytest.raises(error):
            atomic.append(places[name], b"+")


def test_a_file_replaced_after_it_was_checked_is_neither_appended_to_nor_waited_for(
    places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = os.stat(places["file"])
    monkeypatch.setattr(os, "stat", lambda _path: state)
    with pytest.raises(paths.NotAFile):
        atomic.append(os.devnull, b"+")
    with pytest.raises(OSError) as caught:
        atomic.append(places["pipe"], b"+")
    # A pipe that nobody reads (open(2)).
    assert caught.value.errno == errno.ENXIO


def test_only_files_are_removed(places: dict[str, str]) -> None:
    for name in ("file", "file", "nothing", "nothing/x", "folder/x/y"):
        atomic.remove(places[name])
    assert not os.path.lexists(places["file"])
    for name, error in (("folder", paths.NotAFile), ("pipe", paths.NotAFile), ("link", paths.BrokenPath)):
        with pytest.raises(error):
            atomic.remove(places[name])


def test_a_file_is_created_or_replaced(places: dict[str, str]) -> None:
    for name in ("file", "link", "nothing", "folder/x"):
        atomic.write(places[name], b"new")
        state = os.lstat(places[name])
        assert (Path(places[name]).read_bytes(), stat.S_ISREG(state.st_mode)) == (b"new", True)
        assert stat.S_IMODE(state.st_mode) == 0o600
    errors = {
        "folder": paths.NotAFile, "pipe": paths.NotAFile, "dangling": paths.BrokenPath,
        "loop": paths.BrokenPath, "file/x": NotADirectoryError, "nothing/y": FileNotFoundError,
    }  # fmt: skip
    for name, error in errors.items():
        with pytest.raises(OSError) as caught:
            atomic.write(places.get(name, places["folder"] + "/no/x"), b"new")
        assert type(caught.value) is error
    assert [path.name for path in Path(places["file"]).parent.rglob("*.tmp")] == []


def test_a_file_gets_permissions_according_to_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        atomic.write(str(tmp_path / "ordinary"), b"", 0o666)
        atomic.write(str(tmp_path / "private"), b"")
    finally:
        os.umask(before)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("ordinary", "private")]
    assert modes == [0o644, 0o600]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o666, 0o777])
def test_a_file_can_get_the_attributes_of_another(mode: int, tmp_path: Path) -> None:
    (tmp_path / "like").write_bytes(b"")
    (tmp_path / "like").chmod(mode)
    if ROOT:
        os.chown(tmp_path / "like", 12345, 23456)
    like = (tmp_path / "like").stat()
    atomic.write(str(tmp_path / "new"), b"new", like=like)
    new = (tmp_path / "new").stat()
    assert (new.st_mode, new.st_uid, new.st_gid) == (like.st_mode, like.st_uid, like.st_gid)


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
@pytest.mark.parametrize(("mode", "left"), [(0o664, 0o644), (0o660, 0o600), (0o777, 0o777), (0o670, 0o600)])
def test_without_the_right_group_a_file_gives_it_no_extra_permissions(
    mode: int, left: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "like").write_bytes(b"")
    (tmp_path / "like").chmod(mode)
    os.chown(tmp_path / "like", 12345, 23456)
    monkeypatch.setattr(os, "fchown", failing(errno.EPERM))
    atomic.write(str(tmp_path / "new"), b"new", like=(tmp_path / "like").stat())
    new = (tmp_path / "new").stat()
    assert (stat.S_IMODE(new.st_mode), new.st_uid, new.st_gid) == (left, os.geteuid(), os.getegid())


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_no_temporary_file(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(os, call, failing(errno.ENOSPC))
    with pytest.raises(OSError, match="No space left"):
        atomic.write(str(tmp_path / "file"), b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]


def test_partial_writes_are_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really_write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: really_write(descriptor, bytes(data[:3])))
    atomic.write(str(tmp_path / "file"), b"0123456789")
    assert (tmp_path / "file").read_bytes() == b"0123456789"


def test_a_file_may_be_written_piece_by_piece(tmp_path: Path) -> None:
    atomic.write(str(tmp_path / "file"), iter([b"01234", b"", b"56789"]))
    assert (tmp_path / "file").read_bytes() == b"0123456789"
    with pytest.raises(ZeroDivisionError):
        atomic.write(str(tmp_path / "file"), (b"%d" % (1 // number) for number in (1, 0)))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"0123456789")]


@pytest.mark.parametrize("attempts", [1, 20])
def test_renaming_is_given_up_after_all_attempts(
    attempts: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def rename(_temporary: str, path: str) -> None:
        calls.append(path)
        raise PermissionError(errno.EACCES, "a reader has it open")

    monkeypatch.setattr(os, "replace", rename)
    monkeypatch.setattr(atomic, "RENAME_ATTEMPTS", attempts)
    monkeypatch.setattr(atomic, "RENAME_DELAY", 0)
    with pytest.raises(PermissionError):
        atomic.rename_and_sync(str(tmp_path / "new"), "file")
    assert calls == ["file"] * attempts


def test_a_synced_file_is_renamed(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"new")
    atomic.rename_and_sync(str(tmp_path / "new"), str(tmp_path / "file"))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"new")]


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="the system does not tell what is open")
@pytest.mark.parametrize(("system", "is_open"), [("posix", True), ("nt", False)])
def test_a_file_is_renamed_before_it_is_closed_except_on_windows(
    system: str, is_open: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_replace, before = os.replace, len(os.listdir("/dev/fd"))
    opened: list[int] = []

    def replace(temporary: str, path: str) -> None:
        opened.append(len(os.listdir("/dev/fd")) - before)
        really_replace(temporary, path)

    path = str(tmp_path / "file")
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        patch.setattr(os, "name", system)
        atomic.write(path, b"new")
    assert opened == [1 if is_open else 0]
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("file", b"new")]


def test_windows_can_neither_sync_directories_nor_lock_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".a.1-2.tmp").write_bytes(b"")
    folder = str(tmp_path)
    opened: list[object] = []

    def open_(path: str, *_words: object) -> int:
        opened.append(path)
        return os.dup(0)

    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        patch.setattr(os, "open", open_)
        atomic.sync_folder(folder)
        temporary.sweep_folder(folder)
    assert (os.listdir(folder), opened) == ([], [])


@pytest.mark.parametrize(("system", "mode"), [("posix", 0o640), ("nt", 0o600)])
def test_on_windows_no_attributes_are_copied(
    system: str, mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "like").write_bytes(b"")
    (tmp_path / "like").chmod(0o640)
    like, path = (tmp_path / "like").stat(), str(tmp_path / "new")
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", system)
        atomic.write(path, b"", like=like)
    assert stat.S_IMODE(os.stat(path).st_mode) == mode


def test_every_change_of_a_directory_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synchronised: list[str] = []
    really_sync = os.fsync

    def sync(descriptor: int) -> None:
        state = os.fstat(descriptor)
        known = {
            (path.stat().st_dev, path.stat().st_ino): path.name for path in [tmp_path, *tmp_path.rglob("*")]
        }
        synchronised.append(known[state.st_dev, state.st_ino])
        really_sync(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    here = tmp_path.name
    for change, expected in (
        (lambda: atomic.make_folder(str(tmp_path / "a" / "b")), [here, "a"]),
        (lambda: atomic.make_folder(str(tmp_path / "a" / "b")), []),
        (lambda: atomic.sync_folder(str(tmp_path / "a")), ["a"]),
        (lambda: (tmp_path / "a" / "x").write_bytes(b""), []),
        (lambda: atomic.rename_and_sync(str(tmp_path / "a" / "x"), str(tmp_path / "a" / "y")), ["a"]),
        (lambda: atomic.remove(str(tmp_path / "a" / "y")), ["a"]),
        (lambda: atomic.remove(str(tmp_path / "a" / "y")), []),
    ):
        synchronised.clear()
        change()
        assert synchronised == expected
    atomic.write(str(tmp_path / "a" / "x"), b"")
    assert (len(synchronised), synchronised[-1]) == (2, "a")


@pytest.mark.parametrize(
    ("call", "code", "raised"),
    [
        ("open", errno.EACCES, False), ("open", errno.EPERM, False), ("open", errno.ENOENT, True),
        ("open", errno.EIO, True), ("fsync", errno.EINVAL, False), ("fsync", errno.ENOTSUP, False),
        ("fsync", errno.EIO, True), ("fsync", errno.ENOSPC, True),
    ],
)  # fmt: skip
def test_a_directory_that_can_not_be_synced_is_accepted(
    call: str, code: int, raised: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(os.listdir("/dev/fd"))
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing(code))
        if raised:
            with pytest.raises(OSError) as caught:
                atomic.sync_folder(str(tmp_path))
            assert caught.value.errno == code
        else:
            atomic.sync_folder(str(tmp_path))
    assert len(os.listdir("/dev/fd")) == before


def test_only_directories_are_synced(places: dict[str, str]) -> None:
    atomic.sync_folder(places["folder"])
    with pytest.raises(NotADirectoryError):
        atomic.sync_folder(places["file"])


def test_a_directory_is_not_created_in_place_of_something_else(places: dict[str, str]) -> None:
    for name in ("file", "pipe", "dangling", "loop"):
        with pytest.raises(NotADirectoryError) as caught:
            atomic.make_folder(places[name])
        assert (caught.value.errno, caught.value.filename) == (errno.ENOTDIR, places[name])
    for name in ("file/x", "link/x"):
        with pytest.raises(NotADirectoryError):
            atomic.make_folder(places[name])


def test_a_directory_created_concurrently_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_make = os.mkdir

    def make(path: str, mode: int) -> None:
        really_make(path, mode)
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)

    monkeypatch.setattr(os, "mkdir", make)
    atomic.make_folder(str(tmp_path / "a" / "b"))
    assert (tmp_path / "a" / "b").is_dir()
