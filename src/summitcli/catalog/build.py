"""Building a catalog, the SQLite database that commands query, from a validated schedule.

The sessions are read in a single pass, so that they need not be in memory at once.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from json.encoder import encode_basestring

from pydantic import BaseModel

from summitcli.catalog import schema
from summitcli.catalog.details import speaker_details, texts_as_json
from summitcli.catalog.programme import Programme
from summitcli.catalog.seal import FORMAT
from summitcli.catalog.search_process import SearchProcess
from summitcli.catalog.warnings import finding_rows
from summitcli.formats.collector import without_collector
from summitcli.formats.parsed import Parsed
from summitcli.i18n import _
from summitcli.model import Outline, Session, Text
from summitcli.progress import Work, has_listener
from summitcli.search.keys import Keys, SessionTexts
from summitcli.text.days import WEEKDAYS
from summitcli.text.folding import fold
from summitcli.text.natural import natural_key

SearchWriter = Keys | SearchProcess
"""A writer of the tables for searching."""

INSTRUCTIONS_BETWEEN_REPORTS = 100_000
"""The number of instructions of SQLite's virtual machine after which progress is reported."""


def build(
    parsed: Parsed,
    connection: sqlite3.Connection,
    identity: str,
    page_size: int | None = None,
    searchable: bool = True,
    second_file: str | None = None,
) -> None:
    """Write a schedule into an empty database and commit.

    Args:
        parsed: the schedule; its sessions are read once.
        connection: the connection to the database.
        identity: a text that identifies the exact state of the source. It is stored; when the source has
            another identity, the catalog is out of date.
        page_size: the page size in bytes; SQLite's default if None.
        searchable: whether to write the tables that searching needs.
        second_file: the path of an empty file, in which a second process writes these tables meanwhile; None
            to do without such a process.

    Raises:
        InvalidSchedule: a session is invalid.
        SecondProcessError: the second process has failed.
        sqlite3.Error: the database can't be written.
    """
    outline = parsed.outline
    _make_tables(connection, page_size)
    programme = Programme(outline.conference, connection)
    with without_collector(), _search_writer(outline, connection, searchable, second_file) as keys:
        with connection:
            connection.execute("INSERT INTO origin VALUES (?)", (identity,))
            _insert(connection, "session", _session_rows(parsed, programme, keys))
            # They are complete only now.
            _insert(connection, "finding", finding_rows(parsed.findings))
            with _reported(connection, len(parsed.sessions)):
                _write_tables(outline, programme, connection)
        programme.close()
        with _reported(connection, len(parsed.sessions)):
            connection.executescript(schema.SCHEDULE_INDEXES)
            if keys:
                # A second process may have finished its work in the meantime.
                keys.write()
            connection.executescript(schema.SEARCH_INDEXES + schema.VIEWS)
            connection.execute("ANALYZE")
            connection.commit()


def _make_tables(connection: sqlite3.Connection, page_size: int | None) -> None:
    """Create the empty tables of a catalog, with pages of ``page_size`` bytes; SQLite's default if None."""
    if page_size is not None:
        connection.execute(f"PRAGMA page_size = {page_size}")
    # The file is written under a temporary name and renamed when complete, so a journal is not needed.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.executescript(schema.TABLES)


@contextmanager
def _search_writer(
    outline: Outline, connection: sqlite3.Connection, searchable: bool, second_file: str | None
) -> Iterator[SearchWriter | None]:
    """Yield what writes the tables for searching in the ``with`` block; None if they are not wanted.

    The arguments are as for :func:`build`.
    """
    if not searchable:
        yield None
        return
    own = outline.conference.language
    categories = {category.id: _versions(category.name) for category in outline.categories}
    speakers = [
        (speaker.name.own(own), _versions(speaker.name), _versions(speaker.biography))
        for speaker in outline.speakers
    ]
    if second_file is None:
        yield Keys(connection, categories, speakers)
        return
    with closing(SearchProcess(connection, second_file, categories, speakers)) as process:
        yield process


def _texts(session: Session, descriptions: Mapping[str, str]) -> SessionTexts:
    """Return the texts of a session that are searched."""
    title = session.title.root
    titles = (title,) if isinstance(title, str) else (*title.values(),)
    rooms = [slot.room for slot in session.slots if slot.room]
    return titles, session.speakers, session.category, (*rooms, *session.tags), (*descriptions.values(),)


def _versions(text: Text | None) -> tuple[str, ...]:
    """Return a text in each of its languages; nothing if there is no text."""
    if text is None:
        return ()
    return (text.root,) if isinstance(text.root, str) else (*text.root.values(),)


