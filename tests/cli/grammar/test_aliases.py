"""Aliases: each suggests a command, and none is a command itself."""

import pytest

from summitcli.cli.grammar.aliases import ALIASES
from summitcli.cli.grammar.commands import COMMANDS, VERSION
from summitcli.text.folding import fold
from tests.conftest import Asked

SUGGESTED = [
    (group, alias, name) for group in ALIASES for alias, names in ALIASES[group].items() for name in names
]
NO_COMMANDS = {"day yesterday", "help options", *VERSION.flags}
"""The suggestions that are not just the words of a command."""


@pytest.mark.parametrize("group", ALIASES)
def test_every_alias_suggests_a_command(group: str) -> None:
    suggested = {name for names in ALIASES[group].values() for name in names}
    assert suggested - NO_COMMANDS - COMMANDS.keys() == set()


@pytest.mark.parametrize("group", ["", "agenda"])
def test_every_command_has_a_chinese_alias(group: str) -> None:
    named = {name for alias, names in ALIASES[group].items() if not alias.isascii() for name in names}
    expected = {words for words in COMMANDS if words.startswith(f"{group} ".lstrip())}
    assert expected - named == ({"day"} if not group else set())


@pytest.mark.parametrize("group", ALIASES)
def test_no_alias_is_a_command_or_is_folded_away(group: str) -> None:
    aliases = ALIASES[group]
    assert [alias for alias in aliases if f"{group} {alias}".lstrip() in COMMANDS] == []
    assert [alias for alias in aliases if fold(alias) != alias] == []


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("rm big-data", "summit agenda remove big-data"),
        ("rm big-data --name friends", "summit agenda remove big-data --name friends"),
        ("delete big-data", "summit agenda remove big-data"),
        ("add big-data", "summit agenda add big-data"),
        ("ls", "summit list"),
        ("ls -c forum", "summit list -c forum"),
        ("ls forum", "summit list"),
        ("lookup big data", "summit search big data"),
        ("info", "summit about"),
        ("ics -o mine.ics", "summit agenda export -o mine.ics"),
        ("cal", 'summit grid" or "summit agenda export'),
        ("cp -o mine.ics", "summit export -o mine.ics"),
        ("version --json", "summit --version"),
        ("yesterday --json", "summit day yesterday --json"),
        ("options", "summit help options"),
        ("checkout bundled", "summit use bundled"),
        ("--schedule bundled rm big-data", "summit agenda remove big-data --schedule bundled"),
        ("ls forum --schedule=bundled", "summit list --schedule bundled"),
        ("ls --schedule bundled", "summit list --schedule bundled"),
        (
            "fetch https://ada:secret@conf.example/s.json",
            "summit update 'https://ada:***@conf.example/s.json'",
        ),
        ("remove x", 'summit agenda remove x" or "summit schedules remove x'),
        ("搜索 数字", "summit search 数字"),
        ("收藏 big-data", "summit star big-data"),
        ("今天", "summit today"),
        ("浏览", "summit browse"),
        ("发布 site", "summit publish site"),
        ("提醒", "summit remind"),
        ("分享", "summit agenda share"),
        ("计划", "summit agenda plan"),
        ("agenda 计划 --walk 10m", "summit agenda plan --walk 10m"),
        ("同步 cal", "summit agenda sync cal"),
        ("sync", 'summit agenda sync" or "summit update'),
        ("我的日程", "summit agenda"),
        ("会议室", "summit rooms"),
        ("时间表", "summit grid"),
        ("导出 -o a.ics", "summit export -o a.ics"),
        ("对比 a.json b.json", "summit diff a.json b.json"),
        ("帮助", "summit help"),
        ("agenda rm big-data", "summit agenda remove big-data"),
        ("agenda ls -d 1", "summit agenda -d 1"),
        ("schedules add plan.json", "summit use plan.json"),
    ],
)
def test_an_alias_suggests_the_command_line(ask: Asked, line: str, meant: str) -> None:
    status, out, err = ask(*line.split())
    _sentence, _did, suggested = err.partition(". Did you mean ")
    assert (status, out) == (2, "")
    assert suggested == f'"{meant}"?\n'


def test_words_with_special_characters_are_quoted(ask: Asked) -> None:
    assert ask("lookup", "a b", "$HOME").err.endswith("""Did you mean "summit search 'a b' '$HOME'"?\n""")
