"""YAML text → plain data, and the place in the text of every value and key.

What is read is YAML 1.2's core: true, false, null, numbers (1e-3 too) and text; on, off, yes, no,
dates and 12:30 are text. What a scene has no use for is refused: tags, merge keys, directives,
several documents, keys that are not text or there twice, bombs of aliases, deep nesting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from animate.errors import Path
from animate.scene.yaml.build import Builder
from animate.scene.yaml.events import MAX_BYTES, Problems, events_of, text_of

__all__ = ["MAX_BYTES", "Document", "parse"]

Place = tuple[int, int]


@dataclass(frozen=True)
class Document:
    """`data` as dict, list, str, int, float, bool and None, and the places it was read from.

    `spans` are the character at which every value begins and the one after its end, which is None
    for a block of lines.
    """

    data: Any
    values: Mapping[Path, Place]
    keys: Mapping[Path, Place]
    texts: Mapping[Path, Place]
    spans: Mapping[Path, tuple[int, int | None]]

    def place(self, path: Path, at_key: bool = False, offset: int = 0) -> Place:
        """Line and column, from 1, of the value at `path`, or of its key.

        Where there is no such path, of its nearest ancestor that there is. `offset` counts
        characters into a text; where it is folded or has escapes, the place is its beginning.
        """
        if at_key and path in self.keys:
            return self.keys[path]
        if offset and path in self.texts:
            line, column = self.texts[path]
            return line, column + offset
        for length in range(len(path), -1, -1):
            place = self.values.get(path[:length])
            if place is not None:
                return place
        return 1, 1


def parse(text: str | bytes) -> Document:
    """Read `text`; bytes are UTF-8.

    Raises DocumentError with all that is wrong, each thing with its line and column.
    """
    problems = Problems()
    builder = Builder(problems)
    readable = text_of(text, problems)
    for event in events_of(readable, problems):
        builder.take(event)
    problems.raise_if_any()
    return Document(builder.data, builder.values, builder.keys, builder.texts, builder.spans)
