"""What one call reads: no session twice, and no agenda twice."""

import builtins
import sqlite3
from typing import Any

import pytest

from summitcli.storage import sqlite
from tests.conftest import Asked

SESSION = "session.titles"
"""Stands in each statement that reads whole sessions or listings, and in no other."""


class Reads:
    """Counts the statements that ask for sessions, and the openings of agendas, while a command runs."""

    def __init__(self, ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
        self._ask = ask
        self._statements = self._openings = 0
        connect, opened = sqlite3.connect, builtins.open

        def connect_traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **options)
            connection.set_trace_callback(self._trace)
            return connection

        def open_counted(file: Any, *arguments: Any, **options: Any) -> Any:
            self._openings += str(file).endswith("default.json")
            return opened(file, *arguments, **options)

        monkeypatch.setattr(sqlite.sqlite3, "connect", connect_traced)
        monkeypatch.setattr(builtins, "open", open_counted)

    def _trace(self, statement: str) -> None:
        self._statements += SESSION in statement

    def of(self, *words: str) -> tuple[int, int]:
        """Return how many statements and how many openings a command takes."""
        self._statements = self._openings = 0
        answer = self._ask(*words)
        assert answer.status == 0, answer.err
        return self._statements, self._openings


@pytest.mark.parametrize(
    ("words", "reads"),
    [
        (["show", "opening", "main-forum"], (2, 1)),
        (["export", "-d", "1", "-c", "forum", "-f", "ics"], (1, 1)),
        # Of what is listed in part the other days are needed, too.
        (["export", "-d", "1", "-f", "ics"], (2, 1)),
        # What is to be picked, and what clashes with it.
        (["agenda", "add", "opening"], (2, 1)),
        (["agenda", "remove", "big-data-forum"], (0, 2)),
        # Its listings, and its sessions to tell what has changed.
        (["agenda", "--json"], (2, 1)),
        # Its sessions to tell what has changed, and again as they are written.
        (["agenda", "export"], (2, 1)),
        (["list", "--agenda"], (1, 1)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_sessions_and_agendas_are_read_once(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, words: list[str], reads: tuple[int, int]
) -> None:
    ask("agenda", "add", "main-forum", "big-data-forum")
    assert Reads(ask, monkeypatch).of(*words) == reads
