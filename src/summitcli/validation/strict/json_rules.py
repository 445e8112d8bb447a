"""Rules for JSON documents: functions that take a value and its path and yield the faults.

A format is a table of such rules, as in :mod:`summitcli.validation.strict.schedule_json`.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from summitcli import progress
from summitcli.formats.places import Name, Step, write_path
from summitcli.i18n import _
from summitcli.validation.strict.faults import Fault, shortened
from summitcli.validation.strict.shapes import Shape

Steps = tuple[Step, ...]
Rule = Callable[[Any, Steps], Iterator[Fault]]

NOTHING: Any = object()
"""The placeholder for the wrong value in a fault that does not show it."""


class JsonType(NamedTuple):
    """A type of JSON values; its name is in English and translated when it is shown."""

    name: str
    holds: Callable[[Any], bool]


STRING = JsonType("a string", lambda value: isinstance(value, str))
NULL = JsonType("null", lambda value: value is None)
BOOLEAN = JsonType("true or false", lambda value: isinstance(value, bool))
NUMBER = JsonType("a number", lambda value: isinstance(value, int | float) and not isinstance(value, bool))
INTEGER = JsonType("a whole number", lambda value: NUMBER.holds(value) and value % 1 == 0)
ARRAY = JsonType("an array", lambda value: isinstance(value, list))
OBJECT = JsonType("an object", lambda value: isinstance(value, dict))


def value(*types: JsonType, shape: Shape | None = None, least: int | None = None) -> Rule:
    """Return the rule for a value of one of ``types``.

    Args:
        types: the allowed types.
        shape: the required form of strings; None for any.
        least: the smallest allowed number; None for any.
    """

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        if not any(type_.holds(found) for type_ in types):
            *others, last = (_(type_.name) for type_ in types)
            names = [_(", ").join(others), last] if others else [last]
            yield fault(at, _("must be {kinds}").format(kinds=_(" or ").join(names)), found)
        elif shape and isinstance(found, str) and not shape.fits(found):
            yield fault(at, _(shape.sentence).format(example=shape.example), found)
        elif least is not None and found < least:
            yield fault(at, _("must be {n} or more").format(n=least), found)

    return check


def text(shape: Shape | None = None) -> Rule:
    """Return the rule for a string of the form ``shape``; any string if that is None."""
    return value(STRING, shape=shape)


def one_of(*words: str) -> Rule:
    """Return the rule for a string that is one of ``words``."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        if found not in words:
            yield fault(at, _("must be one of: {names}").format(names=", ".join(words)), found)

    return check


def anything(_found: Any, _at: Steps) -> Iterator[Fault]:
    """Accept any value: a rule that yields no faults."""
    return iter(())


def forbidden(sentence: str) -> Rule:
    """Return the rule for a forbidden key; ``sentence`` is the reason in English."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:  # noqa: ARG001
        yield fault(at, _(sentence))

    return check


def array_of(rule: Rule) -> Rule:
    """Return the rule for an array whose entries follow ``rule``."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        yield from _ARRAY(found, at)
        for number, entry in enumerate(found if isinstance(found, list) else ()):
            yield from rule(entry, (*at, number))

    return check


def counted(rule: Rule) -> Rule:
    """Return ``rule`` for things that are counted in the progress of the validation, such as events."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        progress.step()
        yield from rule(found, at)

    return check


def map_of(rule: Rule) -> Rule:
    """Return the rule for an object with any keys, whose values follow ``rule``."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        yield from _OBJECT(found, at)
        for name, entry in found.items() if isinstance(found, dict) else ():
            yield from rule(entry, (*at, Name(name)))

    return check


def record(
    members: Mapping[str, Rule],
    required: str = "",
    closed: bool = False,
    named_like: tuple[str, Rule] | None = None,
) -> Rule:
    """Return the rule for an object.

    Args:
        members: the rules for the values, by key.
        required: the required keys, separated by spaces.
        closed: whether keys that are not in ``members`` (and not like ``named_like``) are forbidden.
        named_like: a regular expression, and a rule for the values of all keys in which it is found.
    """
    needed = required.split()
    name, rule_for_name = named_like or ("(?!)", anything)
    like = re.compile(name)

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        yield from _OBJECT(found, at)
        if not isinstance(found, dict):
            return
        for key in needed:
            if key not in found:
                yield fault((*at, key), _("is missing"))
        for key, entry in found.items():
            place = (*at, key)
            known = [members[key]] if key in members else []
            if like.search(key):
                known.append(rule_for_name)
            if closed and not known:
                yield fault(place, _("unknown key"))
            for rule in known:
                yield from rule(entry, place)

    return check


def both(first: Rule, second: Rule) -> Rule:
    """Return the rule for a value that must follow two rules; a fault that both find is reported once."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        others = dict.fromkeys(second(found, at))
        for fault in first(found, at):
            others.pop(fault, None)
            yield fault
        yield from others

    return check


def exactly_one(ways: Mapping[str, Rule], sentence: str) -> Rule:
    """Return the rule for an object that must follow exactly one of several rules.

    If an object follows none, the faults are those of the rule that it was meant to follow, which is known by
    a key that it has.

    Args:
        ways: the alternative rules, each by the key that marks objects which are meant to follow it.
        sentence: the message, in English, for an object that follows several rules, or none and has no such
            key.
    """

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        if not isinstance(found, dict):
            return
        faults = {key: list(rule(found, at)) for key, rule in ways.items()}
        kept = sum(not broken for broken in faults.values())
        meant = next((key for key in ways if key in found), None)
        if kept == 0 and meant:
            yield from faults[meant]
        elif kept != 1:
            yield fault(at, _(sentence))

    return check


def fault(at: Steps, sentence: str, found: Any = NOTHING) -> Fault:
    """Return a fault at the path ``at``; ``found`` is the wrong value to show."""
    return Fault(write_path(at), sentence, shortened(_shown(found)))


def _shown(found: Any) -> str:
    """Return a value as JSON for a message; objects and arrays are abbreviated to ``{…}`` and ``[…]``."""
    if found is NOTHING:
        return ""
    if isinstance(found, dict | list):
        return "{…}" if isinstance(found, dict) else "[…]"
    return json.dumps(found, ensure_ascii=False)


_ARRAY = value(ARRAY)
_OBJECT = value(OBJECT)
