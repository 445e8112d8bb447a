"""A record of the output written so far, so that a command can be run again without repeating it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summitcli.errors import CutShort
from summitcli.i18n import _

_written = 0, 0
"""The number of pieces written, and a digest of them."""
_earlier = 0, 0
"""The same for the run before, of which nothing is repeated."""


def begin() -> None:
    """Start a command whose output is empty so far."""
    global _written, _earlier
    _written = _earlier = 0, 0


def begin_again() -> None:
    """Start the same command again; the output that it has written already will be skipped."""
    global _written, _earlier
    _written, _earlier = (0, 0), _written


def skip_written(pieces: Iterable[str]) -> Iterator[str]:
    """Yield ``pieces``, without those that the run before has written.

    Raises:
        CutShort: the run before has written something else.
    """
    global _written
    for piece in pieces:
        count, digest = _written[0] + 1, hash((_written[1], piece))
        _written = count, digest
        if count > _earlier[0]:
            yield piece
        elif count == _earlier[0] and digest != _earlier[1]:
            raise CutShort(_("the schedule has changed during output; run the command again"))
