"""The nearest real values to one that names nothing."""

from collections.abc import Iterable

from summitcli.text.folding import fold

SHOWN = 3


def nearest(given: str, known: Iterable[str], shown: int = SHOWN) -> list[str]:
    """Those of ``known`` that are most like ``given``, best first.

    A value that begins with or contains what was given comes before one that is merely spelled alike.

    Args:
        given: what was typed.
        known: the real values.
        shown: how many at the most.
    """
    import difflib

    wanted = fold(given)
    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(fold(name), name)
    if not wanted:
        return []
    near = [name for name in folded if name.startswith(wanted)]
    near += [name for name in folded if wanted in name]
    near += difflib.get_close_matches(wanted, folded, n=shown, cutoff=0.6)
    return [folded[name] for name in dict.fromkeys(near)][:shown]
