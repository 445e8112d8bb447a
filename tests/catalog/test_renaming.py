"""Replacing the IDs of the source in a catalog with those of the library."""

import contextlib
import json
import os
import sqlite3
from pathlib import Path

import pytest

from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import NewCatalog, build_catalog, open_catalog, temporary_catalog
from summitcli.formats.names import with_conference_id, with_session_ids
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule
from summitcli.sources.source import Source
from tests.schedules import document, session

MADE = document(*(session(id_, speakers=["Ada"]) for id_ in ("7", "8", "a", "b")))
NAMES = {"7": "8", "8": "7", "b": "a", "gone": "x"}
TABLES = (
    "conference", "day", "category", "room", "speaker", "session", "appearance", "listing", "search_text",
    "search_spelling", "search_neighbour",
)  # fmt: skip


def parsed() -> Parsed:
    return Parsed.of(Schedule.model_validate_json(json.dumps(MADE)))


def content(catalog: Catalog) -> dict[str, list[tuple[object, ...]]]:
    """Return the content of all tables of a catalog."""
    return {table: catalog.select(f"SELECT * FROM {table}") for table in TABLES}


@pytest.mark.parametrize("names", [NAMES, {}], ids=["renamed", "as they are"])
def test_a_renamed_catalog_is_as_if_it_were_built_with_the_names(
    tmp_path: Path, names: dict[str, str]
) -> None:
    source = Source("s", "state", path=str(tmp_path / "s"))
    (tmp_path / "s").write_text(json.dumps(MADE), "utf-8")
    named = with_session_ids(with_conference_id(parsed(), "conf-2"), names)
    with contextlib.closing(build_catalog(source, named)) as built:
        expected = content(built)
    with contextlib.closing(NewCatalog(parsed(), 1000)) as new:
        assert new.catalog.ids() == ["7", "8", "a", "b"]
        with contextlib.closing(new.named("conf-2", names, source)) as kept:
            assert content(kept) == expected
    with contextlib.closing(open_catalog(source)) as found:
        assert content(found) == expected
    assert not [file for file in os.listdir(os.environ["SUMMIT_CACHE"]) if file.endswith(".tmp")]
    with contextlib.closing(NewCatalog(parsed(), 1000, is_kept=False)) as new:
        looked_into = new.named("conf-2", names)
    with (
        contextlib.closing(looked_into),
        contextlib.closing(temporary_catalog(named, searchable=False)) as built,
    ):
        assert content(looked_into) == content(built)


def test_an_unsaved_catalog_leaves_no_file() -> None:
    with contextlib.closing(NewCatalog(parsed(), 1000)) as new:
        assert len(os.listdir(os.environ["SUMMIT_CACHE"])) == 1
        assert len(new.catalog.sessions()) == 4
    assert os.listdir(os.environ["SUMMIT_CACHE"]) == []


def test_a_catalog_that_can_not_be_saved_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("s", "state", content=b"x")
    with monkeypatch.context() as patched:
        patched.setenv("SUMMIT_CACHE", os.devnull)
        with contextlib.closing(NewCatalog(parsed(), 1000)) as new:
            catalog = new.named("conf-2", NAMES, source)
        with contextlib.closing(catalog):
            assert (catalog.conference().id, catalog.ids()) == ("conf-2", ["8", "7", "a-2", "a"])

    def full(*_words: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("summitcli.catalog.renaming.rename", full)
    with contextlib.closing(NewCatalog(parsed(), 1000)) as new:
        catalog = new.named("conf-2", NAMES, source)
    with contextlib.closing(catalog):
        assert (catalog.conference().id, catalog.ids()) == ("conf-2", ["8", "7", "a-2", "a"])
