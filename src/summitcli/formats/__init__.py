"""Parsers of schedule formats, one module per format; the first that recognises the bytes reads them.

A format is a module with ``detect(data) -> bool``, which looks at the bytes and never at a file's name, and
``read(data, name, hints)``, which is pure. Our own format is read strictly, into a schedule. All others are
read leniently, into a draft: every event is kept, missing values are left empty, and anything irregular is
reported as a finding.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Protocol, cast

from summitcli.errors import InvalidSchedule, UnknownFormat
from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.draft import Draft
from summitcli.formats.names import IDS_LOST, with_conference_id, with_session_ids
from summitcli.formats.parsed import Parsed
from summitcli.formats.unknown import looks_like
from summitcli.i18n import _
from summitcli.sources.source import NO_HINTS, Hints


class Format(Protocol):
    """The interface of a format's module."""

    def detect(self, data: bytes) -> bool:
        """Return whether ``data`` looks like this format.

        The check is quick, and may be wrong about broken files.
        """
        ...

    def read(self, data: bytes, name: str, hints: Hints, /) -> Draft | Parsed:
        """Return the schedule in ``data``: a valid schedule if the format is our own, otherwise a draft.

        A draft is the content of the source, unprocessed. ``name`` is the source's name, for messages.
        ``hints`` is what else is known about the schedule, such as its URL.
        """
        ...


class _Formats(Mapping[str, Format]):
    """A mapping of formats by name. A module is imported when it is first needed, as most are not.

    Args:
        modules: the name of each format's module, within this package.
    """

    def __init__(self, modules: Mapping[str, str]) -> None:
        self._modules = modules

    def __getitem__(self, name: str) -> Format:
        return cast("Format", import_module(f"{__name__}.{self._modules[name]}"))

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


FORMATS: Mapping[str, Format] = _Formats(
    {
        "summit": "native",
        "frab-json": "frab.schedule_json",
        "flat-json": "frab.flat_json",
        "pretalx-widget": "frab.pretalx_widget",
        "opass": "platforms.opass",
        "sessionize": "platforms.sessionize",
        "indico": "platforms.indico",
        "open-event": "platforms.open_event",
        "frab-xml": "frab.schedule_xml",
        "researchr": "researchr",
        "xcal": "calendars.xcal",
        "ics": "calendars.ical",
        "schema-org": "schema_org.page",
        "summit-yaml": "native_yaml",
        "workbook": "tables.workbook",
        "csv": "tables.delimited",
    }
)
"""The formats by name, in the order in which they are tried."""


def parse(data: bytes, name: str, hints: Hints = NO_HINTS) -> Parsed:
    """Return the schedule in ``data``, in any supported format, and the findings about it.

    Args:
        data: the whole file.
        name: the source as the user knows it, for messages.
        hints: what else is known about the schedule, such as its URL, or the time zone that the user gave.

    Raises:
        UnknownFormat: no format recognises the bytes.
        InvalidSchedule: the bytes break the rules of the format or of the model; some faults are only raised
            by iterating over the sessions.
    """
    module = _recognised(data, name, hints)
    try:
        read = module.read(data, name, hints)
        parsed = assemble(read, name, hints) if isinstance(read, Draft) else _in_requested_zone(read, hints)
    except RecursionError:
        # Some values are decoded a second time, from a deeper stack.
        raise InvalidSchedule(name, [("", _("it is nested too deeply"))]) from None
    return _with_library_ids(parsed, hints)


def _recognised(data: bytes, name: str, hints: Hints) -> Format:
    """Return the format of ``data``.

    If no format recognises the bytes, but the user gave the columns of a table, the format is a text table.

    Raises:
        UnknownFormat: no format recognises the bytes.
    """
    try:
        return FORMATS[recognise(data, name)]
    except UnknownFormat:
        if hints.columns is None:
            raise
        return FORMATS["csv"]


def _with_library_ids(parsed: Parsed, hints: Hints) -> Parsed:
    """Return the schedule with the IDs that its conference and its sessions have in the library.

    The library is the saved schedules on this computer. ``hints`` has the IDs; without them, the IDs that
    were made from the source stay.
    """
    kept_ids = {} if hints.kept_ids is None else hints.kept_ids()
    if kept_ids is None:
        parsed.findings.add(IDS_LOST)
    return with_session_ids(with_conference_id(parsed, hints.id), kept_ids or {})


def _in_requested_zone(parsed: Parsed, hints: Hints) -> Parsed:
    """Return a schedule in our own format, with its times converted to the zone that the user asks for.

    If the user asks for none, the schedule is returned unchanged. The readers of other formats have already
    used the user's zone.
    """
    if hints.time_zone is None:
        return parsed
    from summitcli.formats.assembly.survey import Survey
    from summitcli.formats.assembly.zones import determine_zone
    from summitcli.formats.rezoned import in_zone

    zone = determine_zone(Draft((), parsed.findings), Survey(()), hints, parsed.findings)
    return in_zone(parsed, zone)


def recognise(data: bytes, name: str) -> str:
    """Return the name of the format of ``data``, a key of :data:`FORMATS`.

    Raises:
        UnknownFormat: no format recognises the bytes.
    """
    for format_name, module in FORMATS.items():
        if module.detect(data):
            return format_name
    raise UnknownFormat(name, looks_like(data))