@contextmanager
def _reported(connection: sqlite3.Connection, sessions: int) -> Iterator[None]:
    """Report progress while the ``with`` block writes to the database.

    The block runs only a few SQL statements, each of which may take long. Therefore SQLite calls a function
    of ours again and again while it runs a statement, and this function reports that the work goes on.

    Args:
        connection: the database.
        sessions: the number of sessions in the schedule, to be shown.
    """
    with Work(_("writing")) as work:
        if has_listener():
            work.show(sessions)
            connection.set_progress_handler(lambda: work.show(sessions), INSTRUCTIONS_BETWEEN_REPORTS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                # SQLite stops at any exception in the handler, and hides it.
                raise KeyboardInterrupt from error
            raise
        finally:
            connection.set_progress_handler(None, 0)


def _session_rows(
    parsed: Parsed, programme: Programme, keys: SearchWriter | None
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the table ``session``, and pass each session on to the writers of other tables.

    ``programme`` collects slots (days, times and rooms) and speakers. ``keys`` writes the tables for
    searching; None for no such tables.
    """
    own = parsed.outline.conference.language
    categories: dict[str | None, int] = {
        category.id: position for position, category in enumerate(parsed.outline.categories)
    }
    codes = parsed.codes
    before_title = f"{{{encode_basestring(own)}: "
    for position, session in enumerate(parsed.with_progress(_("preparing")).sessions):
        category = categories.get(session.category)
        programme.add(position, session, category)
        descriptions = _descriptions(session, own)
        if keys:
            keys.add(position, _texts(session, descriptions))
        title = session.title.root
        yield (
            position,
            session.id,
            title if isinstance(title, str) else title[own],
            # Faster than a dict for each title.
            f"{before_title}{encode_basestring(title)}}}" if isinstance(title, str) else texts_as_json(title),
            category,
            f"[{', '.join(map(encode_basestring, session.speakers))}]" if session.speakers else None,
            session.language,
            session.url,
            descriptions.get(own),
            session.guid,
            session.status,
            texts_as_json(descriptions) if len(descriptions) > 1 else None,
            codes.get(session.id) if codes else None,
        )


def _write_tables(outline: Outline, programme: Programme, connection: sqlite3.Connection) -> None:
    """Write the tables of the conference, days, categories, rooms, speakers and listings (sessions by day).

    Args:
        outline: the schedule without its sessions.
        programme: the slots (days, times and rooms) and speakers collected from the sessions.
        connection: the database.
    """
    _insert_conference(outline, connection, programme.longest())
    days = (
        (number, day.isoformat(), WEEKDAYS[day.weekday()], programme.sessions_on[number])
        for day, number in programme.days.items()
    )
    _insert(connection, "day", days)
    own = outline.conference.language
    categories = (
        (
            position,
            category.id,
            category.name.own(own),
            texts_as_json(category.name.by_language(own)),
            category.color,
            programme.sessions_of[position],
            programme.listings_of[position],
        )
        for position, category in enumerate(outline.categories)
    )
    _insert(connection, "category", categories)
    names = _in_order(filter(None, programme.sessions_in), outline.conference.rooms)
    rooms = ((n, name, fold(name), programme.sessions_in[name]) for n, name in enumerate(names))
    _insert(connection, "room", rooms)
    programme.write_speakers(speaker_details(outline))
    programme.write_listings()


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    columns = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)  # noqa: S608


def _insert_conference(schedule: Outline, connection: sqlite3.Connection, longest: int) -> None:
    import json

    conference = schedule.conference
    own = conference.language
    title = {"id": conference.id, "title": conference.title.own(own), "titles": _plain(conference.title, own)}
    facts = {
        **title,
        **{name: fact for name, fact in _fields(conference, own) if name not in title},
        "version": schedule.version,
        "revised": _iso(schedule.revised),
        "translations": _plain(schedule.translations, own),
    }
    row = (
        conference.id,
        conference.title.own(own),
        texts_as_json(conference.title.by_language(own)),
        own,
        conference.time_zone,
        conference.start.isoformat(),
        conference.end.isoformat(),
        _iso(schedule.revised),
        texts_as_json(conference.notice.by_language(own) if conference.notice else {}),
        texts_as_json(conference.source.by_language(own) if conference.source else {}),
        longest,
        conference.outside,
        json.dumps(facts, ensure_ascii=False, separators=(",", ":")),
    )
    _insert(connection, "conference", [row])


def _plain(value: object, own: str) -> object:
    """Convert a value of the schedule model to JSON types, for example a date to ``"2022-07-23"``.

    A :class:`Text` becomes an object with the text in each language: ``{"en": "Forum", "zh": "论坛"}``.

    Args:
        value: a model, a tuple, a date or a plain value.
        own: the conference's own language, for texts whose language is not stated.
    """
    if isinstance(value, Text):
        return value.by_language(own)
    if isinstance(value, BaseModel):
        return dict(_fields(value, own))
    if isinstance(value, tuple):
        return [_plain(entry, own) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


def _fields(model: BaseModel, own: str) -> Iterator[tuple[str, object]]:
    return ((name, _plain(getattr(model, name), own)) for name in type(model).model_fields)


def _descriptions(session: Session, own: str) -> dict[str, str]:
    """Return the description that is shown for a session, by language tag: ``{"en": "…", "zh": "…"}``.

    A description consists of the session's subtitle, abstract and description, as far as they exist. Where
    one of them is not translated into a language, its text in ``own``, the conference's language, is used.
    """
    given = (session.subtitle, session.abstract, session.description)
    texts = [text.root for text in given if text is not None]
    plain = [text.strip() for text in texts if isinstance(text, str)]
    if len(plain) == len(texts):
        # The usual case, which is faster this way.
        description = "\n\n".join(dict.fromkeys(plain))
        return {own: description} if description else {}
    languages = dict.fromkeys([own, *(tag for text in texts if isinstance(text, dict) for tag in text)])
    descriptions = {}
    for language in languages:
        paragraphs = [text if isinstance(text, str) else text.get(language) or text[own] for text in texts]
        if description := _joined(paragraphs):
            descriptions[language] = description
    return descriptions


def _joined(paragraphs: Iterable[str]) -> str:
    """Join the paragraphs with blank lines; a repeated paragraph is used once."""
    return "\n\n".join(dict.fromkeys([paragraph.strip() for paragraph in paragraphs]))


def _in_order(names: Iterable[str], first: Iterable[str]) -> Iterator[str]:
    """Yield distinct ``names``: first those in ``first``, in its order, then the rest in natural order."""
    known = dict.fromkeys(names)
    for name in first:
        if name in known:
            yield name
            del known[name]
    yield from sorted(known, key=natural_key)


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()
