"""Language tags (BCP 47) in published schedules, and the conference's main language."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from summitcli.formats.assembly import prose

UNKNOWN = "und"
"""The tag of an unknown language (ISO 639-2)."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SHORT = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_BETWEEN = re.compile(r"[,;/|+&、，]")
_COUNTRY, _SCRIPT = 2, 4


def tag(text: str) -> str | None:
    """Return ``text`` as a normalised language tag, such as ``pt-BR`` for ``pt_br``; None if it is no tag."""
    primary, *others = text.strip().partition(".")[0].replace("_", "-").split("-")
    written = {_COUNTRY: str.upper, _SCRIPT: str.title}
    normal = "-".join([primary.lower(), *(written.get(len(part), str.lower)(part) for part in others)])
    return normal if _TAG.fullmatch(normal) else None


@lru_cache(maxsize=256)
def spoken(text: str) -> str:
    """Return the language of a session. A list of tags, such as ``de/en``, is returned as ``de, en``.

    Any other text stays as it is.
    """
    text = prose.line(text)
    parts = [part.strip() for part in _BETWEEN.split(text)]
    several = len(parts) > 1 and all(map(_SHORT.fullmatch, parts))
    return ", ".join(dict.fromkeys(parts)) if several else text


def own(stated: str, used: Mapping[str, int]) -> str:
    """Return the conference's main language.

    It is the language that the source states, or else the language of most events, or else ``UNKNOWN``.

    Args:
        stated: the language that the source gives for the whole conference; may be empty.
        used: the number of events by language, such as ``{"en": 30, "de": 12}``.
    """
    if known := tag(stated):
        return known
    primary: Counter[str] = Counter()
    for said, n in used.items():
        for language in spoken(said).split(", ") if said else ():
            if known := tag(language):
                primary[known.partition("-")[0]] += n
    return min(primary, key=lambda known: (-primary[known], known), default=UNKNOWN)
