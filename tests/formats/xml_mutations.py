"""Damaged XML documents."""

from hypothesis import strategies as st


@st.composite
def mutants(draw: st.DrawFn, *documents: str) -> bytes:
    """Generate one of ``documents`` with lines removed, doubled or moved, and bytes replaced or cut off."""
    lines = draw(st.sampled_from(documents)).splitlines(keepends=True)
    pieces = list(lines)
    for _change in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(pieces) - 1))
        pieces[place : place + 1] = draw(
            st.sampled_from([[], [pieces[place]] * 2, [draw(st.sampled_from(lines))]])
        )
        pieces = pieces or [""]
    data = bytearray("".join(pieces).encode())
    for _change in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(data)))
        end = place + draw(st.integers(0, 4))
        data[place:end] = draw(
            st.binary(max_size=4) | st.sampled_from([b"<", b">", b"&", b"9", b"Z", b"-", b"]]>"])
        )
    return bytes(data[: draw(st.integers(0, len(data)) | st.just(len(data)))])
