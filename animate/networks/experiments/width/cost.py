"""What the experiment width costs."""

from collections.abc import Sequence

from animate.networks.cost import NOTHING, Cost
from animate.networks.experiments.digits_cost import slicing


def cost(
    *,
    widths: Sequence[int],
    depths: Sequence[int],
    depth_width: int,
    depth: int,
    resolution: int,
    samples: int,
    seeds: Sequence[int],
    **_: object,
) -> Cost:
    """The slices of every width and of every depth."""
    networks = [(each,) * depth for each in widths] + [(depth_width,) * each for each in depths]
    each = (slicing(hidden, samples, resolution, seeds) for hidden in networks)
    return sum(each, NOTHING)
