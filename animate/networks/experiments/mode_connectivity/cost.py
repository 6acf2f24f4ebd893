"""What the experiment mode_connectivity costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost, sampling, training, vectors
from animate.networks.curves import POINTS
from animate.networks.experiments.digits_cost import LEARNED, classifier


def cost(
    *,
    pairs: int,
    hidden: Sequence[int],
    batch: int,
    steps: int,
    curve_steps: int,
    kept: int,
    resolution: int,
    **_: object,
) -> Cost:
    """The trainings of the ends and of the curves, the loss along these, and that on the plane."""
    layers, points = classifier(hidden), POINTS * pairs * (kept + 1)
    options = {"examples": LEARNED, "batch": batch}
    ends = training(layers, runs=2 * pairs, steps=steps, kept=1, **options)
    curves = training(layers, runs=pairs, steps=curve_steps, kept=kept, **options)
    losses = sampling(layers, points=resolution**2 + 2 * points, examples=LEARNED)
    return ends + curves + losses + vectors(layers, points)
