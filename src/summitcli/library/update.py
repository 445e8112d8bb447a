"""A schedule read, judged and kept: what was just fetched, and what has become of one that is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import catalog_of, keep_catalog, open_catalog
from summitcli.errors import InvalidSchedule, ScheduleError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.library import store
from summitcli.library.identity import has_lost_most, is_same_conference, shares_sessions
from summitcli.library.kept import KeptSchedule, Origin, find_by_reference
from summitcli.library.reference import STDIN
from summitcli.sources.source import fingerprint

if TYPE_CHECKING:
    from summitcli.formats.findings import Findings
    from summitcli.formats.parsed import Parsed
    from summitcli.library.fetch import Download
    from summitcli.model import Schedule


class Terms(NamedTuple):
    """How a schedule that was fetched is read and judged."""

    now: datetime
    """When it is fetched."""
    listen: Callable[[Findings], None]
    """Is told what is odd about it."""
    zone: str | None = None
    """That of times in none; else as before."""
    strict: bool = False
    """Whether anything odd is refused."""
    force: bool = False
    """Whether it may also be another conference's, or have lost most of its sessions."""


class Update(NamedTuple):
    """A schedule before and after it was fetched again; both are to be closed."""

    before: Catalog | None
    """None where what was kept can't be read."""
    after: Catalog


def keep_download(
    download: Download, terms: Terms, name: str | None = None, kept: KeptSchedule | None = None
) -> KeptSchedule:
    """Keep what was fetched, with its catalog.

    Args:
        download: what was fetched.
        terms: how it is read; one that is kept of it is replaced in any case.
        name: what to call it, where that is said.
        kept: what is kept of it; else what is kept from there, unless under another name.

    Raises:
        InvalidSchedule: strictly read, if anything is odd.
        ScheduleError: it is no schedule.
        UsageError: it can't have that name.
    """
    if kept is None and download.origin.reference != STDIN:
        kept = find_by_reference(download.origin.reference)
    if kept is None or name not in (None, kept.name):
        schedule = _checked(download, _parsed(download, terms.zone, called=name), terms)
    else:
        schedule = _successor(kept, _readable_catalog(kept), download, terms._replace(force=True))
    kept, catalog = _replace(download, schedule, terms, name)
    catalog.close()
    return kept


def read_again(kept: KeptSchedule, terms: Terms) -> KeptSchedule:
    """Read a schedule again that is kept, on other terms, and keep it; nothing is fetched.

    Raises:
        InvalidSchedule: strictly read, if anything is odd.
        ScheduleError: its copy is damaged.
    """
    from summitcli.library.fetch import Download

    download = Download(kept.name, kept.origin, kept.source().read())
    return keep_download(download, terms._replace(zone=terms.zone or kept.time_zone or None), kept.name, kept)


def update_schedule(
    kept: KeptSchedule, fetch: Callable[[Origin], Download | None], terms: Terms, check: bool = False
) -> Update | None:
    """Fetch a schedule again that is kept, and keep what it has become; return None if it has not changed.

    Args:
        kept: the schedule.
        fetch: fetches what is published now; None where a server says that it is the same.
        terms: how it is read and judged.
        check: keep nothing, only tell.

    Raises:
        InvalidSchedule: strictly read, if anything is odd.
        ScheduleError: it is none, or unless forced is another conference's, or has lost most of its sessions.
        Unreachable: it can't be fetched or written.
    """
    zone = terms.zone or kept.time_zone or None
    may_be_same = store.is_whole(kept) and zone == (kept.time_zone or None)
    ask_if_changed = may_be_same and not terms.force
    origin = kept.origin if ask_if_changed else kept.origin._replace(etag="", last_modified="")
    download = fetch(origin)
    if download is None or (may_be_same and fingerprint(download.content) == kept.fingerprint):
        if download is not None and not check:
            store.note(kept._replace(origin=download.origin))
        return None
    before = open_catalog(kept.source()) if check else _readable_catalog(kept)
    terms = terms._replace(zone=zone)
    schedule = _successor(kept, before, download, terms)
    if check:
        return Update(before, catalog_of(schedule))
    return Update(before, _replace(download, schedule, terms, kept.name)[1])


