"""The terminal output of links, and of what is known about the speakers of a session."""

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
    """Yield the biographies and links of speakers; nothing about speakers who have neither."""
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
    """Return the name of a speaker in the language to show, such as ``Lin Mo (林默)``.

    The name in the conference's language follows in brackets, unless it is the same.
    """
    shown = setting.name(person.names) or person.name
    return shown if shown == person.name else _("{name} ({other})").format(name=shown, other=person.name)


def link_lines(links: Iterable[LinkRow]) -> Iterator[str]:
    """Yield each link as a line with its label and URL.

    The label is the link's title; if it has none, its kind. If the kind is one of :data:`COMMON_KINDS`, there
    is only the URL.
    """
    for link in links:
        label = link.title or (link.kind if link.kind not in COMMON_KINDS else None)
        yield _("{name}: {text}").format(name=label, text=link.url) if label else link.url
