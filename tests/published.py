"""Published schedules by file name, with the facts known about each.

Small ones are in ``tests/data``. The large ones of other conferences are in a directory beside the
repository, and are tested if it exists.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.mark import ParameterSet

from summitcli import formats
from summitcli.formats.parsed import Parsed
from tests.conftest import ROOT, SHARED

DATA = ROOT / "tests" / "data"
CORPUS = SHARED / "corpus"


class Published(NamedTuple):
    """The facts known about a file: format, events, and the resulting sessions and time zone."""

    format: str
    events: int
    sessions: int
    zone: str
    odd: tuple[str, ...] = ()
    """The findings about the file."""


RELATIVE = "{} incomplete links were left out, as their site is unknown"
NO_ZONE = (
    "the schedule's time zone is unknown; showing times in UTC (choose another with --assume-timezone ZONE)"
)
NO_INSTANTS = (
    "the schedule has no time zone; reading its times as UTC (choose another with --assume-timezone ZONE)"
)
UTC_DOES_NOT_FIT = "the schedule's time zone, UTC, does not match its times; using UTC+01:00"
BERLIN_FITS = (
    "the schedule has no time zone; using Europe/Berlin, which matches its times"
    " (choose another with --assume-timezone ZONE)"
)
NO_NAME = "the schedule has no conference name; set one with `summit use SCHEDULE --name NAME`"

OURS = {
    # One conference in every format: a night, the end of daylight saving, persons, links, three languages.
    "harbour.json": Published("frab-json", 7, 7, "Europe/Berlin"),
    "harbour.xml": Published("frab-xml", 7, 7, "Europe/Berlin"),
    "harbour.flat.json": Published("flat-json", 7, 7, "Europe/Berlin"),
    "harbour.widget.json": Published("pretalx-widget", 7, 7, "Europe/Berlin", (NO_NAME,)),
    "harbour.opass.json": Published("opass", 7, 7, "Europe/Berlin", (BERLIN_FITS, NO_NAME)),
    "harbour.sessionize.json": Published("sessionize", 7, 7, "UTC", (NO_INSTANTS, NO_NAME)),
    "harbour.indico.json": Published("indico", 7, 7, "Europe/Berlin"),
    "harbour.open-event.json": Published("open-event", 7, 7, "Europe/Berlin", (BERLIN_FITS, NO_NAME)),
    "harbour.pentabarf.xcal": Published("xcal", 7, 7, "UTC", (NO_INSTANTS,)),
    "harbour.rfc6321.xcal": Published("xcal", 7, 7, "Europe/Berlin"),
    "harbour.ics": Published("ics", 7, 7, "Europe/Berlin"),
    # A document type that only declares, and a session that is held twice.
    "harbour.researchr.xml": Published("researchr", 7, 6, "Europe/Berlin"),
    # References between the objects of three blocks, and one block in a comment.
    "harbour.html": Published("schema-org", 7, 7, "Europe/Berlin", (
        ("the schedule has no time zone; using Europe/Berlin, based on its place, Hamburg"
         " (choose another with --assume-timezone ZONE)"),
        "1 text with escaped characters such as &amp;, which were decoded")),
    # A session twice under one guid, no length, links and persons that are bare strings, entities.
    "odd.json": Published("frab-json", 4, 3, "Etc/GMT-1", (
        UTC_DOES_NOT_FIT,
        "2 texts with escaped characters such as &amp;, which were decoded")),
    # Neither PRODID, DTSTAMP nor VTIMEZONE, a METHOD in an event, a line folded within a character.
    "odd.ics": Published("ics", 3, 3, "Europe/Amsterdam"),
    # Events without rooms, dates, guids or a zone, and a character that XML forbids.
    "bare.xml": Published("frab-xml", 3, 3, "UTC", (
        "1 invalid XML character left out", NO_INSTANTS,
        "1 link without a valid URL was left out")),
    # Instants in UTC beside clock times of India, on days that are one too early.
    "kolkata.xml": Published("frab-xml", 4, 4, "Asia/Kolkata", (
        "2 days whose dates differ from those of their events",)),
    # Biographies, links of several kinds, a level, tags, a feedback page; texts in two languages.
    "island.json": Published("frab-json", 2, 2, "Asia/Shanghai"),
    "invalid.json": Published("frab-json", 1, 1, "Europe/Zurich"),
    # All-day events, a recurrence with an exception, a cancelled event, a zone of Windows.
    "fair.ics": Published("ics", 6, 3, "Asia/Shanghai", ("1 cancelled event left out",)),
    "fair.json": Published("summit", 5, 3, "Asia/Shanghai"),
    # Spreadsheets: semicolons below a title, merged cells and two rows of names, durations in Chinese.
    "meetup.csv": Published("csv", 5, 5, "Europe/Berlin"),
    "meetup.xlsx": Published("workbook", 4, 4, "UTC", (NO_INSTANTS,)),
    "meetup.ods": Published("workbook", 3, 3, "Asia/Shanghai", (NO_NAME,)),
    "fair.yaml": Published("summit-yaml", 5, 3, "Asia/Shanghai"),
}  # fmt: skip

THEIRS = {
    # Three of its guids are there twice, each time with the same title and speakers.
    "frab-json/30c3-angel.json": Published("frab-json", 124, 124, "UTC", (
        NO_INSTANTS, "256 texts with escaped characters such as &amp;, which were decoded")),
    "frab-json/36c3-everything.json": Published("frab-json", 1351, 1348, "Etc/GMT-1", (
        "1 text with escaped characters such as &amp;, which were decoded",)),
    "frab-json/pretalx-democon.json": Published("frab-json", 36, 36, "Etc/GMT-1", (UTC_DOES_NOT_FIT,)),
    "frab-json/pretalx-rc3.json": Published("frab-json", 48, 48, "Etc/GMT-1"),
    "frab-json/frab-camp2019.json": Published("frab-json", 79, 79, "Europe/Berlin"),
    "frab-json/klimacamp2015.json": Published("frab-json", 106, 106, "Etc/GMT-2"),
    "frab-json/hub-schedule2.json": Published("flat-json", 2, 2, "Europe/Berlin"),
    "frab-json/invalid-example.json": Published("frab-json", 1, 1, "Europe/Zurich"),
    "xml/fosdem-2021.xml": Published("frab-xml", 773, 773, "UTC", (
        NO_INSTANTS, "12 links without valid URLs were left out", RELATIVE.format(4))),
    "xml/fosdem-2007.xml": Published("frab-xml", 215, 215, "Europe/Brussels", (
        ("the schedule has no time zone; using Europe/Brussels, based on its place, Brussels"
         " (choose another with --assume-timezone ZONE)"),
        RELATIVE.format(50))),
    "xml/31c3-workshops.xml": Published("frab-xml", 182, 182, "Etc/GMT-1", (
        "163 events listed under the wrong day",
        "1 text with escaped characters such as &amp;, which were decoded")),
    "xml/debconf23.xml": Published("frab-xml", 117, 117, "Asia/Kolkata", (
        "8 days whose dates differ from those of their events",)),
    "xml/PrivacyWeek.xml": Published("frab-xml", 109, 109, "Europe/Berlin", (
        BERLIN_FITS, RELATIVE.format(5))),
    "xml/emf2022.frab.xml": Published("frab-xml", 335, 335, "Etc/GMT-1"),
    "xml/klimacamp2015.xml": Published("frab-xml", 106, 106, "Etc/GMT-2", (
        "5 invalid XML characters left out",)),
    "ics/emf2022.ics": Published("ics", 326, 326, "Europe/London"),
    "ics/guadec2016.ics": Published("ics", 61, 61, "UTC", (
        NO_INSTANTS, "some texts were encoded in UTF-8 twice; this was undone", NO_NAME)),
    "ics/inpycon2021.ics": Published("ics", 60, 60, "UTC", (NO_ZONE, NO_NAME)),
    "ics/jres2022.ics": Published("ics", 120, 120, "Europe/Paris"),
    "ics/kielux2020.ics": Published("ics", 24, 24, "UTC", (NO_ZONE,)),
    "ics/klimacamp2015.ics": Published("ics", 106, 106, "Europe/Berlin", (NO_NAME, RELATIVE.format(106))),
    "ics/pyconau2023.ics": Published("ics", 94, 94, "Australia/Adelaide", (NO_NAME,)),
    # The 277 time slots beside its 612 repeat sessions for the other half of the world.
    "researchr/splash2021.xml": Published("researchr", 889, 625, "America/Chicago", (
        "25 texts with escaped characters such as &amp;, which were decoded",)),
    "xcal/klimacamp2015.xcal": Published("xcal", 106, 106, "UTC", (NO_INSTANTS, RELATIVE.format(106))),
    "opass/coscup2024.json": Published("opass", 331, 331, "Etc/GMT-8", (
        "1 speaker without a name", NO_NAME)),
    "sessionize/gab2022.json": Published("sessionize", 13, 13, "UTC", (NO_INSTANTS, NO_NAME)),
    "indico/xdc2021.json": Published("indico", 37, 37, "Europe/Warsaw"),
    "open-event/fossasia2018.json": Published("open-event", 371, 371, "Etc/GMT-8", (
        NO_NAME, "10 texts with escaped characters such as &amp;, which were decoded")),
}  # fmt: skip
"""Files of the corpus; a test ensures that all of them are tried if the corpus is available."""

FILES = {**OURS, **(THEIRS if CORPUS.is_dir() else {})}
"""The files available here."""

INVALID = ("invalid.json", "frab-json/invalid-example.json")
"""Files that are invalid on purpose."""


def here(*names: str) -> list[str]:
    """Return the names whose files are available."""
    return [name for name in names if name in OURS or CORPUS.is_dir()]


LARGE = (
    "xml/fosdem-2021.xml", "researchr/splash2021.xml", "frab-json/36c3-everything.json",
    "opass/coscup2024.json", "open-event/fossasia2018.json", "xml/emf2022.frab.xml",
)  # fmt: skip
"""Large files, which most tests leave to the long runs."""


def each(names: Iterable[str]) -> list[ParameterSet]:
    """Return the names as parameters of a test, which tries the large files only in long runs."""
    return [pytest.param(name, marks=[pytest.mark.soak] * (name in LARGE)) for name in names]


def path(name: str) -> Path:
    """Return the path of a file."""
    return (DATA if name in OURS else CORPUS) / name


def content(name: str) -> bytes:
    """Return the bytes of a file."""
    return path(name).read_bytes()


@cache
def read(name: str) -> Parsed:
    """Return the parsed schedule of a file, which must not be changed."""
    return formats.parse(content(name), name)
