"""Where one of pydantic's errors is, in the file's own keys, and which branches led to it."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from typing_extensions import TypeAliasType

from animate.errors import FormulaError, Mistake, Path
from animate.registry import clipped, hint, nearest
from animate.scene.diagnostics.sentences import (
    LIST,
    MAPPING,
    expected_kind,
    items,
    sentence_for,
    written,
)
from animate.scene.given import is_list, is_mapping

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

FINAL, FINAL_AT_KEY = "mistake", "mistake_at_key"
"""The types of errors that are Mistakes already, their paths and sentences included."""


@dataclass(frozen=True)
class Located:
    """One of pydantic's errors: its path in the file, and the unions that it was tried within.

    `unions` are for each the path of the union and the name of the branch, `candidates` the types
    that the value at its place may have, `example` is one that would be right, if one is known.
    """

    details: ErrorDetails
    path: Path
    unions: tuple[tuple[Path, str], ...] = ()
    candidates: tuple[object, ...] = ()
    example: object = None

    @classmethod
    def of(cls, details: ErrorDetails, kind: object) -> Located:
        """Locate an error about data of the type `kind`.

        pydantic's `loc` mixes keys and indices with the names of a union's branches; the type tells
        them apart.
        """
        if details["type"] in (FINAL, FINAL_AT_KEY):
            return cls(details, details["loc"])
        path: Path = ()
        unions: list[tuple[Path, str]] = []
        candidates = list(alternatives(kind))
        example = _own_example(kind)
        absent = details["type"] in ("extra_forbidden", "missing")
        for part in details["loc"][:-1] if absent else details["loc"]:
            inner = [child for each in candidates for child in children(each, part)]
            if inner:
                example = _example(candidates, part, example)
                path, candidates = (*path, part), inner
            else:
                unions.append((path, str(part)))
                named = [each for each in candidates if getattr(each, "__name__", None) == part]
                candidates = named or candidates
        if absent:
            path = (*path, details["loc"][-1])
        return cls(details, path, tuple(unions), tuple(candidates), example)

    @property
    def length(self) -> int | None:
        """How many items belong there."""
        return next((each for each in map(_length, self.candidates) if each is not None), None)

    @property
    def expected(self) -> str | None:
        """What would be right, where the value is of quite another kind."""
        kind = expected_kind(self.details)
        if kind == LIST and is_list(self._example):
            return f"{kind} such as {written(self._example)}"
        if kind == MAPPING and is_mapping(self._example):
            return f"a mapping such as {written(self._example)}"
        return kind

    @property
    def _example(self) -> object:
        """One that would be right; of a list of plain values that of the value alone."""
        value = self.details["input"]
        made = next((each for each in map(_made, self.candidates) if is_list(each)), None)
        if self.example or made or not isinstance(value, str | int | float):
            return self.example or made
        items = [each for kind in self.candidates for each in children(kind, 0)]
        plain = any(each is type(value) or get_origin(each) is Literal for each in items)
        return [value] if plain and self.length is None else None

    @property
    def misfits(self) -> int:
        """How many values are of another shape, rather than of this shape and out of bounds.

        A list of points that is too long for one point has as many as it has points.
        """
        kind, value = self.details["type"], self.details["input"]
        if kind == "too_long" and self.length is not None:
            return sum(isinstance(each, list | tuple | dict) for each in value)
        return int(bool(self.expected) or kind in ("missing", "extra_forbidden"))

    def mistake(self) -> Mistake:
        """The error as a Mistake."""
        kind, value = self.details["type"], self.details["input"]
        context = self.details.get("ctx", {})
        if kind in ("missing", "too_long") and self.length is not None:
            path = self.path[:-1] if kind == "missing" else self.path
            example = self._example
            such = f", such as {written(example)}," if is_list(example) else ","
            return Mistake(path, f"must have {items(self.length)}{such} got {len(value)}")
        if kind == "extra_forbidden":
            return Mistake(self.path, self._unknown(str(self.path[-1])), at_key=True)
        if kind == "missing":
            return Mistake(self.path[:-1], f"the key {self.path[-1]!r} is missing")
        if kind in (FINAL, FINAL_AT_KEY):
            offset = context["offset"]
            return Mistake(self.path, self.details["msg"], kind == FINAL_AT_KEY, offset)
        if kind == "value_error" and isinstance(error := context["error"], FormulaError):
            return Mistake(self.path, str(error), offset=error.column)
        return Mistake(self.path, sentence_for(self.details, self.expected))

    @property
    def meant(self) -> str | None:
        """The key of the candidates that was probably meant by the one that none of them has."""
        name = str(self.path[-1])
        usual = [getattr(each, "usual", {}).get(name.lower(), ()) for each in self.candidates]
        own = next((own for names in usual for own in names if own in self._known), None)
        return own or nearest(name, self._known)

    @property
    def _known(self) -> set[str]:
        return {str(key) for each in self.candidates for key in _fields(each)}

    def _unknown(self, name: str) -> str:
        """What is said of the key `name`, which none of the candidates has."""
        meant = self.meant
        told = hint(name, self._known) if meant is None else f" Did you mean {meant!r}?"
        why = f"unknown key {clipped(name)!r}.{told}"
        for each in self.candidates:
            why = getattr(each, "refused", {}).get(name, why)
        return why


def alternatives(annotation: object) -> Iterator[object]:
    """The types that `annotation` allows, with unions, Annotated and aliases opened."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from alternatives(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for each in get_args(annotation):
            yield from alternatives(each)
    elif isinstance(annotation, TypeAliasType):
        yield from alternatives(annotation.__value__)
    else:
        yield annotation


