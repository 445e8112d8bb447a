"""Reading the JSON files beside a saved schedule."""

import pytest

from summitcli.library.documents import DAMAGED, document, text, text_or_none

MARKED = b'{"format": "one/1", "more": [1]}'


def test_a_document_with_its_format_is_read() -> None:
    assert document(MARKED, "one/1", len(MARKED)) == {"format": "one/1", "more": [1]}


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"1", b"{}", b'{"format": "one/2"}', b"\xff", b"[" * 100_000, MARKED + b" "]
)
def test_any_other_document_is_damaged(data: bytes) -> None:
    with pytest.raises(DAMAGED):
        document(data, "one/1", len(MARKED))


def test_a_text_must_be_encodable() -> None:
    assert (text("Tälk"), text_or_none("Tälk"), text_or_none(None)) == ("Tälk", "Tälk", None)
    for wrong in (1, "\ud800", ["x"]):
        with pytest.raises(DAMAGED):
            text(wrong)
        with pytest.raises(DAMAGED):
            text_or_none(wrong)
    with pytest.raises(DAMAGED):
        text(None)
