"""Faults of update checks from cron, each reported once a day."""

import json
import os
from pathlib import Path

import pytest

from summitcli.library.faults import note
from tests.conftest import Asked
from tests.schedules import document, session
from tests.webserver import page, serving, status

CHECK = "update", "--check", "-q"


def test_a_fault_is_reported_again_after_a_day(tmp_path: Path) -> None:
    folder = str(tmp_path)
    day = 24 * 3600
    assert [note(folder, "a", when) for when in (0, 1, day - 1, day, day + 1)] == [
        True, False, False, True, False,
    ]  # fmt: skip
    # Each fault has a day of its own, and a clock set back reports it.
    assert [note(folder, said, when) for said, when in (("b", day + 2), ("a", day + 3), ("b", day + 4))] == [
        True, False, False,
    ]  # fmt: skip
    assert note(folder, "a", day - 1)
    content = json.loads((tmp_path / "faults.json").read_text())
    assert content == {"format": "summit-faults/1", "reported": {"a": day - 1}}


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"format": "summit-faults/1", "reported": {"a": "x"}}', b"\xff"]
)
def test_a_damaged_file_is_written_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "faults.json").write_bytes(content)
    assert [note(str(tmp_path), "a", when) for when in (5, 6)] == [True, False]


def test_a_fault_is_reported_if_that_can_not_be_noted(tmp_path: Path) -> None:
    assert [note(str(tmp_path / "missing"), "a", when) for when in (5, 6)] == [True, True]


def test_a_day_of_cron_mails_only_for_a_change_or_a_fault(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = json.dumps(document(session("talk"))).encode()
    after = json.dumps(document(session("talk"), session("new"))).encode()
    with serving() as site:
        url = f"{site.url}/s.json"
        site["/s.json"] = page(before)
        assert ask("use", url, "-q") == (0, "", "")
        answers = {0: page(before), 3: status(503), 9: status(404), 12: page(before), 15: status(503)}
        answers |= {27: status(503), 28: page(after), 29: page(before)}
        mails = {}
        statuses = []
        for hour in range(30):
            site["/s.json"] = answers.get(hour, site.pages["/s.json"])
            monkeypatch.setenv("SUMMIT_NOW", f"2024-04-{1 + hour // 24:02}T{hour % 24:02}:00")
            found = ask(*CHECK)
            statuses.append(found.status)
            if found.out or found.err:
                mails[hour] = found.out or found.err
    assert statuses == [0] * 3 + [4] * 9 + [0] * 3 + [4] * 13 + [1, 0]
    assert list(mails) == [3, 9, 27, 28]
    assert "503" in mails[3]
    assert mails[27] == mails[3]
    assert "404" in mails[9]
    assert mails[28] == "new\tfalse\tnew\tNew\t\t2024-05-01\n"


def test_without_quiet_or_check_each_fault_is_reported(ask: Asked) -> None:
    with serving() as site:
        site["/s.json"] = page(json.dumps(document(session("talk"))).encode())
        ask("use", f"{site.url}/s.json", "--name", "plan")
        site["/s.json"] = status(503)
        assert ask(*CHECK).err
        for words in (["update", "-q"], ["update", "--check"], ["update"]):
            found = ask(*words)
            assert (found.status, "503" in found.err) == (4, True), words
        assert ask(*CHECK) == (4, "", "")
        folder = Path(os.environ["SUMMIT_DATA"], "schedules", "plan")
        assert (folder / "faults.json").exists()
        ask("schedules", "remove", "plan")
        assert not folder.exists()
