"""Making events from the rows of a table.

The rows are read twice: first to find out how the days are written, then to make the events.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from summitcli.budgets import CELLS, COLUMNS, DAYS, EVENTS, LABELS, PERSONS, ROWS, Spending
from summitcli.errors import InvalidSchedule
from summitcli.formats.draft import Draft, Event
from summitcli.formats.findings import Findings, Kind
from summitcli.formats.spooled import spooled
from summitcli.formats.tables.clocks import read_duration
from summitcli.formats.tables.columns import HEAD, WHEN, Header, Requested, find_header
from summitcli.formats.tables.dates import WrittenDay, find_day
from summitcli.formats.tables.messages import (
    columns_note,
    comma_note,
    no_day,
    no_first_day,
    no_times,
    no_title,
    no_year,
)
from summitcli.formats.tables.moments import Moment, read_moment
from summitcli.formats.tables.people import NameStyle, most_names, read_names, read_speakers
from summitcli.formats.tables.resolving import Basis, Resolver
from summitcli.formats.tables.rows import Row, Rows, cell_name
from summitcli.formats.tables.words import key
from summitcli.formats.times import UNREADABLE
from summitcli.text.natural import numbers_in_order

AMBIGUOUS = Kind(
    "{n} date could mean two days and was read as {also}: {value}; write it as 2022-07-23",
    "{n} dates could mean two days; the first, {value}, was read as {also}; write them as 2022-07-23",
)
LABEL = Kind(
    "{n} row without a title and a time was left out",
    "{n} rows without a title and a time were left out",
)
NO_TIME = Kind(
    "{n} row without a time, below one with a time, was read as all day; repeat the time if it is the same",
    "{n} rows without a time, below one with a time, were read as all day; repeat the time if it is the same",
)

NIGHT_ENDS = 9 * 60
"""The time, in minutes after midnight, until which an event may belong to the night before.

