"""What somebody may have meant who typed what no command takes: the whole command line that does it.

It is asked only when a mistake is about to be reported, so it may open the catalog. What goes wrong while it
looks is no reason to report anything else than the mistake.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from summitcli.catalog.store import open_catalog
from summitcli.cli.call import Call
from summitcli.cli.grammar.commands import HELP, VERSION, find
from summitcli.cli.grammar.manual import unknown
from summitcli.cli.grammar.scanner import (
    MISSING,
    NO_COMMAND,
    NO_NUMBER,
    NO_OPTION,
    NO_VALUE,
    NOT_HANDED_DOWN,
    TOO_MUCH,
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

OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "": {
        "all": "list",
        "find": "search",
        "ics": "agenda export",
        "info": "about",
        "ls": "list",
        "version": "--version",
        "yesterday": "day yesterday",
    },
    "agenda": {
        "delete": "agenda remove",
        "list": "agenda",
        "ls": "agenda",
        "pick": "agenda add",
        "rm": "agenda remove",
        "show": "agenda",
    },
    "schedules": {
        "add": "use",
        "delete": "schedules remove",
        "list": "schedules",
        "ls": "schedules",
        "rm": "schedules remove",
    },
}
"""What other programs call our commands, by group."""

DASHES = "‐‑‒–—―−－"
"""What text editors and input methods make of a hyphen."""


def usage_error(found: Scan, problem: Problem) -> UsageError:
    """Return the error that a line has this problem, with what may have been meant."""
    if found.common("lang") in LANGUAGES:
        # What is wrong is said in the language that was asked for.
        set_language(found.common("lang"))
    schedule = found.common("schedule")
    if problem.kind == NO_COMMAND:
        return _unknown_command(problem.text, problem.command, schedule)
    sentence = _said(problem)
    if problem.kind == NOT_HANDED_DOWN:
        return UsageError(sentence)
    meant: list[str] = []
    if problem.kind == NO_OPTION:
        meant = _option_instead(problem.command, problem.text)
    elif problem.kind == TOO_MUCH:
        meant = _place_instead(problem.command, problem.words, problem.before, schedule)
    if meant:
        return UnknownValue(sentence, meant)
    called = f"summit {problem.command}".rstrip()
    return UsageError(_("{sentence}; see `{command} --help`").format(sentence=sentence, command=called))


def _said(problem: Problem) -> str:
    """Say what the problem is."""
    one = problem.parameter
    sentence = {
        NO_OPTION: _("no option {name}"),
        NO_VALUE: _("{option} needs a value: {metavar}"),
        UNWANTED_VALUE: _("{option} takes no value"),
        NO_NUMBER: _('{option} takes a whole number, not "{text}"'),
        MISSING: _("{name} is missing"),
        TOO_MUCH: _("too much: {words}"),
        NOT_HANDED_DOWN: _("`{command}` has no option {option}"),
    }[problem.kind]
    return sentence.format(
        command=f"summit {problem.command}".rstrip(),
        option=one.flags[-1] if one and problem.kind == NO_NUMBER and one.flags else problem.text,
        text=problem.text,
        name=problem.text or (one.metavar if one else ""),
        metavar=one.metavar if one else "",
        words=_(", ").join(_('"{name}"').format(name=without_password(word)) for word in problem.words),
    )


def _unknown_command(word: str, group: str, schedule: str | None) -> UnknownValue:
    """The error that ``group`` has no command ``word``, with the command lines that do what is meant.

    A day or a category is meant for certain; a session only where no command is written alike.

    Args:
        word: what was typed.
        group: the words that call the group; empty for the program.
        schedule: the schedule that the line names; None for the one in use.
    """
    error = unknown(word, group)
    if other := OTHER_NAMES.get(group, {}).get(fold(word)):
        return UnknownValue(error.sentence, [f"summit {other}"])
    if not group and (is_url(word) or os.path.isfile(word)):
        return UnknownValue(error.sentence, [f"summit use {quote(without_password(word))}"])
    meant: list[str] = []
    if not group:
        meant = _asking(schedule, lambda call: _lists(call, word))
    if not meant and not error.nearest and group in ("", "agenda"):
        meant = _asking(schedule, lambda call: _sessions(call, word, group))
    return UnknownValue(error.sentence, meant) if meant else error


def _place_instead(command: str, words: Sequence[str], before: str, schedule: str | None) -> list[str]:
    """How ``words``, which are too many for ``command``, can be written in it, or in another command.

    Args:
        command: the words that call it.
        words: what is too much.
        before: the argument that stands before them, where there is one.
        schedule: the schedule that the line names; None for the one in use.
    """
    word = words[0]
    if any(map(is_url, words)):
        # It may hold a password, and is nothing that could stand elsewhere.
        return []
    options = find(command).options()
    if word[:1] in [*DASHES] and (meant := _with_hyphens(word)) in options:
        return [meant]
    if "--output" in options and "." in word:
        return [f"-o {quote(word)}"]
    if "--number" in options and word.isdecimal():
        return [f"-n {word}"]
    return _asking(schedule, lambda call: _filters(call, command, " ".join(words), before))


def _option_instead(command: str, flag: str) -> list[str]:
    """The commands and options that do what somebody means by ``flag``, which ``command`` does not take."""
    options = [*find(command).options(), *HELP.flags]
    options += () if command else VERSION.flags
    name = fold(flag.lstrip("-"))
    if "--format" in options and name in ("csv", "html", "ics", "jsonl", "md", "tsv"):
        return [f"-f {name}"]
    if flag == "--timezone":
        # Kept for the zone to show times in.
        return ["--assume-timezone"]
    if name in ("no-color", "no-colour", "nocolor"):
        return ["--color never"]
    for other in ("list", "export"):
        if flag in find(other).options():
            return [f"summit {other} {flag}"]
    return (
        nearest(flag, options)
        if flag.startswith("--")
        else [one for one in options if fold(one) == fold(flag)]
    )


def _asking(schedule: str | None, question: Callable[[Call], Iterable[str]]) -> list[str]:
    """What the catalog answers; nothing where it can't be asked without network, input or talk."""
    with using_language(current_language()):
        try:
            # As for the TAB key nothing is fetched.
            call = Call(Common(schedule=schedule), {**os.environ, COMPLETION: "none"})
            if call.reference == STDIN:
                return []
            call.use_catalog(open_catalog(call.source))
        except SummitError:
            return []
        try:
            # A whole command line is of the same schedule; what only takes a word's place stands in one.
            return [
                f"{one}{call.schedule_options}" if one.startswith("summit ") else one
                for one in question(call)
            ]
        except (SummitError, *CATALOG_READ_ERRORS):
            return []
        finally:
            call.close()


