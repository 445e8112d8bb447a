"""The commands about other conferences: use one, list those that are known, fetch them anew."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Annotated, NamedTuple

from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import catalog_of, open_catalog
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
from summitcli.cli.output.answer import answer, must_be_possible
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say, warn
from summitcli.cli.updating import (
    Terms,
    as_obtained,
    catalog_before,
    described,
    keep,
    obtained,
    obtained_again,
    renewed,
    replace,
)
from summitcli.errors import MISREAD, ScheduleError, Status, Unreachable, UsageError
from summitcli.i18n import _, in_language, ngettext
from summitcli.library import kept as store
from summitcli.library.kept import Kept
from summitcli.library.reference import STDIN, resolve
from summitcli.library.shelf import BUNDLED
from summitcli.sources.addresses import address, is_address, shown
from summitcli.sources.source import fingerprint

if TYPE_CHECKING:
    from summitcli.render.known import Known


class KnownRow(NamedTuple):
    """A schedule that is known; ``reference`` is what it was fetched from, any password hidden."""

    name: str
    title: str
    start: str
    end: str
    sessions: int
    bytes: int
    fetched: str | None
    reference: str
    current: bool


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
        store.must_be_possible(name)
    if reference == BUNDLED:
        _must_have_no_other_name(reference, name)
        store.choose(None)
        _say_in_use(_bundled(True), _bundled_title(call))
        hint(call, "summit", "summit schedules")
        return Status.DONE
    zone = call.time_zone
    one = store.find(reference)
    if one is None:
        one = keep(obtained(call, reference), name, zone, strict)
    else:
        _must_have_no_other_name(one.name, name)
        if strict or zone not in (None, one.time_zone):
            one = keep(as_obtained(one), one.name, zone or one.time_zone or None, strict, one)
    store.choose(one.name)
    _say_in_use(_row(one, True), _title(call, one))
    hint(call, "summit", "summit day 1", "summit use bundled")
    return Status.DONE


@needs_no_schedule
@examples(
    ("summit schedules", "What is kept, and which is in use."),
    ("summit schedules --json", "The same for other programs."),
)
def schedules(call: Call, output: Annotated[Output, Rows("cli.commands.schedules:KnownRow")]) -> Status:
    """The schedules that are known. With dates and sizes, and which is the current one."""
    names = store.names()
    current = _current_name()
    found: list[Kept] = []
    for name in names:
        try:
            found.append(store.load(name))
        except (ScheduleError, Unreachable) as error:
            warn(str(error))
    rows = [_bundled(current == ""), *(_row(one, one.name == current) for one in found)]

    def titled() -> list[Known]:
        from summitcli.render.known import Known

        titles = (_bundled_title(call), *(_title(call, one) for one in found))
        pairs = zip(titles, rows, strict=True)
        return [Known(title, row.name, *row[2:6], row.fetched or "", row.current) for title, row in pairs]

    status = answer(call, KnownRow, rows, output, shown=titled)
    if not found:
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
    names = store.names()
    if BUNDLED in known:
        raise UsageError(_("the bundled schedule comes with the program and can't be removed"))
    for name in known:
        if name not in names:
            raise store.unknown(name)
    for name in dict.fromkeys(known):
        was_current = store.forget(name)
        say(_("no longer kept: {name}").format(name=name))
        if was_current:
            _say_in_use(_bundled(True), _bundled_title(call))
    return Status.DONE


@changes
@examples(
    ("summit update", "The schedule in use."),
    ("summit update meetup", "Another one that is kept."),
    ("summit update --check", "Only tell, as for cron: 1 if anything has changed."),
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
) -> Status:
    """Fetch a schedule anew and say what has changed. My agenda comes first."""
    from summitcli.cli.changes import ChangeRow

    must_be_possible(call, ChangeRow, output)
    if output.fields == "help":
        return answer(call, ChangeRow, (), output)
    one = _to_update(call, known)
    if one is None:
        say(_("the bundled schedule comes with the program and changes only with it"))
        return Status.DONE
    zone = call.time_zone or one.time_zone or None
    same_again = store.is_whole(one) and zone == (one.time_zone or None)
    new = obtained_again(call, one, conditional=same_again and not care.force)
    if new is None or (same_again and fingerprint(new.content) == one.fingerprint):
        if new is not None and not care.check:
            store.note(described(one, new))
        say(_("{title} has not changed").format(title=_title(call, one)))
        return Status.DONE
    before = open_catalog(one.source()) if care.check else catalog_before(one)
    schedule = renewed(one, before, new, Terms(zone, care.strict, care.force))
    # Kept before it is told, as who listens may go away.
    after = catalog_of(schedule) if care.check else replace(one, new, schedule, zone)
    if before is None:
        after.close()
        say(_("{title} is kept anew").format(title=_title(call, one)))
        return Status.DONE
    changes = _report(call, one, (before, after), output, name)
    return Status.DIFFERS if care.check and changes else Status.DONE


def _report(call: Call, one: Kept, states: tuple[Catalog, Catalog], output: Output, name: str | None) -> int:
    """Say what has changed between two states, which are closed; the number of changes."""
    from summitcli.cli.changes import report

    before, after = states
    with contextlib.closing(before), contextlib.closing(after):
        try:
            return report(call, before, after, output, name)
        except MISREAD:
            # That of the old copy, whose bytes are still there.
            from summitcli.formats import parse

            source = one.source()
            schedule = parse(source.read(), source.name, source.hints).schedule
            return report(call, catalog_of(schedule), after, output, name)


def _to_update(call: Call, known: str | None) -> Kept | None:
    """The schedule to fetch anew; None for the bundled one.

    Raises:
        UnknownValue: there is none of that name.
        UsageError: it is not kept, or came from where nothing can be fetched again.
    """
    reference = call.reference if known is None else known
    if reference is None:
        one = store.current()
    elif reference == BUNDLED:
        one = None
    elif is_address(reference):
        one = store.from_reference(address(reference))
        if one is None:
            sentence = _("{name} is not kept; `summit use` it first")
            raise UsageError(sentence.format(name=shown(reference)))
    else:
        one = store.load(reference)
    if one is not None and one.reference == STDIN:
        sentence = _('"{name}" came from standard input; `summit use - --name {name}` replaces it')
        raise UsageError(sentence.format(name=one.name))
    return one


def _must_have_no_other_name(known: str, name: str | None) -> None:
    if name not in (None, known):
        raise UsageError(_('"{name}" has its name already; leave out --name').format(name=known))


def _current_name() -> str | None:
    """The name of the schedule in use, empty for the bundled one; None where it can't be told."""
    try:
        return store.current_name()
    except (ScheduleError, Unreachable) as error:
        warn(str(error))
        return None


