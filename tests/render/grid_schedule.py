"""A small conference with times that has everything that makes a grid difficult."""

from typing import Any

from tests.schedules import document, session, timed

DAY = "2024-05-01"


def held(start: str, end: str, room: str = "") -> dict[str, Any]:
    """Return a slot on the first day; ``+`` marks a time on the next morning."""
    times = [f"2024-05-0{2 if time[0] == '+' else 1}T{time.lstrip('+')}:00+02:00" for time in (start, end)]
    return timed(DAY, *times, **({"room": room} if room else {}))


def conference() -> dict[str, Any]:
    """Return a conference with overlaps, a night, and sessions without duration, room or category."""
    made = document(
        session("opening", held("09:00", "10:00", "Hall"), category="talk", speakers=["Ada", "李雷"],
                title={"en": "Opening and welcome by the whole team", "zh": "开幕式与全体团队欢迎致辞"}),
        session("lightning", held("10:00", "10:05", "Hall"), title="A lightning talk", category="idle"),
        session("second", held("10:05", "10:10", "Hall"), title="Another one", category="idle"),
        session("workshop", held("09:30", "12:00", "Room 10"), category="talk",
                title={"en": "A long workshop", "zh": "很长的工作坊"}),
        session("beside", held("10:00", "11:00", "Room 2"), title="Beside it"),
        session("twice", held("10:30", "11:00", "Room 2"), title="At the same time there", category="talk"),
        session("bell", held("12:30", "12:30", "Hall"), title="The bell"),
        session("party", held("23:30", "+01:00", "Hall"), title="Party", category="idle"),
        session("expo", {"day": DAY}, {"day": "2024-05-02"}, title="Exhibition", category="idle"),
        session("nowhere", held("14:00", "14:30"), title="Somewhere"),
        notice="Subject to change",
    )  # fmt: skip
    made["categories"][0]["color"] = "#ffff00"
    return made
