"""What the experiment skip_connections costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost
from animate.networks.experiments.digits_cost import slicing
from animate.networks.experiments.skip_connections.compute import SAMPLES


def cost(
    *, depth: int, width: int, resolution: int, parts: int, seeds: Sequence[int], **_: object
) -> Cost:
    """The slices of all networks from the plain one on, for each seed."""
    return slicing((width,) * depth, SAMPLES, resolution, seeds).times(2 * parts + 1)
