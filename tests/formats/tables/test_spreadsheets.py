"""Spreadsheets as people write them: most are read right, six say what is wrong."""

from typing import NamedTuple

import pytest

from summitcli.errors import SummitError
from summitcli.formats import parse, recognise
from summitcli.model import Session
from summitcli.sources.source import Hints
from tests.formats.tables.workbooks import DATE, DATE_TIME, TIME, Formula, Styled, ods, ods_cell

from tests.formats.tables.workbooks import ods_row, ods_table, xlsx  # isort: skip

NO_NAME = "the schedule has no conference name; set one with `summit use SCHEDULE --name NAME`"
AMBIGUOUS = (
    "2 dates could mean two days; the first, 03/04/2022, was read as 2022-04-03; write them as 2022-07-23"
)
UNTIMED = (
    "{} rows without a time, below one with a time, were read as all day; repeat the time if it is the same"
)
ZONE = "Europe/Berlin"


class Sheet(NamedTuple):
    """A spreadsheet, with the slots that it is read as."""

    data: bytes
    slots: tuple[str, ...]
    """The day, times and room of each slot, and the title, speakers and category of its session."""
    warnings: tuple[str, ...] = (NO_NAME,)
    hints: Hints = Hints()
    title: str = ""
    """The conference's title, if it is in the spreadsheet."""


def lines(*rows: str, encoding: str = "utf-8", end: str = "\n") -> bytes:
    return "".join(f"{row}{end}" for row in rows).encode(encoding)


def day_of(day: str) -> str:
    return f"office:value-type='date' office:date-value='{day}'"


def time_of(duration: str) -> str:
    return f"office:value-type='time' office:time-value='{duration}'"


def number_of(number: int) -> str:
    return f"office:value-type='float' office:value='{number}'"


OPENING = "2022-07-23 10:00–11:00 @Hall: Opening (Ada, Bob) [Main]"
CLOSING = "2022-07-24 16:30–17:00 @Hall: Closing"
TWO = (OPENING, CLOSING)
LESS = ("2022-07-23 10:00–11:00: Opening", "2022-07-24 16:30–17:00: Closing")

