"""The sessions of a catalog as a state for matching."""

import contextlib
import json

from summitcli.catalog.states import CatalogState
from summitcli.catalog.store import temporary_catalog
from summitcli.formats.names import with_session_ids
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule
from summitcli.rows import SlotRow
from tests.schedules import document, session, timed

START, END = "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00"
UUID = "6BA7B810-9DAD-11d1-80b4-00c04fd430c8"
MADE = document(
    session("b", timed("2024-05-01", START, END, room="Hall"), {"day": "2024-05-02"}, speakers=["Ada"]),
    session("a", guid=UUID, url="https://a.example/", title="Ａ  Talk"),
    session("c"),
)
NAMED = with_session_ids(Parsed.of(Schedule.model_validate_json(json.dumps(MADE))), {"b": "7"})


def test_keys_are_in_memory_and_the_rest_is_loaded_in_any_order() -> None:
    with contextlib.closing(temporary_catalog(NAMED, searchable=False)) as catalog:
        state = CatalogState(catalog)
        assert state.ids == ["7", "a", "c"]
        assert state.codes == ["b", "a", "c"]
        assert state.guids == [None, UUID.lower(), None]
        assert list(state.folded_titles()) == ["b", "a talk", "c"]
        whole = catalog.identities()
        assert [vars(one) for one in state.identities([2, 0])] == [vars(whole[2]), vars(whole[0])]
        assert vars(whole[0]) == {
            "id": "7",
            "code": "b",
            "title": "B",
            "guid": None,
            "url": None,
            "speakers": ("Ada",),
            "slots": (
                SlotRow("2024-05-01", START, END, False, "Hall"),
                SlotRow("2024-05-02", None, None, True, None),
            ),
            "titles": (),
        }


def test_ids_may_serve_as_codes() -> None:
    with contextlib.closing(temporary_catalog(NAMED, searchable=False)) as catalog:
        state = CatalogState(catalog, by_id=True)
        assert state.codes == ["7", "a", "c"]
        assert [one.code for one in state.identities([0, 1])] == ["7", "a"]
