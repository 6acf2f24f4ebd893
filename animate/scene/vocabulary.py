"""Fields that name an entry of a table: by its name alone, or with its options beside it."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, GetJsonSchemaHandler, ValidationError, create_model
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from animate.errors import AnimateError
from animate.registry import Entry, hint

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
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        names = sorted(self._names())
        choices = [handler(model.__pydantic_core_schema__) for model in self._models()]
        return {"anyOf": [*([{"enum": names}] if names else []), *choices]}

    def _check(self, value: Any) -> BaseModel:
        if isinstance(value, BaseModel):
            return value
        try:
            model, mapping = self._choose(value)
        except AnimateError as error:
            raise ValueError(str(error)) from error
        unknown = [key for key in mapping if key not in model.model_fields]
        if unknown:
            _refuse(model, unknown, mapping)
        return model.model_validate(mapping)


def _refuse(model: type[BaseModel], unknown: list[str], mapping: Mapping[str, Any]) -> None:
    """Raise one error an unknown key, beside those that the known ones give."""
    errors: list[InitErrorDetails] = [
        InitErrorDetails(
            type=PydanticCustomError("unknown_key", "{message}", {"message": _unknown(key, model)}),
            loc=(key,),
            input=mapping[key],
        )
        for key in unknown
    ]
    try:
        model.model_validate({key: mapping[key] for key in mapping if key not in unknown})
    except ValidationError as others:
        errors += [
            InitErrorDetails(
                type=PydanticCustomError(each["type"], "{message}", {"message": each["msg"]})
                if each["type"] in ("value_error", "unknown_key")
                else each["type"],
                loc=each["loc"],
                input=each["input"],
                ctx=each.get("ctx", {}),
            )
            for each in others.errors(include_url=False)
        ]
    raise ValidationError.from_exception_data(model.__name__, errors)


def _unknown(key: Any, model: type[BaseModel]) -> str:
    return f"unknown key {key!r}.{hint(str(key), list(model.model_fields))}"


@cache
def _options(table: str, entry: Entry, base: type[BaseModel]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        name: (option.annotation, ... if option.required else option.default)
        for name, option in entry.options.items()
    }
    return create_model(f"{table}_{entry.name}", __base__=base, __doc__=entry.about, **fields)


def options_model(table: str, entry: Entry, base: type[BaseModel]) -> type[BaseModel]:
    """`base` with a field more for every option of `entry`: the signature is the schema."""
    return _options(table, entry, base)


def option_values(part: BaseModel, entry: Entry) -> dict[str, Any]:
    """The values that `part` has for the options of `entry`."""
    return {name: getattr(part, name) for name in entry.options}
