"""Strict validation of schedules by the definition of their format.

Schedules are read leniently. These rules are for publishers who ask for them. There is a table of rules for
``schedule.json`` and one for ``schedule.xml``; for other formats there is none.
"""

from codecs import BOM_UTF8
from collections.abc import Iterator

from summitcli.formats.places import Place
from summitcli.i18n import _
from summitcli.progress import Work
from summitcli.text import strict_json
from summitcli.validation.strict import schedule_json, schedule_xml, xml_rules
from summitcli.validation.strict.faults import Fault

__all__ = ["Fault", "check", "syntax_error"]


def check(data: bytes) -> Iterator[Fault] | None:
    """Return the faults (broken rules) of a ``schedule.json`` or ``schedule.xml``; None if it is neither."""
    if _looks_like_json(data):
        try:
            document = strict_json.loads(data.removeprefix(BOM_UTF8))
        except strict_json.NotJson:
            return None
        is_schedule = isinstance(document, dict) and "schedule" in document
        return _reported(schedule_json.DOCUMENT(document, ())) if is_schedule else None
    if _looks_like_xml(data) and xml_rules.root_name(data) == schedule_xml.ROOT:
        return _reported(xml_rules.check(data, schedule_xml.ROOT, schedule_xml.DOCUMENT))
    return None


def _reported(faults: Iterator[Fault]) -> Iterator[Fault]:
    """Yield ``faults`` (broken rules), and show the progress of the check meanwhile."""
    with Work(_("checking")):
        yield from faults


def syntax_error(data: bytes) -> Fault | None:
    """Return the syntax error in JSON or XML; None if there is none, or if ``data`` looks like neither."""
    if _looks_like_json(data):
        try:
            strict_json.loads(data.removeprefix(BOM_UTF8))
        except strict_json.NotJson as error:
            return Fault("", str(error), place=Place(*error.place) if error.place else None)
    if _looks_like_xml(data):
        return xml_rules.syntax_error(data)
    return None


def _looks_like_json(data: bytes) -> bool:
    return _begins(data)[:1] in (b"{", b"[")


def _looks_like_xml(data: bytes) -> bool:
    begins = _begins(data)
    return begins.startswith(b"<") and not begins.lower().startswith((b"<!doctype html", b"<html"))


def _begins(data: bytes) -> bytes:
    """Return the first bytes of a file, after any byte order mark and white space."""
    return data[:4096].removeprefix(BOM_UTF8).lstrip()[:20]
