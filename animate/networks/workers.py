"""Points of a network's plane, computed by workers that make the problem again."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from animate.errors import UsageError
from animate.networks.problem import FlatProblem
from animate.networks.quantity import Quantity, measured
from animate.networks.sampling import Compute, PlaneTiles, Tile
from animate.networks.subset import Samples, subset

_AHEAD, _AHEAD_BYTES = 128, 256e6
"""Tiles that are asked for before the first of them is there, and the bytes sent with them."""
_FEWEST_AHEAD = 8
_KEPT = 8
"""Compiled functions that a worker keeps, each with the plane's examples."""

Make = Callable[[], tuple[FlatProblem, str]]
"""What makes the problem again, with its identity; it can be pickled."""


@dataclass(frozen=True)
class Workers:
    """The `executor` whose workers compute points of the problem of that `identity`, which `make`
    makes in each of them."""

    executor: Executor
    make: Make
    identity: str

    def of(self, quantity: Quantity, samples: Samples | None) -> Callable[[PlaneTiles], Compute]:
        """What computes tiles of that quantity there."""
        make = pickle.dumps(self.make)

        def compute(tiles: PlaneTiles) -> Compute:
            asked = _Asked(make, self.identity, quantity, samples, tiles.chunk, tiles.tile)
            return lambda places: self._values(asked, (tiles.origin, tiles.axes), places)

        return compute

    def _values(
        self, asked: _Asked, plane: tuple[np.ndarray, np.ndarray], tiles: Iterator[np.ndarray]
    ) -> Iterator[np.ndarray]:
        """The values of all tiles, in their order: some are asked for ahead."""
        size = sum(each.nbytes for each in plane)
        ahead = int(np.clip(_AHEAD_BYTES / size, _FEWEST_AHEAD, _AHEAD))
        waiting = deque[Future[np.ndarray]]()
        try:
            for places in tiles:
                waiting.append(self.executor.submit(_computed, asked, *plane, places))
                if len(waiting) == ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


@dataclass(frozen=True)
class _Asked:
    """What a worker computes, of which problem."""

    make: bytes
    identity: str
    quantity: Quantity
    samples: Samples | None
    chunk: int
    tile: Tile


def _computed(
    asked: _Asked, origin: np.ndarray, axes: np.ndarray, places: np.ndarray
) -> np.ndarray:
    """The values at the places, in a worker. Raises UsageError where its problem is another."""
    compute = _compiled(asked, origin.tobytes(), axes.tobytes())
    return next(iter(compute(iter([places]))))


@lru_cache(_KEPT)
def _compiled(asked: _Asked, origin: bytes, axes: bytes) -> Compute:
    function, batch = measured(_problem(asked.make, asked.identity), asked.quantity)
    first, both = np.frombuffer(origin, np.float32), np.frombuffer(axes, np.float32)
    tiles = PlaneTiles(first, both.reshape(2, -1), asked.chunk, asked.tile)
    return tiles.compute(function, subset(batch, asked.samples))


@lru_cache(1)
def _problem(make: bytes, identity: str) -> FlatProblem:
    problem, found = pickle.loads(make)()
    if found != identity:
        raise UsageError(
            "a worker makes another problem of this scene than this process does; its code, its "
            "data and its random numbers must be the same in each (give these a seed)"
        )
    return problem
