"""From what was typed after ``-d``, ``-c``, ``-r`` … to a query in the catalog's own names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from summitcli.cli.call import Call
from summitcli.cli.options import Filters
from summitcli.errors import UnknownValue, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.text.folding import fold
from summitcli.text.suggest import MAX_SUGGESTIONS, nearest
from summitcli.when import find_day, find_minute

if TYPE_CHECKING:
    from summitcli.catalog.selection import Selection

MOST = 1_000_000
"""The largest number that ``-n`` takes."""

DAY = 24 * 60


def query(call: Call, filters: Filters, day: str | None = None) -> Query:
    """The query that ``filters`` asks for.

    Args:
        call: the call they belong to.
        filters: what was typed.
        day: the ISO date that the command itself is about.

    Raises:
        UnknownValue: a value names nothing of this schedule; with the nearest that do.
        UsageError: two filters contradict each other.
    """
    categories = _categories(call.catalog, filters.category)
    excluded = _categories(call.catalog, filters.exclude_category)
    if both := [name for name in categories if name in excluded]:
        raise UsageError(_('category "{name}" is both asked for and excluded').format(name=both[0]))
    begin, end = _times(filters)
    return Query(
        days=_days(call, filters.day, day),
        categories=categories,
        excluded_categories=excluded,
        rooms=_names(call.catalog, "room", filters.room),
        speakers=_names(call.catalog, "speaker", filters.speaker),
        languages=_languages(call.catalog, filters.language),
        picks=call.agenda(filters.name).pairs() if filters.agenda else None,
        from_minute=begin,
        to_minute=end,
    )


def selection(call: Call, filters: Filters) -> Selection:
    """The listings that ``filters`` leave, with those marked that are in the agenda.

    Raises:
        UnknownValue: as for :func:`query`.
        UsageError: as for :func:`query`.
    """
    from summitcli.catalog.selection import Selection

    wanted = query(call, filters)
    if wanted.picks is not None:
        return Selection(call.catalog, wanted, wanted.picks)
    mine = call.readable_agenda(filters.name)
    return Selection(call.catalog, wanted, mine.pairs() if mine else ())


def check_number(number: int | None) -> None:
    """Raise UsageError if ``-n`` asks for none, or for more than there can be."""
    if number is not None and not 1 <= number <= MOST:
        raise UsageError(_("-n takes a number from 1 to {most}").format(most=MOST))


def _days(call: Call, typed: Sequence[str], day: str | None) -> tuple[str, ...]:
    days = _each_once(find_day(text, call.days, call.today) for text in typed)
    if day is None:
        return days
    if days and day not in days:
        raise UsageError(_("--day asks for {other}, the command for {day}").format(other=days[0], day=day))
    return (day,)


def _categories(catalog: Catalog, typed: Sequence[str]) -> tuple[str, ...]:
    if not typed:
        return ()
    rows = catalog.categories()
    if not rows:
        raise UnknownValue(_("this schedule has no categories"))
    by_name = {fold(row.id): row.id for row in rows}
    for row in rows:
        for name in row.names.values():
            by_name.setdefault(fold(name), row.id)
    names = [*(row.id for row in rows), *(name for row in rows for name in row.names.values())]
    whole = [_begun(by_name, text) for text in typed]
    return _each_once(_found(by_name, text, _('no category "{name}"'), names) for text in whole)


def _begun(by_name: dict[str, str], text: str) -> str:
    """The one id that begins with ``text``, where that is no whole name; else the text as it is."""
    wanted = fold(text)
    if not wanted or wanted in by_name:
        return text
    begun = _each_once(id_ for id_ in by_name.values() if id_.startswith(wanted))
    return begun[0] if len(begun) == 1 else text


def _names(catalog: Catalog, kind: str, typed: Sequence[str]) -> tuple[str, ...]:
    """The rooms or speakers that each text names, or whose name contains it."""
    found: list[str] = []
    for text in typed:
        names = catalog.names_like(kind, fold(text)) if text.strip() else []
        if not names:
            raise _unknown_name(catalog, kind, text)
        found += names
    return _each_once(found)


def _unknown_name(catalog: Catalog, kind: str, text: str) -> UnknownValue:
    known = [row.name for row in (catalog.rooms() if kind == "room" else catalog.speakers())]
    if not known:
        nothing = {"room": _("this schedule names no rooms"), "speaker": _("this schedule names no speakers")}
        return UnknownValue(nothing[kind])
    unknown = {"room": _('no room "{name}"'), "speaker": _('no speaker "{name}"')}
    return UnknownValue(unknown[kind].format(name=text), nearest(text, known), known)


def _languages(catalog: Catalog, typed: Sequence[str]) -> tuple[str, ...]:
    if not typed:
        return ()
    known = catalog.languages()
    if not known:
        raise UnknownValue(_("this schedule names no languages"))
    by_name = {fold(name): name for name in known}
    return _each_once(_found(by_name, text, _('no language "{name}"'), known) for text in typed)


def _found(by_name: dict[str, str], text: str, sentence: str, names: Sequence[str]) -> str:
    found = by_name.get(fold(text))
    if found is None:
        import re

        if all(fold(one) in by_name for one in re.split("[,;，；、]", text)):
            sentence = _('"{text}" names several; write the option once for each of them')
            raise UsageError(sentence.format(text=text))
        # An id and the names of the same thing are one proposal.
        proposals: dict[str, str] = {}
        for name in nearest(text, names, shown=len(names)):
            proposals.setdefault(by_name[fold(name)], name)
        near = list(proposals.values())[:MAX_SUGGESTIONS]
        raise UnknownValue(sentence.format(name=text), near, _each_once(by_name.values()))
    return found


def _times(filters: Filters) -> tuple[int | None, int | None]:
    """The stretch of the day asked for; one that ends before it begins ends on the next morning."""
    begin = None if filters.from_time is None else find_minute(filters.from_time)
    end = None if filters.to_time is None else find_minute(filters.to_time)
    if begin is not None and end is not None:
        if begin == end:
            raise UsageError(_("--from and --to are the same time"))
        if end < begin:
            end += DAY
    return begin, end


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
