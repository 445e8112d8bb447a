"""Generate conferences for benchmarks, always the same for the same number of sessions.

Names are Chinese, English and German. There are twelve categories and four days; the number of rooms and
speakers grows with that of sessions.
"""

import json
import random
import sys
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_DAY = date(2022, 7, 23)
DAYS = 4
CHANGE_INTERVAL = 50
"""Every this many sessions, one has a new title in the later version."""
OPENS, HOURS = 8, 12
LENGTHS = (15, 30, 45, 60, 90)

CATEGORIES = {
    "keynote": ("主旨演讲", "Keynotes"), "forum": ("分论坛", "Forums"), "talk": ("报告", "Talks"),
    "workshop": ("工作坊", "Workshops"), "panel": ("圆桌讨论", "Panels"), "contest": ("大赛", "Contests"),
    "expo": ("展览", "Exhibitions"), "demo": ("演示", "Demonstrations"), "poster": ("海报", "Posters"),
    "meeting": ("会议", "Meetings"), "training": ("培训", "Training"), "social": ("交流", "Social events"),
}  # fmt: skip
CHINESE = (
    ("数字", "智慧", "云端", "工业", "绿色", "安全", "海洋", "城市", "乡村", "金融"),
    ("经济", "政府", "治理", "互联网", "大数据", "人工智能", "区块链", "物联网", "医疗", "教育"),
    ("分论坛", "峰会", "研讨会", "圆桌", "成果发布", "总决赛", "开放日", "对话", "实践", "展望"),
)
ENGLISH = (
    ("Digital", "Smart", "Open", "Green", "Secure", "Urban", "Rural", "Industrial", "Maritime", "Modern"),
    ("Economy", "Government", "Data", "Networks", "Intelligence", "Ledgers", "Health", "Learning", "Energy"),
    ("Forum", "Summit", "Workshop", "Round Table", "Results", "Final", "Open Day", "Dialogue", "Practice"),
)
GERMAN = (
    ("Digitale", "Kluge", "Offene", "Grüne", "Sichere", "Städtische", "Ländliche", "Künftige"),
    ("Bürger", "Verwaltung", "Daten", "Netze", "Märkte", "Häfen", "Gesundheit", "Schulen"),
    ("Größe", "Übersicht", "Werkstatt", "Gespräche", "Ergebnisse", "Lösungen", "Zukunft"),
)
FAMILY_NAMES = ("王", "李", "张", "刘", "陈", "杨", "黄", "Smith", "Jones", "Müller", "Weiß", "Jäger")
GIVEN_NAMES = ("伟", "芳", "娜", "敏", "静", "Ada", "Grace", "Jürgen", "Heike", "Tom", "Ines", "Karl")


def schedule(sessions: int) -> dict[str, Any]:
    """Return a schedule in our own JSON format with that many sessions, each with one slot."""
    rng = random.Random(sessions)
    return {
        "format": "summit-schedule/1",
        "revised": "2022-07-01",
        "conference": {
            "id": f"bench-{sessions}",
            "title": {"zh": f"{sessions}场大会", "en": f"Conference of {sessions}"},
            "language": "zh",
            "time_zone": ZONE.key,
            "start": FIRST_DAY.isoformat(),
            "end": (FIRST_DAY + timedelta(days=DAYS - 1)).isoformat(),
        },
        "categories": [{"id": id_, "name": {"zh": zh, "en": en}} for id_, (zh, en) in CATEGORIES.items()],
        "sessions": [_session(number, sessions, rng) for number in range(sessions)],
    }


def renamed(made: dict[str, Any]) -> dict[str, Any]:
    """Return the later version of a frab schedule, changed in place: some sessions have new titles."""
    days = made["schedule"]["conference"]["days"]
    events = (event for day in days for room in day["rooms"].values() for event in room)
    for number, event in enumerate(events):
        if number % CHANGE_INTERVAL == 0:
            event["title"] += " (neu)"
    return made


def write(path: Path, sessions: int, form: str = "") -> None:
    """Write a schedule in our own JSON; in frab's if ``form`` is ``frab``, or ``later`` for a changed one."""
    made = frab(sessions) if form else schedule(sessions)
    made = renamed(made) if form == "later" else made
    path.write_text(json.dumps(made, ensure_ascii=False), "utf-8")


