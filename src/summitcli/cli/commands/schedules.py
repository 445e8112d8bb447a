"""The commands that list, update and remove saved schedules, and switch between them."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

from summitcli.agenda import place
from summitcli.catalog.store import open_catalog
from summitcli.cli.call import Call
from summitcli.cli.declare import (
    Completes,
    Repeated,
    Rows,
    changes,
    examples,
    needs_no_schedule,
    typer,
)
from summitcli.cli.downloads import zone_of
from summitcli.cli.options import Directories, MarkedAgenda, Output, UpdateFlags
from summitcli.cli.output.answer import answer, validate_output
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import Drawn, update_agendas
from summitcli.cli.syncing import kept_directory, sync_all_kept
from summitcli.cli.terminal.messages import is_quiet, say, say_findings, warn
from summitcli.errors import CATALOG_READ_ERRORS, ScheduleError, Status, Unreachable, UsageError
from summitcli.i18n import _, in_language, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated
from summitcli.library import store
from summitcli.library.faults import note
from summitcli.library.folder import BUNDLED, current_name, names, validate_name
from summitcli.library.incoming import UpdateOptions
from summitcli.library.kept import KeptSchedule, Origin, current, find, find_by_reference, load, unknown
from summitcli.library.reference import STDIN, may_be_name, resolve
from summitcli.library.update import (
    Update,
    keep_download,
    read_again,
    rebuild_catalog,
    update_schedule,
)
from summitcli.rows import LogRow, ScheduleRow
from summitcli.sources.addresses import http_url, is_url, without_password
from summitcli.text.dates import period
from summitcli.text.shell import quote

if TYPE_CHECKING:
    from summitcli.cli.changes import Reported


@needs_no_schedule
@changes
@examples(
    ("summit use https://example.org/schedule.json", "Download and save a schedule."),
    ("summit use meetup.json --name meetup", "Save the schedule in meetup.json as meetup."),
    ("summit use fosdem-2026", "Download a schedule by a name from `summit find`."),
    ("summit use bundled", "Switch back to the built-in schedule."),
)
def use(
    call: Call,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="SCHEDULE",
            help="Schedule to switch to: a URL, a file, the name of a saved schedule or of a conference"
            " from `summit find`, bundled (the built-in one), or - for stdin.",
        ),
        Completes("schedule"),
    ],
    directories: Directories,
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            metavar="NAME",
            help="Name to save the schedule under (default: from the conference's title).",
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Don't save the schedule if reading it gives any warning.")
    ] = False,
) -> Status:
    """Switch to another conference's schedule. Saves it, so that everything works offline from then on."""
    if name is not None:
        validate_name(name)
    if reference == BUNDLED:
        _check_not_renamed(reference, name)
        store.set_current(None)
        _report_current(call, _bundled())
        hint(call, "summit", "summit schedules")
        return Status.DONE
    terms = _terms(call, strict)
    kept = find(reference)
    if kept is None:
        kept = _download(call, reference, terms, name, directories)
    else:
        _check_not_renamed(kept.name, name)
        if strict or terms.or_kept(kept).differ_from(kept):
            kept = read_again(kept, terms)
    store.set_current(kept.name)
    _report_current(call, kept)
    hint(call, "summit", "summit day 1", "summit use bundled")
    return Status.DONE


def _download(
    call: Call, reference: str, terms: UpdateOptions, name: str | None, directories: Directories
) -> KeptSchedule:
    """Save the schedule at ``reference``: a URL, a path, or the name of a conference in a directory."""
    if is_url(reference) or not may_be_name(reference):
        return keep_download(call.downloads.fetch(reference), terms, name)
    listed = call.downloads.find(reference, directories.directory)
    zone = terms.zone or zone_of(listed)
    is_saved = find_by_reference(http_url(listed.row.url)) is not None
    name = name or (None if is_saved else listed.row.name)
    return keep_download(call.downloads.fetch_listed(listed), terms._replace(zone=zone), name)


@needs_no_schedule
@examples(
    ("summit schedules", "Saved schedules; the current one is marked."),
    ("summit schedules --json", "The same, as JSON."),
)
def schedules(call: Call, output: Annotated[Output, Rows("rows:ScheduleRow")]) -> Status:
    """List saved schedules. `summit use` saves a schedule, and switches to one of them."""
    kept_names, in_use, found = names(), _current_name(), [_bundled()]
    for name in kept_names:
        try:
            found.append(load(name))
        except (ScheduleError, Unreachable) as error:
            warn(str(error))
    rows = [_row(kept, kept.name == in_use) for kept in found]
    titled = [row._replace(title=_title(call, kept)) for row, kept in zip(rows, found, strict=True)]
    status = answer(call, ScheduleRow, rows, output, shown=titled)
    if len(found) == 1:
        hint(call, "summit use https://…/schedule.json")
    return status


