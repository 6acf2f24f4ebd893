"""The JSON Schema (2020-12) of the scene language, made by pydantic of the models that read it."""

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, JsonSchemaWarningKind
from pydantic_core import core_schema

from animate.scene import Scene


class _Plain(GenerateJsonSchema):
    """Without a title for every field, which would say its name again.

    Defaults that only Python has, such as a function of optax, are left out without a warning, and
    so are those of parts, which say again what their keys have by themselves.
    """

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {"non-serializable-default"}  # noqa: RUF012  # as in the base class

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default") is None or isinstance(made["default"], dict):
            made.pop("default", None)
        return made

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False


def json_schema() -> JsonSchemaValue:
    """The schema that every scene fits, of whatever kind it is."""
    schema = TypeAdapter(Scene).json_schema(schema_generator=_Plain)
    for each in schema["$defs"].values():  # they stand under these names
        each.pop("title", None)
    return {"$schema": _Plain.schema_dialect, **schema}
