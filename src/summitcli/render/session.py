"""The picture of ``summit show``: sessions with all their details."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.i18n import _
from summitcli.render.description import Description
from summitcli.render.facts import Facts
from summitcli.render.lines import ACCENT, DIM
from summitcli.render.listings import STAR
from summitcli.render.setting import Setting
from summitcli.render.wrapping import Paragraph
from summitcli.rows import SessionRow, SlotRow
from summitcli.text import dates
from summitcli.text.status import status_word


def details(setting: Setting, rows: Sequence[SessionRow]) -> RenderableType:
    """Return a picture of sessions with all their details, with the conference's notice below the last."""
    pieces: list[RenderableType] = []
    for row in rows:
        pieces += [*_session(setting, row), Text()]
    notice = setting.name(setting.conference.notice)
    return Group(*pieces, Paragraph(notice, DIM)) if notice else Group(*pieces[:-1])


def _session(setting: Setting, row: SessionRow) -> Iterable[RenderableType]:
    mark = Text(f"{STAR} ", ACCENT) if row.in_agenda else None
    yield Paragraph(setting.name(row.titles), "bold", mark)
    yield from (Paragraph(other, DIM) for other in _other_titles(setting, row.titles))
    yield Text()
    yield Facts(
        [
            (_("When"), "\n".join(_slot_text(slot) for slot in row.slots)),
            (_("Status"), status_word(row.status)),
            (_("Room"), "\n".join(dict.fromkeys(slot.room for slot in row.slots if slot.room))),
            (_("Category"), setting.category(row.category) if row.category else ""),
            (_("Speakers"), _(", ").join(row.speakers)),
            (_("Language"), row.language or ""),
            (_("Link"), row.url or ""),
            (_("ID"), row.id),
        ]
    )
    if description := setting.name(row.descriptions) or row.description:
        yield Text()
        yield Description(description)


def _other_titles(setting: Setting, titles: Mapping[str, str]) -> list[str]:
    shown = setting.name(titles)
    return [title for title in titles.values() if title != shown]


def _slot_text(slot: SlotRow) -> str:
    return dates.date_and_clock(slot.day, slot.start, slot.end)
