"""What the experiment saddle_free costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost, hessians, vectors, weights
from animate.networks.experiments.saddle_free.compute import DAMPINGS

_METHODS = 4


def cost(
    *,
    hidden: Sequence[int],
    samples: int,
    steps: int,
    seeds: Sequence[int],
    **_: object,
) -> Cost:
    """A Hessian with its eigenvectors at every step of every method."""
    layers, points = (16, *hidden, 10), _METHODS * len(seeds) * (steps + 1)
    made = hessians(weights(layers), points, held=3, examples=samples)
    return made + vectors(layers, 2 * points + len(DAMPINGS))
