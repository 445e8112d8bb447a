"""The command that publishes a schedule as a website."""

from __future__ import annotations

from summitcli.catalog.store import open_catalog
from summitcli.cli.call import Call
from summitcli.cli.declare import Bundle, Completes, Repeated, changes, examples, in_conference_time, typer
from summitcli.cli.output.answer import write
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say, say_findings, warn
from summitcli.errors import ScheduleError, Status, UnknownValue, UsageError
from summitcli.i18n import LANGUAGES, _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated
from summitcli.library.folder import BUNDLED, current_name
from summitcli.library.reference import STDIN
from summitcli.site import PARTS
from summitcli.site.manifest import LastOptions
from summitcli.sources.addresses import without_password
from summitcli.sources.source import Source, around, in_zone, with_id, with_table
from summitcli.text.printable import printable
from summitcli.text.shell import quote
from summitcli.when import full_date

if TYPE_CHECKING:
    from summitcli.formats.findings import Findings
    from summitcli.formats.parsed import Parsed
    from summitcli.site.publishing import Options, Publication
    from summitcli.site.writing import Kind

MAX_TITLE = 300
"""The maximum length of a title, in characters."""


class Publishing(Bundle):
    """The options of ``summit publish``."""

    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="Title of the site (default: the conference's title)."),
    ] = None
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url",
            metavar="URL",
            help="URL that the site will have, for links that must be complete, such as those for search"
            " engines (sitemap).",
        ),
    ] = None
    only: Annotated[
        Repeated,
        typer.Option(
            "--only",
            metavar="PART",
            help="Publish only this part: pages, or feeds (calendars, changes and data to which people and"
            " programs subscribe).",
        ),
        Completes("part"),
    ] = ()
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Publish nothing if `summit validate` finds errors or unreadable times."
        ),
    ] = False
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Publish even if the directory has other files, which are kept, or another conference's"
            " site, which is replaced.",
        ),
    ] = False
    forget: Annotated[
        bool,
        typer.Option(
            "--forget",
            help="Don't use the options of the last time again: title, URL, language, time zone, sheet"
            " and columns.",
        ),
    ] = False
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Write nothing; only list the files that would be new, changed or removed."
        ),
    ] = False


@in_conference_time
@changes
@examples(
    ("summit publish site", "Write a website to the directory site."),
    ("summit publish draft --schedule plan.csv --check", "From a spreadsheet, but only if it has no errors."),
    (
        "summit publish site --base-url https://example.org/2030/",
        "For this URL, with a sitemap for search engines.",
    ),
    ("summit publish site --dry-run", "Write nothing; list the files that would change."),
)
def publish(
    call: Call,
    directory: Annotated[
        str,
        typer.Argument(metavar="DIR", help="Directory of the site; it is created if needed."),
        Completes("file"),
    ],
    options: Publishing,
) -> Status:
    """Publish the schedule as a website. Writes files to copy to a web server; later only changed ones."""
    from summitcli.site.publishing import Schedule
    from summitcli.site.publishing import publish as publish_site

    if directory in ("", STDIN):
        raise UsageError(_('"{name}" is not the name of a directory').format(name=directory))
    _check_parts(options.only)
    wanted = _options(call, options, _open(call, directory, options))
    if options.check:
        _check(call)
    done = publish_site(directory, Schedule(call.catalog, lambda: _parsed(call)), wanted, call.now)
    if wanted.dry:
        write("".join(f"{step.kind}\t{printable(step.path)}\n" for step in done.steps))
    _report(call, directory, done, wanted.dry)
    return Status.DONE


def _check_parts(names: Repeated) -> None:
    """Raise UnknownValue if a site has no part with one of the ``names``."""
    from summitcli.text.suggest import nearest

    for name in names:
        if name not in PARTS:
            sentence = _('a site has no part "{name}"').format(name=name)
            raise UnknownValue(sentence, nearest(name, PARTS), PARTS)


def _open(call: Call, directory: str, options: Publishing) -> LastOptions:
    """Open the schedule to publish, and print the warnings about it.

    It is read with the options of the last publication, unless others are given. Its conference keeps the ID
    under which it was published, as far as it is still the same conference.

    Returns:
        The options for this publication: those that are given, or else those of the last one.

    Raises:
        UsageError: the URL or the title is invalid.
        ScheduleError: the manifest of the site is damaged, or there is no valid schedule.
    """
    from summitcli.site.publishing import is_continued, last_publication

    source, last = around(call.source, full_date(call.at or "")), last_publication(directory)
    given = LastOptions(
        "" if options.title is None else _title(options.title),
        _base_url(options.base_url),
        call.common.lang or "",
        *(_utf8(getattr(source.hints, name) or "") for name in ("time_zone", "sheet", "columns")),
    )
    earlier = LastOptions() if options.forget else last.options
    findings = _use(call, _read_with(source, given.over(earlier)))
    if last.conference not in ("", call.conference.id):
        if is_continued(directory, last, call.catalog):
            findings = _use(call, with_id(call.source, last.conference))
        elif options.force:
            earlier = LastOptions()
            findings = _use(call, _read_with(source, given))
    _warn(call, findings, given.over(earlier))
    is_same = last.conference in ("", call.conference.id)
    if is_same and (used := _words(earlier.under(given))):
        sentence = _("using the options of the last publication: {options} (without them: --forget)")
        say(sentence.format(options=used))
    return given.over(earlier)


def _read_with(source: Source, options: LastOptions) -> Source:
    """Return a source that is read with the time zone, the sheet and the columns in ``options``."""
    found = in_zone(source, options.time_zone or None) if not source.hints.time_zone else source
    if (options.sheet, options.columns) == (source.hints.sheet or "", source.hints.columns or ""):
        return found
    return with_table(found, options.sheet or None, options.columns or None)


