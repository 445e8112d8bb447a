"""The commands that find and show single sessions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from summitcli.catalog.queries import Query
from summitcli.catalog.rows import SessionRow
from summitcli.cli.call import Call
from summitcli.cli.filters import query
from summitcli.cli.options import Filters, Output
from summitcli.cli.output import answer, is_drawn
from summitcli.cli.params import Argument, Repeated
from summitcli.cli.talk import hint
from summitcli.errors import Status, UnknownValue, UsageError
from summitcli.i18n import _
from summitcli.suggest import nearest

if TYPE_CHECKING:
    from rich.console import RenderableType


def search(
    call: Call,
    text: Annotated[Repeated, Argument("TEXT…", "Words of the name, in any order.")],
    filters: Filters,
    output: Output,
) -> Status:
    """Sessions by name, best first."""
    words = " ".join(text)
    if not words.strip():
        raise UsageError(_("say what to search for"))
    rows = call.marked(call.catalog.search(words, query(call, filters)), filters.name)

    def draw() -> "RenderableType":
        from summitcli.render.listings import sessions as picture

        return picture(call.setting, rows)

    status = answer(call, SessionRow, rows, output, draw, _('nothing found for "{text}"').format(text=words))
    if rows and is_drawn(call, output):
        hint(call, f"summit show {rows[0].id}")
    return status


def show(
    call: Call,
    ids: Annotated[Repeated, Argument("ID…", "Which sessions: ids, or beginnings of them.", "id")],
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
    """The ids that ``texts`` are, or are the only beginnings of, each once.

    Raises:
        UnknownValue: one names no session, or several.
    """
    return list(dict.fromkeys(_session_named(call, text) for text in texts))


def _session_named(call: Call, text: str) -> str:
    found = call.catalog.matching_ids(text, 6) if text else []
    if found and (found[0] == text or len(found) == 1):
        return found[0]
    if found:
        sentence = _('"{text}" is the beginning of several ids: {ids}')
        shown = ", ".join([*found[:5], *(["…"] if len(found) > 5 else [])])
        raise UnknownValue(sentence.format(text=text, ids=shown))
    near = nearest(text, call.catalog.ids())
    sentence = (
        _('no session "{text}"') if near else _('no session "{text}"; `summit search` finds them by name')
    )
    raise UnknownValue(sentence.format(text=text), near)
