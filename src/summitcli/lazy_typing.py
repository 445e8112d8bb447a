"""Names of :mod:`typing` and :mod:`enum` for modules that run at every command, without importing them.

Importing ``typing`` takes an eighth of the time of a short command. A type checker sees the real names. A
module that takes ``NamedTuple`` from here begins with ``from __future__ import annotations``, so that no
annotation of a field is ever evaluated.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]

TYPE_CHECKING = False

if TYPE_CHECKING:
    from enum import IntEnum as IntEnum
    from typing import Annotated as Annotated
    from typing import Any as Any
    from typing import Generic as Generic
    from typing import Literal as Literal
    from typing import NamedTuple as NamedTuple
    from typing import NoReturn as NoReturn
    from typing import Protocol as Protocol
    from typing import TypeVar as TypeVar
    from typing import dataclass_transform as dataclass_transform
else:
    Any = NoReturn = object

    class _Numbers(type):
        """The class of classes whose names are whole numbers: they have these in the order of their names."""

        def __iter__(cls):
            return iter(dict.fromkeys(value for name, value in vars(cls).items() if name.isupper()))

    class IntEnum(metaclass=_Numbers):
        """The base of a class whose names are whole numbers, which are those numbers and no more."""

    class _OnDemand:
        """A stand-in for ``typing.Annotated``, which is imported when an annotation is evaluated."""

        def __getitem__(self, parameters):
            from typing import Annotated

            return Annotated[parameters]

    Annotated = _OnDemand()

    class Generic:
        """What is for a type checker alone: a base that adds nothing, with parameters or without."""

        def __class_getitem__(cls, _parameters):
            return cls

    Literal = Protocol = Generic

    def TypeVar(name, *_types, **_bound):  # noqa: N802
        """Return what stands for a parameter of a type: its name."""
        return name

    def dataclass_transform(**_how):
        """Return a decorator that tells a type checker alone, as PEP 681 has it."""
        return lambda decorated: decorated

    _METHOD_NAMES = ("__new__", "_make", "_replace", "_asdict", "__repr__", "__getnewargs__")

    class _NamedTuple:
        """What a class of named tuples has beside its fields, as ``collections.namedtuple`` does it."""

        def __new__(cls, *values, **named):
            """Make a tuple of all its fields; the class gets a constructor of its own where that won't do.

            To compile one takes as long as to make the class.
            """
            if not named and len(values) == len(cls._fields):
                return tuple.__new__(cls, values)
            owner = next(base for base in cls.__mro__ if "_fields" in base.__dict__)
            names = ", ".join(owner._fields)
            made = eval(f"lambda cls, {names}: new(cls, ({names},))", {"new": tuple.__new__})  # noqa: S307
            made.__name__ = "__new__"
            made.__qualname__ = f"{owner.__name__}.__new__"
            made.__defaults__ = tuple(owner._field_defaults.values())
            owner.__new__ = staticmethod(made)
            return made(cls, *values, **named)

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes):
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise TypeError(f"Got unexpected field names: {list(changes)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            values = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({values})"

        def __getnewargs__(self):
            return tuple(self)

    _METHODS = {name: vars(_NamedTuple)[name] for name in _METHOD_NAMES}

    class _MakesNamedTuple(type):
        """What makes a subclass of ``NamedTuple`` a class of tuples."""

        def __new__(cls, name, bases, namespace):
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace["__annotations__"])
            getters = {field: _tuplegetter(place, None) for place, field in enumerate(fields)}
            told = {
                "_fields": fields,
                "_field_defaults": {field: namespace[field] for field in fields if field in namespace},
                "__match_args__": fields,
                "__slots__": (),
            }
            return type(name, (tuple,), {**_METHODS, **namespace, **getters, **told})

    class NamedTuple(metaclass=_MakesNamedTuple):
        """The base of a class whose annotated names are the fields of a tuple; see ``typing.NamedTuple``."""
