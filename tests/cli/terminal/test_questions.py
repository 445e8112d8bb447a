"""Questions in a terminal: repeated until they are answered."""

import io
import sys

import pytest

from summitcli.cli.terminal.questions import ask, can_ask
from summitcli.errors import UsageError


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """Return what is typed."""
    typed = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(typed, "utf-8"))
    return typed


def number(text: str) -> int:
    if not text.isdecimal():
        raise UsageError(f"{text} is no number")
    return int(text)


def test_a_question_is_asked_until_its_answer_is_valid(
    answers: io.BytesIO, capsys: pytest.CaptureFixture[str]
) -> None:
    answers.write(b"one\n 2 \n\n")
    answers.seek(0)
    assert (ask("How many", number), ask("And then", number, "3")) == (2, 3)
    assert capsys.readouterr() == ("", "How many: one is no number\nHow many: And then [3]: ")


def test_the_end_of_input_is_an_error(answers: io.BytesIO, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError) as caught:
        ask("How many", number, "3")
    assert (str(caught.value), capsys.readouterr().err) == (
        "no answer; nothing was written",
        "How many [3]: \n",
    )


def test_without_a_terminal_nothing_can_be_asked(answers: io.BytesIO) -> None:
    assert can_ask() is False
