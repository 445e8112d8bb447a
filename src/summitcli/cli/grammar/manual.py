"""What the help, the reference and the man page tell: pages made of the commands' own declarations."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from summitcli.cli.grammar.commands import COMMANDS, GLANCE, PANELS, subcommands
from summitcli.cli.grammar.examples import EXAMPLES, Example
from summitcli.cli.grammar.params import Argument, Option, Parameter, parameters
from summitcli.cli.grammar.reading import common
from summitcli.cli.options import SHOW_HELP, SHOW_VERSION, Document, Filters, Output
from summitcli.errors import UnknownValue
from summitcli.i18n import _
from summitcli.text.suggest import nearest


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
    command = COMMANDS.get(words, GLANCE)
    declared = list(parameters(command.load()))
    return Page(
        _(_described(command.load())),
        _usage(words, declared),
        tuple(section for section in _sections(words, declared) if section.entries),
        tuple(example._replace(what=_(example.what)) for example in EXAMPLES.get(words, ()) if words),
    )


def front() -> Page:
    """The page of the whole program, for which no command is loaded."""
    return Page(
        _("A conference schedule for the terminal. `summit` alone shows it at a glance."),
        ("summit " + _("[OPTIONS]"), "summit " + _("COMMAND [OPTIONS]") + " …"),
        (
            *(Section(_(panel), tuple(_commands(_of(panel)))) for panel in PANELS),
            Section(_("Options of `summit` alone"), (*_fields(Document), _option(SHOW_VERSION))),
            every_command(),
        ),
        tuple(example._replace(what=_(example.what)) for example in EXAMPLES[""]),
        _("`summit help COMMAND` tells more about a command; so does --help after it."),
    )


def filters() -> Section:
    """The filters that many commands share."""
    return Section(_("Filters"), tuple(_fields(Filters)), _(Filters.__doc__ or ""))


def output() -> Section:
    """How the rows leave that many commands answer with."""
    return Section(_("Output"), tuple(_fields(Output)))


def every_command() -> Section:
    """The options that every command takes."""
    entries = [_entry(one) for one in common()]
    return Section(_("Options of every command"), (*entries, _option(SHOW_HELP)))


def unknown(name: str, group: str) -> UnknownValue:
    """The error that a group, or the program where it is empty, has no command ``name``."""
    # Not loaded for the page of all commands.
    from summitcli.sources.addresses import shown

    known = [words.removeprefix(group).strip() for words in subcommands(group)]
    elsewhere = [words for words in COMMANDS if words.endswith(f" {name}")]
    # It may be the address of a schedule.
    sentence = _('no command "{name}"').format(name=shown(name))
    if not known:
        more = _("{sentence}; `{command} --help` shows what there is")
        sentence = more.format(sentence=sentence, command=f"summit {group}")
    return UnknownValue(sentence, elsewhere or nearest(name, known), known)


def _described(function: Callable[..., Any]) -> str:
    """What a command does, as its docstring says it."""
    return " ".join((function.__doc__ or "").partition("\n\n")[0].split())


def _usage(words: str, declared: Iterable[Parameter]) -> tuple[str, ...]:
    arguments = [one.spec.metavar for one in declared if isinstance(one.spec, Argument)]
    called = f"summit {words}".rstrip()
    own = " ".join([called, _("[OPTIONS]"), *arguments])
    return (own, f"{called} {_('COMMAND [OPTIONS]')} …") if words and subcommands(words) else (own,)


def _sections(words: str, declared: list[Parameter]) -> Iterable[Section]:
    by_bundle = {
        name: tuple(_entry(one) for one in declared if one.bundle == name and isinstance(one.spec, Option))
        for name in dict.fromkeys(one.bundle for one in declared)
    }
    arguments = tuple(_entry(one) for one in declared if isinstance(one.spec, Argument))
    own = [
        entry for name, entries in by_bundle.items() if name not in ("filters", "output") for entry in entries
    ]
    yield Section(_("Arguments"), arguments)
    yield Section(_("Commands"), tuple(_commands(subcommands(words))) if words else ())
    yield Section(_("Options"), (*own, *([] if words else [_option(SHOW_VERSION)])))
    yield filters()._replace(entries=by_bundle.get("filters", ()))
    yield output()._replace(entries=by_bundle.get("output", ()))
    yield every_command()


def _of(panel: str) -> list[str]:
    return [words for words, command in COMMANDS.items() if command.panel == panel]


def _commands(all_words: Iterable[str]) -> Iterable[Entry]:
    return (Entry((words,), "", _(COMMANDS[words].summary)) for words in all_words)


def _fields(bundle: Any) -> Iterable[Entry]:
    """The options of a bundle."""

    def takes(bundle: Any) -> None: ...

    takes.__annotations__ = {"bundle": bundle}
    return map(_entry, parameters(takes))


def _entry(one: Parameter) -> Entry:
    if isinstance(one.spec, Option):
        entry = _option(one.spec)
        if isinstance(one.default, str) and one.default:
            text = _("{text} Else {value}.").format(text=entry.text, value=one.default)
            entry = entry._replace(text=text)
        return entry
    return Entry((), one.spec.metavar, _(one.spec.help))


def _option(spec: Option) -> Entry:
    return Entry(spec.flags, spec.metavar, _(spec.help))