def frab(sessions: int) -> dict[str, Any]:
    """Return the same conference in frab's format, with a description of some sentences for each session."""
    made = schedule(sessions)
    rng = random.Random(sessions)
    conference = made["conference"]
    held: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for number, session in enumerate(made["sessions"], 1):
        (slot,) = session["slots"]
        in_room = held.setdefault(slot["day"], {}).setdefault(slot["room"], [])
        in_room.append(_frab_event(number, session, slot, rng))
    days = [
        {"index": index, "date": day, "rooms": dict(sorted(held[day].items()))}
        for index, day in enumerate(sorted(held), 1)
    ]
    about = {
        "acronym": conference["id"],
        "title": conference["title"]["zh"],
        "start": conference["start"],
        "end": conference["end"],
        "daysCount": len(days),
        "time_zone_name": conference["time_zone"],
        "days": days,
    }
    return {"schedule": {"version": "1.0", "conference": about}}


def _frab_event(
    number: int, session: dict[str, Any], slot: dict[str, str], rng: random.Random
) -> dict[str, Any]:
    start, end = datetime.fromisoformat(slot["start"]), datetime.fromisoformat(slot["end"])
    hours, minutes = divmod(int((end - start).total_seconds()) // 60, 60)
    title = session["title"]
    return {
        "id": number,
        "guid": str(uuid.UUID(int=rng.getrandbits(128), version=4)),
        "date": slot["start"],
        "start": f"{start:%H:%M}",
        "duration": f"{hours:02}:{minutes:02}",
        "room": slot["room"],
        "slug": session["id"],
        "title": title if isinstance(title, str) else title["zh"],
        "subtitle": "",
        "track": CATEGORIES[session["category"]][1],
        "type": "lecture",
        "language": session["language"],
        "abstract": session["description"],
        "description": _description(rng),
        "persons": [{"id": None, "public_name": name} for name in session["speakers"]],
        "links": [],
    }


def _description(rng: random.Random) -> str:
    sentences = [f"{_name(ENGLISH, ' ', rng)}, {_name(GERMAN, ' ', rng)}." for _ in range(2)]
    return " ".join([f"{_name(CHINESE, '', rng)}。", *sentences])


def rooms(sessions: int) -> int:
    """Return the number of rooms, enough that no room has more than some sessions in an hour."""
    return max(5, sessions // 200)


def _session(number: int, sessions: int, rng: random.Random) -> dict[str, Any]:
    day = FIRST_DAY + timedelta(days=number % DAYS)
    opens = datetime(day.year, day.month, day.day, OPENS, tzinfo=ZONE)
    start = opens + timedelta(minutes=15 * rng.randrange(HOURS * 4))
    end = start + timedelta(minutes=rng.choice(LENGTHS))
    room = f"{rng.randrange(rooms(sessions)) + 1}号厅"
    return {
        "id": f"s-{number:06d}",
        "title": _title(number, rng),
        "category": rng.choice(tuple(CATEGORIES)),
        "slots": [{"day": day.isoformat(), "start": start.isoformat(), "end": end.isoformat(), "room": room}],
        "speakers": [_speaker(sessions, rng) for _ in range(rng.randrange(3))],
        "language": rng.choice(("zh", "en", "de")),
        "description": f"{_name(CHINESE, '', rng)}。{_name(ENGLISH, ' ', rng)}.",
    }


def _title(number: int, rng: random.Random) -> dict[str, str] | str:
    chinese = f"{_name(CHINESE, '', rng)}{number}"
    kind = rng.randrange(3)
    if kind == 0:
        return {"zh": chinese, "en": f"{_name(ENGLISH, ' ', rng)} {number}"}
    return chinese if kind == 1 else f"{_name(GERMAN, ' ', rng)} {number}"


def _speaker(sessions: int, rng: random.Random) -> str:
    number = rng.randrange(max(10, sessions // 20))
    return f"{rng.choice(FAMILY_NAMES)}{rng.choice(GIVEN_NAMES)} {number}"


def _name(words: tuple[tuple[str, ...], ...], between: str, rng: random.Random) -> str:
    return between.join(rng.choice(some) for some in words)


if __name__ == "__main__":
    # This runs as a new process, so that its memory is not counted.
    write(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
