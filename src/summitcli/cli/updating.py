"""A schedule on its way from where it is published to where it is kept, and whether it is still the same."""

from __future__ import annotations

from datetime import UTC, datetime

from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import keep_catalog, open_catalog
from summitcli.cli.call import Call
from summitcli.cli.terminal.messages import say_findings, say_other_host
from summitcli.cli.terminal.progress import waiting
from summitcli.errors import MISREAD, InvalidSchedule, ScheduleError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.library import kept as store
from summitcli.library.kept import Kept
from summitcli.library.reference import STDIN

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed
    from summitcli.library.fetch import Obtained
    from summitcli.model import Schedule

LEAST_LEFT = 0.2
"""The share of its sessions that a schedule must still have to be taken for the same conference's."""


class Terms(NamedTuple):
    """How a schedule is read that takes another's place."""

    zone: str | None
    """That of times in none."""
    strict: bool = False
    """Whether anything odd is refused."""
    force: bool = False
    """Whether it may also be another conference's, or have lost most of its sessions."""


def obtained(call: Call, reference: str) -> Obtained:
    """What ``reference`` names, fetched; see :func:`summitcli.library.fetch.obtain`."""
    from summitcli.library.fetch import obtain

    with waiting(call.color) as progress:
        new = obtain(reference, progress=progress)
    say_other_host(new)
    return new


def obtained_again(call: Call, one: Kept, conditional: bool) -> Obtained | None:
    """What is published now of a schedule that is kept; None where ``conditional`` and it is the same."""
    from summitcli.library.fetch import obtain_again
    from summitcli.sources.web import NO_VALIDATORS

    before = as_obtained(one, read=False)
    with waiting(call.color) as progress:
        new = obtain_again(
            before if conditional else before._replace(validators=NO_VALIDATORS), progress=progress
        )
    # It was said of the copy that is kept, too, and need not be said at every update.
    if new is not None and new.other_host != before.other_host:
        say_other_host(new)
    return new


def as_obtained(one: Kept, read: bool = True) -> Obtained:
    """A schedule that is kept, as if it had just been fetched; without its bytes unless they are ``read``."""
    from summitcli.library.fetch import Obtained
    from summitcli.sources.web import Validators

    source = one.source()
    validators = Validators(one.etag or None, one.last_modified or None)
    content = source.read() if read else b""
    return Obtained(one.name, one.reference, content, one.address, validators, source.hints)


def keep(new: Obtained, name: str | None, zone: str | None, strict: bool, one: Kept | None = None) -> Kept:
    """Keep what was obtained, with its catalog; what is odd about it is said.

    Args:
        new: what was obtained.
        name: what to call it, where that is said.
        zone: that of times in none.
        strict: whether anything odd is refused.
        one: what is kept of it; else what is kept from there, unless under another name.

    Raises:
        InvalidSchedule: with ``strict``, if anything is odd.
        ScheduleError: it is no schedule.
        UsageError: it can't have that name.
    """
    if one is None and new.reference != STDIN:
        one = store.from_reference(new.reference)
    if one is None or name not in (None, one.name):
        schedule = _said(new, _parsed(new, zone, called=name), strict)
    else:
        schedule = renewed(one, catalog_before(one), new, Terms(zone, strict, force=True))
    kept = store.keep(_summary(new, schedule, zone), new.content, name)
    keep_catalog(kept.source(), schedule).close()
    return kept


def renewed(one: Kept, before: Catalog | None, new: Obtained, terms: Terms) -> Schedule:
    """The schedule that ``one`` has become; what is odd about it is said.

    It keeps its conference's id, and with that its agenda, also where the conference is called otherwise now.

    Args:
        one: the schedule that is kept.
        before: its catalog, where that can be read.
        new: what has been published since.
        terms: how it is read.

    Raises:
        InvalidSchedule: strictly read, if anything is odd.
        ScheduleError: it is none, or unless forced is another conference's, or has lost most of its sessions.
    """
    parsed = _parsed(new, terms.zone, id_=one.id)
    is_another = _is_another(one, before, parsed.schedule)
    if terms.force and is_another:
        parsed = _parsed(new, terms.zone)
    schedule = _said(new, parsed, terms.strict)
    if not terms.force:
        _must_be_likely(one, schedule, is_another)
    return schedule


