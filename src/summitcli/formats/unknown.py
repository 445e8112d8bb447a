"""Sentences that say what a file seems to be if it is not a schedule, for the error message."""

import re
from codecs import BOM_UTF8
from collections.abc import Sequence

from summitcli.formats.without_times import describe
from summitcli.formats.xml_text import first_element
from summitcli.i18n import _
from summitcli.sources.pages import is_page, links
from summitcli.text import strict_json
from summitcli.text.shell import quote

_HEAD = 4096
"""The number of bytes at the beginning of a file that are examined to recognise its type."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BEGINNINGS = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP",
    b"\x89PNG\r\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"SQLite format 3\0": "SQLite",
}
"""The names of well-known types of files, by the bytes with which such files begin."""
_OBJECT = re.compile(rb"BEGIN:([A-Z][A-Z-]{1,20})\s", re.IGNORECASE)
"""The pattern of the first line of a file in iCalendar's syntax (RFC 5545), such as ``BEGIN:VCARD``."""
_SITE = re.compile(
    rb"""<meta\s+property=["']og:site_name["']\s+content=["'](GitHub|GitLab)["']""", re.IGNORECASE
)
_SITE_HEAD = 64 * 1024
"""The number of bytes of a page that are searched for the name of its site."""
_YAML_KEY = re.compile(rb"^(conference|sessions):[ \t]*\r?$", re.MULTILINE)
"""The pattern of a line that begins with a key of our own format as YAML."""
_DELIMITERS = (b",", b";", b"\t")
_TABLE_ROWS = 10
"""The number of lines that are examined to recognise a table."""
_MAX_KEYS = 5
_MAX_KEY_LENGTH = 30


def looks_like(data: bytes) -> str:
    """Return a sentence that says what ``data`` seems to be, or why it can't be read."""
    head = data[:_HEAD]
    text = head.removeprefix(BOM_UTF8).lstrip()
    if not text:
        return _("it contains only white space") if head else _("it is empty")
    if text[:1] in b"{[":
        return _json(data)
    for beginning, kind in _BEGINNINGS.items():
        if head.startswith(beginning):
            return _("it is a {kind} file").format(kind=kind)
    if found := _OBJECT.match(text):
        sentence = _("it begins with BEGIN:{name} instead of BEGIN:VCALENDAR")
        return sentence.format(name=found[1].decode())
    name = first_element(data)
    if is_page(data) or name.lower() == "html":
        return _page(data)
    if name:
        return _("unknown kind of XML, beginning with <{name}>").format(name=name)
    if head.startswith(_UTF_16):
        return _("it is text in UTF-16; save it as UTF-8")
    if {b"conference", b"sessions"} <= set(_YAML_KEY.findall(data)):
        return _('it is YAML without "format: summit-schedule/1"')
    if b"\0" in head:
        return _("it looks like binary data")
    if _is_table(text):
        from summitcli.formats.tables.messages import no_columns

        return no_columns()
    return _("it looks like plain text")


def _is_table(text: bytes) -> bool:
    """Return whether a text has two or more lines, with the same number of cells in each."""
    lines = [line for line in text.splitlines()[:_TABLE_ROWS] if line.strip()]
    return len(lines) > 1 and any(_divides(delimiter, lines) for delimiter in _DELIMITERS)


def _divides(delimiter: bytes, lines: Sequence[bytes]) -> bool:
    """Return whether a delimiter divides each of the lines into the same number of cells, at least two."""
    names = lines[0].split(delimiter)
    is_header = len(names) > 1 and all(map(bytes.strip, names))
    return is_header and {line.count(delimiter) for line in lines} == {len(names) - 1}


def _json(data: bytes) -> str:
    try:
        document = strict_json.loads(data.removeprefix(BOM_UTF8))
    except strict_json.NotJson as error:
        return str(error)
    if sentence := describe(document):
        return sentence
    if not isinstance(document, dict):
        return _("unknown kind of JSON, a list")
    if not document:
        return _("the JSON is empty")
    if {"conference", "sessions"} <= set(document):
        return _('it is JSON without "format": "summit-schedule/1"')
    keys = [f'"{key[:_MAX_KEY_LENGTH]}"' for key in list(document)[:_MAX_KEYS]]
    more = ["…"] if len(document) > _MAX_KEYS else []
    return _("unknown kind of JSON, with the keys {keys}").format(keys=_(", ").join(keys + more))


def page_of_file(data: bytes) -> str:
    """Return advice if ``data`` is a page of GitHub or GitLab about a file; empty if it is anything else."""
    site = _SITE.search(data, 0, _SITE_HEAD)
    sentence = _("it is a page of {site}, not the file itself; use the URL of its Raw button")
    return sentence.format(site=site[1].decode()) if site else ""


def _page(data: bytes) -> str:
    """Return a sentence about an HTML page. If it links to a schedule, the sentence suggests that link.

    Relative links can't be suggested, since the URL of the page is unknown.
    """
    if sentence := page_of_file(data):
        return sentence
    found = links(data, "")
    if not found:
        return _("it looks like an HTML page")
    # The link is untrusted, and the command may be pasted into a shell.
    sentence = _("it looks like an HTML page; try `summit use {url}`, which it links to")
    return sentence.format(url=quote(found[0]))
