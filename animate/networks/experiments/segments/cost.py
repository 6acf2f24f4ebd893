"""What the experiment segments costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost, sampling, training, vectors
from animate.networks.experiments.segments.compute import BETWEEN, MIDWAY, POINTS

_INPUTS, _CLASSES, _LEARNED = 2, 2, 0.7
"""Of two spirals, and the share of them that is not held out."""


def cost(
    *,
    hidden: Sequence[int],
    samples: int,
    batch: int,
    steps: int,
    kept: int,
    seeds: Sequence[int],
    **_: object,
) -> Cost:
    """The six runs, and the losses on the segments of their ends and of the first seed's film."""
    layers, runs = (_INPUTS, *hidden, _CLASSES), len(seeds)
    examples, shown = round(_LEARNED * samples), min(kept, steps) + 2
    run = training(layers, runs=runs, examples=examples, batch=batch, steps=steps, kept=shown)
    lines = len(BETWEEN + MIDWAY) * POINTS
    points = sampling(layers, points=lines * (runs + shown), examples=examples)
    return run.times(6) + vectors(layers, POINTS * max(runs, shown)) + points
