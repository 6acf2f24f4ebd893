"""What the experiment escape_directions costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost, hessians, weights
from animate.networks.experiments.escape_directions.compute import STARTS_PER_PATH


def cost(
    *, hidden: int, samples: int, paths: int, iterations: int, seeds: Sequence[int], **_: object
) -> Cost:
    """One Hessian for each start and iteration, and two more."""
    size, points = weights((4, hidden, 3)), STARTS_PER_PATH * paths
    count = len(seeds) * points * (iterations + 2.0)
    return hessians(size, count, held=2 * points, examples=samples)
