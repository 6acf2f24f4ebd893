"""YAML text → plain data, and the place in the text of every value and key.

What is read is YAML 1.2's core: true, false, null, numbers (1e-3 too) and text; on, off, yes, no,
dates and 12:30 are text. What a scene has no use for is refused: tags, merge keys, directives,
several documents, keys that are not text or there twice, bombs of aliases, deep nesting.
"""

from animate.scene.yaml.build import MAX_DEPTH, MAX_VALUES, Builder
from animate.scene.yaml.document import Document, at
from animate.scene.yaml.events import MAX_BYTES, Problems, events_of, text_of
from animate.scene.yaml.scalars import Data

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_VALUES", "Data", "Document", "at", "parse"]


def parse(text: str | bytes) -> Document:
    """Read `text`; bytes are UTF-8.

    Raises DocumentError with all that is wrong, each thing with its line and column.
    """
    problems = Problems()
    builder = Builder(text_of(text, problems), problems)
    for event in events_of(builder.document.text, problems):
        builder.take(event)
    problems.raise_if_any()
    return builder.document
