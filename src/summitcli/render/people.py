"""The details of the speakers of a session, such as biographies, and links, in a terminal."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from summitcli.details import LinkRow, PersonRow
from summitcli.i18n import _
from summitcli.render.description import INDENT, Description
from summitcli.render.lines import ACCENT
from summitcli.render.setting import Setting
from summitcli.render.wrapping import Paragraph
from summitcli.text.links import COMMON_KINDS


def about_speakers(setting: Setting, people: Sequence[PersonRow]) -> Iterator[RenderableType]:
    """Yield the biographies and links of speakers, as far as there are any."""
    known = [person for person in people if person.biography or person.links]
    if known:
        yield Text()
        yield Paragraph(_("About the speakers"), ACCENT)
    for person in known:
        yield Text()
        yield Paragraph(speaker_name(setting, person), "bold", Text(" " * INDENT))
        if links := list(link_lines(person.links)):
            yield Description("\n".join(links))
        if biography := setting.name(person.biographies) or person.biography:
            yield from ([Text()] if links else [])
            yield Description(biography)


def speaker_name(setting: Setting, person: PersonRow) -> str:
    """Return the name of a speaker in the language to show, with the conference's own in brackets."""
    shown = setting.name(person.names) or person.name
    return shown if shown == person.name else _("{name} ({other})").format(name=shown, other=person.name)


def link_lines(links: Iterable[LinkRow]) -> Iterator[str]:
    """Yield each link as a line of label and URL.

    The label is the link's title, or else its kind. A link without a title whose kind is one of
    :data:`COMMON_KINDS` has no label.
    """
    for link in links:
        label = link.title or (link.kind if link.kind not in COMMON_KINDS else None)
        yield _("{name}: {text}").format(name=label, text=link.url) if label else link.url
