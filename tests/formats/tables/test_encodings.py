"""The encoding of a text table."""

import pytest

from summitcli.formats.tables.encodings import find_encoding

GERMAN = "Titel;Bühne\nBegrüßung für alle;Süd\n"
CHINESE = "标题,日期\n开幕式,7月23日\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"title,day\n", "utf-8"),
        (GERMAN.encode(), "utf-8"),
        (GERMAN.encode("utf-8-sig"), "utf-8-sig"),
        (GERMAN.encode("utf-16"), "utf-16"),
        (GERMAN.encode("utf-16-le"), "utf-16-le"),
        (GERMAN.encode("utf-16-be"), "utf-16-be"),
        (CHINESE.encode("utf-16"), "utf-16"),
        (GERMAN.encode("cp1252"), "cp1252"),
        ("“Déjà vu” – €5".encode("cp1252"), "cp1252"),
        (CHINESE.encode("gbk"), "gb18030"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (b"caf\xe9\x81", "latin-1"),
    ],
)
def test_an_encoding_is_found(data: bytes, encoding: str) -> None:
    assert find_encoding(data) == encoding


@pytest.mark.parametrize("data", [b"\0\1\2\3", b"a\0\0\0", b"\xff\xfea", b"\xef\xbb\xbf\xff", b"\0" * 100])
def test_what_is_no_text(data: bytes) -> None:
    assert find_encoding(data) is None
