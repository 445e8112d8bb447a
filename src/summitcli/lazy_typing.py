"""Names of :mod:`typing` and :mod:`enum` for modules that run at every command, without importing them.

Importing ``typing`` takes an eighth of the time of a short command. A type checker sees the real names. A
module that takes ``NamedTuple`` from here begins with ``from __future__ import annotations``, so that no
annotation of a field is ever evaluated.
"""

from __future__ import annotations

from collections import namedtuple

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

    class IntEnum:
        """The base of a class whose names are whole numbers; they are those numbers and no more."""

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

    class _MakesNamedTuple(type):
        """What makes a subclass of ``NamedTuple`` one that ``collections.namedtuple`` has made."""

        def __new__(cls, name, bases, namespace):
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = namespace["__annotations__"]
            defaults = [namespace.pop(field) for field in fields if field in namespace]
            made = namedtuple(name, fields, defaults=defaults, module=namespace["__module__"])
            for key, value in namespace.items():
                if key not in ("__module__", "__qualname__"):
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_MakesNamedTuple):
        """The base of a class whose annotated names are the fields of a tuple; see ``typing.NamedTuple``."""
