"""What the experiment same_loss costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost, calculation, sampling, training, vectors, weights
from animate.networks.experiments.digits_cost import HELD_OUT, LEARNED, classifier

_PAIR = 50.0
"""Operations, as the cost counts them, of one weight of a distance."""


def cost(
    *, runs: int, hidden: Sequence[int], batch: int, steps: int, kept: int, **_: object
) -> Cost:
    """The trainings, the held-out accuracy along them, their points and the distances between."""
    layers = classifier(hidden)
    run = training(layers, runs=runs, examples=LEARNED, batch=batch, steps=steps, kept=kept)
    accuracy = sampling(layers, points=runs * kept, examples=HELD_OUT)
    pairs = calculation(_PAIR * runs * (runs - 1) / 2 * kept * weights(layers))
    return run + accuracy + pairs + vectors(layers, runs * kept)
