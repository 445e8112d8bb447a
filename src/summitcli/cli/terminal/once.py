"""What has been written of an answer, so that one that has to be made again is not written twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summitcli.errors import CutShort
from summitcli.i18n import _

_written = 0, 0
"""How many pieces of the answer have been written, and a digest of them."""
_known = 0, 0
"""The same of what was written before the answer was begun again."""


def begin() -> None:
    """Begin an answer of which nothing has been written."""
    global _written, _known
    _written = _known = 0, 0


def begin_again() -> None:
    """Begin the same answer once more: what was written of it will be passed over."""
    global _written, _known
    _written, _known = (0, 0), _written


def once(pieces: Iterable[str]) -> Iterator[str]:
    """Yield ``pieces`` but for those that were yielded before the answer was begun again.

    Raises:
        CutShort: they are others than those that were.
    """
    global _written
    for piece in pieces:
        count, digest = _written[0] + 1, hash((_written[1], piece))
        _written = count, digest
        if count > _known[0]:
            yield piece
        elif count == _known[0] and digest != _known[1]:
            raise CutShort(_("the schedule has changed while it was written"))
