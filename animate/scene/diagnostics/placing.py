"""A sentence about a scene as a whole → a Mistake at the key that it begins with."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from animate.errors import Mistake, NoRoom, Path, SceneError, UnfitScene, UsageError

_PLACE = re.compile(r"([a-z_]+(?:\[\d+\]|\.[a-z_]+)*): ")
_STEP = re.compile(r"[a-z_]+|\d+")


@contextmanager
def about(scene: Any) -> Iterator[None]:
    """While this lasts, whatever cannot be is a mistake of `scene`, told as UnfitScene."""
    try:
        yield
    except (UnfitScene, NoRoom, SceneError):
        raise
    except UsageError as error:
        raise UnfitScene([_placed(str(error), type(scene).model_fields)]) from error


def _placed(sentence: str, keys: Any) -> Mistake:
    found = _PLACE.match(sentence)
    path: Path = ()
    if found:
        steps = _STEP.findall(found[1])
        path = tuple(int(step) if step.isdigit() else step for step in steps)
    if not path or path[0] not in keys:
        path = next(((key,) for key in ("experiment", "surface") if key in keys), ())
    return Mistake(path, sentence)
