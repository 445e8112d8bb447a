"""A comparison of two states in memory: the reference for comparing catalogs."""

from collections.abc import Iterable

from summitcli.changes import Change, differences, removal, sort_key
from summitcli.identity import folded_guid, identity, recognise
from summitcli.rows import SessionRow


def compare(
    before: Iterable[SessionRow], after: Iterable[SessionRow], cancelled: Iterable[str] = ()
) -> list[Change]:
    """Return the changes from ``before`` to ``after``, by kind as in :data:`KINDS`, then by time.

    Args:
        before: the sessions of the earlier state.
        after: the sessions of the later state.
        cancelled: the guids of the sessions that the later schedule lists as cancelled.

    Raises:
        ValueError: a time is not in ISO 8601 format.
    """
    earlier, later = list(before), list(after)
    recognised = recognise(list(map(identity, earlier)), list(map(identity, later)))
    said = frozenset(map(folded_guid, cancelled))
    found: list[Change] = []
    known: set[int] = set()
    for one, positions in zip(earlier, recognised, strict=True):
        if positions:
            known.add(positions[0])
            found += differences(one, later[positions[0]])
        else:
            found.append(removal(one, said))
    found += [Change("new", None, other, ()) for n, other in enumerate(later) if n not in known]
    return sorted(found, key=sort_key)