def replace(one: Kept, new: Obtained, schedule: Schedule, zone: str | None) -> Catalog:
    """Keep ``schedule`` in the place of ``one``; its catalog."""
    kept = store.keep(_summary(new, schedule, zone), new.content, one.name)
    return keep_catalog(kept.source(), schedule)


def described(one: Kept, new: Obtained) -> Kept:
    """``one`` with what its server said of it."""
    modified = new.hints.modified
    return one._replace(
        address=new.address,
        etag=new.validators.etag or "",
        last_modified=new.validators.last_modified or "",
        url=new.hints.url or "",
        modified=modified.isoformat() if modified else "",
    )


def catalog_before(one: Kept) -> Catalog | None:
    """The catalog of what is kept; None where that can't be read any more."""
    try:
        return open_catalog(one.source())
    except ScheduleError:
        return None


def _parsed(new: Obtained, zone: str | None, id_: str | None = None, called: str | None = None) -> Parsed:
    """What was obtained, read: as of the conference with that id, or one that the user has ``called`` so."""
    from summitcli.formats import parse

    hints = new.hints._replace(time_zone=zone, id=id_, called=called)
    return parse(new.content, new.name, hints)


def _said(new: Obtained, parsed: Parsed, strict: bool) -> Schedule:
    """The schedule; what is odd about it is said, or ``strict``, an error.

    Raises:
        InvalidSchedule: anything is odd.
    """
    schedule, findings = parsed
    if strict and len(findings):
        raise InvalidSchedule(new.name, [("", sentence) for sentence in findings.sentences()])
    say_findings(findings)
    return schedule


def _summary(new: Obtained, schedule: Schedule, zone: str | None) -> Kept:
    """What is known of a schedule that was just fetched, without a name yet."""
    conference = schedule.conference
    one = Kept(
        "",
        new.reference,
        "",
        datetime.now(UTC).isoformat(timespec="seconds"),
        time_zone=zone or "",
        id=conference.id,
        title=conference.title.own(conference.language),
        titles=conference.title.by_language(conference.language),
        language=conference.language,
        start=conference.start.isoformat(),
        end=conference.end.isoformat(),
        sessions=len(schedule.sessions),
    )
    return described(one, new)


def _is_another(one: Kept, before: Catalog | None, schedule: Schedule) -> bool:
    """Whether ``schedule`` is another conference's: by its id, or by another title with other sessions.

    Ids alone tell little of sessions, as many publishers count them from 1.
    """
    conference = schedule.conference
    if conference.id != one.id:
        return True
    if before is None or conference.title.own(conference.language) == one.title:
        return False
    try:
        earlier = {(session.id, session.title) for session in before.sessions()}
    except MISREAD:
        return False
    later = {(session.id, session.title.own(conference.language)) for session in schedule.sessions}
    return len(earlier & later) < len(earlier) * LEAST_LEFT


def _must_be_likely(one: Kept, schedule: Schedule, is_another: bool) -> None:
    """Nothing, if ``schedule`` may well be what ``one`` has become.

    Raises:
        ScheduleError: it is another conference's, or has lost most of its sessions.
    """
    sessions, conference = len(schedule.sessions), schedule.conference
    if one.sessions and sessions < one.sessions * LEAST_LEFT:
        sentence = _(
            "{name} now has {n} of its {before} sessions; the copy of {day} stays in use, and"
            " `summit update {name} --force` takes the new one"
        )
        raise ScheduleError(
            sentence.format(name=one.name, n=sessions, before=one.sessions, day=one.fetched[:10])
        )
    if is_another:
        called = conference.id if conference.id != one.id else conference.title.own(conference.language)
        sentence = _(
            '{name} is now of another conference, "{called}"; the copy of {day} stays in use, and'
            " `summit update {name} --force` takes the new one"
        )
        raise ScheduleError(sentence.format(name=one.name, called=called, day=one.fetched[:10]))
