"""The vdir that is kept in step with an agenda."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from summitcli.errors import ScheduleError, Unreachable
from summitcli.vdir import kept
from summitcli.vdir.kept import KeptDirectory


def path() -> Path:
    return Path(os.environ["SUMMIT_DATA"]) / "agendas" / "conf" / "default.sync"


def test_it_is_read_as_it_was_written_until_it_is_removed() -> None:
    assert kept.read("conf") is None
    alarms = (timedelta(days=1), timedelta(0), timedelta(minutes=10_000_000))
    for directory in (
        KeptDirectory("/calendars/会议", "zh", alarms, ("maybe",)),
        KeptDirectory("/other"),
    ):
        kept.write("conf", "default", directory)
        assert kept.read("conf") == directory
        assert kept.is_kept("conf", "default")
    assert kept.read("conf", "friends") is None
    kept.remove("conf", "default")
    assert not kept.is_kept("conf", "default")


def test_the_format_is_that_of_the_documentation_and_lists_may_be_missing() -> None:
    kept.write("conf", "default", KeptDirectory("/x", alarms=(timedelta(hours=1),)))
    assert json.loads(path().read_text()) == {
        "format": "summit-sync-directory/1", "directory": "/x", "language": None, "alarms": [60],
        "marks": ["yes", "maybe"],
    }  # fmt: skip
    text = '{"format": "summit-sync-directory/1", "directory": "/x", "language": 1}'
    path().write_text(text.ljust(100_000))
    assert kept.read("conf") == KeptDirectory("/x")
    path().write_text(f"{text:>100001}")
    with pytest.raises(ScheduleError):
        kept.read("conf")


@pytest.mark.parametrize(
    "marks", ["null", "[]", '["maybe", "yes"]', '["yes", "yes"]', '["hidden"]', '"yes"', "1"]
)
def test_damaged_marks_are_an_error(marks: str) -> None:
    path().parent.mkdir(parents=True)
    text = f'{{"format": "summit-sync-directory/1", "directory": "/x", "language": null, "marks": {marks}}}'
    path().write_text(text)
    with pytest.raises(ScheduleError):
        kept.read("conf")


@pytest.mark.parametrize("alarms", ["null", "[true]", "[1.5]", "[-1]", '["10m"]', "[10000001]", "{}"])
def test_damaged_alarms_are_an_error(alarms: str) -> None:
    path().parent.mkdir(parents=True)
    text = f'{{"format": "summit-sync-directory/1", "directory": "/x", "language": null, "alarms": {alarms}}}'
    path().write_text(text)
    with pytest.raises(ScheduleError):
        kept.read("conf")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "[" * 9999, '{"format": "summit-sync-directory/1"}',
     '{"format": "summit-sync-directory/2", "directory": "/x", "language": null}',
     '{"format": "summit-sync-directory/1", "directory": "x", "language": null}',
     '{"format": "summit-sync-directory/1", "directory": 1, "language": null}'],
)  # fmt: skip
def test_a_damaged_file_is_an_error(text: str) -> None:
    path().parent.mkdir(parents=True)
    path().write_text(text)
    with pytest.raises(ScheduleError, match="is damaged, or was written by a newer version"):
        kept.read("conf")


def test_what_can_not_be_saved_is_an_error() -> None:
    path().mkdir(parents=True)
    acts: list[Callable[[], object]] = [
        lambda: kept.write("conf", "default", KeptDirectory("/x")),
        lambda: kept.read("conf"),
    ]
    for act in acts:
        with pytest.raises(Unreachable, match="must be a file; move or rename"):
            act()
