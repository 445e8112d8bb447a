"""Rules for JSON documents. A rule is a function that takes a value and its path and yields the faults.

The rules of a format are in a table, such as that in :mod:`summitcli.validation.strict.schedule_json`.
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
"""The value of ``found`` for a fault without a wrong value to show, such as a missing key."""


class JsonType(NamedTuple):
    """A type of JSON values. Its name is in English; it is translated when it is shown."""

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
    """Return the rule that a value must have one of ``types``.

    Args:
        types: the allowed types.
        shape: the form that strings must have; None for any form.
        least: the smallest allowed number; None for any number.
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
    """Return the rule that a value must be a string of the form ``shape``, or any string if that is None."""
    return value(STRING, shape=shape)


def one_of(*words: str) -> Rule:
    """Return the rule that a value must be one of the strings ``words``."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        if found not in words:
            yield fault(at, _("must be one of: {names}").format(names=", ".join(words)), found)

    return check


def anything(_found: Any, _at: Steps) -> Iterator[Fault]:
    """Accept any value. This is a rule that yields no faults."""
    return iter(())


def forbidden(sentence: str) -> Rule:
    """Return the rule that a key must not occur. ``sentence`` is the message, in English."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:  # noqa: ARG001
        yield fault(at, _(sentence))

    return check


def array_of(rule: Rule) -> Rule:
    """Return the rule that a value must be an array whose entries follow ``rule``."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        yield from _ARRAY(found, at)
        for number, entry in enumerate(found if isinstance(found, list) else ()):
            yield from rule(entry, (*at, number))

    return check


def counted(rule: Rule) -> Rule:
    """Return ``rule``, extended so that each value it checks, such as an event, is counted as progress."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        progress.step()
        yield from rule(found, at)

    return check


def map_of(rule: Rule) -> Rule:
    """Return the rule that a value must be an object whose values follow ``rule``. It may have any keys."""

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
    """Return the rule for an object with known keys.

    Args:
        members: the rules for its values, by key.
        required: the required keys, separated by spaces.
        closed: whether other keys are forbidden.
        named_like: a regular expression, and a rule for the values of all keys that contain a match of it.
            Such keys are never forbidden.
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
    """Return a rule that combines two rules. A fault that both find is reported once."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        others = dict.fromkeys(second(found, at))
        for fault in first(found, at):
            others.pop(fault, None)
            yield fault
        yield from others

    return check


def exactly_one(ways: Mapping[str, Rule], sentence: str) -> Rule:
    """Return the rule that an object must follow exactly one of several rules.

    If an object follows none, report the faults of the rule that it was probably meant to follow: the first
    rule in ``ways`` whose key the object has.

    Args:
        ways: the rules, each by a key that only objects for this rule have.
        sentence: the message, in English, for an object that follows several of the rules, or that follows
            none of them and has none of the keys.
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
    """Return a fault at the path ``at``. ``found`` is the wrong value, which is shown."""
    return Fault(write_path(at), sentence, shortened(_shown(found)))


def _shown(found: Any) -> str:
    """Return a value as JSON for a message. Objects are abbreviated to ``{…}`` and arrays to ``[…]``."""
    if found is NOTHING:
        return ""
    if isinstance(found, dict | list):
        return "{…}" if isinstance(found, dict) else "[…]"
    return json.dumps(found, ensure_ascii=False)


_ARRAY = value(ARRAY)
_OBJECT = value(OBJECT)
