"""Stand-ins for :mod:`typing` and :mod:`enum` in modules that every command runs.

Importing ``typing`` takes an eighth of the time of a short command. Type checkers see the real names. A
module that imports ``NamedTuple`` from here must begin with ``from __future__ import annotations``, so that
the annotations of its fields are never evaluated.
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
        """The metaclass of :class:`IntEnum`: iterating over a class yields its distinct values."""

        def __iter__(cls):
            return iter(dict.fromkeys(value for name, value in vars(cls).items() if name.isupper()))

    class IntEnum(metaclass=_Numbers):
        """A base class for named integers; unlike ``enum.IntEnum``, its members are plain integers."""

    class _OnDemand:
        """A stand-in for ``typing.Annotated`` that imports it only when an annotation is evaluated."""

        def __getitem__(self, parameters):
            from typing import Annotated

            return Annotated[parameters]

    Annotated = _OnDemand()

    class Generic:
        """A base class that adds nothing and may be subscripted; only type checkers use the parameters."""

        def __class_getitem__(cls, _parameters):
            return cls

    Literal = Protocol = Generic

    def TypeVar(name, *_types, **_bound):  # noqa: N802
        """Return ``name`` as a stand-in for a type variable."""
        return name

    def dataclass_transform(**_how):
        """Return a decorator that does nothing; only type checkers use it (PEP 681)."""
        return lambda decorated: decorated

    _METHOD_NAMES = ("__new__", "_make", "_replace", "_asdict", "__repr__", "__getnewargs__")

    class _NamedTuple:
        """The methods that all named tuple classes share, as in ``collections.namedtuple``."""

        def __new__(cls, *values, **named):
            """Create a tuple; the first call with keyword or missing arguments compiles a constructor.

            Compiling it takes as long as creating the class.
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
        """The metaclass that turns a subclass of ``NamedTuple`` into a tuple class."""

        def __new__(cls, name, bases, namespace):
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace["__annotations__"])
            getters = {field: _tuplegetter(place, None) for place, field in enumerate(fields)}
            attributes = {
                "_fields": fields,
                "_field_defaults": {field: namespace[field] for field in fields if field in namespace},
                "__match_args__": fields,
                "__slots__": (),
            }
            return type(name, (tuple,), {**_METHODS, **namespace, **getters, **attributes})

    class NamedTuple(metaclass=_MakesNamedTuple):
        """A base class whose annotated attributes become tuple fields, as in ``typing.NamedTuple``."""
