"""Progress of the validation against a format's definition, which counts events."""

import json

import pytest

from summitcli.validation.strict import check
from tests.listeners import recording

EVENTS = 101


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"schedule": {"conference": {"days": [{"rooms": {"A": [{}] * EVENTS}}]}}}).encode(),
        b"<schedule><day><room>" + EVENTS * b"<event/>" + b"</room></day></schedule>",
    ],
    ids=["json", "xml"],
)
def test_events_are_counted_while_they_are_checked(data: bytes) -> None:
    with recording() as recorded:
        faults = check(data)
        assert faults is not None
        assert len(list(faults)) > EVENTS
    assert recorded.told == [("checking", 0, None), ("checking", 100, None), "end"]


def test_progress_ends_where_checking_is_given_up() -> None:
    with recording() as recorded:
        faults = check(b"<schedule><day><room><event/></room></day></schedule>")
        assert faults is not None
        next(iter(faults))
        del faults
    assert recorded.told == [("checking", 0, None), "end"]
