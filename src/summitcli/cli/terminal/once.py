"""A record of the output written so far, so that a command can be run again without repeating it.

If a command fails because a catalog is damaged, it is run again with a new one. Output is written in pieces,
each a part of the text. The second run skips the pieces that the first has written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summitcli.errors import CutShort
from summitcli.i18n import _

_written = 0, 0
"""The number of pieces of output that the current run has written or skipped, and a hash of all of them."""
_earlier = 0, 0
"""The number of pieces of output that the first run has written, and a hash of all of them."""


def begin() -> None:
    """Prepare for the first run of a command, which has written nothing so far."""
    global _written, _earlier
    _written = _earlier = 0, 0


def begin_again() -> None:
    """Prepare for the second run of a command, which skips what the first has written."""
    global _written, _earlier
    _written, _earlier = (0, 0), _written


def skip_written(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of output that the first run of a command has not written yet.

    A command is run a second time if its catalog turned out to be damaged.

    Raises:
        CutShort: the second run makes different pieces.
    """
    global _written
    for piece in pieces:
        count, digest = _written[0] + 1, hash((_written[1], piece))
        _written = count, digest
        if count > _earlier[0]:
            yield piece
        elif count == _earlier[0] and digest != _earlier[1]:
            raise CutShort(_("the schedule has changed during output; run the command again"))