@needs_no_schedule
@changes
@examples(
    ("summit schedules remove meetup", "Remove the schedule named meetup."),
)
def remove(
    call: Call,
    known: Annotated[
        Repeated, typer.Argument(metavar="NAME…", help="Names of the schedules to remove."), Completes("kept")
    ],
) -> Status:
    """Remove saved schedules. Your agendas for them are kept."""
    kept = names()
    if BUNDLED in known:
        raise UsageError(_("the built-in schedule can't be removed"))
    for name in known:
        if name not in kept:
            raise unknown(name)
    for name in dict.fromkeys(known):
        was_current = store.remove(name)
        say(_("removed: {name}").format(name=name))
        if was_current:
            _report_current(call, _bundled())
    return Status.DONE


@changes
@examples(
    ("summit update", "Update the current schedule."),
    ("summit update meetup", "Update the saved schedule named meetup."),
    ("summit update --check", "Only check, for example from cron; exits with 1 if there are changes."),
    ("summit update --log", "Show what each update has changed, the latest first.", 1),
)
def update(
    call: Call,
    flags: UpdateFlags,
    output: Annotated[Output, Rows("cli.changes:ChangeRow")],
    known: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="Name of the saved schedule to update (default: the current one)."
        ),
        Completes("kept"),
    ] = None,
    name: MarkedAgenda = None,
    log: Annotated[
        bool, typer.Option("--log", help="Show what each update has changed; download nothing.")
    ] = (False),
) -> Status:
    """Update a schedule and show what has changed. Reads it from its URL or file; your agenda comes first."""
    from summitcli.cli.changes import ChangeRow, Reported

    if log:
        return _show_log(call, known, flags, output)
    validate_output(call, ChangeRow, output)
    if output.fields == "help":
        return answer(call, ChangeRow, (), output)
    kept = _to_update(call, known)
    if kept is None:
        why = _("the built-in schedule is updated only with summit itself")
        answer(call, ChangeRow, (), output, why)
        return Status.DONE
    if flags.check and flags.sync:
        raise UsageError(_("--check can't be used with --sync"))
    terms = _terms(call, flags.strict, flags.force)
    try:
        # Saved before it is reported, as writing the report may fail.
        done = update_schedule(kept, call.downloads.fetch_again, terms, flags.check)
    except (ScheduleError, Unreachable) as error:
        if flags.check and is_quiet() and not note(kept.source().home, str(error), call.instant):
            return error.status
        raise
    if done is None:
        answer(call, ChangeRow, (), output, _("{title} is up to date").format(title=_title(call, kept)))
    said = _report(call, kept, done, output, name) if done else Reported(0)
    if not flags.check:
        _update_agendas(call, load(kept.name), {name or place.DEFAULT: said.drawn}, flags.sync)
    if done and done.former:
        _report_replaced(call, done.former)
    return Status.DIFFERS if flags.check and said.number else Status.DONE


def _terms(call: Call, strict: bool = False, force: bool = False) -> UpdateOptions:
    """Return the options for reading a schedule, such as its time zone; see :class:`UpdateOptions`."""
    return UpdateOptions(datetime.now(UTC), say_findings, *call.reading, strict, force)


def _report(call: Call, kept: KeptSchedule, done: Update, output: Output, name: str | None) -> Reported:
    """Print the changes that an update has found, close its catalogs, and return what was reported."""
    from summitcli.cli.changes import Reported, report

    with contextlib.closing(done.after):
        if done.before is None:
            say(_("saved {title} again").format(title=_title(call, kept)))
            return Reported(0)
        source = kept.source()
        with contextlib.closing(done.before):
            try:
                return report(call, done.before, done.after, output, name, source, done.cancelled)
            except CATALOG_READ_ERRORS:
                before = rebuild_catalog(kept)
                return report(call, before, done.after, output, name, source, done.cancelled)


def _update_agendas(call: Call, kept: KeptSchedule, drawn: Drawn, sync: bool) -> None:
    """Update all agendas of a saved schedule to its current version, and report the changes to them.

    Changes in ``drawn`` are on the screen already, and not reported again. If ``sync`` is True, also write
    each agenda that has a directory of calendar events into that directory.
    """
    try:
        if place.names(kept.id):
            with contextlib.closing(open_catalog(kept.source())) as catalog:
                call.use_catalog(catalog, kept.source())
                told = update_agendas(call, kept, drawn)
                # Loading the planner would slow down the other commands.
                from summitcli.cli.replanning import report_plans

                report_plans(call, told)
                if sync:
                    sync_all_kept(call)
                elif any(kept_directory(call, name) for name in place.names(kept.id)):
                    hint(call, "summit update --sync")
    except Unreachable as error:
        warn(str(error))