For example, an event from 23:00 to 02:00 ends on the next day.
"""

_DAY = timedelta(days=1)

_MAX_NAME = 200
"""The number of characters of a cell that are compared, to see whether it repeats the name of its column."""


class Table(NamedTuple):
    """The rows of a table, and what is known about the file."""

    rows: Rows
    name: str
    """The name of the source, for messages."""
    size: int
    """The size of the unpacked file in bytes. Limits, such as on the number of events, grow with it."""
    findings: Findings
    title: str = ""
    """A text about the table, such as the name of its sheet. If dates have no year, it may be found here."""
    is_own: bool = False
    """True if this program wrote the table. Then rows are in order of time, and commas separate speakers."""


def draft_table(table: Table, requested: Requested, header: Header | None = None) -> Draft:
    """Return the draft of the schedule in a table (its content as the table states it).

    Args:
        table: the table.
        requested: the columns that the user chose.
        header: the header of the table; None to find it here.

    Raises:
        InvalidSchedule: the table has no titles, no days, or days without a year, or is too large.
        UnknownValue: a column that the user chose does not exist.
    """
    header = header or find_header([*islice(_counted(table), HEAD)], requested)
    if header is None or "title" not in header.fields:
        raise InvalidSchedule(table.name, [("", no_title())])
    heading = next((row.only for row in header.above if row.only), "")
    reader = _Reader(table, header, _basis(table, header, requested))
    reader.survey()
    table.findings.note(columns_note(header), header.line)
    events = spooled(reader.events())
    return Draft(
        events=events,
        findings=table.findings,
        title="" if read_moment(heading, is_day=True) else heading,
        time_zone=reader.zone,
        # Columns of rooms side by side have an order of their own.
        rooms=tuple(reader.rooms) if len(header.groups) > 1 else numbers_in_order(reader.rooms),
    )


def _basis(table: Table, header: Header, requested: Requested) -> Basis:
    """Return what is known of the first day and the year, to complete days such as "Day 2" and "23 July".

    They are the user's choice, or are found in the rows above the header and the name of the sheet.
    """
    if requested.first_day:
        return Basis(requested.first_day, requested.first_day.year)
    texts = [*(cell for row in header.above for cell in dict.fromkeys(row.cells)), table.title]
    found = [find_day(text) for text in texts if text.strip()]
    first = next((day for day, _year in found if day), None)
    return Basis(first, next((year for _day, year in found if year), 0))


def _counted(table: Table) -> Iterator[Row]:
    """Yield the rows of a table, and count them and their cells, to limit its size.

    Raises:
        InvalidSchedule: the table has more rows, columns or cells than allowed.
    """
    spending = Spending(table.name, table.size)
    for row in table.rows():
        spending.spend(ROWS)
        spending.spend(CELLS, len(row.cells))
        if len(row.cells) > COLUMNS.maximum:
            Spending(table.name, table.size).spend(COLUMNS, len(row.cells))
        yield row


class _Reader:
    """The reader of the events in one table.

    Args:
        table: the table.
        header: the header of the table.
        basis: the first day of the conference, or its year, if known: it completes dates without a year.
    """

    def __init__(self, table: Table, header: Header, basis: Basis) -> None:
        self.rooms: dict[str, None] = {}
        self.zone = ""
        self._table = table
        self._header = header
        self._basis = basis
        self._findings = table.findings
        self._spending = Spending(table.name, table.size)
        self._resolver = Resolver((), basis)
        self._ambiguous: set[WrittenDay] = set()
        self._keeps_commas = False
        self._timed: date | None = None
        self._names = {column: key(name) for column, name in header.names.items()}
        self._unit = _unit_of_durations(header)
        self._latest: tuple[date | None, int] = None, 0

    def survey(self) -> None:
        """Read the days in all rows, and find out how days and names are written (say, the month first).

        Raises:
            InvalidSchedule: no row has a day, or the year or the first day is unknown.
        """
        written: dict[WrittenDay, None] = {}
        style = NameStyle()
        for row in self._body():
            for group in self._header.groups:
                style.add(row.cell(group.get("speakers")))
            for _field, _column, moment in self._moments(row):
                for day in (moment.day, moment.end_day) if moment else ():
                    if day is not None and day not in written:
                        self._spending.spend(DAYS)
                        written[day] = None
                if moment and moment.instant:
                    written.setdefault(WrittenDay(*moment.instant.timetuple()[:3]))
        self._keeps_commas = style.keeps_commas
        if style.doubtful and not self._table.is_own:
            self._findings.note(comma_note(style.doubtful))
        self._resolver = Resolver(written, self._basis)
        if not written and not self._basis.first:
            said = no_day() if self._header.fields.intersection(WHEN) else no_times()
            raise InvalidSchedule(self._table.name, [("", said)])
        if written and not any(map(self._resolver.resolve, written)):
            numbered = all(not day.month for day in written)
            raise InvalidSchedule(self._table.name, [("", no_first_day() if numbered else no_year())])
        if self._resolver.order.is_guessed:
            self._ambiguous = {day for day in written if day.is_swappable}

    def events(self) -> Iterator[Event]:
        """Yield an event for each session in each row.

        Raises:
            InvalidSchedule: the table has more events than allowed.
        """
        day = self._basis.first if not self._has_days() else None
        for row in self._body():
            heading = self._day_heading(row)
            if heading is not None:
                day = heading
                continue
            own = self._day_of(row)
            day = own or day
            held = [group for group in self._header.groups if self._is_held(row, group)]
            if not held:
                self._findings.add(LABEL, cell_name(row, _column_of(row)), row.line, row.only[:60])
            for group in held:
                self._spending.spend(EVENTS)
                yield self._event(row, group, day)

    def _has_days(self) -> bool:
        return "day" in self._header.fields

    def _body(self) -> Iterator[Row]:
        """Yield the rows below the header. Skip repeated headers, and rows without any letter or digit."""
        for row in islice(_counted(self._table), self._header.length, None):
            texts = [(n, cell) for n, cell in enumerate(row.cells) if cell.strip()]
            is_blank = not any(any(map(str.isalnum, cell)) for _n, cell in texts)
            if not is_blank and not all(self._names.get(n) == key(cell[:_MAX_NAME]) for n, cell in texts):
                yield row

    def _moments(self, row: Row) -> Iterator[tuple[str, int, Moment | None]]:
        """Yield the field, the column and the content of each cell of a row that may have a day or times.

        The content is None if it can't be read.
        """
        if text := row.only:
            yield "day", _column_of(row), read_moment(text, is_day=True) or Moment()
        for group in self._header.groups:
            for field in WHEN:
                if (column := group.get(field)) is not None:
                    yield field, column, read_moment(row.cell(column), field == "day")

    def _day_heading(self, row: Row) -> date | None:
        """Return the date of a row that has nothing else; None for any other row.

        Such a row is a heading: the rows below it are on that day.
        """
        moment = read_moment(text, is_day=True) if (text := row.only) else None
        if not moment or not moment.day or moment.clocks or text.isdecimal():
            return None
        return self._date(moment.day, row, _column_of(row))

    def _day_of(self, row: Row) -> date | None:
        column = next((group["day"] for group in self._header.groups if "day" in group), None)
        moment = read_moment(row.cell(column), is_day=True) if column is not None else None
        return self._date(moment.day, row, column or 0) if moment and moment.day else None

    def _date(self, written: WrittenDay, row: Row, column: int) -> date | None:
        found = self._resolver.resolve(written)
        if written in self._ambiguous and found:
            shown = row.cell(column)
            self._findings.add(AMBIGUOUS, cell_name(row, column), row.line, shown, also=found.isoformat())
        elif found is None:
            self._findings.add(UNREADABLE, cell_name(row, column), row.line, row.cell(column))
        return found

    def _is_held(self, row: Row, group: Mapping[str, int]) -> bool:
        """Return whether a row has a session in a group of columns.

        There is a session if the row has a title there, or if it has a time and the table has only one group.

        Args:
            row: the row.
            group: the columns of the group, by field.
        """
        if row.cell(group["title"]):
            return True
        if len(self._header.groups) > 1:
            return False
        moments = (read_moment(row.cell(group.get(field))) for field in ("start", "end"))
        return any(moment is not None and (moment.clocks or moment.instant) for moment in moments)

    def _event(self, row: Row, group: Mapping[str, int], day: date | None) -> Event:
        cell = {field: row.cell(column) for field, column in group.items()}
        title, id_ = cell["title"], cell.get("id", "")
        self._spending.spend(PERSONS, most_names(cell.get("speakers", "")))
        self._spending.spend(LABELS, most_names(cell.get("tags", "")))
        speakers = read_speakers(cell.get("speakers", ""), self._keeps_commas, self._table.is_own)
        label = self._header.labels[self._header.groups.index(group)]
        room = cell.get("room", "") or label
        if room:
            self.rooms.setdefault(room)
        self.zone = self.zone or cell.get("zone", "")
        event = Event(
            where=cell_name(row, group["title"]),
            line=row.line,
            identity=id_ or (repr((title, speakers)) if title else None),
            names=(id_,) if id_ else (),
            title=title,
            subtitle=cell.get("subtitle", ""),
            abstract=cell.get("abstract", ""),
            description=cell.get("description", ""),
            room=room,
            track=cell.get("category", ""),
            type=cell.get("type", ""),
            language=cell.get("language", ""),
            speakers=speakers,
            url=cell.get("url", ""),
            level=cell.get("level", ""),
            tags=read_names(cell.get("tags", "")),
        )
        return self._with_times(event, row, group, day)

    def _with_times(self, event: Event, row: Row, group: Mapping[str, int], day: date | None) -> Event:
        """Return ``event`` with the times in its row, or with only the day if the row has no times.

        Args:
            event: the event.
            row: the row of the event.
            group: the columns of the event, by field.
            day: the date in the row's column for days, or else in the heading above; None if there is none.
        """
        said = {field: self._said(row, group, field) for field in WHEN}
        start_said, end_said = said["start"], said["end"]
        instant = start_said.instant or said["day"].instant
        length = self._length(row, group)
        if instant:
            end = end_said.instant or (instant + length if length is not None else None)
            return event._replace(start=instant, end=end)
        if start_said.day:
            day = self._date(start_said.day, row, group["start"])
        clocks = start_said.clocks or said["day"].clocks
        if day is None:
            return event
        if clocks is None:
            # Cells that are merged in a spreadsheet leave all but the first empty in CSV.
            if day == self._timed and "start" in group and not row.cell(group["start"]):
                self._findings.add(NO_TIME, cell_name(row, group["start"]), row.line, event.title[:60])
            return event._replace(days=(day,))
        self._timed = None if self._table.is_own else day
        if self._is_night(day, clocks.start):
            event, day = event._replace(day=day), day + _DAY
        start = _at(day, clocks.start)
        if length is not None and clocks.end is None and not end_said.clocks:
            return event._replace(start=start, length=length)
        minutes = clocks.end if clocks.end is not None else end_said.clocks and end_said.clocks.start
        if minutes is None:
            return event._replace(start=start)
        end_day = end_said.day or start_said.end_day or said["day"].end_day
        end_date = self._date(end_day, row, group.get("end", group["title"])) if end_day else None
        end = _at(end_date or day, minutes)
        if end_date is None and end < start and minutes <= NIGHT_ENDS:
            end += _DAY
        return event._replace(start=start, end=end)

    def _is_night(self, day: date, minutes: int) -> bool:
        """Return whether an event begins in the night after its day.

        That is so if this program wrote the table, and the event begins early but comes after events of the
        same day that begin later: such a table is in order of time.

        Args:
            day: the day of the event.
            minutes: the start of the event, in minutes after midnight.
        """
        if not self._table.is_own:
            return False
        latest_day, latest = self._latest
        self._latest = day, max(minutes, latest) if day == latest_day else minutes
        return day == latest_day and minutes < latest and minutes <= NIGHT_ENDS

    def _said(self, row: Row, group: Mapping[str, int], field: str) -> Moment:
        """Return the day or times in a cell; if they can't be read, add a finding and return ``Moment()``.

        Args:
            row: the row of the cell.
            group: the columns, by field.
            field: the field that the cell has, such as ``start``.
        """
        column = group.get(field)
        moment = read_moment(row.cell(column), field == "day")
        if moment is None and column is not None:
            self._findings.add(UNREADABLE, cell_name(row, column), row.line, row.cell(column)[:60])
        return moment or Moment()

    def _length(self, row: Row, group: Mapping[str, int]) -> timedelta | None:
        text = row.cell(group.get("duration"))
        if not text or read_moment(text) == Moment():
            return None
        length = read_duration(text, self._unit)
        if length is None:
            self._findings.add(UNREADABLE, cell_name(row, group["duration"]), row.line, text[:60])
        return length


def _unit_of_durations(header: Header) -> int:
    """Return 60 if the name of the column with durations says that they are in hours; else 1 (minutes)."""
    columns: Sequence[int] = [group["duration"] for group in header.groups if "duration" in group]
    name = key(header.names.get(columns[0], "")) if columns else ""
    return 60 if any(word in name for word in ("hour", "stunde", "heure", "小时")) else 1


def _column_of(row: Row) -> int:
    return next((n for n, cell in enumerate(row.cells) if cell.strip()), 0)


def _at(day: date, minutes: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001
