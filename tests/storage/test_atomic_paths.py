"""What lies at a path, what may be written there, and what the operating system's errors mean for that."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summitcli.storage import atomic

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def failing(code: int) -> Callable[..., Any]:
    """What a system call is that fails with ``code``."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


# Names -----------------------------------------------------------------------------------------------------

LETTERS = "use letters, digits, hyphens and underscores"
TOO_LONG = "it is longer than 64 letters"
WINDOWS = "Windows keeps that name for itself"
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
def test_what_a_file_may_be_called(name: str, fault: str) -> None:
    assert atomic.fault_of_name(name) == fault


@pytest.mark.parametrize("name", DEVICES)
def test_no_file_is_called_as_a_device_of_windows(name: str) -> None:
    device = LETTERS if name[-1] in "¹²³" else WINDOWS
    assert [atomic.fault_of_name(one) for one in (name, name.upper(), name.title())] == [device] * 3
    assert atomic.fault_of_name(f"{name}-") in ("", LETTERS)


# What is there ---------------------------------------------------------------------------------------------


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """A path of every kind, by what lies there."""
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
    """What comes of every place: what is answered, or the kind of error."""
    found: dict[str, object] = {}
    for name, path in places.items():
        try:
            found[name] = ask(path)
        except OSError as error:
            found[name] = type(error).__name__
    return found


def test_anything_is_there_that_the_system_finds(places: dict[str, str]) -> None:
    there = {name for name, path in places.items() if atomic.is_there(path)}
    assert there == {"file", "folder", "link", "dangling", "loop", "pipe", "loop/x"}
    assert atomic.is_there("x" * 300)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EIO, errno.ELOOP, errno.ENAMETOOLONG])
def test_what_the_system_may_not_look_at_may_be_there(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "lstat", failing(code))
        assert (atomic.is_there(str(tmp_path / "x")), atomic.may_be_there(str(tmp_path / "x"))) == (
            True,
            True,
        )
    assert (atomic.is_there(str(tmp_path / "x")), atomic.may_be_there(str(tmp_path / "x"))) == (False, False)


def test_something_may_be_there_behind_a_broken_way(places: dict[str, str]) -> None:
    certain = {name for name, path in places.items() if not atomic.may_be_there(path)}
    assert certain == {"nothing", "nothing/x", "folder/x", "folder/x/y", "folders/x"}
    assert not atomic.may_be_there(os.path.join(os.devnull, "x"))


def test_a_way_leads_somewhere_or_could(places: dict[str, str], tmp_path: Path) -> None:
    found = outcomes(places, atomic.check_way)
    broken = {"dangling", "loop", "file/x", "link/x", "pipe/x", "dangling/x", "loop/x"}
    assert found == {name: "BrokenPath" if name in broken else None for name in places}
    atomic.check_way("/")
    with pytest.raises(atomic.BrokenPath) as caught:
        atomic.check_way(places["file/x"])
    assert str(caught.value) == f"{tmp_path / 'file'} is not a directory; move it away"
    with pytest.raises(atomic.BrokenPath) as caught:
        atomic.check_way(places["dangling/x"])
    assert str(caught.value) == (
        f"{tmp_path / 'dangling'} is a link to nowhere, which is not there; mount its drive or mend the link"
    )
    with pytest.raises(atomic.BrokenPath) as caught:
        atomic.check_way(places["loop"])
    assert str(caught.value) == (
        f"{tmp_path / 'loop'} is a link to loop, which leads back to itself; mend the link"
    )


@pytest.mark.parametrize("call", ["lstat", "stat"])
def test_a_way_that_may_not_be_looked_at_is_the_systems_error(
    call: str, places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, call, failing(errno.EACCES))
    with pytest.raises(PermissionError):
        atomic.check_way(places["link"])


def test_a_file_may_be_put_where_there_is_one_or_nothing(places: dict[str, str], tmp_path: Path) -> None:
    broken = {"dangling", "loop", "file/x", "link/x", "pipe/x", "dangling/x", "loop/x"}
    said = dict.fromkeys(broken, "BrokenPath") | dict.fromkeys(("folder", "pipe"), "NotAFile")
    assert outcomes(places, atomic.check_place) == {name: said.get(name) for name in places}
    with pytest.raises(atomic.NotAFile) as caught:
        atomic.check_place(places["folder"])
    assert str(caught.value) == f"{tmp_path / 'folder'} is not a file; move it away"


def test_only_regular_files_are_read(places: dict[str, str]) -> None:
    broken = {"dangling", "loop", "file/x", "link/x", "pipe/x", "dangling/x", "loop/x"}
    said: dict[str, object] = dict.fromkeys(broken, "BrokenPath")
    said |= dict.fromkeys(("folder", "pipe"), "NotAFile") | dict.fromkeys(("file", "link"), b"0123456789")
    assert outcomes(places, atomic.read) == {name: said.get(name) for name in places}


