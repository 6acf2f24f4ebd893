"""Exhibit: an experiment's result as a picture takes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate._lazy import lazy
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories
from animate.surfaces.spline import interpolant, nodes

if TYPE_CHECKING:
    import jax.numpy as jnp
else:
    jnp = lazy("jax.numpy")


@dataclass(frozen=True)
class Exhibit:
    """What is shown of `evidence`, the result: paths, a terrain under them, words, panels.

    `panels` are the rows of the picture when the scene names none; `finding` says in a sentence or
    two what was found, with the numbers that were computed; `axes` name the terrain's directions,
    and `clock` what its steps are, if not steps; "" where there is but one picture.
    """

    title: str
    evidence: Any
    trajectories: Trajectories
    names: tuple[str, ...]
    panels: tuple[tuple[Any, ...], ...]
    finding: str
    terrain: Terrain
    axes: tuple[str, str] = ("x", "y")
    clock: str | None = None


def terrain_of(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> Terrain:
    """The terrain through positive losses `z` [ny, nx] on `x`, `y`: a spline of their logarithm.

    It takes the values of `z` at the grid's points, and is positive between them.
    """
    table = nodes(x, y, np.log(np.maximum(z, 1e-30)).astype(np.float64))
    spline, in_numpy = interpolant(x, y, table), interpolant(x, y, table, np)
    window = ((float(x[0]), float(x[-1])), (float(y[0]), float(y[-1])))
    return Terrain(
        lambda at_x, at_y: jnp.exp(spline(at_x, at_y)),
        window,
        in_numpy=lambda at_x, at_y: np.exp(in_numpy(at_x, at_y)),
    )


def no_terrain(steps: np.ndarray) -> Terrain:
    """A level ground, for experiments whose picture has none."""
    return Terrain(lambda x, y: 0.0 * (x + y), ((0.0, float(steps[-1])), (0.0, 1.0)))


def paths_of(
    labels: Sequence[str],
    steps: np.ndarray,
    losses: np.ndarray,
    positions: np.ndarray | None = None,
) -> Trajectories:
    """Trajectories of one run each: `losses` [label, kept], `positions` [label, kept, 2] if any."""
    shape = losses.shape
    where = np.zeros((*shape, 2)) if positions is None else positions
    return Trajectories(
        labels=tuple(labels),
        rates=(None,) * len(labels),
        steps=np.asarray(steps),
        positions=np.asarray(where, np.float64)[:, None],
        losses=np.asarray(losses, np.float64)[:, None],
        gradients=np.full((shape[0], 1, shape[1], 2), np.nan),
        ends=np.full((shape[0], 1), int(steps[-1])),
    )
