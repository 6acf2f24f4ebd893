"""What the experiment same_loss costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost, sampling, training, vectors
from animate.networks.experiments.digits_cost import HELD_OUT, LEARNED, classifier


def cost(
    *, runs: int, hidden: Sequence[int], batch: int, steps: int, kept: int, **_: object
) -> Cost:
    """The trainings, the held-out accuracy along them, and their points."""
    layers = classifier(hidden)
    run = training(layers, runs=runs, examples=LEARNED, batch=batch, steps=steps, kept=kept)
    accuracy = sampling(layers, points=runs * kept, examples=HELD_OUT)
    return run + accuracy + vectors(layers, runs * kept)
