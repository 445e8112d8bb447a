"""Finding the sessions that a user names by IDs, beginnings of IDs or words from titles."""

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
from summitcli.text.suggest import MAX_SUGGESTIONS, nearest

if TYPE_CHECKING:
    from summitcli.catalog.lookup import Resolution

SEPARATORS = ",;，；、"
"""The separators of lists, which are ignored at the end of an argument, as in ``add opening, closing``."""

MAX_CANDIDATES = 6
"""The largest number of sessions listed in the error that a name matches several."""

IDS_AT_ONCE = 4_000
"""The number of sessions loaded in one batch if they are in any order.

It is large, as each batch may read almost the whole database.
"""
MAX_STDIN = 1_000_000
"""The largest size of standard input in bytes; the IDs of the largest conferences fit."""


def typed_or_piped(call: Call, texts: Sequence[str]) -> list[str]:
    """Return ``texts`` with ``-`` replaced by the lines of standard input.

    Raises:
        Unreachable: standard input can't be read.
        UsageError: standard input is too long, or the schedule is also read from it.
    """
    if STDIN not in texts:
        return list(texts)
    if call.reference == STDIN:
        raise UsageError(_("only one of the two can be read from standard input"))
    data = read_stdin(MAX_STDIN)
    if len(data) > MAX_STDIN:
        raise UsageError(_("standard input is too long: more than {n} bytes").format(n=MAX_STDIN))
    lines = [line.strip() for line in data.decode("utf-8-sig", "surrogateescape").splitlines()]
    place = texts.index(STDIN)
    after = (text for text in texts[place:] if text != STDIN)
    return [*texts[:place], *filter(None, lines), *after]


def report_no_ids() -> Status:
    """Report that standard input contains no IDs, and return the exit status for that."""
    say(_("no IDs on standard input"))
    return Status.NOTHING


def sessions_named(call: Call, texts: Sequence[str]) -> list[SessionRow]:
    """Return the sessions that the typed texts name, without duplicates.

    Each text is an ID, the beginning of an ID, or words from a title.

    Raises:
        UnknownValue: a text matches no session, or several.
        UsageError: the texts together are the title of one session.
    """
    return list(sessions_of(call, ids_named(call, texts)))


def sessions_of(call: Call, ids: Iterable[str]) -> Iterator[SessionRow]:
    """Yield the sessions with these IDs, in the order of ``ids``; they are loaded in batches."""
    for batch in batches(ids, IDS_AT_ONCE):
        rows = {row.id: row for row in call.catalog.sessions(Query(ids=tuple(batch)))}
        yield from (rows[id_] for id_ in batch)


def ids_named(call: Call, texts: Sequence[str]) -> list[str]:
    """Return the IDs of the sessions that the typed texts name; see :func:`sessions_named`.

    Raises:
        UnknownValue, UsageError: as for :func:`sessions_named`.
    """
    plain = [text.rstrip(SEPARATORS) or text for text in texts]
    # A whole ID means its session even if other IDs begin with it; the others are looked up one by one.
    known = {id_ for batch in batches(plain) for id_ in call.catalog.existing_ids(batch)}
    try:
        named = [text if text in known else _session_named(call, text).id for text in plain]
        return list(dict.fromkeys(named))
    except UnknownValue:
        together = " ".join(texts)
        if len(texts) == 1 or not _matches(call, together).certain:
            raise
        sentence = _('a title of several words needs quotes: "{name}"')
        raise UsageError(sentence.format(name=together)) from None


def _matches(call: Call, text: str) -> Resolution:
    # Shell completion imports this module, but does not need the lookup.
    from summitcli.catalog.lookup import resolve

    return resolve(call.catalog, text, MAX_CANDIDATES + 1)


def _session_named(call: Call, text: str) -> SessionRow:
    matches = _matches(call, text)
    if matches.certain:
        return matches.sessions[0]
    ids = [session.id for session in matches.sessions]
    if matches.exact:
        shown = [*ids[:MAX_CANDIDATES], "…"] if len(ids) > MAX_CANDIDATES else ids
        sentence = _('"{text}" matches several sessions; be more specific: {ids}')
        raise UnknownValue(sentence.format(text=text, ids=_(", ").join(shown)))
    near = ids[:MAX_SUGGESTIONS] or nearest(text, call.catalog.ids())
    sentence = (
        _('no session "{text}"') if near else _('no session "{text}"; find its ID with `summit search`')
    )
    raise UnknownValue(sentence.format(text=text), near)
