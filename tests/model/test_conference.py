"""The models of a conference and of texts in several languages."""

import json

import pytest
from pydantic import ValidationError

from summitcli.model import Schedule, Text
from tests.schedules import document, session, timed


def test_a_text_is_plain_or_in_languages() -> None:
    assert Text("甲").by_language("zh") == {"zh": "甲"}
    assert Text({"zh": "甲", "en": "A"}).by_language("zh") == {"zh": "甲", "en": "A"}
    assert Text("甲").own("zh") == Text({"zh": "甲", "en": "A"}).own("zh") == "甲"


@pytest.mark.parametrize("tag", ["z", "ZH", "zh_CN", "", "chinese", "zh-"])
def test_invalid_language_tags(tag: str) -> None:
    with pytest.raises(ValidationError):
        Text({tag: "甲"})


@pytest.mark.parametrize(
    ("start", "end"),
    [("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31"), ("1582-10-01", "1582-10-20")],
)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "UTC"])
def test_a_conference_at_the_end_of_time_is_refused_or_can_be_built(start: str, end: str, zone: str) -> None:
    from sqlite3 import connect

    from summitcli.catalog.build import build
    from summitcli.formats.parsed import Parsed

    slots = [{"day": start}, {"day": end}, timed(start, f"{start}T00:00:00Z", f"{start}T01:00:00Z")]
    try:
        schedule = Schedule.model_validate_json(
            json.dumps(document(session("a", *slots), start=start, end=end, time_zone=zone))
        )
    except ValidationError:
        return
    connection = connect(":memory:")
    build(Parsed.of(schedule), connection, "test")
    connection.close()
