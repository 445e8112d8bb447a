"""Recognising names of speakers that don't stand for one person."""

import re

_WORD = re.compile(r"[^\W_]+")
_NOBODY = frozenset({
    "tba", "tbc", "tbd", "nn", "na", "to be announced", "to be confirmed", "to be determined", "unknown",
    "anonymous", "anon", "none", "nobody", "various", "various speakers", "various artists", "several",
    "several speakers", "all", "all speakers", "everyone", "everybody", "speaker", "speakers", "panel",
    "panelists", "moderator", "host", "staff", "team", "orga", "orga team", "organisers", "organizers",
    "diverse", "verschiedene", "divers", "alle", "anonym", "unbekannt", "wird noch bekannt gegeben",
    "inconnu", "tous", "divers intervenants",
    "待定", "待公布", "待确认", "未定", "未知", "多位嘉宾", "全体", "主办方", "组委会", "嘉宾", "匿名",
})  # fmt: skip
_NUMBERED = re.compile(r"(?:speaker|tba|nn|嘉宾)? ?\d*")


def is_person(name: str) -> bool:
    """Return whether a speaker's name may stand for one person, unlike "TBA", "N.N." or "various"."""
    words = _WORD.findall(name.casefold())
    spelled = "".join(words) if all(len(word) == 1 for word in words) else " ".join(words)
    return (
        bool(spelled) and spelled not in _NOBODY and not re.fullmatch(r"(speaker|tba|nn|嘉宾)? ?\d*", spelled)
    )
