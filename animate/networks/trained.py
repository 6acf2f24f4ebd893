"""The paths of several optimizers from one start, trained or read from disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from animate.errors import UsageError
from animate.networks.cloud import Cloud, placed
from animate.networks.paths import Descent, descend
from animate.networks.problem import FlatProblem
from animate.networks.rows import Rows
from animate.networks.shelf import Shelf
from animate.networks.workers import Workers
from animate.simulate.libraries import optax
from animate.watch import Watch, unwatched

LARGEST = 1e6
"""A path with a larger weight has diverged: there float32 has a resolution of a tenth."""


@dataclass(frozen=True)
class Work:
    """How a landscape is made: what is kept under which identity, what the optimizers are called
    there (their options, without which nothing is kept), who hears of progress, and the workers
    that compute points of the plane, if any."""

    shelf: Shelf = field(default_factory=Shelf)
    optimizers: Sequence[object] = ()
    watch: Watch = unwatched
    workers: Workers | None = None

    def told(
        self, what: str, total: int, *, before: int = 0, count: int = 1
    ) -> Callable[[int], None]:
        """What hears of how much of one of `count` equal parts is done, `before` of them."""
        return lambda done: self.watch(what, before + done, count * total)


@dataclass(frozen=True)
class Trained:
    """The paths: for each optimizer `rows` of weights and loss at the `steps` [kept], the `losses`
    [optimizer, kept], which of them are `finite`, and the `keys` under which the rows are kept."""

    problem: FlatProblem
    steps: np.ndarray
    rows: Sequence[Rows]
    losses: np.ndarray
    finite: np.ndarray
    keys: tuple[str | None, ...]

    def key(self, shelf: Shelf, kind: str, *facts: object) -> str | None:
        """The name of what follows from the paths and `facts`; None: it is not kept."""
        return None if None in self.keys else shelf.key(kind, self.keys, *facts)

    def cloud(self, chosen: np.ndarray | None = None) -> Cloud:
        """The points before each path diverges, or the `chosen` ones of them."""
        wanted = self.finite if chosen is None else self.finite & chosen
        parts = [(rows, np.flatnonzero(each)) for rows, each in zip(self.rows, wanted, strict=True)]
        return Cloud(parts, len(self.problem.start))

    def weights(self, numbers: np.ndarray, chosen: np.ndarray | None = None) -> np.ndarray:
        """Those [n, P] of some points of the cloud, by their numbers in it."""
        wanted = self.finite if chosen is None else self.finite & chosen
        which = np.argwhere(wanted)[numbers]
        columns = slice(0, len(self.problem.start))
        read = [self.rows[k].read(np.array([row]), columns)[0] for k, row in which]
        return np.stack(read)

    def placed(self, values: np.ndarray, chosen: np.ndarray | None = None) -> np.ndarray:
        """Values [n, …] of the points of the cloud, for all kept ones [optimizer, kept, …]."""
        return placed(values, self.finite if chosen is None else self.finite & chosen)

    def ends(self) -> np.ndarray:
        """Which points are the last before their path ends or diverges, [optimizer, kept]."""
        last = self.finite.sum(axis=1) - 1
        return np.arange(len(self.steps)) == last[:, None]


def trained(
    problem: FlatProblem,
    optimizers: Sequence[optax.GradientTransformation],
    descent: Descent,
    work: Work,
) -> Trained:
    """The paths of all `optimizers`.

    Raises UsageError when the initial loss is not finite, or all paths diverge at once.
    """
    size, kept = len(problem.start), len(descent.steps)
    names = list(work.optimizers) or [None] * len(optimizers)
    every, keys, count = list[Rows](), list[str | None](), len(optimizers)
    last = int(descent.steps[-1])
    for k, (each, name) in enumerate(zip(optimizers, names, strict=True)):
        facts = name, descent.steps.tolist(), descent.batch, descent.seed
        key = None if name is None else work.shelf.key("path", *facts)
        rows = work.shelf.rows(key, size + 2, kept)
        told = work.told("training", last, before=k * last, count=count)
        descend(rows, problem, each, descent, told)
        every.append(rows)
        keys.append(key)
    beside = np.stack([rows.read(columns=slice(size, size + 2)) for rows in every])
    losses, largest = np.moveaxis(beside, -1, 0)
    if not np.isfinite(losses[0, 0]):
        raise UsageError(f"the loss is {losses[0, 0]} already at the parameters it starts from")
    finite = np.logical_and.accumulate(np.isfinite(losses) & (largest < LARGEST), axis=1)
    if finite[:, 1:].sum() < 2:
        raise UsageError("every optimizer diverged at once; lower the learning rates")
    return Trained(problem, descent.steps, every, losses, finite, tuple(keys))
