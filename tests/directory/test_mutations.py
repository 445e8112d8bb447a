"""Damaged directories: each is read in part, or refused in one line."""

from datetime import date
from typing import Any

from hypothesis import given, settings

from summitcli.directory.document import NotADirectory, parse
from summitcli.storage.paths import fault_of_name
from tests.conftest import examples
from tests.directory.samples import HARBOUR
from tests.formats.frab.json_mutations import mutated

OWN: Any = {
    "format": "summit-directory/1",
    "conferences": [
        dict(HARBOUR),
        {**HARBOUR, "name": "knots-{year}", "editions": [{"year": 2026, "start": "2026-05-01"}, {"year": 1}]},
    ],
}
MENU: Any = {
    "version": 1,
    "schedules": [
        {"id": "a_1", "title": "A", "url": "https://a.example/", "start": "2026-01-01", "end": "2026-01-02",
         "timezone": "UTC", "metadata": {"links": [{"url": "https://a.example/", "title": "Site"}]}},
    ] * 2,
}  # fmt: skip


def outcome(content: bytes) -> str | None:
    """Return the error for a directory, or None if it can be read; its rows are as they should be."""
    try:
        rows, left_out = parse(content, "d")
    except NotADirectory as error:
        return str(error)
    names = [row.name for row in rows]
    assert len(set(names)) == len(names)
    assert not any(map(fault_of_name, names))
    assert left_out >= 0
    for row in rows:
        "".join(filter(None, row)).encode()
        assert date.fromisoformat(row.start) <= date.fromisoformat(row.end)
        assert row.title
        assert row.url.startswith(("https://", "http://", "webcal"))
    return None


@settings(max_examples=examples(1000))
@given(mutated(OWN))
def test_a_damaged_directory_is_read_in_part_or_refused(content: bytes) -> None:
    assert "\n" not in (outcome(content) or "")


@settings(max_examples=examples(1000))
@given(mutated(MENU))
def test_a_damaged_menu_is_read_in_part_or_refused(content: bytes) -> None:
    assert "\n" not in (outcome(content) or "")
