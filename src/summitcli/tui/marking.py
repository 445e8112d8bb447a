"""Marking sessions in the agenda's file, and undoing that."""

from __future__ import annotations

from summitcli.agenda.editing import Wanted, remove_sessions
from summitcli.agenda.picks import Agenda
from summitcli.cli.picks import add_to_agenda, undo_last
from summitcli.cli.syncing import sync_kept
from summitcli.i18n import _
from summitcli.rows import Listing, Mark, SessionRow
from summitcli.tui.programme import Programme


def toggle(programme: Programme, listing: Listing, mark: Mark) -> str:
    """Mark a session in the agenda's file; if it already has that mark, remove the session from the agenda.

    Returns:
        A message about what was done.

    Raises:
        SummitError: the agenda can't be read or written.
    """
    call, name = programme.call, programme.name
    session = programme.session(listing)
    if session is None:
        return _("this session is no longer in the schedule")
    title = call.name(session.titles)
    if programme.mark(listing) == mark:
        call.change_agenda(name, lambda mine: _without(mine, session), "remove")
        return _synced(programme, _("removed: {names}").format(names=title))
    done = {"yes": "add", "maybe": "add --maybe", "hidden": "hide"}[mark]
    add_to_agenda(call, name, [Wanted(session, None, mark)], done, shared=programme.shared_guids)
    words = {"yes": _("starred: {names}"), "maybe": _("maybe: {names}"), "hidden": _("hidden: {names}")}
    return _synced(programme, words[mark].format(names=title))


def undo(programme: Programme) -> str:
    """Undo the last change of the agenda's file, and return a message about that.

    Raises:
        SummitError: the agenda can't be read or written.
    """
    if undo_last(programme.call, programme.name).outcome is None:
        return _("nothing to undo")
    return _synced(programme, _("undone"))


def _without(mine: Agenda, session: SessionRow) -> tuple[Agenda, None]:
    return remove_sessions(mine, [session.id]).agenda, None


def _synced(programme: Programme, message: str) -> str:
    """Sync the changed agenda to its directory of calendar events; return ``message`` and what was synced."""
    messages = [message]
    sync_kept(programme.call, programme.name, messages.append)
    return " · ".join(messages)