SHEETS: dict[str, Sheet] = {
    "the smallest": Sheet(
        lines("title,day,start,end", "Opening,2022-07-23,10:00,11:00", "Closing,2022-07-24,16:30,17:00"), LESS
    ),
    "English": Sheet(
        lines(
            "Session Title,Date,Start Time,End Time,Location,Speaker(s),Track,Notes",
            'Opening,23 July 2022,10:00,11:00,Hall,"Ada, Bob",Main,x',
            "Closing,24 July 2022,16:30,17:00,Hall",
        ),
        TWO,
    ),
    "German with semicolons": Sheet(
        lines(
            "Titel;Tag;Von;Bis;Raum;Referent*innen;Kategorie",
            "Opening;Sa, 23.07.2022;10.00;11 Uhr;Hall;Ada und Bob;Main",
            "Closing;So, 24.07.2022;16.30 Uhr;17.00 Uhr;Hall;;",
        ),
        TWO,
    ),
    "German in Windows-1252 with lines of Windows": Sheet(
        lines(
            "Titel;Datum;Uhrzeit;Dauer;Bühne",
            "Begrüßung;23.7.2022;10:00;60;Süd",
            "Schluß;24.7.2022;16:30;0:30;Süd",
            encoding="cp1252",
            end="\r\n",
        ),
        ("2022-07-23 10:00–11:00 @Süd: Begrüßung", "2022-07-24 16:30–17:00 @Süd: Schluß"),
    ),
    "French with tabs": Sheet(
        lines(
            "Titre\tJour\tDébut\tFin\tSalle\tIntervenant·es\tCatégorie",
            "Opening\tsamedi 23 juillet 2022\t10h\t11h00\tHall\tAda et Bob\tMain",
            "Closing\tdimanche 24 juillet 2022\t16h30\t17h\tHall\t\t",
        ),
        TWO,
    ),
    "Chinese": Sheet(
        lines(
            "标题,日期,时间,会场,嘉宾,类别",
            "开幕式,2022年7月23日,上午10:00–11:00,主会场,李雷、韩梅梅,论坛",
            "闭幕式,2022年7月24日 星期日,下午4:30-5:00,主会场,,",
        ),
        (
            "2022-07-23 10:00–11:00 @主会场: 开幕式 (李雷, 韩梅梅) [论坛]",
            "2022-07-24 16:30–17:00 @主会场: 闭幕式",
        ),
    ),
    "Chinese in GBK, with the year in the title": Sheet(
        lines(
            "2022年数字大会,,,",
            "议题,日期,开始时间,时长",
            "开幕式,7月23日,10点,1小时",
            "闭幕式,7月24日,下午4点半,30分钟",
            encoding="gbk",
        ),
        ("2022-07-23 10:00–11:00: 开幕式", "2022-07-24 16:30–17:00: 闭幕式"),
        (),
        title="2022年数字大会",
    ),
    "a byte order mark, quotes and lines in cells": Sheet(
        lines(
            "\ufeff" + '"Title","Date","Time","Speakers"',
            '"Opening ""live"", part 1",2022/07/23,10:00 - 11:00,"Ada\nBob"',
        ),
        ('2022-07-23 10:00–11:00: Opening "live", part 1 (Ada, Bob)',),
    ),
    "UTF-16, as Excel writes Unicode text": Sheet(
        lines("Titel\tTag\tVon\tBis", "Öffnung\t23.07.2022\t10:00\t11:00", encoding="utf-16"),
        ("2022-07-23 10:00–11:00: Öffnung",),
    ),
    "AM and PM in America": Sheet(
        lines(
            "Session,Date,Start,End,Room",
            "Opening,7/23/2022,10:00 AM,11:00 a.m.,Hall",
            "Closing,7/24/2022,4:30 PM,5 PM,Hall",
        ),
        ("2022-07-23 10:00–11:00 @Hall: Opening", CLOSING),
    ),
    "ambiguous dates that the others settle": Sheet(
        lines(
            "Title|When",
            "Opening|03/04/2022 10:00–11:00",
            "Party|03/04/2022 23:00–01:00",
            "Closing|04/04/2022 9:00–10:00",
        ),
        (
            "2022-04-03 10:00–11:00: Opening",
            "2022-04-03 23:00–01:00: Party",
            "2022-04-04 09:00–10:00: Closing",
        ),
    ),
    "an ambiguous date": Sheet(
        lines("Title,Date,Time", "Opening,03/04/2022,10:00-11:00", "Closing,03/04/2022,11:00-12:00"),
        ("2022-04-03 10:00–11:00: Opening", "2022-04-03 11:00–12:00: Closing"),
        (AMBIGUOUS, NO_NAME),
    ),
    "days written once and blank rows": Sheet(
        lines(
            "Day,Time,Title",
            "2022-07-23,10:00–11:00,Opening",
            ",,",
            ",11:00–12:00,Talk",
            "2022-07-24,16:30–17:00,Closing",
        ),
        (
            "2022-07-23 10:00–11:00: Opening",
            "2022-07-23 11:00–12:00: Talk",
            "2022-07-24 16:30–17:00: Closing",
        ),
    ),
    "days as headings below a title": Sheet(
        lines(
            "DemoConf 2022,,",
            ",,",
            "Time,Title,Room",
            '"Saturday, July 23",,',
            "10:00–11:00,Opening,Hall",
            '"Sunday, July 24",,',
            "16:30–17:00,Closing,Hall",
        ),
        ("2022-07-23 10:00–11:00 @Hall: Opening", CLOSING),
        (),
        title="DemoConf 2022",
    ),
    "numbered days": Sheet(
        lines(
            "DemoConf 23–24 July 2022",
            "Title,Day,From,To",
            "Opening,Day 1,10:00,11:00",
            "Closing,Day 2,16:30,17:00",
        ),
        LESS,
        (),
        title="DemoConf 23–24 July 2022",
    ),
    "slots of one session, and what has no time": Sheet(
        lines(
            "ID,Title,Date,Start,End",
            "a,Fair,2022-07-23,10:00,11:00",
            "a,Fair,2022-07-24,10:00,11:00",
            "b,Walk,2022-07-24,TBA,",
        ),
        ("2022-07-23 10:00–11:00: Fair", "2022-07-24 10:00–11:00: Fair", "2022-07-24: Walk"),
    ),
    "times in the first of several rows": Sheet(
        lines(
            "Titel;Datum;Beginn;Ende",
            "Opening;23.7.2022;10:00;11:00",
            "Talk;23.7.2022;;",
            "Tea;;;",
            "Walk;23.7.2022;TBA;",
            "Fair;24.7.2022;;",
            "Closing;24.7.2022;16:30;17:00",
        ),
        (
            "2022-07-23 10:00–11:00: Opening",
            "2022-07-23: Talk",
            "2022-07-23: Tea",
            "2022-07-23: Walk",
            "2022-07-24: Fair",
            "2022-07-24 16:30–17:00: Closing",
        ),
        (
            UNTIMED.format(2),
            NO_NAME,
        ),
    ),
    "times in merged cells": Sheet(
        xlsx(
            {
                "Plan": [
                    ["Date", "From", "To", "Title"],
                    [44765, Styled(10 / 24, TIME), Styled(11 / 24, TIME), "Opening"],
                    [44765, None, None, "Talk"],
                ]
            },
            {"Plan": ["B2:B3", "C2:C3"]},
        ),
        ("2022-07-23 10:00–11:00: Opening", "2022-07-23 10:00–11:00: Talk"),
    ),
    "named columns": Sheet(
        lines("Betreff,Los,Stopp", "Opening,10:00,11:00", "Closing,16:30,17:00"),
        ("2022-07-23 10:00–11:00: Opening", "2022-07-23 16:30–17:00: Closing"),
        hints=Hints(columns="title=Betreff,start=B,end=Stopp,day=2022-07-23"),
    ),
    "a workbook with merged days and a header of two rows": Sheet(
        xlsx(
            {
                "Cover": [["Hello"]],
                "Plan": [
                    [None, "Time", None, "Session"],
                    ["Day", "From", "To", "Title", "Room"],
                    [
                        Styled(44765, DATE),
                        Styled(10 / 24, TIME),
                        Styled(11 / 24, TIME),
                        Formula('A1&"x"', "Opening"),
                        "Hall",
                    ],
                    [None, Styled(11 / 24, TIME), 0.5, "Talk", "Hall"],
                    [44766, Styled(44766 + 16.5 / 24, DATE_TIME), "17:00", "Closing", "Hall"],
                ],
            },
            {"Plan": ["A3:A4", "B1:C1"]},
        ),
        ("2022-07-23 10:00–11:00 @Hall: Opening", "2022-07-23 11:00–12:00 @Hall: Talk", CLOSING),
    ),
    "a workbook with rooms above the columns, by the name of its sheet": Sheet(
        xlsx(
            {
                "Info": [["Title", "Day", "Start"], ["x", "2000-01-01", "10:00"]],
                "Sa": [
                    ["", "Hall", "", "Yard", ""],
                    ["Time", "Title", "Speaker", "Title", "Speaker"],
                    ["10:00–11:00", "Opening", "Ada", "Games", ""],
                    ["11:00–12:00", "Talk", "Bob", "", ""],
                ],
            },
            {"Sa": ["B1:C1", "D1:E1"]},
        ),
        (
            "2022-07-23 10:00–11:00 @Hall: Opening (Ada)",
            "2022-07-23 10:00–11:00 @Yard: Games",
            "2022-07-23 11:00–12:00 @Hall: Talk (Bob)",
        ),
        hints=Hints(sheet="sa", columns="day=2022-07-23"),
    ),
    "OpenDocument with merged days and durations": Sheet(
        ods(
            ods_table(
                "Plan",
                ods_row(ods_cell("Tag"), ods_cell("Beginn"), ods_cell("Dauer"), ods_cell("Titel")),
                ods_row(
                    ods_cell("23.07.22", f"{day_of('2022-07-23')} table:number-rows-spanned='2'"),
                    ods_cell("10", time_of("PT10H00M00S")),
                    ods_cell("60", number_of(60)),
                    ods_cell("Opening"),
                ),
                ods_row(
                    "<table:covered-table-cell/>",
                    ods_cell("11", time_of("PT11H00M00S")),
                    ods_cell("1:30", time_of("PT01H30M00S")),
                    ods_cell("Talk"),
                ),
                ods_row(ods_cell("", "table:number-columns-repeated='16384'"), repeated=1048573),
            )
        ),
        ("2022-07-23 10:00–11:00: Opening", "2022-07-23 11:00–12:30: Talk"),
    ),
}
"""Spreadsheets that are read right, by what they show."""

