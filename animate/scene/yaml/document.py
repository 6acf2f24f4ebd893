"""What was read from a text, and where in it everything stands."""

from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from animate.errors import Path
from animate.scene.yaml.events import Place, place_in
from animate.scene.yaml.scalars import Data


@dataclass
class Document:
    """The `data` of a `text`, and the places in it by the path of a value.

    `keys` are the first characters of the keys. `spans` are the character at which every value
    begins and the one after its end, which is None for a block of lines.
    """

    text: str
    data: Data = None
    keys: dict[Path, int] = field(default_factory=dict[Path, int])
    spans: dict[Path, tuple[int, int | None]] = field(
        default_factory=dict[Path, tuple[int, int | None]]
    )

    def place(self, path: Path, at_key: bool = False, offset: int = 0) -> Place:
        """Line and column, from 1, of the value at `path`, or of its key.

        Where there is no such path, of its nearest ancestor that there is. `offset` counts
        characters into a text; where it is folded or has escapes, the place is its beginning.
        """
        if at_key and path in self.keys:
            return place_in(self.text[: self.keys[path]])
        while path and path not in self.spans:
            path = path[:-1]
        start, end = self.spans.get(path, (0, 0))
        if offset and end is not None:
            quote = self.text[start] in "'\""
            if self.text[start + quote : end - quote] == at(self.data, path):
                start += quote + offset
        return place_in(self.text[:start])


def at(data: Data, path: Path) -> Any:
    """The part of `data` at `path`, a Data itself."""
    place: Any = data
    return reduce(lambda inner, key: inner[key], path, place)
