"""What the experiment sharpness costs."""

from collections.abc import Sequence

from animate.networks.cost import NOTHING, Cost, sampling, training
from animate.networks.experiments.digits_cost import LEARNED, classifier
from animate.networks.experiments.sharpness.compute import KEPT, PARTS, PLACES


def cost(
    *,
    batches: Sequence[int],
    hidden: Sequence[int],
    learning_rate: float,
    other_rate: float,
    steps: int,
    seeds: Sequence[int],
    alphas: Sequence[float],
    **_: object,
) -> Cost:
    """The trainings at both rates, a hundred Hessian-vector products for each eigenvalue, and the
    sections."""
    layers = classifier(hidden)
    options = {"runs": len(seeds), "examples": LEARNED, "kept": KEPT}
    runs = (
        training(layers, batch=batch, steps=longer, **options)
        for longer in (steps, steps * learning_rate / other_rate)
        for batch in batches
    )
    turns = PARTS * (len(alphas) - 1) + 1
    products = 100 * (4 * len(seeds) + len(alphas) + turns)
    points = products + PLACES * turns
    return sum(runs, NOTHING) + sampling(layers, points=points, examples=LEARNED)