def _bundled(current: bool) -> KnownRow:
    source = resolve(BUNDLED)
    with contextlib.closing(open_catalog(source)) as catalog:
        conference, (sessions, _listings) = catalog.conference(), catalog.counts()
    return KnownRow(
        BUNDLED,
        conference.title,
        conference.start,
        conference.end,
        sessions,
        len(source.read()),
        None,
        BUNDLED,
        current,
    )


def _bundled_title(call: Call) -> str:
    """The title of the bundled schedule's conference in the reader's language."""
    with contextlib.closing(open_catalog(resolve(BUNDLED))) as catalog:
        conference = catalog.conference()
    return in_language(conference.titles, call.wanted_language or conference.language, conference.language)


def _row(one: Kept, current: bool) -> KnownRow:
    return KnownRow(
        one.name,
        one.title,
        one.start,
        one.end,
        one.sessions,
        one.bytes,
        one.fetched or None,
        shown(one.reference),
        current,
    )


def _title(call: Call, one: Kept) -> str:
    """The conference's title in the reader's language."""
    return in_language(one.titles, call.wanted_language or one.language, one.language) or one.name


def _say_in_use(row: KnownRow, title: str) -> None:
    """Say which schedule is in use now."""
    from summitcli.text.dates import period

    sentence = _("in use: {title}, {period}, {sessions} ({name})")
    say(
        sentence.format(
            title=title,
            period=period(row.start, row.end),
            sessions=ngettext("{n} session", "{n} sessions", row.sessions),
            name=row.name,
        )
    )
