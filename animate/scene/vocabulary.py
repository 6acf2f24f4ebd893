"""Fields that name an entry of a table: by its name alone, or with its options beside it."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, GetJsonSchemaHandler, Strict, ValidationError, create_model
from pydantic_core import core_schema

from animate.errors import AnimateError
from animate.registry import Entry
from animate.scene.diagnostics import mistakes, told

Choose = Callable[[Any], tuple[type[BaseModel], Mapping[str, Any]]]


class Vocabulary:
    """For a field whose model depends on what it names.

    `choose` gives the model and the mapping it is to check, or raises a sentence; `models` are all
    there are and `names` the words that stand for one alone: the JSON Schema is made of them.
    """

    def __init__(
        self,
        choose: Choose,
        models: Callable[[], Iterable[type[BaseModel]]],
        names: Callable[[], Iterable[str]],
    ) -> None:
        self._choose, self._models, self._names = choose, models, names

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._checked)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        names = sorted(self._names())
        choices = [handler(model.__pydantic_core_schema__) for model in self._models()]
        return {"anyOf": [*([{"enum": names}] if names else []), *choices]}

    def _checked(self, value: Any, info: core_schema.ValidationInfo) -> BaseModel:
        return self.check(value, info.context)

    def check(self, value: Any, context: Any = None) -> BaseModel:
        """The model that `value` says. Raises ValueError, and ValidationError with its mistakes."""
        if isinstance(value, BaseModel):
            return value
        try:
            model, mapping = self._choose(value)
        except AnimateError as error:
            raise ValueError(str(error)) from error
        try:
            return model.model_validate(mapping, context=context)
        except ValidationError as error:
            raise told(mistakes(error, model), value) from error


@cache
def options_model(table: str, entry: Entry, base: type[BaseModel]) -> type[BaseModel]:
    """`base` with a field more for every option of `entry`: the signature is the schema."""
    fields: dict[str, Any] = {
        name: (_as_lists(option.annotation), ... if option.required else option.default)
        for name, option in entry.options.items()
    }
    return create_model(f"{table}_{entry.name}", __base__=base, __doc__=entry.about, **fields)


def _as_lists(annotation: Any) -> Any:
    """The annotation with its tuples, however deep, read from YAML's lists."""
    if get_origin(annotation) is Annotated:
        inner, *constraints = get_args(annotation)
        return Annotated[_as_lists(inner), *constraints]
    if get_origin(annotation) is tuple:
        items = tuple(item if item is ... else _as_lists(item) for item in get_args(annotation))
        return Annotated[tuple[items], Strict(False)]
    return annotation


def option_values(part: BaseModel, entry: Entry) -> dict[str, Any]:
    """The values that `part` has for the options of `entry`."""
    return {name: getattr(part, name) for name in entry.options}
