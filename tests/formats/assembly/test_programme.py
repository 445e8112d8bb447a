"""Tests for the sessions of a published schedule, built one by one."""

import weakref
from itertools import islice
from typing import Any

import pytest

from summitcli.errors import InvalidSchedule
from summitcli.formats import spooled
from summitcli.formats.assembly import programme
from summitcli.formats.draft import DraftLink
from summitcli.formats.parsed import Parsed
from summitcli.model import Session, SessionCheck
from tests.formats.drafts import draft, event, parsed

SAID = (("", "/a"), ("A &amp; B", "x:y"), ("", "https://example.org"), ("D", "/b"))
ODD = [
    event(f"23T{n:02}:00Z", f"23T{n:02}:30Z", title=title, names=(f"n{n}",), links=(DraftLink(url),))
    for n, (title, url) in enumerate(SAID)
]

AT_LEAST = "Tuple should have at least 1 item after validation, not 0"
LOST = "2 HTML texts lost their formatting, as there is too much HTML"


@pytest.fixture(params=[0, spooled.MAX_IN_MEMORY], ids=["outside of memory", "in memory"])
def made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Parsed:
    """Return a schedule of four sessions, most of them with problems."""
    monkeypatch.setattr(spooled, "MAX_IN_MEMORY", request.param)
    return parsed(draft()._replace(events=spooled.spooled(ODD)))


def places(read: Parsed) -> list[tuple[str, str]]:
    return [(finding.kind.singular, finding.value) for finding in read.findings]


def test_sessions_can_be_iterated_repeatedly(made: Parsed) -> None:
    sessions = list(made.sessions)
    assert list(made.sessions) == sessions
    assert list(made.schedule.sessions) == sessions
    assert [session.id for session in sessions] == made.sessions.ids() == ["n0", "n1", "n2", "n3"]
    assert len(made.sessions) == 4


def test_findings_are_reported_once_in_several_iterations(made: Parsed) -> None:
    whole = parsed(draft(*ODD))
    assert whole.schedule.sessions
    expected = places(whole)
    assert len(expected) == 6
    assert len(list(islice(made.sessions, 2))) == 2
    assert sorted(places(made)) == sorted(one for one in expected if one[1] not in ("n2", "/b"))
    assert all(list(zip(made.sessions, made.sessions, strict=True)))
    assert places(made) == expected
    assert list(made.sessions)
    assert places(made) == expected


def test_texts_with_removed_tags_are_counted_once() -> None:
    long = "<p>x</p>" * 5_001
    made = parsed(
        draft(event("23T09:00", "23T10:00", abstract=long), event("23T09:00", "23T10:00", abstract=long))
    )
    assert len(list(islice(made.sessions, 1))) == 1
    assert made.findings.sentences() == []
    for _time in range(2):
        assert len(list(made.sessions)) == 2
        assert made.findings.sentences() == [LOST]


def test_iterated_sessions_are_not_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooled, "MAX_IN_MEMORY", 0)
    events = [event("23T09:00Z", "23T10:00Z", names=(f"n{n}",)) for n in range(200)]
    made = parsed(draft()._replace(events=spooled.spooled(events)))
    made_so_far: list[weakref.ref[Session]] = []
    most = 0
    check = SessionCheck.faults

    def noting(self: Any, number: int, session: Session) -> Any:
        nonlocal most
        made_so_far.append(weakref.ref(session))
        most = max(most, sum(one() is not None for one in made_so_far))
        return check(self, number, session)

    monkeypatch.setattr(SessionCheck, "faults", noting)
    assert sum(1 for _session in made.sessions) == 200
    assert len(made_so_far) == 200 and most <= 2


def test_a_session_rejected_by_the_model_is_an_invalid_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    made = parsed(draft(event("23T09:00Z", "23T10:00Z")))
    content = programme._SessionBuilder.content

    def without_slots(*args: Any) -> dict[str, Any]:
        return {**content(*args), "slots": ()}

    monkeypatch.setattr(programme._SessionBuilder, "content", without_slots)
    with pytest.raises(InvalidSchedule) as caught:
        list(made.sessions)
    assert caught.value.faults == (("sessions.0.slots", AT_LEAST),)
