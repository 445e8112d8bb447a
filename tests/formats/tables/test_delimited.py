"""CSV and TSV."""

from datetime import date, datetime, timedelta

import pytest

from summitcli.errors import InvalidSchedule, UnknownFormat
from summitcli.exports import SCHEDULE, format_named
from summitcli.formats import parse, recognise
from summitcli.formats.draft import Draft, Event
from summitcli.formats.parsed import Parsed
from summitcli.formats.tables import delimited
from summitcli.sources.source import Hints
from tests.conftest import BUNDLED, ROOT
from tests.published import FILES, content, each

NO_NAME = "the schedule has no conference name; set one with `summit use SCHEDULE --name NAME`"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def read(text: str, columns: str | None = None) -> Draft:
    return delimited.read(text.encode(), "plan.csv", Hints(columns=columns))


def test_a_whole_table_is_read_field_by_field() -> None:
    draft = read(
        "DemoConf\n\n"
        "ID,Title,Subtitle,Day,Start,End,Room,Speakers,Track,Type,Abstract,Description,Language,Link,Level,Tags,"
        "Time zone,Email\n"
        'a7,Opening,Hello,2022-07-23,10:00,11:00,Hall,"Ada, Bob",Main,talk,Short,"Long\ntext",en,'
        'https://a.example/,beginner,"x, y",Asia/Shanghai,ada@a.example\n'
        ",Party,,,23:30,1:00,,,,,,,,,,,,\n"
    )
    assert draft == Draft(
        events=(
            Event(
                where="B4",
                line=4,
                identity="a7",
                names=("a7",),
                title="Opening",
                subtitle="Hello",
                abstract="Short",
                description="Long\ntext",
                start=local("2022-07-23T10:00"),
                end=local("2022-07-23T11:00"),
                room="Hall",
                track="Main",
                type="talk",
                language="en",
                speakers=("Ada", "Bob"),
                url="https://a.example/",
                level="beginner",
                tags=("x", "y"),
            ),
            Event(
                where="B5",
                line=6,
                identity="('Party', ())",
                title="Party",
                start=local("2022-07-23T23:30"),
                end=local("2022-07-24T01:00"),
            ),
        ),
        findings=draft.findings,
        title="DemoConf",
        time_zone="Asia/Shanghai",
        rooms=("Hall",),
    )
    assert draft.findings.sentences() == []
    (speakers, (note, line)) = draft.findings.notes
    assert speakers[0].startswith('"Ada, Bob" was read as two speakers; ')
    assert line == 3
    assert note.endswith('tags="Tags", zone="Time zone"; not read: "Email"')


def test_what_can_not_be_read_is_a_finding_with_its_cell_and_line() -> None:
    draft = read(
        "Title,Day,Start,Duration\nA,2022-07-23,10:00,45\nB,someday,10:00,\nC,,noonish,long\n,,lunch,\n"
    )
    assert [(f.where, f.line, f.value) for f in draft.findings] == [
        ("B3", 3, "someday"), ("C4", 4, "noonish"), ("D4", 4, "long"), ("C5", 5, "lunch"),
    ]  # fmt: skip
    assert draft.events[0].length == timedelta(minutes=45)
    assert [event.days for event in draft.events[1:]] == [(), (date(2022, 7, 23),)]
    assert draft.findings.sentences() == [
        "3 times that can't be read", "1 row without a title and a time was left out",
    ]  # fmt: skip


def test_a_quotation_mark_that_is_never_closed_is_a_finding() -> None:
    draft = read('Title,Day\nA,2022-07-23\n"B,2022-07-23\nC,2022-07-23\n')
    assert draft.findings.sentences() == [
        "the quotation mark in line 3 is never closed, so the rest of the file is one cell"
    ]
    assert len(read('Title,Day\nDisk 5",2022-07-23\n').findings) == 0


def test_other_text_is_not_taken_for_a_table() -> None:
    names = [name for name in FILES if not name.endswith((".csv", ".xlsx"))]
    assert [name for name in names if delimited.detect(content(name))] == []


