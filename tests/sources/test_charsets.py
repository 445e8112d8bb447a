"""Conversion to UTF-8 of text in the encoding that its server declares."""

from codecs import BOM_UTF8

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.sources.charsets import in_utf_8

TEXT = "Größe zählt im Café"
CALENDAR = f"BEGIN:VCALENDAR\r\nX-WR-CALNAME:{TEXT}\r\n"
DOCUMENT = f'<?xml version="1.0" encoding="UTF-8"?><schedule>{TEXT}</schedule>'


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("text/calendar; charset=iso-8859-1", "latin-1"),
        ('text/calendar; method=PUBLISH; charset="ISO-8859-1"', "latin-1"),
        ("text/calendar ;Charset = windows-1252 ; x=y", "cp1252"),
        ("text/calendar;charset=utf-16", "utf-16"),
        ("text/calendar;charset=UTF-16LE", "utf-16-le"),
        ("text/calendar; charset=latin1", "latin-1"),
        ("text/calendar; charset=utf-32", "utf-32"),
        ("text/calendar; charset=us-ascii", "latin-1"),
    ],
)
def test_text_becomes_utf_8(said: str, encoding: str) -> None:
    assert in_utf_8(CALENDAR.encode(encoding), said) == CALENDAR.encode()


@pytest.mark.parametrize(
    ("named", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "“Tea” – 5 €"),
        ("latin1", "latin-1", "a control: \x81"),
        ("gb2312", "gb18030", "峰会 €"),
        ("shift_jis", "cp932", "①会議"),
        ("euc-kr", "cp949", "똠방각하"),
    ],
)
def test_text_beyond_the_declared_encoding_is_read(named: str, encoding: str, text: str) -> None:
    assert in_utf_8(text.encode(encoding), f"text/calendar; charset={named}") == text.encode()


def test_converted_xml_has_a_byte_order_mark() -> None:
    assert (
        in_utf_8(DOCUMENT.encode("latin-1"), "text/xml; charset=iso-8859-1") == BOM_UTF8 + DOCUMENT.encode()
    )


@pytest.mark.parametrize(
    "said",
    ["text/calendar; charset=iso-8859-1", "text/calendar; charset=utf-16", "text/calendar", "", "; charset="],
)
def test_utf_8_stays_whatever_is_declared(said: str) -> None:
    assert in_utf_8(CALENDAR.encode(), said) == CALENDAR.encode()


@pytest.mark.parametrize("named", ["utf-8", "none", "zip", "rot13", "idna", "unicode_escape", "x" * 99])
def test_an_unknown_or_wrong_encoding_changes_nothing(named: str) -> None:
    content = CALENDAR.encode("latin-1")
    assert in_utf_8(content, f"text/calendar; charset={named}") == content


@given(
    st.binary(), st.sampled_from(["utf-16", "gb18030", "iso-8859-1", "shift_jis", "utf-32-be"]) | st.text()
)
def test_any_declared_encoding_is_handled(content: bytes, named: str) -> None:
    made = in_utf_8(content, f"text/calendar; charset={named}")
    assert made == content or made.decode("utf-8", "surrogatepass") is not None
