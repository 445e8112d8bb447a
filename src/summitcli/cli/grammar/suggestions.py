"""Suggestions for mistakes on the command line: what the user probably meant.

They are looked for only when a mistake is about to be reported, so that there is time to open the catalog. If
looking for them fails, the mistake is reported without suggestions.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from summitcli.catalog.store import open_catalog
from summitcli.cli.call import Call
from summitcli.cli.grammar.aliases import ALIASES
from summitcli.cli.grammar.commands import HELP, VERSION, find
from summitcli.cli.grammar.manual import AGENDA, commands_elsewhere, unknown_command
from summitcli.cli.grammar.scanner import (
    MISSING,
    NO_COMMAND,
    NO_NUMBER,
    NO_OPTION,
    NO_VALUE,
    NOT_FOR_SUBCOMMAND,
    UNEXPECTED,
    UNWANTED_VALUE,
    Problem,
    Scan,
)
from summitcli.cli.options import Common
from summitcli.cli.terminal.environment import COMPLETION
from summitcli.errors import CATALOG_READ_ERRORS, SummitError, UnknownValue, UsageError
from summitcli.i18n import LANGUAGES, _, current_language, set_language, using_language
from summitcli.library.reference import STDIN
from summitcli.sources.addresses import is_url, without_password
from summitcli.text.folding import fold
from summitcli.text.shell import quote as quoted
from summitcli.text.suggest import nearest
from summitcli.when import find_day

DASHES = "‐‑‒–—―−－"
"""The dashes that editors and input methods type instead of a hyphen."""


def usage_error(found: Scan, problem: Problem) -> UsageError:
    """Return the error for a mistake on a command line, with suggestions.

    Args:
        found: the parsed line.
        problem: the mistake.
    """
    if found.common("lang") in LANGUAGES:
        # The error is in the language that the line asks for.
        set_language(found.common("lang"))
    schedule = found.common("schedule")
    if problem.kind == NO_COMMAND:
        return _no_command(problem, schedule)
    sentence = _message(problem)
    if problem.kind == NOT_FOR_SUBCOMMAND:
        return UsageError(sentence)
    suggested: list[str] = []
    if problem.kind == NO_OPTION:
        suggested = _for_option(problem.command, problem.text)
    elif problem.kind == UNEXPECTED:
        suggested = _for_arguments(problem.command, problem.words, problem.before, schedule)
    if suggested:
        return UnknownValue(sentence, suggested)
    called = f"summit {problem.command}".rstrip()
    return UsageError(_("{sentence}; see `{command} --help`").format(sentence=sentence, command=called))


def _message(problem: Problem) -> str:
    """Return the sentence that describes a problem."""
    parameter = problem.parameter
    sentence = {
        NO_OPTION: _("no option {name}"),
        NO_VALUE: _("{option} needs a value: {metavar}"),
        UNWANTED_VALUE: _("{option} does not take a value"),
        NO_NUMBER: _('{option} must be a whole number, not "{text}"'),
        MISSING: _("missing argument: {name}"),
        UNEXPECTED: _("unexpected argument: {words}"),
        NOT_FOR_SUBCOMMAND: _("`{command}` has no option {option}"),
    }[problem.kind]
    return sentence.format(
        command=f"summit {problem.command}".rstrip(),
        option=(
            parameter.flags[-1]
            if parameter and problem.kind == NO_NUMBER and parameter.flags
            else problem.text
        ),
        text=problem.text,
        name=problem.text or (parameter.metavar if parameter else ""),
        metavar=parameter.metavar if parameter else "",
        words=_(", ").join(_('"{name}"').format(name=without_password(word)) for word in problem.words),
    )


def _no_command(problem: Problem, schedule: str | None) -> UnknownValue:
    """Return the error for an unknown command, with the command lines that were probably meant.

    The first of these that applies is suggested:

    - the command that does what the word means in other programs, such as ``agenda export`` for ``ics``;
    - ``summit use``, if the word is the path of a file or a URL;
    - the day or the category with this name;
    - commands with similar names;
    - sessions that match the word.

    Args:
        problem: the mistake.
        schedule: the schedule given on the line; None for the current one.
    """
    word, group = problem.text, problem.command
    error = unknown_command(word, group)
    names = ALIASES.get(group, {}).get(fold(word)) or (commands_elsewhere(word) if not group else ())
    if names:
        return UnknownValue(
            error.sentence, [_with_arguments(name, problem.words, schedule) for name in names]
        )
    if not group and (is_url(word) or os.path.isfile(word)):
        return UnknownValue(error.sentence, [f"summit use {quote(without_password(word))}"])
    suggested: list[str] = []
    if not group:
        suggested = _ask_catalog(schedule, lambda call: _lists(call, word))
    if not suggested and not error.nearest and group in ("", AGENDA):
        suggested = _ask_catalog(schedule, lambda call: _sessions(call, word, group))
    return UnknownValue(error.sentence, suggested) if suggested else error


def _with_arguments(command: str, words: Sequence[str], schedule: str | None) -> str:
    """Return the command line to suggest for an alias, with the words typed after it.

    Args:
        command: the words that call the command to suggest.
        words: the words typed after the alias; left out if the command takes no arguments.
        schedule: the schedule given on the line, which is repeated; None for the current one.
    """
    takes_arguments = any(not parameter.flags for parameter in find(command).parameters())
    if not takes_arguments and not (words and words[0].startswith("-")):
        words = ()
    if schedule is not None and not any(word.startswith("--schedule") for word in words):
        words = (*words, "--schedule", schedule)
    if command in VERSION.flags:
        words = ()
    return " ".join(["summit", command, *(quote(without_password(word)) for word in words)])


def _for_arguments(command: str, words: Sequence[str], before: str, schedule: str | None) -> list[str]:
    """Return suggestions for unexpected arguments: options that accept them, such as ``-n 5`` for ``5``.

    Args:
        command: the words that call the command.
        words: the unexpected arguments.
        before: the argument before them; may be empty.
        schedule: the schedule given on the line; None for the current one.
    """
    word = words[0]
    if any(map(is_url, words)):
        # A URL is no filter, and may have a password.
        return []
    options = find(command).options()
    if word[:1] in [*DASHES] and (flag := _with_hyphens(word)) in options:
        return [flag]
    if "--output" in options and "." in word:
        return [f"-o {quote(word)}"]
    if "--number" in options and word.isdecimal():
        return [f"-n {word}"]
    return _ask_catalog(schedule, lambda call: _filters(call, command, " ".join(words), before))


def _for_option(command: str, flag: str) -> list[str]:
    """Return suggestions for a flag that ``command`` does not have: other options, or other commands."""
    options = [*find(command).options(), *HELP.flags]
    options += () if command else VERSION.flags
    name = fold(flag.lstrip("-"))
    if "--format" in options and name in ("csv", "html", "ics", "jsonl", "md", "tsv"):
        return [f"-f {name}"]
    if flag == "--timezone":
        # The name is reserved for the time zone of the output.
        return ["--assume-timezone"]
    if name in ("no-color", "no-colour", "nocolor"):
        return ["--color never"]
    for other in ("list", "export"):
        if flag in find(other).options():
            return [f"summit {other} {flag}"]
    return (
        nearest(flag, options)
        if flag.startswith("--")
        else [option for option in options if fold(option) == fold(flag)]
    )


def _ask_catalog(schedule: str | None, question: Callable[[Call], Iterable[str]]) -> list[str]:
    """Return the suggestions that the function ``question`` finds in the schedule.

    Return [] if reading the schedule needs the network or standard input, or fails.

    Args:
        schedule: the schedule given on the line; None for the current one.
        question: a function that yields suggestions; its argument gives access to the schedule.
    """
    with using_language(current_language()):
        try:
            # As in completion, nothing is downloaded.
            call = Call(Common(schedule=schedule), {**os.environ, COMPLETION: "none"})
            if call.reference == STDIN:
                return []
            call.use_catalog(open_catalog(call.source))
        except SummitError:
            return []
        try:
            # A whole command line repeats the schedule; an option is added to a line that has it.
            return [
                f"{line}{call.common.for_schedule()}" if line.startswith("summit ") else line
                for line in question(call)
            ]
        except (SummitError, *CATALOG_READ_ERRORS):
            return []
        finally:
            call.close()


def _lists(call: Call, word: str) -> Iterator[str]:
    """Yield the command line that lists the day or the category called ``word``, if there is one."""
    if _is_day(call, word):
        yield f"summit day {quote(word)}"
    elif category := _category(call, word):
        yield f"summit list -c {category}"


def _sessions(call: Call, word: str, group: str) -> Iterator[str]:
    """Yield a command line for the session that ``word`` names, or one that searches for several.

    Args:
        call: the running command.
        word: the word that is no command.
        group: the group of commands before it, ``agenda``; empty if there is none.
    """
    from summitcli.catalog.lookup import resolve

    found = resolve(call.catalog, word)
    if found.certain:
        yield f"summit agenda add {quote(word)}" if group else f"summit show {quote(word)}"
    elif found.exact and len(word) > 1:
        yield f"summit search {quote(word)}"


def _filters(call: Call, command: str, text: str, before: str) -> Iterator[str]:
    """Yield corrections for unexpected arguments that name a day or a category.

    A correction is an option, such as ``-d '23 July'``, or another command.

    Args:
        call: the context that gives access to the schedule.
        command: the words that call the command on the line.
        text: the unexpected arguments.
        before: the argument before them, which may belong to them, as in ``23 July``.
    """
    options = find(command).options()
    if before and _is_day(call, f"{before} {text}"):
        yield f"summit {command} {quote(f'{before} {text}')}"
    elif "--day" in options and not before and _is_day(call, text):
        of_one_day = command in ("today", "tomorrow")
        yield f"summit day {quote(text)}" if of_one_day else f"-d {quote(text)}"
    elif "--category" in options and (category := _category(call, text)):
        yield f"-c {category}"
    elif command == "list" and (found := call.catalog.search(text, limit=1)).hits and found.exact:
        yield f"summit search {quote(text)}"


def _is_day(call: Call, text: str) -> bool:
    try:
        find_day(text, call.days, call.today)
    except SummitError:
        return False
    return True


def _category(call: Call, text: str) -> str | None:
    """Return the ID of the category whose ID or name, in any language, is ``text``; None if there is none."""
    wanted = fold(text)
    rows = call.catalog.categories()
    return next((row.id for row in rows if wanted in map(fold, (row.id, *row.names.values()))), None)


def quote(text: str) -> str:
    """Return ``text`` as one word of a shell command, quoted only if needed."""
    return text if re.fullmatch(r"[\w./:,+-]+", text) else quoted(text)


def _with_hyphens(word: str) -> str:
    """Return ``word`` with its dashes replaced by hyphens: ``—day`` gives ``--day``."""
    name = word.lstrip(DASHES + "-")
    return f"{'-' if len(name) == 1 else '--'}{name}"
