"""What the experiment hessian_spectrum costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost, hessians, training, weights
from animate.networks.experiments.digits_cost import classifier


def cost(
    *,
    hidden: Sequence[int],
    samples: int,
    steps: int,
    kept: int,
    seeds: Sequence[int],
    **_: object,
) -> Cost:
    """The trainings, and a Hessian with its eigenvalues at every step that is kept."""
    layers, points = classifier(hidden), min(kept, steps) + 1
    options = {"runs": len(seeds), "examples": samples, "batch": None}
    run = training(layers, steps=steps, kept=points, **options)
    return run + hessians(weights(layers), len(seeds) * points, held=1, examples=samples)
