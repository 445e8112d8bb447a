"""Messages to the user, which are written to stderr."""

from __future__ import annotations

import os
import sys
from itertools import pairwise

from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from summitcli.formats.findings import Findings
    from summitcli.library.download import Download
    from summitcli.library.kept import Origin

BACKQUOTE = "`"
"""The character that encloses a command in a message."""

_quiet = False


def be_quiet(quiet: bool) -> None:
    """Turn messages other than errors off (``quiet``) or on."""
    global _quiet
    _quiet = quiet


def is_quiet() -> bool:
    """Return whether messages other than errors are turned off."""
    return _quiet


def say(sentence: str) -> None:
    """Print a message on stderr, after the output so far, unless messages are turned off.

    If stderr can't be written to, the message is dropped: the command has done its work all the same.
    """
    sys.stdout.flush()
    if _quiet:
        return
    try:
        line = wrap_to_terminal(printable(sentence))
        sys.stderr.write(f"{line}\n")
    except OSError:
        pass


def warn(sentence: str) -> None:
    """Print a warning on stderr; like any message, it can be turned off."""
    say(sentence)


def wrap_to_terminal(sentence: str) -> str:
    """Return a message with line breaks to fit into the terminal, if stderr is one.

    Commands in backquotes stay on one line.
    """
    if not sys.stderr.isatty():
        return sentence
    from summitcli.text.width import may_break, width

    columns = os.get_terminal_size(sys.stderr.fileno()).columns
    # Terminals of unknown width report 0.
    if not 0 < columns < width(sentence):
        return sentence
    lines, places, in_command = [""], [0], False
    for place in range(1, len(sentence)):
        in_command ^= sentence[place - 1] == BACKQUOTE
        if not in_command and may_break(sentence, place):
            places.append(place)
    for begin, end in pairwise([*places, len(sentence)]):
        piece = sentence[begin:end]
        if lines[-1] and columns < width((lines[-1] + piece).rstrip()):
            lines[-1] = lines[-1].rstrip()
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return "\n".join(lines)


def say_findings(findings: Findings, name: str | None = None) -> None:
    """Print the warnings about a schedule, one line for each kind; in a terminal, its notes, too.

    Args:
        findings: the problems found while the schedule was read.
        name: the name of the schedule, if the command reads more than one; otherwise None.
    """
    notes = [sentence for sentence, _line in findings.notes] if sys.stderr.isatty() else []
    for sentence in (*findings.sentences(), *notes):
        warn(_("{name}: {sentence}").format(name=name, sentence=sentence) if name else sentence)


def say_other_host(origin: Origin) -> None:
    """Warn if a schedule was downloaded from another host than the one in the URL that the user gave."""
    from summitcli.library.download import redirected_host, requested_host

    if host := redirected_host(origin):
        sentence = _("this schedule comes from {host}, not from {asked}")
        warn(sentence.format(host=host, asked=requested_host(origin)))


def say_download(download: Download) -> None:
    """Warn if a download came from another host than requested.

    If the schedule was found through a link on a web page, list the page's other links to schedules.
    """
    say_other_host(download.origin)
    if download.others:
        from summitcli.sources.addresses import without_password

        sentence = _("read {url}; the page also links to {others}")
        others = _(", ").join(download.others)
        say(sentence.format(url=without_password(download.origin.address), others=others))
