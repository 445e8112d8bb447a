"""Queries on the catalog, made from the filters on the command line: ``-d``, ``-c``, ``-r`` …"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summitcli.catalog.conditions import Picks, Query
from summitcli.catalog.queries import Catalog
from summitcli.cli.call import Call
from summitcli.cli.options import Filters
from summitcli.errors import UnknownValue, UsageError
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.rows import MARKS, PLANNED, Mark
from summitcli.text.enumeration import enumeration
from summitcli.text.folding import fold
from summitcli.text.suggest import MAX_SUGGESTIONS, nearest
from summitcli.when import find_day, find_minute

if TYPE_CHECKING:
    from summitcli.agenda.picks import Agenda
    from summitcli.catalog.selection import Selection
    from summitcli.search.answers import Answer
    from summitcli.search.day_words import DayWords

MAX_NUMBER = 1_000_000
"""The largest value of the option ``-n``, which limits the number of sessions."""

MINUTES_PER_DAY = 24 * 60


def query(call: Call, filters: Filters, day: str | None = None) -> Query:
    """Return the query for the filters of a command.

    Args:
        call: the running command, whose schedule and agenda are used.
        filters: the filters as typed.
        day: the ISO date, for a command that shows one day; otherwise None.

    Raises:
        UnknownValue: a value is not in this schedule; the error suggests the nearest ones.
        UsageError: two filters contradict each other.
    """
    categories = _categories(call.catalog, filters.category)
    excluded = _categories(call.catalog, filters.exclude_category)
    if both := [name for name in categories if name in excluded]:
        raise UsageError(
            _('category "{name}" is both chosen with -c and left out with -x').format(name=both[0])
        )
    begin, end = _times(filters)
    return Query(
        days=_days(call, filters.day, day),
        categories=categories,
        excluded_categories=excluded,
        rooms=_names(call.catalog, "room", filters.room),
        speakers=_names(call.catalog, "speaker", filters.speaker),
        languages=_languages(call.catalog, filters.language),
        picks=_picks(call, filters),
        from_minute=begin,
        to_minute=end,
    )


def visible(call: Call, filters: Filters, day: str | None = None) -> Query:
    """Return the query of a command that lists sessions; hidden sessions are left out.

    With ``--pick hidden``, the query selects the hidden sessions. Arguments and errors are as for
    :func:`query`.
    """
    wanted = query(call, filters, day)
    mine = None if wanted.picks is not None else call.readable_agenda(filters.name)
    return without_hidden(wanted, mine) if mine else wanted


def without_hidden(wanted: Query, mine: Agenda) -> Query:
    """Return ``wanted`` without the sessions hidden in ``mine``; with ``--pick``, return it unchanged."""
    return wanted if wanted.picks is not None else wanted._replace(excluded_picks=mine.pairs("hidden"))


def only_hidden(call: Call, wanted: Query) -> str:
    """Return the message that all matching sessions are hidden; empty if no hidden session matches.

    Args:
        call: the running command.
        wanted: a query of :func:`visible`, so it leaves hidden sessions out; it has found nothing.
    """
    return hidden_message(hidden_count(call, wanted))


def hidden_count(call: Call, wanted: Query) -> int:
    """Return the number of sessions that a query of :func:`visible` leaves out because they are hidden."""
    hidden = hidden_query(wanted)
    return 0 if hidden is None else len(call.catalog.positions(hidden))


def hidden_query(wanted: Query) -> Query | None:
    """Return the query for the sessions that ``wanted`` leaves out because they are hidden.

    ``wanted`` is a query of :func:`visible`. Return None if it leaves out no sessions.
    """
    if not wanted.excluded_picks:
        return None
    return wanted._replace(picks=wanted.excluded_picks, excluded_picks=())


def hidden_message(count: int) -> str:
    """Return the message that ``count`` matching sessions are hidden; empty if ``count`` is 0."""
    if not count:
        return ""
    return ngettext(
        "{n} matching session is hidden; use `--pick hidden` to see it",
        "{n} matching sessions are hidden; use `--pick hidden` to see them",
        count,
    )


def selection(call: Call, filters: Filters, wanted: Query | None = None, marked: bool = True) -> Selection:
    """Return the listings (each a session on one of its days) that match the filters.

    Args:
        call: the running command, whose schedule and agenda are used.
        filters: the filters as typed.
        wanted: the query to use; None to make it with :func:`query`.
        marked: whether to set ``in_agenda`` and ``pick``; with ``--agenda`` or ``--pick`` they are always
            set.

    Raises:
        UnknownValue: as for :func:`query`.
        UsageError: as for :func:`query`.
    """
    from summitcli.catalog.selection import Selection

    wanted = query(call, filters) if wanted is None else wanted
    mine = call.readable_agenda(filters.name) if marked or wanted.picks is not None else None
    marks = mine.pairs_by_mark() if mine else {}
    # The same object tells that all listings have one mark, so that they need not be looked up.
    picks = next((pairs for pairs in marks.values() if pairs == wanted.picks), wanted.picks)
    return Selection(call.catalog, wanted._replace(picks=picks), marks)


def narrowed(call: Call, wanted: Query, text: str) -> tuple[DayWords, Query] | None:
    """Return the days and times in a search text, and the query ``wanted`` limited to them.

    If no times are published, the query is limited to the days only. Return None if the text contains no days
    and times, or if its days are not among those of ``wanted``.
    """
    from summitcli.search.day_words import day_words

    def day_of_conference(typed: str) -> str | None:
        try:
            found = find_day(typed, call.days, call.today)
        except UnknownValue:
            return None
        return found if any(row.day == found for row in call.days) else None

    words = day_words(text, day_of_conference)
    if words is None:
        return None
    days = tuple(day for day in words.days if not wanted.days or day in wanted.days)
    if words.days and not days:
        return None
    begin, end = words.minutes if words.minutes and call.catalog.publishes_times() else (None, None)
    begins = [minute for minute in (wanted.from_minute, begin) if minute is not None]
    ends = [minute for minute in (wanted.to_minute, end) if minute is not None]
    return words, wanted._replace(
        days=days or wanted.days,
        from_minute=max(begins, default=None),
        to_minute=min(ends, default=None),
    )


def find_text(
    call: Call, text: str, wanted: Query, full: bool = False, limit: int | None = None
) -> tuple[Answer, DayWords | None]:
    """Search for a text; if nothing matches it exactly, take the days and times in it as filters.

    For ``ai sunday 14:00``, search for ``ai`` among the sessions that begin on Sunday at 14:00.

    If the text has only a time, or a time and days, all sessions that begin then are found.

    Args:
        call: the running command.
        text: the text to search for, such as ``ai sunday 14:00``.
        wanted: the query for the sessions to consider.
        full: whether to search descriptions and biographies, too.
        limit: the maximum number of matches; None for all.

    Returns:
        The result, and the days and times to which it is limited; None if the whole text was searched for.
    """
    found = call.catalog.search(text, wanted, full, limit)
    if found.hits and found.exact:
        return found, None
    understood = narrowed(call, wanted, text)
    if understood is None:
        return found, None
    parts, on_days = understood
    if parts.rest:
        limited = call.catalog.search(parts.rest, on_days, full, limit)
    else:
        limited = _at_time(call, parts, on_days, limit)
    if not limited.hits or (found.hits and not limited.exact):
        return found, None
    return limited, parts


def _at_time(call: Call, parts: DayWords, on_days: Query, limit: int | None) -> Answer:
    """Return all sessions that begin at the time in a search text such as ``sunday 14:00``, in order of time.

    Return no sessions if the text has only days (``summit day`` lists their sessions), or if no times are
    published.

    Args:
        call: the running command.
        parts: the days and times in the text.
        on_days: the query for these days and times.
        limit: the maximum number of sessions; None for all.
    """
    from summitcli.search.answers import Answer, Field, Hit, Kind, Position

    if parts.minutes is None or not call.catalog.publishes_times():
        return Answer()
    rows = sorted(call.catalog.sessions(on_days), key=lambda row: (row.day, row.start or ""))
    hits = (Hit(row, Kind.LITERAL, Field.NAME, Position.ANYWHERE, lambda _text: ()) for row in rows[:limit])
    return Answer(tuple(hits), more=limit is not None and len(rows) > limit)


def without_chinese(catalog: Catalog, words: str) -> str:
    """Return the reason why a search for Chinese words finds nothing, if no text of the schedule is Chinese.

    Return an empty text if ``words`` are not Chinese, or the schedule has Chinese text.
    """
    from summitcli.catalog import languages

    if not languages.is_chinese(words) or languages.has_chinese(catalog):
        return ""
    if tags := languages.languages(catalog):
        sentence = _("this schedule has no Chinese text, only: {languages}")
        return sentence.format(languages=enumeration(tags))
    return _("this schedule has no Chinese text")


def check_number(number: int | None) -> None:
    """Raise UsageError unless ``number``, the value of ``-n``, is None or from 1 to :data:`MAX_NUMBER`."""
    if number is not None and not 1 <= number <= MAX_NUMBER:
        raise UsageError(_("-n must be between 1 and {max}").format(max=MAX_NUMBER))


def _days(call: Call, typed: Sequence[str], day: str | None) -> tuple[str, ...]:
    days = _unique(find_day(text, call.days, call.today) for text in typed)
    if day is None:
        return days
    if days and day not in days:
        raise UsageError(
            _("--day {other} is not the day of the command, {day}; give only one of them").format(
                other=days[0], day=day
            )
        )
    return (day,)


def planned_marks(typed: Sequence[str]) -> tuple[Mark, ...]:
    """Return the marks that ``--pick`` names, for commands about the sessions of an agenda; both if none.

    Raises:
        UnknownValue: one of them is not a mark of sessions in an agenda.
    """
    for mark in typed:
        if mark not in PLANNED:
            raise UnknownValue(_('no mark "{name}"').format(name=mark), nearest(mark, PLANNED), PLANNED)
    return tuple(mark for mark in PLANNED if mark in typed) or PLANNED


def _picks(call: Call, filters: Filters) -> Picks | None:
    """Return the sessions of the agenda that ``--agenda`` and ``--pick`` select; None if neither is given."""
    for mark in filters.pick:
        if mark not in MARKS:
            raise UnknownValue(_('no mark "{name}"').format(name=mark), nearest(mark, MARKS), MARKS)
    if not (filters.agenda or filters.pick):
        return None
    marks = [mark for mark in filters.pick or PLANNED if mark in PLANNED or not filters.agenda]
    return call.agenda(filters.name).pairs(*marks) if marks else ()


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
    completed = [_completed_id(by_name, text) for text in typed]
    return _unique(_find(by_name, text, _('no category "{name}"'), names) for text in completed)


def _completed_id(by_name: dict[str, str], text: str) -> str:
    """Return the category ID that begins with ``text``, if there is exactly one; otherwise ``text``.

    If ``text`` is already the ID or name of a category, it is returned unchanged. ``by_name`` maps the IDs
    and the names of all categories, both in lower case, to IDs.
    """
    wanted = fold(text)
    if not wanted or wanted in by_name:
        return text
    ids = _unique(id_ for id_ in by_name.values() if id_.startswith(wanted))
    return ids[0] if len(ids) == 1 else text


def _names(catalog: Catalog, kind: str, typed: Sequence[str]) -> tuple[str, ...]:
    """Return the names of rooms or speakers that contain any of the typed texts.

    Args:
        catalog: the catalog of the schedule.
        kind: ``room`` or ``speaker``.
        typed: the values as typed.
    """
    found: list[str] = []
    for text in typed:
        names = catalog.names_like(kind, fold(text)) if text.strip() else []
        if not names:
            raise _unknown_name(catalog, kind, text)
        found += names
    return _unique(found)


def _unknown_name(catalog: Catalog, kind: str, text: str) -> UnknownValue:
    known = [row.name for row in (catalog.rooms() if kind == "room" else catalog.speakers())]
    if not known:
        nothing = {"room": _("this schedule has no rooms"), "speaker": _("this schedule has no speakers")}
        return UnknownValue(nothing[kind])
    unknown = {"room": _('no room "{name}"'), "speaker": _('no speaker "{name}"')}
    return UnknownValue(unknown[kind].format(name=text), nearest(text, known), known)


def _languages(catalog: Catalog, typed: Sequence[str]) -> tuple[str, ...]:
    if not typed:
        return ()
    known = catalog.languages()
    if not known:
        raise UnknownValue(_("this schedule has no languages"))
    by_name = {fold(name): name for name in known}
    return _unique(_find(by_name, text, _('no language "{name}"'), known) for text in typed)


def _find(by_name: dict[str, str], text: str, sentence: str, names: Sequence[str]) -> str:
    """Return the ID or name in the catalog that the typed value ``text`` means.

    Args:
        by_name: the ID or name for each folded name (:func:`~summitcli.text.folding.fold`).
        text: the value as typed.
        sentence: the error message for an unknown value.
        names: all names; the error message suggests the most similar ones.

    Raises:
        UnknownValue: there is no such name.
        UsageError: ``text`` is a list of several names.
    """
    found = by_name.get(fold(text))
    if found is None:
        import re

        if all(fold(part) in by_name for part in re.split("[,;，；、]", text)):
            sentence = _('"{text}" holds several values; repeat the option for each')
            raise UsageError(sentence.format(text=text))
        # Suggest the same thing only once, by its ID or one of its names.
        proposals: dict[str, str] = {}
        for name in nearest(text, names, shown=len(names)):
            proposals.setdefault(by_name[fold(name)], name)
        near = list(proposals.values())[:MAX_SUGGESTIONS]
        raise UnknownValue(sentence.format(name=text), near, _unique(by_name.values()))
    return found


def _times(filters: Filters) -> tuple[int | None, int | None]:
    """Return ``--from`` and ``--to`` in minutes after midnight; None for an option that is not given.

    If ``--to`` is earlier than ``--from``, the next morning is meant.
    """
    begin = None if filters.from_time is None else find_minute(filters.from_time)
    end = None if filters.to_time is None else find_minute(filters.to_time)
    if begin is not None and end is not None:
        if begin == end:
            raise UsageError(_("--from and --to are the same time"))
        if end < begin:
            end += MINUTES_PER_DAY
    return begin, end


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
