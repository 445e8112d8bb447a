"""Publishing a site (``summit publish``): from a schedule to the files in a directory.

Files that need no change are not touched.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import blake2b

from summitcli import __version__
from summitcli.catalog.queries import Catalog
from summitcli.errors import Unreachable, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.site import PARTS, history, manifest
from summitcli.site.addresses import Addresses
from summitcli.site.contents import Contents
from summitcli.site.history import History
from summitcli.site.manifest import FOLDER, MANIFEST, LastOptions, Manifest, Part
from summitcli.site.moved import moved, roots
from summitcli.site.plan import files
from summitcli.site.retired import without_held
from summitcli.site.writing import Kind, Step, Writer, digest_of
from summitcli.storage.locks import lock

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed

LOCK_TIMEOUT = 600.0
"""The maximum time, in seconds, to wait for another process that publishes in the same directory."""

TEMPLATES = "templates"
"""The name of the directory of this package that contains the templates."""

_TABLES = (
    "conference", "day", "category", "room", "speaker", "session", "session_detail", "speaker_detail",
    "appearance", "listing",
)  # fmt: skip
"""The tables of a catalog (a database with a schedule) from which a site is made.

They are all tables except those for searching.
"""


class Options(NamedTuple):
    """The options of a publication."""

    languages: tuple[str, ...]
    titles: Mapping[str, str]
    base_url: str = ""
    parts: tuple[str, ...] = PARTS
    force: bool = False
    """True to publish in a directory even if there are other files in it."""
    dry: bool = False
    """True to find out what would be done, without doing it."""
    last: LastOptions = LastOptions()
    """The options that the user gave, now or earlier. The next publication uses them unless it has others."""


class Schedule(NamedTuple):
    """The schedule to publish."""

    catalog: Catalog
    parse: Callable[[], Parsed]


class Publication(NamedTuple):
    """The result of a publication."""

    steps: tuple[Step, ...]
    """The files that are new, changed, removed or kept, in that order.

    A kept file is no longer part of the site. It was not removed, as somebody has changed it.
    """
    unchanged: int
    """The number of files of the site that needed no change."""

    def number(self, kind: Kind) -> int:
        """Return the number of files of a kind, such as ``new``."""
        return self.unchanged if kind == "unchanged" else sum(step.kind == kind for step in self.steps)


def last_publication(folder: str) -> Manifest:
    """Return the manifest of the site in a directory; an empty one if there is none, or if it can't be read.

    Raises:
        ScheduleError: the manifest is damaged, or was written by a later version of the program.
    """
    try:
        return manifest.read(os.path.join(folder, FOLDER)) or Manifest()
    except OSError:
        # Publishing reports it.
        return Manifest()


def is_continued(folder: str, last: Manifest, catalog: Catalog) -> bool:
    """Return whether a catalog has the conference of the site in a directory, although its ID is another one.

    Args:
        folder: the directory.
        last: the manifest of the site.
        catalog: the catalog of the schedule that is published now (the database that contains it).
    """
    try:
        return history.is_continued(os.path.join(folder, FOLDER), last, catalog)
    except OSError:
        return False


def publish(folder: str, schedule: Schedule, options: Options, now: datetime) -> Publication:
    """Publish a schedule as a site in a directory.

    Args:
        folder: the directory, which is created if needed.
        schedule: the schedule.
        options: the options.
        now: the time of this publication.

    Raises:
        UsageError: there are files in the directory that don't belong to a site.
        ScheduleError: the manifest of an earlier publication is damaged.
        Unreachable: a file can't be read or written.
        TimeoutError: another process is still publishing in the directory.
    """
    try:
        _check_folder(folder, options.force)
        if options.dry:
            return _Publisher(folder, schedule, options, now).publish()
        with _locked(folder):
            return _Publisher(folder, schedule, options, now).publish()
    except OSError as error:
        raise Unreachable(
            _("can't publish in {name}").format(name=_concerned(folder, error)), error
        ) from error


def _concerned(folder: str, error: OSError) -> str:
    """Return the path of the site's file that an error is about; otherwise, the directory of the site."""
    for path in (error.filename, error.filename2):
        if isinstance(path, str) and path.startswith(os.path.join(folder, "")) and FOLDER not in path:
            return path
    return folder


