"""The blocks of JSON-LD in an HTML page (JSON-LD 1.1 section 7), and the title and language of the page."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from summitcli.i18n import _
from summitcli.sources.charsets import in_utf_8
from summitcli.sources.pages import is_page
from summitcli.text.strict_json import NotJson, reason

MAX_TAG_LENGTH = 2_000
"""The maximum length of a ``<script>`` tag, in bytes; a longer one is ignored."""

_HEAD = 4_096
"""The number of bytes at the beginning of a page that are searched for its encoding."""
_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+<(?:head|script|meta|title|link|body|main|div)\b", re.IGNORECASE
)
"""The pattern of a page that begins without ``<html>``, which is optional (HTML section 13.1.2.4)."""
_START = re.compile(rb"<!--|<script\b([^>]{0,%d})>" % MAX_TAG_LENGTH, re.IGNORECASE)
_END = re.compile(rb"</script\b", re.IGNORECASE)
_COMMENT_END = b"-->"
_TYPE = re.compile(r"""\btype\s*=\s*["']?\s*application/ld\+json\s*(?:["';\s]|\Z)""", re.IGNORECASE)
_OPENING = re.compile(r"\s*+(?://|/\*)?[ \t]*+(?:<!\[CDATA\[|<!--)\s*+(?:\*/)?")
_CLOSING = re.compile(r"(?://|/\*)?[ \t]{0,5}(?:\]\]>|-->)[ \t]{0,5}(?:\*/)?\Z")
"""The pattern of the closing mark of a comment or CDATA section that hides a block from other programs."""
_MAX_CLOSING_LENGTH = 20
_CHARSET = re.compile(
    rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:+-]{1,40})""", re.IGNORECASE
)
_LANGUAGE = re.compile(r"""<html\b[^>]{0,500}?\slang\s*=\s*["']?([A-Za-z-]{2,20})""", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{0,1000})</title", re.IGNORECASE)


class Block(NamedTuple):
    """A block of JSON-LD in an HTML page."""

    data: bytes
    line: int
    """The line of the page on which the block begins, counted from 1."""
    before: int = 0
    """The number of bytes before the block on that line."""


class About(NamedTuple):
    """The title and language of a page, as the page states them; empty if it states none."""

    title: str = ""
    language: str = ""


class _Decoder(json.JSONDecoder):
    """A JSON decoder that accepts two mistakes frequent in pages: control characters and repeated keys."""

    def __init__(self) -> None:
        super().__init__(strict=False, parse_constant=_no_constant)


def looks_like_page(data: bytes) -> bool:
    """Return whether ``data`` begins like an HTML page, or like a part of one."""
    return is_page(data) or _BEGINNING.match(data) is not None


def decoded(data: bytes) -> bytes:
    """Return a page converted to UTF-8 from the encoding that its head declares.

    Return ``data`` as it is if the head declares no encoding, or if the page can't be decoded with the
    declared encoding.
    """
    declared = _CHARSET.search(data[:_HEAD])
    return in_utf_8(data, f"text/html; charset={declared[1].decode()}") if declared else data


def blocks(data: bytes) -> Iterator[Block]:
    """Yield the complete blocks of JSON-LD in a page, in order, except those in HTML comments."""
    at, line, counted, begin = 0, 1, 0, 0
    while found := _START.search(data, at):
        if found[1] is None:
            at = data.find(_COMMENT_END, found.end()) + len(_COMMENT_END)
            if at < len(_COMMENT_END):
                return
            continue
        end = _END.search(data, found.end())
        if end is None:
            return
        at = end.end()
        if _TYPE.search(unescape(found[1].decode("utf-8", "replace"))):
            line += data.count(b"\n", counted, found.end())
            begin = data.rfind(b"\n", counted, found.end()) + 1 or begin
            counted = found.end()
            yield Block(data[counted : end.start()], line, counted - begin)


def about(data: bytes) -> About:
    """Return the title and language that a page states at its beginning."""
    head = data[: 4 * _HEAD].decode("utf-8", "replace")
    title, language = _TITLE.search(head), _LANGUAGE.search(head)
    return About(unescape(title[1]).strip() if title else "", language[1] if language else "")


def load(block: Block) -> Any:
    """Return the decoded JSON document in a block of JSON-LD.

    Raises:
        NotJson: the document is invalid; the error says where in the page.
    """
    text = _unwrapped(block.data.decode("utf-8", "replace"))
    try:
        return _Decoder().decode(text)
    except json.JSONDecodeError as error:
        line = block.line + error.lineno - 1
        column = error.colno + (block.before if error.lineno == 1 else 0)
        fault = _("it is not valid JSON at line {line}, column {column}")
        raise NotJson(fault.format(line=line, column=column), (line, column)) from None
    except RecursionError:
        raise NotJson(_("it is nested too deeply"), (block.line, 1)) from None
    except ValueError as error:
        raise NotJson(reason(error), (block.line, 1)) from None


def _unwrapped(text: str) -> str:
    """Return the text of a block without the comment or CDATA marks that hide it from other programs.

    Spaces replace the opening mark, so that positions in the text stay the same.
    """
    if opening := _OPENING.match(text):
        text = re.sub(r"[^\n]", " ", opening[0]) + text[opening.end() :].rstrip()
        return text[:-_MAX_CLOSING_LENGTH] + _CLOSING.sub("", text[-_MAX_CLOSING_LENGTH:])
    return text


def _no_constant(constant: str) -> Any:
    raise ValueError(_("{name} is not valid JSON").format(name=constant))
