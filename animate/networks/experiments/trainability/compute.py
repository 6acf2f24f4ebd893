"""The boundary between learning rates with which training converges and diverges."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from animate.errors import UsageError
from animate.networks.experiments import options
from animate.networks.random_streams import stream
from animate.simulate.libraries import Array, jax, jnp
from animate.simulate.numerics import float64

AT_ONCE = 512
"""Pixels that are trained together. With another number the sums round differently, and where
rounding decides what converges the zoom goes elsewhere: 128, faster by a third, gave dimensions of
1.15 to 1.62."""
_MIXED = 0.09
"""Share of blocks with both outcomes in the window that the zoom looks for."""
_COARSER = 0.4
"""Resolution of the repeats with other seeds and of the control, relative to the picture's."""

Ends = tuple[tuple[float, float], tuple[float, float]]
Layers = tuple[Array, Array]


@dataclass(frozen=True)
class Trainability:
    """`measure` [level, y, x] over `windows` [level, 2, 2] ((left, right), (bottom, top)).

    The axes are log₁₀ of the two layers' learning rates. A pixel whose training converged has a
    measure in 0…1, one whose training diverged has one in −1…0; it is larger in absolute value the
    slower the training. `mixed` [level] is the share of neighbouring pixels with different
    outcomes, `dimensions` [seed, level] the boundary's. `repeats` [seed, level, y, x] are the
    measures of the other seeds, `control` [level, y, x] those of a convex problem, and
    `control_dimensions` [level] its boundary's. `first`, `second` are the initial weights and
    `inputs`, `targets` the examples of the first seed; each training has `steps` steps.
    """

    windows: np.ndarray
    measure: np.ndarray
    mixed: np.ndarray
    dimensions: np.ndarray
    repeats: np.ndarray
    control: np.ndarray
    control_dimensions: np.ndarray
    first: np.ndarray
    second: np.ndarray
    inputs: np.ndarray
    targets: np.ndarray
    steps: int


def trainability(
    *,
    width: options.Units = 8,
    examples: options.Units = 16,
    steps: options.Steps = 200,
    resolution: options.Resolution = 160,
    levels: options.Levels = 4,
    zoom: options.Zoom = 3.0,
    window: options.Window = ((0.0, 3.0), (0.5, 2.5)),
    seeds: options.Seeds = (4, 0, 1, 2),
) -> Trainability:
    """Full-batch descent of a two-layer tanh network for every pair of learning rates.

    Each level is `zoom` times smaller and lies on the boundary, where it is rough but not noise. A
    pixel is one whole training (Sohl-Dickstein 2024), and all start from the same weights. The
    control is the same zoom for a convex problem, whose boundary must be smooth: the first layer is
    fixed, and the two rates are those of the two halves of the second layer. Raises UsageError
    where a level has no boundary whose dimension could be counted.
    """
    problems = [_draw(width, examples, seed) for seed in seeds]
    coarse = max(round(_COARSER * resolution), 5)
    with float64():
        scan = _scan(_tanh_loss, steps)
        windows, measures = _zoomed(scan, problems[0], window, resolution, levels, zoom)
        repeats = [_zoomed(scan, each, window, coarse, levels, zoom)[1] for each in problems[1:]]
        convex = _scan(_convex_loss, steps)
        _, control = _zoomed(convex, _halves(problems[0]), window, coarse, levels, zoom)
    dimensions = [[box_dimension(level) for level in each] for each in (measures, *repeats)]
    controls = [box_dimension(level) for level in control]
    if np.isnan([*np.ravel(dimensions), *controls]).any():
        raise UsageError(
            f"resolution: with {resolution} there is a level without a boundary; take more"
        )
    first, second, inputs, targets = problems[0]
    return Trainability(
        windows=windows,
        measure=measures,
        mixed=np.array([disagreement(level).mean() for level in measures]),
        dimensions=np.array(dimensions),
        repeats=np.array(repeats).reshape(-1, levels, coarse, coarse),
        control=control,
        control_dimensions=np.array(controls),
        first=first,
        second=second,
        inputs=inputs,
        targets=targets,
        steps=steps,
    )


def _draw(width: int, examples: int, seed: int) -> tuple[np.ndarray, ...]:
    """Initial weights [w, w], [w], inputs [n, w] and targets [n], all normal."""
    generator = stream(seed, "start")
    shapes = ((width, width), (width,), (examples, width), (examples,))
    return tuple(generator.normal(size=shape) for shape in shapes)


