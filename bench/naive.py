"""A simple program with Typer, pydantic and Rich but without a catalog, for comparison."""

from datetime import date

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table


class Slot(BaseModel):
    """A day with a start and a room."""

    day: date
    start: str | None = None
    room: str | None = None


class Session(BaseModel):
    """A session."""

    id: str
    title: str | dict[str, str]
    category: str | None = None
    slots: list[Slot]


class Schedule(BaseModel):
    """A schedule."""

    sessions: list[Session]


def main(file: str, day: str) -> None:
    """Print the sessions of a day."""
    with open(file, "rb") as opened:
        schedule = Schedule.model_validate_json(opened.read())
    table = Table("day", "start", "title")
    for session in schedule.sessions:
        for slot in session.slots:
            if slot.day.isoformat() == day:
                table.add_row(day, slot.start, str(session.title))
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
