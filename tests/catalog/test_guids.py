from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summitcli.catalog.guids import session_uids, shared_guids
from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import temporary_catalog
from summitcli.formats import parse
from tests.schedules import document, session, write


@contextmanager
def catalog(tmp_path: Path, **guids: str | None) -> Iterator[Catalog]:
    """Return the catalog of a schedule with these sessions and guids."""
    sessions = [session(id_) | ({"guid": guid} if guid else {}) for id_, guid in guids.items()]
    data = write(tmp_path / "plan.json", document(*sessions)).read_bytes()
    found = temporary_catalog(parse(data, "plan"))
    try:
        yield found
    finally:
        found.close()


def test_guids_that_each_have_one_session_are_not_shared(tmp_path: Path) -> None:
    with catalog(tmp_path, a="g-1", b="g-2", c=None, d=None) as found:
        assert shared_guids(found) == {}
        uid = session_uids(found)
        assert [uid(row).partition("@")[0] for row in found.sessions()] == ["g-1", "g-2", "c", "d"]


def test_a_guid_stands_for_the_first_of_its_sessions(tmp_path: Path) -> None:
    with catalog(tmp_path, b="g-1", a="g-1", c="g-1", d="g-2") as found:
        assert shared_guids(found) == {"g-1": "b"}
        uid = session_uids(found)
        locals_ = [uid(row).partition("@")[0] for row in found.sessions()]
        assert (locals_[0], locals_[3], len(set(locals_))) == ("g-1", "g-2", 4)


def test_a_guid_that_is_the_id_of_a_session_without_one_stands_for_that(tmp_path: Path) -> None:
    with catalog(tmp_path, a="talk", b="talk", talk=None) as found:
        assert shared_guids(found) == {"talk": "talk"}
        uid = session_uids(found)
        locals_ = [uid(row).partition("@")[0] for row in found.sessions()]
        assert (locals_[2], len(set(locals_))) == ("talk", 3)