def _halves(problem: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
    """The linear model over the fixed first layer: its weights in two halves, inputs, targets."""
    first, second, inputs, targets = problem
    half = len(second) // 2
    return second[:half], second[half:], np.tanh(inputs @ first / np.sqrt(len(second))), targets


def _tanh_loss(weights: Layers, inputs: Array, targets: Array) -> Array:
    """The mean squared error of the two-layer network."""
    width = len(weights[1])
    hidden = jnp.tanh(inputs @ weights[0] / np.sqrt(width))
    return jnp.mean((hidden @ weights[1] / width - targets) ** 2)


def _convex_loss(weights: Layers, hidden: Array, targets: Array) -> Array:
    """The mean squared error of the linear model over the hidden units."""
    return jnp.mean((hidden @ jnp.concatenate(weights) / hidden.shape[1] - targets) ** 2)


def _zoomed(
    scan: Callable[..., Array],
    problem: tuple[np.ndarray, ...],
    window: Ends,
    resolution: int,
    levels: int,
    zoom: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Windows [level, 2, 2] and measures [level, y, x], from the whole window into its boundary."""
    windows, measures = [np.array(window)], []
    for level in range(levels):
        axes = [np.linspace(low, high, resolution) for low, high in windows[level]]
        rates = 10.0 ** np.stack(np.meshgrid(*axes), axis=-1)
        flat = np.asarray(scan(rates.reshape(-1, 2), *problem))
        measures.append(flat.reshape(resolution, resolution))
        if level + 1 < levels:
            windows.append(closer(windows[level], measures[level], zoom))
    return np.stack(windows), np.stack(measures)


def _scan(loss: Callable[..., Array], steps: int) -> Callable[..., Array]:
    """A compiled function (learning rates [pixel, 2], weights, weights, inputs, targets) → the
    measure [pixel]."""

    def scan(rates: Array, first: Array, second: Array, inputs: Array, targets: Array) -> Array:
        def train(rates: Array) -> Array:
            def step(weights: Layers, _: None) -> tuple[Layers, Array]:
                value, slope = jax.value_and_grad(loss)(weights, inputs, targets)
                moved = (weights[0] - rates[0] * slope[0], weights[1] - rates[1] * slope[1])
                return moved, value

            return measure_of(jax.lax.scan(step, (first, second), None, length=steps)[1])

        return jax.lax.map(train, rates, batch_size=AT_ONCE)

    return jax.jit(scan)


def measure_of(losses: Array) -> Array:
    """How slowly a run with `losses` [step] converges, in 0…1, or diverges, in −1…0.

    With r = loss/first loss: the mean of min(r, 1) where the last twenty r are below 1 on average,
    else minus the mean of min(1/r, 1); a loss that is not finite has r = ∞ (Sohl-Dickstein 2024).
    """
    ratio = jnp.where(jnp.isfinite(losses), losses / losses[0], jnp.inf)
    converged = jnp.mean(ratio[-20:]) < 1.0
    slow = jnp.mean(jnp.minimum(ratio, 1.0))
    return jnp.where(converged, slow, -jnp.mean(jnp.minimum(1.0 / ratio, 1.0)))


def disagreement(measure: np.ndarray) -> np.ndarray:
    """Whether both outcomes, convergence and divergence, are in each 2 × 2 block, bool
    [y-1, x-1]."""
    sign = measure > 0
    blocks = np.lib.stride_tricks.sliding_window_view(sign, (2, 2))
    return np.asarray(blocks.any(axis=(2, 3)) & ~blocks.all(axis=(2, 3)))


def box_dimension(measure: np.ndarray) -> float:
    """The box-counting dimension of the boundary in `measure` [y, x]: 1 for a smooth curve.

    It is minus the slope of log(boxes that the boundary meets) against log(side of the boxes), for
    sides of 1, 2, 4, 8 and 16 pixels; NaN where there is no boundary.
    """
    edge = disagreement(measure)
    side = 16 * (len(edge) // 16)
    edge = edge[:side, :side]
    counts = [
        edge.reshape(side // box, box, side // box, box).any(axis=(1, 3)).sum()
        for box in (1, 2, 4, 8, 16)
    ]
    if min(counts) == 0:
        return float("nan")
    return float(-np.polyfit(np.log([1, 2, 4, 8, 16]), np.log(counts), 1)[0])


def closer(window: np.ndarray, measure: np.ndarray, zoom: float) -> np.ndarray:
    """The window [2, 2], `zoom` times smaller than `window`, that is most like a rough boundary.

    About half of its pixels converge, and nearly a tenth of its blocks have both outcomes: with
    fewer there is only a smooth edge, with more only noise.
    """
    edge = disagreement(measure)
    size = max(round(len(edge) / zoom), 1)
    mixed, converged = _means(edge, size), _means((measure > 0)[1:, 1:], size)
    one_sided = np.maximum(np.abs(converged - 0.5) - 0.1, 0.0)
    odds = np.abs(np.log((mixed + 1e-3) / _MIXED)) + 20.0 * one_sided
    row, column = np.unravel_index(odds.argmin(), odds.shape)
    corner = np.array([column, row]) / len(edge)
    extent = window[:, 1] - window[:, 0]
    low = window[:, 0] + corner * extent
    return np.stack([low, low + extent / zoom], axis=1)


def _means(values: np.ndarray, size: int) -> np.ndarray:
    """The mean over every square of `size` pixels a side."""
    total = np.cumsum(np.cumsum(np.pad(values, ((1, 0), (1, 0))), axis=0, dtype=float), axis=1)
    squares = total[size:, size:] - total[:-size, size:] - total[size:, :-size]
    return (squares + total[:-size, :-size]) / size**2
