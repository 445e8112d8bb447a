"""Faults of a schedule in Chinese, whether pydantic or the model finds them."""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from summitcli.errors import InvalidSchedule
from summitcli.formats.native import read
from summitcli.i18n import set_language
from tests.schedules import document, session

WHOLE = document(
    session("a", speakers=["Ada"], language="en", url="https://example.org", description="…"),
    session(
        "b", {"day": "2024-05-01", "start": "2024-05-01T10:00:00+02:00", "end": "2024-05-01T11:00:00+02:00"}
    ),
    topics=[{"id": "t", "title": "T", "statements": []}],
    figures=[
        {"id": "f", "topic": "t", "label": "F", "text": "1", "number": 1, "year": 2020, "qualifier": "over"}
    ],
)
VALUES: list[Any] = [
    None, 1, -5, 1.5, True, "x", "", " ", "2022-99-99", "2022-07-23T09:00", "2022-07-23T09:00:00+08:00",
    "x" * 5000, [], {}, [1], {"a": 1}, "2999-01-01", "1800-01-01", "ab", "#12345", "\ud800",
]  # fmt: skip


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("en")


def reasons(whole: Any) -> list[str]:
    """Return the reasons why a schedule is invalid."""
    try:
        list(read(json.dumps(whole).encode(), "x").sessions)
    except InvalidSchedule as error:
        return [reason for _path, reason in error.faults]
    return []


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path to everything within ``value``."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, entry in entries:
        yield (*path, key)
        yield from places(entry, (*path, key))


def changed(path: tuple[Any, ...], value: Any) -> Any:
    """Return the schedule with ``value`` at ``path``."""
    whole = copy.deepcopy(WHOLE)
    here = whole
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return whole


def test_a_wrong_value_anywhere_is_reported_in_chinese() -> None:
    assert reasons(WHOLE) == []
    found = {reason for path in places(WHOLE) for value in VALUES for reason in reasons(changed(path, value))}
    assert [reason for reason in found if not re.search("[\u4e00-\u9fff]", reason)] == []
    assert len({re.sub(r"[-\w.:+…“”]*[\x21-\x7e]+", "", reason) for reason in found}) > 20


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("conference", "end"), "2024-04-01", ["结束（2024-04-01）早于开始（2024-05-01）"]),
        (("conference", "time_zone"), "Mars", ["没有名为“Mars”的时区"]),
        (("sessions", 0, "category"), "nap", ["没有 ID 为“nap”的类别"]),
        (("sessions", 1, "id"), "a", ["ID“a”已用于 sessions[0]"]),
        (("sessions", 1, "slots", 0, "end"), None, ["start 和 end 必须同时给出或同时省略"]),
        (("sessions", 0, "slots", 0, "day"), "2024-06-01",
         ["2024-06-01 不在会期之内（2024-05-01 至 2024-05-02）"]),
        (("sessions", 0, "title"), {"zh": "甲"}, ["缺少会议自身语言“en”的文本"]),
        (("conference", "figures", 0, "year"), "x", ["必须是整数"]),
        (("sessions", 0, "speakers"), "x", ["必须是数组"]),
        (("sessions", 0), 1, ["必须是对象"]),
        (("format",), "x", ["必须是以下之一：summit-schedule/1"]),
        (("conference", "figures", 0, "qualifier"), "x", ["必须是以下之一：over、nearly、reached、about"]),
    ],
    ids=lambda part: str(part)[:30],
)  # fmt: skip
def test_a_fault_is_worded_in_chinese(path: tuple[Any, ...], value: Any, said: list[str]) -> None:
    assert reasons(changed(path, value)) == said
