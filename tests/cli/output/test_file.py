"""Files given with -o: how each kind of existing file is written, in every command that writes one."""

import errno
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from summitcli.cli.output.file import write_new
from tests.conftest import Asked, Run

WRITERS = (
    ["export", "-o"],
    ["agenda", "export", "-o"],
    ["grid", "--svg"],
    ["convert", "bundled", "-f", "ics", "-o"],
)
EXPORT = WRITERS[0]
OLD = b"old\n"

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


def written(call: Run, words: list[str]) -> bytes:
    """Return the output of the command on standard output."""
    return call(*words, "-", err=None).encode()


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Return a directory that everybody may read, with an old file in it."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "old").write_bytes(OLD)
    return shelf


@pytest.fixture(autouse=True)
def picked(ask: Asked) -> None:
    """Add a session to the agenda, so that it can be exported."""
    ask("agenda", "add", "main-forum")


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_a_file_is_replaced_and_its_hard_links_keep_what_they_had(
    call: Run, shelf: Path, words: list[str]
) -> None:
    os.link(shelf / "old", shelf / "same")
    before = (shelf / "old").stat().st_ino
    call(*words, str(shelf / "old"), err=None)
    assert (shelf / "old").read_bytes() == written(call, words)
    assert (shelf / "same").read_bytes() == OLD
    assert (shelf / "same").stat().st_ino == before
    assert sorted(os.listdir(shelf)) == ["old", "same"]


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
@pytest.mark.parametrize("target", ["old", "new"])
def test_a_link_is_kept_and_its_target_overwritten(
    call: Run, shelf: Path, words: list[str], target: str
) -> None:
    (shelf / "old").write_bytes(OLD * 100_000)
    (shelf / "old").chmod(0o604)
    inode = (shelf / "old").stat().st_ino
    (shelf / "second").symlink_to(target)
    (shelf / "link").symlink_to("second")
    call(*words, str(shelf / "link"), err=None)
    assert (shelf / target).read_bytes() == written(call, words)
    assert os.readlink(shelf / "link") == "second"
    if target == "old":
        assert (shelf / "old").stat().st_ino == inode
        assert stat.S_IMODE((shelf / "old").stat().st_mode) == 0o604


