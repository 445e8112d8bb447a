"""Reading of directories: files, the one of the program, and which conference has a name."""

import gzip
import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import available_timezones

import pytest

from summitcli.directory.document import NotADirectory
from summitcli.directory.reading import (
    Directory,
    find_named,
    included,
    included_path,
    listed,
    read_all,
    split,
)
from summitcli.directory.remote import Reader
from summitcli.errors import Unreachable
from summitcli.rows import DirectoryRow
from tests.directory.samples import HARBOUR, HARBOUR_ROW, document


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def reader(warnings: list[str]) -> Reader:
    return Reader(datetime(2026, 9, 1, tzinfo=UTC), warnings.append, None)


def file(folder: Path, text: str, name: str = "d.json") -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_directories_are_read_in_order(tmp_path: Path, reader: Reader, warnings: list[str]) -> None:
    asked = file(tmp_path, document(HARBOUR))
    other = file(tmp_path, document({**HARBOUR, "name": "other"}), "e.json")
    found = read_all([asked], f"{other}:{asked}", reader)
    assert found == [Directory((HARBOUR_ROW,)), Directory((HARBOUR_ROW._replace(name="other"),)), included()]
    assert warnings == []


def test_a_compressed_file_is_read(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "d.json.gz").write_bytes(gzip.compress(document(HARBOUR).encode()))
    assert read_all([str(tmp_path / "d.json.gz")], "", reader)[0] == Directory((HARBOUR_ROW,))


def test_entries_that_are_left_out_are_counted(tmp_path: Path, reader: Reader, warnings: list[str]) -> None:
    path = file(tmp_path, document(HARBOUR, 7, {}))
    assert read_all([path], "", reader)[0] == Directory((HARBOUR_ROW,))
    read_all([file(tmp_path, document(7))], "", reader)
    assert warnings == [
        f"{path}: 2 conferences without a title, a URL or valid dates were left out",
        f"{path}: 1 conference without a title, a URL or valid dates was left out",
    ]


def test_what_is_asked_for_must_be_readable(tmp_path: Path, reader: Reader) -> None:
    with pytest.raises(NotADirectory):
        read_all([file(tmp_path, "{}")], "", reader)
    for missing in ("nowhere.json", str(tmp_path)):
        with pytest.raises(Unreachable, match="can't read"):
            read_all([missing], "", reader)


def test_a_directory_in_the_environment_that_can_not_be_read_is_reported(
    tmp_path: Path, reader: Reader, warnings: list[str]
) -> None:
    bad = file(tmp_path, "{}")
    assert read_all([], f"{bad}:nowhere.json", reader) == [included()]
    empty = "it lists no conferences, neither in this program's format nor in that of the app Giggity"
    assert warnings == [
        f"{bad} is not a list of conferences: {empty}",
        "can't read nowhere.json: No such file or directory",
    ]


def test_a_pipe_is_not_waited_for(tmp_path: Path, reader: Reader) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreachable, match="must be a file"):
        read_all([str(tmp_path / "pipe")], "", reader)


def test_the_first_of_several_conferences_with_one_name_counts() -> None:
    other = HARBOUR_ROW._replace(name="HARBOUR-2026", title="Other")
    directories = [Directory((HARBOUR_ROW,)), Directory((other, other._replace(name="b")))]
    assert [found.row.name for found in listed(directories)] == ["harbour-2026", "b"]
    found = find_named(directories, "Harbour-2026")
    assert found is not None
    assert found == (HARBOUR_ROW, directories[0])
    assert find_named(directories, "harbour") is None


@pytest.mark.parametrize(
    ("value", "references"),
    [
        ("", []),
        ("a.json", ["a.json"]),
        (":a.json::b.json:", ["a.json", "b.json"]),
        ("https://a.example/d.json:b.json", ["https://a.example/d.json", "b.json"]),
        ("b.json:HTTP://a.example:8080/d:c", ["b.json", "HTTP://a.example:8080/d", "c"]),
        ("http://a.example:8080:http://b.example", ["http://a.example:8080", "http://b.example"]),
        ("http://[::1]:80/d:webcal://a/c", ["http://[::1]:80/d", "webcal://a/c"]),
        ("https://me:secret@a.example/d:b", ["https://me:secret@a.example/d", "b"]),
        ("http://a.example:b.json", ["http://a.example", "b.json"]),
    ],
)
def test_the_references_in_the_environment(value: str, references: list[str]) -> None:
    assert split(value) == references


OWN = included().rows


def test_the_directory_of_the_program_is_complete() -> None:
    assert os.path.basename(included_path()) == "conferences.json"
    assert len(OWN) > 100
    assert len({row.name for row in OWN}) == len({row.url for row in OWN}) == len(OWN)
    assert OWN.count(next(row for row in OWN if row.name == "fosdem-2026")) == 1


@pytest.mark.parametrize("row", OWN, ids=lambda row: row.name)
def test_a_conference_in_the_directory_of_the_program_is_as_it_should_be(row: DirectoryRow) -> None:
    days = (datetime.fromisoformat(row.end) - datetime.fromisoformat(row.start)).days
    assert 0 <= days <= 14
    assert row.time_zone in available_timezones()
    assert row.url.startswith("https://")
    assert row.source is not None
    assert row.source.startswith("https://")
    assert "{" not in "".join(map(str, row))
    assert row.name == row.name.lower()
    years = [word for word in row.name.split("-") if len(word) == 4 and word.isdigit()]
    assert years in ([], [row.start[:4]])
