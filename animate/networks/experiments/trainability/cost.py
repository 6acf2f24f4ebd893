"""What the experiment trainability costs."""

from collections.abc import Sequence

from animate.networks.cost import FLOAT64, Cost, calculation
from animate.networks.experiments.trainability.compute import AT_ONCE


def cost(
    *,
    width: int,
    examples: int,
    steps: int,
    resolution: int,
    levels: int,
    seeds: Sequence[int],
    **_: object,
) -> Cost:
    """One training a pixel, on every level, for each seed and for the control."""
    trainings = levels * resolution**2 * (1 + len(seeds))
    operations = 6.0 * (width**2 + width) * examples * steps * trainings
    return calculation(operations, FLOAT64 * AT_ONCE * (width * (width + examples) + steps))
