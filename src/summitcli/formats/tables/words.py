"""The names that people give to the columns of a schedule, in English, Chinese, German and French."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_NAMES = {
    "title": (
        "title, session title, talk title, event title, title of talk, session name, event name, talk,"
        " presentation, lecture, session, event, topic, name,"
        " 标题, 题目, 议题, 演讲题目, 报告题目, 名称, 场次, 主题, 活动,"
        " titel, vortragstitel, titel des vortrags, vortrag, veranstaltung, thema,"
        " titre, intitulé, titre de la session, conférence, exposé, sujet"
    ),
    "subtitle": "subtitle, 副标题, untertitel, sous-titre",
    "day": (
        "day, date, conference day, session date, start date, date and time, datetime,"
        " when, 日期, 日期时间, 日子, 天, 开始日期, tag, datum, startdatum, jour, date de début"
    ),
    "start": (
        "start, start time, starts, starts at, begin, begins, beginning, from, time, time slot, slot, hours,"
        " 开始, 开始时间, 起始时间, 时间, 时间段, 时段,"
        " von, beginn, start zeit, anfang, uhrzeit, zeit,"
        " début, heure de début, heure, horaire"
    ),
    "end": (
        "end, end time, ends, ends at, to, until, till, finish, 结束, 结束时间, 终止时间, 至,"
        " bis, ende, endzeit, schluss, fin, heure de fin"
    ),
    "duration": (
        "duration, length, minutes, duration in minutes, 时长, 时间长度, 分钟,"
        " dauer, länge, minuten, dauer in minuten, durée"
    ),
    "room": (
        "room, room name, location, venue, hall, stage, place, where, 会场, 会议室, 房间, 地点, 教室,"
        " raum, saal, ort, bühne, salle, lieu, amphi, scène"
    ),
    "speakers": (
        "speaker, speakers, speaker name, presenter, author, lecturer, host, who,"
        " 嘉宾, 演讲嘉宾, 讲者, 演讲者, 主讲人, 讲师, 报告人,"
        " referent, referentin, referenten, referierende, referent*in, referent/in, vortragende, sprecher,"
        " redner, orateur, orateurs, intervenant, intervenants, conférencier"
    ),
    "category": (
        "category, track, stream, 类别, 分类, 分会场, kategorie, themenbereich, strang, catégorie, thématique"
    ),
    "type": "type, session type, format, kind, 类型, 形式, typ, art, genre",
    "abstract": "abstract, summary, teaser, 摘要, 概要, kurzbeschreibung, zusammenfassung, résumé",
    "description": "description, details, 简介, 描述, 内容, 介绍, beschreibung, inhalt, descriptif",
    "language": "language, lang, 语言, sprache, langue",
    "url": "url, link, website, web page, 链接, 网址, webseite, lien, page web",
    "id": "id, session id, code, slug, 编号, kennung, identifiant",
    "level": "level, audience level, 难度, 级别, niveau, schwierigkeit",
    "tags": "tag list, tags, keyword, keywords, 标签, 关键词, schlagwort, schlagworte, stichworte, mots-clés",
    "zone": "time zone, timezone, tz, 时区, zeitzone, fuseau horaire",
}

FIELDS = tuple(_NAMES)
"""The fields of a session that a column may have, as they are named in ``--columns``."""

LONGEST = 60
"""The length, in characters, above which a text is not a column's name."""

_PARENTHESES = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_BETWEEN = re.compile(
    r"[/|\n\r\t()（）\[\]【】·*:,;、]+|(?<=[\u2e80-\u9fff])\s*(?=[a-z])|(?<=[a-z.])\s*(?=[\u2e80-\u9fff])",
    re.IGNORECASE,
)
"""The pattern of what stands between a column's names in two languages, or between a name and a unit."""


def key(text: str) -> str:
    """Return a column's name in the form in which names are compared: lower case, only letters and digits."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(filter(str.isalnum, folded))


def _ranks() -> dict[str, tuple[str, int]]:
    """Return a mapping from each known name of a column (in the form of :func:`key`) to a field and a rank.

    The rank is the position of the name among the names of the field.
    """
    found: dict[str, tuple[str, int]] = {}
    for field, names in _NAMES.items():
        for rank, name in enumerate(names.split(",")):
            found.setdefault(key(name), (field, rank))
    return found


_RANKS = _ranks()


@lru_cache(4096)
def field_of(name: str) -> tuple[str, int] | None:
    """Return the field that a column with this name has, and a rank; None if the name is unknown.

    If two columns have the same field, it is more likely in the one with the lower rank.
    """
    if not name or len(name) > LONGEST:
        return None
    return next(filter(None, map(_lookup, _readings(name))), None)


def _readings(name: str) -> Iterator[str]:
    """Yield forms of a column's name to look up: as it is, without parentheses, and each of its parts."""
    yield name
    yield _PARENTHESES.sub("", name)
    yield from filter(None, _BETWEEN.split(name))


def _lookup(name: str) -> tuple[str, int] | None:
    exact = key(name)
    return _RANKS.get(exact) or (_RANKS.get(exact.removesuffix("s")) if len(exact) > 3 else None)
