"""Fields whose type is chosen by what the value says, and is made only when it is chosen."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, GetJsonSchemaHandler, Strict, TypeAdapter, ValidationError
from pydantic import create_model as make_model
from pydantic_core import core_schema

from animate.errors import UsageError
from animate.registry import Entry
from animate.scene.diagnostics import mistakes, validation_error

Base = TypeVar("Base", bound=BaseModel)


class Choice:
    """A union whose value names the branch: pydantic's Discriminator, but with branches on demand.

    A scene that names one of fifty surfaces makes one model. The JSON Schema is that of the union
    of all branches, so that what is read and what the schema accepts have one source.

    `choose(value)` returns the tag of a branch and the value in the form which that branch has.
    `branch(tag)` is its type, `tags()` are all tags, `names()` the texts that stand for a value
    alone. Both `choose` and `branch` raise UsageError with a sentence.
    """

    def __init__(
        self,
        choose: Callable[[Any], tuple[Hashable, Any]],
        branch: Callable[[Any], Any],
        tags: Callable[[], Iterable[Hashable]],
        names: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._choose, self._branch, self._tags, self._names = choose, branch, tags, names
        self._adapters: dict[Hashable, TypeAdapter[Any]] = {}

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._checked)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        names = literal(self._names())
        branches = tuple(self._branch(tag) for tag in self._tags())
        union: Any = Union
        whole = union[(names, *branches) if get_args(names) else branches]
        return handler(TypeAdapter(whole).core_schema)

    def _checked(self, value: Any, info: core_schema.ValidationInfo) -> Any:
        if isinstance(value, BaseModel):
            return value
        tag, data = self._choose(value)
        if tag not in self._adapters:
            self._adapters[tag] = TypeAdapter(self._branch(tag))
        try:
            return self._adapters[tag].validate_python(data, context=info.context)
        except ValidationError as error:
            raise validation_error(mistakes(error, self._branch(tag)), value) from error


def named(value: Any, example: str) -> tuple[str, Mapping[str, Any]]:
    """The name that stands alone or in a mapping such as `example`, and the mapping.

    Raises UsageError where there is none.
    """
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, Mapping):
        raise UsageError(f"must be a name or a mapping such as {example}")
    if not isinstance(value.get("name"), str):
        raise UsageError("the key 'name' is missing")
    return value["name"], value


def literal(names: Iterable[str]) -> Any:
    """The type of the texts `names`, in alphabetical order."""
    kind: Any = Literal
    return kind[tuple(sorted(names))]


@cache
def options_model(table: str, entry: Entry, base: type[Base]) -> type[Base]:
    """`base` with a field for every option of `entry`: the signature is the schema.

    Where `base` has a `name`, that of the model is the entry's.
    """
    fields: dict[str, Any] = {
        name: (_as_lists(option.annotation), ... if option.required else option.default)
        for name, option in entry.options.items()
    }
    if "name" in base.model_fields:
        fields["name"] = (literal([entry.name]), ...)
    return make_model(f"{table}_{entry.name}", __base__=base, __doc__=entry.about, **fields)


def _as_lists(annotation: Any) -> Any:
    """The annotation with its tuples, however deep, read from YAML's lists."""
    if get_origin(annotation) is Annotated:
        inner, *constraints = get_args(annotation)
        return Annotated[_as_lists(inner), *constraints]
    if get_origin(annotation) is tuple:
        items = tuple(item if item is ... else _as_lists(item) for item in get_args(annotation))
        return Annotated[tuple[items], Strict(False)]
    return annotation


def without_options(table: Mapping[str, Entry]) -> list[str]:
    """The names in `table` that can stand alone: of entries that require no option."""
    return [
        name
        for name, entry in table.items()
        if not any(option.required for option in entry.options.values())
    ]


def option_values(part: BaseModel, entry: Entry) -> dict[str, Any]:
    """The values that `part` has for the options of `entry`."""
    return {name: getattr(part, name) for name in entry.options}
