"""The commands about other conferences: use one, list those that are known, fetch them anew."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

from summitcli.agenda import place
from summitcli.catalog.store import open_catalog
from summitcli.cli.call import Call
from summitcli.cli.declare import (
    Bundle,
    Completes,
    Repeated,
    Rows,
    changes,
    examples,
    needs_no_schedule,
    typer,
)
from summitcli.cli.options import AgendaName, Output
from summitcli.cli.output.answer import answer, validate_output
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import tell_agendas
from summitcli.cli.terminal.messages import say, say_findings, warn
from summitcli.errors import MISREAD, ScheduleError, Status, Unreachable, UsageError
from summitcli.i18n import _, in_language, ngettext
from summitcli.lazy_typing import Annotated
from summitcli.library import store
from summitcli.library.folder import BUNDLED, current_name, names, validate_name
from summitcli.library.kept import KeptSchedule, Origin, current, find, find_by_reference, load, unknown
from summitcli.library.reference import STDIN, resolve
from summitcli.library.update import (
    Terms,
    Update,
    keep_download,
    read_again,
    rebuild_catalog,
    update_schedule,
)
from summitcli.rows import LogRow, ScheduleRow
from summitcli.sources.addresses import address, is_address, shown
from summitcli.text.dates import period
from summitcli.text.shell import quote


class Care(Bundle):
    """How carefully a schedule is replaced by what has been published since."""

    check: Annotated[bool, typer.Option("--check", help="Only tell; 1 if anything differs, 0 if not.")] = (
        False
    )
    force: Annotated[
        bool, typer.Option("--force", help="Take it even where most sessions are gone, or all is another's.")
    ] = False
    strict: Annotated[bool, typer.Option("--strict", help="Refuse a schedule with anything odd in it.")] = (
        False
    )


@needs_no_schedule
@changes
@examples(
    ("summit use https://example.org/schedule.json", "From the web, once."),
    ("summit use timed.json --name meetup", "From a file, under a name of your own."),
    ("summit use bundled", "Back to the schedule that comes with the program."),
)
def use(
    call: Call,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="REF", help="An address, a file, - for stdin, a name in use before, or bundled."
        ),
        Completes("schedule"),
    ],
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="What to call it; else as the conference does."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse a schedule with anything odd in it.")
    ] = False,
) -> Status:
    """Make another conference's schedule the current one. From then on everything works without a network."""
    if name is not None:
        validate_name(name)
    if reference == BUNDLED:
        _check_not_renamed(reference, name)
        store.choose(None)
        _say_in_use(call, _bundled())
        hint(call, "summit", "summit schedules")
        return Status.DONE
    terms = _terms(call, strict)
    kept = find(reference)
    if kept is None:
        kept = keep_download(call.fetch(reference), terms, name)
    else:
        _check_not_renamed(kept.name, name)
        if strict or terms.zone not in (None, kept.time_zone):
            kept = read_again(kept, terms)
    store.choose(kept.name)
    _say_in_use(call, kept)
    hint(call, "summit", "summit day 1", "summit use bundled")
    return Status.DONE


@needs_no_schedule
@examples(
    ("summit schedules", "What is kept, and which is in use."),
    ("summit schedules --json", "The same for other programs."),
)
def schedules(call: Call, output: Annotated[Output, Rows("rows:ScheduleRow")]) -> Status:
    """The schedules that are known. With dates and sizes, and which is the current one."""
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
    ("summit schedules remove meetup", "By its name."),
)
def remove(
    call: Call,
    known: Annotated[Repeated, typer.Argument(metavar="NAME…", help="Which schedules."), Completes("kept")],
) -> Status:
    """Remove schedules that are kept. What was picked from them stays in the agendas."""
    kept = names()
    if BUNDLED in known:
        raise UsageError(_("the bundled schedule comes with the program and can't be removed"))
    for name in known:
        if name not in kept:
            raise unknown(name)
    for name in dict.fromkeys(known):
        was_current = store.remove(name)
        say(_("no longer kept: {name}").format(name=name))
        if was_current:
            _say_in_use(call, _bundled())
    return Status.DONE


@changes
@examples(
    ("summit update", "The schedule in use."),
    ("summit update meetup", "Another one that is kept."),
    ("summit update --check", "Only tell, as for cron: 1 if anything has changed."),
    ("summit update --log", "What each update has changed, the latest first.", 1),
)
def update(
    call: Call,
    care: Care,
    output: Annotated[Output, Rows("cli.changes:ChangeRow")],
    known: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Which schedule; else the current one."),
        Completes("kept"),
    ] = None,
    name: AgendaName = None,
    log: Annotated[bool, typer.Option("--log", help="Fetch nothing; tell what each update has changed.")] = (
        False
    ),
) -> Status:
    """Fetch a schedule anew and say what has changed. My agenda comes first."""
    from summitcli.cli.changes import ChangeRow

    if log:
        return _tell_log(call, known, care, output)
    validate_output(call, ChangeRow, output)
    if output.fields == "help":
        return answer(call, ChangeRow, (), output)
    kept = _to_update(call, known)
    if kept is None:
        why = _("the bundled schedule comes with the program and changes only with it")
        answer(call, ChangeRow, (), output, why)
        return Status.DONE
    # Kept before it is told, as who listens may go away.
    done = update_schedule(kept, call.fetch_again, _terms(call, care.strict, care.force), care.check)
    if done is None:
        answer(call, ChangeRow, (), output, _("{title} has not changed").format(title=_title(call, kept)))
    changes = _report(call, kept, done, output, name) if done else 0
    if not care.check:
        _tell_agendas(call, load(kept.name))
    if done and done.former:
        _tell_former(call, done.former)
    return Status.DIFFERS if care.check and changes else Status.DONE


