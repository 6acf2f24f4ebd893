"""What is told of long work while it goes on, and whether it may be left out."""

from collections.abc import Callable
from dataclasses import dataclass

Watch = Callable[[str, int, int], None]
"""(what is done, how much of it is, of how much)."""


def unwatched(what: str, done: int, count: int) -> None:
    """Nothing is told."""


@dataclass(frozen=True)
class Effort:
    """How a scene is solved: `fresh`, so that results which were kept are forgotten, and who hears
    of progress."""

    fresh: bool = False
    watch: Watch = unwatched


USUAL = Effort()