def rebuild_catalog(kept: KeptSchedule) -> Catalog:
    """Return a catalog made anew of what was kept, whose bytes are still there."""
    from summitcli.formats import parse

    source = kept.source()
    return catalog_of(parse(source.read(), source.name, source.hints).schedule)


def _successor(kept: KeptSchedule, before: Catalog | None, download: Download, terms: Terms) -> Schedule:
    """Return the schedule that ``kept``, with the catalog ``before``, has become.

    It keeps its conference's id, and with that its agenda, also where the conference is called otherwise now.
    """
    parsed = _parsed(download, terms.zone, id_=kept.id)
    new = _described(download, parsed.schedule, terms)
    is_same = is_same_conference(kept, new, lambda: shares_sessions(before, parsed.schedule))
    if terms.force and not is_same:
        parsed = _parsed(download, terms.zone)
    schedule = _checked(download, parsed, terms)
    if not terms.force:
        _check_likely(kept, new, is_same)
    return schedule


def _replace(
    download: Download, schedule: Schedule, terms: Terms, name: str | None
) -> tuple[KeptSchedule, Catalog]:
    """Keep a schedule and its catalog in the place of what was kept of it."""
    kept = store.keep(_described(download, schedule, terms), download.content, name)
    return kept, keep_catalog(kept.source(), schedule)


def _readable_catalog(kept: KeptSchedule) -> Catalog | None:
    try:
        return open_catalog(kept.source())
    except ScheduleError:
        return None


def _parsed(
    download: Download, zone: str | None, id_: str | None = None, called: str | None = None
) -> Parsed:
    """Return what was fetched, read: as of the conference with that id, or one that is ``called`` so."""
    from summitcli.formats import parse

    hints = download.origin.hints()._replace(time_zone=zone, id=id_, called=called)
    return parse(download.content, download.name, hints)


def _checked(download: Download, parsed: Parsed, terms: Terms) -> Schedule:
    """Return the schedule, and tell what is odd about it; strictly read, that is an error."""
    schedule, findings, *_rest = parsed
    if terms.strict and len(findings):
        raise InvalidSchedule(download.name, [("", sentence) for sentence in findings.sentences()])
    terms.listen(findings)
    return schedule


def _described(download: Download, schedule: Schedule, terms: Terms) -> KeptSchedule:
    """Return what is kept of a schedule that was fetched, without a name yet."""
    conference = schedule.conference
    return KeptSchedule(
        "",
        download.origin,
        terms.now.isoformat(timespec="seconds"),
        terms.zone or "",
        conference.id,
        conference.title.own(conference.language),
        conference.title.by_language(conference.language),
        conference.language,
        conference.start.isoformat(),
        conference.end.isoformat(),
        len(schedule.sessions),
    )


def _check_likely(kept: KeptSchedule, new: KeptSchedule, is_same: bool) -> None:
    """Raise ScheduleError unless ``new`` may well be what ``kept`` has become."""
    if has_lost_most(kept, new):
        sentence = _(
            "{name} now has {n} of its {before} sessions; the copy of {day} stays in use, and"
            " `summit update {name} --force` takes the new one"
        )
        before = kept.sessions
        raise ScheduleError(
            sentence.format(name=kept.name, n=new.sessions, before=before, day=kept.fetched[:10])
        )
    if not is_same:
        called = new.id if new.id != kept.id else new.title
        sentence = _(
            '{name} is now of another conference, "{called}"; the copy of {day} stays in use, and'
            " `summit update {name} --force` takes the new one"
        )
        raise ScheduleError(sentence.format(name=kept.name, called=called, day=kept.fetched[:10]))
