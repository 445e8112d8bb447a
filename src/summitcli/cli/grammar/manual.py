"""What the help, the reference and the man page tell: pages made of the commands' own declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from summitcli.cli.grammar.commands import (
    COMMANDS,
    HELP,
    PANELS,
    VERSION,
    Parameter,
    bundle,
    common,
    find,
    subcommands,
)
from summitcli.cli.grammar.formats import KINDS, SELECTION, formats_taken
from summitcli.cli.options import Filters
from summitcli.errors import UnknownValue
from summitcli.i18n import _
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.text.suggest import nearest


class Example(NamedTuple):
    """A command line, what it does, and the status that it ends with where that is the point of it."""

    line: str
    what: str
    status: int = 0


EXAMPLES = (
    Example("summit day 1", "Show the first day."),
    Example("summit search 数字 福建", "Search by words from the title, in any order."),
    Example("summit agenda add big-data-forum", "Add a session to your agenda."),
    Example("summit agenda export -o agenda.ics", "Export your agenda for the calendar on your phone."),
)
"""What the program can do, for the page of all commands; those of a command stand beside its function."""


class Entry(NamedTuple):
    """What can be written, and what it means: an option, an argument or a command.

    An option has its flags for names, a command the words that call it, an argument none.
    """

    names: tuple[str, ...]
    metavar: str
    text: str


class Section(NamedTuple):
    """Entries under a heading, with a word on all of them."""

    heading: str
    entries: tuple[Entry, ...]
    note: str = ""


class Page(NamedTuple):
    """The help of a command, or of the whole program; everything is in the language in use."""

    text: str
    usage: tuple[str, ...]
    sections: tuple[Section, ...]
    examples: tuple[Example, ...]
    more: str = ""


def page(words: str) -> Page:
    """The page of the command that ``words`` call; of what ``summit`` alone does where there are none."""
    command = find(words)
    function, declared = command.load(), command.parameters()
    return Page(
        _(_described(function)),
        _usage(words, declared),
        tuple(section for section in _sections(words, declared, command.rows()) if section.entries),
        tuple(example._replace(what=_(example.what)) for example in examples(function)),
    )


def examples(function: Callable[..., Any]) -> tuple[Example, ...]:
    """Return the examples that a command has."""
    return tuple(Example(*example) for example in getattr(function, "examples", ()))


def front() -> Page:
    """The page of the whole program, for which no command is loaded."""
    return Page(
        _("A conference schedule for the terminal. `summit` alone shows it at a glance."),
        ("summit " + _("[OPTIONS]"), "summit " + _("COMMAND [OPTIONS]") + " …"),
        (
            *(Section(_(panel), tuple(_commands(_of(panel)))) for panel in PANELS),
            Section(_("Options of `summit` alone"), (*_fields("Document"), _entry(VERSION))),
            every_command(),
        ),
        tuple(example._replace(what=_(example.what)) for example in EXAMPLES),
        _("`summit help COMMAND` tells more about a command; so does --help after it."),
    )


def filters() -> Section:
    """The filters that many commands share."""
    return Section(_("Filters"), tuple(_fields("Filters")), _(Filters.__doc__ or ""))


def output() -> Section:
    """How the rows leave that many commands answer with; some take fewer formats."""
    return Section(_("Output"), tuple(_fields("Output")))


def every_command() -> Section:
    """The options that every command takes."""
    entries = [_entry(one) for one in common()]
    return Section(_("Options of every command"), (*entries, _entry(HELP)))


def unknown(name: str, group: str) -> UnknownValue:
    """The error that a group, or the program where it is empty, has no command ``name``."""
    # Not loaded for the page of all commands.
    from summitcli.sources.addresses import without_password

    known = [words.removeprefix(group).strip() for words in subcommands(group)]
    elsewhere = [words for words in COMMANDS if words.endswith(f" {name}")]
    # It may be the address of a schedule.
    sentence = _('no command "{name}"').format(name=without_password(name))
    if not known:
        more = _("{sentence}; see `{command} --help`")
        sentence = more.format(sentence=sentence, command=f"summit {group}")
    return UnknownValue(sentence, elsewhere or nearest(name, known), known)


def _described(function: Callable[..., Any]) -> str:
    """What a command does, as its docstring says it."""
    return " ".join((function.__doc__ or "").partition("\n\n")[0].split())


def _usage(words: str, declared: Iterable[Parameter]) -> tuple[str, ...]:
    arguments = [one.metavar for one in declared if not one.flags]
    called = f"summit {words}".rstrip()
    own = " ".join([called, _("[OPTIONS]"), *arguments])
    return (own, f"{called} {_('COMMAND [OPTIONS]')} …") if words and subcommands(words) else (own,)


def _sections(words: str, declared: list[Parameter], rows: str) -> Iterable[Section]:
    by_bundle = {
        name: tuple(_entry(one, rows) for one in declared if one.bundle == name and one.flags)
        for name in dict.fromkeys(one.bundle for one in declared)
    }
    arguments = tuple(_entry(one) for one in declared if not one.flags)
    own = [
        entry for name, entries in by_bundle.items() if name not in ("filters", "output") for entry in entries
    ]
    yield Section(_("Arguments"), arguments)
    yield Section(_("Commands"), tuple(_commands(subcommands(words))) if words else ())
    yield Section(_("Options"), (*own, *([] if words else [_entry(VERSION)])))
    yield filters()._replace(entries=by_bundle.get("filters", ()))
    yield output()._replace(entries=by_bundle.get("output", ()))
    yield every_command()


def _of(panel: str) -> list[str]:
    return [words for words, command in COMMANDS.items() if command.panel == panel]


def _commands(all_words: Iterable[str]) -> Iterable[Entry]:
    return (Entry((words,), "", _(COMMANDS[words].summary)) for words in all_words)


def _fields(name: str) -> Iterable[Entry]:
    """The options of a bundle."""
    return map(_entry, bundle(name))


def _entry(one: Parameter, rows: str = SELECTION) -> Entry:
    """The entry of an option or argument, of a command that answers with ``rows``."""
    text = _(one.help)
    if one.completes in KINDS:
        text = text.format(formats=_any_of(formats_taken(one.completes, rows)))
    if one.default:
        text = _("{text} Else {value}.").format(text=text, value=one.default)
    return Entry(one.flags, one.metavar, text)


def _any_of(names: Sequence[str]) -> str:
    return _("{names} or {last}").format(names=_(", ").join(names[:-1]), last=names[-1])
