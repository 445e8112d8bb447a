import os
import threading
from pathlib import Path

import pytest

from summitcli.errors import ScheduleError, UnknownValue, Unreachable
from summitcli.library.reference import bundled_path, may_be_name, resolve
from summitcli.library.store import keep
from summitcli.sources.source import Source
from tests.library.kept_samples import A


def test_the_bundled_schedule_is_identified_by_its_content(tmp_path: Path) -> None:
    bundled = resolve("bundled")
    assert bundled.read() == Path(bundled_path()).read_bytes()
    assert (bundled.name, bundled.path, bundled.identity) == ("bundled", None, resolve("bundled").identity)


def test_a_file_is_identified_by_path_size_and_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "s.json"
    file.write_bytes(b"one")
    first = resolve(str(file))
    assert (first.read(), first.identity) == (b"one", resolve(str(file)).identity)
    monkeypatch.chdir(tmp_path)
    assert resolve("s.json").identity == first.identity
    os.utime(file, ns=(5, 5))
    later = resolve(str(file))
    file.write_bytes(b"longer")
    os.utime(file, ns=(5, 5))
    assert len({first.identity, later.identity, resolve(str(file)).identity}) == 3


def test_a_replaced_file_of_the_same_size_and_time_is_another(tmp_path: Path) -> None:
    file, other = tmp_path / "s.json", tmp_path / "t.json"
    for path in (file, other):
        path.write_bytes(path.name.encode())
        os.utime(path, ns=(5, 5))
    before = resolve(str(file)).identity
    os.replace(other, file)
    assert resolve(str(file)).identity != before


def test_a_named_pipe_is_identified_by_its_content(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for content in (b"one", b"two"):
        writer = threading.Thread(target=pipe.write_bytes, args=(content,))
        writer.start()
        source = resolve(str(pipe))
        writer.join()
        assert (source.read(), source.read()) == (content, content)


@pytest.mark.parametrize("reference", ["nowhere.json", "file/below", "x" * 5000, ".", "", "\udcff"])
def test_what_can_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unreachable):
        resolve(reference).read()


def test_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(Unreachable):
        resolve(str(tmp_path / "loop"))


def test_a_file_above_the_size_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summitcli.sources.source.MAX_SIZE", 3)
    file = tmp_path / "s.json"
    file.write_bytes(b"123")
    assert resolve(str(file)).read() == b"123"
    source = resolve(str(file))
    file.write_bytes(b"1234")
    for read in (source.read, lambda: resolve(str(file))):
        with pytest.raises(ScheduleError):
            read()


def test_a_saved_schedule_takes_precedence_over_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "conf").write_bytes(b"file")
    assert resolve("conf").read() == b"file"
    keep(A, b"kept")
    assert (resolve("conf").read(), resolve("./conf").read()) == (b"kept", b"file")
    assert resolve("https://a.example/s").read() == b"kept"
    with pytest.raises(UnknownValue) as caught:
        resolve("cnf")
    assert str(caught.value) == 'no schedule named "cnf". Did you mean "conf"?'


def test_the_name_of_a_conference_in_a_directory_is_looked_up_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked: list[str] = []

    def listed(name: str) -> Source:
        asked.append(name)
        return Source(name, "listed", content=b"listed")

    assert resolve("conf", listed=listed).read() == b"listed"
    (tmp_path / "conf").write_bytes(b"file")
    assert resolve("conf", listed=listed).read() == b"file"
    keep(A, b"saved", name="conf")
    assert resolve("conf", listed=listed).read() == b"saved"
    for reference in ("no.json", "a/b", "", "x" * 65):
        with pytest.raises(Unreachable):
            resolve(reference, listed=listed)
    assert asked == ["conf"]
    with pytest.raises(UnknownValue):
        resolve("other")
    assert [may_be_name(name) for name in ("other", "conf", "-", "a.json", "")] == [True, *[False] * 4]
