"""The pages of the help, the reference and the man page, built from the declarations of the commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

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
from summitcli.cli.grammar.formats import FORMAT_KINDS, SELECTION, accepted_formats
from summitcli.cli.options import Filters
from summitcli.errors import UnknownValue
from summitcli.i18n import _
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.text.suggest import nearest

FILTERS_EXPLAINED_BY = "list"
"""The command whose help page explains the filters; the pages of other commands only list them."""

AGENDA = "agenda"
"""The name of the group of agenda commands."""

AGENDA_COMMANDS = (AGENDA, "star", "unstar", "hide")
"""The first words of the commands that use an agenda; their help pages explain ``--name`` as their own."""

VALUES_PANEL = COMMANDS["rooms"].panel
"""A heading on the main help page: for commands such as ``rooms``, which list the values of a filter."""


SHARED_ENTRIES = {
    "day": ("today", "tomorrow", "day"),
    "now": ("now", "next"),
    "grid": ("grid", "browse"),
    "star": ("star", "unstar", "hide"),
    "diff": ("diff", "validate"),
    "convert": ("convert", "publish"),
}
"""Commands that share one entry on the main help page.

The entry is at the place where the command that is the key would be listed.
"""

SUMMARIES = {
    "now": "Show sessions in progress, or the next to start.",
    "grid": "Draw the schedule as a grid, or browse it full-screen.",
    "star": "Add sessions to your agenda, remove or hide them.",
    "diff": "Compare two schedules, or check one for problems.",
    "convert": "Convert a schedule, or publish it as a website.",
}
"""The summaries of entries that several commands share; the keys are those of :data:`SHARED_ENTRIES`."""


class Example(NamedTuple):
    """An example in the help: a command line, what it does, and its exit code."""

    line: str
    what: str
    status: int = 0


EXAMPLES = (
    Example("summit day 1", "Show the first day."),
    Example("summit search 数字 福建", "Search by words from the title."),
    Example("summit agenda add big-data-forum", "Add a session to your agenda."),
)
"""The examples on the main page of the help."""


ENVIRONMENT = {
    "SUMMIT_SCHEDULE": "Same as --schedule.",
    "SUMMIT_DIRECTORY": "More lists of conferences to search, separated as in PATH.",
    "SUMMIT_NOW": "Same as --at.",
    "SUMMIT_LANG": "Same as --lang (default: from LC_ALL, LC_MESSAGES or LANG).",
    "SUMMIT_TIMEZONE": "Same as --timezone.",
    "SUMMIT_PAGER": "Pager for long output (default: PAGER, otherwise less).",
    "NO_COLOR": "Don't use colour; --color takes precedence.",
    "FORCE_COLOR": "Use colour outside a terminal, too; so does CLICOLOR_FORCE.",
    "COLUMNS": "Width of the output (default: the terminal's).",
    "SUMMIT_DATA": "Agendas and saved schedules (default: in XDG_DATA_HOME).",
    "SUMMIT_CACHE": "Directory of the cache (default: in XDG_CACHE_HOME).",
}
"""The environment variables that users may set, and what they do."""


class HelpEntry(NamedTuple):
    """An option, an argument, a command or an environment variable in the help, with its explanation.

    ``names`` are the flags of an option, ``("-d", "--day")``, or the names of commands, ``("star",
    "unstar")``. An argument has only a ``metavar``.
    """

    names: tuple[str, ...]
    metavar: str
    text: str


class Section(NamedTuple):
    """A part of a help page: entries under a heading, and maybe a note on all of them."""

    heading: str
    entries: tuple[HelpEntry, ...]
    note: str = ""


class Page(NamedTuple):
    """A page of help, in the current language."""

    text: str
    usage: tuple[str, ...]
    sections: tuple[Section, ...]
    examples: tuple[Example, ...]
    footer: str = ""


def page(words: str, brief: bool = False) -> Page:
    """Return the help page of a command.

    Args:
        words: the words that call the command; empty for ``summit`` alone.
        brief: whether to leave out the explanations of filters and global options, and refer to the pages
            that have them.
    """
    command = find(words)
    function, declared = command.load(), command.parameters()
    sections = _sections(words, declared, command.rows(), brief)
    return Page(
        _(_description(function)),
        _usage(words, declared),
        tuple(section for section in sections if section.entries or section.note),
        tuple(example._replace(what=_(example.what)) for example in examples(function)),
        _("Global options, such as --schedule and --lang: see `summit help options`.") if brief else "",
    )


def examples(function: Callable[..., Any]) -> tuple[Example, ...]:
    """Return the examples that the decorator ``declare.examples`` has added to a command function."""
    return tuple(Example(*example) for example in getattr(function, "examples", ()))


def front() -> Page:
    """Return the main page of the help, which lists all commands, without importing any of them."""
    return Page(
        _("A conference schedule for the terminal. `summit` alone shows it at a glance."),
        ("summit " + _("[COMMAND] [OPTIONS]") + " …",),
        tuple(Section(_(panel), tuple(_panel_entries(panel))) for panel in PANELS),
        tuple(example._replace(what=_(example.what)) for example in EXAMPLES),
        _("See `summit help COMMAND` for details, `summit help options` for global options."),
    )


def options_page() -> Page:
    """Return the page of the options that every command accepts and of the environment variables."""
    variables = (HelpEntry((name,), "", _(text)) for name, text in ENVIRONMENT.items())
    return Page(
        _("Global options and environment variables."),
        (),
        (
            global_options(),
            Section(_("Options without a command"), (*_bundle_entries("Document"), _entry(VERSION))),
            Section(_("Environment variables"), tuple(variables)),
        ),
        (),
    )


def filters() -> Section:
    """Return the section of the filters that many commands accept."""
    return Section(_("Filters"), tuple(_bundle_entries("Filters")), _(Filters.__doc__ or ""))


def output() -> Section:
    """Return the section of the output options that many commands accept."""
    return Section(_("Output"), tuple(_bundle_entries("Output")))


def global_options() -> Section:
    """Return the section of the options that every command accepts."""
    entries = [_entry(parameter) for parameter in common()]
    return Section(_("Global options"), (*entries, _entry(HELP)))


def unknown_command(name: str, group: str, topics: Sequence[str] = ()) -> UnknownValue:
    """Return the error for a command that does not exist, with similar ones as suggestions.

    Args:
        name: what was typed in place of a command.
        group: the group of commands after which it was typed, such as ``agenda``; empty for none.
        topics: what could have been typed besides commands, such as ``options`` after ``help``.
    """
    # Not loaded for the main page.
    from summitcli.sources.addresses import without_password

    siblings = [*(words.removeprefix(group).strip() for words in subcommands(group)), *topics]
    # The name may be a URL with a password.
    sentence = _('no command "{name}"').format(name=without_password(name))
    if not siblings:
        more = _("{sentence}; see `{command} --help`")
        sentence = more.format(sentence=sentence, command=f"summit {group}")
    return UnknownValue(sentence, commands_elsewhere(name) or nearest(name, siblings), siblings)


def commands_elsewhere(name: str) -> list[str]:
    """Return the subcommands called ``name``, each with its group: for ``undo``, ``["agenda undo"]``."""
    return [words for words in COMMANDS if words.endswith(f" {name}")]


def _description(function: Callable[..., Any]) -> str:
    """Return the first paragraph of a command's docstring, on one line."""
    return " ".join((function.__doc__ or "").partition("\n\n")[0].split())


