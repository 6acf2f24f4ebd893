"""What the experiment swa costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost, sampling, training, vectors
from animate.networks.experiments.digits_cost import LEARNED, classifier


def cost(
    *,
    hidden: Sequence[int],
    batch: int,
    begins: int,
    steps: int,
    every: int,
    resolution: int,
    seeds: Sequence[int],
    **_: object,
) -> Cost:
    """The trainings at both rates, the losses of the paths and of their means, and those on the
    plane."""
    layers, kept = classifier(hidden), max(steps - begins, 0) // every + 1
    options = {"runs": len(seeds), "examples": LEARNED, "batch": batch}
    run = training(layers, steps=steps, kept=kept, **options)
    points = resolution**2 + 4 * len(seeds) * kept
    means = vectors(layers, len(seeds) * kept)
    return run.times(2) + means + sampling(layers, points=points, examples=LEARNED)
