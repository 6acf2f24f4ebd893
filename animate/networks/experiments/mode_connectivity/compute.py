"""A curve of low loss between two trained networks, and the straight line between them."""

from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

from animate.networks.data import digits
from animate.networks.evaluation import evaluate, held_out_accuracy, on_plane
from animate.networks.experiments import options
from animate.networks.network import initial_weights
from animate.networks.planes import through
from animate.networks.problem import FlatProblem
from animate.networks.random_streams import stream
from animate.networks.training import Carry, batches, kept_steps, train
from animate.simulate.libraries import Array, jax, jnp, optax

Kind = Literal["bezier", "polygon"]
Points = TypeVar("Points", np.ndarray, Array)

POINTS = 61
"""Points of a curve at which its loss and accuracy are taken."""


@dataclass(frozen=True)
class ModeConnectivity:
    """A curve between two minima while it is trained, and the plane of the first pair.

    `losses` and `accuracies` (held-out) [pair, kept, t] are those along the curve at its training's
    `steps` [kept], at the first of which it is the straight line. `x` [nx], `y` [ny], `z` [ny, nx]
    are the loss on the plane through both minima of the first pair and its last control point.
    `ends` [2, 2] are the minima on it; `controls` [kept, 2] and `curve` [kept, t, 2] are projected
    onto it, and `control_distance` [kept] is how far off it the control points lie. `minima`
    [pair, 2, P] and the last control points, `bends` [pair, P], are the weights.
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
    minima: np.ndarray
    bends: np.ndarray


def mode_connectivity(
    *,
    kind: Kind = "bezier",
    pairs: options.Units = 3,
    hidden: options.Layers = (32, 32, 32),
    learning_rate: options.Positive = 0.1,
    batch: options.Samples = 64,
    steps: options.Steps = 4000,
    curve_rate: options.Positive = 0.01,
    curve_steps: options.Steps = 1500,
    kept: options.Kept = 60,
    resolution: options.Resolution = 81,
    seed: options.Seed = 0,
) -> ModeConnectivity:
    """Two trained networks, the straight line between them, and a curve trained to stay low.

    φ(t) = (1−t)² w₁ + 2t(1−t) θ + t² w₂, or the polygon w₁–θ–w₂. θ starts in the middle of the
    line; each step lowers the loss at one random t (Garipov et al. 2018; Draxler et al. 2018).
    """
    data = digits(samples=1797, test=0.3, seed=seed)
    seeds = range(seed, seed + 2 * pairs)
    problem, initial = initial_weights(data, seeds, hidden=hidden)
    run = train(
        problem,
        optax.sgd(learning_rate),
        starts=initial,
        steps=steps,
        keep=[steps],
        batch=batch,
        seeds=seeds,
    )
    minima = run.positions[:, -1].reshape(pairs, 2, -1)
    keep = kept_steps(curve_steps, kept)
    controls = train_curves(problem, minima, kind, curve_rate, batch, keep, seed)
    t = np.linspace(0.0, 1.0, POINTS)
    points = along(kind, minima[:, None, 0], controls, minima[:, None, 1], t)
    plane = through(np.stack([*minima[0], controls[0, -1]]))
    ends, middle = plane.project(minima[0]), plane.project(controls[0])
    x, y = _window(np.concatenate([ends, middle[-1:]]), resolution)
    return ModeConnectivity(
        t=t,
        steps=keep,
        losses=evaluate(problem.loss, points, problem.data),
        accuracies=held_out_accuracy(problem, points),
        x=x,
        y=y,
        z=on_plane(problem.loss, plane, x, y, problem.data),
        ends=ends,
        controls=middle,
        curve=plane.project(points[0]),
        control_distance=plane.distance(controls[0]),
        minima=minima,
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


def train_curves(
    problem: FlatProblem,
    minima: np.ndarray,
    kind: Kind,
    rate: float,
    batch: int,
    keep: np.ndarray,
    seed: int,
) -> np.ndarray:
    """The control points [pair, kept, P] of the curves between `minima` [pair, 2, P] at the steps
    `keep`, by Adam with a cosine schedule from `rate`."""
    steps = int(keep[-1])
    data = jax.tree.map(jnp.asarray, problem.data)
    table = jnp.asarray(batches(problem.examples, batch, steps, seed))
    times = jnp.asarray(stream(seed, "curve").uniform(size=(steps, 1)), jnp.float32)
    adam = optax.adam(optax.cosine_decay_schedule(rate, steps))

    def run(ends: Array) -> Array:
        def loss(control: Array, step: Array) -> Array:
            point = along(kind, ends[0], control, ends[1], times[step])[0]
            return problem.loss(point, jax.tree.map(lambda leaf: leaf[table[step]], data))

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

    return np.asarray(jax.jit(jax.vmap(run))(jnp.asarray(minima)))


def _window(points: np.ndarray, resolution: int) -> tuple[np.ndarray, np.ndarray]:
    """Two axes [resolution] around `points` [n, 2], with a margin of a quarter of the larger
    extent."""
    low, high = points.min(axis=0), points.max(axis=0)
    pad = 0.25 * (high - low).max()
    (x0, y0), (x1, y1) = low - pad, high + pad
    return np.linspace(x0, x1, resolution), np.linspace(y0, y1, resolution)
