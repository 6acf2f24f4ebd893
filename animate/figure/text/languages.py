"""Texts that are written in several languages, of which a picture shows one."""

from collections.abc import Mapping
from typing import Annotated, cast

from pydantic import BeforeValidator, Field, ValidationInfo

from animate.text import LANGUAGES, Language


def in_language(value: object, info: ValidationInfo) -> object:
    """The text of a mapping {en: …, ru: …} in the language of the scene; any other value as it is.

    The validation context has the `language`. Raises ValueError where the text is missing in it.
    """
    if not isinstance(value, Mapping):
        return value
    texts = cast("Mapping[object, object]", value)
    language: Language = getattr(info.context, "language", "en")
    if not texts or not texts.keys() <= LANGUAGES.keys():
        raise ValueError(f"must be text, or a text for each language: {_EXAMPLE}")
    if language not in texts:
        raise ValueError(f"has no text for {language}, the style's language: {_EXAMPLE}")
    return texts[language]


_EXAMPLE = "{" + ", ".join(f"{language}: …" for language in LANGUAGES) + "}"

Translated = Annotated[
    str,
    BeforeValidator(
        in_language,
        json_schema_input_type=str | Annotated[dict[Language, str], Field(min_length=1)],
    ),
]
"""A text, or one for each language, of which that of the scene is taken."""
