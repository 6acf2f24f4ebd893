"""Fields whose type is chosen by what the value says, and is made only when it is chosen."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, wraps
from types import UnionType
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, GetJsonSchemaHandler, Strict, TypeAdapter, ValidationError
from pydantic import create_model as make_model
from pydantic_core import core_schema

from animate.errors import Mistake, UnknownName, UsageError
from animate.registry import Entry
from animate.scene.diagnostics import mistakes, validation_error
from animate.scene.given import is_mapping
from animate.scene.parts import Part

Tag = TypeVar("Tag", bound=Hashable)
Made = TypeVar("Made", bound=Part)

Form = Any
"""A type as pydantic takes it: a class, or a form such as `Annotated[int, …]`."""
Fields = dict[str, Any]
"""The fields of a model that is yet to be made: for each its type, and its default or `...`."""


class Choice(Generic[Tag]):
    """A union whose value names the branch: pydantic's Discriminator, but with branches on demand.

    A scene that names one of fifty surfaces makes one model. The JSON Schema is that of the union
    of all branches, so that what is read and what the schema accepts have one source.

    `choose(value)` returns the tag of a branch and the value in the form which that branch has.
    `branch(tag)` is its type, `tags()` are all tags, `names()` the texts that stand for a value
    alone. Both `choose` and `branch` raise UsageError with a sentence.
    """

    def __init__(
        self,
        choose: Callable[[object], tuple[Tag, object]],
        branch: Callable[[Tag], Form],
        tags: Callable[[], Iterable[Tag]],
        names: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._choose, self._branch, self._tags, self._names = choose, branch, tags, names
        self._adapters: dict[Tag, TypeAdapter[object]] = {}

    def __get_pydantic_core_schema__(self, *_: object) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._checked)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        names = literal(self._names())
        branches = tuple(self._branch(tag) for tag in self._tags())
        union: Form = Union
        whole = union[(names, *branches) if get_args(names) else branches]
        return handler(TypeAdapter(whole).core_schema)

    def _checked(self, value: object, info: core_schema.ValidationInfo) -> object:
        if isinstance(value, BaseModel):
            return value
        try:
            tag, data = self._choose(value)
            if tag not in self._adapters:
                self._adapters[tag] = TypeAdapter(self._branch(tag))
        except UnknownName as error:
            others = self._beside(error, value, info)
            raise validation_error([Mistake((), str(error)), *others], value) from error
        try:
            return self._adapters[tag].validate_python(data, context=info.context)
        except ValidationError as error:
            raise validation_error(mistakes(error, self._branch(tag)), value) from error

    def _beside(
        self, unknown: UnknownName, value: object, info: core_schema.ValidationInfo
    ) -> Iterator[Mistake]:
        """What else is wrong in `value`, if the nearest name was meant where one is unknown."""
        given, meant = unknown.given, unknown.nearest
        if meant is None or not is_mapping(value):
            return
        keys = {key: meant if key == given else key for key in value}
        respelled = {keys[key]: meant if each == given else each for key, each in value.items()}
        try:
            self._checked(respelled, info)
        except ValidationError as error:
            written = {key: each for each, key in keys.items()}
            for each in mistakes(error, object):
                first, *rest = each.path or (None,)
                if isinstance(first, str):
                    yield replace(each, path=(written.get(first, first), *rest))
        except UsageError:
            return


def with_name(value: object, example: str) -> Mapping[str, object]:
    """The mapping that `value` is, or that has it as its `name`. Raises UsageError."""
    if isinstance(value, str):
        return {"name": value}
    if not is_mapping(value):
        raise UsageError(f"must be a name or a mapping such as {example}")
    return value


def named(value: object, example: str) -> tuple[str, Mapping[str, object]]:
    """The name that stands alone or in a mapping such as `example`, and the mapping.

    Raises UsageError where there is none.
    """
    given = with_name(value, example)
    if not isinstance(name := given.get("name"), str):
        raise UsageError("the key 'name' is missing")
    return name, given


def literal(names: Iterable[str]) -> Form:
    """The type of the texts `names`, in alphabetical order."""
    form: Form = Literal
    return form[tuple(sorted(names))]


class OptionsPart(Part):
    """A part that has a field for every option of `entry`: `options_model` makes them."""

    entry: ClassVar[Entry]

    def options(self) -> dict[str, object]:
        """The options of `entry`, defaults included."""
        return {name: getattr(self, name) for name in self.entry.options}


Base = TypeVar("Base", bound=OptionsPart)


def remade(factory: Callable[[Tag], type[Made]]) -> Callable[[Tag], type[Made]]:
    """`factory`, whose models are made once, and again where another process unpickles one."""

    @cache
    @wraps(factory)
    def made(tag: Tag) -> type[Made]:
        model = factory(tag)
        model.made_by = made, tag
        return model

    return made


@cache
def options_model(table: str, entry: Entry, base: type[Base]) -> type[Base]:
    """`base` with a field for every option of `entry`: the signature is the schema.

    Where `base` has a `name`, that of the model is the entry's.
    """
    fields: Fields = {
        name: (_as_lists(option.annotation), ... if option.required else option.default)
        for name, option in entry.options.items()
    }
    if "name" in base.model_fields:
        fields["name"] = (literal([entry.name]), ...)
    model = make_model(f"{table}_{entry.name}", __base__=base, __doc__=entry.about, **fields)
    model.entry = entry
    return model


def _as_lists(annotation: Form) -> Form:
    """The annotation with its tuples, however deep, read from YAML's lists."""
    if get_origin(annotation) is Annotated:
        inner, *constraints = get_args(annotation)
        return Annotated[_as_lists(inner), *constraints]
    if get_origin(annotation) in (Union, UnionType):
        union: Form = Union
        return union[tuple(_as_lists(each) for each in get_args(annotation))]
    if get_origin(annotation) is tuple:
        items = tuple(item if item is ... else _as_lists(item) for item in get_args(annotation))
        return Annotated[tuple[items], Strict(False)]
    return annotation