def _usage(words: str, declared: Iterable[Parameter]) -> tuple[str, ...]:
    arguments = [parameter.metavar for parameter in declared if not parameter.flags]
    called = f"summit {words}".rstrip()
    own = " ".join([called, _("[OPTIONS]"), *arguments])
    return (own, f"{called} {_('COMMAND [OPTIONS]')} …") if words and subcommands(words) else (own,)


def _sections(words: str, declared: list[Parameter], rows: str, brief: bool) -> Iterator[Section]:
    by_bundle = {
        name: tuple(
            _entry(parameter, rows) for parameter in declared if parameter.bundle == name and parameter.flags
        )
        for name in dict.fromkeys(parameter.bundle for parameter in declared)
    }
    arguments = tuple(_entry(parameter) for parameter in declared if not parameter.flags)
    own = [
        entry for name, entries in by_bundle.items() if name not in ("filters", "output") for entry in entries
    ]
    filtering = filters()._replace(entries=by_bundle.get("filters", ()))
    if brief and filtering.entries and words != FILTERS_EXPLAINED_BY:
        if words.partition(" ")[0] in AGENDA_COMMANDS:
            own += [entry for entry in filtering.entries if entry.names == ("--name",)]
            others = tuple(entry for entry in filtering.entries if entry not in own)
            filtering = filtering._replace(entries=others)
        filtering = _names_only(filtering)
    elif not filtering.entries:
        filtering = filtering._replace(note="")
    if brief:
        own += _global_options_in(examples(find(words).load()))
    yield Section(_("Arguments"), arguments)
    yield Section(_("Commands"), tuple(_command_entries(subcommands(words))) if words else ())
    yield Section(_("Options"), (*own, *([] if words else [_entry(VERSION)])))
    yield filtering
    yield output()._replace(entries=by_bundle.get("output", ()))
    if not brief:
        yield global_options()


