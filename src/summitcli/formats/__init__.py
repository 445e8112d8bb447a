"""What a schedule's bytes mean: one module a format, the first that recognises them reads them.

A format is a module with ``detect(data) -> bool``, which looks at the bytes and never at a file's name, and
``parse(data, name, hints) -> Parsed``, which is pure. Our own format is read strictly, all others leniently:
every event is kept, what is missing is left empty, and what is odd is a finding.
"""

from collections.abc import Mapping
from typing import Protocol

from summitcli.errors import InvalidSchedule, UnknownFormat
from summitcli.formats import native
from summitcli.formats.calendars import ical, xcal
from summitcli.formats.frab import flat_json, pretalx_widget, schedule_json, schedule_xml
from summitcli.formats.names import NAMES_LOST, with_id, with_names
from summitcli.formats.parsed import Parsed
from summitcli.formats.unknown import looks_like
from summitcli.i18n import _
from summitcli.sources.source import NO_HINTS, Hints


class Format(Protocol):
    """What a module of this package offers."""

    def detect(self, data: bytes) -> bool:
        """Whether ``data`` is of this format, as far as a glance can tell."""
        ...

    def parse(self, data: bytes, name: str, hints: Hints) -> Parsed:
        """The schedule that ``data`` holds; ``name`` is for messages."""
        ...


FORMATS: dict[str, Format] = {
    "summit": native,
    "frab-json": schedule_json,
    "flat-json": flat_json,
    "pretalx-widget": pretalx_widget,
    "frab-xml": schedule_xml,
    "xcal": xcal,
    "ics": ical,
}
"""Each format by its name, in the order in which they are tried."""


def parse(data: bytes, name: str, hints: Hints = NO_HINTS) -> Parsed:
    """The schedule that ``data`` holds, in whatever known format, with what is odd about it.

    Args:
        data: the whole file.
        name: the source as the user knows it, for messages.
        hints: what is known of the bytes beside what they say themselves.

    Raises:
        UnknownFormat: no format recognises the bytes.
        InvalidSchedule: the format's own rules or the model's are broken; this, or when the sessions are gone
            through.
    """
    known = FORMATS[recognise(data, name)]
    try:
        read = known.parse(data, name, hints)
    except RecursionError:
        # Some things are decoded a second time, with more below it on the stack.
        raise InvalidSchedule(name, [("", _("it is nested too deeply"))]) from None
    read = _as_wished(read, hints) if known is native else read
    return _in_library(read, hints, _names(hints))


def _names(hints: Hints) -> Mapping[str, str] | None:
    """Return the ids that sessions keep; None where they can't be read."""
    return {} if hints.names is None else hints.names()


def _in_library(parsed: Parsed, hints: Hints, names: Mapping[str, str] | None) -> Parsed:
    """Return a schedule with the ids that it and its sessions have in the library."""
    if names is None:
        parsed.findings.add(NAMES_LOST)
    return with_names(with_id(parsed, hints.id), names or {})


def _as_wished(read: Parsed, hints: Hints) -> Parsed:
    """Return a schedule of our own format in the time zone that its user says, if any."""
    if hints.time_zone is None:
        return read
    from summitcli.formats.assembly.survey import Survey
    from summitcli.formats.assembly.zones import determine_zone
    from summitcli.formats.draft import Draft
    from summitcli.formats.rezoned import in_zone

    zone = determine_zone(Draft((), read.findings), Survey(()), hints, read.findings)
    return in_zone(read, zone)


def recognise(data: bytes, name: str) -> str:
    """The name of the format of ``data``, a key of :data:`FORMATS`.

    Raises:
        UnknownFormat: no format recognises the bytes.
    """
    for known, candidate in FORMATS.items():
        if candidate.detect(data):
            return known
    raise UnknownFormat(name, looks_like(data))
