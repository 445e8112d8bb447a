"""The terminal output of ``summit about``: the facts of a conference."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summitcli.exports.facts import fact_pairs, figure_year
from summitcli.i18n import _
from summitcli.render.facts import Facts
from summitcli.render.lines import ACCENT, DIM
from summitcli.render.setting import Setting
from summitcli.render.wrapping import Paragraph
from summitcli.text.printable import printable

MAX_NUMBER_WIDTH = 24


def about(setting: Setting, facts: Mapping[str, Any], full: bool) -> RenderableType:
    """Return the facts of a conference, drawn for a terminal: basic facts, programme, figures and source.

    Args:
        setting: the conference and the language to show.
        facts: the fields of :class:`summitcli.model.Conference`. Texts are mappings by language, such as
            ``{"en": "…", "zh": "…"}``.
        full: whether to include what the organisers say about each topic, such as earlier editions.
    """
    pieces: list[RenderableType] = [Paragraph(setting.name(facts["titles"]), "bold")]
    if other := setting.other(facts["titles"]):
        pieces.append(Paragraph(other, DIM))
    if facts["theme"]:
        pieces.append(Paragraph(setting.name(facts["theme"]).replace("\u00a0", " "), ACCENT))
    pieces += [Text(), Facts(fact_pairs(facts, setting.name))]
    if figures := [*_figures(setting, facts)]:
        pieces += [Text(), Text(_("Figures"), ACCENT), *figures]
    if full:
        for topic in facts["topics"]:
            pieces += [Text(), Text(printable(setting.name(topic["title"])), ACCENT)]
            pieces += [Paragraph(setting.name(text), mark=Text("  · ", DIM)) for text in topic["statements"]]
    notes = list(_notes(setting, facts))
    return Group(*pieces, *([Text(), *notes] if notes else []))


def _figures(setting: Setting, facts: Mapping[str, Any]) -> Iterable[RenderableType]:
    """Yield a heading and a table of published numbers (figures) for each topic that has any."""
    subjects = [*((topic["id"], setting.name(topic["title"])) for topic in facts["topics"]), (None, "")]
    numbers = max(
        (cell_len(printable(setting.name(figure["text"]))) for figure in facts["figures"]), default=0
    )
    for id_, subject in subjects:
        figures = [figure for figure in facts["figures"] if figure["topic"] == id_]
        if figures and subject:
            yield Text(f"  {printable(subject)}", DIM)
        if figures:
            yield _figure_table(setting, figures, numbers)


def _figure_table(setting: Setting, figures: Sequence[Mapping[str, Any]], numbers: int) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=min(numbers, MAX_NUMBER_WIDTH) + 4)
    table.add_column(overflow="fold")
    for figure in figures:
        number = Text(printable(setting.name(figure["text"])), "bold")
        table.add_row(
            Padding(number, (0, 0, 0, 4)),
            Text(printable(setting.name(figure["label"])) + figure_year(figure)),
        )
    return table


def _notes(setting: Setting, facts: Mapping[str, Any]) -> Iterable[RenderableType]:
    if facts["notice"]:
        yield Paragraph(setting.name(facts["notice"]), DIM)
    if facts["source"]:
        yield Paragraph(_("Source: {source}").format(source=setting.name(facts["source"])), DIM)
    for translation in facts["translations"]:
        if (
            not translation["official"]
            and translation["language"] == setting.language
            and translation["note"]
        ):
            yield Paragraph(setting.name(translation["note"]), DIM)
