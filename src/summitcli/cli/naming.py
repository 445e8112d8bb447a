"""From what was typed for a session to the session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summitcli.catalog.conditions import Query
from summitcli.cli.call import Call
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UnknownValue, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.reference import STDIN, read_stdin
from summitcli.rows import SessionRow
from summitcli.text.batches import batches
from summitcli.text.suggest import SHOWN, nearest

if TYPE_CHECKING:
    from summitcli.catalog.lookup import Meant

LIST_MARKS = ",;，；、"
"""What people write between the things of a list, and the shell leaves at the end of a word."""

CANDIDATES = 6
"""How many sessions are named of those that a text can mean."""

IDS_AT_ONCE = 4_000
"""How many sessions are loaded at once that are named in any order: all pages of a large catalog are gone
through each time."""
MAX_STDIN = 1_000_000
"""How many bytes of ids are read from standard input; ids of all sessions of the largest conferences fit."""


def typed_or_piped(call: Call, texts: Sequence[str]) -> list[str]:
    """Return ``texts`` with what standard input holds, a text a line, in the place of ``-``.

    Raises:
        Unreachable: standard input can't be read.
        UsageError: the schedule is read from there, too, or it holds too much.
    """
    if STDIN not in texts:
        return list(texts)
    if call.reference == STDIN:
        raise UsageError(_("only one of the two can be standard input"))
    data = read_stdin(MAX_STDIN)
    if len(data) > MAX_STDIN:
        raise UsageError(_("too much on standard input: more than {n} bytes").format(n=MAX_STDIN))
    lines = [line.strip() for line in data.decode("utf-8-sig", "surrogateescape").splitlines()]
    place = texts.index(STDIN)
    after = (text for text in texts[place:] if text != STDIN)
    return [*texts[:place], *filter(None, lines), *after]


def nothing_piped() -> Status:
    """Say that standard input names no session, and return the status of that."""
    say(_("no session is named on standard input"))
    return Status.NOTHING


def sessions_named(call: Call, texts: Sequence[str]) -> list[SessionRow]:
    """Return the sessions that ``texts`` mean, each once: by an id, its beginning, or a search for one.

    Raises:
        UnknownValue: one names no session, or several.
        UsageError: all of them together are the name of one.
    """
    return list(sessions_of(call, ids_named(call, texts)))


def sessions_of(call: Call, ids: Iterable[str]) -> Iterator[SessionRow]:
    """Yield the sessions of these ids in their order, of which only some are in memory at once."""
    for batch in batches(ids, IDS_AT_ONCE):
        rows = {row.id: row for row in call.catalog.sessions(Query(ids=tuple(batch)))}
        yield from (rows[id_] for id_ in batch)


def ids_named(call: Call, texts: Sequence[str]) -> list[str]:
    """Return the ids of the sessions that ``texts`` mean, each once, as :func:`sessions_named` has them.

    Raises:
        UnknownValue, UsageError: as there.
    """
    plain = [text.rstrip(LIST_MARKS) or text for text in texts]
    # An id means its session whatever else begins so; the others are looked for one by one.
    known = {id_ for batch in batches(plain) for id_ in call.catalog.known_ids(batch)}
    try:
        named = [text if text in known else _session_named(call, text).id for text in plain]
        return list(dict.fromkeys(named))
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


def _session_named(call: Call, text: str) -> SessionRow:
    meant = _meant(call, text)
    if meant.certain:
        return meant.sessions[0]
    ids = [session.id for session in meant.sessions]
    if meant.exact:
        shown = [*ids[:CANDIDATES], "…"] if len(ids) > CANDIDATES else ids
        sentence = _('"{text}" can mean several sessions, so write more of one: {ids}')
        raise UnknownValue(sentence.format(text=text, ids=_(", ").join(shown)))
    near = ids[:SHOWN] or nearest(text, call.catalog.ids())
    sentence = (
        _('no session "{text}"') if near else _('no session "{text}"; `summit search` finds them by name')
    )
    raise UnknownValue(sentence.format(text=text), near)
