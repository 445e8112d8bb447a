"""An announcement of changes in Markdown (CommonMark 0.31), to paste into a post or a message.

It says nothing about anybody's agenda. It uses only links, bold text, headings, lists and plain lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from summitcli.changes import KINDS, Change, only_after, only_before
from summitcli.exports.announcement.texts import (
    UNKNOWN,
    before_to_after,
    field_text,
    kind_name,
    speakers_text,
)
from summitcli.exports.web_urls import is_web_url
from summitcli.i18n import _, in_language, using_language
from summitcli.rows import ConferenceRow, SessionRow, SlotRow
from summitcli.text import dates
from summitcli.text.enumeration import enumeration
from summitcli.text.printable import printable
from summitcli.text.reader_zone import reader_zone, shown

ROOMS = "rooms"
"""The name of the section for sessions that take place in another room at the same time."""
SECTIONS = ("new", "cancelled", "missing", "moved", ROOMS, "renamed", "speakers", "text")
"""The names of the sections in the order of the announcement: the kinds of changes, and :data:`ROOMS`."""

_SYNTAX = re.compile(r"[\\`*\[\]<>~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
"""The characters that may be Markdown syntax. They include ``_``, but not within a word."""


def announcement(conference: ConferenceRow, changes: Iterable[Change], language: str) -> Iterator[str]:
    """Yield an announcement of ``changes`` as Markdown, in pieces of text; nothing if there are no changes.

    Args:
        conference: the conference in the later version of the schedule.
        changes: the changes. Changes of one kind must be in order of time.
        language: the language of the text and of titles. A title that does not exist in it is shown in the
            conference's language.
    """
    with using_language(language):
        document = _Announcement(conference, language)
        sections: dict[str, list[str]] = {}
        for change in changes:
            for section, line in document.entries(change):
                sections.setdefault(section, []).append(line)
        pieces = [document.heading(), *(document.section(name, sections.get(name, ())) for name in SECTIONS)]
    if sections:
        yield from pieces


class _Announcement:
    """The writer of an announcement."""

    def __init__(self, conference: ConferenceRow, language: str) -> None:
        self._conference = conference
        self._language = language
        self._has_times = False

    def entries(self, change: Change) -> Iterator[tuple[str, str]]:
        """Yield pairs for one change: the name of a section, and a list entry to put into that section.

        A new title belongs to the section "renamed" only if it is in the shown language. A new title in any
        other language belongs to the section "text".
        """
        self._has_times = self._has_times or any(slot.start for slot in change.session.slots)
        before, after, fields = change.before, change.after, change.fields
        if before is None or after is None:
            yield change.kind, self._entry(change.session, _slots(change.session.slots))
        elif change.kind == "moved":
            text = _from_slots_to_slots(only_before(change), only_after(change))
            yield ROOMS if fields == (ROOMS,) else "moved", self._entry(after, text)
        elif change.kind == "speakers":
            text = _text(speakers_text(before.speakers, after.speakers))
            yield "speakers", self._entry_with_slots(after, text)
        else:
            is_shown = self._name(before) != self._name(after)
            titles = ["titles"] if change.kind == "renamed" or "titles" in fields else []
            # Titles in two languages that differ are two changes.
            if titles and is_shown and (change.kind == "renamed" or before.title == after.title):
                yield "renamed", self._renamed(before, after)
            left = [field for field in fields if field not in ("title", "titles")]
            if titles and not is_shown:
                left += titles
            if left:
                text = _(", ").join(field_text(field, before, after) for field in left)
                yield "text", self._entry_with_slots(after, _text(text))

    def heading(self) -> str:
        """Return the announcement's heading, followed by the days and the time zone of the conference.

        The time zone is left out if no session passed to :meth:`entries` so far has times.
        """
        conference = self._conference
        title = _text(in_language(conference.titles, self._language, conference.language))
        facts = [dates.period(conference.start, conference.end)]
        if self._has_times:
            facts.append(_("times in {zone}").format(zone=reader_zone() or dates.zone(conference.time_zone)))
        heading = _("{title}: changes to the schedule").format(title=title)
        return f"# {heading}\n\n{_text(' · '.join(facts))}\n"

    def section(self, name: str, lines: Iterable[str]) -> str:
        """Return the section ``name``: its heading and ``lines``; empty if there are no lines."""
        headings = {kind: kind_name(kind) for kind in KINDS} | {"moved": _("New time"), ROOMS: _("New room")}
        text = "".join(lines)
        return f"\n## {headings[name]}\n\n{text}" if text else ""

    def _renamed(self, before: SessionRow, after: SessionRow) -> str:
        was = f"**{_text(self._name(before))}**"
        return f"- {_with_slots(before_to_after(was, self._title(after)), after)}\n"

    def _entry(self, session: SessionRow, text: str) -> str:
        """Return a list entry: the title of a session, then ``text``."""
        return f"- {_('{name}: {text}').format(name=self._title(session), text=text)}\n"

    def _entry_with_slots(self, session: SessionRow, text: str) -> str:
        """Return a list entry: the title of a session, its times and rooms, then ``text``."""
        name = _with_slots(self._title(session), session)
        return f"- {_('{name}: {text}').format(name=name, text=text)}\n"

    def _title(self, session: SessionRow) -> str:
        """Return the title of a session in bold; it is a link if the session has a page."""
        text = f"**{_text(self._name(session))}**"
        if session.url and is_web_url(session.url) and printable(session.url) == session.url:
            return f"[{text}]({session.url.replace('(', '%28').replace(')', '%29')})"
        return text

    def _name(self, session: SessionRow) -> str:
        name = in_language(session.titles, self._language, self._conference.language) or session.title
        return name if printable(name).strip() else session.id


def _text(text: str) -> str:
    """Return ``text`` on one line, with Markdown syntax escaped."""
    return _SYNTAX.sub(r"\\\g<0>", " ".join(printable(text).split()))


def _from_slots_to_slots(before: Sequence[SlotRow], after: Sequence[SlotRow]) -> str:
    """Return the old and new times and rooms of a session, as text with an arrow between them.

    If there is only one time before and one after, what is the same in both, such as the room, is shown once.
    """
    if not before:
        return _("also {names}").format(names=_slots(after))
    if not after:
        return _("no longer {names}").format(names=_slots(before))
    if len(before) > 1 or len(after) > 1:
        return before_to_after(_slots(before), _slots(after))
    (was,), (now,) = before, after
    old, new = _when(was), _when(now)
    if old == new:
        return _in_room(new, before_to_after(_text(was.room or UNKNOWN), _text(now.room or UNKNOWN)))
    days = {was.day, now.day, *(shown(slot.start or "")[:10] for slot in (was, now))}
    if len(days) == 1:
        new = dates.clock(now.start, now.end)
    if was.room == now.room:
        return _in_room(before_to_after(old, new), _text(now.room or ""))
    return before_to_after(_in_room(old, _text(was.room or "")), _in_room(new, _text(now.room or "")))


def _with_slots(name: str, session: SessionRow) -> str:
    return _("{name} ({other})").format(name=name, other=_slots(session.slots))


def _slots(slots: Iterable[SlotRow]) -> str:
    """Return the slots of a session as text, with commas: the date, weekday, time and room of each."""
    return enumeration([_in_room(_when(slot), _text(slot.room or "")) for slot in slots])


def _when(slot: SlotRow) -> str:
    return dates.date_and_clock(slot.day, slot.start, slot.end)


def _in_room(when: str, room: str) -> str:
    return _("{when}, {room}").format(when=when, room=room) if room else when
