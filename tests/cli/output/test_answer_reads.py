"""The reads of one command: no session and no agenda is read twice."""

import builtins
import sqlite3
from typing import Any

import pytest

from summitcli.storage import sqlite
from tests.conftest import Asked

SESSION = "session.titles"
"""A text that is only in SQL statements that read sessions or listings."""


class Reads:
    """A counter of the SQL statements for sessions and of the agendas opened by a command."""

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
        """Return the number of statements and of agendas opened by a command."""
        self._statements = self._openings = 0
        answer = self._ask(*words)
        assert answer.status == 0, answer.err
        return self._statements, self._openings


@pytest.mark.parametrize(
    ("words", "reads"),
    [
        (["show", "opening", "main-forum"], (2, 1)),
        (["export", "-d", "1", "-c", "forum", "-f", "ics"], (1, 0)),
        # Sessions listed in part need their other days, too.
        (["export", "-d", "1", "-f", "ics"], (2, 0)),
        (["export", "-d", "1", "-f", "ics", "--stars"], (2, 1)),
        # The sessions to add, and those in conflict with them.
        (["agenda", "add", "opening"], (2, 1)),
        (["agenda", "remove", "big-data-forum"], (0, 2)),
        # The listings, and the sessions to compare.
        (["agenda", "--json"], (2, 1)),
        # The sessions to compare, and again to write them.
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
