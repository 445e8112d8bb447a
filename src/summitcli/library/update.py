"""Saving a downloaded schedule: a new one, or a new version of a saved one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from summitcli.catalog.comparing import Changes
from summitcli.catalog.queries import Catalog
from summitcli.catalog.states import CatalogState
from summitcli.catalog.store import open_catalog, temporary_catalog
from summitcli.errors import CATALOG_READ_ERRORS, ScheduleError, Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple, TypeVar
from summitcli.library import store
from summitcli.library.conferences import free_id
from summitcli.library.identity import (
    is_of_same_place,
    is_same_conference,
    published_id,
)
from summitcli.library.incoming import NewSchedule, UpdateOptions, check_findings, read_download
from summitcli.library.kept import KeptSchedule, Origin, find, find_by_reference, readable, unknown
from summitcli.library.log import logged
from summitcli.library.memory import Memory, dumps
from summitcli.library.naming import remember
from summitcli.library.reference import STDIN
from summitcli.library.refusals import check_plausible
from summitcli.sources.source import fingerprint
from summitcli.states import InMemoryState, State
from summitcli.text.folding import fold

if TYPE_CHECKING:
    from summitcli.library.download import Download

Result = TypeVar("Result")

ATTEMPTS = 20
"""The maximum number of attempts to save a schedule while other processes change the library."""


class Update(NamedTuple):
    """The result of an update: the catalogs (databases) before and after it; the caller must close both."""

    before: Catalog | None
    """The catalog before the update; None if it can't be read."""
    after: Catalog
    cancelled: frozenset[str] = frozenset()
    """The GUIDs of the sessions that the publisher marks as cancelled."""
    former: KeptSchedule | None = None
    """The saved schedule that was replaced, if it belonged to another conference; otherwise None."""


def keep_download(
    download: Download, options: UpdateOptions, name: str | None = None, kept: KeptSchedule | None = None
) -> KeptSchedule:
    """Save a downloaded schedule and its catalog (database), and return its description as it was saved.

    A saved schedule of the same conference is replaced. If the URL or file now has the schedule of another
    conference, the saved one is kept beside it.

    Args:
        download: the downloaded schedule.
        options: the options for reading it.
        name: the name that the user gave to the schedule; None if the user gave none.
        kept: None after a real download. If ``download`` only has the bytes of a saved schedule, to be read
            again with other options, this saved schedule.

    Raises:
        InvalidSchedule: the schedule has warnings, and ``options`` are strict.
        ScheduleError: the download is not a valid schedule.
        UsageError: the name is invalid, or another schedule has it.
        Unreachable: the schedule can't be written.
    """
    reference = download.origin.reference
    earlier = kept or (find_by_reference(reference) if reference != STDIN else None)
    called = (name, None) if name or not earlier else (earlier.id, earlier.title)
    with contextlib.closing(read_download(download, options, *called)) as new:
        check_findings(new, options)

        def replace() -> KeptSchedule:
            expected = store.saved_ids()
            same = find(kept.name) if kept else _same_conference(new, name)
            replaces = same if same and (kept or store.takes_place_of(same, new.metadata, name)) else None
            id_ = same.id if same else free_id(new.metadata, new.state.ids)
            before = _readable_catalog(replaces) if replaces else None
            memory = _remembered(replaces, before, new, counts=kept is None) if replaces else Memory()
            result, after = _replace(new, id_, memory, name, replaces, expected)
            with contextlib.closing(after):
                _log(result, before, after, new.parsed.cancelled)
            return result

        return _retry_if_changed(download.name, replace)


def read_again(kept: KeptSchedule, options: UpdateOptions) -> KeptSchedule:
    """Read a saved schedule again with other options and save the result; nothing is downloaded.

    Raises:
        InvalidSchedule: the schedule has warnings, and ``options`` are strict.
        ScheduleError: the saved copy is damaged.
    """
    from summitcli.library.download import Download

    download = Download(kept.name, kept.origin, kept.source().read())
    return keep_download(download, options.or_kept(kept), kept.name, kept)


