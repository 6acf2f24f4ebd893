"""What the experiment width_generalises costs."""

from collections.abc import Sequence

from animate.networks.cost import NOTHING, Cost, sampling, training
from animate.networks.experiments.digits_cost import classifier
from animate.networks.experiments.width_generalises.compute import HELD_OUT


def cost(
    *,
    widths: Sequence[int],
    samples: int,
    steps: int,
    kept: int,
    seeds: Sequence[int],
    **_: object,
) -> Cost:
    """Two trainings of every width for each seed, and the held-out digits at every step kept."""
    points, runs = min(kept, steps) + 1, 2 * len(seeds)
    options = {"runs": runs, "examples": samples, "batch": None}
    total = NOTHING
    for width in set(widths):
        layers = classifier((width,))
        total += training(layers, steps=steps, kept=points, **options)
        total += sampling(layers, points=runs * points, examples=HELD_OUT)
    return total