def children(annotation: object, part: str | int) -> Iterator[object]:
    """What `annotation` allows at the key or index `part`; nothing if it has no such place."""
    origin, arguments = get_origin(annotation) or annotation, get_args(annotation)
    if fields := _fields(annotation):
        if part in fields:
            yield from alternatives(fields[part])
    elif isinstance(part, int) and origin is tuple and arguments and arguments[-1] is not ...:
        yield from alternatives(arguments[min(part, len(arguments) - 1)])
    elif isinstance(part, int) and _is(origin, Sequence, set, frozenset):
        yield from alternatives(arguments[0] if arguments else Any)
    elif isinstance(part, str) and _is(origin, Mapping):
        yield from alternatives(arguments[-1] if arguments else Any)


def _own_example(kind: object) -> object:
    """The example that a type itself names, as a field does."""
    fields: tuple[FieldInfo, ...] = getattr(kind, "__metadata__", ())
    known = (getattr(field, "examples", None) for field in fields)
    return next((each for examples in known for each in examples or ()), None)


def _example(candidates: Sequence[object], part: str | int, outer: object) -> object:
    """An example of what stands at the key or index `part`: what its field says, or its default."""
    if isinstance(part, int):
        known = outer if is_list(outer) and outer else (None,)
        return known[min(part, len(known) - 1)]
    models = [getattr(each, "model_fields", {}) for each in candidates]
    fields: list[FieldInfo] = [
        field for model in models for name, field in model.items() if part in (name, field.alias)
    ]
    return next(
        (each for field in fields for each in [*(field.examples or ()), field.default]), None
    )


def _made(kind: object, number: int = 0) -> object:
    """A list of as many numbers, or lists of them, as belong there, in rising order; else None."""
    if kind is int or kind is float:
        return number
    if _length(kind) is None:
        return None
    items = [_made(next(children(kind, k)), k) for k in range(len(get_args(kind)))]
    return None if None in items else items


def _is(origin: object, *kinds: type) -> bool:
    return isinstance(origin, type) and origin is not str and issubclass(origin, kinds)


def _length(annotation: object) -> int | None:
    """How many items a tuple of fixed length has."""
    arguments = get_args(annotation)
    fixed = get_origin(annotation) is tuple and ... not in arguments
    return len(arguments) if fixed else None


def _fields(annotation: object) -> Mapping[str | int, object]:
    """The types of a model's fields, by their keys in the file; empty of what is no model."""
    fields: Mapping[str, FieldInfo] = getattr(annotation, "model_fields", {})
    return {each.alias or name: each.annotation for name, each in fields.items()}
