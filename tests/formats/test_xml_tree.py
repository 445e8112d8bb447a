"""The XML parser: what is accepted although XML forbids it, and what is refused in one line."""

from typing import NamedTuple
from xml.parsers import expat

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summitcli.errors import InvalidSchedule
from summitcli.formats.findings import Finding, Findings
from summitcli.formats.xml_text import FORBIDDEN_CHARACTER, _declaration, first_element
from summitcli.formats.xml_tree import MAX_DEPTH, Element, growing_tree
from summitcli.i18n import set_language
from tests.conftest import examples
from tests.limits import in_proportion


class Shape(NamedTuple):
    """An element as a comparable value."""

    name: str
    line: int
    attributes: dict[str, str]
    content: list["Shape | str"]


def read_xml(data: bytes, name: str, findings: Findings) -> Element:
    """Return the root element of a document."""
    *_grown, root = growing_tree(data, name, findings, {})
    return root


def shape(element: Element) -> Shape:
    content = [piece if isinstance(piece, str) else shape(piece) for piece in element.content]
    return Shape(element.name, element.line, element.attributes, content)


def tree(data: bytes) -> Element:
    return read_xml(data, "plan.xml", Findings())


def said(text: str, declared: str, encoding: str) -> str:
    """Return what is read of ``text`` in ``encoding``, if the document declares ``declared``."""
    document = f'<?xml version="1.0" encoding="{declared}"?><a>{text}</a>'
    return tree(document.encode(encoding)).text()


def fault(data: bytes) -> str:
    with pytest.raises(InvalidSchedule) as raised:
        tree(data)
    return str(raised.value)


def left_out(data: bytes) -> tuple[str, list[Finding]]:
    findings = Findings()
    return read_xml(data, "plan.xml", findings).text(), list(findings)


def test_elements_have_their_line_and_their_content_in_order() -> None:
    data = b'<?xml version="1.0"?>\r\n<!-- a -->\n<a>\n <b c="1"\n d="2"/>x &amp; <![CDATA[<y>]]></a>\n'
    assert shape(tree(data)) == Shape("a", 3, {}, ["\n ", Shape("b", 4, {"c": "1", "d": "2"}, []), "x & <y>"])


def test_prefixes_are_removed_whether_declared_or_not() -> None:
    data = b'<x:a xmlns:x="urn:x"><y:b z:lang="de"/></x:a>'
    assert shape(tree(data)) == Shape("a", 1, {"x": "urn:x"}, [Shape("b", 1, {"lang": "de"}, [])])


@pytest.mark.parametrize(
    "data",
    [
        b"\n \t<?xml version='1.0' encoding='utf-8'?>\n<a>\xc3\xa9</a>",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n\n<a>\xc3\xa9</a>",
        b"\xef\xbb\xbf\n\n<?xml version='1.0' encoding='iso-8859-1'?><a>\xc3\xa9</a>",
        b"<?xml\nversion='1.1'\n?><a>\xc3\xa9</a>",
        b"\n\n<a>\xc3\xa9</a>\n\n",
    ],
)  # fmt: skip
def test_white_space_and_a_byte_order_mark_before_the_declaration_are_accepted(data: bytes) -> None:
    assert first_element(data) == "a"
    root = tree(data)
    assert (root.text(), root.line) == ("é", data[: data.index(b"<a>")].count(b"\n") + 1)


@pytest.mark.parametrize(
    ("text", "declared", "encoding"),
    [
        ("é", "UTF8", "utf-8"),
        ("é", "iso-8859-1", "iso-8859-1"),
        ("€", "windows-1252", "cp1252"),
        ("пленум", "KOI8-R", "koi8-r"),
        ("数字中国", "GBK", "gbk"),
        ("数字中国", "GB18030", "gb18030"),
        ("數位", "Big5", "big5"),
        ("会議", "Shift_JIS", "shift_jis"),
        ("数字中国", "UTF-16", "utf-16"),
        ("数字中国", "UTF-16", "utf-16-le"),
        ("数字中国", "UTF-16BE", "utf-16-be"),
        ("数字中国", "UTF-32", "utf-32"),
        ("数字中国", "utf-16", "utf-8"),
    ],
)
def test_text_is_read_in_the_encoding_that_its_bytes_show_or_that_is_declared(
    text: str, declared: str, encoding: str
) -> None:
    document = f'<?xml version="1.0" encoding="{declared}"?><a>{text}</a>'.encode(encoding)
    assert first_element(document) == "a"
    assert said(text, declared, encoding) == text


