"""What the experiment degenerate_skips costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost, hessians, training, weights


def cost(
    *,
    depth: int,
    width: int,
    samples: int,
    steps: int,
    kept: int,
    seeds: Sequence[int],
    **_: object,
) -> Cost:
    """The trainings of two networks, and a Hessian with its eigenvalues at every step kept."""
    layers, points = (16, *(width,) * depth, 10), min(kept, steps) + 1
    options = {"runs": len(seeds), "examples": samples, "batch": None}
    run = training(layers, steps=steps, kept=points, **options)
    each = run + hessians(weights(layers), len(seeds) * points, held=1, examples=samples)
    return each.times(2)