@pytest.mark.parametrize("folder", ["src", "scripts", "docs", "data", "bench"])
def test_code_and_prose_are_not_taken_for_tables(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert [path.name for path in files if delimited.detect(path.read_bytes())] == []


def test_the_texts_of_the_project_are_not_taken_for_tables() -> None:
    files = [path for path in ROOT.iterdir() if path.is_file()]
    assert [path.name for path in files if delimited.detect(path.read_bytes())] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title",
        "title,day",
        "title,day\n",
        "Dear all,\nthe title, the day and the room are known.\nBye, Ada\n",
        "def f(title, day, start):\n    title, day = x\n    return day, start\n",
        "title, start, end,\nroom, url\n)\n",
        "2022-07-23 10:00:00,123 INFO start, end\n" * 5,
        "name;date;amount\nA;2022-07-23;5\n" * 3 + "x",
        "<p>title,day</p>\n",
        '{"title": 1, "day": 2}\n',
        "[title, day]\n",
        "BEGIN:VCARD\ntitle,day\n",
        "\0title,day\nx,2022-07-23\n",
    ],
)
def test_what_is_no_schedule_is_not_recognised(text: str) -> None:
    assert not delimited.detect(text.encode())


def test_columns_that_the_user_names_make_any_text_a_table() -> None:
    data = b"Foo,Bar\nOpening,2022-07-23\n"
    with pytest.raises(UnknownFormat):
        parse(data, "plan")
    parsed = parse(data, "plan", Hints(columns="title=Foo,day=Bar"))
    assert [session.id for session in parsed.schedule.sessions] == ["opening"]
    with pytest.raises(UnknownFormat):
        parse(b"\0\1,\2", "plan", Hints(columns="title=Foo"))


def test_a_table_with_a_very_long_cell_is_recognised() -> None:
    data = f'Title,Day,Description\nOpening,2022-07-23,"{"x " * 100_000}"\n'.encode()
    assert delimited.detect(data)
    (event,) = delimited.read(data, "plan.csv").events
    assert len(event.description) == 199_999


def test_too_many_cells_are_refused_at_once() -> None:
    with pytest.raises(InvalidSchedule, match=r"more than [0-9,]+ cells, too many for a file of this size"):
        read("title,day\n" + "," * 1_000_000)


def comparable(parsed: Parsed, full: bool = True) -> dict[str, object]:
    """Return what a table has of each session."""
    own = parsed.outline.conference.language
    names = {category.id: category.id for category in parsed.outline.categories}
    return {
        session.id: (
            session.title.own(own),
            [(slot.day, slot.start, (slot.end, slot.room) if full else None) for slot in session.slots],
            names.get(session.category or ""),
            (session.speakers, session.language, session.url) if full else None,
        )
        for session in parsed.sessions
    }


LASTS_DAYS = {"odd.json": ["4"], "bare.xml": ["3"]}
"""Sessions that end on a later day, which a time of day does not say."""


@pytest.mark.parametrize(
    "name", ["bundled", *each(name for name in FILES if not name.endswith((".csv", ".xlsx")))]
)
def test_the_csv_of_a_schedule_is_read_back_to_the_same_sessions(name: str) -> None:
    parsed = parse(BUNDLED.read_bytes() if name == "bundled" else content(name), name)
    writer = format_named("csv", SCHEDULE)
    assert writer is not None
    text = "".join(writer.writer(parsed))
    again = parse(text.encode(), "plan", Hints(time_zone=parsed.outline.conference.time_zone))
    expected, found = comparable(parsed), comparable(again)
    different = [id_ for id_ in expected if expected[id_] != found.get(id_)]
    assert different == LASTS_DAYS.get(name, [])
    if name != "researchr/splash2021.xml":
        # Two of its descriptions were escaped three times, and each reading decodes them once.
        assert again.findings.sentences() in ([NO_NAME], [])


@pytest.mark.parametrize(
    "text", ["=1+1", "-dash", "'=x", "'quoted'", "+49", "@home", " =x", '"-x"', "a\n- b\n- c;=d"]
)
def test_apostrophes_against_formulas_are_taken_off_again(text: str) -> None:
    from summitcli.exports.rows.delimited import _safe_cell

    cell = _safe_cell(text).replace('"', '""')
    day = f'day,start,id,title,description\r\n2022-07-23,,a,A,"{cell}"\r\n'
    (event,) = read(day).events
    assert event.description == text.strip()


def test_tables_of_this_program_have_nights() -> None:
    rows = "2022-07-23\t23:00\ta\ttalk\tA\n2022-07-23\t01:00\tb\t\tB\n2022-07-24\t01:00\tc\t\tC\n"
    assert recognise(rows.encode(), "plan") == "csv"
    assert [(event.start, event.day) for event in read(rows).events] == [
        (local("2022-07-23T23:00"), None),
        (local("2022-07-24T01:00"), date(2022, 7, 23)),
        (local("2022-07-24T01:00"), None),
    ]
