"""Reading a schedule in a second process: the same catalog and findings, or none at all."""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from summitcli import progress
from summitcli.catalog import reading_process
from summitcli.catalog.reading_process import MIN_SIZE, ReadingProcess, is_worthwhile
from summitcli.catalog.store import temporary_catalog
from summitcli.formats import parse
from summitcli.i18n import using_language
from summitcli.sources.source import Hints, Source
from summitcli.storage.second_process import SecondProcess, SecondProcessError
from tests.conftest import Asked
from tests.listeners import recording
from tests.published import DATA

FILES = [DATA / name for name in ("harbour.json", "kolkata.xml", "odd.ics", "meetup.csv")]


def source_of(file: Path, hints: Hints | None = None) -> Source:
    return Source(file.name, "state", path=str(file), hints=hints or Hints())


def files() -> list[str]:
    """Return the names of the files in the directory of catalogs."""
    folder = Path(os.environ["SUMMIT_CACHE"])
    return [path.name for path in folder.iterdir()] if folder.exists() else []


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return the path of a file that is no schedule."""
    file = tmp_path / "broken.json"
    file.write_text('{"format": "summit-schedule/1"')
    return file


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_result_is_that_of_this_process(file: Path, language: str) -> None:
    source = source_of(file, Hints(time_zone="Europe/Berlin"))
    with using_language(language), closing(ReadingProcess(source)) as process:
        parsed = parse(source.read(), source.name, source.hints)
        catalog, findings, cancelled = process.result()
        with closing(catalog), closing(temporary_catalog(parsed, searchable=False)) as expected:
            assert catalog.listings() == expected.listings()
            assert catalog.sessions() == expected.sessions()
            assert catalog.facts() == expected.facts()
            assert [*findings] == [*parsed.findings]
            assert (findings.counts, findings.notes) == (parsed.findings.counts, parsed.findings.notes)
            assert cancelled == parsed.cancelled
    assert files() == []


def test_the_file_of_the_catalog_is_removed_when_the_catalog_is_closed() -> None:
    with closing(ReadingProcess(source_of(DATA / "harbour.json"))) as process:
        catalog, _findings, _cancelled = process.result()
    with closing(catalog):
        assert len(catalog.sessions()) == 7
        # It has no tables for searching.
        assert catalog.select("SELECT count(*) FROM search_text") == [(0,)]
        assert len(files()) == 1
    assert files() == []


def test_the_wait_is_shown_as_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    finish = SecondProcess.finish

    def finish_slowly(self: SecondProcess) -> object:
        progress.wait()
        return finish(self)

    monkeypatch.setattr(SecondProcess, "finish", finish_slowly)
    with recording() as recorded, closing(ReadingProcess(source_of(DATA / "harbour.json"))) as process:
        process.result()[0].close()
    assert {*recorded.told} == {("reading", 0, None), "end"}


def test_a_catalog_that_can_not_be_opened_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(_path: str, _options: str) -> sqlite3.Connection:
        raise sqlite3.OperationalError

    monkeypatch.setattr(reading_process, "connect", connect)
    with (
        closing(ReadingProcess(source_of(DATA / "harbour.json"))) as process,
        pytest.raises(SecondProcessError),
    ):
        process.result()
    assert files() == []


def test_a_schedule_that_can_not_be_read_is_an_error(broken: Path) -> None:
    with closing(ReadingProcess(source_of(broken))) as process, pytest.raises(SecondProcessError):
        process.result()
    assert files() == []


def test_hints_that_are_functions_can_not_be_sent() -> None:
    with pytest.raises(SecondProcessError):
        ReadingProcess(source_of(DATA / "harbour.json", Hints(kept_ids=lambda: None)))
    assert files() == []


def test_without_a_directory_for_its_file_it_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_CACHE", os.devnull)
    with pytest.raises(SecondProcessError):
        ReadingProcess(source_of(DATA / "harbour.json"))


def test_it_is_used_for_large_files_on_several_processors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b" " * (MIN_SIZE - 1))
    large.write_bytes(b" " * MIN_SIZE)
    monkeypatch.setattr(reading_process, "processors", lambda: 2)
    sources = [source_of(small), source_of(large), source_of(tmp_path / "missing")]
    assert [*map(is_worthwhile, sources)] == [False, True, False]
    assert not is_worthwhile(source_of(large)._replace(content=large.read_bytes()))
    monkeypatch.setattr(reading_process, "processors", lambda: 1)
    assert not is_worthwhile(source_of(large))


ALWAYS: Mapping[str, object] = {"is_worthwhile": lambda _source: True}


@pytest.mark.parametrize("changed", [ALWAYS, {**ALWAYS, "__name__": "summitcli.missing"}])
@pytest.mark.parametrize(
    ("old", "new"),
    [("harbour.json", "harbour.ics"), ("odd.json", "fair.json"), ("fair.json", ""), ("", "fair.json")],
)
def test_schedules_are_compared_as_by_one_process(
    old: str,
    new: str,
    changed: Mapping[str, object],
    broken: Path,
    ask: Asked,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ("diff", *(str(DATA / name if name else broken) for name in (old, new)))
    expected = ask(*words)
    for name, value in changed.items():
        monkeypatch.setattr(reading_process, name, value)
    assert ask(*words) == expected
    assert [name for name in files() if name.endswith(".tmp")] == []
