"""The unique conference IDs used in the library and for agendas."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from summitcli.agenda import document
from summitcli.library.conferences import LARGEST_AGENDA, agenda_id, free_id, is_bundled
from summitcli.library.folder import has_lasting_ids
from summitcli.library.reference import resolve
from summitcli.library.store import keep
from summitcli.rows import ConferenceRow
from tests.library.kept_samples import A, B, changed
from tests.schedules import DATA

NEW = changed(B, id="conf", title="New", start="2024-05-01", end="2024-05-02")
OURS = DATA["conference"]


def conference(title: str = "New", start: str = "2024-05-01", id_: str = "conf") -> ConferenceRow:
    return ConferenceRow(id_, title, {}, "en", "UTC", start, start, None, {}, {})


def agenda(id_: str, **fields: Any) -> Path:
    """Write an agenda of a conference without a saved schedule."""
    path = Path(os.environ["SUMMIT_DATA"]) / "agendas" / id_ / "default.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(fields))
    return path


def test_the_source_id_is_used_unless_another_conference_has_it() -> None:
    assert free_id(NEW) == "conf"
    keep(A, b"1")
    assert free_id(NEW) == "conf-2"
    keep(changed(A, id="conf-2", title="C", reference="c"), b"1")
    assert free_id(NEW) == "conf-3"


@pytest.mark.parametrize(
    ("about", "id_"),
    [
        ({"title": "New"}, "conf"),
        ({"title": "ＮＥＷ"}, "conf"),
        ({"title": "Old"}, "conf-2"),
        ({"title": "New", "start": "2024-05-02"}, "conf"),
        ({"title": "New", "start": "2023-05-02"}, "conf-2"),
        ({"title": "Old", "start": "2024-05-01"}, "conf-2"),
        ({"title": "New", "start": "soon"}, "conf"),
        ({"title": "Old", "start": "soon"}, "conf-2"),
        ({"title": "Old", "start": 5}, "conf"),
        ({"title": 5}, "conf"),
        ({}, "conf"),
        ({"conference": {"title": "New", "start": "2024-05-02"}}, "conf"),
        ({"conference": {"title": "New", "start": "2023-05-02"}}, "conf-2"),
        ({"conference": {"title": "Old", "start": "2024-05-02"}, "title": "New"}, "conf-2"),
        ({"conference": "conf", "title": "Old"}, "conf-2"),
    ],
    ids=str,
)
def test_agendas_of_another_conference_are_not_used(about: dict[str, Any], id_: str) -> None:
    agenda("conf", **about)
    assert free_id(NEW) == agenda_id(conference()) == agenda_id(conference(), is_first=True) == id_


def test_an_unreadable_agenda_is_not_ignored() -> None:
    path = agenda("conf")
    for damage in ("", "[]", "{", "[" * 100_000):
        path.write_text(damage)
        assert free_id(NEW) == agenda_id(conference()) == "conf"


def test_only_agenda_files_are_read() -> None:
    path = agenda("conf", title="Old")
    path.with_name("a.txt").write_text("{}")
    path.with_name("default.json.1").write_text(json.dumps({"title": "New"}))
    assert agenda_id(conference()) == "conf-2"


def test_other_things_instead_of_agendas_may_be_of_any_conference() -> None:
    folder = agenda("conf").parent
    (folder / "default.json").unlink()
    (folder / "default.json").mkdir()
    assert free_id(NEW) == agenda_id(conference()) == "conf"
    (folder / "default.json").rmdir()
    folder.rmdir()
    folder.touch()
    assert free_id(NEW) == agenda_id(conference()) == "conf"


def test_an_agenda_that_vanishes_meanwhile_may_be_of_any_conference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agenda("conf", title="Old")
    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", lambda _folder: ["another.json"])
        assert agenda_id(conference()) == "conf"


def test_after_the_first_unused_id_only_one_more_is_tried() -> None:
    agenda("conf-3", title="New")
    assert agenda_id(conference()) == "conf"
    agenda("conf", title="Old")
    assert agenda_id(conference()) == agenda_id(conference(), is_first=True) == "conf-2"


def test_a_first_agenda_gets_an_id_without_schedule_and_agenda() -> None:
    keep(A, b"1")
    agenda("conf-2", title="Old")
    assert agenda_id(conference()) == "conf"
    assert agenda_id(conference(), is_first=True) == "conf-3"


def test_a_hundred_conferences_may_share_an_id() -> None:
    agenda("conf", title="Old")
    for number in range(2, 100):
        agenda(f"conf-{number}", title=f"Old {number}")
    assert agenda_id(conference()) == agenda_id(conference(), is_first=True) == "conf-100"
    agenda("conf-100", title="Old 100")
    assert agenda_id(conference()) == agenda_id(conference(), is_first=True) == "conf"


def test_the_size_limit_of_agendas_is_the_same_everywhere() -> None:
    assert LARGEST_AGENDA == document.LARGEST == 64 * 1024 * 1024


def test_an_agenda_is_found_under_the_id_given_to_it() -> None:
    keep(A, b"1")
    assert agenda_id(conference()) == "conf"
    assert agenda_id(conference(), is_first=True) == "conf-2"
    agenda("conf-2", title="New")
    assert agenda_id(conference()) == agenda_id(conference(), is_first=True) == "conf-2"
    agenda("conf", title="A")
    assert agenda_id(conference()) == "conf-2"
    assert agenda_id(conference(title="Third"), is_first=True) == "conf-3"


def test_a_saved_schedule_and_its_file_share_an_agenda() -> None:
    keep(changed(A, start="2024-05-01"), b"1")
    assert agenda_id(conference(title="A"), is_first=True) == "conf"
    assert agenda_id(conference(title="A", start="2025-05-01"), is_first=True) == "conf-2"


def test_a_schedule_that_claims_to_be_the_bundled_one_gets_another_id() -> None:
    ids = [one["id"] for one in DATA["sessions"]]
    ours = changed(
        A, id=OURS["id"], title=OURS["title"]["zh"], start=OURS["start"], end=OURS["end"], reference="x"
    )
    half = ids[: len(ids) // 2]
    assert free_id(ours, half) == OURS["id"]
    assert free_id(ours, half[1:]) == f"{OURS['id']}-2"
    assert free_id(changed(ours, title="Other"), half) == f"{OURS['id']}-2"
    assert not is_bundled(ours.id, ours.title, ours.start, "2022-07-27", ids)
    assert agenda_id(conference("Other", id_=OURS["id"]), is_first=True) == f"{OURS['id']}-2"
    assert agenda_id(conference(ours.title, ours.start, ours.id), is_first=True) == ours.id


def test_saved_and_bundled_schedules_have_the_agendas_of_their_ids(tmp_path: Path) -> None:
    kept = keep(A, b"1")
    agenda("conf", title="Another")
    agenda(OURS["id"], title="Another")
    (tmp_path / "bundled").write_text("{}")
    sources = [kept.source(), resolve("bundled"), resolve(str(tmp_path / "bundled"))]
    for id_, keys in {
        "conf": ["conf", "conf", "conf-2"],
        OURS["id"]: [OURS["id"]] * 2 + [f"{OURS['id']}-2"],
    }.items():
        about = conference(id_=id_)
        found = [about.id if has_lasting_ids(source) else agenda_id(about) for source in sources]
        assert found == keys
