"""Decoding XML documents before they are parsed, and repairing small faults in them.

White space before the XML declaration is accepted, and characters that XML forbids are left out. A document
type is replaced by blanks if it only declares elements and attributes. Any other document type is left for
the parser, which refuses it.
"""

import codecs
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice

from summitcli.errors import InvalidSchedule
from summitcli.formats.findings import MAX_KEPT, Findings, Kind
from summitcli.formats.places import lines_of, place_of
from summitcli.i18n import _
from summitcli.sources.charsets import SUPERSETS

FORBIDDEN_CHARACTER = Kind("{n} invalid XML character left out", "{n} invalid XML characters left out")

HEAD = 65536
"""The number of bytes that are searched for a document's first element."""

_PIECE = 65536
"""The number of bytes or characters that are given to a parser at a time."""

_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    # Before those of UTF-16, as one begins with the other.
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_DECLARATION = re.compile(r"\s*<\?xml\s.*?\?>", re.DOTALL)

_NAME = r"[A-Za-z_][A-Za-z0-9_.:-]*+"
_ASCII = r"[\t\r\n -~]"
_COMMENT = rf"<!--(?:(?!--){_ASCII})*+-->"
_TYPE = rf"(?:CDATA|ID|IDREFS?|NMTOKENS?|\(\s*+{_NAME}\s*+(?:\|\s*+{_NAME}\s*+)*+\))"
_DECLARATIONS = rf"""
    <!ELEMENT\s++{_NAME}\s++[A-Za-z0-9_.:#|,()?*+\s-]++>
    | <!ATTLIST\s++{_NAME}(?:\s++{_NAME}\s++{_TYPE}\s++\#(?:IMPLIED|REQUIRED))*+\s*+>
    | {_COMMENT}
    | \s++
"""
_HARMLESS_DOCTYPE = re.compile(
    rf"(?:{_COMMENT}|\s++)*+<!DOCTYPE\s++{_NAME}\s*+\[(?:{_DECLARATIONS})*+\]\s*+>", re.VERBOSE | re.ASCII
)
"""The pattern of a document type that has no effect on what the document means.

It declares only elements, and attributes without default values, which matters only to validators (XML 1.0
sections 2.8, 3.2 and 3.3). It has no external part, entities, notations, references, processing instructions
or characters beyond ASCII.
"""

_ENCODINGS = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|tis-620|gb18030|big5(hkscs)?|euc_jp|iso2022_jp"
)
"""The pattern of the allowed encodings, by Python's names. ASCII text is the same in all of them.

Python's other encodings are not meant for documents, and some of them are very slow.
"""