def test_a_file_in_a_folder_behind_a_link_is_replaced_there(call: Run, shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to("shelf")
    (shelf / "deep").mkdir()
    (tmp_path / "down").symlink_to("shelf/deep")
    call(*EXPORT, "way/old", err=None)
    call(*EXPORT, "down/../new.ics", err=None)
    call(*EXPORT, "here.ics", err=None)
    files = (shelf / "old", shelf / "new.ics", tmp_path / "here.ics")
    assert [file.read_bytes() for file in files] == [written(call, EXPORT)] * 3
    assert sorted(os.listdir(shelf)) == ["deep", "new.ics", "old"]


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_permissions_of_the_umask(call: Run, shelf: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        call(*EXPORT, str(shelf / "new"), err=None)
        (shelf / "old").chmod(0o666)
        call(*EXPORT, str(shelf / "old"), err=None)
    finally:
        os.umask(before)
    assert stat.S_IMODE((shelf / "new").stat().st_mode) == 0o666 & ~mask
    assert stat.S_IMODE((shelf / "old").stat().st_mode) == 0o666


@needs_root
def test_owner_and_group_are_kept(call: Run, shelf: Path) -> None:
    (shelf / "old").chmod(0o640)
    os.chown(shelf / "old", 1234, 2345)
    call(*EXPORT, str(shelf / "old"), err=None)
    state = (shelf / "old").stat()
    assert (state.st_uid, state.st_gid, stat.S_IMODE(state.st_mode)) == (1234, 2345, 0o640)


@needs_root
@pytest.mark.parametrize(("mode", "left"), [(0o660, 0o600), (0o664, 0o644), (0o606, 0o606), (0o755, 0o755)])
def test_permissions_are_not_given_to_another_group(shelf: Path, mode: int, left: int) -> None:
    # Imported before the user changes, who may not be allowed to read Python's modules.
    code = (
        # Modules that are imported later may be unreadable for that user.
        "import fcntl, os, platform, sys, zlib\nfrom summitcli.cli.output import file as output_file\n"
        "os.setgroups([]); os.setgid(3456); os.setuid(1234)\n"
        "os.fchdir(int(sys.argv[1])); output_file.write('old', [b'new'])\n"
    )
    os.chown(shelf, 1234, 3456)
    (shelf / "old").chmod(mode)
    os.chown(shelf / "old", 4321, 2345)
    folder = os.open(shelf, os.O_RDONLY)
    # The parent directories may be closed to others; writing here does not need them.
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, pass_fds=[folder])
    os.close(folder)
    state = (shelf / "old").stat()
    assert (state.st_uid, state.st_gid, stat.S_IMODE(state.st_mode)) == (1234, 3456, left)
    assert (shelf / "old").read_bytes() == b"new"


def protected() -> bool:
    """Return whether Linux protects links in directories that everybody may write to."""
    try:
        return Path("/proc/sys/fs/protected_symlinks").read_text().strip() == "1"
    except OSError:
        return False


@needs_root
@pytest.mark.skipif(not protected(), reason="the system follows the links of others everywhere")
@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_protected_links_in_a_shared_directory_are_not_followed(
    call: Run, shelf: Path, tmp_path: Path, words: list[str]
) -> None:
    everybodys = tmp_path / "everybodys"
    everybodys.mkdir()
    everybodys.chmod(0o1777)
    for name, target in (("trap.ics", "old"), ("new.ics", "new")):
        (everybodys / name).symlink_to(shelf / target)
        os.chown(everybodys / name, 65534, 65534, follow_symlinks=False)
        said = f"summit: can't write {everybodys / name}: Permission denied\n"
        call(*words, str(everybodys / name), status=4, err=said)
    assert {file.name: file.read_bytes() for file in shelf.iterdir()} == {"old": OLD}


@pytest.fixture
def tight() -> Iterator[None]:
    """Limit the size of files in the processes that are started."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
@pytest.mark.parametrize("name", ["old", "link"])
def test_the_old_file_is_intact_if_there_is_no_room(
    call: Run, shelf: Path, words: list[str], name: str, tight: None
) -> None:
    (shelf / "link").symlink_to("old")
    path = shelf / name
    call(*words, str(path), status=4, err=f"summit: can't write {path}: File too large\n")
    assert (shelf / "old").read_bytes() == OLD
    assert sorted(os.listdir(shelf)) == ["link", "old"]


def shell(script: str, cwd: Path) -> str:
    """Return the output of a shell script, in which ``summit`` is the program."""
    summit = f'summit() {{ "{sys.executable}" -m summitcli "$@" 2> said; }}\n'
    done = subprocess.run(["bash", "-c", summit + script], capture_output=True, cwd=cwd, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_redirected_standard_output_is_appended_to(
    call: Run, shelf: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text, command = written(call, words).decode(), " ".join(["summit", *words])
    assert shell(f"{command} /dev/stdout | cat; {command} /dev/stdout >> old; cat old", shelf) == (
        f"{text}old\n{text}"
    )


DEVICES = {
    "nothing": "{} /dev/null",
    "first": "{} /dev/fd/1 | cat",
    "own": "{} /proc/self/fd/1 > new; cat new",
    "seventh": "{} /dev/fd/7 7> seven; cat seven",
    "substitution": "{} >(cat > made); wait $!; cat made",
    "named pipe": "mkfifo pipe; cat pipe & {} pipe; wait; test -p pipe",
    "link to a pipe": "mkfifo pipe; ln -s pipe link; cat pipe & {} link; wait; test -L link",
}


@pytest.mark.parametrize("name", DEVICES)
def test_devices_and_pipes_are_written_to(call: Run, shelf: Path, name: str) -> None:
    text = "" if name == "nothing" else written(call, EXPORT).decode()
    assert shell(DEVICES[name].format("summit export -o"), shelf) == text


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("/dev/full", "No space left on device"),
        ("full", "No space left on device"),
        ("/dev/fd/99", "Bad file descriptor"),
        ("folder", "Is a directory"),
        ("loop", "Too many levels of symbolic links"),
        ("nowhere/x", "No such file or directory"),
        ("old/x", "Not a directory"),
    ],
)
def test_an_unwritable_file_is_an_error_in_one_line(call: Run, shelf: Path, name: str, reason: str) -> None:
    (shelf / "dir").mkdir()
    for link, target in (("folder", "dir"), ("loop", "loop"), ("full", "/dev/full")):
        (shelf / link).symlink_to(target)
    call(*EXPORT, name, status=4, err=f"summit: can't write {name}: {reason}\n", cwd=shelf)
    assert (shelf / "old").read_bytes() == OLD


def test_a_new_file_is_removed_again_if_it_can_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "plan.yaml"
    with monkeypatch.context() as context, pytest.raises(OSError, match="No space left"):
        context.setattr(os, "fsync", full)
        write_new(str(path), b"a: 1\n")
    assert not path.exists()
    write_new(str(path), b"a: 1\n")
    with pytest.raises(FileExistsError):
        write_new(str(path), b"b: 2\n")
    assert path.read_bytes() == b"a: 1\n"
