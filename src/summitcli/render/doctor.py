"""What the program found of its own files: where they lie, then each problem with its remedy."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.doctor import FAULT, OK, REPAIRED, Check
from summitcli.i18n import _
from summitcli.render.lines import ACCENT, DIM
from summitcli.render.wrapping import Paragraph

PLACES = {"program": "Program", "cache": "Cache", "data": "Data"}
"""The kinds that say where things lie, and what they are called."""
MARKS = {FAULT: ("✗ ", "bold red"), REPAIRED: ("✓ ", ACCENT)}


def checks(found: Sequence[Check]) -> RenderableType:
    """Return where things lie, and below it what is wrong, a paragraph for each problem."""
    places = [check for check in found if check.kind in PLACES and check.status != FAULT]
    names = [_(PLACES[check.kind]) for check in places]
    column = max(map(cell_len, names), default=0) + 2
    pieces: list[RenderableType] = [
        Paragraph(_place(check), mark=Text().append(name + " " * (column - cell_len(name)), DIM))
        for name, check in zip(names, places, strict=True)
    ]
    pieces += [_problem(check) for check in found if check.status != OK]
    return Group(*pieces)


def _place(check: Check) -> str:
    return f"{check.path} ({check.found})" if check.found else check.path


def _problem(check: Check) -> RenderableType:
    sentence = _("{name}: {sentence}").format(name=check.path, sentence=check.problem)
    if check.remedy:
        sentence = _("{sentence}; `{command}`").format(sentence=sentence, command=check.remedy)
    mark, style = MARKS[check.status]
    return Paragraph(sentence, mark=Text().append(mark, style))