@pytest.mark.parametrize(
    ("most", "read"), [(-1, 10), (0, 0), (1, 1), (9, 9), (10, 10), (11, 10), (2**60, 10)]
)
def test_no_more_is_read_than_asked_for(most: int, read: int, places: dict[str, str]) -> None:
    assert atomic.read(places["file"], most) == b"0123456789"[:read]


def test_what_may_not_be_read_is_the_systems_error(
    places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "open", failing(errno.EACCES))
    with pytest.raises(PermissionError):
        atomic.read(places["file"])


def test_a_folder_is_listed_and_what_is_no_folder_has_no_files(places: dict[str, str]) -> None:
    found = outcomes(places, lambda path: sorted(atomic.files_in(path)))
    empty = {"nothing", "nothing/x", "folder/x", "folder/x/y", "folder", "folders/x"}
    assert found == {name: [] if name in empty else "BrokenPath" for name in places}
    assert "file" in atomic.files_in(os.path.dirname(places["file"]))


@pytest.mark.parametrize(
    ("error", "is_so"),
    [
        (atomic.BrokenPath("x"), True),
        (OSError(errno.ENAMETOOLONG, "x"), True),
        (OSError(errno.EACCES, "x"), False),
        (OSError(errno.ENOENT, "x"), False),
        (atomic.NotAFile("x"), False),
    ],
)
def test_an_error_may_be_about_the_path(error: OSError, is_so: bool) -> None:
    assert atomic.is_of_the_path(error) is is_so


# What is changed there -------------------------------------------------------------------------------------


def test_a_file_is_added_to(places: dict[str, str]) -> None:
    for name in ("file", "link", "nothing", "folder/x"):
        atomic.append(places[name], b"+")
    assert Path(places["file"]).read_bytes() == b"0123456789++"
    assert Path(places["nothing"]).read_bytes() == Path(places["folder/x"]).read_bytes() == b"+"
    for name, error in (
        ("folder", atomic.NotAFile),
        ("pipe", atomic.NotAFile),
        ("dangling", atomic.BrokenPath),
    ):
        with pytest.raises(error):
            atomic.append(places[name], b"+")


def test_a_file_is_removed_and_nothing_else(places: dict[str, str]) -> None:
    for name in ("file", "file", "nothing", "nothing/x", "folder/x/y"):
        atomic.remove(places[name])
    assert not os.path.lexists(places["file"])
    for name, error in (("folder", atomic.NotAFile), ("pipe", atomic.NotAFile), ("link", atomic.BrokenPath)):
        with pytest.raises(error):
            atomic.remove(places[name])


def test_a_file_is_written_in_the_place_of_one_or_of_nothing(places: dict[str, str]) -> None:
    for name in ("file", "link", "nothing", "folder/x"):
        atomic.write(places[name], b"new")
        state = os.lstat(places[name])
        assert (Path(places[name]).read_bytes(), stat.S_ISREG(state.st_mode)) == (b"new", True)
        assert stat.S_IMODE(state.st_mode) == 0o600
    errors = {
        "folder": atomic.NotAFile, "pipe": atomic.NotAFile, "dangling": atomic.BrokenPath,
        "loop": atomic.BrokenPath, "file/x": NotADirectoryError, "nothing/y": FileNotFoundError,
    }  # fmt: skip
    for name, error in errors.items():
        with pytest.raises(OSError) as caught:
            atomic.write(places.get(name, places["folder"] + "/no/x"), b"new")
        assert type(caught.value) is error
    assert [path.name for path in Path(places["file"]).parent.rglob("*.tmp")] == []


def test_a_file_gets_the_permissions_that_the_users_mask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        atomic.write(str(tmp_path / "ordinary"), b"", 0o666)
        atomic.write(str(tmp_path / "private"), b"")
    finally:
        os.umask(before)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("ordinary", "private")]
    assert modes == [0o644, 0o600]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o666, 0o777])
def test_a_file_may_resemble_another(mode: int, tmp_path: Path) -> None:
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
def test_where_a_file_can_not_have_the_group_that_group_may_do_no_more_than_everybody(
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
def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(os, call, failing(errno.ENOSPC))
    with pytest.raises(OSError, match="No space left"):
        atomic.write(str(tmp_path / "file"), b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]


def test_a_file_is_written_whole_where_the_disk_takes_a_part_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: really_write(descriptor, bytes(data[:3])))
    atomic.write(str(tmp_path / "file"), b"0123456789")
    assert (tmp_path / "file").read_bytes() == b"0123456789"


