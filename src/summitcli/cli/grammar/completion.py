"""What may come next on a command line that is being typed: what a shell asks when the TAB key is pressed.

The line is read by the scanner that reads whole command lines, too, and without Typer.
Whatever goes wrong, nothing is offered and nothing is said: somebody is in the middle of a line.

A shell sets :data:`~summitcli.cli.terminal.environment.COMPLETION` to its name and calls the program. zsh
and fish give the words of the line up to the cursor, that of the program first; bash gives the line itself,
which :mod:`summitcli.cli.grammar.bash_line` takes apart, and from its variables COMP_WORDBREAKS, COMP_TYPE
and the first character of histchars. What is inserted is quoted here for bash; zsh and fish quote it
themselves. The answer has a line for each offer: what to insert, a tab, what it stands for. A line that
begins with a tab says something of them all: ``files``, that the name of a file may stand there, too;
``open``, that more may follow without a space; ``other``, that some do not begin with what was typed.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from summitcli.cli.grammar.commands import COMMANDS, subcommands
from summitcli.cli.grammar.scanner import Place, Scanner
from summitcli.cli.grammar.values import FILES, Asked, Offer, offers
from summitcli.cli.options import Common
from summitcli.cli.terminal.environment import COMPLETION, chosen_language, locale_language
from summitcli.errors import Status
from summitcli.i18n import LANGUAGES, _, set_language
from summitcli.lazy_typing import NamedTuple
from summitcli.text.folding import fold

OPEN = frozenset({"fields"})
"""The kinds of values that go on after a comma."""


class Offered(NamedTuple):
    """What may stand where somebody is typing."""

    offers: tuple[Offer, ...] = ()
    files: bool = False
    """Whether the name of a file may stand there, too."""
    open: bool = False
    """Whether more may follow at once, without a space."""

    def without(self, unfit: Callable[[Offer], bool]) -> Offered:
        """Return the same without the offers that are unfit."""
        return self._replace(offers=tuple(offer for offer in self.offers if not unfit(offer)))


NOTHING = Offered()


def complete(words: Sequence[str], environment: Mapping[str, str] = os.environ) -> Status:
    """Answer the shell that called the program with ``words``."""
    stderr = sys.stderr
    try:
        with open(os.devnull, "w") as nowhere:
            sys.stderr = nowhere
            answer = _answer(words, environment)
    except Exception:
        return Status.DONE
    finally:
        sys.stderr = stderr
    # The words came in the encoding of the locale, whatever Python's streams have been told to use.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=sys.getfilesystemencoding())
    sys.stdout.write(answer)
    return Status.DONE


def _answer(words: Sequence[str], environment: Mapping[str, str]) -> str:
    set_language(chosen_language(None, environment) or locale_language(environment) or "en")
    if environment[COMPLETION] != "bash":
        found = offered(words[1:])
        if environment[COMPLETION] == "fish":
            # fish reads a word as if it began behind such a space, and quotes none of them.
            found = found.without(lambda offer: offer.value[0].isspace())
        return _lines(found, words[-1])
    from summitcli.cli.grammar.bash_line import is_plain, read

    # Scripts that earlier versions put in place tell neither the kind nor the character of history.
    line, breaks, kind, history = [*words, "", ""][:4]
    typed = read(line, breaks)
    if not typed.words:
        return "\tfiles\n"
    found, begun = offered(typed.words), typed.words[-1]
    if found.files:
        # Bash writes the names of files itself, and what stands among them as if it were one.
        found = found.without(lambda offer: not is_plain(offer.value))
    elif _are_alike([offer.value for offer in found.offers]):
        # Readline may take capital letters for small ones, so that whole lines of a list may have a
        # beginning in common, which it inserts. What explains a value must never be part of that.
        found = found._replace(offers=tuple(Offer(offer.value) for offer in found.offers))
    return _lines(found, begun, lambda value: typed.inserted(value, kind, history or "!"))


def _are_alike(values: Sequence[str]) -> bool:
    """Return whether two of ``values`` differ in nothing but the case of their letters."""
    return len({"".join(letter.lower()[0] for letter in value) for value in values}) < len(values)


def _lines(found: Offered, begun: str, inserted: Callable[[str], str] = str) -> str:
    """The answer to a shell, which inserts of each value what ``inserted`` makes of it."""
    said = {
        "files": found.files,
        "open": found.open,
        "other": not all(fold(offer.value).startswith(fold(begun)) for offer in found.offers),
    }
    about = [f"\t{word}\n" for word, applies in said.items() if applies]
    offers = (
        f"{text}\t{offer.help}\n"
        for offer in found.offers
        if _arrives_whole(offer.value) and (text := inserted(offer.value))
    )
    return "".join((*about, *offers))


def _arrives_whole(value: str) -> bool:
    """Return whether a shell reads ``value`` as it is, in the encoding of the locale (POSIX.1, 6.2).

    A value that this encoding can't hold would become another one. A letter of which a byte is that of an
    ASCII character, as in GBK, means that character to a shell that reads bytes.
    """
    if value.isascii():
        return True
    try:
        encoded = value.encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        return False
    return sum(byte < 0x80 for byte in encoded) == sum(character.isascii() for character in value)


def offered(words: Sequence[str]) -> Offered:
    """What may stand in the place of the last of ``words``, of which there is at least one.

    Args:
        words: those after the program's name, up to the one that is being typed, which may be empty.

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
        return Offered(tuple(_commands(scanner.words, place.text)))
    if place.option:
        return _options(scanner, place.text)
    return NOTHING if place.parameter is None else _values(scanner, place)


def _commands(group: str, begun: str) -> Iterator[Offer]:
    """The commands of a group that begin so."""
    for words in subcommands(group):
        name = words.rpartition(" ")[2]
        if name.startswith(begun):
            yield Offer(name, _(COMMANDS[words].summary))


def _options(scanner: Scanner, begun: str) -> Offered:
    """The names of the options that may still be given."""
    left = (
        (flag, one.help)
        for flag, one in scanner.options.items()
        if one.repeated or not scanner.texts(one.name)
    )
    return Offered(tuple(Offer(flag, _(help_)) for flag, help_ in left if flag.startswith(begun)))


def _values(scanner: Scanner, place: Place) -> Offered:
    """What may be the value of a parameter; each is offered with what stands before it in its word."""
    one = place.parameter
    assert one is not None  # noqa: S101
    before = scanner.texts(one.name) if one.repeated else ()
    last = scanner.texts("name")[-1:]
    asked = Asked(place.text, _common(scanner), scanner.words, before, last[0] if last else None)
    try:
        found = offers(asked, one.completes)
    finally:
        asked.close()
    return Offered(
        tuple(Offer(place.before + offer.value, offer.help) for offer in found),
        one.completes in FILES,
        one.completes in OPEN,
    )


def _common(scanner: Scanner) -> Common:
    """Of the options that every command takes, those that decide what is offered, as far as given."""
    typed = map(scanner.texts, ("schedule", "assume_timezone", "lang"))
    schedule, zone, language = (texts[-1] if texts else None for texts in typed)
    return Common(
        schedule=None if schedule is None else os.path.expanduser(schedule),
        assume_timezone=zone,
        lang=language if language in LANGUAGES else None,
    )
