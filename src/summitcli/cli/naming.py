"""From what was typed for a session to the session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from summitcli.cli.call import Call
from summitcli.errors import UnknownValue, UsageError
from summitcli.i18n import _
from summitcli.text.suggest import SHOWN, nearest

if TYPE_CHECKING:
    from summitcli.catalog.lookup import Meant

LIST_MARKS = ",;，；、"
"""What people write between the things of a list, and the shell leaves at the end of a word."""

CANDIDATES = 6
"""How many sessions are named of those that a text can mean."""


def sessions_named(call: Call, texts: Sequence[str]) -> list[str]:
    """The ids of the sessions that ``texts`` mean, each once: an id, its beginning, or a search for one.

    Raises:
        UnknownValue: one names no session, or several.
        UsageError: all of them together are the name of one.
    """
    try:
        return list(dict.fromkeys(_session_named(call, text) for text in texts))
    except UnknownValue:
        together = " ".join(texts)
        if len(texts) == 1 or not _meant(call, together).certain:
            raise
        sentence = _('a name of several words goes in quotes: "{name}"')
        raise UsageError(sentence.format(name=together)) from None


def _meant(call: Call, text: str) -> Meant:
    # Not loaded for the TAB key, which looks only at what the commands here take.
    from summitcli.catalog.lookup import resolve

    return resolve(call.catalog, text, CANDIDATES + 1)


def _session_named(call: Call, text: str) -> str:
    text = text.rstrip(LIST_MARKS) or text
    meant = _meant(call, text)
    ids = [session.id for session in meant.sessions]
    if meant.certain:
        return ids[0]
    if meant.exact:
        shown = [*ids[:CANDIDATES], "…"] if len(ids) > CANDIDATES else ids
        sentence = _('"{text}" can mean several sessions, so write more of one: {ids}')
        raise UnknownValue(sentence.format(text=text, ids=_(", ").join(shown)))
    near = ids[:SHOWN] or nearest(text, call.catalog.ids())
    sentence = (
        _('no session "{text}"') if near else _('no session "{text}"; `summit search` finds them by name')
    )
    raise UnknownValue(sentence.format(text=text), near)
