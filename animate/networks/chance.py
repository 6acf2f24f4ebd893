"""Chance: every use of a seed draws from a stream of its own, so that no two of them are tied."""

from typing import Literal

import numpy as np

Use = Literal["split", "data", "start", "batches", "directions", "lanczos", "points", "curve"]


def stream(seed: int, use: Use) -> np.random.Generator:
    """The generator of `seed` for one `use`, independent of those for the others.

    The bytes of the use's name are put into the seed sequence beside the seed (O'Neill 2015;
    `numpy.random.SeedSequence`). A network's initial weights come from JAX's own generator.
    """
    return np.random.default_rng([seed, *use.encode()])
