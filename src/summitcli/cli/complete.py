"""What the TAB key offers where a value of the schedule is asked for."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from summitcli.agenda.store import names
from summitcli.cli.call import Call
from summitcli.cli.publishing import TARGETS
from summitcli.cli.surroundings import COLORS
from summitcli.exports import FORMATS, OF_SESSIONS
from summitcli.folding import fold
from summitcli.i18n import LANGUAGES
from summitcli.printable import printable
from summitcli.search.lookup import resolve
from summitcli.sources import BUNDLED
from summitcli.sources.kept import names as schedule_names

MOST = 50
"""How many sessions are offered; who wants more lists them."""


class Offer(NamedTuple):
    """A value, and what it stands for."""

    value: str
    help: str = ""


def offers(call: Call, kind: str, begun: str) -> list[Offer]:
    """What may be meant by ``begun``.

    Args:
        call: whose schedule is asked.
        kind: a key of :data:`COMPLETERS`.
        begun: what has been typed of the value; of a session that may be words of its name.
    """
    completer = COMPLETERS.get(kind)
    found = completer(call, begun) if completer else []
    return [Offer(printable(offer.value), printable(offer.help)) for offer in found]


def _sessions(call: Call, begun: str) -> Iterable[Offer]:
    if begun:
        return [Offer(row.id, call.name(row.titles)) for row in resolve(call.catalog, begun, MOST).sessions]
    return [Offer(row.id, call.name(row.titles)) for row in call.catalog.sessions()[:MOST]]


def _picked(call: Call, begun: str) -> Iterable[Offer]:
    return _beginning(begun, (Offer(pick.id, pick.title) for pick in call.agenda().picks))


def _days(call: Call, begun: str) -> Iterable[Offer]:
    days = [Offer(row.day, row.weekday) for row in call.days]
    return _beginning(begun, [*days, *(Offer(str(row.day_number), row.day) for row in call.days)])


def _categories(call: Call, begun: str) -> Iterable[Offer]:
    offered = [Offer(row.id, call.name(row.names)) for row in call.catalog.categories()]
    by_name = (offer for offer in offered if fold(offer.help).startswith(fold(begun)))
    return _beginning(begun, offered) or list(by_name)


def _beginning(begun: str, offered: Iterable[Offer]) -> list[Offer]:
    return [offer for offer in offered if fold(offer.value).startswith(fold(begun))]


COMPLETERS: dict[str, Callable[[Call, str], Iterable[Offer]]] = {
    "id": _sessions,
    "picked": _picked,
    "day": _days,
    "category": _categories,
    "room": lambda call, begun: _beginning(begun, (Offer(row.name) for row in call.catalog.rooms())),
    "speaker": lambda call, begun: _beginning(begun, (Offer(row.name) for row in call.catalog.speakers())),
    "language": lambda call, begun: _beginning(begun, map(Offer, call.catalog.languages())),
    "agenda": lambda call, begun: _beginning(begun, map(Offer, names(call.conference.id))),
    "format": lambda _call, begun: _beginning(begun, map(Offer, ("table", *FORMATS, *OF_SESSIONS))),
    "schedule": lambda _call, begun: _beginning(begun, map(Offer, (BUNDLED, *schedule_names()))),
    "target": lambda _call, begun: _beginning(begun, map(Offer, TARGETS)),
    "lang": lambda _call, begun: _beginning(begun, map(Offer, (*LANGUAGES, "auto"))),
    "color": lambda _call, begun: _beginning(begun, map(Offer, COLORS)),
}
"""The kinds of values that there are offers for, as a declaration names them."""
