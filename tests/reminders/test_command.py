"""The command of `--run`: a list of words that no shell sees."""

from pathlib import Path

import pytest

from summitcli.errors import UsageError
from summitcli.reminders.command import FIELDS, filled, parse_command

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["reminders.md", "reminders.zh-CN.md", "reference.md", "reference.zh-CN.md"])
def test_every_field_is_documented(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    assert [field for field in FIELDS if f"{{{field}}}" not in text] == []


def test_each_value_stays_one_word_and_never_becomes_an_option() -> None:
    words = parse_command("say -t '{title} now' {title} {room} {{}} --in={room}")
    values = dict.fromkeys(FIELDS, "") | {"title": "-rf $(x); {room} 'a", "room": "A b"}
    assert filled(words, values) == [
        "say", "-t", " -rf $(x); {room} 'a now", " -rf $(x); {room} 'a", "A b", "{}", "--in=A b",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "--run needs a command"),
        ("say 'x", "unmatched quote or brace in the command of --run"),
        ("say {title", "unmatched quote or brace in the command of --run"),
        ("say {titel}", 'no field "titel". Did you mean "title"?'),
        ("say {}", 'no field "". Available: title, room, start, end, mark, text'),
        ("say {title.x}", 'no field "title.x". Did you mean "title"?'),
        ("say {title!r}", 'no field "title!r". Did you mean "title"?'),
        ("say {title!r:d}", 'no field "title!r:d". Did you mean "title"?'),
        ("say {title:d}", 'no field "title:d". Did you mean "title"?'),
    ],
)
def test_errors(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_command(text)
    assert str(caught.value) == message
