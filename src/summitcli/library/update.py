"""A schedule read, judged and kept: what was just fetched, and what has become of one that is kept."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import datetime

from summitcli.catalog.comparing import Changes
from summitcli.catalog.queries import Catalog
from summitcli.catalog.states import CatalogState
from summitcli.catalog.store import NewCatalog, catalog_of, open_catalog
from summitcli.errors import MISREAD, InvalidSchedule, ScheduleError, Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple, TypeVar
from summitcli.library import store
from summitcli.library.conferences import free_id
from summitcli.library.identity import (
    is_of_same_place,
    is_same_conference,
    published_id,
)
from summitcli.library.kept import KeptSchedule, Origin, find, find_by_reference, readable, unknown
from summitcli.library.log import logged
from summitcli.library.memory import Memory, dumps
from summitcli.library.naming import remember
from summitcli.library.reference import STDIN
from summitcli.library.refusals import check_likely
from summitcli.sources.source import fingerprint
from summitcli.states import ListedState, State
from summitcli.text.folding import fold

if TYPE_CHECKING:
    from summitcli.formats.findings import Findings
    from summitcli.formats.parsed import Parsed
    from summitcli.library.fetch import Download

Result = TypeVar("Result")

ATTEMPTS = 20
"""How often an update is tried that other processes overtake."""


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
    cancelled: frozenset[str] = frozenset()
    """The guids of what the publisher says to be cancelled."""
    former: KeptSchedule | None = None
    """What was kept of another conference, whose place this one has taken; None where it is the same."""


def keep_download(
    download: Download, terms: Terms, name: str | None = None, kept: KeptSchedule | None = None
) -> KeptSchedule:
    """Keep what was fetched, with its catalog.

    What is kept of the same conference from there is replaced. Another conference that is published there by
    now is kept beside the one before.

    Args:
        download: what was fetched.
        terms: how it is read.
        name: what to call it, where that is said.
        kept: what it replaces, where that is certain, as the same bytes are read on other terms.

    Raises:
        InvalidSchedule: strictly read, if anything is odd.
        ScheduleError: it is no schedule.
        UsageError: it can't have that name.
        Unreachable: it can't be written.
    """
    reference = download.origin.reference
    earlier = kept or (find_by_reference(reference) if reference != STDIN else None)
    with contextlib.closing(_read(download, terms, name or (earlier.id if earlier else None))) as new:
        _check(new, terms)

        def replace() -> KeptSchedule:
            known = store.known_ids()
            same = find(kept.name) if kept else _same_conference(new, name)
            replaces = same if same and (kept or _has_its_place(same, new.about, name)) else None
            id_ = same.id if same else free_id(new.about, new.state.ids)
            before = _readable_catalog(replaces) if replaces else None
            memory = _remembered(replaces, before, new, counts=kept is None) if replaces else Memory()
            result, after = _replace(new, id_, memory, name, replaces, known)
            with contextlib.closing(after):
                _log(result, before, after, new.parsed.cancelled)
            return result

        return _unless_overtaken(download.name, replace)


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
    terms = terms._replace(zone=terms.zone or kept.time_zone or None)
    download = _news(kept, fetch, terms, check)
    if download is None:
        return None
    with contextlib.closing(_read(download, terms, kept.id, is_kept=not check)) as new:
        _check(new, terms)

        def replace() -> Update:
            ids = store.known_ids()
            known = find(kept.name)
            if known is None:
                raise unknown(kept.name)
            before = open_catalog(known.source()) if check else _readable_catalog(known)
            is_same = before is None or _is_same_as(known, before, new)
            if not terms.force:
                check_likely(known, new.about, is_same)
            if is_same:
                id_, memory = known.id, _remembered(known, before, new)
            else:
                id_, memory = free_id(new.about, new.state.ids), Memory(known.updates + 1)
            if check:
                return Update(before, new.catalog.named(id_, memory.names), new.parsed.cancelled)
            result, after = _replace(new, id_, memory, known.name, known, ids)
            _log(result, before, after, new.parsed.cancelled)
            return Update(before, after, new.parsed.cancelled, None if is_same else known)

        return _unless_overtaken(kept.name, replace)


def _news(
    kept: KeptSchedule, fetch: Callable[[Origin], Download | None], terms: Terms, check: bool
) -> Download | None:
    """Return what is published now of a schedule that is kept; None, which is noted, where it is the same."""
    may_be_same = store.is_whole(kept) and terms.zone == (kept.time_zone or None)
    ask_if_changed = may_be_same and not terms.force
    origin = kept.origin if ask_if_changed else kept.origin._replace(etag="", last_modified="")
    download = fetch(origin)
    if download is not None and not (may_be_same and fingerprint(download.content) == kept.fingerprint):
        return download
    if not check:
        store.note(kept, download.origin if download else kept.origin)
        # One that was stopped while it made the catalog left what it had begun.
        if catalog := _readable_catalog(kept):
            catalog.close()
    return None


def rebuild_catalog(kept: KeptSchedule) -> Catalog:
    """Return a catalog made anew of what was kept, whose bytes are still there."""
    from summitcli.formats import parse

    source = kept.source()
    parsed = parse(source.read(), source.name, source.hints)
    return catalog_of(parsed)


class _New:
    """A schedule that was fetched and read, with its catalog.

    Args:
        download: what was fetched.
        parsed: the schedule, with the ids of its source.
        about: what is kept of it, without a name, and with the id of its source.
        is_kept: whether its catalog may be kept.
    """

    def __init__(self, download: Download, parsed: Parsed, about: KeptSchedule, is_kept: bool) -> None:
        self.download = download
        self.parsed = parsed
        self.about = about
        self.catalog = NewCatalog(parsed, len(download.content), is_kept)
        self.state = CatalogState(self.catalog.catalog)
        """Its sessions, with the ids of the source."""

    def close(self) -> None:
        """Let go of its catalog."""
        self.catalog.close()


def _read(download: Download, terms: Terms, called: str | None, is_kept: bool = True) -> _New:
    """Return what was fetched, read; ``called`` is its conference where it does not name it."""
    from summitcli.formats import parse

    hints = download.origin.hints()._replace(time_zone=terms.zone, fallback_name=called)
    parsed = parse(download.content, download.name, hints)
    return _New(download, parsed, _described(download, parsed, terms), is_kept)


def _check(new: _New, terms: Terms) -> None:
    """Tell what is odd about a schedule; strictly read, that is an error."""
    findings = new.parsed.findings
    if terms.strict and len(findings):
        raise InvalidSchedule(new.download.name, [("", sentence) for sentence in findings.sentences()])
    terms.listen(findings)


def _same_conference(new: _New, name: str | None) -> KeptSchedule | None:
    """Return what is kept of a conference: what is called so first, then what is from the same place."""
    about = new.about
    likely = [
        kept
        for kept in readable()
        if is_of_same_place(kept, about)
        or about.id in (kept.id, published_id(kept))
        or fold(kept.title) == fold(about.title)
    ]
    likely.sort(key=lambda kept: (kept.name != name, not is_of_same_place(kept, about)))
    return next((kept for kept in likely if _is_same(kept, new)), None)


def _is_same(kept: KeptSchedule, new: _New) -> bool:
    # Of one that can't be read, what is known of it must do.
    with (
        contextlib.suppress(ScheduleError, Unreachable),
        contextlib.closing(open_catalog(kept.source())) as catalog,
    ):
        return _is_same_as(kept, catalog, new)
    return is_same_conference(kept, new.about)


def _is_same_as(kept: KeptSchedule, catalog: Catalog, new: _New) -> bool:
    return _with_state(kept, catalog, lambda before: is_same_conference(kept, new.about, before, new.state))


def _has_its_place(kept: KeptSchedule, new: KeptSchedule, name: str | None) -> bool:
    """Return whether a schedule replaces another one of its conference, rather than being kept beside it.

    It does not where either was given a name that the other has not.
    """
    if name is not None:
        return kept.name == name
    usual = re.escape(store.default_name(kept)) + "(-[0-9]+)?"
    return is_of_same_place(kept, new) or bool(re.fullmatch(usual, kept.name))


def _remembered(kept: KeptSchedule, before: Catalog | None, new: _New, counts: bool = True) -> Memory:
    """Return what is to be remembered of a schedule that is replaced by what it has become."""
    memory, updates = kept.remembered(), kept.updates + counts
    if before is None:
        return memory._replace(updates=updates)

    def of(earlier: State | None) -> Memory:
        return remember(memory, earlier or ListedState(), new.state, new.parsed.cancelled, updates)

    return _with_state(kept, before, of)


def _replace(
    new: _New,
    id_: str,
    memory: Memory,
    name: str | None,
    replaces: KeptSchedule | None,
    known: frozenset[tuple[str, str]],
) -> tuple[KeptSchedule, Catalog]:
    """Keep a schedule and its catalog in the place of what was kept of it.

    Raises:
        Overtaken: that is another by now, or others are kept.
    """
    about = new.about._replace(
        id=id_,
        published_id="" if id_ == new.about.id else new.about.id,
        updates=memory.updates,
        others=replaces.others if replaces else {},
    )
    kept = store.keep(about, new.download.content, name, dumps(memory), replaces, known)
    return kept, new.catalog.named(id_, memory.names, kept.source())


def _log(kept: KeptSchedule, before: Catalog | None, after: Catalog, cancelled: frozenset[str]) -> None:
    """Note what has changed; an update that is kept is done, whether or not that can be written."""
    if before is None:
        return
    with contextlib.suppress(Unreachable, *MISREAD):
        if changes := Changes(before, after, cancelled=cancelled):
            store.log(kept, logged(kept.updates, kept.fetched, changes))


def _unless_overtaken(name: str, replace: Callable[[], Result]) -> Result:
    """Return what ``replace`` does, which begins anew where another process has been faster.

    Raises:
        Unreachable: others are faster again and again.
    """
    for _attempt in range(ATTEMPTS):
        with contextlib.suppress(store.Overtaken):
            return replace()
    raise Unreachable(_("can't keep {name}").format(name=name), _("other processes keep changing it"))


def _readable_catalog(kept: KeptSchedule) -> Catalog | None:
    try:
        return open_catalog(kept.source())
    except ScheduleError:
        return None


def _with_state(kept: KeptSchedule, catalog: Catalog, ask: Callable[[State | None], Result]) -> Result:
    """Return what ``ask`` does of the sessions of a schedule; with None where those can't be read.

    Args:
        kept: the schedule.
        catalog: its catalog, which may be damaged.
        ask: may be called again.
    """
    with contextlib.suppress(*MISREAD):
        return ask(CatalogState(catalog))
    try:
        rebuilt = rebuild_catalog(kept)
    except ScheduleError:
        return ask(None)
    with contextlib.closing(rebuilt):
        return ask(CatalogState(rebuilt))


def _described(download: Download, parsed: Parsed, terms: Terms) -> KeptSchedule:
    """Return what is kept of a schedule that was fetched, without a name yet."""
    conference = parsed.outline.conference
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
        len(parsed.sessions),
    )
