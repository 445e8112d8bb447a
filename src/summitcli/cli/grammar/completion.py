"""Shell completion: the answer to a shell's completion script, with offers of words to insert.

The line is parsed by the same scanner as a whole command line, and without Typer. On any error nothing is
offered and no message printed, as the user is in the middle of typing.

The script of a shell sets :data:`~summitcli.cli.terminal.environment.COMPLETION` to the name of the shell and
runs the program. zsh and fish pass the words of the line up to the cursor, beginning with the program; bash
passes the line itself (:mod:`summitcli.cli.grammar.bash_line` splits it), the values of its variables
COMP_WORDBREAKS and COMP_TYPE, and the first character of its variable histchars. Values are quoted here for
bash; zsh and fish quote them themselves.

The answer has a line for each offer: the text to insert, a tab, the explanation. Before these, there may be
lines that begin with a tab and are about all offers together:

- ``files``: a file name is possible, too;
- ``open``: the word may continue after an offer, so that no space is added;
- ``other``: some offers do not begin with what was typed.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from summitcli.cli.grammar.commands import COMMANDS, subcommands
from summitcli.cli.grammar.scanner import Place, Scanner
from summitcli.cli.grammar.values import FILES, Offer, PartialValue, offers
from summitcli.cli.options import Common
from summitcli.cli.terminal.environment import COMPLETION, chosen_language, locale_language
from summitcli.errors import Status
from summitcli.i18n import LANGUAGES, _, set_language
from summitcli.lazy_typing import NamedTuple
from summitcli.text.folding import fold

OPEN = frozenset({"fields"})
"""The kinds of values that are lists: after a comma, another item may follow."""


class Offers(NamedTuple):
    """The completions that are offered for the word at the cursor."""

    offers: tuple[Offer, ...] = ()
    files: bool = False
    """True if the word may also be the name of a file, which the shell completes."""
    open: bool = False
    """True if the word may continue after the offer, so that no space is added."""

    def without(self, unsuitable: Callable[[Offer], bool]) -> Offers:
        """Return the offers for which ``unsuitable`` returns False."""
        return self._replace(offers=tuple(offer for offer in self.offers if not unsuitable(offer)))


NOTHING = Offers()


def complete(words: Sequence[str], environment: Mapping[str, str] = os.environ) -> Status:
    """Print the answer for the completion script that ran the program with ``words``."""
    stderr = sys.stderr
    try:
        with open(os.devnull, "w") as nowhere:
            sys.stderr = nowhere
            answer = _answer(words, environment)
    except Exception:
        return Status.DONE
    finally:
        sys.stderr = stderr
    # The words are in the encoding of the locale; Python's streams may have been set to another one.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=sys.getfilesystemencoding())
    sys.stdout.write(answer)
    return Status.DONE


def _answer(words: Sequence[str], environment: Mapping[str, str]) -> str:
    set_language(chosen_language(None, environment) or locale_language(environment) or "en")
    if environment[COMPLETION] != "bash":
        found = offers_for(words[1:])
        if environment[COMPLETION] == "fish":
            # fish ignores and does not quote spaces at the beginning of a word.
            found = found.without(lambda offer: offer.value[0].isspace())
        return _lines(found, words[-1])
    from summitcli.cli.grammar.bash_line import is_plain, read

    # Scripts installed by earlier versions pass neither COMP_TYPE nor histchars.
    line, breaks, kind, history = [*words, "", ""][:4]
    typed = read(line, breaks)
    if not typed.words:
        return "\tfiles\n"
    found, begun = offers_for(typed.words), typed.words[-1]
    if found.files:
        # Bash inserts the offers beside file names as if they were file names.
        found = found.without(lambda offer: not is_plain(offer.value))
    elif _differ_in_case([offer.value for offer in found.offers]):
        # Readline may ignore case, so that whole lines of the list, with the explanations, may have a common
        # beginning, which it inserts. An explanation must never be inserted.
        found = found._replace(offers=tuple(Offer(offer.value) for offer in found.offers))
    return _lines(found, begun, lambda value: typed.insertion(value, kind, history or "!"))


def _differ_in_case(values: Sequence[str]) -> bool:
    """Return whether two of ``values`` differ only in case."""
    return len({"".join(letter.lower()[0] for letter in value) for value in values}) < len(values)


def _lines(found: Offers, begun: str, inserted: Callable[[str], str] = str) -> str:
    """Return the answer to the completion script: lines such as ``list``, a tab and ``List sessions.``

    The module's docstring describes the form of the answer.

    Args:
        found: the offers.
        begun: the word at the cursor, as far as it is typed.
        inserted: a function that returns the text to insert for a value; empty if it can't be inserted.
    """
    flags = {
        "files": found.files,
        "open": found.open,
        "other": not all(fold(offer.value).startswith(fold(begun)) for offer in found.offers),
    }
    head = [f"\t{flag}\n" for flag, applies in flags.items() if applies]
    offers = (
        f"{text}\t{offer.help}\n"
        for offer in found.offers
        if _survives_encoding(offer.value) and (text := inserted(offer.value))
    )
    return "".join((*head, *offers))


def _survives_encoding(value: str) -> bool:
    """Return whether a shell reads ``value`` unchanged in the encoding of the locale (POSIX.1 section 6.2).

    An encoding may lack a character. In some encodings, such as GBK, one byte of a character may be the same
    as that of an ASCII character; a shell that reads bytes would take it for this character.
    """
    if value.isascii():
        return True
    try:
        encoded = value.encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        return False
    return sum(byte < 0x80 for byte in encoded) == sum(character.isascii() for character in value)


def offers_for(words: Sequence[str]) -> Offers:
    """Return the offers for the last of ``words``.

    Args:
        words: the words after the program, at least one; the last is being typed and may be empty.

    Raises:
        SummitError: the schedule can't be read.
    """
    *before, begun = words
    scanner = Scanner()
    for word in before:
        scanner.take(word)
    if not scanner.is_readable:
        return NOTHING
    place = scanner.place(begun)
    if place.command:
        return Offers(tuple(_commands(scanner.words, place.text)))
    if place.option:
        return _options(scanner, place.text)
    return NOTHING if place.parameter is None else _values(scanner, place)


def _commands(group: str, begun: str) -> Iterator[Offer]:
    """Yield an offer for each command of a group whose name begins with ``begun``."""
    for words in subcommands(group):
        name = words.rpartition(" ")[2]
        if name.startswith(begun):
            yield Offer(name, _(COMMANDS[words].summary))


def _options(scanner: Scanner, begun: str) -> Offers:
    """Return offers of the options that begin with ``begun`` and may still be given."""
    left = (
        (flag, option.help)
        for flag, option in scanner.options.items()
        if option.repeated or not scanner.texts(option.name)
    )
    return Offers(tuple(Offer(flag, _(help_)) for flag, help_ in left if flag.startswith(begun)))


def _values(scanner: Scanner, place: Place) -> Offers:
    """Return offers of values for the parameter being typed.

    Each begins with the part of the word before the value, such as ``--day=``.
    """
    parameter = place.parameter
    assert parameter is not None  # noqa: S101
    before = scanner.texts(parameter.name) if parameter.repeated else ()
    last = scanner.texts("name")[-1:]
    partial = PartialValue(place.text, _common(scanner), scanner.words, before, last[0] if last else None)
    try:
        found = offers(partial, parameter.completes)
    finally:
        partial.close()
    return Offers(
        tuple(Offer(place.before + offer.value, offer.help) for offer in found),
        parameter.completes in FILES,
        parameter.completes in OPEN,
    )


def _common(scanner: Scanner) -> Common:
    """Return the global options typed so far that the offers depend on."""
    typed = map(scanner.texts, ("schedule", "assume_timezone", "lang", "sheet", "columns"))
    schedule, zone, language, sheet, columns = (texts[-1] if texts else None for texts in typed)
    return Common(
        schedule=None if schedule is None else os.path.expanduser(schedule),
        assume_timezone=zone,
        lang=language if language in LANGUAGES else None,
        sheet=sheet,
        columns=columns,
    )
