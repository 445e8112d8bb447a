"""The history of a site: what each publication (run of ``summit publish``) changed in the schedule."""

from __future__ import annotations

import contextlib
import os
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import datetime

from summitcli.catalog.comparing import Changes
from summitcli.catalog.queries import Catalog
from summitcli.catalog.states import CatalogState
from summitcli.catalog.store import temporary_catalog
from summitcli.errors import ScheduleError, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.library import log
from summitcli.library.identity import are_near, shares_guids, shares_sessions
from summitcli.library.log import LoggedUpdate
from summitcli.rows import ConferenceRow
from summitcli.site import cancelled, retired
from summitcli.site.cancelled import Cancelled
from summitcli.site.manifest import Manifest, schedule_path
from summitcli.site.public import public
from summitcli.site.retired import GroupCalendar
from summitcli.storage import atomic, paths
from summitcli.text.folding import fold

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed


class History(NamedTuple):
    """The changes of all publications of a site, the current one included."""

    log: tuple[LoggedUpdate, ...]
    updates: int
    """The number of publications that changed sessions."""
    is_new: bool
    """True if the current publication is the first, or if it changes sessions.

    Its schedule is then stored.
    """
    cancelled: tuple[Cancelled, ...] = ()
    """The sessions that were published earlier and that their publisher has cancelled, the oldest first."""
    retired: tuple[GroupCalendar, ...] = ()
    """Calendars of days, categories, rooms and speakers in earlier publications, oldest first.

    Those that the schedule still has are among them at first; :func:`summitcli.site.retired.without_held`
    removes them.
    """


def read(own: str, manifest: Manifest) -> History:
    """Return the history up to the last publication.

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.
        manifest: the manifest of the last publication.
    """
    earlier = cancelled.read(own, manifest.updates)
    log_, retired_ = read_log(own, manifest), retired.read(own)
    return History(log_, manifest.updates, is_new=False, cancelled=earlier, retired=retired_)


def read_log(own: str, manifest: Manifest) -> tuple[LoggedUpdate, ...]:
    """Return the log of a site, with the changes of each publication, the oldest first.

    If the log is damaged, return ().

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.
        manifest: the manifest of the last publication.
    """
    return tuple(log.read(own, manifest.updates) or ())


def compared(
    own: str, manifest: Manifest, catalog: Catalog, parsed: Parsed, now: datetime, force: bool
) -> History:
    """Return the history of a site. Any changes since the last publication are added to it.

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.
        manifest: the manifest of the last publication.
        catalog: the catalog of the schedule that is published now (the database that contains it).
        parsed: the same schedule.
        now: the time of this publication.
        force: True to accept that the last publication was of another conference.

    Raises:
        UsageError: the last publication was of another conference.
    """
    past = read(own, manifest)
    before = _last_published(schedule_path(own, manifest.updates)) if manifest.schedule else None
    if before is None:
        return past._replace(is_new=True)
    with closing(before), _published_catalog(catalog, parsed) as published:
        if not force:
            _must_be_of(before.conference(), catalog.conference())
        changes = Changes(before, published, cancelled=parsed.cancelled)
        past = past._replace(retired=(*past.retired, *retired.group_calendars(before)))
        if not changes:
            return past
        updates = manifest.updates + 1
        entry = log.logged(updates, now.isoformat(timespec="seconds"), changes)
        gone = (Cancelled(updates, one.session) for one in changes if one.kind == "cancelled")
        kept = cancelled.without_held([*past.cancelled, *gone], catalog)
    return History((*past.log, entry), updates, True, kept, past.retired)


def is_continued(own: str, manifest: Manifest, catalog: Catalog) -> bool:
    """Return whether a catalog has the conference that was published last, although its ID is another one.

    Some sources give no ID of the conference. Then its ID is made from the title or from the first day, and
    changes if these change.

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.
        manifest: the manifest of the last publication.
        catalog: the catalog of the schedule that is published now (the database that contains it).

    Raises:
        OSError: the published schedule can't be read.
    """
    published = _last_published(schedule_path(own, manifest.updates))
    if published is None:
        return False
    with closing(published):
        before, after = CatalogState(published, by_id=True), CatalogState(catalog, by_id=True)
        if shares_guids(before, after):
            return True
        last, now = published.conference(), catalog.conference()
        is_near = are_near(last.start, now.start)
        return is_near and (fold(last.title) == fold(now.title) or shares_sessions(before, after))


def _must_be_of(before: ConferenceRow, now: ConferenceRow) -> None:
    """Raise UsageError if the conference that was published last is another one than ``now``."""
    if before.id != now.id:
        sentence = _(
            "the directory has the site of another conference, {title} ({id}); use --force to replace it"
        )
        raise UsageError(sentence.format(title=before.title, id=before.id))


def write(own: str, history: History) -> None:
    """Write the log of changes, the cancelled sessions and the retired calendars of a site.

    The manifest is written after these files. They are not used before the manifest refers to them.

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.
        history: the history, the current publication included.

    Raises:
        OSError: a file can't be written.
    """
    atomic.write(os.path.join(own, log.LOG), log.dumps(history.log), paths.DEFAULT_MODE)
    listed = cancelled.dumps(history.cancelled)
    atomic.write(os.path.join(own, cancelled.CANCELLED), listed, paths.DEFAULT_MODE)
    calendars = retired.dumps(history.retired)
    atomic.write(os.path.join(own, retired.RETIRED), calendars, paths.DEFAULT_MODE)


def write_schedule(own: str, updates: int, parsed: Parsed) -> None:
    """Write the published schedule. The next publication will compare its schedule with this one.

    The manifest is written later. The file is not used before the manifest refers to it.

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.
        updates: the number of publications that changed sessions, the current one included.
        parsed: the schedule that is published. Passwords in its URLs are left out.

    Raises:
        OSError: the file can't be written.
    """
    from summitcli.exports.schedules.native import native

    pieces = (piece.encode("utf-8", "backslashreplace") for piece in native(public(parsed)))
    atomic.write(schedule_path(own, updates), pieces, paths.DEFAULT_MODE)


def remove_earlier(own: str, updates: int) -> None:
    """Remove the schedules that earlier publications have written, except the current one; ignore errors.

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.
        updates: the number of publications that changed sessions. The name of the current schedule's file has
            this number.
    """
    kept = os.path.basename(schedule_path(own, updates))
    with contextlib.suppress(OSError):
        for name in os.listdir(own):
            if name.startswith("schedule-") and name != kept:
                os.unlink(os.path.join(own, name))


def _published_catalog(catalog: Catalog, parsed: Parsed) -> AbstractContextManager[Catalog]:
    """Return a catalog (a database with a schedule) without passwords in the URLs of sessions.

    If there are no passwords, this is ``catalog`` itself.

    Args:
        catalog: the catalog of the schedule. It is not closed.
        parsed: the same schedule.
    """
    ((may_have_any,),) = catalog.select("SELECT EXISTS (SELECT 1 FROM session WHERE instr(url, '@'))")
    return closing(temporary_catalog(public(parsed))) if may_have_any else nullcontext(catalog)


def _last_published(path: str) -> Catalog | None:
    """Return a catalog (a database) with the schedule in the file ``path``.

    Return None if the file is missing or damaged.

    Raises:
        OSError: the file can't be read.
    """
    from summitcli.formats import parse

    data = paths.read(path)
    if data is None:
        return None
    try:
        return temporary_catalog(parse(data, os.path.basename(path)), searchable=False)
    except ScheduleError:
        return None