def test_a_synchronised_file_is_put_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"new")
    atomic.put_in_place(str(tmp_path / "new"), str(tmp_path / "file"))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"new")]


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="the system does not tell what is open")
@pytest.mark.parametrize(("system", "is_open"), [("posix", True), ("nt", False)])
def test_a_file_is_renamed_while_it_is_open_but_on_windows(
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


def test_windows_has_no_way_to_synchronise_a_folder_or_to_lock_what_is_swept(
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
        atomic.sweep_folder(folder)
    assert (os.listdir(folder), opened) == ([], [])


@pytest.mark.parametrize(("system", "mode"), [("posix", 0o640), ("nt", 0o600)])
def test_on_windows_no_file_resembles_another(
    system: str, mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "like").write_bytes(b"")
    (tmp_path / "like").chmod(0o640)
    like, path = (tmp_path / "like").stat(), str(tmp_path / "new")
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", system)
        atomic.write(path, b"", like=like)
    assert stat.S_IMODE(os.stat(path).st_mode) == mode


# Folders ---------------------------------------------------------------------------------------------------


def test_every_change_of_a_folder_is_synchronised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
        (lambda: atomic.put_in_place(str(tmp_path / "a" / "x"), str(tmp_path / "a" / "y")), ["a"]),
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
def test_a_folder_that_has_no_way_to_be_synchronised_is_none(
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


def test_a_folder_is_not_made_where_there_is_something_else(places: dict[str, str]) -> None:
    for name in ("file", "pipe", "dangling", "loop"):
        with pytest.raises(NotADirectoryError) as caught:
            atomic.make_folder(places[name])
        assert (caught.value.errno, caught.value.filename) == (errno.ENOTDIR, places[name])
    for name in ("file/x", "link/x"):
        with pytest.raises(NotADirectoryError):
            atomic.make_folder(places[name])


def test_a_folder_that_another_process_makes_at_the_same_time_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_make = os.mkdir

    def make(path: str, mode: int) -> None:
        really_make(path, mode)
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)

    monkeypatch.setattr(os, "mkdir", make)
    atomic.make_folder(str(tmp_path / "a" / "b"))
    assert (tmp_path / "a" / "b").is_dir()


# What died writers left ------------------------------------------------------------------------------------


def test_only_what_is_named_as_a_temporary_file_is_swept(tmp_path: Path) -> None:
    kept = {
        ".default.1-2.tmp.bak", ".default.1-2.tmp~", "default.1-2.tmp", ".default.x-2.tmp", ".default.1-.tmp",
        ".default.1-2-3.tmp", ".default.0123456-1-2.tmp", ".default.0123456g-1-2.tmp", ".other.1-2.tmp",
        ".default.tmp", ".default.1-2.TMP", ".defaults.1-2.tmp", "default.json", ".default.lock",
    }  # fmt: skip
    for name in (*kept, ".default.1-2.tmp", ".default.0123abcd-12-345.tmp"):
        (tmp_path / name).write_bytes(b"")
    atomic.sweep(str(tmp_path / "default.json"))
    assert set(os.listdir(tmp_path)) == kept
    atomic.sweep_folder(str(tmp_path))
    assert set(os.listdir(tmp_path)) == kept - {".other.1-2.tmp", ".defaults.1-2.tmp"}
    atomic.sweep_folder(str(tmp_path / "nothing"))


def test_what_can_not_be_removed_keeps_nobody_from_removing_the_rest(tmp_path: Path) -> None:
    (tmp_path / ".a.1-2.tmp").mkdir()
    for name in (".a.1-1.tmp", ".a.1-3.tmp"):
        (tmp_path / name).write_bytes(b"")
    atomic.sweep_folder(str(tmp_path))
    assert os.listdir(tmp_path) == [".a.1-2.tmp"]


@pytest.mark.parametrize("length", [195, 200, 201, 250])
def test_a_long_name_leaves_room_for_what_is_beside_it(length: int, tmp_path: Path) -> None:
    path = tmp_path / ("x" * length)
    atomic.write(str(path), b"long")
    held = atomic.lock(str(path), 1)
    held.release()
    assert path.read_bytes() == b"long"
    stem = "x" * (length if length <= 200 else 50)
    assert {name for name in os.listdir(tmp_path) if name != path.name} <= {f".{stem}.lock"}


def test_a_lock_that_another_holds_is_waited_for_and_given_up(tmp_path: Path) -> None:
    held = atomic.lock(str(tmp_path / "a.json"), 0)
    try:
        assert ".a.lock" in os.listdir(tmp_path)
        with pytest.raises(TimeoutError) as caught:
            atomic.lock(str(tmp_path / "a.json"), 0)
        assert str(caught.value) == "it is in use by another process; try again"
        atomic.lock(str(tmp_path / "b.json"), 0).release()
    finally:
        held.release()
    atomic.lock(str(tmp_path / "a.json"), 0).release()


def test_what_is_no_file_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / ".a.lock").mkdir()
    with pytest.raises(atomic.NotAFile):
        atomic.lock(str(tmp_path / "a.json"), 0)
