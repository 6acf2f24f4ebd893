"""`output:` how the files are written: a limit on their size, and the options of each format."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import create_model, field_validator
from typing_extensions import TypeAliasType

from animate.errors import UsageError
from animate.scene.choice import Choice, Fields, OptionsPart, options_model, remade
from animate.scene.diagnostics import shown
from animate.scene.given import is_mapping
from animate.scene.parts import Part
from animate.writers import formats
from animate.writers.budget import parse_size

_LEAST, _MOST = 1000, 10**12


class OutputPart(Part):
    """What holds for files of every format; `Output` adds the options of each."""

    max_size: int | str | None = None

    @field_validator("max_size")
    @classmethod
    def _size(cls, size: int | str | None) -> int | None:
        if size is None:
            return None
        limit = parse_size(size)
        if not _LEAST <= limit <= _MOST:
            raise ValueError(f"must be 1 kB to 1 TB, got {shown(size)}")
        return limit

    def options(self, path: Path) -> dict[str, object]:
        """The options of the format that `path`'s ending asks for; none where there are none."""
        chosen = getattr(self, path.suffix.lower().removeprefix("."), None)
        return {} if chosen is None else chosen.options()


def _choose(value: object) -> tuple[str, Mapping[str, object]]:
    if not is_mapping(value):
        raise UsageError("must be a mapping such as {max_size: 1MB}")
    return "", value


@remade
def _format(ending: str) -> type[OptionsPart]:
    return options_model("format", formats("clip")[ending], OptionsPart)


@remade
def _branch(_: str) -> type[OutputPart]:
    fields: Fields = {
        ending.removeprefix("."): (_format(ending) | None, None)
        for ending, entry in formats("clip").items()
        if entry.options
    }
    return create_model("Output", __base__=OutputPart, __doc__=OutputPart.__doc__, **fields)


Output = TypeAliasType("Output", Annotated[Any, Choice(_choose, _branch, lambda: [""])])
"""An OutputPart with a field for every format; made when it is asked for, as the writers are."""
