"""One network trained by several optimizers: the paths and the loss on one plane, and the
distances of the true paths from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from animate.errors import UsageError
from animate.networks import planes
from animate.networks.evaluation import evaluate, on_plane
from animate.networks.planes import Plane
from animate.networks.problem import Batch, FlatProblem
from animate.networks.training import kept_steps, train
from animate.simulate.libraries import Array, jax, optax

PlaneKind = Literal["pca", "filter_normalized", "random", "hessian"]
AnyPlane = PlaneKind | np.ndarray | Plane
"""A kind of plane, three points [3, P] that it goes through, or the plane itself."""

KEPT = 200
"""Points of each path that are kept, beside the start."""
_MARGIN = 0.2
"""Margin around the paths, relative to their extent."""
_LARGEST = 1e6
"""A path with a larger weight has diverged: there float32 has a resolution of a tenth."""
_LEAST_RATIO = 0.6
"""Ratio of a window's shorter side to its longer one, at least."""


@dataclass(frozen=True)
class Landscape:
    """The loss `z` [ny, nx] on a plane, over `x` [nx] and `y` [ny], and the paths on it.

    `positions` [optimizer, kept, 2] are the plane's nearest points to the paths, at `steps` [kept].
    `losses` [optimizer, kept] are those on the paths and `plane_losses` those at the nearest
    points; `distances` [optimizer, kept] are those between the two, in the weights' units.
    `gradients` [optimizer, kept, 2] are the components of the gradient on the path along the
    plane's unit axes. `share` [2] is the share of the paths' variance along each axis, `walk_share`
    [2] that of equally long random walks along their own principal axes. `plane` is the kind of
    plane; `eigenvalues` [2] belong to the axes of a Hessian's plane and are else empty; `facts`
    holds the numbers that a caption quotes. `origin` [P] and `axes` [2, P] are the plane's own.
    After a path diverges its values are NaN.
    """

    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    steps: np.ndarray
    positions: np.ndarray
    losses: np.ndarray
    plane_losses: np.ndarray
    distances: np.ndarray
    gradients: np.ndarray
    share: np.ndarray
    walk_share: np.ndarray
    plane: str
    eigenvalues: list[float]
    facts: dict[str, float]
    origin: np.ndarray | None = None
    axes: np.ndarray | None = None


def landscape(
    problem: FlatProblem,
    optimizers: Sequence[optax.GradientTransformation],
    *,
    steps: int,
    batch: int | None = None,
    plane: AnyPlane = "pca",
    resolution: int = 101,
    seed: int = 0,
) -> Landscape:
    """Train `problem` by each of `optimizers` (optax transformations) and draw it on a plane.

    `plane` is a kind of plane through the first path's end (`pca`: fitted to all the paths), or
    three points [3, P] that it goes through. `batch` is the number of examples in a step's batch;
    None: all. Raises UsageError when the initial loss is not finite, or all paths diverge at once.
    """
    keep = kept_steps(steps, KEPT)
    paths, losses, finite = _trained(problem, optimizers, keep, batch, seed)
    return around(
        problem, paths, losses, finite, keep, plane=plane, resolution=resolution, seed=seed
    )


def around(
    problem: FlatProblem,
    paths: np.ndarray,
    losses: np.ndarray,
    finite: np.ndarray,
    steps: np.ndarray,
    *,
    plane: AnyPlane,
    resolution: int,
    seed: int = 0,
) -> Landscape:
    """The landscape on a plane around `paths` [path, kept, P], which have `losses` [path, kept]
    at `steps` [kept] where they are `finite` [path, kept].

    `plane` and `seed` are those of `landscape`. Raises UsageError where the paths have no such
    plane.
    """
    cut, eigenvalues = _plane(problem, plane, paths, finite, seed)
    where = np.where(finite[..., None], cut.project(np.where(finite[..., None], paths, 0)), np.nan)
    x, y = window(
        where[finite],
        resolution,
        least=1.0 if isinstance(plane, str) and plane == "filter_normalized" else 0.0,
    )
    unit = cut.axes / np.linalg.norm(cut.axes, axis=1, keepdims=True)
    share = _share(paths[finite], unit)
    walk = planes.random_walk_share(len(steps), len(paths))
    known = np.where(finite[..., None], paths, np.nan)
    distances = cut.distance(known)
    return Landscape(
        x=x,
        y=y,
        z=on_plane(problem.loss, cut, x, y, problem.data),
        steps=steps,
        positions=where,
        losses=np.where(finite, losses, np.nan),
        plane_losses=evaluate(problem.loss, cut.at(where).astype(np.float32), problem.data),
        distances=distances,
        gradients=_gradients(problem, paths, unit),
        share=share,
        walk_share=walk,
        plane=_kind(plane),
        eigenvalues=eigenvalues,
        facts={
            "parameters": len(problem.start),
            "share": float(share.sum()),
            "walk_share": float(walk.sum()),
            "distance": float(np.nanmax(distances)),
            "length": float(np.nanmax(np.linalg.norm(known - known[:, :1], axis=-1))),
        },
        origin=cut.origin,
        axes=cut.axes,
    )