def _check_folder(folder: str, force: bool) -> None:
    """Raise UsageError if there are files in a directory that don't belong to a site.

    Hidden files are accepted. A directory that does not exist yet is accepted, too.

    Args:
        folder: the directory.
        force: True to accept all files in it.

    Raises:
        OSError: ``folder`` is no directory or can't be read.
    """
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return
    # Also without a manifest, as a first publication may be in progress or have been interrupted.
    is_ours = os.path.isdir(os.path.join(folder, FOLDER))
    if not (force or is_ours or all(name.startswith(".") for name in names)):
        sentence = _("{name} is neither empty nor a published site; use --force to publish among its files")
        raise UsageError(sentence.format(name=folder))


@contextmanager
def _locked(folder: str) -> Iterator[None]:
    """Create the directory ``.summit-publish`` in ``folder``, and hold its lock during the ``with`` block.

    Raises:
        OSError: the directory can't be created or locked.
    """
    own = os.path.join(folder, FOLDER)
    os.makedirs(own, exist_ok=True)
    held = lock(os.path.join(own, MANIFEST), LOCK_TIMEOUT)
    try:
        yield
    finally:
        held.release()


class _Publisher:
    """The work of one publication. Unless it is a dry run, the lock of the directory is held meanwhile."""

    def __init__(self, folder: str, schedule: Schedule, options: Options, now: datetime) -> None:
        self._own = os.path.join(folder, FOLDER)
        self._folder = folder
        self._schedule = schedule
        self._options = options
        self._now = now
        self._last = manifest.read(self._own) or Manifest()
        self._parts = _parts(self._last, options.parts)
        self._digest = _digest_of_catalog(schedule.catalog)

    def publish(self) -> Publication:
        """Make all files, move the new and changed ones into the site, and remove files no longer needed.

        Raises:
            Unreachable: a file of somebody else is where a file of the site must be.
            OSError: a file can't be read or written.
        """
        if self._is_current():
            if not self._options.dry and self._last != (now := self._with_options(self._last)):
                manifest.write(self._own, now)
            return Publication((), sum(len(self._last.part(name).files) for name in self._parts))
        past = self._history()
        past = past._replace(retired=without_held(past.retired, self._schedule.catalog))
        inputs = self._inputs(past.log, past.updates)
        writer = Writer(self._folder, self._own, self._last, self._options.dry)
        writer.discard_staged()
        try:
            for file in files(self._contents(past), self._parts):
                writer.stage(file)
            before = [path for name in self._parts for path in self._last.paths(name)]
            obsolete = list(writer.obsolete(before))
            if not self._options.dry:
                self._put_in_place(writer, obsolete)
                self._finish(past, {name: Part(inputs, made) for name, made in writer.digests.items()})
        finally:
            writer.discard_staged()
        obsolete.sort(key=lambda step: step.kind == "kept")
        return Publication((*writer.steps(), *obsolete), writer.unchanged)

    def _is_current(self) -> bool:
        """Return whether the site was made from the same schedule and options, and no file has changed since.

        Raises:
            OSError: a file can't be read.
        """
        inputs = self._inputs(history.read_log(self._own, self._last), self._last.updates)
        parts = [self._last.part(name) for name in self._parts]
        return all(part.inputs == inputs and not part.pending for part in parts) and all(
            digest_of(os.path.join(self._folder, *path.split("/"))) == digest
            for part in parts
            for path, digest in part.files.items()
        )

    def _history(self) -> History:
        """Return the history of the site, with the changes since the last publication.

        This already writes the schedule to a file, with which the next publication will compare its schedule.
        So the schedule is not in memory while pages are made.

        Raises:
            UsageError: the last publication was of another conference.
            OSError: the schedule can't be written.
        """
        if self._digest == self._last.schedule:
            return history.read(self._own, self._last)
        parsed = self._schedule.parse()
        force = self._options.force
        past = history.compared(self._own, self._last, self._schedule.catalog, parsed, self._now, force)
        if past.is_new and not self._options.dry:
            history.write_schedule(self._own, past.updates, parsed)
        return past

    def _contents(self, past: History) -> Contents:
        options, catalog = self._options, self._schedule.catalog
        return Contents(
            catalog,
            self._schedule.parse,
            Addresses(catalog, options.languages),
            options.languages,
            options.titles,
            options.base_url,
            past.log,
            frozenset({*self._parts, *self._last.parts}),
            tuple(one.session for one in past.cancelled),
            past.retired,
            moved(self._last, options.languages),
        )

    def _put_in_place(self, writer: Writer, obsolete: Iterable[Step]) -> None:
        """Move the new and changed files from the staging directory into the site; remove obsolete files.

        Before that, list the new files in the manifest. If this publication is interrupted, the next one then
        knows that these files belong to the site.

        Raises:
            OSError: a file can't be written or removed.
        """
        pending = {
            name: Part("", self._last.part(name).files, {**self._last.part(name).pending, **made})
            for name, made in writer.digests.items()
        }
        writer.sync_last()
        now = self._with_options(self._last)
        manifest.write(self._own, now._replace(parts={**self._last.parts, **pending}))
        writer.put_in_place()
        for step in obsolete:
            if step.kind == "removed":
                writer.remove(step.path)

    def _finish(self, past: History, parts: Mapping[str, Part]) -> None:
        """Write the history and the manifest of this publication.

        Args:
            past: the history, this publication included.
            parts: the parts of the site that have been published now, by name.

        Raises:
            OSError: the history or the manifest can't be written.
        """
        if self._digest != self._last.schedule:
            history.write(self._own, past)
        made = {**self._last.parts, **parts}
        now = Manifest(made, past.updates, self._digest, roots(self._last, self._options.languages))
        manifest.write(self._own, self._with_options(now))
        history.remove_earlier(self._own, past.updates)

    def _with_options(self, found: Manifest) -> Manifest:
        """Return a manifest with the conference and the options of this publication."""
        return found._replace(conference=self._schedule.catalog.conference().id, options=self._options.last)

    def _inputs(self, log: Iterable[object], updates: int) -> str:
        """Return a digest of everything from which the files of the site are made.

        Args:
            log: the log of changes. Only the number of its entries is used.
            updates: the number of publications that changed sessions.
        """
        options = self._options
        parts = sorted({*self._parts, *self._last.parts})
        made_from = (
            __version__, _digest_of_package(), self._digest, options.languages,
            sorted(options.titles.items()), options.base_url, parts, updates, len(list(log)),
        )  # fmt: skip
        return blake2b(repr(made_from).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _parts(last: Manifest, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of a site to make: those asked for, and those of the site whose links would be wrong.

    If a part is new in the site, pages and feeds made before it have no links to it. Parts of an interrupted
    publication are made, too.

    Args:
        last: the manifest of the last publication.
        asked: the parts asked for.
    """
    is_any_new = any(name not in last.parts for name in asked)
    return tuple(
        name
        for name in PARTS
        if name in asked or (name in last.parts and (is_any_new or not last.part(name).inputs))
    )


def _digest_of_catalog(catalog: Catalog) -> str:
    """Return a digest of everything in a catalog (a database with a schedule) that a site shows."""
    digest = blake2b(digest_size=16)
    for table in _TABLES:
        digest.update(f"{table}\n".encode())
        for row in catalog.iterate(f"SELECT * FROM {table} ORDER BY 1, 2"):  # noqa: S608
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _digest_of_package() -> str:
    """Return a digest of the modules and templates of this package. If it changes, sites are made again."""
    folder = os.path.dirname(__file__)
    paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
    templates = os.path.join(folder, TEMPLATES)
    paths += [os.path.join(templates, name) for name in sorted(os.listdir(templates))]
    digests = [digest_of(path) for path in paths if os.path.isfile(path)]
    return blake2b(repr(digests).encode(), digest_size=16).hexdigest()