def _lists(call: Call, word: str) -> Iterator[str]:
    """The commands that list a day or a category of that name."""
    if _is_day(call, word):
        yield f"summit day {quote(word)}"
    elif category := _category(call, word):
        yield f"summit list -c {category}"


def _sessions(call: Call, word: str, group: str) -> Iterator[str]:
    """The command about the one session that ``word`` means, or that finds several."""
    from summitcli.catalog.lookup import resolve

    meant = resolve(call.catalog, word)
    if meant.certain:
        yield f"summit agenda add {quote(word)}" if group else f"summit show {quote(word)}"
    elif meant.exact and len(word) > 1:
        yield f"summit search {quote(word)}"


def _filters(call: Call, command: str, text: str, before: str) -> Iterator[str]:
    """How to say in ``command`` what ``text`` names, which may continue what stands ``before``."""
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
    """The id of the category that ``text`` names in full, in any language."""
    wanted = fold(text)
    rows = call.catalog.categories()
    return next((row.id for row in rows if wanted in map(fold, (row.id, *row.names.values()))), None)


def quote(text: str) -> str:
    """``text`` as one word of a shell, in quotes only where they are needed."""
    return text if re.fullmatch(r"[\w./:,+-]+", text) else quoted(text)


def _with_hyphens(word: str) -> str:
    """``word`` with hyphens for the dashes that it begins with; a long one stands for two."""
    name = word.lstrip(DASHES + "-")
    return f"{'-' if len(name) == 1 else '--'}{name}"
