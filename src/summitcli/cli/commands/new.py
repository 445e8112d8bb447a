"""The command that starts a new schedule."""

from __future__ import annotations

import os
from collections.abc import Callable

from summitcli.cli.call import Call
from summitcli.cli.declare import (
    Bundle,
    Completes,
    Repeated,
    changes,
    examples,
    in_conference_time,
    needs_no_schedule,
    typer,
)
from summitcli.cli.output.answer import check_new_file, write, write_new_file
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.environment import system_time_zone
from summitcli.cli.terminal.messages import say
from summitcli.cli.terminal.questions import ask, can_ask
from summitcli.errors import Status, UnknownValue, UsageError
from summitcli.i18n import _, current_language
from summitcli.lazy_typing import TYPE_CHECKING, Annotated, TypeVar
from summitcli.library.reference import STDIN
from summitcli.text.days import FIRST_YEAR, LAST_YEAR
from summitcli.text.printable import printable
from summitcli.when import find_minute, find_zone, full_date

if TYPE_CHECKING:
    from summitcli.exports.schedules.starter import Starter

Answer = TypeVar("Answer")

EXTENSIONS = ("yaml", "yml", "json")


class Facts(Bundle):
    """The options for a new schedule, such as its title.

    In a terminal, the user is asked for those that are not given.
    """

    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Name of the conference.")] = (
        None
    )
    start: Annotated[
        str | None, typer.Option("--start", metavar="DATE", help="First day, such as 2030-05-10.")
    ] = None
    end: Annotated[
        str | None, typer.Option("--end", metavar="DATE", help="Last day (default: the first).")
    ] = None
    time_zone: Annotated[
        str | None,
        typer.Option("--time-zone", metavar="ZONE", help="Time zone (default: that of this computer)."),
    ] = None
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            metavar="LANG",
            help="Language of the titles and descriptions (default: that of this program).",
        ),
    ] = None
    place: Annotated[
        str | None, typer.Option("--place", metavar="TEXT", help="Place where the conference is held.")
    ] = None
    room: Annotated[
        Repeated, typer.Option("--room", metavar="NAME", help="Name of a room; repeat the option for more.")
    ] = ()
    category: Annotated[
        Repeated,
        typer.Option(
            "--category", metavar="NAME", help="Name of a category or track; repeat the option for more."
        ),
    ] = ()


@in_conference_time
@needs_no_schedule
@changes
@examples(
    ("summit new meetup.yaml", "Ask a few questions, in a terminal.", 2),
    (
        "summit new plan.yaml --title 'Tea 2030' --start 2030-05-10",
        "Without questions: a conference of one day.",
    ),
    ("summit new plan.json --title 'Tea 2030' --start 2030-05-10", "As JSON, without comments."),
)
def new(
    call: Call,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="File to write: .yaml, .yml or .json, which must not exist yet; - for YAML on stdout.",
        ),
        Completes("file"),
    ],
    facts: Facts,
) -> Status:
    """Start a new schedule. Asks a few questions, then writes a file for you to complete in an editor."""
    from summitcli.text.shell import quote

    is_json = _extension(file) == "json"
    if file != STDIN:
        check_new_file(file)
    text = _text_of(_collected(facts), is_json)
    if file == STDIN:
        write(text)
        return Status.DONE
    write_new_file(file, text)
    say(_("wrote {name}").format(name=file))
    path = quote(file)
    hint(call, *map(printable, (f"summit validate {path}", f"summit day 1 --schedule {path}")))
    return Status.DONE