def _global_options_in(shown: Iterable[Example]) -> Iterator[HelpEntry]:
    """Return the entries of the global options that examples use, so that their page explains them."""
    typed = {word for example in shown for word in example.line.split()}
    return (_entry(parameter) for parameter in common() if typed.intersection(parameter.flags))


def _names_only(section: Section) -> Section:
    """Return a short form of ``section``, the help section of the filters.

    It has only the flags of the filters, and the name of the help page that explains them.
    """
    names = _(", ").join("/".join(entry.names) for entry in section.entries)
    note = _("{names}; see `summit help list`").format(names=names)
    return Section(section.heading, (), note)


def _panel_entries(panel: str) -> Iterator[HelpEntry]:
    """Yield the entries under the heading ``panel`` of the main page.

    Subcommands are named in the entry of their group. The commands of :data:`SHARED_ENTRIES` share an entry.
    So do the commands that list the values of a filter, such as ``rooms``; their entry has no explanation, as
    the heading says what they do.
    """
    listed = [words for words, command in COMMANDS.items() if command.panel == panel]
    if panel == VALUES_PANEL:
        yield HelpEntry(tuple(listed), "", "")
        return
    sharing = {words for group, names in SHARED_ENTRIES.items() for words in names if words != group}
    for words in listed:
        if " " in words or words in sharing:
            continue
        text = _(SUMMARIES.get(words, COMMANDS[words].summary))
        if below := subcommands(words):
            names = _(", ").join(f"`{command.rpartition(' ')[2]}`" for command in below)
            text = _("{summary} Subcommands: {names}.").format(summary=text, names=names)
        yield HelpEntry(SHARED_ENTRIES.get(words, (words,)), "", text)


def _command_entries(commands: Iterable[str]) -> Iterator[HelpEntry]:
    return (HelpEntry((words,), "", _(COMMANDS[words].summary)) for words in commands)


def _bundle_entries(name: str) -> Iterator[HelpEntry]:
    """Return the entries of the options of a bundle (a group of options), such as ``Filters``."""
    return map(_entry, bundle(name))


def _entry(parameter: Parameter, rows: str = SELECTION) -> HelpEntry:
    """Return the entry of an option or argument.

    Args:
        parameter: the option or argument.
        rows: the class of the rows that the command prints, as module and name, such as ``rows:Listing``. The
            explanation of ``--format`` depends on it.
    """
    text = _(parameter.help)
    if parameter.completes in FORMAT_KINDS:
        text = text.format(formats=_alternatives(accepted_formats(parameter.completes, rows)))
    if parameter.default:
        text = _("{text} Default: {value}.").format(text=text, value=parameter.default)
    return HelpEntry(parameter.flags, parameter.metavar, text)


def _alternatives(names: Sequence[str]) -> str:
    return _("{names} or {last}").format(names=_(", ").join(names[:-1]), last=names[-1])
