"""The checks for names of rooms, speakers and categories."""

from tests.schedules import session
from tests.validation.programme.found import at, problems


def test_the_rarer_spelling_is_found_where_it_is_first_used() -> None:
    made = [
        session("a", at("10:00", "11:00", "grand  hall")),
        session("b", at("11:00", "12:00", "Grand Hall")),
        session("c", at("12:00", "13:00", "Grand Hall")),
    ]
    (problem,) = problems(*made)
    assert problem._replace(line=None, column=None) == (
        "warning",
        "sessions[0].slots[0].room",
        None,
        None,
        'the room "grand  hall" (1 session) is also called "Grand Hall" (2 sessions)',
        "same-name",
        ("a", "b"),
    )


def test_speakers_and_categories_are_compared_too() -> None:
    made = [
        session("a", speakers=["Ada Lovelace"], category="talk"),
        session("b", speakers=["Ada Lovelase"], category="talks"),
        session("c", speakers=["ada lovelace"], category="talks"),
    ]
    categories = [{"id": "talk", "name": "Workshop"}, {"id": "talks", "name": "Workshops"}]
    found = [(row.severity, row.rule, row.path, row.reason) for row in problems(*made, categories=categories)]
    assert found == [
        (
            "warning",
            "same-name",
            "sessions[2].speakers",
            'the speaker "ada lovelace" (1 session) is also called "Ada Lovelace" (1 session)',
        ),
        (
            "note",
            "similar-name",
            "sessions[0].category",
            'the categories "Workshop" (1 session) and "Workshops" (2 sessions) differ by one letter',
        ),
        (
            "note",
            "similar-name",
            "sessions[1].speakers",
            'the speakers "Ada Lovelase" (1 session) and "Ada Lovelace" (1 session) differ by one letter',
        ),
    ]
