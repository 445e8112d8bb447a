"""Suggestions for mistyped values."""

from collections.abc import Iterable

from summitcli.text.folding import fold

MAX_SUGGESTIONS = 3
LEAST_ALIKE = 0.6
"""The smallest similarity of a suggestion, from 0 to 1 (:meth:`difflib.SequenceMatcher.ratio`)."""
MAX_DIFFERENCE = 0.25
"""The maximum by which the similarity of a suggestion may be below that of the best suggestion."""


def nearest(given: str, known: Iterable[str], shown: int = MAX_SUGGESTIONS) -> list[str]:
    """Return the known values most similar to ``given``, best first.

    Values that begin with or contain ``given`` come before those with a similar spelling.

    Args:
        given: the text as typed.
        known: the possible values.
        shown: the maximum number of results.
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
    close = difflib.get_close_matches(wanted, folded, n=shown, cutoff=LEAST_ALIKE)
    alike = [difflib.SequenceMatcher(None, name, wanted).ratio() for name in close]
    near += [name for name, ratio in zip(close, alike, strict=True) if ratio >= alike[0] - MAX_DIFFERENCE]
    return [folded[name] for name in dict.fromkeys(near)][:shown]
