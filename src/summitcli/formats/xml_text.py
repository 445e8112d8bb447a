"""The text of XML: bytes to characters, leniently, as far as a parser takes them.

What only breaks the letter of XML 1.0 is mended: blanks before the declaration, and characters that XML
forbids, which are left out.
"""

import codecs
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice

from summitcli.errors import InvalidSchedule
from summitcli.formats.findings import MOST, Findings, Kind
from summitcli.formats.places import lines_of, place_of
from summitcli.i18n import _
from summitcli.sources.charsets import SUPERSETS

FORBIDDEN = Kind(
    "{n} character that XML forbids was left out", "{n} characters that XML forbids were left out"
)

HEAD = 65536
"""How many bytes are searched for a document's first element, past its comments."""

_PIECE = 65536
"""How many bytes or characters are given to a parser at once."""

_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    # Before those of UTF-16, one of which begins it.
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_DECLARATION = re.compile(r"\s*<\?xml\s.*?\?>", re.DOTALL)

_ENCODINGS = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|tis-620|gb18030|big5(hkscs)?|euc_jp|iso2022_jp"
)
"""Those that hold ASCII as it is, by Python's names. Python knows others that are not meant for documents,
and some of those take very long."""

_FIRST_ELEMENT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL
)
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The opposite of Char in XML 1.0, section 2.2."""
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&#(?:x([0-9A-Fa-f]+)|([0-9]+));", re.DOTALL
)
"""A reference to a character by its number, or something longer in which such a thing is none."""

_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
"""With the controls, all that UTF-8 can write and XML forbids."""
_NUMBER = re.compile(rb"&#(?:x[0-9A-Fa-f]+|[0-9]+);")
"""A reference to a character by its number, wherever it stands."""

_SHOWN = 12
"""How much of a reference is shown that stands for no character."""


def first_element(data: bytes) -> str:
    """The name of the outermost element, without its prefix, at a glance; empty where ``data`` is no XML."""
    head = data[:HEAD]
    try:
        text = head.decode(_encoding(head), "replace")
    except LookupError:
        text = head.decode("ascii", "replace")
    found = _FIRST_ELEMENT.match(text.removeprefix("\ufeff"))
    return found[1] if found else ""


def pieces(data: bytes, name: str, findings: Findings) -> Iterator[bytes | str]:
    """Yield what a parser is to be given of a document, piece by piece; there is at least one.

    UTF-8 text that XML allows as it is is not decoded: that takes several times the memory of the file.

    Args:
        data: the whole file.
        name: the source as the user knows it, for messages.
        findings: where it is noted that characters were left out.

    Raises:
        InvalidSchedule: it is not written in the encoding that it declares.
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
    """Return what declares the document at the beginning of its text, and blanks that take its place.

    What the declaration says is known by then. Blanks in its place keep lines and columns, and where blanks
    stand before it, it would be no declaration.
    """
    found = _DECLARATION.match(text)
    return (found[0], re.sub(r"[^\r\n]", " ", found[0])) if found else ("", "")


def _is_clean(data: bytes) -> bool:
    """Return whether ``data`` is UTF-8 text without anything that XML forbids."""
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
    if ends_within or any(character in data for character in _NO_CHARACTERS):
        return False
    references = {found[0].decode() for found in _NUMBER.finditer(data)}
    return not any(map(_is_odd, map(_REFERENCE.match, references)))


def _decoded(data: bytes, name: str) -> str:
    """The text of a document, without its byte order mark.

    A character that is cut off at the very end is left out: that the document ends too early is said better
    by the parser.
    """
    try:
        encoding = _encoding(data)
    except LookupError as error:
        fault = _('its encoding "{encoding}" is not known; write it in UTF-8').format(encoding=error)
        raise InvalidSchedule(name, [("", fault)]) from None
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace").removeprefix("\ufeff")
        place = place_of(before, len(before))
        fault = _("it is not {encoding} text at line {line}, column {column}")
        fault = fault.format(encoding=encoding.upper(), line=place.line, column=place.column)
        raise InvalidSchedule(name, [("", fault)], place) from None


def _encoding(data: bytes) -> str:
    """What a document is written in: as its first bytes show, else as it declares (XML 1.0, appendix F).

    Raises:
        LookupError: it declares an encoding that is not known; ``str()`` is its name.
    """
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return encoding
    if data[:2] in (b"<\0", b"\0<"):
        return "utf-16-le" if data[:1] == b"<" else "utf-16-be"
    declared = _DECLARED.match(data)
    if declared is None:
        return "utf-8"
    said = declared[1].decode()
    try:
        known = codecs.lookup(said).name
    except LookupError:
        raise LookupError(said) from None
    known = SUPERSETS.get(known, known)
    if known.startswith(("utf-16", "utf-32")):
        # It could not be read this far if that were so.
        return "utf-8"
    if not _ENCODINGS.fullmatch(known):
        raise LookupError(said)
    return known


def _without_forbidden(text: str, findings: Findings) -> str:
    """``text`` without the characters that XML forbids, written as they are or by number."""
    without, number = _NO_CHARACTER.subn("", text)
    if number:
        _note_forbidden(text, list(islice(_NO_CHARACTER.finditer(text), MOST)), number, findings)
        text = without
    if "&#" in text and (odd := [found for found in _REFERENCE.finditer(text) if _is_odd(found)]):
        _note_forbidden(text, odd[:MOST], len(odd), findings)
        text = _REFERENCE.sub(lambda found: "" if _is_odd(found) else found[0], text)
    return text


def _note_forbidden(text: str, found: Sequence[re.Match[str]], number: int, findings: Findings) -> None:
    """Note the first of ``number`` characters or references with their lines, and how many more there are."""
    for match, line in zip(found, lines_of(text, map(re.Match.start, found)), strict=True):
        shown = match[0][:_SHOWN] if match[0].startswith("&") else f"U+{ord(match[0]):04X}"
        findings.add(FORBIDDEN, line=line, value=shown)
    if number > len(found):
        findings.add(FORBIDDEN, n=number - len(found))


def _is_odd(reference: re.Match[str] | None) -> bool:
    """Return whether a match of :data:`_REFERENCE` is a number of no character that XML allows."""
    hexadecimal, decimal = reference.groups() if reference else ("", "")
    if not (hexadecimal or decimal):
        return False
    digits = (hexadecimal or decimal).lstrip("0") or "0"
    if len(digits) > len(str(sys.maxunicode)):
        return True
    code = int(digits, 16 if hexadecimal else 10)
    return code > sys.maxunicode or _NO_CHARACTER.match(chr(code)) is not None
