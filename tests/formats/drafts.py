"""Drafts for tests: small ones made by hand, and random ones."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.draft import Draft, DraftDay, DraftLink, Event, Track
from summitcli.formats.findings import Findings
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule, Session
from summitcli.sources.source import NO_HINTS, Hints

DAY = date(2022, 7, 23)
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str, zone: tzinfo | None = None) -> datetime:
    """Return the time of ``23T09:00`` (July 2022) or a full date and time, in ``zone`` without an offset."""
    moment = datetime.fromisoformat(text if text.count("-") > 1 else f"2022-07-{text}")
    return moment if zone is None else moment.replace(tzinfo=zone)


def event(start: str | None = None, end: str | None = None, **fields: Any) -> Event:
    """Return an event, with its times as for :func:`at`."""
    times = {"start": start and at(start), "end": end and at(end)}
    return Event(**{"where": "events[0]", "title": "Talk", **times, **fields})


def draft(*events: Event, **fields: Any) -> Draft:
    """Return a draft of a named conference in Berlin; ``fields`` override that."""
    said = {"title": "Conf", "time_zone": "Europe/Berlin", **fields}
    return Draft(**{"events": events, "findings": Findings(), **said})


def parsed(made: Draft, hints: Hints = NO_HINTS) -> Parsed:
    return assemble(made, "plan.json", hints)


def schedule(*events: Event, **fields: Any) -> Schedule:
    """Return the schedule of :func:`draft`, which must have no findings."""
    read = parsed(draft(*events, **fields))
    made = read.schedule
    assert read.findings.sentences() == []
    return made


def session(one: Event, **fields: Any) -> Session:
    """Return the only session of :func:`schedule`."""
    (only,) = schedule(one, **fields).sessions
    return only


def odd(*events: Event, hints: Hints = NO_HINTS, **fields: Any) -> tuple[Schedule, list[str]]:
    """Return the schedule of :func:`draft` and its findings."""
    read = parsed(draft(*events, **fields), hints)
    return read.schedule, list(read.findings.sentences())


def slots(sessions: Iterable[Session]) -> list[tuple[str, str | None, str | None]]:
    """Return the day, start and end of every slot as text."""
    return [
        (slot.day.isoformat(), _iso(slot.start), _iso(slot.end))
        for session in sessions
        for slot in session.slots
    ]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


_TEXTS = st.one_of(
    st.text(st.characters(), max_size=12),
    st.sampled_from([
        "", " ", "Opening", "opening", "Eröffnung", "开幕式", "<p>a</p>", "<b>x", "\ud800", "\x00",
        "\x1b[31m", "{value}", "http://[bad", "/a b", "https://example.org/x", "www.example.org", "#fff",
        "#12345", "a" * 120,
        "&lt;p&gt;x&lt;/p&gt;", "&#99999999999999999999;<br>", "b445a0c0-30c4-41f7-9439-e9559cbeca84",
    ]),
)  # fmt: skip
_ZONES = st.one_of(
    st.none(),
    st.sampled_from([UTC, BERLIN, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Africa/Monrovia")]),
    st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
_NEAR = st.datetimes(datetime.fromisoformat("2022-10-28"), datetime.fromisoformat("2022-10-31"))
_ANY = st.datetimes()


@st.composite
def _moments(draw: st.DrawFn, times: st.SearchStrategy[datetime]) -> datetime:
    moment = draw(times)
    if draw(st.booleans()):
        moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment.replace(tzinfo=draw(_ZONES), fold=draw(st.integers(0, 1)))


def _events(times: st.SearchStrategy[datetime]) -> st.SearchStrategy[Event]:
    days = times.map(datetime.date)
    names = st.dictionaries(st.sampled_from(["de", "en", "zh_CN", "x", ""]), _TEXTS, max_size=2)
    links = st.builds(DraftLink, _TEXTS, _TEXTS)
    return st.builds(
        Event,
        where=_TEXTS,
        line=st.none() | st.integers(0, 9),
        identity=st.none() | st.sampled_from(["1", "2"]) | _TEXTS,
        names=st.lists(_TEXTS, max_size=2).map(tuple),
        guid=_TEXTS,
        title=_TEXTS,
        titles=names,
        subtitle=_TEXTS,
        abstract=_TEXTS,
        description=_TEXTS,
        start=st.none() | _moments(times),
        end=st.none() | _moments(times),
        clock=st.sampled_from(["", "10:00", "9:30", "25:99", "x"]),
        day=st.none() | days,
        days=st.just(()) | st.lists(days, max_size=2).map(tuple),
        room=_TEXTS,
        track=_TEXTS,
        type=_TEXTS,
        language=_TEXTS | st.sampled_from(["de", "en", "DE"]),
        speakers=st.lists(_TEXTS, max_size=3).map(tuple),
        url=_TEXTS,
        links=st.lists(links, max_size=2).map(tuple),
        recorded=st.none() | st.booleans(),
    )


def drafts(*, anywhen: bool) -> st.SearchStrategy[Draft]:
    """Generate irregular drafts, of one conference across a change of clocks or ``anywhen``."""
    times = _NEAR | _ANY if anywhen else _NEAR
    days = times.map(datetime.date)
    moments = st.none() | _moments(times)
    return st.builds(
        Draft,
        events=st.lists(_events(times), max_size=6).map(tuple),
        findings=st.builds(Findings),
        id=_TEXTS,
        title=_TEXTS,
        titles=st.dictionaries(st.sampled_from(["de", "en"]), _TEXTS, max_size=2),
        acronym=_TEXTS,
        language=_TEXTS | st.sampled_from(["de", "pt_br"]),
        time_zone=_TEXTS | st.sampled_from(["UTC", "europe/berlin", "Asia/Kolkata"]),
        start=st.none() | days | st.dates(),
        end=st.none() | days | st.dates(),
        days=st.lists(st.builds(DraftDay, days, moments, moments), max_size=3).map(tuple),
        tracks=st.lists(st.builds(Track, _TEXTS, _TEXTS, _TEXTS), max_size=3).map(tuple),
        rooms=st.just(()),
        url=_TEXTS,
        base_url=_TEXTS,
        place=_TEXTS,
        version=_TEXTS,
        revised=st.none() | days | _moments(times),
    )
