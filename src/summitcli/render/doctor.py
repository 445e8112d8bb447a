"""The terminal output of ``summit doctor``: where the program's files are, and its problems with remedies."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.text import Text

from summitcli.doctor import FAULT, OK, REPAIRED, Check
from summitcli.i18n import _
from summitcli.render.lines import ACCENT, DIM
from summitcli.render.wrapping import Paragraph
from summitcli.text.printable import printable

PLACES = {"program": "Program", "cache": "Cache", "data": "Data"}
"""The labels before the paths of the program, the cache and the data, by the kind of their check."""
MARKS = {FAULT: ("✗ ", "bold red"), REPAIRED: ("✓ ", ACCENT)}


def checks(found: Sequence[Check]) -> RenderableType:
    """Return the results of checks, drawn for a terminal.

    First come the locations of the program's files, then a paragraph for each problem.
    """
    places = [check for check in found if check.kind in PLACES and check.status != FAULT]
    names = [_(PLACES[check.kind]) for check in places]
    column = max(map(cell_len, names), default=0) + 2
    pieces: list[RenderableType] = [
        Paragraph(_place(check), mark=Text().append(name + " " * (column - cell_len(name)), DIM))
        for name, check in zip(names, places, strict=True)
    ]
    for check in found:
        if check.status != OK:
            pieces += _problem(check)
    return Group(*pieces)


class Command:
    """A command on its own line. It contains no line breaks, so that it can be copied as a whole."""

    def __init__(self, command: str) -> None:
        self._command = printable(command)

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> Iterator[Segment]:
        """Draw the command."""
        yield Segment(f"  {self._command}\n")


def _place(check: Check) -> str:
    return f"{check.path} ({check.found})" if check.found else check.path


def _problem(check: Check) -> Iterator[RenderableType]:
    sentence = _("{name}: {sentence}").format(name=check.path, sentence=check.problem)
    mark, style = MARKS[check.status]
    yield Paragraph(sentence, mark=Text().append(mark, style))
    if check.remedy:
        yield Command(check.remedy)
