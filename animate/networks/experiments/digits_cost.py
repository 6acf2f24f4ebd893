"""What the costs of the experiments on the handwritten digits share."""

from collections.abc import Sequence

from animate.networks import slices
from animate.networks.cost import Cost, sampling, training

_EXAMPLES, _PIXELS, _CLASSES = 1797, 64, 10
HELD_OUT = round(0.3 * _EXAMPLES)
"""Examples held out where an experiment takes all of the digits."""
LEARNED = _EXAMPLES - HELD_OUT
"""Examples to learn from, likewise."""


def classifier(hidden: Sequence[int]) -> tuple[int, ...]:
    """The widths of the layers of a perceptron with `hidden` layers between pixels and classes."""
    return (_PIXELS, *hidden, _CLASSES)


def slicing(hidden: Sequence[int], samples: int, resolution: int, seeds: Sequence[int]) -> Cost:
    """The cost of `slices.slice_at_loss` for one network from each of `seeds`."""
    layers, runs = classifier(hidden), len(seeds)
    options = {"batch": slices.BATCH, "steps": slices.STEPS, "kept": slices.KEPT}
    run = training(layers, runs=runs, examples=samples, **options)
    return run + sampling(layers, points=runs * resolution**2, examples=samples)
