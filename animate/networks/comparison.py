"""Two or three networks: the lines between them, and the plane through three."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from animate.networks import sampling
from animate.networks.alignment import aligned
from animate.networks.landscape import window
from animate.networks.lines import POINTS, Lines, along_lines
from animate.networks.planes import through
from animate.networks.problem import FlatProblem
from animate.networks.quantity import LOSS, Metric, Quantity, measured
from animate.networks.subset import Samples, sampled, subset
from animate.networks.trained import Work


@dataclass(frozen=True)
class Grid:
    """A quantity `z` [ny, nx] over `x` [nx] and `y` [ny] on the plane through three networks, whose
    `places` [3, 2] are there; `facts` are those of `sampled`."""

    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    places: np.ndarray
    facts: dict[str, float]


@dataclass(frozen=True)
class Comparison:
    """Networks `models` [n, P], each pair's numbers in `pairs`, and the `lines` between these.

    `distances` [pair] are those of the networks; `before` [pair] those before hidden units were
    aligned, else empty. `plane` is there where there are three.
    """

    models: np.ndarray
    pairs: tuple[tuple[int, int], ...]
    distances: np.ndarray
    before: np.ndarray
    lines: Lines
    plane: Grid | None = None


def compared(
    problem: FlatProblem,
    models: np.ndarray,
    metrics: Collection[Metric],
    work: Work,
    *,
    align: bool,
    resolution: int,
    shown: Quantity = LOSS,
    samples: Samples | None = None,
) -> Comparison:
    """The networks `models` [n, P], n of them 2 or 3, by the metrics along the lines between them;
    `shown` stands on the plane through three.

    With `align` the hidden units of all are put in the order of the first one's. Raises UsageError
    where that cannot be, where the three lie on one line, or where the problem does not bring a
    quantity.
    """
    pairs, given = tuple(combinations(range(len(models)), 2)), models
    if align:
        models = in_order_of_first(problem, models)
    shares = np.linspace(0.0, 1.0, POINTS)
    heads, numbers = np.tile(shares, (len(pairs), 1)), np.array(pairs)
    lines = along_lines(problem, models[numbers], {"loss", *metrics}, heads, work)
    if align:
        known = along_lines(problem, given[numbers], {"loss"}, heads, work).values[LOSS]
        lines = replace(lines, unaligned=known)
    options = (resolution, shown, samples)
    return Comparison(
        models=models,
        pairs=pairs,
        distances=_distances(models, numbers),
        before=_distances(given, numbers) if align else np.empty(0),
        lines=lines,
        plane=_on_plane(problem, models, work, *options) if len(models) == 3 else None,
    )


def in_order_of_first(problem: FlatProblem, models: np.ndarray) -> np.ndarray:
    """The networks [n, P], the hidden units of all in the order of the first one's. Raises
    UsageError as `aligned` does."""
    return np.stack([models[0], *(aligned(problem, models[0], each) for each in models[1:])])


def _distances(models: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    ways = models[pairs[:, 1]].astype(np.float64) - models[pairs[:, 0]]
    return np.linalg.norm(ways, axis=-1)


def _on_plane(
    problem: FlatProblem,
    models: np.ndarray,
    work: Work,
    resolution: int,
    shown: Quantity,
    samples: Samples | None,
) -> Grid:
    plane = through(models)
    places = plane.project(models)
    x, y = window(places, resolution)
    function, batch = measured(problem, shown)
    own = problem.own_name if shown.metric == "own" else ""
    facts = models.tobytes(), shown, own, resolution, samples
    rows = work.shelf.rows(work.shelf.key("between", *facts), 1, resolution**2)
    told = work.told("points", rows.wanted)
    z = sampling.on_plane(rows, function, plane, (x, y), subset(batch, samples), told)
    return Grid(x, y, z, places, sampled(function, batch, samples, models))
