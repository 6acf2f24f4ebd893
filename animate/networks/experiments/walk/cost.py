"""What the experiment walk costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost, sampling, training, vectors
from animate.networks.experiments.digits_cost import classifier
from animate.networks.experiments.walk.compute import PARTS


def cost(
    *,
    hidden: Sequence[int],
    samples: int,
    steps: int,
    batch: int,
    seeds: Sequence[int],
    **_: object,
) -> Cost:
    """The three walks, the losses between their steps, and an eigenvalue at each end."""
    layers, runs = classifier(hidden), len(seeds)
    options = {"runs": runs, "examples": samples, "steps": steps, "kept": steps + 1}
    whole = training(layers, batch=None, **options).times(2)
    walks = whole + training(layers, batch=batch, **options)
    segments = 3 * runs * steps
    points = segments * (PARTS + 1) + 100 * 3 * 3 * runs
    held = vectors(layers, (PARTS + 3) * segments)
    return walks + held + sampling(layers, points=points, examples=samples)