def _report_replaced(call: Call, former: KeptSchedule) -> None:
    """Tell the user how to get back to the agenda of ``former``, a schedule that was replaced just now."""
    try:
        if place.names(former.id):
            sentence = _(
                'your agenda for "{title}", {period}, is kept; until the next update you can'
                " switch back with `summit use {path}`"
            )
            say(
                sentence.format(
                    title=_title(call, former),
                    period=period(former.start, former.end),
                    path=quote(former.source().path or ""),
                )
            )
    except Unreachable as error:
        warn(str(error))


def _show_log(call: Call, known: str | None, flags: UpdateFlags, output: Output) -> Status:
    """Print what each update of the schedule ``known`` (None: the current one) has changed, latest first."""
    from summitcli.cli.changes import with_titles
    from summitcli.library.log import read

    if any(flags):
        raise UsageError(_("--log can't be used with --check, --force, --strict or --sync"))
    validate_output(call, LogRow, output)
    kept = _to_update(call, known)
    updates = read(kept.source().home, kept.updates) if kept else []
    if updates is None:
        assert kept is not None  # noqa: S101
        warn(
            _('the update log of "{name}" is damaged; the next update starts a new one').format(
                name=kept.name
            )
        )
    latest = list(reversed(updates or ()))
    rows = [LogRow(update.update, update.date, *change) for update in latest for change in update.changes]
    nothing = _("no update has changed anything yet")
    return answer(call, LogRow, rows, output, nothing, shown=lambda: with_titles(call, kept, latest))


def _to_update(call: Call, known: str | None) -> KeptSchedule | None:
    """Return the saved schedule that ``known`` names, or the current one; None for the bundled one.

    Raises:
        UnknownValue: there is no saved schedule of that name.
        UsageError: ``known`` is a URL that is not saved, or the schedule was read from standard input.
    """
    reference = call.reference if known is None else known
    if reference is None:
        kept = current()
    elif reference == BUNDLED:
        kept = None
    elif is_url(reference):
        kept = find_by_reference(http_url(reference))
        if kept is None:
            sentence = _("{name} is not saved; save it with `summit use` first")
            raise UsageError(sentence.format(name=without_password(reference)))
    else:
        kept = load(reference)
    if kept is not None and kept.origin.reference == STDIN:
        sentence = _(
            '"{name}" was read from standard input, so it can\'t be downloaded again; to replace'
            " it, pipe the new version to `summit use - --name {name}`"
        )
        raise UsageError(sentence.format(name=kept.name))
    return kept


def _check_not_renamed(known: str, name: str | None) -> None:
    """Raise UsageError if the user gave ``--name`` for a schedule that is already saved as ``known``."""
    if name not in (None, known):
        raise UsageError(_('"{name}" can\'t be renamed; omit --name').format(name=known))


def _current_name() -> str | None:
    """Return the name of the current schedule; None, with a warning, if it can't be read."""
    try:
        return current_name() or BUNDLED
    except (ScheduleError, Unreachable) as error:
        warn(str(error))
        return None


def _bundled() -> KeptSchedule:
    """Return the description of the bundled schedule, in the same type as for saved schedules."""
    source = resolve(BUNDLED)
    with contextlib.closing(open_catalog(source)) as catalog:
        row, (sessions, _listings) = catalog.conference(), catalog.counts()
    return KeptSchedule(
        BUNDLED,
        Origin(BUNDLED),
        id=row.id,
        title=row.title,
        titles=row.titles,
        language=row.language,
        start=row.start,
        end=row.end,
        sessions=sessions,
        bytes=len(source.read()),
    )


def _row(kept: KeptSchedule, is_current: bool) -> ScheduleRow:
    return ScheduleRow(
        kept.name,
        kept.title,
        kept.start,
        kept.end,
        kept.sessions,
        kept.bytes,
        kept.fetched or None,
        without_password(kept.origin.reference),
        is_current,
    )


def _title(call: Call, kept: KeptSchedule) -> str:
    own = kept.language
    return in_language(kept.titles, call.wanted_language or own, own) or kept.name


def _report_current(call: Call, kept: KeptSchedule) -> None:
    sentence = _("current schedule: {title} ({name}), {period}, {sessions}")
    say(
        sentence.format(
            title=_title(call, kept),
            period=period(kept.start, kept.end),
            sessions=ngettext("{n} session", "{n} sessions", kept.sessions),
            name=kept.name,
        )
    )
