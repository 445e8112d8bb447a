"""The types of the values in a schedule, found from the annotations of the pydantic models."""

from collections.abc import Iterable, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo

from summitcli.formats.places import Step


@cache
def fields_of(type_: Any) -> dict[str, FieldInfo]:
    """Return the fields of a pydantic model by their names in files; empty if ``type_`` is not a model."""
    if not is_model(type_):
        return {}
    return {field.alias or name: field for name, field in type_.model_fields.items()}


def is_model(type_: Any) -> bool:
    """Return whether a type is a pydantic model with named fields."""
    return isinstance(type_, type) and issubclass(type_, BaseModel) and not issubclass(type_, RootModel)


def bare(annotation: Any) -> Any:
    """Return an annotation without constraints and None: ``str`` for ``Annotated[str, …] | None``.

    A union of several types stays as it is.
    """
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        others = [type_ for type_ in get_args(annotation) if type_ is not NoneType]
        return bare(others[0]) if len(others) == 1 else annotation
    return annotation


def item_type(type_: Any) -> Any:
    """Return the type of the items of a tuple: ``int`` for ``tuple[int, ...]``; None for other types."""
    return bare(get_args(type_)[0]) if get_origin(type_) is tuple else None


def child(type_: Any, step: Step) -> Any:
    """Return the type of a field (or item) of a value of the type ``type_``; None if there is no such field.

    Args:
        type_: the type of the value.
        step: the name of the field, or the index of the item.
    """
    if isinstance(step, int):
        return item_type(type_)
    field = fields_of(type_).get(step)
    return None if field is None else bare(field.annotation)


def type_at(root: Any, path: Iterable[Step]) -> Any:
    """Return the type of what is at ``path`` in a value of the type ``root``; None if there is nothing."""
    for step in path:
        root = child(root, step)
    return root


def literals(type_: Any) -> Sequence[str]:
    """Return the values that a Literal type allows; empty for other types."""
    return get_args(type_) if get_origin(type_) is Literal else ()


def alternatives(type_: Any) -> Sequence[Any]:
    """Return the types in a union, such as ``str`` and ``int``; for any other type, the type itself."""
    return get_args(type_) if get_origin(type_) in (Union, UnionType) else (type_,)