def _collected(facts: Facts) -> Starter:
    """Return the title, the dates and so on of the new schedule; in a terminal, ask for what is missing.

    Raises:
        UsageError: a value is invalid, or a required one is missing.
    """
    from summitcli.exports.schedules.starter import Starter

    asks = facts.title is None or facts.start is None
    if asks and not can_ask():
        raise UsageError(_("--title and --start are needed if no questions can be asked in a terminal"))

    def value(given: str | None, question: str, parse: Callable[[str], Answer], default: str = "") -> Answer:
        if given is not None:
            return parse(given)
        return ask(question, parse, default) if asks else parse(default)

    def values(given: Repeated, question: str, default: str = "") -> Repeated:
        return tuple(map(_text, given)) if given else value(None, question, _list, default)

    start = ""
    return Starter(
        title=value(facts.title, _("Name of the conference"), _text),
        start=(start := value(facts.start, _("First day"), _date)),
        end=value(facts.end, _("Last day"), lambda text: _last_day(text, start), start),
        time_zone=value(facts.time_zone, _("Time zone"), find_zone, system_time_zone(os.environ) or "UTC"),
        language=value(facts.language, _("Language of the texts"), _language, current_language()),
        place=value(facts.place, _("Place (may be empty)"), _cleaned),
        rooms=values(facts.room, _("Rooms, with commas between them (may be empty)")),
        categories=values(facts.category, _("Categories or tracks, with commas between them"), _("Talks"))
        or (_("Talks"),),
        session=value(None, _("First session"), _text, _("Welcome")),
        begins=value(None, _("It starts at"), _clock, "09:30"),
    )


def _text_of(facts: Starter, is_json: bool) -> str:
    """Return the new schedule as YAML or JSON.

    Raises:
        InvalidSchedule: a value is not valid.
    """
    from summitcli.exports.schedules.native import native
    from summitcli.exports.schedules.starter import starter
    from summitcli.formats import parse

    text = starter(facts)
    parsed = parse(text.encode(), _("the new schedule"))
    parsed.check()
    return "".join(native(parsed)) if is_json else text


def _extension(file: str) -> str:
    """Return the extension of the file to write: ``yaml`` or ``json``; for standard output, ``yaml``.

    Raises:
        UnknownValue: the extension is none of :data:`EXTENSIONS`.
    """
    extension = "yaml" if file == STDIN else file.rpartition(".")[2].lower()
    if extension not in EXTENSIONS:
        raise UnknownValue(_('no format for "{name}"; use .yaml or .json').format(name=file))
    return extension


def _cleaned(text: str) -> str:
    """Return a text on one line. Bytes that are not valid UTF-8 become escapes such as ``\\udc80``."""
    return " ".join(text.encode("utf-8", "backslashreplace").decode().split())


def _text(text: str) -> str:
    """Return ``text`` if it is not blank.

    Raises:
        UsageError: ``text`` is blank.
    """
    if not (cleaned := _cleaned(text)):
        raise UsageError(_("this must not be empty"))
    return cleaned


def _list(text: str) -> Repeated:
    """Split a list at its commas, including full-width ones (，): ``"de, en"`` gives ``("de", "en")``."""
    for mark in "，、":
        text = text.replace(mark, ",")
    return tuple(dict.fromkeys(filter(None, map(_cleaned, text.split(",")))))


def _date(text: str) -> str:
    """Return ``text`` if it is an ISO 8601 date, such as ``2022-07-23``.

    Raises:
        UsageError: ``text`` is anything else.
    """
    found = full_date(text)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise UsageError(
            _('"{text}" is not a date; use one such as {day}').format(text=text, day="2030-05-10")
        )
    return found.isoformat()


def _last_day(text: str, start: str) -> str:
    """Return ``text`` if it is an ISO 8601 date that may be the last day of a conference.

    Raises:
        UsageError: ``text`` is not a date, or is before ``start``, the first day.
    """
    if (end := _date(text)) < start:
        sentence = _("the end ({end}) is before the start ({start})")
        raise UsageError(sentence.format(end=end, start=start))
    return end


def _language(text: str) -> str:
    """Return ``text`` if it is a language tag, such as ``de`` or ``zh-CN``.

    Raises:
        UsageError: ``text`` is anything else.
    """
    language, *rest = text.replace("_", "-").split("-")
    parts = [language.lower(), *rest]
    if not (2 <= len(language) <= 3 and all(part.isalnum() and part.isascii() for part in parts)):
        raise UsageError(_('"{text}" is not a language tag; use one such as en or zh').format(text=text))
    return "-".join(parts)


def _clock(text: str) -> str:
    """Return the time of day in ``text`` as ``HH:MM``.

    Raises:
        UsageError: ``text`` is not a time of day.
    """
    hours, minutes = divmod(find_minute(text), 60)
    return f"{hours:02}:{minutes:02}"