_FIRST_ELEMENT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL
)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The pattern of the characters that XML forbids (XML 1.0 section 2.2: those that are not Char)."""
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&#(?:x([0-9A-Fa-f]+)|([0-9]+));", re.DOTALL
)
"""The pattern of a reference to a character (``&#65;``), of a comment, or of a CDATA section.

Comments and CDATA sections are matched too, so that what looks like a reference in them is not taken for one.
"""

_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
"""The characters that XML forbids but UTF-8 can encode; control characters are listed separately."""
_NUMBER = re.compile(rb"&#(?:x[0-9A-Fa-f]+|[0-9]+);")
"""The pattern of what looks like a reference to a character (``&#65;``), even in a comment."""

_SHOWN = 12
"""The largest number of characters of an invalid reference that are shown."""


def first_element(data: bytes) -> str:
    """Return the name of the root element, without a prefix; empty if ``data`` does not begin like XML."""
    head = data[:HEAD]
    try:
        text = head.decode(_encoding(head), "replace")
    except LookupError:
        text = head.decode("ascii", "replace")
    text = text.removeprefix("\ufeff")
    found = _FIRST_ELEMENT.match(text, len(_declaration(text)[0]))
    return found[1] if found else ""


def pieces(data: bytes, name: str, findings: Findings) -> Iterator[bytes | str]:
    """Yield a document in pieces for a parser. An empty document is one empty piece.

    If the document is valid UTF-8, the pieces are bytes, because decoded text would take several times the
    memory. Otherwise they are text.

    Args:
        data: the whole file.
        name: the source's name, for messages.
        findings: collects the characters that were left out.

    Raises:
        InvalidSchedule: the encoding is unknown, or the bytes can't be decoded with it.
    """
    if _is_clean(data):
        begin = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        declared, blanks = _declaration(data[begin : begin + HEAD].decode(errors="ignore"))
        yield blanks.encode()
        for start in range(begin + len(declared.encode()), len(data), _PIECE):
            yield data[start : start + _PIECE]
    else:
        text = _without_forbidden(_decoded(data, name), findings)
        declared, blanks = _declaration(text)
        yield blanks
        for start in range(len(declared), len(text), _PIECE):
            yield text[start : start + _PIECE]


def _declaration(text: str) -> tuple[str, str]:
    """Return the beginning of an XML text that a parser does not need, and blanks to replace it with.

    The beginning is the XML declaration (which is not valid after white space), and the document type after
    it, if this only declares elements and attributes. There is a blank for each character except line
    breaks, so that lines and columns stay the same.
    """
    found = _DECLARATION.match(text)
    end = found.end() if found else 0
    if doctype := _HARMLESS_DOCTYPE.match(text, end, HEAD):
        end = doctype.end()
    return text[:end], re.sub(r"[^\r\n]", " ", text[:end])


def _is_clean(data: bytes) -> bool:
    """Return whether ``data`` is UTF-8, without any character that XML forbids."""
    try:
        if _encoding(data) != "utf-8":
            return False
        decoder = codecs.getincrementaldecoder("utf-8")()
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            if len(piece.translate(None, _CONTROLS)) < len(piece):
                return False
            decoder.decode(piece)
    except (LookupError, UnicodeDecodeError):
        return False
    ends_within, _state = decoder.getstate()
    if ends_within or any(character in data for character in _NONCHARACTERS):
        return False
    references = {found[0].decode() for found in _NUMBER.finditer(data)}
    return not any(map(_is_forbidden, map(_REFERENCE.match, references)))


def _decoded(data: bytes, name: str) -> str:
    """Return a document as text, without its byte order mark.

    If the last character is cut off, it is left out. The parser then reports that the document ends too
    early, which is the better message.

    Raises:
        InvalidSchedule: the encoding is unknown, or the bytes can't be decoded with it.
    """
    try:
        encoding = _encoding(data)
    except LookupError as error:
        fault = _('unknown encoding "{encoding}"; save the file as UTF-8').format(encoding=error)
        raise InvalidSchedule(name, [("", fault)]) from None
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace").removeprefix("\ufeff")
        place = place_of(before, len(before))
        fault = _("invalid {encoding} text at line {line}, column {column}")
        fault = fault.format(encoding=encoding.upper(), line=place.line, column=place.column)
        raise InvalidSchedule(name, [("", fault)], place) from None


def _encoding(data: bytes) -> str:
    """Return a document's encoding. Its first bytes tell it, or else its declaration (XML 1.0, appendix F).

    Raises:
        LookupError: the declared encoding is unknown or not allowed. ``str()`` of the error is the
            name of the encoding.
    """
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return encoding
    if data[:2] in (b"<\0", b"\0<"):
        return "utf-16-le" if data[:1] == b"<" else "utf-16-be"
    declared = _DECLARED.match(data)
    if declared is None:
        return "utf-8"
    name = declared[1].decode()
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        raise LookupError(name) from None
    encoding = SUPERSETS.get(encoding, encoding)
    if encoding.startswith(("utf-16", "utf-32")):
        # The declaration could not be read if that were true.
        return "utf-8"
    if not _ENCODINGS.fullmatch(encoding):
        raise LookupError(name)
    return encoding


def _without_forbidden(text: str, findings: Findings) -> str:
    """Return ``text`` without characters that XML forbids, or references to them such as ``&#0;``."""
    without, number = _FORBIDDEN.subn("", text)
    if number:
        _add_findings(text, list(islice(_FORBIDDEN.finditer(text), MAX_KEPT)), number, findings)
        text = without
    if "&#" in text and (found := [match for match in _REFERENCE.finditer(text) if _is_forbidden(match)]):
        _add_findings(text, found[:MAX_KEPT], len(found), findings)
        text = _REFERENCE.sub(lambda match: "" if _is_forbidden(match) else match[0], text)
    return text


def _add_findings(text: str, found: Sequence[re.Match[str]], number: int, findings: Findings) -> None:
    """Add findings about characters that XML forbids.

    Args:
        text: the document.
        found: matches of the first few of these characters. Each gets a finding with its line.
        number: the number of all these characters in the document. Those that are not in ``found`` get one
            finding together, without a line.
        findings: collects the findings.
    """
    for match, line in zip(found, lines_of(text, map(re.Match.start, found)), strict=True):
        shown = match[0][:_SHOWN] if match[0].startswith("&") else f"U+{ord(match[0]):04X}"
        findings.add(FORBIDDEN_CHARACTER, line=line, value=shown)
    if number > len(found):
        findings.add(FORBIDDEN_CHARACTER, n=number - len(found))


def _is_forbidden(reference: re.Match[str] | None) -> bool:
    """Return whether a match of :data:`_REFERENCE` is a reference to a character that XML forbids."""
    hexadecimal, decimal = reference.groups() if reference else ("", "")
    if not (hexadecimal or decimal):
        return False
    digits = (hexadecimal or decimal).lstrip("0") or "0"
    if len(digits) > len(str(sys.maxunicode)):
        return True
    code = int(digits, 16 if hexadecimal else 10)
    return code > sys.maxunicode or _FORBIDDEN.match(chr(code)) is not None
