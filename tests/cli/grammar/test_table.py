"""The table of commands: the same as the Typer application, and complete."""

import inspect
from pathlib import Path
from typing import Any

import pytest
import typer
from scripts.commands import TABLE, summary, table, tree

from summitcli.cli.app import app
from summitcli.cli.grammar.commands import COMMANDS, GLANCE, HELP, TYPER_ONLY, VERSION, Command, common, find

EVERY = {"": GLANCE, **COMMANDS}
TREE: dict[str, Any] = dict(tree(typer.main.get_command(app)))


def test_the_table_is_what_make_docs_writes() -> None:
    assert TABLE.read_text("utf-8") == table(), "run `make docs`"


def test_it_has_every_command_of_the_application() -> None:
    assert set(EVERY) == set(TREE)


@pytest.mark.parametrize("words", EVERY)
def test_a_command_has_the_parameters_of_its_typer_command(words: str) -> None:
    taken = [*find(words).parameters(), *common(), HELP, *([] if words else [VERSION])]
    made = TREE[words].params
    assert [one.name for one in taken] == [one.name for one in made]
    options = [one for one in made if one.param_type_name == "option"]
    assert {flag for one in taken for flag in one.flags} == {flag for one in options for flag in one.opts}
    assert [one.name for one in taken if one.required] == [one.name for one in made if one.required]
    assert [one.takes_value for one in taken if one.flags] == [not one.is_flag for one in options]


@pytest.mark.parametrize("command", EVERY.values(), ids=EVERY)
def test_the_function_and_bundles_of_a_command_exist(command: Command) -> None:
    function = command.load()
    names = [name for name in inspect.signature(function).parameters if name != "call"]
    assert [taken[0] for taken in command.takes] == names
    assert set(command.bundles().values()) <= set(function.__globals__)
    assert command.summary == summary(function)
    assert [one for one in command.parameters() if one.kind == TYPER_ONLY] == []


def test_a_docstring_without_a_sentence_is_refused() -> None:
    def command() -> None:
        """No sentence"""

    with pytest.raises(ValueError, match="does not begin with a sentence"):
        summary(command)


def test_the_table_lies_in_the_package() -> None:
    assert Path(inspect.getfile(Command)).parent == TABLE.parent
