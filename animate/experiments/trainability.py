"""The boundary between learning rates that train and that do not is a fractal."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.experiments.options import Positive, Resolution, Seed, Steps, Units, Window
from animate.lazy import lazy

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
else:
    jax, jnp = lazy("jax"), lazy("jax.numpy")

_AT_ONCE = 512
_MIXED = 1 / 10


@dataclass(frozen=True)
class Trainability:
    """`measure` [level, y, x] over windows [level, 2, 2] ((left, right), (bottom, top)).

    Axes are log₁₀ of the two layers' learning rates. A positive measure is a pixel whose training
    converged: how slowly, in 0…1; a negative one diverged: how slowly, in −1…0. `mixed` [level] is
    the share of neighbouring pixels that disagree.
    """

    windows: np.ndarray
    measure: np.ndarray
    mixed: np.ndarray
    facts: dict[str, Any]


def trainability(
    *,
    width: Units = 8,
    examples: Units = 16,
    steps: Steps = 250,
    resolution: Resolution = 150,
    levels: Units = 3,
    zoom: Positive = 4.0,
    window: Window = ((-0.5, 3.0), (0.0, 2.6)),
    seed: Seed = 0,
) -> Trainability:
    """Full-batch descent of a two-layer tanh network for every pair of learning rates.

    Each level is `zoom` times smaller and lies where the one before is mixed but not noise. One
    pixel is one whole training (Sohl-Dickstein 2024); all start from the same weights.
    """
    windows, measures = [np.array(window)], []
    with jax.enable_x64(True):
        scan = _scan(width, examples, steps, seed)
        for level in range(levels):
            axes = [np.linspace(low, high, resolution) for low, high in windows[level]]
            rates = 10.0 ** np.stack(np.meshgrid(*axes), axis=-1)
            measures.append(np.asarray(scan(rates.reshape(-1, 2))).reshape(resolution, resolution))
            if level + 1 < levels:
                windows.append(closer(windows[level], measures[level], zoom))
    mixed = [float(disagreement(measure).mean()) for measure in measures]
    dimensions = [box_dimension(measure) for measure in measures]
    facts = {"mixed": mixed, "dimension": dimensions, "trainings": levels * resolution**2}
    return Trainability(np.stack(windows), np.stack(measures), np.array(mixed), facts)


def _scan(width: int, examples: int, steps: int, seed: int) -> Any:
    """A compiled function: learning rates [pixel, 2] → the measure [pixel]."""
    generator = np.random.default_rng(seed)
    first = generator.normal(size=(width, width))
    second = generator.normal(size=width)
    inputs = jnp.asarray(generator.normal(size=(examples, width)))
    targets = jnp.asarray(generator.normal(size=examples))

    def loss(weights: Any) -> Any:
        hidden = jnp.tanh(inputs @ weights[0] / np.sqrt(width))
        return jnp.mean((hidden @ weights[1] / width - targets) ** 2)

    def train(rates: Any) -> Any:
        def step(weights: Any, _: Any) -> Any:
            value, slope = jax.value_and_grad(loss)(weights)
            moved = (weights[0] - rates[0] * slope[0], weights[1] - rates[1] * slope[1])
            return moved, value

        start = (jnp.asarray(first), jnp.asarray(second))
        return measure_of(jax.lax.scan(step, start, None, length=steps)[1])

    return jax.jit(lambda rates: jax.lax.map(train, rates, batch_size=_AT_ONCE))


def measure_of(losses: Any) -> Any:
    """The mean of the losses [step] over the first for a run that ends lower; else −the mean
    inverse.

    Both are in 0…1 after clipping; a run whose loss ends above its first, or at no number,
    diverged.
    """
    ratio = jnp.where(jnp.isfinite(losses), losses / losses[0], jnp.inf)
    converged = jnp.mean(ratio[-20:]) < 1.0
    slow = jnp.mean(jnp.minimum(ratio, 1.0))
    return jnp.where(converged, slow, -jnp.mean(jnp.minimum(1.0 / ratio, 1.0)))


def disagreement(measure: np.ndarray) -> np.ndarray:
    """Whether the pixels of each 2 × 2 block disagree on convergence, bool [y-1, x-1]."""
    sign = measure > 0
    blocks = np.lib.stride_tricks.sliding_window_view(sign, (2, 2))
    return np.asarray(blocks.any(axis=(2, 3)) & ~blocks.all(axis=(2, 3)))


def box_dimension(measure: np.ndarray) -> float:
    """The slope of log(boxes that the boundary meets) against log(boxes a side): 1 for a plain
    curve.

    Box sides of 1, 2, 4, 8 and 16 pixels; NaN where the picture has no boundary.
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
    """The window `zoom` times smaller inside `window` whose disagreeing share is nearest
    a tenth.

    Where fewer disagree there is only a smooth edge, where more do only noise.
    """
    edge = disagreement(measure).astype(float)
    size = round(len(edge) / zoom)
    total = np.cumsum(np.cumsum(np.pad(edge, ((1, 0), (1, 0))), axis=0), axis=1)
    boxes = (
        total[size:, size:] - total[:-size, size:] - total[size:, :-size] + total[:-size, :-size]
    )
    row, column = np.unravel_index(np.abs(boxes / size**2 - _MIXED).argmin(), boxes.shape)
    corner = np.array([column, row]) / len(edge)
    extent = window[:, 1] - window[:, 0]
    low = window[:, 0] + corner * extent
    return np.stack([low, low + extent / zoom], axis=1)
