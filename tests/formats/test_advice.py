"""Suggestions for mistyped keys and values."""

import pytest

from summitcli.formats.advice import MAX_SUGGESTIONS, Advice, with_suggestion

DOCUMENT = {
    "conference": {
        "time_zone": "Asia/Shangai", "topics": None, "figures": [{"topic": "x", "qualifier": "ovr"}],
    },
    "categories": [{"id": "talk"}, 5, {"id": 5}, {}],
    "sessions": [{"category": "tlk"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [("titel", 'is odd; did you mean "title"?'), ("day", "is odd"), ("x", "is odd"), ("", "is odd"),
     ("zzzzzz", "is odd"), (5, "is odd"), ("titl" * 20, "is odd")],
)  # fmt: skip
def test_only_a_similar_value_is_suggested(given: object, said: str) -> None:
    assert with_suggestion("is odd", given, ["title", "day"]) == said


@pytest.mark.parametrize(
    ("kind", "path", "said"),
    [
        ("extra_forbidden", ("sessions", 0, "spekers"), "speakers"),
        ("extra_forbidden", ("conference", "zone"), "time_zone"),
        ("time_zone", ("conference", "time_zone"), "Asia/Shanghai"),
        ("literal_error", ("conference", "figures", 0, "qualifier"), "over"),
        ("unknown_category", ("sessions", 0, "category"), "talk"),
        ("unknown_topic", ("conference", "figures", 0, "topic"), None),
        ("extra_forbidden", ("sessions", 0, "zzz"), None),
        ("missing", ("sessions", 0, "title"), None),
    ],
)
def test_keys_and_values_are_compared_with_the_possible_ones(
    kind: str, path: tuple[str | int, ...], said: str | None
) -> None:
    expected = "is odd" if said is None else f'is odd; did you mean "{said}"?'
    assert Advice(DOCUMENT).added("is odd", kind, path) == expected


def test_suggestions_for_one_file_are_limited() -> None:
    advice = Advice(DOCUMENT)
    made = [
        advice.added("", "unknown_category", ("sessions", 0, "category")) for _n in range(MAX_SUGGESTIONS + 5)
    ]
    assert [bool(reason) for reason in made] == [True] * MAX_SUGGESTIONS + [False] * 5