def _use(call: Call, source: Source) -> Findings:
    """Let the command use the schedule of ``source``; return the findings (problems in it).

    The findings are stored in its catalog, so they are known even if an earlier command has read it.
    """
    from summitcli.catalog.warnings import findings_of

    found: list[Findings] = []
    call.forget()
    call.source = source
    call.catalog = open_catalog(source, found.append)
    return found[0] if found else findings_of(call.catalog)


def _warn(call: Call, findings: Findings, options: LastOptions) -> None:
    """Print the warnings about a schedule that is published.

    If the site gets a title from ``options``, don't warn that the schedule has none.
    """
    from summitcli.formats.findings import NO_NAME

    is_nameless = findings.discard(NO_NAME)
    say_findings(findings)
    if is_nameless and not options.title:
        warn(_("the schedule has no conference name; give the site one with --title"))
    if len(findings) and call.reference != STDIN:
        hint(call, f"summit validate {_reference(call)}")


def _words(options: LastOptions) -> str:
    """Return options as one types them, such as ``--title 'Conf 2030' --lang en``."""
    names = ("--title", "--base-url", "--lang", "--assume-timezone", "--sheet", "--columns")
    pairs = zip(names, options, strict=True)
    return " ".join(f"{name} {quote(value)}" for name, value in pairs if value)


def _options(call: Call, options: Publishing, kept: LastOptions) -> Options:
    """Return the options for writing the site.

    Args:
        call: the call; its schedule is open.
        options: the options of the command.
        kept: the options that the next publication uses unless it has others, such as the title.
    """
    from summitcli.site.contents import languages_of
    from summitcli.site.publishing import Options

    languages = (kept.lang,) if kept.lang in LANGUAGES else languages_of(call.catalog)
    titles = call.conference.titles
    if kept.title:
        titles = dict.fromkeys((call.conference.language, *languages), kept.title)
    parts = tuple(part for part in PARTS if part in options.only) or PARTS
    return Options(languages, titles, kept.base_url, parts, options.force, options.dry_run, kept)


def _title(text: str) -> str:
    """Return ``text``, the title of the site, on one line; bytes that are not UTF-8 become question marks.

    Raises:
        UsageError: the title is blank or too long.
    """
    title = " ".join(_utf8(text).split())
    if not printable(title).strip() or len(title) > MAX_TITLE:
        raise UsageError(_("--title must be a text of 1 to {n} characters").format(n=MAX_TITLE))
    return title


def _utf8(text: str) -> str:
    """Return ``text`` with question marks in place of bytes that are not UTF-8."""
    return text.encode("utf-8", "replace").decode()


def _base_url(text: str | None) -> str:
    """Return the URL of the site with a slash at the end; an empty text for None.

    Raises:
        UsageError: ``text`` is not the URL of a directory on the web.
    """
    from urllib.parse import urlsplit

    from summitcli.exports.web_urls import is_web_url
    from summitcli.sources.addresses import without_password

    if text is None:
        return ""
    try:
        parts = urlsplit(text)
        is_valid = is_web_url(text) and bool(parts.hostname) and without_password(text) == text
        if is_valid and text.isascii() and not (parts.query or parts.fragment or parts.username):
            return text if text.endswith("/") else f"{text}/"
    except ValueError:
        pass
    sentence = _("--base-url must be an http or https URL such as {example}")
    raise UsageError(sentence.format(example="https://example.org/2030/"))


def _parsed(call: Call) -> Parsed:
    """Return the schedule, parsed again."""
    from summitcli.formats import parse

    return parse(call.source.read(), call.source.name, call.source.hints)


def _check(call: Call) -> None:
    """Raise ScheduleError if the schedule has unreadable times, or if ``summit validate`` finds errors."""
    from summitcli.validation.problems import examine
    from summitcli.validation.rules import UNREADABLE_TIME, chosen_rules

    source = call.source
    found = examine(source.read(), source.name, source.hints, False, chosen_rules((), ()))
    unread = sum(group.number for group in found.groups if group.rule == UNREADABLE_TIME)
    counts = (
        ngettext("{n} error", "{n} errors", found.number("error")),
        ngettext("{n} time that can't be read", "{n} times that can't be read", unread),
    )
    numbers = (found.number("error"), unread)
    if any(numbers):
        sentence = _("{name} has {text}, so nothing was published; see `summit validate {reference}`")
        raise ScheduleError(
            sentence.format(
                name=source.name,
                text=_(", ").join(text for text, number in zip(counts, numbers, strict=True) if number),
                reference=_reference(call),
            )
        )


def _reference(call: Call) -> str:
    """Return the name, path or URL of the schedule for a command line, without a password."""
    return quote(without_password(call.reference or current_name() or BUNDLED))


def _report(call: Call, directory: str, done: Publication, dry: bool) -> None:
    """Print how many files are new, changed and removed."""
    names: dict[Kind, str] = {
        "new": _("{n} new"),
        "changed": _("{n} changed"),
        "removed": _("{n} removed"),
        "unchanged": _("{n} unchanged"),
    }
    counts = [name.format(n=f"{done.number(kind):,}") for kind, name in names.items() if done.number(kind)]
    for step in done.steps:
        if step.kind == "kept":
            sentence = _(
                "kept {name}: it is no longer part of the site, but has been changed since it was published"
            )
            say(sentence.format(name=step.path))
    sentence = _("would publish {name}; files: {text}") if dry else _("published {name}; files: {text}")
    say(sentence.format(name=directory, text=_(", ").join(counts)))
    if not dry:
        hint(call, _("open index.html in a browser, or upload the directory to a web server"))