def _kind(plane: AnyPlane) -> str:
    if isinstance(plane, str):
        return plane
    return "directions" if isinstance(plane, Plane) else "through"


def _trained(
    problem: FlatProblem,
    optimizers: Sequence[optax.GradientTransformation],
    keep: np.ndarray,
    batch: int | None,
    seed: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Paths [optimizer, kept, P], losses [optimizer, kept], and whether each point comes before the
    path diverges, bool [optimizer, kept]. Raises UsageError as `landscape`."""
    options = {"starts": problem.start[None], "steps": int(keep[-1]), "keep": keep, "batch": batch}
    runs = [train(problem, each, seeds=[seed], **options) for each in optimizers]
    paths = np.stack([run.positions[0] for run in runs])
    losses = np.stack([run.losses[0] for run in runs])
    if not np.isfinite(losses[0, 0]):
        raise UsageError(f"the loss is {losses[0, 0]} already at the parameters it starts from")
    finite = np.isfinite(losses) & (np.abs(paths).max(axis=-1) < _LARGEST)
    finite = np.logical_and.accumulate(finite, axis=1)
    if finite[:, 1:].sum() < 2:
        raise UsageError("every optimizer diverged at once; lower the learning rates")
    return paths, losses, finite


def _plane(
    problem: FlatProblem,
    plane: AnyPlane,
    paths: np.ndarray,
    finite: np.ndarray,
    seed: int,
) -> tuple[Plane, list[float]]:
    """The plane, and its axes' eigenvalues where they are eigenvectors of the Hessian."""
    end = paths[0, np.flatnonzero(finite[0])[-1]]
    if isinstance(plane, Plane):
        return plane, []
    if isinstance(plane, np.ndarray):
        return planes.through(plane), []
    match plane:
        case "pca":
            return planes.pca(paths[finite])[0], []
        case "random":
            return planes.random_directions(end, seed), []
        case "filter_normalized":
            options = {"filters": problem.filters, "seed": seed}
            return planes.filter_normalized(end, problem.shapes, **options), []
    cut, values = planes.hessian(problem, end, seed)
    return cut, values.tolist()


def _share(points: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """The share [2] of the variance of `points` [n, P] along each of the unit `axes` [2, P]."""
    centred = points - points.mean(axis=0, dtype=np.float64)
    return ((centred @ axes.T) ** 2).sum(axis=0) / (centred**2).sum()


def _gradients(problem: FlatProblem, paths: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """The gradient's components [optimizer, kept, 2] along the unit `axes` [2, P]."""
    axes = np.asarray(axes, np.float32)

    def on_axes(point: Array, batch: Batch) -> Array:
        return axes @ jax.grad(problem.loss)(point, batch)

    return np.asarray(evaluate(on_axes, paths, problem.data), np.float64)


def window(
    points: np.ndarray, resolution: int, *, least: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Two axes [resolution] around `points` [n, 2], with a margin.

    Each reaches at least `least` from the middle of the points, and neither is much shorter than
    the other.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, (1 + _MARGIN) * (high - low) / 2
    half = np.maximum(np.maximum(half, _LEAST_RATIO * half.max()), max(least, 1e-6))
    return tuple(  # pyright: ignore[reportReturnType]  # two of them
        np.linspace(m - h, m + h, resolution) for m, h in zip(middle, half, strict=True)
    )
