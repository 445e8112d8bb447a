"""Exports of conference software that have no times, and what is said about them."""

from typing import Any

import pytest

from summitcli.formats.without_times import describe

INDICO = "it is a conference from Indico without its contributions; add `detail=contributions` to the URL"
SUBMISSIONS = "it is a list of submissions from pretalx; use the conference's schedule.json"
PRETALX_SPEAKERS = "it is a list of speakers from pretalx; use the conference's schedule.json"
SESSIONIZE = "it is a list of speakers from Sessionize; use its view All or GridSmart"
EVENTYAY = "it is a list of speakers from eventyay; use eventyay's list of sessions instead"
TALKS = "it looks like a list of submissions, which has no times; use the schedule instead"
SPEAKERS = "it looks like a list of speakers, which has no times; use the schedule instead"


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"count": 1, "results": [{"title": "C", "startDate": {}, "timezone": "UTC"}]}, INDICO),
        ({"results": [{"startDate": {}, "timezone": "UTC", "contributions": []}]}, INDICO),
        (
            {"count": 9, "next": None, "results": [
                {"code": "A", "title": "T", "submission_type": "Talk", "state": "confirmed", "slot": None}]},
            SUBMISSIONS,
        ),
        ({"results": [{"code": "A", "title": "T", "slot": {"start": "2024-05-01T10:00:00Z"}}]}, SUBMISSIONS),
        ({"results": [{"code": "A", "name": "Ada", "biography": "", "submissions": []}]}, PRETALX_SPEAKERS),
        ([{"id": "p1", "fullName": "Ada", "bio": "", "tagLine": "", "sessions": []}], SESSIONIZE),
        ([{"id": 1, "name": "Ada", "short_biography": "", "organisation": ""}], EVENTYAY),
        ([{"id": 1, "name": "Ada", "short-biography": ""}], EVENTYAY),
        ([{"title": "T", "talk_format": "Talk", "name": "Ada"}], TALKS),
        ({"submissions": [{"title": "T", "abstract": ""}]}, TALKS),
        ({"speakers": [{"name": "Ada", "bio": ""}]}, SPEAKERS),
        ([5, {"name": "Ada", "bio": ""}], SPEAKERS),
    ],
)  # fmt: skip
def test_an_export_without_times_is_described(document: Any, sentence: str) -> None:
    assert describe(document) == sentence


@pytest.mark.parametrize(
    "document",
    [
        None, 5, [], {}, [5], [{}], {"results": 5}, {"results": [5]}, [{"title": "T"}], [{"name": "Ada"}],
        [{"title": "T", "abstract": "", "starts": "10:00"}], [{"title": "T", "description": "", "Day": "1"}],
        {"startDate": "", "timezone": ""},
    ],
)  # fmt: skip
def test_other_documents_are_not_described(document: Any) -> None:
    assert describe(document) == ""
