"""Curves of low loss between two networks, trained with their ends fixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

from animate.networks import sampling
from animate.networks.paths import Descent
from animate.networks.planes import through
from animate.networks.problem import Batch, FlatProblem, Measure
from animate.networks.random_streams import stream
from animate.networks.rows import Rows
from animate.networks.trained import Work
from animate.networks.training import Carry
from animate.simulate.libraries import Array, jax, jnp, optax
from animate.watch import Watch, unwatched

Kind = Literal["bezier", "polygon"]
Points = TypeVar("Points", np.ndarray, Array)

POINTS = 61
"""Points of a curve at which its loss and accuracy are taken."""


@dataclass(frozen=True)
class Joined:
    """Curves between pairs of networks while they are trained, and the plane of the first pair.

    `losses` and `accuracies` (held-out) [pair, kept, t] are those along the curves at `t`, at the
    training's `steps` [kept], at the first of which they are straight lines; where the problem has
    no accuracy or nothing held out there are none of these, [pair, kept, 0]. `x` [nx], `y` [ny],
    `z` [ny, nx] are the loss on the plane through both networks of the first pair and its last
    control point. `ends` [2, 2] are the networks on it; `controls` [kept, 2] and `curve`
    [kept, t, 2] are projected onto it, and `control_distance` [kept] is how far off it the control
    points lie. `bends` [pair, P] are the weights of the last control points.
    """

    t: np.ndarray
    steps: np.ndarray
    losses: np.ndarray
    accuracies: np.ndarray
    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    ends: np.ndarray
    controls: np.ndarray
    curve: np.ndarray
    control_distance: np.ndarray
    bends: np.ndarray


def join(
    problem: FlatProblem,
    pairs: np.ndarray,
    *,
    kind: Kind,
    rate: float,
    batch: int | None,
    keep: np.ndarray,
    resolution: int,
    seed: int,
    watch: Watch = unwatched,
) -> Joined:
    """Curves between `pairs` [pair, 2, P], trained by Adam with a cosine schedule from `rate` and
    batches of so many examples (None: all), and shown at the steps `keep`.

    φ(t) = (1−t)² w₁ + 2t(1−t) θ + t² w₂, or the polygon w₁–θ–w₂. θ starts in the middle of the
    line; each step lowers the loss at one random t (Garipov et al. 2018; Draxler et al. 2018).
    """
    controls = _train(problem, pairs, kind, rate, batch, keep, seed)
    t = np.linspace(0.0, 1.0, POINTS)
    shape = len(pairs), len(keep), POINTS

    def points(numbers: np.ndarray) -> np.ndarray:
        made = [
            along(kind, pairs[pair, 0], controls[pair, kept], pairs[pair, 1], t[place : place + 1])
            for pair, kept, place in np.argwhere(np.ones(shape, bool))[numbers]
        ]
        return np.concatenate(made)

    def measured(function: Measure, batch: Batch) -> np.ndarray:
        rows = Rows(None, 1, int(np.prod(shape)))
        told = Work(watch=watch).told("curves", rows.wanted)
        return sampling.along(rows, function, points, batch, told).reshape(shape)

    plane = through(np.stack([*pairs[0], controls[0, -1]]))
    ends, middle = plane.project(pairs[0]), plane.project(controls[0])
    x, y = _window(np.concatenate([ends, middle[-1:]]), resolution)
    rows = Rows(None, 1, len(x) * len(y))
    told = Work(watch=watch).told("points", rows.wanted)
    return Joined(
        t=t,
        steps=keep,
        losses=measured(problem.loss, problem.data),
        accuracies=measured(problem.accuracy, problem.test)
        if problem.accuracy is not None and problem.test is not None
        else np.zeros((*shape[:2], 0), np.float32),
        x=x,
        y=y,
        z=sampling.on_plane(rows, problem.loss, plane, (x, y), problem.data, told),
        ends=ends,
        controls=middle,
        curve=along(kind, ends[:1], middle, ends[1:], t),  # the projection is affine
        control_distance=plane.distance(controls[0]),
        bends=controls[:, -1],
    )


def along(kind: Kind, first: Points, control: Points, last: Points, t: Points) -> Points:
    """The points [..., t, P] at `t` [t] of the curve from `first` to `last` [..., P] with the
    control point `control` [..., P]."""
    first, control, last = first[..., None, :], control[..., None, :], last[..., None, :]
    t = t[:, None].astype(control.dtype)
    if kind == "bezier":
        return (1 - t) ** 2 * first + 2 * t * (1 - t) * control + t**2 * last
    lower, upper = (t < 0.5).astype(t.dtype), (t >= 0.5).astype(t.dtype)
    rising = (1 - 2 * t) * first + 2 * t * control
    falling = (2 - 2 * t) * control + (2 * t - 1) * last
    return lower * rising + upper * falling


def _train(
    problem: FlatProblem,
    pairs: np.ndarray,
    kind: Kind,
    rate: float,
    batch: int | None,
    keep: np.ndarray,
    seed: int,
) -> np.ndarray:
    """The control points [pair, kept, P] of the curves between `pairs` [pair, 2, P] at the steps
    `keep`, by Adam with a cosine schedule from `rate`."""
    steps = int(keep[-1])
    data = jax.tree.map(jnp.asarray, problem.data)
    table = jnp.asarray(Descent(keep, batch, seed).table(problem.examples))
    times = jnp.asarray(stream(seed, "curve").uniform(size=(steps, 1)), jnp.float32)
    adam = optax.adam(optax.cosine_decay_schedule(rate, steps))

    def run(ends: Array) -> Array:
        def loss(control: Array, step: Array) -> Array:
            point = along(kind, ends[0], control, ends[1], times[step])[0]
            some = jax.tree.map(lambda leaf: leaf[table[step]], data) if table.size else data
            return problem.loss(point, some)

        def update(step: Array, carry: Carry) -> Carry:
            control, state = carry
            change, state = adam.update(jax.grad(loss)(control, step), state, control)
            return optax.apply_updates(control, change), state

        def interval(carry: Carry, bounds: Array) -> tuple[Carry, Array]:
            carry = jax.lax.fori_loop(bounds[0], bounds[1], update, carry)
            return carry, carry[0]

        middle = (ends[0] + ends[1]) / 2
        bounds = jnp.asarray(np.stack([np.r_[0, keep[:-1]], keep], axis=1))
        return jax.lax.scan(interval, (middle, adam.init(middle)), bounds)[1]

    return np.asarray(jax.jit(jax.vmap(run))(jnp.asarray(pairs)))


def _window(points: np.ndarray, resolution: int) -> tuple[np.ndarray, np.ndarray]:
    """Two axes [resolution] around `points` [n, 2], with a margin of a quarter of the larger
    extent."""
    low, high = points.min(axis=0), points.max(axis=0)
    pad = 0.25 * (high - low).max()
    (x0, y0), (x1, y1) = low - pad, high + pad
    return np.linspace(x0, x1, resolution), np.linspace(y0, y1, resolution)
