"""What was read from a text, and where in it everything stands."""

from dataclasses import dataclass, field

from animate.errors import Path
from animate.scene.yaml.scalars import Data

Place = tuple[int, int]
"""A line and a column, from 1."""


@dataclass
class Document:
    """`data`, and by path the places it was read from: of every value, and of every key.

    `texts` are the places of the first character of texts that stand as they are. `spans` are the
    character at which every value begins and the one after its end, which is None for a block of
    lines.
    """

    data: Data = None
    values: dict[Path, Place] = field(default_factory=dict[Path, Place])
    keys: dict[Path, Place] = field(default_factory=dict[Path, Place])
    texts: dict[Path, Place] = field(default_factory=dict[Path, Place])
    spans: dict[Path, tuple[int, int | None]] = field(
        default_factory=dict[Path, tuple[int, int | None]]
    )

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
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))
