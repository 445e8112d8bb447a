"""The sessions of a published schedule, made one by one."""

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
LOST = "2 texts in HTML whose tags are only left out, as there are so many"


@pytest.fixture(params=[0, spooled.MAX_IN_MEMORY], ids=["outside of memory", "in memory"])
def made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Parsed:
    """A schedule of four sessions, most of which are odd."""
    monkeypatch.setattr(spooled, "MAX_IN_MEMORY", request.param)
    return parsed(draft()._replace(events=spooled.spooled(ODD)))


def places(read: Parsed) -> list[tuple[str, str]]:
    return [(finding.kind.singular, finding.value) for finding in read.findings]


def test_the_sessions_can_be_gone_through_again_and_again(made: Parsed) -> None:
    sessions = list(made.sessions)
    assert list(made.sessions) == sessions
    assert list(made.schedule.sessions) == sessions
    assert [session.id for session in sessions] == made.sessions.ids() == ["n0", "n1", "n2", "n3"]
    assert len(made.sessions) == 4


def test_what_is_odd_is_noted_once_whoever_goes_through_them(made: Parsed) -> None:
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


def test_texts_that_lose_their_tags_are_counted_once() -> None:
    long = "<p>x</p>" * 5_001
    made = parsed(
        draft(event("23T09:00", "23T10:00", abstract=long), event("23T09:00", "23T10:00", abstract=long))
    )
    assert len(list(islice(made.sessions, 1))) == 1
    assert made.findings.sentences() == []
    for _time in range(2):
        assert len(list(made.sessions)) == 2
        assert made.findings.sentences() == [LOST]


def test_of_sessions_that_go_by_none_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_a_session_that_the_model_does_not_take_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    made = parsed(draft(event("23T09:00Z", "23T10:00Z")))
    content = programme._Maker.content
    monkeypatch.setattr(
        programme._Maker, "content", lambda self, id_, held: {**content(self, id_, held), "slots": ()}
    )
    with pytest.raises(InvalidSchedule) as caught:
        list(made.sessions)
    assert caught.value.faults == (("sessions.0.slots", AT_LEAST),)
