"""What is said beside the answer, on stderr."""

from __future__ import annotations

import os
import sys
from itertools import pairwise

from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from summitcli.formats.findings import Findings
    from summitcli.library.kept import Origin

COMMAND = "`"
"""What a command in a sentence stands between."""


_quiet = False


def be_quiet(quiet: bool) -> None:
    """Say nothing from now on if ``quiet``; errors are still told."""
    global _quiet
    _quiet = quiet


def is_quiet() -> bool:
    """Return whether nothing is to be said."""
    return _quiet


def say(sentence: str) -> None:
    """Say one line on stderr, after what stdout has had so far, unless told to be quiet.

    Where it can't be said, nobody listens: what was done is done, and no error.
    """
    sys.stdout.flush()
    if _quiet:
        return
    try:
        line = fitted(printable(sentence))
        sys.stderr.write(f"{line}\n")
    except OSError:
        pass


def warn(sentence: str) -> None:
    """Say what the reader must know to read the answer right; also in a pipe."""
    say(sentence)


def fitted(sentence: str) -> str:
    """On a terminal that is too narrow, more lines, words and commands whole; elsewhere it stays one line."""
    if not sys.stderr.isatty():
        return sentence
    from summitcli.text.width import may_break, width

    columns = os.get_terminal_size(sys.stderr.fileno()).columns
    # A terminal that does not know its width says 0.
    if not 0 < columns < width(sentence):
        return sentence
    lines, places, in_command = [""], [0], False
    for place in range(1, len(sentence)):
        in_command ^= sentence[place - 1] == COMMAND
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
    """Say what is odd about a schedule that has been read, a line for each kind.

    Args:
        findings: what was noticed.
        name: the schedule's, where there is another one that it could be said of.
    """
    for sentence in findings.sentences():
        warn(_("{name}: {sentence}").format(name=name, sentence=sentence) if name else sentence)


def say_other_host(origin: Origin) -> None:
    """Warn that a schedule comes from another host than it was asked of."""
    from summitcli.library.fetch import redirected_host, requested_host

    if host := redirected_host(origin):
        sentence = _("this schedule comes from {host}, not from {asked}")
        warn(sentence.format(host=host, asked=requested_host(origin)))
