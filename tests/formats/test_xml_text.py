"""Lenient decoding of XML documents in pieces."""

from typing import Any

import pytest

from summitcli.formats import xml_text
from summitcli.formats.findings import Findings
from summitcli.formats.xml_text import first_element, pieces


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<schedule/>", "schedule"),
        (b"<?xml version='1.0'?><!-- <b> --> <?x <c?>\n<!-- --><x:schedule a='1'>", "schedule"),
        (b"<!DOCTYPE schedule SYSTEM 'x.dtd'><schedule>", "schedule"),
        (b"<!DOCTYPE s [<!ENTITY a ']<b>'> <!ENTITY c '>'>\n]><schedule>", "schedule"),
        (b"<?xml version='1.0' encoding='klingon'?><schedule>", "schedule"),
        (b"<!--" + b"-" * 60_000 + b"--><schedule>", "schedule"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"", ""),
        (b"<", ""),
        (b"<!-- <schedule>", ""),
        (b"\xff\xfe<", ""),
        (b'{"schedule": "<schedule>"}', ""),
        (b"BEGIN:VCALENDAR", ""),
    ],
)
def test_the_name_of_the_root_element_is_found(data: bytes, name: str) -> None:
    assert first_element(data) == name


def given(data: bytes) -> list[bytes | str]:
    return list(pieces(data, "plan.xml", Findings()))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [b""]),
        ("<a>é&#228;</a>".encode(), [b"", "<a>é&#228;</a>".encode()]),
        ("\ufeff<a>é</a>".encode(), [b"", "<a>é</a>".encode()]),
        (b"\n<?xml version='1.0'\r\n?><a/>", [b"\n                   \r\n  ", b"<a/>"]),
        (b"<a>\x06</a>", ["", "<a></a>"]),
        (b"<a>&#6;</a>", ["", "<a></a>"]),
        ("<a>\uffff</a>".encode(), ["", "<a></a>"]),
        ("<a>é".encode()[:-1], ["", "<a>"]),
        ("<a>é</a>".encode("utf-16"), ["", "<a>é</a>"]),
        (b"<?xml version='1.0' encoding='latin-1'?><a>\xe9</a>", [" " * 40, "<a>é</a>"]),
    ],
)
def test_valid_utf_8_is_not_decoded(data: bytes, expected: list[bytes | str]) -> None:
    assert given(data) == expected


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_the_size_of_pieces_makes_no_difference(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_text, "_PIECE", size)
    for data in ("\ufeff<?xml version='1.0'?><a>数&#228;字😀</a>".encode(), "<a>数\x06字😀</a>".encode()):
        made: list[Any] = given(data)
        assert max(map(len, made[1:])) == size
        text = "".join(piece if isinstance(piece, str) else "" for piece in made)
        octets = b"".join(piece for piece in made if isinstance(piece, bytes))
        assert (text or octets.decode()).strip() in ("<a>数&#228;字😀</a>", "<a>数字😀</a>")
