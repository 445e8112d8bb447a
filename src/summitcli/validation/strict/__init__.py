"""The published schedule formats as their definitions have them, in every detail.

Reading a schedule is lenient; this is what whoever publishes one is held to on request. The rules are two
tables, one for ``schedule.json`` and one for ``schedule.xml``. Other formats have none here.
"""

from codecs import BOM_UTF8
from collections.abc import Iterator

from summitcli.formats.places import Place
from summitcli.text import strict_json
from summitcli.validation.strict import schedule_json, schedule_xml, xml_rules
from summitcli.validation.strict.faults import Fault

__all__ = ["Fault", "broken", "check"]


def check(data: bytes) -> Iterator[Fault] | None:
    """Every fault of a ``schedule.json`` or ``schedule.xml``; None where ``data`` is neither."""
    if _looks_like_json(data):
        try:
            document = strict_json.loads(data.removeprefix(BOM_UTF8))
        except strict_json.NotJson:
            return None
        is_schedule = isinstance(document, dict) and "schedule" in document
        return schedule_json.DOCUMENT(document, ()) if is_schedule else None
    if _looks_like_xml(data) and xml_rules.outermost(data) == schedule_xml.ROOT:
        return xml_rules.check(data, schedule_xml.ROOT, schedule_xml.DOCUMENT)
    return None


def broken(data: bytes) -> Fault | None:
    """Where ``data`` that is meant to be JSON or XML stops being it; None where it is, or is not meant to."""
    if _looks_like_json(data):
        try:
            strict_json.loads(data.removeprefix(BOM_UTF8))
        except strict_json.NotJson as error:
            return Fault("", str(error), place=Place(*error.place) if error.place else None)
    if _looks_like_xml(data):
        return xml_rules.broken(data)
    return None


def _looks_like_json(data: bytes) -> bool:
    return _begins(data)[:1] in (b"{", b"[")


def _looks_like_xml(data: bytes) -> bool:
    begins = _begins(data)
    return begins.startswith(b"<") and not begins.lower().startswith((b"<!doctype html", b"<html"))


def _begins(data: bytes) -> bytes:
    """The first bytes that say something."""
    return data[:4096].removeprefix(BOM_UTF8).lstrip()[:20]
