"""Output is written while it is made: without delay, not twice, and never half into a file."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.catalog import database
from summitcli.cli.output import file
from summitcli.errors import CatalogDamaged
from summitcli.exports import formats_for
from summitcli.exports import rows as batching
from summitcli.exports.rows import Request
from summitcli.exports.rows.cells import columns_of
from summitcli.rows import Listing
from tests.conftest import Asked, Run, examples
from tests.exports.row_samples import FORMATS, TEXTS, TIMED, WHOLE
from tests.schedules import document, session, write

MANY = 3000
SUMMIT = [sys.executable, "-m", "summitcli"]


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Use a schedule with longer lists than are drawn or written at once."""
    made = document(*(session(f"s{number}", description="Of this and that. " * 9) for number in range(MANY)))
    path = write(tmp_path / "large.json", made)
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(path))
    return path


@settings(max_examples=examples(200))
@given(st.lists(st.text(max_size=8), max_size=7), st.integers(1, 3), st.integers(1, 4))
def test_pieces_of_any_size_give_the_same_output(titles: list[str], first: int, further: int) -> None:
    rows = [(TIMED, WHOLE)[n % 2]._replace(id=f"s{n // 2}", title=title) for n, title in enumerate(titles)]
    with pytest.MonkeyPatch.context() as patch:
        for name in TEXTS:
            request = Request(Listing._fields if FORMATS[name].lossless else columns_of(Listing))
            whole = "".join(FORMATS[name].writer(rows, request))
            patch.setattr(batching, "FIRST_BATCH", first)
            patch.setattr(batching, "BATCH_SIZE", further)
            assert "".join(FORMATS[name].writer(iter(rows), request)) == whole
            patch.undo()


@pytest.mark.parametrize("name", TEXTS)
def test_the_first_piece_is_written_before_the_other_rows_are_made(name: str) -> None:
    made = []

    def rows() -> Iterator[Listing]:
        for number in range(MANY):
            made.append(number)
            yield TIMED._replace(id=f"s{number}")

    pieces = FORMATS[name].writer(rows(), Request(columns_of(Listing)))
    while "s9" not in next(pieces) and not made:
        pass
    assert len(made) <= batching.FIRST_BATCH


@pytest.mark.parametrize("name", formats_for(Listing, drawn=False))
def test_a_file_and_a_pipe_get_the_same(ask: Asked, large: Path, tmp_path: Path, name: str) -> None:
    written = tmp_path / "written"
    assert ask("export", "-f", name, "-o", str(written)).err == f"exported {MANY} sessions to {written}\n"
    answer = ask("export", "-f", name)
    assert (answer.status, answer.err, answer.out.encode()) == (0, "", written.read_bytes())


@pytest.mark.parametrize("words", ["list", "list --json", "list -f csv", "list -f table", "export -f md"])
def test_a_broken_pipe_ends_long_output_silently(run: Run, large: Path, words: str) -> None:
    run("days", err=None)
    with subprocess.Popen(
        [*SUMMIT, *words.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert (process.wait(timeout=60), process.stderr.read()) == (141, b"")


def failing() -> Iterator[bytes]:
    yield b"new"
    raise ValueError("no more")


@pytest.mark.parametrize("target", ["ordinary", "linked", "new"])
def test_incomplete_output_leaves_the_old_file(tmp_path: Path, target: str) -> None:
    ordinary, linked = tmp_path / "ordinary", tmp_path / "linked"
    ordinary.write_bytes(b"old")
    linked.symlink_to("ordinary")
    with pytest.raises(ValueError, match="no more"):
        file.write(str(tmp_path / target), failing())
    assert ordinary.read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["linked", "ordinary"]


def test_nothing_is_opened_before_the_first_piece_is_made(tmp_path: Path) -> None:
    opened = []

    def pieces() -> Iterator[bytes]:
        opened.append(len(os.listdir(tmp_path)))
        yield b"new"
        opened.append(len(list(tmp_path.glob(".*.tmp"))))

    file.write(str(tmp_path / "new"), pieces())
    assert opened == [0, 1]
    assert (tmp_path / "new").read_bytes() == b"new"


def test_long_output_is_written_completely_to_a_link(tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to("target")
    pieces = [b"%07d\n" % number for number in range(700_000)]
    file.write(str(tmp_path / "linked"), iter(pieces))
    assert (tmp_path / "target").read_bytes() == b"".join(pieces)


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
def test_an_interrupted_export_leaves_no_partial_file(run: Run, large: Path, tmp_path: Path) -> None:
    run("days", err=None)
    folder = tmp_path / "shelf"
    folder.mkdir()
    code = (
        "import sys, time\nfrom summitcli.cli.output import file\nfrom summitcli.cli.process import main\n"
        "encoded = file.encoded\n"
        "def slowly(pieces):\n"
        "    for piece in encoded(pieces):\n        yield piece\n        time.sleep(60)\n"
        "file.encoded = slowly\nsys.exit(main(sys.argv[1:]))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, "export", "-o", str(folder / "a.csv")]) as process:
        while not os.listdir(folder) and process.poll() is None:
            time.sleep(0.01)
        assert [name.endswith(".tmp") for name in os.listdir(folder)] == [True]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
    assert os.listdir(folder) == []


@pytest.mark.parametrize("words", ["list", "list --json", "export -f csv"])
def test_output_continues_after_a_damaged_catalog_is_rebuilt(
    ask: Asked, large: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    whole = ask(*words.split())
    iterate = database.Database.iterate
    failures: list[int] = []

    def broken(self: database.Database, *arguments: object) -> Iterator[tuple[object, ...]]:
        for number, row in enumerate(iterate(self, *arguments)):  # type: ignore[arg-type]
            if number == 1500 and not failures:
                failures.append(number)
                raise CatalogDamaged("changed")
            yield row

    monkeypatch.setattr(database.Database, "iterate", broken)
    assert (ask(*words.split()), failures) == (whole, [1500])


def test_a_drawn_list_is_not_drawn_twice_after_a_damaged_catalog(
    ask: Asked, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask("list", "-f", "table").status == 0
    iterate = database.Database.iterate

    def broken(self: database.Database, *arguments: object) -> Iterator[tuple[object, ...]]:
        for number, row in enumerate(iterate(self, *arguments)):  # type: ignore[arg-type]
            if number == 2500:
                raise CatalogDamaged("changed")
            yield row

    monkeypatch.setattr(database.Database, "iterate", broken)
    answer = ask("list", "-f", "table")
    assert (answer.status, answer.out.count(" s1\n"), answer.err.count("\n")) == (70, 1, 1)