EXAMPLE = 'or write the table as in this example: "title,day,start,end" and "Opening,2022-07-23,10:00,11:00"'
WRONG: dict[str, tuple[bytes, str]] = {
    "no titles": (
        lines("Day,Start,End,Room", "2022-07-23,10:00,11:00,Hall", "2022-07-23,11:00,12:00,Hall"),
        f"no column has the titles; name it with --columns title=NAME, {EXAMPLE}",
    ),
    "no days": (
        lines("Title,Start,End", "Opening,10:00,11:00", "Closing,11:00,12:00"),
        "no column has the days; give the day with --columns day=2022-07-23, " + EXAMPLE,
    ),
    "an export of submissions": (
        lines("Title,Abstract,Speakers", "Opening,We open,Ada", "Closing,We close,Bob"),
        "it has neither days nor times, like an export of submissions; export the schedule, " + EXAMPLE,
    ),
    "days without a year": (
        lines("Title,Day,Start", "Opening,23 July,10:00", "Closing,24 July,10:00"),
        "its dates have no year; give the first day with --columns day=2022-07-23",
    ),
    "days without dates": (
        lines("Title,Day,Start", "Opening,Day 1,10:00", "Closing,Day 2,10:00"),
        "its days have no dates; give the first one with --columns day=2022-07-23",
    ),
    "a workbook with a sheet of nothing": (
        xlsx({"Empty": []}),
        f"no column has the titles; name it with --columns title=NAME, {EXAMPLE}",
    ),
}
"""Six wrong ones, with what is said about each."""


