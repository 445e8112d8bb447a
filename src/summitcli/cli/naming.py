"""Finding the sessions that a user names by IDs, beginnings of IDs or words from titles."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from summitcli.catalog.conditions import Query
from summitcli.cli.call import Call
from summitcli.cli.terminal.messages import is_quiet, say, warn
from summitcli.errors import Status, UnknownValue, UsageError
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.reference import STDIN, read_stdin
from summitcli.rows import SessionRow
from summitcli.text.batches import batches
from summitcli.text.suggest import MAX_SUGGESTIONS, nearest

if TYPE_CHECKING:
    from summitcli.catalog.lookup import Resolution

SEPARATORS = ",;，；、"
"""The separators of lists, which are ignored at the end of an argument, as in ``add opening, closing``."""

MAX_LISTED = 5
"""The largest number of sessions listed below the error that a text matches several."""

MAX_ASKED = 20
"""The largest number of sessions from which the user can choose in a terminal."""

MAX_COUNTED = 1_000
"""Matches are counted up to this number, to tell the user how many are not listed."""

IDS_AT_ONCE = 4_000
"""The number of sessions loaded in one batch. Batches are few, as each may read almost the whole database."""
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
        raise UsageError(_("standard input can be read only once; save the other input in a file"))
    data = read_stdin(MAX_STDIN)
    if len(data) > MAX_STDIN:
        raise UsageError(_("standard input is too long: more than {n} bytes").format(n=MAX_STDIN))
    lines = [line.strip() for line in data.decode("utf-8-sig", "surrogateescape").splitlines()]
    place = texts.index(STDIN)
    after = (text for text in texts[place:] if text != STDIN)
    return [*texts[:place], *filter(None, lines), *after]


def report_no_ids() -> Status:
    """Report that standard input contains no IDs, and return the exit code for that."""
    say(_("no IDs on standard input"))
    return Status.NOTHING


class SeveralMatch(UsageError):
    """The error that a text matches several sessions, which are listed below it.

    Args:
        text: what was typed.
        sessions: the lines that describe the sessions.
        outcome: the end of the message, such as ``nothing was added``.
    """

    def __init__(self, text: str, sessions: Sequence[str], outcome: str) -> None:
        super().__init__(_('"{text}" matches several sessions; {outcome}').format(text=text, outcome=outcome))
        self.details = [*sessions[:MAX_LISTED], *(["  …"] if len(sessions) > MAX_LISTED else [])]


def sessions_named(call: Call, texts: Sequence[str]) -> list[SessionRow]:
    """Return the sessions that the typed texts name, without duplicates; see :func:`ids_named`."""
    return list(sessions_of(call, ids_named(call, texts, _("be more specific"))))


def sessions_of(call: Call, ids: Iterable[str]) -> Iterator[SessionRow]:
    """Yield the sessions with these IDs, in the order of ``ids``; they are loaded in batches."""
    for batch in batches(ids, IDS_AT_ONCE):
        rows = {row.id: row for row in call.catalog.sessions(Query(ids=tuple(batch)))}
        yield from (rows[id_] for id_ in batch)


def ids_named(call: Call, texts: Sequence[str], outcome: str, first: Container[str] = ()) -> list[str]:
    """Return the IDs of the sessions that the typed texts name, without duplicates.

    Each text is an ID, the beginning of an ID, or words from a title. If several sessions match, the
    likeliest is taken, and the user is told so. If none is likeliest, the user is asked in a terminal, and
    may choose several sessions or none.

    Args:
        call: the running command.
        texts: what was typed.
        outcome: the end of the error if a text matches several sessions, such as ``nothing was added``.
        first: IDs that are accepted even if the schedule lacks them, and preferred if several sessions match.

    Raises:
        UnknownValue: a text matches no session.
        SeveralMatch: a text matches several sessions, and the user can't be asked.
        UsageError: the texts together are the title of one session, which needs quotes.
    """
    plain = [text.rstrip(SEPARATORS) or text for text in texts]
    # A whole ID means its session even if other IDs begin with it; the others are looked up one by one.
    known = {id_ for batch in batches(plain) for id_ in call.catalog.existing_ids(batch)}
    known.update(text for text in plain if text in first)
    matches = {text: _matches(call, text) for text in plain if text not in known}
    together = " ".join(texts)
    if (
        len(texts) > 1
        and not all(found.certain for found in matches.values())
        and _matches(call, together).certain
    ):
        raise UsageError(_('a title of several words needs quotes: "{name}"').format(name=together))
    named: dict[str, None] = {}
    for text in plain:
        ids = [text] if text in known else _chosen(call, text, matches[text], outcome, first)
        named.update(dict.fromkeys(ids))
    return list(named)


def _matches(call: Call, text: str, limit: int = MAX_ASKED + 1) -> Resolution:
    # Shell completion imports this module, but does not need the lookup.
    from summitcli.catalog.lookup import resolve

    return resolve(call.catalog, text, limit)


def _chosen(call: Call, text: str, matches: Resolution, outcome: str, first: Container[str]) -> Sequence[str]:
    """Return the IDs of the sessions that one text names, as :func:`ids_named` describes.

    Args:
        call: the running command.
        text: what was typed.
        matches: the sessions that the text may name.
        outcome: the end of the error message if several sessions match, such as ``nothing was added``.
        first: the IDs of sessions that are preferred if several match.
    """
    if matches.certain:
        return (matches.sessions[0].id,)
    if not matches.exact:
        raise _no_session(call, text, matches)
    preferred = [session for session in matches.sessions if session.id in first]
    likeliest = preferred[0] if len(preferred) == 1 else matches.likeliest
    if likeliest is not None:
        sentence = _('"{text}" is taken as {title} ({id})')
        warn(sentence.format(text=text, title=call.name(likeliest.titles), id=likeliest.id))
        return (likeliest.id,)
    from summitcli.cli.terminal.questions import can_ask

    if is_quiet() or not can_ask():
        lines = [f"{_described(call, row)}  {row.id}" for row in matches.sessions[: MAX_LISTED + 1]]
        raise SeveralMatch(text, lines, outcome)
    return _asked(call, text, matches.sessions)


def _no_session(call: Call, text: str, matches: Resolution) -> UnknownValue:
    rows: Sequence[SessionRow] = matches.sessions[:MAX_SUGGESTIONS]
    near = [row.id for row in rows]
    if not near and (near := nearest(text, call.catalog.ids())):
        rows = call.catalog.sessions(Query(ids=tuple(near)))
    sentence = (
        _('no session "{text}"') if near else _('no session "{text}"; find its ID with `summit search`')
    )
    titles = {row.id: call.name(row.titles) for row in rows}
    return UnknownValue(sentence.format(text=text), near, titles=titles)


def _asked(call: Call, text: str, sessions: Sequence[SessionRow]) -> Sequence[str]:
    """List the sessions that match ``text``, ask the user which of them are meant, and return their IDs."""
    from summitcli.cli.terminal.questions import ask

    more = ""
    if len(sessions) > MAX_ASKED:
        count = len(_matches(call, text, MAX_COUNTED).sessions)
        rest = count - MAX_ASKED
        more = ngettext("and {n} more", "and {n} more", rest) if count < MAX_COUNTED else "…"
        sessions = sessions[:MAX_ASKED]

    def parse(typed: str) -> list[str]:
        import re

        numbers = re.split(r"[\s,;，；、]+", typed.strip()) if typed.strip() else []
        if not all(number.isdecimal() and 1 <= int(number) <= len(sessions) for number in numbers):
            raise UsageError(_("type numbers from 1 to {n}, or press Enter for none").format(n=len(sessions)))
        return [sessions[int(number) - 1].id for number in numbers]

    say(_('"{text}" matches several sessions:').format(text=text))
    for number, row in enumerate(sessions, 1):
        say(f"{number:>4}{_described(call, row)}")
    if more:
        say(f"      {more}")
    return ask(_("Which ones? Type their numbers, or press Enter for none"), parse)


def _described(call: Call, row: SessionRow) -> str:
    """Return the title, dates and room of a session, indented."""
    from summitcli.render.listings import session_dates

    return "  " + "  ".join(filter(None, (call.name(row.titles), session_dates(row), row.room)))
