"""Tests of changes as text."""

import pytest

from summitcli.exports.announcement.texts import logged_text
from summitcli.library.log import LoggedChange


@pytest.mark.parametrize(
    ("kind", "was", "now", "expected"),
    [
        ("moved", "2024-05-01 A", "2024-05-02, 2024-05-03 B", "1 May 2024 A → 2 May 2024, 3 May 2024 B"),
        ("moved", None, "2024-05-02", "– → 2 May 2024"),
        ("new", None, "2024-05-02 10:00–11:00 A", "2 May 2024 10:00–11:00 A"),
        ("missing", "2024-05-01", None, "1 May 2024"),
        ("cancelled", "2024-05-01", None, "1 May 2024"),
        ("speakers", "Ada", None, "Ada → –"),
        ("speakers", None, "Ada", "– → Ada"),
        ("renamed", "2024-05-01", "B", "2024-05-01 → B"),
        ("text", None, None, ""),
    ],
)
def test_a_logged_change_has_something_on_both_sides_of_an_arrow(
    kind: str, was: str | None, now: str | None, expected: str
) -> None:
    assert logged_text(LoggedChange(kind, "a", "A", was, now)) == expected