def test_a_text_beyond_the_declared_character_set_is_read_where_a_larger_one_holds_both() -> None:
    assert said("镕基€", "GB2312", "gb18030") == "镕基€"
    assert said("髙①", "Shift_JIS", "cp932") == "髙①"


@pytest.mark.parametrize(
    ("data", "text", "found"),
    [
        (b"<a>\nx\x06y\x06\x00\x1fz</a>", "xyz", [(2, "U+0006", 2), (2, "U+0000", 1), (2, "U+001F", 1)]),
        ("<a>\ufffex\uffff</a>".encode(), "x", [(1, "U+FFFE", 1), (1, "U+FFFF", 1)]),
        (b"<a>x\n\n&#6;y&#x1F;\n&#6;z</a>", "x\n\ny\nz", [(3, "&#6;", 1), (3, "&#x1F;", 1), (4, "&#6;", 1)]),
        (b"<a>x\x06\n\x06&#6;\x06y</a>", "x\ny", [(1, "U+0006", 1), (2, "U+0006", 2), (2, "&#6;", 1)]),
        (b"<a>x&#xD800;&#1114112;y</a>", "xy", [(1, "&#xD800;", 1), (1, "&#1114112;", 1)]),
        (b"<a>x&#x99999999999999999999999999;y</a>", "xy", [(1, "&#x999999999", 1)]),
        (b"<a>&#0;</a>", "", [(1, "&#0;", 1)]),
        (b"<a>&#" + b"9" * 10_000 + b";</a>", "", [(1, "&#9999999999", 1)]),
    ],
)
def test_characters_that_xml_forbids_are_left_out_and_counted_line_by_line(
    data: bytes, text: str, found: list[tuple[int, str, int]]
) -> None:
    findings = Findings()
    assert read_xml(data, "plan.xml", findings).text() == text
    assert list(findings) == [Finding(FORBIDDEN_CHARACTER, "", line, value, n=n) for line, value, n in found]
    assert len(findings) == sum(n for _line, _value, n in found)


def test_only_the_first_of_very_many_forbidden_characters_have_lines() -> None:
    findings = Findings()
    assert read_xml(b"<a>" + b"\x06\n" * 1500 + b"</a>", "plan.xml", findings).text() == ""
    found = [(finding.line, finding.n) for finding in findings]
    assert found == [(line, 1) for line in range(1, 1001)]
    assert findings.sentences() == ["1500 invalid XML characters left out"]


def test_the_number_of_characters_left_out_is_reported() -> None:
    findings = Findings()
    read_xml(b"<a>\x06\x06</a>", "plan.xml", findings)
    assert findings.sentences() == ["2 invalid XML characters left out"]


def test_references_to_characters_that_xml_allows_stay() -> None:
    assert left_out(b"<a>&#228;&#xE4;&#0000000000000000000065;&#x1F600;&#13;&#xA;b</a>") == (
        "ääA😀\r\nb",
        [],
    )


def test_apparent_references_in_cdata_and_comments_are_text() -> None:
    assert left_out(b"<a><![CDATA[&#6;]]><!-- &#6; -->b</a>") == ("&#6;b", [])


def test_text_without_elements_is_unchanged_and_with_elements_is_html() -> None:
    root = tree(
        b"<a><b>&lt;p&gt;1 &amp;amp; 2&lt;/p&gt;</b><c/>"
        b'<c>1 &lt; 2 &amp; <x:p class="&quot;a&quot;">x<br/><i></i></x:p></c></a>'
    )
    assert root.long_text("b") == "<p>1 &amp; 2</p>"
    assert root.long_text("c") == '1 &lt; 2 &amp; <p class="&quot;a&quot;">x<br><i></i></p>'
    assert root.first_text("c") == "1 < 2 & x"
    assert root.long_text("d") == ""


