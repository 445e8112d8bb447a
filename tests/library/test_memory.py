"""Writing and reading memory files, and damaged ones."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.identity import Identity
from summitcli.library import memory as memories
from summitcli.library.memory import Memory, MemoryFile, Vanished, dumps
from summitcli.library.store import keep
from summitcli.rows import SlotRow
from summitcli.sources.source import fingerprint
from tests.library.kept_samples import A, changed

SLOT = SlotRow("2024-05-01", "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00", False, "Hall")
GONE = Identity("talk", "Tälk", "guid", "7", "https://a.example/7", ("Ada", "Bob"), (SLOT,))
WHOLE = Memory(
    3,
    {"8": "other"},
    (Vanished(GONE, 2, True, False), Vanished(Identity("x", "X", slots=[SLOT]), 3, False, True)),
    ("y",),
)
TEXT = """\
{
 "format": "summit-memory/1",
 "names": {
  "8": "other"
 },
 "vanished": [
  {"id": "talk", "title": "T\\u00e4lk", "guid": "guid", "code": "7", "url": "https://a.example/7", \
"speakers": ["Ada", "Bob"], "slots": [{"day": "2024-05-01", "start": "2024-05-01T10:00:00+02:00", \
"end": "2024-05-01T11:00:00+02:00", "all_day": false, "room": "Hall"}], \
"update": 2, "trusted": true, "said": false},
  {"id": "x", "title": "X", "guid": null, "code": null, "url": null, "speakers": [], \
"slots": [{"day": "2024-05-01", "start": "2024-05-01T10:00:00+02:00", "end": "2024-05-01T11:00:00+02:00", \
"all_day": false, "room": "Hall"}], "update": 3, "trusted": false, "said": true}
 ],
 "former": ["y"]
}
"""


def plain(memory: Memory) -> list[object]:
    """Return the parts of a memory that can be compared."""
    return [*memory[:2], [(vars(one.identity), *one[1:]) for one in memory.vanished], *memory[3:]]


def written(path: Path, data: bytes) -> MemoryFile:
    path.write_bytes(data)
    return MemoryFile(str(path), fingerprint(data))


def test_a_memory_is_written_and_read() -> None:
    assert dumps(WHOLE) == TEXT.encode()
    one = keep(changed(A, updates=3), b"1", memory=dumps(WHOLE))
    found = one.remembered()
    for other in found.vanished:
        vars(other.identity).pop("times")
    assert plain(found) == plain(WHOLE)
    assert one.memory_file().names() == {"8": "other"}


def test_an_empty_memory_has_no_file() -> None:
    assert dumps(Memory(7)) == b""
    one = keep(changed(A, updates=7), b"1")
    assert (one.memory, one.remembered()) == ("", Memory(7))
    assert one.source().hints.kept_ids is None


@pytest.mark.parametrize("damage", [None, b"", b"{}", TEXT.encode()[:-5]])
def test_a_damaged_file_is_an_empty_memory(damage: bytes | None) -> None:
    one = keep(changed(A, updates=3), b"1", memory=dumps(WHOLE))
    path = Path(one.memory_file().path)
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    assert one.remembered() == Memory(3, is_damaged=True)
    assert one.memory_file().names() is None


FAULTS: list[tuple[list[str | int], Any]] = [
    ([], []),
    (["format"], "summit-memory/2"),
    (["names"], []),
    (["names", "8"], "../x"),
    (["names", "8"], 5),
    (["vanished"], {"a": 1}),
    (["vanished", 0], None),
    (["vanished", 0, "id"], "UPPER"),
    (["vanished", 0, "title"], None),
    (["vanished", 0, "title"], "\ud800"),
    (["vanished", 0, "guid"], 5),
    (["vanished", 0, "speakers"], [5]),
    (["vanished", 0, "slots"], [{}]),
    (["vanished", 0, "slots", 0, "start"], "noon"),
    (["vanished", 0, "slots", 0, "day"], []),
    (["vanished", 0, "update"], "2"),
    (["vanished", 0, "trusted"], 1),
    (["former"], [5]),
]


@pytest.mark.parametrize(("where", "value"), FAULTS, ids=str)
def test_any_file_is_valid_or_damaged(tmp_path: Path, where: list[str | int], value: object) -> None:
    document: Any = json.loads(TEXT)
    place = document
    for step in where[:-1]:
        place = place[step]
    if where:
        place[where[-1]] = value
    else:
        document = value
    assert written(tmp_path / "m", json.dumps(document).encode()).read() is None


@given(st.binary(max_size=60) | st.text('{}[]":,0null', max_size=60).map(str.encode))
def test_no_content_causes_an_internal_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    assert written(tmp_path_factory.mktemp("m") / "m", data).read() is None


def test_only_the_ids_of_older_vanished_sessions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tuple(Vanished(Identity(f"s{n}", "T" * 100), n, True, False) for n in range(100))
    monkeypatch.setattr(memories, "MAX_VANISHED", 80)
    found = json.loads(dumps(Memory(vanished=gone, former=("x", "s3"))))
    assert found["former"] == ["x", "s3", *(f"s{n}" for n in range(20) if n != 3)]
    assert [one["id"] for one in found["vanished"]] == [f"s{n}" for n in range(20, 100)]
    monkeypatch.setattr(memories, "LARGEST", 10_000)
    data = dumps(Memory(vanished=gone))
    assert len(data) <= 10_000
    found = json.loads(data)
    assert found["former"] + [one["id"] for one in found["vanished"]] == [f"s{n}" for n in range(100)]
