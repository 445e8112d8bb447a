"""Messages about a table."""

from summitcli.formats.tables.columns import Header
from summitcli.formats.tables.messages import MAX_NAMES, columns_note


def test_what_each_column_was_taken_for() -> None:
    header = Header([{"day": 1, "title": 0, "start": 1}], {0: "Titel\nTitle", 1: "Wann"})
    assert columns_note(header) == 'columns: title="Titel Title", day="Wann", start="Wann"'


def test_columns_that_are_not_read_are_named_as_far_as_they_fit() -> None:
    header = Header([{"title": 0}], {0: "Title", 1: "x" * 31, 2: "Notes"})
    assert columns_note(header) == 'columns: title="Title"; not read: "' + "x" * 29 + '…", "Notes"'
    names = {n: f"n{n}" for n in range(MAX_NAMES + 2)}
    assert columns_note(Header([{"title": 0}], names)).endswith(f'"n{MAX_NAMES}", …')


def test_a_column_without_a_name_has_its_letters() -> None:
    assert columns_note(Header([{"title": 26}], {})) == 'columns: title="AA"'
