"""The rules that a JSON document can be held to, each a function from a value and its place to its faults.

A format is a table of such rules, as in :mod:`summitcli.validation.strict.schedule_json`.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from summitcli.formats.places import Name, Step, write_path
from summitcli.i18n import _
from summitcli.validation.strict.faults import Fault, shortened
from summitcli.validation.strict.shapes import Shape

Steps = tuple[Step, ...]
Rule = Callable[[Any, Steps], Iterator[Fault]]

NOTHING: Any = object()
"""Stands for a value that is not to be shown."""


class Kind(NamedTuple):
    """A kind of JSON value, and its name in English, which is translated where it is shown."""

    name: str
    holds: Callable[[Any], bool]


TEXT = Kind("a string", lambda value: isinstance(value, str))
NULL = Kind("null", lambda value: value is None)
TRUTH = Kind("true or false", lambda value: isinstance(value, bool))
NUMBER = Kind("a number", lambda value: isinstance(value, int | float) and not isinstance(value, bool))
WHOLE = Kind("a whole number", lambda value: NUMBER.holds(value) and value % 1 == 0)
LIST = Kind("an array", lambda value: isinstance(value, list))
OBJECT = Kind("an object", lambda value: isinstance(value, dict))


def value(*kinds: Kind, shape: Shape | None = None, least: int | None = None) -> Rule:
    """Of one of the kinds; a text of the shape, a number no smaller than ``least``."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        if not any(kind.holds(found) for kind in kinds):
            *others, last = (_(kind.name) for kind in kinds)
            names = [_(", ").join(others), last] if others else [last]
            yield fault(at, _("must be {kinds}").format(kinds=_(" or ").join(names)), found)
        elif shape and isinstance(found, str) and not shape.fits(found):
            yield fault(at, _(shape.sentence).format(example=shape.example), found)
        elif least is not None and found < least:
            yield fault(at, _("must be {n} or more").format(n=least), found)

    return check


def text(shape: Shape | None = None) -> Rule:
    """A text of the shape."""
    return value(TEXT, shape=shape)


def word_of(*words: str) -> Rule:
    """One of the texts ``words``."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        if found not in words:
            yield fault(at, _("must be one of: {names}").format(names=", ".join(words)), found)

    return check


def anything(_found: Any, _at: Steps) -> Iterator[Fault]:
    """Whatever it may be."""
    return iter(())


def nowhere(sentence: str) -> Rule:
    """A key that must not be there, and the English sentence that says why."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:  # noqa: ARG001
        yield fault(at, _(sentence))

    return check


def each(rule: Rule) -> Rule:
    """A list, all of whose entries keep the rule."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        yield from _LISTS(found, at)
        for number, entry in enumerate(found if isinstance(found, list) else ()):
            yield from rule(entry, (*at, number))

    return check


def by_name(rule: Rule) -> Rule:
    """An object of any keys, all of whose values keep the rule."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        yield from _OBJECTS(found, at)
        for name, entry in found.items() if isinstance(found, dict) else ():
            yield from rule(entry, (*at, Name(name)))

    return check


def record(
    members: Mapping[str, Rule],
    required: str = "",
    closed: bool = False,
    named_like: tuple[str, Rule] | None = None,
) -> Rule:
    """An object.

    Args:
        members: the rule of each key that it may have.
        required: the keys that it must have, between blanks.
        closed: whether it has no other keys.
        named_like: an expression, and the rule of the keys in which it is found.
    """
    needed = required.split()
    name, rule_for_name = named_like or ("(?!)", anything)
    like = re.compile(name)

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        yield from _OBJECTS(found, at)
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
    """What keeps two rules; a fault that both find is one. Those of the second are found first, and kept."""

    def check(found: Any, at: Steps) -> Iterator[Fault]:
        others = dict.fromkeys(second(found, at))
        for fault in first(found, at):
            others.pop(fault, None)
            yield fault
        yield from others

    return check


def one_way(ways: Mapping[str, Rule], sentence: str) -> Rule:
    """An object that keeps exactly one of several rules.

    Args:
        ways: the rules, by a key that tells that an object means to keep this one.
        sentence: says in English which ways there are, where none or more than one is kept.
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
    """A fault at a place, and what was found there."""
    return Fault(write_path(at), sentence, shortened(_shown(found)))


def _shown(found: Any) -> str:
    """A value as its document has it; of an object or a list only that it is one."""
    if found is NOTHING:
        return ""
    if isinstance(found, dict | list):
        return "{…}" if isinstance(found, dict) else "[…]"
    return json.dumps(found, ensure_ascii=False)


_LISTS = value(LIST)
_OBJECTS = value(OBJECT)
