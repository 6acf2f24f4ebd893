"""What is told of long work while it goes on, whether it may be left out, and who may help."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from animate.kept import NOTHING_KEPT, Kept

Watch = Callable[[str, int, int], None]
"""(what is done, how much of it is, of how much)."""


def unwatched(what: str, done: int, count: int) -> None:
    """Nothing is told."""


@dataclass(frozen=True)
class Help:
    """Workers that compute parts of a scene: the `executor`, and what reads the scene's script
    `again` in each of them."""

    executor: Executor
    again: Callable[[], Any]


@dataclass(frozen=True)
class Effort:
    """How a scene is solved: `fresh`, so that results which were kept are forgotten, who hears of
    progress, who helps, if anyone does, and what is `kept` of scenes that this process has solved
    before."""

    fresh: bool = False
    watch: Watch = unwatched
    help: Help | None = None
    kept: Kept = NOTHING_KEPT


USUAL = Effort()
