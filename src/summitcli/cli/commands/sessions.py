"""The commands that find and show single sessions."""

from __future__ import annotations

from summitcli.catalog.conditions import Query
from summitcli.cli.call import Call
from summitcli.cli.declare import Completes, Repeated, Rows, examples, typer
from summitcli.cli.filters import check_number, query
from summitcli.cli.naming import nothing_piped, sessions_named, typed_or_piped
from summitcli.cli.options import Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UsageError
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import Annotated
from summitcli.rows import SessionRow

SCREENFUL = 50
"""How many answers are shown on a terminal when no number is asked for; the best come first."""


@examples(
    ("summit search 数字 福建", "Parts of a name, in any order."),
    ("summit search szjj", "The initials of the pinyin of 数字经济."),
    ("summit search cyber sec", "Beginnings of English words."),
    ("summit search 数据 -c forum -n 3", "The three best among the forums."),
)
def search(
    call: Call,
    text: Annotated[
        Repeated, typer.Argument(metavar="TEXT…", help="Any part of the name, in Chinese, pinyin or English.")
    ],
    filters: Filters,
    output: Annotated[Output, Rows("rows:SessionRow")],
    full: Annotated[bool, typer.Option("--full", help="Search descriptions, too.")] = False,
    number: Annotated[
        int | None,
        typer.Option("-n", "--number", metavar="N", help="How many at the most; 50 on a terminal, else all."),
    ] = None,
) -> Status:
    """Sessions by name, speaker, category or room, best first."""
    words = " ".join(text)
    if not words.strip():
        raise UsageError(_("say what to search for"))
    wanted = query(call, filters)
    check_number(number)
    screenful = SCREENFUL if is_drawn(call, output) else None
    found = call.catalog.search(words, wanted, full, number or screenful)
    rows = call.marked((hit.session for hit in found.hits), filters.name)

    nothing = "" if rows else _nothing_found(call, words, wanted, full or screenful is None)
    status = answer(call, SessionRow, rows, output, nothing, spans=[hit.spans for hit in found.hits])
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


@examples(
    ("summit show big-data", "By the beginning of its id."),
    ("summit show 区块链", "By a word of its name."),
    ("summit show opening main-forum --json", "Two sessions as JSON."),
)
def show(
    call: Call,
    ids: Annotated[
        Repeated,
        typer.Argument(
            metavar="ID…", help="Which sessions: ids, beginnings of them, words of the name; - for stdin."
        ),
        Completes("id"),
    ],
    output: Annotated[Output, Rows("rows:SessionRow")],
) -> Status:
    """One session in full, or several."""
    named = typed_or_piped(call, ids)
    if not named:
        return nothing_piped()
    rows = call.marked(sessions_named(call, named))
    return answer(call, SessionRow, rows, output, picture="details")
