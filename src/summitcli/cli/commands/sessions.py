"""The commands that search and show single sessions."""

from __future__ import annotations

from summitcli.catalog.conditions import Query
from summitcli.catalog.detailed import with_details
from summitcli.cli.call import Call
from summitcli.cli.declare import Completes, Repeated, Rows, examples, typer
from summitcli.cli.filters import (
    check_number,
    find_text,
    hidden_message,
    hidden_query,
    narrowed,
    visible,
    without_chinese,
)
from summitcli.cli.naming import report_no_ids, sessions_named, typed_or_piped
from summitcli.cli.options import Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UsageError
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated
from summitcli.rows import SessionRow

if TYPE_CHECKING:
    from summitcli.search.answers import Answer
    from summitcli.search.day_words import DayWords

TERMINAL_RESULTS = 50
"""The number of search results shown in a terminal, unless the user gives another number."""


@examples(
    ("summit search 数字 福建", "By words from the title, in any order."),
    ("summit search szjj", "By pinyin initials, here of 数字经济."),
    ("summit search forum sunday", "The forums on Sunday."),
    ("summit search 数据 -c forum -n 3", "The three best matches among the forums."),
)
def search(
    call: Call,
    text: Annotated[
        Repeated, typer.Argument(metavar="TEXT…", help="Text to search for, in Chinese, pinyin or English.")
    ],
    filters: Filters,
    output: Annotated[Output, Rows("rows:SessionRow")],
    full: Annotated[bool, typer.Option("--full", help="Also search descriptions and biographies.")] = False,
    number: Annotated[
        int | None,
        typer.Option(
            "-n",
            "--number",
            metavar="N",
            help="Maximum number of results (default: 50 in a terminal, otherwise all).",
        ),
    ] = None,
) -> Status:
    """Search sessions by title, speaker, category or room."""
    words = " ".join(text)
    if not words.strip():
        raise UsageError(_("nothing to search for; type a word, such as `summit search forum`"))
    wanted = visible(call, filters)
    check_number(number)
    limit = TERMINAL_RESULTS if is_drawn(call, output) else None
    found, understood = _search(call, words, wanted, full, number or limit)
    rows = call.marked((hit.session for hit in found.hits), filters.name)
    nothing = "" if rows else _no_results(call, words, wanted, full or limit is None)
    status = answer(
        call,
        SessionRow,
        rows,
        output,
        nothing,
        spans=[hit.spans for hit in found.hits],
        hidden=lambda: _hidden_results(call, words, wanted, full, is_exact=found.exact),
    )
    if not is_drawn(call, output):
        return status
    if not rows:
        _say_similar(call, words, wanted)
    elif understood:
        say(understood)
    elif not found.exact:
        say(_('no exact match for "{text}"; showing close matches').format(text=words))
    if found.more:
        say(_("there are more; use `-n {n}` to show more").format(n=10 * len(rows)))
    if rows:
        hint(call, f"summit show {rows[0].id}", f"summit agenda add {rows[0].id}")
    return status


def _hidden_results(call: Call, words: str, wanted: Query, full: bool, is_exact: bool) -> int:
    """Return the number of hidden sessions that a search would have found, too.

    Args:
        call: the running command.
        words: the text that was searched for.
        wanted: the query for the filters on the command line.
        full: whether descriptions and biographies were searched, too.
        is_exact: whether the results match the text exactly; only hidden sessions that do so, too, are then
            counted.
    """
    hidden = hidden_query(wanted)
    if hidden is None:
        return 0
    found, _parts = find_text(call, words, hidden, full)
    return len(found.hits) if found.exact or not is_exact else 0


def _search(call: Call, words: str, wanted: Query, full: bool, limit: int | None) -> tuple[Answer, str]:
    """Search for a text; if nothing matches it exactly, take the days and times in it as filters.

    For ``ai sunday 14:00``, search for ``ai`` among the sessions that begin on Sunday at 14:00.

    Args:
        call: the running command.
        words: the text to search for, such as ``ai sunday 14:00``.
        wanted: the query for the filters on the command line.
        full: whether to search descriptions and biographies, too.
        limit: the maximum number of matches; None for all.

    Returns:
        The result, and a message that says which days and times were understood. The message is empty if the
        whole text was searched for.
    """
    found, parts = find_text(call, words, wanted, full, limit)
    if parts is None:
        return found, ""
    sentence = _('{when} · "{rest}"') if parts.rest else "{when}"
    return found, sentence.format(when=_when(call, parts), rest=parts.rest)


def _when(call: Call, parts: DayWords) -> str:
    """Format the days and times in a search text: ``Sunday 24 July 14:00``."""
    from summitcli.text.dates import day_and_weekday, range_of_starts

    days = _(", ").join(map(day_and_weekday, parts.days))
    if not parts.minutes:
        return days
    if call.catalog.publishes_times():
        return f"{days} {range_of_starts(*parts.minutes)}".strip()
    return _("; ").join(filter(None, (days, _("no times published"))))


def _say_similar(call: Call, words: str, wanted: Query) -> None:
    """Print the sessions with titles similar to a text that nothing matches, if there are any."""
    similar = call.catalog.nearest(words, wanted)
    if similar:
        say(_("Similar titles:"))
    for row in similar:
        say(f"  {call.name(row.titles)}  {row.id}")


def _no_results(call: Call, words: str, wanted: Query, is_complete: bool) -> str:
    """Return the message that a search found nothing in titles and other names.

    If descriptions were not searched, the message says how many results there are in them.

    Args:
        call: the running command.
        words: the text that was searched for.
        wanted: the query for the filters on the command line.
        is_complete: whether descriptions were searched.
    """
    if wanted.excluded_picks:
        hidden = call.catalog.search(words, wanted._replace(excluded_picks=()), full=is_complete)
        if hidden.exact and hidden.hits:
            return hidden_message(len(hidden.hits))
    if (understood := narrowed(call, wanted, words)) and not understood[0].rest:
        days = understood[0].days
        if len(days) == 1:
            sentence = _('no sessions match "{text}"; list the day with `summit day {day}`')
            return sentence.format(text=words, day=days[0])
    within = () if is_complete else call.catalog.search(words, wanted, full=True).hits
    if not within:
        message = _('no sessions match "{text}"').format(text=words)
        return _("; ").join(filter(None, (message, without_chinese(call.catalog, words))))
    return ngettext(
        'no sessions match "{text}"; use `--full` to search descriptions ({n} matches)',
        'no sessions match "{text}"; use `--full` to search descriptions ({n} match)',
        len(within),
        text=words,
    )


@examples(
    ("summit show big-data", "By the beginning of the ID."),
    ("summit show 区块链", "By a word from the title."),
    ("summit show opening main-forum --json", "Two sessions as JSON."),
)
def show(
    call: Call,
    ids: Annotated[
        Repeated,
        typer.Argument(
            metavar="ID…",
            help="Sessions to show, each by its ID, the beginning of its ID, or a word from its title; -"
            " to read IDs from stdin. `summit list` shows the IDs.",
        ),
        Completes("id"),
    ],
    output: Annotated[Output, Rows("rows:SessionRow")],
) -> Status:
    """Show one or more sessions in full."""
    named = typed_or_piped(call, ids)
    if not named:
        return report_no_ids()
    rows = call.marked(sessions_named(call, named))
    return answer(
        call,
        SessionRow,
        rows,
        output,
        picture="details",
        shown=lambda: list(with_details(call.catalog, rows)),
    )
