"""Where one of pydantic's errors is, in the file's own keys, and which branches led to it."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from animate.errors import FormulaError, Mistake, Path
from animate.registry import clipped, hint
from animate.scene.diagnostics.words import either, items, kind_taken, sentence_for, shown

if TYPE_CHECKING:
    from pydantic import BaseModel

FINAL_AT_KEY = "mistake_at_key"
FINAL = ("mistake", FINAL_AT_KEY)
"""Errors that are Mistakes already: a part of the data was checked by a model of its own choice."""


@dataclass(frozen=True)
class Located:
    """One of pydantic's errors: its path in the file, and the unions that it was tried within.

    `known` are the keys that there are at its place, `refused` the sentences for keys that do not
    belong there, `length` is how many items do.
    """

    details: Mapping[str, Any]
    path: Path
    unions: tuple[tuple[Path, str], ...]
    known: tuple[str, ...]
    length: int | None
    refused: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, details: Mapping[str, Any], model: type[BaseModel]) -> Located:
        """Tell the keys and indices in pydantic's `loc` from the names of a union's branches."""
        if details["type"] in FINAL:
            return cls(details, details["loc"], (), (), None)
        path: Path = ()
        unions: list[tuple[Path, str]] = []
        candidates = list(_alternatives(model))
        absent = details["type"] in ("extra_forbidden", "missing")
        for part in details["loc"][:-1] if absent else details["loc"]:
            inner = [child for each in candidates for child in _children(each, part)]
            if inner:
                path, candidates = (*path, part), inner
            else:
                unions.append((path, str(part)))
                candidates = [each for each in candidates if _bears(each, part)] or candidates
        if absent:
            path = (*path, details["loc"][-1])
        known = dict.fromkeys(name for each in candidates for name in _fields(each))
        lengths = (_length(each) for each in candidates)
        length = next((each for each in lengths if each is not None), None)
        refused = {k: v for each in candidates for k, v in getattr(each, "refused", {}).items()}
        return cls(details, path, tuple(unions), tuple(known), length, refused)

    @property
    def kind(self) -> str | None:
        """What would have been taken in place of a value of quite another kind."""
        return kind_taken(self.details)

    @property
    def misfits(self) -> int:
        """How many values are of another shape, rather than of this shape and out of bounds.

        A list of points that is too long for one point has as many as it has points.
        """
        kind, value = self.details["type"], self.details["input"]
        if kind == "too_long" and self.length is not None:
            return sum(isinstance(each, list | tuple | dict) for each in value)
        return int(bool(self.kind) or kind in ("missing", "extra_forbidden"))

    def mistake(self) -> Mistake:
        """The error as a Mistake."""
        kind, value = self.details["type"], self.details["input"]
        if kind in ("missing", "too_long") and self.length is not None:
            path = self.path[:-1] if kind == "missing" else self.path
            return Mistake(path, f"must have {items(self.length)}, got {len(value)}")
        if kind == "extra_forbidden":
            name = str(self.path[-1])
            if name in self.refused:
                return Mistake(self.path, self.refused[name], at_key=True)
            near = hint(name, list(self.known))
            return Mistake(self.path, f"unknown key {clipped(name)!r}.{near}", at_key=True)
        if kind in ("union_tag_invalid", "union_tag_not_found"):
            return self._of_a_wrong_tag()
        if kind == "missing":
            return Mistake(self.path[:-1], f"the key {self.path[-1]!r} is missing")
        if kind in FINAL:
            offset = self.details["ctx"]["offset"]
            return Mistake(self.path, self.details["msg"], kind == FINAL_AT_KEY, offset)
        if kind == "value_error" and isinstance(self.details["ctx"]["error"], FormulaError):
            error = self.details["ctx"]["error"]
            return Mistake(self.path, str(error), offset=error.column)
        return Mistake(self.path, sentence_for(self.details))

    def _of_a_wrong_tag(self) -> Mistake:
        """The key that tells the branches of a union apart is missing, or says none of them."""
        context, value = self.details["ctx"], self.details["input"]
        key = context["discriminator"].strip("'")
        if key not in value:
            return Mistake(self.path, f"the key {key!r} is missing")
        tags = either(context["expected_tags"].split(", "))
        return Mistake((*self.path, key), f"must be {tags}, got {shown(value[key])}")


def _alternatives(annotation: Any) -> Iterator[Any]:
    """The types that `annotation` allows, unions and Annotated opened."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for each in get_args(annotation):
            yield from _alternatives(each)
    elif hasattr(annotation, "__value__"):
        yield from _alternatives(annotation.__value__)
    else:
        yield annotation


def _children(annotation: Any, part: str | int) -> Iterator[Any]:
    """What `annotation` allows at the key or index `part`; nothing if it has no such place."""
    origin, arguments = get_origin(annotation) or annotation, get_args(annotation)
    if isinstance(part, str) and _fields(annotation):
        for name, field in annotation.model_fields.items():
            if part == (field.alias or name):
                yield from _alternatives(field.annotation)
    elif isinstance(part, int) and origin is tuple and arguments and arguments[-1] is not ...:
        yield from _alternatives(arguments[min(part, len(arguments) - 1)])
    elif isinstance(part, int) and _is(origin, Sequence, set, frozenset):
        yield from _alternatives(arguments[0] if arguments else Any)
    elif isinstance(part, str) and _is(origin, Mapping):
        yield from _alternatives(arguments[-1] if arguments else Any)


def _is(origin: Any, *kinds: Any) -> bool:
    return isinstance(origin, type) and origin is not str and issubclass(origin, kinds)


def _bears(annotation: Any, label: str | int) -> bool:
    """Whether pydantic calls this branch of a union `label`: by its name or its tag."""
    fields = getattr(annotation, "model_fields", {})
    return getattr(annotation, "__name__", None) == label or any(
        get_origin(field.annotation) is Literal and label in get_args(field.annotation)
        for field in fields.values()
    )


def _length(annotation: Any) -> int | None:
    """How many items a tuple of fixed length has."""
    arguments = get_args(annotation)
    fixed = get_origin(annotation) is tuple and ... not in arguments
    return len(arguments) if fixed else None


def _fields(annotation: Any) -> list[str]:
    fields = getattr(annotation, "model_fields", None)
    return [field.alias or name for name, field in fields.items()] if fields else []
