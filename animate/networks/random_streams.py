"""Random numbers: each use of a seed has an independent stream."""

from typing import Literal

import numpy as np

Use = Literal[
    "split",
    "data",
    "start",
    "batches",
    "directions",
    "lanczos",
    "points",
    "curve",
    "labels",
    "samples",
    "alignment",
    "probes",
]


def stream(seed: int, use: Use) -> np.random.Generator:
    """The generator of `seed` for one `use`, independent of the generators for other uses.

    The seed sequence is the seed and the bytes of the use's name (O'Neill 2015, as in
    `numpy.random.SeedSequence`). A network's initial weights come from JAX's own generator.
    """
    return np.random.default_rng([seed, *use.encode()])