def test_the_common_indentation_of_a_text_is_removed() -> None:
    root = tree(
        b"<a><b>\n      One\n        two\n\n      three \n    </b><c> One\n   two </c><d>\n\t\n</d>"
        b"<e>\n  <p>x\n    y</p>\n  </e></a>"
    )
    assert [root.long_text(name) for name in "bcde"] == [
        "One\n  two\n\nthree",
        " One\n   two ",
        "",
        "<p>x\n  y</p>",
    ]


def test_the_first_of_several_names_with_a_text_is_used() -> None:
    root = tree(b'<a x=" " y=" 1 "><x/><x> 2 <i>3</i></x><z>4</z></a>')
    assert [root.first_text("x"), root.first_text("y"), root.first_text("w", "z"), root.first_text("w")] == [
        "2 3",
        "1",
        "4",
        "",
    ]


NOT_READ = "document types (<!DOCTYPE …>) are not allowed, for safety; remove it"

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

FAULTS = {
    "a document type": (b"<!DOCTYPE a><a/>", NOT_READ),
    "one of a billion laughs": (
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>'.encode(), NOT_READ),
    "one with an external entity": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', NOT_READ),
    "one elsewhere": (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>', NOT_READ),
    "an entity without one": (b"<a>\n &nbsp;</a>",
        ("not well-formed XML at line 2, column 2: undefined entity;"
        " write the character itself")),
    "levels by the thousand": (
        b"<a>" * 90_000, "it is nested too deeply"),
    "levels that end": (
        b"<a>" * 90_000 + b"</a>" * 90_000, "it is nested too deeply"),
    "a wrong end": (b"<?xml version='1.0'?>\n<a>\n  <b>x</a>",
        "not well-formed XML at line 3, column 9: mismatched end tag"),
    "an end that is missing": (b"<a>\n<b>x",
        "not well-formed XML at line 2, column 5: the document ends too early"),
    "half a tag": (b"<a><b",
        "not well-formed XML at line 1, column 4: the document ends too early"),
    "half a character": ("<a>\né".encode()[:-1],
        "not well-formed XML at line 2, column 1: the document ends too early"),
    "half a CDATA section": (b"<a><![CDATA[x",
        "not well-formed XML at line 1, column 14: the document ends too early"),
    "nothing": (b"",
        "not well-formed XML at line 1, column 1: the document ends too early"),
    "a bare ampersand": (b"<a>x &\ny</a>",
        ("not well-formed XML at line 1, column 7: invalid character;"
        " write & as &amp; and < as &lt;")),
    "an attribute twice": (b"<a b='1' b='2'/>",
        "not well-formed XML at line 1, column 10: duplicate attribute"),
    "text after the end": (b"<a/>x",
        "not well-formed XML at line 1, column 5: unexpected content after the end of the document"),
    "bytes of another encoding": (b"<a>\n\xc3\xa9 \xe9t\xe9</a>",
        "invalid UTF-8 text at line 2, column 3"),
    "bytes of another encoding than is declared": (b"<?xml version='1.0' encoding='gbk'?>\n<a>x\xff</a>",
        "invalid GB18030 text at line 2, column 5"),
    "an unknown encoding": (b"<?xml version='1.0' encoding='klingon'?><a/>",
        'unknown encoding "klingon"; save the file as UTF-8'),
    "an encoding that is not one of text": (b"<?xml version='1.0' encoding='rot13'?><a/>",
        'unknown encoding "rot13"; save the file as UTF-8'),
    "an encoding that takes long": (b"<?xml version='1.0' encoding='punycode'?><a>" + b"a" * 10**6 + b"</a>",
        'unknown encoding "punycode"; save the file as UTF-8'),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_invalid_documents_are_refused_in_one_line(case: str) -> None:
    data, expected = FAULTS[case]
    assert fault(data) == f"plan.xml is not a valid schedule: {expected}"


HARMLESS = (
    "<!DOCTYPE a [<!ELEMENT a ANY>]>",
    "<!DOCTYPE a []>",
    "<!DOCTYPE a\n[\n<!ELEMENT a (b?, (c | d)*, #PCDATA)+>\n<!ELEMENT b EMPTY> ] >",
    "<!DOCTYPE x:a [<!ATTLIST a b CDATA #IMPLIED c ID #REQUIRED\n d (e|f | g) #IMPLIED>]>",
    "<!DOCTYPE a [<!ATTLIST a b NMTOKENS #REQUIRED><!ATTLIST a>]>",
    "<!-- a --> <!DOCTYPE a [<!-- <!ENTITY x 'y'> ]> --><!ELEMENT a ANY>]><!-- b -->",
)
"""Document types that only declare elements and attributes."""


@pytest.mark.parametrize("doctype", HARMLESS)
@pytest.mark.parametrize("declaration", ["", "<?xml version='1.0' standalone='no'?>\n", "\ufeff \n"])
@pytest.mark.parametrize("text", ["x", "\x06x"])
def test_a_document_type_that_only_declares_is_skipped(doctype: str, declaration: str, text: str) -> None:
    data = f"{declaration}{doctype}\n<a b='1'>{text}</a>"
    line = data.count("\n") + 1
    assert first_element(data.encode()) == "a"
    assert shape(tree(data.encode())) == Shape("a", line, {"b": "1"}, ["x"])


def test_a_document_type_in_another_encoding_is_skipped() -> None:
    for encoding in ("iso-8859-1", "gb18030", "utf-8"):
        data = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE a [<!ELEMENT a ANY>]><a>\xe9</a>"
        assert tree(data.encode(encoding)).text() == "\xe9"


def test_places_after_a_document_type_are_those_in_the_file() -> None:
    sentence = "not well-formed XML at line 3, column 10: mismatched end tag"
    assert fault(b"<!DOCTYPE a [\n<!ELEMENT a ANY>\n]><a>\xc3\xa9x</b>").endswith(sentence)


HOSTILE = (
    # Entities, of every kind, and references to them.
    "<!DOCTYPE a [<!ENTITY x 'y'>]>",
    "<!DOCTYPE a [<!ELEMENT a ANY><!ENTITY x 'y'>]>",
    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "<!DOCTYPE a [<!ENTITY x PUBLIC '-//X//' 'http://127.0.0.1:9/'>]>",
    "<!DOCTYPE a [<!ENTITY x SYSTEM 'x.gif' NDATA gif>]>",
    "<!DOCTYPE a [<!ENTITY % x 'y'>]>",
    "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/'> %x;]>",
    "<!DOCTYPE a [%x;]>",
    "<!DOCTYPE a [<!ELEMENT a ANY> %x; <!ELEMENT b ANY>]>",
    "<!DOCTYPE a [<!ELEMENT a (%x;)>]>",
    "<!DOCTYPE a [<!ELEMENT %x; ANY>]>",
    "<!DOCTYPE a [<!ATTLIST a %x;>]>",
    "<!DOCTYPE a [&x;]>",
    # Parts elsewhere.
    "<!DOCTYPE a>",
    "<!DOCTYPE a SYSTEM 'a.dtd'>",
    "<!DOCTYPE a SYSTEM 'a.dtd' [<!ELEMENT a ANY>]>",
    "<!DOCTYPE a PUBLIC '-//X//' 'a.dtd' [<!ELEMENT a ANY>]>",
    "<!DOCTYPE a PUBLIC '-//X//' 'a.dtd'>",
    "<!DOCTYPE a [<!ELEMENT a ANY>] SYSTEM 'a.dtd'>",
    # Values of attributes that are not in the document.
    "<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]>",
    "<!DOCTYPE a [<!ATTLIST a b CDATA #FIXED 'c'>]>",
    "<!DOCTYPE a [<!ATTLIST a b CDATA #IMPLIED c (d|e) 'd'>]>",
    "<!DOCTYPE a [<!ATTLIST a xmlns CDATA #FIXED 'urn:x'>]>",
    "<!DOCTYPE a [<!ATTLIST a b ENTITY #IMPLIED>]>",
    "<!DOCTYPE a [<!ATTLIST a b ENTITIES #IMPLIED>]>",
    "<!DOCTYPE a [<!ATTLIST a b NOTATION (c) #IMPLIED>]>",
    "<!DOCTYPE a [<!ATTLIST a b CDATA>]>",
    # Notations, instructions and conditional sections.
    "<!DOCTYPE a [<!NOTATION gif SYSTEM 'gif.exe'>]>",
    "<!DOCTYPE a [<?x y?>]>",
    "<!DOCTYPE a [<?xml version='1.0'?>]>",
    "<!DOCTYPE a [<![INCLUDE[<!ELEMENT a ANY>]]>]>",
    "<!DOCTYPE a [<![IGNORE[<!ELEMENT a ANY>]]>]>",
    # Two of them, and forms that hide one.
    "<!DOCTYPE a [<!ELEMENT a ANY>]><!DOCTYPE a [<!ENTITY x 'y'>]>",
    "<!DOCTYPE a [<!ELEMENT a ANY>]> <!DOCTYPE a>",
    "<!DOCTYPE a [<!-- -- <!ENTITY x 'y'> -->]>",
    "<!DOCTYPE a [<!ELEMENT a ANY><!-- x --><!ENTITY x 'y'><!-- x -->]>",
    "<!DOCTYPE a [<!ELEMENT a ']><!ENTITY x \"y\">'>]>",
    "<!DOCTYPE a [<!ELEMENT a \">\"><!ENTITY x 'y'>]>",
    "<!DOCTYPE a [<!ELEMENT a <!ENTITY x 'y'>>]>",
    "<!DOCTYPE a [<!ELEMENT a ANY>\x06<!ENTITY x 'y'>]>",
    "<!DOCTYPE a [<!ELEMENT \xe9 ANY>]>",
    "<!DOCTYPE a [<!ELEMENT a ANY>]",
    "<!DOCTYPE a [<!ELEMENT a ANY>",
    "<!doctype a [<!ELEMENT a ANY>]>",
    "<?x?><!DOCTYPE a [<!ELEMENT a ANY>]>",
    f"<!DOCTYPE a [<!ELEMENT a {'(' * 70_000}b{')' * 70_000}>]>",
    f"<!DOCTYPE a [{'<!ATTLIST a b ID #IMPLIED>' * 10_000}]>",
)
"""Other document types, and what only resembles one that is harmless."""


@pytest.mark.parametrize("doctype", HOSTILE, ids=lambda doctype: doctype[:60])
@pytest.mark.parametrize("content", ["", "&x;"])
def test_every_other_document_type_is_refused(doctype: str, content: str) -> None:
    for declaration in (
        "",
        "<?xml version='1.0' standalone='yes'?>",
        "<?xml version='1.0' standalone='no'?>\n",
    ):
        said = fault(f"{declaration}{doctype}<a>{content}</a>".encode())
        assert NOT_READ in said or "not well-formed XML" in said
    for encoding in ("utf-16", "utf-32"):
        assert fault(f"{doctype}<a>{content}</a>".encode(encoding))


PIECES = (
    "<!ELEMENT a ANY>", "<!ATTLIST a b CDATA #IMPLIED>", "<!ATTLIST a b (c|d) #REQUIRED>",
    "<!ATTLIST a b CDATA 'c'>", "<!ENTITY x 'y'>", "<!ENTITY % x 'y'>", "%x;", "&x;",
    "<!NOTATION n SYSTEM 'n'>", "<?x y?>", "<!--", "-->", "--", "]>", "]", ">", "<", " ", "\n", "[", "(", ")",
    "|", "'c'", '"', "#IMPLIED", "#FIXED 'c'", "a", "<!ELEMENT a ", "<!ATTLIST a ", "<![IGNORE[", "]]>",
    "<!DOCTYPE a [",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@settings(max_examples=examples(5_000))
@example("<!ELEMENT a ANY><!-- x --><!ATTLIST a b CDATA #IMPLIED>")
def test_what_is_skipped_declares_nothing_else_to_a_parser(inside: str) -> None:
    skipped, blanks = _declaration(f"<!DOCTYPE a [{inside}]><a/>")
    assert blanks.strip() == "" and skipped.count("\n") == blanks.count("\n")
    if not skipped:
        return
    found: list[object] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda _name, *parts: found.extend(filter(None, parts[:2]))
    parser.AttlistDeclHandler = lambda *parts: found.extend(filter(None, [parts[3]]))
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    for event in ("EntityDecl", "NotationDecl", "ProcessingInstruction", "NotStandalone", "SkippedEntity"):
        setattr(parser, f"{event}Handler", lambda *parts: found.append(parts))
    try:
        parser.Parse(f"{skipped}<a/>", True)
    except expat.ExpatError:
        # Not every declaration that is skipped is valid.
        assert found == []
    else:
        assert found == [("a", {})]


def test_a_document_type_in_an_encoding_that_is_not_like_ascii_is_refused() -> None:
    data = "<?xml version='1.0' encoding='{}'?><!DOCTYPE a [<!ELEMENT a ANY>]><a>x</a>"
    assert fault(data.format("iso-2022-jp").replace("ANY", "\x1b$B!!\x1b(B").encode()).endswith(NOT_READ)


def test_no_entity_exists_beside_a_document_type_that_is_skipped() -> None:
    said = fault(b"<!DOCTYPE a [<!ELEMENT a ANY>]><a>&x;</a>")
    assert said.endswith("column 35: undefined entity; write the character itself")


def test_faults_are_reported_in_chinese() -> None:
    set_language("zh")
    try:
        assert (
            fault(b"<a>\n<b>x")
            == "plan.xml 不是有效的会议日程：第 2 行第 5 列不是格式正确的 XML：文档过早结束"
        )
    finally:
        set_language("en")


def test_elements_may_be_nested_up_to_the_limit() -> None:
    assert tree(b"<a>" * MAX_DEPTH + b"x" + b"</a>" * MAX_DEPTH).text() == "x"
    assert fault(b"<a>" * (MAX_DEPTH + 1)) == "plan.xml is not a valid schedule: it is nested too deeply"


@pytest.mark.parametrize(
    "data",
    [
        b"<!--" * 500_000,
        b"<a>&#6;" + b"<![CDATA[" * 200_000,
        b"<a>&#6;" + b"<!--" * 400_000,
        b"<a>" + b"&#6;" * 400_000 + b"</a>",
        b"<a>" + b"\x06" * 2_000_000 + b"</a>",
        b"<?xml " * 300_000,
        b"<!DOCTYPE a [" * 150_000,
        b"<!DOCTYPE a [" + b"<!ELEMENT a (" * 150_000,
        b"<!DOCTYPE a [" + b"<!ATTLIST a b CDATA #IMPLIED" * 100_000,
        b"<!DOCTYPE a [<!ATTLIST a b (" + b"a|" * 500_000,
        b"<!DOCTYPE a [" + b"<!---->" * 200_000,
        b"<!DOCTYPE a [<!--" + b"- " * 500_000,
        b"<!DOCTYPE a [" + b" " * 2_000_000,
        b" " * 2_000_000,
        b"<a " + b" ".join(b'a%d=""' % n for n in range(100_000)) + b"/>",
    ],
)  # fmt: skip
@in_proportion()
def test_parsing_takes_time_in_proportion_to_the_length(data: bytes) -> None:
    first_element(data)
    try:
        tree(data)
    except InvalidSchedule as error:
        assert "\n" not in str(error)
