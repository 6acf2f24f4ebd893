"""What the experiment wide_and_narrow costs."""

from collections.abc import Sequence

from animate.networks.cost import NOTHING, Cost, sampling, training, vectors
from animate.networks.experiments.digits_cost import HELD_OUT, LEARNED, classifier
from animate.networks.experiments.wide_and_narrow.compute import POINTS


def cost(
    *,
    batches: Sequence[int],
    hidden: Sequence[int],
    epochs: int,
    kept: int,
    seeds: Sequence[int],
    **_: object,
) -> Cost:
    """The trainings, and the losses on the lines of the last epoch and of the first seed's film."""
    layers, runs, shown = classifier(hidden), len(seeds), min(kept, epochs) + 1
    options = {"runs": runs, "examples": LEARNED, "kept": shown}
    once = (
        training(layers, batch=batch, steps=epochs * max(LEARNED // batch, 1), **options)
        for batch in batches
    )
    lines = sampling(layers, points=2 * POINTS * (runs + shown), examples=LEARNED + HELD_OUT)
    held = vectors(layers, 2 * POINTS * runs)
    return sum(once, NOTHING).times(2) + held + lines