def update_schedule(
    kept: KeptSchedule,
    fetch: Callable[[Origin], Download | None],
    options: UpdateOptions,
    check: bool = False,
) -> Update | None:
    """Download a saved schedule again and save the new version; return None if it has not changed.

    Args:
        kept: the saved schedule.
        fetch: a function that downloads the schedule; it returns None if the server says "not changed".
        options: the options for reading and checking it.
        check: True to compare the versions only, without saving the new one.

    Raises:
        InvalidSchedule: the schedule has warnings, and ``options`` are strict.
        ScheduleError: the download is not a valid schedule; or, without ``options.force``, it belongs to
            another conference or has lost most sessions.
        Unreachable: the schedule can't be downloaded or written.
    """
    options = options.or_kept(kept)
    download = _download_if_changed(kept, fetch, options, check)
    if download is None:
        return None
    with contextlib.closing(read_download(download, options, kept.id, kept.title, is_kept=not check)) as new:
        check_findings(new, options)

        def replace() -> Update:
            expected = store.saved_ids()
            known = find(kept.name)
            if known is None:
                raise unknown(kept.name)
            before = open_catalog(known.source()) if check else _readable_catalog(known)
            is_same = before is None or _is_same_as(known, before, new)
            if not options.force:
                check_plausible(known, new.metadata, is_same)
            if is_same:
                id_, memory = known.id, _remembered(known, before, new)
            else:
                id_, memory = free_id(new.metadata, new.state.ids), Memory(known.updates + 1)
            if check:
                return Update(before, new.catalog.named(id_, memory.names), new.parsed.cancelled)
            result, after = _replace(new, id_, memory, known.name, known, expected)
            _log(result, before, after, new.parsed.cancelled)
            return Update(before, after, new.parsed.cancelled, None if is_same else known)

        return _retry_if_changed(kept.name, replace)


def _download_if_changed(
    kept: KeptSchedule, fetch: Callable[[Origin], Download | None], options: UpdateOptions, check: bool
) -> Download | None:
    """Download a saved schedule again; if it is unchanged, record that (unless ``check``) and return None."""
    may_be_same = store.is_whole(kept) and not options.differ_from(kept)
    ask_if_changed = may_be_same and not options.force
    origin = kept.origin if ask_if_changed else kept.origin._replace(etag="", last_modified="")
    download = fetch(origin)
    if download is not None and not (may_be_same and fingerprint(download.content) == kept.fingerprint):
        return download
    if not check:
        store.record_unchanged(kept, download.origin if download else kept.origin)
        # Build the catalog if an earlier process was stopped while doing so.
        if catalog := _readable_catalog(kept):
            catalog.close()
    return None


def rebuild_catalog(kept: KeptSchedule) -> Catalog:
    """Return a new temporary catalog (database) of a schedule, made from its saved bytes."""
    from summitcli.formats import parse

    source = kept.source()
    parsed = parse(source.read(), source.name, source.hints)
    return temporary_catalog(parsed)


def _same_conference(new: NewSchedule, name: str | None) -> KeptSchedule | None:
    """Return a saved schedule of the same conference as ``new``; None if there is none.

    If there are several, the one called ``name`` is preferred, then one from the same URL or file.
    """
    metadata = new.metadata
    likely = [
        kept
        for kept in readable()
        if is_of_same_place(kept, metadata)
        or metadata.id in (kept.id, published_id(kept))
        or fold(kept.title) == fold(metadata.title)
    ]
    likely.sort(key=lambda kept: (kept.name != name, not is_of_same_place(kept, metadata)))
    return next((kept for kept in likely if _is_same(kept, new)), None)


