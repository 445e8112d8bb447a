"""The terminal output of ``summit show``: sessions with all their details."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.details import LinkRow
from summitcli.i18n import _
from summitcli.render.description import Description
from summitcli.render.facts import Facts
from summitcli.render.lines import ACCENT, DIM
from summitcli.render.listings import star, zone_note
from summitcli.render.people import about_speakers, link_lines, speaker_name
from summitcli.render.setting import Setting
from summitcli.render.wrapping import Paragraph
from summitcli.rows import SessionRow, SlotRow
from summitcli.text import dates
from summitcli.text.links import COMMON_KINDS, kind_label
from summitcli.text.status import status_word


def details(setting: Setting, rows: Sequence[SessionRow]) -> RenderableType:
    """Return sessions drawn for a terminal with all their details.

    The conference's notice follows the last session. If times are in another time zone than the conference's,
    a note names it.
    """
    pieces: list[RenderableType] = []
    for row in rows:
        pieces += [*_session(setting, row), Text()]
    notes = " · ".join(filter(None, (zone_note(), setting.name(setting.conference.notice))))
    return Group(*pieces, Paragraph(notes, DIM)) if notes else Group(*pieces[:-1])


def _session(setting: Setting, row: SessionRow) -> Iterable[RenderableType]:
    mark = Text(f"{star(row)} ", ACCENT) if row.in_agenda else None
    yield Paragraph(setting.name(row.titles), "bold", mark)
    yield from (Paragraph(other, DIM) for other in _other_titles(setting, row.titles))
    yield Text()
    yield Facts(
        [
            (_("When"), "\n".join(_slot_text(slot) for slot in row.slots)),
            (_("Status"), status_word(row.status)),
            (_("Your agenda"), _mark_text(row.pick)),
            (_("Room"), "\n".join(dict.fromkeys(slot.room for slot in row.slots if slot.room))),
            (_("Category"), setting.category(row.category) if row.category else ""),
            (_("Level"), row.level or ""),
            (_("Tags"), _(", ").join(row.tags)),
            (_("Speakers"), _(", ").join(speaker_name(setting, person) for person in row.people)),
            (_("Language"), row.language or ""),
            (_("Link"), row.url or ""),
            *_links(row.links),
            (_("Feedback"), row.feedback_url or ""),
            (_("ID"), row.id),
        ]
    )
    if description := setting.name(row.descriptions) or row.description:
        yield Text()
        yield Description(description)
    yield from about_speakers(setting, row.people)


def _links(links: Sequence[LinkRow]) -> Iterator[tuple[str, str]]:
    """Yield the links of a session by kind: pairs of a label, such as ``Slides``, and lines with the links.

    First come the kinds in :data:`COMMON_KINDS`, in that order. Then all other links follow in one pair. The
    lines are empty if there are no links of a kind.
    """
    for kind in COMMON_KINDS:
        yield kind_label(kind), "\n".join(link_lines(link for link in links if link.kind == kind))
    others = [link for link in links if link.kind not in COMMON_KINDS]
    yield _("Other links"), "\n".join(link_lines(others))


def _other_titles(setting: Setting, titles: Mapping[str, str]) -> list[str]:
    shown = setting.name(titles)
    return [title for title in titles.values() if title != shown]


def _mark_text(mark: str | None) -> str:
    return {"maybe": _("maybe"), "hidden": _("hidden from lists")}.get(mark or "", "")


def _slot_text(slot: SlotRow) -> str:
    return dates.date_and_clock(slot.day, slot.start, slot.end)
