"""What the experiment bad_minima costs."""

from collections.abc import Sequence

from animate.networks.cost import NOTHING, Cost, training


def cost(
    *,
    widths: Sequence[int],
    starts_each: int,
    samples: int,
    steps: int,
    kept: int,
    seeds: Sequence[int],
    **_: object,
) -> Cost:
    """The trainings of every width from every start, for each seed."""
    options = {"examples": samples, "batch": None, "steps": steps, "kept": kept}
    each = (training((2, width, 2), runs=starts_each, **options) for width in widths)
    return sum(each, NOTHING).times(len(seeds))
