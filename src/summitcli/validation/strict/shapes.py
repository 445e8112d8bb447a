"""The shapes of texts (the forms that formats require), such as those of dates, URLs and codes.

They follow the regular expressions of ECMA 262 for JSON, and those of XML Schema for XML. These differ from
Python's: they don't ignore a line break at the end, and digits and letters are only those of ASCII.
"""

import re
from collections.abc import Callable, Hashable
from datetime import date
from typing import NamedTuple

URL_EXAMPLE = "https://example.org/"

_BLANKS = " \t\r\n"
"""The white space characters of XML Schema (part 2, section 4.3.6)."""

_PCHAR = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
_NAME = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})"
_URI = re.compile(
    rf"""[A-Za-z][A-Za-z0-9+.-]*:
    (?: //(?:(?:{_NAME}|:)*@)?(?:\[(?P<literal>[^\]]*)\]|{_NAME}*)(?::[0-9]*)?(?:/{_PCHAR}*)*
      | /?{_PCHAR}+(?:/{_PCHAR}*)* | /? )
    (?:\?(?:{_PCHAR}|[/?])*)?
    (?:\#(?:{_PCHAR}|[/?])*)?""",
    re.VERBOSE,
)
_IP_FUTURE = re.compile(r"v[0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DATE_TIME = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?"
    r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_XML_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_XML_DAY = r"(?P<year>-?(?:[1-9][0-9]{4,}|[0-9]{4}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_XML_DATE = re.compile(rf"{_XML_DAY}{_XML_ZONE}?")
_XML_TIME = re.compile(
    rf"{_XML_DAY}T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?){_XML_ZONE}"
)
_LEAP_YEAR = 2000


class Shape(NamedTuple):
    """The required form of a text, such as a date.

    ``sentence`` describes the form in English; it is translated when it is shown. ``example`` is a text of
    the form. ``fits`` returns whether a text has the form. ``meaning`` returns equal values for texts that
    mean the same.
    """

    sentence: str
    fits: Callable[[str], bool]
    example: str = ""
    meaning: Callable[[str], Hashable] = str


def pattern(sentence: str, expression: str, example: str = "") -> Shape:
    """Return the shape of texts that the regular expression ``expression`` matches as a whole.

    Args:
        sentence: a description of the form, in English.
        expression: the regular expression.
        example: a text that it matches.
    """
    compiled = re.compile(expression)
    return Shape(sentence, lambda text: compiled.fullmatch(text) is not None, example)


def collapsed(shape: Shape) -> Shape:
    """Return a shape (the required form of a text) like ``shape`` that ignores additional white space.

    XML Schema ignores it, too (part 2, section 4.3.6).
    """
    return shape._replace(
        fits=lambda text: shape.fits(_collapse(text)), meaning=lambda text: shape.meaning(_collapse(text))
    )


def is_uri(text: str) -> bool:
    """Return whether ``text`` is a URI with a scheme (RFC 3986, appendix A)."""
    found = _URI.fullmatch(text)
    return found is not None and (found["literal"] is None or _is_ip_literal(found["literal"]))


def is_date(text: str) -> bool:
    """Return whether ``text`` is a ``full-date`` (RFC 3339, section 5.6), and a day that exists."""
    return _DATE.fullmatch(text) is not None and _is_day(text)


def is_date_time(text: str) -> bool:
    """Return whether ``text`` is a ``date-time`` (RFC 3339, section 5.6). Leap seconds are not allowed."""
    found = _DATE_TIME.fullmatch(text)
    return found is not None and _is_day(found["date"])


def is_xml_date(text: str) -> bool:
    """Return whether ``text`` is a ``date`` (XML Schema part 2, section 3.2.9)."""
    found = _XML_DATE.fullmatch(text)
    return found is not None and _is_xml_day(found)


def is_xml_time(text: str) -> bool:
    """Return whether ``text`` is a ``dateTime`` with a time zone (XML Schema part 2, section 3.2.7)."""
    found = _XML_TIME.fullmatch(text)
    return found is not None and _is_xml_day(found)


def _is_ip_literal(literal: str) -> bool:
    """Return whether ``literal`` may be in brackets as the host of a URI (RFC 3986, section 3.2.2)."""
    from ipaddress import AddressValueError, IPv6Address

    if _IP_FUTURE.fullmatch(literal):
        return True
    try:
        return IPv6Address(literal).scope_id is None
    except AddressValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_xml_day(found: re.Match[str]) -> bool:
    """Return whether the date that ``found`` matches exists.

    Years before 1 and after 9999 are allowed, but not the year 0.
    """
    year, month, day = found["year"].removeprefix("-"), found["month"], found["day"]
    # The calendar repeats every 400 years, and 10000 is a multiple of 400.
    within = int(year[-4:]) % 400 + _LEAP_YEAR
    return year.strip("0") != "" and _is_day(f"{within}-{month}-{day}")


def _collapse(text: str) -> str:
    return re.sub(f"[{_BLANKS}]+", " ", text).strip(_BLANKS)


ANY_TEXT = Shape("", lambda _text: True)
URI = Shape("must be a complete URL, such as {example}", is_uri, URL_EXAMPLE)
DATE = Shape("must be a date such as {example}", is_date, "2022-07-23")
DATE_TIME = Shape(
    "must be a time with a UTC offset, such as {example}", is_date_time, "2022-07-23T09:00:00+08:00"
)
UUID = pattern(
    "must be a UUID, such as {example}",
    "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    "0b5c2a4e-9d63-5f0e-8a51-3c7d12e8f904",
)
