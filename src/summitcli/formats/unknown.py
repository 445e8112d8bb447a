"""What bytes that are no schedule seem to be, for the message that says so."""

import re
from codecs import BOM_UTF8

from summitcli.formats.xml_text import first_element
from summitcli.i18n import _
from summitcli.sources.pages import is_page, links
from summitcli.text import strict_json
from summitcli.text.shell import quote

_HEAD = 4096
"""How many bytes tell what a file looks like."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BEGINNINGS = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP",
    b"\x89PNG\r\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"SQLite format 3\0": "SQLite",
}
"""How files of well-known kinds begin."""
_OBJECT = re.compile(rb"BEGIN:([A-Z][A-Z-]{1,20})\s", re.IGNORECASE)
"""The beginning of what is written as calendars are (RFC 5545, 3.4), such as a card of addresses."""
_MOST_KEYS = 5
_LONGEST_KEY = 30


def looks_like(data: bytes) -> str:
    """What ``data`` is, or why it could not even be told, as a sentence."""
    head = data[:_HEAD]
    text = head.removeprefix(BOM_UTF8).lstrip()
    if not text:
        return _("it is blank") if head else _("it is empty")
    if text[:1] in b"{[":
        return _json(data)
    for beginning, kind in _BEGINNINGS.items():
        if head.startswith(beginning):
            return _("it is a {kind} file").format(kind=kind)
    if found := _OBJECT.match(text):
        sentence = _("it begins with BEGIN:{name}, and a calendar with BEGIN:VCALENDAR")
        return sentence.format(name=found[1].decode())
    name = first_element(data)
    if is_page(data) or name.lower() == "html":
        return _page(data)
    if name:
        return _("it is XML of another kind, <{name}>").format(name=name)
    if head.startswith(_UTF_16):
        return _("it is text in UTF-16; save it as UTF-8")
    return _("it looks like binary data") if b"\0" in head else _("it looks like plain text")


def _json(data: bytes) -> str:
    try:
        document = strict_json.loads(data.removeprefix(BOM_UTF8))
    except strict_json.NotJson as error:
        return str(error)
    if not isinstance(document, dict):
        return _("it is JSON of another kind, a list")
    if not document:
        return _("it is JSON that says nothing")
    if {"conference", "sessions"} <= set(document):
        return _('it is JSON without "format": "summit-schedule/1"')
    keys = [f'"{key[:_LONGEST_KEY]}"' for key in list(document)[:_MOST_KEYS]]
    more = ["…"] if len(document) > _MOST_KEYS else []
    return _("it is JSON of another kind, with {keys}").format(keys=_(", ").join(keys + more))


def _page(data: bytes) -> str:
    """A page that was saved; where it came from is not known, so only whole addresses help."""
    found = links(data, "")
    if not found:
        return _("it looks like a page of HTML")
    # The page is a stranger's, and the command is there to be pasted into a shell.
    sentence = _("it looks like a page of HTML; `summit use {url}` takes what it links to")
    return sentence.format(url=quote(found[0]))