def _is_same(kept: KeptSchedule, new: NewSchedule) -> bool:
    """Return whether a saved schedule belongs to the same conference as ``new``."""
    # If its bytes can't be read, compare only the descriptions.
    with (
        contextlib.suppress(ScheduleError, Unreachable),
        contextlib.closing(open_catalog(kept.source())) as catalog,
    ):
        return _is_same_as(kept, catalog, new)
    return is_same_conference(kept, new.metadata)


def _is_same_as(kept: KeptSchedule, catalog: Catalog, new: NewSchedule) -> bool:
    return _with_state(
        kept, catalog, lambda before: is_same_conference(kept, new.metadata, before, new.state)
    )


def _remembered(kept: KeptSchedule, before: Catalog | None, new: NewSchedule, counts: bool = True) -> Memory:
    """Return the memory of a saved schedule (stable IDs, vanished sessions) after its update to ``new``.

    Args:
        kept: the saved schedule before the update.
        before: its catalog (database); None if that can't be read.
        new: the new version of the schedule.
        counts: True to increase the number of updates; False if the same version was only read again.
    """
    memory, updates = kept.remembered(), kept.updates + counts
    if before is None:
        return memory._replace(updates=updates)

    def of(earlier: State | None) -> Memory:
        return remember(memory, earlier or InMemoryState(), new.state, new.parsed.cancelled, updates)

    return _with_state(kept, before, of)


def _replace(
    new: NewSchedule,
    id_: str,
    memory: Memory,
    name: str | None,
    replaces: KeptSchedule | None,
    expected: frozenset[tuple[str, str]],
) -> tuple[KeptSchedule, Catalog]:
    """Save a schedule and its catalog (database), and return both; the caller must close the catalog.

    ``id_`` is the conference ID; ``memory`` has the stable IDs and vanished sessions of earlier versions. The
    last three parameters are those of :func:`summitcli.library.store.keep`.

    Raises:
        ConcurrentChange: another process has changed the library in the meantime.
    """
    metadata = new.metadata._replace(
        id=id_,
        published_id="" if id_ == new.metadata.id else new.metadata.id,
        updates=memory.updates,
        others=replaces.others if replaces else {},
    )
    kept = store.keep(metadata, new.download.content, name, dumps(memory), replaces, expected)
    return kept, new.catalog.named(id_, memory.names, kept.source())


def _log(kept: KeptSchedule, before: Catalog | None, after: Catalog, cancelled: frozenset[str]) -> None:
    """Log the changes of an update if ``before`` is known; ignore errors, as the update itself is saved."""
    if before is None:
        return
    with contextlib.suppress(Unreachable, *CATALOG_READ_ERRORS):
        if changes := Changes(before, after, cancelled=cancelled):
            store.append_to_log(kept, logged(kept.updates, kept.fetched, changes))


def _retry_if_changed(name: str, replace: Callable[[], Result]) -> Result:
    """Call ``replace`` and return its result; if another process changed the library, call it again.

    Raises:
        Unreachable: the library changed in each of :data:`ATTEMPTS` calls; the message contains ``name``.
    """
    for _attempt in range(ATTEMPTS):
        with contextlib.suppress(store.ConcurrentChange):
            return replace()
    raise Unreachable(
        _("can't save {name}").format(name=name), _("other programs keep changing it; try again later")
    )


def _readable_catalog(kept: KeptSchedule) -> Catalog | None:
    try:
        return open_catalog(kept.source())
    except ScheduleError:
        return None


def _with_state(kept: KeptSchedule, catalog: Catalog, ask: Callable[[State | None], Result]) -> Result:
    """Call ``ask`` with the sessions of a schedule, and return its result.

    The sessions are read from ``catalog`` (the schedule's database). If it turns out to be damaged, ``ask``
    is called again with the sessions of a rebuilt catalog, or with None if there can't be one.
    """
    with contextlib.suppress(*CATALOG_READ_ERRORS):
        return ask(CatalogState(catalog))
    try:
        rebuilt = rebuild_catalog(kept)
    except ScheduleError:
        return ask(None)
    with contextlib.closing(rebuilt):
        return ask(CatalogState(rebuilt))
