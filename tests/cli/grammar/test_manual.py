"""The pages of the help, and the texts that they take from declarations."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import summitcli
from summitcli.cli.grammar.commands import COMMANDS, GLANCE, HELP, PANELS, VERSION, Command, common
from summitcli.cli.grammar.manual import (
    ENVIRONMENT,
    EXAMPLES,
    Section,
    examples,
    filters,
    options_page,
    page,
)
from summitcli.cli.options import Filters
from summitcli.words.zh import WORDS

SOURCE = Path(summitcli.__file__).parent

EVERYTHING = {"": GLANCE, **COMMANDS}


def test_filters_are_explained_by_list_alone() -> None:
    explained = filters()
    for words, command in COMMANDS.items():
        if "filters" in command.bundles():
            (shown,) = (section for section in page(words, brief=True).sections if section[0] == "Filters")
            names = "-d/--day, -c/--category, -x/--exclude-category, -r/--room, -s/--speaker"
            own_name = words.split()[0] in ("agenda", "star", "unstar", "hide")
            names += f", --language, --agenda, --pick, {'' if own_name else '--name, '}--from, --to"
            names += "; see `summit help list`"
            assert shown == (explained if words == "list" else Section("Filters", (), names))


def test_every_variable_that_the_program_reads_is_explained() -> None:
    read = {
        found
        for path in SOURCE.rglob("*.py")
        for found in re.findall(r"[\"'](SUMMIT_[A-Z]+)[\"']", path.read_text("utf-8"))
    }
    assert read == {name for name in ENVIRONMENT if name.startswith("SUMMIT_")}


def test_the_page_of_global_options_has_those_of_summit_alone() -> None:
    alone = {heading: entries for heading, entries, _note in page("").sections}
    shown = {heading: entries for heading, entries, _note in options_page().sections}
    assert shown["Options without a command"] == (*alone["Output"], *alone["Options"])


def sentences() -> Iterator[str]:
    """Yield the sentences of declarations that users see."""
    yield from (*PANELS, HELP.help, VERSION.help, Filters.__doc__ or "")
    for command in EVERYTHING.values():
        yield from (command.summary, command.load().__doc__ or "")
        yield from (one.help for one in (*command.parameters(), *common()))
        yield from (example.what for example in (*EXAMPLES, *examples(command.load())))


def test_everything_that_the_help_says_has_its_chinese() -> None:
    assert sorted({sentence for sentence in sentences() if sentence not in WORDS}) == []


@pytest.mark.parametrize("command", EVERYTHING.values(), ids=EVERYTHING)
def test_a_command_is_described_alike_in_both_places(command: Command) -> None:
    described = command.load().__doc__ or ""
    assert described.startswith(command.summary.rstrip("."))
    assert described.endswith(".")
