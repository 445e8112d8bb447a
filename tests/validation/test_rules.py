"""The rules, and the choice of some of them."""

import pytest

from summitcli.errors import UnknownValue, UsageError
from summitcli.validation.programme import CHECKS
from summitcli.validation.rules import RULES, chosen_rules


def test_all_rules_are_chosen_unless_some_are_named_or_ignored() -> None:
    assert chosen_rules() == RULES.keys()
    assert chosen_rules(["link", "no-room"]) == {"link", "no-room"}
    assert chosen_rules(["link", "no-room"], ["link"]) == {"no-room"}
    assert chosen_rules((), ["link"]) == RULES.keys() - {"link"}


def test_an_unknown_rule_is_an_error_with_suggestions() -> None:
    with pytest.raises(UnknownValue, match=r'no rule "no-rooms"\. Did you mean "no-room"'):
        chosen_rules(["no-rooms"])
    with pytest.raises(UnknownValue, match='no rule "x"'):
        chosen_rules((), ["x"])


def test_what_makes_a_schedule_unreadable_can_not_be_ignored() -> None:
    with pytest.raises(UsageError, match='the rule "format" can\'t be turned off'):
        chosen_rules((), ["format"])


def test_every_rule_of_a_programme_is_checked_once() -> None:
    checked = [rule for rules in CHECKS.values() for rule in rules]
    of_files = {"format", "specification", "reading", "unreadable-time", "columns"}
    assert sorted(checked) == sorted(RULES.keys() - of_files)
