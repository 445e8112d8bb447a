"""The commands that find and show single sessions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from summitcli.catalog.queries import Query
from summitcli.cli.call import Call
from summitcli.cli.commands.listings import MOST
from summitcli.cli.filters import query
from summitcli.cli.grammar.params import Argument, Option, Repeated
from summitcli.cli.options import Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UnknownValue, UsageError
from summitcli.i18n import _, ngettext
from summitcli.rows import SessionRow
from summitcli.text.suggest import SHOWN, nearest

if TYPE_CHECKING:
    from rich.console import RenderableType

    from summitcli.catalog.lookup import Meant

SCREENFUL = 50
"""How many answers are shown on a terminal when no number is asked for; the best come first."""

LIST_MARKS = ",;，；、"
"""What people write between the things of a list, and the shell leaves at the end of a word."""

CANDIDATES = 6
"""How many sessions are named of those that a text can mean."""


def search(
    call: Call,
    text: Annotated[Repeated, Argument("TEXT…", "Any part of the name, in Chinese, pinyin or English.")],
    filters: Filters,
    output: Output,
    full: Annotated[bool, Option(("--full",), "Search descriptions, too.")] = False,
    number: Annotated[
        int | None, Option(("-n", "--number"), "How many at the most; 50 on a terminal, else all.", "N")
    ] = None,
) -> Status:
    """Sessions by name, speaker, category or room, best first."""
    words = " ".join(text)
    if not words.strip():
        raise UsageError(_("say what to search for"))
    wanted = query(call, filters)
    if number is not None and not 1 <= number <= MOST:
        raise UsageError(_("-n takes a number from 1 to {most}").format(most=MOST))
    screenful = SCREENFUL if is_drawn(call, output) else None
    found = call.catalog.search(words, wanted, full, number or screenful)
    rows = call.marked((hit.session for hit in found.hits), filters.name)

    def draw() -> "RenderableType":
        from summitcli.render.listings import sessions as picture

        return picture(call.setting, rows, [hit.spans for hit in found.hits])

    nothing = "" if rows else _nothing_found(call, words, wanted, full or screenful is None)
    status = answer(call, SessionRow, rows, output, draw, nothing)
    if not is_drawn(call, output):
        return status
    if not rows:
        for row in call.catalog.nearest(words, wanted):
            say(f"  {call.name(row.titles)}  {row.id}")
    elif not found.exact:
        say(_('no exact match for "{text}"; these are close to it').format(text=words))
    if found.more:
        say(_("there are more; `-n {n}` shows more of them").format(n=10 * len(rows)))
    if rows:
        hint(call, f"summit show {rows[0].id}", f"summit agenda add {rows[0].id}")
    return status


def _nothing_found(call: Call, words: str, wanted: Query, alone: bool) -> str:
    """That nothing was found, and unless ``alone``, how many descriptions have it."""
    within = () if alone else call.catalog.search(words, wanted, full=True).hits
    if not within:
        return _('nothing found for "{text}"').format(text=words)
    return ngettext(
        'nothing found for "{text}"; `--full` finds it in {n} description',
        'nothing found for "{text}"; `--full` finds it in {n} descriptions',
        len(within),
        text=words,
    )


def show(
    call: Call,
    ids: Annotated[
        Repeated, Argument("ID…", "Which sessions: ids, beginnings of them, or words of the name.", "id")
    ],
    output: Output,
) -> Status:
    """One session in full, or several."""
    wanted = sessions_named(call, ids)
    rows = call.marked(row for id_ in wanted for row in call.catalog.sessions(Query(ids=(id_,))))

    def draw() -> "RenderableType":
        from summitcli.render.session import details as picture

        return picture(call.setting, rows)

    return answer(call, SessionRow, rows, output, draw)


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


def _meant(call: Call, text: str) -> "Meant":
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