def _terms(call: Call, strict: bool = False, force: bool = False) -> Terms:
    """Return how a schedule is read that is fetched now."""
    return Terms(datetime.now(UTC), say_findings, call.time_zone, strict, force)


def _report(call: Call, kept: KeptSchedule, done: Update, output: Output, name: str | None) -> int:
    """Say what has changed, and close both states; return the number of changes."""
    from summitcli.cli.changes import report

    with contextlib.closing(done.after):
        if done.before is None:
            say(_("{title} is kept anew").format(title=_title(call, kept)))
            return 0
        source = kept.source()
        with contextlib.closing(done.before):
            try:
                return report(call, done.before, done.after, output, name, source, done.cancelled)
            except MISREAD:
                before = rebuild_catalog(kept)
                return report(call, before, done.after, output, name, source, done.cancelled)


def _tell_agendas(call: Call, kept: KeptSchedule) -> None:
    """Bring the agendas of a schedule up to what it is now, and say what has become of their picks."""
    try:
        if place.names(kept.id):
            with contextlib.closing(open_catalog(kept.source())) as catalog:
                call.read(catalog, kept.source())
                tell_agendas(call, kept)
    except Unreachable as error:
        warn(str(error))


def _tell_former(call: Call, former: KeptSchedule) -> None:
    """Say how to get back to the agendas of a conference whose place another one has taken."""
    try:
        if place.names(former.id):
            sentence = _(
                'what was picked of "{title}", {period}, stays kept; until the next update'
                " `summit use {path}` shows it again"
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


def _tell_log(call: Call, known: str | None, care: Care, output: Output) -> Status:
    """Answer with what each update of a schedule has changed."""
    from summitcli.library.log import read

    if care.check or care.force or care.strict:
        raise UsageError(_("--log fetches nothing; leave out --check, --force and --strict"))
    validate_output(call, LogRow, output)
    kept = _to_update(call, known)
    updates = read(kept.source().home, kept.updates) if kept else []
    if updates is None:
        assert kept is not None  # noqa: S101
        warn(_('the log of "{name}" is damaged; the next update begins it anew').format(name=kept.name))
    latest = list(reversed(updates or ()))
    rows = [LogRow(update.update, update.date, *change) for update in latest for change in update.changes]
    return answer(call, LogRow, rows, output, _("no update has changed anything yet"), shown=latest)


def _to_update(call: Call, known: str | None) -> KeptSchedule | None:
    """Return the schedule to fetch anew; None for the bundled one.

    Raises:
        UnknownValue: there is none of that name.
        UsageError: it is not kept, or came from where nothing can be fetched again.
    """
    reference = call.reference if known is None else known
    if reference is None:
        kept = current()
    elif reference == BUNDLED:
        kept = None
    elif is_address(reference):
        kept = find_by_reference(address(reference))
        if kept is None:
            sentence = _("{name} is not kept; `summit use` it first")
            raise UsageError(sentence.format(name=shown(reference)))
    else:
        kept = load(reference)
    if kept is not None and kept.origin.reference == STDIN:
        sentence = _('"{name}" came from standard input; `summit use - --name {name}` replaces it')
        raise UsageError(sentence.format(name=kept.name))
    return kept


def _check_not_renamed(known: str, name: str | None) -> None:
    """Raise UsageError if a schedule that is ``known`` is to be called otherwise."""
    if name not in (None, known):
        raise UsageError(_('"{name}" has its name already; leave out --name').format(name=known))


def _current_name() -> str | None:
    """Return the name of the schedule in use; None where it can't be told."""
    try:
        return current_name() or BUNDLED
    except (ScheduleError, Unreachable) as error:
        warn(str(error))
        return None


def _bundled() -> KeptSchedule:
    """Return the schedule that comes with the program as if it were kept."""
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
        shown(kept.origin.reference),
        is_current,
    )


def _title(call: Call, kept: KeptSchedule) -> str:
    """Return the conference's title in the reader's language."""
    own = kept.language
    return in_language(kept.titles, call.wanted_language or own, own) or kept.name


def _say_in_use(call: Call, kept: KeptSchedule) -> None:
    """Say which schedule is in use now."""
    sentence = _("in use: {title}, {period}, {sessions} ({name})")
    say(
        sentence.format(
            title=_title(call, kept),
            period=period(kept.start, kept.end),
            sessions=ngettext("{n} session", "{n} sessions", kept.sessions),
            name=kept.name,
        )
    )