def slots(session: Session, categories: dict[str, str]) -> list[str]:
    """Return the slots of a session, each on a line."""
    found = []
    for slot in session.slots:
        times = f" {slot.start:%H:%M}–{slot.end:%H:%M}" if slot.start and slot.end else ""
        room = f" @{slot.room}" if slot.room else ""
        speakers = f" ({', '.join(session.speakers)})" if session.speakers else ""
        category = f" [{categories[session.category]}]" if session.category else ""
        found.append(f"{slot.day}{times}{room}: {session.title.own('en')}{speakers}{category}")
    return found


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_spreadsheet_is_read_right(sheet: Sheet) -> None:
    parsed = parse(sheet.data, "plan", sheet.hints._replace(time_zone=ZONE))
    schedule = parsed.schedule
    language = schedule.conference.language
    categories = {category.id: category.name.own(language) for category in schedule.categories}
    read = sorted(line for session in schedule.sessions for line in slots(session, categories))
    assert tuple(read) == tuple(sorted(sheet.slots))
    assert tuple(parsed.findings.sentences()) == sheet.warnings
    assert not sheet.title or schedule.conference.title.own(language) == sheet.title


def test_none_of_them_was_lost() -> None:
    assert len(SHEETS) == 22
    assert len(WRONG) == 6


@pytest.mark.parametrize("name", [name for name in SHEETS if not SHEETS[name].hints.columns])
def test_a_spreadsheet_is_recognised(name: str) -> None:
    expected = "workbook" if SHEETS[name].data.startswith(b"PK") else "csv"
    assert recognise(SHEETS[name].data, "plan") == expected


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_one_says_what_is_wrong(name: str) -> None:
    data, sentence = WRONG[name]
    with pytest.raises(SummitError) as caught:
        parse(data, "plan")
    assert str(caught.value) == f"plan is not a valid schedule: {sentence}"
