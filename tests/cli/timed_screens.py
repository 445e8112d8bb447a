"""A small bilingual conference with rooms and times, and cases that are hard to lay out."""

from typing import Any

from tests.schedules import document, session, timed

FIRST, SECOND = "2024-05-31", "2024-06-01"
ROOM = "Great Hall of the Old Observatory"

DESCRIPTION = """\
# What it is about

A *short* tour of **clear** programs, with an example from [the handbook](https://example.org/handbook) \
and much that is long enough for another line.

- First, what a reader sees before anything else, and why that is worth more than all the rest together.
- Then,
  1. what is left out,
  2. what is kept.
"""


def conference() -> dict[str, Any]:
    """Return a schedule of long names and many speakers, with night, two-slot and all-day sessions."""
    made = document(
        session("opening", timed(FIRST, f"{FIRST}T09:00:00+02:00", f"{FIRST}T09:30:00+02:00", room=ROOM),
                title={"en": "Opening", "zh": "开幕式"}, category="talk"),
        session("clear", timed(FIRST, f"{FIRST}T09:30:00+02:00", f"{FIRST}T10:30:00+02:00", room=ROOM),
                title={"en": "Clear programs: what a reader sees first, and why it matters to all who come",
                       "zh": "清晰的程序：读者首先看到什么，以及为什么这对后来的所有人都重要"},
                category="talk", language="en", url="https://example.org/clear", description=DESCRIPTION,
                speakers=["Ada Lovelace", "Grace Hopper", "李雷", "Annie Jump Cannon"]),
        session("soldering", timed(FIRST, f"{FIRST}T10:00:00+02:00", f"{FIRST}T12:00:00+02:00", room="Lab"),
                timed(SECOND, f"{SECOND}T10:00:00+02:00", f"{SECOND}T12:00:00+02:00", room="Lab"),
                title={"en": "Soldering for beginners", "zh": "焊接入门"}, category="hands-on"),
        session("stars", timed(FIRST, f"{SECOND}T00:30:00+02:00", f"{SECOND}T02:00:00+02:00", room="Roof"),
                title={"en": "Looking at stars", "zh": "观星"}),
        session("posters", {"day": FIRST}, {"day": SECOND}, title={"en": "Posters", "zh": "海报展"},
                category="hands-on"),
        session("closing", timed(SECOND, f"{SECOND}T16:00:00+02:00", f"{SECOND}T16:45:00+02:00", room=ROOM),
                title={"en": "Closing", "zh": "闭幕式"}, category="talk"),
        title={"en": "Conference of Clear Programs", "zh": "清晰程序大会"}, start=FIRST, end=SECOND,
    )  # fmt: skip
    made["categories"] = [
        {"id": "talk", "name": {"en": "Talk", "zh": "演讲"}},
        {"id": "hands-on", "color": "#ffff00",
         "name": {"en": "Hands-on workshops, exhibitions and everything else", "zh": "工作坊与展览"}},
    ]  # fmt: skip
    return made
